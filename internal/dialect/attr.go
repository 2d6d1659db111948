package dialect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An AttributeList is what stands between the braces of a span, a div or a
// heading.
type AttributeList struct {
	Classes []string
	ID      string // without "#"
	Attrs   []Attr // in the order written, each key once
}

// An attributeError says what is wrong in an attribute list, and where.
type attributeError struct {
	offset  int // bytes from the opening brace
	message string
	hint    string
}

// attributeLists are what the lists of a text consist of, in one piece.
type attributeLists struct {
	classes []string
	attrs   []Attr
}

// parseAttributes reads the attribute list at the start of s, which begins with
// "{". It returns the number of bytes read.
func parseAttributes(s string) (AttributeList, int, *attributeError) {
	return new(attributeLists).parse(s)
}

// parse is parseAttributes for one of many lists.
func (l *attributeLists) parse(s string) (AttributeList, int, *attributeError) {
	list, n, err := parseList(AttributeList{Classes: rest(l.classes), Attrs: rest(l.attrs)}, s)
	if err == nil {
		l.classes, list.Classes = taken(l.classes, list.Classes)
		l.attrs, list.Attrs = taken(l.attrs, list.Attrs)
	}
	return list, n, err
}

// rest is an empty list in the room behind all.
func rest[T any](all []T) []T { return all[len(all):] }

// taken returns all with list, which began as its rest, and the list with no room
// behind it; nil where it is empty.
func taken[T any](all, list []T) (with, alone []T) {
	n := len(all) + len(list)
	if len(list) == 0 || n > cap(all) { // it lies elsewhere
		return all, slices.Clip(list)
	}
	return all[:n], slices.Clip(list)
}

// parseList is parseAttributes, which appends to the empty lists of list.
func parseList(list AttributeList, s string) (AttributeList, int, *attributeError) {
	fail := func(at int, hint, format string, args ...any) (AttributeList, int, *attributeError) {
		return list, 0, &attributeError{at, fmt.Sprintf(format, args...), hint}
	}
	limit := min(len(s), maxAttrLen)
	i := 1
	for {
		for i < limit && (s[i] == ' ' || s[i] == '\t') {
			i++
		}
		if i >= limit || s[i] == '\n' || s[i] == '\r' {
			if i >= maxAttrLen {
				return fail(0, "shorten it", "attribute list is longer than %d bytes", maxAttrLen)
			}
			return fail(0, `close it with "}" on the same line`, "attribute list is not closed")
		}
		if len(list.Attrs)+len(list.Classes) > maxAttrs {
			return fail(0, "remove some", "more than %d attributes", maxAttrs)
		}
		start := i
		switch c := s[i]; {
		case c == '}':
			// What is read can be written again, where control characters take six bytes.
			if attributesLen(strings.Join(list.Classes, " ."), list.ID, list.Attrs) > maxAttrLen {
				return fail(0, "shorten it", "attribute list is longer than %d bytes as readout writes it", maxAttrLen)
			}
			if len(list.Classes) == 0 {
				list.Classes = nil
			}
			if len(list.Attrs) == 0 {
				list.Attrs = nil
			}
			return list, i + 1, nil
		case c == '.' || c == '#':
			i++
			for i < limit && isNameByte(s[i]) {
				i++
			}
			name := s[start+1 : i]
			if name == "" {
				return fail(start, "", "%q without a name", string(c))
			}
			if c == '.' {
				list.Classes = append(list.Classes, name)
				break
			}
			if !isLetter(name[0]) {
				return fail(start, "begin it with a letter", "id %q does not begin with a letter", name)
			}
			if list.ID != "" {
				return fail(start, "keep one", "second id %q", name)
			}
			list.ID = name
		case isLetter(c):
			for i < limit && isNameByte(s[i]) {
				i++
			}
			key := s[start:i]
			if i >= limit || s[i] != '=' {
				return fail(start, `write .name for a class, name="value" for an attribute`, "attribute %q has no value", key)
			}
			i++
			value, n, msg := parseValue(s[i:limit])
			if msg != "" {
				return fail(i, "", "%s", msg)
			}
			i += n
			for _, a := range list.Attrs {
				if a.Key == key {
					return fail(start, "keep one", "attribute %q is given twice", key)
				}
			}
			list.Attrs = append(list.Attrs, Attr{key, value})
		default:
			r, _ := utf8.DecodeRuneInString(s[i:])
			return fail(start, `write .class, #id or name="value"`, "unexpected %q in attribute list", r)
		}
		if i < limit && s[i] != ' ' && s[i] != '\t' && s[i] != '}' && s[i] != '\n' && s[i] != '\r' {
			return fail(i, "separate attributes with a space", "unexpected %q in attribute list", s[i])
		}
	}
}

func parseValue(s string) (value string, n int, problem string) {
	if s == "" {
		return "", 0, "attribute has no value"
	}
	if s[0] != '"' && s[0] != '\'' {
		for n < len(s) && !strings.ContainsRune(" \t\r\n}", rune(s[n])) {
			if strings.IndexByte("\"'\\&<>=`{", s[n]) >= 0 {
				return "", 0, fmt.Sprintf("%q in a value without quotation marks", s[n])
			}
			n++
		}
		return s[:n], n, ""
	}
	var b strings.Builder
	quote := s[0]
	for n = 1; n < len(s) && s[n] != '\n'; {
		if s[n] == quote {
			return b.String(), n + 1, ""
		}
		n += decodeOne(&b, s[n:])
	}
	return "", 0, "value has no closing quotation mark"
}

// formatAttributes writes an attribute list, braces included.
func formatAttributes(b *strings.Builder, class, id string, attrs []Attr) {
	b.WriteByte('{')
	sep := ""
	if class != "" {
		b.WriteByte('.')
		b.WriteString(class)
		sep = " "
	}
	if id != "" {
		b.WriteString(sep)
		b.WriteByte('#')
		b.WriteString(id)
		sep = " "
	}
	for _, a := range attrs {
		b.WriteString(sep)
		sep = " "
		b.WriteString(a.Key)
		b.WriteByte('=')
		formatValue(b, a.Value)
	}
	b.WriteByte('}')
}

func formatValue(b *strings.Builder, value string) {
	if isBareValue(value) {
		b.WriteString(value)
		return
	}
	b.WriteByte('"')
	for i, r := range value {
		switch {
		case r == 0:
			b.WriteString(`\0`)
		case r == '`' || r == '<' || isHidden(r), i == 0 && unicode.IsSpace(r):
			// Pandoc wants something visible after the quotation mark.
			writeReference(b, r)
		case strings.ContainsRune(`\"$[]{}`, r), r == '&' && looksLikeReference(value[i:]):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

func isBareValue(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlnum(c) && c != '-' && c != '_' && c != '.' && c != ':' && c != '+' {
			return false
		}
	}
	return s != ""
}

func isLetter(c byte) bool   { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool    { return '0' <= c && c <= '9' }
func isAlnum(c byte) bool    { return isLetter(c) || isDigit(c) }
func isNameByte(c byte) bool { return isAlnum(c) || c == '-' || c == '_' || c == ':' || c == '.' }

// isHidden reports whether r is written as a numeric reference wherever it
// stands, because an editor could not see it, because it would change the order
// or the lines of what an editor sees, or because a Markdown reader would take
// it for something else.
func isHidden(r rune) bool {
	return r < 0x20 || 0x7f <= r && r <= 0x9f || r == 0xfeff ||
		r == 0x2028 || r == 0x2029 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069
}

func writeReference(b *strings.Builder, r rune) {
	b.WriteString("&#")
	b.WriteString(strconv.Itoa(int(r)))
	b.WriteByte(';')
}
