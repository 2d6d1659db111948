package render

import (
	"bytes"
	"encoding/binary"
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
	const (
		each = 0x0101010101010101 // times a byte: that byte eight times
		high = 0x80 * each
	)
	for i := 0; i < len(page); {
		// Eight bytes from the space to the tilde at once: one that is less borrows the
		// highest bit, and what is more has it or gets it.
		if i+8 <= len(page) {
			if x := binary.LittleEndian.Uint64(page[i:]); (x|(x-' '*each)|(x+each))&high == 0 {
				i += 8
				continue
			}
		}
		for end := min(i+8, len(page)); i < end; i++ {
			if !suspect[page[i]] {
				continue
			}
			if r, _ := utf8.DecodeRune(page[i:]); forbidden(r) {
				return true
			}
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
