package site

import (
	"slices"
	"strings"
	"time"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
)

// maxStatements bounds the statements of one report that are compared.
const maxStatements = 80

// A claim is what a report says that somebody says.
type claim struct {
	report int
	st     *Statement
	terms  weights
	words  []token.Token
	denied bool
}

// denials finds what one report says that somebody denies and another says
// without.
func (c *comparison) denials() []Dimension {
	var claims, denied []claim
	for r, rep := range c.reports {
		for _, st := range rep.d.Statements[:min(len(rep.d.Statements), maxStatements)] {
			denies := false
			if k := rep.sentenceAt(blockIndex(rep, st.Passage.Block), st.Passage.Span.Start); st.Stance == "denies" && k >= 0 && k < len(rep.sentences) {
				denies = slices.ContainsFunc(denialVerbs, func(v string) bool { return strings.Contains(rep.sentences[k].words, v) })
			}
			claims = append(claims, claim{r, st, c.weighText(st.Passage.Text), wordsOf(st.Passage.Text), denies})
		}
	}
	var out []Dimension
	for _, a := range claims {
		if !a.denied {
			continue
		}
		denied = append(denied, a)
		for _, b := range claims {
			if b.denied || b.st.Stance == "denies" || b.report == a.report {
				continue
			}
			if share, n := contained(a.terms, b.terms); share >= 0.75 && n >= 2 || n >= 3 && sameRun(a.words, b.words) {
				d := c.row("denial", c.l.Text("dimension.denial"))
				for _, x := range []claim{a, b} {
					rep := c.reports[x.report]
					p := x.st.Passage
					if s := rep.sentenceAt(blockIndex(rep, p.Block), p.Span.Start); s >= 0 {
						p = rep.sentencePassage(s)
					}
					d.put(rep.b, oneLine(p.Text), p)
				}
				d.judge()
				out = append(out, d)
				break
			}
		}
	}
	return append(out, c.toldPlainly(denied, out)...)
}

// toldFrom is the share of what is denied that a sentence must tell, without a run of words
// in common, to be the other side of a denial.
const toldFrom = 0.8

// toldPlainly finds what one report says that somebody denies and another tells itself.
func (c *comparison) toldPlainly(claims []claim, before []Dimension) []Dimension {
	var out []Dimension
	for _, a := range claims {
		if slices.ContainsFunc(before, func(d Dimension) bool { return d.citesSentence(a.st.Passage) }) {
			continue
		}
		for r, rep := range c.reports {
			if r == a.report {
				continue
			}
			for k := range rep.sentences {
				s := &rep.sentences[k]
				if s.denied || slices.ContainsFunc(denials, func(w string) bool { return strings.Contains(s.words, " "+w+" ") }) || strings.Contains(s.words, " disput") || rep.deniesIn(k) || question(rep.maker.sentences[s.index].span.In(rep.text)) {
					continue
				}
				n := s.terms.common(a.terms)
				if n < 3 || !sameRun(a.words, wordTokens(s.tokens)) && covered(a.terms, s.terms) < toldFrom {
					continue
				}
				d := c.row("denial", c.l.Text("dimension.denial"))
				p := a.st.Passage
				own := c.reports[a.report]
				if k := own.sentenceAt(blockIndex(own, p.Block), p.Span.Start); k >= 0 {
					p = own.sentencePassage(k)
				}
				d.put(own.b, oneLine(p.Text), p)
				q := c.passage(sentenceRef{r, k})
				d.put(rep.b, oneLine(q.Text), q)
				d.judge()
				out = append(out, d)
				break
			}
		}
	}
	return out
}

// deniesIn reports whether sentence k tells of a denial.
func (r *sideReport) deniesIn(k int) bool {
	id := r.maker.sentences[r.sentences[k].index].id
	return slices.ContainsFunc(r.d.Statements, func(st *Statement) bool { return st.Stance == "denies" && st.Passage.Sentence == id })
}

// citesSentence reports whether a row cites the sentence of a passage.
func (d Dimension) citesSentence(p Passage) bool {
	return slices.ContainsFunc(d.Cells, func(c Cell) bool {
		return slices.ContainsFunc(c.Passages, func(q Passage) bool { return q.Briefing == p.Briefing && q.Sentence == p.Sentence })
	})
}

func blockIndex(r *sideReport, id string) int {
	for i, b := range r.file.Blocks {
		if b.ID == id {
			return i
		}
	}
	return -1
}

// dayOf returns the one day a sentence tells of, nil where there is none or more
// than one. The day on which somebody said so is none of them.
func (c *comparison) dayOf(ref sentenceRef) *TimelineEntry {
	s := c.at(ref)
	r := c.reports[ref.report]
	from := r.maker.sentences[s.index].span.Start
	var only *TimelineEntry
	if s.unsure {
		return nil
	}
	for _, day := range s.days {
		if stamped(r.text, from, day) {
			continue
		}
		if saidOn(r.text, from, day) {
			continue
		}
		if only != nil && only.From == day.From {
			continue // "shortly before midnight on Friday"
		}
		if only != nil {
			return nil
		}
		only = day
	}
	return only
}

// runFrom is how many words in a row two claims must have in common to be one.
const runFrom = 6

// sameRun reports whether two claims have a run of words in common: "the ship had
// dragged its anchor".
func sameRun(a, b []token.Token) bool {
	for i := 0; i+runFrom <= len(a); i++ {
		for j := 0; j+runFrom <= len(b); j++ {
			if slices.EqualFunc(a[i:i+runFrom], b[j:j+runFrom], func(x, y token.Token) bool { return x.Norm == y.Norm }) {
				return true
			}
		}
	}
	return false
}

// saidOn reports whether a day is that on which somebody said so.
func saidOn(text string, from int, day *TimelineEntry) bool {
	var room [32]token.Token
	before := justBefore(text, from, day.Passage.Span.Start)
	ts := token.Append(room[:0], before, span.New(0, len(before)))
	return slices.ContainsFunc(ts[max(0, len(ts)-6):], func(t token.Token) bool {
		return lexicon.Shared().Word(lexicon.Hash(t.Norm))&lexicon.Say != 0 || t.Norm == "reported" || t.Norm == "published"
	})
}

// sameDayName reports whether two reports of one week name a day by the same word,
// as "Thursday": that the one was resolved to another week than the other is then
// no difference between them.
func sameDayName(x, y *TimelineEntry) bool {
	if !strings.EqualFold(oneLine(x.Passage.Text), oneLine(y.Passage.Text)) {
		return false
	}
	a, errA := time.Parse(isoDay, x.Passage.Briefing.Header.Date.Day())
	b, errB := time.Parse(isoDay, y.Passage.Briefing.Header.Date.Day())
	return errA == nil && errB == nil && a.Sub(b).Abs() < 7*24*time.Hour
}

// sentenceOf returns where a passage stands in the report.
func (c *comparison) sentenceOf(report int, p Passage) (sentenceRef, bool) {
	rep := c.reports[report]
	for k := range rep.sentences {
		if rep.maker.sentences[rep.sentences[k].index].id == p.Sentence {
			return sentenceRef{report, k}, true
		}
	}
	return sentenceRef{}, false
}

// tolls compares the days of the sentences in which two reports count the same
// victims: what killed or injured them was on one day.
func (c *comparison) tolls(before []Dimension) []Dimension {
	type toll struct {
		report int
		ref    sentenceRef
		f      *figure
		day    *TimelineEntry
	}
	var tolls []toll
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.of != "killed" && f.of != "injured" || f.total {
				continue
			}
			if ref, ok := c.sentenceOf(r, f.passage); ok {
				if d := c.dayOf(ref); d != nil && d.Realis == "occurred" {
					tolls = append(tolls, toll{r, ref, f, d})
				}
				break // the first is of the event itself
			}
		}
	}
	var out []Dimension
	for i, y := range tolls {
		for _, x := range tolls[:i] {
			if x.f.of != y.f.of || x.day.From == y.day.From || sameDayName(x.day, y.day) || !couldTell(x.day, y.day) || !sameFigure(x.f, y.f) || c.twoEvents(x.ref, y.ref, x.day, y.day) {
				continue
			}
			d := c.row("time", c.l.Text("dimension.when"))
			d.put(c.reports[x.report].b, x.day.Passage.Text, x.day.Passage)
			d.put(c.reports[y.report].b, y.day.Passage.Text, y.day.Passage)
			d.judge()
			if !anyRow(before, out, func(o Dimension) bool { return o.sameCells(d) }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// replaced are words between the place that something is to be at and the one
// that it was to be at before.
var replaced = [][]string{{"rather", "than"}, {"instead", "of"}, {"and", "not"}, {"not"}}

// moved finds a venue that one report says was changed, where another still
// names the former one for what is planned.
func (c *comparison) moved() []Dimension {
	var out []Dimension
	for r, rep := range c.reports {
		for i, mk := range rep.file.Marks {
			if mk.Class != dialect.Place || rep.localOf[i] < 0 {
				continue
			}
			k := rep.sentenceAt(rep.blocks[i], mk.Span.Start)
			if k < 0 || k >= len(rep.sentences) {
				continue
			}
			now, was := rep.changed(i, k)
			if now == nil || now == was {
				continue
			}
			for o, other := range c.reports {
				if o == r {
					continue
				}
				for j := range other.sentences {
					ref := sentenceRef{o, j}
					s := c.at(ref)
					if !slices.Contains(s.places, was) || slices.Contains(s.places, now) || s.status == "" && c.dayOf(ref) == nil {
						continue
					}
					if _, n := contained(s.plain, rep.sentences[k].plain); n < 1 || c.likeness(s, &rep.sentences[k]) < planFrom {
						continue
					}
					d := c.row("place", c.l.Text("dimension.where"))
					d.put(other.b, was.Name, c.passage(ref))
					d.put(rep.b, now.Name, c.passage(sentenceRef{r, k}))
					d.judge()
					out = append(out, d)
					break
				}
			}
		}
	}
	return out
}

// changed returns the place of mark i and the one that it replaces, by the words
// between the two in sentence k; nil where there is none.
func (r *sideReport) changed(i, k int) (now, was *Entity) {
	s := r.maker.sentences[r.sentences[k].index].span
	for j := i + 1; j < len(r.file.Marks); j++ {
		mk := r.file.Marks[j]
		if mk.Span.Start >= s.End {
			break
		}
		if mk.Class != dialect.Place || r.localOf[j] < 0 || mk.Span.Start < r.file.Marks[i].Span.End {
			continue
		}
		ws := wordsOf(r.text[r.file.Marks[i].Span.End:mk.Span.Start])
		if n := len(ws); n > 0 && (ws[n-1].Norm == "in" || ws[n-1].Norm == "at") {
			ws = ws[:n-1]
		}
		for _, words := range replaced {
			if slices.EqualFunc(ws, words, func(t token.Token, w string) bool { return t.Norm == w }) {
				return r.entity(r.localOf[i]), r.entity(r.localOf[j])
			}
		}
		break
	}
	return nil, nil
}

// onlyPlace returns the one place of the sentence that the other report does not
// name at all, nil where there is none or more than one.
func (c *comparison) onlyPlace(ref sentenceRef, other int) *Entity {
	var only *Entity
	for _, l := range c.reports[ref.report].locatives(ref.sentence) {
		e := l.entity
		if wide(e.Name) || c.reports[other].b.names(e) {
			continue
		}
		if only != nil {
			return nil
		}
		only = e
	}
	return only
}
