package briefing

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/annotation"
	"readout/internal/dialect"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/stable"
)

// A candidate is a mark on its way into the text. The links between marks are
// kept as pointers until it is known which of them are written: only then do
// they get ids.
type candidate struct {
	span      span.Span
	class     dialect.Class
	attrs     []dialect.Attr
	by        *candidate // the source of a quotation or statement
	at        *candidate // the time of an event
	continues *candidate // the first part of an interrupted quotation
	key       string     // entity that by stands for, where by is not written
	id        string
	written   bool
}

// maxValue is the greatest length in bytes of an attribute's value: longer ones
// are no role, reason or unit but a fault of the analysis, and are left out.
const maxValue = 300

func (c *candidate) set(key, value string) {
	if value != "" && len(value) <= maxValue {
		c.attrs = append(c.attrs, dialect.Attr{Key: key, Value: value})
	}
}

// marks returns the marks of a Set, properly nested, each inside one block.
//
// Marks may not cross in the text. Where two do, the one whose class comes first
// in rank stays whole. The other, if it is reported content, is cut at the edges
// of the first, and its pieces are tied together like the parts of an
// interrupted quotation; any other mark is left out. Content that runs over
// several blocks is cut likewise.
func marks(set *annotation.Set, blocks []dialect.Block) []dialect.Mark {
	c := collector{set: set, blocks: blocks, text: set.Article.Text}
	c.attributions()
	c.mentions()
	c.others()
	return c.resolve()
}

// rank orders the classes by which of two crossing marks stays whole.
var rank = map[dialect.Class]int{
	dialect.Quote: 0, dialect.Source: 1, dialect.Statement: 2,
	dialect.Person: 3, dialect.Organization: 3, dialect.Place: 3, dialect.Event: 3,
	dialect.Time: 4, dialect.Quantity: 5, dialect.Term: 6, dialect.Cue: 7, dialect.EventMention: 8,
}

// nesting orders the classes of marks over the very same words, outer first.
var nesting = map[dialect.Class]int{
	dialect.Quote: 0, dialect.Statement: 1, dialect.Source: 2, dialect.Term: 3,
	dialect.Time: 4, dialect.Quantity: 5, dialect.EventMention: 6, dialect.Cue: 7,
	dialect.Person: 8, dialect.Organization: 8, dialect.Place: 8, dialect.Event: 8,
}

// letters begin the ids of marks.
var letters = map[dialect.Class]string{dialect.Source: "s", dialect.Time: "t", dialect.Quote: "q", dialect.Statement: "r"}

type collector struct {
	set    *annotation.Set
	blocks []dialect.Block
	text   string
	all    []*candidate
}

func (c *collector) add(x *candidate) *candidate {
	c.all = append(c.all, x)
	return x
}

// words returns what a span covers as an attribute's value: on one line.
func (c *collector) words(s span.Span) string {
	return strings.Join(strings.Fields(s.In(c.text)), " ")
}

func (c *collector) attributions() {
	sources := map[span.Span]*candidate{}
	cues := map[span.Span]bool{}
	for _, a := range c.set.Attributions {
		source := c.source(a, sources)
		if !a.Cue.Empty() && !cues[a.Cue] && a.Form != annotation.Scare {
			cues[a.Cue] = true
			c.add(&candidate{span: a.Cue, class: dialect.Cue})
		}
		class, parts := dialect.Statement, a.Parts
		if a.Form != annotation.Indirect {
			class, parts = dialect.Quote, a.Marked
		}
		if len(parts) == 0 {
			parts = []span.Span{a.Content}
		}
		var first *candidate
		for _, part := range c.cut(parts) {
			x := c.add(&candidate{span: part, class: class, by: source, key: a.Key, continues: first})
			if first == nil {
				first = x
				if a.Form == annotation.Mixed || a.Form == annotation.Scare {
					x.set("form", string(a.Form))
				}
				if a.Stance != annotation.Asserts && a.Form != annotation.Scare {
					x.set("stance", string(a.Stance))
				}
				if !a.Sure && a.Form != annotation.Scare {
					x.set("sure", "no")
				}
			}
		}
	}
}

// source returns the mark of a's source, one for all attributions that share
// the words.
func (c *collector) source(a annotation.Attribution, sources map[span.Span]*candidate) *candidate {
	if a.Source.Empty() || a.Form == annotation.Scare {
		return nil
	}
	if x := sources[a.Source]; x != nil {
		return x
	}
	x := c.add(&candidate{span: a.Source, class: dialect.Source})
	sources[a.Source] = x
	x.set("naming", string(a.Naming))
	if a.Key != "" && !c.told(a) {
		x.set("ref", a.Key)
	}
	x.set("access", c.words(a.Access))
	x.set("reason", c.words(a.Reason))
	x.set("via", c.words(a.Via))
	return x
}

// told reports whether the words of a source tell by themselves whom it stands for:
// the first person they name or, where a body speaks, the first of the others. "Roth's
// lawyer, Ann Poe" names Roth first.
func (c *collector) told(a annotation.Attribution) bool {
	ms := c.set.Mentions
	i, _ := slices.BinarySearchFunc(ms, a.Source.Start, func(m annotation.Mention, at int) int { return m.Span.Start - at })
	for ; i < len(ms) && ms[i].Span.Start < a.Source.End; i++ {
		if !a.Source.Contains(ms[i].Span) {
			continue
		}
		switch person := ms[i].Type == annotation.Person; {
		case a.Naming == annotation.Named && person, (a.Naming == annotation.Institution || a.Naming == annotation.Outlet || a.Naming == annotation.Document) && !person:
			return ms[i].Key == a.Key
		case ms[i].Key == a.Key && a.Naming != annotation.Named:
			return true
		}
	}
	return false
}

func (c *collector) mentions() {
	for _, m := range c.set.Mentions {
		x := c.add(&candidate{span: m.Span, class: dialect.Class(m.Type)})
		// The text alone decides where the key is that of the words.
		if slug.Make(m.Span.In(c.text)) != m.Key {
			x.set("ref", m.Key)
		}
		x.set("role", c.words(m.Role))
		if m.Government && (m.Type == annotation.Place || m.Type == annotation.Organization) {
			x.set("sense", "government")
		}
	}
}

func (c *collector) others() {
	times := make([]*candidate, len(c.set.Times))
	for i, t := range c.set.Times {
		x := c.add(&candidate{span: t.Span, class: dialect.Time})
		times[i] = x
		if t.Type != annotation.DateType {
			x.set("type", string(t.Type))
		}
		x.set("value", t.Value)
		if t.Value == "" {
			x.set("unresolved", t.Unresolved)
		}
		x.set("anchor", t.Anchor)
	}
	for _, q := range c.set.Quantities {
		x := c.add(&candidate{span: q.Span, class: dialect.Quantity})
		x.set("value", strconv.FormatFloat(q.Value, 'f', -1, 64))
		x.set("unit", q.Unit)
		x.set("of", q.Of)
	}
	for _, t := range c.set.Terms {
		x := c.add(&candidate{span: t.Short.Union(t.Long), class: dialect.Term})
		if x.span.Len() > t.Short.Len()+t.Long.Len()+4 {
			x.span = t.Short // they do not stand side by side
		} else if strings.Contains(x.span.In(c.text), "(") && strings.HasPrefix(c.text[x.span.End:], ")") {
			x.span.End++
		}
		x.set("short", c.words(t.Short))
		x.set("long", c.words(t.Long))
	}
	for _, e := range c.set.Events {
		// What happened, or might, at no stated time is the text itself: a mark
		// would add nothing but clutter.
		if (e.Realis == annotation.Occurred || e.Realis == annotation.Hypothetical) && (e.Time < 0 || e.Time >= len(times)) {
			continue
		}
		x := c.add(&candidate{span: e.Span, class: dialect.EventMention})
		x.set("realis", string(e.Realis))
		if e.Time >= 0 && e.Time < len(times) {
			x.at = times[e.Time]
		}
	}
}

// cut cuts spans at the edges of blocks and takes the white space off the ends
// of each piece.
func (c *collector) cut(parts []span.Span) []span.Span {
	var out []span.Span
	for _, p := range parts {
		for i := c.blockAt(p.Start); i < len(c.blocks) && c.blocks[i].Span.Start < p.End; i++ {
			b := c.blocks[i].Span
			if s := c.trim(span.New(max(p.Start, b.Start), min(p.End, b.End))); !s.Empty() {
				out = append(out, s)
			}
		}
	}
	return out
}

func (c *collector) trim(s span.Span) span.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(c.text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(c.text[s.Start:s.End])
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

// blockAt returns the index of the first block that ends after offset i.
func (c *collector) blockAt(i int) int {
	k, _ := slices.BinarySearchFunc(c.blocks, i, func(b dialect.Block, i int) int {
		if b.Span.End <= i {
			return -1
		}
		return 1
	})
	return k
}

// resolve picks the marks that are written, cuts and ties what crosses, and
// gives out the ids.
func (c *collector) resolve() []dialect.Mark {
	stable.Sort(c.all, func(a, b *candidate) int {
		return cmp.Or(rank[a.class]-rank[b.class], a.span.Compare(b.span))
	})
	var accepted []*candidate // sorted and nested
	for start := 0; start < len(c.all); {
		end := start
		for end < len(c.all) && rank[c.all[end].class] == rank[c.all[start].class] {
			end++
		}
		group := c.all[start:end]
		switch c.all[start].class {
		case dialect.Statement:
			group = c.cutAt(group, accepted)
		case dialect.EventMention:
			c.shorten(group, accepted)
		}
		accepted = c.admit(accepted, group)
		start = end
	}
	number := map[dialect.Class]int{}
	linked := map[*candidate]bool{}
	for _, x := range accepted {
		x.written = true
	}
	for _, x := range accepted {
		if x.continues != nil && !x.continues.written {
			// The first part was left out: the next takes its place.
			x.continues = nil
		}
		for _, to := range []*candidate{x.by, x.at, x.continues} {
			linked[to] = true
		}
	}
	var out []dialect.Mark
	for _, x := range accepted {
		if x.class == dialect.Source || linked[x] {
			number[x.class]++
			x.id = letters[x.class] + strconv.Itoa(number[x.class])
		}
	}
	for _, x := range accepted {
		m := dialect.Mark{Span: x.span, Class: x.class, ID: x.id}
		link := func(key string, to *candidate) bool {
			if to == nil || !to.written {
				return false
			}
			m.Attrs = append(m.Attrs, dialect.Attr{Key: key, Value: to.id})
			return true
		}
		if !link("by", x.by) && x.key != "" && x.continues == nil {
			m.Attrs = append(m.Attrs, dialect.Attr{Key: "ref", Value: x.key})
		}
		link("continues", x.continues)
		m.Attrs = append(m.Attrs, x.attrs...)
		link("at", x.at)
		out = append(out, m)
	}
	return out
}

// shorten moves the beginning of a predicate of group that crosses a mark of accepted to
// where it does not: of "is expected to meet", where what is expected is a statement
// that begins with "to", the words from there on. Both are sorted.
func (c *collector) shorten(group, accepted []*candidate) {
	first := 0
	for _, x := range group {
		for first < len(accepted) && accepted[first].span.End <= x.span.Start && accepted[first].span.Start < x.span.Start {
			first++
		}
		for _, a := range accepted[first:] {
			if a.span.Start >= x.span.End {
				break
			}
			if a.span.Start > x.span.Start && a.span.End > x.span.End {
				x.span.Start = a.span.Start
				break
			}
		}
	}
	stable.Sort(group, func(a, b *candidate) int { return a.span.Compare(b.span) })
}

// cutAt cuts the statements of group where they cross a mark of accepted.
func (c *collector) cutAt(group, accepted []*candidate) []*candidate {
	// ends[i] is the greatest end of accepted[:i+1], to find where to begin.
	ends := make([]int, len(accepted))
	for i, a := range accepted {
		ends[i] = a.span.End
		if i > 0 {
			ends[i] = max(ends[i], ends[i-1])
		}
	}
	var out []*candidate
	for _, x := range group {
		var at []int
		i, _ := slices.BinarySearch(ends, x.span.Start+1)
		for ; i < len(accepted) && accepted[i].span.Start < x.span.End; i++ {
			a := accepted[i].span
			switch {
			case a.Start < x.span.Start && x.span.Start < a.End && a.End < x.span.End:
				at = append(at, a.End)
			case x.span.Start < a.Start && a.Start < x.span.End && x.span.End < a.End:
				at = append(at, a.Start)
			}
		}
		if len(at) == 0 {
			out = append(out, x)
			continue
		}
		slices.Sort(at)
		at = append(at, x.span.End)
		first, start := (*candidate)(nil), x.span.Start
		for _, end := range at {
			piece := c.trim(span.New(start, end))
			start = end
			if piece.Empty() {
				continue
			}
			if first == nil {
				x.span = piece
				first = x
				out = append(out, x)
				continue
			}
			to := first
			if x.continues != nil {
				to = x.continues
			}
			out = append(out, &candidate{span: piece, class: x.class, by: x.by, key: x.key, continues: to})
		}
	}
	stable.Sort(out, func(a, b *candidate) int { return a.span.Compare(b.span) })
	return out
}

// maxOwn bounds how deep marks of one rank nest in one another, so that all
// together stay below dialect.MaxDepth.
const maxOwn = dialect.MaxDepth / 8

// admit merges group, which is sorted, into accepted, leaving out what is not
// inside one block, what crosses a mark admitted before, and what doubles one
// of its own class.
func (c *collector) admit(accepted, group []*candidate) []*candidate {
	crossing := crossers(accepted, group)
	var in []*candidate
	var open []span.Span
	for i, x := range group {
		b := c.blockAt(x.span.Start)
		if x.span.Empty() || !x.span.Valid(c.text) || b == len(c.blocks) || !c.blocks[b].Span.Contains(x.span) || crossing[i] {
			continue
		}
		for len(open) > 0 && open[len(open)-1].End <= x.span.Start {
			open = open[:len(open)-1]
		}
		if n := len(open); n > 0 && (open[n-1].End < x.span.End || open[n-1] == x.span || n >= maxOwn) {
			continue
		}
		open = append(open, x.span)
		in = append(in, x)
	}
	out := append(accepted, in...)
	stable.Sort(out, func(a, b *candidate) int {
		return cmp.Or(a.span.Compare(b.span), nesting[a.class]-nesting[b.class])
	})
	return out
}

// crossers reports which spans of group cross one of accepted. Both are sorted;
// accepted is nested.
func crossers(accepted, group []*candidate) []bool {
	crossing := make([]bool, len(group))
	// The innermost accepted span around an offset is the one that a span with
	// an end there crosses first. Visit all ends in order.
	type end struct{ offset, of int }
	var ends []end
	for i, x := range group {
		ends = append(ends, end{x.span.Start, i}, end{x.span.End, i})
	}
	stable.Sort(ends, func(a, b end) int { return a.offset - b.offset })
	var open []span.Span
	next := 0
	for _, e := range ends {
		for next < len(accepted) && accepted[next].span.Start < e.offset {
			for len(open) > 0 && open[len(open)-1].End <= accepted[next].span.Start {
				open = open[:len(open)-1]
			}
			open = append(open, accepted[next].span)
			next++
		}
		for len(open) > 0 && open[len(open)-1].End <= e.offset {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			continue
		}
		in, x := open[len(open)-1], group[e.of].span
		if in.Start < x.Start && in.End < x.End || in.Start > x.Start && in.End > x.End {
			crossing[e.of] = true
		}
	}
	return crossing
}
