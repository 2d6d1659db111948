package article

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/diag"
	"readout/internal/seed"
	"readout/internal/span"
)

// hidden warns of characters that nobody sees and that make a text read other
// than it is written: those that turn the order of what follows, and those that
// stand within a word, so that a name only looks like another. They stay, as all
// of the text does.
func hidden(f *seed.File, a *Article) diag.List {
	turned, within := findHidden(a.Text)
	more := 0
	if a.Meta.TitleSpan == (span.Span{}) {
		// A title that does not stand in the text.
		t, w := findHidden(a.Meta.Title)
		more = len(t) + len(w)
	}
	if len(turned)+len(within)+more == 0 {
		return nil
	}
	d := diag.Diagnostic{
		File: a.ID, ID: "seed-hidden", Severity: diag.Warning,
		Hint: "the text keeps them; see whether a name or a figure is what it looks like, and take out of the file what means nothing",
	}
	var what []string
	if n := len(turned); n > 0 {
		what = append(what, fmt.Sprintf("%s that %s the order of what follows (%s)", count(n, "a character", "characters"), verb(n, "turns", "turn"), codes(a.Text, turned)))
	}
	if n := len(within); n > 0 {
		what = append(what, fmt.Sprintf("%s within a word (%s)", count(n, "an invisible character", "invisible characters"), codes(a.Text, within)))
	}
	if len(what) == 0 {
		d.Message = "the title has invisible characters that make it read other than it is written"
		return diag.List{d}
	}
	d.Message = "the text has " + strings.Join(what, ", and ")
	d.Line, d.Column = place(f, a.Text, slices.Min(append(turned, within...)))
	return diag.List{d}
}

func count(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// findHidden returns where such characters stand.
func findHidden(text string) (turned, within []int) {
	open := 0  // embeddings and isolates
	first := 0 // where the first of those begins
	before := ' '
	for i, r := range text {
		if r < utf8.RuneSelf && r != '\n' {
			before = r
			continue
		}
		switch r {
		case '\u202D', '\u202E':
			turned = append(turned, i)
		case '\u202A', '\u202B', '\u2066', '\u2067', '\u2068':
			if open++; open == 1 {
				first = i
			}
		case '\u202C', '\u2069':
			open = max(open-1, 0)
		case '\n':
			// What is not closed reaches to the end of the paragraph.
			if open > 0 {
				turned = append(turned, first)
			}
			open = 0
		}
		if invisible(r) && european(before) {
			if next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text[i:], invisible)); european(next) {
				within = append(within, i)
			}
		}
		if !invisible(r) {
			before = r
		}
	}
	if open > 0 {
		turned = append(turned, first)
	}
	return turned, within
}

// invisible reports whether a character shows nothing. The soft hyphen, which may
// show, and what other scripts need between their letters are not meant where
// those letters stand.
func invisible(r rune) bool {
	switch {
	case '\u200B' <= r && r <= '\u200F', '\u2060' <= r && r <= '\u2064', '\u206A' <= r && r <= '\u206F', r == '\uFEFF', r == '\u180E', 0xE0000 <= r && r <= 0xE007F:
		return true
	}
	return false
}

// european reports whether r is a letter of a script that needs nothing invisible
// between its letters, or a digit.
func european(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// codes names the characters at those places, each once.
func codes(text string, at []int) string {
	var list []string
	for _, i := range at {
		r, _ := utf8.DecodeRuneInString(text[i:])
		if c := fmt.Sprintf("U+%04X", r); !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// place returns the line and column of a place of the article's text in its file,
// where that is a text and has the words around it as they are; else 0.
func place(f *seed.File, text string, at int) (line, column int) {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".txt", ".text":
		if f.Text == text {
			return diag.Position(text, at)
		}
	case ".md", ".markdown", ".html", ".htm", ".xhtml":
	default:
		return 0, 0
	}
	isSpace := func(r rune) bool { return unicode.IsSpace(r) }
	from := strings.LastIndexFunc(text[:at], isSpace) + 1
	to := len(text)
	if i := strings.IndexFunc(text[at:], isSpace); i >= 0 {
		to = at + i
	}
	if i := strings.Index(f.Text, text[from:to]); i >= 0 {
		return diag.Position(f.Text, i+at-from)
	}
	return 0, 0
}
