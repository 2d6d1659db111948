package site

import (
	"math"
	"slices"
	"strings"
)

// beside are words for people that leave out the one they are told of.
var beside = map[string]bool{"companions": true, "friends": true, "colleagues": true, "relatives": true, "others": true, "brothers": true, "sisters": true}

// maxCrowds bounds the figures of one report that crowds compares.
const maxCrowds = 40

// crowds compares how many people two reports count, where they call them by
// different words (dockers and workers) in sentences about the same thing, each
// with that one figure.
func (c *comparison) crowds() []Dimension {
	type crowd struct {
		ref sentenceRef
		f   *figure
	}
	var crowds []crowd
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			if f := c.soleFigure(sentenceRef{r, k}); f != nil && n < maxCrowds && personUnit(f.unit) && f.of == "" && !beside[f.unit] {
				crowds = append(crowds, crowd{sentenceRef{r, k}, f})
				n++
			}
		}
	}
	var out []Dimension
	for i, y := range crowds {
		for _, x := range crowds[:i] {
			if x.ref.report == y.ref.report || x.f.unit == y.f.unit || x.f.equal(y.f) || max(x.f.value, y.f.value) > 2*min(x.f.value, y.f.value) {
				continue
			}
			a, b := c.at(x.ref), c.at(y.ref)
			_, n := contained(a.plain, b.plain)
			if !c.greatCrowds(x.ref, y.ref, x.f, y.f) && (n < 1 || c.likeness(a, b) < crowdFrom) || !c.sameFor(x.f, y.f, x.ref, y.ref) || c.saysBoth(x.ref.report, x.f.unit, y.f.unit) || c.saysBoth(y.ref.report, x.f.unit, y.f.unit) {
				continue
			}
			d := c.eitherRow(x.f.unit, y.f.unit)
			d.put(c.reports[x.ref.report].b, x.f.words, x.f.passage)
			d.put(c.reports[y.ref.report].b, y.f.words, y.f.passage)
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// greatCrowd is the number from which on people are a crowd of which a short report
// tells but one.
const greatCrowd = 100

// greatCrowds reports whether two figures of people are each the greatest by far that
// a short report gives, in its first sentences.
func (c *comparison) greatCrowds(a, b sentenceRef, f, g *figure) bool {
	alone := func(ref sentenceRef, f *figure) bool {
		return f.value >= greatCrowd && ref.sentence < leadSentences && !slices.ContainsFunc(c.reports[ref.report].figures, func(o *figure) bool {
			return o.ofPeople() && !o.measured() && o.value != f.value && 4*o.value > f.value
		})
	}
	return c.short(a, b) && alone(a, f) && alone(b, g) && c.window(a, b) >= 1
}

// saysBoth reports whether a report counts both: then they are not two words for
// the same people.
func (c *comparison) saysBoth(report int, a, b string) bool {
	counts := func(unit string) bool {
		return slices.ContainsFunc(c.reports[report].figures, func(f *figure) bool { return f.unit == unit })
	}
	return counts(a) && counts(b)
}

// enough is the number from which on the same figure in two reports is taken to
// be of the same thing.
const enough = 100

// counted finds figures that are the same and yet of different things by the
// words beside them: 4,600 children and 4,600 infants.
func (c *comparison) counted() []Dimension {
	var out []Dimension
	seen := map[float64]bool{}
	for i, r := range c.reports {
		for _, f := range r.figures {
			if f.value < enough || f.value >= 1900 && f.value < 2100 || f.generic() || seen[f.value] {
				continue
			}
			for _, o := range c.reports[i+1:] {
				for _, g := range o.figures {
					if g.value != f.value || g.generic() || g.unit == f.unit || seen[f.value] || !c.countedApart(f, g) {
						continue
					}
					seen[f.value] = true
					d := c.row("figure", c.l.Text("dimension.counted"))
					d.put(r.b, f.words, f.passage)
					d.put(o.b, g.words, g.passage)
					d.judge()
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// countedApart reports whether two reports count the same number of different
// things: the number is no round one, and neither sentence has the other's word
// as well, as "544 women who serve as store managers" has.
func (c *comparison) countedApart(f, g *figure) bool {
	a, okA := c.place(f)
	b, okB := c.place(g)
	if !okA || !okB || f.about || g.about || roundNumber(f.value) {
		return false
	}
	has := func(ref sentenceRef, unit string) bool {
		return strings.Contains(c.at(ref).words, " "+strings.TrimSuffix(unit, "s"))
	}
	return !has(a, g.unit) && !has(b, f.unit)
}

// roundNumber reports whether a number has but one digit that is not nought.
func roundNumber(v float64) bool {
	for v >= 10 {
		if math.Mod(v, 10) != 0 {
			return false
		}
		v /= 10
	}
	return true
}
