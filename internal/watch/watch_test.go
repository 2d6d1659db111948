package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestSettle plays a save in several steps, another while nobody takes the
// first, and a stream that never rests, on a clock of its own.
func TestSettle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, out := make(chan string), make(chan []string)
		go Settle(in, out, 10*time.Millisecond, 100*time.Millisecond)
		begun := time.Now()
		want := func(at time.Duration, names ...string) {
			t.Helper()
			if got := <-out; !slices.Equal(got, names) || time.Since(begun) != at {
				t.Errorf("after %v: %v, want after %v: %v", time.Since(begun), got, at, names)
			}
		}
		in <- "b"
		time.Sleep(5 * time.Millisecond)
		in <- "a"
		in <- "b"
		want(15*time.Millisecond, "a", "b")

		in <- "a"
		time.Sleep(50 * time.Millisecond) // the receiver is busy
		in <- "c"
		want(65*time.Millisecond, "a", "c")

		begun = time.Now()
		go func() {
			for range 30 {
				in <- "x"
				time.Sleep(5 * time.Millisecond)
			}
			close(in)
		}()
		want(100*time.Millisecond, "x")
		want(150*time.Millisecond, "x")
		if _, open := <-out; open {
			t.Error("the channel stays open")
		}
	})
}

// collect reads changes until all names were told.
func collect(t *testing.T, w *Watcher, names ...string) {
	t.Helper()
	limit := time.After(20 * time.Second)
	told := map[string]bool{}
	for {
		missing := ""
		for _, n := range names {
			if !told[n] {
				missing = n
			}
		}
		if missing == "" {
			return
		}
		select {
		case list := <-w.Changes:
			for _, n := range list {
				told[n] = true
				if !slices.Contains(names, n) {
					t.Errorf("told of %s", n)
				}
			}
		case err := <-w.Errors:
			t.Fatal(err)
		case <-limit:
			t.Fatalf("never told of %s; told of %v", missing, told)
		}
	}
}

func TestWatcher(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"content/briefings/a.md", "content/.base/a.md", "public/a.html"} {
		write(name)
	}
	w, err := New(dir, "content", "templates")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	// None of these is told: neither folders of others nor working files.
	for _, name := range []string{"public/a.html", "content/.base/a.md", "content/briefings/.a.md.swp", "content/briefings/a.md~", "content/briefings/4913"} {
		write(name)
	}
	write("content/briefings/a.md")
	collect(t, w, "content/briefings/a.md")
	// A save by renaming.
	write("content/briefings/.new")
	if err := os.Rename(filepath.Join(dir, "content/briefings/.new"), filepath.Join(dir, "content/briefings/b.md")); err != nil {
		t.Fatal(err)
	}
	collect(t, w, "content/briefings/b.md")
	if err := os.Remove(filepath.Join(dir, "content/briefings/b.md")); err != nil {
		t.Fatal(err)
	}
	collect(t, w, "content/briefings/b.md")
	// A folder that was not there when watching began.
	write("templates/pages/home.html")
	for told := false; !told; {
		// The file is told, or a folder that stands for it.
		for _, name := range <-w.Changes {
			told = told || strings.HasPrefix("templates/pages/home.html", name)
		}
	}
}
