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
	b strings.Builder
}

// html returns what has been built, for a template to include as it is.
func (m *markup) html() template.HTML { return template.HTML(m.b.String()) }

// text writes escaped text.
func (m *markup) text(s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		case '\'':
			e = "&#39;"
		case '\r': // a parser would make a line feed of it
			e = "&#13;"
		case 0: // not allowed in HTML at all
			e = "\uFFFD"
		default:
			continue
		}
		m.b.WriteString(s[last:i])
		m.b.WriteString(e)
		last = i + 1
	}
	m.b.WriteString(s[last:])
}

// prose writes escaped text for the content of an element, where quotation
// marks need no escape.
func (m *markup) prose(s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '\r':
			e = "&#13;"
		case 0:
			e = "\uFFFD"
		default:
			continue
		}
		m.b.WriteString(s[last:i])
		m.b.WriteString(e)
		last = i + 1
	}
	m.b.WriteString(s[last:])
}

// open writes a start tag with the given attributes, name and value in turn.
// An attribute with an empty value is left out, except one whose name ends
// with "!", which is written without the "!".
func (m *markup) open(name string, attrs ...string) {
	m.b.WriteByte('<')
	m.b.WriteString(name)
	for i := 0; i+1 < len(attrs); i += 2 {
		key, value := attrs[i], attrs[i+1]
		if must, ok := strings.CutSuffix(key, "!"); ok {
			key = must
		} else if value == "" {
			continue
		}
		m.b.WriteByte(' ')
		m.b.WriteString(key)
		m.b.WriteString(`="`)
		m.text(value)
		m.b.WriteByte('"')
	}
	m.b.WriteByte('>')
}

// close writes an end tag.
func (m *markup) close(name string) {
	m.b.WriteString("</")
	m.b.WriteString(name)
	m.b.WriteByte('>')
}

// element writes an element that holds text alone.
func (m *markup) element(name, text string, attrs ...string) {
	m.open(name, attrs...)
	m.prose(text)
	m.close(name)
}

// raw writes HTML that a trusted writer of HTML has made: the Markdown renderer,
// which is set to leave raw HTML out.
func (m *markup) raw(html string) { m.b.WriteString(html) }

// px formats a length of a picture with at most one decimal.
func px(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}
