package bundle_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/bundle"
)

// FuzzArchive wants what was put into a zip back out of it by the standard
// library, byte for byte, below its folder and nowhere else, and the same bytes
// in whatever order the files came.
func FuzzArchive(f *testing.F) {
	f.Add("index.html", []byte("<p>x</p>"), "briefings/a.html", []byte{})
	f.Add("../x", []byte("x"), "a\\b", []byte("y"))
	f.Add("CON", []byte("x"), "c\u0327.txt", bytes.Repeat([]byte("ab"), 5000))
	f.Add("SHA256SUMS", []byte("x"), "A.html", []byte("y"))
	f.Fuzz(func(t *testing.T, name1 string, data1 []byte, name2 string, data2 []byte) {
		pack := func(first, second string) (files map[string][]byte, packed []byte) {
			a, err := bundle.NewArchive("desk")
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			files = map[string][]byte{}
			data := map[string][]byte{name2: data2, name1: data1}
			for _, n := range []string{first, second} {
				if a.Add(n, data[n]) == nil {
					files[n] = data[n]
				}
			}
			var b bytes.Buffer
			if n, err := a.WriteTo(&b); err != nil || n != int64(b.Len()) {
				t.Fatalf("%d of %d bytes, %v", n, b.Len(), err)
			}
			return files, b.Bytes()
		}
		files, packed := pack(name1, name2)
		if others, again := pack(name2, name1); len(others) == 2 && !bytes.Equal(packed, again) {
			t.Errorf("%q and %q: another order gave other bytes", name1, name2)
		}
		z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range z.File {
			name, ok := strings.CutPrefix(e.Name, "desk/")
			if !ok || !filepath.IsLocal(e.Name) || strings.ContainsAny(e.Name, "\\:") {
				t.Errorf("%q would be unpacked elsewhere", e.Name)
			}
			r, err := e.Open()
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil {
				t.Errorf("%q: %v", e.Name, err)
			}
			if want, ok := files[name]; ok && !bytes.Equal(got, want) {
				t.Errorf("%q came out as other bytes", name)
			} else if !ok && name != bundle.ManifestName {
				t.Errorf("%q was not put in", name)
			}
		}
		if len(z.File) != len(files)+1 {
			t.Errorf("%d files, want %d", len(z.File), len(files)+1)
		}
	})
}
