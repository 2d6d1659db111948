package site

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/stable"
)

// A Stage is one event of a storyline: who appears in it, who speaks, and on
// whose word its reports rest.
type Stage struct {
	Event   *Story // nil where one report alone tells of it
	Reports []*Briefing
	// New are the people named here first, Again those of an earlier stage too.
	New, Again []*Appearance
	// Speakers are the people and bodies that are named as sources.
	Speakers  []SourceUse
	Unnamed   int // statements on unnamed sources
	Sentences SentenceCounts
}

// Title is that of the event, or of the one report.
func (s *Stage) Title() string {
	if s.Event != nil {
		return s.Event.Title
	}
	return s.Reports[0].Header.Title
}

// Strip says on whose word the sentences of its reports rest.
func (s *Stage) Strip(l *label.Set) string {
	return l.Say("strip.words", "list", stripList(l, s.Sentences, unread(s.Reports) == len(s.Reports)))
}

// Link leads to the page of the event, or of the one report.
func (s *Stage) Link() Link {
	if s.Event != nil {
		return s.Event.Link()
	}
	return s.Reports[0].Link()
}

// A Recurring is somebody or something named in more than one event of a
// storyline.
type Recurring struct {
	Entity *Entity
	Cells  []*Appearance // one a stage: the first there; nil where it is not named
	Stages int           // in how many it is named
}

// maxRecurring bounds what a storyline's page shows as recurring, by kind.
const maxRecurring = 8

// stages lists the events of a storyline, the oldest first, those without a date
// in the order of their members.
func (st *Story) stages() []*Stage {
	var out []*Stage
	of := map[*Briefing]*Stage{}
	for _, e := range st.Events {
		s := &Stage{Event: e}
		for _, b := range e.Members {
			if of[b] == nil {
				of[b] = s
			}
		}
	}
	for _, b := range st.Members {
		s := of[b]
		if s == nil {
			s = &Stage{}
		}
		if len(s.Reports) == 0 {
			out = append(out, s)
		}
		s.Reports = append(s.Reports, b)
	}
	seen := map[*Entity]bool{}
	for _, s := range out {
		here := map[*Entity]bool{}
		speaks := map[*Entity]int{}
		for _, b := range s.Reports {
			if st.repost(b) {
				continue
			}
			for _, a := range b.Details().AppearancesOf(dialect.Person) {
				if here[a.Entity] {
					continue
				}
				here[a.Entity] = true
				if seen[a.Entity] {
					s.Again = append(s.Again, a)
				} else {
					s.New = append(s.New, a)
				}
			}
			src := b.Details().Sourcing
			s.Sentences.sum(b.Sentences)
			for _, u := range slices.Concat(src.People, src.Organizations, src.Outlets) {
				e := u.Speaker.Entity
				if e == nil {
					continue
				}
				if i, ok := speaks[e]; ok {
					s.Speakers[i].Count += u.Count
					continue
				}
				speaks[e] = len(s.Speakers)
				s.Speakers = append(s.Speakers, u)
			}
			for _, u := range src.Unnamed {
				s.Unnamed += u.Count
			}
		}
		for e := range here {
			seen[e] = true
		}
	}
	return out
}

// recurring lists who and what is named in more than one event: people first,
// those in most events first. That a country is named again tells little.
func recurring(stages []*Stage) []Recurring {
	at := map[*Entity]int{}
	var all []Recurring
	for i, s := range stages {
		for _, b := range s.Reports {
			for _, a := range b.Details().Appearances {
				if a.Entity.Kind == dialect.Place && wide(a.Entity.Name) {
					continue
				}
				k, ok := at[a.Entity]
				if !ok {
					k = len(all)
					at[a.Entity] = k
					all = append(all, Recurring{Entity: a.Entity, Cells: make([]*Appearance, len(stages))})
				}
				if all[k].Cells[i] == nil {
					all[k].Cells[i] = a
					all[k].Stages++
				}
			}
		}
	}
	all = slices.DeleteFunc(all, func(r Recurring) bool { return r.Stages < 2 })
	rank := func(e *Entity) int { return slices.Index(Kinds[:], e.Kind) }
	stable.Sort(all, func(a, b Recurring) int {
		return cmp.Or(rank(a.Entity)-rank(b.Entity), b.Stages-a.Stages, strings.Compare(a.Entity.Name, b.Entity.Name))
	})
	n := map[dialect.Class]int{}
	return slices.DeleteFunc(all, func(r Recurring) bool {
		n[r.Entity.Kind]++
		return n[r.Entity.Kind] > maxRecurring
	})
}

// changes lists what is told otherwise from one event of a storyline to another:
// the office of a person, a *figure, how something stands, the day of a plan. It
// is never said to be a difference: time has passed.
func (c *comparison) changes(stages []*Stage) []Dimension {
	of := map[*Briefing]*Stage{}
	for _, s := range stages {
		for _, b := range s.Reports {
			of[b] = s
		}
	}
	plans := c.plans(nil)
	var out []Dimension
	for _, d := range slices.Concat(c.roles(), c.figures(), plans, c.standings(plans)) {
		told := map[*Stage]bool{}
		for _, cell := range d.Cells {
			if len(cell.Values) > 0 {
				told[of[cell.Briefing]] = true
			}
		}
		if len(told) < 2 || slices.ContainsFunc(out, func(o Dimension) bool { return o.Kind == d.Kind && o.sameCells(d) }) {
			continue
		}
		d.Differs, d.Update = false, false
		out = append(out, d)
	}
	return out
}
