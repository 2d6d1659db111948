package page_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/article/page"
)

// qualityFloor is the least F1, in percent, of sequences of four words over the
// pages of testdata/quality, and may only rise. The pages were made for this
// test after the ways in which sites are built.
const qualityFloor = 98.0

func TestQuality(t *testing.T) {
	files, err := filepath.Glob("testdata/quality/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	var precision, recall float64
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := page.Read(string(ar.Files[0].Data), "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want, got := shingles(string(ar.Files[1].Data)), shingles(text(p))
		both, all, gold := 0, 0, 0
		for s, n := range got {
			all += n
			both += min(n, want[s])
		}
		for _, n := range want {
			gold += n
		}
		pr, re := float64(both)/float64(max(all, 1)), float64(both)/float64(gold)
		t.Logf("%-14s precision %5.1f  recall %5.1f", strings.TrimSuffix(filepath.Base(name), ".txtar"), 100*pr, 100*re)
		if pr < 1 || re < 1 {
			t.Logf("%s", text(p))
		}
		precision += pr
		recall += re
	}
	n := float64(len(files))
	precision, recall = precision/n, recall/n
	f1 := 200 * precision * recall / (precision + recall)
	t.Logf("extraction: precision %.1f, recall %.1f, F1 %.1f (floor %.1f)", 100*precision, 100*recall, f1, qualityFloor)
	if f1 < qualityFloor {
		t.Errorf("F1 %.2f is under the floor of %.2f", f1, qualityFloor)
	}
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
