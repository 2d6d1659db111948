package quote

import "readout/internal/annotation"

// deniedReach is how many chunks before a quotation the words may stand that say that
// nobody said it.
const deniedReach = 8

// neverSaid reports whether the words before the quotation at chunk k say that somebody did
// not say it: "Lee never said '…'", "Nobody told the court '…'", "Lee denied saying '…'",
// "Lee denied that he had said '…'". It is then nobody's, whoever tells of it.
func (u *unit) neverSaid(k int) bool {
	inner := false // a verb stands between, which must be that of what was not said
	for i := k - 1; i >= 0 && i >= k-deniedReach; i-- {
		switch u.chunks[i].kind {
		case kindVG:
			if u.neverSaying(i) {
				return !inner || u.is(i+1, kindThat)
			}
			g := &u.chunks[i]
			if g.cue != nil && g.cue.frames&frameQuote != 0 && g.finite {
				return false
			}
			inner = inner || g.finite || g.infinitive
		case kindSemi, kindStop, kindQuote, kindDash, kindSub, kindWh:
			return false
		}
	}
	return false
}

// neverSaying reports whether the verb group at v is one of saying by which nothing was said.
func (u *unit) neverSaying(v int) bool {
	g := &u.chunks[v]
	if g.cue == nil || g.cue.frames&frameQuote == 0 || g.cue.stance != annotation.Asserts || thinking(g.cue.lemma) {
		return false
	}
	return u.negates(v) || u.nobody(v) || u.underDenial(v)
}

// unsaidEnd returns the chunk after what the verb group at v says not to have been said, from
// chunk c on; 0 where another says so: "the report does not say that it was, as Lee claimed".
func (u *unit) unsaidEnd(c, v int) int {
	end := u.contentEnd(c, v)
	for i := c; i < end; i++ {
		if u.is(i, kindComma) && (u.cueClause(i+1) || u.is(i+1, kindPrep) && u.norm(i+1) == "as" && u.cueClause(i+2)) {
			return 0
		}
	}
	return end
}

// deniesSpeech reports whether a verb in the chunks [from, to) says of something that nobody
// said it: whoever is named after "as" may have said it, or that nobody did.
func (u *unit) deniesSpeech(from, to int) bool {
	for i := from; i < to; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite && u.chunks[i].negated && u.chunks[i].cue != nil && (u.neverSaying(i) || withheld(u.chunks[i].cue.lemma)) {
			return true
		}
	}
	return false
}

// negates reports whether the verb group at v says that what it tells was not done: not "did
// not only say", nor "would not say 'when'", in a question "Did he not say".
func (u *unit) negates(v int) bool {
	g := &u.chunks[v]
	if !g.negated {
		return wordAt(u.p.toks, g.first-1) == "never"
	}
	for i := g.first; i <= g.last && i < u.to; i++ {
		switch u.p.toks[i].Norm {
		case "only", "just", "merely", "simply":
			return false
		}
	}
	return wordAt(u.p.toks, u.to-1) != "?"
}

// nobody reports whether the subject of the verb group at v is nobody.
func (u *unit) nobody(v int) bool {
	s, ok := u.subjectOf(v)
	if !ok {
		return false
	}
	switch u.p.toks[s.first].Norm {
	case "nobody", "no", "none", "neither":
		return true
	}
	return false
}

// underDenial reports whether the verb group at v tells of what is denied: "denied saying",
// "denied ever having said", "denied that he had said", "denied claims that he said".
func (u *unit) underDenial(v int) bool {
	g := &u.chunks[v]
	i := v - 1
	for u.is(i, kindAdv) {
		i--
	}
	if n := wordAt(u.p.toks, g.head-1); !g.finite || n == "having" {
		return !g.infinitive && u.denies(i)
	}
	if !u.nominal(i) {
		return false
	}
	i--
	if u.is(i, kindThat) {
		i--
	}
	if u.is(i, kindNP) && u.p.lx.nounCues[u.headNorm(i)] != nil {
		i--
	}
	return u.denies(i)
}

// denies reports whether chunk i is a verb group that denies.
func (u *unit) denies(i int) bool {
	return u.is(i, kindVG) && !u.chunks[i].negated && u.chunks[i].cue != nil && u.chunks[i].cue.stance == annotation.Denies
}

// unsaid notes a quotation that somebody is told never to have said as one of nobody.
func (p *parser) unsaid(n, qi int) {
	q := &p.quotes[qi]
	p.attrs = append(p.attrs, attr{unit: n, form: annotation.Scare, sure: true, parts: []part{{q.first, q.last, qi}}, rule: "quote/never-said"})
	p.done[qi] = true
	if p.never == nil {
		p.never = map[int]bool{}
	}
	p.never[qi] = true
}
