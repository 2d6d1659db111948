// Package searchindex makes the index that the search box of a site reads. It
// stands beside package render, which fills it while pages are made. The index
// is a set of classic scripts, since a page opened from a disk may load nothing
// else: a small directory, shards of the vocabulary with the places of each
// word, and shards of what a result shows. A query reads the directory, a shard
// for each of its words, and one for each result.
//
// Its central type is Index. The format is private to it and the script
// search.js:
//
//	directory    R.dir({docs, terms: {first: [term…], sums}, texts: {first, sums}, facets: …})
//	terms        R.terms(sum, "term places\n…"), sorted by term
//	texts        R.texts(first, [doc…]), each doc {p: path, t: title, l: language,
//	             m: words below it, b: [[id, text]…]}, or [id, text, 1] for words in the
//	             language of the site
//
// The files of texts are named by the number of their first document in base 36 and
// four characters of their digest: "t0.1x9k.js". The directory has those in one
// string, and in another the first document of each, as the distance to that of
// the file before. Those of terms are named by their digest alone.
//
// A site that grows by a document should write few of the files anew. So documents
// have numbers that stay as they are (Slots, Room), of which not all are taken, and
// where a file ends is told by the numbers or the terms in it.
//
// Places are groups, one a document, "," between them: the distance to the
// document before, then the numbers of its blocks, each as the distance to the
// one before, all in base 36 with "." between. Block 0 is the title.
package searchindex

import (
	"bytes"
	"strconv"
	"strings"
	"sync"

	"readout/internal/jsonout"
	"readout/internal/numbered"
)

// A Doc is something that can be found: a briefing, or a name.
type Doc struct {
	Path   string // of its page
	Title  string
	Lang   string // of its title and blocks; "" for that of the site
	Meta   string // what stands below the title
	Kind   string // "" for a briefing, else "person", "place", …
	Blocks []Block
	// Facets are what the doc can be filtered by, as "facet:value".
	Facets []string
}

// A Block is a passage of a Doc.
type Block struct {
	ID, Text string
	Own      bool // in the language of the site, whatever that of the Doc is
	// Facets are what this passage can be filtered by.
	Facets []string
}

// appendTo writes what a result shows of the doc.
func (d *Doc) appendTo(b []byte) []byte {
	b = append(b, '{')
	b = jsonout.Member(b, "p", d.Path)
	b = jsonout.Member(b, "t", d.Title)
	b = jsonout.Optional(b, "l", d.Lang)
	b = jsonout.Optional(b, "m", d.Meta)
	b = jsonout.Optional(b, "k", d.Kind)
	if len(d.Blocks) > 0 {
		b = append(jsonout.Key(b, "b"), '[')
		for i, block := range d.Blocks {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(b, '[')
			b = jsonout.String(b, block.ID)
			b = append(b, ',')
			b = jsonout.String(b, block.Text)
			if block.Own && d.Lang != "" {
				b = append(b, ",1"...)
			}
			b = append(b, ']')
		}
		b = append(b, ']')
	}
	return append(b, '}')
}

// An Index takes docs in any order, from any number of goroutines, and writes
// the same files whatever the order was. What results show is written as soon as
// all docs before are there; only the vocabulary is kept to the end, in memory or
// aside.
type Index struct {
	// Aside is where places of words go that are not to be held; nil for none.
	Aside Aside

	dir  string
	emit func(path string, data []byte) error

	mu      sync.Mutex
	err     error          // the first that emit returned
	numbers []int          // of the docs
	next    int            // the first doc that is not put in yet
	waiting map[int][]byte // packs of docs that came before their turn
	terms   numbered.Strings
	places  []places       // of each term
	written numbered.Lists // of each term, what stands in the file
	held    int            // bytes of these three, more or less
	most    int            // and how many there may be
	runs    []run          // what was put aside of the docs before
	facet   facets
	texts   textCutter
	words   []termShard // when it is closed
	group   []byte      // room for the places of a term in a doc
}

// places tells of the places of one term.
type places struct{ last, docs int32 } // the last doc, and how many

// New returns an index which hands its files to emit, in the folder dir. It is for docs
// of the given numbers, which ascend.
func New(numbers []int, dir string, emit func(path string, data []byte) error) *Index {
	x := &Index{numbers: numbers, dir: dir, emit: emit, most: mostHeld, waiting: map[int][]byte{}, facet: facets{}}
	x.texts.out = x.out
	return x
}

// maxBlocks is how many blocks of a doc are kept for a word: who looks for a
// word that stands in more wants the first.
const maxBlocks = 12

// Add puts in the doc that has numbers[i].
func (x *Index) Add(i int, d Doc) { x.add(i, Pack(d)) }

// add puts in a doc that was packed.
func (x *Index) add(i int, pack []byte) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if i != x.next {
		x.waiting[i] = bytes.Clone(pack)
		return
	}
	for x.put(pack); x.next < len(x.numbers) && x.waiting[x.next] != nil; x.put(pack) {
		pack = x.waiting[x.next]
		delete(x.waiting, x.next)
	}
}

// put puts in the next doc; nil where it was never added.
func (x *Index) put(pack []byte) {
	i := x.numbers[x.next]
	x.next++
	var data []byte
	if pack != nil {
		r := packReader{rest: pack}
		data = r.text()
		x.facet.add(r.facets(), 1)
		for range r.number() {
			term := r.text()
			x.place(string(term), int32(i), string(r.text()))
		}
	}
	if x.held > x.most && x.Aside != nil {
		if x.putAside(x.Aside) != nil {
			x.Aside = nil // it is held, then
		}
	}
	x.texts.put(i, data)
}

// place notes that a term stands in the next doc, with its blocks as code writes
// them.
func (x *Index) place(text string, doc int32, blocks string) {
	term := x.terms.Number(text)
	if term == len(x.places) {
		x.places = append(x.places, places{})
		x.held += len(text) + ofTerm
	}
	p := &x.places[term]
	b := x.group[:0]
	if p.docs > 0 {
		b = append(b, ',')
	}
	if p.docs++; p.docs == common+1 {
		all := thinned(nil, x.written.AppendTo(nil, term))
		x.written.Clear(term)
		x.written.Append(term, all)
	}
	b = strconv.AppendInt(b, int64(doc-p.last), 36)
	p.last = doc
	if p.docs > common {
		blocks = titleOnly(blocks)
	}
	b = append(b, blocks...)
	x.written.Append(term, b)
	x.held += len(b)
	x.group = b
}

// thinned appends to out what is left of the places of a term that is common: those in
// titles.
func thinned(out, places []byte) []byte {
	for i, group := range bytes.Split(places, []byte(",")) {
		if i > 0 {
			out = append(out, ',')
		}
		at := bytes.IndexByte(group, '.')
		if at < 0 {
			at = len(group)
		}
		out = append(out, group[:at]...)
		out = append(out, titleOnly(string(group[at:]))...)
	}
	return out
}

// titleOnly leaves of blocks the title.
func titleOnly(blocks string) string {
	if strings.HasPrefix(blocks, ".0") {
		return ".0"
	}
	return ""
}

// Sizes of shards. A query reads a shard of terms for each word and a shard of
// texts for each result it shows.
const (
	termShardSize = 20_000 // bytes, more or less
	textShardSize = 5_000  // bytes
	// common is in how many docs a word may stand and still have its blocks
	// kept; of more common ones only the title is told apart.
	common = 2_000
	// together is how many numbers a shard of texts may be of: one begins with each
	// multiple of it.
	together = 64
	// maxFacet is how many values of a facet the search box offers.
	maxFacet = 200
)

func (x *Index) out(name string, data []byte) {
	if x.err == nil {
		x.err = x.emit(x.dir+"/"+name, data)
	}
}

// Close writes what is not written yet. Docs that were never added are left out.
// The error is the first that emit returned.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.next < len(x.numbers) {
		pack := x.waiting[x.next]
		delete(x.waiting, x.next)
		x.put(pack)
	}
	x.texts.flush()

	// The vocabulary.
	words := termCutter{out: x.out}
	if err := x.eachTerm(words.put); err != nil {
		return err
	}
	words.flush()
	x.words = words.done
	if err := writeDirectory(x.out, len(x.numbers), words.done, x.texts.done, x.facet); err != nil {
		return err
	}
	return x.err
}
