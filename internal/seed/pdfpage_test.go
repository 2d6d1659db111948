package seed

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"readout/internal/limit"
)

// pdfWords writes what pdftotext would of pages whose lines are given as
// "x y size words"; each letter is half as wide as the line is high.
func pdfWords(pages ...string) string {
	var b strings.Builder
	for _, page := range pages {
		b.WriteString(`<page width="600.0" height="800.0">` + "\n")
		for line := range strings.Lines(page) {
			var x, y, size float64
			f := strings.SplitN(strings.TrimSpace(line), " ", 4)
			if len(f) < 4 {
				continue
			}
			fmt.Sscan(strings.Join(f[:3], " "), &x, &y, &size)
			fmt.Fprintf(&b, `<line xMin="%.1f" yMin="%.1f" xMax="%.1f" yMax="%.1f">`+"\n", x, y, x+size/2*float64(len([]rune(f[3]))), y+size)
			for w := range strings.FieldsSeq(f[3]) {
				end := x + size/2*float64(len([]rune(w)))
				fmt.Fprintf(&b, `<word xMin="%.1f" yMin="%.1f" xMax="%.1f" yMax="%.1f">%s</word>`+"\n", x, y, end, y+size, w)
				x = end + size/2
			}
			b.WriteString("</line>\n")
		}
		b.WriteString("</page>\n")
	}
	return b.String()
}

func TestPDFLayout(t *testing.T) {
	const mast = "50 20 10 Harbour News\n"
	for _, tt := range []struct{ name, want, in string }{
		{"a paragraph over two pages", "body: the council met on Monday to decide on the ferry and on what it costs | body: It met again.", pdfWords(
			mast+"50 100 10 the council met on Monday to\n50 112 10 decide on the ferry and on\n50 770 10 1\n",
			mast+"50 100 10 what it costs\n50 112 10 It met again.\n50 770 10 2\n")},
		{"divided words", "body: the greater harbour of the well-known town and its well-known council members met", pdfWords(
			"50 100 10 the greater har-\n50 112 10 bour of the well-\n50 124 10 known town and its\n50 136 10 well-known council\n50 148 10 members met\n")},
		{"an item and its mark", "item: The quay is rebuilt. | item: Parking stays free.", pdfWords("50 100 10 •\n50 115 10 •\n70 100 10 The quay is rebuilt.\n70 115 10 Parking stays free.\n")},
		{"a table", "body: Year | Passengers | body: 2012 | 81,000", pdfWords("50 100 10 Year\n50 115 10 2012\n200 100 10 Passengers\n200 115 10 81,000\n")},
		{"a title and a heading", "title: Ferry returns | body: The ferry returns in spring, the council said on Monday. | heading: What it costs | body: Four million crowns.", pdfWords(
			"50 100 20 Ferry returns\n50 140 10 The ferry returns in spring, the council said on Monday.\n50 170 12 What it costs\n50 190 10 Four million crowns.\n")},
		{"a note", "body: The route was given up. | body: It opens again. | body: 1 It dates from 1931.", pdfWords("50 100 10 The route was given up.\n50 700 8 1 It dates from 1931.\n", "50 100 10 It opens again.\n")},
	} {
		pages, _, _ := readPDFPages(strings.NewReader(tt.in), limit.Set{})
		var got []string
		for _, p := range layPDF(pages).parts {
			kind := map[PartKind]string{ListItem: "item"}[p.Kind]
			got = append(got, or(kind, string(p.Kind))+": "+p.Text)
		}
		if strings.Join(got, " | ") != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, strings.Join(got, " | "), tt.want)
		}
	}
}

func TestPDFTooMuch(t *testing.T) {
	line := "<line xMin=\"1\">\n<word >x</word>\n</line>\n"
	if _, _, too := readPDFPages(strings.NewReader("<page >\n"+strings.Repeat(line, 3001)), limit.Set{}); too == nil || !strings.Contains(too.Message, "more than 3,000 lines") {
		t.Error(too)
	}
	if _, _, too := readPDFPages(strings.NewReader("<page >\n<line >\n"+strings.Repeat("<word >x</word>\n", 1_000_001)), limit.Set{}); too == nil || !strings.Contains(too.Message, "more than 1,000,000 words") {
		t.Error(too)
	}
}

// No places of words take the reader down, and what it makes is text.
func FuzzPDFLayout(f *testing.F) {
	f.Add(pdfWords("50 100 10 the har-\n50 112 10 bour of\n50 770 10 1\n", "50 100 20 A title\n300 100 10 •\n50 770 10 2\n"))
	f.Add("<page height=\"NaN\">\n<line xMin=\"-1e300\" yMin=\"1e300\">\n<word xMin=\"x\">\xff&#0;\u00ad</word>\n</line>\n")
	f.Fuzz(func(t *testing.T, in string) {
		pages, _, _ := readPDFPages(strings.NewReader(in), limit.Set{})
		for _, p := range layPDF(pages).parts {
			if p.Text == "" || !utf8.ValidString(p.Text) {
				t.Errorf("%+v", p)
			}
		}
	})
}
