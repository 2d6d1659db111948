package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/corpusgen"
)

// What an editor changes in one briefing of many makes that page anew, and leaves
// what a build from nothing would, byte for byte: whether the change shows on no
// other page, and the rest of the site is not looked at, or on some.
func TestEditedBriefings(t *testing.T) {
	e := newEdits(t, 7)
	if err := os.RemoveAll(filepath.Join(e.dir, "seeds")); err != nil {
		t.Fatal(err)
	}
	// More than are printed in one edition, which has all pages in it.
	a := corpusgen.New(corpusgen.Options{Articles: 104, Seed: 7, Words: 80})
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		e.write(x.Path, x.Content)
	}
	briefing := func() string { return e.one("content/briefings/*.md") }
	replace := func(old, new string) func() {
		return func() {
			e.edit(briefing(), func(b []byte) []byte { return bytes.Replace(b, []byte(old), []byte(new), 1) })
		}
	}
	appended := func(text string) func() {
		return func() { e.edit(briefing(), func(b []byte) []byte { return append(b, text...) }) }
	}
	changes := []struct {
		what  string
		do    func()
		alone bool // no other page shows it
	}{
		{"a section", appended("\n## A note\n\nWritten by hand.\n"), true},
		{"the same section in two", func() {
			appended("\n## A note\n\nAnother.\n")()
			appended("\n## Another note\n\nOne more.\n")()
		}, true},
		{"a section before the text", replace("## Annotated text", "## Before\n\n- one\n- two\n\n## Annotated text"), true},
		{"a key point", replace("\n- The ", "\n- It is said that the "), false}, // feeds may have it
		{"a key point taken out", func() {
			e.edit(briefing(), func(b []byte) []byte {
				from := bytes.Index(b, []byte("\n- "))
				to := from + 1 + bytes.IndexByte(b[from+1:], '\n')
				return slices.Concat(b[:from], b[to:])
			})
		}, false},
		{"a title", replace("title: \"", "title: \"Again: "), false},
		{"a mark taken out", replace("]{.place}", "]{.organization}"), false},
		{"a publisher", replace("publisher: Daily", "publisher: Weekly"), false},
		{"a link", appended("\n## More\n\nSee [this](gone.md).\n"), false},
		{"no briefing any more", func() { e.remove(briefing()) }, false},
		{"nothing", func() {}, false},
	}
	e.build(e.dir)
	noted := func() map[string]time.Time {
		out := map[string]time.Time{}
		names, err := filepath.Glob(filepath.Join(e.dir, cacheFolder, digestFiles+"*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = info.ModTime()
		}
		return out
	}
	const some = -1 // of the first three
	order := []int{0, 1, 2, 3, some, 4, 5, some, 6, 7, some, 9, 10, 8}
	if testing.Short() {
		order = []int{0, 2, 3, some, 9}
	}
	for step, n := range order {
		if n == some {
			n = e.r.IntN(3)
		}
		c := changes[n]
		before := noted()
		sound := !e.failed
		c.do()
		e.build(e.dir)
		// A build that gathers the site notes the digest of the briefing.
		if c.alone && sound {
			for name, at := range noted() {
				if !before[name].Equal(at) {
					t.Errorf("step %d (%s): the site was gathered", step, c.what)
				}
			}
		}
		clean := t.TempDir()
		if err := os.CopyFS(filepath.Join(clean, "content"), os.DirFS(filepath.Join(e.dir, "content"))); err != nil {
			t.Fatal(err)
		}
		e.build(clean)
		for _, folder := range []string{"public", "content"} {
			if diff := e.differs(folder, clean); diff != "" {
				t.Fatalf("step %d (%s): %s differs from a build from nothing", step, c.what, diff)
			}
		}
	}
	if !strings.HasPrefix(e.said, "readout: ") {
		t.Errorf("the last build said %q", e.said)
	}
}
