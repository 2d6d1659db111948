package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// build writes the files, each "path: content", and commits.
func build(t *testing.T, dir string, files ...string) (Stats, error) {
	t.Helper()
	w, err := NewWriter(dir)
	if err != nil {
		return Stats{}, err
	}
	defer w.Close()
	for _, f := range files {
		name, data, _ := strings.Cut(f, ": ")
		if err := w.Add(name, []byte(data)); err != nil {
			return Stats{}, err
		}
	}
	return w.Commit()
}

// tree returns the files below dir but for those of the Writer's own.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == ManifestName || name == journalName {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantTree(t *testing.T, dir string, files ...string) {
	t.Helper()
	want := map[string]string{}
	for _, f := range files {
		name, data, _ := strings.Cut(f, ": ")
		want[name] = data
	}
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", dir, got, want)
	}
}

func TestWriterRewritesOnlyWhatChanged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	stats, err := build(t, dir, "index.html: one", "a/b.html: two", "gone.html: x", "sub/gone.html: y")
	if err != nil || stats.Written != 4 {
		t.Fatalf("first build: %+v, %v", stats, err)
	}
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, name := range []string{"index.html", "a/b.html", ManifestName} {
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	stats, err = build(t, dir, "a/b.html: TWO", "index.html: one")
	if err != nil || stats.Written != 1 || stats.Removed != 2 || stats.Files != 2 {
		t.Fatalf("second build: %+v, %v", stats, err)
	}
	wantTree(t, dir, "index.html: one", "a/b.html: TWO")
	if info, err := os.Stat(filepath.Join(dir, "index.html")); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("index.html was written anew although nothing changed (%v)", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "sub")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the emptied folder stays: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, journalName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the journal stays: %v", err)
	}
}

func TestWriterLeavesForeignFilesAlone(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(".gitkeep", "")
	if _, err := build(t, dir, "index.html: one", "old.html: old", "edited.html: old"); err != nil {
		t.Fatalf("a folder with only .gitkeep is refused: %v", err)
	}
	write("CNAME", "example.org")
	write("edited.html", "by hand")
	stats, err := build(t, dir, "index.html: two")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(stats.Kept, []string{"edited.html"}) || stats.Removed != 1 {
		t.Errorf("kept %v, removed %d, want [edited.html], 1", stats.Kept, stats.Removed)
	}
	wantTree(t, dir, ".gitkeep: ", "CNAME: example.org", "edited.html: by hand", "index.html: two")
	if _, err := build(t, dir, "index.html: two", "CNAME: ours"); err == nil || !strings.Contains(err.Error(), "CNAME is in the way") {
		t.Errorf("a foreign file is overwritten: %v", err)
	}

	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "thesis.doc"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err = build(t, foreign, "index.html: one")
	var e *ForeignError
	if !errors.As(err, &e) || e.File != "thesis.doc" {
		t.Errorf("a folder with a foreign file: %v, want a ForeignError", err)
	}
	wantTree(t, foreign, "thesis.doc: x")
}

func TestWriterKeepsOldFilesOnRequest(t *testing.T) {
	dir := t.TempDir()
	if _, err := build(t, dir, "a.html: one", "b.html: two"); err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Add("a.html", []byte("ONE")); err != nil {
		t.Fatal(err)
	}
	w.KeepOld()
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, "a.html: ONE", "b.html: two")
	if _, err := build(t, dir, "a.html: ONE"); err != nil {
		t.Fatal(err)
	}
	wantTree(t, dir, "a.html: ONE")
}

func TestWriterTrustsNoManifest(t *testing.T) {
	for _, list := range []string{
		"garbage\n",
		strings.Repeat("0", 64) + "  ../victim\n",
		strings.Repeat("0", 64) + "  /etc/passwd\n",
		strings.Repeat("0", 62) + "  index.html\n",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(list), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := build(t, dir, "index.html: one"); err == nil || !strings.Contains(err.Error(), ManifestName+":1:") {
			t.Errorf("manifest %q: error %v, want one that names its first line", list, err)
		}
	}
}

func TestWriterFollowsNoLink(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("kept"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := build(t, dir, "a.html: one", "d/b.html: two"); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"a.html": secret, "d": outside} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	if _, err := build(t, dir, "a.html: ONE"); err == nil {
		t.Log("the link d was left alone")
	}
	if _, err := build(t, dir, "a.html: ONE", "d/b.html: TWO"); err == nil {
		t.Error("a file was written through a link that leads out")
	}
	if data, err := os.ReadFile(secret); string(data) != "kept" {
		t.Errorf("the file outside: %q, %v", data, err)
	}
	if list, _ := os.ReadDir(outside); len(list) != 1 {
		t.Errorf("the folder outside holds %v", list)
	}
}

func TestPaths(t *testing.T) {
	for _, name := range []string{
		"", ".", "..", "../a", "/a", "a/../b", "a//b", "a/", `a\b`, "a:b", "nul", "CON.html", "a/Com1.txt", "a\nb", "a\u202eb",
		".readout", "d/.readout-x", "a.", "b ", strings.Repeat("x", 300), "a?b",
	} {
		if err := new(Tree).Add(name, nil); err == nil {
			t.Errorf("the path %q is taken", name)
		}
	}
	var tr Tree
	for _, name := range []string{"console.html", "a/b.html", "Élysée.html", "com10.html", ".nojekyll"} {
		if err := tr.Add(name, nil); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"a/b.html", "A/b.html", "élysée.html"} {
		if err := tr.Add(name, nil); err == nil {
			t.Errorf("the path %q is taken beside one that differs in case only", name)
		}
	}
}

func TestWriterConcurrently(t *testing.T) {
	dir := t.TempDir()
	w, err := NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			if err := w.Add(fmt.Sprintf("d%d/%d.html", i%7, i), fmt.Appendf(nil, "page %d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if stats, err := w.Commit(); err != nil || stats.Written != 200 {
		t.Fatalf("%+v, %v", stats, err)
	}
	if n := len(tree(t, dir)); n != 200 {
		t.Errorf("%d files, want 200", n)
	}
}

// A faulty folder fails at its n-th operation and, if dead, at all after it, as
// a process does that was killed.
type faulty struct {
	Folder
	n    int
	dead bool
}

var errInjected = errors.New("injected")

func (f *faulty) fail() error {
	f.n--
	if f.n == 0 || f.n < 0 && f.dead {
		return errInjected
	}
	return nil
}

func (f *faulty) OpenFile(name string, flag int, perm fs.FileMode) (Handle, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	x, err := f.Folder.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &faultyFile{x, f}, nil
}

func (f *faulty) Lstat(name string) (fs.FileInfo, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Folder.Lstat(name)
}

func (f *faulty) MkdirAll(name string, perm fs.FileMode) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Folder.MkdirAll(name, perm)
}

func (f *faulty) Rename(a, b string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Folder.Rename(a, b)
}

func (f *faulty) Remove(name string) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Folder.Remove(name)
}

type faultyFile struct {
	Handle
	f *faulty
}

// Write fails in the middle, as on a full disk.
func (f *faultyFile) Write(b []byte) (int, error) {
	if err := f.f.fail(); err != nil {
		n, _ := f.Handle.Write(b[:len(b)/2])
		return n, err
	}
	return f.Handle.Write(b)
}

func (f *faultyFile) Read(b []byte) (int, error) {
	if err := f.f.fail(); err != nil {
		return 0, err
	}
	return f.Handle.Read(b)
}

// TestWriterSurvivesFaults lets each operation of a build fail once, alone or
// as the last one of its process. What stands under its final name is always
// whole, and the next build ends as one that was never disturbed.
func TestWriterSurvivesFaults(t *testing.T) {
	before := []string{"index.html: before", "same.html: same", "stale/x.html: stale", "b.html: before"}
	after := []string{"index.html: after", "same.html: same", "new/y.html: new", "b.html: after", "z.html: new"}
	last := []string{"index.html: last", "same.html: same"}
	whole := map[string][]string{}
	for _, f := range slices.Concat(before, after, last) {
		name, data, _ := strings.Cut(f, ": ")
		whole[name] = append(whole[name], data)
	}
	for _, dead := range []bool{false, true} {
		for n := 1; ; n++ {
			dir := t.TempDir()
			foreign := filepath.Join(dir, "CNAME")
			if _, err := build(t, dir, before...); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(foreign, []byte("example.org"), 0o666); err != nil {
				t.Fatal(err)
			}
			r, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			f := &faulty{Folder: root{r}, n: n, dead: dead}
			run := func() error {
				w, err := newWriter(dir, f)
				if err != nil {
					return err
				}
				defer w.Close()
				for _, f := range after {
					name, data, _ := strings.Cut(f, ": ")
					if err := w.Add(name, []byte(data)); err != nil {
						return err
					}
				}
				_, err = w.Commit()
				return err
			}
			failed := run() != nil
			for name, data := range tree(t, dir) {
				base := filepath.Base(name)
				if strings.HasPrefix(base, tempPrefix) || name == "CNAME" {
					continue
				}
				if !slices.Contains(whole[name], data) {
					t.Errorf("operation %d failed (dead: %t): %s holds %q", n, dead, name, data)
				}
			}
			if _, err := build(t, dir, last...); err != nil {
				t.Errorf("operation %d failed (dead: %t): the next build fails: %v", n, dead, err)
			}
			wantTree(t, dir, append([]string{"CNAME: example.org"}, last...)...)
			if !failed && f.n > 0 {
				t.Logf("%d operations", n-1)
				break
			}
		}
	}
}

func TestLockExcludes(t *testing.T) {
	dir := t.TempDir()
	unlock, err := Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	var busy *BusyError
	if _, err := Lock(dir); !errors.As(err, &busy) {
		t.Fatalf("second lock: %v, want a BusyError", err)
	}
	unlock()
	unlock, err = Lock(dir)
	if err != nil {
		t.Fatalf("after unlock: %v", err)
	}
	unlock()
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	r, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i, step := range []struct {
		data    string
		changed bool
	}{{"one", true}, {"one", false}, {"two", true}, {"", true}, {"", false}} {
		changed, err := WriteFile(r, "content/briefings/a.md", []byte(step.data), i%2 == 0)
		if err != nil || changed != step.changed {
			t.Errorf("writing %q: %t, %v, want %t", step.data, changed, err, step.changed)
		}
	}
	wantTree(t, dir, "content/briefings/a.md: ")
	if _, err := WriteFile(r, "../x", nil, false); err == nil {
		t.Error("a file outside was written")
	}
}

// Files that are kept are neither read nor written, and belong to the output;
// one that no earlier run wrote cannot be kept.
func TestWriterKeeps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := build(t, dir, "a.html: one", "b.html: two", "c.html: three"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	numbers := func(paths ...string) (list []int32) {
		for _, p := range paths {
			list = append(list, int32(w.Paths().Number(p)))
		}
		return list
	}
	if w.Keep(numbers("a.html", "none.html")) {
		t.Error("a file was kept that is not there")
	}
	if !w.Keep(numbers("a.html", "b.html")) || w.Keep(numbers("b.html", "c.html")) {
		t.Error("what an earlier run wrote can be kept, once")
	}
	if err := w.Add("c.html", []byte("three")); err != nil {
		t.Fatal(err)
	}
	if w.Add("a.html", []byte("one")) == nil {
		t.Error("a file was added that is kept")
	}
	stats, err := w.Commit()
	if err != nil || stats.Files != 3 || stats.Written != 0 || stats.Removed != 0 {
		t.Errorf("%+v, %v", stats, err)
	}
	after, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil || string(after) != string(before) {
		t.Errorf("the list is\n%s, want\n%s; %v", after, before, err)
	}
}
