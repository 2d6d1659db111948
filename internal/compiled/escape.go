package compiled

import (
	"bytes"
	"encoding/json"
	"html/template"
	"strings"
	"unicode/utf8"
)

// What html/template's escapers do to plain text. Its own cannot be called from
// outside; a test holds these against them.

// A filter is an escaper that is not the last of its pipeline.
type filter func(string) string

// filters are the escapers by the names that html/template gives them.
var filters = map[string]filter{
	"_html_template_urlfilter":     urlFilter,
	"_html_template_urlnormalizer": func(s string) string { return url(s, true) },
	"_html_template_urlescaper":    func(s string) string { return url(s, false) },
}

// A writer is an escaper that is the last of its pipeline.
type writer func(w *bytes.Buffer, s string)

// writers are those by name.
var writers = map[string]writer{
	"_html_template_htmlescaper":   escape,
	"_html_template_rcdataescaper": escape,
	"_html_template_attrescaper":   escape,
	"_html_template_urlescaper":    func(w *bytes.Buffer, s string) { w.WriteString(url(s, false)) },
}

// escaped has the bytes for which something else stands.
var escaped = func() (t [256]bool) {
	for c, as := range escapes {
		t[c] = as != ""
	}
	return t
}()

// escapes are what stands for characters in text and in the values of attributes.
var escapes = [utf8.RuneSelf]string{
	0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;",
}

// escape writes text, in an element or in the value of an attribute.
func escape(w *bytes.Buffer, s string) {
	written := 0
	for i := range len(s) {
		c := s[i]
		if !escaped[c] {
			continue
		}
		w.WriteString(s[written:i])
		w.WriteString(escapes[c])
		written = i + 1
	}
	w.WriteString(s[written:])
}

// urlFilter lets relative addresses, those of the web and of mail pass.
func urlFilter(s string) string {
	if protocol, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(protocol, "/") {
		if !strings.EqualFold(protocol, "http") && !strings.EqualFold(protocol, "https") && !strings.EqualFold(protocol, "mailto") {
			return "#ZgotmplZ"
		}
	}
	return s
}

// The classes of bytes in an address.
const (
	urlEscaped uint8 = iota
	urlReserved
	urlPlain
)

var urlBytes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case strings.IndexByte("!#$&*+,/:;=?@[]", byte(c)) >= 0:
			t[c] = urlReserved
		case c < utf8.RuneSelf && strings.IndexByte("-._~", byte(c)) >= 0, '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z':
			t[c] = urlPlain
		}
	}
	return t
}()

// url escapes an address, or with norm set only what may not stand in one.
func url(s string, norm bool) string {
	i, least := 0, urlPlain
	if norm {
		least = urlReserved
	}
	for i < len(s) && (urlBytes[s[i]] >= least || urlStays(s, i, norm)) {
		i++
	}
	if i == len(s) {
		return s
	}
	const hex = "0123456789abcdef"
	b := append(make([]byte, 0, len(s)+16), s[:i]...)
	for ; i < len(s); i++ {
		if urlStays(s, i, norm) {
			b = append(b, s[i])
		} else {
			b = append(b, '%', hex[s[i]>>4], hex[s[i]&15])
		}
	}
	return string(b)
}

func urlStays(s string, i int, norm bool) bool {
	switch urlBytes[s[i]] {
	case urlPlain:
		return true
	case urlReserved:
		return norm
	}
	return norm && s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// data is a template that writes a value as the data of a script: html/template
// does that itself.
var data = template.Must(template.New("data").Parse(dataBefore + "{{.}}" + dataAfter))

const (
	dataBefore = `<script type="application/ld+json">`
	dataAfter  = `</script>`
)

// stands reports whether JSON, which is valid, is an object that html/template writes as
// it is: it would take out white space between the parts, and put something else for what
// could end the script or a line of it.
func stands(m json.RawMessage) bool {
	if len(m) == 0 || m[0] != '{' {
		return false
	}
	in := false // a string
	for i := 0; i < len(m); i++ {
		switch c := m[i]; {
		case c == '"':
			in = !in
		case c == '\\':
			i++
		case c == '<', c == '>', c == '&', c <= ' ' && !in, c == 0xe2 && lineEnd(m[i:]):
			return false
		}
	}
	return m[len(m)-1] == '}'
}

// lineEnd reports whether b begins with a character that ends a line of a script.
func lineEnd(b []byte) bool { return len(b) > 2 && b[1] == 0x80 && b[2]|1 == 0xa9 }

// writeData writes a value as the data of a script.
func writeData(w *bytes.Buffer, v any) {
	if m, ok := v.(json.RawMessage); ok && stands(m) {
		w.Write(m)
		return
	}
	var b bytes.Buffer
	if err := data.Execute(&b, v); err != nil {
		panic(irregular{})
	}
	w.Write(b.Bytes()[len(dataBefore) : b.Len()-len(dataAfter)])
}
