package searchindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters maps letters that decomposition leaves alone to what a reader types
// for them. The script of the search box has the same list.
var letters = strings.NewReplacer(
	"ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ł", "l", "ı", "i", "ħ", "h",
	"ى", "ي", "ی", "ي", "ک", "ك", "ة", "ه", "ـ", "",
)

// fold appends to b s as it is compared: lower case, without diacritics, with the
// variants of a letter made one.
func fold(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return append(b[:len(b)-i], foldAll(s)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// foldAll folds what is not ASCII alone.
func foldAll(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if unicode.Is(unicode.M, r) {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return letters.Replace(b.String())
}

// maxTerm is the longest term that is kept, in bytes.
const maxTerm = 64

// terms calls f with each term of s: words of letters and digits, and for
// scripts that put no space between words each pair of characters.
func terms(s string, f func(string)) { eachTerm(string(fold(nil, s)), f) }

// eachTerm is terms for what is folded.
func eachTerm(s string, f func(string)) {
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if w := s[start:end]; len(w) > 1 || w[0] >= '0' && w[0] <= '9' {
				if len(w) > maxTerm {
					w = strings.ToValidUTF8(w[:maxTerm], "")
				}
				f(w)
			}
			start = -1
		}
	}
	prev := -1 // where the character before stands, in text without spaces
	for i, r := range s {
		if r < utf8.RuneSelf {
			prev = -1
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				if start < 0 {
					start = i
				}
			} else if start >= 0 {
				flush(i)
			}
			continue
		}
		if unspaced(r) {
			flush(i)
			size := len(string(r))
			if prev >= 0 {
				f(s[prev : i+size])
			}
			prev = i
			continue
		}
		if prev >= 0 {
			prev = -1
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			if start < 0 {
				start = i
			}
		} else {
			flush(i)
		}
	}
	flush(len(s))
}

// unspaced reports whether r is of a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0xE00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー')
}
