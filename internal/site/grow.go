package site

import (
	"slices"
	"strings"

	"readout/internal/stable"
	"readout/internal/story"
)

// A StoryChange is what the files of content/stories/ lack: a story that has no
// file, or members that have come to one. Stories that an editor made are left
// as they are.
type StoryChange struct {
	Slug string
	File string // the file to be changed; "" for a new one
	// Title is that of a new one, or what takes the place of a title that no report
	// has any more.
	Title   string
	Kind    string // of a new one: "event" or "storyline"
	Members []string
	// Gone are members in the file that are not on the site. Only files that
	// nobody edited have any.
	Gone []string
	// Moved are the slugs of stories that have become one with this one, whose
	// files are no longer needed.
	Moved []string
}

// StoryChanges lists what the story files lack, by slug.
func (s *Site) StoryChanges() []StoryChange {
	var out []StoryChange
	for _, st := range s.Stories {
		switch {
		case st.File == "":
			c := StoryChange{Slug: st.Slug, Title: st.Title, Kind: "event"}
			inEvents := map[*Briefing]bool{}
			if st.Storyline {
				c.Kind = "storyline"
				for _, e := range st.Events {
					c.Members = append(c.Members, e.Slug)
					for _, b := range e.Members {
						inEvents[b] = true
					}
				}
			}
			for _, b := range st.Members {
				if !inEvents[b] {
					c.Members = append(c.Members, b.Slug)
				}
			}
			out = append(out, c)
		case len(st.added) > 0 || len(st.absorbed) > 0 || len(st.gone) > 0 || s.retitled(st) != "":
			c := StoryChange{Slug: st.Slug, File: st.File, Title: s.retitled(st), Members: st.added, Gone: st.gone}
			for _, a := range st.absorbed {
				c.Moved = append(c.Moved, a.Slug)
				c.Moved = append(c.Moved, a.file.Moved...)
			}
			out = append(out, c)
		}
	}
	stable.Sort(out, func(a, b StoryChange) int {
		if a.Slug < b.Slug {
			return -1
		}
		return 1
	})
	return out
}

// retitled returns the title that a story nobody edited is to have where the report
// that gave it its title has another now, and "" where it keeps its own.
func (s *Site) retitled(st *Story) string {
	if !st.grows() || st.file.Edited || len(st.Members) == 0 || slices.ContainsFunc(st.Members, func(b *Briefing) bool {
		return strings.Contains(st.Title, strings.TrimRight(b.Header.Title, "."))
	}) {
		return ""
	}
	title := eventTitle(st.Members)
	if st.Storyline {
		events := len(st.Events)
		for _, b := range st.Members {
			if !slices.ContainsFunc(st.Events, func(e *Story) bool { return slices.Contains(e.Members, b) }) {
				events++
			}
		}
		title = lineTitle(s.Labels, st.Members, events)
	}
	if title == st.Title {
		return ""
	}
	return title
}

// grows reports whether readout may add to the story's file: an editor's own
// stays as it is.
func (st *Story) grows() bool { return st.file != nil && st.file.Generated != nil }

// wants reports whether a member may be added: one that was in the file before
// was taken out by an editor.
func (st *Story) wants(member string) bool {
	return !slices.Contains(st.file.Generated, member) && !slices.Contains(st.file.Members, member)
}

// growEvents adds new reports to the events that have a file, and makes one of
// two events that a new report joins. No report of the site ever leaves a story
// here: that is for an editor to decide.
func (s *Site) growEvents(rel map[string]story.Relation) {
	claimed := map[*Briefing][]*Story{}
	for _, st := range s.Stories {
		if !st.Storyline {
			for _, b := range st.Members {
				claimed[b] = append(claimed[b], st)
			}
		}
	}
	groups := map[string][]*Briefing{}
	for _, b := range s.Briefings {
		groups[rel[b.Slug].Cluster] = append(groups[rel[b.Slug].Cluster], b)
	}
	for _, members := range sortedMembers(groups) {
		// The story with most of the reports; of two the one with the older first.
		var into *Story
		count := map[*Story]int{}
		var order []*Story
		for _, b := range members {
			for _, st := range claimed[b] {
				if count[st] == 0 {
					order = append(order, st)
				}
				count[st]++
			}
		}
		for _, st := range order {
			if st.grows() && (into == nil || count[st] > count[into]) {
				into = st
			}
		}
		if into == nil {
			continue
		}
		for _, b := range members {
			if len(claimed[b]) == 0 && into.wants(b.Slug) {
				into.Members = append(into.Members, b)
				into.added = append(into.added, b.Slug)
			}
		}
		for _, st := range order {
			if st != into && st.grows() && !st.file.Edited && count[st] == len(st.Members) {
				s.absorb(into, st)
			}
		}
		slices.SortFunc(into.Members, oldestFirst)
	}
}

// absorb makes two events one: the other's page leads to this one.
func (s *Site) absorb(into, other *Story) {
	for _, b := range other.Members {
		if !slices.Contains(into.Members, b) {
			into.Members = append(into.Members, b)
			into.added = append(into.added, b.Slug)
		}
	}
	into.absorbed = append(into.absorbed, other)
	into.Moved = append(append(into.Moved, other.Path), other.Moved...)
	for _, line := range other.Within {
		i := slices.Index(line.Events, other)
		if slices.Contains(line.Events, into) {
			line.Events = slices.Delete(line.Events, i, i+1)
			continue
		}
		line.Events[i] = into
		into.Within = append(into.Within, line)
	}
	s.Stories = slices.DeleteFunc(s.Stories, func(st *Story) bool { return st == other })
}

// growLines adds new reports and events to the storylines that have a file.
func (s *Site) growLines(rel map[string]story.Relation, eventOf map[*Briefing]*Story) {
	claimed := map[*Briefing][]*Story{}
	for _, st := range s.Stories {
		if st.Storyline {
			for _, e := range st.Events {
				for _, b := range e.Members {
					if !slices.Contains(st.Members, b) {
						st.Members = append(st.Members, b)
					}
				}
			}
			for _, b := range st.Members {
				claimed[b] = append(claimed[b], st)
			}
		}
	}
	groups := map[string][]*Briefing{}
	for _, b := range s.Briefings {
		groups[rel[b.Slug].Storyline] = append(groups[rel[b.Slug].Storyline], b)
	}
	for _, members := range sortedMembers(groups) {
		var into *Story
		count := map[*Story]int{}
		for _, b := range members {
			for _, st := range claimed[b] {
				count[st]++
				if st.grows() && (into == nil || count[st] > count[into]) {
					into = st
				}
			}
		}
		if into == nil {
			continue
		}
		for _, b := range members {
			e := eventOf[b]
			switch {
			case e != nil && !slices.Contains(into.Events, e) && into.wants(e.Slug):
				into.added = append(into.added, e.Slug)
				into.Events = append(into.Events, e)
				e.Within = append(e.Within, into)
				for _, m := range e.Members {
					if !slices.Contains(into.Members, m) {
						into.Members = append(into.Members, m)
					}
				}
			case e == nil && len(claimed[b]) == 0 && into.wants(b.Slug):
				into.added = append(into.added, b.Slug)
				into.Members = append(into.Members, b)
			}
		}
	}
	for _, st := range s.Stories {
		if st.Storyline {
			slices.SortFunc(st.Members, oldestFirst)
		}
	}
}
