package site

import (
	"slices"
	"strconv"
	"strings"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/token"
)

// A phase is a day on which something is said to begin or to end.
type phase struct {
	ref   sentenceRef
	entry *TimelineEntry
	role  string // "begin", "end" or "plan"
	day   string
	near  weights
	ahead bool // after its report came out
}

// like reports whether two days are of one role. What is planned for a day may begin
// on it.
func (p phase) like(o phase) bool {
	return p.role == o.role || p.ahead && o.ahead && p.role != "end" && o.role != "end"
}

// Words before a day that say that something begins or ends then, and how many words
// before it a verb of beginning or ending may stand.
var (
	beginsOn = []string{"from", "since", "starting", "beginning"}
	endsOn   = []string{"until", "till", "through", "to"}
)

const phaseVerb = 4

// phaseFrom is how much the words around two days must have in common, besides the
// beginning or the end, for both to be of one thing.
const (
	phaseFrom = 1.5
	planNear  = 2.5
)

// phases compares the days on which two reports have the same thing begin or end, by
// whatever words: a strike that is to start on Monday and a walkout from Tuesday.
func (c *comparison) phases(before []Dimension) []Dimension {
	all := make([][]phase, len(c.reports))
	for r := range c.reports {
		all[r] = c.phasesOf(r)
	}
	var out []Dimension
	for j := range all {
		for i := range j {
			for _, x := range all[i] {
				for _, y := range all[j] {
					if !x.like(y) || x.day == y.day || sameDayName(x.entry, y.entry) || !(x.ahead && y.ahead) && !couldTell(x.entry, y.entry) || !sameSetting(c.at(x.ref), c.at(y.ref)) || c.twoEvents(x.ref, y.ref, x.entry, y.entry) {
						continue
					}
					told := func(ps []phase, day string) bool {
						return slices.ContainsFunc(ps, func(p phase) bool { return p.like(x) && p.day == day })
					}
					if x.role != y.role && !c.short(x.ref, y.ref) || told(all[i], y.day) || told(all[j], x.day) || c.phasesAlike(x, y) < max(x.needs(), y.needs()) || !c.bestPhase(x, y, all[i], all[j]) || x.ahead && y.ahead && c.doOther(x.ref, y.ref, x.entry, y.entry) {
						continue
					}
					d := c.row("time", c.l.Text("dimension.when."+x.role))
					d.Key = "dimension.when"
					for _, z := range []phase{x, y} {
						d.put(c.reports[z.ref.report].b, z.entry.Passage.Text, z.entry.Passage)
					}
					d.judge()
					if !anyRow(before, out, func(o Dimension) bool { return o.Kind == d.Kind && (d.within(o) || o.sameCells(d)) }) {
						out = append(out, d)
					}
					// What is planned for another day may be planned in another place.
					if p, ok := c.otherVenue(x, y); ok && !anyRow(before, out, func(o Dimension) bool { return o.Kind == p.Kind && o.sameCells(p) }) {
						out = append(out, p)
					}
				}
			}
		}
	}
	return out
}

// otherVenue makes a row of the places in which two reports have the same be planned, where
// neither names the other's.
func (c *comparison) otherVenue(x, y phase) (Dimension, bool) {
	if !x.ahead || !y.ahead {
		return Dimension{}, false
	}
	a, b := c.reports[x.ref.report], c.reports[y.ref.report]
	p, _ := a.venue(x.ref.sentence)
	q, _ := b.venue(y.ref.sentence)
	if p == nil || q == nil || p == q || !comparable(p, q) || a.b.names(q) || b.b.names(p) {
		return Dimension{}, false
	}
	d := c.row("place", c.l.Text("dimension.where"))
	d.put(a.b, p.Name, c.passage(x.ref))
	d.put(b.b, q.Name, c.passage(y.ref))
	d.judge()
	return d, true
}

// phasesAlike is how much the words around two days have in common; of short reports
// what else their sentences have, too.
func (c *comparison) phasesAlike(x, y phase) float64 {
	s := alikeBy(x.near, y.near)
	if c.short(x.ref, y.ref) {
		s += 0.3 * float64(min(5, c.window(x.ref, y.ref)))
	}
	return rounded(s)
}

// needs is how much the words around two such days must have in common.
func (p phase) needs() float64 {
	if p.role == "plan" {
		return planNear
	}
	return phaseFrom
}

// bestPhase reports whether of all days of the role none is told in words more like
// those of the other.
func (c *comparison) bestPhase(x, y phase, xs, ys []phase) bool {
	s := alikeBy(x.near, y.near)
	better := func(of phase, all []phase, than phase) bool {
		return slices.ContainsFunc(all, func(p phase) bool {
			return p.like(of) && p.day != than.day && alikeBy(of.near, p.near) >= s
		})
	}
	return !better(x, ys, y) && !better(y, xs, x)
}

// alikeBy is how much two clauses have in common.
func alikeBy(a, b weights) float64 {
	s := 0.0
	both(a, b, func(x, y float64) { s += min(x, y) })
	return rounded(s)
}

// phasesOf lists the days on which a report has something begin or end.
func (c *comparison) phasesOf(report int) []phase {
	rep := c.reports[report]
	var out []phase
	add := func(e *TimelineEntry, role, day string, ref sentenceRef) {
		near := c.nearTerms(ref, e.Passage.Span, true)
		near = slices.DeleteFunc(near, func(w weighted) bool { return c.phaseTerm(w.term) })
		date := rep.b.Header.Date
		out = append(out, phase{ref, e, role, day, near, date.Known() && day > date.Day()})
	}
	for _, list := range [][]*TimelineEntry{rep.d.Timeline.Resolved, rep.d.Timeline.Planned} {
		for _, e := range list {
			if len(out) >= maxPlans {
				return out
			}
			ref, ok := c.sentenceOf(report, e.Passage)
			if !ok || e.From == "" {
				continue
			}
			if e.From != e.To {
				if strings.Contains(e.Value, "/") {
					add(e, "begin", e.From, ref)
					add(e, "end", e.To, ref)
				}
				continue
			}
			role := c.phaseOf(ref, e.Passage.Span)
			switch date := rep.b.Header.Date; {
			case role != "":
			case date.Known() && e.From > date.Day():
				role = "plan"
			case (e.Realis == "" || e.Realis == "occurred") && len(c.at(ref).periods) == 0 && c.beginsOn(ref, e) && !saidOn(rep.text, rep.maker.sentences[c.at(ref).index].span.Start, e):
				role = "begin"
			}
			if role != "" {
				add(e, role, e.From, ref)
			}
		}
	}
	return out
}

// beginsOn reports whether a sentence has something sudden begin on a day: its only one,
// or the one that the verb is tied to.
func (c *comparison) beginsOn(ref sentenceRef, e *TimelineEntry) bool {
	rep := c.reports[ref.report]
	if c.dayOf(ref) == e {
		return rep.begins(ref.sentence)
	}
	t := c.timeMark(rep, e)
	if t < 0 {
		return false
	}
	if len(onsetsIn(c.at(ref).tokens)) > 0 && len(c.at(ref).days) == 1 {
		return true
	}
	id := rep.file.Marks[t].ID
	return slices.ContainsFunc(rep.marks[ref.sentence], func(i int) bool {
		mk := rep.mark(i)
		return mk.Class == dialect.EventMention && id != "" && mk.Get("at") == id && sudden(mk.Span.In(rep.text))
	})
}

// phaseTerm reports whether a term is that of a verb of beginning or ending.
func (c *comparison) phaseTerm(term int32) bool {
	return term == c.number(termOf("begin")) || term == c.number(termOf("end"))
}

// termOf is the first term of a word.
func termOf(word string) string {
	ts := token.Scan(word)
	if len(ts) == 0 {
		return ""
	}
	if terms := baseTerms(&ts[0]); len(terms) > 0 {
		return terms[0].term
	}
	return ""
}

// phaseOf says whether the words before a day make it the beginning or the end of
// something, "" where they do neither.
func (c *comparison) phaseOf(ref sentenceRef, at span.Span) string {
	r := c.reports[ref.report]
	start := r.maker.sentences[c.at(ref).index].span.Start
	var ws []token.Token
	for _, t := range c.at(ref).tokens {
		if start+t.Span.End > at.Start {
			break
		}
		ws = append(ws, t)
	}
	n := len(ws)
	if n == 0 {
		return ""
	}
	switch w := ws[n-1].Norm; {
	case slices.Contains(beginsOn, w):
		return "begin"
	case w == "to" && n > 1 && ws[n-2].Kind == token.Word:
		return ""
	case slices.Contains(endsOn, w):
		return "end"
	}
	for i := n - 1; i >= max(0, n-phaseVerb); i-- {
		if ws[i].Kind != token.Word && i < n-1 {
			return ""
		}
		for _, t := range baseTerms(&ws[i]) {
			switch t.term {
			case termOf("begin"):
				return "begin"
			case termOf("end"):
				return "end"
			}
		}
	}
	return ""
}

// parts of a day, by what a time value calls them, in hours.
var parts = map[string][2]float64{"MO": {5, 12}, "MI": {11, 13}, "AF": {12, 18}, "EV": {17, 23}}

// hours returns the hours of the day that a time value covers.
func hours(value string) (from, to float64, ok bool) {
	_, clock, found := strings.Cut(value, "T")
	if !found || strings.Contains(value, "/") {
		return 0, 0, false
	}
	if p, known := parts[clock]; known {
		return p[0], p[1], true
	}
	h, m, _ := strings.Cut(clock, ":")
	hour, err := strconv.Atoi(h)
	if err != nil {
		return 0, 0, false
	}
	minute := 0
	if len(m) >= 2 {
		if minute, err = strconv.Atoi(m[:2]); err != nil {
			return 0, 0, false
		}
	}
	at := float64(hour) + float64(minute)/60
	return at, at, true
}

// Times of one day within half an hour of one another are one time, told roughly.
const roughly = 0.5

// clockFrom is how much the words around two times of a day must have in common.
const clockFrom = 3

// clocks compares the hours at which two reports have the same thing be on the same
// day.
func (c *comparison) clocks(before []Dimension) []Dimension {
	type clock struct {
		ref      sentenceRef
		entry    *TimelineEntry
		from, to float64
		near     weights
	}
	all := make([][]clock, len(c.reports))
	for r, rep := range c.reports {
		for _, list := range [][]*TimelineEntry{rep.d.Timeline.Resolved, rep.d.Timeline.Planned} {
			for _, e := range list {
				from, to, ok := hours(e.Value)
				if !ok || e.From != e.To || len(all[r]) >= maxPlans {
					continue
				}
				ref, ok := c.sentenceOf(r, e.Passage)
				if !ok || saidOn(rep.text, rep.maker.sentences[c.at(ref).index].span.Start, e) {
					continue
				}
				all[r] = append(all[r], clock{ref, e, from, to, c.nearTerms(ref, e.Passage.Span, false)})
			}
		}
	}
	var out []Dimension
	for j := range all {
		for i := range j {
			for _, x := range all[i] {
				for _, y := range all[j] {
					apartBy := max(x.from-y.to, y.from-x.to)
					if x.entry.From != y.entry.From || apartBy <= roughly || alikeBy(x.near, y.near) < clockFrom || !sameSetting(c.at(x.ref), c.at(y.ref)) {
						continue
					}
					agree := func(cs []clock, o clock) bool {
						return slices.ContainsFunc(cs, func(z clock) bool {
							return z.entry.From == o.entry.From && max(z.from-o.to, o.from-z.to) <= roughly
						})
					}
					if agree(all[i], y) || agree(all[j], x) {
						continue
					}
					d := c.row("time", c.l.Text("dimension.when"))
					d.put(c.reports[i].b, x.entry.Passage.Text, x.entry.Passage)
					d.put(c.reports[j].b, y.entry.Passage.Text, y.entry.Passage)
					d.judge()
					if !anyRow(before, out, func(o Dimension) bool { return o.Kind == d.Kind && d.within(o) }) {
						out = append(out, d)
					}
				}
			}
		}
	}
	return out
}
