package searchindex

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"slices"
)

// Pack returns what an index takes of a doc, for AddPacked: so that a doc that
// has not changed need not be made again to be put in.
func Pack(d Doc) []byte {
	w := waiting(d)
	b := appendBytes(nil, w.data)
	for _, list := range [][]string{w.facets, w.terms, w.blocks} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, s := range list {
			b = appendBytes(b, s)
		}
	}
	return b
}

func appendBytes[T string | []byte](b []byte, s T) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// AddPacked puts in doc number i, as Pack returned it. It reports false, and puts
// in nothing, where that is not what Pack returns.
func (x *Index) AddPacked(i int, pack []byte) bool {
	w := unpack(pack)
	if w == nil {
		return false
	}
	x.add(i, w)
	return true
}

// IsOf reports whether the pack is one of d.
func IsOf(pack []byte, d Doc) bool {
	was, now := unpack(pack), waiting(d)
	return was != nil && bytes.Equal(was.data, now.data) && slices.Equal(was.facets, now.facets) &&
		maps.Equal(was.places(), now.places())
}

// places returns the blocks of each term.
func (w *waitingDoc) places() map[string]string {
	m := make(map[string]string, len(w.terms))
	for i, t := range w.terms {
		m[t] = w.blocks[i]
	}
	return m
}

// errNotPacked says that bytes are not what Pack returns.
var errNotPacked = errors.New("not a packed doc")

// unpack reads what Pack returned; nil where it is not that.
func unpack(pack []byte) *waitingDoc {
	// The strings are parts of one.
	rest, ok := string(pack), true
	number := func() int {
		n, k := binary.Uvarint([]byte(rest[:min(len(rest), binary.MaxVarintLen64)]))
		if k <= 0 || n > uint64(len(rest)) {
			ok = false
			return 0
		}
		rest = rest[k:]
		return int(n)
	}
	text := func() string {
		n := number()
		if n > len(rest) {
			ok = false
			return ""
		}
		s := rest[:n]
		rest = rest[n:]
		return s
	}
	list := func() []string {
		l := make([]string, number())
		for i := range l {
			l[i] = text()
		}
		return l
	}
	w := &waitingDoc{data: []byte(text()), facets: list(), terms: list(), blocks: list()}
	if !ok || rest != "" || len(w.terms) != len(w.blocks) || !json.Valid(w.data) {
		return nil
	}
	return w
}
