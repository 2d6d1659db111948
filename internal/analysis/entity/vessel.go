package entity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/stable"
	"readout/internal/token"
)

//go:embed data/things.txt
var thingsData string

// thingWords are the classes of data/things.txt.
var thingWords = sync.OnceValue(func() map[string]map[string]bool {
	classes := map[string]map[string]bool{"noun": {}, "prefix": {}, "the": {}}
	for line := range strings.Lines(thingsData) {
		name, words, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(words) {
			if c := classes[name]; c != nil {
				c[w] = true
			}
		}
	}
	return classes
})

// vessels reports whether w is a noun for ships, or for other things that are called
// by name, before which it stands.
func vessels(w string) bool { return thingWords()["noun"][w] }

// shipPrefixes reports whether w stands before the names of ships, in capitals.
func shipPrefixes(w string) bool { return thingWords()["prefix"][w] }

// ships drops the names of ships, which are no people, places or bodies: "the cargo
// ship Queen Isolde", 'a ferry named "Valmar"', "the Queen Isolde, a tanker", and
// the same words wherever else they stand.
func (f *finder) ships() {
	if !f.has(shipCue | shipPrefixCue | aboardCue) {
		return
	}
	f.own()
	var names [][2]int
	for i := range f.cued(shipCue | shipPrefixCue) {
		if f.Tokens[i].Kind != token.Word || f.Headline(f.sentence[i]) {
			continue
		}
		if f.Tokens[i].Is(token.AllUpper) && shipPrefixes(f.norm(i)) && (f.norm(i-1) == "the" || !thingWords()["the"][f.norm(i)]) {
			if n, ok := f.shipAfter(i); ok && (f.at(i) < 0 || f.at(i) == f.at(n[1]-1)) {
				names = append(names, n)
			}
			continue
		}
		if !vessels(f.norm(i)) || f.at(i) >= 0 && f.capital(i) {
			continue
		}
		if n, ok := f.shipAfter(i); ok {
			names = append(names, n)
		} else if n, ok := f.shipBefore(i); ok {
			names = append(names, n)
		}
	}
	for i := range f.cued(aboardCue) {
		// "the blast aboard the Seajewel"
		k := i + 1
		if f.norm(k) != "the" || !f.same(k+1, i) || !f.capital(k+1) || f.Headline(f.sentence[i]) {
			continue
		}
		end := f.run(k+1, 4)
		if o := f.at(k + 1); end == k+1 || o >= 0 && (f.mentions[o].end > end || f.mentions[o].typ == annotation.Event) || f.is(end-1, lexicon.OrgHead|lexicon.Demonym) || f.is(k+1, lexicon.Demonym) ||
			f.Words[k+1].Phrase&(lexicon.Organization|lexicon.Country) != 0 {
			continue
		}
		if f.word(end) && f.Tokens[end].Is(token.AllLower) && f.same(end, i) && f.is(end, lexicon.Noun) && !f.is(end, lexicon.Verb) {
			continue // "aboard the Oslo ferry"
		}
		names = append(names, [2]int{k + 1, end})
	}
	if len(names) == 0 {
		return
	}
	stable.Sort(names, func(a, b [2]int) int { return a[1] - b[1] })
	whole, part := map[uint64]bool{}, map[uint64]bool{} // names of ships; the first and last words of longer ones
	for _, n := range names {
		whole[f.hash(n[0], n[1])] = true
		if n[1]-n[0] > 1 {
			part[f.hash(n[0], n[0]+1)], part[f.hash(n[1]-1, n[1])] = true, true
		}
	}
	f.mentions = slices.DeleteFunc(f.mentions, func(m mention) bool {
		i, _ := slices.BinarySearchFunc(names, m.start, func(n [2]int, at int) int { return n[1] - at - 1 })
		if i < len(names) && names[i][0] < m.end {
			return true
		}
		for p := m.start - 1; p >= m.start-2 && f.same(p, m.start) && f.capital(p); p-- {
			if whole[f.hash(p, m.end)] {
				return true // "The Queen Isolde"
			}
		}
		if m.typ == annotation.Event || f.titled(&m) || f.same(m.start-1, m.start) && f.is(m.start-1, lexicon.Role|lexicon.Rank) {
			return false
		}
		the := f.same(m.start-1, m.start) && f.norm(m.start-1) == "the"
		h := f.hash(m.start, m.end)
		return whole[h] && (the || m.end-m.start > 1) || the && m.end-m.start == 1 && part[h]
	})
}

// shipAfter returns the tokens of the name that follows the noun for a ship at
// token i.
func (f *finder) shipAfter(i int) (name [2]int, ok bool) {
	switch f.norm(i - 1) { // "to ship Ferraris"
	case "to", "will", "would", "can", "could", "they", "we", "and", "or", "must", "may":
		return name, false
	}
	k := i + 1
	if f.norm(k) == "," && f.norm(k+1) == "the" && f.same(k+2, i) && f.shut(k+2) {
		k++ // "A research vessel, the Falkor Dawn, has filmed"
	}
	for n := 0; n < 2 && f.same(k, i); n++ {
		switch f.norm(k) {
		case "named", "called", "the":
			k++
		}
	}
	quoted := false
	switch f.norm(k) {
	case "\"", "“", "‘", "'":
		k, quoted = k+1, true
	}
	end := k
	for f.same(end, i) && end < k+4 && (f.word(end) && f.capital(end) || end > k && f.Tokens[end].Kind == token.Number ||
		end > k && f.norm(end) == "-" && f.tight(end) || end > k && shipParticle(f.norm(end)) && f.capital(end+1)) {
		end++
	}
	if end == k || f.is(k, lexicon.Day|lexicon.Month|lexicon.Demonym) {
		return name, false
	}
	if end > k+1 && !quoted && f.same(end+1, i) && f.is(end, lexicon.Verb) && f.is(end+1, lexicon.Verb) && f.at(end) < 0 && !f.capital(end) {
		return name, false // "the horse Ann Lee rode won"
	}
	if o := f.at(k); end == k+1 && !quoted && !f.Tokens[i].Is(token.AllUpper) && !f.aboard(i, end) {
		// "the ship Ferrari ordered": who did something with one.
		if o < 0 || f.mentions[o].typ == annotation.Organization || f.Words[k].Phrase&(lexicon.Country|lexicon.Capital) != 0 || f.same(end, i) && f.is(end, lexicon.Verb) {
			return name, false
		}
	}
	return [2]int{k, end}, true
}

// aboard reports whether the noun for a ship at token i stands in a phrase that tells
// where somebody was, and no verb follows the name that ends at token end: "aboard the
// hospital ship Uganda".
func (f *finder) aboard(i, end int) bool {
	if f.same(end, i) && f.is(end, lexicon.Verb) && f.Tokens[end].Is(token.AllLower) && !preposition(f.norm(end)) {
		return false
	}
	for k := i - 1; k >= i-4 && f.same(k, i); k-- {
		switch f.norm(k) {
		case "aboard", "on", "onto":
			return true
		case "the", "a":
			continue
		}
		if !f.word(k) && f.norm(k) != "-" || f.at(k) >= 0 || f.capital(k) {
			return false
		}
	}
	return false
}

// shut reports whether a comma follows the capitalised words from token k on.
func (f *finder) shut(k int) bool {
	start := k
	for k < start+5 && f.same(k, start) && f.word(k) && f.capital(k) {
		k++
	}
	return k > start && f.norm(k) == ","
}

// shipParticle reports whether n may stand in small letters in the name of a ship.
func shipParticle(n string) bool {
	return n == "of" || n == "del" || n == "de" || n == "the" || n == "la"
}

// shipBefore returns the tokens of the name that an apposition says is a ship's,
// whose noun stands at token i: "the Queen Isolde, a cargo ship that".
func (f *finder) shipBefore(i int) (name [2]int, ok bool) {
	if f.same(i+1, i) && f.word(i+1) && (f.is(i+1, lexicon.Noun|lexicon.PersonNoun|lexicon.Role) || f.capital(i+1)) && !preposition(f.norm(i+1)) {
		return name, false // "a ship captain"
	}
	k := i - 1
	for n := 0; n < 4 && f.same(k, i) && (f.word(k) || f.norm(k) == "-") && !determiner(f.norm(k)) && f.at(k) < 0 && !f.is(k, lexicon.Say); n++ {
		k--
	}
	switch f.norm(k) {
	case "a", "an", "the":
	default:
		return name, false
	}
	if k--; !f.same(k, i) || f.norm(k) != "," {
		return name, false
	}
	end := k
	if n := f.norm(end - 1); n == "\"" || n == "”" || n == "’" {
		end--
	}
	start := end
	for start > end-4 && f.same(start-1, i) && f.word(start-1) && f.capital(start-1) && f.norm(start-1) != "the" {
		start--
	}
	if start == end || !f.same(start-1, i) || f.norm(start-1) != "the" {
		return name, false
	}
	return [2]int{start, end}, true
}

// spellings drops names that the article gives only as a wrong spelling of
// somebody's: 'his name was misspelt as "Roary"'.
func (f *finder) spellings() {
	f.mentions = slices.DeleteFunc(f.mentions, func(m mention) bool {
		const reach = 5
		if m.end-m.start > 3 || m.typ == annotation.Event {
			return false
		}
		as := false
		for k := m.start - 1; k >= m.start-reach && f.same(k, m.start); k-- {
			switch f.norm(k) {
			case "as":
				as = true
			case "misspelt", "misspelled", "mis-spelt", "misspelling", "spelt", "spelled", "misprinted", "misidentified":
				return as
			}
		}
		return false
	})
}
