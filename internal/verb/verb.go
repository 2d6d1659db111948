// Package verb knows the forms of English verbs that tell of time and fact:
// auxiliaries, modals, and the pasts of irregular verbs. It is a leaf beside
// package lexicon, for the analyzers of times, events and key points.
//
// Its functions take words in lower case, as token.Token.Norm gives them.
package verb

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/past.txt
var pastData string

var irregular = sync.OnceValue(func() *lexicon.Words[bool] {
	m := &lexicon.Words[bool]{}
	for word := range wordlist.Rows(pastData) {
		m.Put(word, true)
	}
	return m
})

// Irregular reports whether w is the simple past of an irregular verb, or of an
// auxiliary.
func Irregular(w string) bool { return irregular().Get(w) }

//go:embed data/notpast.txt
var notPastData string

// notPast end in "ed" but are no pasts.
var notPast = sync.OnceValue(func() map[string]bool { return wordlist.Set(notPastData) })

// Regular reports whether w is spelt as the past of a regular verb.
func Regular(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ed") && !notPast()[w]
}

// Past reports whether w may be a past.
func Past(w string) bool { return Regular(w) || Irregular(w) }

// Be reports whether w is a form of "be".
func Be(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't", "weren't", "'s", "'re", "'m":
		return true
	}
	return false
}

// Have reports whether w is a form of "have".
func Have(w string) bool {
	switch w {
	case "has", "have", "had", "having", "hasn't", "haven't", "hadn't", "'ve", "'d":
		return true
	}
	return false
}

// Modal reports whether w is a modal verb.
func Modal(w string) bool {
	switch w {
	case "will", "would", "can", "could", "may", "might", "must", "shall", "should", "won't", "wouldn't", "can't", "cannot", "couldn't", "shouldn't", "mustn't":
		return true
	}
	return strings.HasSuffix(w, "'ll")
}

// Auxiliary reports whether w is an auxiliary or modal verb.
func Auxiliary(w string) bool {
	switch w {
	case "do", "does", "did", "don't", "doesn't", "didn't":
		return true
	}
	return Be(w) && w != "'s" || Have(w) && w != "'d" || Modal(w)
}

// is reports whether w is in the lexicon as a verb first of all.
func is(w string) bool {
	return lexicon.Shared().Word(lexicon.Hash(w))&lexicon.Verb != 0
}

// Base reports whether w is the base form of a verb.
func Base(w string) bool { return is(w) }

// Third reports whether w is the third person singular of a verb, such as
// "says", that is not rather a plural noun.
func Third(w string) bool {
	switch w {
	case "says", "is", "has", "does":
		return true
	}
	if len(w) < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") {
		return false
	}
	return is(w[:len(w)-1]) || strings.HasSuffix(w, "es") && is(w[:len(w)-2]) || strings.HasSuffix(w, "ies") && is(w[:len(w)-3]+"y")
}

// Forms is a set of what a word may be. Its methods tell of tokens what the
// functions of the same names tell of words, by one look-up.
type Forms uint8

const (
	formAuxiliary Forms = 1 << iota
	formModal
	formBe
	formHave
	formRegular
	formIrregular
	formThird
	formBase
)

// Of returns what t may be.
func Of(t *token.Token) Forms { return *forms.Of(t) }

var forms = token.NewMemo(func(w string) (f Forms) {
	for _, x := range [...]struct {
		bit Forms
		is  func(string) bool
	}{
		{formAuxiliary, Auxiliary},
		{formModal, Modal},
		{formBe, Be},
		{formHave, Have},
		{formRegular, Regular},
		{formIrregular, Irregular},
		{formThird, Third},
		{formBase, Base},
	} {
		if x.is(w) {
			f |= x.bit
		}
	}
	return f
})

// Auxiliary reports whether the word is an auxiliary or modal verb.
func (f Forms) Auxiliary() bool { return f&formAuxiliary != 0 }

// Modal reports whether the word is a modal verb.
func (f Forms) Modal() bool { return f&formModal != 0 }

// Be reports whether the word is a form of "be".
func (f Forms) Be() bool { return f&formBe != 0 }

// Have reports whether the word is a form of "have".
func (f Forms) Have() bool { return f&formHave != 0 }

// Regular reports whether the word is spelt as the past of a regular verb.
func (f Forms) Regular() bool { return f&formRegular != 0 }

// Irregular reports whether the word is the simple past of an irregular verb.
func (f Forms) Irregular() bool { return f&formIrregular != 0 }

// Past reports whether the word may be a past.
func (f Forms) Past() bool { return f&(formRegular|formIrregular) != 0 }

// Third reports whether the word is the third person singular of a verb.
func (f Forms) Third() bool { return f&formThird != 0 }

// Base reports whether the word is the base form of a verb.
func (f Forms) Base() bool { return f&formBase != 0 }

// Finite reports whether the word is likely a finite verb.
func (f Forms) Finite() bool { return f&(formAuxiliary|formRegular|formIrregular|formThird) != 0 }

// Finite reports whether w, in lower case in the text, is likely a finite verb.
func Finite(w string) bool { return Auxiliary(w) || Past(w) || Third(w) }
