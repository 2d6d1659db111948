package story

import "slices"

// join joins documents by average likeness: the two groups most alike first,
// until none are alike enough. The average over all pairs of two groups of unit
// vectors is the product of their sums, so that no pair need be kept. What comes of
// documents depends on those alone to which pairs lead from them, so that such a part
// of all is joined apart, or taken from the past.
func (l likeness) join(docs []document, sums []Sum, common []bool, past *pairing) ([][]int, pairing) {
	now := pairing{docs: sums, alike: l.candidates(docs, sums, common, past), groups: map[Sum][]int32{}}
	parts := now.alike.parts(len(docs))
	j := newJoining(l, docs, &now.alike.before)
	keys, groups := make([]Sum, len(parts)), make([][]int32, len(parts))
	inParallel(len(parts), func() func(i int) {
		var buf []byte
		w := joiner{joining: j}
		return func(i int) {
			p := &parts[i]
			if len(p.strong) == 0 {
				return // all stay apart
			}
			buf = buf[:0]
			for _, m := range p.members {
				buf = append(buf, sums[m][:]...)
			}
			keys[i] = sumOf(buf)
			if groups[i] = past.groups[keys[i]]; len(groups[i]) != len(p.members) {
				groups[i] = w.part(p)
			}
		}
	})
	var out [][]int
	for i := range parts {
		p := &parts[i]
		if groups[i] != nil {
			now.groups[keys[i]] = groups[i]
		}
		out = p.split(out, groups[i])
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out, now
}

// split appends the groups into which the members fell; where that is nil they stay apart.
func (p *part) split(out [][]int, group []int32) [][]int {
	if group == nil {
		for _, m := range p.members {
			out = append(out, []int{int(m)})
		}
		return out
	}
	from := len(out)
	for i, m := range p.members {
		k := from + int(group[i])
		for k >= len(out) {
			out = append(out, nil)
		}
		out[k] = append(out[k], int(m))
	}
	return out
}

// joining is what those know who join the parts of some documents.
type joining struct {
	likeness
	docs          []document
	before, after *lists // of each document, those before and after it that are like it

	// Of a group of documents, which has the number of one of them:
	root  []int32 // of each document: the group it is in, or was in
	size  []int32 // how many are in it
	last  []int32 // by which step it became what it is
	group []*group

	// least is how alike the texts and names of two groups must be on the average, without
	// regard to their days and to what raises a likeness, to be joined.
	least float64
}

func newJoining(l likeness, docs []document, before *lists) *joining {
	n := len(docs)
	after := before.turned()
	j := &joining{
		likeness: l, docs: docs, before: before, after: &after,
		root: make([]int32, n), size: make([]int32, n), last: make([]int32, n), group: make([]*group, n),
		least: l.threshold / max(l.sameDay, 1) / max(l.lift, 1) * 0.98, // sums are not exact
	}
	for i := range n {
		j.root[i], j.size[i] = int32(i), 1
	}
	return j
}

// A group is a set of documents that have been joined. Its vectors are the sums of
// theirs, and its own.
type group struct {
	document
	members []int32 // of a small one
	links   []link  // of one that is not small: to the groups that a pair leads to, or led when they were looked at
}

// small is how many documents a group may have for its links to be found by its members.
const small = 8

// A link leads to another group.
type link struct {
	to int32
	// apart is what the likenesses of all pairs of the two groups lack of 1, in sum, or
	// less: what is added to a group adds to it. Where it is still too much for the average
	// there is no need to know the likeness.
	apart float32
}

// A made pair is one of groups, of which it tells how alike they were at a step.
type made struct {
	pair
	step int32
}

// A joiner joins parts, one after the other.
type joiner struct {
	*joining
	heap   madeHeap
	room   []int32
	links  []link
	met    []int32 // of each document, as a group: the search that met it
	place  []int32 // and where in links it is
	search int32

	spread       int32 // the group that words and names are of, and 1
	words, names spread
	one          against
}

// part joins the documents of a part, and returns into which group each fell.
func (w *joiner) part(p *part) []int32 {
	if w.met == nil {
		w.met, w.place = make([]int32, len(w.docs)), make([]int32, len(w.docs))
	}
	w.heap = w.heap[:0]
	slices.SortFunc(p.strong, func(a, b pair) int {
		if a.before(&b) {
			return -1
		}
		return 1
	})
	strong, step := p.strong, int32(0)
	for len(strong) > 0 || len(w.heap) > 0 {
		var x made
		if len(w.heap) == 0 || len(strong) > 0 && strong[0].before(&w.heap[0].pair) {
			x, strong = made{pair: strong[0]}, strong[1:]
		} else {
			x = w.heap.pop()
		}
		if w.root[x.a] != x.a || w.root[x.b] != x.b || x.step < max(w.last[x.a], w.last[x.b]) {
			continue // an older likeness
		}
		// The larger group takes in the smaller; of two as large the first.
		into, from := x.a, x.b
		if w.size[from] > w.size[into] {
			into, from = from, into
		}
		step++
		w.take(into, from, step)
	}
	w.search++
	group, n := make([]int32, len(p.members)), int32(0)
	for i, m := range p.members {
		r := find(w.root, m)
		if w.met[r] != w.search {
			w.met[r], w.place[r] = w.search, n
			w.group[r] = nil
			n++
		}
		group[i] = w.place[r]
	}
	return group
}

// take has a group take in another, and says how alike it is to those near it.
func (w *joiner) take(into, from, step int32) {
	g, o := w.group[into], w.group[from]
	if o == nil {
		o = &group{document: w.docs[from], members: []int32{from}}
	}
	if g == nil {
		d := &w.docs[into]
		g = &group{document: document{words: d.words.plus(o.words), names: d.names.plus(o.names), rare: d.rare.plus(o.rare), from: d.from, to: d.to}, members: []int32{into}}
		w.group[into] = g
	} else {
		g.words, g.names, g.rare = g.words.take(o.words), g.names.take(o.names), g.rare.take(o.rare)
	}
	g.from, g.to = hull(g.from, g.to, o.from, o.to)
	w.root[from], w.group[from] = into, nil
	w.size[into] += w.size[from]
	w.last[into] = step
	if w.spread == into+1 {
		w.words.add(o.words, g.words)
		w.names.add(o.names, g.names)
	} else {
		w.spread = into + 1
		w.words.set(g.words)
		w.names.set(g.names)
	}
	w.search++
	w.links = w.links[:0]
	w.meet(into, g)
	w.meet(into, o)
	n := w.size[into]
	if n <= small {
		g.members = append(g.members, o.members...)
	}
	for i := range w.links {
		x := &w.links[i]
		pairs := int(n) * int(w.size[x.to])
		if pairs > few && float64(pairs)*(1-w.least) < float64(x.apart) {
			continue
		}
		if sim := w.alike(g, pairs, x); sim >= w.threshold {
			w.heap.push(made{pair{min(into, x.to), max(into, x.to), sim}, step})
		}
	}
	if n > small {
		g.members, g.links = nil, append(g.links[:0], w.links...)
	}
}

// meet puts those groups in links to which a pair leads from g.
func (w *joiner) meet(into int32, g *group) {
	meet := func(doc int32, apart float32) {
		to := find(w.root, doc)
		if to == into {
			return
		}
		if w.met[to] == w.search {
			w.links[w.place[to]].apart += apart
			return
		}
		w.met[to], w.place[to] = w.search, int32(len(w.links))
		w.links = append(w.links, link{to, apart})
	}
	for _, l := range g.links {
		meet(l.to, l.apart)
	}
	for _, m := range g.members {
		w.room = w.after.appendTo(w.before.appendTo(w.room[:0], int(m)), int(m))
		for _, j := range w.room {
			meet(j, 0)
		}
	}
}

// alike is the average likeness of the documents of two groups, g and the one that a
// link leads to, less for the time between them.
func (w *joiner) alike(g *group, pairs int, to *link) float64 {
	o := &w.docs[to.to]
	members := []int32{to.to}
	if other := w.group[to.to]; other != nil {
		o, members = &other.document, other.members
	}
	sum := w.of(w.words.held(o.words), w.names.held(o.names))
	to.apart = float32(max(0, float64(pairs)-sum))
	s := sum / float64(pairs)
	if g.from != unknownDay && o.from != unknownDay {
		s = w.lifted(s*w.near(max(0, o.from-g.to, g.from-o.to)), &g.document, o)
	}
	if pairs > few {
		return s
	}
	// Of few pairs the one most alike counts.
	most := w.most * w.threshold
	if (1-w.strongest)*s+w.strongest*most < w.threshold {
		return 0
	}
	return (1-w.strongest)*s + w.strongest*min(w.best(g.members, members), most)
}

// best is the likeness of those two documents of two groups that are most alike.
func (w *joiner) best(some, others []int32) float64 {
	best := 0.0
	for _, i := range some {
		for _, j := range others {
			if x, y := max(i, j), min(i, j); w.before.has(int(x), y, w.room) {
				w.one.set(&w.docs[x])
				best = max(best, w.pair(&w.one, &w.docs[y]))
			}
		}
	}
	return best
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

// madeHeap has the most alike pair first.
type madeHeap []made

func (h *madeHeap) push(p made) {
	*h = append(*h, p)
	s := *h
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[i].before(&s[up].pair) {
			break
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *madeHeap) pop() made {
	s := *h
	first, last := s[0], len(s)-1
	s[0] = s[last]
	s = s[:last]
	for i := 0; ; {
		down := 2*i + 1
		if down >= last {
			break
		}
		if down+1 < last && s[down+1].before(&s[down].pair) {
			down++
		}
		if !s[down].before(&s[i].pair) {
			break
		}
		s[i], s[down] = s[down], s[i]
		i = down
	}
	*h = s
	return first
}
