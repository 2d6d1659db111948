package quality_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/article/page"
	"readout/internal/limit"
)

// extraction measures the text found in saved pages, which were made for this
// table after the ways in which sites are built, by sequences of four words.
func extraction(t *testing.T, _ func(quality.Doc) *annotation.Set) []quality.Row {
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	var precision, recall float64
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := page.Read(string(ar.Files[0].Data), "", limit.Set{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want, got := shingles(string(ar.Files[1].Data)), shingles(pageText(p))
		both, all, gold := 0, 0, 0
		for s, n := range got {
			all += n
			both += min(n, want[s])
		}
		for _, n := range want {
			gold += n
		}
		pr, re := float64(both)/float64(max(all, 1)), float64(both)/float64(gold)
		if pr < 1 || re < 1 {
			t.Logf("%s: precision %.1f, recall %.1f\n%s", filepath.Base(name), 100*pr, 100*re, pageText(p))
		}
		precision += pr
		recall += re
	}
	n := float64(len(files))
	precision, recall = precision/n, recall/n
	return []quality.Row{{What: "pages, made", Measure: "shingle F1", Value: 200 * precision * recall / (precision + recall), Floor: 98, N: len(files)}}
}

// pageText returns the text of the blocks of a page, one a line.
func pageText(p *page.Page) string {
	var b strings.Builder
	for _, x := range p.Blocks {
		b.WriteString(x.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{N}_]+`)

func shingles(t string) map[string]int {
	words := wordPattern.FindAllString(t, -1)
	out := make(map[string]int)
	for i := range words {
		out[strings.Join(words[i:min(i+4, len(words))], " ")]++
	}
	return out
}
