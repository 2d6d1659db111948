package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/label"
	"readout/internal/packed"
	"readout/internal/slug"
	"readout/internal/stable"
	"readout/internal/story"
)

// relations relates the briefings by what their texts have in common. The
// result is by slug. The storylines in it are known when the function has returned.
func (g *Gatherer) relations(digests []*digest, load Loader) (of map[string]story.Relation, lines func()) {
	key := relationsKey(digests)
	if g.past.of != nil && g.past.key == key {
		return g.past.of, func() {}
	}
	if g.Texts != nil && slices.ContainsFunc(digests, func(d *digest) bool { return d.related == nil }) {
		g.Texts()
	}
	list := make([]*story.Digest, len(digests))
	inParallel(len(digests), func(i int) {
		d := digests[i]
		if d.related == nil {
			f, err := load(d.briefing.Slug)
			if err != nil || f == nil {
				// Its page says what is wrong with it.
				f = &content.File{}
				f.Meta.Slug = d.briefing.Slug
			}
			d.related = g.vocabulary.Digest(storyDoc(f))
		}
		list[i] = d.related
	})
	related, find := g.vocabulary.RelateEvents(list, docs(load))
	of = make(map[string]story.Relation, len(related))
	for _, r := range related {
		of[r.ID] = r
	}
	g.past = pastRelations{key, of}
	g.found = g.vocabulary.Found()
	found := make(chan []string, 1)
	go func() { found <- find() }()
	return of, func() {
		for i, line := range <-found {
			r := related[i]
			r.Storyline = line
			of[r.ID] = r
		}
	}
}

// docs returns a function that reads what relating looks at in a briefing.
func docs(load Loader) func(slug string) story.Doc {
	return func(slug string) story.Doc {
		f, err := load(slug)
		if err != nil || f == nil {
			return story.Doc{} // its page says what is wrong with it
		}
		return storyDoc(f)
	}
}

// pastRelations are the relations that were last found, and of what.
type pastRelations struct {
	key [sha256.Size]byte
	of  map[string]story.Relation
}

// relationsKey stands for all that relating looks at.
func relationsKey(digests []*digest) [sha256.Size]byte {
	h := sha256.New()
	for _, d := range digests {
		h.Write([]byte(d.briefing.Slug))
		h.Write([]byte{0})
		h.Write(d.text[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// PackRelations writes how the briefings are related, so that the next run need
// not find it out where no text has changed.
func (g *Gatherer) PackRelations(w *packed.Writer) {
	w.Raw(g.past.key[:])
	w.Uint(uint64(len(g.past.of)))
	for _, id := range slices.Sorted(maps.Keys(g.past.of)) {
		r := g.past.of[id]
		w.String(id)
		w.String(r.Cluster)
		w.String(r.Storyline)
		w.String(r.CopyOf)
	}
}

// Found returns what else was found when the briefings were related; nil where they
// were related before.
func (g *Gatherer) Found() *story.Past { return g.found }

// Remember takes what Found returned, so that not all of it need be found again.
func (g *Gatherer) Remember(p *story.Past) { g.vocabulary.Remember(p) }

// UnpackRelations reads what PackRelations wrote.
func (g *Gatherer) UnpackRelations(r *packed.Reader) {
	var p pastRelations
	copy(p.key[:], r.Raw(len(p.key)))
	n := r.Count()
	p.of = make(map[string]story.Relation, n)
	for range n {
		id := r.String()
		p.of[id] = story.Relation{ID: id, Cluster: r.String(), Storyline: r.String(), CopyOf: r.String()}
	}
	if r.Whole() {
		g.past = p
	}
}

// storyDoc is what relating looks at in a briefing.
func storyDoc(f *content.File) story.Doc {
	d := story.Doc{ID: f.Meta.Slug, Text: ownText(f), Date: f.Meta.Date, Publisher: f.Meta.Publisher}
	for _, b := range f.Blocks {
		if b.Role == article.SetAside || b.Role == article.Byline {
			d.Credits += b.Span.In(f.Text) + "\n"
		}
	}
	if f.Meta.TitleBasis == "" {
		d.Title = f.Meta.Title
	}
	return d
}

// ownText returns the article's text without what was set aside, and without
// the headline, which is given apart.
func ownText(f *content.File) string {
	var b strings.Builder
	b.Grow(len(f.Text) + len(f.Blocks))
	for _, bl := range f.Blocks {
		switch bl.Role {
		case article.SetAside, article.Headline, article.Byline:
			continue
		}
		b.WriteString(bl.Span.In(f.Text))
		b.WriteByte('\n')
	}
	return b.String()
}

// addStories makes stories of what relations found among the briefings that no
// editor's story claims. Each is named after its oldest report, so that reports
// that come later do not move it.
func (s *Site) addStories(rel map[string]story.Relation) {
	s.growEvents(rel)
	taken := map[string]bool{}
	inEvent, inLine := map[*Briefing]bool{}, map[*Briefing]bool{}
	for _, st := range s.Stories {
		taken[st.Slug] = true
		for _, m := range st.Moved {
			taken[strings.TrimSuffix(strings.TrimPrefix(m, "stories/"), ".html")] = true
		}
		for _, b := range st.Members {
			if st.Storyline {
				inLine[b] = true
				// Of reports that an editor says to be of several events no event is made again.
				inEvent[b] = inEvent[b] || st.file != nil && st.file.GeneratedKind == "event"
			} else {
				inEvent[b] = true
			}
		}
	}
	group := func(key func(story.Relation) string, claimed map[*Briefing]bool) map[string][]*Briefing {
		out := map[string][]*Briefing{}
		for _, b := range s.Briefings {
			if !claimed[b] {
				out[key(rel[b.Slug])] = append(out[key(rel[b.Slug])], b)
			}
		}
		return out
	}
	eventOf := map[*Briefing]*Story{}
	for _, st := range s.Stories {
		if !st.Storyline {
			for _, b := range st.Members {
				eventOf[b] = st
			}
		}
	}
	newStory := func(members []*Briefing, base string) *Story {
		slices.SortFunc(members, oldestFirst)
		name := slug.Make(base + members[0].Slug)
		for n := 2; taken[name]; n++ {
			name = slug.Make(fmt.Sprintf("%d %s%s", n, base, members[0].Slug))
		}
		taken[name] = true
		st := &Story{Slug: name, Path: "stories/" + name + ".html", Members: members}
		s.Stories = append(s.Stories, st)
		return st
	}
	for _, members := range sortedMembers(group(func(r story.Relation) string { return r.Cluster }, inEvent)) {
		if len(members) < 2 {
			continue
		}
		st := newStory(members, "")
		st.Title = eventTitle(members)
		for _, b := range members {
			eventOf[b] = st
		}
	}
	s.growLines(rel, eventOf)
	for _, st := range s.Stories {
		for _, b := range st.Members {
			inLine[b] = inLine[b] || st.Storyline
		}
	}
	for _, members := range sortedMembers(group(func(r story.Relation) string { return r.Storyline }, inLine)) {
		events := map[string]bool{}
		var pages []*Story
		for _, b := range members {
			if st := eventOf[b]; st != nil {
				events[st.Slug] = true
				if !slices.Contains(pages, st) {
					pages = append(pages, st)
				}
			} else {
				events[b.Slug] = true
			}
		}
		if len(events) < 2 {
			continue
		}
		st := newStory(members, "storyline ")
		st.Storyline = true
		st.Title = lineTitle(s.Labels, members, len(events))
		st.Events = pages
		for _, e := range pages {
			e.Within = append(e.Within, st)
		}
	}
	for _, st := range s.Stories {
		for _, b := range st.Members {
			r := rel[b.Slug]
			if of := s.briefing[r.CopyOf]; of != nil && slices.Contains(st.Members, of) {
				st.Reposts = append(st.Reposts, Repost{Briefing: b, Of: of})
			}
		}
	}
}

func sortedMembers(groups map[string][]*Briefing) [][]*Briefing {
	out := make([][]*Briefing, 0, len(groups))
	for _, g := range groups {
		slices.SortFunc(g, oldestFirst)
		out = append(out, g)
	}
	stable.Sort(out, func(a, b []*Briefing) int { return oldestFirst(a[0], b[0]) })
	return out
}

// eventTitle is the title of the oldest report that has one of its own.
func eventTitle(members []*Briefing) string {
	for _, b := range members {
		if !b.Header.TitleDerived {
			return b.Header.Title
		}
	}
	return members[0].Header.Title
}

// lineTitle names a storyline by its first report and by how many events it has
// besides.
func lineTitle(l *label.Set, members []*Briefing, events int) string {
	title := strings.TrimRight(eventTitle(members), ".")
	return l.Count("story.line", events-1, "title", title)
}

// A commonEntity is an entity and in how many reports it stands.
type commonEntity struct {
	entity   *Entity
	reports  int
	mentions int
}

// inCommon lists the entities that stand in at least two of the reports, those
// in most reports first, then those most often named.
func inCommon(members []*Briefing) []commonEntity {
	at := map[*Entity]*commonEntity{}
	var out []*commonEntity
	for _, b := range members {
		for i := range b.named {
			n := &b.named[i]
			c := at[n.Entity]
			if c == nil {
				c = &commonEntity{entity: n.Entity}
				at[n.Entity] = c
				out = append(out, c)
			}
			c.reports++
			c.mentions += n.Mentions()
		}
	}
	out = slices.DeleteFunc(out, func(c *commonEntity) bool { return c.reports < 2 })
	stable.Sort(out, func(a, b *commonEntity) int {
		return cmp.Or(b.reports-a.reports, b.mentions-a.mentions, byName(a.entity, b.entity))
	})
	common := make([]commonEntity, 0, len(out))
	for _, c := range out {
		common = append(common, *c)
	}
	return common
}

// Why says in plain words what the reports of a story have in common.
func (s *Site) Why(st *Story) []string {
	var out []string
	l, common := s.Labels, inCommon(st.Members)
	for _, kind := range Kinds {
		var names []string
		for _, c := range common {
			if c.entity.Kind == kind && len(names) < 6 {
				names = append(names, c.entity.Name)
			}
		}
		if len(names) > 0 {
			out = append(out, l.Say("story.why."+string(kind), "names", l.List(names)))
		}
	}
	return out
}
