package site

import (
	"bufio"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/slug"
)

//go:embed data/spellings.txt
var spellingsFile string

// spellings maps a part of a name to the first of the common ways to write it
// in Latin letters.
var spellings = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	sc := bufio.NewScanner(strings.NewReader(spellingsFile))
	for sc.Scan() {
		if strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		ws := strings.Fields(sc.Text())
		for _, w := range ws {
			m[w] = ws[0]
		}
	}
	return m
})

// A speller compares the spellings of names. What it found of a name and of each of its
// parts it remembers: the same come again and again.
type speller struct {
	names map[string]*spelledName
	parts map[string]*spelledPart
}

func newSpeller() *speller { return &speller{map[string]*spelledName{}, map[string]*spelledPart{}} }

// A spelledName is a name in parts.
type spelledName struct {
	whole  []*spelledPart
	plain  []*spelledPart // see withoutParticles
	joined []*spelledPart // see joinedParts
	word   string         // all parts as one word
}

// A spelledPart is a part of a name and what it has in common with other spellings.
type spelledPart struct {
	text    string
	common  string // the first of its common spellings
	vowels  string
	t, s    string // consonants
	letters []rune
	woman   bool
}

func (sp *speller) name(name string) *spelledName {
	n := sp.names[name]
	if n == nil {
		whole := slug.Make(name)
		n = &spelledName{sp.list(strings.Split(whole, "-")), sp.list(withoutParticles(name)), sp.list(joinedParts(name)), strings.ReplaceAll(whole, "-", "")}
		sp.names[name] = n
	}
	return n
}

func (sp *speller) list(parts []string) []*spelledPart {
	out := make([]*spelledPart, len(parts))
	for i, text := range parts {
		p := sp.parts[text]
		if p == nil {
			p = partOf(text)
			sp.parts[text] = p
		}
		out[i] = p
	}
	return out
}

func partOf(text string) *spelledPart {
	return &spelledPart{
		text: text, common: spellings()[text], vowels: vowels.Replace(text), t: consonants(text, "t"), s: consonants(text, "s"),
		letters: []rune(text), woman: strings.HasSuffix(strings.TrimSuffix(text, "h"), "a"),
	}
}

// same reports whether two full names are the same in other spellings:
// each part is the same, a common way to spell the same, romanised in another
// way, or but a letter or two apart; and at least one part is the same or a
// common spelling.
func (sp *speller) same(a, b string) bool {
	x, y := sp.name(a), sp.name(b)
	return sameParts(x.whole, y.whole) || sameParts(x.plain, y.plain) || sameParts(x.joined, y.joined)
}

// joinedParts returns the parts of a name with those that belong to the one after them
// joined to it: "Abdel Karim" and "Abdelkarim".
func joinedParts(name string) []string {
	var out []string
	first := ""
	for _, p := range strings.Split(slug.Make(name), "-") {
		switch p {
		case "abd", "abdel", "abdul", "abdal", "al", "el", "abu", "abou", "bin", "ibn", "ben", "ould", "mac", "mc", "o", "van", "von", "de", "la", "le", "di", "da", "ter", "ten":
			first += p
			continue
		}
		out = append(out, first+p)
		first = ""
	}
	if first != "" {
		out = append(out, first)
	}
	return out
}

func sameParts(as, bs []*spelledPart) bool {
	if len(as) != len(bs) || len(as) < 2 {
		return false
	}
	firm := 0
	for i := range as {
		x, y := as[i], bs[i]
		longest := max(len(x.text), len(y.text))
		switch {
		case x.text == y.text, x.common != "" && x.common == y.common, len(x.text) > 3 && len(y.text) > 3 && x.vowels == y.vowels:
			firm++
		case x.common != "" && y.common != "" || twoGenders(x.text, y.text):
			return false
		case len(x.text) > 2 && len(y.text) > 2 && x.romanisedAlike(y):
		default:
			least := max(1, len(x.letters)-len(y.letters), len(y.letters)-len(x.letters))
			if least > 2 || 4*least >= longest {
				return false
			}
			if d := editDistance(x.letters, y.letters); d > 2 || 4*d >= longest {
				return false
			}
		}
	}
	return firm > 0
}

// withoutParticles returns the parts of a name without the small words between
// them that some leave out: "Carvalho Neto" and "de Carvalho Neto".
func withoutParticles(name string) []string {
	parts := strings.Split(slug.Make(name), "-")
	return slices.DeleteFunc(parts, func(p string) bool {
		switch p {
		case "de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "den", "der":
			return len(parts) > 2
		}
		return false
	})
}

// twoGenders reports whether two names differ in a last vowel that as a rule
// tells a woman's from a man's: Maria and Mario, Ivanov and Ivanova.
func twoGenders(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == len(y) {
		n := len(x) - 1
		return n > 0 && x[:n] == y[:n] && x[n] != y[n] && (x[n] == 'a' || y[n] == 'a')
	}
	rest, ok := strings.CutPrefix(y, x)
	return ok && slices.Contains([]string{"a", "e", "ia", "le", "ne", "te", "na"}, rest)
}

// romanisations are letters that stand for the same sounds, or for the same
// letters of another script, longer ones first.
var romanisations = strings.NewReplacer(
	"tch", "c", "tsch", "c", "sch", "s", "dzh", "j", "kh", "h", "gh", "g", "ph", "f", "sh", "s", "ch", "c", "zh", "z",
	"dh", "d", "dj", "j", "ck", "k", "q", "k", "w", "v", "y", "i", "ou", "u", "x", "ks",
)

// vowels are pairs of letters that are written for one vowel.
var vowels = strings.NewReplacer("oo", "u", "ou", "u", "ee", "i", "ie", "i", "aa", "a", "y", "i")

// consonants returns what of a part of a name stays the same however its vowels
// and doubled letters are written in Latin letters. The letter th is written t
// by some and s by others.
func consonants(w, th string) string {
	w = romanisations.Replace(strings.ReplaceAll(w, "th", th))
	var b strings.Builder
	last := rune(-1)
	for i, r := range w {
		if strings.ContainsRune("aeiou", r) {
			if i == 0 {
				b.WriteByte('a') // that it starts with a vowel
			}
			last = -1
			continue
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// romanisedAlike reports whether two parts of names may be one name in two ways
// to write it in Latin letters: their consonants are the same, and their vowels
// differ in two places at most.
func romanisedAlike(x, y string) bool {
	if consonants(x, "t") != consonants(y, "t") && consonants(x, "s") != consonants(y, "s") {
		return false
	}
	return partOf(x).romanisedAlike(partOf(y))
}

func (p *spelledPart) romanisedAlike(o *spelledPart) bool {
	if p.t != o.t && p.s != o.s {
		return false
	}
	return p.vowels == o.vowels || len(p.t) > 2 && editDistance(p.letters, o.letters) <= 3 && p.woman == o.woman
}

// spellingKey is what spellings of a part of a name have in common: the first of
// its common spellings, else its consonants.
func spellingKey(part string) string {
	if q, ok := spellings()[part]; ok {
		return q
	}
	return consonants(part, "t")
}
