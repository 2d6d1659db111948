package quote

import (
	"strings"

	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/token"
)

// access finds in the words of a source how it knows what it says.
func (p *parser) access(s *source) span.Span {
	for i := s.head + 1; i < s.last; i++ {
		from := -1
		next := wordAt(p.toks, i+1)
		switch p.toks[i].Norm {
		case "familiar", "acquainted":
			if next == "with" {
				from = i
			}
		case "close":
			if next == "to" {
				from = i
			}
		case "privy", "briefed", "aware":
			if next == "to" || next == "on" || next == "of" || next == "about" {
				from = i
			}
		case "involved":
			if next == "in" || next == "with" {
				from = i
			}
		case "knowledge":
			if next == "of" || next == "about" {
				for from = i; from > s.head+1 && p.toks[from].Norm != "with"; from-- {
				}
			}
		case "attended", "witnessed", "saw", "heard", "participated":
			if w := p.toks[i-1].Norm; w == "who" {
				from = i - 1
			}
		}
		if from < 0 || p.denied(from, s.head) {
			continue
		}
		end := i + 1
		for end < s.last {
			switch p.toks[end].Norm {
			case ",", "who", "(", "speaking", "—", "–":
				return p.span(from, end)
			}
			end++
		}
		return p.span(from, end)
	}
	return span.Span{}
}

// denied reports whether a negation stands close before token i and after
// token head: "who was not involved in the trial".
func (p *parser) denied(i, head int) bool {
	for j := i - 1; j > head && j >= i-3; j-- {
		switch n := p.toks[j].Norm; {
		case n == "not", n == "never", n == "n't", strings.HasSuffix(n, "n't"):
			return true
		}
	}
	return false
}

// inContent reports whether token i lies in the content of a.
func (p *parser) inContent(a *attr, i int) bool {
	for _, pt := range a.parts {
		if pt.first <= i && i < pt.last {
			return true
		}
	}
	return false
}

// via finds through whom or what the source of a speaks: the outlet it told,
// the statement, interview or platform the words stood in.
func (p *parser) via(a *attr) span.Span {
	u := &p.units[a.unit]
	c := u.chunkAt(a.cueFirst)
	if c < 0 {
		return span.Span{}
	}
	// On the way from the source to its cue: "took to Twitter to say".
	for i := a.src.from + 1; i > 0 && i < c; i++ {
		if u.is(i, kindPrep) && u.nominal(i+1) {
			ch := &u.chunks[i+1]
			h := p.toks[ch.head].Norm
			switch u.norm(i) {
			case "on", "to", "via":
				if p.lx.platforms[h] && (h != "x" || p.toks[ch.head].Is(token.Initial)) {
					return p.span(ch.first, ch.last)
				}
			}
		}
	}
	// After the cue, and after a source that follows it.
	i := c + 1
	if a.src.from >= i && a.src.from <= c+2 {
		i = a.src.to
	}
	for n := 0; i < len(u.chunks) && n < 6; i, n = i+1, n+1 {
		ch := &u.chunks[i]
		if p.inContent(a, ch.first) {
			break
		}
		switch ch.kind {
		case kindNP:
			if i == c+1 && u.chunks[c].cue != nil && u.chunks[c].cue.frames&(frameAddressee|frameParen) == frameAddressee|frameParen {
				if s, ok := p.outletIn(ch); ok {
					return s
				}
			}
		case kindPrep:
			if s, ok := u.medium(i); ok {
				return s
			}
			if !u.nominal(i + 1) {
				return span.Span{}
			}
			i++
		case kindAdv:
		case kindVG:
			if !u.participial(i) {
				n = 6
			}
		default:
			n = 6
		}
	}
	if u.isAccording(c) {
		return span.Span{}
	}
	// Before the source: "In a statement, Smith said".
	for i = a.src.from - 1; i >= 0 && i >= a.src.from-6; i-- {
		switch u.chunks[i].kind {
		case kindPrep:
			if s, ok := u.medium(i); ok {
				return s
			}
		case kindNP, kindComma, kindAdv:
		default:
			return span.Span{}
		}
	}
	return span.Span{}
}

// cites reports whether the verb group at chunk i tells on whose word an outlet
// reports: "citing a letter", "quoting Ann Lee".
func (u *unit) cites(i int) bool {
	if !u.is(i, kindVG) || !u.chunks[i].ing || u.chunks[i].finite || u.chunks[i].cue == nil || !u.nominal(i+1) {
		return false
	}
	l := u.chunks[i].cue.lemma
	return l == "cite" || l == "quote"
}

// citable reports whether the noun phrase at chunk i is somebody or a document
// that can be cited, rather than a reason: "citing high costs".
func (u *unit) citable(i int) bool {
	if !u.is(i, kindNP) {
		return false
	}
	ch := &u.chunks[i]
	h := u.p.toks[ch.head].Norm
	return u.p.tags[ch.head].tag != tagPron &&
		(u.personLike(&source{first: ch.first, last: ch.last, head: ch.head, from: i, to: i + 1}) || u.p.lx.classes.Get(h) == classDoc || u.p.lx.media[h] && h != "release")
}

// cited gives what an outlet reports in unit n, citing somebody or a document, to
// that source; the outlet is through whom it speaks. The attributions of the unit
// begin at index first.
func (p *parser) cited(n, first int) {
	u := &p.units[n]
	if first == len(p.attrs) {
		return
	}
	for i := range u.chunks {
		if !u.cites(i) {
			continue
		}
		if !u.citable(i + 1) {
			continue // "citing high costs"
		}
		ch := &u.chunks[i+1]
		s := source{first: ch.first, last: ch.last, head: ch.head, from: i + 1, to: i + 2}
		by, ok := u.subjectOf(i)
		if !ok && u.is(i-1, kindComma) && u.nominal(i-2) {
			by, ok = u.climb(i-2, -1, i) // "Local media, citing officials, put …"
		}
		if !ok {
			continue
		}
		for s.to < len(u.chunks) && (u.is(s.to, kindPrep) || u.is(s.to, kindNP) && u.is(s.to-1, kindPrep) || u.is(s.to, kindAdj)) && !u.isTime(s.to+1) {
			s.to++
		}
		s.last = u.chunks[s.to-1].last
		for k := first; k < len(p.attrs); k++ {
			a := &p.attrs[k]
			if !a.hasSrc || a.src.head != by.head || p.inContent(a, s.first) || p.naming(&a.src, p.mentionOf(&a.src), "") != annotation.Outlet && !press(p.toks[a.src.head].Norm) {
				continue
			}
			a.through, a.src = [2]int{a.src.first, a.src.last}, s
		}
	}
}

// secondHand gives the quotations whose verb stands in what somebody else tells to
// that teller as well: "Ann Lee told the court that Ray had written: '…'" are words of
// Ray through Lee, and not sure. The attributions of the unit begin at index first.
func (p *parser) secondHand(first int) {
	for i := first; i < len(p.attrs); i++ {
		a := &p.attrs[i]
		if a.form != annotation.Direct || !a.hasSrc || a.cueLast == a.cueFirst || a.through[1] > a.through[0] {
			continue
		}
		for j := first; j < len(p.attrs); j++ {
			o := &p.attrs[j]
			if j == i || !o.hasSrc || o.form == annotation.Direct || o.src.relative || o.src.head == a.src.head || p.tags[o.src.head].tag == tagPron || !p.inContent(o, a.cueFirst) || !p.inContent(o, a.src.first) {
				continue
			}
			a.sure, a.through = false, [2]int{o.src.first, o.src.last}
			break
		}
	}
}

// press reports whether a noun stands for news outlets as a whole.
func press(n string) bool { return n == "media" || n == "press" }

// chunkAt returns the chunk that holds token t, or -1.
func (u *unit) chunkAt(t int) int {
	lo, hi := 0, len(u.chunks)
	for lo < hi {
		mid := (lo + hi) / 2
		if u.chunks[mid].last <= t {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(u.chunks) && u.chunks[lo].first <= t {
		return lo
	}
	return -1
}

// outletIn returns the outlet that the noun phrase ch names.
func (p *parser) outletIn(ch *chunk) (span.Span, bool) {
	for t := ch.first; t < ch.last; t++ {
		if k := p.named[t]; k != 0 {
			m := &p.pass.Set.Mentions[k-1]
			if m.Type == annotation.Organization && (p.outlet(m.Span) || t == ch.head || p.lx.classes.Get(p.toks[ch.head].Norm) == classNone) {
				s := m.Span
				for k := p.tokenAt(s.Start); k+1 < ch.last; k++ {
					if p.toks[k+1].Span.Start >= s.End && !p.toks[k+1].Space && p.toks[k+1].Norm != "'s" {
						s.End = p.toks[k+1].Span.End // "CNN-News18"
					}
				}
				return s, true
			}
		}
	}
	if c := p.lx.classes.Get(p.toks[ch.head].Norm); c == classOutlet {
		return p.span(ch.first, ch.last), true
	}
	if p.lx.outletNames[p.toks[ch.head].Norm] && p.tags[ch.head].tag == tagName {
		return p.span(ch.first, ch.last), true
	}
	return span.Span{}, false
}

// posting reports whether a verb of posting stands right before chunk i.
func (u *unit) posting(i int) bool {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if u.is(j, kindVG) {
			switch c := u.chunks[j].cue; {
			case c == nil:
				return false
			default:
				return c.lemma == "post" || c.lemma == "tweet" || c.lemma == "write" || c.lemma == "blog"
			}
		}
	}
	return false
}

// medium reads the prepositional phrase at chunk i as what something was said
// in or through: "in an interview with Reuters", "on X", "to CNN".
func (u *unit) medium(i int) (span.Span, bool) {
	if !u.nominal(i+1) || u.is(i+1, kindQuote) {
		return span.Span{}, false
	}
	p := u.p
	ch := &u.chunks[i+1]
	h := p.toks[ch.head].Norm
	switch u.norm(i) {
	case "to":
		return p.outletIn(ch)
	case "in", "on", "via", "by", "through", "at", "during", "over":
		if c := u.posting(i); c && u.norm(i) == "on" && p.tags[ch.head].tag == tagName && !u.isTime(i+1) {
			return p.span(ch.first, ch.last), true // "posted on Truth Social"
		}
		if p.lx.platforms[h] && (h != "x" || u.norm(i) == "on" && p.toks[ch.head].Is(token.Initial)) {
			return p.span(ch.head, ch.head+1), true
		}
		if p.lx.media[h] && !p.lx.times[h] {
			s := p.span(ch.first, ch.last)
			// "an interview with Reuters", "a post on X"
			if u.is(i+2, kindPrep) && u.nominal(i+3) && !u.isTime(i+3) {
				switch u.norm(i + 2) {
				case "with", "to", "on", "for":
					s.End = p.toks[u.chunks[i+3].last-1].Span.End
				}
			}
			return s, true
		}
	case "with":
		return p.outletIn(ch)
	}
	return span.Span{}, false
}
