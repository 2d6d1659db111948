package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
)

// Of several articles each has what it would have alone, also where an analyzer
// fails on one: it panics, or returns what is no span of the text.
func TestRunAll(t *testing.T) {
	words := &analysis.Analyzer{Name: "words", Doc: "a sentence of each block", Run: func(p *analysis.Pass) (set annotation.Set) {
		for i, b := range p.Article.Blocks {
			set.Sentences = append(set.Sentences, annotation.Sentence{Span: b.Span, Block: i})
		}
		switch {
		case strings.Contains(p.Article.Text, "panic"):
			panic("as told")
		case strings.Contains(p.Article.Text, "beyond"):
			set.Sentences[0].Span = span.New(0, len(p.Article.Text)+1)
		}
		return set
	}}
	terms := &analysis.Analyzer{Name: "terms", Doc: "the first token of each sentence", Requires: []*analysis.Analyzer{words}, Run: func(p *analysis.Pass) (set annotation.Set) {
		for _, s := range p.Set.Sentences {
			set.Terms = append(set.Terms, annotation.Term{Short: p.Tokens[0].Span, Long: s.Span})
		}
		return set
	}}
	p, err := analysis.New(terms, words)
	if err != nil {
		t.Fatal(err)
	}
	var arts []*article.Article
	for i, text := range []string{"One is here.", "Here is panic.", "Two\n\nparts are here.", "This goes beyond.", ""} {
		arts = append(arts, article.FromText(fmt.Sprint(i), text, article.Meta{}))
	}
	want := []string{"1 and 1", `the analyzer "words" failed on 1: as told`, "2 and 2", `the analyzer "words" failed on 3: text 0:18 leaves its block`, "0 and 0"}
	for i, r := range p.RunAll(arts) {
		var got string
		if r.Fault != nil {
			got = r.Fault.Error()
		} else {
			got = fmt.Sprintf("%d and %d", len(r.Set.Sentences), len(r.Set.Terms))
		}
		if got != want[i] {
			t.Errorf("article %d: %s, want %s", i, got, want[i])
		}
		func() {
			defer func() {
				if f, _ := recover().(*analysis.Fault); (f == nil) != (r.Fault == nil) || f != nil && f.Error() != got {
					t.Errorf("article %d alone: %v, with others %s", i, f, got)
				}
			}()
			p.Run(arts[i])
		}()
	}
}
