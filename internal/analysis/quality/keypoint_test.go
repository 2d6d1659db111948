package quality_test

import (
	"strings"
	"testing"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/token"
)

// keyPoints: ROUGE-2 F of the first three key points against each summary people
// wrote, averaged over summaries and then over articles (Lin 2004).
func keyPoints(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	sum, n := 0.0, 0
	for _, d := range load(t, "gum-news.jsonl") {
		if len(d.Summaries) == 0 {
			continue
		}
		var b strings.Builder
		for i, k := range run(d).KeyPoints {
			if i < 3 {
				b.WriteString(k.Span.In(d.Text) + " ")
			}
		}
		ours := pairs(b.String())
		doc := 0.0
		for _, s := range d.Summaries {
			theirs := pairs(s)
			both := 0
			for p, c := range ours {
				both += min(c, theirs[p])
			}
			doc += quality.F1(both, size(ours), size(theirs))
		}
		sum += doc / float64(len(d.Summaries))
		n++
	}
	return []quality.Row{{What: "key points, news", Measure: "ROUGE-2 F", Value: sum / float64(n), Floor: 22, N: n}}
}

// pairs counts the pairs of neighbouring words of s.
func pairs(s string) map[[2]string]int {
	m := map[[2]string]int{}
	last := ""
	for _, t := range token.Scan(s) {
		if t.Kind == token.Punct || t.Kind == token.Symbol {
			continue
		}
		w := t.Norm
		for _, suffix := range []string{"ing", "ed", "es", "s", "ly"} {
			if strings.HasSuffix(w, suffix) && len(w)-len(suffix) >= 3 {
				w = strings.TrimSuffix(w, suffix)
				break
			}
		}
		if last != "" {
			m[[2]string{last, w}]++
		}
		last = w
	}
	return m
}

func size(m map[[2]string]int) int {
	n := 0
	for _, c := range m {
		n += c
	}
	return n
}
