package quote

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/token"
)

// reported finds the statements of unit n that are given without quotation
// marks, or with marks around a part.
func (p *parser) reported(n int) {
	u := &p.units[n]
	pos := 0 // chunks before it are content already, or a cue
	start := 0
	// "…, officials said." at the end puts the sentence on their word, with
	// whatever else it tells.
	final, from := u.final()
	u.limit = len(u.chunks)
	if final >= 0 {
		u.limit = from
	}
	for v := 0; v < len(u.chunks); v++ {
		if final >= 0 && v >= from && v < final {
			v, pos = final, from
			start = from
			u.limit = len(u.chunks)
		}
		ch := &u.chunks[v]
		switch ch.kind {
		case kindSemi, kindStop:
			start = v + 1
			continue
		case kindQuote:
			if !u.phraseQuote(v) && p.done[ch.quote] {
				// A quotation that has its source: what follows is new.
				start = v + 1
			}
			continue
		case kindColon:
			if a, end, ok := u.headlineLabel(v, pos); ok {
				p.addReported(n, a)
				v, pos = end-1, end
			}
			continue
		case kindNP:
			if v < pos {
				continue
			}
			if a, end, ok := u.wordsOf(v); ok {
				p.addReported(n, a)
				pos = end
				continue
			}
			if a, end, ok := u.nounCue(v); ok {
				p.addReported(n, a)
				pos = end
			}
			continue
		case kindVG:
		default:
			continue
		}
		if v < pos || u.taken(v) {
			continue
		}
		if u.isAccording(v) {
			if a, end, ok := u.accordingTo(v, max(start, pos)); ok {
				p.addReported(n, a)
				pos = end
			}
			continue
		}
		if ch.cue == nil {
			continue
		}
		if a, end, ok := u.verbCue(v, max(start, pos)); ok {
			p.addReported(n, a)
			pos = max(pos, end)
		}
	}
}

// final returns the verb group of a parenthetical with which the sentence ends
// and the chunk where its content begins, or -1.
func (u *unit) final() (v, from int) {
	for v = len(u.chunks) - 1; v > 1; v-- {
		g := &u.chunks[v]
		switch g.kind {
		case kindQuote, kindSemi, kindColon, kindThat:
			return -1, 0
		case kindVG:
			if u.isAccording(v) && u.is(v-1, kindComma) {
				a, ok := u.according(v)
				if !ok || a.after < len(u.chunks) && !(u.is(a.after, kindStop) && a.after == len(u.chunks)-1) {
					return -1, 0
				}
				start := u.sentenceStart(v)
				if !u.hasFinite(start, v) {
					return -1, 0
				}
				return v, u.clauseStart(v, start)
			}
			if !g.finite {
				continue
			}
			if g.cue == nil || g.cue.frames&(frameParen|frameThat) != frameParen|frameThat || g.passive || u.taken(v) {
				return -1, 0
			}
			start := u.sentenceStart(v)
			s, ok := u.subjectBefore(v)
			if !ok || s.relative || s.from-1 <= start || !u.is(s.from-1, kindComma) || !u.hasFinite(start, s.from-1) {
				return -1, 0
			}
			if e := u.skipAdjuncts(v + 1); e < len(u.chunks) && !(u.is(e, kindStop) && e == len(u.chunks)-1) {
				return -1, 0
			}
			return v, u.clauseStart(s.from, start)
		}
	}
	return -1, 0
}

// sentenceStart returns the chunk after the last mark before chunk v that ends
// what stands before it.
func (u *unit) sentenceStart(v int) int {
	for i := v; i > 0; i-- {
		if u.is(i-1, kindSemi) || u.is(i-1, kindStop) || u.is(i-1, kindQuote) && u.p.done[u.chunks[i-1].quote] {
			return i
		}
	}
	return 0
}

// taken reports whether chunk v is the cue of a direct quotation already.
func (u *unit) taken(v int) bool {
	h := u.chunks[v].head
	for i := len(u.p.attrs) - 1; i >= 0; i-- {
		a := &u.p.attrs[i]
		if a.hasSrc && a.cueFirst <= h && h < a.cueLast {
			return true
		}
		if a.cueLast > 0 && a.cueLast < u.from {
			break
		}
	}
	return false
}

func (p *parser) addReported(n int, a attr) {
	u := &p.units[n]
	a.unit = n
	a.form = annotation.Indirect
	var kept []part
	for _, pt := range a.parts {
		pt.first, pt.last = p.trim(pt.first, pt.last)
		if pt.first < pt.last {
			kept = append(kept, pt)
		}
	}
	if len(kept) == 0 {
		return
	}
	a.parts = kept
	// A quotation inside makes it mixed.
	for i := range u.chunks {
		ch := &u.chunks[i]
		if ch.kind != kindQuote || p.done[ch.quote] {
			continue
		}
		for _, pt := range kept {
			if pt.first <= ch.first && ch.last <= pt.last {
				a.form = annotation.Mixed
				p.done[ch.quote] = true
			}
		}
	}
	p.attrs = append(p.attrs, a)
}

// trim takes marks off the ends of a token range, but for whole quotations and
// brackets.
func (p *parser) trim(first, last int) (int, int) {
	for first < last && p.tags[first].tag == tagPunct && (p.toks[first].Norm == "," || p.toks[first].Norm == ":" || p.toks[first].Norm == ";" || punctKind(p.toks[first].Norm) == kindDash || punctKind(p.toks[first].Norm) == kindStop) {
		first++
	}
	for last > first {
		switch punctKind(p.toks[last-1].Norm) {
		case kindComma, kindStop, kindColon, kindSemi, kindDash, kindOpen:
			last--
			continue
		}
		break
	}
	return first, last
}

// headlineLabel reads "Smith: Taxes will fall" with the colon at chunk v.
func (u *unit) headlineLabel(v, pos int) (a attr, end int, ok bool) {
	if v > 3 || pos > 0 || v+1 >= len(u.chunks) {
		return a, 0, false
	}
	if u.is(v+1, kindQuote) && !u.phraseQuote(v+1) {
		return a, 0, false
	}
	s, ok := u.label(v - 1)
	if ok {
		switch u.p.toks[s.head].Norm {
		case "source", "sources", "note", "notes", "image", "images", "video", "photo", "correction", "update", "text", "film", "song", "book", "column", "chart", "map", "site", "website", "rule", "rules":
			return a, 0, false
		}
	}
	if c := &u.chunks[0]; (u.title || u.block == 0) && v == 1 && c.kind == kindNP && c.last-c.first == 1 && u.p.toks[c.first].Is(token.Initial) && !u.p.lx.read(u.p.toks[c.head].Norm).known {
		// A name that no list has.
		s, ok = source{first: c.first, last: c.last, head: c.head, from: 0, to: 1}, true
		u.p.tags[c.head].tag = tagName
	} else if !ok || u.p.named[s.head] == 0 && u.p.lx.classes[u.p.toks[s.head].Norm] == classNone {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, v+1, "label")
	end = len(u.chunks)
	a.parts = []part{{u.chunks[v+1].first, u.chunks[end-1].last, -1}}
	return a, end, true
}

// accordingTo reads "according to X" at chunk v; start begins its clause.
func (u *unit) accordingTo(v, start int) (a attr, end int, ok bool) {
	a, ok = u.according(v)
	if !ok {
		return a, 0, false
	}
	if opening := v == start || v == start+1; opening {
		// The comma after the source leads to the content; what follows it
		// is no apposition.
		for i := v + 3; i < a.after; i++ {
			if u.is(i, kindComma) && !u.is(i+1, kindWh) {
				if u.is(i+2, kindComma) && u.personNamed(i+1) {
					i++ // "According to the coach, Ann Lee, the team …"
					continue
				}
				a.after, a.src.to, a.src.last = i, i, u.chunks[i-1].last
				break
			}
		}
	}
	next := a.after
	comma := u.is(next, kindComma)
	if v == start || v == start+1 && u.is(start, kindConj) || v > 0 && u.is(v-1, kindComma) && v-1 == start {
		// "According to X, …"
		c := next
		if comma {
			c++
		}
		end = u.contentEnd(c, v)
		if end <= c {
			return a, 0, false
		}
		a.parts = []part{u.tokens(c, end)}
		return a, end, true
	}
	from := u.clauseStart(v, start)
	a.parts = []part{u.tokens(from, v)}
	end = a.after
	if comma && next+1 < len(u.chunks) && u.is(v-1, kindComma) && !u.hasFinite(from, v) {
		// "The plan, according to X, would …"
		end = u.contentEnd(next+1, v)
		a.parts = append(a.parts, u.tokens(next+1, end))
	}
	return a, end, true
}

// personNamed reports whether the noun phrase at chunk i is a person's name.
func (u *unit) personNamed(i int) bool {
	if !u.is(i, kindNP) {
		return false
	}
	k := u.p.named[u.chunks[i].head]
	return k != 0 && u.p.pass.Set.Mentions[k-1].Type == annotation.Person
}

// tokens makes a part of the chunks [i, j).
func (u *unit) tokens(i, j int) part {
	if i >= j {
		return part{0, 0, -1}
	}
	return part{u.chunks[i].first, u.chunks[j-1].last, -1}
}

func (u *unit) hasFinite(i, j int) bool {
	for ; i < j; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite && !u.relativeClause(i) || u.contracted(i) {
			return true
		}
	}
	return false
}

// reports reports whether a verb of saying stands in the chunks [i, j).
func (u *unit) reports(i, j int) bool {
	for ; i < j; i++ {
		if c := u.chunks[i].cue; c != nil && u.chunks[i].finite && !c.weak && c.frames&frameQuote != 0 {
			return true
		}
	}
	return false
}

// clauseStart returns the chunk, not before start, where the clause that ends
// before chunk v begins.
func (u *unit) clauseStart(v, start int) int {
	for i := v - 2; i > start; i-- {
		if u.is(i, kindComma) && u.is(i+1, kindConj) && u.norm(i+1) == "but" && u.hasFinite(i, v) && u.reports(start, i) {
			return i + 2
		}
	}
	for start < v && (u.is(start, kindConj) || u.is(start, kindComma)) {
		start++
	}
	return start
}

// verbCue attributes by the verb group at chunk v. It returns the chunk after
// what it used.
func (u *unit) verbCue(v, start int) (a attr, end int, ok bool) {
	g := &u.chunks[v]
	if g.passive {
		return u.passiveCue(v, start)
	}
	s, ok := u.subjectOf(v)
	if g.part && !g.finite {
		return a, 0, false
	}
	if !ok {
		if !g.finite {
			return a, 0, false
		}
		// "…, said Smith." after a clause.
		if g.cue.frames&frameParen != 0 && u.is(v-1, kindComma) && u.hasFinite(start, v) {
			if s, ok := u.subjectAfter(v + 1); ok && u.personLike(&s) {
				a = u.attr(s, v, v+1, s.to, "inverted-statement")
				a.parts = []part{u.tokens(u.clauseStart(v, start), v)}
				return a, s.to, true
			}
		}
		return a, 0, false
	}
	if !u.speaks(&s, g) {
		return a, 0, false
	}
	if a, end, ok := u.parenthetical(v, start, s); ok {
		return a, end, true
	}
	c, cueEnd, frame := u.content(v)
	if frame == 0 {
		return a, 0, false
	}
	if g.cue.weak && frame != frameThat && frame != frameQuote && frame != frameWh && !(u.personLike(&s)) {
		return a, 0, false
	}
	end = u.contentEnd(c, v)
	switch frame {
	case frameNoun, frameTo:
		end = u.subordinateEnd(c, u.objectEnd(c, end))
	case framePrep:
		end = u.subordinateEnd(c, u.objectEnd(c, end))
	}
	switch {
	case s.from > v:
		// "Lamenting their luck, miners …": up to the main clause.
		for i := c; i < min(end, s.from); i++ {
			if u.is(i, kindComma) {
				end = i
			}
		}
	case u.subordinate(s.from):
		end = u.subordinateEnd(c, end)
	case s.relative:
		// "Lee, who wanted to leave, said": the main clause goes on.
		for i := c; i < end; i++ {
			if u.is(i, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].finite {
				end = i
			}
		}
	}
	if end <= c {
		return a, 0, false
	}
	a = u.attr(s, v, cueEnd, c, frameRule(frame))
	a.parts = []part{u.tokens(c, end)}
	if g.negated && g.cue.stance == annotation.Asserts {
		a.sure = false
	}
	return a, end, true
}

func frameRule(f frame) string {
	switch f {
	case frameThat:
		return "that"
	case frameBare:
		return "bare"
	case frameWh:
		return "wh"
	case frameTo:
		return "infinitive"
	case frameNoun:
		return "object"
	case frameAs:
		return "as"
	case frameIng:
		return "gerund"
	case framePrep:
		return "preposition"
	}
	return "mixed"
}

// speaks reports whether s can be the source of the verb group g.
func (u *unit) speaks(s *source, g *chunk) bool {
	t := &u.p.tags[s.head]
	n := u.p.toks[s.head].Norm
	if s.relative {
		return true
	}
	switch n {
	case "i", "we", "you", "there", "what", "nothing", "everything", "something":
		return false
	case "this", "that", "these", "those", "it":
		return g.cue.frames&(frameThat|frameQuote) != 0 && !g.cue.weak
	}
	if g.ing && !g.finite && showing(g.cue.lemma) && !u.p.lx.acts[n] {
		// "…, underscoring the gravity": the article's own reading, unless
		// the clause is one of speech.
		return u.speechBefore(g)
	}
	if u.personLike(s) || t.class == 'c' {
		return true
	}
	if t.tag == tagNum {
		return true
	}
	if showing(g.cue.lemma) {
		return false
	}
	return g.cue.frames&(frameThat|frameBare) != 0 && !g.cue.weak
}

// showing names verbs whose subject may be any circumstance: then nobody says
// anything.
func showing(lemma string) bool {
	switch lemma {
	case "underscore", "underline", "highlight", "signal", "suggest", "indicate", "show", "prove", "demonstrate",
		"illustrate", "reflect", "reveal", "imply", "seek", "want", "aim", "hope", "mark", "provide", "require", "allow":
		return true
	}
	return false
}

// speechBefore reports whether the clause before the participle g has a verb of
// saying.
func (u *unit) speechBefore(g *chunk) bool {
	i := u.chunkAt(g.first)
	for j := i - 1; j >= 0; j-- {
		c := &u.chunks[j]
		if c.kind == kindVG && c.finite {
			return c.cue != nil && !c.cue.weak && c.cue.frames&(frameThat|frameQuote) != 0 && !c.passive
		}
	}
	return false
}

// parenthetical reads "X, she said" and "X, she said, Y" with the verb group
// at v: the content stands before the subject.
func (u *unit) parenthetical(v, start int, s source) (a attr, end int, ok bool) {
	g := &u.chunks[v]
	if g.cue.frames&frameParen == 0 || s.relative || !g.finite {
		return a, 0, false
	}
	asWord := false
	f := s.from
	if f-1 >= start && u.is(f-1, kindPrep) && u.norm(f-1) == "as" {
		asWord = true
		f--
	}
	// What follows the verb: adjuncts, then a comma, a mark or the end.
	e := u.skipAdjuncts(v + 1)
	if g.cue.lemma == "put" {
		if !u.is(v+1, kindNP) || u.headNorm(v+1) != "it" {
			return a, 0, false
		}
		e = u.skipAdjuncts(v + 2)
	}
	atEnd := e >= len(u.chunks) || u.is(e, kindStop) || u.is(e, kindComma) || u.is(e, kindSemi) || u.is(e, kindDash) ||
		u.is(e, kindConj) && e == v+1 || u.is(e, kindQuote) && e > v+1
	if !atEnd {
		return a, 0, false
	}
	if asWord && f <= start+1 {
		// "As Smith said, X."
		if !u.is(e, kindComma) || g.cue.frames&(frameThat|frameBare) == 0 && g.cue.lemma != "put" || !u.personLike(&s) && u.p.tags[s.head].class != 'c' {
			return a, 0, false
		}
		end = u.contentEnd(e+1, v)
		a = u.attr(s, v, v+1, e, "as-said")
		a.parts = []part{u.tokens(e+1, end)}
		return a, end, end > e+1
	}
	if f-1 < start || !(u.is(f-1, kindComma) || u.is(f-1, kindDash)) {
		return a, 0, false
	}
	from := u.clauseStart(f, start)
	if u.is(e, kindComma) && e+1 < len(u.chunks) && u.goesOn(from, f-1, e+1) {
		end = u.contentEnd(e+1, v)
		a = u.attr(s, v, v+1, e, "inserted")
		a.parts = []part{u.tokens(from, f-1), u.tokens(e+1, end)}
		return a, end, true
	}
	if !u.hasFinite(from, f-1) {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, e, "after")
	a.parts = []part{u.tokens(from, f-1)}
	return a, e, true
}

// goesOn reports whether the chunks from i on complete the clause begun in
// [from, to): it has no verb yet, or the rest begins with one or with a phrase.
func (u *unit) goesOn(from, to, i int) bool {
	if !u.hasFinite(from, to) {
		return true
	}
	for k := from; k < min(from+2, to); k++ {
		if u.is(k, kindSub) {
			return true // "Even if it fails, she said, it …"
		}
	}
	switch u.chunks[i].kind {
	case kindVG:
		// ", she said, adding …" begins something new.
		return u.chunks[i].cue == nil
	case kindConj, kindWh:
		return u.norm(i) != "but"
	case kindPrep, kindThat:
		return true
	case kindSub:
		return u.norm(i) != "while" && u.norm(i) != "although" && u.norm(i) != "though"
	}
	return false
}

// skipAdjuncts passes over what may stand between a verb of saying and the end
// of its clause or its content: a time, a medium, an addressee.
func (u *unit) skipAdjuncts(i int) int {
	for i < len(u.chunks) {
		switch {
		case u.is(i, kindAdv), u.isTime(i):
			i++
		case u.is(i, kindPrep) && u.nominal(i+1):
			switch u.norm(i) {
			case "as", "after", "before", "since", "until":
				if u.is(i+2, kindVG) && u.chunks[i+2].finite {
					return i // a clause: "as he left"
				}
			}
			i += 2
		case u.is(i, kindNP) && u.is(i-1, kindVG) && u.chunks[i-1].cue != nil && u.chunks[i-1].cue.frames&frameAddressee != 0:
			i++
		default:
			return i
		}
	}
	return i
}

// content finds where the content of the verb group at v begins, and the
// frame it is in. cueEnd is the chunk after the cue.
func (u *unit) content(v int) (c, cueEnd int, f frame) {
	g := &u.chunks[v]
	fr := g.cue.frames
	i := v + 1
	cueEnd = v + 1
	for u.is(i, kindAdv) {
		i++
	}
	if i >= len(u.chunks) {
		return 0, 0, 0
	}
	// A that-clause or question may follow adjuncts and an addressee.
	for j, n := i, 0; j < len(u.chunks) && n < 14; j, n = j+1, n+1 {
		switch {
		case u.is(j, kindThat) && fr&frameThat != 0:
			if j > i && u.is(j-1, kindNP) && !u.addressee(v, i, j) && !u.isTime(j-1) && !u.adjunct(j-2) {
				break // "the plan that": a relative clause
			}
			if j > i && u.is(j+1, kindVG) && u.chunks[j+1].finite && u.nominal(j-1) {
				break
			}
			return j, cueEnd, frameThat
		case fr&frameWh != 0 && (u.is(j, kindWh) || u.is(j, kindSub) && whWord(u.norm(j))):
			if j == i || u.addressee(v, i, j) {
				return j, cueEnd, frameWh
			}
		case u.is(j, kindQuote) && j == i:
			if fr&(frameQuote|frameNoun|frameBare|frameAs) != 0 {
				return j, cueEnd, frameQuote
			}
		}
		k := u.chunks[j].kind
		if k != kindNP && k != kindPrep && k != kindAdv && !(k == kindComma && j > i) {
			break
		}
	}
	if u.is(i, kindVG) && u.chunks[i].infinitive && fr&frameTo != 0 {
		switch u.headNorm(i) {
		case "named", "identified", "quoted":
			return 0, 0, 0 // "asked not to be named"
		}
		return i, cueEnd, frameTo
	}
	if u.is(i, kindVG) && u.chunks[i].ing && fr&frameIng != 0 {
		return i, cueEnd, frameIng
	}
	if u.is(i, kindPrep) && slices.Contains(g.cue.preps, u.norm(i)) && i+1 < len(u.chunks) {
		if u.headNorm(i+1) == "condition" || u.headNorm(i+1) == "anonymity" || u.isTime(i+1) {
			return 0, 0, 0
		}
		return i + 1, i + 1, framePrep
	}
	// "accused Smith of", "thanked them for": the preposition leads to it.
	if u.nominal(i) && fr&framePrep != 0 && fr&frameAddressee != 0 && fr&frameNoun == 0 && u.is(i+1, kindPrep) && slices.Contains(g.cue.preps, u.norm(i+1)) && i+2 < len(u.chunks) {
		return i + 2, cueEnd, framePrep
	}
	if u.nominal(i) && fr&framePrep != 0 && fr&frameAddressee != 0 && fr&frameNoun == 0 && u.is(i+1, kindComma) {
		// "accused Lee, who was away, of it"
		for k := i + 2; k < len(u.chunks)-2 && k < i+16; k++ {
			if u.is(k, kindComma) {
				if u.is(k+1, kindPrep) && slices.Contains(g.cue.preps, u.norm(k+1)) {
					return k + 2, cueEnd, framePrep
				}
				break
			}
		}
	}
	j := u.skipAdjuncts(i)
	told := g.cue.lemma == "tell" && u.is(i, kindNP) // somebody must be told
	if fr&frameBare != 0 && u.is(i, kindVG) && u.chunks[i].finite && u.nominal(v-1) && (u.is(v-2, kindWh) || u.is(v-2, kindThat)) {
		return i, cueEnd, frameBare // "which officials say operates"
	}
	if fr&frameBare != 0 {
		for _, k := range [...]int{i, j} {
			if u.clauseAt(k) && !(told && k == i) {
				return k, cueEnd, frameBare
			}
		}
		if fr&frameAddressee != 0 && u.nominal(i) && u.clauseAt(i+1) {
			return i + 1, cueEnd, frameBare
		}
	}
	if fr&frameTo != 0 && fr&frameAddressee != 0 && u.nominal(i) {
		if k := u.phraseEnd(i + 1); u.is(k, kindVG) && u.chunks[k].infinitive {
			return i, cueEnd, frameTo
		}
	}
	if fr&frameTo != 0 && u.nominal(i) {
		if k := u.phraseEnd(i + 1); u.is(k, kindVG) && u.chunks[k].infinitive {
			return i, cueEnd, frameTo
		}
	}
	if u.chunks[v].infinitive {
		return 0, 0, 0
	}
	if fr&frameAs != 0 && u.is(i, kindPrep) && u.norm(i) == "as" && i+1 < len(u.chunks) {
		return i + 1, i + 1, frameAs // "an attack that officials described as"
	}
	if fr&frameNoun != 0 && fr&frameIng == 0 && u.is(i, kindVG) && u.describing(i) && u.nominal(i+1) {
		return i, cueEnd, frameNoun // "mentioned disparaging remarks"
	}
	if fr&(frameNoun|frameAs) != 0 && (u.nominal(i) || u.is(i, kindAdj)) && !u.isTime(i) {
		if fr&frameNoun == 0 {
			if k := u.phraseEnd(i + 1); u.is(k, kindPrep) && u.norm(k) == "as" {
				return i, cueEnd, frameAs
			}
			return 0, 0, 0
		}
		return i, cueEnd, frameNoun
	}
	if fr&frameNoun != 0 && j > i && (u.isTime(i) || u.is(i, kindPrep) && u.adjunct(i)) && u.nominal(j) {
		return j, cueEnd, frameNoun // "announced on Friday the arrest"
	}
	return 0, 0, 0
}

// describing reports whether the verb group at i, after another, is a participle
// that describes the noun after it: "jointly owned drones".
func (u *unit) describing(i int) bool {
	g := &u.chunks[i]
	return !g.infinitive && !g.modal && g.last-g.first <= 2 && (g.ing || g.part || u.p.tags[g.head].forms&formPart != 0)
}

// addressee reports whether the chunks [i, j) after the verb group at v are
// adjuncts and the one who is told.
func (u *unit) addressee(v, i, j int) bool {
	g := u.chunks[v].cue
	for k := i; k < j; k++ {
		switch {
		case u.is(k, kindNP):
			if k == i && g.frames&frameAddressee == 0 && !u.isTime(k) {
				return false
			}
		case u.is(k, kindPrep), u.is(k, kindAdv), u.is(k, kindComma):
		default:
			return false
		}
	}
	return true
}

func whWord(s string) bool {
	switch s {
	case "if", "whether", "how", "why", "when", "where":
		return true
	}
	return false
}

// phraseEnd passes over the post-modifiers of a noun phrase that ends before
// chunk i.
func (u *unit) phraseEnd(i int) int {
	for u.is(i, kindPrep) && u.nominal(i+1) {
		i += 2
	}
	return i
}

// clauseAt reports whether a clause begins at chunk i: a subject and then a
// finite verb, with nothing but modifiers between.
func (u *unit) clauseAt(i int) bool {
	if u.is(i, kindSub) && u.norm(i) == "if" || u.is(i, kindComma) {
		return false
	}
	if u.is(i, kindPrep) && u.nominal(i+1) {
		// "said in the past he had …"
		return false
	}
	if !u.is(i, kindNP) && !u.phraseQuote(i) && !(u.is(i, kindConj) && u.norm(i) == "both") {
		return false
	}
	if u.is(i, kindNP) && u.isTime(i) {
		return false
	}
	if u.contracted(i) {
		return true
	}
	commas := 0
	for j := i + 1; j < len(u.chunks) && j < i+24; j++ {
		switch u.chunks[j].kind {
		case kindVG:
			if u.chunks[j].finite {
				if u.relativeClause(j) {
					continue
				}
				// "kept ties, the talks stalled": a new clause after the comma;
				// "made an offer and left": a second verb.
				return commas%2 == 0 && !u.is(j-1, kindConj)
			}
			if u.chunks[j].infinitive {
				return false
			}
		case kindComma:
			commas++
		case kindPrep:
			switch u.norm(j) {
			case "after", "before", "since", "until", "as":
				return false // a clause of time: "the death after posts spread"
			}
		case kindNP, kindAdv, kindAdj, kindOpen, kindClose, kindWh, kindThat, kindConj, kindDash:
		case kindQuote:
			// The verb stands between the marks: he said taxes "will rise".
			if !u.phraseQuote(j) || j+1 >= len(u.chunks) || u.is(j+1, kindStop) {
				return true
			}
		default:
			return false
		}
	}
	return false
}

// contracted reports whether the noun phrase at chunk i holds its verb: they're.
func (u *unit) contracted(i int) bool {
	if !u.isPronoun(i) {
		return false
	}
	n := u.headNorm(i)
	for k := 1; k < len(n); k++ {
		if n[k] == '\'' {
			return true
		}
	}
	return false
}

// contentEnd returns the chunk after the content that begins at chunk c, which
// the verb group at v introduces.
func (u *unit) contentEnd(c, v int) int {
	depth := 0
	for i := c; i < len(u.chunks); i++ {
		if i >= u.limit {
			return i
		}
		ch := &u.chunks[i]
		switch ch.kind {
		case kindOpen:
			depth++
		case kindClose:
			if depth == 0 {
				return i
			}
			depth--
		case kindSemi:
			return i
		case kindStop:
			if i == len(u.chunks)-1 || u.p.toks[ch.first].Norm != "..." && u.p.toks[ch.first].Norm != "…" {
				return i
			}
		case kindQuote:
			if u.p.done[ch.quote] && i > c {
				return i
			}
			q := &u.p.quotes[ch.quote]
			// A quotation that ends the sentence ends the content.
			if u.p.endsPunct(q) && u.p.toks[q.last-1].Norm == "." {
				return i + 1
			}
			if u.p.endsPunct(q) && u.p.toks[q.last-1].Norm == "," && i+1 < len(u.chunks) && u.newClause(i+1, v) {
				return i + 1
			}
		case kindComma:
			if i > c && u.newClause(i+1, v) {
				return i
			}
		case kindDash:
			if i > c && (u.is(i+1, kindConj) && u.cueClause(i+2) || u.cueClause(i+1)) {
				return i
			}
		case kindConj:
			if i > c && !u.is(i-1, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].cue != nil && !u.chunks[i+1].cue.weak && u.chunks[i+1].finite && u.sameForm(v, i+1) {
				return i
			}
		}
	}
	return len(u.chunks)
}

// subordinate reports whether the clause whose subject begins at chunk i hangs
// on a conjunction that opens the sentence: "After aides said that …, he …".
func (u *unit) subordinate(i int) bool {
	if i < 1 || i > 3 {
		return false
	}
	switch u.chunks[i-1].kind {
	case kindSub:
		return true
	case kindPrep:
		switch u.norm(i - 1) {
		case "after", "before", "since", "until", "as":
			return true
		}
	}
	return false
}

// subordinateEnd returns where the content of such a clause ends: at the comma
// before the subject and verb of the main clause.
func (u *unit) subordinateEnd(c, end int) int {
	for i := c + 1; i < end; i++ {
		if u.is(i, kindComma) && u.nominal(i+1) && u.verbSoon(i+2) {
			return i
		}
	}
	return end
}

// objectEnd returns where content that is a noun phrase or infinitive ends,
// at most at chunk end: before a relative clause set off by a comma, or the
// clause of a conjunction.
func (u *unit) objectEnd(c, end int) int {
	last := c // chunk of the last quotation: what is quoted is content
	for i := c; i < end; i++ {
		if u.is(i, kindQuote) {
			last = i
		}
	}
	for i := last + 1; i < end; i++ {
		switch u.chunks[i].kind {
		case kindDash:
			return i
		case kindConj:
			j := i + 1
			for u.is(j, kindAdv) {
				j++
			}
			if u.is(j, kindVG) && u.chunks[j].finite {
				return i // "asked about the scandal and left"
			}
		case kindComma:
			if u.is(i+1, kindWh) && i+1 < end || u.is(i+1, kindVG) && u.chunks[i+1].ing {
				return i
			}
		case kindSub:
			switch u.norm(i) {
			case "after", "because", "while", "when", "although", "though", "as", "so":
				return i
			}
		case kindPrep:
			// "attacked the plan on Friday", "… during a debate": when and
			// where it was said.
			switch u.norm(i) {
			case "during", "after", "before", "amid", "while", "since", "despite":
				return i
			case "on", "in", "at":
				if u.adjunct(i) {
					return i
				}
			}
		}
	}
	return end
}

// sameForm reports whether the verb groups at v and w are inflected alike, so
// that "and" joins the two rather than two verbs inside the content.
func (u *unit) sameForm(v, w int) bool {
	a, b := &u.p.tags[u.chunks[v].head], &u.p.tags[u.chunks[w].head]
	return a.forms&b.forms&(formPast|formS) != 0 && !u.chunks[v].modal && !u.chunks[w].modal
}

// newClause reports whether what follows a comma, from chunk i, leaves the
// content: another attribution or a contrast.
func (u *unit) newClause(i, v int) bool {
	if i >= len(u.chunks) {
		return false
	}
	ch := &u.chunks[i]
	switch ch.kind {
	case kindVG:
		if ch.cue != nil && !ch.cue.weak && ch.ing {
			return true
		}
		return u.isAccording(i)
	case kindConj:
		w := u.norm(i)
		if w == "but" || w == "yet" {
			return true
		}
		if u.is(i+1, kindSub) {
			// "and when pressed, the minister replied"
			for k := i + 2; k < len(u.chunks) && k < i+14; k++ {
				if u.is(k, kindComma) && u.cueClause(k+1) {
					return true
				}
			}
		}
		j := i + 1
		for u.is(j, kindAdv) {
			j++
		}
		if u.is(j, kindVG) && u.chunks[j].cue != nil && !u.chunks[j].cue.weak && u.sameForm(v, j) {
			return true
		}
		return u.cueClause(i + 1)
	case kindSub:
		switch u.norm(i) {
		case "although", "though", "while", "whereas":
			return true
		}
	case kindPrep:
		w := u.norm(i)
		return w == "as" && u.cueClause(i+1)
	case kindAdv:
		return u.newClause(i+1, v)
	}
	return false
}

// cueClause reports whether a clause of saying begins at chunk i: a subject
// and soon a verb that attributes.
func (u *unit) cueClause(i int) bool {
	if !u.nominal(i) {
		return false
	}
	for k := i + 1; k < len(u.chunks) && k < i+8; k++ {
		switch u.chunks[k].kind {
		case kindVG:
			g := &u.chunks[k]
			return g.finite && g.cue != nil && g.cue.frames&frameQuote != 0 && !g.cue.weak
		case kindNP, kindPrep, kindAdv, kindAdj:
		default:
			return false
		}
	}
	return false
}

// passiveCue reads "is expected to", "was accused by X of", "it is believed".
func (u *unit) passiveCue(v, start int) (a attr, end int, ok bool) {
	g := &u.chunks[v]
	// "was quoted as saying" is read at "saying".
	s, ok := u.subjectBefore(v)
	if !ok || s.from < start {
		return a, 0, false
	}
	if u.is(v+1, kindThat) && u.p.toks[s.head].Norm == "it" && expecting(g.cue.lemma) {
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
	if u.is(j, kindPrep) && u.norm(j) == "by" && u.nominal(j+1) && !g.cue.weak {
		ch := &u.chunks[j+1]
		last, k := u.describe(j+2, ch.last)
		by := source{first: ch.first, last: last, head: ch.head, from: j + 1, to: k}
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

// nounCue reads "X's claim that …", "the allegation that …", "Smith's call
// for …" with the noun phrase at chunk v.
func (u *unit) nounCue(v int) (a attr, end int, ok bool) {
	ch := &u.chunks[v]
	c := u.p.lx.nounCues[u.p.toks[ch.head].Norm]
	if c == nil || u.p.tags[ch.head].tag != tagNoun {
		return a, 0, false
	}
	i := v + 1
	var from int
	switch {
	case u.is(i, kindThat) && c.frames&frameThat != 0 && i+1 < len(u.chunks) && !(u.is(i+1, kindVG)):
		from = i
	case u.is(i, kindVG) && u.chunks[i].infinitive && c.frames&frameTo != 0:
		from = i
	case u.is(i, kindPrep) && (slices.Contains(c.preps, u.norm(i)) || u.norm(i) == "to" && c.frames&frameTo != 0) && i+1 < len(u.chunks):
		from = i + 1
	default:
		return a, 0, false
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
	if v != 1 || !u.is(0, kindPrep) || u.norm(0) != "in" || !u.is(v+1, kindComma) {
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
	if u.p.tags[h].tag != tagName && u.p.lx.classes[u.p.toks[h].Norm] == classNone {
		return s, false
	}
	return source{first: first, last: ch.head, head: h, from: v, to: v}, true
}

// nounContentEnd is contentEnd for content that hangs on a noun: it ends also
// where the clause that holds the noun goes on.
func (u *unit) nounContentEnd(c, v int) int {
	end := u.contentEnd(c, v)
	verbs := 0
	that := u.is(c, kindThat)
	if that {
		verbs = 1
	}
	outer := false // the clause of the noun has its verb before the noun
	for i := v - 1; i >= 0; i-- {
		if u.is(i, kindVG) && u.chunks[i].finite {
			outer = true
		}
		if u.is(i, kindComma) || u.is(i, kindSemi) {
			break
		}
	}
	for i := c; i < end; i++ {
		switch u.chunks[i].kind {
		case kindVG:
			if !u.chunks[i].finite || u.relativeClause(i) {
				continue
			}
			if verbs == 0 && !outer {
				return i
			}
			verbs--
		case kindComma:
			if i > c && !that {
				return i
			}
		}
	}
	return end
}
