package story

import (
	"math"
	"slices"
)

// probes is how many of a document's heaviest terms lead to candidates,
// maxPosting how many documents a term may stand in to do so (one of very many
// tells too little for its cost), and heavyShare how much of the least likeness
// the heavy terms must make up for two documents to be compared whole.
var (
	probes     = 40
	maxPosting = 512
	heavyShare = 0.3
)

// A likeness says how alike two documents (or groups) must be to be joined, and
// how that is measured. Its figures were chosen on collections of news in which
// people had marked the reports of one event.
type likeness struct {
	threshold float64 // average likeness from which two groups are one
	floor     float64 // likeness of two documents that may bring their groups together
	names     float64 // share of the likeness of names beside that of all words
	common    int     // names that two documents must share at least
	topic     float64 // likeness of what is no such name: that of the matters
	// sameDay multiplies the likeness of two dated reports of the same or the
	// next day; each day more takes the share perDay away.
	sameDay, perDay float64
	// strongest is the share of the most alike pair beside the average, which is
	// thin between small groups; it counts up to most times the threshold.
	strongest, most float64
	// Two dated reports not more than days apart that share a name which tells one event
	// from another, and of which what is no such name is alike as well (alikeFrom), are as
	// much more alike as lift says: short reports have few words in common.
	lift, alikeFrom float64
	days            int
}

// event joins the reports of one event, storyline the events of one storyline.
var (
	event     = likeness{threshold: 0.232, floor: 0.14, names: 0.2, sameDay: 1.22, perDay: 0.15, strongest: 0.35, most: 1.3, lift: 1.35, alikeFrom: 0.13, days: 4}
	storyline = likeness{threshold: 0.16, floor: 0.10, names: 0.2, common: 2, topic: 0.14, sameDay: 1}
)

// few is how many pairs two groups may have for their most alike pair to count
// beside the average.
const few = 4

// of joins the likeness of two texts' words and that of their names.
func (l likeness) of(text, names float64) float64 { return (1-l.names)*text + l.names*names }

// near is what remains of a likeness for the days between two times.
func (l likeness) near(days int) float64 {
	return l.sameDay * math.Exp(-l.perDay*float64(max(0, days-1)))
}

// candidates returns the pairs of documents that are alike enough to be looked
// at. Those that share enough of their heaviest terms are compared whole, but for
// those of which the past tells. A common term leads to none.
func (l likeness) candidates(docs []document, common []bool, past *pairing, was, now []int32) alike {
	heavy := make([]heaviest, len(docs))
	inParallel(len(docs), func() func(i int) {
		var room []float32
		return func(i int) { heavy[i] = heaviestOf(docs[i].words, probes, &room) }
	})
	posting := postingsOf(docs, heavy, common, nil)
	fresh := posting // of the documents that the past does not know
	if len(past.docs) > 0 {
		fresh = postingsOf(docs, heavy, common, was)
	}
	from := l.firstInTime(docs)
	const some = 64 // documents that are looked at in a row
	found := make([]alike, (len(docs)+some-1)/some)
	inParallel(len(found), func() func(k int) {
		share := make([]float32, len(docs)) // of each document met: the likeness by heavy terms
		var met, alike, old []int32
		var one against
		return func(k int) {
			out := &found[k]
			for i := k * some; i < min(len(docs), (k+1)*some); i++ {
				list := &posting
				if was[i] >= 0 {
					list = &fresh
				}
				heavy[i].each(docs[i].words, common, func(f feature) {
					p := list.of(f.term)
					k, _ := slices.BinarySearchFunc(p, from[i], func(e entry, doc int32) int { return int(e.doc) - int(doc) })
					for _, e := range p[k:] {
						if int(e.doc) >= i {
							break
						}
						if share[e.doc] == 0 {
							met = append(met, e.doc)
						}
						share[e.doc] += e.weight * f.weight
					}
				})
				alike = alike[:0]
				if was[i] >= 0 {
					old = past.before.appendTo(old[:0], int(was[i]))
					for _, j := range old {
						if now[j] >= 0 {
							alike = append(alike, now[j])
						}
					}
				}
				if len(met) > 0 {
					slices.Sort(met)
					one.set(&docs[i])
				}
				known := len(alike)
				for _, j := range met {
					if float64(share[j]) >= heavyShare*l.floor && l.inTime(&docs[i], &docs[j]) {
						if s := l.pair(&one, &docs[j]); s >= l.floor {
							alike = append(alike, j)
							if s >= l.threshold {
								out.strong = append(out.strong, pair{j, int32(i), s})
							}
						}
					}
					share[j] = 0
				}
				met = met[:0]
				if known > 0 && known < len(alike) {
					slices.Sort(alike)
				}
				out.before.add(alike)
			}
		}
	})
	var out alike
	for _, p := range past.strong {
		if a, b := now[p.a], now[p.b]; a >= 0 && b >= 0 {
			out.strong = append(out.strong, pair{a, b, p.sim})
		}
	}
	n := len(out.strong)
	before := make([]lists, len(found))
	for k := range found {
		before[k] = found[k].before
		n += len(found[k].strong)
	}
	out.strong = slices.Grow(out.strong, n-len(out.strong))
	for k := range found {
		out.strong = append(out.strong, found[k].strong...)
	}
	out.before = joinLists(before)
	return out
}

// An entry is a document that a term is heavy in, and how heavy.
type entry struct {
	doc    int32
	weight float32
}

// postings have of each term the documents that it is heavy in, in their order.
type postings struct {
	from []int32 // of each term: where its entries begin
	list []entry
}

// postingsOf makes the postings of the documents, but for those that were there before.
func postingsOf(docs []document, heavy []heaviest, common []bool, was []int32) postings {
	p := postings{from: make([]int32, len(common)+1)}
	each := func(f func(doc int32, x feature)) {
		for i := range docs {
			if was == nil || was[i] < 0 {
				heavy[i].each(docs[i].words, common, func(x feature) { f(int32(i), x) })
			}
		}
	}
	each(func(_ int32, x feature) { p.from[x.term+1]++ })
	for t := range common {
		p.from[t+1] += p.from[t]
	}
	p.list = make([]entry, p.from[len(common)])
	next := slices.Clone(p.from)
	each(func(doc int32, x feature) {
		p.list[next[x.term]] = entry{doc, x.weight}
		next[x.term]++
	})
	return p
}

func (p *postings) of(term int32) []entry { return p.list[p.from[term]:p.from[term+1]] }

// firstInTime returns for each document the first one that may be near enough in time
// to be joined with it: all before that are not. Documents of one day each that come in
// the order of their days are told so; of others all may be near.
func (l likeness) firstInTime(docs []document) []int32 {
	out := make([]int32, len(docs))
	for i := range docs {
		d := &docs[i]
		if d.from == unknownDay {
			break // all that follow have no day
		}
		if d.from != d.to || i > 0 && d.from < docs[i-1].from {
			return make([]int32, len(docs))
		}
		if i > 0 {
			out[i] = out[i-1]
		}
		for !l.inTime(d, &docs[out[i]]) {
			out[i]++
		}
	}
	return out
}

// against is a document that is held against many.
type against struct {
	*document
	words, names, matter spread
}

func (a *against) set(d *document) {
	a.document = d
	a.words.set(d.words)
	a.names.set(d.names)
	if d.matter != 0 {
		a.matter.set(d.what())
	}
}

// inTime reports whether two documents are near enough in time to be joined,
// however alike they are: of an archive of years only those of the same days need
// be compared.
func (l likeness) inTime(a, b *document) bool {
	return a.from == unknownDay || b.from == unknownDay || l.near(max(0, a.from-b.to, b.from-a.to)) >= l.floor
}

// pair returns the likeness of two documents, 0 where they share too few names or where only
// one of them looks back.
func (l likeness) pair(a *against, b *document) float64 {
	if l.common > 0 && a.document.names.common(b.names) < l.common {
		return 0
	}
	if l.topic > 0 && a.matter.matter(b) < l.topic {
		return 0
	}
	if l.lift > 0 && a.recalled != b.recalled {
		return 0 // what happened years ago is another event, however alike it is told
	}
	s := l.of(a.words.dot(b.words), a.names.dot(b.names))
	if a.from == unknownDay || b.from == unknownDay {
		return s
	}
	return l.lifted(s*l.near(max(0, a.from-b.to, b.from-a.to)), a.document, b)
}

// lifted returns the likeness of two dated documents or groups, raised where a name and
// what is told beside it are alike. Of what is far from the threshold it is left alone.
func (l likeness) lifted(s float64, a, b *document) float64 {
	if l.lift == 0 || s >= l.threshold || s*l.lift < l.threshold || max(a.from-b.to, b.from-a.to) > l.days || a.rare.common(b.rare) == 0 {
		return s
	}
	if unit(a.words.without(a.names)).dot(unit(b.words.without(b.names))) < l.alikeFrom {
		return s
	}
	return s * l.lift
}

// heaviest tells which terms of a vector are its heaviest: those that weigh more than
// least, and the first few that weigh as much.
type heaviest struct {
	least float32
	equal int32
}

// heaviestOf tells which are the n heaviest terms of v.
func heaviestOf(v vector, n int, room *[]float32) heaviest {
	if len(v) <= n {
		return heaviest{equal: int32(len(v))}
	}
	weights := (*room)[:0]
	for _, f := range v {
		weights = append(weights, f.weight)
	}
	*room = weights
	h := heaviest{nth(weights, len(v)-n), int32(n)}
	for _, f := range v {
		if f.weight > h.least {
			h.equal--
		}
	}
	return h
}

// nth returns what would be element n of a list if that were sorted, which it need not be for
// that.
func nth(list []float32, n int) float32 {
	for low, high := 0, len(list)-1; low < high; {
		middle := list[(low+high)/2]
		i, j := low, high
		for i <= j {
			for list[i] < middle {
				i++
			}
			for list[j] > middle {
				j--
			}
			if i <= j {
				list[i], list[j] = list[j], list[i]
				i, j = i+1, j-1
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return middle
		}
	}
	return list[n]
}

// each calls do with the heaviest terms of v that are not common, by term.
func (h heaviest) each(v vector, common []bool, do func(feature)) {
	for _, f := range v {
		if f.weight < h.least {
			continue
		}
		if f.weight == h.least {
			if h.equal == 0 {
				continue
			}
			h.equal--
		}
		if !common[f.term] {
			do(f)
		}
	}
}

// A document is a Doc as it is compared, or the whole of several.
type document struct {
	words, names vector
	matter       float32 // the scale of what; set where a likeness asks for it
	rare         vector  // the names that few documents hold
	from, to     int     // first and last known day
	recalled     int32   // the year on whose event it looks back; 0 for one that reports
}

// what is the words of d without the names, as a unit vector.
func (d *document) what() vector {
	v := d.words.without(d.names)
	for i := range v {
		v[i].weight *= d.matter
	}
	return v
}

// without returns the words of v that are not among the names: a person's or a
// village's name does not say what is told of them.
func (v vector) without(names vector) vector {
	var out vector
	j := 0
	for _, f := range v {
		for j < len(names) && names[j].term < f.term {
			j++
		}
		if j == len(names) || names[j].term != f.term {
			out = append(out, f)
		}
	}
	return out
}
