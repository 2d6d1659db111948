package quote

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/article"
)

// carry attributes the quotations that have no words of attribution in their
// own sentence: those that go on after one that has, in the same paragraph or
// over several, and those that a colon or a clause before them leads in.
func (p *parser) carry(n int) {
	u := &p.units[n]
	for k := range u.chunks {
		if u.chunks[k].kind != kindQuote || p.done[u.chunks[k].quote] {
			continue
		}
		qi := u.chunks[k].quote
		q := &p.quotes[qi]
		if !u.alone(k) {
			continue
		}
		pt := part{q.first, q.last, qi}
		// The paragraph before broke off inside this quotation.
		if qi > 0 && n > 0 {
			if prev := p.outerBefore(qi); prev >= 0 && !p.quotes[prev].closed && p.quotes[prev].block < q.block && p.done[prev] {
				if h := p.held[prev]; h > 0 {
					p.take(int(h-1), pt)
					continue
				}
			}
		}
		// A colon ended what stands before.
		if n > 0 {
			w := &p.units[n-1]
			if len(w.chunks) > 0 && w.is(len(w.chunks)-1, kindColon) && k == 0 {
				if a, ok := w.introducer(len(w.chunks)-2, len(w.chunks), true); ok {
					a.unit = n - 1
					a.form = annotation.Direct
					a.rule = "quote/led-in"
					a.sure = a.sure && q.closed
					p.attrs = append(p.attrs, a)
					p.take(len(p.attrs)-1, pt)
					continue
				}
			}
		}
		// The same paragraph has a speaker already.
		if i := p.lastIn(u.block, u.from); i >= 0 {
			if s, other := p.takenOver(i, n); other {
				if s.last > 0 && k == 0 && p.startsUpper(q) {
					a := attr{hasSrc: true, src: s, unit: n - 1, form: annotation.Direct, stance: annotation.Asserts, rule: "quote/next-sentence", after: len(p.units[n-1].chunks)}
					p.attrs = append(p.attrs, a)
					p.take(len(p.attrs)-1, pt)
				}
				continue
			}
			switch a := &p.attrs[i]; {
			case a.then.last > 0:
				p.again(i, pt, "quote/continued", true)
				b := &p.attrs[len(p.attrs)-1]
				b.src, b.cueFirst, b.cueLast, b.then = a.then, a.thenCue[0], a.thenCue[1], source{}
			case a.form == annotation.Direct:
				p.take(i, pt)
			default:
				p.again(i, pt, "quote/continued", true)
			}
			continue
		}
		// "Lee shrugged. '…'": whoever the sentence before is about.
		if n > 0 && p.units[n-1].block == u.block && k == 0 && p.endsPunct(q) && p.startsUpper(q) {
			if s, ok := p.units[n-1].actor(); ok {
				a := attr{hasSrc: true, src: s, unit: n - 1, form: annotation.Direct, stance: annotation.Asserts, rule: "quote/next-sentence", after: len(p.units[n-1].chunks)}
				p.attrs = append(p.attrs, a)
				p.take(len(p.attrs)-1, pt)
				continue
			}
		}
		// A paragraph that is nothing but a quotation, after one that ends
		// with somebody's words: most likely theirs too.
		if b := p.blockBefore(u.block); b >= 0 && (q.closed || q.goesOn) && p.alone(u.block) {
			if i := p.lastIn(b, u.from); i >= 0 && p.attrs[i].parts[len(p.attrs[i].parts)-1].last >= p.lastFrom(n, b) {
				direct := p.attrs[i].form == annotation.Direct
				if p.pass.Article.Blocks[u.block].Role == article.Heading || !direct && !p.attrs[i].spoken && !p.speech(&p.attrs[i]) {
					continue
				}
				last := p.attrs[i].parts[len(p.attrs[i].parts)-1].quote
				if direct && !p.alike(last, qi) {
					continue // the text quotes another text, in other marks
				}
				if direct && p.exchange(last, qi) {
					continue // most likely the other one's
				}
				p.again(i, pt, "quote/next-paragraph", false)
				if !direct {
					p.attrs[len(p.attrs)-1].main(&p.units[p.attrs[i].unit])
				}
			}
		}
	}
}

// takenOver reports whether the sentence before unit n is about another person by name than
// the one who spoke last, by attribution i, and tells nothing that anybody said: who speaks
// next is not the former. s is the other one where the sentence is a gesture before speech.
func (p *parser) takenOver(i, n int) (s source, other bool) {
	if n < 1 || p.units[n-1].block != p.units[n].block {
		return s, false
	}
	w := &p.units[n-1]
	if a := &p.attrs[i]; a.unit >= n-1 || a.parts[len(a.parts)-1].last > w.from {
		return s, false
	}
	s, who := w.about()
	if who == "" {
		return s, false
	}
	said := &p.attrs[i].src
	key := p.referenceOf(said)
	if m := p.mentionOf(said); m != nil {
		key = m.Key
	}
	if key == "" || key == who {
		return s, false
	}
	if _, ok := w.actor(); !ok {
		s = source{}
	}
	return s, true
}

// about returns the subject of the first clause of the sentence where it is a person by
// name, with the key.
func (u *unit) about() (s source, key string) {
	for v := range u.chunks {
		if u.is(v, kindVG) && u.chunks[v].finite && !u.relativeClause(v) {
			s, ok := u.subjectBefore(v)
			if !ok || s.relative {
				return s, ""
			}
			if m := u.p.mentionOf(&s); m != nil && m.Type == annotation.Person {
				return s, m.Key
			}
			return s, ""
		}
	}
	return s, ""
}

// main moves a to the subject of the main clause where its source is that of a
// clause the sentence opens with: "Though she called it unfair, Lee did not
// object."
func (a *attr) main(u *unit) {
	if !u.subordinate(a.src.from) {
		return
	}
	if s, ok := u.mainSubject(a.src.to); ok {
		a.src, a.cueFirst, a.cueLast = s, 0, 0
	}
}

// actor returns the subject of the sentence when it is a person by name or
// pronoun and the sentence is short enough to be a gesture before speech.
func (u *unit) actor() (s source, ok bool) {
	onAir := u.onAir()
	if len(u.chunks) > 9 && !onAir {
		return s, false
	}
	for v := range u.chunks {
		if u.is(v, kindQuote) && !(onAir && v == 1) {
			return s, false
		}
		if u.is(v, kindVG) && u.chunks[v].finite && !u.relativeClause(v) {
			s, ok = u.subjectBefore(v)
			if !ok || s.relative {
				return s, false
			}
			switch n := u.p.toks[s.head].Norm; n {
			case "he", "she":
				return s, true
			case "it", "they", "we", "you", "i", "there", "this", "that":
				return s, false
			}
			m := u.p.mentionOf(&s)
			return s, m != nil && m.Type == annotation.Person || u.p.tags[s.head].class == 'p'
		}
	}
	return s, false
}

// speech reports whether the cue of a is a verb of saying that may introduce a
// quotation, in a form with a tense.
func (p *parser) speech(a *attr) bool {
	u := &p.units[a.unit]
	k := u.chunkAt(a.cueFirst)
	if k < 0 || u.chunks[k].kind != kindVG {
		return a.rule == "quote/according" || a.rule == "quote/noun"
	}
	g := &u.chunks[k]
	return u.isAccording(k) || g.cue != nil && g.cue.frames&(frameQuote|frameThat) != 0 && !a.src.relative
}

// alike reports whether two quotations open with the same mark.
func (p *parser) alike(x, y int) bool {
	return x < 0 || y < 0 || p.toks[p.quotes[x].open].Norm == p.toks[p.quotes[y].open].Norm
}

// shortQuestion is how many words a question may have that somebody puts in return.
const shortQuestion = 8

// exchange reports whether quotation y, a paragraph of its own after that of quotation x, reads
// as the turn of another speaker: it answers a question, or is a short one.
func (p *parser) exchange(x, y int) bool {
	if x < 0 || !p.quotes[x].closed {
		return false
	}
	q := &p.quotes[y]
	return p.lastMark(&p.quotes[x]) == "?" || p.lastMark(q) == "?" && p.words(q) <= shortQuestion
}

// onAir reports whether the sentence opens with the programme or the occasion on
// which somebody speaks: "On 'Harbour Tonight', …", "In an interview with …".
func (u *unit) onAir() bool {
	if !u.is(0, kindPrep) || !u.nominal(1) && !u.is(1, kindQuote) {
		return false
	}
	switch u.norm(0) {
	case "on":
		return u.is(1, kindQuote) || u.broadcast(1)
	case "in", "at", "during":
		h := u.headNorm(1)
		return h == "interview" || h == "speech" || h == "testimony" || h == "conference"
	}
	return false
}

// block attributes unit n where its whole paragraph is somebody's words without
// marks: a block quotation, or a paragraph that a verb of saying and a colon
// lead in. It reports whether the unit needs nothing more.
func (p *parser) block(n int) bool {
	u := &p.units[n]
	r := p.pass.Blocks[u.block]
	whole := p.pass.Article.Blocks[u.block].Role == article.Quotation
	if u.from != r[0] {
		return whole && !p.opens(r[0])
	}
	if p.opens(r[0]) {
		return false
	}
	ledIn := false
	var a attr
	if n > 0 && p.blockBefore(u.block) == p.units[n-1].block {
		w := &p.units[n-1]
		if last := len(w.chunks) - 1; last > 0 && w.is(last, kindColon) {
			if w.is(last-1, kindVG) || whole {
				a, ledIn = w.introducer(last-1, len(w.chunks), true)
				a.unit = n - 1
			}
		} else if whole && len(p.attrs) > 0 {
			// A block quotation that goes on over several blocks.
			if b := &p.attrs[len(p.attrs)-1]; b.rule == "quote/block" && b.parts[len(b.parts)-1].last == w.to {
				b.parts = append(b.parts, part{r[0], r[1], -1})
				return true
			}
		}
	}
	role := p.pass.Article.Blocks[u.block].Role
	switch {
	case whole:
		if !ledIn {
			a = attr{unit: n, stance: annotation.Asserts}
		}
		a.form, a.rule = annotation.Direct, "quote/block"
	case ledIn && role == article.Paragraph:
		a.form, a.rule, a.sure = annotation.Indirect, "quote/led-in-paragraph", false
	default:
		return false
	}
	a.parts = []part{{r[0], r[1], -1}}
	p.attrs = append(p.attrs, a)
	return whole
}

// opens reports whether a quotation begins at token t.
func (p *parser) opens(t int) bool {
	i, ok := slices.BinarySearchFunc(p.quotes, t, func(q quotation, at int) int { return q.open - at })
	return ok && p.quotes[i].open == t
}

// again adds an attribution of pt to the source of attribution i.
func (p *parser) again(i int, pt part, rule string, sure bool) {
	a := p.attrs[i]
	a.form, a.rule, a.sure = annotation.Direct, rule, sure && a.sure
	a.parts = nil
	p.attrs = append(p.attrs, a)
	p.take(len(p.attrs)-1, pt)
}

// before gives quotations that break off at the end of a paragraph, and that
// nothing in it attributes, to the source of the paragraph they go on in.
func (p *parser) before() {
	next := -1 // the outer quotation after the one at hand
	for qi := len(p.quotes) - 1; qi >= 0; qi-- {
		q := &p.quotes[qi]
		if q.depth > 0 {
			continue
		}
		if !q.closed && !p.done[qi] && next >= 0 && p.held[next] > 0 {
			a := int(p.held[next] - 1)
			if n := &p.quotes[next]; p.blockBefore(n.block) == q.block && n.open == p.pass.Blocks[n.block][0] && p.attrs[a].form == annotation.Direct {
				p.take(a, part{q.first, q.last, qi})
			}
		}
		next = qi
	}
}

// blockBefore returns the last block with words before b, or -1.
func (p *parser) blockBefore(b int) int {
	for b--; b >= 0; b-- {
		if r := p.pass.Blocks[b]; r[0] < r[1] {
			return b
		}
	}
	return -1
}

// lastFrom returns the first token of the last sentence of block b, which lies
// before unit n.
func (p *parser) lastFrom(n, b int) int {
	for n--; n >= 0 && p.units[n].block >= b; n-- {
		if p.units[n].block == b {
			return p.units[n].from
		}
	}
	return len(p.toks)
}

// alone reports whether block b is one quotation and nothing else.
func (p *parser) alone(b int) bool {
	r := p.pass.Blocks[b]
	i, _ := slices.BinarySearchFunc(p.quotes, r[0], func(q quotation, at int) int { return q.open - at })
	return i < len(p.quotes) && p.quotes[i].open == r[0] && p.quotes[i].close >= r[1]-1
}

// alone reports whether the sentence of the quotation at chunk k has nothing
// else that could attribute it: only marks and other quotations.
func (u *unit) alone(k int) bool {
	for i := range u.chunks {
		switch u.chunks[i].kind {
		case kindQuote, kindStop, kindComma, kindDash, kindOther:
		case kindOpen, kindClose:
		case kindNP:
			// "'…' — Reuters": a credit
			if _, outlet := u.p.outletIn(&u.chunks[i]); !outlet || i < k || !u.is(i-1, kindDash) || i < len(u.chunks)-2 {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// outerBefore returns the last quotation before q that lies in no other.
func (p *parser) outerBefore(q int) int {
	for i := q - 1; i >= 0; i-- {
		if p.quotes[i].depth == 0 {
			return i
		}
	}
	return -1
}

// maxBack bounds how many attributions are looked at to find the last one.
const maxBack = 40

// lastIn returns the attribution with a source whose content is the last in
// the block before token t, or -1.
func (p *parser) lastIn(block, t int) int {
	from := p.pass.Blocks[block][0]
	best, at := -1, -1
	oldest := max(0, len(p.attrs)-maxBack)
	for i := len(p.attrs) - 1; i >= oldest; i-- {
		a := &p.attrs[i]
		last := a.parts[len(a.parts)-1]
		if last.first < from {
			if p.units[a.unit].block < block {
				break
			}
			continue
		}
		if l := last.last; a.hasSrc && l <= t && l > at && a.form != annotation.Scare {
			best, at = i, l
		}
	}
	// Of one sentence the direct quotation counts.
	for i := best; i >= oldest && p.attrs[i].unit == p.attrs[best].unit; i-- {
		if p.attrs[i].form == annotation.Direct && p.attrs[i].hasSrc {
			best = i
			break
		}
	}
	if best >= 0 && p.attrs[best].form != annotation.Direct && !p.attrs[best].spoken && (p.tags[p.attrs[best].src.head].tag == tagPron || p.attrs[best].src.relative) {
		// A pronoun in between stands for the one who was quoted.
		for i := best - 1; i >= oldest && p.attrs[i].parts[0].first >= from; i-- {
			if a := &p.attrs[i]; a.form == annotation.Direct && a.hasSrc {
				return i
			}
		}
	}
	return best
}
