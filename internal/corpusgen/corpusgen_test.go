package corpusgen_test

import (
	"bytes"
	"strings"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
)

// The content files are what content accepts, name what the seed says, and come
// out the same each time.
func TestArticles(t *testing.T) {
	o := corpusgen.Options{Articles: 60, Seed: 7}
	a, again := corpusgen.New(o), corpusgen.New(o)
	paths := map[string]bool{}
	people := map[string]bool{}
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		if y, _ := again.Article(i); !bytes.Equal(x.Seed, y.Seed) || !bytes.Equal(x.Content, y.Content) {
			t.Errorf("article %d differs from run to run", i)
		}
		f, diags := content.ParseBriefing(x.Path, x.Content)
		if len(diags) > 0 {
			t.Fatalf("article %d: %v\n%s", i, diags, x.Content)
		}
		for _, b := range f.Blocks {
			if !strings.Contains(string(x.Seed), b.Span.In(f.Text)) {
				t.Errorf("article %d: the seed lacks %q", i, b.Span.In(f.Text))
			}
		}
		if n := len(strings.Fields(f.Text)); n < 400 || n > 900 {
			t.Errorf("article %d has %d words", i, n)
		}
		for _, m := range f.Marks {
			if m.Class == "person" {
				people[m.Span.In(f.Text)] = true
			}
		}
		paths[x.Path] = true
	}
	if len(paths) != 60 {
		t.Errorf("%d paths for 60 articles", len(paths))
	}
	if len(people) < 60 {
		t.Errorf("only %d names of people", len(people))
	}
}
