package quote

import (
	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/stable"
)

// nest drops attributions until no two pieces of content, sources or cues of
// those that are left cross each other, so that all can be written as nested
// spans. Of two that cross the reported statement gives way to the direct
// quotation, and the later to the earlier.
func nest(as []annotation.Attribution) []annotation.Attribution {
	type owned struct {
		s     span.Span
		owner int
	}
	var all []owned
	for i := range as {
		a := &as[i]
		add := func(s span.Span) {
			if !s.Empty() {
				all = append(all, owned{s, i})
			}
		}
		if a.Form == annotation.Direct || a.Form == annotation.Scare {
			for _, m := range a.Marked {
				add(m)
			}
		} else {
			for _, m := range a.Marked {
				add(m)
			}
			for _, s := range a.Parts {
				add(s)
			}
			if a.Parts == nil {
				add(a.Content)
			}
		}
		add(a.Source)
		add(a.Cue)
	}
	stable.Sort(all, func(x, y owned) int { return x.s.Compare(y.s) })
	dropped := make([]bool, len(as))
	// loses says which of two owners gives way.
	loses := func(x, y int) int {
		dx, dy := as[x].Form == annotation.Direct, as[y].Form == annotation.Direct
		switch {
		case dx && !dy:
			return y
		case dy && !dx:
			return x
		}
		return max(x, y)
	}
	var stack []owned
	for _, o := range all {
		for len(stack) > 0 && (stack[len(stack)-1].s.End <= o.s.Start || dropped[stack[len(stack)-1].owner]) {
			stack = stack[:len(stack)-1]
		}
		for len(stack) > 0 && !dropped[o.owner] {
			top := stack[len(stack)-1]
			if dropped[top.owner] {
				stack = stack[:len(stack)-1]
				continue
			}
			if top.s.Contains(o.s) {
				break
			}
			if l := loses(top.owner, o.owner); l == o.owner {
				dropped[o.owner] = true
			} else {
				dropped[top.owner] = true
				stack = stack[:len(stack)-1]
			}
		}
		if !dropped[o.owner] {
			stack = append(stack, o)
		}
	}
	kept := as[:0]
	for i := range as {
		if !dropped[i] {
			kept = append(kept, as[i])
		}
	}
	return kept
}
