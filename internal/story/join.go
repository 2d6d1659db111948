package story

import (
	"slices"

	"readout/internal/stable"
)

// join joins documents by average likeness: the two groups most alike first,
// until none are alike enough. The average over all pairs of two groups of unit
// vectors is the product of their sums, so that no pair need be kept. What comes of
// documents depends on those alone to which pairs lead from them, so that each such part
// of all is joined apart.
func (l likeness) join(docs []document, sums []Sum, common []bool, past *pairing) ([][]int, pairing) {
	was, now := past.known(sums)
	found := pairing{docs: sums, alike: l.candidates(docs, common, past, was, now)}
	parts, of := found.alike.parts(len(docs))
	past.giveTo(parts, of, now)
	j := newJoining(l, docs, &found.before, was)
	groups := make([][]int32, len(parts))
	inParallel(len(parts), func() func(i int) {
		w := joiner{joining: j}
		return func(i int) {
			if p := &parts[i]; len(p.strong) > 0 { // else all stay apart
				groups[i] = w.join(p)
			}
		}
	})
	var out [][]int
	for i := range parts {
		out = parts[i].split(out, groups[i])
		found.joined.add(parts[i].joined)
	}
	stable.Sort(out, func(a, b []int) int { return a[0] - b[0] })
	return out, found
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
	root   []int32  // of each document: the group it is in, or was in
	size   []int32  // how many are in it
	last   []int32  // by which step it became what it is
	group  []*group // nil for one document
	fresh  []bool   // the past does not know with which others it is joined; see joiner.again
	beside []bool   // it is like a fresh one

	// least is how alike the texts and names of two groups must be on the average, without
	// regard to their days and to what raises a likeness, to be joined.
	least float64
}

func newJoining(l likeness, docs []document, before *lists, was []int32) *joining {
	n := len(docs)
	after := before.turned()
	j := &joining{
		likeness: l, docs: docs, before: before, after: &after,
		root: make([]int32, n), size: make([]int32, n), last: make([]int32, n), group: make([]*group, n),
		fresh: make([]bool, n), beside: make([]bool, n),
		least: l.threshold / max(l.sameDay, 1) / max(l.lift, 1) * 0.98, // sums are not exact
	}
	for i := range n {
		j.root[i], j.size[i], j.fresh[i] = int32(i), 1, was[i] < 0
	}
	return j
}

// A group is a set of documents that have been joined. Its vectors are the sums of
// theirs.
type group struct {
	document
	members []int32  // where it has no links
	links   []link   // to the groups that a pair leads to, or led when they were looked at
	parts   []*group // the two whose vectors are to be added for its own; nil where they are
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
	part   *part // the one at hand
	step   int32
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

// join joins the documents of a part, and returns into which group each fell.
//
// What the past tells is taken from it: two groups whose documents were all there, and were
// joined with no others, are joined again as they were. Fresh ones are looked at, and in the
// order of their likenesses both come to what they would without the past.
func (w *joiner) join(p *part) []int32 {
	if w.met == nil {
		w.met, w.place = make([]int32, len(w.docs)), make([]int32, len(w.docs))
	}
	w.part, w.step, w.heap = p, 0, w.heap[:0]
	if len(p.past) > 0 {
		for _, m := range p.members {
			if w.fresh[m] {
				w.mark([]int32{m})
			}
		}
	}
	for _, x := range p.strong {
		if w.fresh[x.a] || w.fresh[x.b] { // else the past tells, or one comes to be fresh
			w.heap.push(made{pair: x})
		}
	}
	for {
		again, of := w.again()
		for len(w.heap) > 0 && !w.holds(&w.heap[0]) {
			w.heap.pop()
		}
		var next *pair
		if len(w.heap) > 0 {
			next = &w.heap[0].pair
		}
		switch {
		case again != nil && (next == nil || again.before(next)):
			w.repeat(*again)
			p.past[of] = p.past[of][1:]
		case next != nil:
			w.look(*next)
		default:
			return w.groups()
		}
	}
}

// groups returns into which group each document of the part fell.
func (w *joiner) groups() []int32 {
	w.search++
	of, n := make([]int32, len(w.part.members)), int32(0)
	for i, m := range w.part.members {
		r := find(w.root, m)
		if w.met[r] != w.search {
			w.met[r], w.place[r] = w.search, n
			w.group[r] = nil
			n++
		}
		of[i] = w.place[r]
	}
	return of
}

// holds reports whether a pair is of two groups as they are.
func (w *joiner) holds(x *made) bool {
	return w.root[x.a] == x.a && w.root[x.b] == x.b && x.step >= max(w.last[x.a], w.last[x.b])
}

// again returns the next pair of groups that were joined in the past and are now as they
// were then, and of which sequence of the past it is the first. Of two of which one is not,
// the other is fresh from then on.
func (w *joiner) again() (next *pair, of int) {
	for k := range w.part.past {
		past := &w.part.past[k]
		for ; len(*past) > 0; *past = (*past)[1:] {
			x := &(*past)[0]
			a, b := w.known(x.a), w.known(x.b)
			if a && b {
				if next == nil || x.before(next) {
					next, of = x, k
				}
				break
			}
			if a {
				w.begin(x.a)
			}
			if b {
				w.begin(x.b)
			}
		}
	}
	return next, of
}

// known reports whether a group is one that the past knows; -1 is none.
func (w *joiner) known(i int32) bool { return i >= 0 && w.root[i] == i && !w.fresh[i] }

// get returns a group, its vectors where they are made.
func (w *joiner) get(i int32) *group {
	if g := w.group[i]; g != nil {
		return g
	}
	return &group{document: w.docs[i], members: []int32{i}}
}

// whole returns g with its vectors.
func (g *group) whole() *group {
	if g.parts != nil {
		a, b := g.parts[0].whole(), g.parts[1].whole()
		g.words, g.names, g.rare, g.parts = a.words.plus(b.words), a.names.plus(b.names), a.rare.plus(b.rare), nil
	}
	return g
}

// begin makes a group fresh that was not.
func (w *joiner) begin(i int32) {
	g := w.get(i).whole()
	w.freshen(i, g)
	w.hold(i, g)
	w.around(i, g)
	w.compare(i, g, false)
}

// freshen says that a group is fresh.
func (w *joiner) freshen(i int32, g *group) {
	if !w.fresh[i] {
		w.fresh[i] = true
		w.mark(g.members)
	}
}

// mark says of all that documents of a fresh group are like that they are beside it.
func (w *joiner) mark(members []int32) {
	for _, m := range members {
		for _, j := range w.like(m) {
			w.beside[find(w.root, j)] = true
		}
	}
}

// like returns the documents that one is like.
func (w *joiner) like(doc int32) []int32 {
	w.room = w.after.appendTo(w.before.appendTo(w.room[:0], int(doc)), int(doc))
	return w.room
}

// unite has one group stand for two: the larger, of two as large the first.
func (w *joiner) unite(p pair) (into, from int32) {
	into, from = p.a, p.b
	if w.size[from] > w.size[into] {
		into, from = from, into
	}
	w.step++
	w.root[from] = into
	w.size[into] += w.size[from]
	w.last[into] = w.step
	w.beside[into] = w.beside[into] || w.beside[from]
	w.part.joined = append(w.part.joined, p)
	return into, from
}

// repeat joins two groups as in the past. Of those near them only the fresh ones need know.
func (w *joiner) repeat(p pair) {
	of := []*group{w.get(p.a), w.get(p.b)}
	into, from := w.unite(p)
	g := &group{members: slices.Concat(of[0].members, of[1].members), parts: of}
	g.from, g.to = hull(of[0].from, of[0].to, of[1].from, of[1].to)
	w.group[into], w.group[from] = g, nil
	if w.beside[into] {
		w.hold(into, g.whole())
		w.around(into, g)
		w.compare(into, g, true)
	}
}

// look joins two groups, and says how alike they are to those near them.
func (w *joiner) look(p pair) {
	a, b := w.get(p.a).whole(), w.get(p.b).whole()
	w.freshen(p.a, a)
	w.freshen(p.b, b)
	into, from := w.unite(p)
	g, o := a, b
	if into == p.b {
		g, o = b, a
	}
	if w.group[into] == nil { // its vectors are those of a document
		g.words, g.names, g.rare = g.words.plus(o.words), g.names.plus(o.names), g.rare.plus(o.rare)
	} else {
		g.words, g.names, g.rare = g.words.take(o.words), g.names.take(o.names), g.rare.take(o.rare)
	}
	g.from, g.to = hull(g.from, g.to, o.from, o.to)
	w.group[into], w.group[from] = g, nil
	if w.spread == into+1 {
		w.words.add(o.words, g.words)
		w.names.add(o.names, g.names)
	} else {
		w.hold(into, g)
	}
	w.around(into, g, o)
	if w.size[into] <= small {
		g.members = append(g.members, o.members...)
	}
	w.compare(into, g, false)
	if w.size[into] > small {
		g.members, g.links = nil, append(g.links[:0], w.links...)
	}
}

// hold has a group held against others.
func (w *joiner) hold(i int32, g *group) {
	w.spread = i + 1
	w.words.set(g.words)
	w.names.set(g.names)
}

// around puts those groups in links to which a pair leads from a group, or from those it
// is made of.
func (w *joiner) around(i int32, of ...*group) {
	w.search++
	w.links = w.links[:0]
	for _, g := range of {
		for _, l := range g.links {
			w.meet(i, l.to, l.apart)
		}
		for _, m := range g.members {
			for _, j := range w.like(m) {
				w.meet(i, j, 0)
			}
		}
	}
}

// meet puts the group of a document in links.
func (w *joiner) meet(i, doc int32, apart float32) {
	to := find(w.root, doc)
	switch {
	case to == i:
	case w.met[to] == w.search:
		w.links[w.place[to]].apart += apart
	default:
		w.met[to], w.place[to] = w.search, int32(len(w.links))
		w.links = append(w.links, link{to, apart})
	}
}

// compare says how alike the group that is held is to those in links, or to the fresh ones
// alone.
func (w *joiner) compare(i int32, g *group, fresh bool) {
	for k := range w.links {
		x := &w.links[k]
		if fresh && !w.fresh[x.to] {
			continue
		}
		pairs := int(w.size[i]) * int(w.size[x.to])
		if (pairs > few || w.strongest == 0) && float64(pairs)*(1-w.least) < float64(x.apart) {
			continue
		}
		if sim := w.average(g, pairs, x); sim >= w.threshold {
			w.heap.push(made{pair{min(i, x.to), max(i, x.to), sim}, w.step})
		}
	}
}

// average is the average likeness of the documents of two groups, g and the one that a
// link leads to, less for the time between them.
func (w *joiner) average(g *group, pairs int, to *link) float64 {
	o := &w.docs[to.to]
	var members []int32
	if other := w.group[to.to]; other != nil {
		o, members = &other.whole().document, other.members
	}
	sum := w.of(w.words.held(o.words), w.names.held(o.names))
	to.apart = float32(max(0, float64(pairs)-sum))
	s := sum / float64(pairs)
	if g.from != unknownDay && o.from != unknownDay {
		s = w.lifted(s*w.near(max(0, o.from-g.to, g.from-o.to)), &g.document, o)
	}
	if pairs == 1 || pairs > few {
		return s
	}
	// Of few pairs the one most alike counts.
	most := w.most * w.threshold
	if (1-w.strongest)*s+w.strongest*most < w.threshold {
		return 0
	}
	if members == nil {
		members = []int32{to.to}
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
