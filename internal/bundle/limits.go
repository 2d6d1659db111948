package bundle

import (
	"fmt"
	"slices"

	"readout/internal/content"
	"readout/internal/site"
)

// Limits say which part of a site goes into a bundle: briefings that meet all
// that is set. The zero value is the whole site.
type Limits struct {
	Story     string   // slug of a story: its members
	Since     string   // a day, "2024-05-01": briefings dated on it or after
	Briefings []string // slugs
}

// None reports whether l takes the whole site.
func (l Limits) None() bool { return l.Story == "" && l.Since == "" && len(l.Briefings) == 0 }

// An UnknownError reports that a limit names what is not in the content.
type UnknownError struct{ What, Slug string }

func (e *UnknownError) Error() string { return fmt.Sprintf("there is no %s %q", e.What, e.Slug) }

// Take leaves in t, of which the given stories were gathered, only what meets the limits: briefings, and stories with what
// of their members is left. It returns the slugs of briefings that were left
// out for having no date, though they meet all other limits.
func (l Limits) Take(t *content.Tree, stories []*site.Story) (undated []string, err error) {
	if l.None() {
		return nil, nil
	}
	have := map[string]bool{}
	for _, f := range t.Briefings {
		have[f.Meta.Slug] = true
	}
	for _, slug := range l.Briefings {
		if !have[slug] {
			return nil, &UnknownError{"briefing", slug}
		}
	}
	var members, within map[string]bool // the story's briefings; it and its events
	if l.Story != "" {
		i := slices.IndexFunc(stories, func(s *site.Story) bool { return s.Slug == l.Story })
		if i < 0 {
			return nil, &UnknownError{"story", l.Story}
		}
		members, within = map[string]bool{}, map[string]bool{l.Story: true}
		for _, b := range stories[i].Members {
			members[b.Slug] = true
		}
		for _, event := range stories[i].Events {
			within[event.Slug] = true
		}
		t.Stories = slices.DeleteFunc(t.Stories, func(s *content.Story) bool { return !within[s.Slug] })
	}
	t.Briefings = slices.DeleteFunc(t.Briefings, func(f *content.File) bool {
		m := f.Meta
		switch {
		case members != nil && !members[m.Slug], len(l.Briefings) > 0 && !slices.Contains(l.Briefings, m.Slug):
			return true
		case l.Since == "":
			return false
		case m.Date == "":
			undated = append(undated, m.Slug)
			return true
		}
		// A date that is known to the month or the year only is the last day of
		// it, so that nothing is left out that may belong.
		day := m.Date[:min(len(m.Date), len(l.Since))]
		return day < l.Since[:len(day)]
	})
	l.takeStories(t)
	return undated, nil
}

// takeStories takes from the stories the members that are left out. A story of
// several reports of which one is left is none.
func (l Limits) takeStories(t *content.Tree) {
	left := map[string]bool{}
	for _, f := range t.Briefings {
		left[f.Meta.Slug] = true
	}
	// Events first: storylines have them as members.
	for _, storyline := range []bool{false, true} {
		var kept []*content.Story
		for _, s := range t.Stories {
			if (s.Kind == "storyline") != storyline {
				kept = append(kept, s)
				continue
			}
			c := *s
			c.Members, c.MemberLines = nil, nil
			for i, m := range s.Members {
				if left[m] {
					c.Members = append(c.Members, m)
					if i < len(s.MemberLines) {
						c.MemberLines = append(c.MemberLines, s.MemberLines[i])
					}
				}
			}
			if n := len(c.Members); n == 0 || n == 1 && len(s.Members) > 1 && s.Slug != l.Story {
				continue
			}
			left[s.Slug] = true
			kept = append(kept, &c)
		}
		t.Stories = kept
	}
}
