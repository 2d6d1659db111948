package quality_test

import (
	"testing"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/span"
)

// times: the value measure of TempEval-3, an expression that overlaps the gold
// one and has the same value; and, with the publication dates taken away, the
// relative expressions that were given a value all the same.
func times(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	hits, touched, found, gold, invented := 0, 0, 0, 0, 0
	for _, d := range load(t, "gum-news.jsonl") {
		set := run(d)
		gold += len(d.Times)
		found += len(set.Times)
		used := make([]bool, len(set.Times))
		for _, g := range d.Times {
			for i, x := range set.Times {
				if !used[i] && x.Span.Overlaps(span.New(g.Start, g.End)) {
					used[i] = true
					touched++
					if x.Value == g.Value {
						hits++
					}
					break
				}
			}
		}
		d.Date = ""
		for _, x := range run(d).Times {
			if x.Value != "" && x.Anchor != "" && !stands(d, x.Anchor) {
				invented++
			}
		}
	}
	return []quality.Row{
		{What: "dates, news", Measure: "overlap F1", Value: quality.F1(touched, found, gold), Floor: 87, N: gold},
		{What: "dates, news", Measure: "value F1", Value: quality.F1(hits, found, gold), Floor: 84, N: gold},
		{What: "dates, news, undated", Measure: "invented, count", Value: float64(invented), Most: true, Floor: 0, N: gold},
	}
}

// stands reports whether the text itself gives the date an expression was
// reckoned from.
func stands(d quality.Doc, anchor string) bool {
	for _, g := range d.Times {
		if len(g.Value) >= 4 && len(anchor) >= 4 && g.Value[:4] == anchor[:4] {
			return true
		}
	}
	return false
}
