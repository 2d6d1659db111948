package dialect

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// looksLikeReference reports whether s, which begins with "&", would be read as
// a character reference.
func looksLikeReference(s string) bool {
	if len(s) > 1 && s[1] == '#' {
		return true
	}
	i := 1
	for i < len(s) && i < 40 && isAlnum(s[i]) {
		i++
	}
	return i > 1 && i < len(s) && s[i] == ';'
}

// decodeOne reads one character of Markdown text at the start of s: a backslash
// escape, a character reference or the character itself. It appends what is
// meant to b and returns the number of bytes read, at least one.
func decodeOne(b *strings.Builder, s string) int {
	switch s[0] {
	case '\\':
		if len(s) > 1 && isPunct(s[1]) {
			b.WriteByte(s[1])
			return 2
		}
		if len(s) > 1 && s[1] == '0' {
			b.WriteByte(0)
			return 2
		}
	case '&':
		if text, n := decodeReference(s); n > 0 {
			b.WriteString(text)
			return n
		}
	}
	b.WriteByte(s[0])
	return 1
}

// decodeReference reads the character reference at the start of s; n is 0 when
// there is none.
func decodeReference(s string) (text string, n int) {
	if len(s) < 3 {
		return "", 0
	}
	if s[1] != '#' {
		end := 1
		for end < len(s) && end < 40 && isAlnum(s[end]) {
			end++
		}
		if end == len(s) || s[end] != ';' {
			return "", 0
		}
		// The standard library knows the named references; one that it leaves
		// alone, or reads only in part, is not one.
		text = html.UnescapeString(s[:end+1])
		if strings.HasSuffix(text, ";") && s[1:end+1] != "semi;" {
			return "", 0
		}
		return text, end + 1
	}
	base, start := 10, 2
	if s[2] == 'x' || s[2] == 'X' {
		base, start = 16, 3
	}
	end := start
	for end < len(s) && end < start+8 && s[end] != ';' {
		end++
	}
	if end == start || end == len(s) || s[end] != ';' {
		return "", 0
	}
	v, err := strconv.ParseUint(s[start:end], base, 32)
	if err != nil {
		return "", 0
	}
	r := rune(v)
	if v == 0 || v > utf8.MaxRune || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return string(r), end + 1
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// blockStart returns the offset in line at which a backslash is needed so that
// the line does not begin a block (a list, a heading, a table, a quotation, a
// definition, a fence), or -1. Only the first line of s counts.
func blockStart(s string) int {
	if s == "" {
		return -1
	}
	next := byte('\n')
	if len(s) > 1 {
		next = s[1]
	}
	blank := next == ' ' || next == '\t' || next == '\n' || next == '\r'
	switch s[0] {
	case '>', '|':
		return 0
	case '#':
		if blank || next == '#' || next == '.' || next == ')' {
			return 0
		}
	case '-':
		if blank || next == '-' {
			return 0
		}
	case '+':
		if blank || next == '-' || next == '=' || next == '+' {
			return 0
		}
	case '=':
		if blank || next == '=' {
			return 0
		}
	case ':':
		if blank || next == ':' || next == '~' {
			return 0
		}
	}
	return listMarker(s)
}

// listMarker returns the offset of the full stop or bracket of an enumerator at
// the start of s ("12.", "a)", "(iv)"), or -1. Pandoc knows more kinds of them
// than CommonMark.
func listMarker(s string) int {
	i := 0
	bracketed := s[0] == '('
	if bracketed {
		i = 1
	}
	start := i
	const roman = "ivxlcdmIVXLCDM"
	switch {
	case i == len(s):
		return -1
	case s[i] == '#' || s[i] == '@':
		i++
		for i < len(s) && i < 80 && s[start] == '@' && isNameByte(s[i]) {
			i++
		}
	case isDigit(s[i]):
		for i < len(s) && i < start+40 && isDigit(s[i]) {
			i++
		}
	case strings.IndexByte(roman, s[i]) >= 0:
		for i < len(s) && i < start+20 && strings.IndexByte(roman, s[i]) >= 0 {
			i++
		}
	case isLetter(s[i]):
		i++
	default:
		return -1
	}
	if i >= len(s) || s[i] != '.' && s[i] != ')' {
		return -1
	}
	if s[i] == '.' && !bracketed && i == start+1 && 'A' <= s[start] && s[start] <= 'Z' &&
		i+2 < len(s) && s[i+1] == ' ' && s[i+2] > ' ' {
		return -1 // an initial: "M. Dupont"
	}
	if i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '\t' && s[i+1] != '\n' && s[i+1] != '\r' {
		return -1
	}
	return i
}
