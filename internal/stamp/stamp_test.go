package stamp

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"readout/internal/numbered"
)

// Every change of a file shows, even one that keeps its size and its time.
func TestTake(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("not on this system")
	}
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	take := func() Sum {
		t.Helper()
		s, ok := Take(os.DirFS(dir), []string{"seeds", "templates"}, Below("seeds/left"))
		if !ok {
			t.Skip("the file system's times are too coarse")
		}
		return s
	}
	write("seeds/a.txt", "one")
	write("seeds/left/b.txt", "one")
	long := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "seeds/a.txt"), long, long); err != nil {
		t.Fatal(err)
	}
	was := take()
	if take() != was {
		t.Error("differs though nothing changed")
	}
	for _, change := range []struct {
		what string
		do   func()
		same bool
	}{
		{"edited, with its size and time as they were", func() {
			write("seeds/a.txt", "two")
			if err := os.Chtimes(filepath.Join(dir, "seeds/a.txt"), long, long); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"added", func() { write("seeds/sub/c.txt", "") }, false},
		{"removed", func() { os.Remove(filepath.Join(dir, "seeds/sub/c.txt")) }, false},
		{"a folder removed", func() { os.Remove(filepath.Join(dir, "seeds/sub")) }, false},
		{"a folder added", func() { os.Mkdir(filepath.Join(dir, "templates"), 0o777) }, false},
		{"renamed", func() { os.Rename(filepath.Join(dir, "seeds/a.txt"), filepath.Join(dir, "seeds/d.txt")) }, false},
		{"left out", func() { write("seeds/left/b.txt", "another") }, true},
	} {
		change.do()
		now := take()
		if (now == was) != change.same {
			t.Errorf("%s: same is %v", change.what, now == was)
		}
		was = now
	}
	if err := os.Symlink("d.txt", filepath.Join(dir, "seeds/link.txt")); err == nil {
		if _, ok := Take(os.DirFS(dir), []string{"seeds"}, nil); ok {
			t.Error("what a link leads to is not looked at, and nothing is said")
		}
	}
}

// Of each file it shows on its own whether it was changed.
func TestLook(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("not on this system")
	}
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("one"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	look := func() Survey {
		t.Helper()
		s, ok := Look(os.DirFS(dir), []string{"."}, nil)
		if !ok {
			t.Skip("the file system's times are too coarse")
		}
		return s
	}
	was := look()
	if err := os.WriteFile(filepath.Join(dir, "b"), []byte("two"), 0o666); err != nil {
		t.Fatal(err)
	}
	now := look()
	is, before := &now.Files, &was.Files
	if is.Len() != 2 || is.ID("a") != before.ID("a") || is.ID("b") == before.ID("b") || is.ID("a") == is.ID("b") {
		t.Errorf("was %x %x, is %x %x", before.ID("a"), before.ID("b"), is.ID("a"), is.ID("b"))
	}
	if paths := slices.Sorted(slices.Values(is.Paths())); !slices.Equal(paths, []string{"a", "b"}) || is.ID("none") != (ID{}) || is.ID("a") == (ID{}) {
		t.Errorf("files %q, and %x", paths, is.ID("none"))
	}
	// Others may know the files by numbers.
	var numbers numbered.Strings
	numbers.Number("none")
	b := numbers.Number("b")
	again, ok := LookAt(&numbers, os.DirFS(dir), []string{"."}, nil)
	if !ok || again.Sum != now.Sum || again.Files.Numbered(b) != is.ID("b") || again.Files.ID("none") != (ID{}) || again.Files.Len() != 2 {
		t.Errorf("by numbers: %+v", again)
	}
	if sum, _ := Take(os.DirFS(dir), []string{"."}, nil); sum != now.Sum {
		t.Error("the state of the whole is another")
	}
}
