package article_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/article"
	"readout/internal/limit"
	"readout/internal/seed"
)

// TestFormats reads files that programs of their kind made: seed/testdata has a
// list of which made which.
func TestFormats(t *testing.T) {
	dir := "../seed/testdata/formats"
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		t.Run(e.Name(), func(t *testing.T) {
			if strings.HasSuffix(e.Name(), ".want") {
				return
			}
			if _, err := exec.LookPath("pdftotext"); err != nil && filepath.Ext(e.Name()) == ".pdf" {
				if os.Getenv("CI") == "true" {
					t.Fatal("pdftotext is not installed (Debian: poppler-utils)")
				}
				t.Skip("NOT CHECKED: pdftotext is not installed (Debian: poppler-utils)")
			}
			format, ok := seed.FormatOf(e.Name())
			if !ok {
				t.Fatal("no format")
			}
			f, diags := seed.Load(os.DirFS(dir), seed.Entry{Path: e.Name(), Format: format}, limit.Set{})
			if f == nil {
				t.Fatal(diags)
			}
			a, more := article.New(f)
			if a == nil {
				t.Fatal(more)
			}
			check(t, a)
			got := outline(a)
			for _, d := range append(diags, more...) {
				got += fmt.Sprintf("! %s\n", d.Error())
			}
			name := filepath.Join(dir, e.Name()+".want")
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(name)
			if err != nil || got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
