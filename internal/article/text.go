package article

import (
	"strings"

	"readout/internal/diag"
	"readout/internal/seed"
	"readout/internal/span"
)

// FromText makes an Article of plain text. Article.Text is text byte for byte,
// save that bytes that are not UTF-8 become U+FFFD each. What meta knows is
// kept; what it leaves open is taken from the text where the text says it.
func FromText(id, text string, meta Meta) *Article {
	text = strings.ToValidUTF8(text, "\uFFFD")
	a := &Article{ID: id, Text: text, Meta: meta}
	start := 0
	for start < len(text) {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		if s := trim(text, span.New(start, end)); !s.Empty() {
			a.Blocks = append(a.Blocks, Block{Span: s, Role: Paragraph})
		}
		start = end + 1
	}
	return a
}

// New makes an Article of a decoded seed. It returns nil where a Diagnostic of
// severity Error says why the seed has no article.
func New(f *seed.File) (*Article, diag.List) {
	a := FromText(f.Path, f.Text, Meta{})
	a.SHA256 = f.SHA256
	return a, nil
}

// trim returns s without the white space at its ends.
func trim(text string, s span.Span) span.Span {
	t := strings.TrimSpace(s.In(text))
	if t == "" {
		return span.New(s.Start, s.Start)
	}
	start := s.Start + strings.Index(s.In(text), t)
	return span.New(start, start+len(t))
}
