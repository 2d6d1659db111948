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

// sameSpelled reports whether two full names are the same in other spellings:
// each part is the same, a common way to spell the same, romanised in another
// way, or but a letter or two apart; and at least one part is the same or a
// common spelling.
func sameSpelled(a, b string) bool {
	return sameParts(strings.Split(slug.Make(a), "-"), strings.Split(slug.Make(b), "-")) || sameParts(withoutParticles(a), withoutParticles(b)) || sameParts(joinedParts(a), joinedParts(b))
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

func sameParts(as, bs []string) bool {
	if len(as) != len(bs) || len(as) < 2 {
		return false
	}
	firm := 0
	for i := range as {
		x, y := as[i], bs[i]
		sx, sy := spellings()[x], spellings()[y]
		switch {
		case x == y, sx != "" && sx == sy, len(x) > 3 && len(y) > 3 && vowels.Replace(x) == vowels.Replace(y):
			firm++
		case sx != "" && sy != "" || twoGenders(x, y):
			return false
		case len(x) > 2 && len(y) > 2 && romanisedAlike(x, y):
		default:
			d := editDistance([]rune(x), []rune(y))
			if d > 2 || 4*d >= max(len(x), len(y)) {
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
	if vowels.Replace(x) == vowels.Replace(y) {
		return true
	}
	woman := func(w string) bool { return strings.HasSuffix(strings.TrimSuffix(w, "h"), "a") }
	return len(consonants(x, "t")) > 2 && editDistance([]rune(x), []rune(y)) <= 3 && woman(x) == woman(y)
}

// spellingKey is what spellings of a part of a name have in common: the first of
// its common spellings, else its consonants.
func spellingKey(part string) string {
	if q, ok := spellings()[part]; ok {
		return q
	}
	return consonants(part, "t")
}
