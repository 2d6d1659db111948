package story

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"readout/internal/packed"
	"readout/internal/stable"
)

// Most documents of an archive stay as they are when one comes to it. What relating
// found of them is remembered, under digests of all that decided it: which documents
// are alike and how much, how those that are fell into groups, which article a copy
// repeats. How rare a term is counts in steps (see rarity), so that the weights in most
// documents stay as they were, too. What is remembered changes no result.

// A Sum stands for a Doc, or for all that decides what is found of some.
type Sum [16]byte

// Sum returns what stands for the document.
func (d *Doc) Sum() Sum {
	h := sha256.New()
	for _, s := range []string{d.ID, d.Title, d.Text, d.Date, d.Publisher, d.Credits} {
		fmt.Fprintf(h, "%d ", len(s))
		h.Write([]byte(s))
	}
	return Sum(h.Sum(nil)[:16])
}

func sumOf(data []byte) Sum {
	s := sha256.Sum256(data)
	return Sum(s[:16])
}

// sumOfAll stands for several in their order.
func sumOfAll(buf []byte, sums []Sum, of []int) Sum {
	buf = buf[:0]
	for _, i := range of {
		buf = append(buf, sums[i][:]...)
	}
	return sumOf(buf)
}

// A Past is what was found when documents were last related.
type Past struct {
	copies  map[Sum]int32 // of a document and those it may repeat: the place of the one it does; -1 for none
	credits map[Sum]uint8 // of a document and a publisher: see credit
	events  pairing
	lines   pairing
}

func newPast() *Past { return &Past{copies: map[Sum]int32{}, credits: map[Sum]uint8{}} }

// A pairing is what a likeness found among documents, those that are alike enough by their
// places in docs.
type pairing struct {
	docs []Sum
	alike
	joined sequences
}

// sequences are pairs of groups that were joined one after the other, those of each part of
// all documents for themselves. A group has the number of that of its documents which had
// the most when they were joined; see joiner.unite.
type sequences struct {
	pairs []pair
	ends  []int
}

func (s *sequences) add(list []pair) {
	if len(list) > 0 {
		s.pairs = append(s.pairs, list...)
		s.ends = append(s.ends, len(s.pairs))
	}
}

// giveTo gives the parts of documents that are there now what was joined of them, of each
// document the part it is in.
func (p *pairing) giveTo(parts []part, of, now []int32) {
	last, from := make([]int, len(parts)), 0
	for _, end := range p.joined.ends {
		give := func(to int32, x pair) {
			list := &parts[to].past
			if last[to] != end { // this one has nothing of the sequence yet
				last[to] = end
				*list = append(*list, nil)
			}
			(*list)[len(*list)-1] = append((*list)[len(*list)-1], x)
		}
		for _, x := range p.joined.pairs[from:end] {
			a, b := now[x.a], now[x.b]
			if a >= 0 && b >= 0 && of[a] == of[b] {
				give(of[a], pair{a, b, x.sim})
				continue
			}
			if a >= 0 {
				give(of[a], pair{a, -1, x.sim})
			}
			if b >= 0 {
				give(of[b], pair{-1, b, x.sim})
			}
		}
		from = end
	}
}

// known returns where documents were in the past, and where those that were there are now;
// -1 where there are none.
func (p *pairing) known(sums []Sum) (was, now []int32) {
	was, now = make([]int32, len(sums)), make([]int32, len(p.docs))
	for i := range was {
		was[i] = -1
	}
	if len(p.docs) == 0 {
		return was, now
	}
	at := make(map[Sum]int32, len(sums))
	for i, s := range sums {
		at[s] = int32(i)
	}
	last := int32(-1)
	for k, s := range p.docs {
		now[k] = -1
		if i, ok := at[s]; ok && i > last { // their order does not change
			was[i], now[k], last = int32(k), i, i
		}
	}
	return was, now
}

// Remember has the next Relate take from an earlier one what is as it was then.
func (v *Vocabulary) Remember(p *Past) { v.past = p }

// Found returns what the last Relate found.
func (v *Vocabulary) Found() *Past { return v.found }

// Pack writes what was found.
func (p *Past) Pack(w *packed.Writer) {
	w.Uint(uint64(len(p.copies)))
	for _, s := range sortedSums(p.copies) {
		w.Raw(s[:])
		w.Int(int(p.copies[s]))
	}
	w.Uint(uint64(len(p.credits)))
	for _, s := range sortedSums(p.credits) {
		w.Raw(s[:])
		w.Uint(uint64(p.credits[s]))
	}
	for _, g := range []*pairing{&p.events, &p.lines} {
		w.Uint(uint64(len(g.docs)))
		for _, s := range g.docs {
			w.Raw(s[:])
		}
		g.alike.pack(w)
		w.Uint(uint64(len(g.joined.ends)))
		from := 0
		for _, end := range g.joined.ends {
			packPairs(w, g.joined.pairs[from:end])
			from = end
		}
	}
}

func sortedSums[V any](m map[Sum]V) []Sum {
	out := make([]Sum, 0, len(m))
	for s := range m {
		out = append(out, s)
	}
	stable.Sort(out, func(a, b Sum) int { return slices.Compare(a[:], b[:]) })
	return out
}

// UnpackPast reads what Pack wrote; nil where it is not that.
func UnpackPast(r *packed.Reader) *Past {
	p := newPast()
	sum := func() (s Sum) {
		copy(s[:], r.Raw(len(s)))
		return s
	}
	for n := r.Count(); n > 0; n-- {
		s := sum()
		p.copies[s] = int32(r.Int())
	}
	for n := r.Count(); n > 0; n-- {
		s := sum()
		p.credits[s] = uint8(r.Uint())
	}
	for _, g := range []*pairing{&p.events, &p.lines} {
		g.docs = make([]Sum, r.Count())
		for i := range g.docs {
			g.docs[i] = sum()
		}
		var ok bool
		if g.alike, ok = unpackAlike(r, len(g.docs)); !ok {
			return nil
		}
		for n := r.Count(); n > 0; n-- {
			list, ok := unpackPairs(r, len(g.docs))
			if !ok {
				return nil
			}
			g.joined.add(list)
		}
	}
	if !r.Whole() {
		return nil
	}
	return p
}
