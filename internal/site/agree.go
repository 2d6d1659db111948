package site

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/numeral"
	"readout/internal/stable"
	"readout/internal/token"
)

// Limits of what a story's page tells of each kind of agreement.
const (
	maxAgreePlaces = 4
	maxAgreePeople = 8
	maxAgreeBodies = 6
	maxAgreeSaid   = 12
)

// agreements lists what at least two reports of separate origin say alike.
func (c *comparison) agreements(pairs []alignment) []Agreement {
	var out []Agreement
	if !c.st.Storyline {
		out = append(out, c.agreeFigures()...)
	}
	out = append(out, c.agreeTimes()...)
	if !c.st.Storyline {
		out = append(out, c.agreeNames(dialect.Place, "place", maxAgreePlaces)...)
	}
	out = append(out, c.agreeNames(dialect.Person, "participant", maxAgreePeople)...)
	if !c.st.Storyline {
		out = append(out, c.agreeNames(dialect.Organization, "participant", maxAgreeBodies)...)
	}
	return append(out, c.agreeSaid(pairs)...)
}

// few is the number below which a figure that two reports share tells nothing,
// unless it is a toll or the like.
const few = 10

func (f *figure) measured() bool { return f.of != "" && measures()[f.of] == f.of }

func (c *comparison) agreeFigures() []Agreement {
	var out []Agreement
	for _, row := range c.figureRows() {
		first := row.values[row.order[0]][0]
		all := true
		for _, b := range row.order[1:] {
			all = all && first.equal(row.values[b][0])
		}
		if !all {
			continue
		}
		same := row.mostAlike()
		if len(same) < 2 {
			continue // what merely does not rule the other out is no agreement
		}
		first = row.values[same[0]][0]
		if first.value < few && !first.measured() {
			continue
		}
		a := Agreement{Kind: "figure", Text: first.words + " (" + first.label(c.l) + ")"}
		if key, noun := first.subject(); key == "count" || key == "people" && noun == "" {
			a.Text = first.words
		}
		for _, b := range same {
			f := row.values[b][0]
			a.Cells = append(a.Cells, Cell{Briefing: b, Values: []string{f.words}, Passages: []Passage{f.passage}})
		}
		out = append(out, a)
	}
	return out
}

// mostAlike returns the reports of a row that give the same value, the largest
// number of them.
func (row figureRow) mostAlike() []*Briefing {
	var most []*Briefing
	for _, b := range row.order {
		var same []*Briefing
		for _, o := range row.order {
			if row.values[b][0].same(row.values[o][0]) {
				same = append(same, o)
			}
		}
		if len(same) > len(most) {
			most = same
		}
	}
	return most
}

// same reports whether two figures say the same, and not only what agrees: 230 is
// more than 200, but who says the one does not say the other.
func (f *figure) same(g *figure) bool {
	return f.value == g.value && f.beyond() == g.beyond()
}

// beyond reports whether a figure is a value that what is counted is not: it is
// more, or less.
func (f *figure) beyond() string {
	switch f.bound {
	case "more than", "over", "above":
		return "more"
	case "fewer than", "less than", "under", "nearly", "almost":
		return "less"
	}
	return ""
}

// agreeTimes lists the times that two reports give alike of one event, in sentences that
// have something else in common too.
func (c *comparison) agreeTimes() []Agreement {
	type told struct {
		report, sentence int
		entry            *TimelineEntry
	}
	byValue := map[string][]told{}
	for r, rep := range c.reports {
		bySentence := map[string]int{}
		for k := range rep.sentences {
			bySentence[rep.maker.sentences[rep.sentences[k].index].id] = k
		}
		for _, e := range rep.d.Timeline.Resolved {
			if k, ok := bySentence[e.Sentence.ID]; ok && e.tie != tiedAside {
				v := e.From + "/" + e.To
				byValue[v] = append(byValue[v], told{r, k, e})
			}
		}
	}
	var out []Agreement
	for _, ts := range byValue {
		var cells []Cell
		var best *TimelineEntry
		for i, t := range ts {
			alike := false
			for j, u := range ts {
				if i != j && t.report != u.report {
					a, b := c.at(sentenceRef{t.report, t.sentence}), c.at(sentenceRef{u.report, u.sentence})
					sa, sb := a.status, b.status
					if _, n := contained(a.terms, b.terms); n >= 3 && c.likeness(a, b) >= 0.2 && !statusWords().differ[[2]string{sa, sb}] &&
						c.oneEvent(sentenceRef{t.report, t.sentence}, sentenceRef{u.report, u.sentence}, t.entry, u.entry) {
						alike = true
					} else if c.begunOn(t.report, t.sentence, t.entry) && c.begunOn(u.report, u.sentence, u.entry) {
						alike = true
					}
				}
			}
			if !alike || slices.ContainsFunc(cells, func(c2 Cell) bool { return c2.Briefing == c.reports[t.report].b }) {
				continue
			}
			if best == nil {
				best = t.entry
			}
			cells = append(cells, Cell{
				Briefing: c.reports[t.report].b, Values: []string{oneLine(t.entry.Sentence.Text)}, Passages: []Passage{t.entry.Passage},
			})
		}
		if len(cells) > 1 {
			text := best.Value
			if len(text) > 10 {
				text = text[:10]
			}
			out = append(out, Agreement{Kind: "time", Text: text, Cells: cells})
		}
	}
	stable.Sort(out, func(a, b Agreement) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// begunOn reports whether a day is that on which a short report has what it tells first begin.
func (c *comparison) begunOn(report, sentence int, e *TimelineEntry) bool {
	rep := c.reports[report]
	if rep.began == nil {
		rep.began = new(onset)
		if o, ok := rep.onset(report, c); ok {
			*rep.began = o
		}
	}
	o := *rep.began
	return o.entry != nil && rep.brief && o.ref.sentence == sentence && o.entry == e && sentence < leadSentences
}

// agreeNames lists the places or people that at least two reports name. That a
// country is named tells little: it is only told where all reports name it and
// no place within it.
func (c *comparison) agreeNames(kind dialect.Class, label string, most int) []Agreement {
	var out []Agreement
	shared := c.shared(kind)
	if kind == dialect.Place {
		near := slices.DeleteFunc(slices.Clone(shared), func(e *Entity) bool { return wide(e.Name) })
		if len(near) == 0 {
			most = 1
			near = slices.DeleteFunc(shared, func(e *Entity) bool {
				return slices.ContainsFunc(c.reports, func(r *sideReport) bool { return !r.b.names(e) })
			})
		}
		shared = near
	}
	if kind == dialect.Organization {
		shared = slices.DeleteFunc(slices.Clone(shared), func(e *Entity) bool { return c.outlet(e) || c.somewhere(e) })
	}
	for _, e := range shared {
		if len(out) == most {
			break
		}
		a := Agreement{Kind: label, Text: e.Name}
		inText := false // a place that is named in datelines alone is where reporters sat
		for _, r := range c.reports {
			for _, ap := range r.d.Appearances {
				if ap.Entity == e || kind == dialect.Place && ap.Entity.Kind == dialect.Organization && plainName(ap.Entity.Name) == plainName(e.Name) && !r.b.names(e) {
					inText = inText || kind != dialect.Place || ap.Mentions > 1 || !r.dateline(ap.First)
					a.Cells = append(a.Cells, Cell{Briefing: r.b, Values: []string{ap.First.Text}, Passages: []Passage{ap.First}})
				}
			}
		}
		if inText {
			out = append(out, a)
		}
	}
	return out
}

// somewhere reports whether a report has a body's name be that of a place or a person.
func (c *comparison) somewhere(e *Entity) bool {
	return slices.ContainsFunc(c.reports, func(r *sideReport) bool {
		return slices.ContainsFunc(r.b.named, func(a Named) bool {
			return a.Entity.Kind != dialect.Organization && plainName(a.Entity.Name) == plainName(e.Name)
		})
	})
}

// outlet reports whether a body is one that reports: the publisher of a briefing, or one
// that a dateline credits.
func (c *comparison) outlet(e *Entity) bool {
	key := outletKey(e.Name)
	return wide(e.Name) || slices.ContainsFunc(c.reports, func(r *sideReport) bool {
		return key == outletKey(r.b.Header.Publisher) || key == outletKey(r.agency)
	})
}

// datelines are the beginnings of reports that say where they were written.
var datelines = regexp.MustCompile(`^[^.!?\n]{2,60}?\s*[—–-]\s`)

// dateline reports whether a place is named as where the report was written, which need
// not be where its event was.
func (r *sideReport) dateline(p Passage) bool {
	b := blockIndex(r, p.Block)
	if b < 0 {
		return false
	}
	s := r.file.Blocks[b].Span
	m := datelines.FindStringIndex(s.In(r.text))
	return m != nil && p.Span.End <= s.Start+m[1] && strings.ToUpper(p.Text[:min(3, len(p.Text))]) == p.Text[:min(3, len(p.Text))]
}

// listsOf returns the lists that have a name.
func listsOf(name string) lexicon.Class {
	var h uint64
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		h = lexicon.Join(h, lexicon.Hash(w))
	}
	c, _ := lexicon.Shared().Phrase(h)
	return c
}

// wide reports whether a place is a country or larger.
func wide(name string) bool {
	c := listsOf(name)
	if _, alias := lexicon.Alias(plainName(name)); alias {
		return true
	}
	return c&lexicon.Country != 0
}

// agreeSaid lists what two reports say in much the same words.
func (c *comparison) agreeSaid(pairs []alignment) []Agreement {
	from := agreeFrom
	if c.st.Storyline {
		from = lineAgreeFrom // different events are told in like words
	}
	pairs = slices.DeleteFunc(slices.Clone(pairs), func(p alignment) bool { return p.sim < from })
	stable.Sort(pairs, func(a, b alignment) int { return cmp.Compare(b.sim, a.sim) })
	used := map[sentenceRef]int{} // the agreement a sentence is part of
	var out []Agreement
	var firsts []sentenceRef // of each agreement: its first sentence
	for _, p := range pairs {
		a, b := c.at(p.a), c.at(p.b)
		sa, sb := a.status, b.status
		share, n := contained(a.plain, b.plain)
		if n < 3 || share < saidShare || otherDays(a, b) || a.denied != b.denied || statusWords().differ[[2]string{sa, sb}] || c.figuresDiffer(p) || c.numbersDiffer(p.a, p.b) ||
			c.turned(p.a, p.b) || c.opposed(p.a, p.b) || c.otherMood(p.a, p.b) || c.otherWords(p.a, p.b) {
			continue
		}
		// A third report joins where it says the same as the first.
		i, okA := used[p.a]
		j, okB := used[p.b]
		switch {
		case okA && okB:
			continue
		case okA:
			if c.likeness(c.at(firsts[i]), b) >= agreeFrom && !c.turned(firsts[i], p.b) && !c.opposed(firsts[i], p.b) && !c.otherMood(firsts[i], p.b) && !c.otherWords(firsts[i], p.b) {
				out[i].cite(c, p.b)
				used[p.b] = i
			}
			continue
		case okB:
			if c.likeness(c.at(firsts[j]), a) >= agreeFrom && !c.turned(firsts[j], p.a) && !c.opposed(firsts[j], p.a) && !c.otherMood(firsts[j], p.a) && !c.otherWords(firsts[j], p.a) {
				out[j].cite(c, p.a)
				used[p.a] = j
			}
			continue
		}
		if len(out) == maxAgreeSaid {
			continue
		}
		// What both say is told in the words of the one that says less.
		said := c.passage(p.a).Text
		if b.plain.total() < a.plain.total() {
			said = c.passage(p.b).Text
		}
		ag := Agreement{Kind: "statement", Text: oneLine(said), words: said}
		ag.cite(c, p.a)
		ag.cite(c, p.b)
		used[p.a], used[p.b] = len(out), len(out)
		out = append(out, ag)
		firsts = append(firsts, p.a)
	}
	out = c.agreeStatements(out, used)
	for i := range out {
		c.joinMore(&out[i])
	}
	return out
}

// joinFrom is the share of a statement that a further report must tell to join
// those that agree on it already, where it names a body or person with them.
const joinFrom = 0.6

// joinMore adds the reports that tell most of what others agree on, of the same
// body or person, within a sentence that says more.
func (c *comparison) joinMore(a *Agreement) {
	terms := c.weighText(a.words)
	if len(terms) < 3 {
		return
	}
	cited := func(b *Briefing) bool {
		return slices.ContainsFunc(a.Cells, func(c Cell) bool { return c.Briefing == b })
	}
	var names []*Entity
	var first sentenceRef
	for i, cell := range a.Cells {
		if ref, ok := c.refOf(cell); ok {
			if i == 0 {
				first = ref
			}
			names = append(names, c.reports[ref.report].namesIn(ref.sentence)...)
		}
	}
	// How much of the terms each sentence has.
	sums := slices.Grow(c.sums[:0], len(c.all))[:len(c.all)]
	clear(sums)
	c.sums = sums
	for _, t := range terms {
		refs, _ := c.standsIn(t.term)
		for _, o := range refs {
			sums[o] += t.w
		}
	}
	all, last := terms.total(), 0
	for r, rep := range c.reports {
		of := sums[last:][:len(rep.sentences)]
		last += len(of)
		if cited(rep.b) || all <= 0 {
			continue
		}
		best, most := sentenceRef{}, 0.0
		for k, sum := range of {
			if sum == 0 {
				continue
			}
			o := sentenceRef{r, k}
			share := rounded(sum / all)
			if share < joinFrom || share <= most || c.at(o).denied != c.at(first).denied || otherDays(c.at(first), c.at(o)) || c.turned(first, o) || c.opposed(first, o) || c.otherMood(first, o) || c.otherWords(first, o) {
				continue
			}
			if slices.ContainsFunc(rep.namesIn(k), func(e *Entity) bool { return slices.Contains(names, e) }) {
				best, most = o, share
			}
		}
		if most > 0 {
			a.cite(c, best)
			a.joined = append(a.joined, rep.b)
		}
	}
}

// agreeStatements adds what one report has somebody say and another tells too,
// within a sentence that says more.
func (c *comparison) agreeStatements(out []Agreement, used map[sentenceRef]int) []Agreement {
	for r, rep := range c.reports {
		for _, st := range rep.d.Statements[:min(len(rep.d.Statements), maxStatements)] {
			k := rep.sentenceAt(blockIndex(rep, st.Passage.Block), st.Passage.Span.Start)
			if k < 0 || k >= len(rep.sentences) || st.Stance == "denies" {
				continue
			}
			mine := sentenceRef{r, k}
			terms := c.weighText(st.Passage.Text)
			if _, done := used[mine]; done || len(terms) < 3 || len(out) == maxAgreeSaid {
				continue
			}
			words := token.Scan(st.Passage.Text)
			if denied(wordTokens(words)) {
				continue
			}
			dots := slices.Grow(c.dots[:0], len(c.all))[:len(c.all)]
			clear(dots)
			c.dots = dots
			for _, t := range terms {
				if refs, _ := c.standsIn(t.term); len(refs) <= maxShare {
					for _, o := range refs {
						dots[o]++
					}
				}
			}
			ag := Agreement{Kind: "statement", Text: oneLine(st.Passage.Text), words: st.Passage.Text}
			if strings.Count(ag.Text, " ") < wholeFrom {
				ag.Text = oneLine(c.passage(mine).Text) // a few words say little without their sentence
			}
			from := 0 // the number of the first sentence of the other report
			for other := range c.reports {
				best, most := sentenceRef{}, 0.0
				of := dots[from:][:len(c.reports[other].sentences)]
				from += len(of)
				if other == r {
					continue
				}
				for k := range of {
					o := sentenceRef{other, k}
					if of[k] < 3 || otherDays(c.at(mine), c.at(o)) || c.at(o).denied || c.turnedWords(words, c.at(o).tokens) || c.numbersDiffer(mine, o) || c.opposedWithin(mine, st.Passage.Span, o) || c.otherMood(mine, o) || c.otherWords(mine, o) {
						continue
					}
					if share := covered(terms, c.at(o).terms); share >= coveredFrom && share > most {
						best, most = o, share
					}
				}
				if most > 0 {
					if len(ag.Cells) == 0 {
						ag.cite(c, mine)
					}
					ag.cite(c, best)
				}
			}
			if len(ag.Cells) > 1 {
				used[mine] = len(out)
				out = append(out, ag)
			}
		}
	}
	return out
}

// saidShare is the share of what the shorter of two sentences tells that the
// other must tell too for the two reports to agree.
const saidShare = 0.55

// wholeFrom is the number of spaces from which on a statement is told without
// the sentence around it.
const wholeFrom = 6

// coveredFrom is the share of a statement that another report must tell for the
// two to agree.
const coveredFrom = 0.85

// covered is the share of what a tells, by its terms, that b tells too.
func covered(a, b weights) float64 {
	sum := 0.0
	both(a, b, func(x, _ float64) { sum += x })
	if all := a.total(); all > 0 {
		return rounded(sum / all)
	}
	return 0
}

// otherDays reports whether two sentences tell of different days.
func otherDays(a, b *sideSentence) bool {
	if len(a.days) == 0 || len(b.days) == 0 {
		return false
	}
	for _, x := range a.days {
		for _, y := range b.days {
			if x.From == y.From {
				return false
			}
		}
	}
	return true
}

// cite adds a sentence to an agreement, one a report.
func (a *Agreement) cite(c *comparison, ref sentenceRef) {
	b := c.reports[ref.report].b
	if slices.ContainsFunc(a.Cells, func(c Cell) bool { return c.Briefing == b }) {
		return
	}
	p := c.passage(ref)
	a.Cells = append(a.Cells, Cell{Briefing: b, Values: []string{oneLine(p.Text)}, Passages: []Passage{p}})
}

// numbersDiffer reports whether each of two sentences gives a number that the other does
// not: two who were acquitted, and one.
func (c *comparison) numbersDiffer(a, b sentenceRef) bool {
	x, y := c.numbers(a), c.numbers(b)
	lacks := func(x, y []float64) bool {
		return slices.ContainsFunc(x, func(v float64) bool { return !slices.Contains(y, v) })
	}
	return lacks(x, y) && lacks(y, x)
}

// numbers lists the numbers of a sentence, without those of its times.
func (c *comparison) numbers(ref sentenceRef) []float64 {
	s := c.at(ref)
	if !s.hasNumbers {
		s.numbers, s.hasNumbers = c.findNumbers(ref), true
	}
	return s.numbers
}

func (c *comparison) findNumbers(ref sentenceRef) []float64 {
	r := c.reports[ref.report]
	s := r.maker.sentences[c.at(ref).index]
	text, ts := s.span.In(r.text), c.at(ref).tokens
	var out []float64
	for i := 0; i < len(ts); {
		n, ok := numeral.At(ts, text, i)
		if !ok || n.End <= i {
			i++
			continue
		}
		at := s.span.Start + ts[i].Span.Start
		if !n.Ordinal && !n.Vague && !slices.ContainsFunc(r.marks[ref.sentence], func(k int) bool {
			m := r.mark(k)
			return m.Class == dialect.Time && m.Span.ContainsOffset(at)
		}) {
			out = append(out, n.Value)
		}
		i = n.End
	}
	return out
}

// figuresDiffer reports whether two aligned sentences give different values for
// the same figure.
func (c *comparison) figuresDiffer(p alignment) bool {
	in := func(ref sentenceRef) []*figure {
		var out []*figure
		r := c.reports[ref.report]
		id := r.maker.sentences[r.sentences[ref.sentence].index].id
		for _, f := range r.figures {
			if f.passage.Sentence == id {
				out = append(out, f)
			}
		}
		return out
	}
	for _, f := range in(p.a) {
		for _, g := range in(p.b) {
			if sameFigure(f, g) && !f.equal(g) {
				return true
			}
		}
	}
	return false
}
