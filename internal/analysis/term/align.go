package term

import (
	"math"
	"strings"
	"unicode/utf8"

	"readout/internal/token"
)

// The weights of an alignment, set by hand on texts written for the tests. A
// long form needs worth(short) to be taken.
const (
	atStart   = 2.0  // a letter at the start of a word
	inAcronym = 2.0  // a letter of a word all in capitals ("UN Convention…")
	inPrefix  = 0.6  // a letter right after one that matched ("Me" of Ministry … "MeitY")
	inside    = -0.2 // a letter inside a word whose start matched
	loose     = -1.0 // a letter inside a word whose start did not match
	skipName  = -1.6 // a capitalised word that gives no letter
	skipWord  = -1.2 // another word that gives no letter
	skipSmall = -0.1 // a word such as "of" that gives no letter
	perWord   = 0.05 // between equals, the longer form
)

// worth returns the score a long form of short must reach.
func worth(n int) float64 { return math.Max(1.9, 1.05*float64(n)) }

// A match is a long form and how well it accounts for the short one.
type match struct {
	from  int
	score float64
}

// align finds the best long form of short among the words that end before token
// to. With from >= 0 it must begin there.
func (f *finder) align(from, to int, short string) (match, bool) {
	letters := []rune(strings.ToLower(short))
	n := len(letters)
	low := from
	if low < 0 {
		low = f.wordsBefore(to, min(n+5, 2*n)+3)
	}
	m := to - low
	if m <= 0 || m > 2*maxWords || n == 0 {
		return match{}, false
	}
	// best[j][i] is the best score of letters[i:] in the tokens low+j to to.
	inf := math.Inf(-1)
	best := make([]float64, (m+1)*(n+1))
	for k := range best {
		best[k] = inf
	}
	best[m*(n+1)+n] = 0
	result := match{from: -1, score: inf}
	for j := m - 1; j >= 0; j-- {
		k := low + j
		t := f.toks[k]
		row, next := best[j*(n+1):], best[(j+1)*(n+1):]
		skip := f.skip(k)
		for i := 0; i <= n; i++ {
			row[i] = next[i] + skip
		}
		if t.Kind != token.Word && t.Kind != token.Number && t.Norm != "&" {
			continue
		}
		word := t.Norm
		all := t.Is(token.AllUpper) && t.Span.Len() > 1
		for i := 0; i < n; i++ {
			started, score := f.consume(word, all, letters[i:], next[i:], i > 0)
			if score > row[i] {
				row[i] = score
			}
			if i == 0 && started > inf && started > result.score+1e-9 && f.mayBegin(k) {
				result = match{from: k, score: started}
			}
		}
	}
	if result.from < 0 || result.score < worth(n) {
		return match{}, false
	}
	if from >= 0 && result.from != from {
		return match{}, false
	}
	if to-result.from == 1 {
		// One word alone: "television (TV)", but not "Pakistan (PAK)".
		w := f.norm(result.from)
		if len(w) < 2*n+2 || strings.HasPrefix(w, strings.ToLower(short)) || f.toks[result.from].Is(token.Initial) {
			return match{}, false
		}
	}
	return result, true
}

// consume returns the best scores of matching one or more of letters in word
// and the rest after it: started when the first letter is the word's first, any
// also when it is inside (which inner allows).
func (f *finder) consume(word string, all bool, letters []rune, next []float64, inner bool) (started, any float64) {
	started, any = math.Inf(-1), math.Inf(-1)
	first, size := utf8.DecodeRuneInString(word)
	if first == letters[0] || first == '&' && letters[0] == '&' {
		score, pos, adjacent := atStart+perWord, size, true
		started = score + next[1]
		for k := 1; k < len(letters); k++ {
			rest := strings.IndexRune(word[pos:], letters[k])
			if rest < 0 {
				break
			}
			adjacent = adjacent && rest == 0
			switch {
			case all:
				score += inAcronym
			case adjacent:
				score += inPrefix
			default:
				score += inside
			}
			pos += rest + utf8.RuneLen(letters[k])
			started = math.Max(started, score+next[k+1])
		}
		any = started
	}
	if inner && len(word) > size {
		if rest := strings.IndexRune(word[size:], letters[0]); rest >= 0 {
			any = math.Max(any, loose+next[1])
		}
	}
	return started, any
}

// skip returns what it costs to leave token k without a letter.
func (f *finder) skip(k int) float64 {
	t := f.toks[k]
	switch {
	case t.Kind == token.Punct || t.Kind == token.Symbol:
		switch t.Norm {
		case "-", "–", ".", "/", "'", "’", "&":
			return 0
		case ",":
			return skipSmall
		}
		return math.Inf(-1) // a long form goes across no bracket, dash or mark
	case connectors[t.Norm] || t.Norm == "'s":
		return skipSmall
	case t.Is(token.Initial):
		return skipName
	}
	return skipWord
}

// mayBegin reports whether a long form may begin at token k.
func (f *finder) mayBegin(k int) bool {
	w := f.norm(k)
	if connectors[w] || w == "'s" {
		return false
	}
	// The middle of a hyphened word is no beginning.
	return k == f.s0 || f.toks[k].Space || f.norm(k-1) != "-" && f.norm(k-1) != "–" && f.norm(k-1) != "/"
}

// wordsBefore returns the token that stands n words before token to, within the
// sentence.
func (f *finder) wordsBefore(to, n int) int {
	k := to
	for k > f.s0 && to-k < 2*maxWords-1 {
		t := f.toks[k-1]
		if math.IsInf(f.skip(k-1), -1) {
			return k
		}
		if t.Kind == token.Word && !connectors[t.Norm] {
			if n == 0 {
				return k
			}
			n--
		}
		k--
	}
	return k
}
