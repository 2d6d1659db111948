package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
	"readout/internal/output"
	"readout/internal/site"
)

// A briefing comes to its pages as it was read, whether it was kept, set aside or is
// read again.
func TestLoad(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{cacheFolder, "content/briefings"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	root, err := output.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &siteFolder{name: dir, root: root}
	if s.openDetails(true) == nil {
		t.Fatal("the details cannot be opened")
	}
	defer s.close()
	r := &contents{folder: s, gatherer: site.NewGatherer(nil), of: map[string]*textOf{}}
	a := corpusgen.New(corpusgen.Options{Articles: 12, Seed: 5})
	var want []*content.File
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(x.Path)), x.Content, 0o666); err != nil {
			t.Fatal(err)
		}
		f, _ := content.ParseBriefing(x.Path, x.Content)
		if r.most += int64(len(x.Content)); i >= a.Len()/2 {
			r.most = 1 // from here on none is kept
		}
		r.add(f, x.Content, s.base(f.Path))
		want = append(want, f)
	}
	holds := func(when string, loaded func(*content.File, *content.File) bool) {
		t.Helper()
		for _, f := range want {
			r.of[f.Meta.Slug].file = nil
			got, err := r.load(f.Meta.Slug)
			if err != nil {
				t.Fatal(err)
			}
			if got == f || !loaded(got, f) {
				t.Errorf("%s: %s:\n got %+v\nwant %+v", when, f.Path, got, f)
			}
		}
	}
	holds("set aside", func(got, f *content.File) bool { return reflect.DeepEqual(got, f) })
	r.done()
	if _, err := os.Stat(filepath.Join(dir, parsedPath)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was set aside is still there: %v", err)
	}
	holds("read again", func(got, f *content.File) bool {
		got.Sentences = f.Sentences // are found when they are asked for
		return reflect.DeepEqual(got, f)
	})
}
