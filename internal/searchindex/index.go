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
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"slices"
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
	err     error               // the first that emit returned
	numbers []int               // of the docs
	next    int                 // the first doc that is not put in yet
	waiting map[int]*waitingDoc // docs that came before their turn
	terms   numbered.Strings
	places  []places       // of each term
	written numbered.Lists // of each term, what stands in the file
	held    int            // bytes of these three, more or less
	most    int            // and how many there may be
	runs    []run          // what was put aside of the docs before
	facet   map[string]map[string]*int
	texts   shardsOf
	buf     []byte // the shard of texts at hand
	group   []byte // room for the places of a term in a doc
	first   int    // the number of its first doc
	end     int    // the number after its last
}

// A waitingDoc is a doc that was added; its data is nil where none was.
type waitingDoc struct {
	data   []byte // what a result shows, as JSON
	facets []string
	terms  []string
	blocks []string // of each term
}

// places tells of the places of one term.
type places struct{ last, docs int32 } // the last doc, and how many

// New returns an index which hands its files to emit, in the folder dir. It is for docs
// of the given numbers, which ascend.
func New(numbers []int, dir string, emit func(path string, data []byte) error) *Index {
	return &Index{numbers: numbers, dir: dir, emit: emit, most: mostHeld, waiting: map[int]*waitingDoc{}, facet: map[string]map[string]*int{}}
}

// maxBlocks is how many blocks of a doc are kept for a word: who looks for a
// word that stands in more wants the first.
const maxBlocks = 12

// Add puts in the doc that has numbers[i].
func (x *Index) Add(i int, d Doc) { x.add(i, waiting(d)) }

// waiting returns what is taken of a doc.
func waiting(d Doc) *waitingDoc {
	blocks := map[string][]int{}
	note := func(term string, block int) {
		if l := blocks[term]; len(l) == 0 || l[len(l)-1] != block && len(l) < maxBlocks {
			blocks[term] = append(l, block)
		}
	}
	terms(d.Title, func(t string) { note(t, 0) })
	terms(d.Meta, func(t string) { note(t, 0) })
	for _, f := range d.Facets {
		note("="+f, 0)
	}
	for k, b := range d.Blocks {
		terms(b.Text, func(t string) { note(t, k+1) })
		for _, f := range b.Facets {
			note("="+f, k+1)
		}
	}
	w := &waitingDoc{data: d.appendTo(nil), facets: d.Facets, terms: make([]string, 0, len(blocks)), blocks: make([]string, 0, len(blocks))}
	for t, l := range blocks {
		w.terms, w.blocks = append(w.terms, t), append(w.blocks, code(l))
	}
	return w
}

func (x *Index) add(i int, w *waitingDoc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.waiting[i] = w
	for x.next < len(x.numbers) && x.waiting[x.next] != nil {
		w := x.waiting[x.next]
		delete(x.waiting, x.next)
		x.put(w)
	}
}

// put puts in the next doc.
func (x *Index) put(w *waitingDoc) {
	i := x.numbers[x.next]
	x.next++
	for _, f := range w.facets {
		name, value, _ := strings.Cut(f, ":")
		of := x.facet[name]
		if of == nil {
			of = map[string]*int{}
			x.facet[strings.Clone(name)] = of
		}
		n := of[value]
		if n == nil {
			n = new(int)
			of[strings.Clone(value)] = n // not to hold on to what it is a part of
		}
		*n++
	}
	for k, t := range w.terms {
		x.place(t, int32(i), w.blocks[k])
	}
	if x.held > x.most && x.Aside != nil {
		if x.putAside(x.Aside) != nil {
			x.Aside = nil // it is held, then
		}
	}
	if i/together != x.first/together {
		x.flushTexts()
	}
	if len(x.buf) == 0 {
		x.first, x.end = i, i
	}
	if w.data == nil {
		w.data = []byte("null")
	}
	for ; x.end <= i; x.end++ {
		if len(x.buf) > 0 {
			x.buf = append(x.buf, ",\n"...)
		}
		if x.end < i {
			x.buf = append(x.buf, "null"...) // nobody has the number
		}
	}
	x.buf = append(x.buf, w.data...)
	if len(x.buf) > textShard {
		x.flushTexts()
	}
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

// code writes block numbers as distances in base 36.
func code(blocks []int) string {
	if len(blocks) == 1 && blocks[0] < len(small) {
		return small[blocks[0]]
	}
	var b []byte
	last := 0
	for _, n := range blocks {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(n-last), 36)
		last = n
	}
	return string(b)
}

// small has the codes of single blocks, which most are.
var small = func() (s [256]string) {
	for i := range s {
		s[i] = "." + strconv.FormatInt(int64(i), 36)
	}
	return s
}()

// Sizes of shards. A query reads a shard of terms for each word and a shard of
// texts for each result it shows.
const (
	termShard = 20_000 // bytes, more or less
	textShard = 5_000  // bytes
	// common is in how many docs a word may stand and still have its blocks
	// kept; of more common ones only the title is told apart.
	common = 2_000
	// together is how many numbers a shard of texts may be of: one begins with each
	// multiple of it.
	together = 64
	// maxFacet is how many values of a facet the search box offers.
	maxFacet = 200
)

// begins reports whether a shard of terms should begin with this one, whose line has
// that size. What comes to other terms changes nothing in that, so that the shards
// before and after stay as they are.
func begins(term string, size int) bool {
	h := fnv.New32a()
	h.Write([]byte(term))
	// Rounded: a line that grows by a doc should end no shard.
	for k := 64; ; k *= 2 {
		if size <= k {
			return uint64(h.Sum32())*termShard*3/4 < uint64(k)<<32
		}
	}
}

type directory struct {
	Docs   int                  `json:"docs"`
	Terms  termShards           `json:"terms"`
	Texts  *shardsOf            `json:"texts"`
	Facets map[string][]facetOf `json:"facets,omitempty"`
}

// termShards has the shards of terms: the first of each, and the digests that name
// them.
type termShards struct {
	First []string `json:"first"`
	Sums  string   `json:"sums"`
}

// shardsOf has the shards of texts: the distances of their first docs, and the
// digests in their names.
type shardsOf struct {
	first, sums []byte
	last        int // the first doc of the last
}

// MarshalJSON writes what the directory says of them.
func (s *shardsOf) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"first": string(s.first), "sums": string(s.sums)})
}

type facetOf struct {
	Value string
	Docs  int
}

func (f facetOf) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{f.Value, f.Docs}) }

// digest returns that many characters that stand for data: a reader that kept the
// file they name has this one.
func digest(data []byte, size int) string {
	sum := sha256.Sum256(data)
	least := uint64(1)
	for range size - 1 {
		least *= 36
	}
	return strconv.FormatUint(least+binary.BigEndian.Uint64(sum[:])%(35*least), 36)
}

func (x *Index) out(name string, data []byte) {
	if x.err == nil {
		x.err = x.emit(x.dir+"/"+name, data)
	}
}

// flushTexts ends a shard of texts.
func (x *Index) flushTexts() {
	if len(x.buf) > 0 {
		s := &x.texts
		k := strconv.Itoa(x.first)
		data := slices.Concat([]byte("R.texts("+k+",["), x.buf, []byte("]);\n"))
		sum := digest(data, 4)
		x.out("t"+strconv.FormatInt(int64(x.first), 36)+"."+sum+".js", data)
		if len(s.sums) > 0 {
			s.first = append(s.first, ',')
		}
		s.first = strconv.AppendInt(s.first, int64(x.first-s.last), 36)
		s.sums = append(s.sums, sum...)
		s.last = x.first
		x.buf = x.buf[:0]
	}
}

// Close writes what is not written yet. Docs that were never added are left out.
// The error is the first that emit returned.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.next < len(x.numbers) {
		w := x.waiting[x.next]
		if w == nil {
			w = &waitingDoc{}
		}
		delete(x.waiting, x.next)
		x.put(w)
	}
	x.flushTexts()
	d := directory{Docs: len(x.numbers), Terms: termShards{First: []string{}}, Texts: &x.texts, Facets: map[string][]facetOf{}}

	// The vocabulary.
	var lines []byte
	from := ""
	flushTerms := func() {
		if len(lines) == 0 {
			return
		}
		quoted := jsonout.String(nil, string(lines))
		sum := digest(quoted, 8)
		x.out("w"+sum+".js", slices.Concat([]byte(`R.terms("`+sum+`",`), quoted, []byte(");\n")))
		d.Terms.First, d.Terms.Sums = append(d.Terms.First, from), d.Terms.Sums+sum
		lines = lines[:0]
	}
	err := x.eachTerm(func(t string, text []byte) {
		size := len(t) + len(text) + 2
		if len(lines) > termShard/4 && (len(lines)+size > 2*termShard || begins(t, size)) {
			flushTerms()
		}
		if len(lines) == 0 {
			from = t
		}
		lines = append(lines, t...)
		lines = append(lines, ' ')
		lines = append(lines, text...)
		lines = append(lines, '\n')
	})
	if err != nil {
		return err
	}
	flushTerms()
	for name, values := range x.facet {
		var list []facetOf
		for v, n := range values {
			list = append(list, facetOf{v, *n})
		}
		slices.SortFunc(list, func(a, b facetOf) int {
			if a.Docs != b.Docs {
				return b.Docs - a.Docs
			}
			return strings.Compare(a.Value, b.Value)
		})
		d.Facets[name] = list[:min(len(list), maxFacet)]
	}
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	x.out("index.js", slices.Concat([]byte("R.dir("), data, []byte(");\n")))
	return x.err
}
