package lexicon

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"readout/internal/token"
)

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

// A listing has the classes of words and phrases by their hashes, on the way to a
// Table.
type listing map[uint64]Class

// read reads the lists, which are files of lists.
func read(files fs.FS) (listing, error) {
	l := listing{}
	var err error
	lines := func(file string) iter.Seq[string] {
		b, e := fs.ReadFile(files, file+".txt")
		err = errors.Join(err, e)
		return linesOf(string(b))
	}
	for _, list := range lists {
		for line := range lines(list.file) {
			l.addPhrase(line, list.class)
			if f := Fold(line); f != line {
				l.addPhrase(f, list.class)
			}
		}
	}
	for line := range lines("cue") {
		class, words, _ := strings.Cut(line, "\t")
		for _, w := range strings.Fields(words) {
			l.addPhrase(w, cues[class])
		}
	}
	for line := range lines("word") {
		w, kind, _ := strings.Cut(line, "\t")
		l.addWord(w, kind)
	}
	return l, err
}

// Make returns the data of the table of the lists, which are files of lists: that
// which is embedded, if they are those it was made from.
func Make(files fs.FS) ([]byte, error) {
	l, err := read(files)
	if err != nil {
		return nil, err
	}
	hashes := slices.Collect(maps.Keys(l))
	slices.SortFunc(hashes, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(bucketOf(a), bucketOf(b)), cmp.Compare(checkOf(a), checkOf(b)))
	})
	counts := map[Class]int{}
	for _, c := range l {
		counts[c]++
	}
	classes := slices.SortedFunc(maps.Keys(counts), func(a, b Class) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	if len(classes) > math.MaxUint16 {
		return nil, errors.New("too many combinations of classes")
	}
	kinds := map[Class]int{}
	for i, c := range classes {
		kinds[c] = i
	}
	firsts, n := make([]int, starts), 0 // of each bucket, and how many there are
	for b := range firsts {
		for n < len(hashes) && bucketOf(hashes[n]) < b {
			n++
		}
		firsts[b] = n
	}
	order := binary.LittleEndian
	var entries, rare []byte
	for i, h := range hashes {
		if i > 0 && bucketOf(h) == bucketOf(hashes[i-1]) && checkOf(h) == checkOf(hashes[i-1]) {
			return nil, errors.New("two entries cannot be told apart: change the hash")
		}
		k := kinds[l[h]]
		if k >= isRare {
			rare = order.AppendUint16(order.AppendUint32(rare, uint32(i)), uint16(k))
		}
		entries = append(order.AppendUint32(entries, checkOf(h)), byte(min(k, isRare)))
	}
	out := []byte(tableMagic + "Made by internal/lexicon/make from the lists beside it, each of which tells its origin and its licence.\n\n")
	out = order.AppendUint32(out, uint32(len(hashes)))
	out = order.AppendUint32(out, uint32(len(classes)))
	out = order.AppendUint32(out, uint32(len(rare)/rareSize))
	for _, c := range classes {
		out = order.AppendUint64(out, uint64(c))
	}
	for b := 0; b < starts; b += 1 << groupBits {
		out = order.AppendUint32(out, uint32(firsts[b]))
	}
	for b, first := range firsts {
		before := first - firsts[b>>groupBits<<groupBits]
		if before > math.MaxUint16 {
			return nil, errors.New("too many entries in a group of buckets")
		}
		out = order.AppendUint16(out, uint16(before))
	}
	return slices.Concat(out, entries, rare), nil
}

func (l listing) add(h uint64, c Class) { l[h] |= c }

func (l listing) addPhrase(s string, c Class) {
	if l.addPlain(s, c) {
		return
	}
	h := uint64(0)
	toks := token.Scan(s)
	for i, tok := range toks {
		h = Join(h, Hash(tok.Norm))
		if i < len(toks)-1 {
			l.add(h, prefix)
		}
	}
	if h != 0 {
		l.add(h, c)
	}
}

// addPlain is addPhrase for a few words of ASCII letters and single spaces, whose
// tokens are what the spaces part. Of any other phrase it returns false.
func (l listing) addPlain(s string, c Class) bool {
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
		l.add(h, prefix)
	}
	l.add(Join(h, mix(w)), c)
	return true
}

// addWord adds an English word and its regular inflections. Their hashes go on
// from that of the word.
func (l listing) addWord(w, kind string) {
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
		l.add(Join(0, mix(h)), c)
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
