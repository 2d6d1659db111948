package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
)

// aligned compares the sentences that tell of the same thing: how it stands,
// whether it is so, when and where it was.
func (c *comparison) aligned(pairs []alignment) []Dimension {
	var out []Dimension
	for _, p := range pairs {
		a, b := c.at(p.a), c.at(p.b)
		share, n := contained(a.plain, b.plain)
		if sa, sb := a.status, b.status; n > 0 && statusWords().differ[[2]string{sa, sb}] && !c.caughtSince(p.a, p.b, sa, sb) {
			out = append(out, c.sentenceRow("status", "dimension.status", p.a, p.b))
			continue
		}
		if a.denied != b.denied && p.sim >= deniedFrom && n > 2 && share >= 0.8 && a.asLongAs(b) && !c.quotes(p.a) && !c.quotes(p.b) && oneSided(a.words) && oneSided(b.words) && !c.denies(p.a, p.b) {
			out = append(out, c.sentenceRow("denial", "dimension.denial", p.a, p.b))
			continue
		}
		if f, g := c.soleFigure(p.a), c.soleFigure(p.b); f != nil && g != nil && p.sim >= figureFrom && n > 0 && likeUnits(f, g) && !f.equal(g) && sameSort(f, g) && c.sameFor(f, g, p.a, p.b) {
			d := c.figureRow(f, false)
			d.put(c.reports[p.a.report].b, f.words, f.passage)
			d.put(c.reports[p.b.report].b, g.words, g.passage)
			d.judge()
			out = append(out, d)
		}
		if p.sim < agreeFrom || n < 2 || share < 0.4 {
			continue // like enough to compare how things stand, not when and where
		}
		if x, y := c.dayOf(p.a), c.dayOf(p.b); x != nil && y != nil && x.From != y.From && !sameDayName(x, y) && couldTell(x, y) && !c.twoEvents(p.a, p.b, x, y) && !c.doOther(p.a, p.b, x, y) {
			d := c.row("time", c.l.Text("dimension.when"))
			d.put(c.reports[p.a.report].b, x.Passage.Text, x.Passage)
			d.put(c.reports[p.b.report].b, y.Passage.Text, y.Passage)
			d.judge()
			out = append(out, d)
		}
		if x, y := c.onlyPlace(p.a, p.b.report), c.onlyPlace(p.b, p.a.report); x != nil && y != nil && comparable(x, y) {
			d := c.row("place", c.l.Text("dimension.where"))
			d.put(c.reports[p.a.report].b, x.Name, c.passage(p.a))
			d.put(c.reports[p.b.report].b, y.Name, c.passage(p.b))
			d.judge()
			out = append(out, d)
		}
	}
	out = append(out, c.standing(out)...)
	out = append(out, c.standings(out)...)
	out = append(out, c.happened(out)...)
	out = append(out, c.venues(out)...)
	out = append(out, c.plans(out)...)
	out = append(out, c.tolls(out)...)
	out = append(out, c.onsets(out)...)
	out = append(out, c.onsetPlaces(out)...)
	out = append(out, c.moved()...)
	out = append(out, c.foundings()...)
	out = append(out, c.details(pairs, out)...)
	out = append(out, c.movedTo(out)...)
	return append(out, c.putOff(out)...)
}

// maxPlans bounds the plans of one report that are compared.
const maxPlans = 40

// plans compares the days for which two reports say that the same is planned.
func (c *comparison) plans(before []Dimension) []Dimension {
	type plan struct {
		ref   sentenceRef
		entry *TimelineEntry
	}
	var plans []plan
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			for _, e := range rep.sentences[k].days {
				if n < maxPlans && (e.Realis == "scheduled" || e.Realis == "expected") && !over(e) && c.dayOf(sentenceRef{r, k}) == e {
					plans = append(plans, plan{sentenceRef{r, k}, e})
					n++
				}
			}
		}
	}
	var out []Dimension
	for i, y := range plans {
		for _, x := range plans[:i] {
			a, b := c.at(x.ref), c.at(y.ref)
			if x.ref.report == y.ref.report || x.entry.From == y.entry.From || sameDayName(x.entry, y.entry) {
				continue
			}
			if c.doOther(x.ref, y.ref, x.entry, y.entry) || c.crossed(x.ref, y.ref, x.entry, y.entry) {
				continue
			}
			n := a.plain.common(b.plain)
			if l := c.likeness(a, b); n < 2 || l < planFrom && (a.terms.common(b.terms) < 3 || l < planFrom/3) {
				continue
			}
			d := c.row("time", c.l.Text("dimension.when.plan"))
			d.Key = "dimension.when"
			for _, z := range []plan{x, y} {
				d.put(c.reports[z.ref.report].b, z.entry.Passage.Text, z.entry.Passage)
			}
			d.judge()
			if !anyRow(before, out, func(o Dimension) bool { return o.sameCells(d) }) {
				out = append(out, d)
			}
			// Where it is to be may have changed with the day.
			if p, _ := c.reports[x.ref.report].venue(x.ref.sentence); p != nil && (changed(a.words) || changed(b.words)) {
				q, _ := c.reports[y.ref.report].venue(y.ref.sentence)
				if q != nil && p != q && comparable(p, q) && !c.reports[x.ref.report].b.names(q) && !c.reports[y.ref.report].b.names(p) {
					d := c.row("place", c.l.Text("dimension.where"))
					d.put(c.reports[x.ref.report].b, p.Name, c.passage(x.ref))
					d.put(c.reports[y.ref.report].b, q.Name, c.passage(y.ref))
					d.judge()
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// standing finds people of whom two reports say that they did one thing and its
// contrary: who conceded and who refused to.
func (c *comparison) standing(before []Dimension) []Dimension {
	type said struct {
		ref    sentenceRef
		status string
	}
	by := map[*Entity][]said{}
	var order []*Entity
	for r, rep := range c.reports {
		for i, mk := range rep.file.Marks {
			if mk.Class != dialect.Person || rep.localOf[i] < 0 {
				continue
			}
			k := rep.sentenceAt(rep.blocks[i], mk.Span.Start)
			if k < 0 || k >= len(rep.sentences) {
				continue
			}
			e := rep.entity(rep.localOf[i])
			if st := rep.sentences[k].status; e != nil && personal[st] {
				if by[e] == nil {
					order = append(order, e)
				}
				by[e] = append(by[e], said{sentenceRef{r, k}, st})
			}
		}
	}
	var out []Dimension
	for _, e := range order {
		for i, x := range by[e] {
			for _, y := range by[e][:i] {
				if x.ref.report == y.ref.report || !statusWords().differ[[2]string{x.status, y.status}] || c.caughtSince(x.ref, y.ref, x.status, y.status) {
					continue
				}
				if d := c.sentenceRow("status", "dimension.status", y.ref, x.ref); !d.among(before, out) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// caughtSince reports whether of two reports the earlier has somebody be sought, and the other
// that he was caught: that happened in between.
func (c *comparison) caughtSince(a, b sentenceRef, x, y string) bool {
	if x != "caught" {
		a, b, x, y = b, a, y, x
	}
	if x != "caught" || y != "hunted" {
		return false
	}
	caught, hunted := c.reports[a.report].b.Header.Date, c.reports[b.report].b.Header.Date
	return !caught.Known() || !hunted.Known() || hunted.Day() < caught.Day()
}

// personal are the statuses that tell of a person.
var personal = map[string]bool{"conceded": true, "refused": true, "caught": true, "hunted": true}

// sameCells reports whether two rows cite the same passages.
func (d Dimension) sameCells(o Dimension) bool {
	return slices.EqualFunc(d.Cells, o.Cells, func(a, b Cell) bool { return slices.Equal(a.Values, b.Values) })
}

// soleFigure returns the one figure of a sentence that counts things, nil where
// there is none or more than one.
func (c *comparison) soleFigure(ref sentenceRef) *figure {
	r := c.reports[ref.report]
	id := r.maker.sentences[r.sentences[ref.sentence].index].id
	var only *figure
	for _, f := range r.figures {
		if f.passage.Sentence != id || f.generic() {
			continue
		}
		if only != nil {
			return nil
		}
		only = f
	}
	return only
}

// over reports whether the day of a plan was over when the report came out.
func over(e *TimelineEntry) bool {
	d := e.Passage.Briefing.Header.Date
	return d.Known() && e.To < d.Day()
}

// changed reports whether a sentence says that a plan was changed.
func changed(words string) bool {
	return slices.ContainsFunc([]string{" later than ", " earlier than ", " instead ", " moved ", " postponed ", " delayed ", " put back ", " rather than "}, func(w string) bool {
		return strings.Contains(words, w)
	})
}
