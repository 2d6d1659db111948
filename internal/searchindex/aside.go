package searchindex

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strconv"

	"readout/internal/numbered"
)

// Of a large site the places of all words are more than should be held. They are
// held of docs in a row until they come to mostHeld bytes; then they are put aside,
// by term, and those of the docs after them begin anew. In the end the runs that
// were put aside are read side by side.

// An Aside keeps a copy of data outside memory, and returns how to get it back.
type Aside func(data []byte) (get func() ([]byte, error), err error)

const (
	mostHeld  = 3 << 20 // bytes of the vocabulary and its places, more or less
	asideSize = 1 << 16 // bytes that are put aside at a time, more or less
	// ofTerm is what a term takes beside its letters and places.
	ofTerm = 64
)

// A run is the vocabulary of some docs in a row, by term, in pieces.
type run []func() ([]byte, error)

// errAside says that what was put aside is not there as it was put.
var errAside = errors.New("the places of words cannot be read again")

// inMemory is an Aside that is none.
func inMemory(data []byte) (func() ([]byte, error), error) {
	data = bytes.Clone(data)
	return func() ([]byte, error) { return data, nil }, nil
}

// vocabulary returns the numbers of the terms that are held, by term.
func (x *Index) vocabulary() []int {
	list := make([]int, x.terms.Len())
	for n := range list {
		list[n] = n
	}
	slices.SortFunc(list, func(a, b int) int { return bytes.Compare(x.terms.Bytes(a), x.terms.Bytes(b)) })
	return list
}

// putAside ends a run.
func (x *Index) putAside(aside Aside) error {
	var r run
	var piece, text []byte
	end := func() error {
		get, err := aside(piece)
		r, piece = append(r, get), piece[:0]
		return err
	}
	for _, n := range x.vocabulary() {
		text = x.written.AppendTo(text[:0], n)
		piece = appendBytes(piece, x.terms.Bytes(n))
		piece = binary.AppendUvarint(piece, uint64(x.places[n].docs))
		piece = binary.AppendUvarint(piece, uint64(x.places[n].last))
		piece = appendBytes(piece, text)
		if len(piece) > asideSize {
			if err := end(); err != nil {
				return err
			}
		}
	}
	if err := end(); err != nil {
		return err
	}
	x.runs = append(x.runs, r)
	x.terms, x.places, x.written, x.held = numbered.Strings{}, nil, numbered.Lists{}, 0
	return nil
}

// eachTerm calls f with each term, in order, and its places as they are written.
func (x *Index) eachTerm(f func(term string, places []byte)) error {
	if len(x.runs) == 0 {
		var text []byte
		for _, n := range x.vocabulary() {
			text = x.written.AppendTo(text[:0], n)
			f(x.terms.String(n), text)
		}
		return nil
	}
	if err := x.putAside(inMemory); err != nil {
		return err
	}
	var at []*reading
	for _, r := range x.runs {
		c := &reading{left: r}
		more, err := c.next()
		if err != nil {
			return err
		}
		if more {
			at = append(at, c)
		}
	}
	var text, thin []byte
	for len(at) > 0 {
		term := string(slices.MinFunc(at, func(a, b *reading) int { return bytes.Compare(a.term, b.term) }).term)
		docs, last := 0, 0
		text = text[:0]
		left := at[:0]
		for _, c := range at {
			more := true
			if string(c.term) == term {
				text = join(text, c.text, last)
				docs, last = docs+c.docs, c.last
				var err error
				if more, err = c.next(); err != nil {
					return err
				}
			}
			if more {
				left = append(left, c)
			}
		}
		at = left
		places := text
		if docs > common {
			thin = thinned(thin[:0], text)
			places = thin
		}
		f(term, places)
	}
	return nil
}

// join puts the places of a term in later docs behind those in earlier ones, of which
// the last is given.
func join(text, later []byte, last int) []byte {
	if len(text) == 0 {
		return append(text, later...)
	}
	end := bytes.IndexAny(later, ".,")
	if end < 0 {
		end = len(later)
	}
	doc, _ := strconv.ParseInt(string(later[:end]), 36, 64) // as place wrote it
	text = append(text, ',')
	text = strconv.AppendInt(text, doc-int64(last), 36)
	return append(text, later[end:]...)
}

// A reading is how far a run was read.
type reading struct {
	left []func() ([]byte, error)
	rest []byte

	// The term at hand.
	term, text []byte
	docs, last int
}

// next goes on to the next term; it reports false behind the last.
func (c *reading) next() (bool, error) {
	for len(c.rest) == 0 {
		if len(c.left) == 0 {
			return false, nil
		}
		var err error
		if c.rest, err = c.left[0](); err != nil {
			return false, err
		}
		c.left = c.left[1:]
	}
	ok := true
	number := func() int {
		n, k := binary.Uvarint(c.rest)
		if k <= 0 {
			ok = false
			return 0
		}
		c.rest = c.rest[k:]
		return int(n)
	}
	text := func() []byte {
		n := number()
		if n > len(c.rest) {
			ok = false
			return nil
		}
		b := c.rest[:n]
		c.rest = c.rest[n:]
		return b
	}
	c.term = text()
	c.docs, c.last = number(), number()
	c.text = text()
	if !ok {
		return false, errAside
	}
	return true, nil
}
