package quote_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/quote"
	"readout/internal/annotation"
	"readout/internal/cputime"
)

// text returns the invented news of the quality test, n bytes or more of it.
func text(tb testing.TB, n int) string {
	tb.Helper()
	data, err := os.ReadFile("../quality/testdata/attributions.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for b.Len() < n {
		for line := range strings.Lines(string(data)) {
			if !strings.HasPrefix(line, "=") && !strings.HasPrefix(line, "#") {
				b.WriteString(line)
			}
		}
	}
	return b.String()
}

// prepared returns a pass in which all that the analyzer needs is done.
func prepared(tb testing.TB, text string) *analysis.Pass {
	tb.Helper()
	var pass *analysis.Pass
	last := &analysis.Analyzer{
		Name: "last", Doc: "keeps the pass.", Requires: quote.Analyzer.Requires,
		Run: func(p *analysis.Pass) annotation.Set {
			c := *p
			pass = &c
			return annotation.Set{}
		},
	}
	analysistest.Run(tb, analysistest.Article(text, ""), append(append([]*analysis.Analyzer{}, quote.Analyzer.Requires...), last)...)
	return pass
}

func BenchmarkQuote(b *testing.B) {
	s := text(b, 200_000)
	pass := prepared(b, s)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		quote.Analyzer.Run(pass)
	}
}

// TestLinear fails when a text thirty-two times as long takes far more than
// thirty-two times as long, on news and on what is made to be slow. The bound
// lies between linear and quadratic, far from both, so that a busy machine does
// not matter.
func TestLinear(t *testing.T) {
	for name, piece := range map[string]string{
		"news":             text(t, 4000) + "\n",
		"open marks":       "“a said ",
		"closing marks":    "a” said ",
		"single marks":     "‘a workers’ said ",
		"straight":         "\" ' a said that ",
		"cues":             "said that he said ",
		"commas":           "Lee, the minister, ",
		"paragraphs":       "“Lee said it.\n",
		"according":        "according to Lee, ",
		"participles":      "saying adding noting, ",
		"relative clauses": "who said the man who ",
		"brackets":         "( Lee ( said ) ",
		"dashes":           "— Lee — said ",
		"anonymity":        "sources said on condition of anonymity ",
		"nouns":            "the claim of the claim that ",
		"one paragraph":    "Lee said it rains. “Go.” It was so. “No.” He left. ",
		"stray marks":      "“Go.” “No! ",
	} {
		measure := func(n int) time.Duration {
			pass := prepared(t, strings.Repeat(piece, n/len(piece)+1))
			best := time.Hour
			for range 2 {
				start := cputime.Used()
				quote.Analyzer.Run(pass)
				best = min(best, cputime.Used()-start)
			}
			return best
		}
		small, large := measure(10_000), measure(320_000)
		t.Logf("%-16s %8v %8v", name, small, large)
		if large > 200*small+400*time.Millisecond {
			t.Errorf("%s: %v for 10 kB, %v for 320 kB", name, small, large)
		}
	}
}
