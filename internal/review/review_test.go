package review

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"readout/internal/analysis/standard"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/limit"
	"readout/internal/seed"
)

// articles makes articles of the texts in the coverage sets and the seeds of this
// repository.
func articles(t *testing.T) []*article.Article {
	t.Helper()
	files := fstest.MapFS{}
	add := func(name string, data []byte) { files["seeds/"+name] = &fstest.MapFile{Data: data} }
	names, err := filepath.Glob("../../seeds/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		add(filepath.Base(name), data)
	}
	names, err = filepath.Glob("../story/testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			add(strings.TrimSuffix(filepath.Base(name), ".txtar")+"-"+strings.ReplaceAll(f.Name, "/", "-")+".txt", f.Data)
		}
	}
	entries, _ := seed.List(files, "seeds", limit.Set{})
	var out []*article.Article
	for _, e := range entries {
		if f, _ := seed.Load(files, e, limit.Set{}); f != nil {
			if a, _ := article.New(f); a != nil {
				out = append(out, a)
			}
		}
	}
	if len(out) < 30 {
		t.Fatalf("%d articles", len(out))
	}
	return out
}

func rulesOf(s *annotation.Set) []string {
	var out []string
	for _, x := range s.Sentences {
		out = append(out, x.Rule)
	}
	for _, x := range s.Mentions {
		out = append(out, x.Rule)
	}
	for _, x := range s.References {
		out = append(out, x.Rule)
	}
	for _, x := range s.Attributions {
		out = append(out, x.Rule)
	}
	for _, x := range s.Times {
		out = append(out, x.Rule)
	}
	for _, x := range s.Quantities {
		out = append(out, x.Rule)
	}
	for _, x := range s.Terms {
		out = append(out, x.Rule)
	}
	for _, x := range s.Events {
		out = append(out, x.Rule)
	}
	for _, x := range s.KeyPoints {
		out = append(out, x.Rule)
	}
	return out
}

// TestRulesAreInPlainWords wants each rule that makes an annotation of some
// dozens of articles to be told in plain words, and lines that are well formed.
func TestRulesAreInPlainWords(t *testing.T) {
	pipeline, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, a := range articles(t) {
		for _, rule := range rulesOf(pipeline.Run(a)) {
			if rules()[rule] == "" {
				missing[rule] = true
			}
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(missing)) {
		t.Errorf("data/rules.txt has no line for %q", rule)
	}
	var names []string
	for line := range strings.Lines(rulesFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, what, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || name == "" || what == "" || strings.TrimSpace(what) != what || !strings.Contains(name, "/") {
			t.Errorf("data/rules.txt: %q is not a rule, a tab and what it reads", line)
		}
		names = append(names, name)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Error("data/rules.txt is not sorted, or has a rule twice")
	}
}
