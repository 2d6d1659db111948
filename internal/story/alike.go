package story

import (
	"encoding/binary"
	"slices"

	"readout/internal/packed"
)

// A pair is two documents (or groups) and how alike they are.
type pair struct {
	a, b int32
	sim  float64
}

// before reports whether p is joined before q: the most alike pair is the first.
func (p *pair) before(q *pair) bool {
	if p.sim != q.sim {
		return p.sim > q.sim
	}
	if p.a != q.a {
		return p.a < q.a
	}
	return p.b < q.b
}

// An alike has which documents are alike. There are a hundred such pairs for each
// document: of each it has, in a byte or two, that it is one. How much the two are
// alike is held of those alone that may be joined at once.
type alike struct {
	before lists // of each document, those before it that are like it
	strong []pair
}

// lists are lists of numbers that ascend, each as how much it is more than the one before
// it.
type lists struct {
	from []int // of each list, where it begins in data; and where the last ends
	data []byte
}

// len returns how many lists there are.
func (r *lists) len() int { return max(0, len(r.from)-1) }

// appendTo appends the numbers of a list to out.
func (r *lists) appendTo(out []int32, i int) []int32 {
	n := uint32(0)
	for k, end := r.from[i], r.from[i+1]; k < end; {
		d := uint32(r.data[k])
		k++
		if d >= 0x80 {
			d &= 0x7f
			for shift := 7; k < end; shift += 7 {
				b := uint32(r.data[k])
				k++
				if d |= b & 0x7f << shift; b < 0x80 {
					break
				}
			}
		}
		n += d
		out = append(out, int32(n))
	}
	return out
}

// has reports whether a list has a number.
func (r *lists) has(i int, number int32, room []int32) bool {
	_, ok := slices.BinarySearch(r.appendTo(room[:0], i), number)
	return ok
}

// add puts a list behind the others.
func (r *lists) add(list []int32) {
	if len(r.from) == 0 {
		r.from = append(r.from, 0)
	}
	last := int32(0)
	for _, n := range list {
		r.data = binary.AppendUvarint(r.data, uint64(n-last))
		last = n
	}
	r.from = append(r.from, len(r.data))
}

// joinLists puts lists behind one another.
func joinLists(parts []lists) lists {
	n, bytes := 1, 0
	for i := range parts {
		n, bytes = n+parts[i].len(), bytes+len(parts[i].data)
	}
	out := lists{make([]int, 1, n), make([]byte, 0, bytes)}
	for i := range parts {
		p := &parts[i]
		at := len(out.data)
		for k := range p.len() {
			out.from = append(out.from, at+p.from[k+1])
		}
		out.data = append(out.data, p.data...)
		*p = lists{}
	}
	return out
}

// turned returns of each number in which lists it is.
func (r *lists) turned() lists {
	n := r.len()
	var list []int32
	last, size := make([]int32, n), make([]int, n+1)
	var room [binary.MaxVarintLen32]byte
	for i := range n {
		list = r.appendTo(list[:0], i)
		for _, j := range list {
			size[j+1] += binary.PutUvarint(room[:], uint64(int32(i)-last[j]))
			last[j] = int32(i)
		}
	}
	for i := range n {
		size[i+1] += size[i]
	}
	out := lists{size, make([]byte, size[n])}
	next := slices.Clone(size)
	clear(last)
	for i := range n {
		list = r.appendTo(list[:0], i)
		for _, j := range list {
			next[j] += binary.PutUvarint(out.data[next[j]:], uint64(int32(i)-last[j]))
			last[j] = int32(i)
		}
	}
	return out
}

// A part is documents between which and all others there is no pair.
type part struct {
	members []int32
	strong  []pair   // among them
	past    [][]pair // of groups that were joined in the past, one after the other, -1 for one that is no more; see pairing.joined
	joined  []pair   // of groups that were joined now
}

// parts returns the parts of so many documents, and in which each is.
func (a *alike) parts(n int) (parts []part, of []int32) {
	root := make([]int32, n)
	for i := range root {
		root[i] = int32(i)
	}
	var list []int32
	for i := range n {
		list = a.before.appendTo(list[:0], i)
		for _, j := range list {
			x, y := find(root, int32(i)), find(root, j)
			root[max(x, y)] = min(x, y)
		}
	}
	of = make([]int32, n)
	var members []int32
	var sizes []int
	for i := range n {
		r := find(root, int32(i))
		if int(r) == i {
			of[i] = int32(len(sizes))
			sizes = append(sizes, 0)
		}
		of[i] = of[r]
		sizes[of[i]]++
	}
	strong := make([]int, len(sizes)) // of each part: how many strong pairs
	for i := range a.strong {
		strong[of[a.strong[i].a]]++
	}
	members, pairs := make([]int32, n), make([]pair, len(a.strong))
	parts = make([]part, len(sizes))
	at, from := 0, 0
	for i := range parts {
		parts[i] = part{members: members[at : at : at+sizes[i]], strong: pairs[from : from : from+strong[i]]}
		at, from = at+sizes[i], from+strong[i]
	}
	for i, k := range of {
		parts[k].members = append(parts[k].members, int32(i))
	}
	for _, x := range a.strong {
		p := &parts[of[x.a]]
		p.strong = append(p.strong, x)
	}
	a.strong = pairs
	return parts, of
}

// find returns the one that stands for all that i was joined with.
func find(root []int32, i int32) int32 {
	for root[i] != i {
		root[i] = root[root[i]]
		i = root[i]
	}
	return i
}

// pack writes a.
func (a *alike) pack(w *packed.Writer) {
	last := 0
	for _, at := range a.before.from[min(1, len(a.before.from)):] {
		w.Uint(uint64(at - last))
		last = at
	}
	w.Bytes(a.before.data)
	packPairs(w, a.strong)
}

func packPairs(w *packed.Writer, pairs []pair) {
	w.Uint(uint64(len(pairs)))
	for _, x := range pairs {
		w.Uint(uint64(x.a))
		w.Uint(uint64(x.b))
		w.Double(x.sim)
	}
}

// unpackPairs reads pairs of so many documents.
func unpackPairs(r *packed.Reader, docs int) ([]pair, bool) {
	pairs := make([]pair, r.Count())
	for i := range pairs {
		a, b := r.Uint(), r.Uint()
		if a >= b || b >= uint64(docs) {
			return nil, false
		}
		pairs[i] = pair{int32(a), int32(b), r.Double()}
	}
	return pairs, r.Whole()
}

// unpackAlike reads what pack wrote of so many documents.
func unpackAlike(r *packed.Reader, docs int) (a alike, ok bool) {
	a.before.from = make([]int, docs+1)
	at := 0
	for i := range docs {
		at += int(r.Uint())
		a.before.from[i+1] = at
	}
	a.before.data = r.Bytes()
	if at != len(a.before.data) {
		return a, false
	}
	var list []int32
	for i := range docs {
		if a.before.from[i] > a.before.from[i+1] || a.before.from[i+1] > len(a.before.data) {
			return a, false
		}
		list = a.before.appendTo(list[:0], i)
		for k, j := range list {
			if j < 0 || int(j) >= i || k > 0 && j <= list[k-1] {
				return a, false
			}
		}
	}
	a.strong, ok = unpackPairs(r, docs)
	return a, ok
}
