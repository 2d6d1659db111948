package briefing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/stable"
)

// blockNumbers says what ids the blocks of the edited and of the generated text
// have in the merged one, and those of the edited one in the base.
type blockNumbers struct{ edited, generated, inBase map[string]string }

// A mark is a mark of one version, with its references as pointers.
type mark struct {
	start, end int // bytes in its block
	words      string
	dialect.Mark
	by, at, continues *mark
}

// textBlock is a block of one version.
type textBlock struct {
	dialect.Block
	id    string
	text  string
	marks []*mark
}

func textBlocks(d dialect.Document) []*textBlock {
	ids := dialect.BlockIDs(d.Blocks)
	var out []*textBlock
	byID := map[string]*mark{}
	marks := d.Marks
	for i, b := range d.Blocks {
		t := &textBlock{Block: b, id: ids[i], text: b.Span.In(d.Text)}
		for len(marks) > 0 && marks[0].Span.Start < b.Span.End {
			x := &mark{start: marks[0].Span.Start - b.Span.Start, end: marks[0].Span.End - b.Span.Start, words: marks[0].Span.In(d.Text), Mark: marks[0]}
			if x.ID != "" {
				byID[x.ID] = x
			}
			t.marks = append(t.marks, x)
			marks = marks[1:]
		}
		out = append(out, t)
	}
	for _, t := range out {
		for _, x := range t.marks {
			x.by, x.at, x.continues = byID[x.Get("by")], byID[x.Get("at")], byID[x.Get("continues")]
		}
	}
	return out
}

// A slot is one place for a mark in the merged text, with what the versions
// have there.
type slot struct {
	block                   int // in the merged text
	start, end              int
	class                   dialect.Class
	base, edited, generated *mark
	order                   int
	kept                    bool // goes into the merged text
	edit                    bool // because of the editor
	id                      string
	attrs                   []dialect.Attr
	by, at, continues       *slot
}

// textMerger merges annotated texts.
type textMerger struct {
	*merger
	blocks []dialect.Block
	texts  []string
	slots  []*slot
	of     map[*mark]*slot
	starts []int // of the blocks in the merged text
	// Of edited blocks by id: those that give way to the generated ones, and
	// those that an edited key point rests on.
	taken, cited map[string]bool
	ofBlock      map[int]int    // by index in conflicts: which block of the merged text
	inBase       map[int]string // the id in the base of each block of the merged text
}

// text merges the annotated text, and says how its blocks are numbered now.
func (m *merger) text(b, e, g version) (string, blockNumbers, error) {
	tm := textMerger{merger: m, of: map[*mark]*slot{}, taken: m.take, ofBlock: map[int]int{}, inBase: map[int]string{}}
	base, edited, generated := textBlocks(b.doc), textBlocks(e.doc), textBlocks(g.doc)
	from := map[int]triple{}
	order := mergeOrder(blockTexts(base), blockTexts(edited), blockTexts(generated), false)
	numbers := blockNumbers{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, t := range order {
		if t.base >= 0 && t.edited >= 0 {
			numbers.inBase[edited[t.edited].id] = base[t.base].id
		}
	}
	tm.cited = cited(b, e, numbers.inBase)
	for _, t := range order {
		var vb, ve, vg *textBlock
		if t.base >= 0 {
			vb = base[t.base]
		}
		if t.edited >= 0 {
			ve = edited[t.edited]
		}
		if t.generated >= 0 {
			vg = generated[t.generated]
		}
		n := len(tm.blocks)
		tm.block(vb, ve, vg)
		if len(tm.blocks) > n {
			from[n] = t
			if vb != nil {
				tm.inBase[n] = vb.id
			}
		}
	}
	tm.decide()
	doc := tm.document()
	ids := dialect.BlockIDs(doc.Blocks)
	for i, n := range tm.ofBlock {
		m.conflicts[i].Unit = ids[n]
	}
	for i, id := range ids {
		if t := from[i]; t.edited >= 0 {
			numbers.edited[edited[t.edited].id] = id
		}
		if t := from[i]; t.generated >= 0 {
			numbers.generated[generated[t.generated].id] = id
		}
	}
	out, err := dialect.Write(doc)
	return string(out), numbers, err
}

// source returns a block as it stands in its file.
func (t *textBlock) source() string {
	if t == nil {
		return ""
	}
	d := dialect.Document{Text: t.text, Blocks: []dialect.Block{t.Block}}
	d.Blocks[0].Span = span.New(0, len(t.text))
	for _, x := range t.marks {
		y := x.Mark
		y.Span = span.New(x.start, x.end)
		d.Marks = append(d.Marks, y)
	}
	out, err := dialect.Write(d)
	if err != nil {
		return t.text
	}
	return strings.TrimRight(string(out), "\n")
}

// untouched reports whether the editor left a block as it was.
func untouched(b, e *textBlock) bool {
	if b.text != e.text || b.Role != e.Role || b.Level != e.Level || b.Reason != e.Reason || len(b.marks) != len(e.marks) {
		return false
	}
	for i, x := range b.marks {
		y := e.marks[i]
		if x.start != y.start || x.end != y.end || x.Class != y.Class || !slices.Equal(plainAttrs(x), plainAttrs(y)) ||
			!sameMark(x.by, y.by) || !sameMark(x.at, y.at) || !sameMark(x.continues, y.continues) {
			return false
		}
	}
	return true
}

// sameMark compares marks of two versions of like text.
func sameMark(x, y *mark) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Class == y.Class && x.start == y.start && x.end == y.end
}

// plainAttrs returns the attributes of x but for its references.
func plainAttrs(x *mark) []dialect.Attr {
	var out []dialect.Attr
	for _, a := range x.Attrs {
		if a.Key != "by" && a.Key != "at" && a.Key != "continues" {
			out = append(out, a)
		}
	}
	return out
}

// block merges one block: it picks the text and puts the marks of each version
// into slots on it.
func (m *textMerger) block(b, e, g *textBlock) {
	// keep keeps the editor's block as it is, and says why.
	report := func(kind string) {
		m.blockConflict(len(m.blocks), Conflict{Kind: kind, Line: e.Line, Base: b.source(), Edited: e.source(), Generated: g.source(), held: b.id})
	}
	keep := func(kind string) {
		report(kind)
		m.add(e, e, nil, e, nil)
	}
	if e != nil && m.hold[e.id] {
		m.add(e, e, nil, e, nil)
		return
	}
	if e != nil && m.taken[e.id] {
		if g != nil {
			m.add(g, g, nil, nil, g)
		}
		return
	}
	switch {
	case e == nil && b != nil: // the editor took it away
		return
	case e == nil:
		m.add(g, g, nil, nil, g)
		return
	case g == nil && b == nil:
		m.add(e, e, nil, e, nil)
		return
	case g == nil && untouched(b, e) && !m.cited[e.id]: // the article has lost it
		return
	case g == nil:
		keep(Orphan)
		return
	case b == nil:
		m.add(e, e, nil, e, g)
		return
	}
	text, shape := e, e
	switch {
	case e.text == b.text && e.text != g.text && !carries(b, e, g):
		keep(Orphan)
		return
	case e.text == b.text:
		text = g
	case g.text != b.text && g.text != e.text:
		keep(BlockConflict)
		return
	}
	if e.Role == b.Role && e.Level == b.Level && e.Reason == b.Reason {
		shape = g
	} else if (g.Role != b.Role || g.Level != b.Level || g.Reason != b.Reason) && (g.Role != e.Role || g.Level != e.Level || g.Reason != e.Reason) {
		report(BlockConflict)
	}
	m.add(text, shape, b, e, g)
}

// carries reports whether all that the editor marked in e, which has the words
// of b, has a place in the words of g.
func carries(b, e, g *textBlock) bool {
	carry := mapText(e.text, g.text)
	before := map[[2]int][]*mark{}
	for _, x := range b.marks {
		at := [2]int{x.start, x.end}
		before[at] = append(before[at], x)
	}
	var spans []span.Span
	for _, x := range e.marks {
		if slices.ContainsFunc(before[[2]int{x.start, x.end}], func(y *mark) bool {
			return sameMark(x, y) && slices.Equal(plainAttrs(x), plainAttrs(y)) && sameMark(x.by, y.by) && sameMark(x.at, y.at) && sameMark(x.continues, y.continues)
		}) {
			continue
		}
		start, end, ok := carry.span(x.start, x.end)
		if !ok {
			return false
		}
		// What was nested or apart must be so still.
		for len(spans) > 0 && spans[len(spans)-1].End <= start {
			spans = spans[:len(spans)-1]
		}
		if len(spans) > 0 && (start < spans[len(spans)-1].Start || end > spans[len(spans)-1].End) {
			return false
		}
		spans = append(spans, span.New(start, end))
	}
	return true
}

// blockConflict records a conflict about the block that is nth in the merged
// text; its id is known later.
func (m *textMerger) blockConflict(n int, c Conflict) {
	m.ofBlock[len(m.conflicts)] = n
	m.conflict(c)
}

// add adds a block with the given text and role, and the marks of the versions.
func (m *textMerger) add(text, shape, b, e, g *textBlock) {
	n := len(m.blocks)
	m.blocks = append(m.blocks, dialect.Block{Role: shape.Role, Level: shape.Level, Reason: shape.Reason})
	m.texts = append(m.texts, text.text)
	type place struct {
		start, end int
		class      dialect.Class
	}
	slots := map[place]*slot{}
	put := func(v *textBlock, set func(*slot, *mark)) {
		if v == nil {
			return
		}
		carry := mapText(v.text, text.text)
		for _, x := range v.marks {
			start, end, ok := carry.span(x.start, x.end)
			if !ok {
				continue
			}
			p := place{start, end, x.Class}
			s := slots[p]
			if s == nil {
				s = &slot{block: n, start: start, end: end, class: x.Class, order: len(m.slots)}
				slots[p] = s
				m.slots = append(m.slots, s)
			}
			set(s, x)
			m.of[x] = s
		}
	}
	// In this order, so that of marks over the same words the editor's stay as
	// they nest there.
	put(e, func(s *slot, x *mark) { s.edited = x })
	put(g, func(s *slot, x *mark) { s.generated = x })
	put(b, func(s *slot, x *mark) { s.base = x })
}

// markSource returns a mark as it stands in its file, without what is nested in
// it.
func markSource(t *textBlock, x *mark) string {
	words := t.text[x.start:x.end]
	d := dialect.Document{
		Text: words, Blocks: []dialect.Block{{Role: "paragraph", Span: span.New(0, len(words))}},
		Marks: []dialect.Mark{{Span: span.New(0, len(words)), Class: x.Class, ID: x.ID, Attrs: x.Attrs}},
	}
	out, err := dialect.Write(d)
	if err != nil {
		return words
	}
	return strings.TrimRight(string(out), "\n")
}

// offset returns where a block begins in the merged text.
func (m *textMerger) offset(block int) int {
	if len(m.starts) != len(m.texts) {
		m.starts = nil
		at := 0
		for _, t := range m.texts {
			m.starts = append(m.starts, at)
			at += len(t) + 2
		}
	}
	return m.starts[block]
}

// number gives ids to the marks that are referred to and to all sources: those
// of the editor's file, where the mark was in it.
func (m *textMerger) number() {
	taken := map[string]bool{}
	needs := map[*slot]bool{}
	for _, s := range m.slots {
		for _, to := range []*slot{s.by, s.at, s.continues} {
			if to != nil && to.kept {
				needs[to] = true
			}
		}
		if s.edited != nil && s.edited.ID != "" && !taken[s.edited.ID] {
			s.id = s.edited.ID
			taken[s.id] = true
		}
	}
	next := map[string]int{}
	for _, s := range m.slots {
		if s.id != "" || s.class != dialect.Source && !needs[s] {
			continue
		}
		if s.generated != nil && s.generated.ID != "" && !taken[s.generated.ID] {
			s.id = s.generated.ID
		} else {
			letter := letters[s.class]
			if letter == "" {
				letter = "m"
			}
			for s.id == "" || taken[s.id] {
				next[letter]++
				s.id = letter + strconv.Itoa(next[letter])
			}
		}
		taken[s.id] = true
	}
}

// document returns the merged text.
func (m *textMerger) document() dialect.Document {
	d := dialect.Document{Text: strings.Join(m.texts, "\n\n"), Blocks: m.blocks}
	for i := range d.Blocks {
		at := m.offset(i)
		d.Blocks[i].Span = span.New(at, at+len(m.texts[i]))
	}
	stable.Sort(m.slots, func(a, b *slot) int {
		if c := cmp.Or(a.block-b.block, span.New(a.start, a.end).Compare(span.New(b.start, b.end))); c != 0 {
			return c
		}
		if a.edited != nil && b.edited != nil {
			return a.order - b.order
		}
		return cmp.Or(nesting[a.class]-nesting[b.class], a.order-b.order)
	})
	for _, s := range m.slots {
		at := m.offset(s.block)
		x := dialect.Mark{Span: span.New(at+s.start, at+s.end), Class: s.class, ID: s.id}
		for _, ref := range []struct {
			key string
			to  *slot
		}{{"by", s.by}, {"continues", s.continues}} {
			if ref.to != nil && ref.to.kept {
				x.Attrs = append(x.Attrs, dialect.Attr{Key: ref.key, Value: ref.to.id})
			}
		}
		x.Attrs = append(x.Attrs, s.attrs...)
		if s.at != nil && s.at.kept {
			x.Attrs = append(x.Attrs, dialect.Attr{Key: "at", Value: s.at.id})
		}
		d.Marks = append(d.Marks, x)
	}
	return d
}
