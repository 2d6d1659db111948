// Package lexicon holds the word lists that several analyzers share: names of
// people and places, countries and nationalities, organizations, the words that
// head or accompany names, and the kinds of English words.
//
// Its central type is the Table, which answers for a hashed word what classes
// it belongs to and walks phrases of several words. It is a leaf: analyzers
// read it, it reads only its embedded data files, whose headers name their
// origin and licence.
//
// The table is made from the lists in the folder data ahead of time: whoever changes
// one runs go generate ./internal/lexicon.
package lexicon

import (
	"embed"
	"encoding/binary"
	"errors"
	"io/fs"
	"iter"
	"sort"
	"strings"
	"sync"
)

//go:generate go run readout/internal/lexicon/make data data/table.bin

//go:embed data/alias.txt data/gender.txt
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

// A Table maps hashed words and phrases to their classes. It is read where it lies
// in the program: nothing is built of it at start, and a look-up touches little
// memory. See Make for what makes it.
//
// The entries lie in buckets by some bits of their hash; others, their check, tell
// those of a bucket apart. A word that is not in the table is taken for one that is
// once in some hundred million.
type Table struct {
	bases   []byte  // for each group of buckets the number of its first entry
	starts  []byte  // for each bucket how many entries of its group are before it
	entries []byte  // for each its check and the index of its classes
	classes []Class // each combination of classes that occurs, those of most entries first
	rare    []byte  // by number, the entries whose index says so, and the index of their classes
}

const (
	// bucketBits is how many bits of a hash choose the bucket, groupBits how many of
	// those lie within a group. A last bucket, of no hash, tells where that before it ends.
	bucketBits = 15
	groupBits  = 8
	bases      = 1<<(bucketBits-groupBits) + 1
	starts     = 1<<bucketBits + 1

	entrySize = 4 + 1
	rareSize  = 4 + 2
	// isRare stands for the index of classes that one byte does not tell.
	isRare = 255
)

func bucketOf(h uint64) int { return int(h>>48) & (1<<bucketBits - 1) } // the highest bit is set in all

func checkOf(h uint64) uint32 { return uint32(h) }

// tableMagic begins the data of a table. Lines follow that say whence it comes, and
// an empty one; then in little-endian order the numbers of entries, of classes and of
// rare entries in four bytes each, the classes in eight, the bases in four, the starts
// in two, the entries in four and one, and the rare ones in four and two.
const tableMagic = "readout lexicon table 2\n"

// readTable makes a Table of its data.
func readTable(data []byte) (*Table, error) {
	fault := errors.New("no table of this version, or cut short")
	head, rest, ok := strings.Cut(string(data[:min(len(data), 1000)]), "\n\n")
	if !ok || !strings.HasPrefix(head, tableMagic) || len(rest) < 12 {
		return nil, fault
	}
	data = data[len(head)+2:]
	order := binary.LittleEndian
	n, classes, rare := int(order.Uint32(data)), int(order.Uint32(data[4:])), int(order.Uint32(data[8:]))
	data = data[12:]
	if len(data) != 8*classes+4*bases+2*starts+entrySize*n+rareSize*rare {
		return nil, fault
	}
	t := &Table{classes: make([]Class, classes)}
	for i := range t.classes {
		t.classes[i] = Class(order.Uint64(data[8*i:]))
	}
	take := func(n int) (part []byte) {
		part, data = data[:n:n], data[n:]
		return part
	}
	take(8 * classes)
	t.bases, t.starts = take(4*bases), take(2*starts)
	t.entries, t.rare = take(entrySize*n), take(rareSize*rare)
	return t, nil
}

// start returns the number of the first entry of a bucket.
func (t *Table) start(bucket int) int {
	return int(binary.LittleEndian.Uint32(t.bases[4*(bucket>>groupBits):])) + int(binary.LittleEndian.Uint16(t.starts[2*bucket:]))
}

func (t *Table) get(h uint64) Class {
	bucket, check := bucketOf(h), checkOf(h)
	first := t.start(bucket)
	found := t.entries[entrySize*first : entrySize*t.start(bucket+1)]
	for i := 0; i+entrySize <= len(found); i += entrySize {
		if binary.LittleEndian.Uint32(found[i:]) == check {
			if k := found[i+4]; k != isRare {
				return t.classes[k]
			}
			return t.rareClass(first + i/entrySize)
		}
	}
	return 0
}

// rareClass returns the classes of a rare entry.
func (t *Table) rareClass(entry int) Class {
	order := binary.LittleEndian
	i := sort.Search(len(t.rare)/rareSize, func(i int) bool { return int(order.Uint32(t.rare[rareSize*i:])) >= entry })
	return t.classes[order.Uint16(t.rare[rareSize*i+4:])]
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

// Word returns the classes of the single word with hash h.
func (t *Table) Word(h uint64) Class { return t.get(Join(0, h)) &^ prefix }

// Phrase returns the classes of the phrase with hash h (see Join), and whether
// a longer phrase begins with it.
func (t *Table) Phrase(h uint64) (c Class, more bool) {
	v := t.get(h)
	return v &^ prefix, v&prefix != 0
}

// Shared returns the table of all the lists. It may be read by several goroutines.
var Shared = sync.OnceValue(func() *Table {
	t, err := readTable(tableData)
	if err != nil {
		panic("lexicon: " + err.Error()) // embedded, and tested
	}
	return t
})

//go:embed data/table.bin
var tableData []byte

// lines yields the lines of an embedded data file without its comments.
func lines(file string) iter.Seq[string] {
	b, err := fs.ReadFile(data, "data/"+file+".txt")
	if err != nil {
		panic("lexicon: " + err.Error()) // embedded: cannot fail
	}
	return linesOf(string(b))
}

// linesOf yields the lines of a text without its comments.
func linesOf(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text := text; text != ""; {
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
