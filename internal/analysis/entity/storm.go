package entity

import (
	_ "embed"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/stable"
	"readout/internal/token"
	"readout/internal/wordlist"
)

// storms are the words for a storm that may stand before its name.
var storms = set("hurricane", "cyclone", "typhoon", "storm")

// manyStorms are their plurals, before two names or more.
var manyStorms = set("hurricanes", "cyclones", "typhoons", "storms")

// stormKinds are words that may qualify one; they are no part of the name by which
// it is known.
var stormKinds = wordSet("stormKinds")

// noStorms are capitalised words after a word for a storm that make it the name of
// a body, a building or a thing: "Hurricane Center".
var noStorms = wordSet("noStorms")

//go:embed data/weather.txt
var weatherData string

// weatherWords are those of data/weather.txt.
var weatherWords = sync.OnceValue(func() map[string]bool { return wordlist.Set(weatherData) })

// weather reports whether the article tells of the weather.
func (f *finder) weather() bool {
	for i := range f.cued(weatherCue | stormCue) {
		if n := f.norm(i); n == "hurricane" || n == "cyclone" || n == "typhoon" || n != "storm" && !f.capital(i) {
			return true
		}
	}
	return false
}

// namedStorms finds the storms that are called by name: "Hurricane Ida", "Tropical
// Storm Ida", "Typhoons Ida and Bo"; and where the article names a storm so, the
// name alone, unless it is somebody's too.
func (f *finder) namedStorms() {
	if !f.has(stormCue | stormsCue) {
		return
	}
	f.own()
	var found []mention
	names, people := map[uint64]bool{}, f.stormyPeople()
	const unknown, yes, no = 0, 1, 2
	weather := unknown
	real := func(n string) bool {
		if n != "storm" || weather == yes {
			return true
		}
		if weather == unknown {
			if weather = no; f.weather() {
				weather = yes
			}
		}
		return weather == yes
	}
	note := func(start, name, end int) {
		if people[f.hash(name, end)] {
			return
		}
		found = append(found, mention{start: start, end: end, typ: annotation.Event, rule: "entity/storm"})
		names[f.hash(name, end)] = true
	}
	for i := range f.cued(stormCue | stormsCue) {
		switch n := f.norm(i); {
		case f.Tokens[i].Kind != token.Word || f.Headline(f.sentence[i]):
		case storms[n]:
			if end := f.stormName(i, i+1); end > 0 && f.namesStorm(i, end) && real(n) {
				note(i, i+1, end)
			}
		case manyStorms[n]:
			for _, s := range f.stormList(i) {
				note(s[0], s[0], s[1])
			}
		}
	}
	if len(found) == 0 {
		return
	}
	// In headlines, where a capital tells nothing, by what the text says.
	for i := range f.cued(stormCue) {
		if f.Headline(f.sentence[i]) {
			if end := f.properEnd(i + 1); f.same(i+1, i) && names[f.hash(i+1, end)] {
				found = append(found, mention{start: i, end: end, typ: annotation.Event, rule: "entity/storm"})
			}
		}
	}
	found = append(found, f.bareStorms(found, names)...)
	stable.Sort(found, func(a, b mention) int { return a.start - b.start })
	f.override(found)
}

// stormyPeople returns the names after a word for a storm that are those of people,
// who are called so: Rubin "Hurricane" Carter; "Storm Reid, the actress, said".
func (f *finder) stormyPeople() map[uint64]bool {
	var people map[uint64]bool
	for i := range f.cued(stormCue) {
		if !f.capital(i) {
			continue
		}
		k := i + 1
		quoted := f.norm(k) == "\"" || f.norm(k) == "”" || f.norm(k) == "’" || f.norm(k) == "'"
		if quoted {
			k++
		}
		if !f.same(k, i) || !f.capital(k) {
			continue
		}
		if end := f.properEnd(k); quoted || f.speaksOrServes(end) {
			if people == nil {
				people = map[uint64]bool{}
			}
			people[f.hash(k, end)] = true
		}
	}
	return people
}

// speaksOrServes reports whether a verb of saying, "who" after a comma or a role in
// apposition stands at token i, after a name.
func (f *finder) speaksOrServes(i int) bool {
	if !f.same(i, i-1) {
		return false
	}
	if f.is(i, lexicon.Say) && !f.is(i, lexicon.Noun) {
		return true
	}
	if f.norm(i) != "," {
		return false
	}
	switch f.norm(i + 1) {
	case "who":
		return true
	case "the", "a", "an":
		for k := i + 2; k < i+6 && f.same(k, i) && f.word(k) && !determiner(f.norm(k)) && !preposition(f.norm(k)); k++ {
			if f.head(k) {
				return true
			}
		}
	}
	return false
}

// properEnd returns the end of the capitalised word that begins at token i, with the
// parts that hyphens join to it.
func (f *finder) properEnd(i int) int {
	end := i + 1
	for f.norm(end) == "-" && f.tight(end) && f.tight(end+1) && f.capital(end+1) {
		end += 2
	}
	return end
}

// stormName returns the end of the name of a storm that begins at token i, after
// its word at token head, and 0 where none does.
func (f *finder) stormName(head, i int) int {
	n := f.norm(i)
	if !f.same(i, head) || !f.word(i) || !f.capital(i) || len(n) < 2 || noStorms[n] || starters[n] ||
		f.Tokens[i].Is(token.AllUpper) && !f.Tokens[head].Is(token.AllUpper) || f.is(i, lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Honorific|lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility) {
		return 0
	}
	personal := f.is(i, lexicon.Given)
	if (!personal || !f.capital(head)) && (f.Words[i].Phrase&lexicon.Place != 0 || f.is(i, lexicon.Role|lexicon.Rank)) {
		return 0 // "the hurricane Florida feared"
	}
	return f.properEnd(i)
}

// namesStorm reports whether the word for a storm at token i and the name that ends
// before token end stand by themselves, rather than in the name of something else:
// "Operation Desert Storm", "Hurricane Ida Relief Fund".
func (f *finder) namesStorm(i, end int) bool {
	p := i - 1
	for f.same(p, i) && (stormKinds[f.norm(p)] || f.norm(p) == "-" && f.tight(p)) {
		p--
	}
	kind := p < i-1
	if f.norm(i) == "storm" && !f.capital(i) && !kind {
		return false // "they storm Parliament"
	}
	if f.same(p, i) && f.capital(p) && !kind && f.capital(i) && p > f.Sentences[f.sentence[i]][0] && !f.is(p, lexicon.Day|lexicon.Month) {
		return false
	}
	if !f.same(end, i) || !f.word(end) || f.norm(end) == "'s" {
		return true
	}
	return !f.capital(end) || f.is(end, lexicon.Day|lexicon.Month)
}

// stormList returns the tokens of the names after a plural for storms at token i.
func (f *finder) stormList(i int) (names [][2]int) {
	for k := i + 1; ; {
		end := f.stormName(i, k)
		if end == 0 {
			break
		}
		names = append(names, [2]int{k, end})
		k = end
		if f.norm(k) == "," {
			k++
		}
		if f.norm(k) == "and" || f.norm(k) == "&" {
			k++
		}
		if k == end {
			break
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// bareStorms returns the places where a name of a storm stands alone. Who shares it
// in full keeps it everywhere.
func (f *finder) bareStorms(found []mention, names map[uint64]bool) []mention {
	taken := map[int]bool{}
	for _, m := range found {
		for i := m.start; i < m.end; i++ {
			taken[i] = true
		}
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if taken[m.start] || taken[m.end-1] {
			continue
		}
		for i := m.start; i < m.end && m.end-m.start > 1; i++ {
			delete(names, f.hash(i, i+1))
		}
		if f.titled(m) {
			delete(names, f.hash(m.start, m.end))
		}
	}
	var bare []mention
	for k := range f.mentions {
		m := &f.mentions[k]
		if (m.typ == annotation.Person || m.typ == annotation.Organization) && names[f.hash(m.start, m.end)] && !taken[m.start] {
			bare = append(bare, mention{start: m.start, end: m.end, typ: annotation.Event, rule: "entity/storm"})
		}
	}
	return bare
}

// stormNames makes one entity of the storms of one name, whatever they are called
// by the hour: "Tropical Storm Ida", "Hurricane Ida", "Ida".
func (d *identifier) stormNames() {
	byName := map[string]*cluster{}
	var bare []*cluster
	for _, c := range d.clusters {
		switch {
		case c.typ != annotation.Event || d.mentions[c.best].rule != "entity/storm":
		case len(c.words) < 2 || !storms[c.words[0]]:
			bare = append(bare, c)
		default:
			name := c.words[len(c.words)-1]
			if first := byName[name]; first != nil {
				d.join(c, first)
			} else {
				byName[name] = c
			}
		}
	}
	for _, c := range bare {
		if o := byName[c.words[len(c.words)-1]]; o != nil {
			d.join(c, o)
		}
	}
}
