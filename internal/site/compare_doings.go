package site

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/doings.txt
var doingsFile string

// doings has for each word of what happens on a day of its own a bit, one for all words
// that may tell of the same: a strike is no talks.
var doings = sync.OnceValue(func() map[string]uint {
	m := map[string]uint{}
	bit := uint(1)
	for line := range wordlist.Rows(doingsFile) {
		for w := range strings.FieldsSeq(line) {
			m[w] = bit
		}
		bit <<= 1
	}
	return m
})

// headWithin is how many words of a sentence may have what it is about among them.
const headWithin = 4

// doingsIn returns what a sentence tells of as happening, and what it begins with: "the
// talks over the strike" are talks.
func doingsIn(ts []token.Token) (all, head uint) {
	for i := range ts {
		k := doings()[ts[i].Norm]
		if all |= k; head == 0 && i < headWithin {
			head = k
		}
	}
	return all, head
}

// otherDoings reports whether two sentences tell of different things that happen: their
// days are then those of two events.
func (c *comparison) otherDoings(a, b sentenceRef) bool {
	x, first := doingsIn(c.at(a).tokens)
	if x == 0 {
		return false
	}
	y, other := doingsIn(c.at(b).tokens)
	return y != 0 && (x&y == 0 || first != 0 && other != 0 && first != other)
}
