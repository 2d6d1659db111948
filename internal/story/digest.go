package story

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"readout/internal/packed"
	"readout/internal/token"
)

// A Digest is what relating takes of a Doc, so that its text may be let go.
type Digest struct {
	id, date, publisher string
	body
	roundUp bool
	aside   bool     // the body was put aside
	number  int32    // under this number
	length  int32    // how many runs there are
	sample  []uint32 // of the runs
}

// A body is the larger part of a Digest, which may be put aside.
type body struct {
	runs  []uint32    // see runs
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
	get    func(number int) ([]byte, error) // returns a body that was put aside
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

// Digest makes the digest of a document. Nothing in it refers to d's text.
func (v *Vocabulary) Digest(d Doc) *Digest {
	tokens := token.Scan(d.Text)
	out := &Digest{id: d.ID, date: d.Date, publisher: d.Publisher, body: body{runs: slices.Clip(runsOf(tokens))}, roundUp: roundUp(d.Text)}
	out.length, out.sample = int32(len(out.runs)), sample(out.runs)
	c := countTokens(token.Scan(d.Title), tokens)
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

// PutAside writes the larger part of a digest into w, and lets go of it: what get
// returns for the number is what was written. A body that get does not return is
// made again of the document's text.
func (v *Vocabulary) PutAside(d *Digest, number int, w *packed.Writer) {
	w.Uint(uint64(len(d.runs)))
	for _, h := range d.runs {
		w.Fixed(h)
	}
	w.Uint(uint64(len(d.terms)))
	for _, t := range d.terms {
		w.Uint(uint64(t.term)<<1 | bit(t.named))
		w.Float(t.n)
		w.Float(t.prior)
	}
	d.body, d.sample = body{}, slices.Clone(d.sample)
	d.aside, d.number = true, int32(number)
}

// FetchWith says how to get the bodies that were put aside.
func (v *Vocabulary) FetchWith(get func(number int) ([]byte, error)) { v.get = get }

// bodyOf returns the body of a digest, wherever it is.
func (v *Vocabulary) bodyOf(d *Digest, text func(id string) Doc) body {
	if !d.aside {
		return d.body
	}
	if data, err := v.get(int(d.number)); err == nil {
		r := packed.Numbers(data)
		b := body{runs: make([]uint32, r.Count())}
		for i := range b.runs {
			b.runs[i] = r.Fixed()
		}
		b.terms = make([]termCount, r.Count())
		for i := range b.terms {
			n := r.Uint()
			b.terms[i] = termCount{term: int32(n >> 1), named: n&1 == 1, n: r.Float(), prior: r.Float()}
		}
		if r.Whole() {
			return b
		}
	}
	return v.Digest(text(d.id)).body
}

// Relate relates documents by their digests, as the function Relate does. Where
// it has to look at a text again it asks for it by the document's ID.
func (v *Vocabulary) Relate(digests []*Digest, text func(id string) Doc) []Relation {
	order := make([]int, len(digests))
	for i := range digests {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := day(digests[a].date), day(digests[b].date)
		if (x == unknownDay) != (y == unknownDay) {
			return cmp.Compare(y, x) // those without a date last
		}
		return cmp.Or(cmp.Compare(x, y), strings.Compare(digests[a].id, digests[b].id))
	})
	sorted := make([]*Digest, len(digests))
	for k, i := range order {
		sorted[k] = digests[i]
	}
	out := make([]Relation, len(digests))
	for k, r := range v.relate(sorted, text) {
		out[order[k]] = r
	}
	return out
}

func (v *Vocabulary) relate(docs []*Digest, text func(id string) Doc) []Relation {
	bodies := func(d *Digest) body { return v.bodyOf(d, text) }
	origin := copies(docs, bodies, text)
	words, names, rare := v.weigh(docs, bodies)
	ds := make([]document, len(docs))
	for i, d := range docs {
		day := day(d.date)
		ds[i] = document{words: words[i], names: names[i], rare: rare[i], from: day, to: day}
		if d.roundUp {
			ds[i] = document{from: day, to: day}
		}
	}
	// Events, then the storylines of events.
	events := withCopies(event.join(ds), origin)
	es := make([]document, len(events))
	for e, members := range events {
		es[e] = whole(ds, members)
	}
	out := make([]Relation, len(docs))
	for _, line := range storyline.join(es) {
		first := docs[events[line[0]][0]].id
		for _, e := range line {
			for _, i := range events[e] {
				out[i] = Relation{ID: docs[i].id, Cluster: docs[events[e][0]].id, Storyline: first}
				if o := origin[i]; o != i {
					out[i].CopyOf = docs[o].id
				}
			}
		}
	}
	return out
}

// weigh turns the counts of all documents into unit vectors. In them terms are
// in the order of their letters, so that sums do not depend on the order in
// which documents came.
func (v *Vocabulary) weigh(docs []*Digest, bodies func(*Digest) body) (texts, names, rare []vector) {
	df := make([]int32, len(v.terms))
	priors := make([]float32, len(v.terms))
	for _, d := range docs {
		for _, n := range bodies(d).terms {
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
	for i, t := range byName {
		number[t] = int32(i)
		idf[t] = -math.Log((float64(df[t]) - 0.5 + pseudo*float64(priors[t])) / (float64(len(docs)) + pseudo))
	}
	texts, names, rare = make([]vector, len(docs)), make([]vector, len(docs)), make([]vector, len(docs))
	inParallel(len(docs), func() func(i int) {
		return func(i int) {
			counts := bodies(docs[i]).terms
			v := make(vector, 0, len(counts))
			var named, few vector
			for _, n := range counts {
				w := (1 + math.Log(max(float64(n.n), 1))) * idf[n.term]
				if w > 0.3 {
					v = append(v, feature{number[n.term], float32(w)})
					if n.named {
						named = append(named, feature{number[n.term], float32(w)})
						if idf[n.term] >= rareFrom {
							few = append(few, feature{number[n.term], float32(w)})
						}
					}
				}
			}
			v, named, few = slices.Clip(v), slices.Clip(named), slices.Clip(few)
			texts[i], names[i], rare[i] = unit(v), unit(named), few
		}
	})
	return texts, names, rare
}

// rareFrom is how much a name must tell to be one that few documents hold: less than
// three in two hundred, of those at hand and of the background.
var rareFrom = -math.Log(0.015)
