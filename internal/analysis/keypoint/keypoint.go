// Package keypoint picks the three to five sentences or clauses that sum up an
// article, verbatim. Its central value is Analyzer, which needs the sentences and
// who says what;
// package briefing sets what it picks under "Key points".
//
// It is an extractive summariser in the tradition of Edmundson (1969): a
// sentence is worth more the nearer it stands to the beginning, the more it
// shares with the headline and with the words the article keeps coming back to,
// and the more names and figures it has; and less when another one already says
// it. Only a sentence that can stand alone is taken: it is whole, has a verb, is
// no caption or byline, and begins with nothing that points back.
package keypoint

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/quote"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/verb"
)

// Analyzer picks the key points, in order of reading.
var Analyzer = &analysis.Analyzer{
	Name:     "keypoint",
	Doc:      "picks three to five sentences that sum up the article",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, quote.Analyzer},
	Run:      run,
}

const (
	fewest = 3
	most   = 5
	// perPoint is how many sentences an article has for each key point beyond
	// the fewest.
	perPoint = 12
	// longest is how many candidates are compared: those that stand first. What
	// sums up an article hardly stands after its two hundredth sentence.
	longest = 200
	// weighed is how many tokens tell what an article is about.
	weighed = 20_000
)

func run(p *analysis.Pass) annotation.Set {
	if !p.English() {
		return annotation.Set{}
	}
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	c := newCollection(p, room)
	c.hear(p.Set.Attributions)
	chosen := c.sides(c.choose())
	slices.SortFunc(chosen, func(a, b *candidate) int { return a.span.Compare(b.span) })
	var set annotation.Set
	for _, x := range chosen {
		set.KeyPoints = append(set.KeyPoints, annotation.KeyPoint{Span: x.span, Block: x.block, Rule: "keypoint/" + x.rule})
	}
	return set
}

// A candidate is a sentence, or the clause of it that would be shown.
type candidate struct {
	span  span.Span
	block int
	rule  string
	order int     // among the sentences of running text
	words []int32 // its content words, each once, sorted
	n     int     // words of any kind
	score float64
	said  float64 // the largest share of words it has in common with one of those chosen

	voices []string // whose word it gives: the entity, else the words that name it
	denies bool     // somebody denies something in it
}

// A collection is an article's candidates and the weights of its words.
type collection struct {
	text       string
	toks       []token.Token
	candidates []*candidate
	*room
	titles    int // how many stems stand in the headline
	sentences int
	askers    map[string]bool // labels of turns of those who ask
	talks     bool            // somebody has more turns than one
}

func newCollection(p *analysis.Pass, room *room) *collection {
	c := &collection{text: p.Article.Text, toks: p.Tokens, room: room}
	c.weigh(p)
	c.findAskers(p)
	next := 0
	for i, b := range p.Blocks {
		at := b[0]
		for next < len(p.Set.Sentences) && p.Set.Sentences[next].Block == i {
			end := at
			for end < b[1] && p.Tokens[end].Span.End <= p.Set.Sentences[next].Span.End {
				end++
			}
			role := p.Article.Blocks[i].Role
			if len(c.candidates) == longest {
				return c
			}
			if (role == article.Paragraph || role == article.Dek) && !c.question(b) {
				if x := c.candidate(at, end, i); x != nil {
					c.candidates = append(c.candidates, x)
				}
				if role == article.Paragraph && end-at > 6 {
					c.sentences++
				}
			}
			at = end
			next++
		}
	}
	return c
}

// question reports whether the block of the tokens b is what an interviewer
// asks: it begins with "Q:", or with the label of one who does little but ask.
func (c *collection) question(b [2]int) bool {
	if b[1]-b[0] < 3 {
		return false
	}
	if n := c.toks[b[0]].Norm; c.toks[b[0]+1].Norm == ":" && (n == "q" || n == "question") {
		return true
	}
	return len(c.askers) > 0 && c.askers[c.label(b)]
}

// label returns the name before the colon with which the block of the tokens b
// begins, "" where there is none.
func (c *collection) label(b [2]int) string {
	const longest = 5
	for i := b[0]; i < min(b[1], b[0]+longest); i++ {
		switch t := &c.toks[i]; {
		case t.Norm == ":" && i > b[0]:
			return c.text[c.toks[b[0]].Span.Start:t.Span.Start]
		case !t.Is(token.Initial) && t.Norm != "." && t.Norm != "-":
			return ""
		}
	}
	return ""
}

// findAskers finds the labels of those who ask in an interview: most of their
// turns end in a question, while those of another who speaks as often do not.
func (c *collection) findAskers(p *analysis.Pass) {
	type count struct{ turns, asked int }
	counts := map[string]*count{}
	for i, b := range p.Blocks {
		if p.Article.Blocks[i].Role != article.Paragraph {
			continue
		}
		l := c.label(b)
		if l == "" {
			continue
		}
		n := counts[l]
		if n == nil {
			n = &count{}
			counts[l] = n
		}
		n.turns++
		if c.toks[b[1]-1].Norm == "?" {
			n.asked++
		}
	}
	answered := false
	for _, n := range counts {
		c.talks = c.talks || n.turns > 1
	}
	for _, n := range counts {
		answered = answered || n.turns > 1 && n.asked*2 < n.turns
	}
	for l, n := range counts {
		if answered && n.turns > 1 && n.asked*2 >= n.turns {
			if c.askers == nil {
				c.askers = map[string]bool{}
			}
			c.askers[l] = true
		}
	}
}

// weigh numbers the stems of the article's words and gives each the share of
// blocks it stands in, dampened: what an article keeps coming back to is what it
// is about.
func (c *collection) weigh(p *analysis.Pass) {
	n := min(len(p.Tokens), weighed)
	c.reset()
	c.stems = slices.Grow(c.stems, n)[:n]
	clear(c.stems)
	c.numbers.Grow(n/3 + 8)
	for i, b := range p.Blocks {
		headline := p.Article.Blocks[i].Role == article.Headline
		for at := b[0]; at < min(b[1], n); at++ {
			k := c.number(&p.Tokens[at])
			c.stems[at] = k
			if k > 0 && c.last[k] != int32(i+1) {
				c.last[k] = int32(i + 1)
				c.weight[k]++
			}
			if k > 0 && headline {
				c.title[k] = true
			}
		}
	}
	title := token.Scan(p.Article.Meta.Title)
	for i := range title {
		if k := c.number(&title[i]); k > 0 {
			c.title[k] = true
		}
	}
	for k := range c.weight {
		c.weight[k] = dampened(c.weight[k])
		if c.title[k] {
			c.titles++
		}
	}
}

// dampened returns what a stem that stands in n blocks weighs.
func dampened(n float64) float64 {
	if k := int(n); k < len(logs) {
		return logs[k]
	}
	return math.Log(1 + n)
}

var logs = func() (t [64]float64) {
	for k := range t {
		t[k] = math.Log(1 + float64(k))
	}
	return t
}()

// A room has what is known of the stems of one article after another.
type room struct {
	stems  []int32   // by token: the number of its stem, 0 for none
	weight []float64 // by stem
	title  []bool    // by stem: stands in the headline
	seen   []int32   // by stem: the candidate that counted it last
	words  []int32   // of the candidates

	numbers lexicon.Words[int32]
	last    []int32 // by stem: the block that counted it last, plus one

	// byID has by the ID of a word what number returned for it, if that was for this
	// article.
	byID    []numbered
	article uint32
}

type numbered struct {
	article uint32
	stem    int32
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// reset makes room for the next article. No stem has the number 0.
func (r *room) reset() {
	r.stems, r.words = r.stems[:0], r.words[:0]
	r.weight, r.title = append(r.weight[:0], 0), append(r.title[:0], false)
	r.seen, r.last = append(r.seen[:0], 0), append(r.last[:0], 0)
	r.numbers.Clear()
	if r.article++; r.article == 0 {
		clear(r.byID)
		r.article = 1
	}
}

// number returns the number of the stem of t, 0 where it has none.
func (r *room) number(t *token.Token) int32 {
	if t.ID == 0 {
		return r.numberOf(stem(t))
	}
	if n := int(t.ID) + 1 - len(r.byID); n > 0 {
		r.byID = append(r.byID, make([]numbered, n)...)
	}
	n := &r.byID[t.ID]
	if n.article != r.article {
		*n = numbered{r.article, r.numberOf(stem(t))}
	}
	return n.stem
}

func (r *room) numberOf(stem string) int32 {
	if stem == "" {
		return 0
	}
	k := r.numbers.Get(stem)
	if k == 0 {
		k = int32(len(r.weight))
		r.numbers.Put(stem, k)
		r.weight, r.title = append(r.weight, 0), append(r.title, false)
		r.seen, r.last = append(r.seen, 0), append(r.last, 0)
	}
	return k
}

// candidate returns the sentence of the tokens [from, to) as a candidate, or nil
// when it cannot stand alone.
func (c *collection) candidate(from, to, block int) *candidate {
	order := c.sentences
	from, rule := c.afterDateline(from, to)
	if l := c.label([2]int{from, to}); l != "" && c.talks {
		for c.toks[from].Norm != ":" {
			from++
		}
		from++ // what somebody says in a conversation, without the label
	}
	if !c.standsAlone(from, to) {
		return nil
	}
	end := c.cut(from, to)
	if end < to {
		rule = "clause"
	}
	x := &candidate{
		span:  span.New(c.toks[from].Span.Start, c.toks[end-1].Span.End),
		block: block, rule: rule, order: order,
	}
	mark := int32(len(c.candidates) + 1)
	var sum, title float64
	names, first := 0, len(c.words)
	for k := from; k < end; k++ {
		t := &c.toks[k]
		if t.Kind == token.Word || t.Kind == token.Number {
			x.n++
		}
		if k > from && t.Kind == token.Word && t.Is(token.Initial) || t.Kind == token.Number {
			names++
		}
		if k >= len(c.stems) {
			continue
		}
		w := c.stems[k]
		if w == 0 || c.seen[w] == mark {
			continue
		}
		c.seen[w] = mark
		c.words = append(c.words, w)
		sum += c.weight[w]
		if c.title[w] {
			title++
		}
	}
	x.words = c.words[first:len(c.words):len(c.words)]
	slices.Sort(x.words)
	if x.n == 0 || len(x.words) == 0 {
		return nil
	}
	centre := sum / math.Sqrt(float64(len(x.words)))
	x.score = 3.2/(1+0.35*float64(order)) +
		0.22*centre +
		1.4*title/float64(max(4, c.titles)) +
		0.05*float64(min(names, 8))
	// A long sentence says much, and little that can be remembered.
	if x.n > 34 {
		x.score -= 0.03 * float64(x.n-34)
	}
	if x.n < 12 {
		x.score -= 0.08 * float64(12-x.n)
	}
	if c.quoted(from, end) {
		x.score -= 0.8
	}
	if c.nameless(from, end) {
		x.score -= 1
	}
	return x
}

// choose returns the best candidates, each discounted by what those before it
// already say.
func (c *collection) choose() []*candidate {
	want := min(most, max(fewest, fewest+(c.sentences-20)/perPoint))
	var chosen []*candidate
	left := slices.Clone(c.candidates)
	for len(chosen) < want && len(left) > 0 {
		at := -1
		best := math.Inf(-1)
		for i, x := range left {
			s := x.score - 1.6*x.overlap()
			if s > best+1e-9 {
				best, at = s, i
			}
		}
		y := left[at]
		chosen = append(chosen, y)
		left = slices.Delete(left, at, at+1)
		for _, x := range left {
			x.said = max(x.said, x.shared(y))
		}
	}
	// Fewer than three is no summary of an article that has more to give, but
	// an article of two sentences has two points.
	return chosen
}

// overlap returns the square of the largest share of words x has in common with one of
// those chosen.
func (x *candidate) overlap() float64 { return x.said * x.said }

// shared returns the share of its words that x or y, whichever has fewer, has in common
// with the other.
func (x *candidate) shared(y *candidate) float64 {
	both := 0
	for i, j := 0, 0; i < len(x.words) && j < len(y.words); {
		// Which of the two is the lower is as good as drawn by lot: no branch.
		d := int(x.words[i] - y.words[j])
		below, above := int(uint(d)>>(bits.UintSize-1)), int(uint(-d)>>(bits.UintSize-1))
		i += 1 - above
		j += 1 - below
		both += 1 - above - below
	}
	return float64(both) / float64(min(len(x.words), len(y.words)))
}

// stem returns what a token counts as, or "" where it carries no content.
func stem(t *token.Token) string {
	switch t.Kind {
	case token.Number:
		return t.Norm
	case token.Word:
		return *stems.Of(t)
	}
	return ""
}

var stems = token.NewMemo(stemOf)

// stemOf returns what the word w counts as, or "".
func stemOf(w string) string {
	if len(w) < 3 || small[w] {
		return ""
	}
	for _, suffix := range []string{"ing", "ed", "es", "s", "ly"} {
		if strings.HasSuffix(w, suffix) && len(w)-len(suffix) >= 3 {
			return w[:len(w)-len(suffix)]
		}
	}
	return w
}

// small are the words that carry no content.
var small = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`the and for that with was were are has have had been will would could should may might must can
this these those its his her their our your from they them him she you who whom whose which what when where why how
but not nor yet than then also into onto over under after before since until during through about against between among
said says say told according more most some any all each other another such only just very there here one two out off up down
did does do being because while although though if unless per via amid both either neither own same so too now still`) {
		small[w] = true
	}
}

// quoted reports whether half or more of the tokens stand in quotation marks.
func (c *collection) quoted(from, to int) bool {
	in, n := false, 0
	for k := from; k < to; k++ {
		switch c.toks[k].Norm {
		case "“":
			in = true
		case "”":
			in = false
		case `"`:
			in = !in
		default:
			if in {
				n++
			}
		}
	}
	return 2*n >= to-from
}

// finite reports whether the tokens have a finite verb.
func (c *collection) finite(from, to int) bool {
	for k := from; k < to; k++ {
		t := &c.toks[k]
		if t.Kind != token.Word || !t.Is(token.AllLower) && k != from {
			continue
		}
		f := verb.Of(t)
		if !f.Finite() {
			continue
		}
		switch w := t.Norm; {
		case f.Auxiliary() && w != "having" && w != "being" && w != "be" && w != "been", f.Third():
			return true
		case f.Irregular() && w != "been":
			if k == from || c.toks[k-1].Norm != "having" {
				return true
			}
		case f.Regular():
			// "Polaroids donated to the museum by": a participle.
			by := false
			for j := k + 1; j < to && j < k+4; j++ {
				by = by || c.toks[j].Norm == "by"
			}
			if !by && (k == from || c.toks[k-1].Norm != "having") {
				return true
			}
		}
	}
	return false
}
