package site

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/wordlist"
)

//go:embed data/unsaid.txt
var unsaidFile string

// The kinds of words of data/unsaid.txt.
const (
	sayingWord = 1 << iota
	notWord
	butWord
)

var unsaidWords = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	kinds := map[string]int{"say": sayingWord, "not": notWord, "but": butWord}
	for row := range wordlist.Rows(unsaidFile) {
		kind, words, _ := strings.Cut(row, ":")
		for w := range strings.FieldsSeq(words) {
			m[w] |= kinds[kind]
		}
	}
	return m
})

// notReach is how many words before a verb of saying may say that it was not done:
// "would not, for now, confirm", "no one at the ministry said".
const notReach = 4

// unsaid reports whether the words before an offset of a block say that nobody said what
// stands there, so that it is no figure of the report: "did not say that 200 were hurt",
// "nobody said", "declined to confirm", "denied saying".
func (r *sideReport) unsaid(block, at int) bool {
	s := r.sentenceAt(block, at)
	if s < 0 || s >= len(r.sentences) {
		return false
	}
	is := unsaidWords()
	ts := r.leftOf(r.maker.sentences[s].span.Start, at)
	for i := len(ts) - 1; i > 0; i-- {
		switch w := ts[i].Norm; {
		case w == "," || w == ";" || w == ":" || is[w]&butWord != 0:
			return false
		case is[w]&sayingWord != 0:
			for k := i - 1; k >= max(0, i-notReach); k-- {
				switch n := ts[k].Norm; {
				case is[n]&butWord != 0 || n == ",":
					return false // "did not only say"
				case is[n]&notWord != 0 || n == "one" && k > 0 && ts[k-1].Norm == "no":
					return true
				}
			}
			return false
		}
	}
	return false
}
