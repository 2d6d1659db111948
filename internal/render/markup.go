package render

import (
	"html/template"
	"strconv"
	"strings"
)

// A markup builds a piece of HTML. It is the only place of the program where
// template.HTML is made: all text and all attribute values pass through its
// escaping, and names of elements and attributes are literals of this package.
type markup struct {
	b    []byte
	room *room // that b lies in; nil for none
}

// newMarkup begins a piece of HTML in room that is used again.
func newMarkup() markup {
	r := rooms.Get().(*room)
	return markup{r.bytes[:0], r}
}

// html returns what has been built, for a template to include as it is, and ends it.
func (m *markup) html() template.HTML {
	h := template.HTML(m.b)
	if m.room != nil {
		m.room.bytes = m.b
		rooms.Put(m.room)
	}
	*m = markup{}
	return h
}

// text writes escaped text, the content of an element.
func (m *markup) text(s string) { m.b = appendEscaped(m.b, s, false) }

// appendEscaped appends text, or the value of an attribute, in which quotation marks
// end it. A parser would make a line feed of a carriage return, and HTML does not
// allow a NUL at all.
func appendEscaped(b []byte, s string, attribute bool) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		as := ""
		switch s[i] {
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '\r':
			as = "&#13;"
		case 0:
			as = "\uFFFD"
		case '"':
			if attribute {
				as = "&#34;"
			}
		case '\'':
			if attribute {
				as = "&#39;"
			}
		}
		if as != "" {
			b = append(append(b, s[from:i]...), as...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

// open writes a start tag with the given attributes, name and value in turn.
// An attribute with an empty value is left out.
func (m *markup) open(name string, attrs ...string) {
	b := append(append(m.b, '<'), name...)
	for i := 0; i+1 < len(attrs); i += 2 {
		key, value := attrs[i], attrs[i+1]
		if value == "" {
			continue
		}
		b = append(append(b, ' '), key...)
		b = append(b, '=', '"')
		b = append(appendEscaped(b, value, true), '"')
	}
	m.b = append(b, '>')
}

// close writes an end tag.
func (m *markup) close(name string) {
	m.raw("</")
	m.raw(name)
	m.raw(">")
}

// element writes an element that holds text alone.
func (m *markup) element(name, text string, attrs ...string) {
	m.open(name, attrs...)
	m.text(text)
	m.close(name)
}

// raw writes HTML that a trusted writer of HTML has made: the Markdown renderer,
// which is set to leave raw HTML out.
func (m *markup) raw(html string) { m.b = append(m.b, html...) }

// px formats a length of a picture with at most one decimal.
func px(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}
