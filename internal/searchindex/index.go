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
// the same files whatever the order was.
type Index struct {
	mu    sync.Mutex
	terms map[string]*places
	docs  [][]byte // what a result shows, as JSON, by number
	facet map[string]map[string]int
}

type places struct {
	list []place
}

// A place is a doc and its blocks, coded.
type place struct {
	doc    int32
	blocks string
}

// New returns an index for n docs.
func New(n int) *Index {
	return &Index{terms: map[string]*places{}, docs: make([][]byte, n), facet: map[string]map[string]int{}}
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
	coded := make(map[string]string, len(blocks))
	for t, l := range blocks {
		coded[t] = code(l)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.docs[i] = data
	for _, f := range d.Facets {
		name, value, _ := strings.Cut(f, ":")
		if x.facet[name] == nil {
			x.facet[name] = map[string]int{}
		}
		x.facet[name][value]++
	}
	for t, c := range coded {
		p := x.terms[t]
		if p == nil {
			p = &places{}
			x.terms[strings.Clone(t)] = p
		}
		p.list = append(p.list, place{int32(i), c})
	}
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

// Write hands the files of the index to emit, in the folder dir. Docs that were
// never added are left out.
func (x *Index) Write(dir string, emit func(path string, data []byte) error) error {
	d := directory{Docs: len(x.docs), Terms: [][2]string{}, Texts: []shardOf{}, Facets: map[string][]facetOf{}}
	put := func(name string, data []byte) (string, error) {
		sum := sha256.Sum256(data)
		name += "." + hex.EncodeToString(sum[:4]) + ".js"
		return name, emit(dir+"/"+name, data)
	}

	// What results show.
	var buf []byte
	first := 0
	flush := func(next int) error {
		if len(buf) == 0 {
			return nil
		}
		k := len(d.Texts)
		data := append([]byte("R.texts("+strconv.Itoa(k)+",["), buf...)
		name, err := put("t"+strconv.Itoa(k), append(data, "]);\n"...))
		d.Texts = append(d.Texts, shardOf{first, name})
		buf, first = nil, next
		return err
	}
	for i, doc := range x.docs {
		if len(buf) > 0 {
			buf = append(buf, ",\n"...)
		}
		if doc == nil {
			doc = []byte("null")
		}
		buf = append(buf, doc...)
		if len(buf) > textShard {
			if err := flush(i + 1); err != nil {
				return err
			}
		}
	}
	if err := flush(len(x.docs)); err != nil {
		return err
	}

	// The vocabulary.
	vocabulary := make([]string, 0, len(x.terms))
	for t := range x.terms {
		vocabulary = append(vocabulary, t)
	}
	slices.Sort(vocabulary)
	var lines strings.Builder
	from := ""
	flushTerms := func() error {
		if lines.Len() == 0 {
			return nil
		}
		k := len(d.Terms)
		quoted, err := json.Marshal(lines.String())
		if err != nil {
			return err
		}
		name, err := put("w"+strconv.Itoa(k), slices.Concat([]byte("R.terms("+strconv.Itoa(k)+","), quoted, []byte(");\n")))
		d.Terms = append(d.Terms, [2]string{from, name})
		lines.Reset()
		return err
	}
	for _, t := range vocabulary {
		if lines.Len() == 0 {
			from = t
		}
		lines.WriteString(t)
		lines.WriteByte(' ')
		x.terms[t].write(&lines)
		lines.WriteByte('\n')
		if lines.Len() > termShard {
			if err := flushTerms(); err != nil {
				return err
			}
		}
	}
	if err := flushTerms(); err != nil {
		return err
	}
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
	return emit(dir+"/index.js", slices.Concat([]byte("R.dir("), data, []byte(");\n")))
}

func (p *places) write(b *strings.Builder) {
	slices.SortFunc(p.list, func(a, b place) int { return int(a.doc - b.doc) })
	last := 0
	for i, e := range p.list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(int64(int(e.doc)-last), 36))
		last = int(e.doc)
		switch {
		case len(p.list) <= common:
			b.WriteString(e.blocks)
		case strings.HasPrefix(e.blocks, ".0"):
			b.WriteString(".0")
		}
	}
}
