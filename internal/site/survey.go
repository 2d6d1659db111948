package site

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/packed"
	"readout/internal/stable"
)

// What stands across briefings is found in one pass over what is surveyed of each, and
// held as positions: where in which briefing something stands.

// survey fills the lists of entities and of the site, but for what they tell of
// stories. The briefings are in order.
func (s *Site) survey() {
	v := surveyor{
		Site: s, keep: interner(), glossary: map[glossaryKey]*GlossaryEntry{}, publishers: map[string]*Publisher{},
		wordings: map[*Entity]map[string]int{},
	}
	for _, b := range s.Briefings {
		v.briefing(b)
	}
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			stable.Sort(e.names, func(a, b wording) int {
				return cmp.Or(cmp.Compare(b.count, a.count), len(b.text)-len(a.text), strings.Compare(a.text, b.text))
			})
			e.in, e.names, e.quoted, e.stated = trim(e.in), trim(e.names), trim(e.quoted), trim(e.stated)
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
		Briefings: len(s.Briefings),
		People:    len(s.People), Organizations: len(s.Organizations), Places: len(s.Places), Events: len(s.Events),
		Quotations: len(s.quotations), Glossary: len(s.Glossary), Sourcing: s.Totals.Sourcing, Sentences: s.Totals.Sourcing.Total(),
	}
}

// storiesOf tells entities of their stories, when the briefings know theirs.
func (s *Site) storiesOf() {
	for _, b := range s.Briefings {
		for _, st := range b.Stories {
			for i := range b.named {
				e := b.named[i].Entity
				if n := len(e.Stories); n == 0 || !slices.Contains(e.Stories, st) {
					e.Stories = append(e.Stories, st)
				}
			}
		}
	}
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			e.Stories = trim(e.Stories)
		}
	}
	s.Totals.Stories = len(s.Stories)
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

// briefing takes what is surveyed of a briefing.
func (v *surveyor) briefing(b *Briefing) {
	b.shelf.survey(b, func(r *packed.Reader) {
		order := int32(b.order)
		for i := range b.named {
			e := b.named[i].Entity
			e.in = append(e.in, position{order, int32(i)})
		}
		for l := range b.own {
			at := position{order, b.own[l].at}
			for range r.Count() {
				text := r.String()
				v.wording(b.ownEntity(l), text, r.Int(), at)
			}
		}
		voice := func() *Entity {
			if l := int(r.Uint()) - 1; l >= 0 && l < len(b.own) {
				return b.ownEntity(l)
			}
			return nil
		}
		p := v.publisher(b)
		lacks := false
		class := func() {
			if c := int(r.Uint()); c < len(Classes) {
				lacks = lacks || p.lacks(Classes[c])
			}
		}
		for i := range r.Count() {
			at, e := position{order, int32(i)}, voice()
			class()
			scare, denied, short := r.Bool(), r.Bool(), r.Bool()
			if !scare {
				v.quotations = append(v.quotations, at)
			}
			if e != nil && !denied {
				e.quoted = append(e.quoted, quoted{at, short})
			}
		}
		for i := range r.Count() {
			e := voice()
			if class(); e != nil {
				e.stated = append(e.stated, position{order, int32(i)})
			}
		}
		v.resolved.add(order, r, v.keep)
		v.planned.add(order, r, v.keep)
		v.unresolved = append(v.unresolved, int(r.Uint()))
		for i := range r.Count() {
			v.term(position{order, int32(i)}, r.String(), r.String(), voice())
		}
		if lacks {
			p.examples(b.Details())
		}
		v.Totals.Sourcing.sum(b.Sentences)
	})
}

// packSurvey writes what is surveyed of a briefing, whose details it is a small part of.
func (d *whole) packSurvey(w *packed.Writer) {
	local := make(map[*Speaker]int, len(d.speakers))
	for i, s := range d.speakers {
		local[s] = d.voices[i]
	}
	voice := func(s *Speaker) {
		l := -1
		if s != nil {
			l = local[s]
		}
		w.Uint(uint64(l + 1))
		w.Uint(uint64(slices.Index(Classes[:], s.class())))
	}
	for _, a := range d.appearances {
		w.Uint(uint64(len(a.Names)))
		for _, n := range a.Names {
			w.String(n.Text)
			w.Int(n.Count)
		}
	}
	w.Uint(uint64(len(d.Quotations)))
	for _, q := range d.Quotations {
		voice(q.Speaker)
		w.Bool(q.Form == "scare")
		w.Bool(q.Denied)
		w.Bool(len(q.Passage.Text) <= maxLastWords)
	}
	w.Uint(uint64(len(d.Statements)))
	for _, s := range d.Statements {
		voice(s.Speaker)
	}
	for _, list := range [][]*TimelineEntry{d.Timeline.Resolved, d.Timeline.Planned} {
		w.Uint(uint64(len(list)))
		for _, e := range list {
			w.String(e.From)
			w.String(e.To)
			w.String(e.Value)
		}
	}
	w.Uint(uint64(len(d.Timeline.Unresolved)))
	w.Uint(uint64(len(d.Terms)))
	for i, t := range d.Terms {
		w.String(t.Short)
		w.String(t.Long)
		w.Uint(uint64(d.terms[i] + 1))
	}
}

// A wording is a name of an entity as briefings word it.
type wording struct {
	text  string
	count int32
	first position // of the first briefing that has it
}

// wording counts a wording that a briefing has so often.
func (v *surveyor) wording(e *Entity, text string, count int, at position) {
	const few = 8
	index := v.wordings[e]
	i := -1
	if index != nil {
		if k, ok := index[text]; ok {
			i = k
		}
	} else {
		i = slices.IndexFunc(e.names, func(w wording) bool { return w.text == text })
	}
	if i >= 0 {
		e.names[i].count += int32(count)
		return
	}
	e.names = append(e.names, wording{v.keep(text), int32(count), at})
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

func (t *times) add(order int32, r *packed.Reader, keep func(string) string) {
	for i := range r.Count() {
		*t = append(*t, timeAt{keep(r.String()), keep(r.String()), keep(r.String()), position{order, int32(i)}})
	}
}

// sorted puts the entries in the order of Timeline.sort, and returns where they stand.
func (t times) sorted() []position {
	order := make([]int, len(t))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int {
		a, b := &t[i], &t[k]
		return cmp.Or(compareTimes(a.from, b.from, a.to, b.to, a.value, b.value), i-k)
	})
	in, out := make(times, len(t)), make([]position, len(t))
	for k, i := range order {
		in[k], out[k] = t[i], t[i].position
	}
	copy(t, in)
	return out
}
