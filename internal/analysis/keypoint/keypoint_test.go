package keypoint_test

import (
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/keypoint"
	"readout/internal/analysis/language"
	"readout/internal/analysis/quote"
	"readout/internal/analysis/reference"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, entity.Analyzer, reference.Analyzer, quote.Analyzer, keypoint.Analyzer}

func pick(t *testing.T, text string) []string {
	art := analysistest.Article(text, "")
	set := analysistest.Run(t, art, analyzers...)
	analysistest.Check(t, set)
	var out []string
	for _, k := range set.KeyPoints {
		if !art.Blocks[k.Block].Span.Contains(k.Span) {
			t.Errorf("key point %q is not in its block", k.Span.In(text))
		}
		out = append(out, k.Span.In(text))
	}
	return out
}

// A sentence that cannot stand alone is never picked, even where nothing else
// is left.
func TestStandsAlone(t *testing.T) {
	for _, text := range []string{
		"He told the workers that the offer still stood and would stand for a week.",
		"This was the third time in a year that the port had to be closed.",
		"But the union has rejected the offer that was made on the first day.",
		"Because of his illness, the minister did not come to the meeting in the capital.",
		"To do so, the minister will need the votes of at least two other parties.",
		"Photo: the harbour of Valmar was closed by the dock workers on the first day.",
		"Ships waiting outside the harbour of Valmar, photographed by the coast guard.",
		"Will the dock workers of Valmar go back to work before the month is over?",
		"Subscribe to the newsletter of the harbour and it will be sent every week.",
		"“The offer that was made on the first day is still on the table.",
		"The port of Valmar was closed by dock workers",
		"Nobody came to work.",
		"Look, the dock workers of Valmar will go back to work before the month is over.",
		"Well, the harbour of Valmar was closed by the dock workers on the first day.",
		"A. The harbour of Valmar was closed by the dock workers on the first day.",
		"A: The harbour of Valmar was closed by the dock workers on the first day.",
		"Q: The harbour of Valmar was closed by the dock workers on the first day.",
		"Q: Is it true? The harbour of Valmar was closed by the dock workers on the first day.",
	} {
		if got := pick(t, text); len(got) != 0 {
			t.Errorf("picked %q", got)
		}
	}
}

func TestClause(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{
			"VALMAR, Ostland (Agency) — The government of Ostland has opened talks with the union of dock workers.",
			"The government of Ostland has opened talks with the union of dock workers.",
		},
		{
			"The government of Ostland has opened talks with the union of dock workers in the port of Valmar after three weeks of strikes, marking the first time in nine years that a minister has met the union without a mediator in the room.",
			"The government of Ostland has opened talks with the union of dock workers in the port of Valmar after three weeks of strikes",
		},
		{
			"The government of Ostland has opened talks with the union of dock workers in the port of Valmar after three weeks of strikes, officials said on Tuesday, marking the first time in nine years that a minister has met the union.",
			"The government of Ostland has opened talks with the union of dock workers in the port of Valmar after three weeks of strikes, officials said on Tuesday, marking the first time in nine years that a minister has met the union.",
		},
	} {
		if got := pick(t, tt.text); len(got) != 1 || got[0] != tt.want {
			t.Errorf("\n got %q\nwant %q", got, tt.want)
		}
	}
}

// An article with enough to say has three to five points, in order of reading.
func TestNumber(t *testing.T) {
	subjects := strings.Fields("Harbours Ministers Unions Exporters Farmers Bakers Pilots Teachers Judges Nurses Painters Dentists")
	var b strings.Builder
	for i := range 120 {
		b.WriteString(subjects[i%len(subjects)] + " of the country were asked about plan " + strings.Repeat("x", i%7+1) + " and gave their answers in writing.\n")
	}
	got := pick(t, b.String())
	if len(got) != 5 {
		t.Errorf("picked %d points of 120 sentences, want 5", len(got))
	}
	last := -1
	for _, g := range got {
		if at := strings.Index(b.String(), g); at <= last {
			t.Errorf("%q is out of order", g)
		} else {
			last = at
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	if got := pick(t, "Der Minister sagte, dass die Gespräche nicht zu Ende sind und auch im Mai in der Stadt weitergehen werden."); len(got) != 0 {
		t.Errorf("picked %q of a German text", got)
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, k := range set.KeyPoints {
			b.WriteString(analysistest.Line(set.Article.Text, k.Span, k.Block, k.Rule))
		}
		return b.String()
	}, analyzers...)
}

func FuzzKeyPoints(f *testing.F)      { analysistest.Fuzz(f, analyzers...) }
func TestLinear(t *testing.T)         { analysistest.Linear(t, analyzers...) }
func BenchmarkKeyPoints(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
