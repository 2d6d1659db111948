package site

import (
	"cmp"
	"math"
	"slices"

	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

// Two figures are of one thing where they measure the same (a length, a share, people
// of one name) and their clauses tell the same of them. This file compares figures by
// that alone: of each report the figure whose clause is most like that of another
// report's, where each chooses the other.

// A datum is a figure with what its clause tells.
type datum struct {
	ref  sentenceRef
	f    *figure
	near weights // the terms of its clause, those farther from it for less
}

// How much the words around a figure count by how far they are from it, and how much
// farther what stands beyond a comma or a conjunction is.
const (
	perWord       = 0.12
	beyondComma   = 3
	beyondJoining = 5
)

// nearTerms returns the terms of a sentence that stand around a part of it; those of
// the words that name a source too, if they are no names, where sources asks for that.
func (c *comparison) nearTerms(ref sentenceRef, at span.Span, sources bool) weights {
	s := c.at(ref)
	r := c.reports[ref.report]
	start := r.maker.sentences[s.index].span.Start
	out := make(weights, 0, 2*len(s.tokens))
	walk := func(i, step int) {
		for d := 1; i >= 0 && i < len(s.tokens); i += step {
			t := &s.tokens[i]
			if t.Kind != token.Word && t.Kind != token.Number {
				switch t.Norm {
				case ";", ":":
					return
				case ",", "(", ")", "–", "—":
					d += beyondComma
				}
				continue
			}
			switch t.Norm {
			case "and", "but", "while", "whereas", "although":
				d += beyondJoining
			}
			for _, x := range c.termsOf(t) {
				if s.terms.has(x.term) || sources && t.Is(token.AllLower) {
					out = append(out, weighted{x.term, x.weight / (1 + perWord*float64(d))})
				}
			}
			d++
		}
	}
	first := slices.IndexFunc(s.tokens, func(t token.Token) bool { return start+t.Span.End > at.Start })
	if first < 0 {
		return nil
	}
	last := first
	for last < len(s.tokens) && start+s.tokens[last].Span.Start < at.End {
		last++
	}
	walk(first-1, -1)
	walk(last, 1)
	// Of each term the nearest counts.
	stable.Sort(out, func(a, b weighted) int {
		if a.term != b.term {
			return int(a.term) - int(b.term)
		}
		return cmp.Compare(b.w, a.w)
	})
	return slices.CompactFunc(out, func(a, b weighted) bool { return a.term == b.term })
}

// maxData bounds the figures of one report that are matched.
const maxData = 80

// data lists the figures of a report with their clauses.
func (c *comparison) data(report int) []datum {
	var out []datum
	r := c.reports[report]
	for i := range r.figures {
		f := r.figures[i]
		if f.of == "age" || len(out) == maxData {
			continue
		}
		if ref, ok := c.sentenceOf(report, f.passage); ok {
			out = append(out, datum{ref, f, c.nearTerms(ref, f.passage.Span, false)})
		}
	}
	return out
}

// A scale is a unit in terms of the first of its kind.
type scale struct {
	kind string
	by   float64
}

// scales are the units that can be set against one another.
var scales = map[string]scale{
	"km": {"length", 1000}, "m": {"length", 1}, "cm": {"length", 0.01}, "mm": {"length", 0.001}, "mile": {"length", 1609}, "mi": {"length", 1609},
	"nautical-mile": {"length", 1852}, "ft": {"length", 0.3048}, "inch": {"length", 0.0254}, "yard": {"length", 0.9144},
	"km/h": {"speed", 1}, "mph": {"speed", 1.609}, "knot": {"speed", 1.852},
	"second": {"duration", 1.0 / 3600}, "minute": {"duration", 1.0 / 60}, "hour": {"duration", 1}, "day": {"duration", 24}, "night": {"duration", 24},
	"week": {"duration", 168}, "month": {"duration", 730}, "year": {"duration", 8766}, "decade": {"duration", 87660},
	"kg": {"weight", 1}, "g": {"weight", 0.001}, "tonne": {"weight", 1000}, "ton": {"weight", 1000}, "pound": {"weight", 0.4536}, "ounce": {"weight", 0.02835},
	"km2": {"area", 100}, "m2": {"area", 0.0001}, "sq-mile": {"area", 259}, "hectare": {"area", 1}, "acre": {"area", 0.4047},
	"litre": {"volume", 1}, "m3": {"volume", 1000}, "gallon": {"volume", 3.785}, "barrel": {"volume", 159},
}

// kindOf returns what a figure measures: that of its unit, a currency, or "" for what
// is counted.
func (f *figure) kindOf() string {
	if s, ok := scales[f.unit]; ok {
		return s.kind
	}
	if f.money() {
		return f.unit
	}
	return kindsOfUnit[f.unit]
}

// converted is how far two values in different units may be apart and be one.
const converted = 0.1

// sameMeasure reports whether two figures in different units of one kind agree.
func (f *figure) sameMeasure(g *figure) bool {
	a, b := scales[f.unit], scales[g.unit]
	if a.kind == "" || a.kind != b.kind || a.by == b.by {
		return false
	}
	l1, m1 := f.span()
	l2, m2 := g.span()
	l1, m1, l2, m2 = l1*a.by, m1*a.by, l2*b.by, m2*b.by
	return l1 <= m2*(1+converted) && l2 <= m1*(1+converted)
}

// base is the value of a figure in the first unit of its kind.
func (f *figure) base() float64 {
	if s, ok := scales[f.unit]; ok {
		return f.value * s.by
	}
	return f.value
}

// sameKind reports whether two figures measure the same, or count what has one name.
func sameKind(f, g *figure) bool {
	if f.tally || g.tally {
		return (f.tally || f.unit == "votes") && (g.tally || g.unit == "votes")
	}
	if k := f.kindOf(); k != "" || g.kindOf() != "" {
		return k == g.kindOf() && (f.of == g.of || !f.measured() && !g.measured())
	}
	if f.measured() || g.measured() {
		return f.of == g.of && (f.unit == g.unit || f.people() || g.people())
	}
	if f.unit == "people" || f.unit == "persons" {
		return g.unit == "people" || g.unit == "persons"
	}
	return sameNoun(f.unit, g.unit) && (!f.generic() || f.unit == "members")
}

// plainKinds are what is measured of few things in one report, so that little is
// needed to tell that two measure the same.
func plainKind(kind string) bool {
	switch kind {
	case "speed", "magnitude", "temperature", "weight", "area", "volume", "power":
		return true
	}
	return false
}

// What the words around two figures must have in common, by their weight, for the two
// to be of one thing: of kinds that stand once in a report, of others, and of those of
// which a report gives several.
const (
	matchPlain   = 1.5
	matchSole    = 3
	matchSeveral = 5
)

// matches compares the figures of each two reports by what their clauses tell of them.
func (c *comparison) matches(before []Dimension) []Dimension {
	all := make([][]datum, len(c.reports))
	for r := range c.reports {
		all[r] = c.data(r)
	}
	var out []Dimension
	for j := range all {
		for i := range j {
			for _, m := range c.matchPair(all[i], all[j]) {
				d := c.matchRow(m[0].f, m[1].f)
				for _, x := range m {
					d.put(c.reports[x.ref.report].b, x.f.words, x.f.passage)
					d.addNoun(x.f)
				}
				if anyRow(before, out, func(o Dimension) bool { return o.tells(d) }) {
					continue
				}
				c.besides(&d, m, all)
				d.judge()
				if !anyRow(before, out, func(o Dimension) bool { return d.within(o) }) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// matchRow makes a row for two figures of one thing, named by what either is told of.
func (c *comparison) matchRow(f, g *figure) Dimension {
	switch {
	case f.frame != "" && (g.frame == "" || g.frame == f.frame):
		return c.figureRow(f, true)
	case g.frame != "" && f.frame == "":
		return c.figureRow(g, true)
	}
	if _, noun := f.subject(); noun == "" {
		return c.figureRow(g, false)
	}
	return c.figureRow(f, false)
}

// besideFrom is how alike the clauses of two figures must be for a third report that
// gives the value of one of them to be told beside it.
const besideFrom = 2

// besides adds to a row the reports that give the value of one of two figures that
// differ, of the same thing.
func (c *comparison) besides(d *Dimension, m [2]datum, all [][]datum) {
	for r, zs := range all {
		if r == m[0].ref.report || r == m[1].ref.report {
			continue
		}
		for _, z := range zs {
			if slices.ContainsFunc(m[:], func(x datum) bool {
				return z.f.value == x.f.value && sameKind(z.f, x.f) && c.mayMatch(z, x) && c.alike(z, x) >= besideFrom
			}) {
				d.put(c.reports[r].b, z.f.words, z.f.passage)
				break
			}
		}
	}
}

// tells reports whether a row tells already of what another would: it cites the same
// figures of two reports, or of the same key one of them, beside another figure of the
// other report.
func (d Dimension) tells(o Dimension) bool {
	if d.Kind != o.Kind {
		return false
	}
	n, other := 0, false
	for i, c := range o.Cells {
		for _, p := range c.Passages {
			if slices.ContainsFunc(d.Cells[i].Passages, func(q Passage) bool { return p.Span.Overlaps(q.Span) }) {
				n++
			} else if len(d.Cells[i].Passages) > 0 {
				other = true
			}
		}
	}
	return n > 1 || n == 1 && other && d.Key == o.Key
}

// matchPair returns the pairs of figures of two reports that are of one thing and
// differ.
func (c *comparison) matchPair(xs, ys []datum) [][2]datum {
	sim := make([][]float64, len(xs))
	for i, x := range xs {
		sim[i] = make([]float64, len(ys))
		for j, y := range ys {
			if sameKind(x.f, y.f) && c.mayMatch(x, y) {
				sim[i][j] = c.alike(x, y)
			}
		}
	}
	var out [][2]datum
	for i, x := range xs {
		for j, y := range ys {
			s := sim[i][j]
			if s == 0 || x.f.equal(y.f) {
				continue
			}
			best := true
			for k := range ys {
				best = best && (k == j || sim[i][k] < s || sim[i][k] == s && ys[k].f.value == y.f.value)
			}
			for k := range xs {
				best = best && (k == i || sim[k][j] < s || sim[k][j] == s && xs[k].f.value == x.f.value)
			}
			if best && s >= c.needed(x, y, xs, ys) && !given(xs, y.f) && !given(ys, x.f) && c.sameFor(x.f, y.f, x.ref, y.ref) {
				out = append(out, [2]datum{x, y})
			}
		}
	}
	return out
}

// given reports whether a report gives the value of a figure of its kind somewhere:
// then it knows of both.
func given(xs []datum, f *figure) bool {
	return slices.ContainsFunc(xs, func(x datum) bool { return sameKind(x.f, f) && x.f.equal(f) })
}

// mayMatch reports whether nothing tells two figures of one kind apart.
func (c *comparison) mayMatch(x, y datum) bool {
	f, g := x.f, y.f
	if f.owner != g.owner || f.grade != g.grade || f.ordinal != g.ordinal {
		return false
	}
	if f.rest != g.rest || f.joint != g.joint || f.doesOther(g) || f.otherStep(g) || f.kindOf() == "" && !sameSort(f, g) {
		return false
	}
	if f.at && sized[g.of] || g.at && sized[f.of] {
		return false // "at 5,300 metres", "a mountain 7,134 metres high"
	}
	if !f.framedLike(g) {
		return false
	}
	if f.tally && g.tally {
		// Scores and records are told of much in a long report.
		lead := x.ref.sentence < leadSentences && y.ref.sentence < leadSentences
		return lead || f.votes && g.votes
	}
	// How many years something was is told of anything; only the first sentences tell it of
	// the event.
	if (lengthy(f.unit) || lengthy(g.unit)) && !f.measured() && (x.ref.sentence >= leadThings || y.ref.sentence >= leadThings) {
		return false
	}
	if f.does != "" && g.does != "" && f.does != g.does && !f.measured() {
		return false // two states that sued, and four that allow it
	}
	return !f.farFrom(g)
}

// framedLike reports whether what two amounts or shares are told of may be one matter:
// what somebody demands may be any of them, and a price is what a thing is worth.
func (f *figure) framedLike(g *figure) bool {
	if f.frame == g.frame {
		return true
	}
	if f.unit == "%" && (ownShares[f.frame] || ownShares[g.frame]) {
		return false
	}
	if f.frame == "" || g.frame == "" || f.frame == "demanded" || g.frame == "demanded" {
		return true
	}
	both := func(names ...string) bool {
		return slices.Contains(names, f.frame) && slices.Contains(names, g.frame)
	}
	return both("price", "worth", "cost") || both("damage", "cost")
}

// sized are words that make a length the size of a thing.
var sized = map[string]bool{"high": true, "tall": true, "long": true, "wide": true, "deep": true, "thick": true}

// ownShares are what a share is told of by words of its own, so that one without those is of
// something else.
var ownShares = map[string]bool{"turnout": true, "counted": true, "unemployment": true, "inflation": true, "efficacy": true, "contained": true}

// rivals reports whether a report has another figure than f that may be of the same matter
// as one of another report.
func rivals(all []datum, f, other *figure) bool {
	return slices.ContainsFunc(all, func(o datum) bool {
		if !sameKind(o.f, f) || o.f.value == f.value || o.f.owner != f.owner || o.f.farFrom(other) {
			return false
		}
		if f.frame != "" && o.f.frame != "" {
			return f.frame == o.f.frame
		}
		return f.unit != "%" || f.of == o.f.of
	})
}

// farFrom reports whether two figures of one kind are so far apart that they are of two
// matters.
func (f *figure) farFrom(g *figure) bool {
	most := max(math.Abs(f.base()), math.Abs(g.base()))
	least := min(math.Abs(f.base()), math.Abs(g.base()))
	if f.kindOf() != "" {
		return most > farApartMeasure*least
	}
	return most > farApart*least
}

func lengthy(unit string) bool { return unit == "year" || unit == "decade" || unit == "century" }

// farApartMeasure is how many times one length, amount or share may be the other.
const farApartMeasure = 2.5

// shortReport is how many sentences a report may have, and shortWords how many words in
// many short ones, for a figure that stands alone of its kind in it to be taken for one of
// the event: a long one tells of much else.
const (
	shortReport = 14
	shortWords  = 260
)

// isShort reports whether a report is a short one.
func (r *sideReport) isShort() bool {
	if len(r.sentences) <= shortReport {
		return true
	}
	n := 0
	for i := range r.sentences {
		n += len(r.sentences[i].tokens)
	}
	return n <= shortWords
}

// short reports whether both of two sentences are of short reports.
func (c *comparison) short(a, b sentenceRef) bool {
	return c.reports[a.report].brief && c.reports[b.report].brief
}

// alike is how much the clauses of two figures have in common, and their sentences
// besides.
func (c *comparison) alike(x, y datum) float64 {
	s, n := 0.0, 0
	both(x.near, y.near, func(a, b float64) { s, n = s+min(a, b), n+1 })
	if n == 0 && !x.f.tally && !c.short(x.ref, y.ref) {
		return 0
	}
	s += 0.3*float64(min(5, c.window(x.ref, y.ref))) + 0.1
	if x.f.of != "" && x.f.of == y.f.of {
		s++
	}
	if x.f.frame != "" && x.f.frame == y.f.frame {
		s++
	}
	if sharedDay(c.at(x.ref), c.at(y.ref)) {
		s += 0.5
	}
	if x.ref.sentence == 0 && y.ref.sentence == 0 {
		s += 0.5
	}
	return rounded(s + 0.5*float64(min(2, c.sameNames(x.ref, y.ref))))
}

// window counts the terms that two sentences, each with the one before it, have in
// common, names among them.
func (c *comparison) window(a, b sentenceRef) int {
	var before, beforeB weights
	if a.sentence > 0 {
		before = c.at(sentenceRef{a.report, a.sentence - 1}).terms
	}
	if b.sentence > 0 {
		beforeB = c.at(sentenceRef{b.report, b.sentence - 1}).terms
	}
	return commonTerms(before, c.at(a).terms, beforeB, c.at(b).terms)
}

// needed is how alike the clauses of two figures must be.
func (c *comparison) needed(x, y datum, xs, ys []datum) float64 {
	sole := !rivals(xs, x.f, y.f) && !rivals(ys, y.f, x.f)
	kind := x.f.kindOf()
	switch {
	case x.f.tally && sole:
		return 0.1
	case x.f.definite != y.f.definite && kind == "" && !x.f.measured():
		return matchSole
	case sole && c.short(x.ref, y.ref):
		return c.neededShort(x, y)
	case x.f.tally || plainKind(kind) && sole:
		return matchPlain
	case sole && kind != "duration" && !x.f.generic(), plainKind(kind):
		return matchSole
	}
	return matchSeveral
}

// neededShort is how alike the clauses of two figures must be that stand alone of
// their kind in short reports, which tell of little but the event.
func (c *comparison) neededShort(x, y datum) float64 {
	switch kind := x.f.kindOf(); {
	case plainKind(kind), kind == "" && !x.f.ofPeople():
		return 0.1
	case kind == "duration":
		return 2
	case kind == "" && x.f.generic() && !x.f.measured():
		return matchSole // people
	}
	return 0.7
}
