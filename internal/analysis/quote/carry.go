package quote

import (
	"readout/internal/annotation"
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
				if a := p.holder(prev); a >= 0 {
					p.attrs[a].parts = append(p.attrs[a].parts, pt)
					p.done[qi] = true
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
					a.parts = []part{pt}
					a.rule = "quote/led-in"
					a.sure = a.sure && q.closed
					p.done[qi] = true
					p.attrs = append(p.attrs, a)
					continue
				}
			}
		}
		// The same paragraph has a speaker already.
		if a := p.lastDirect(u.block, u.from); a >= 0 {
			p.attrs[a].parts = append(p.attrs[a].parts, pt)
			p.done[qi] = true
			continue
		}
	}
}

// alone reports whether the sentence of the quotation at chunk k has nothing
// else that could attribute it: only marks and other quotations.
func (u *unit) alone(k int) bool {
	for i := range u.chunks {
		switch u.chunks[i].kind {
		case kindQuote, kindStop, kindComma, kindDash, kindOther:
		case kindOpen, kindClose:
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

// holder returns the attribution that has the quotation q as a part, or -1.
func (p *parser) holder(q int) int {
	for i := len(p.attrs) - 1; i >= 0; i-- {
		for _, pt := range p.attrs[i].parts {
			if pt.quote == q {
				return i
			}
		}
	}
	return -1
}

// lastDirect returns the attribution of the last direct quotation in the block
// before token t, or -1.
func (p *parser) lastDirect(block, t int) int {
	best, at := -1, -1
	for i := len(p.attrs) - 1; i >= 0; i-- {
		a := &p.attrs[i]
		if p.units[a.unit].block != block {
			if p.units[a.unit].block < block {
				break
			}
			continue
		}
		if a.form != annotation.Direct && a.form != annotation.Mixed {
			continue
		}
		if l := a.parts[len(a.parts)-1].last; l <= t && l > at {
			best, at = i, l
		}
	}
	return best
}
