package article

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/wordlist"
)

// countWords counts the words of t. Two letters of a script without spaces
// count as one word, which is about what they are.
func countWords(t string) int {
	n, wide := 0, 0
	in := uint8(0) // 1 in a word
	for i := 0; i < len(t); {
		if c := t[i]; c < utf8.RuneSelf {
			// Where words end is as good as drawn by lot: no branch is asked to guess it.
			k := wordBytes[c]
			n += int(k &^ in & 1)
			in = k&1 | in&(k>>1)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		i += size
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if columns(r) == 2 || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
				wide++
				in = 0
			} else if in == 0 {
				n++
				in = 1
			}
		case r == '’' || unicode.Is(unicode.Cf, r):
		default:
			in = 0
		}
	}
	return n + (wide+1)/2
}

// The kinds of byte that countWords tells apart; those of other than ASCII count for
// nothing. The lowest bit is that of a word, the next that of what does not end one.
const (
	gapByte   uint8 = 0b00 // parts words
	wordByte  uint8 = 0b01 // letters and digits
	innerByte uint8 = 0b10 // what may stand in a word and begins none
)

var wordBytes = func() (t [256]uint8) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9':
			t[c] = wordByte
		case c == '\'' || c == '-' || c == '.':
			t[c] = innerByte
		}
	}
	return t
}()

// hasLetter reports whether t has a letter.
func hasLetter(t string) bool {
	return strings.IndexFunc(t, unicode.IsLetter) >= 0
}

// startsHigh reports whether the first letter or digit of t is not a lower-case
// letter.
func startsHigh(t string) bool {
	for _, r := range t {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return !unicode.IsLower(r)
		}
	}
	return false
}

// flat returns t with each run of white space made one space.
func flat(t string) string {
	space := true // before the byte at hand
	for i := range len(t) {
		c := t[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return strings.Join(strings.Fields(t), " ")
		}
		space = c == ' '
	}
	if space {
		return strings.TrimSpace(t)
	}
	return t // as most lines are
}

// speakerLine reports whether t is a turn of a transcript: "MR. ROE: Yes".
func speakerLine(t string) bool {
	i := strings.IndexByte(t, ':')
	if i <= 0 || i > 60 {
		return false
	}
	name := t[:i]
	if countWords(name) > 5 {
		return false
	}
	letters, upper := 0, 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters > 0 && upper == letters && i+1 < len(t)
}

// cut returns at most n bytes of t, ended on a rune boundary.
func cut(t string, n int) string {
	if len(t) <= n {
		return t
	}
	for n > 0 && !utf8.RuneStart(t[n]) {
		n--
	}
	return t[:n]
}

//go:embed data/lines.txt
var linesData string

// lineWords returns a reader of the words that data/lines.txt has under a name.
func lineWords(name string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for of, words := range wordlist.Named(linesData) {
			if of == name {
				for w := range strings.FieldsSeq(words) {
					set[w] = true
				}
			}
		}
		return set
	})
}
