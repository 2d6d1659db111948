package quote

import (
	"slices"

	"readout/internal/annotation"
)

// passiveCue reads "is expected to", "was accused by X of", "it is believed".
func (u *unit) passiveCue(v, start int) (a attr, end int, ok bool) {
	g := &u.chunks[v]
	// "was quoted as saying" is read at "saying".
	s, ok := u.subjectBefore(v)
	if !ok || s.from < start {
		return a, 0, false
	}
	if (u.is(v+1, kindThat) || u.clauseAt(v+1)) && u.p.toks[s.head].Norm == "it" && expecting(g.cue.lemma) {
		// "It is understood that": nobody's word.
		end = u.contentEnd(v+1, v)
		a = attr{rule: "quote/passive-unsourced", stance: g.cue.stance, cueFirst: g.first, cueLast: g.last, after: end}
		a.parts = []part{u.tokens(v+1, end)}
		return a, end, true
	}
	j := v + 1
	for u.is(j, kindAdv) {
		j++
	}
	if l := g.cue.lemma; (l == "tell" || l == "inform") && (u.is(j, kindThat) || u.clauseAt(j)) && !g.modal && !g.negated {
		// "The court was told that": it is not said by whom.
		end = u.contentEnd(j, v)
		a = attr{rule: "quote/passive-unsourced", stance: g.cue.stance, cueFirst: g.first, cueLast: g.last, after: end}
		a.parts = []part{u.tokens(j, end)}
		return a, end, true
	}
	if n := u.p.toks[s.head].Norm; n == "it" || n == "this" || n == "that" {
		return a, 0, false // "It is narrated by Lee": nothing is said
	}
	if u.is(j, kindPrep) && u.norm(j) == "by" && u.nominal(j+1) && !g.cue.weak {
		ch := &u.chunks[j+1]
		last, k := u.describe(j+2, ch.last)
		by := source{first: ch.first, last: last, head: ch.head, from: j + 1, to: k}
		if g.cue.lemma == "question" && (u.p.tags[s.head].class == 'p' || u.p.tags[s.head].tag == tagPron || u.personNamed(s.from)) {
			return a, 0, false // "Three managers were questioned by police"
		}
		if !u.speaks(&by, g) || u.isTime(j+1) || u.p.tags[ch.head].tag == tagIng {
			return a, 0, false
		}
		a = u.attr(by, v, j+1, k, "passive")
		a.parts = []part{{s.first, s.last, -1}}
		if k < len(u.chunks) && (u.is(k, kindPrep) && slices.Contains(g.cue.preps, u.norm(k)) || u.is(k, kindVG) && u.chunks[k].infinitive) {
			end = u.contentEnd(k, v)
			a.parts = append(a.parts, u.tokens(k, end))
			return a, end, true
		}
		return a, k, true
	}
	if u.is(j, kindPrep) && u.norm(j) == "as" && g.cue.frames&frameAs != 0 && (u.nominal(j+1) || u.is(j+1, kindQuote) || u.is(j+1, kindAdj)) &&
		u.is(j+2, kindPrep) && u.norm(j+2) == "by" && u.nominal(j+3) && !u.isTime(j+3) {
		// "was dismissed as 'laughable' by two officials"
		ch := &u.chunks[j+3]
		last, k := u.describe(j+4, ch.last)
		by := source{first: ch.first, last: last, head: ch.head, from: j + 3, to: k}
		if u.personLike(&by) {
			a = u.attr(by, v, j+1, k, "passive")
			a.parts = []part{{s.first, s.last, -1}, u.tokens(j+1, j+2)}
			return a, k, true
		}
	}
	if u.is(j, kindVG) && u.chunks[j].infinitive && expecting(g.cue.lemma) {
		end = u.contentEnd(j, v)
		a = attr{rule: "quote/passive-unsourced", stance: g.cue.stance, cueFirst: g.first, cueLast: g.last, after: end}
		a.parts = []part{{s.first, s.last, -1}, u.tokens(j, end)}
		return a, end, true
	}
	return a, 0, false
}

// expecting names the verbs whose passive with an infinitive puts a statement
// on nobody's word.
func expecting(lemma string) bool {
	switch lemma {
	case "expect", "believe", "think", "say", "report", "allege", "know", "suspect", "predict", "project", "forecast", "presume", "assume", "anticipate", "fear", "estimate", "claim", "plan", "intend", "understand":
		return true
	}
	return false
}

// answered returns the noun phrase before the subject s of the verb group g that
// names what was said before and is now answered: "…, a claim (that) the ministry
// denied".
func (u *unit) answered(s *source, g *chunk) (int, bool) {
	k := s.from - 1
	if u.is(k, kindThat) || u.is(k, kindWh) && u.headNorm(k) == "which" {
		k--
	}
	if g.cue.stance == annotation.Asserts && g.cue.lemma != "confirm" || g.cue.weak || !u.claim(k) {
		return 0, false
	}
	return k, g.finite && !g.passive
}

// claim reports whether the noun phrase at k, after a comma, takes up what the
// clause before it says as a claim of somebody: ", an accusation".
func (u *unit) claim(k int) bool {
	if !u.is(k, kindNP) || !u.is(k-1, kindComma) || u.p.tags[u.chunks[k].head].tag != tagNoun {
		return false
	}
	switch c := u.p.lx.nounCues[u.headNorm(k)]; {
	case c == nil || c.frames&frameThat == 0:
		return false
	}
	switch u.norm(k) {
	case "a", "an", "the":
		return true
	}
	return false
}

// answers reports whether a claim that is answered, as read by answered, begins at
// chunk k: it does not belong to what is claimed.
func (u *unit) answers(k int) bool {
	if !u.claim(k) {
		return u.unverified(k)
	}
	i := k + 1
	if u.is(i, kindThat) || u.is(i, kindWh) {
		i++
	}
	for ; u.is(i, kindNP) || u.is(i, kindPrep) || u.is(i, kindAdv); i++ {
	}
	return i > k+1 && u.is(i, kindVG) && u.chunks[i].finite
}

// unverified reports whether the chunks from k on say of what was claimed that
// nobody else could make sure of it: "a figure that could not be verified".
func (u *unit) unverified(k int) bool {
	if !u.is(k, kindNP) || !u.is(k-1, kindComma) || u.p.tags[u.chunks[k].head].tag != tagNoun || !(u.is(k+1, kindThat) || u.is(k+1, kindWh)) {
		return false
	}
	for i := k + 2; i < min(k+7, len(u.chunks)); i++ {
		if u.is(i, kindVG) && u.chunks[i].negated {
			switch u.headNorm(i) {
			case "verified", "confirmed", "verify", "confirm", "substantiated", "corroborated":
				return true
			}
		}
	}
	return false
}

// nounCue reads "X's claim that …", "the allegation that …", "Smith's call
// for …" with the noun phrase at chunk v.
func (u *unit) nounCue(v int) (a attr, end int, ok bool) {
	ch := &u.chunks[v]
	if u.p.tags[ch.head].tag != tagNoun {
		return a, 0, false
	}
	c := u.p.lx.nounCues[u.p.toks[ch.head].Norm]
	if c == nil {
		return a, 0, false
	}
	i := v + 1
	var from int
	if u.is(i, kindPrep) && u.norm(i) == "by" && u.nominal(i+1) && c.frames&frameThat != 0 && u.personAt(i+1) {
		// "a claim by Lee that …"
		n := &u.chunks[i+1]
		last, j := u.describe(i+2, n.last)
		if u.is(j, kindThat) && j+1 < len(u.chunks) && !u.is(j+1, kindVG) {
			if end = u.nounContentEnd(j, v); end > j {
				a = u.attr(source{first: n.first, last: last, head: n.head, from: i + 1, to: j}, v, v+1, j, "noun")
				a.stance = c.stance
				a.cueFirst = ch.head
				a.parts = []part{u.tokens(j, end)}
				return a, end, true
			}
		}
	}
	switch {
	case u.is(i, kindThat) && c.frames&frameThat != 0 && i+1 < len(u.chunks) && !u.is(i+1, kindVG):
		from = i
	case u.is(i, kindVG) && u.chunks[i].infinitive && c.frames&frameTo != 0:
		from = i
	case u.is(i, kindPrep) && (slices.Contains(c.preps, u.norm(i)) || u.norm(i) == "to" && c.frames&frameTo != 0) && i+1 < len(u.chunks):
		from = i + 1
	default:
		return a, 0, false
	}
	if u.is(from, kindNP) && (u.isTime(from) || u.headNorm(from) == "time") && !u.is(i, kindThat) {
		return a, 0, false // "cut its forecast for the second time"
	}
	s, hasOwner := u.possessor(v)
	if !hasOwner && u.is(i, kindThat) {
		s, hasOwner = u.modifier(v)
	}
	if !hasOwner {
		return a, 0, false
	}
	end = u.nounContentEnd(from, v)
	if end <= from {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, from, "noun")
	a.stance = c.stance
	a.cueFirst = s.last
	if u.p.toks[a.cueFirst].Norm == "'s" {
		a.cueFirst++
	}
	a.parts = []part{u.tokens(from, end)}
	return a, end, true
}

// wordsOf reads "in Lee's words, …" and "in the ministry's view, …" at the
// beginning of a sentence, with the noun phrase at chunk v.
func (u *unit) wordsOf(v int) (a attr, end int, ok bool) {
	if v != 1 || !u.is(0, kindPrep) || u.norm(0) != "in" || !u.is(v+1, kindComma) || u.is(v+2, kindQuote) && u.p.done[u.chunks[v+2].quote] {
		return a, 0, false
	}
	switch u.headNorm(v) {
	case "words", "view", "opinion", "account", "telling", "estimation":
	default:
		return a, 0, false
	}
	s, ok := u.possessor(v)
	end = u.contentEnd(v+2, v)
	if !ok || end <= v+2 {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, end, "words")
	a.cueFirst = s.last
	if u.p.toks[a.cueFirst].Norm == "'s" {
		a.cueFirst++
	}
	a.parts = []part{u.tokens(v+2, end)}
	return a, end, true
}

// modifier returns the source that stands before the noun without a
// possessive: "Russian claims", "police reports".
func (u *unit) modifier(v int) (s source, ok bool) {
	ch := &u.chunks[v]
	first := ch.first
	for first < ch.head && (u.p.tags[first].tag == tagDet || u.p.tags[first].tag == tagAdj || u.p.tags[first].tag == tagNum) {
		first++
	}
	if first >= ch.head {
		return s, false
	}
	h := ch.head - 1
	if u.p.tags[h].tag != tagName && u.p.lx.classes.Get(u.p.toks[h].Norm) == classNone {
		return s, false
	}
	return source{first: first, last: ch.head, head: h, from: v, to: v}, true
}
