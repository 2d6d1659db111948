// Package slug makes the names of pages and the keys of entities from text. It
// is the one place that decides what such a name may be, so that the key of a
// name in an article and the page of that name are always the same.
package slug

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Max is the greatest length of a slug in bytes. With a folder, a suffix and an
// extension it stays below every file system's limit.
const Max = 80

// Make returns the slug of s: its letters and digits in lower case, Latin ones
// without diacritics, words joined by single hyphens. It keeps the letters of
// every script (in NFC). It returns "" where s has neither letter nor digit.
//
// A slug is a safe file name on every common system: it never is a name that
// Windows reserves, and two slugs differ in more than case.
func Make(s string) string {
	if out, ok := makePlain(s); ok {
		return out
	}
	return makeAny(s)
}

// makePlain is makeAny for the letters that most names have and nothing else: of
// those no form but one is known. It reports false where there are others.
func makePlain(s string) (string, bool) {
	var small [64]byte
	b := small[:0]
	gap := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c == '\'':
			continue
		default:
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, '-')
		}
		gap = false
		b = append(b, c)
	}
	out := s // which is as it should be, often
	if string(b) != s {
		out = string(b)
	}
	out = cut(out)
	if reserved(out) {
		out += "-0"
	}
	return out, true
}

func makeAny(s string) string {
	var b strings.Builder
	gap := false
	write := func(r rune) {
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	latin := false // the mark that follows belongs to a Latin letter
	// Beside bytes that are no characters nothing decomposes.
	s = strings.ToValidUTF8(s, "\uFFFD")
	// The lower case of a letter may decompose although the letter itself does
	// not ("Ϲ"), so that it is decomposed twice.
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKD.String(s))) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r):
			if !latin && b.Len() > 0 && !gap {
				b.WriteRune(r)
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			latin = unicode.Is(unicode.Latin, r)
			p, ok := plain[r]
			if !ok {
				write(r)
			}
			for _, q := range p {
				write(q)
			}
		case r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || unicode.Is(unicode.Cf, r):
			// "Sana'a" is one word; a format character shows nothing.
		default:
			gap, latin = true, false
		}
	}
	out := cut(norm.NFC.String(b.String()))
	if reserved(out) {
		out += "-0"
	}
	return out
}

// Valid reports whether s could have come from Make: whether it may name a
// page.
func Valid(s string) bool { return s != "" && Make(s) == s }

// plain has the Latin letters that do not decompose.
var plain = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "ng", 'ə': "e",
}

// cut shortens s to Max bytes, at a hyphen where there is one in the last
// third.
func cut(s string) string {
	if len(s) <= Max {
		return s
	}
	end := Max
	for !utf8.RuneStart(s[end]) {
		end--
	}
	if s[end] != '-' {
		if i := strings.LastIndexByte(s[:end], '-'); i > Max*2/3 {
			end = i
		}
	}
	// A mark cut off from its letter's other marks is still valid NFC.
	return strings.TrimRight(s[:end], "-")
}

// reserved reports whether Windows keeps the name s for a device.
func reserved(s string) bool {
	switch s {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(s) == 4 && (s[:3] == "com" || s[:3] == "lpt") && s[3] >= '0' && s[3] <= '9'
}
