package frontmatter

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Write returns v, a struct or a pointer to one, as front matter with its two
// fences: keys in the order of the fields, values that are empty left out where
// the tag says omitempty, strings in quotation marks only where YAML needs them.
// Fields are strings, whole numbers, booleans, lists of strings or structs.
func Write(v any) []byte {
	var b strings.Builder
	b.WriteString("---\n")
	writeStruct(&b, reflect.Indirect(reflect.ValueOf(v)), "")
	b.WriteString("---\n")
	return []byte(b.String())
}

func writeStruct(b *strings.Builder, v reflect.Value, indent string) {
	for i := range v.NumField() {
		key, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if key == "" || key == "-" {
			continue
		}
		field := v.Field(i)
		empty := field.IsZero() || field.Kind() == reflect.Slice && field.Len() == 0
		if empty && options == "omitempty" {
			continue
		}
		b.WriteString(indent + key + ":")
		switch field.Kind() {
		case reflect.Struct:
			b.WriteByte('\n')
			writeStruct(b, field, indent+"  ")
		case reflect.Slice:
			if field.Len() == 0 {
				b.WriteString(" []")
			}
			b.WriteByte('\n')
			for j := range field.Len() {
				b.WriteString(indent + "  - " + Quote(field.Index(j).String()) + "\n")
			}
		case reflect.String:
			b.WriteString(" " + Quote(field.String()) + "\n")
		case reflect.Bool:
			b.WriteString(" " + strconv.FormatBool(field.Bool()) + "\n")
		case reflect.Int:
			b.WriteString(" " + strconv.FormatInt(field.Int(), 10) + "\n")
		default:
			panic("frontmatter: cannot write " + field.Type().String())
		}
	}
}

// Quote returns s as a YAML scalar on one line: plain where that is unambiguous
// in YAML 1.1 and 1.2, else in double quotation marks. Bytes that are not UTF-8
// become U+FFFD.
func Quote(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == ' ' || isShown(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isShown reports whether an editor sees r and YAML allows it in a scalar.
func isShown(r rune) bool {
	return r != utf8.RuneError && (unicode.IsGraphic(r) && !unicode.Is(unicode.Zl, r) && !unicode.Is(unicode.Zp, r) ||
		r == '\u200c' || r == '\u200d' || r == '\u200e' || r == '\u200f')
}

var (
	isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	// words that some YAML reader takes for something else than text
	special = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$`)
)

func isPlain(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "" || special.MatchString(s):
		return false
	case isoDate.MatchString(s):
		return true
	case !unicode.IsLetter(first) && !unicode.IsDigit(first) && first != '/':
		return false
	case '0' <= first && first <= '9':
		// Letters and digits alone, and not a number in any notation.
		for i := range len(s) {
			if c := s[i]; !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z') {
				return false
			}
		}
		if strings.Trim(s, "0123456789eE") == "" {
			return false
		}
		return len(s) == 64 || !strings.ContainsAny(s[:min(2, len(s))], "xXoObB")
	}
	for i, r := range s {
		switch {
		case r == ':' && (i+1 == len(s) || s[i+1] == ' '), r == '#' && s[i-1] == ' ', r == ' ' && i+1 == len(s):
			return false
		case r != ' ' && !isShown(r), r != ' ' && unicode.IsSpace(r):
			return false
		}
	}
	return !strings.HasPrefix(s, "---") && len(s) < 1000
}
