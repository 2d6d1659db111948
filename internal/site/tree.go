package site

import (
	"sort"
	"strings"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/span"
)

// A node is a mark with the marks inside it.
type node struct {
	mark     int
	span     span.Span
	children []*node
	begun    bool // its first piece is made
}

// forest returns the marks of each block as trees. Marks that stand in no block
// are left out.
func (r *reading) forest() [][]*node {
	out := make([][]*node, len(r.file.Blocks))
	var open []*node
	block := -1
	for i, mk := range r.file.Marks {
		b := r.blocks[i]
		if b < 0 {
			continue
		}
		if b != block {
			open, block = open[:0], b
		}
		for len(open) > 0 && open[len(open)-1].span.End <= mk.Span.Start {
			open = open[:len(open)-1]
		}
		n := &node{mark: i, span: mk.Span}
		if len(open) == 0 {
			out[b] = append(out[b], n)
		} else {
			p := open[len(open)-1]
			p.children = append(p.children, n)
		}
		open = append(open, n)
	}
	return out
}

// A treeMaker makes the annotated text of one page.
type treeMaker struct {
	l *label.Set
	*maker
	notes    []int      // of each mark: the number of the note that follows it; 0 for none
	markings []*Marking // of each mark; nil until asked for
}

func (t *treeMaker) blocks() []Block {
	forest := t.forest()
	var out []Block
	for i, b := range t.file.Blocks {
		if b.Role == article.SetAside {
			continue
		}
		out = append(out, Block{ID: b.ID, Role: b.Role, Level: b.Level, Inlines: t.block(i, b.Span, forest[i])})
	}
	return out
}

// block makes the inlines of block i: its sentences with the text between them,
// or where it has none, its marks.
func (t *treeMaker) block(i int, s span.Span, marks []*node) []Inline {
	from, to := t.inBlock[i][0], t.inBlock[i][1]
	if from == to {
		return t.pieces(marks, s, s.End)
	}
	out := make([]Inline, 0, 2*(to-from)+1)
	at := s.Start
	for k := from; k < to; k++ {
		sen := t.sentences[k]
		out = t.plain(out, at, sen.span.Start)
		next := s.End
		if k+1 < to {
			next = t.sentences[k+1].span.Start
		}
		out = append(out, Inline{
			Kind: SentenceInline, ID: sen.id, Class: sen.class, Direct: sen.direct, Marking: noMark,
			Children: t.pieces(marks, sen.span, next),
		})
		at = sen.span.End
	}
	return t.plain(out, at, s.End)
}

func (t *treeMaker) plain(out []Inline, from, to int) []Inline {
	if from < to {
		out = append(out, Inline{Kind: TextInline, Text: t.text[from:to], Marking: noMark})
	}
	return out
}

// pieces makes the inlines of the stretch s: the text and what of the marks lies
// in it. The next stretch begins at next; a mark that goes on there is cut.
func (t *treeMaker) pieces(marks []*node, s span.Span, next int) []Inline {
	at := s.Start
	first := sort.Search(len(marks), func(i int) bool { return marks[i].span.End > s.Start })
	marks = marks[first:]
	marks = marks[:sort.Search(len(marks), func(i int) bool { return marks[i].span.Start >= s.End })]
	out := make([]Inline, 0, 2*len(marks)+1)
	for _, n := range marks {
		from, to := max(n.span.Start, s.Start), min(n.span.End, s.End)
		out = t.plain(out, at, from)
		in := t.inline(n.mark)
		in.Continued = n.begun
		if n.begun {
			in.ID = ""
		}
		n.begun = true
		if n.span.End <= next {
			in.Note = t.notes[n.mark]
		}
		in.Children = t.pieces(n.children, span.New(from, to), next)
		out = append(out, in)
		at = to
	}
	return t.plain(out, at, s.End)
}

// inline makes the element of mark i without its children.
func (t *treeMaker) inline(i int) Inline {
	if t.markings == nil {
		t.markings = make([]*Marking, len(t.file.Marks))
	}
	in := Inline{Kind: MarkInline, ID: t.ids[i], Marking: t.markings[i]}
	if in.Marking == nil {
		in.Marking = t.marking(i)
		t.markings[i] = in.Marking
	}
	switch in.Mark {
	case dialect.Quote, dialect.Statement, dialect.Source:
		in.Class = in.Speaker.class()
	}
	return in
}

// marking makes what mark i says.
func (t *treeMaker) marking(i int) *Marking {
	mk := t.mark(i)
	in := &Marking{Mark: mk.Class}
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
	return in
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
