package article_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/article"
	"readout/internal/seed"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// outline writes an article's metadata and its blocks, one a line.
func outline(a *article.Article) string {
	var b strings.Builder
	m := a.Meta
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	title := m.Title
	if m.TitleBasis == article.TitleDerived {
		title += " (derived)"
	}
	field("title", title)
	field("dek", m.Dek)
	field("byline", strings.Join(m.Byline, "; "))
	field("publisher", m.Publisher)
	field("url", m.URL)
	if m.Date.Value != "" {
		field("date", fmt.Sprintf("%s (%s)", m.Date.Value, m.Date.Basis))
	}
	field("language", m.Language)
	for _, k := range a.Blocks {
		role := string(k.Role)
		if k.Level > 0 {
			role += fmt.Sprint(" ", k.Level)
		}
		if k.Reason != "" {
			role += " (" + k.Reason + ")"
		}
		fmt.Fprintf(&b, "%s | %s\n", role, excerpt(k.Span.In(a.Text)))
	}
	return b.String()
}

// excerpt shows the ends of a long text, its line ends visible.
func excerpt(t string) string {
	t = strings.NewReplacer("\r", "\\r", "\n", "\\n", "\t", "\\t", "\x00", "\\0").Replace(t)
	r := []rune(t)
	if len(r) > 72 {
		return string(r[:44]) + " … " + string(r[len(r)-24:])
	}
	return t
}

// Each file of testdata/structure has a text in the section that is named like
// a seed, and what becomes of it in "want".
func TestStructure(t *testing.T) {
	files, err := filepath.Glob("testdata/structure/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var f *seed.File
			want := -1
			for i, s := range ar.Files {
				if s.Name == "want" {
					want = i
					continue
				}
				format, ok := seed.FormatOf(s.Name)
				switch {
				case ok:
					raw := s.Data
					if strings.Contains(string(ar.Comment), "CRLF") {
						raw = []byte(strings.ReplaceAll(string(raw), "\n", "\r\n"))
					}
					f, _ = seed.Decode("seeds/"+s.Name, format, raw)
				default:
					f.Sidecar, f.SidecarPath = s.Data, "seeds/"+s.Name
				}
			}
			a, diags := article.New(f)
			var got strings.Builder
			if a != nil {
				got.WriteString(outline(a))
			}
			for _, d := range diags {
				fmt.Fprintf(&got, "! %s\n", d.Error())
			}
			if *update {
				section := txtar.File{Name: "want", Data: []byte(got.String())}
				if want < 0 {
					ar.Files = append(ar.Files, section)
				} else {
					ar.Files[want] = section
				}
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("no section want; run with -update and read what it writes")
			}
			if w := string(ar.Files[want].Data); got.String() != w {
				t.Errorf("got\n%s\nwant\n%s", got.String(), w)
			}
		})
	}
}
