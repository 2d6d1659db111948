package jsonout

import (
	"strings"
	"testing"
)

// Each byte that does not stand for itself is stopped at, wherever it is, and what
// does is passed in eights.
func TestVerbatim(t *testing.T) {
	const text = "Sixteen letters~ and a few more, so that there are eights"
	for at := range text {
		for c := range 256 {
			b := []byte(text)
			b[at] = byte(c)
			n := Verbatim(b)
			if n != Verbatim(string(b)) {
				t.Fatalf("%q: bytes and string differ", b)
			}
			plain := c >= ' ' && c < 0x80 && c != '"' && c != '\\'
			switch {
			case n > len(b), !plain && n > at:
				t.Fatalf("%q: %d bytes, with %#x at %d", b, n, c, at)
			case plain && n != len(b)/8*8, !plain && n != at/8*8:
				t.Fatalf("%q: %d bytes, with %#x at %d", b, n, c, at)
			}
		}
	}
	if n := Verbatim(strings.Repeat("x", 7)); n != 0 {
		t.Errorf("%d of seven bytes", n)
	}
}
