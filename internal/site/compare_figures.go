package site

import (
	"math"
	"slices"

	"readout/internal/lexicon"
	"readout/internal/numeral"
	"readout/internal/token"
)

// leadSentences are the first sentences of a report, which tell of the event
// itself.
const leadSentences = 5

// farApart is how many times one figure may be the other for the two to be of one
// thing. Tolls grow faster.
const (
	farApart     = 4
	farApartToll = 10
)

// sameMatter reports whether two figures of different reports are told of one
// matter: their sentences, or those before, have telling words in common besides
// what they count; or both are tolls in the first sentences.
func (c *comparison) sameMatter(f, g *figure) bool {
	a, okA := c.place(f)
	b, okB := c.place(g)
	if !okA || !okB {
		return false
	}
	if !c.sameFor(f, g, a, b) {
		return false
	}
	toll := f.measured() && g.measured() && a.sentence < leadSentences && b.sentence < leadSentences
	most := max(math.Abs(f.value), math.Abs(g.value))
	least := min(math.Abs(f.value), math.Abs(g.value))
	if toll && (f.of == "killed" || f.of == "crowd") {
		return most <= farApartToll*least
	}
	if most > farApart*least || !sameSort(f, g) {
		return false
	}
	if toll || c.ofTheEvent(f, g, a, b) {
		return true
	}
	n := c.around(a, b)
	for _, t := range c.weighText(f.words + " " + g.words) {
		if c.at(a).plain.has(t.term) && c.at(b).plain.has(t.term) {
			n--
		}
	}
	if f.generic() && !f.measured() {
		return n >= 3 && (!f.length() || c.likeness(c.at(a), c.at(b)) >= figureFrom)
	}
	return n >= 2
}

// ofTheEvent reports whether two figures count the same in the very first sentences,
// which tell what happened, and each report gives but one of the kind.
func (c *comparison) ofTheEvent(f, g *figure, a, b sentenceRef) bool {
	one := func(ref sentenceRef, f *figure) bool {
		return !slices.ContainsFunc(c.reports[ref.report].figures, func(o *figure) bool { return o.unit == f.unit && o.value != f.value })
	}
	return a.sentence == 0 && b.sentence == 0 && f.unit == g.unit && !f.generic() && one(a, f) && one(b, g) &&
		max(f.value, g.value) <= 2*min(f.value, g.value) && c.at(a).terms.common(c.at(b).terms) >= 2
}

// sameSort reports whether what two figures count is not told apart by the words
// before it: merchant and foreign vessels, Yemeni and Somali pirates, two boats
// and two others.
func sameSort(f, g *figure) bool {
	if f.rest != g.rest {
		return false
	}
	a, b := f.sorts(), g.sorts()
	if f.unit != "others" && g.unit != "others" && slices.Contains(a, "other") != slices.Contains(b, "other") {
		return false
	}
	if len(a) == 0 || len(b) == 0 {
		return !slices.ContainsFunc(a, isDemonym) && !slices.ContainsFunc(b, isDemonym)
	}
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

// group returns of whom the members are that a figure counts: "21 crew members".
func (f *figure) group() string {
	switch f.unit {
	case "sailors", "seamen", "seafarers", "crewmen", "mariners":
		return "crew"
	case "members":
	default:
		return ""
	}
	for _, g := range []string{"crew", "staff"} {
		if slices.Contains(f.sorts(), g) {
			return g
		}
	}
	return ""
}

func isDemonym(w string) bool {
	return lexicon.Shared().Word(lexicon.Hash(w))&lexicon.Demonym != 0
}

// sorts returns the words between the number and what it counts.
func (f *figure) sorts() []string {
	if f.sorted {
		return f.sort
	}
	ts := token.Scan(f.words)
	from := 0
	for i := range ts {
		if n, ok := numeral.At(ts, f.words, i); ok && !n.Ordinal {
			from = n.End
			break
		}
	}
	var out []string
	for i := from; i < len(ts)-1; i++ {
		if ts[i].Kind == token.Word && !slices.Contains(out, ts[i].Norm) {
			out = append(out, ts[i].Norm)
		}
	}
	return out
}

// place returns the sentence in which a figure stands.
func (c *comparison) place(f *figure) (sentenceRef, bool) {
	for r := range c.reports {
		if c.reports[r].b == f.report {
			return c.sentenceOf(r, f.passage)
		}
	}
	return sentenceRef{}, false
}

// A figureRow is what the reports say of one figure.
type figureRow struct {
	first  *figure
	values map[*Briefing][]*figure
	order  []*Briefing
}

// figureRows joins the figures of all reports that are of the same thing. A
// report that gives several values for one says nothing certain and is left out.
func (c *comparison) figureRows() []figureRow {
	if !c.hasRows {
		c.rows, c.hasRows = c.findFigureRows(), true
	}
	return c.rows
}

func (c *comparison) findFigureRows() []figureRow {
	var rows []figureRow
	for _, r := range c.reports {
		for _, f := range r.figures {
			if f.of == "age" {
				continue // of one person, and another's is another matter
			}
			at := slices.IndexFunc(rows, func(row figureRow) bool { return sameFigure(row.first, f) })
			if at < 0 {
				rows = append(rows, figureRow{first: f, values: map[*Briefing][]*figure{}})
				at = len(rows) - 1
			}
			row := &rows[at]
			if !slices.ContainsFunc(row.values[r.b], func(g *figure) bool { return g.value == f.value }) {
				if len(row.values[r.b]) == 0 {
					row.order = append(row.order, r.b)
				}
				row.values[r.b] = append(row.values[r.b], f)
			}
		}
	}
	var out []figureRow
	for _, row := range rows {
		row.order = slices.DeleteFunc(row.order, func(b *Briefing) bool { return len(row.values[b]) > 1 })
		if len(row.order) > 1 {
			out = append(out, row)
		}
	}
	return out
}

func (c *comparison) figures() []Dimension {
	var out []Dimension
	for _, row := range c.figureRows() {
		linked := map[*Briefing]bool{} // those whose figure another report's differs from
		for i, b := range row.order {
			for _, o := range row.order[:i] {
				if f, g := row.values[b][0], row.values[o][0]; !f.equal(g) && c.sameMatter(f, g) {
					linked[b], linked[o] = true, true
				}
			}
		}
		if len(linked) == 0 {
			continue
		}
		// Those that say the same as one of them are told beside it.
		row.order = slices.DeleteFunc(slices.Clone(row.order), func(b *Briefing) bool {
			return !linked[b] && !slices.ContainsFunc(row.order, func(o *Briefing) bool {
				return linked[o] && row.values[b][0].equal(row.values[o][0])
			})
		})
		d := c.figureRow(row.first, false)
		var told []*figure
		for _, b := range row.order {
			f := row.values[b][0]
			d.put(b, f.words, f.passage)
			told = append(told, f)
		}
		if row.first.measured() {
			for _, r := range c.reports {
				d.putSeveral(row.values[r.b], told)
			}
		}
		d.judge()
		out = append(out, d)
	}
	out = slices.Concat(c.portions(), c.tollsBySource(c.victims(out)), c.counted(), c.crowds(), c.framed(), c.things())
	c.fill(out)
	return append(out, c.kinds(out)...)
}

// putSeveral tells in a row all values that a report gives of its figure, where one of
// them is another report's: it knows both.
func (d *Dimension) putSeveral(fs, others []*figure) {
	if len(fs) < 2 || !slices.ContainsFunc(fs, func(f *figure) bool {
		return slices.ContainsFunc(others, func(g *figure) bool { return f.value == g.value })
	}) {
		return
	}
	for _, f := range fs {
		d.put(f.report, f.words, f.passage)
	}
}

// victims adds rows of what reports count by other words, workers or civilians
// that were killed, each report but one figure; a row takes the place of those
// that say a part of it.
func (c *comparison) victims(rows []Dimension) []Dimension {
	byMeasure := map[string][][]*figure{} // a list for each report
	var order []string
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if !f.measured() || !f.ofPeople() {
				continue
			}
			if byMeasure[f.of] == nil {
				byMeasure[f.of] = make([][]*figure, len(c.reports))
				order = append(order, f.of)
			}
			if of := byMeasure[f.of]; !slices.ContainsFunc(of[r], func(g *figure) bool { return g.value == f.value }) {
				of[r] = append(of[r], f)
			}
		}
	}
	for _, m := range order {
		d := c.row("figure", "")
		d.Key = "dimension.of." + m
		var values []*figure
		for r, fs := range byMeasure[m] {
			if len(fs) == 1 {
				d.put(c.reports[r].b, fs[0].words, fs[0].passage)
				d.addNoun(fs[0])
				values = append(values, fs[0])
			}
		}
		if !slices.ContainsFunc(values, func(f *figure) bool { return !f.equal(values[0]) && c.sameMatter(f, values[0]) }) {
			continue
		}
		for _, fs := range byMeasure[m] {
			d.putSeveral(fs, values)
		}
		if slices.ContainsFunc(rows, func(o Dimension) bool { return d.within(o) }) {
			continue
		}
		rows = slices.DeleteFunc(rows, func(o Dimension) bool { return o.within(d) })
		d.nouned(c.l)
		d.judge()
		rows = append(rows, d)
	}
	return rows
}

// within reports whether all that a row cites stands in the other too.
func (d Dimension) within(o Dimension) bool {
	for i, c := range d.Cells {
		for _, v := range c.Values {
			if !slices.Contains(o.Cells[i].Values, v) {
				return false
			}
		}
	}
	return true
}
