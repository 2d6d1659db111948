// Package token cuts a text into words, numbers and signs in one pass. Every
// analyzer reads the same tokens; none scans the text for itself.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/span"
)

// Kind is what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // letters, with inner apostrophes, or letters with inner stops ("U.S.")
	Number             // digits, with inner commas and stops ("1,250.5")
	Punct              // one punctuation rune, or a run of one sign such as "..." and "--"
	Symbol             // one other rune: "$", "%", "°", an emoji
)

// Shape has the features of a word's spelling that analyzers ask for.
type Shape uint8

// The bits of a Shape.
const (
	Initial  Shape = 1 << iota // the first letter is upper or title case
	AllUpper                   // every letter is upper case
	AllLower                   // every letter is lower case
	HasDigit                   // a word with digits in it ("G20") or a number
	Dotted                     // letters with stops between: "U.S.", "e.g."
	NoCase                     // letters of a script without case
)

// A Token is one unit of the text. Hyphens are tokens of their own: the parts
// of "Azm-e-Istehkam" are five tokens without space between. The possessive
// "'s" (or "’s", or a bare apostrophe after s) is a Word token of its own.
type Token struct {
	Span  span.Span
	Kind  Kind
	Shape Shape
	// Space reports whether white space (or the start of the text) precedes.
	Space bool
	// Newlines counts the line ends in that white space, at most 255.
	Newlines uint8
	// ID is a number that words and signs with the same Norm share; 0 where the
	// token has none. It tells no more than that two words are the same, since which word
	// has which number depends on what was read before. See Memo.
	ID uint32
	// Norm is the token in lower case with curly apostrophes made straight, for
	// look-ups only: its length need not be that of the span.
	Norm string
}

// Is reports whether t has every bit of s.
func (t Token) Is(s Shape) bool { return t.Shape&s == s }

// Scan cuts text into tokens. The tokens are in text order, do not overlap, lie
// on rune boundaries, and hold every rune that is not white space or a control
// or format character. Scan is linear in the length of text and accepts any
// bytes; an invalid byte becomes a Symbol.
func Scan(text string) []Token {
	return Append(make([]Token, 0, len(text)/5+1), text, span.New(0, len(text)))
}

// Append appends to tokens those of the part of text that part covers. Their
// spans are in text; what stands outside of part plays no role.
func Append(tokens []Token, text string, part span.Span) []Token {
	base, first := part.Start, len(tokens)
	text = part.In(text)
	space, newlines := true, 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		kind := asciiKind[r&0x7f]
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
			kind = kindOf(r)
		}
		switch kind {
		case blank:
			if r == '\n' {
				newlines = min(newlines+1, 255)
			}
			space = true
			i += size
			continue
		case unseen:
			// A format or control character is skipped but is no space.
			i += size
			continue
		}
		t := Token{Space: space, Newlines: uint8(newlines)}
		end := i + size
		switch {
		case kind == letter:
			end = wordEnd(text, i)
			t.Kind = Word
		case kind == digit:
			end, t.Kind = numberEnd(text, i)
		case isApostrophe(r) && len(tokens) > first && !space && possessiveEnd(text, i, tokens[len(tokens)-1]) > 0:
			end = possessiveEnd(text, i, tokens[len(tokens)-1])
			t.Kind = Word
		case r == '.' || r == '-' || r == '!' || r == '?' || r == '*' || r == '_' || r == '=':
			for end < len(text) && text[end] == byte(r) {
				end++
			}
			t.Kind = Punct
		case kind == punct:
			t.Kind = Punct
		default:
			t.Kind = Symbol
		}
		t.Span = span.New(base+i, base+end)
		if t.Kind == Number { // too many to be numbered
			t.Norm, t.Shape = normalise(text[i:end], t.Kind)
		} else {
			t.Norm, t.Shape, t.ID = spell(text[i:end], t.Kind)
		}
		tokens = append(tokens, t)
		i = end
		space, newlines = false, 0
	}
	return tokens
}

// The kinds of rune Append tells apart.
const (
	other uint8 = iota
	letter
	digit
	punct
	blank
	unseen // format and control characters
)

// kindOf returns the kind of r.
func kindOf(r rune) uint8 {
	switch {
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsSpace(r):
		return blank
	case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		return unseen
	case unicode.IsPunct(r):
		return punct
	}
	return other
}

// asciiKind holds kindOf for the runes below utf8.RuneSelf.
var asciiKind = func() (t [utf8.RuneSelf]uint8) {
	for r := range rune(utf8.RuneSelf) {
		t[r] = kindOf(r)
	}
	return t
}()

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// possessiveEnd returns the end of a possessive ending at i: "'s", or a bare
// apostrophe after a word in s that is followed by white space. It returns 0
// where there is none.
func possessiveEnd(text string, i int, prev Token) int {
	if prev.Kind != Word && prev.Kind != Number {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	j := i + size
	if j < len(text) && (text[j] == 's' || text[j] == 'S') {
		r, _ := utf8.DecodeRuneInString(text[j+1:])
		if j+1 == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return j + 1
		}
	}
	return 0
}

// wordEnd returns the end of the word that starts at i.
func wordEnd(text string, i int) int {
	j, letters, dotted := i, 0, true
	for j < len(text) {
		if c := text[j]; c < utf8.RuneSelf {
			switch {
			case asciiKind[c] == letter:
				if letters++; letters > 1 {
					dotted = false
				}
				j++
				continue
			case asciiKind[c] != digit && c != '\'' && c != '.':
				return j
			}
		}
		r, size := utf8.DecodeRuneInString(text[j:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if letters++; letters > 1 {
				dotted = false
			}
			j += size
		case unicode.IsDigit(r):
			dotted = false
			j += size
		case unicode.Is(unicode.Cf, r) && r != '\u00ad':
			// A joiner or a direction mark inside a word belongs to it, but
			// does not end it.
			n := j + size
			nr, _ := utf8.DecodeRuneInString(text[n:])
			if !unicode.IsLetter(nr) && !unicode.IsMark(nr) {
				return j
			}
			j = n
		case isApostrophe(r):
			n := j + size
			nr, ns := utf8.DecodeRuneInString(text[n:])
			if !unicode.IsLetter(nr) {
				return j
			}
			if nr == 's' || nr == 'S' {
				after, _ := utf8.DecodeRuneInString(text[n+ns:])
				if !unicode.IsLetter(after) && !unicode.IsDigit(after) {
					return j // a possessive, a token of its own
				}
			}
			dotted = false
			j = n
		case r == '.' && dotted && letters == 1:
			// "U.S.", "e.g.": single letters, each with a stop, at least two.
			n := j + 1
			nr, ns := utf8.DecodeRuneInString(text[n:])
			if unicode.IsLetter(nr) {
				if after, _ := utf8.DecodeRuneInString(text[n+ns:]); n+ns == len(text) || !unicode.IsLetter(after) && !unicode.IsDigit(after) {
					letters = 0
					j = n
					continue
				}
			}
			if j > i+utf8.RuneLen(firstRune(text[i:])) {
				return n // the last stop belongs to the abbreviation
			}
			return j
		default:
			return j
		}
	}
	return j
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// numberEnd returns the end of the number that starts at i. A number that runs
// on into letters ("3rd", "5G") is one token of kind Number.
func numberEnd(text string, i int) (int, Kind) {
	j := i
	for j < len(text) {
		r, size := utf8.DecodeRuneInString(text[j:])
		switch {
		case unicode.IsDigit(r) || unicode.IsLetter(r):
			j += size
		case r == ',' || r == '.':
			if nr, _ := utf8.DecodeRuneInString(text[j+1:]); !unicode.IsDigit(nr) {
				return j, Number
			}
			j++
		default:
			return j, Number
		}
	}
	return j, Number
}

var straight = strings.NewReplacer("’", "'", "ʼ", "'")

// normalise returns the look-up form of word and its shape.
func normalise(word string, kind Kind) (string, Shape) {
	if kind == Punct || kind == Symbol {
		return word, 0
	}
	if norm, s, ok := normaliseASCII(word); ok {
		return norm, s
	}
	var s Shape
	letters, upper, lower, dots := 0, 0, 0, 0
	curly := false
	for k, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
			switch {
			case unicode.IsUpper(r) || unicode.IsTitle(r):
				upper++
				if k == 0 {
					s |= Initial
				}
			case unicode.IsLower(r):
				lower++
			}
		case unicode.IsDigit(r):
			s |= HasDigit
		case r == '.':
			dots++
		case r == '’' || r == 'ʼ':
			curly = true
		}
	}
	switch {
	case letters == 0:
	case upper == letters:
		s |= AllUpper
	case lower == letters:
		s |= AllLower
	case upper == 0 && lower == 0:
		s |= NoCase
	}
	if dots > 0 && letters > 0 && kind == Word {
		s |= Dotted
	}
	norm := strings.ToLower(word)
	if curly {
		norm = straight.Replace(norm)
	}
	return norm, s
}

// normaliseASCII is normalise for words of ASCII letters alone, which are most.
func normaliseASCII(word string) (string, Shape, bool) {
	upper := 0
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z':
			upper++
		default:
			return "", 0, false
		}
	}
	switch {
	case upper == 0:
		return word, AllLower, true
	case upper == len(word):
		return strings.ToLower(word), Initial | AllUpper, true
	case word[0] <= 'Z':
		return strings.ToLower(word), Initial, true
	}
	return strings.ToLower(word), 0, true
}
