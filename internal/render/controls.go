package render

import (
	"bytes"
	"unicode/utf8"
)

// legible returns page with the characters that HTML cannot hold written as
// ones that it can: a control character as its picture (U+2400 and on), what
// has none as U+FFFD. They stand in texts alone, where templates put them.
func legible(page []byte) []byte {
	if !bytesForbidden(page) {
		return page
	}
	return bytes.Map(func(r rune) rune {
		switch {
		case !forbidden(r):
			return r
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		}
		return utf8.RuneError
	}, page)
}

// bytesForbidden reports whether a page holds such characters.
func bytesForbidden(page []byte) bool {
	for i, c := range page {
		if !suspect[c] {
			continue
		}
		if r, _ := utf8.DecodeRune(page[i:]); forbidden(r) {
			return true
		}
	}
	return false
}

// suspect has the bytes with which characters begin of which some are forbidden.
var suspect = func() (t [256]bool) {
	for r := range rune(0xa0) {
		if forbidden(r) {
			t[string(r)[0]] = true
		}
	}
	for c := 0xef; c <= 0xf4; c++ {
		t[c] = true
	}
	return t
}()

// forbidden reports whether HTML does not allow r in a page.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' ||
		0x7f <= r && r <= 0x9f || 0xfdd0 <= r && r <= 0xfdef || r&0xfffe == 0xfffe
}
