package site

import (
	"slices"
	"strings"
)

// thingWords count anything that is no person.
var thingWords = wordList("thingWords")

// leadThings is the number of first sentences that tell what an event is about.
const leadThings = 2

// things compares what two reports count as the matter of their first sentences,
// where one calls by a word for anything what the other calls by its name: 38
// objects and 34 bronzes.
func (c *comparison) things() []Dimension {
	var out []Dimension
	for j := range c.reports {
		for i := range j {
			for _, x := range c.leadThings(i) {
				for _, y := range c.leadThings(j) {
					if x.f.unit == y.f.unit || x.f.equal(y.f) || slices.Contains(thingWords, x.f.unit) == slices.Contains(thingWords, y.f.unit) ||
						max(x.f.value, y.f.value) > 2*min(x.f.value, y.f.value) || !c.sameFor(x.f, y.f, x.ref, y.ref) ||
						c.at(x.ref).terms.common(c.at(y.ref).terms) < 2 || c.saysBoth(i, x.f.unit, y.f.unit) || c.saysBoth(j, x.f.unit, y.f.unit) {
						continue
					}
					d := c.eitherRow(x.f.unit, y.f.unit)
					d.put(c.reports[i].b, x.f.words, x.f.passage)
					d.put(c.reports[j].b, y.f.words, y.f.passage)
					d.judge()
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// A placed figure is one with the sentence it stands in.
type placed struct {
	ref sentenceRef
	f   *figure
}

// leadThings lists the figures of the first sentences of a report that count
// things, one a sentence.
func (c *comparison) leadThings(report int) []placed {
	var out []placed
	for k := range c.reports[report].sentences[:min(leadThings, len(c.reports[report].sentences))] {
		ref := sentenceRef{report, k}
		if f := c.soleFigure(ref); f != nil && !f.ofPeople() && !f.measured() {
			out = append(out, placed{ref, f})
		}
	}
	return out
}

// leadKind is the number of first sentences in which a report counts what its
// event is about.
const leadKind = 8

// kinds compares figures of one kind of thing, which each report counts but once
// and early: three tanks that burn and five. People come in too many groups.
func (c *comparison) kinds(rows []Dimension) []Dimension {
	byUnit := map[string][]*placed{} // one a report; several where it gives several
	several := &placed{sentenceRef{report: -1}, &figure{}}
	var order []string
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.unit == "" || f.generic() || f.ofPeople() && f.unit != "crew" || f.measured() || f.length() || f.money() {
				continue
			}
			ref, ok := c.sentenceOf(r, f.passage)
			if !ok {
				continue
			}
			if byUnit[f.unit] == nil {
				byUnit[f.unit] = make([]*placed, len(c.reports))
				order = append(order, f.unit)
			}
			x := &placed{ref, f}
			if ref.sentence >= leadKind {
				x = several
			}
			if old := byUnit[f.unit][r]; old != nil && old.f.value != f.value {
				x = several
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
				d := c.figureRow(x.f, false)
				d.put(c.reports[x.ref.report].b, x.f.words, x.f.passage)
				d.put(c.reports[y.ref.report].b, y.f.words, y.f.passage)
				d.judge()
				if !anyRow(rows, out, func(o Dimension) bool { return d.within(o) }) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// oneOfAKind reports whether the sentences of two figures of one unit have a word
// in common besides it.
func (c *comparison) oneOfAKind(f, g *figure, a, b sentenceRef) bool {
	if f.unit == "crew" {
		return true // of the ship that the event is about
	}
	return c.at(a).plain.common(c.at(b).plain) >= 2 && !strings.HasSuffix(f.unit, "ers") && f.sortOf() == g.sortOf()
}

// sortOf is the demonym that tells of which country what is counted is.
func (f *figure) sortOf() string {
	for _, w := range f.sorts() {
		if isDemonym(w) {
			return w
		}
	}
	return ""
}
