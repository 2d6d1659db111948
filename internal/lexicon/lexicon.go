// Package lexicon holds the word lists that several analyzers share: names of
// people and places, countries and nationalities, organizations, the words that
// head or accompany names, and the kinds of English words.
//
// Its central type is the Table, which answers for a hashed word what classes
// it belongs to and walks phrases of several words. It is a leaf: analyzers
// read it, it reads only its embedded data files, whose headers name their
// origin and licence.
package lexicon

import (
	"embed"
	"strings"
	"sync"

	"readout/internal/token"
)

//go:embed data/*.txt
var data embed.FS

// Class is a set of lists that a word or phrase stands in.
type Class uint64

// The lists.
const (
	Given        Class = 1 << iota // a given name
	Surname                        // a family name
	Name                           // part of a personal name, given or family
	Country                        // a country, continent or region of the world
	Demonym                        // an adjective or noun of nationality, people, creed
	City                           // a city of 150,000 people and more
	Town                           // a town of 15,000 to 150,000 people
	Admin                          // a province, state or like area
	Geo                            // a river, sea, mountain, island, historic country
	Organization                   // a known organization
	OrgHead                        // "Ministry", "Party": the head of an organization's name
	OrgOf                          // a head that stands first: "Bank of"
	OrgSuffix                      // "Inc", "Ltd"
	PlaceHead                      // "River", "Province"
	PlacePre                       // "Mount", "Lake"
	Facility                       // "Airport", "Street"
	EventHead                      // "Summit", "Conference"
	EventStart                     // "Operation", "Exercise"
	Honorific                      // "Mr", "Sheikh"
	Rank                           // "General", "Lt"
	Role                           // "minister", "spokesman"
	RoleMod                        // "deputy", "foreign"
	Relative                       // "brother", "widow"
	Say                            // verbs that attribute
	Month
	Day
	Direction
	Quantifier
	NameSuffix   // "Jr"
	Verb         // an English verb
	Adjective    // an English adjective or adverb
	Noun         // an English noun that is none of the next three
	PersonNoun   // a noun for people
	GroupNoun    // a noun for groups
	PlaceNoun    // a noun for places
	Capital      // a capital
	Abbreviation // an abbreviation that is no name
	Act          // verbs of what governments do
	Stance       // nouns of what governments have: "refusal"
	Code         // three letters that stand for a country
	prefix       // the beginning of a longer phrase

	// Place is any list of places.
	Place = Country | City | Town | Admin | Geo
	// Personal is any list of personal names.
	Personal = Given | Surname | Name
	// Common is any kind of English word.
	Common = Verb | Adjective | Noun | PersonNoun | GroupNoun | PlaceNoun
)

// A Table maps hashed words and phrases to their classes.
type Table struct {
	slots []slot
	mask  uint64
	n     int
}

// A slot holds a hash and its classes side by side: a look-up touches one place
// in memory.
type slot struct {
	key uint64 // 0 where the slot is empty
	val Class
}

// Hash returns the look-up hash of a word in lower case (token.Token.Norm).
func Hash(norm string) uint64 {
	h := uint64(hashStart)
	for i := 0; i < len(norm); i++ {
		h = step(h, norm[i])
	}
	return mix(h)
}

// step takes one more byte of a word into its hash before mix.
func step(h uint64, c byte) uint64 { return (h ^ uint64(c)) * hashPrime }

// The constants of the FNV-1a hash of 64 bits.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// Join returns the hash of the phrase that is the phrase with hash h followed
// by the word with hash w. The empty phrase has hash 0.
func Join(h, w uint64) uint64 { return mix(h*0x9e3779b97f4a7c15 + w) }

func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	return h | 1<<63 // never 0, which marks an empty slot
}

func newTable(size int) *Table {
	n := 1024
	for n < size*2 {
		n *= 2
	}
	return &Table{slots: make([]slot, n), mask: uint64(n - 1)}
}

func (t *Table) add(h uint64, c Class) {
	if t.n*2 >= len(t.slots) {
		bigger := newTable(len(t.slots))
		for _, s := range t.slots {
			if s.key != 0 {
				bigger.add(s.key, s.val)
			}
		}
		*t = *bigger
	}
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.key == h {
			s.val |= c
			return
		}
		if s.key == 0 {
			s.key, s.val = h, c
			t.n++
			return
		}
	}
}

func (t *Table) get(h uint64) Class {
	slots := t.slots
	for i := h & t.mask; i < uint64(len(slots)); i = (i + 1) & t.mask {
		switch s := &slots[i]; s.key {
		case h:
			return s.val
		case 0:
			return 0
		}
	}
	return 0
}

// Word returns the classes of the single word with hash h.
func (t *Table) Word(h uint64) Class { return t.get(Join(0, h)) &^ prefix }

// Phrase returns the classes of the phrase with hash h (see Join), and whether
// a longer phrase begins with it.
func (t *Table) Phrase(h uint64) (c Class, more bool) {
	v := t.get(h)
	return v &^ prefix, v&prefix != 0
}

// Shared returns the table of all the lists. It is built on first use and may
// be read by several goroutines.
var Shared = sync.OnceValue(build)

// lists names the files with one name a line.
var lists = []struct {
	file  string
	class Class
}{
	{"given", Given},
	{"surname", Surname},
	{"name", Name},
	{"country", Country},
	{"demonym", Demonym},
	{"city", City},
	{"town", Town},
	{"admin", Admin},
	{"geo", Geo},
	{"organization", Organization},
	{"brand", Organization},
	{"capital", Capital},
	{"abbreviation", Abbreviation},
}

var cues = map[string]Class{
	"day": Day, "direction": Direction, "event": EventHead, "eventstart": EventStart,
	"facility": Facility, "given": NameSuffix, "honorific": Honorific, "initialorg": 0,
	"month": Month, "orghead": OrgHead, "orgof": OrgOf, "orgsuffix": OrgSuffix,
	"placehead": PlaceHead, "placepre": PlacePre, "quantifier": Quantifier, "rank": Rank,
	"relative": Relative, "role": Role, "rolemod": RoleMod, "say": Say,
	"act": Act, "stance": Stance, "code": Code,
}

func build() *Table {
	t := newTable(200_000)
	for _, l := range lists {
		for line := range lines(l.file) {
			t.addPhrase(line, l.class)
			if f := Fold(line); f != line {
				t.addPhrase(f, l.class)
			}
		}
	}
	for line := range lines("cue") {
		class, words, _ := strings.Cut(line, "\t")
		for _, w := range strings.Fields(words) {
			t.addPhrase(w, cues[class])
		}
	}
	for line := range lines("word") {
		w, kind, _ := strings.Cut(line, "\t")
		t.addWord(w, kind)
	}
	return t
}

func (t *Table) addPhrase(s string, c Class) {
	if t.addPlain(s, c) {
		return
	}
	h := uint64(0)
	toks := token.Scan(s)
	for i, tok := range toks {
		h = Join(h, Hash(tok.Norm))
		if i < len(toks)-1 {
			t.add(h, prefix)
		}
	}
	if h != 0 {
		t.add(h, c)
	}
}

// addPlain is addPhrase for a few words of ASCII letters and single spaces, whose
// tokens are what the spaces part. Of any other phrase it returns false.
func (t *Table) addPlain(s string, c Class) bool {
	var starts [8]uint64 // hashes of the phrases the phrase begins with
	n := 0
	h, w := uint64(0), uint64(hashStart)
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' && w != hashStart && n < len(starts) {
			h = Join(h, mix(w))
			starts[n] = h
			n++
			w = hashStart
			continue
		}
		l := s[i] | 0x20
		if l < 'a' || 'z' < l {
			return false
		}
		w = step(w, l)
	}
	if w == hashStart {
		return false
	}
	for _, h := range starts[:n] {
		t.add(h, prefix)
	}
	t.add(Join(h, mix(w)), c)
	return true
}

// addWord adds an English word and its regular inflections. Their hashes go on
// from that of the word.
func (t *Table) addWord(w, kind string) {
	c := Noun
	switch kind {
	case "v":
		c = Verb
	case "a":
		c = Adjective
	case "n18":
		c = PersonNoun
	case "n14":
		c = GroupNoun
	case "n15":
		c = PlaceNoun
	}
	whole, stem := uint64(hashStart), uint64(hashStart) // the stem lacks the last letter
	for i := 0; i < len(w); i++ {
		stem, whole = whole, step(whole, w[i])
	}
	put := func(h uint64, ending string) {
		for i := 0; i < len(ending); i++ {
			h = step(h, ending[i])
		}
		t.add(Join(0, mix(h)), c)
	}
	put(whole, "")
	if c == Adjective {
		return
	}
	last, before := w[len(w)-1], byte(0)
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	if last == 'y' && len(w) > 2 && strings.IndexByte("aeou", before) < 0 {
		put(stem, "ies")
		if c == Verb {
			put(stem, "ied")
			put(whole, "ing")
		}
		return
	}
	if last == 's' || last == 'x' || last == 'h' && (before == 'c' || before == 's') {
		put(whole, "es")
	} else {
		put(whole, "s")
	}
	switch {
	case c != Verb:
	case last == 'e':
		put(whole, "d")
		put(stem, "ing")
	default:
		put(whole, "ed")
		put(whole, "ing")
	}
}

// lines yields the lines of a data file without its comments.
func lines(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		b, err := data.ReadFile("data/" + file + ".txt")
		if err != nil {
			panic("lexicon: " + err.Error()) // embedded: cannot fail
		}
		for text := string(b); text != ""; {
			line, rest, _ := strings.Cut(text, "\n")
			text = rest
			if line == "" || line[0] == '#' {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}
