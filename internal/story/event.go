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

// A pair is two documents (or groups) and how alike they are.
type pair struct {
	a, b int32
	sim  float64
}

// candidates returns the pairs of documents that are alike enough to be looked
// at. Those that share enough of their heaviest terms are compared whole, but for
// those of which the past tells. A common term leads to none.
func (l likeness) candidates(docs []document, sums []Sum, common []bool, past *pairing) []pair {
	known, now := past.known(sums)
	var out []pair
	for _, p := range past.pairs {
		if a, b := now[p.a], now[p.b]; a >= 0 && b >= 0 {
			out = append(out, pair{min(a, b), max(a, b), p.sim})
		}
	}
	if !slices.Contains(known, false) {
		return out
	}
	heavy := make([]vector, len(docs))
	inParallel(len(docs), func() func(i int) {
		return func(i int) { heavy[i] = heaviest(docs[i].words, common, probes) }
	})
	posting := postingsOf(heavy, nil)
	fresh := posting // of the documents that the past does not know
	if len(past.docs) > 0 {
		fresh = postingsOf(heavy, known)
	}
	from := l.firstInTime(docs)
	of := make([][]pair, len(docs))
	inParallel(len(docs), func() func(i int) {
		share := make([]float32, len(docs)) // of each document met: the likeness by heavy terms
		var met []int32
		var one against
		return func(i int) {
			list := &posting
			if known[i] {
				list = &fresh
			}
			for _, f := range heavy[i] {
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
			}
			if len(met) == 0 {
				return
			}
			slices.Sort(met)
			one.set(&docs[i])
			for _, j := range met {
				if float64(share[j]) >= heavyShare*l.floor && l.inTime(&docs[i], &docs[j]) {
					if s := l.pair(&one, &docs[j]); s >= l.floor {
						of[i] = append(of[i], pair{j, int32(i), s})
					}
				}
				share[j] = 0
			}
			met = met[:0]
		}
	})
	n := len(out)
	for _, list := range of {
		n += len(list)
	}
	out = slices.Grow(out, n-len(out))
	for i, list := range of {
		out = append(out, list...)
		of[i] = nil
	}
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

// postingsOf makes the postings of the documents that are not to be left out.
func postingsOf(heavy []vector, without []bool) postings {
	terms, all := int32(0), 0
	left := func(i int) bool { return without != nil && without[i] }
	for i, v := range heavy {
		for _, f := range v {
			terms = max(terms, f.term+1)
		}
		if !left(i) {
			all += len(v)
		}
	}
	p := postings{make([]int32, terms+1), make([]entry, all)}
	for i, v := range heavy {
		if left(i) {
			continue
		}
		for _, f := range v {
			p.from[f.term+1]++
		}
	}
	for t := range terms {
		p.from[t+1] += p.from[t]
	}
	next := slices.Clone(p.from)
	for i, v := range heavy {
		if left(i) {
			continue
		}
		for _, f := range v {
			p.list[next[f.term]] = entry{int32(i), f.weight}
			next[f.term]++
		}
	}
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

// pair returns the likeness of two documents, 0 where they share too few names.
func (l likeness) pair(a *against, b *document) float64 {
	if l.common > 0 && a.document.names.common(b.names) < l.common {
		return 0
	}
	if l.topic > 0 && a.matter.matter(b) < l.topic {
		return 0
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

// heaviest returns those of the n heaviest terms of v that are not common, by term.
func heaviest(v vector, common []bool, n int) vector {
	var least float32
	equal := len(v) // how many of the least weight are among them
	if len(v) > n {
		weights := make([]float32, len(v))
		for i, f := range v {
			weights[i] = f.weight
		}
		slices.Sort(weights)
		least = weights[len(v)-n]
		equal = n
		for i := len(v) - 1; weights[i] > least; i-- {
			equal--
		}
	}
	out := make(vector, 0, min(n, len(v)))
	for _, f := range v {
		if f.weight < least {
			continue
		}
		if f.weight == least {
			if equal == 0 {
				continue
			}
			equal--
		}
		if !common[f.term] {
			out = append(out, f)
		}
	}
	return out
}

// A document is a Doc as it is compared, or the whole of several.
type document struct {
	words, names vector
	matter       float32 // the scale of what; set where a likeness asks for it
	rare         vector  // the names that few documents hold
	from, to     int     // first and last known day
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

// A group is a set of documents that have been joined. Its vectors are the sums
// of theirs.
type group struct {
	document
	members []int
	links   []link // to other groups that have a candidate pair with it, and to some that are gone, by number
	gone    bool
}

// A link leads to another group, and says how alike the two are.
type link struct {
	to   int
	sim  float64
	best float64 // the likeness of the two documents most alike
}

// at returns where the link to a group is, or would be.
func (g *group) at(to int) (int, bool) {
	low, high := 0, len(g.links)
	for low < high {
		if mid := (low + high) / 2; g.links[mid].to < to {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, low < len(g.links) && g.links[low].to == to
}

// set takes a link in the place of the one that leads there.
func (g *group) set(l link) {
	if i, ok := g.at(l.to); ok {
		g.links[i] = l
	} else {
		g.links = append(g.links, link{})
		copy(g.links[i+1:], g.links[i:])
		g.links[i] = l
	}
}

// sim is how alike two groups are that are linked.
func (g *group) sim(to int) (float64, bool) {
	i, ok := g.at(to)
	if !ok {
		return 0, false
	}
	return g.links[i].sim, true
}

// join joins documents by average likeness: the two groups most alike first,
// until none are alike enough. The average over all pairs of two groups of unit
// vectors is the product of their sums, so that no pair need be kept. What comes of
// documents depends on those alone to which pairs lead from them, so that such a part
// of all is joined apart, or taken from the past.
func (l likeness) join(docs []document, sums []Sum, common []bool, past *pairing) ([][]int, pairing) {
	now := pairing{docs: sums, pairs: l.candidates(docs, sums, common, past), groups: map[Sum][]int32{}}
	var out [][]int
	parts := partsOf(len(docs), now.pairs)
	keys, groups := make([]Sum, len(parts)), make([][]int32, len(parts))
	inParallel(len(parts), func() func(i int) {
		var buf []byte
		var merged against
		return func(i int) {
			p := &parts[i]
			if len(p.members) == 1 {
				return
			}
			buf = buf[:0]
			for _, m := range p.members {
				buf = append(buf, sums[m][:]...)
			}
			keys[i] = sumOf(buf)
			if groups[i] = past.groups[keys[i]]; len(groups[i]) != len(p.members) {
				groups[i] = l.joinPart(docs, p, &merged)
			}
		}
	})
	for i := range parts {
		p := &parts[i]
		if len(p.members) == 1 {
			out = append(out, p.members)
			continue
		}
		now.groups[keys[i]] = groups[i]
		out = append(out, p.split(groups[i])...)
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out, now
}

// A joinable is a part of all documents, and the pairs among them, by their places in
// members.
type joinable struct {
	members []int
	pairs   []pair
}

// partsOf returns the parts of n documents between which there is no pair.
func partsOf(n int, pairs []pair) []joinable {
	root := make([]int32, n)
	for i := range root {
		root[i] = int32(i)
	}
	find := func(i int32) int32 {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, p := range pairs {
		a, b := find(p.a), find(p.b)
		root[max(a, b)] = min(a, b)
	}
	part, place := make([]int32, n), make([]int32, n)
	var parts []joinable
	for i := range n {
		r := int(find(int32(i)))
		if r == i {
			part[i] = int32(len(parts))
			parts = append(parts, joinable{})
		}
		part[i] = part[r]
		p := &parts[part[i]]
		place[i] = int32(len(p.members))
		p.members = append(p.members, i)
	}
	of := make([]int, len(parts)) // of each part: how many pairs
	for _, x := range pairs {
		of[part[x.a]]++
	}
	for i, n := range of {
		parts[i].pairs = make([]pair, 0, n)
	}
	for _, x := range pairs {
		p := &parts[part[x.a]]
		p.pairs = append(p.pairs, pair{place[x.a], place[x.b], x.sim})
	}
	return parts
}

// split returns the groups into which the members fell.
func (p *joinable) split(group []int32) [][]int {
	var out [][]int
	for i, m := range p.members {
		k := int(group[i])
		for k >= len(out) {
			out = append(out, nil)
		}
		out[k] = append(out[k], m)
	}
	return slices.DeleteFunc(out, func(g []int) bool { return len(g) == 0 })
}

// joinPart joins the documents of a part, and returns into which group each fell.
func (l likeness) joinPart(docs []document, part *joinable, merged *against) []int32 {
	gs := make([]*group, len(part.members))
	degree := make([]int, len(gs))
	for _, p := range part.pairs {
		degree[p.a]++
		degree[p.b]++
	}
	for i, m := range part.members {
		gs[i] = &group{document: docs[m], members: []int{i}, links: make([]link, 0, degree[i])}
	}
	var h pairHeap
	for _, p := range part.pairs {
		gs[p.a].links = append(gs[p.a].links, link{int(p.b), p.sim, p.sim})
		gs[p.b].links = append(gs[p.b].links, link{int(p.a), p.sim, p.sim})
		if p.sim >= l.threshold {
			h.push(p)
		}
	}
	part.pairs = nil // all of them are links now
	for _, g := range gs {
		slices.SortFunc(g.links, func(x, y link) int { return x.to - y.to })
	}
	var near []link
	for len(h) > 0 {
		p := h.pop()
		a, b := gs[p.a], gs[p.b]
		if a.gone || b.gone {
			continue
		}
		if sim, ok := a.sim(int(p.b)); !ok || sim != p.sim {
			continue // an older likeness
		}
		// The larger group takes in the smaller; of two as large the first.
		into, from := int(p.a), int(p.b)
		if len(b.members) > len(a.members) || len(a.members) == len(b.members) && p.b < p.a {
			into, from = from, into
		}
		g, o := gs[into], gs[from]
		g.members = append(g.members, o.members...)
		g.words, g.names, g.rare = g.words.plus(o.words), g.names.plus(o.names), g.rare.plus(o.rare)
		g.from, g.to = hull(g.from, g.to, o.from, o.to)
		o.gone = true
		near = near[:0]
		for x, y := g.links, o.links; len(x) > 0 || len(y) > 0; {
			var n link
			switch {
			case len(y) == 0 || len(x) > 0 && x[0].to < y[0].to:
				n, x = x[0], x[1:]
			case len(x) == 0 || y[0].to < x[0].to:
				n, y = y[0], y[1:]
			default:
				n = link{to: x[0].to, best: max(x[0].best, y[0].best)}
				x, y = x[1:], y[1:]
			}
			if n.to != into && !gs[n.to].gone {
				near = append(near, n)
			}
		}
		merged.words.set(g.words)
		merged.names.set(g.names)
		for i := range near {
			n := &near[i]
			with := gs[n.to]
			n.sim = l.groups(g, merged, with)
			if len(g.members)*len(with.members) <= few {
				n.sim = (1-l.strongest)*n.sim + l.strongest*min(n.best, l.most*l.threshold)
			}
			with.set(link{into, n.sim, n.best})
			if n.sim >= l.threshold {
				h.push(pair{int32(min(into, n.to)), int32(max(into, n.to)), n.sim})
			}
		}
		g.links = append(g.links[:0], near...)
		o.links, o.document = nil, document{}
	}
	of := make([]int32, len(gs))
	n := int32(0)
	for _, g := range gs {
		if g.gone {
			continue
		}
		for _, i := range g.members {
			of[i] = n
		}
		n++
	}
	return of
}

// groups is the average likeness of the documents of two groups, g and the one
// that is held against others, less for the time between them.
func (l likeness) groups(g *group, whole *against, o *group) float64 {
	s := l.of(whole.words.dot(o.words), whole.names.dot(o.names)) / float64(len(g.members)*len(o.members))
	if g.from == unknownDay || o.from == unknownDay {
		return s
	}
	return l.lifted(s*l.near(max(0, o.from-g.to, g.from-o.to)), &g.document, &o.document)
}

func hull(a1, a2, b1, b2 int) (int, int) {
	if a1 == unknownDay {
		return b1, b2
	}
	if b1 == unknownDay {
		return a1, a2
	}
	return min(a1, b1), max(a2, b2)
}

// pairHeap has the most alike pair first.
type pairHeap []pair

func (h pairHeap) less(i, j int) bool {
	if h[i].sim != h[j].sim {
		return h[i].sim > h[j].sim
	}
	if h[i].a != h[j].a {
		return h[i].a < h[j].a
	}
	return h[i].b < h[j].b
}

func (h *pairHeap) push(p pair) {
	*h = append(*h, p)
	s := *h
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s.less(i, up) {
			break
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *pairHeap) pop() pair {
	s := *h
	first, last := s[0], len(s)-1
	s[0] = s[last]
	s = s[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && s.less(down+1, down) {
			down++
		}
		if !s.less(down, i) {
			break
		}
		s[i], s[down] = s[down], s[i]
		i = down
	}
	*h = s
	return first
}
