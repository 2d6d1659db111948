package frontmatter

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/limit"
)

// Most front matter is as Write writes it: keys of text, of groups and of lists of
// texts, a line each. That is read here, without the tree that YAML is read into.
// What is not surely so is left to the YAML library, which then decides alone.

// plain reads data into the struct v and reports whether it could. If not, v and d
// are as they were. TestPlain holds it to what the library reads.
func (d *decoder) plain(data []byte, v reflect.Value) bool {
	if v.Kind() != reflect.Struct || d.limits.Of(limit.MatterDepth) < 2 {
		return false
	}
	p := plainReader{rest: data}
	if !p.group(v, "") || int64(1+p.nodes) > d.limits.Of(limit.MatterValues) {
		return false
	}
	for _, x := range p.found {
		switch {
		case x.list:
			x.to.Set(reflect.ValueOf(x.texts))
		case x.key == "" || len(x.texts) > 0:
			x.to.SetString(x.texts[0])
		}
		if x.key == "" {
			continue
		}
		d.lines[x.key] = d.offset + x.line
		if x.list {
			for i := range x.texts {
				d.lines[x.key+"["+strconv.Itoa(i)+"]"] = d.offset + x.line + 1 + i
			}
		}
	}
	return true
}

// A plainReader reads lines of front matter.
type plainReader struct {
	rest  []byte
	line  int // of the last line that was taken, from 1
	found []plainValue
	nodes int // values, as decoder.value counts them
}

// A plainValue is what a key has: a text, a list of texts, or of a group nothing.
type plainValue struct {
	key   string // at the top level, else ""
	line  int
	to    reflect.Value
	texts []string
	list  bool
}

// peek returns the next line without its end; false at the end.
func (p *plainReader) peek() ([]byte, bool) {
	line, _, _ := bytes.Cut(p.rest, []byte("\n"))
	return line, len(p.rest) > 0
}

// take takes the line that peek returned.
func (p *plainReader) take(line []byte) {
	p.rest = p.rest[min(len(line)+1, len(p.rest)):]
	p.line++
}

// group reads the keys of a struct, each line of which begins with indent. The group
// ends before the first line that does not.
func (p *plainReader) group(v reflect.Value, indent string) bool {
	fields, _ := fieldsOf(v.Type())
	var seen [32]bool
	for n := 0; ; n++ {
		line, ok := p.peek()
		if !ok || !bytes.HasPrefix(line, []byte(indent)) {
			return n > 0 // else it is no group
		}
		key, value, ok := bytes.Cut(line[len(indent):], []byte(":"))
		if !ok {
			return false
		}
		field, ok := fields[string(key)]
		if !ok || field >= len(seen) || seen[field] {
			return false
		}
		seen[field] = true
		p.take(line)
		p.nodes++
		to := v.Field(field)
		x := plainValue{line: p.line, to: to}
		if indent == "" {
			x.key = string(key)
		}
		switch {
		case to.Kind() == reflect.String:
			text, ok := plainText(value)
			if !ok {
				return false
			}
			x.texts = []string{text}
			p.found = append(p.found, x)
		case len(value) > 0 || indent != "":
			return false
		case to.Kind() == reflect.Struct:
			p.found = append(p.found, x)
			if !p.group(to, "  ") {
				return false
			}
		case to.Type() == reflect.TypeFor[[]string]():
			x.list = true
			for {
				line, ok := p.peek()
				item, is := bytes.CutPrefix(line, []byte("  -"))
				if !ok || !is {
					break
				}
				text, ok := plainText(item)
				if !ok || text == "" {
					return false
				}
				p.take(line)
				p.nodes++
				x.texts = append(x.texts, text)
			}
			if len(x.texts) == 0 {
				return false
			}
			p.found = append(p.found, x)
		default:
			return false
		}
	}
}

// plainText returns the text that stands behind a key or the mark of an element,
// with one space before it: a word or words that YAML takes as they are, or a text in
// double quotation marks that has no escapes but those for a mark and a backslash.
func plainText(b []byte) (string, bool) {
	if len(b) < 2 || b[0] != ' ' {
		return "", false
	}
	b = b[1:]
	if b[0] == '"' {
		return quotedText(b[1:])
	}
	if c := b[0]; !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '/') || b[len(b)-1] == ' ' {
		return "", false
	}
	if len(b) == 4 && strings.EqualFold(string(b), "null") {
		return "", false
	}
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c == ':' && (i+1 == len(b) || b[i+1] == ' '), c == '#' && b[i-1] == ' ', c < ' ', c == 0x7f:
			return "", false
		case c < utf8.RuneSelf:
			i++
		default:
			n := shownRune(b[i:])
			if n == 0 {
				return "", false
			}
			i += n
		}
	}
	return string(b), true
}

// quotedText returns the text before the quotation mark that b ends with.
func quotedText(b []byte) (string, bool) {
	if len(b) == 0 || b[len(b)-1] != '"' {
		return "", false
	}
	b = b[:len(b)-1]
	escapes := 0
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '\\':
			if i+1 == len(b) || b[i+1] != '"' && b[i+1] != '\\' {
				return "", false
			}
			escapes++
			i += 2
		case c == '"' || c < ' ' || c == 0x7f:
			return "", false
		case c < utf8.RuneSelf:
			i++
		default:
			n := shownRune(b[i:])
			if n == 0 {
				return "", false
			}
			i += n
		}
	}
	if escapes == 0 {
		return string(b), true
	}
	out := make([]byte, 0, len(b)-escapes)
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' {
			i++
		}
		out = append(out, b[i])
	}
	return string(out), true
}

// shownRune returns the length of the character b begins with, 0 where it is none
// that one sees.
func shownRune(b []byte) int {
	r, n := utf8.DecodeRune(b)
	if r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsSpace(r) {
		return 0
	}
	return n
}
