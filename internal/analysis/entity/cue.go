package entity

import (
	"iter"
	"sync"

	"readout/internal/token"
)

// A cue is a set of rules that a word sets off. Nearly all words set off none, so
// that a rule that looks for its words among the cues need not go over the text.
type cue uint32

// The cues, by what looks for them.
const (
	eventCue      cue = 1 << iota // events
	stormCue                      // a word for a storm
	stormsCue                     // its plural
	ailmentCue                    // diseases
	shipCue                       // a noun for ships
	shipPrefixCue                 // "HMS"
	outletCue                     // ends the names of outlets
	possessiveCue                 // "'s", "'"
	slashCue                      // "/"
	andCue                        // "&"
	openCue                       // "("
	letterCue                     // one letter
	formCue                       // begins a form of law, "GmbH"
	weatherCue                    // tells of the weather
	natureCue                     // "river", "volcano"
	nounCue                       // tells what the name after it is
	commaCue                      // ","
	workCue                       // "novel", "film"
	theCue                        // "the"
	kinCue                        // "brothers"
	aboardCue                     // "aboard"
	tailCue                       // ends the names of firms
	innerStopCue                  // "." with no space after it
	figureDashCue                 // a dash after a figure
	relativeCue                   // "daughter"
	addressCue                    // "Mr", "Cllr"
	elidedCue                     // "d'Ormesson", in small letters
)

var cueOf = token.NewMemo(func(w string) cue {
	c := listedCues()[w]
	if eventWord(w) {
		c |= eventCue
	}
	if outletKind(w) != noOutlet {
		c |= outletCue
	}
	if nature(w) {
		c |= natureCue
	}
	if elided(w) {
		c |= elidedCue
	}
	if len(w) == 1 && 'a' <= w[0] && w[0] <= 'z' {
		c |= letterCue
	}
	return c
})

// listedCues has the words and signs that a list alone makes cues, so that a word
// is looked up in one table.
var listedCues = sync.OnceValue(func() map[string]cue {
	cues := map[string]cue{",": commaCue, "the": theCue, "aboard": aboardCue, "'s": possessiveCue, "'": possessiveCue, "’": possessiveCue, "/": slashCue, "&": andCue, "(": openCue, ".": innerStopCue, "-": figureDashCue, "–": figureDashCue}
	n := namedWords()
	for _, of := range []struct {
		words map[string]bool
		cue   cue
	}{
		{storms, stormCue},
		{manyStorms, stormsCue},
		{ailments, ailmentCue},
		{thingWords()["noun"], shipCue},
		{thingWords()["prefix"], shipPrefixCue},
		{legalWords(), formCue},
		{weatherWords(), weatherCue},
		{n["media"], nounCue},
		{n["house"], nounCue},
		{n["group"], nounCue},
		{n["place"], nounCue},
		{n["waters"], nounCue},
		{n["friends"], nounCue},
		{n["tail"], tailCue},
		{n["kindred"], kinCue},
		{n["work"], workCue},
		{kin, relativeCue},
		{forms, addressCue},
	} {
		for w := range of.words {
			cues[w] |= of.cue
		}
	}
	return cues
})

// A cued is a token that sets off rules.
type cued struct {
	token int32
	cue   cue
}

// findCues notes the tokens that set off rules.
func (f *finder) findCues() {
	for i := range f.Tokens {
		c := *cueOf.Of(&f.Tokens[i])
		// Of the stops and dashes, which are many, few tell anything.
		if c&innerStopCue != 0 && !f.tight(i+1) || c&figureDashCue != 0 && (i == 0 || f.Tokens[i-1].Kind != token.Number) {
			c &^= innerStopCue | figureDashCue
		}
		if c != 0 {
			f.cues = append(f.cues, cued{int32(i), c})
		}
	}
}

// has reports whether a token has one of the cues.
func (f *finder) has(c cue) bool {
	for range f.cued(c) {
		return true
	}
	return false
}

// cued yields the tokens that have one of the cues, in order.
func (f *finder) cued(c cue) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, q := range f.cues {
			if q.cue&c != 0 && !yield(int(q.token)) {
				return
			}
		}
	}
}
