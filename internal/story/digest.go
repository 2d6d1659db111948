package story

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"readout/internal/packed"
	"readout/internal/span"
	"readout/internal/token"
)

// A Digest is what relating takes of a Doc, so that its text may be let go.
type Digest struct {
	sum                 Sum
	id, date, publisher string
	body
	roundUp  bool
	recalled int32 // the year on whose event it looks back; 0 for one that reports
	aside    bool  // the body was put aside
	number   int32 // under this number its terms, under the next its runs
	length   int32 // how many runs there are
}

// A body is the larger part of a Digest, which may be put aside.
type body struct {
	runs  []byte      // see runs, four bytes each
	terms []termCount // in the order of their letters
}

// A termCount is a tally of one term of one document.
type termCount struct {
	term     int32 // in the Vocabulary
	n, prior float32
	named    bool // the term tells as a name
}

// A Vocabulary numbers the terms of the documents that are related to one
// another. Digests of one vocabulary may be made by several goroutines at once.
type Vocabulary struct {
	mu     sync.Mutex
	number map[string]int32
	terms  []string
	of     readerNumbers
	get    func(number int) ([]byte, error) // returns what was put aside

	past, found *Past
}

// numberOf returns the number of a term, which is given one if it has none.
func (v *Vocabulary) numberOf(t string) int32 {
	k, ok := v.number[t]
	if !ok {
		k = int32(len(v.terms))
		v.number[t] = k
		v.terms = append(v.terms, t)
	}
	return k
}

// NewVocabulary returns an empty vocabulary.
func NewVocabulary() *Vocabulary { return &Vocabulary{number: map[string]int32{}} }

// tokenRooms has room for the tokens of a text, of which nothing is kept.
var tokenRooms = sync.Pool{New: func() any { return new([]token.Token) }}

// Digest makes the digest of a document. Nothing in it refers to d's text.
func (v *Vocabulary) Digest(d Doc) *Digest {
	room := tokenRooms.Get().(*[]token.Token)
	defer tokenRooms.Put(room)
	tokens := token.Append((*room)[:0], d.Text, span.New(0, len(d.Text)))
	*room = tokens
	out := &Digest{sum: d.Sum(), id: d.ID, date: d.Date, publisher: d.Publisher, roundUp: roundUp(d.Text)}
	hs := scanRuns(tokens)
	out.length = int32(len(hs))
	out.runs = make([]byte, 0, runBytes*len(hs))
	for _, h := range hs {
		out.runs = binary.LittleEndian.AppendUint32(out.runs, h)
	}
	title := token.Scan(d.Title)
	c := countTokens(title, tokens)
	out.recalled = int32(recalled(d.Date, title, tokens))
	out.terms = make([]termCount, 0, len(c))
	terms := slices.Sorted(maps.Keys(c))
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, t := range terms {
		n := c[t]
		k, ok := v.number[t]
		if !ok {
			k = v.numberOf(strings.Clone(t))
		}
		out.terms = append(out.terms, termCount{k, float32(n.n), float32(n.prior), n.names > 0 && n.prior <= specific})
	}
	return out
}

// Sum stands for the document.
func (d *Digest) Sum() Sum { return d.sum }

// PutAside gives the larger part of a digest to put, in two parts, and lets go of it:
// what get returns for a number is what was put under it. What it does not return is
// made again of the document's text. The numbers are the given one and the next.
func (v *Vocabulary) PutAside(d *Digest, number int, put func(number int, data []byte) error) error {
	w := packed.Writer{Plain: true}
	w.Uint(uint64(len(d.terms)))
	for _, t := range d.terms {
		w.Uint(uint64(t.term)<<1 | bit(t.named))
		w.Float(t.n)
		w.Float(t.prior)
	}
	if err := put(number, w.Unsealed()); err != nil {
		return err
	}
	if err := put(number+1, d.runs); err != nil {
		return err
	}
	d.body = body{}
	d.aside, d.number = true, int32(number)
	return nil
}

// FetchWith says how to get what was put aside.
func (v *Vocabulary) FetchWith(get func(number int) ([]byte, error)) { v.get = get }

// termsOf returns the terms of a digest, wherever they are. They may lie in room, which
// is then used again.
func (v *Vocabulary) termsOf(d *Digest, room *[]termCount, text func(id string) Doc) []termCount {
	if !d.aside {
		return d.terms
	}
	if data, err := v.get(int(d.number)); err == nil {
		r := packed.Numbers(data)
		n := r.Count()
		if cap(*room) < n {
			*room = make([]termCount, 2*n)
		}
		terms := (*room)[:n]
		for i := range terms {
			n := r.Uint()
			terms[i] = termCount{term: int32(n >> 1), named: n&1 == 1, n: r.Float(), prior: r.Float()}
		}
		if r.Whole() {
			return terms
		}
	}
	return v.again(d, text).terms
}

// runsOf returns the runs of a digest, wherever they are.
func (v *Vocabulary) runsOf(d *Digest, text func(id string) Doc) []uint32 {
	return v.someRunsOf(d, int(d.length), text)
}

// sampleOf returns the sample of the runs of a digest, wherever they are.
func (v *Vocabulary) sampleOf(d *Digest, text func(id string) Doc) []uint32 {
	return v.someRunsOf(d, sampled(int(d.length)), text)
}

// runBytes is how many bytes a run takes in a digest.
const runBytes = 4

// someRunsOf returns the first n runs of a digest.
func (v *Vocabulary) someRunsOf(d *Digest, n int, text func(id string) Doc) []uint32 {
	data := v.packedRunsOf(d, text)
	runs := make([]uint32, min(n, len(data)/runBytes))
	for i := range runs {
		runs[i] = binary.LittleEndian.Uint32(data[runBytes*i:])
	}
	return runs
}

// packedRunsOf returns the runs of a digest as they lie there.
func (v *Vocabulary) packedRunsOf(d *Digest, text func(id string) Doc) []byte {
	if !d.aside {
		return d.runs
	}
	if data, err := v.get(int(d.number) + 1); err == nil && len(data) == runBytes*int(d.length) {
		return data
	}
	return v.again(d, text).runs
}

// again makes a digest again of the document's text.
func (v *Vocabulary) again(d *Digest, text func(id string) Doc) *Digest { return v.Digest(text(d.id)) }

// Relate relates documents by their digests, as the function Relate does. Where
// it has to look at a text again it asks for it by the document's ID.
func (v *Vocabulary) Relate(digests []*Digest, text func(id string) Doc) []Relation {
	out, lines := v.RelateEvents(digests, text)
	for i, line := range lines() {
		out[i].Storyline = line
	}
	return out
}

// RelateEvents is Relate but for the storylines, which the function it returns finds
// after that: of each document its Storyline. Neither the digests nor the vocabulary
// are used for it, so that somebody may go on with the events in the meantime.
func (v *Vocabulary) RelateEvents(digests []*Digest, text func(id string) Doc) ([]Relation, func() []string) {
	order, days := make([]int, len(digests)), make([]int, len(digests))
	for i, d := range digests {
		order[i], days[i] = i, day(d.date)
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := days[a], days[b]
		if (x == unknownDay) != (y == unknownDay) {
			return cmp.Compare(y, x) // those without a date last
		}
		return cmp.Or(cmp.Compare(x, y), strings.Compare(digests[a].id, digests[b].id), a-b)
	})
	sorted := make([]*Digest, len(digests))
	for k, i := range order {
		sorted[k] = digests[i]
	}
	related, find := v.relate(sorted, text)
	out := make([]Relation, len(digests))
	for k, r := range related {
		out[order[k]] = r
	}
	return out, func() []string {
		lines := make([]string, len(order))
		for k, line := range find() {
			lines[order[k]] = line
		}
		return lines
	}
}

func (v *Vocabulary) relate(docs []*Digest, text func(id string) Doc) (out []Relation, lines func() []string) {
	past := v.past
	if past == nil {
		past = newPast()
	}
	found := newPast()
	v.past, v.found = nil, found
	c := copying{
		docs: docs, text: text, past: past, found: found,
		runs:   func(d *Digest) []uint32 { return v.runsOf(d, text) },
		sample: func(d *Digest) []uint32 { return v.sampleOf(d, text) },
	}
	origin := c.copies()
	of := v.weigh(docs, text)
	ds := of.docs
	// Events, then the storylines of events.
	var events [][]int
	events, found.events = event.join(ds, of.sums, of.common, &past.events)
	events = withCopies(events, origin)
	out = make([]Relation, len(docs))
	for _, members := range events {
		for _, i := range members {
			out[i] = Relation{ID: docs[i].id, Cluster: docs[members[0]].id}
			if o := origin[i]; o != i {
				out[i].CopyOf = docs[o].id
			}
		}
	}
	ids := make([]string, len(docs))
	for i, d := range docs {
		ids[i] = d.id
	}
	return out, func() []string {
		es, sums := make([]document, len(events)), make([]Sum, len(events))
		var buf []byte
		for e, members := range events {
			es[e], sums[e] = whole(ds, members), sumOfAll(buf, of.sums, members)
		}
		ds = nil // they are in es
		lines := make([]string, len(ids))
		var joined [][]int
		joined, found.lines = storyline.join(es, sums, of.common, &past.lines)
		for _, line := range joined {
			first := ids[events[line[0]][0]]
			for _, e := range line {
				for _, i := range events[e] {
					lines[i] = first
				}
			}
		}
		return lines
	}
}

// A weighing is documents as they are compared, and what decided that.
type weighing struct {
	docs   []document
	sums   []Sum  // of each document: stands for its text and its weights
	common []bool // of each term: it stands in so many documents that it leads from none to another
}

// weigh turns the counts of all documents into unit vectors. In them terms are
// in the order of their letters, so that sums do not depend on the order in
// which documents came.
func (v *Vocabulary) weigh(docs []*Digest, text func(id string) Doc) weighing {
	df := make([]int32, len(v.terms))
	priors := make([]float32, len(v.terms))
	var room []termCount
	for _, d := range docs {
		for _, n := range v.termsOf(d, &room, text) {
			df[n.term]++
			priors[n.term] = max(priors[n.term], n.prior)
		}
	}
	byName := make([]int32, len(v.terms))
	for i := range byName {
		byName[i] = int32(i)
	}
	slices.SortFunc(byName, func(a, b int32) int { return strings.Compare(v.terms[a], v.terms[b]) })
	number := make([]int32, len(v.terms))
	idf := make([]float64, len(v.terms))
	out := weighing{docs: make([]document, len(docs)), sums: make([]Sum, len(docs)), common: make([]bool, len(v.terms))}
	step := rarity(len(docs))
	all := step(len(docs))
	for i, t := range byName {
		number[t] = int32(i)
		in := step(int(df[t]))
		idf[t] = -math.Log((in - 0.5 + pseudo*float64(priors[t])) / (all + pseudo))
		out.common[i] = in > float64(maxPosting)
	}
	inParallel(len(docs), func() func(i int) {
		var room []termCount
		var buf []byte
		var all, named, few vector // of the document at hand
		return func(i int) {
			all, named, few = all[:0], named[:0], few[:0]
			buf = append(buf[:0], docs[i].sum[:]...)
			for _, n := range v.termsOf(docs[i], &room, text) {
				rarity := idf[n.term]
				buf = binary.LittleEndian.AppendUint64(buf, math.Float64bits(rarity))
				buf = append(buf, byte(bit(out.common[number[n.term]])))
				w := (1 + math.Log(max(float64(n.n), 1))) * rarity
				if w > 0.3 {
					all = append(all, feature{number[n.term], float32(w)})
					if n.named {
						named = append(named, feature{number[n.term], float32(w)})
						if rarity >= rareFrom {
							few = append(few, feature{number[n.term], float32(w)})
						}
					}
				}
			}
			day := day(docs[i].date)
			out.docs[i] = document{from: day, to: day}
			if !docs[i].roundUp {
				d := &out.docs[i]
				d.recalled = docs[i].recalled
				d.words, d.names, d.rare = unit(slices.Clone(all)), unit(slices.Clone(named)), slices.Clone(few)
			}
			out.sums[i] = sumOf(buf)
		}
	})
	return out
}

// Of few documents each counts in how rare a term is; of exactBelow and more those
// beyond exactTo count in steps.
var exactBelow, exactTo = 512, 8

// rarity tells numbers of documents, of so many in all, in steps: a power of two begins
// one, and its middle stands for all numbers in it. So one more document changes how
// rare few of its terms are, and with it the weights in few other documents.
func rarity(all int) func(n int) float64 {
	return func(n int) float64 {
		if all < exactBelow || n <= exactTo {
			return float64(n)
		}
		least := 1 << (bits.Len(uint(n)) - 1)
		return float64(3*least-1) / 2
	}
}

// rareFrom is how much a name must tell to be one that few documents hold: less than
// three in two hundred, of those at hand and of the background.
var rareFrom = -math.Log(0.015)
