package site

import (
	"slices"
	"strings"

	"readout/internal/token"
)

// fill puts into the rows of what befell people the figures of the reports that have no cell
// there but give the value of another one, in a sentence that says what befell them in words of
// its own: "17 residents lost their lives", "17 victims were buried".
func (c *comparison) fill(rows []Dimension) {
	for i := range rows {
		d := &rows[i]
		of := strings.TrimPrefix(d.Key, "dimension.of.")
		if d.Kind != "figure" || of == d.Key || measures()[of] != of {
			continue
		}
		var told []*figure
		for r, rep := range c.reports {
			for _, f := range rep.figures {
				if f.of == of && d.shows(c.reports[r].b, f.passage) {
					told = append(told, f)
				}
			}
		}
		if !slices.ContainsFunc(told, (*figure).ofPeople) {
			continue
		}
		for r, rep := range c.reports {
			if d.fills(rep.b) {
				continue
			}
			at := slices.IndexFunc(rep.figures, func(f *figure) bool {
				return f.ofPeople() && !f.measured() && !f.rest && c.befell(r, f, of) &&
					slices.ContainsFunc(told, func(g *figure) bool { return f.value == g.value })
			})
			if at >= 0 {
				d.put(rep.b, rep.figures[at].words, rep.figures[at].passage)
			}
		}
	}
}

// befell reports whether the sentence of a figure says that what a measure is of befell people.
func (c *comparison) befell(report int, f *figure, of string) bool {
	if of == "killed" && (f.unit == "victims" || f.unit == "casualties") {
		return true
	}
	ref, ok := c.sentenceOf(report, f.passage)
	if !ok || f.step > 0 {
		return false
	}
	ts, start := c.at(ref).tokens, c.reports[report].start(ref.sentence)
	for i := range ts {
		if measures()[ts[i].Norm] != of {
			continue
		}
		from, to := f.passage.Span.End, start+ts[i].Span.Start // what stands between the two
		if to < f.passage.Span.Start {
			from, to = start+ts[i].Span.End, f.passage.Span.Start
		}
		if !slices.ContainsFunc(ts, func(t token.Token) bool {
			return from <= start+t.Span.Start && start+t.Span.End <= to && clauseApart[t.Norm]
		}) {
			return true
		}
	}
	return false
}

// clauseApart are words and signs after which another clause is told: "17 people were
// questioned after two had died".
var clauseApart = map[string]bool{"after": true, "before": true, "when": true, "while": true, "as": true, "since": true, "because": true, "but": true, ",": true, ";": true, ":": true}

// shows reports whether a row cites a passage of a report.
func (d *Dimension) shows(b *Briefing, p Passage) bool {
	return slices.ContainsFunc(d.Cells, func(c Cell) bool {
		return c.Briefing == b && slices.ContainsFunc(c.Passages, func(q Passage) bool { return q.Span == p.Span })
	})
}

// fills reports whether a row has a value of a report.
func (d *Dimension) fills(b *Briefing) bool {
	return slices.ContainsFunc(d.Cells, func(c Cell) bool { return c.Briefing == b && len(c.Values) > 0 })
}
