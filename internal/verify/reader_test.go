package verify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/cputime"
	"readout/internal/dialect"
	"readout/internal/span"
)

// write has the program write the paragraphs, the words between ‹ and › marked.
func write(t testing.TB, roles []string, paragraphs ...string) string {
	t.Helper()
	var d dialect.Document
	for i, p := range paragraphs {
		start := len(d.Text)
		d.Text += p
		b := dialect.Block{Role: "paragraph", Span: span.New(start, len(d.Text))}
		if i < len(roles) && roles[i] != "" {
			b.Role = roles[i]
		}
		switch b.Role {
		case "heading":
			b.Level = 2
		case "list-item":
			b.Level = 1
		case "set-aside":
			b.Reason = `a "reason" with ] and }`
		}
		d.Blocks = append(d.Blocks, b)
		if words := strings.Fields(p); len(words) > 1 {
			at := strings.Index(p, words[1])
			d.Marks = append(d.Marks, dialect.Mark{
				Span: span.New(start+at, start+at+len(words[1])), Class: dialect.Person,
				Attrs: []dialect.Attr{{Key: "role", Value: p}},
			})
		}
		d.Text += "\n\n"
	}
	src, err := dialect.Write(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func texts(a *annotatedText) []string {
	var list []string
	for _, b := range a.blocks {
		list = append(list, b.text)
	}
	return list
}

func TestReadText(t *testing.T) {
	roles := []string{"headline", "", "heading", "set-aside", "set-aside", "list-item", "list-item", "quotation", "quotation", ""}
	paragraphs := []string{
		"A [bold] headline", "Plain text, with {braces} and \\ a backslash.", "### heading #", "Set aside one", "Set aside two",
		"an item", "- another - item", "> quoted", "said\nover two lines", "# 1. no list\n- no item\n&amp; no reference \x00 \t \u202e end ",
	}
	src := write(t, roles, paragraphs...)
	got := readText(src, 0, len(src))
	if len(got.flaws) > 0 {
		t.Errorf("flaws: %v in\n%s", got.flaws, src)
	}
	if !slices.Equal(texts(got), paragraphs) {
		t.Errorf("read  %q\nwant  %q\nfrom\n%s", texts(got), paragraphs, src)
	}
	var ids []string
	for _, b := range got.blocks {
		ids = append(ids, b.id)
		if len(b.at) != len(b.text)+1 {
			t.Errorf("%s: %d offsets for %d bytes", b.id, len(b.at), len(b.text))
		}
	}
	if want := []string{"headline", "p1", "h1", "a1", "a2", "p2", "p3", "p4", "p5", "p6"}; !slices.Equal(ids, want) {
		t.Errorf("ids %v, want %v", ids, want)
	}
}

func TestReadTextReportsFlaws(t *testing.T) {
	for src, want := range map[string]string{
		"a b]{.person} c":                 "does not begin",
		"a [b]{.persan} c":                "unknown kind",
		"a [b]{person} c":                 "has no value",
		"a [b]{.person role=} c":          "has no value",
		`a [b]{.person role="x} c`:        "no closing quotation mark",
		"a [b]{.person c":                 "cannot be read",
		"::: {.set-aside}\nx":             "not closed",
		"x\n\n:::":                        "was not opened",
		"[a]{.source #s} [b]{.source #s}": "given twice",
	} {
		got := readText(src, 0, len(src))
		if len(got.flaws) != 1 || !strings.Contains(got.flaws[0].what, want) {
			t.Errorf("%q: flaws %v, want one with %q", src, got.flaws, want)
		}
	}
}

// TestManySpans wants the spans of one long paragraph to cost in proportion to
// their number, and each to know those within it.
func TestManySpans(t *testing.T) {
	const span = `[said "[we [will]{.event-mention realis=scheduled at=t} go]{.quote} now"]{.source} `
	cost := func(n int) time.Duration {
		src := strings.Repeat(span, n)
		start := cputime.Used()
		got := readText(src, 0, len(src))
		used := cputime.Used() - start
		if len(got.spans) != 3*n {
			t.Fatalf("%d spans, want %d", len(got.spans), 3*n)
		}
		for i, sp := range got.spans {
			if want := []int{i - 2, i - 1}[2-i%3:]; !slices.Equal(sp.parts, want) {
				t.Fatalf("span %d of %d: parts %v, want %v", i, n, sp.parts, want)
			}
		}
		return used
	}
	few := max(cost(4_000), 10*time.Millisecond)
	if many := cost(32_000); many > 32*few {
		t.Errorf("eight times the spans cost %d times as much", many/few)
	}
}

// FuzzReadText wants this reader to find what the program's writer was given.
func FuzzReadText(f *testing.F) {
	f.Add("Plain [text] \\ {x}", "line\nline", uint8(0))
	f.Add("1. a\n- b\n> c\n# d", "&#32; &lt; &amp", uint8(3))
	f.Add("\x00\r\n\t \u200f\u0085", "*a* _b_ `c` ~~d~~ <e>", uint8(7))
	roles := []string{"", "headline", "heading", "list-item", "quotation", "set-aside", "caption", "dateline"}
	f.Fuzz(func(t *testing.T, a, b string, role uint8) {
		clean := func(s string) string {
			return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
		}
		a, b = clean(a), clean(b)
		if a == "" || b == "" || strings.Contains(a, "\n\n") || strings.Contains(b, "\n\n") {
			t.Skip()
		}
		src := write(t, []string{roles[int(role)%len(roles)], roles[int(role/8)%len(roles)]}, a, b)
		got := readText(src, 0, len(src))
		if !slices.Equal(texts(got), []string{a, b}) || len(got.flaws) > 0 {
			t.Errorf("read %q\nwant %q\nflaws %v\nfrom %q", texts(got), []string{a, b}, got.flaws, src)
		}
	})
}
