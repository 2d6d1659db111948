package article_test

import (
	"os"
	"strings"
	"testing"

	"readout/internal/article"
	"readout/internal/limit"
	"readout/internal/seed"
)

// Each entry of a feed and each page of a web archive is an article, under a path
// that does not change when others are added.
func TestFeeds(t *testing.T) {
	fsys := os.DirFS("../seed/testdata")
	var got strings.Builder
	entries, diags := seed.List(fsys, ".", limit.Set{})
	for _, e := range entries {
		name, part, ok := strings.Cut(e.Path, "#")
		if !ok {
			continue
		}
		if len(part) != 12 {
			t.Errorf("path %s", e.Path)
		}
		found, ok := seed.Find(fsys, e.Path, limit.Set{})
		if !ok || found.Path != e.Path {
			t.Errorf("%s is not found again", e.Path)
		}
		f, diags := seed.Load(fsys, found, limit.Set{})
		if f == nil {
			t.Fatal(diags)
		}
		a, _ := article.New(f)
		check(t, a)
		got.WriteString(name + "\n" + outline(a) + "\n")
	}
	for _, d := range diags {
		if strings.HasSuffix(d.File, ".xml") || strings.HasSuffix(d.File, ".gz") {
			got.WriteString("! " + d.Error() + "\n")
		}
	}
	name := "testdata/feeds.want"
	if *update {
		os.WriteFile(name, []byte(got.String()), 0o644)
		return
	}
	want, err := os.ReadFile(name)
	if err != nil || got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
