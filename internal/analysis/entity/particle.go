package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// particles returns the token after the small words of a family name that begin at token i,
// i where none does: "van 't" of "van 't Veer", "ap" of "ap Rhys".
func (f *finder) particles(i int) int {
	const most = 3
	words := namedWords()["particle"]
	for range most {
		switch n := f.norm(i); {
		case n == "'" && f.norm(i+1) == "t" && f.tight(i+1):
			i += 2
		case n == "'t", words[n] && f.Tokens[i].Is(token.AllLower):
			i++
		default:
			return i
		}
	}
	return i
}

// particled makes names of people whole that the model cut at such a word: "Tobias van 't
// Veer", "Gareth ap Rhys", and "van 't Veer" where the family name stands alone.
func (f *finder) particled() {
	kept := f.mentions[:0]
	for k := 0; k < len(f.mentions); k++ {
		m := f.mentions[k]
		if len(kept) > 0 && kept[len(kept)-1].end > m.start {
			continue // part of the one before
		}
		if m.typ != annotation.Person && m.typ != annotation.Event && f.stranger(m) {
			m.typ, m.rule = annotation.Person, "entity/particle"
			for m.start--; !f.capital(m.start); {
				m.start--
			}
		}
		if m.typ == annotation.Person {
			if i := f.particles(m.end); i > m.end && f.same(i, m.start) && f.capital(i) && f.word(i) && f.personAt(k+1, i) && !f.is(i, lexicon.Day|lexicon.Month) {
				m.end = i + 1
				for n := k + 1; n < len(f.mentions) && f.mentions[n].start <= i; n++ {
					m.end = max(m.end, f.mentions[n].end)
				}
			}
			if i := f.particleBefore(m.start); i < m.start {
				for len(kept) > 0 && kept[len(kept)-1].start >= i {
					kept = kept[:len(kept)-1] // "Van" by itself
				}
				if len(kept) == 0 || kept[len(kept)-1].end <= i {
					m.start = i
				}
			}
		}
		kept = append(kept, m)
	}
	f.mentions = kept
}

// stranger reports whether a word and such a small word before a single name, which no list has,
// tell that it is a person's: "Bronwen ap Dafydd".
func (f *finder) stranger(m mention) bool {
	i := m.start - 1
	if n := f.norm(i); m.end-m.start > 1 || f.Words[m.start].Phrase != 0 || !namedWords()["particle"][n] && n != "t" && n != "'t" || f.Headline(f.sentence[m.start]) {
		return false
	}
	for k := i; k >= 1 && k > i-4; k-- {
		if f.capital(k - 1) {
			return f.particles(k) == m.start && f.same(k-1, m.start) && !f.is(k-1, lexicon.Common|lexicon.Place|lexicon.Organization|lexicon.OrgHead) && !f.Tokens[k-1].Is(token.AllUpper)
		}
	}
	return false
}

// personAt reports whether no mention from k on says that token i is part of a name of
// something else than a person.
func (f *finder) personAt(k, i int) bool {
	for ; k < len(f.mentions) && f.mentions[k].start <= i; k++ {
		if f.mentions[k].end > i && f.mentions[k].typ != annotation.Person {
			return false
		}
	}
	return true
}

// particleBefore returns the first of the small words of a family name that stand right
// before token start, the first of them in a capital where it opens its sentence; and the
// given name before them.
func (f *finder) particleBefore(start int) int {
	const most = 4
	words := namedWords()["particle"]
	for i := max(0, start-most); i < start; i++ {
		if !f.same(i, start) {
			continue
		}
		opens := f.capital(i) && words[f.norm(i)] && !f.capital(i-1)
		if opens && (i+1 == start || f.particles(i+1) == start) || f.particles(i) == start {
			if f.capital(i-1) && f.same(i-1, start) && f.is(i-1, lexicon.Given) {
				return i - 1
			}
			return i
		}
	}
	return start
}
