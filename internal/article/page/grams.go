package page

import (
	"strings"
	"unicode"
)

// Text is compared by its words: letters and digits alone, in lower case, each
// character of a script without spaces a word of its own.

// hash is FNV-1a: the same on every run, as all that decides output must be.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// wordsOf calls yield with the hash of each word of t.
func wordsOf(t string, yield func(uint64)) {
	start := -1
	end := func(i int) {
		if start >= 0 {
			yield(hash(strings.ToLower(t[start:i])))
			start = -1
		}
	}
	for i, r := range t {
		switch {
		case wide(r):
			end(i)
			yield(hash(string(r)))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if start < 0 {
				start = i
			}
		default:
			end(i)
		}
	}
	end(len(t))
}

func wide(r rune) bool {
	return r >= 0x2e80 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r)) || unicode.Is(unicode.Thai, r)
}

func countWords(t string) int {
	n := 0
	wordsOf(t, func(uint64) { n++ })
	return n
}

// gramSize is the length of the word sequences by which a block is found in an
// extractor's answer.
const gramSize = 3

// grams returns the hashes of the sequences of gramSize words of t; of a
// shorter text one for the whole.
func grams(t string) []uint64 {
	var words []uint64
	wordsOf(t, func(h uint64) { words = append(words, h) })
	if len(words) == 0 {
		return nil
	}
	if len(words) < gramSize {
		return []uint64{join(words)}
	}
	out := make([]uint64, 0, len(words)-gramSize+1)
	for i := 0; i+gramSize <= len(words); i++ {
		out = append(out, join(words[i:i+gramSize]))
	}
	return out
}

func join(words []uint64) uint64 {
	h := uint64(len(words))
	for _, w := range words {
		h = (h<<7 | h>>57) ^ w
		h *= 0x9e3779b97f4a7c15
	}
	return h
}

// A vote is the set of word sequences of one extractor's answer.
type vote map[uint64]bool

func (v vote) add(c []chunk) {
	for i := range c {
		for _, g := range grams(c[i].Text) {
			v[g] = true
		}
	}
}

// covers returns the share of c that the answer holds.
func (v vote) covers(c *chunk) float64 {
	if len(c.grams) == 0 {
		return 0
	}
	n := 0
	for _, g := range c.grams {
		if v[g] {
			n++
		}
	}
	return float64(n) / float64(len(c.grams))
}

// coverage returns what covers gives for each chunk.
func (v vote) coverage(chunks []chunk) []float64 {
	out := make([]float64, len(chunks))
	for i := range chunks {
		out[i] = v.covers(&chunks[i])
	}
	return out
}

// letters returns the letters and digits of t in lower case, by which a line is
// the same line.
func letters(t string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, t)
}
