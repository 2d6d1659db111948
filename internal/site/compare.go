package site

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/token"
	"readout/internal/wordlist"
)

// A comparison lays the reports of one story side by side. What reports say in
// sentences that tell of the same thing is compared by dimension; a difference
// is only called one where both passages can be shown.
type comparison struct {
	l       *label.Set
	st      *Story
	reports []*sideReport
	ids     map[string]int32          // numbers of terms
	known   map[uint32][]numberedTerm // of each word, by its number
	words   map[string][]numberedTerm // and of those that have none, by its Norm
	all     []sentenceRef             // the sentences of all reports, by number
	stands  postings                  // in which of them each term stands
	read    func(*content.File) *reading
	full    map[*Entity]*Entity // of people named by a surname alone, see namesakes

	room    tokenRoom
	found   []numberedTerm // room for weigh
	tokens  []token.Token  // and for the texts it weighs
	dropped []int32        // and for without
	sums    []float64      // and for joinMore
	dots    []int          // and for agreeStatements

	rows    []figureRow // see figureRows
	hasRows bool
	other   map[[2]sentenceRef]bool // what otherWords found
	longest [longestAligned + 1][longestAligned + 1]uint8
}

// A sideReport is one report of separate origin as it is compared.
type sideReport struct {
	*maker
	room      *tokenRoom
	b         *Briefing
	sentences []sideSentence
	marks     [][]int // of each sentence: the marks that begin in it
	figures   []*figure
	// allFigures has those too that are told as what was before.
	allFigures []*figure
	agency     string // that its dateline credits; "" for none
	brief      bool   // a short report
	began      *onset // when what it tells begins, once looked for; its entry is nil where it does not say
}

// A sideSentence is one sentence with the terms that tell what it is about.
type sideSentence struct {
	*toldSentence
	index  int // in maker.sentences
	terms  weights
	plain  weights // terms without those of names
	length float64
	slots  []slot // its words to be aligned; nil before they were asked for
	// What comparison.moods, comparison.numbers and comparison.sameNames found.
	moods                          []mood
	numbers                        []float64
	names                          []string
	hasMoods, hasNumbers, hasNames bool
	places                         []*Entity
	days                           []*TimelineEntry // times resolved to one day
	// What sets what it tells apart from the event: times before it, how old
	// people are, and whether it names a day of which it is not known when.
	periods []string
	aside   int // where a clause begins that tells of such a time alone; 0 for none
	ages    []float64
	unsure  bool
	bare    []float64 // numbers that are no figure of their own; set by bareNumbers
	hasBare bool
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

func newComparison(l *label.Set, st *Story, read func(*content.File) *reading) *comparison {
	return &comparison{l: l, st: st, read: read, ids: map[string]int32{}, known: map[uint32][]numberedTerm{}, other: map[[2]sentenceRef]bool{}, words: map[string][]numberedTerm{}, full: namesakes(st.Members)}
}

// compare lays the reports of a story side by side. Reports of a storyline are
// of different events: what they agree on is told, but never that they differ.
func (st *Story) compare(l *label.Set, files map[string]*content.File, read func(*content.File) *reading) {
	c := newComparison(l, st, read)
	for _, b := range st.Members {
		if st.repost(b) || len(c.reports) == maxCompared {
			continue
		}
		c.add(b, files[b.Slug])
	}
	st.Meetings = c.meetings()
	if !st.Storyline {
		st.Dimensions = st.copies(l, files, read)
	}
	if len(c.reports) < 2 {
		st.Compared = c.compared(nil)
		return
	}
	pairs := c.align()
	st.Compared = c.compared(pairs)
	if st.Storyline {
		st.Changes = c.changes(st.Stages)
	} else {
		rows := slices.Concat(c.figures(), c.aligned(pairs), c.denials(), c.refusedOrOpen(), c.participants(), c.roles(), c.spellings(), c.wording(), st.Dimensions)
		rows = append(rows, c.contraries(pairs, rows)...)
		rows = append(rows, c.matches(rows)...)
		rows = append(rows, c.phases(rows)...)
		rows = append(rows, c.clocks(rows)...)
		rows = append(rows, c.deeds(rows)...)
		st.Dimensions = joinRows(append(rows, c.ages()...))
		st.Dimensions = slices.DeleteFunc(st.Dimensions, Dimension.onePlace)
		st.markCopied(files)
	}
	st.Agreements = slices.DeleteFunc(c.agreements(pairs), st.disputed)
	for i := range st.Agreements {
		c.weighVoices(&st.Agreements[i])
	}
}

func (c *comparison) add(b *Briefing, f *content.File) {
	r := c.read(f)
	m := &maker{
		reading: r, b: b, d: b.Details(), speakers: make([]*Speaker, len(r.voices)),
		entity: func(l int) *Entity {
			e := b.whom(entityKey{r.locals[l].kind, r.locals[l].key})
			return cmp.Or(c.full[e], e)
		},
		keep: func(s string) string { return s },
	}
	rep := &sideReport{maker: m, b: b, agency: agency(f), room: &c.room}
	times := map[string][]*TimelineEntry{}
	for _, list := range [][]*TimelineEntry{m.d.Timeline.Resolved, m.d.Timeline.Planned} {
		for _, e := range list {
			if e.From == e.To {
				times[e.Sentence.ID] = append(times[e.Sentence.ID], e)
			}
		}
	}
	told := r.tellSentences()
	at := r.sentencesOf(len(told))
	rep.marks = byNumber(at, len(told))
	rep.sentences = make([]sideSentence, 0, len(told))
	for k := range told {
		ss := sideSentence{toldSentence: &told[k], index: k, days: times[r.sentences[k].id]}
		// Who speaks, and which names are named, is not what a sentence says.
		ss.terms = c.without(c.weigh(ss.tokens), rep, rep.marks[k], dialect.Person, dialect.Source, dialect.Cue)
		ss.plain = c.without(ss.terms, rep, rep.marks[k], dialect.Organization, dialect.Place, dialect.Event)
		for _, t := range ss.terms {
			ss.length += t.w * t.w
		}
		c.all = append(c.all, sentenceRef{len(c.reports), k})
		ss.length = math.Sqrt(ss.length)
		rep.sentences = append(rep.sentences, ss)
	}
	for i, mk := range f.Marks {
		s := at[i]
		if s < 0 {
			continue
		}
		if mk.Class == dialect.Place && r.localOf[i] >= 0 {
			if e := m.entity(r.localOf[i]); e != nil && !slices.Contains(rep.sentences[s].places, e) {
				rep.sentences[s].places = append(rep.sentences[s].places, e)
			}
		}
	}
	rep.brief = rep.isShort()
	rep.settings()
	rep.allFigures = rep.readFigures()
	for _, f := range rep.allFigures {
		f.sort, f.sorted = f.sorts(), true
	}
	for _, f := range rep.allFigures {
		if !f.former && !f.past && !f.foreign {
			rep.figures = append(rep.figures, f)
		}
	}
	rep.figures = wholes(rep.figures)
	c.reports = append(c.reports, rep)
}

// A weighted is a term and how much it tells.
type weighted struct {
	term int32
	w    float64
}

// weights are the terms of a text, by number.
type weights []weighted

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

// common returns how many terms a and b share.
func (a weights) common(b weights) int { return commonTerms(a, nil, b, nil) }

// commonTerms counts the terms that stand in one of two texts and in one of two others.
func commonTerms(a, b, x, y weights) int {
	n := 0
	for len(a)+len(b) > 0 && len(x)+len(y) > 0 {
		s, t := firstTerm(a, b), firstTerm(x, y)
		if s == t {
			n++
		}
		if s <= t {
			a, b = a.after(s), b.after(s)
		}
		if t <= s {
			x, y = x.after(t), y.after(t)
		}
	}
	return n
}

// firstTerm is the first term of two lists of which one has any.
func firstTerm(a, b weights) int32 {
	if len(a) == 0 || len(b) > 0 && b[0].term < a[0].term {
		return b[0].term
	}
	return a[0].term
}

// after returns a without a term that may be the first.
func (a weights) after(term int32) weights {
	if len(a) > 0 && a[0].term == term {
		return a[1:]
	}
	return a
}

func (a weights) has(term int32) bool {
	_, found := slices.BinarySearchFunc(a, term, func(w weighted, t int32) int { return cmp.Compare(w.term, t) })
	return found
}

func (a weights) total() float64 {
	sum := 0.0
	for _, t := range a {
		sum += t.w
	}
	return rounded(sum)
}

// wordTokens returns the words and numbers among tokens.
func wordTokens(ts []token.Token) []token.Token {
	return appendWords(make([]token.Token, 0, len(ts)), ts)
}

// appendWords appends to out the words and numbers among tokens.
func appendWords(out, ts []token.Token) []token.Token {
	for i := range ts {
		if k := ts[i].Kind; k == token.Word || k == token.Number {
			out = append(out, ts[i])
		}
	}
	return out
}

// appendPlain appends the words in lower case with a space around each.
func appendPlain(b []byte, ts []token.Token) []byte {
	b = append(b, ' ')
	for i := range ts {
		if t := &ts[i]; t.Kind == token.Word || t.Kind == token.Number {
			b = append(append(b, t.Norm...), ' ')
		}
	}
	return b
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
	// A choice is the sentence of a report that is most like one of another.
	type choice struct {
		sentence int32 // -1 for none
		sim      float64
	}
	first := make([]int, len(c.reports)+1) // of each report: the number of its first sentence among all
	for r, rep := range c.reports {
		first[r+1] = first[r] + len(rep.sentences)
	}
	n := len(c.reports)
	best := make([]choice, first[n]*n) // of each sentence, a row: the choice of each report
	for i := range best {
		best[i].sentence = -1
	}
	choose := func(from, report, sentence int, sim float64) {
		old := &best[from*n+report]
		if old.sentence < 0 || sim > old.sim || sim == old.sim && sentence < int(old.sentence) {
			*old = choice{int32(sentence), sim}
		}
	}
	// Of each sentence of a later report: how much of this one's terms it has, and this
	// one of its terms.
	type share struct{ mine, its float64 }
	shares := make([]share, first[n])
	var touched []int32
	for r, rep := range c.reports {
		for s := range rep.sentences {
			me := &rep.sentences[s]
			for _, t := range me.terms {
				refs, ws := c.standsIn(t.term)
				if len(refs) > maxShare {
					continue
				}
				for k := len(refs) - 1; k >= 0 && int(refs[k]) >= first[r+1]; k-- {
					o := &shares[refs[k]]
					if o.mine == 0 {
						touched = append(touched, refs[k])
					}
					o.mine += t.w * t.w
					o.its += ws[k] * ws[k]
				}
			}
			for _, i := range touched {
				o := c.all[i]
				it := c.at(o)
				mine := shares[i].mine >= alignedFrom/2*me.length*it.length
				its := shares[i].its >= alignedFrom/2*it.length*me.length
				shares[i] = share{}
				if !mine && !its {
					continue
				}
				sim := c.likeness(me, it)
				if sim < alignedFrom {
					continue
				}
				if mine {
					choose(first[r]+s, o.report, o.sentence, sim)
				}
				if its {
					choose(int(i), r, s, sim)
				}
			}
			touched = touched[:0]
		}
	}
	var out []alignment
	for r, rep := range c.reports {
		for s := range rep.sentences {
			for other := r + 1; other < n; other++ {
				ch := best[(first[r]+s)*n+other]
				if ch.sentence >= 0 && int(best[(first[other]+int(ch.sentence))*n+r].sentence) == s {
					out = append(out, alignment{sentenceRef{r, s}, sentenceRef{other, int(ch.sentence)}, ch.sim})
				}
			}
		}
	}
	return out
}

// likeness is the cosine of two sentences' terms.
func (c *comparison) likeness(a, b *sideSentence) float64 {
	n, sum := 0, 0.0
	x, y := a.terms, b.terms
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch d := x[i].term - y[j].term; {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			n, sum = n+1, sum+x[i].w*y[j].w
			i++
			j++
		}
	}
	if n < 2 {
		return 0
	}
	return rounded(sum / (a.length * b.length))
}

// rounded takes off a share what the order of its sums may have left, so that
// what is alike is equal.
func rounded(share float64) float64 { return math.Round(share*1e9) / 1e9 }

// contained is the share of what the shorter of two texts tells, by its terms,
// that the other tells too, and the number of those terms.
func contained(a, b weights) (share float64, terms int) {
	sum := 0.0
	both(a, b, func(x, _ float64) { sum, terms = sum+x, terms+1 })
	least := min(a.total(), b.total())
	if least == 0 {
		return 0, 0
	}
	return rounded(sum / least), terms
}

// row makes a dimension with a cell for each member of the story.
func (c *comparison) row(kind, label string) Dimension {
	d := Dimension{Kind: kind, Label: label, Differs: true}
	for _, b := range c.st.Members {
		d.Cells = append(d.Cells, Cell{Briefing: b})
	}
	return d
}

// sentenceRow is a row of two sentences, each whole.
func (c *comparison) sentenceRow(kind, label string, refs ...sentenceRef) Dimension {
	d := c.row(kind, c.l.Text(label))
	for _, ref := range refs {
		p := c.passage(ref)
		d.put(c.reports[ref.report].b, oneLine(p.Text), p)
	}
	d.judge()
	return d
}

// placeRow is a row of the places that two sentences tell.
func (c *comparison) placeRow(a, b sentenceRef, x, y *Entity) Dimension {
	d := c.row("place", c.l.Text("dimension.where"))
	d.put(c.reports[a.report].b, x.Name, c.passage(a))
	d.put(c.reports[b.report].b, y.Name, c.passage(b))
	d.judge()
	return d
}

// anyRow reports whether f holds of a row of a or b.
func anyRow(a, b []Dimension, f func(Dimension) bool) bool {
	return slices.ContainsFunc(a, f) || slices.ContainsFunc(b, f)
}

// among reports whether one of the rows has the same cells.
func (d Dimension) among(lists ...[]Dimension) bool {
	return slices.ContainsFunc(lists, func(rows []Dimension) bool { return slices.ContainsFunc(rows, d.sameCells) })
}

// amongKind is among of the rows of its kind.
func (d Dimension) amongKind(lists ...[]Dimension) bool {
	return slices.ContainsFunc(lists, func(rows []Dimension) bool {
		return slices.ContainsFunc(rows, func(o Dimension) bool { return o.Kind == d.Kind && o.sameCells(d) })
	})
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
	phrases map[string][]statusPhrase // by their first word
	differ  map[[2]string]bool
}

// A statusPhrase is words that tell a status.
type statusPhrase struct {
	words  []string
	length int    // of all words, with a space after each
	rank   int    // of its place in the list
	status string // that it tells
}

var statusWords = sync.OnceValue(func() statuses {
	s := statuses{phrases: map[string][]statusPhrase{}, differ: map[[2]string]bool{}}
	rank := 0
	for line := range wordlist.Rows(statusFile) {
		if a, b, ok := strings.Cut(line, " x "); ok {
			s.differ[[2]string{a, b}], s.differ[[2]string{b, a}] = true, true
		} else if name, phrases, ok := strings.Cut(line, ":"); ok {
			for p := range strings.SplitSeq(phrases, ",") {
				words := strings.Fields(p)
				s.phrases[words[0]] = append(s.phrases[words[0]], statusPhrase{words, len(strings.Join(words, " ")), rank, name})
				rank++
			}
		}
	}
	return s
})

// each calls f with the phrases that stand in a sentence of those words, and
// where they begin.
func eachStatus(ws []token.Token, f func(p *statusPhrase, at int)) {
	for i := range ws {
		if ws[i].Kind != token.Word {
			continue
		}
		phrases := sense(&ws[i]).statuses
		for k := range phrases {
			if p := &phrases[k]; begins(ws[i:], p.words) {
				f(p, i)
			}
		}
	}
}

// begins reports whether tokens begin with words.
func begins(ts []token.Token, words []string) bool {
	if len(words) > len(ts) {
		return false
	}
	for i, w := range words {
		if ts[i].Norm != w {
			return false
		}
	}
	return true
}

// status returns how a sentence of those words says that things stand: the
// status of its longest phrase, "" where it has none.
func status(ws []token.Token) string {
	var best *statusPhrase
	eachStatus(ws, func(p *statusPhrase, _ int) {
		if best == nil || p.length > best.length || p.length == best.length && p.rank < best.rank {
			best = p
		}
	})
	if best == nil {
		return ""
	}
	return best.status
}

// denials are words by which a sentence says that something is not so. Two of
// them in one sentence ("did not rule out") say that it may be.
var denials = []string{"denied", "denies", "deny", "denying", "rejected", "dismissed", "refuted", "not", "never", "no longer", "didn't", "doesn't", "wasn't", "isn't", "won't", "refused", "refuses", "rule out", "ruled out", "rules out", "ruling out"}

// denialsByWord has the denials by their first word.
var denialsByWord = sync.OnceValue(func() map[string][][]string {
	m := map[string][][]string{}
	for _, d := range denials {
		words := strings.Fields(d)
		m[words[0]] = append(m[words[0]], words)
	}
	return m
})

// denied reports whether a sentence of those words says that something is not so.
func denied(ws []token.Token) bool {
	n := 0
	for i := range ws {
		if ws[i].Kind != token.Word {
			continue
		}
		for _, d := range sense(&ws[i]).denials {
			if begins(ws[i:], d) {
				n++
			}
		}
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
