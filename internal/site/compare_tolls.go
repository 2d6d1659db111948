package site

import (
	"slices"
	"strings"
)

// tolled are the measures of which one report may give several values, each on the
// word of somebody else.
var tolled = []string{"killed", "injured", "missing"}

// tollsBySource compares the tolls of reports of which one gives several, by different
// sources: nine by an agency, 22 by an official. All of them stand in its cell.
func (c *comparison) tollsBySource(rows []Dimension) []Dimension {
	for _, m := range tolled {
		d := c.row("figure", "")
		d.Key = "dimension.of." + m
		several := false
		var all [][]*figure // of each report
		for r, rep := range c.reports {
			var mine []*figure
			for _, f := range rep.figures {
				if f.of != m || !f.ofPeople() || f.rest || slices.ContainsFunc(mine, func(g *figure) bool { return g.value == f.value }) {
					continue
				}
				mine = append(mine, f)
			}
			if len(mine) > 1 && !c.differentSources(r, mine) {
				mine = nil
			}
			several = several || len(mine) > 1
			all = append(all, mine)
			for _, f := range mine {
				d.put(rep.b, f.words, f.passage)
				d.addNoun(f)
			}
		}
		if !several || !c.noneAlike(all) {
			continue
		}
		rows = slices.DeleteFunc(rows, func(o Dimension) bool { return o.Kind == d.Kind && o.within(d) })
		d.nouned(c.l)
		d.judge()
		rows = append(rows, d)
	}
	return rows
}

// differentSources reports whether each of the figures of a report rests on the word
// of somebody else, and none of them is farther down than where the event is told.
func (c *comparison) differentSources(report int, fs []*figure) bool {
	var said []string
	for _, f := range fs {
		ref, ok := c.sentenceOf(report, f.passage)
		if !ok || ref.sentence >= leadKind {
			return false
		}
		rep := c.reports[report]
		var who []string
		for _, v := range rep.maker.sentences[rep.sentences[ref.sentence].index].voices {
			who = append(who, rep.speaker(v).Name())
		}
		said = append(said, strings.Join(who, ";"))
	}
	slices.Sort(said)
	return said[0] != "" && len(slices.Compact(said)) == len(fs)
}

// noneAlike reports whether two reports give tolls of which none is the other's.
func (c *comparison) noneAlike(all [][]*figure) bool {
	for i, a := range all {
		for _, b := range all[:i] {
			if len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(f *figure) bool {
				return slices.ContainsFunc(b, func(g *figure) bool { return f.value == g.value })
			}) && c.sameMatter(a[0], b[0]) {
				return true
			}
		}
	}
	return false
}
