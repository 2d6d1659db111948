package render

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
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
func gather(t testing.TB, archive string) (*site.Site, site.Loader) {
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
	bySlug := map[string]*content.File{}
	for _, f := range tree.Briefings {
		bySlug[f.Meta.Slug] = f
	}
	return s, func(slug string) (*content.File, error) { return bySlug[slug], nil }
}

// build renders a site into memory.
func build(t testing.TB, s *site.Site, load site.Loader, opts Options) *output.Tree {
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
	tree := build(t, s, load, Options{Workers: 1})
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
	checkSite(t, tree)
	again := build(t, s, load, Options{Workers: 7})
	if !reflect.DeepEqual(tree.Files, again.Files) {
		t.Error("the output depends on the number of workers")
	}
	golden(t, "testdata/pages.txtar", tree, "briefings/port-strike-ends.html", "briefings/no-date.html", "search/index.js")
}

// golden compares files of a tree with those of an archive. Digests in the names
// of assets are left out: they change with every change of a stylesheet.
func golden(t *testing.T, name string, tree *output.Tree, paths ...string) {
	t.Helper()
	digest := regexp.MustCompile(`\.[0-9a-z]{4,10}\.(css|js|svg)`)
	sums := regexp.MustCompile(`"sums":"[0-9a-z]*"`)
	got := &txtar.Archive{Comment: []byte("Pages of the test site. Written by go test -update.\n")}
	for _, f := range tree.Files {
		if slices.Contains(paths, f.Path) {
			data := sums.ReplaceAll(digest.ReplaceAll(f.Data, []byte(".$1")), []byte(`"sums":""`))
			if len(data) > 0 && data[len(data)-1] != '\n' {
				data = append(data, '\n')
			}
			got.Files = append(got.Files, txtar.File{Name: f.Path, Data: data})
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(paths) || len(got.Files) != len(paths) {
		t.Fatalf("%s has %d files, the site %d, want %d", name, len(want.Files), len(got.Files), len(paths))
	}
	for i, f := range got.Files {
		if f.Name != want.Files[i].Name || !bytes.Equal(f.Data, want.Files[i].Data) {
			a, b := strings.Split(string(f.Data), "\n"), strings.Split(string(want.Files[i].Data), "\n")
			for k := range min(len(a), len(b)) {
				if a[k] != b[k] {
					t.Errorf("%s:%d:\n got %s\nwant %s", f.Name, k+1, a[k], b[k])
					break
				}
			}
			t.Errorf("%s is not as in %s; go test -update if it should be", f.Name, name)
		}
	}
}
