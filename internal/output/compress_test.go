package output

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packedBuild writes files, compressed or not, and returns what the folder holds.
func packedBuild(t *testing.T, dir string, files map[string]string, packs, trust bool) Stats {
	t.Helper()
	w, err := NewWriter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if packs {
		w.Compress(trust)
	}
	for name, data := range files {
		if err := w.Add(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	stats, err := w.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func TestCompress(t *testing.T) {
	long := strings.Repeat("Some words that come again. ", 100)
	files := map[string]string{"a.html": long, "x/b.jsonld": long + "b", "short.txt": "short", "c.png": long}
	dir := t.TempDir()
	if s := packedBuild(t, dir, files, true, false); s.Files != 6 || s.Written != 6 {
		t.Errorf("first: %+v", s)
	}
	data, err := os.ReadFile(filepath.Join(dir, "x/b.jsonld.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != files["x/b.jsonld"] {
		t.Errorf("%v: %q", err, got)
	}
	other := t.TempDir()
	packedBuild(t, other, files, true, true)
	if again, err := os.ReadFile(filepath.Join(other, "x/b.jsonld.gz")); err != nil || !bytes.Equal(data, again) {
		t.Errorf("two builds differ: %v", err)
	}
	// Only that of the file that changed is written.
	files["a.html"] = long + "a"
	if s := packedBuild(t, dir, files, true, true); s.Written != 2 || s.Files != 6 {
		t.Errorf("after a change: %+v", s)
	}
	// One that somebody changed is made again.
	if err := os.WriteFile(filepath.Join(dir, "a.html.gz"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if s := packedBuild(t, dir, files, true, true); s.Written != 1 {
		t.Errorf("after damage: %+v", s)
	}
	// It goes with its file, and all go when they are not asked for.
	delete(files, "x/b.jsonld")
	if s := packedBuild(t, dir, files, true, true); s.Removed != 2 || s.Files != 4 {
		t.Errorf("after removal: %+v", s)
	}
	if s := packedBuild(t, dir, files, false, false); s.Removed != 1 || s.Files != 3 {
		t.Errorf("without: %+v", s)
	}
}
