package entity

import (
	"iter"

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
)

var cueOf = token.NewMemo(func(w string) (c cue) {
	if eventWord(w) {
		c |= eventCue
	}
	if storms[w] {
		c |= stormCue
	}
	if manyStorms[w] {
		c |= stormsCue
	}
	if ailments[w] {
		c |= ailmentCue
	}
	if vessels(w) {
		c |= shipCue
	}
	if shipPrefixes(w) {
		c |= shipPrefixCue
	}
	if outletKind(w) != noOutlet {
		c |= outletCue
	}
	if legalWords()[w] {
		c |= formCue
	}
	if nature(w) {
		c |= natureCue
	}
	if weatherWords()[w] {
		c |= weatherCue
	}
	n := namedWords()
	if n["media"][w] || n["house"][w] || n["group"][w] || n["place"][w] || n["waters"][w] || n["friends"][w] {
		c |= nounCue
	}
	if n["tail"][w] {
		c |= tailCue
	}
	if n["kindred"][w] {
		c |= kinCue
	}
	if n["work"][w] {
		c |= workCue
	}
	switch w {
	case ",":
		c |= commaCue
	case "the":
		c |= theCue
	case "aboard":
		c |= aboardCue
	case "'s", "'", "’":
		c |= possessiveCue
	case "/":
		c |= slashCue
	case "&":
		c |= andCue
	case "(":
		c |= openCue
	}
	if len(w) == 1 && 'a' <= w[0] && w[0] <= 'z' {
		c |= letterCue
	}
	return c
})

// A cued is a token that sets off rules.
type cued struct {
	token int32
	cue   cue
}

// findCues notes the tokens that set off rules.
func (f *finder) findCues() {
	for i := range f.Tokens {
		if c := *cueOf.Of(&f.Tokens[i]); c != 0 {
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
