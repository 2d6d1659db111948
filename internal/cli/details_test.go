package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"readout/internal/content"
	"readout/internal/output"
	"readout/internal/site"
)

// Details that are of use no more are left out when they are more than half of all,
// and those of the briefings at hand can be read before and after.
func TestDetailsShrink(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, cacheFolder), 0o777); err != nil {
		t.Fatal(err)
	}
	root, err := output.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	d := (&siteFolder{name: dir, root: root}).openDetails(true)
	if d == nil {
		t.Fatal("the details cannot be opened")
	}
	defer func() { d.file.Close() }()
	junk := bytes.Repeat([]byte("x"), 1<<20)
	put := func() {
		if _, err := d.Put(junk); err != nil {
			t.Fatal(err)
		}
	}
	put()
	g := site.NewGatherer(d)
	f, diags := content.ParseBriefing("content/briefings/a.md", []byte("---\ntitle: A\nslug: a\n---\n\n## Annotated text\n\n[Ann Bee]{.person} slept.\n"))
	if diags.Errors() > 0 {
		t.Fatal(diags)
	}
	if err := g.Add(f); err != nil {
		t.Fatal(err)
	}
	want, err := d.Get(g.Place(f.Path), nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.shrink(g, []string{f.Path}) {
		t.Error("shrunk for a megabyte")
	}
	put()
	was := g.Place(f.Path)
	if !d.shrink(g, []string{f.Path}) {
		t.Fatal("not shrunk")
	}
	now := g.Place(f.Path)
	if got, err := d.Get(now, nil); err != nil || !bytes.Equal(got, want) || now.At != 0 || d.size != int64(len(want)) {
		t.Errorf("%q, %v, at %d of %d", got, err, now.At, d.size)
	}
	if _, err := d.Get(was, nil); err == nil || d.Has(was) {
		t.Error("what lay there before is still found")
	}
}
