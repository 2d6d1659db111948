package cli

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"readout/internal/jsonout"
)

// scanLine reads a line as decodeLine does, in one walk over it and several times
// as fast. It reads what such a line commonly is: an object whose keys are
// written as they should be, each once, with strings for values. Of any other it
// returns false, and decodeLine tells what it holds or what is wrong with it.
func scanLine(data []byte) (in annotateInput, ok bool) {
	if !utf8.Valid(data) {
		return in, false
	}
	s := lineScanner{data: data}
	if !s.next('{') {
		return in, false
	}
	var seen [len(lineKeys)]bool
	for more := !s.next('}'); more; {
		key, ok := s.text()
		if !ok || !s.next(':') {
			return in, false
		}
		if k := slices.Index(lineKeys[:], key); k >= 0 {
			ok = !seen[k] && s.field(&in, key)
			seen[k] = true
		} else {
			// Of "ID" encoding/json thinks that "id" is meant.
			ok = !slices.ContainsFunc(lineKeys[:], func(k string) bool { return strings.EqualFold(k, key) }) && s.skip(0)
		}
		if !ok {
			return in, false
		}
		if more = s.next(','); !more && !s.next('}') {
			return in, false
		}
	}
	s.space()
	return in, s.at == len(data)
}

// lineKeys are the keys of an annotateInput.
var lineKeys = [...]string{"id", "text", "file", "dct", "title", "url"}

// field reads the value of a key of lineKeys.
func (s *lineScanner) field(in *annotateInput, key string) (ok bool) {
	switch key {
	case "id":
		s.space()
		from := s.at
		ok = s.skip(0)
		in.ID = bytes.Clone(s.data[from:s.at])
		return ok && string(in.ID) != "null"
	case "text":
		in.Text = new(string)
		*in.Text, ok = s.text()
	case "file":
		in.File, ok = s.text()
	case "dct":
		in.Date, ok = s.text()
	case "title":
		in.Title, ok = s.text()
	case "url":
		in.URL, ok = s.text()
	}
	return ok
}

// A lineScanner walks over JSON.
type lineScanner struct {
	data []byte
	at   int
}

// space skips white space.
func (s *lineScanner) space() {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return
		}
	}
}

// next skips white space and, where it comes next, the sign c.
func (s *lineScanner) next(c byte) bool {
	s.space()
	if s.at == len(s.data) || s.data[s.at] != c {
		return false
	}
	s.at++
	return true
}

// verbatim tells of each byte whether it stands for itself in a string.
var verbatim = func() (t [256]bool) {
	for c := ' '; c < 256; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// text reads a string.
func (s *lineScanner) text() (string, bool) {
	if !s.next('"') {
		return "", false
	}
	from := s.at
	if !s.closes() {
		return "", false
	}
	raw := lineScanner{data: s.data[from : s.at-1]}
	i := bytes.IndexByte(raw.data, '\\')
	if i < 0 {
		return string(raw.data), true
	}
	var b strings.Builder
	b.Grow(len(raw.data))
	for ; i >= 0; i = bytes.IndexByte(raw.data[raw.at:], '\\') {
		b.Write(raw.data[raw.at : raw.at+i])
		raw.at += i
		r, _ := raw.escape()
		b.WriteRune(r)
	}
	b.Write(raw.data[raw.at:])
	return b.String(), true
}

// closes skips the rest of a string with the mark that ends it.
func (s *lineScanner) closes() bool {
	for {
		i := s.at + jsonout.Verbatim(s.data[s.at:])
		for i < len(s.data) && verbatim[s.data[i]] {
			i++
			if s.data[i-1] == ' ' { // not at each byte: where a sign stands it is soon met again
				i += jsonout.Verbatim(s.data[i:])
			}
		}
		if s.at = i; i == len(s.data) {
			return false
		}
		if s.data[i] == '"' {
			s.at++
			return true
		}
		if _, ok := s.escape(); !ok {
			return false
		}
	}
}

// escape reads an escape, or the two of a surrogate pair.
func (s *lineScanner) escape() (rune, bool) {
	if s.at+1 >= len(s.data) || s.data[s.at] != '\\' {
		return 0, false
	}
	c := s.data[s.at+1]
	if c != 'u' {
		s.at += 2
		i := strings.IndexByte(`"\/bfnrt`, c)
		if i < 0 {
			return 0, false
		}
		return rune("\"\\/\b\f\n\r\t"[i]), true
	}
	r, ok := s.unit()
	if ok && utf16.IsSurrogate(r) {
		second, _ := s.unit()
		r = utf16.DecodeRune(r, second)
		ok = r != utf8.RuneError
	}
	return r, ok
}

// unit reads an escape of four hexadecimal digits.
func (s *lineScanner) unit() (r rune, ok bool) {
	if s.at+6 > len(s.data) || s.data[s.at] != '\\' || s.data[s.at+1] != 'u' {
		return 0, false
	}
	for _, c := range s.data[s.at+2 : s.at+6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	s.at += 6
	return r, true
}

// deepest is how many arrays and objects may lie in one another.
const deepest = 100

// skip skips a value at that depth.
func (s *lineScanner) skip(depth int) bool {
	s.space()
	if s.at == len(s.data) || depth > deepest {
		return false
	}
	switch c := s.data[s.at]; c {
	case '"':
		s.at++
		return s.closes()
	case '[', '{':
		s.at++
		end := c + 2 // "]" and "}"
		for more := !s.next(end); more; {
			if c == '{' && !(s.next('"') && s.closes() && s.next(':')) {
				return false
			}
			if !s.skip(depth + 1) {
				return false
			}
			if more = s.next(','); !more && !s.next(end) {
				return false
			}
		}
		return true
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	}
	return s.number()
}

// word skips one of the three words of JSON.
func (s *lineScanner) word(w string) bool {
	if !bytes.HasPrefix(s.data[s.at:], []byte(w)) {
		return false
	}
	s.at += len(w)
	return true
}

// number skips a number.
func (s *lineScanner) number() bool {
	s.sign("-")
	if !s.sign("0") && !s.digits() {
		return false
	}
	if s.sign(".") && !s.digits() {
		return false
	}
	if s.sign("eE") {
		s.sign("+-")
		return s.digits()
	}
	return true
}

// sign skips one of the given bytes.
func (s *lineScanner) sign(of string) bool {
	if s.at == len(s.data) || strings.IndexByte(of, s.data[s.at]) < 0 {
		return false
	}
	s.at++
	return true
}

// digits skips digits, of which there must be one.
func (s *lineScanner) digits() bool {
	from := s.at
	for s.at < len(s.data) && '0' <= s.data[s.at] && s.data[s.at] <= '9' {
		s.at++
	}
	return s.at > from
}
