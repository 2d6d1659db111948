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

// Escapes of text, and of attributes, in which quotation marks end the value. A
// parser would make a line feed of a carriage return, and HTML does not allow a
// NUL at all.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;", "\x00", "\uFFFD")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;", "\x00", "\uFFFD", `"`, "&#34;", "'", "&#39;")
)

// text writes escaped text, the content of an element.
func (m *markup) text(s string) {
	textEscapes.WriteString(&m.b, s) // a strings.Builder does not fail
}

// open writes a start tag with the given attributes, name and value in turn.
// An attribute with an empty value is left out.
func (m *markup) open(name string, attrs ...string) {
	m.b.WriteByte('<')
	m.b.WriteString(name)
	for i := 0; i+1 < len(attrs); i += 2 {
		key, value := attrs[i], attrs[i+1]
		if value == "" {
			continue
		}
		m.b.WriteByte(' ')
		m.b.WriteString(key)
		m.b.WriteString(`="`)
		attrEscapes.WriteString(&m.b, value)
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
	m.text(text)
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
