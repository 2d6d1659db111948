package story

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/background.txt
var backgroundFile string

//go:embed data/capitals.txt
var capitalsFile string

// capitals has the capital cities, which stand for governments.
var capitals = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for city := range wordlist.Rows(capitalsFile) {
		m[city] = true
	}
	return m
})

// typicalLength is the number of words of the article that a background
// probability speaks of.
const typicalLength = 400

// background has for each common word the probability that an ordinary English
// article holds it.
var background = sync.OnceValue(func() map[string]float64 {
	m := map[string]float64{}
	total := 0.0
	for line := range wordlist.Rows(backgroundFile) {
		word, count, ok := strings.Cut(line, "\t")
		if !ok {
			total, _ = strconv.ParseFloat(line, 64)
			continue
		}
		n, err := strconv.ParseFloat(count, 64)
		if err != nil || total == 0 {
			continue // the test of the data file reports it
		}
		m[stem(word)] = 1 - (1-m[stem(word)])*math.Exp(-typicalLength*n/total)
	}
	return m
})

// How likely an ordinary article is to hold a word that the background does not
// have, by what the lexicon says of it. Which country an article is about tells
// less than which village.
var (
	pCountry = 0.1
	pCapital = 0.05
	pBody    = 0.05 // well-known organizations, days and months
	pCity    = 0.01
	pGiven   = 0.005
	pWord    = 0.003 // an English word
	pRare    = 0.001 // anything else
)

// prior returns how likely an ordinary article is to hold a term, which stands
// there in the given form.
func prior(term, form string) float64 {
	if p := background()[term]; p > 0 {
		return p
	}
	if capitals()[form] {
		return pCapital
	}
	switch c := lexicon.Shared().Word(lexicon.Hash(form)); {
	case c&(lexicon.Country|lexicon.Demonym) != 0:
		return pCountry
	case c&(lexicon.Organization|lexicon.Day|lexicon.Month) != 0:
		return pBody
	case c&lexicon.City != 0:
		return pCity
	case c&lexicon.Given != 0:
		return pGiven
	case c&lexicon.Common != 0:
		return pWord
	}
	return pRare
}

// stem takes the commonest endings of English off a word in lower case, so that
// "talks" and "talk" are one term. It need not find the root: it only has to do
// the same to the same word.
func stem(w string) string {
	n := len(w)
	switch {
	case n > 5 && strings.HasSuffix(w, "sses"):
		return w[:n-2]
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 5 && strings.HasSuffix(w, "ing") && hasVowel(w[:n-3]):
		return undouble(w[:n-3])
	case n > 4 && strings.HasSuffix(w, "ed") && hasVowel(w[:n-2]):
		return undouble(w[:n-2])
	case n > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is"):
		w = w[:n-1]
	}
	if n := len(w); n > 4 && strings.HasSuffix(w, "e") {
		return w[:n-1]
	}
	return w
}

func hasVowel(w string) bool { return strings.ContainsAny(w, "aeiouy") }

// undouble makes "stopp" of "stopped" into "stop".
func undouble(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("lsz", rune(w[n-1])) {
		return w[:n-1]
	}
	if n > 4 && w[n-1] == 'e' {
		return w[:n-1]
	}
	return w
}

// Terms calls f with the terms of a word or number, each with how much it tells:
// the less likely an ordinary article is to hold it, the more. What tells next to
// nothing is left out.
func Terms(t token.Token, f func(term string, weight float64)) {
	termsOf(t, func(term, form string) {
		if w := -math.Log(prior(term, form)); w > 0.7 {
			f(term, w)
		}
	})
}
