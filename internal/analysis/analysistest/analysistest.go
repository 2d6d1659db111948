// Package analysistest helps to test analyzers: it makes articles of plain text,
// runs analyzers on them, compares what they find with golden files, and checks
// the promises every annotation keeps.
//
// A golden file is a txtar archive in testdata with the files "article.txt" and
// "want"; "date.txt" holds the publication date, where there is one. A line of
// article.txt is a block. Run the tests with -update to write what was found.
package analysistest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
)

var update = flag.Bool("update", false, "write the golden files")

// Article returns an article whose blocks are the lines of text that are not
// blank, as paragraphs, published on date ("" when unknown). Invalid UTF-8 is
// replaced, as reading a seed does.
func Article(text, date string) *article.Article {
	text = strings.ToValidUTF8(text, "\uFFFD")
	a := &article.Article{ID: "test", Text: text}
	if date != "" {
		a.Meta.Date = article.Date{Value: date, Basis: article.DateMetadata}
	}
	pos := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			start := pos + strings.Index(line, trimmed)
			a.Blocks = append(a.Blocks, article.Block{Span: span.New(start, start+len(trimmed)), Role: article.Paragraph})
		}
		pos += len(line)
	}
	return a
}

// Run runs the analyzers, which must be complete, on art.
func Run(tb testing.TB, art *article.Article, analyzers ...*analysis.Analyzer) *annotation.Set {
	tb.Helper()
	p, err := analysis.New(analyzers...)
	if err != nil {
		tb.Fatal(err)
	}
	return p.Run(art)
}

// Golden runs the analyzers on each golden file of testdata and compares what
// dump makes of the result with its "want". With no golden file it fails.
func Golden(t *testing.T, dump func(*annotation.Set) string, analyzers ...*analysis.Analyzer) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files in testdata (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var text, date, want string
			for _, f := range ar.Files {
				switch f.Name {
				case "article.txt":
					text = string(f.Data)
				case "date.txt":
					date = strings.TrimSpace(string(f.Data))
				case "want":
					want = string(f.Data)
				default:
					t.Fatalf("%s: unknown file %q", file, f.Name)
				}
			}
			art := Article(text, date)
			set := Run(t, art, analyzers...)
			Check(t, set)
			got := dump(set)
			if got == want {
				return
			}
			if !*update {
				t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
				return
			}
			files := ar.Files[:0]
			for _, f := range ar.Files {
				if f.Name != "want" {
					files = append(files, f)
				}
			}
			ar.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Check fails when a span of set is not on rune boundaries of the text, or when
// a kind of annotation that must be sorted is not.
func Check(tb testing.TB, set *annotation.Set) {
	tb.Helper()
	text := set.Article.Text
	valid := func(what string, s span.Span, empty bool) {
		tb.Helper()
		if !s.Valid(text) || s.Empty() && !empty {
			tb.Fatalf("%s %v is no valid span of %d bytes", what, s, len(text))
		}
	}
	var last span.Span
	sorted := func(what string, i int, s span.Span) {
		tb.Helper()
		valid(what, s, false)
		if i > 0 && last.Compare(s) > 0 {
			tb.Fatalf("%s %v follows %v", what, s, last)
		}
		last = s
	}
	for i, x := range set.Sentences {
		sorted("sentence", i, x.Span)
		if i > 0 && set.Sentences[i-1].Span.Overlaps(x.Span) {
			tb.Fatalf("sentences %v and %v overlap", set.Sentences[i-1].Span, x.Span)
		}
		if !set.Article.Blocks[x.Block].Span.Contains(x.Span) {
			tb.Fatalf("sentence %v leaves its block", x.Span)
		}
		if s := x.Span.In(text); strings.TrimSpace(s) != s {
			tb.Fatalf("sentence %q has white space at its ends", s)
		}
	}
	for i, x := range set.Mentions {
		sorted("mention", i, x.Span)
		valid("role", x.Role, true)
	}
	for i, x := range set.References {
		sorted("reference", i, x.Span)
	}
	for i, x := range set.Attributions {
		sorted("attribution", i, x.Content)
		for _, s := range []span.Span{x.Source, x.Cue, x.Access, x.Reason, x.Via} {
			valid("part of an attribution", s, true)
		}
		for _, s := range append(append([]span.Span{}, x.Parts...), x.Marked...) {
			valid("part of a quotation", s, false)
		}
	}
	for i, x := range set.Times {
		sorted("time", i, x.Span)
		if (x.Value == "") != (x.Unresolved != "") {
			tb.Fatalf("time %q has value %q and unresolved %q", x.Span.In(text), x.Value, x.Unresolved)
		}
	}
	for i, x := range set.Quantities {
		sorted("quantity", i, x.Span)
	}
	for i, x := range set.Terms {
		sorted("term", i, x.Short)
		valid("long form", x.Long, false)
	}
	for i, x := range set.Events {
		sorted("event", i, x.Span)
		if x.Time < -1 || x.Time >= len(set.Times) {
			tb.Fatalf("event %v is tied to time %d of %d", x.Span, x.Time, len(set.Times))
		}
	}
	for _, x := range set.KeyPoints {
		valid("key point", x.Span, false)
	}
}

// Line formats one finding for a golden file: span, facts, and the words.
func Line(text string, s span.Span, facts ...any) string {
	return fmt.Sprintf("%v %s %q\n", s, strings.TrimSpace(fmt.Sprintln(facts...)), s.In(text))
}
