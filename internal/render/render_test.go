package render

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"readout/internal/content"
	"readout/internal/output"
	"readout/internal/site"
	"readout/templates"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "write the pages of the test site to this folder, for a look at them")
)

// gather makes a site of the files of an archive.
func gather(t testing.TB, archive string) (*site.Site, Loader) {
	t.Helper()
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range a.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	tree, diags := content.Read(files)
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	s, diags := site.Gather(site.Input{Index: tree.Index, Files: tree.Briefings, Entities: tree.Entities, Stories: tree.Stories})
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	byPath := map[string]*content.File{}
	for _, f := range tree.Briefings {
		byPath[f.Path] = f
	}
	return s, func(b *site.Briefing) (*content.File, error) { return byPath[b.File], nil }
}

// build renders a site into memory.
func build(t testing.TB, s *site.Site, load Loader, opts Options) *output.Tree {
	t.Helper()
	tree := &output.Tree{}
	diags, err := Render(s, templates.FS, load, tree.Add, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	tree.Sort()
	return tree
}

func TestSite(t *testing.T) {
	s, load := gather(t, "testdata/site.txtar")
	tree := build(t, s, load, Options{})
	if *keep != "" {
		for _, f := range tree.Files {
			name := filepath.Join(*keep, filepath.FromSlash(f.Path))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}
