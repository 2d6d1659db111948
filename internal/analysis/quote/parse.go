package quote

import (
	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
	"readout/internal/token"
)

// A parser reads one article.
type parser struct {
	lx     *lexicon
	text   string
	toks   []token.Token
	tags   []tagged
	quotes []quotation
	pass   *analysis.Pass
	units  []unit
	attrs  []attr
	done   []bool // quotations that an attribution or a scare has taken
}

// A unit is one sentence together with those that a quotation ties to it.
type unit struct {
	p        *parser
	block    int
	from, to int // tokens
	chunks   []chunk
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
	// adjunct chunks [adjFrom, adjTo) of unit may hold the via.
	after int // chunk after the source or cue, whichever is later
}

func newParser(pass *analysis.Pass) *parser {
	p := &parser{
		lx:   theLexicon(),
		text: pass.Article.Text,
		toks: pass.Tokens,
		pass: pass,
	}
	p.tags = make([]tagged, len(p.toks))
	p.quotes = findQuotations(p.lx, p.text, p.toks, pass.Blocks)
	p.done = make([]bool, len(p.quotes))
	p.cut()
	return p
}

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
		for i := r[0]; i < r[1]; {
			// The end of the sentence that holds token i.
			for si < len(sents) && sents[si].Block == b && sents[si].Span.End <= p.toks[i].Span.Start {
				si++
			}
			end := r[1]
			if si < len(sents) && sents[si].Block == b {
				for end = i; end < r[1] && p.toks[end].Span.Start < sents[si].Span.End; end++ {
				}
			}
			if end <= i {
				end = i + 1
			}
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
						for end < r[1] && p.toks[end].Span.Start < sents[si].Span.End {
							end++
						}
					}
				}
				q++
			}
			p.units = append(p.units, unit{p: p, block: b, from: i, to: end})
			p.chunk(&p.units[len(p.units)-1], first)
			i = end
		}
	}
}

// chunk tags and chunks the unit; its quotations begin at index q.
func (p *parser) chunk(u *unit, q int) {
	role := p.pass.Article.Blocks[u.block].Role
	u.title = role == article.Headline || role == article.Heading || role == article.Dek
	tg := newTagger(p.lx, p.toks, p.tags, u.from, u.to)
	if tg.title {
		u.title = true
	}
	c := chunker{toks: p.toks, tags: p.tags, lx: p.lx, out: make([]chunk, 0, (u.to-u.from)/2+2)}
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
		c.phrase(at, o.open)
		c.out = append(c.out, chunk{kind: kindQuote, first: o.open, last: o.close, head: o.last - 1, quote: q})
		at = o.close
		first = p.endsPunct(o) && p.toks[o.last-1].Norm != ","
	}
	tg.segment(at, u.to, first)
	c.phrase(at, u.to)
	u.chunks = c.out
}

// span returns the bytes of the tokens [first, last).
func (p *parser) span(first, last int) span.Span {
	if last <= first {
		return span.Span{}
	}
	return span.New(p.toks[first].Span.Start, p.toks[last-1].Span.End)
}
