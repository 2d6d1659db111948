package story

import (
	"unicode/utf8"

	"readout/internal/token"
)

// What makes a text one in another language than the background's: words in small letters,
// how many there must be, and the share of them that are of those of which every English
// sentence is made. Of English news they are a quarter, of other languages hardly any.
const (
	foreignMost    = 600 // of all, which are looked at
	foreignLeast   = 20
	foreignEnglish = 0.08
)

// A tongue is how a text is read whose words the background does not know.
type tongue struct {
	foreign bool
	nouns   bool // all nouns have a capital, as in German: a capital makes no name
}

// tongueOf tells the language of a text as far as weighing its words needs it.
func tongueOf(text []token.Token) tongue {
	small, english, capital := 0, 0, 0
	for i := range text[:min(len(text), foreignMost)] {
		t := &text[i]
		if t.Kind != token.Word || t.Is(token.NoCase) {
			continue
		}
		if t.Is(token.Initial) {
			capital++
			continue
		}
		small++
		switch t.Norm {
		case "the", "and", "of", "to", "that", "was", "for", "with", "said":
			english++
		}
	}
	if small < foreignLeast || float64(english) > foreignEnglish*float64(small) {
		return tongue{}
	}
	const nouns = 0.25 // of all words: the share of capitals where nouns have them
	return tongue{true, float64(capital) > nouns*float64(small+capital)}
}

// How likely an ordinary article of another language is to hold a word, by its length in
// letters: short ones are those of which sentences are made.
// Of a word with a capital small says that it makes no name.
func (g tongue) prior(t *token.Token, small bool) float64 {
	if !g.foreign || t.Kind != token.Word || t.Is(token.NoCase) || t.Is(token.Initial) && !small {
		return 0
	}
	switch n := utf8.RuneCountInString(t.Norm); {
	case n <= 3:
		return 0.5
	case n <= 5:
		return 0.2
	case n <= 8:
		return 0.05
	}
	return 0.02
}
