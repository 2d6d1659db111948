package site

import (
	"slices"
	"strings"
)

// thingWords count anything that is no person.
var thingWords = []string{"objects", "items", "pieces", "things", "artefacts", "artifacts", "works", "goods", "vehicles", "weapons", "buildings"}

// leadThings is the number of first sentences that tell what an event is about.
const leadThings = 2

// things compares what two reports count as the matter of their first sentences,
// where one calls by a word for anything what the other calls by its name: 38
// objects and 34 bronzes.
func (c *comparison) things() []Dimension {
	var out []Dimension
	for j := range c.reports {
		for i := range j {
			x, a := c.leadThing(i)
			y, b := c.leadThing(j)
			if x == nil || y == nil || x.unit == y.unit || x.equal(*y) || slices.Contains(thingWords, x.unit) == slices.Contains(thingWords, y.unit) ||
				max(x.value, y.value) > 2*min(x.value, y.value) || !c.sameFor(*x, *y, a, b) {
				continue
			}
			if _, n := contained(c.at(a).terms, c.at(b).terms); n < 2 || c.saysBoth(i, x.unit, y.unit) || c.saysBoth(j, x.unit, y.unit) {
				continue
			}
			d := c.row("figure", c.l.Say("dimension.either", "a", x.unit, "b", y.unit))
			d.put(c.reports[i].b, x.words, x.passage)
			d.put(c.reports[j].b, y.words, y.passage)
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// leadThing returns the one figure of the first sentences of a report that counts
// things.
func (c *comparison) leadThing(report int) (*figure, sentenceRef) {
	var only *figure
	var at sentenceRef
	for k := range c.reports[report].sentences[:min(leadThings, len(c.reports[report].sentences))] {
		ref := sentenceRef{report, k}
		f := c.soleFigure(ref)
		if f == nil || f.ofPeople() || f.measured() {
			continue
		}
		if only != nil {
			return nil, at
		}
		only, at = f, ref
	}
	return only, at
}

// leadKind is the number of first sentences in which a report counts what its
// event is about.
const leadKind = 8

// kinds compares figures of one kind of thing, which each report counts but once
// and early: three tanks that burn and five. People come in too many groups.
func (c *comparison) kinds(rows []Dimension) []Dimension {
	type counted struct {
		ref sentenceRef
		f   figure
	}
	byUnit := map[string][]*counted{} // one a report; nil where it gives several
	var order []string
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.unit == "" || f.generic() || f.ofPeople() || f.measured() || f.length() || f.money() {
				continue
			}
			ref, ok := c.sentenceOf(r, f.passage)
			if !ok {
				continue
			}
			if byUnit[f.unit] == nil {
				byUnit[f.unit] = make([]*counted, len(c.reports))
				order = append(order, f.unit)
			}
			x := &counted{ref, f}
			if ref.sentence >= leadKind {
				x = &counted{ref: sentenceRef{report: -1}}
			}
			if old := byUnit[f.unit][r]; old != nil && old.f.value != f.value {
				x = &counted{ref: sentenceRef{report: -1}}
			}
			byUnit[f.unit][r] = x
		}
	}
	var out []Dimension
	for _, u := range order {
		for j, y := range byUnit[u] {
			for _, x := range byUnit[u][:j] {
				if x == nil || y == nil || x.ref.report < 0 || y.ref.report < 0 || x.f.equal(y.f) || x.f.rest != y.f.rest ||
					max(x.f.value, y.f.value) > 2*min(x.f.value, y.f.value) || !c.sameFor(x.f, y.f, x.ref, y.ref) || !c.oneOfAKind(x.f, y.f, x.ref, y.ref) {
					continue
				}
				d := c.row("figure", x.f.unit)
				d.put(c.reports[x.ref.report].b, x.f.words, x.f.passage)
				d.put(c.reports[y.ref.report].b, y.f.words, y.f.passage)
				d.judge()
				if !slices.ContainsFunc(slices.Concat(rows, out), func(o Dimension) bool { return d.within(o) }) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// oneOfAKind reports whether the sentences of two figures of one unit have a word
// in common besides it.
func (c *comparison) oneOfAKind(f, g figure, a, b sentenceRef) bool {
	n := 0
	both(c.at(a).plain, c.at(b).plain, func(_, _ float64) { n++ })
	return n >= 2 && !strings.HasSuffix(f.unit, "ers") && f.sortOf() == g.sortOf()
}

// sortOf is the demonym that tells of which country what is counted is.
func (f figure) sortOf() string {
	for w := range f.sorts() {
		if isDemonym(w) {
			return w
		}
	}
	return ""
}
