package quote

import (
	"sync"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
	"readout/internal/token"
)

// A parser reads one article.
type parser struct {
	lx       *lexicon
	text     string
	toks     []token.Token
	tags     []tagged
	quotes   []quotation
	pass     *analysis.Pass
	units    []unit
	attrs    []attr
	done     []bool         // quotations that an attribution or a scare has taken
	never    map[int]bool   // those of them that somebody is told never to have said
	held     []int32        // for each quotation the attribution it is a part of, plus one
	entities map[string]int // by key, index in the set's Entities
	named    []int32        // for each token the mention it lies in, plus one; 0 for none
	turns    map[int]turn   // by block, where the article is a transcript
	lastTurn int            // the attribution of the last turn with a label
	room     []chunk        // for the chunks of the units to come
	buffer   *buffer
}

// A unit is one sentence together with those that a quotation ties to it.
type unit struct {
	p        *parser
	block    int
	from, to int // tokens
	chunks   []chunk
	limit    int  // chunk where content must end
	title    bool // stands in a headline or heading
}

// A part is one piece of content, as tokens, or one whole quotation.
type part struct {
	first, last int
	quote       int // index of the quotation whose inside this is; -1 otherwise
}

// An attr is an attribution under construction.
type attr struct {
	form     annotation.Form
	parts    []part
	hasSrc   bool
	src      source
	unit     int // unit of the source
	cueFirst int
	cueLast  int // tokens; none when equal
	stance   annotation.Stance
	sure     bool
	rule     string
	key      string // the entity, where the source itself does not tell
	spoken   bool   // a clause with quoted words that the source is said to have spoken
	then     source // who the next words are nearest to, where the source stands before
	thenCue  [2]int // and the tokens of the verb: "Lee scolded him: '…,' she said."
	through  [2]int // tokens of the outlet that reports, where it cites the source
	// adjunct chunks [adjFrom, adjTo) of unit may hold the via.
	after int // chunk after the source or cue, whichever is later
}

// A buffer has room for what is known of the tokens of an article.
type buffer struct {
	tags   []tagged
	named  []int32
	chunks []chunk
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// release gives the room of p to the next article. What was found does not lie in
// it.
func (p *parser) release() {
	p.buffer.tags, p.buffer.named = p.tags, p.named
	buffers.Put(p.buffer)
}

// newParser returns a parser, which is to be released.
func newParser(pass *analysis.Pass) *parser {
	p := &parser{
		lx:   theLexicon(),
		text: pass.Article.Text,
		toks: pass.Tokens,
		pass: pass,
	}
	p.buffer = buffers.Get().(*buffer)
	p.room = p.buffer.chunks
	p.tags = append(p.buffer.tags[:0], make([]tagged, len(p.toks))...)
	p.quotes = findQuotations(p.lx, p.text, p.toks, pass.Blocks)
	p.done = make([]bool, len(p.quotes))
	p.held = make([]int32, len(p.quotes))
	p.named = append(p.buffer.named[:0], make([]int32, len(p.toks))...)
	p.entities = make(map[string]int, len(pass.Set.Entities))
	for i := range pass.Set.Entities {
		p.entities[pass.Set.Entities[i].Key] = i
	}
	k := 0
	for i, m := range pass.Set.Mentions {
		for k < len(p.toks) && p.toks[k].Span.End <= m.Span.Start {
			k++
		}
		for j := k; j < len(p.toks) && p.toks[j].Span.Start < m.Span.End; j++ {
			p.named[j] = int32(i + 1)
		}
	}
	if pass.English() {
		p.cut()
	}
	return p
}

// maxUnit bounds the tokens of a sentence. No sentence of prose has as many; the
// bound keeps the work linear on what is none.
const maxUnit = 600

// cut makes the units: the sentences of each block, joined where a quotation
// runs over their border.
func (p *parser) cut() {
	q := 0
	si := 0
	sents := p.pass.Set.Sentences
	for b, r := range p.pass.Blocks {
		for si < len(sents) && sents[si].Block < b {
			si++
		}
		for i := p.afterDateline(b, r); i < r[1]; {
			// The end of the sentence that holds token i.
			for si < len(sents) && sents[si].Block == b && sents[si].Span.End <= p.toks[i].Span.Start {
				si++
			}
			end := r[1]
			if si < len(sents) && sents[si].Block == b {
				for end = i; end < min(r[1], i+maxUnit) && p.toks[end].Span.Start < sents[si].Span.End; end++ {
				}
			}
			end = max(i+1, min(end, i+maxUnit))
			// Extend over quotations that the border would cut.
			first := q
			for q < len(p.quotes) && p.quotes[q].open < end {
				if p.quotes[q].close > end && p.quotes[q].depth == 0 {
					end = p.quotes[q].close
					for si+1 < len(sents) && sents[si].Block == b && sents[si].Span.End < p.toks[end-1].Span.End {
						si++
					}
					// Go on to the end of that sentence.
					if si < len(sents) && sents[si].Block == b && sents[si].Span.Start < p.toks[end-1].Span.End {
						for stop := min(r[1], end+maxUnit); end < stop && p.toks[end].Span.Start < sents[si].Span.End; end++ {
						}
					}
				}
				q++
			}
			u := unit{p: p, block: b, from: i, to: end}
			p.chunk(&u, first)
			if n := len(p.units); n > 0 && p.units[n-1].block == b && u.completes(&p.units[n-1]) {
				p.units[n-1].to = end
				p.units[n-1].chunks = append(p.units[n-1].chunks, u.chunks...)
			} else {
				p.units = append(p.units, u)
			}
			i = end
		}
	}
}

// afterDateline returns the token of block b, which holds the tokens of r, that
// follows a wire's dateline ("NAIROBI, Kenya - "): the place and the agency are
// nobody's words. It is the first of the block where there is none.
func (p *parser) afterDateline(b int, r [2]int) int {
	if r[1]-r[0] > 4 && p.toks[r[0]].Kind == token.Number {
		at := p.toks[r[0]].Span.Start
		if n := article.StampLen(p.text[at:p.toks[r[1]-1].Span.End]); n > 0 { // "5.40pm: The coastguard says …"
			i := r[0]
			for i < r[1]-1 && p.toks[i].Span.Start < at+n {
				i++
			}
			return i
		}
	}
	if r[1]-r[0] < 4 || !p.toks[r[0]].Is(token.Initial) && p.toks[r[0]].Norm != "(" {
		return r[0]
	}
	after, bracket := p.wireDateline(r)
	if bracket || p.dated(r[0], after) {
		return after // the agency in brackets, or the day, tells that this is one
	}
	k := p.named[r[0]]
	if p.toks[r[0]].Norm != "(" && (k == 0 || p.pass.Set.Mentions[k-1].Type != annotation.Place) {
		return r[0]
	}
	// "Pune: The court …": in the lead of papers of South Asia.
	end := r[0] + 1
	for end < r[1] && p.named[end] == k {
		end++
	}
	if k != 0 && end+8 < r[1] && p.toks[end].Norm == ":" && p.toks[end+1].Is(token.Initial) && p.pass.Article.Blocks[b].Role == article.Paragraph {
		return end + 1
	}
	if !p.toks[r[0]].Is(token.AllUpper) && p.toks[r[0]].Norm != "(" {
		return r[0]
	}
	return after
}

// dated reports whether a number stands in the tokens [from, to): the day of a
// dateline.
func (p *parser) dated(from, to int) bool {
	for i := from; i < to; i++ {
		if p.toks[i].Kind == token.Number {
			return true
		}
	}
	return false
}

// wireDateline returns the token after the dateline that the tokens of r open
// with, the first where there is none, and whether brackets stand in it.
func (p *parser) wireDateline(r [2]int) (after int, bracket bool) {
	at := p.toks[r[0]].Span.Start
	n := article.DatelineLen(p.text[at:p.toks[r[1]-1].Span.End])
	if n == 0 {
		return r[0], false
	}
	for i := r[0]; i < r[1]-1; i++ {
		if p.toks[i].Span.Start >= at+n {
			return i, bracket
		}
		bracket = bracket || p.toks[i].Norm == ")"
	}
	return r[0], false
}

// completes reports whether u is nothing but the words that attribute the
// quotation with which the sentence before ends: "Why?" | Smith asked.
func (u *unit) completes(before *unit) bool {
	if len(before.chunks) == 0 || len(u.chunks) == 0 {
		return false
	}
	last := &before.chunks[len(before.chunks)-1]
	if last.kind != kindQuote || !u.p.quotes[last.quote].closed {
		return false
	}
	if u.is(0, kindDash) && u.nominal(1) && u.properSource(1) {
		_, j := u.describe(2, u.chunks[1].last)
		return j >= len(u.chunks) || u.is(j, kindStop) && j == len(u.chunks)-1
	}
	mark := u.p.lastMark(&u.p.quotes[last.quote])
	for v := range u.chunks {
		switch u.chunks[v].kind {
		case kindQuote:
			if !u.phraseQuote(v) {
				return false
			}
		case kindSemi, kindColon, kindConj, kindSub, kindThat, kindStop:
			return false
		case kindVG:
			if !u.chunks[v].finite || u.relativeClause(v) {
				continue
			}
			if !u.quotes(&u.chunks[v]) || u.chunks[v].passive {
				return false
			}
			if v == 0 {
				s, ok := u.subjectAfter(1)
				return ok && (s.to >= len(u.chunks) || u.is(s.to, kindStop) || u.is(s.to, kindComma))
			}
			s, ok := u.subjectBefore(v)
			if !ok || s.from != 0 {
				return false
			}
			e := u.skipAdjuncts(v + 1)
			if mark == "." {
				return e == v+1 && u.is(e, kindStop)
			}
			return e >= len(u.chunks) || u.is(e, kindStop) || u.is(e, kindComma) || u.is(e, kindVG) && u.chunks[e].ing || u.is(e, kindSub)
		}
	}
	return false
}

// chunk tags and chunks the unit; its quotations begin at index q.
func (p *parser) chunk(u *unit, q int) {
	role := p.pass.Article.Blocks[u.block].Role
	u.title = role == article.Headline || role == article.Heading || role == article.Dek
	tg := newTagger(p, u.from, u.to)
	if tg.title {
		u.title = true
	}
	c := chunker{toks: p.toks, tags: p.tags, lx: p.lx, named: p.named, out: p.chunks(u.to - u.from)}
	at := u.from
	first := true
	for ; q < len(p.quotes) && p.quotes[q].open < u.to; q++ {
		o := &p.quotes[q]
		if o.depth > 0 {
			continue
		}
		if o.open < at {
			continue
		}
		tg.segment(at, o.open, first)
		p.unvoiced(at, o.open)
		c.phrase(at, o.open)
		c.out = append(c.out, chunk{kind: kindQuote, first: o.open, last: o.close, head: o.last - 1, quote: q})
		at = o.close
		first = p.endsPunct(o) && p.toks[o.last-1].Norm != ","
	}
	tg.segment(at, u.to, first)
	p.unvoiced(at, u.to)
	c.phrase(at, u.to)
	u.chunks = c.out[:len(c.out):len(c.out)]
	p.room = p.room[len(c.out):]
}

// chunks returns an empty slice with room for those of n tokens, which are no
// more than that. Units that take what they need of one slice cost less than a
// slice each.
func (p *parser) chunks(n int) []chunk {
	if len(p.room) < n {
		p.room = make([]chunk, max(n, len(p.toks)*3/4))
		p.buffer.chunks = p.room
	}
	return p.room[:0:n]
}

// take makes the part pt, a whole quotation, a part of attribution a.
func (p *parser) take(a int, pt part) {
	p.attrs[a].parts = append(p.attrs[a].parts, pt)
	p.done[pt.quote], p.held[pt.quote] = true, int32(a+1)
}

// span returns the bytes of the tokens [first, last).
func (p *parser) span(first, last int) span.Span {
	if last <= first {
		return span.Span{}
	}
	return span.New(p.toks[first].Span.Start, p.toks[last-1].Span.End)
}
