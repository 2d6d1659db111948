package briefing

import (
	"cmp"
	"slices"

	"readout/internal/dialect"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/stable"
)

// decide says of each slot whether its mark goes into the text, and with which
// attributes.
func (m *textMerger) decide() {
	// target is what a reference points to: a slot, or a mark that has none.
	target := func(x *mark) any {
		if x == nil {
			return nil
		}
		if s := m.of[x]; s != nil {
			return s
		}
		return x
	}
	same := func(x, y *mark) bool {
		return slices.Equal(plainAttrs(x), plainAttrs(y)) && target(x.by) == target(y.by) &&
			target(x.at) == target(y.at) && target(x.continues) == target(y.continues)
	}
	for _, s := range m.slots {
		b, e, g := s.base, s.edited, s.generated
		switch {
		case e == nil && b != nil, e == nil && g == nil:
			continue // taken away by the editor
		case e == nil:
			s.kept = true
			s.take(m, g)
		case b != nil && g == nil && same(b, e):
			continue // taken away by the generation
		case b != nil && g != nil && same(b, e):
			s.kept = true
			s.take(m, g)
		case g == nil || same(e, g) || b != nil && same(b, g):
			s.kept, s.edit = true, true
			s.take(m, e)
			if b != nil && g == nil && !same(b, e) {
				m.report(s)
			}
		default:
			s.kept, s.edit = true, true
			m.attributes(s)
		}
	}
	// A mark that an edit refers to stays too.
	for changed := true; changed; {
		changed = false
		for _, s := range m.slots {
			if !s.kept || !s.edit {
				continue
			}
			for _, to := range []*slot{s.by, s.at, s.continues} {
				if to != nil && !to.kept && to.edited != nil {
					to.kept, to.edit, changed = true, true, true
					to.take(m, to.edited)
				}
			}
		}
	}
	m.follow()
	m.uncross()
	m.number()
}

// follow lets the references to somebody go with the mention they rest on. Where
// the editor gave every mention that names a person in full another ref, the
// pronouns and surnames that were found to mean that person would name nobody.
func (m *textMerger) follow() {
	keyOf := func(s *slot, attrs []dialect.Attr) (key string, own bool) {
		for _, a := range attrs {
			if a.Key == "ref" {
				return a.Value, false
			}
		}
		return slug.Make(m.texts[s.block][s.start:s.end]), true
	}
	to := map[string]string{}
	stay := map[string]bool{} // keys that some words still make, or that went two ways
	for _, s := range m.slots {
		if !s.kept || !named(s.class) {
			continue
		}
		now, own := keyOf(s, s.attrs)
		if own {
			stay[now] = true
		}
		if s.base == nil || s.edited == nil {
			continue
		}
		was, own := keyOf(s, plainAttrs(s.base))
		if edited, _ := keyOf(s, plainAttrs(s.edited)); !own || edited == was {
			continue
		}
		if other, ok := to[was]; ok && other != now {
			stay[was] = true
		}
		to[was] = now
	}
	for _, s := range m.slots {
		for i, a := range s.attrs {
			next := to[a.Value]
			if a.Key != "ref" || !s.kept || next == "" || stay[a.Value] {
				continue
			}
			if s.base != nil && s.edited != nil && s.base.Get("ref") != s.edited.Get("ref") {
				continue // which the editor wrote
			}
			s.attrs = slices.Clone(s.attrs)
			s.attrs[i].Value = next
		}
	}
}

// named reports whether marks of a class name somebody or something.
func named(c dialect.Class) bool {
	return c == dialect.Person || c == dialect.Organization || c == dialect.Place || c == dialect.Event
}

func (m *textMerger) report(s *slot) {
	text := func(x *mark) string {
		if x == nil {
			return ""
		}
		t := &textBlock{text: m.texts[s.block]}
		y := *x
		y.start, y.end = s.start, s.end
		return markSource(t, &y)
	}
	m.blockConflict(s.block, Conflict{
		Kind: MarkConflict, Line: s.edited.Line, held: m.inBase[s.block],
		Base: text(s.base), Edited: text(s.edited), Generated: text(s.generated),
	})
}

// take gives a slot the attributes of x.
func (s *slot) take(m *textMerger, x *mark) {
	s.attrs = plainAttrs(x)
	s.by, s.at, s.continues = m.of[x.by], m.of[x.at], m.of[x.continues]
}

// attributes merges the attributes of a mark that both the editor and the
// generation changed.
func (m *textMerger) attributes(s *slot) {
	b, e, g := s.base, s.edited, s.generated
	if b == nil {
		b = &mark{}
	}
	conflict := false
	get := func(x *mark, key string) (string, bool) {
		for _, a := range x.Attrs {
			if a.Key == key {
				return a.Value, true
			}
		}
		return "", false
	}
	var keys []string
	for _, x := range []*mark{e, g} {
		for _, a := range plainAttrs(x) {
			if !slices.Contains(keys, a.Key) {
				keys = append(keys, a.Key)
			}
		}
	}
	s.attrs = nil
	for _, key := range keys {
		vb, inb := get(b, key)
		ve, ine := get(e, key)
		vg, ing := get(g, key)
		value, in := ve, ine
		switch {
		case ve == vb && ine == inb:
			value, in = vg, ing
		case (vg != vb || ing != inb) && (vg != ve || ing != ine):
			conflict = true
		}
		if in {
			s.attrs = append(s.attrs, dialect.Attr{Key: key, Value: value})
		}
	}
	reference := func(b, e, g *mark) *slot {
		switch {
		case m.of[e] == m.of[b] && (e == nil) == (b == nil):
			return m.of[g]
		case m.of[g] != m.of[b] && m.of[g] != m.of[e]:
			conflict = true
		}
		return m.of[e]
	}
	s.by = reference(b.by, e.by, g.by)
	s.at = reference(b.at, e.at, g.at)
	s.continues = reference(b.continues, e.continues, g.continues)
	if conflict {
		m.report(s)
	}
}

// uncross leaves out generated marks that cross the editor's.
func (m *textMerger) uncross() {
	var order []*slot
	for _, s := range m.slots {
		if s.kept {
			order = append(order, s)
		}
	}
	before := func(a, b *slot) int {
		return cmp.Or(a.block-b.block, span.New(a.start, a.end).Compare(span.New(b.start, b.end)))
	}
	priority := func(s *slot) int {
		switch {
		case s.edit:
			return 0
		case s.edited != nil:
			return 1
		}
		return 2
	}
	stable.Sort(order, func(a, b *slot) int { return cmp.Or(priority(a)-priority(b), before(a, b)) })
	var accepted []*slot
	for start := 0; start < len(order); {
		end := start
		for end < len(order) && priority(order[end]) == priority(order[start]) {
			end++
		}
		group := order[start:end]
		start = end
		asCandidates := func(ss []*slot) []*candidate {
			// One line of offsets for all blocks, so that none crosses.
			out := make([]*candidate, len(ss))
			for i, s := range ss {
				at := m.offset(s.block)
				out[i] = &candidate{span: span.New(at+s.start, at+s.end)}
			}
			return out
		}
		crossing := crossers(asCandidates(accepted), asCandidates(group))
		var open []*slot
		for i, s := range group {
			for len(open) > 0 && (open[len(open)-1].block != s.block || open[len(open)-1].end <= s.start) {
				open = open[:len(open)-1]
			}
			if crossing[i] || len(open) > 0 && open[len(open)-1].end < s.end {
				s.kept = false
				if s.edit {
					m.blockConflict(s.block, Conflict{Kind: Orphan, Line: s.edited.Line, Edited: m.markAt(s), held: m.inBase[s.block]})
				}
				continue
			}
			open = append(open, s)
			accepted = append(accepted, s)
		}
		stable.Sort(accepted, before)
	}
	m.slots = accepted
}

func (m *textMerger) markAt(s *slot) string {
	x := *s.edited
	x.start, x.end = s.start, s.end
	return markSource(&textBlock{text: m.texts[s.block]}, &x)
}
