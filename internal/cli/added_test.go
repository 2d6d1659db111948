package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"readout/internal/corpusgen"
)

// TestAddedArticle adds a report that is newer than all others, and wants the
// pages of the others to stay as they are: but for those that lead to it or to a
// story it is part of, and those without a date, of which nobody knows whether
// they are older.
func TestAddedArticle(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	build := func() map[string]string {
		t.Helper()
		var out bytes.Buffer
		if status := Main([]string{"-C", dir, "build"}, strings.NewReader(""), &out, &out); status != exitOK {
			t.Fatalf("status %d: %s", status, out.String())
		}
		pages := map[string]string{}
		names, err := fs.Glob(os.DirFS(dir), "public/*/*.html")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			pages[strings.TrimPrefix(name, "public/")] = string(data)
		}
		return pages
	}
	write(corpusgen.Index())
	archive := corpusgen.New(corpusgen.Options{Articles: 80, Seed: 4, Words: 120})
	dated := regexp.MustCompile(`\ndate: \S+`)
	article := func(i int) (name string, data []byte) {
		x, err := archive.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		return x.Path, x.Content
	}
	last := 0 // one that has a date
	for i := range 80 {
		if _, data := article(i); dated.Match(data) {
			last = i
		}
	}
	noDate := map[string]bool{}
	for i := range 80 {
		name, data := article(i)
		if i != last {
			write(name, data)
			noDate[strings.TrimSuffix(strings.TrimPrefix(name, "content/"), ".md")+".html"] = !dated.Match(data)
		}
	}
	was := build()
	name, data := article(last)
	write(name, dated.ReplaceAll(data, []byte("\ndate: 2031-01-02")))
	is := build()
	added := strings.TrimSuffix(filepath.Base(name), ".md") + ".html"
	if is["briefings/"+added] == "" {
		t.Fatalf("no page of %s", name)
	}
	leads := func(page string) bool {
		if strings.Contains(is[page], added) {
			return true
		}
		for path, story := range is {
			if strings.HasPrefix(path, "stories/") && strings.Contains(story, added) && strings.Contains(is[page], path) {
				return true
			}
		}
		return false
	}
	same := 0
	for page, text := range was {
		if !strings.HasPrefix(page, "briefings/") {
			continue
		}
		switch {
		case text == is[page]:
			same++
		case !noDate[page] && !leads(page):
			t.Errorf("%s is another", page)
		}
	}
	if same < 40 {
		t.Errorf("only %d pages are as before", same)
	}
}
