package site

import (
	"strings"

	"readout/internal/token"
	"readout/internal/verb"
)

// Two sentences of the same words may say the contrary by their smallest ones: "none of
// the crew is missing any more", "the line was owed four million". What one of them
// says no to is agreed on by nobody, nor what is done by somebody in the one and to
// him in the other.

// turned reports whether one of two sentences has a word of negation and the other has
// none, or they tell of the same subject and verb in the active and in the passive, or
// the same of the same subject with another verb.
func (c *comparison) turned(a, b sentenceRef) bool {
	return c.turnedWords(c.at(a).tokens, c.at(b).tokens)
}

func (c *comparison) turnedWords(x, y []token.Token) bool {
	return negated(x) != negated(y) || otherVoice(x, y) || c.otherVerb(x, y)
}

// negated reports whether a sentence has a word of negation (Huddleston and Pullum,
// The Cambridge Grammar of the English Language, chapter 9).
func negated(ts []token.Token) bool {
	for i := range ts {
		switch ts[i].Norm {
		case "no", "not", "none", "nobody", "nothing", "never", "neither", "nor", "cannot", "n't", "anymore":
			return true
		case "more":
			if i > 0 && ts[i-1].Norm == "any" {
				return true
			}
		default:
			if n := len(ts[i].Norm); n > 3 && (ts[i].Norm[n-3:] == "n't" || n > 5 && ts[i].Norm[n-5:] == "n’t") {
				return true
			}
		}
	}
	return false
}

// otherVoice reports whether a past of both sentences stands after the same word, in
// one of them with a form of "be" between them.
func otherVoice(x, y []token.Token) bool {
	for i := 1; i < len(x); i++ {
		if !tellsPast(&x[i]) {
			continue
		}
		subject, passive := subjectOf(x, i)
		if subject == "" {
			continue
		}
		for j := 1; j < len(y); j++ {
			if y[j].Norm != x[i].Norm {
				continue
			}
			if s, p := subjectOf(y, j); s == subject && p != passive {
				return true
			}
		}
	}
	return false
}

// tellsPast reports whether a word may be the past of a verb that is no auxiliary.
func tellsPast(t *token.Token) bool {
	f := verb.Of(t)
	return (f.Past() || strings.HasSuffix(t.Norm, "ed")) && !f.Auxiliary()
}

// otherVerb reports whether between the same words, one before and two after, either
// sentence has another past, and the two are not used for one another.
func (c *comparison) otherVerb(x, y []token.Token) bool {
	for i := 1; i+2 < len(x); i++ {
		if !tellsPast(&x[i]) {
			continue
		}
		for j := 1; j+2 < len(y); j++ {
			if x[i-1].Norm == y[j-1].Norm && x[i+1].Norm == y[j+1].Norm && x[i+2].Norm == y[j+2].Norm && x[i].Norm != y[j].Norm && tellsPast(&y[j]) {
				v, w := slot{norm: x[i].Norm, terms: c.termsOf(&x[i])}, slot{norm: y[j].Norm, terms: c.termsOf(&y[j])}
				return !v.same(&w)
			}
		}
	}
	return false
}

// subjectOf returns the word before the verb ts[i] and its auxiliaries, "" where it is
// no word, and whether a form of "be" stands between them.
func subjectOf(ts []token.Token, i int) (subject string, passive bool) {
	for i--; i >= 0 && verb.Of(&ts[i]).Auxiliary(); i-- {
		passive = passive || verb.Of(&ts[i]).Be()
	}
	if i < 0 || ts[i].Kind != token.Word {
		return "", false
	}
	return ts[i].Norm, passive
}
