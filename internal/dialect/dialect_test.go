package dialect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"readout/internal/span"
)

// mustRead writes d and reads it back without a diagnostic.
func mustRead(t *testing.T, d Document) (Document, string) {
	t.Helper()
	src, err := Write(d)
	if err != nil {
		t.Fatalf("write: %v\n%q", err, d.Text)
	}
	got, diags := Read(src, 1)
	for _, x := range diags {
		t.Fatalf("read: %d:%d %s: %s\ntext %q\nsource:\n%s\n%q", x.Line, x.Column, x.ID, x.Message, d.Text, src, src)
	}
	return got, string(src)
}

// compare fails when got is not what want becomes by writing and reading.
func compare(t *testing.T, want, got Document, src string) {
	t.Helper()
	if len(got.Blocks) != len(want.Blocks) {
		t.Fatalf("%d blocks, want %d\ntext %q\nsource %q", len(got.Blocks), len(want.Blocks), want.Text, src)
	}
	for i, b := range want.Blocks {
		g := got.Blocks[i]
		if gt, wt := g.Span.In(got.Text), b.Span.In(want.Text); gt != wt {
			t.Fatalf("block %d: %q\nwant     %q\nsource %q", i, gt, wt, src)
		}
		if g.Role != b.Role || g.Level != b.Level || g.Reason != b.Reason {
			t.Fatalf("block %d: %+v, want %+v\nsource %q", i, g, b, src)
		}
	}
	if len(got.Marks) != len(want.Marks) {
		t.Fatalf("%d marks, want %d\nsource %q", len(got.Marks), len(want.Marks), src)
	}
	block := 0
	for i, m := range want.Marks {
		for !want.Blocks[block].Span.Contains(m.Span) {
			block++
		}
		shift := got.Blocks[block].Span.Start - want.Blocks[block].Span.Start
		g := got.Marks[i]
		if g.Span != span.New(m.Span.Start+shift, m.Span.End+shift) || g.Class != m.Class || g.ID != m.ID || !slices.Equal(g.Attrs, m.Attrs) {
			t.Fatalf("mark %d: %+v, want %+v (shift %d)\nsource %q", i, g, m, shift, src)
		}
	}
}

// fragments are what Markdown readers trip over.
var fragments = []string{
	"a", "b", "word", "Kabul", " ", " ", " ", "  ", "\n", "\n", "\r\n", "\r", "\t", "\x00", "\x01", "\x7f", "\u0085",
	"[", "]", "{", "}", "(", ")", "<", ">", "\\", "`", "``", "*", "**", "_", "__", "#", "##", "### ", "~", "~~", "^",
	"|", "|---|", "---", "- ", "-", "--", "+", "+ ", "=", "===", ":", ": ", ":::", "::: {.dek}", "$", "$$", "$5", "@", "@cite", "a@b.c",
	"!", "![", "](", "]{", "]{.person}", "&", "&amp;", "&#32;", "&copy", "&nbsp;", "\"", "'", "’", "“", ".", "...", ",", ";", "%",
	"1. ", "1)", "(1) ", "a. ", "A. ", "i. ", "iv) ", "#. ", "(@) ", "(@x) ", "12.", "2024. ", "\u200f", "\u200b", "\u202e", "\u2028", "\u2029", "\ufeff", "\u00a0", "\u3000", "\ue000", "\U000fffff",
	strings.Repeat("-", 40), strings.Repeat("+ ", 30), strings.Repeat(">", 30), strings.Repeat(" ", 200), strings.Repeat("#", 70), strings.Repeat("`", 20), strings.Repeat("_", 9),
	"é", "日本", "🔰", "👨‍👩‍👧", "\u0301", ":smile:", "<div>", "</div>", "<!--", "-->", "<b>", "<http://x.y>", "https://x.y/a_b", "[^1]", "[^1]: ", "[a]: b",
	"> ", ">", "    ", "\\begin{x}", "\\0", "0", "9", "{.x}", "{#id}", "[x]", "[ ] ", "***", "* ", "Table: ", "---\ntitle: x\n---", "Mr. ", "\u00ad",
}

var testRoles = []string{"headline", "dek", "byline", "dateline", "heading", "paragraph", "paragraph", "paragraph", "list-item", "list-item", "quotation", "caption", "set-aside", "set-aside"}

// randomDocument makes a document of fragments with properly nested marks.
func randomDocument(rng *rand.Rand) Document {
	var d Document
	var b strings.Builder
	for n := 1 + rng.IntN(5); n > 0; n-- {
		if b.Len() > 0 {
			b.WriteString([]string{"\n", "\n\n", " ", ""}[rng.IntN(4)])
		}
		start := b.Len()
		for k := 1 + rng.IntN(12); k > 0; k-- {
			b.WriteString(fragments[rng.IntN(len(fragments))])
		}
		block := Block{Role: testRoles[rng.IntN(len(testRoles))], Span: span.New(start, b.Len())}
		switch block.Role {
		case "heading":
			block.Level = 1 + rng.IntN(6)
		case "list-item":
			block.Level = 1 + rng.IntN(3)
		case "set-aside":
			block.Reason = []string{"", "disclaimer", "a \"b\" \\ ]{.x} & &amp; $ $x$ ` < \x00\n\u2028é"}[rng.IntN(3)]
		}
		d.Blocks = append(d.Blocks, block)
	}
	d.Text = b.String()
	id := 0
	for _, block := range d.Blocks {
		var offsets []int
		for i := range block.Span.In(d.Text) {
			offsets = append(offsets, block.Span.Start+i)
		}
		offsets = append(offsets, block.Span.End)
		var add func(from, to, depth int)
		add = func(from, to, depth int) {
			for depth < 4 && from < to && rng.IntN(3) > 0 {
				start := from + rng.IntN(to-from)
				end := start + 1 + rng.IntN(to-start)
				classes := Classes()
				m := Mark{Span: span.New(offsets[start], offsets[end]), Class: classes[rng.IntN(len(classes))]}
				if rng.IntN(3) == 0 {
					id++
					m.ID = fmt.Sprintf("s%d", id)
				}
				for _, key := range m.Class.Attributes() {
					if vocabulary[m.Class][key] == nil && rng.IntN(3) == 0 && key != "by" && key != "at" && key != "continues" {
						value := ""
						for k := rng.IntN(4); k > 0; k-- {
							value += fragments[rng.IntN(len(fragments))]
						}
						m.Attrs = append(m.Attrs, Attr{key, value})
					}
				}
				d.Marks = append(d.Marks, m)
				add(start, end, depth+1)
				from = end
			}
		}
		add(0, len(offsets)-1, 0)
	}
	return d
}

func TestRoundTripRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		d := randomDocument(rng)
		got, src := mustRead(t, d)
		compare(t, d, got, src)
		again, err := Write(got)
		if err != nil {
			t.Fatal(err)
		}
		if string(again) != src {
			t.Fatalf("written again:\n%q\nfirst:\n%q", again, src)
		}
	}
}

// TestProse pins that ordinary prose looks like ordinary prose.
func TestProse(t *testing.T) {
	for _, s := range []string{
		`"Both sides emphasised the importance of addressing each other's concerns," he said.`,
		`The cost rose from $20,000 to $30,000 -- a 5% rise -- on Monday...`,
		`Relations (strained since 2021) are "at a low"; see https://example.com/a_b?c=d#e.`,
		`AT&T and R&D cost A-level pupils 1,000 euros/day + tax = a lot.`,
		`M. Macron met J. Smith. Profits > losses: 5 | 6.`,
		`Write to press@example.org, or call.`,
		`#hashtag -5 degrees`,
	} {
		d := Document{Text: s, Blocks: []Block{{Role: "paragraph", Span: span.New(0, len(s))}}}
		_, src := mustRead(t, d)
		if src != s+"\n" {
			t.Errorf("wrote %q\nof    %q", src, s)
		}
	}
}
