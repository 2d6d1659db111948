package standard_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/standard"
	"readout/internal/article"
)

// seeds returns the text of the articles in the repository.
func seeds(tb testing.TB) string {
	files, err := filepath.Glob("../../../seeds/*.txt")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no seeds (%v)", err)
	}
	var b strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(data)
		b.WriteString("\n\n")
	}
	return b.String()
}

// BenchmarkPipeline measures the whole pipeline on articles of ordinary length.
// Its MB/s is that of one core when run with -cpu 1.
func BenchmarkPipeline(b *testing.B) {
	p, err := standard.Pipeline()
	if err != nil {
		b.Fatal(err)
	}
	text := seeds(b)
	art := article.FromText("bench", text, article.Meta{})
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Run(art)
	}
}

// BenchmarkLongArticle measures the whole pipeline on an article of five
// megabytes.
func BenchmarkLongArticle(b *testing.B) {
	p, err := standard.Pipeline()
	if err != nil {
		b.Fatal(err)
	}
	text := seeds(b)
	text = strings.Repeat(text, 5<<20/len(text))
	art := article.FromText("bench", text, article.Meta{})
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Run(art)
	}
}

// FuzzPipeline checks every span all the analyzers find in arbitrary bytes.
func FuzzPipeline(f *testing.F) {
	p, err := standard.Pipeline()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range analysistest.Hostile {
		f.Add(s, "2024-05-06")
	}
	f.Fuzz(func(t *testing.T, text, date string) {
		analysistest.Check(t, p.Run(analysistest.Article(text, date)))
	})
}

// Of a text that is not English only sentences, quotations and figures are kept.
func TestOtherLanguage(t *testing.T) {
	p, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	text := "Der Minister Hans Berg sagte am 3. Mai 2024 in Berlin: „Wir werden nicht aufgeben.“\n" +
		"Die Preise sind um 4 % gestiegen, wie die Europäische Zentralbank (EZB) am Freitag in Frankfurt mitteilte."
	set := p.Run(analysistest.Article(text, "2024-05-06"))
	if set.Language.Tag != "de" || set.Language.Analysed {
		t.Errorf("language is %+v", set.Language)
	}
	if len(set.Sentences) == 0 || len(set.Quantities) != 1 {
		t.Errorf("%d sentences and %d figures", len(set.Sentences), len(set.Quantities))
	}
	if n := len(set.Mentions) + len(set.References) + len(set.Times) + len(set.Terms) + len(set.Events) + len(set.KeyPoints); n != 0 {
		t.Errorf("%d things were guessed: %+v", n, *set)
	}
	for _, a := range set.Attributions {
		if !a.Source.Empty() || a.Key != "" || !a.Cue.Empty() {
			t.Errorf("a source was guessed: %+v", a)
		}
	}
}
