package site

import (
	"cmp"
	_ "embed"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/story"
	"readout/internal/token"
)

// A comparison lays the reports of one story side by side. What reports say in
// sentences that tell of the same thing is compared by dimension; a difference
// is only called one where both passages can be shown.
type comparison struct {
	st      *Story
	reports []*sideReport
	ids     map[string]int32 // numbers of terms
	terms   [][]sentenceRef  // of each term: the sentences it stands in
}

// A sideReport is one report of separate origin as it is compared.
type sideReport struct {
	*maker
	b         *Briefing
	sentences []sideSentence
	figures   []figure
}

// A sideSentence is one sentence with the terms that tell what it is about.
type sideSentence struct {
	index  int // in maker.sentences
	tokens []token.Token
	terms  weights
	plain  weights // terms without those of names
	status string  // how it says that things stand
	denied bool    // whether it says that something is not so
	length float64
	words  string // " the words in lower case "
	places []*Entity
	days   []*TimelineEntry // times resolved to one day
}

// A sentenceRef names a sentence of a report.
type sentenceRef struct{ report, sentence int }

// An alignment is two sentences of different reports that tell of the same
// thing.
type alignment struct {
	a, b sentenceRef
	sim  float64
}

// Limits of what is compared: members of one story, and sentences of one.
const (
	maxCompared  = 40
	maxSentences = 200
)

// How alike two sentences must be to be looked at, and for each use of it.
const (
	alignedFrom = 0.18
	figureFrom  = 0.35
	planFrom    = 0.30
	crowdFrom   = 0.25
	agreeFrom   = 0.45
	deniedFrom  = 0.60
	// Of a storyline's events, which are told in like words, more is asked.
	lineAgreeFrom = 0.5
)

// compare lays the reports of a story side by side. Reports of a storyline are
// of different events: what they agree on is told, but never that they differ.
func (st *Story) compare(files map[string]*content.File) {
	c := &comparison{st: st, ids: map[string]int32{}}
	for _, b := range st.Members {
		if st.repost(b) || len(c.reports) == maxCompared {
			continue
		}
		c.add(b, files[b.Slug])
	}
	st.Meetings = c.meetings()
	if len(c.reports) < 2 {
		return
	}
	pairs := c.align()
	if !st.Storyline {
		for _, d := range slices.Concat(c.figures(), c.aligned(pairs), c.denials(), c.roles(), c.spellings(), c.wording()) {
			if !slices.ContainsFunc(st.Dimensions, func(o Dimension) bool { return o.Kind == d.Kind && o.sameCells(d) }) {
				st.Dimensions = append(st.Dimensions, d)
			}
		}
	}
	st.Agreements = c.agreements(pairs)
}

func (c *comparison) add(b *Briefing, f *content.File) {
	r := read(f)
	m := &maker{
		reading: r, b: b, speakers: make([]*Speaker, len(r.voices)),
		entity: func(l int) *Entity { return b.entities[entityKey{r.locals[l].kind, r.locals[l].key}] },
		keep:   strings.Clone,
	}
	rep := &sideReport{maker: m, b: b}
	who := rep.words(dialect.Person, dialect.Source, dialect.Cue)
	names := rep.words(dialect.Organization, dialect.Place, dialect.Event)
	times := map[string][]*TimelineEntry{}
	for _, list := range [][]*TimelineEntry{b.Timeline.Resolved, b.Timeline.Planned} {
		for _, e := range list {
			if e.From == e.To {
				times[e.Sentence.ID] = append(times[e.Sentence.ID], e)
			}
		}
	}
	for k, s := range r.sentences[:min(len(r.sentences), maxSentences)] {
		text := s.span.In(r.text)
		tokens := token.Scan(text)
		ss := sideSentence{index: k, tokens: tokens, words: plainWords(tokens), days: times[s.id]}
		ss.status, ss.denied = status(ss.words), denied(ss.words)
		terms := story.Terms(text)
		drop(terms, who[k])
		ss.terms = c.weigh(terms)
		drop(terms, names[k])
		ss.plain = c.weigh(terms)
		for _, t := range ss.terms {
			ss.length += t.w * t.w
			c.terms[t.term] = append(c.terms[t.term], sentenceRef{len(c.reports), k})
		}
		ss.length = math.Sqrt(ss.length)
		rep.sentences = append(rep.sentences, ss)
	}
	for i, mk := range f.Marks {
		if mk.Class == dialect.Place && r.localOf[i] >= 0 {
			if s := r.sentenceAt(r.blocks[i], mk.Span.Start); s >= 0 && s < len(rep.sentences) {
				if e := m.entity(r.localOf[i]); e != nil && !slices.Contains(rep.sentences[s].places, e) {
					rep.sentences[s].places = append(rep.sentences[s].places, e)
				}
			}
		}
	}
	rep.figures = rep.readFigures()
	c.reports = append(c.reports, rep)
}

// A weighted is a term and how much it tells.
type weighted struct {
	term int32
	w    float64
}

// weights are the terms of a text, by number.
type weights []weighted

// weigh numbers the terms of a text.
func (c *comparison) weigh(terms map[string]float64) weights {
	out := make(weights, 0, len(terms))
	for _, t := range slices.Sorted(maps.Keys(terms)) {
		n, ok := c.ids[t]
		if !ok {
			n = int32(len(c.ids))
			c.ids[t] = n
			c.terms = append(c.terms, nil)
		}
		out = append(out, weighted{n, terms[t]})
	}
	slices.SortFunc(out, func(a, b weighted) int { return cmp.Compare(a.term, b.term) })
	return out
}

// drop takes the terms of some words away.
func drop(terms map[string]float64, words []string) {
	for _, w := range words {
		for t := range story.Terms(w) {
			delete(terms, t)
		}
	}
}

// both calls f with the weights of each term that a and b share.
func both(a, b weights, f func(x, y float64)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch d := a[i].term - b[j].term; {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			f(a[i].w, b[j].w)
			i++
			j++
		}
	}
}

func (a weights) total() float64 {
	sum := 0.0
	for _, t := range a {
		sum += t.w
	}
	return sum
}

// words returns for each sentence the words that are marked with one of the
// classes, and the roles beside them. Who speaks, and which names are named, is
// not what a sentence says.
func (r *sideReport) words(classes ...dialect.Class) map[int][]string {
	out := map[int][]string{}
	for i, mk := range r.file.Marks {
		if slices.Contains(classes, mk.Class) {
			if s := r.sentenceAt(r.blocks[i], mk.Span.Start); s >= 0 {
				out[s] = append(out[s], mk.Span.In(r.text), mk.Get("role"))
			}
		}
	}
	return out
}

// plainWords returns the words in lower case with a space around each.
func plainWords(ts []token.Token) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, t := range ts {
		if t.Kind == token.Word || t.Kind == token.Number {
			b.WriteString(t.Norm)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (c *comparison) at(r sentenceRef) *sideSentence {
	return &c.reports[r.report].sentences[r.sentence]
}

// passage returns the place of a sentence.
func (c *comparison) passage(r sentenceRef) Passage {
	rep := c.reports[r.report]
	return rep.sentencePassage(rep.sentences[r.sentence].index)
}

// maxShare bounds how many sentences a term may stand in to bring two together.
const maxShare = 60

// align finds for each sentence the one of each other report that is most like
// it, where both choose each other.
func (c *comparison) align() []alignment {
	type choice struct {
		ref sentenceRef
		sim float64
	}
	best := map[sentenceRef]map[int]choice{} // by the other report
	for r, rep := range c.reports {
		for s := range rep.sentences {
			ref := sentenceRef{r, s}
			me := c.at(ref)
			dots := map[sentenceRef]float64{}
			for _, t := range me.terms {
				if refs := c.terms[t.term]; len(refs) <= maxShare {
					for _, o := range refs {
						if o.report != r {
							dots[o] += t.w * t.w
						}
					}
				}
			}
			best[ref] = map[int]choice{}
			for o, dot := range dots {
				if dot < alignedFrom/2*me.length*c.at(o).length {
					continue
				}
				sim := c.likeness(me, c.at(o))
				old, ok := best[ref][o.report]
				if sim >= alignedFrom && (!ok || sim > old.sim || sim == old.sim && o.sentence < old.ref.sentence) {
					best[ref][o.report] = choice{o, sim}
				}
			}
		}
	}
	var out []alignment
	for ref, choices := range best {
		for other, ch := range choices {
			if other > ref.report && best[ch.ref][ref.report].ref == ref {
				out = append(out, alignment{ref, ch.ref, ch.sim})
			}
		}
	}
	slices.SortFunc(out, func(x, y alignment) int {
		return cmp.Or(x.a.report-y.a.report, x.a.sentence-y.a.sentence, x.b.report-y.b.report, x.b.sentence-y.b.sentence)
	})
	return out
}

// likeness is the cosine of two sentences' terms.
func (c *comparison) likeness(a, b *sideSentence) float64 {
	n, sum := 0, 0.0
	both(a.terms, b.terms, func(x, y float64) { n, sum = n+1, sum+x*y })
	if n < 2 {
		return 0
	}
	return sum / (a.length * b.length)
}

// contained is the share of what the shorter of two texts tells, by its terms,
// that the other tells too, and the number of those terms.
func contained(a, b weights) (share float64, terms int) {
	sum := 0.0
	both(a, b, func(x, _ float64) { sum, terms = sum+x, terms+1 })
	least := min(a.total(), b.total())
	if least == 0 {
		return 0, 0
	}
	return sum / least, terms
}

// row makes a dimension with a cell for each member of the story.
func (c *comparison) row(kind, label string) Dimension {
	d := Dimension{Kind: kind, Label: label, Differs: true}
	for _, b := range c.st.Members {
		d.Cells = append(d.Cells, Cell{Briefing: b})
	}
	return d
}

// put adds a value to the cell of a report.
func (d *Dimension) put(b *Briefing, value string, p Passage) {
	for i := range d.Cells {
		if d.Cells[i].Briefing == b {
			if !slices.Contains(d.Cells[i].Values, value) {
				d.Cells[i].Values = append(d.Cells[i].Values, value)
				d.Cells[i].Passages = append(d.Cells[i].Passages, p)
			}
		}
	}
}

// judge marks a row as an update where each report that differs is of the outlet
// that corrects itself.
func (d *Dimension) judge() {
	publishers := map[string]bool{}
	n := 0
	for _, c := range d.Cells {
		if len(c.Values) > 0 {
			n++
			publishers[c.Briefing.Header.Publisher] = true
		}
	}
	if n > 1 && len(publishers) == 1 && !publishers[""] {
		d.Differs, d.Update = false, true
	}
}

//go:embed data/status.txt
var statusFile string

type statuses struct {
	phrases map[string][]string // of a status, each with spaces around
	names   []string
	differ  map[[2]string]bool
}

var statusWords = sync.OnceValue(func() statuses {
	s := statuses{phrases: map[string][]string{}, differ: map[[2]string]bool{}}
	for line := range strings.Lines(statusFile) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if a, b, ok := strings.Cut(line, " x "); ok {
			s.differ[[2]string{a, b}], s.differ[[2]string{b, a}] = true, true
		} else if name, phrases, ok := strings.Cut(line, ":"); ok {
			s.names = append(s.names, name)
			for _, p := range strings.Split(phrases, ",") {
				s.phrases[name] = append(s.phrases[name], " "+strings.TrimSpace(p)+" ")
			}
		}
	}
	return s
})

// status returns how a sentence says that things stand: the status of its
// longest phrase, "" where it has none.
func status(words string) string {
	best, length := "", 0
	for _, name := range statusWords().names {
		for _, p := range statusWords().phrases[name] {
			if len(p) > length && strings.Contains(words, p) {
				best, length = name, len(p)
			}
		}
	}
	return best
}

// denials are words by which a sentence says that something is not so. Two of
// them in one sentence ("did not rule out") say that it may be.
var denials = []string{" denied ", " denies ", " deny ", " denying ", " rejected ", " dismissed ", " refuted ", " not ", " never ", " no longer ", " didn't ", " doesn't ", " wasn't ", " isn't ", " won't ", " refused ", " refuses ", " rule out ", " ruled out ", " rules out ", " ruling out "}

func denied(words string) bool {
	n := 0
	for _, d := range denials {
		n += strings.Count(words, d)
	}
	return n%2 == 1
}

// quotes reports whether a part of the sentence stands in quotation marks.
func (c *comparison) quotes(ref sentenceRef) bool {
	r := c.reports[ref.report]
	return r.maker.sentences[r.sentences[ref.sentence].index].direct
}

// denialVerbs are the words that say that somebody says no.
var denialVerbs = []string{" denied ", " denies ", " deny ", " denying ", " rejected ", " rejects ", " dismissed ", " dismisses ", " refuted ", " refutes ", " disputed ", " disputes ", " contradicted "}

// asLongAs reports whether two sentences tell about as much, so that what one
// denies is what the other says, and not a clause beside it.
func (s *sideSentence) asLongAs(o *sideSentence) bool {
	a, b := s.plain.total(), o.plain.total()
	return max(a, b) <= 1.6*min(a, b)
}

// oneSided reports whether a sentence sets nothing against what it says, so that
// what it denies is what it is about.
func oneSided(words string) bool {
	return !strings.Contains(words, " but ") && !strings.Contains(words, " although ") && !strings.Contains(words, " while ")
}

// aligned compares the sentences that tell of the same thing: how it stands,
// whether it is so, when and where it was.
func (c *comparison) aligned(pairs []alignment) []Dimension {
	var out []Dimension
	add := func(kind, label string, p alignment, values ...string) {
		d := c.row(kind, label)
		for i, ref := range []sentenceRef{p.a, p.b} {
			d.put(c.reports[ref.report].b, values[i], c.passage(ref))
		}
		d.judge()
		out = append(out, d)
	}
	for _, p := range pairs {
		a, b := c.at(p.a), c.at(p.b)
		ta, tb := oneLine(c.passage(p.a).Text), oneLine(c.passage(p.b).Text)
		share, n := contained(a.plain, b.plain)
		if sa, sb := a.status, b.status; n > 0 && statusWords().differ[[2]string{sa, sb}] {
			add("status", "how it stands", p, ta, tb)
			continue
		}
		if a.denied != b.denied && p.sim >= deniedFrom && n > 2 && share >= 0.8 && a.asLongAs(b) && !c.quotes(p.a) && !c.quotes(p.b) && oneSided(a.words) && oneSided(b.words) {
			add("denial", "says and denies", p, ta, tb)
			continue
		}
		if f, g := c.soleFigure(p.a), c.soleFigure(p.b); f != nil && g != nil && p.sim >= figureFrom && n > 0 && likeUnits(*f, *g) && !f.equal(*g) {
			d := c.row("figure", f.label())
			d.put(c.reports[p.a.report].b, f.words, f.passage)
			d.put(c.reports[p.b.report].b, g.words, g.passage)
			d.judge()
			out = append(out, d)
		}
		if p.sim < agreeFrom || n < 2 || share < 0.4 {
			continue // like enough to compare how things stand, not when and where
		}
		if x, y := c.dayOf(p.a), c.dayOf(p.b); x != nil && y != nil && x.From != y.From {
			d := c.row("time", "when")
			d.put(c.reports[p.a.report].b, x.Passage.Text, x.Passage)
			d.put(c.reports[p.b.report].b, y.Passage.Text, y.Passage)
			d.judge()
			out = append(out, d)
		}
		if x, y := c.onlyPlace(p.a, p.b.report), c.onlyPlace(p.b, p.a.report); x != nil && y != nil {
			d := c.row("place", "where")
			d.put(c.reports[p.a.report].b, x.Name, c.passage(p.a))
			d.put(c.reports[p.b.report].b, y.Name, c.passage(p.b))
			d.judge()
			out = append(out, d)
		}
	}
	out = append(out, c.standing(out)...)
	out = append(out, c.plans(out)...)
	out = append(out, c.tolls(out)...)
	return append(out, c.moved()...)
}

// maxPlans bounds the plans of one report that are compared.
const maxPlans = 40

// plans compares the days for which two reports say that the same is planned.
func (c *comparison) plans(before []Dimension) []Dimension {
	type plan struct {
		ref   sentenceRef
		entry *TimelineEntry
	}
	var plans []plan
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			for _, e := range rep.sentences[k].days {
				if n < maxPlans && (e.Realis == "scheduled" || e.Realis == "expected") && c.dayOf(sentenceRef{r, k}) == e {
					plans = append(plans, plan{sentenceRef{r, k}, e})
					n++
				}
			}
		}
	}
	var out []Dimension
	for i, y := range plans {
		for _, x := range plans[:i] {
			a, b := c.at(x.ref), c.at(y.ref)
			if x.ref.report == y.ref.report || x.entry.From == y.entry.From {
				continue
			}
			if _, n := contained(a.plain, b.plain); n < 2 || c.likeness(a, b) < planFrom {
				continue
			}
			d := c.row("time", "when")
			for _, z := range []plan{x, y} {
				d.put(c.reports[z.ref.report].b, z.entry.Passage.Text, z.entry.Passage)
			}
			d.judge()
			if !slices.ContainsFunc(slices.Concat(before, out), func(o Dimension) bool { return o.sameCells(d) }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// standing finds people of whom two reports say that they did one thing and its
// contrary: who conceded and who refused to.
func (c *comparison) standing(before []Dimension) []Dimension {
	type said struct {
		ref    sentenceRef
		status string
	}
	by := map[*Entity][]said{}
	var order []*Entity
	for r, rep := range c.reports {
		for i, mk := range rep.file.Marks {
			if mk.Class != dialect.Person || rep.localOf[i] < 0 {
				continue
			}
			k := rep.sentenceAt(rep.blocks[i], mk.Span.Start)
			if k < 0 || k >= len(rep.sentences) {
				continue
			}
			e := rep.entity(rep.localOf[i])
			if st := rep.sentences[k].status; e != nil && personal[st] {
				if by[e] == nil {
					order = append(order, e)
				}
				by[e] = append(by[e], said{sentenceRef{r, k}, st})
			}
		}
	}
	var out []Dimension
	for _, e := range order {
		for i, x := range by[e] {
			for _, y := range by[e][:i] {
				if x.ref.report == y.ref.report || !statusWords().differ[[2]string{x.status, y.status}] {
					continue
				}
				d := c.row("status", "how it stands")
				for _, z := range []said{y, x} {
					p := c.passage(z.ref)
					d.put(c.reports[z.ref.report].b, oneLine(p.Text), p)
				}
				d.judge()
				if !slices.ContainsFunc(slices.Concat(before, out), func(o Dimension) bool { return o.sameCells(d) }) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// personal are the statuses that tell of a person.
var personal = map[string]bool{"conceded": true, "refused": true}

// sameCells reports whether two rows cite the same passages.
func (d Dimension) sameCells(o Dimension) bool {
	return slices.EqualFunc(d.Cells, o.Cells, func(a, b Cell) bool { return slices.Equal(a.Values, b.Values) })
}

// soleFigure returns the one figure of a sentence that counts things, nil where
// there is none or more than one.
func (c *comparison) soleFigure(ref sentenceRef) *figure {
	r := c.reports[ref.report]
	id := r.maker.sentences[r.sentences[ref.sentence].index].id
	var only *figure
	for i, f := range r.figures {
		if f.passage.Sentence != id || f.generic() {
			continue
		}
		if only != nil {
			return nil
		}
		only = &r.figures[i]
	}
	return only
}

// maxStatements bounds the statements of one report that are compared.
const maxStatements = 80

// denials finds what one report says that somebody denies and another says
// without.
func (c *comparison) denials() []Dimension {
	type claim struct {
		report int
		st     *Statement
		terms  weights
		denied bool
	}
	var claims []claim
	for r, rep := range c.reports {
		for _, st := range rep.b.Statements[:min(len(rep.b.Statements), maxStatements)] {
			denies := false
			if k := rep.sentenceAt(blockIndex(rep, st.Passage.Block), st.Passage.Span.Start); st.Stance == "denies" && k >= 0 && k < len(rep.sentences) {
				denies = slices.ContainsFunc(denialVerbs, func(v string) bool { return strings.Contains(rep.sentences[k].words, v) })
			}
			claims = append(claims, claim{r, st, c.weigh(story.Terms(st.Passage.Text)), denies})
		}
	}
	var out []Dimension
	for _, a := range claims {
		if !a.denied {
			continue
		}
		for _, b := range claims {
			if b.denied || b.report == a.report {
				continue
			}
			if share, n := contained(a.terms, b.terms); share >= 0.75 && n >= 2 {
				d := c.row("denial", "says and denies")
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
	return out
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
	for _, day := range s.days {
		ts := token.Scan(r.text[from:day.Passage.Span.Start])
		if slices.ContainsFunc(ts[max(0, len(ts)-6):], func(t token.Token) bool {
			return lexicon.Shared().Word(lexicon.Hash(t.Norm))&lexicon.Say != 0
		}) {
			continue
		}
		if only != nil {
			return nil
		}
		only = day
	}
	return only
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
		f      figure
		day    *TimelineEntry
	}
	var tolls []toll
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.of != "killed" && f.of != "injured" {
				continue
			}
			if ref, ok := c.sentenceOf(r, f.passage); ok {
				if d := c.dayOf(ref); d != nil && d.Realis == "occurred" {
					tolls = append(tolls, toll{r, f, d})
				}
				break // the first is of the event itself
			}
		}
	}
	var out []Dimension
	for i, y := range tolls {
		for _, x := range tolls[:i] {
			if x.f.of != y.f.of || x.day.From == y.day.From || !sameFigure(x.f, y.f) {
				continue
			}
			d := c.row("time", "when")
			d.put(c.reports[x.report].b, x.day.Passage.Text, x.day.Passage)
			d.put(c.reports[y.report].b, y.day.Passage.Text, y.day.Passage)
			d.judge()
			if !slices.ContainsFunc(slices.Concat(before, out), func(o Dimension) bool { return o.sameCells(d) }) {
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
					if _, n := contained(s.plain, rep.sentences[k].plain); n < 2 {
						continue
					}
					d := c.row("place", "where")
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
	for _, e := range c.at(ref).places {
		if wide(e.Name) || slices.ContainsFunc(c.reports[other].b.Appearances, func(a *Appearance) bool { return a.Entity == e }) {
			continue
		}
		if only != nil {
			return nil
		}
		only = e
	}
	return only
}
