package site

import (
	"slices"
	"strings"
	"sync"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/span"
)

// A nest is where the marks inside a mark are: they are those that follow it.
type nest struct {
	after int  // the first mark behind all of them
	next  int  // the first of them that the next piece of this one may have
	begun bool // its first piece is made
}

// A treeMaker makes the annotated text of one page.
type treeMaker struct {
	l *label.Set
	*maker
	notes []int    // of each mark: the number of the note that follows it; 0 for none
	nests []nest   // of each mark
	stack []Inline // of the lists that are being made
	made  []Inline // what lists are cut from
	room  *treeRoom
}

// A treeRoom is where the tree of a page lies, to be used again for the next page.
type treeRoom struct {
	made     []Inline
	marks    []Annotation
	markings []Marking // of each mark
	known    []bool    // of each mark: its marking is made
}

var treeRooms = sync.Pool{New: func() any { return new(treeRoom) }}

// newTreeRoom returns room for the tree of a page with so many marks.
func newTreeRoom(marks int) *treeRoom {
	r := treeRooms.Get().(*treeRoom)
	r.marks = slices.Grow(r.marks[:0], marks)
	r.markings = slices.Grow(r.markings[:0], marks)[:marks]
	r.known = slices.Grow(r.known[:0], marks)[:marks]
	clear(r.known)
	return r
}

// Release says that the annotated text of the page is of use no more: what comes of it is
// made.
func (p *Page) Release() {
	if p.room != nil {
		treeRooms.Put(p.room)
		p.room, p.Text, p.Marks = nil, nil, nil
	}
}

// nest finds which marks stand inside one another, and which in each block. Those that
// stand in no block are left out.
func (t *treeMaker) nest() (blocks []nest) {
	blocks = make([]nest, len(t.file.Blocks))
	t.nests = make([]nest, len(t.file.Marks))
	var open []int
	block := -1
	for i := range t.file.Marks {
		t.nests[i] = nest{after: i + 1, next: i + 1}
		b := t.blocks[i]
		if b < 0 {
			continue
		}
		if b != block {
			open, block = open[:0], b
			blocks[b].next = i
		}
		start := t.file.Marks[i].Span.Start
		for len(open) > 0 && t.file.Marks[open[len(open)-1]].Span.End <= start {
			open = open[:len(open)-1]
		}
		for _, o := range open {
			t.nests[o].after = i + 1
		}
		blocks[b].after = i + 1
		open = append(open, i)
	}
	return blocks
}

// tree makes all blocks.
func (t *treeMaker) tree() []Block {
	marks := t.nest()
	t.room.made = slices.Grow(t.room.made[:0], 3*len(t.file.Marks)+2*len(t.sentences)+len(t.file.Blocks))
	t.made = t.room.made
	out := make([]Block, 0, len(t.file.Blocks))
	for i, b := range t.file.Blocks {
		if b.Role == article.SetAside {
			continue
		}
		out = append(out, Block{ID: b.ID, Role: b.Role, Level: b.Level, Inlines: t.block(i, b.Span, &marks[i])})
	}
	return out
}

// block makes the inlines of block i: its sentences with the text between them,
// or where it has none, its marks.
func (t *treeMaker) block(i int, s span.Span, marks *nest) []Inline {
	from, to := t.inBlock[i][0], t.inBlock[i][1]
	if from == to {
		return t.pieces(marks, s, s.End)
	}
	base, at := len(t.stack), s.Start
	for k := from; k < to; k++ {
		sen := &t.sentences[k]
		t.plain(at, sen.span.Start)
		next := s.End
		if k+1 < to {
			next = t.sentences[k+1].span.Start
		}
		in := Inline{Kind: SentenceInline, ID: sen.id, Class: sen.class, Direct: sen.direct, Marking: noMark}
		in.Children = t.pieces(marks, sen.span, next)
		t.stack = append(t.stack, in)
		at = sen.span.End
	}
	t.plain(at, s.End)
	return t.list(base)
}

// list makes a list of what lies on the stack from base on.
func (t *treeMaker) list(base int) []Inline {
	n := len(t.stack) - base
	if cap(t.made)-len(t.made) < n {
		t.made = make([]Inline, 0, max(n, 64))
	}
	from := len(t.made)
	t.made = append(t.made, t.stack[base:]...)
	t.stack = t.stack[:base]
	return t.made[from : from+n : from+n]
}

func (t *treeMaker) plain(from, to int) {
	if from < to {
		t.stack = append(t.stack, Inline{Kind: TextInline, Text: t.text[from:to], Marking: noMark})
	}
}

// pieces makes the inlines of the stretch s: the text and what of some marks lies
// in it. The next stretch begins at next; a mark that goes on there is cut.
func (t *treeMaker) pieces(marks *nest, s span.Span, next int) []Inline {
	base, at := len(t.stack), s.Start
	i := marks.next
	for i < marks.after && t.file.Marks[i].Span.End <= s.Start {
		i = t.nests[i].after
	}
	for marks.next = i; i < marks.after && t.file.Marks[i].Span.Start < s.End; {
		mark, n := t.file.Marks[i].Span, &t.nests[i]
		from, to := max(mark.Start, s.Start), min(mark.End, s.End)
		t.plain(at, from)
		in := t.inline(i)
		in.Continued = n.begun
		if n.begun {
			in.ID = ""
		}
		n.begun = true
		if mark.End <= next {
			in.Note = t.notes[i]
		}
		in.Children = t.pieces(n, span.New(from, to), next)
		t.stack = append(t.stack, in)
		at, i = to, n.after
	}
	t.plain(at, s.End)
	return t.list(base)
}

// inline makes the element of mark i without its children.
func (t *treeMaker) inline(i int) Inline {
	in := Inline{Kind: MarkInline, ID: t.ids[i], Marking: &t.room.markings[i]}
	if !t.room.known[i] {
		t.marking(i, in.Marking)
		t.room.known[i] = true
	}
	switch in.Mark {
	case dialect.Quote, dialect.Statement, dialect.Source:
		in.Class = in.Speaker.class()
	}
	return in
}

// marking makes what mark i says.
func (t *treeMaker) marking(i int, in *Marking) {
	mk := t.mark(i)
	*in = Marking{Mark: mk.Class}
	switch mk.Class {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		in.Role = mk.Get("role")
		if l := t.localOf[i]; l >= 0 {
			in.Entity = t.entity(l)
		}
		in.Label = t.l.Known("mark", string(mk.Class))
		if in.Role != "" {
			in.Label += ", " + in.Role
		}
	case dialect.Quote:
		in.Form = mk.Get("form")
		if in.Form == "" {
			in.Form = "direct"
		}
		in.Speaker = t.speaker(t.voiceOf[i])
		switch {
		case in.Form == "scare":
			in.Label = t.l.Text("mark.scare")
		case in.Speaker == nil && t.b.Unread():
			in.Label = t.l.Text("mark.quote.unread")
		case in.Speaker == nil:
			in.Label = t.l.Text("mark.quote.nobody")
		case mk.Get("stance") == "denies":
			in.Label = t.l.Say("mark.quote.denies", "source", in.Speaker.Label(t.l))
		default:
			in.Label = t.l.Say("mark.quote", "source", in.Speaker.Label(t.l))
		}
	case dialect.Statement:
		in.Stance = mk.Get("stance")
		in.Speaker = t.speaker(t.voiceOf[i])
		in.Label = t.l.Say("mark.statement", "source", in.Speaker.Label(t.l))
	case dialect.Source:
		in.Speaker = t.speaker(t.voiceOf[i])
		if in.Label = t.l.Say("mark.source", "class", in.Speaker.class().Label(t.l)); in.Speaker.Unclear() {
			in.Label = t.l.Text("mark.source.unclear")
		}
	case dialect.Cue:
		in.Label = t.l.Text("mark.cue")
	case dialect.Time:
		in.Value = mk.Get("value")
		in.Machine = machine(in.Value)
		switch {
		case in.Value != "":
			in.Label = in.Value
		case mk.Get("unresolved") != "":
			in.Label = t.l.Say("mark.unresolved.why", "why", t.l.Known("unresolved", mk.Get("unresolved")))
		default:
			in.Label = t.l.Text("mark.unresolved")
		}
	case dialect.Quantity:
		in.Label = strings.Join(strings.Fields(mk.Get("value")+" "+mk.Get("unit")+" "+mk.Get("of")), " ")
	case dialect.Term:
		in.Label = t.l.Text("mark.term")
	case dialect.EventMention:
		in.Realis = mk.Get("realis")
		in.Label = t.l.Known("realis", in.Realis)
	}
	if in.Entity == nil && in.Speaker != nil {
		in.Entity = in.Speaker.Entity
	}
}

// elide empties the text of sentences for which keep is false, keeping every
// element that something may lead to.
func elide(in []Inline, keep func(Inline) bool) {
	for i := range in {
		switch in[i].Kind {
		case TextInline:
			in[i].Text = blankText(in[i].Text)
		case SentenceInline:
			if !keep(in[i]) {
				in[i].Elided = true
				elide(in[i].Children, keep)
			}
		default:
			elide(in[i].Children, keep)
		}
	}
}

// blankText keeps the white space between two sentences alone.
func blankText(s string) string {
	if strings.TrimSpace(s) == "" {
		return s
	}
	return ""
}
