package entity_test

import (
	"testing"

	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
)

func FuzzAnalyzer(f *testing.F) {
	for _, s := range []string{"", "Maria Okafor met Lt. Gen. Jan de Vries in Lagos.", "A.B.'s \xff “X’s” — É\u0301", "İstanbul’s ŞAHİN-İ ĞÜÇLÜ'S.", "al- Al-A of the B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set := analysistest.Run(t, analysistest.Article(text, ""), language.Analyzer, sentence.Analyzer, entity.Analyzer)
		analysistest.Check(t, set)
		keys := map[string]bool{}
		for _, e := range set.Entities {
			if e.Key == "" || keys[e.Key] {
				t.Fatalf("key %q is empty or given twice", e.Key)
			}
			keys[e.Key] = true
		}
		end := 0
		for _, m := range set.Mentions {
			if m.Span.Start < end {
				t.Fatalf("mention %v overlaps the one before", m.Span)
			}
			end = m.Span.End
			if !keys[m.Key] || m.Rule == "" {
				t.Fatalf("mention %v has key %q and rule %q", m.Span, m.Key, m.Rule)
			}
		}
	})
}
