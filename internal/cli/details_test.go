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
	var want [][]byte
	for _, p := range g.Places(f.Path) {
		data, err := d.Get(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, data)
	}
	if d.shrink(g, []string{f.Path}) {
		t.Error("shrunk for a megabyte")
	}
	put()
	was := g.Places(f.Path)
	if !d.shrink(g, []string{f.Path}) {
		t.Fatal("not shrunk")
	}
	at := int64(0)
	for i, p := range g.Places(f.Path) {
		if got, err := d.Get(p, nil); err != nil || !bytes.Equal(got, want[i]) || p.At != at {
			t.Errorf("%q, %v, at %d", got, err, p.At)
		}
		at += int64(len(want[i]))
		if _, err := d.Get(was[i], nil); err == nil || d.Has(was[i]) {
			t.Error("what lay there before is still found")
		}
	}
	if d.size != at {
		t.Errorf("%d bytes, want %d", d.size, at)
	}
}
