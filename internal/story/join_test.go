package story

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// plainJoin joins documents as joiner does, and looks at all pairs of groups each time.
func plainJoin(l likeness, docs []document, a *alike) [][]int {
	type plain struct {
		document
		members []int
	}
	var groups []*plain
	for i := range docs {
		groups = append(groups, &plain{docs[i], []int{i}})
	}
	average := func(g, o *plain) (float64, bool) {
		best := 0.0
		for _, x := range g.members {
			for _, y := range o.members {
				if a.before.has(max(x, y), int32(min(x, y)), nil) {
					var one against
					one.set(&docs[max(x, y)])
					best = max(best, l.pair(&one, &docs[min(x, y)]))
				}
			}
		}
		pairs := len(g.members) * len(o.members)
		s := l.of(g.words.dot(o.words), g.names.dot(o.names)) / float64(pairs)
		if g.from != unknownDay && o.from != unknownDay {
			s = l.lifted(s*l.near(max(0, o.from-g.to, g.from-o.to)), &g.document, &o.document)
		}
		if pairs == 1 {
			s = best
		} else if pairs <= few {
			s = (1-l.strongest)*s + l.strongest*min(best, l.most*l.threshold)
		}
		return s, best > 0
	}
	for {
		var next *pair
		for i, g := range groups {
			for j, o := range groups[:i] {
				if g == nil || o == nil {
					continue
				}
				if s, linked := average(g, o); linked && s >= l.threshold {
					if p := (pair{int32(j), int32(i), s}); next == nil || p.before(next) {
						next = &p
					}
				}
			}
		}
		if next == nil {
			break
		}
		into, from := next.a, next.b
		g, o := groups[into], groups[from]
		if len(o.members) > len(g.members) {
			into, from, g, o = from, into, o, g
		}
		g.members = append(g.members, o.members...)
		g.words, g.names, g.rare = g.words.plus(o.words), g.names.plus(o.names), g.rare.plus(o.rare)
		g.from, g.to = hull(g.from, g.to, o.from, o.to)
		groups[from] = nil
	}
	var out [][]int
	for _, g := range groups {
		if g != nil {
			slices.Sort(g.members)
			out = append(out, g.members)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// What is joined is what would be if all were looked at each time: from nothing, and with a
// past of which some is no more and some is new.
func TestJoin(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 3))
		n, terms := 40+r.IntN(40), 40
		docs, sums := make([]document, n), make([]Sum, n)
		for i := range docs {
			d := &docs[i]
			d.from = unknownDay
			if seed%2 == 0 {
				d.from = i / 8
			}
			d.to = d.from
			for k := range terms {
				if r.IntN(4) == 0 {
					f := feature{int32(k), 0.4 + r.Float32()}
					d.words = append(d.words, f)
					if k%3 == 0 {
						d.names = append(d.names, f)
					}
					if k%9 == 0 {
						d.rare = append(d.rare, f)
					}
				}
			}
			d.words, d.names = unit(d.words), unit(d.names)
			d.matter = scale(d.words.without(d.names))
			sums[i] = Sum{byte(i), 1}
		}
		for _, l := range []likeness{event, storyline} {
			l.threshold, l.floor = 0.3, 0.25
			common := make([]bool, terms)
			past := &pairing{}
			for step := range 4 {
				var some []document
				var of []Sum
				for i := range docs {
					if r.IntN(8) > 0 {
						some, of = append(some, docs[i]), append(of, sums[i])
					}
				}
				got, found := l.join(some, of, common, past)
				none, now := (&pairing{}).known(of)
				a := l.candidates(some, common, &pairing{}, none, now)
				if want := plainJoin(l, some, &a); !slices.EqualFunc(got, want, slices.Equal) {
					t.Fatalf("seed %d, step %d: %v, want %v", seed, step, got, want)
				}
				if step == 1 {
					t.Logf("seed %d: %d documents in %d groups, %d pairs", seed, len(some), len(got), len(found.joined.pairs))
				}
				past = &found
			}
		}
	}
}
