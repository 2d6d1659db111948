package site

import (
	"slices"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/token"
)

// When on a day something began is often told in words beside the day: "on Sunday just
// after noon", "at dawn on Saturday". This file reads those, and the place right after
// what began.

// dayParts are words for a part of the day, in hours.
var dayParts = map[string][2]float64{
	"dawn": {4.5, 7}, "daybreak": {4.5, 7}, "sunrise": {4.5, 7}, "morning": {4.5, 12}, "noon": {12, 12}, "midday": {11.5, 13}, "lunchtime": {11.5, 14},
	"afternoon": {12, 18}, "dusk": {17, 21}, "sunset": {17, 21}, "nightfall": {17, 21}, "evening": {17, 23}, "midnight": {24, 24},
}

// How far from a day the words for its part may stand, in tokens, and how many hours
// "before" and "after" make.
const (
	partReach   = 4
	beforeAfter = 1.5
)

// An hourOfDay is a part of a day as a report words it.
type hourOfDay struct {
	from, to float64
	at       span.Span // of the day and its part
}

// hourOf returns when on its one day sentence k has something be; false where it says no
// more than the day.
func (r *sideReport) hourOf(k int, day *TimelineEntry) (hourOfDay, bool) {
	for _, e := range r.sentences[k].days {
		if from, to, ok := hours(e.Value); ok && e.From == day.From {
			return hourOfDay{from, to, span.New(min(e.Passage.Span.Start, day.Passage.Span.Start), max(e.Passage.Span.End, day.Passage.Span.End))}, true
		}
	}
	start := r.maker.sentences[r.sentences[k].index].span.Start
	ts := r.sentences[k].tokens
	at := slices.IndexFunc(ts, func(t token.Token) bool { return start+t.Span.Start >= day.Passage.Span.Start })
	if at < 0 {
		return hourOfDay{}, false
	}
	for i := max(0, at-partReach); i < min(len(ts), at+partReach+1); i++ {
		p, ok := dayParts[ts[i].Norm]
		if !ok || i > 0 && (ts[i-1].Norm == "next" || ts[i-1].Norm == "following") {
			continue
		}
		h := hourOfDay{p[0], p[1], span.New(min(start+ts[i].Span.Start, day.Passage.Span.Start), max(start+ts[i].Span.End, day.Passage.Span.End))}
		if i > 0 {
			switch ts[i-1].Norm {
			case "before":
				h.from, h.to = h.from-beforeAfter, h.from
			case "after":
				h.from, h.to = h.to, h.to+beforeAfter
			}
			if from := start + ts[max(0, i-2)].Span.Start; (ts[i-1].Norm == "before" || ts[i-1].Norm == "after") && i > 1 && from < h.at.Start {
				h.at.Start = from
			}
		}
		return h, true
	}
	return hourOfDay{}, false
}

// apartHours is how far apart the hours must lie at which two reports have one thing begin
// on one day.
const apartHours = 1

// onsetHours compares at what hour of one day two reports have their event begin.
func (c *comparison) onsetHours(x, y onset) (Dimension, bool) {
	h, okX := c.reports[x.ref.report].hourOf(x.ref.sentence, x.entry)
	g, okY := c.reports[y.ref.report].hourOf(y.ref.sentence, y.entry)
	if !okX || !okY || max(h.from-g.to, g.from-h.to) <= apartHours || c.around(x.ref, y.ref) < 2 && c.at(x.ref).terms.common(c.at(y.ref).terms) < 2 {
		return Dimension{}, false
	}
	d := c.row("time", c.l.Text("dimension.when.begin"))
	d.Key = "dimension.when"
	for i, z := range []onset{x, y} {
		rep := c.reports[z.ref.report]
		at := []hourOfDay{h, g}[i].at
		p := rep.place(at, blockIndex(rep, z.entry.Passage.Block), z.entry.Passage.Sentence)
		d.put(rep.b, oneLine(p.Text), p)
	}
	d.judge()
	return d, true
}

// onsetPlace is the place right after what began in sentence k: "came ashore near Lamap".
func (r *sideReport) onsetPlace(k int) *Entity {
	start := r.maker.sentences[r.sentences[k].index].span.Start
	ts := r.sentences[k].tokens
	ends := onsetsIn(ts)
	for _, i := range r.marks[k] {
		if mk := r.mark(i); mk.Class == dialect.EventMention && sudden(mk.Span.In(r.text)) {
			if e := slices.IndexFunc(ts, func(t token.Token) bool { return start+t.Span.Start >= mk.Span.End }); e >= 0 {
				ends = append(ends, e)
			}
		}
	}
	for _, e := range ends {
		if e+1 >= len(ts) || !slices.Contains(atPlace, ts[e].Norm) {
			continue
		}
		for _, i := range r.marks[k] {
			mk := r.mark(i)
			if mk.Class == dialect.Place && r.localOf[i] >= 0 && mk.Span.Start == start+ts[e+1].Span.Start {
				if en := r.entity(r.localOf[i]); en != nil && !wide(en.Name) && !partOfMore(r.text[mk.Span.End:]) {
					return en
				}
			}
		}
	}
	return nil
}

// onsetPlaces compares where two reports have their event begin, where each tells the place
// right after.
func (c *comparison) onsetPlaces(before []Dimension) []Dimension {
	type begun struct {
		ref   sentenceRef
		place *Entity
	}
	var all []begun
	for r, rep := range c.reports {
		for k := range rep.sentences {
			if len(rep.sentences[k].periods) > 0 {
				continue
			}
			if e := rep.onsetPlace(k); e != nil {
				all = append(all, begun{sentenceRef{r, k}, e})
				break
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			a, b := c.at(x.ref), c.at(y.ref)
			if x.place == y.place || !comparable(x.place, y.place) || slices.Contains(a.places, y.place) || slices.Contains(b.places, x.place) || !c.short(x.ref, y.ref) ||
				!sameSetting(a, b) || a.terms.common(b.terms) < 1 && c.around(x.ref, y.ref) < 2 {
				continue
			}
			if d := c.placeRow(x.ref, y.ref, x.place, y.place); !d.amongKind(before, out) {
				out = append(out, d)
			}
		}
	}
	return out
}
