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
//	directory    R.dir({docs, each, terms: [[first term, file]…], texts: [file…], names: …})
//	terms        R.terms(k, "term places\n…"), sorted by term
//	texts        R.texts(k, [doc…]), each doc {p: path, t: title, m: words below it, b: [[id, text]…]}
//
// Places are groups, one a document, "," between them: the distance to the
// document before, then the numbers of its blocks, each as the distance to the
// one before, all in base 36 with "." between. Block 0 is the title.
package searchindex

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Doc is something that can be found: a briefing, or a name.
type Doc struct {
	Path   string  `json:"p"` // of its page
	Title  string  `json:"t"`
	Meta   string  `json:"m,omitempty"` // what stands below the title
	Kind   string  `json:"k,omitempty"` // "" for a briefing, else "person", "place", …
	Blocks []Block `json:"b,omitempty"`
	// Facets are what the doc can be filtered by, as "facet:value".
	Facets []string `json:"-"`
}

// A Block is a passage of a Doc.
type Block struct {
	ID, Text string
	// Facets are what this passage can be filtered by.
	Facets []string
}

// MarshalJSON writes b as [id, text].
func (b Block) MarshalJSON() ([]byte, error) { return json.Marshal([2]string{b.ID, b.Text}) }

// An Index takes docs in any order, from any number of goroutines, and writes
// the same files whatever the order was. What results show is written as soon as
// all docs before are there; only the vocabulary is held to the end.
type Index struct {
	dir  string
	emit func(path string, data []byte) error

	mu      sync.Mutex
	err     error               // the first that emit returned
	docs    int                 // how many there will be
	next    int                 // the first doc that is not put in yet
	waiting map[int]*waitingDoc // docs that came before their turn
	terms   map[string]*places
	facet   map[string]map[string]int
	texts   []shardOf
	buf     []byte // the shard of texts at hand
	first   int    // its first doc
}

// A waitingDoc is a doc that was added; its data is nil where none was.
type waitingDoc struct {
	data   []byte // what a result shows, as JSON
	facets []string
	terms  []string
	blocks []string // of each term
}

// places are the places of one term, written as they stand in the file.
type places struct {
	text       []byte
	last, docs int32 // the last doc, and how many
}

// New returns an index for n docs, which hands its files to emit, in the folder
// dir.
func New(n int, dir string, emit func(path string, data []byte) error) *Index {
	return &Index{docs: n, dir: dir, emit: emit, waiting: map[int]*waitingDoc{}, terms: map[string]*places{}, facet: map[string]map[string]int{}}
}

// maxBlocks is how many blocks of a doc are kept for a word: who looks for a
// word that stands in more wants the first.
const maxBlocks = 12

// Add puts in doc number i.
func (x *Index) Add(i int, d Doc) {
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
	data, err := json.Marshal(d)
	if err != nil { // strings alone: cannot fail
		panic(err)
	}
	w := &waitingDoc{data: data, facets: d.Facets, terms: make([]string, 0, len(blocks)), blocks: make([]string, 0, len(blocks))}
	for t, l := range blocks {
		w.terms, w.blocks = append(w.terms, t), append(w.blocks, code(l))
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.waiting[i] = w
	for x.waiting[x.next] != nil {
		w := x.waiting[x.next]
		delete(x.waiting, x.next)
		x.put(w)
	}
}

// put puts in the next doc.
func (x *Index) put(w *waitingDoc) {
	i := x.next
	x.next++
	for _, f := range w.facets {
		name, value, _ := strings.Cut(f, ":")
		if x.facet[name] == nil {
			x.facet[name] = map[string]int{}
		}
		x.facet[name][value]++
	}
	for k, t := range w.terms {
		p := x.terms[t]
		if p == nil {
			p = &places{}
			x.terms[strings.Clone(t)] = p
		}
		p.add(int32(i), w.blocks[k])
	}
	if len(x.buf) > 0 {
		x.buf = append(x.buf, ",\n"...)
	}
	if w.data == nil {
		w.data = []byte("null")
	}
	x.buf = append(x.buf, w.data...)
	if len(x.buf) > textShard {
		x.flushTexts(i + 1)
	}
}

// add puts in the next doc, with its blocks as code writes them.
func (p *places) add(doc int32, blocks string) {
	if p.docs > 0 {
		p.text = append(p.text, ',')
	}
	if p.docs++; p.docs == common+1 {
		p.thin()
	}
	p.text = strconv.AppendInt(p.text, int64(doc-p.last), 36)
	p.last = doc
	if p.docs > common {
		blocks = titleOnly(blocks)
	}
	p.text = append(p.text, blocks...)
}

// thin leaves of the places so far those in titles.
func (p *places) thin() {
	var out []byte
	for i, group := range bytes.Split(p.text, []byte(",")) {
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
	p.text = out
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
	termShard = 40_000 // bytes
	textShard = 16_000 // bytes
	// common is in how many docs a word may stand and still have its blocks
	// kept; of more common ones only the title is told apart.
	common = 2_000
	// maxFacet is how many values of a facet the search box offers.
	maxFacet = 200
)

type directory struct {
	Docs   int                  `json:"docs"`
	Terms  [][2]string          `json:"terms"` // first term, file
	Texts  []shardOf            `json:"texts"`
	Facets map[string][]facetOf `json:"facets,omitempty"`
}

// A shardOf is the first doc of a shard and its file.
type shardOf struct {
	First int
	File  string
}

func (s shardOf) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{s.First, s.File}) }

type facetOf struct {
	Value string
	Docs  int
}

func (f facetOf) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{f.Value, f.Docs}) }

// file hands a file to emit, under a name with its digest, which it returns.
func (x *Index) file(name string, data []byte) string {
	sum := sha256.Sum256(data)
	name += "." + hex.EncodeToString(sum[:4]) + ".js"
	x.out(name, data)
	return name
}

func (x *Index) out(name string, data []byte) {
	if x.err == nil {
		x.err = x.emit(x.dir+"/"+name, data)
	}
}

// flushTexts ends a shard of texts before the doc with that number.
func (x *Index) flushTexts(next int) {
	if len(x.buf) == 0 {
		return
	}
	k := len(x.texts)
	data := append([]byte("R.texts("+strconv.Itoa(k)+",["), x.buf...)
	name := x.file("t"+strconv.Itoa(k), append(data, "]);\n"...))
	x.texts = append(x.texts, shardOf{x.first, name})
	x.buf, x.first = x.buf[:0], next
}

// Close writes what is not written yet. Docs that were never added are left out.
// The error is the first that emit returned.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.next < x.docs {
		w := x.waiting[x.next]
		if w == nil {
			w = &waitingDoc{}
		}
		delete(x.waiting, x.next)
		x.put(w)
	}
	x.flushTexts(x.docs)
	d := directory{Docs: x.docs, Terms: [][2]string{}, Texts: x.texts, Facets: map[string][]facetOf{}}
	if d.Texts == nil {
		d.Texts = []shardOf{}
	}

	// The vocabulary.
	vocabulary := make([]string, 0, len(x.terms))
	for t := range x.terms {
		vocabulary = append(vocabulary, t)
	}
	slices.Sort(vocabulary)
	var lines strings.Builder
	from := ""
	flushTerms := func() {
		if lines.Len() == 0 {
			return
		}
		k := len(d.Terms)
		quoted, err := json.Marshal(lines.String())
		if err != nil { // a string: cannot fail
			panic(err)
		}
		name := x.file("w"+strconv.Itoa(k), slices.Concat([]byte("R.terms("+strconv.Itoa(k)+","), quoted, []byte(");\n")))
		d.Terms = append(d.Terms, [2]string{from, name})
		lines.Reset()
	}
	for _, t := range vocabulary {
		if lines.Len() == 0 {
			from = t
		}
		lines.WriteString(t)
		lines.WriteByte(' ')
		lines.Write(x.terms[t].text)
		lines.WriteByte('\n')
		if lines.Len() > termShard {
			flushTerms()
		}
	}
	flushTerms()
	for name, values := range x.facet {
		var list []facetOf
		for v, n := range values {
			list = append(list, facetOf{v, n})
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
