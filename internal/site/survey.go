package site

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/stable"
)

// What stands across briefings is found in one pass over their details, and held
// as positions: where in which briefing something stands.

// survey fills the lists of entities and of the site. The briefings are in order
// and know their stories.
func (s *Site) survey() {
	v := surveyor{
		Site: s, keep: interner(), glossary: map[glossaryKey]*GlossaryEntry{}, publishers: map[string]*Publisher{},
		wordings: map[*Entity]map[string]int{},
	}
	eachDetails(s.Briefings, v.briefing)
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			stable.Sort(e.names, func(a, b wording) int {
				return cmp.Or(cmp.Compare(b.count, a.count), len(b.text)-len(a.text), strings.Compare(a.text, b.text))
			})
			e.in, e.names, e.quoted, e.stated, e.Stories = trim(e.in), trim(e.names), trim(e.quoted), trim(e.stated), trim(e.Stories)
		}
	}
	s.quotations = trim(s.quotations)
	s.Times.Resolved, s.Times.Planned = v.resolved.sorted(), v.planned.sorted()
	for _, b := range s.OldestFirst() {
		for i := range v.unresolved[b.order] {
			s.Times.Unresolved = append(s.Times.Unresolved, position{int32(b.order), int32(i)})
		}
	}
	s.Times.cut(
		func(i int) string { return v.resolved[i].from }, func(i int) string { return v.planned[i].from },
		func(i int) string { return s.Briefings[s.Times.Unresolved[i].order].Slug },
	)
	s.Glossary = sortedGlossary(s.Glossary)
	s.Publishers = sortedPublishers(s.Publishers)
	s.Totals = Totals{
		Briefings: len(s.Briefings), Stories: len(s.Stories),
		People: len(s.People), Organizations: len(s.Organizations), Places: len(s.Places), Events: len(s.Events),
		Quotations: len(s.quotations), Glossary: len(s.Glossary), Sourcing: s.Totals.Sourcing, Sentences: s.Totals.Sourcing.Total(),
	}
}

// trim returns a list without room for more, of which there may be as much again: it
// has come to its end, and is held until the site is made.
func trim[T any](list []T) []T {
	if len(list) == cap(list) {
		return list
	}
	return append(make([]T, 0, len(list)), list...)
}

// A surveyor has what a survey needs until it is done.
type surveyor struct {
	*Site
	keep              func(string) string
	resolved, planned times
	unresolved        []int // of each briefing: how many
	glossary          map[glossaryKey]*GlossaryEntry
	publishers        map[string]*Publisher
	wordings          map[*Entity]map[string]int // where a wording stands in Entity.names, of entities with many
}

// interner returns a function that returns one copy of equal strings.
func interner() func(string) string {
	known := map[string]string{}
	return func(s string) string {
		k, ok := known[s]
		if !ok {
			k = strings.Clone(s)
			known[k] = k
		}
		return k
	}
}

func (v *surveyor) briefing(b *Briefing, d *Details) {
	order := int32(b.order)
	for i, a := range d.Appearances {
		at := position{order, int32(i)}
		a.Entity.in = append(a.Entity.in, at)
		for _, n := range a.Names {
			v.wording(a.Entity, n, at)
		}
	}
	for i, q := range d.Quotations {
		at := position{order, int32(i)}
		if q.Form != "scare" {
			v.quotations = append(v.quotations, at)
		}
		if q.Speaker != nil && q.Speaker.Entity != nil && !q.Denied {
			e := q.Speaker.Entity
			e.quoted = append(e.quoted, quoted{at, len(q.Passage.Text) <= maxLastWords})
		}
	}
	for i, st := range d.Statements {
		if st.Speaker != nil && st.Speaker.Entity != nil {
			st.Speaker.Entity.stated = append(st.Speaker.Entity.stated, position{order, int32(i)})
		}
	}
	for _, st := range b.Stories {
		for i := range b.named {
			e := b.named[i].Entity
			if n := len(e.Stories); n == 0 || !slices.Contains(e.Stories, st) {
				e.Stories = append(e.Stories, st)
			}
		}
	}
	v.resolved.add(order, d.Timeline.Resolved, v.keep)
	v.planned.add(order, d.Timeline.Planned, v.keep)
	v.unresolved = append(v.unresolved, len(d.Timeline.Unresolved))
	v.Totals.Sourcing.sum(b.Sentences)
	v.terms(b, d)
	v.publisher(b, d)
}

// A wording is a name of an entity as briefings word it.
type wording struct {
	text  string
	count int32
	first position // of the first briefing that has it
}

// wording counts a wording.
func (v *surveyor) wording(e *Entity, n Spelling, at position) {
	const few = 8
	index := v.wordings[e]
	i := -1
	if index != nil {
		if k, ok := index[n.Text]; ok {
			i = k
		}
	} else {
		i = slices.IndexFunc(e.names, func(w wording) bool { return w.text == n.Text })
	}
	if i >= 0 {
		e.names[i].count += int32(n.Count)
		return
	}
	e.names = append(e.names, wording{v.keep(n.Text), int32(n.Count), at})
	switch {
	case index != nil:
		index[e.names[len(e.names)-1].text] = len(e.names) - 1
	case len(e.names) > few:
		index = map[string]int{}
		for i, w := range e.names {
			index[w.text] = i
		}
		v.wordings[e] = index
	}
}

// times are entries of a timeline while they are put in order.
type times []timeAt

type timeAt struct {
	from, to, value string
	position
}

func (t *times) add(order int32, list []*TimelineEntry, keep func(string) string) {
	for i, e := range list {
		*t = append(*t, timeAt{keep(e.From), keep(e.To), keep(e.Value), position{order, int32(i)}})
	}
}

// sorted returns where the entries stand, in the order of Timeline.sort.
func (t times) sorted() []position {
	stable.Sort(t, func(a, b timeAt) int { return compareTimes(a.from, b.from, a.to, b.to, a.value, b.value) })
	out := make([]position, len(t))
	for i := range t {
		out[i] = t[i].position
	}
	return out
}
