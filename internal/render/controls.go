package render

import (
	"bytes"
	"unicode/utf8"
)

// legible returns page with the characters that HTML cannot hold written as
// ones that it can: a control character as its picture (U+2400 and on), what
// has none as U+FFFD. They stand in texts alone, where templates put them.
func legible(page []byte) []byte {
	if bytes.IndexFunc(page, forbidden) < 0 {
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

// forbidden reports whether HTML does not allow r in a page.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' ||
		0x7f <= r && r <= 0x9f || 0xfdd0 <= r && r <= 0xfdef || r&0xfffe == 0xfffe
}
