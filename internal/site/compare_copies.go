package site

import (
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/label"
	"readout/internal/numeral"
)

// copiedFrom is how alike a sentence of a copy and one of its original must be for
// the one to be the other with changes.
const copiedFrom = 0.6

// copies compares each report that repeats another with that one: a page that was
// put up again with another toll is no voice of its own, but its number differs. What
// else the copy words otherwise is noted with it.
func (st *Story) copies(l *label.Set, files map[string]*content.File, read func(*content.File) *reading) []Dimension {
	var out []Dimension
	for i := range st.Reposts {
		p := &st.Reposts[i]
		a, b := files[p.Of.Slug], files[p.Briefing.Slug]
		if a == nil || b == nil || p.Of == p.Briefing {
			continue
		}
		c := newComparison(l, st, read)
		c.add(p.Of, a)
		c.add(p.Briefing, b)
		of := c.originals()
		for _, x := range of {
			if x.sim >= copiedFrom {
				out = append(out, c.copied(x)...)
			}
		}
		p.Changes = c.changed(of)
	}
	return out
}

// originals returns for each sentence of a copy, report 1, the one of its original,
// report 0, that is most like it; its sim is 0 where none is.
func (c *comparison) originals() []alignment {
	frames := map[string]int{} // sentences of the original, by their words but numbers
	for k := range c.reports[0].sentences {
		frames[c.reports[0].frame(k)] = k
	}
	pairs := c.align()
	out := make([]alignment, len(c.reports[1].sentences))
	for k := range out {
		p := alignment{b: sentenceRef{1, k}}
		if o, ok := frames[c.reports[1].frame(k)]; ok {
			p.a, p.sim = sentenceRef{0, o}, 1
		} else if i := slices.IndexFunc(pairs, func(x alignment) bool { return x.b == p.b }); i >= 0 {
			p = pairs[i]
		}
		out[k] = p
	}
	return out
}

// frame returns the words of a sentence with its numbers taken out.
func (r *sideReport) frame(k int) string {
	text := r.maker.sentences[r.sentences[k].index].span.In(r.text)
	ts := r.sentences[k].tokens
	var b strings.Builder
	for i := 0; i < len(ts); {
		if n, ok := numeral.At(ts, text, i); ok && n.End > i && !n.Vague {
			b.WriteString(" #")
			i = n.End
			continue
		}
		b.WriteByte(' ')
		b.WriteString(ts[i].Norm)
		i++
	}
	return b.String()
}

// copied compares the figures of a sentence and of its copy, in their order.
func (c *comparison) copied(p alignment) []Dimension {
	in := func(ref sentenceRef) []*figure {
		r := c.reports[ref.report]
		id := r.maker.sentences[r.sentences[ref.sentence].index].id
		var out []*figure
		for _, f := range r.allFigures {
			if f.passage.Sentence == id && !f.former {
				out = append(out, f)
			}
		}
		return out
	}
	fs, gs := in(p.a), in(p.b)
	if len(fs) != len(gs) {
		return nil
	}
	var out []Dimension
	for i, f := range fs {
		g := gs[i]
		if f.value == g.value || f.unit != g.unit && !(f.ofPeople() && g.ofPeople()) {
			continue
		}
		d := c.figureRow(f, false)
		d.put(c.reports[p.a.report].b, f.words, f.passage)
		d.put(c.reports[p.b.report].b, g.words, g.passage)
		d.judge()
		out = append(out, d)
	}
	return out
}

// markCopied notes in the cells of a copy that it says what its original says,
// word for word.
func (st *Story) markCopied(files map[string]*content.File) {
	for _, p := range st.Reposts {
		i, of := slices.Index(st.Members, p.Briefing), slices.Index(st.Members, p.Of)
		f := files[p.Briefing.Slug]
		if i < 0 || of < 0 || f == nil {
			continue
		}
		for _, d := range st.Dimensions {
			for _, passage := range d.Cells[of].Passages {
				if len(d.Cells[i].Values) == 0 && strings.Contains(f.Text, passage.Text) {
					d.Cells[i].Copied = true
				}
			}
		}
	}
}

// A Compared says what the reports of a story were compared in.
type Compared struct {
	Reports   int // that were compared: those with a text of their own
	Copies    int // that repeat another, and are compared with that one only
	Left      int // left out for their number
	Sentences int // pairs of sentences that tell of the same thing
	Figures   int // that two reports give of one thing
	People    int // whom two reports name
}

// compared counts what there was to compare.
func (c *comparison) compared(pairs []alignment) Compared {
	out := Compared{Reports: len(c.reports), Copies: len(c.st.Reposts), Sentences: len(pairs), Figures: len(c.figureRows()), People: len(c.shared("person"))}
	out.Left = len(c.st.Members) - out.Reports - out.Copies
	return out
}

// disputed reports whether two reports are said to agree in sentences in which they
// are shown to differ.
func (st *Story) disputed(a Agreement) bool {
	if a.Kind != "statement" && a.Kind != "event" {
		return false
	}
	return slices.ContainsFunc(st.Dimensions, func(d Dimension) bool {
		n := 0
		for _, c := range a.Cells {
			i := slices.Index(st.Members, c.Briefing)
			if i >= 0 && slices.ContainsFunc(c.Passages, func(p Passage) bool {
				return slices.ContainsFunc(d.Cells[i].Passages, func(q Passage) bool { return p.Block == q.Block && p.Sentence == q.Sentence })
			}) {
				n++
			}
		}
		if n == 1 && d.Kind == "figure" && st.bothIn(a, d) {
			return true // of one report the row cites another sentence
		}
		return n > 1 && d.Kind != "spelling" && d.Kind != "wording" && d.Kind != "role"
	})
}

// bothIn reports whether a row has unlike values of two reports of an agreement.
func (st *Story) bothIn(a Agreement, d Dimension) bool {
	var first []string
	for _, c := range a.Cells {
		i := slices.Index(st.Members, c.Briefing)
		if i < 0 || len(d.Cells[i].Values) == 0 {
			continue
		}
		if first != nil && !slices.Equal(first, d.Cells[i].Values) {
			return true
		}
		first = d.Cells[i].Values
	}
	return false
}
