package output

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What is amended is as if it had been built so.
func TestAmend(t *testing.T) {
	was := []string{"a.html: a", "b.html: b", "search/index.js: 1", "search/w1.js: x", "search/w2.js: y", "z.html: z"}
	cases := []struct {
		what  string
		files []File
		gone  []string
		is    []string // nil where it is refused
	}{
		{"other bytes", []File{{"b.html", []byte("B")}}, nil, []string{"a.html: a", "b.html: B", "search/index.js: 1", "search/w1.js: x", "search/w2.js: y", "z.html: z"}},
		{
			"first, last and between",
			[]File{{"0.html", []byte("0")}, {"zz.html", []byte("zz")}, {"search/w11.js", []byte("n")}, {"search/w10.js", []byte("m")}},
			[]string{"a.html", "search/w2.js", "z.html"},
			[]string{"0.html: 0", "b.html: b", "search/index.js: 1", "search/w1.js: x", "search/w10.js: m", "search/w11.js: n", "zz.html: zz"},
		},
		{"nothing else", []File{{"z.html", []byte("z")}}, nil, was},
		{"not ours", []File{{"CNAME", []byte("ours")}}, nil, nil},
		{"never there", nil, []string{"c.html"}, nil},
		{"no path of ours", []File{{"../c.html", []byte("c")}}, nil, nil},
	}
	for _, c := range cases {
		dir, clean := t.TempDir(), t.TempDir()
		if _, err := build(t, dir, was...); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("example.org"), 0o666); err != nil {
			t.Fatal(err)
		}
		folder, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		written, ok, err := Amend(dir, folder, c.files, c.gone)
		folder.Close()
		if err != nil || ok != (c.is != nil) {
			t.Errorf("%s: %v, %v", c.what, ok, err)
		}
		if c.is == nil {
			c.is = was
		} else if same := c.what == "nothing else"; (written == 0) != same {
			t.Errorf("%s: %d written", c.what, written)
		}
		wantTree(t, dir, append(slices.Clone(c.is), "CNAME: example.org")...)
		if _, err := build(t, clean, c.is...); err != nil {
			t.Fatal(err)
		}
		got, _ := os.ReadFile(filepath.Join(dir, ManifestName))
		want, _ := os.ReadFile(filepath.Join(clean, ManifestName))
		if string(got) != string(want) {
			t.Errorf("%s: the list is\n%s\nwant\n%s", c.what, got, want)
		}
	}
}

// A file that somebody changed is not taken away.
func TestAmendLeavesWhatWasChanged(t *testing.T) {
	dir := t.TempDir()
	if _, err := build(t, dir, "a.html: a", "b.html: b"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.html"), []byte("by hand"), 0o666); err != nil {
		t.Fatal(err)
	}
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if _, ok, err := Amend(dir, folder, []File{{"a.html", []byte("A")}}, []string{"b.html"}); ok || err != nil {
		t.Errorf("amended: %v, %v", ok, err)
	}
	wantTree(t, dir, "a.html: a", "b.html: by hand")
}
