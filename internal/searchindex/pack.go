package searchindex

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
	"sync"
)

// A pack is what an index takes of a doc, as bytes:
//
//	data: what a result shows, as JSON
//	facets: how many, then each
//	terms: how many, then each with its blocks as code writes them
//
// Each text has its length before it.

// Pack returns what an index takes of a doc, for AddPacked: so that a doc that
// has not changed need not be made again to be put in. Of two docs that differ it
// does not return the same.
func Pack(d Doc) []byte {
	p := packings.Get().(*packing)
	defer packings.Put(p)
	return bytes.Clone(p.pack(&d))
}

// AddPacked puts in doc number i, as Pack returned it. It reports false, and puts
// in nothing, where that is not what Pack returns.
func (x *Index) AddPacked(i int, pack []byte) bool {
	if !isPack(pack) {
		return false
	}
	x.add(i, pack)
	return true
}

// IsOf reports whether the pack is one of d.
func IsOf(pack []byte, d Doc) bool {
	p := packings.Get().(*packing)
	defer packings.Put(p)
	return bytes.Equal(pack, p.pack(&d))
}

// A packing makes packs. What it needs for one it uses again for the next.
type packing struct {
	folded []byte   // all words of the doc
	pieces []piece  // of those
	terms  []termOf // in the order in which they first stand there
	at     map[string]int32
	data   []byte
	out    []byte
}

var packings = sync.Pool{New: func() any { return &packing{at: map[string]int32{}} }}

// A piece is words of a block, or a term as it is, up to a byte of all.
type piece struct {
	end, block int
	whole      bool
}

// A termOf is a term of a doc, and the first of the blocks in which it stands.
type termOf struct {
	text   string
	n      int
	blocks [maxBlocks]int
}

// pack packs a doc, in room that the next one uses again.
func (p *packing) pack(d *Doc) []byte {
	p.folded, p.pieces, p.terms = p.folded[:0], p.pieces[:0], p.terms[:0]
	clear(p.at)
	p.words(d.Title, 0)
	p.words(d.Meta, 0)
	p.facets(d.Facets, 0)
	for k := range d.Blocks {
		p.words(d.Blocks[k].Text, k+1)
		p.facets(d.Blocks[k].Facets, k+1)
	}
	all, from := string(p.folded), 0
	for _, piece := range p.pieces {
		text := all[from:piece.end]
		from = piece.end
		if piece.whole {
			p.note(text, piece.block)
		} else {
			eachTerm(text, func(term string) { p.note(term, piece.block) })
		}
	}
	p.data = d.appendTo(p.data[:0])
	b := appendBytes(p.out[:0], p.data)
	b = binary.AppendUvarint(b, uint64(len(d.Facets)))
	for _, f := range d.Facets {
		b = appendBytes(b, f)
	}
	b = binary.AppendUvarint(b, uint64(len(p.terms)))
	for i := range p.terms {
		t := &p.terms[i]
		b = appendBytes(b, t.text)
		var room [maxBlocks * 8]byte
		b = appendBytes(b, code(room[:0], t.blocks[:t.n]))
	}
	p.out = b
	return b
}

func (p *packing) words(text string, block int) {
	p.folded = fold(p.folded, text)
	p.pieces = append(p.pieces, piece{len(p.folded), block, false})
}

func (p *packing) facets(list []string, block int) {
	for _, f := range list {
		p.folded = append(append(p.folded, '='), f...)
		p.pieces = append(p.pieces, piece{len(p.folded), block, true})
	}
}

// note notes that a term stands in a block.
func (p *packing) note(term string, block int) {
	k, ok := p.at[term]
	if !ok {
		k = int32(len(p.terms))
		p.at[term] = k
		p.terms = append(p.terms, termOf{text: term})
	}
	if t := &p.terms[k]; t.n == 0 || t.blocks[t.n-1] != block && t.n < maxBlocks {
		t.blocks[t.n] = block
		t.n++
	}
}

// code appends block numbers as distances in base 36.
func code(b []byte, blocks []int) []byte {
	last := 0
	for _, n := range blocks {
		b = append(b, '.')
		b = strconv.AppendInt(b, int64(n-last), 36)
		last = n
	}
	return b
}

func appendBytes[T string | []byte](b []byte, s T) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// A packReader reads a pack. Once something is not as it should be there is nothing
// more to read.
type packReader struct {
	rest   []byte
	broken bool
}

func (r *packReader) number() int {
	n, k := binary.Uvarint(r.rest)
	if k <= 0 || n > uint64(len(r.rest)) {
		r.rest, r.broken = nil, true
		return 0
	}
	r.rest = r.rest[k:]
	return int(n)
}

func (r *packReader) text() []byte {
	n := r.number()
	if n > len(r.rest) {
		r.rest, r.broken = nil, true
		return nil
	}
	t := r.rest[:n]
	r.rest = r.rest[n:]
	return t
}

func (r *packReader) facets() []string {
	list := make([]string, r.number())
	for i := range list {
		list[i] = string(r.text())
	}
	return list
}

// An unpacked is a pack as values.
type unpacked struct {
	data   []byte // what a result shows, as JSON
	facets []string
	terms  []string
	blocks []string // of each term
}

// errNotPacked says that bytes are not what Pack returns.
var errNotPacked = errors.New("not a packed doc")

// unpack reads what Pack returned; nil where it is not that.
func unpack(pack []byte) *unpacked {
	if !isPack(pack) {
		return nil
	}
	r := packReader{rest: pack}
	u := &unpacked{data: r.text(), facets: r.facets()}
	n := r.number()
	u.terms, u.blocks = make([]string, n), make([]string, n)
	for i := range n {
		u.terms[i] = string(r.text())
		u.blocks[i] = string(r.text())
	}
	return u
}

// isPack reports whether bytes are such as Pack returns.
func isPack(pack []byte) bool {
	r := packReader{rest: pack}
	r.text()
	for range r.number() {
		r.text()
	}
	for range r.number() {
		r.text()
		r.text()
	}
	return !r.broken && len(r.rest) == 0
}
