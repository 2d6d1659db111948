package site

import (
	"slices"

	"readout/internal/dialect"
	"readout/internal/token"
)

// movings are words that say of what is planned that its place or its day is another now.
var (
	movings   = []string{"moved", "shifted", "relocated", "transferred", "switched"}
	puttings  = []string{"postponed", "delayed", "deferred", "moved", "rescheduled", "adjourned", "shifted"}
	phrasings = [][]string{{"put", "off"}, {"put", "back"}, {"pushed", "back"}, {"brought", "forward"}}
)

// movedTo finds a place to which one report says that something was moved, where another
// has it still be planned in another place.
func (c *comparison) movedTo(before []Dimension) []Dimension {
	var out []Dimension
	for r, rep := range c.reports {
		for k := range rep.sentences {
			now := rep.placeAfter(k)
			if now == nil {
				continue
			}
			for o, other := range c.reports {
				if o == r || other.b.names(now) {
					continue
				}
				for j := range other.sentences {
					ref := sentenceRef{o, j}
					was, _ := other.venue(j)
					if was == nil || was == now || c.dayOf(ref) == nil && c.at(ref).status == "" || c.at(ref).plain.common(rep.sentences[k].plain) < 1 || c.likeness(c.at(ref), &rep.sentences[k]) < planFrom {
						continue
					}
					d := c.row("place", c.l.Text("dimension.where"))
					d.put(other.b, was.Name, c.passage(ref))
					d.put(rep.b, now.Name, c.passage(sentenceRef{r, k}))
					d.judge()
					if !anyRow(before, out, func(x Dimension) bool { return x.Kind == d.Kind && x.sameCells(d) }) {
						out = append(out, d)
					}
					break
				}
			}
		}
	}
	return out
}

// placeAfter is the place right after the words "moved to" in sentence k, nil where there
// is none.
func (r *sideReport) placeAfter(k int) *Entity {
	start := r.maker.sentences[r.sentences[k].index].span.Start
	ts := r.sentences[k].tokens
	for i := 0; i+2 < len(ts); i++ {
		if !slices.Contains(movings, ts[i].Norm) || ts[i+1].Norm != "to" {
			continue
		}
		for _, m := range r.marks[k] {
			if mk := r.mark(m); mk.Class == dialect.Place && r.localOf[m] >= 0 && mk.Span.Start == start+ts[i+2].Span.Start {
				return r.entity(r.localOf[m])
			}
		}
	}
	return nil
}

// leadPlan is the number of first sentences in which a short report tells what is planned.
const leadPlan = 4

// putOff finds a day to which one short report says that something was put off, where
// another gives another day for what it tells first to be planned.
func (c *comparison) putOff(before []Dimension) []Dimension {
	type day struct {
		ref   sentenceRef
		entry *TimelineEntry
	}
	moved, first := make([]*day, len(c.reports)), make([]*day, len(c.reports))
	for r, rep := range c.reports {
		date := rep.b.Header.Date
		for k := range rep.sentences[:min(len(rep.sentences), leadPlan)] {
			for _, e := range rep.sentences[k].days {
				if !date.Known() || e.From <= date.Day() {
					continue
				}
				d := &day{sentenceRef{r, k}, e}
				if rep.putOffTo(k, e) {
					moved[r] = d
				}
				if first[r] == nil {
					first[r] = d
				}
			}
		}
	}
	var out []Dimension
	for r, m := range moved {
		if m == nil {
			continue
		}
		for o, f := range first {
			if o == r || f == nil || f.entry.From == m.entry.From || !c.short(m.ref, f.ref) || c.window(m.ref, f.ref) < 2 && !c.leadName(m.ref.report, f.ref.report) {
				continue
			}
			d := c.row("time", c.l.Text("dimension.when.plan"))
			d.Key = "dimension.when"
			for _, z := range []*day{f, m} {
				d.put(c.reports[z.ref.report].b, z.entry.Passage.Text, z.entry.Passage)
			}
			d.judge()
			if !anyRow(before, out, func(x Dimension) bool { return x.Kind == d.Kind && d.within(x) }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// leadName reports whether the first sentences of two reports name one person or body.
func (c *comparison) leadName(a, b int) bool {
	in := func(report int) []*Entity {
		var out []*Entity
		rep := c.reports[report]
		for k := range rep.sentences[:min(len(rep.sentences), leadPlan)] {
			for _, i := range rep.marks[k] {
				if mk := rep.mark(i); (mk.Class == dialect.Person || mk.Class == dialect.Organization) && rep.localOf[i] >= 0 {
					if e := rep.entity(rep.localOf[i]); e != nil && !c.outlet(e) {
						out = append(out, e)
					}
				}
			}
		}
		return out
	}
	y := in(b)
	return slices.ContainsFunc(in(a), func(e *Entity) bool { return slices.Contains(y, e) })
}

// putOffTo reports whether the words before a day of sentence k say that something was put
// off until then.
func (r *sideReport) putOffTo(k int, e *TimelineEntry) bool {
	start := r.maker.sentences[r.sentences[k].index].span.Start
	ts := r.sentences[k].tokens
	at := slices.IndexFunc(ts, func(t token.Token) bool { return start+t.Span.Start >= e.Passage.Span.Start })
	if at < 2 || ts[at-1].Norm != "to" && ts[at-1].Norm != "until" && ts[at-1].Norm != "till" {
		return false
	}
	if slices.Contains(puttings, ts[at-2].Norm) {
		return true
	}
	return at > 2 && slices.ContainsFunc(phrasings, func(p []string) bool { return ts[at-3].Norm == p[0] && ts[at-2].Norm == p[1] })
}
