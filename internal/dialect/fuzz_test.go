package dialect

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"readout/internal/cputime"
	"readout/internal/span"
)

// FuzzWrite writes any text in any role, with a mark at any place, and reads it
// back.
func FuzzWrite(f *testing.F) {
	for i, s := range fragments {
		f.Add(s, uint8(i), uint16(0), uint16(1))
	}
	f.Add("a\r\n\r\nb  \n\n\tc", uint8(3), uint16(2), uint16(5))
	f.Fuzz(func(t *testing.T, s string, role uint8, from, to uint16) {
		s = strings.ToValidUTF8(s, "\ufffd")
		if s == "" {
			return
		}
		d := Document{Text: s, Blocks: []Block{{Role: testRoles[int(role)%len(testRoles)], Span: span.New(0, len(s))}}}
		switch d.Blocks[0].Role {
		case "heading":
			d.Blocks[0].Level = int(role) % 7
		case "list-item":
			d.Blocks[0].Level = 1 + int(role)%3
		}
		if m := span.New(int(from)%len(s), int(to)%(len(s)+1)); m.Valid(s) && !m.Empty() {
			d.Marks = []Mark{{Span: m, Class: Person, Attrs: []Attr{{"role", s}}}}
			if attributesLen(string(d.Marks[0].Class), d.Marks[0].ID, d.Marks[0].Attrs) > maxAttrLen {
				if _, err := Write(d); err == nil {
					t.Fatal("attributes were written that cannot be read")
				}
				d.Marks[0].Attrs = nil
			}
		}
		got, src := mustRead(t, d)
		compare(t, d, got, src)
	})
}

// FuzzRead reads anything. What is read without a fault is written and read
// again the same, and every place reported lies in the source.
func FuzzRead(f *testing.F) {
	rng := rand.New(rand.NewPCG(9, 9))
	for range 30 {
		src, err := Write(randomDocument(rng))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add("- a\n\n  b\n1. x\n> > y\n\n    code\n\n```\nx\n")
	f.Add("::: dek :::\nx\n::::\n### h {.x #y level=9}\n[a]{.person}{b}")
	f.Fuzz(func(t *testing.T, s string) {
		d, diags := Read([]byte(s), 1)
		lines := 1 + strings.Count(s, "\n")
		for _, x := range diags {
			if x.Line < 1 || x.Line > lines || x.Column < 1 || x.ID == "" || x.Message == "" {
				t.Fatalf("diagnostic %+v of %q", x, s)
			}
		}
		if !utf8.ValidString(s) && len(diags) == 0 {
			t.Fatalf("no fault in %q", s)
		}
		open := []span.Span{}
		for i, m := range d.Marks {
			if !m.Span.Valid(d.Text) || i > 0 && m.Span.Start < d.Marks[i-1].Span.Start {
				t.Fatalf("mark %+v of %q", m, s)
			}
			for len(open) > 0 && open[len(open)-1].End <= m.Span.Start {
				open = open[:len(open)-1]
			}
			if len(open) > 0 && !open[len(open)-1].Contains(m.Span) {
				t.Fatalf("mark %+v crosses %v in %q", m, open, s)
			}
			open = append(open, m.Span)
		}
		if len(diags) > 0 || len(d.Blocks) == 0 {
			return
		}
		again, src := mustRead(t, d)
		compare(t, d, again, src)
	})
}

// TestGoldmark checks that goldmark as it comes, with the extension added, sees
// spans and text in what is written, and nothing else.
func TestGoldmark(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(Extension))
	rng := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		d := randomDocument(rng)
		src, err := Write(d)
		if err != nil {
			t.Fatal(err)
		}
		spans := 0
		ast.Walk(md.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n.Kind() {
			case ast.KindDocument, ast.KindParagraph, ast.KindTextBlock, ast.KindHeading, ast.KindList, ast.KindListItem, ast.KindBlockquote, KindDiv:
			case ast.KindText:
				if n.(*ast.Text).HardLineBreak() {
					t.Fatalf("goldmark sees a hard line break in\n%s\n%q", src, src)
				}
			case KindSpan:
				spans++
			default:
				t.Fatalf("goldmark sees %s in\n%s\n%q", n.Kind(), src, src)
			}
			return ast.WalkContinue, nil
		})
		if spans != len(d.Marks) {
			t.Fatalf("goldmark sees %d spans of %d in\n%s\n%q", spans, len(d.Marks), src, src)
		}
	}
}

// TestReadLinear reads inputs that are slow for Markdown readers. Twice the size
// may take twice the time, with room for a busy machine, but not four times.
func TestReadLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	for name, piece := range map[string]string{
		"opening brackets": "[", "closing brackets": "]", "braces": "]{.x", "quoted braces": `[a]{.b c="`,
		"backticks": "`", "backticks apart": "` ``", "quotations": ">", "list marks": "- ", "stars": "*_ ", "spans": "[a]{.person} ",
		"references": "&#", "backslashes": "\\", "pipes": "|\n", "divs": "::: {.dek}\n", "lines": "a\n", "paragraphs": "a\n\n",
		"headings": "### {a\n", "heading braces": "### {{{{{{{{", "nested spans": "[a", "deep": "[[[[x]{.person}", "enumerators": "1. ", "mixed marks": "> 1) - ", "definition": "[a]: b\n", "rules": "- - -\n", "tabs": "\t",
	} {
		measure := func(n int) time.Duration {
			src := []byte(strings.Repeat(piece, n/len(piece)))
			start := cputime.Used()
			Read(src, 1)
			return cputime.Used() - start
		}
		// What is quadratic is so every time; a busy machine is not.
		var small, large time.Duration
		for range 5 {
			small, large = measure(1<<15), measure(1<<17)
			if large < 200*time.Millisecond || large < 10*small {
				break
			}
		}
		if large >= 200*time.Millisecond && large >= 10*small {
			t.Errorf("%s: %v for 32 kB, %v for 128 kB", name, small, large)
		}
	}
}
