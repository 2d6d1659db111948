package quote

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/token"
	"readout/internal/verb"
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
			if !u.phraseQuote(v) && p.done[ch.quote] && !p.never[ch.quote] {
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
		case kindPrep:
			if a, end, ok := u.perSource(v); ok {
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
			u.relayed(n, &a, end)
			pos = max(pos, end)
		} else if end > 0 {
			pos = max(pos, end) // what was not said
		}
	}
}

// relayed notes the source that what a states, up to chunk end, rests on in its
// turn: "Lee said that, according to a police report, a can was found".
func (u *unit) relayed(n int, a *attr, end int) {
	c := u.chunkAt(a.parts[0].first)
	if c < 0 || a.form == annotation.Mixed {
		return
	}
	if u.is(c, kindThat) {
		c++
	}
	if u.is(c, kindComma) {
		c++
	}
	for i := c; i < end; i++ {
		if !u.isAccording(i) {
			continue
		}
		limit := u.limit
		u.limit = min(limit, end)
		if b, _, ok := u.accordingTo(i, c); ok {
			u.p.addReported(n, b)
		}
		u.limit = limit
		return
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
			if u.is(v-1, kindComma) && v-1 > start && u.hasFinite(start, v) {
				// "…, says the governor."
				if s, ok := u.subjectAfter(v + 1); ok && u.personLike(&s) && (s.to >= len(u.chunks) || u.is(s.to, kindStop) && s.to == len(u.chunks)-1) {
					return v, u.clauseStart(v, start)
				}
			}
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
		if u.is(i-1, kindSemi) || u.is(i-1, kindStop) || u.is(i-1, kindQuote) && u.p.done[u.chunks[i-1].quote] && !u.p.never[u.chunks[i-1].quote] {
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
		if i > 0 && u.chunks[i-1].cue == nil && p.titled(&p.quotes[ch.quote]) {
			continue // "spoke about 'The Long Way to the Sea'": a name, not words of the speaker
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

// titled reports whether a quotation is written like the title of a work, an
// event or a law: three words or more with capitals, only short ones without.
func (p *parser) titled(q *quotation) bool {
	if !p.startsUpper(q) {
		return false
	}
	capitals := 0
	for i := q.first; i < q.last; i++ {
		t := &p.toks[i]
		switch {
		case t.Kind == token.Number:
		case t.Kind != token.Word:
			switch t.Norm {
			case ".", "!", "?", "...", "…", ";":
				return false
			}
		case t.Is(token.Initial) && !t.Is(token.AllUpper):
			capitals++
		case len(t.Norm) > 4:
			return false
		}
	}
	return capitals >= 3
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
	if u.is(v+1, kindQuote) && (!u.phraseQuote(v+1) || v+2 >= len(u.chunks)) {
		return a, 0, false
	}
	s, ok := u.label(v - 1)
	if ok {
		if u.p.lx.headings[u.p.toks[s.head].Norm] {
			return a, 0, false
		}
	}
	if c := &u.chunks[0]; (u.title || u.block == 0) && v == 1 && c.kind == kindNP && c.last-c.first == 1 && u.p.toks[c.first].Is(token.Initial) && !u.p.lx.read(u.p.toks[c.head].Norm).known && !u.p.lx.genres[u.p.toks[c.head].Norm] {
		// A name that no list has.
		s, ok = source{first: c.first, last: c.last, head: c.head, from: 0, to: 1}, true
		u.p.tags[c.head].tag = tagName
	} else if !ok {
		return a, 0, false
	} else if u.p.named[s.head] == 0 {
		if u.p.lx.classes.Get(u.p.toks[s.head].Norm) == classNone {
			return a, 0, false
		}
	}
	if u.title && u.publishes(&s, v+1) {
		return a, 0, false
	}
	if k := u.p.named[s.head]; k != 0 && (u.title || u.block == 0) {
		switch u.p.pass.Set.Mentions[k-1].Type {
		case annotation.Place, annotation.Event:
			return a, 0, false // "Sudan: hospital in El Fasher hit": what it is about
		case annotation.Person:
			switch u.norm(v + 1) {
			case "the", "a", "an", "how", "why", "what", "who", "where", "when":
				if end := len(u.chunks); !u.hasFinite(v+1, end) || !u.is(v+1, kindNP) {
					return a, 0, false // "Ann Lee: the fiddler who would not read music"
				}
			}
		}
	}
	a = u.attr(s, v, v+1, v+1, "label")
	end = len(u.chunks)
	a.parts = []part{{u.chunks[v+1].first, u.chunks[end-1].last, -1}}
	return a, end, true
}

// publishes reports whether the label s of a headline is that of who issues it,
// not of who says what follows from chunk i on: an outlet, or a body before
// words without a verb.
func (u *unit) publishes(s *source, i int) bool {
	switch u.p.naming(s, u.p.mentionOf(s), "") {
	case annotation.Outlet:
		return true
	case annotation.Institution:
		return !u.hasFinite(i, len(u.chunks))
	}
	return false
}

// whoeverDoes reports whether the noun phrase at chunk i is the object in a clause
// that is itself a subject: "Whoever cannot climb the stairs may ask for them".
func (u *unit) whoeverDoes(i int) bool {
	if i < 2 || !u.is(i-1, kindVG) || !u.chunks[i-1].finite || u.chunks[i-1].cue != nil {
		return false
	}
	switch u.headNorm(i - 2) {
	case "whoever", "whichever", "whatever", "anyone", "everyone", "those", "anybody", "everybody":
		return i == 2 || !u.nominal(i-3)
	case "who":
		if i >= 3 && u.is(i-3, kindNP) {
			switch u.headNorm(i - 3) {
			case "those", "anyone", "everyone", "anybody", "everybody", "people":
				return true
			}
		}
	}
	return false
}

// beforeMain returns where, in the chunks [c, end) behind "a witness who said", the
// clause of the witness goes on: before the last predicate, "he saw the car | left
// town". Where there is but one it is that of the witness, and nothing is said: "a
// woman who reported the crime was arrested".
func (u *unit) beforeMain(c, end int) int {
	last, n := end, 0
	for i := c; i < end; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite && !u.relativeClause(i) {
			last = i
			n++
		}
	}
	switch {
	case n < 2:
		return c
	case u.is(last-1, kindConj) || u.is(last-1, kindComma):
		return end
	}
	return last
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
	if g.infinitive && u.bidden(v) {
		return a, 0, false // "called on the government to say why": it has not
	}
	if g.ing && !g.finite && u.unsaid(v) {
		return a, 0, false // "stopped short of saying it would"
	}
	if w := u.governing(v); g.infinitive && w >= 0 && u.silent(w, v) {
		return a, 0, false // "refused to say how much"
	}
	s, ok := u.subjectOf(v)
	if g.part && !g.finite || u.charged(v) >= 0 && g.cue.frames&(frameThat|frameBare) == 0 {
		return a, 0, false // "a driver accused of hitting the girl"
	}
	if ok && u.namesTeller(v, start) {
		ok = false
	}
	if !ok {
		if !g.finite {
			return a, 0, false
		}
		// "…, said Smith." after a clause.
		if s, ok := u.subjectAfter(v + 1); ok && g.cue.frames&frameParen != 0 && u.is(v-1, kindComma) && !u.hasFinite(start, v) && v-1 > start && u.personLike(&s) && u.is(s.to, kindComma) && u.is(s.to+1, kindVG) && u.chunks[s.to+1].finite {
			// "Lee, said the statement, was one of them."
			end = u.contentEnd(s.to+1, v)
			a = u.attr(s, v, v+1, s.to, "inserted")
			a.parts = []part{u.tokens(start, v-1), u.tokens(s.to+1, end)}
			return a, end, true
		}
		if g.cue.frames&frameParen != 0 && u.is(v-1, kindComma) && (u.hasFinite(start, v) || u.quotedBefore(start, v)) {
			if s, ok := u.subjectAfter(v + 1); ok && u.personLike(&s) && !(u.isPronoun(v+1) && u.is(s.to, kindVG)) {
				a = u.attr(s, v, v+1, s.to, "inverted-statement")
				a.parts = []part{u.tokens(u.clauseStart(v, start), v)}
				return a, s.to, true
			}
		}
		return a, 0, false
	}
	if n := wordAt(u.p.toks, g.first-1); n == "neither" || n == "nor" || u.p.toks[g.first].Norm == "neither" {
		return a, 0, false // "neither confirmed nor denied it"
	}
	if u.asked(v) || u.bare(&s, g) || !u.speaks(&s, g) || u.accused(v) || u.whoeverDoes(s.from) {
		return a, 0, false
	}
	if u.is(s.from-1, kindQuote) && u.neverSaying(v) {
		return a, 0, false // "'…,' Lee never said"
	}
	if a, end, ok := u.parenthetical(v, start, s); ok {
		return a, end, true
	}
	if a, end, ok := u.citesAs(v, s); ok {
		return a, end, true
	}
	if a, end, ok := u.putsAt(v, s); ok {
		return a, end, true
	}
	if k, ok := u.answered(&s, g); ok {
		a = u.attr(s, v, v+1, s.to, "answered")
		a.parts = []part{u.tokens(k, k+1)}
		return a, v + 1, true
	}
	c, cueEnd, frame := u.content(v)
	if frame == 0 || g.cue.lemma == "learn" && u.p.naming(&s, u.p.mentionOf(&s), "") != annotation.Outlet {
		return a, 0, false // only outlets give out what they have learned
	}
	if g.negated && (frame == frameWh || frame == framePrep && g.cue.lemma == "comment") && g.cue.stance == annotation.Asserts {
		if frame == frameWh {
			return a, u.contentEnd(c, v), false // "would not say whether the film showed it"
		}
		return a, 0, false // "did not say whether", "would not comment on the sale"
	}
	if (frame == frameNoun || frame == frameTo) && u.is(c, kindNP) && u.headNorm(c) == "anonymity" {
		return a, 0, false // "who requested anonymity to discuss the talks"
	}
	if frame == frameNoun && u.may(v) && withheld(g.cue.lemma) && !u.is(c, kindQuote) {
		return a, 0, false // "could announce a deal": it has not
	}
	if (frame == frameNoun || frame == frameBare) && g.negated && withheld(g.cue.lemma) && !u.is(c, kindQuote) {
		return a, 0, false // "has not confirmed the report": nothing is said
	}
	if frame == frameNoun && u.cites(v) && !u.is(c, kindQuote) && (u.citable(v+1) || u.p.naming(&s, u.p.mentionOf(&s), "") == annotation.Outlet) {
		return a, 0, false // "citing a letter": whose word it is, no statement
	}
	if frame == frameNoun && !u.is(c, kindQuote) && !u.worded(&s, v, c) {
		return a, 0, false
	}
	if g.cue.weak && frame != frameThat && frame != frameQuote && frame != frameWh && !u.personLike(&s) {
		return a, 0, false
	}
	if u.is(c, kindQuote) && u.p.never[u.chunks[c].quote] {
		return a, 0, false // "Lee never said '…'"
	}
	if (frame == frameThat || frame == frameBare || frame == frameQuote || frame == frameTo && g.cue.lemma == "claim") && (u.neverSaying(v) || g.negated && withheld(g.cue.lemma)) {
		return a, u.unsaidEnd(c, v), false // "Lee never said that it was over"
	}
	end = u.contentEnd(c, v)
	switch frame {
	case frameNoun, frameTo:
		whole := end
		end = u.subordinateEnd(c, u.objectEndOf(c, end, g.cue.stance == annotation.Expects && !u.isTime(c+1)))
		if frame == frameTo && end == c+1 && u.is(c, kindNP) && u.is(end, kindPrep) && u.isTime(end+1) && u.is(end+2, kindVG) && u.chunks[end+2].infinitive {
			end = u.subordinateEnd(c, whole) // "told the crowd on Monday to go home"
		}
	case framePrep:
		end = u.subordinateEnd(c, u.objectEnd(c, end))
	case frameQuote:
		if g.cue.lemma == "tell" && c == v+2 && !u.is(c+1, kindVG) {
			end = c + 1
		}
	}
	switch {
	case s.from > v:
		// "Lamenting their luck, miners …": up to the main clause.
		for i := c; i < min(end, s.from); i++ {
			if u.is(i, kindComma) {
				end = i
			} else if u.is(i, kindQuote) && u.p.lastMark(&u.p.quotes[u.chunks[i].quote]) == "," {
				end = i + 1
			}
		}
	case u.subordinate(s.from):
		end = u.subordinateEnd(c, end)
	case u.is(s.from-1, kindSub) && u.is(s.from-2, kindComma) || u.is(s.from-1, kindSub) && u.is(s.from-2, kindConj):
		// "and, when she found that it had, sold the house"
		for i := c + 1; i < end; i++ {
			if u.is(i, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].finite {
				end = i
			}
		}
	case s.relative, u.is(s.from-1, kindWh):
		// "Lee, who wanted to leave, said": the main clause goes on.
		for i := c; i < end; i++ {
			if u.is(i, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].finite {
				end = i
			} else if u.is(i, kindQuote) && u.is(i+1, kindVG) && u.chunks[i+1].finite && u.p.lastMark(&u.p.quotes[u.chunks[i].quote]) == "," {
				end = i + 1
			}
		}
	}
	if s.relative && frame == frameBare && !u.is(s.from-1, kindComma) && !u.hasFinite(start, s.from) {
		if end = u.beforeMain(c, end); end <= c {
			return a, 0, false
		}
	}
	for i := c + 1; i < end; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite {
			if m, ok := u.restricted(i); ok && m.from < min(s.from, v) {
				end = i // "an official who asked them to stop said"
			}
		}
	}
	if l := g.cue.lemma; frame == frameThat && (l == "ask" || l == "request" || l == "insist") {
		for i := c; i < end; i++ {
			if h := u.headNorm(i); (h == "name" || h == "names" || h == "identity") && u.is(i, kindNP) && u.is(i+1, kindVG) || u.is(i, kindVG) && (h == "named" || h == "identified") {
				return a, 0, false // "who asked that her name not be used"
			}
		}
	}
	end = u.ownTeller(c, end)
	if end <= c || u.slight(v, c, end, frame) {
		return a, 0, false
	}
	if frame == frameTo {
		if r := u.p.reason(u.chunks[c].first, u.chunks[end-1].last, &attr{}); !r.Empty() {
			return a, 0, false // "asked us not to publish his name"
		}
	}
	a = u.attr(s, v, cueEnd, c, frameRule(frame))
	a.parts = []part{u.tokens(c, end)}
	for pt := &a.parts[0]; frame == frameBare && pt.first-1 >= u.chunks[v].last && approximate[u.p.toks[pt.first-1].Norm]; {
		pt.first-- // "said at least 40 had drowned"
	}
	if g.negated && g.cue.stance == annotation.Asserts {
		a.sure = false
	}
	return a, end, true
}

// unsaid reports whether the participle at v tells of what nobody said: "without saying",
// "stopped short of saying", "instead of saying", "refrained from saying".
func (u *unit) unsaid(v int) bool {
	if !u.is(v-1, kindPrep) {
		return false
	}
	switch before := wordAt(u.p.toks, u.chunks[v-1].first-1); u.norm(v - 1) {
	case "without":
		return true
	case "of":
		return before == "short" || before == "instead"
	case "from":
		return before == "refrained" || before == "refrain" || before == "far" || before == "stopped"
	}
	return false
}

// bidden reports whether the infinitive at chunk v is what somebody is called upon to do:
// a noun phrase stands before it, the object of such a verb.
func (u *unit) bidden(v int) bool {
	const reach = 7
	if !u.nominal(v - 1) {
		return false
	}
	for i := v - 1; i >= 0 && i > v-reach; i-- {
		switch u.chunks[i].kind {
		case kindNP, kindPrep, kindAdj:
		case kindVG:
			c := u.chunks[i].cue
			return c != nil && (c.frames&frameAddressee != 0 && c.frames&frameTo != 0 || c.lemma == "call" && u.is(i+1, kindPrep))
		default:
			return false
		}
	}
	return false
}

// may reports whether the verb group at v tells of what is only possible.
func (u *unit) may(v int) bool {
	switch u.p.toks[u.chunks[v].first].Norm {
	case "could", "may", "might":
		return true
	}
	return false
}

// asked reports whether the verb group at v stands in a question with which the sentence
// opens, "Asked if he expected to be charged, Lee said".
func (u *unit) asked(v int) bool {
	if !u.is(0, kindVG) || v < 2 {
		return false
	}
	switch u.norm(0) {
	case "asked", "pressed", "questioned", "quizzed":
	default:
		return false
	}
	for i := 1; i < v; i++ {
		if u.is(i, kindComma) {
			return false
		}
	}
	return true
}

// slight reports whether the object in the chunks [c, end) of the verb group at v tells
// nothing: "denied it", "said enough", "told a dispatcher".
func (u *unit) slight(v, c, end int, f frame) bool {
	switch f {
	case frameThat:
		// "disputes that", "disputed that account"
		return end == c+1 || u.is(c, kindThat) && end == c+2 && u.is(c+1, kindNP)
	case frameTo:
		// "an honour he refused to return", "wants to close it"
		if !u.is(c, kindVG) || !u.chunks[c].infinitive || u.chunks[c].last-u.chunks[c].first > 2 || end > c+1 && !(end == c+2 && u.isPronoun(c+1)) {
			return false
		}
		switch u.chunks[v].cue.lemma {
		case "refuse", "want", "expect", "hope", "seek", "wish", "try", "like", "vote":
			return true
		}
		return false
	case frameNoun, framePrep:
	default:
		return false
	}
	if f == frameNoun && u.amount(c) && u.chunks[c].last-u.chunks[c].first == 1 {
		return end == c+1 // "has said little"
	}
	if end != c+1 || !u.is(c, kindNP) {
		return false
	}
	switch u.headNorm(c) {
	case "it", "this", "that", "them", "these", "those", "so", "one":
		return u.chunks[c].last-u.chunks[c].first == 1
	}
	l := u.chunks[v].cue.lemma
	return f == frameNoun && (l == "say" || l == "tell") && u.chunks[c].last-u.chunks[c].first <= 2 && u.p.named[u.chunks[c].head] == 0
}

// namesTeller reports whether a name, and no clause, follows the verb of saying at v after
// the comma that ends a clause: "Omar Diallo, 49, gave himself up on Monday, said Lino
// Dagatan, the chief": what stands before is no subject.
func (u *unit) namesTeller(v, start int) bool {
	g := &u.chunks[v]
	if g.cue.frames&frameParen == 0 || !g.finite || !u.is(v-1, kindComma) || !u.hasFinite(start, v-1) {
		return false
	}
	s, ok := u.subjectAfter(v + 1)
	if !ok || !u.personNamed(v+1) {
		return false
	}
	for i := v + 2; i < s.to; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite && !u.relativeClause(i) {
			return false
		}
	}
	return s.to >= len(u.chunks) || u.is(s.to, kindStop) || u.is(s.to, kindComma) && !u.verbSoon(s.to+1)
}

// ownTeller returns where the content from chunk c to end gives way to what somebody
// whom it names tells in words of their own, up to its end: "accused the court of
// ignoring Lee, who told it that he 'saw nothing'".
func (u *unit) ownTeller(c, end int) int {
	for i := c + 1; i+2 < end; i++ {
		if !u.is(i, kindComma) || !u.is(i+1, kindWh) || u.norm(i+1) != "who" {
			continue
		}
		v := i + 2
		for v < end && u.is(v, kindAdv) {
			v++
		}
		if v >= end || !u.is(v, kindVG) || !u.chunks[v].finite || u.chunks[v].passive || !u.quotes(&u.chunks[v]) {
			continue
		}
		quoted, goesOn := false, false
		for k := v + 1; k < end; k++ {
			quoted = quoted || u.is(k, kindQuote)
			goesOn = goesOn || (u.is(k, kindComma) || u.is(k, kindQuote)) && u.is(k+1, kindVG) && u.chunks[k+1].finite
		}
		if quoted && !goesOn {
			return i
		}
	}
	return end
}

// bare reports whether the verb group g is the base form of a verb after a subject that
// takes another one: it hangs on a modal before, "He could go there and ask her".
func (u *unit) bare(s *source, g *chunk) bool {
	if g.modal || g.infinitive || g.negated || u.title || g.last-g.first != 1 || u.p.toks[g.head].Norm != g.cue.lemma {
		return false
	}
	switch u.p.toks[s.head].Norm {
	case "he", "she", "it":
	default:
		return false
	}
	return !verb.Irregular(g.cue.lemma) && u.p.tags[g.head].forms&formPart == 0
}

// accused reports whether the verb group at v is a participle of what is done to
// somebody rather than a verb of saying: "a man accused of arson". Such a verb in
// the active has its object before the preposition.
func (u *unit) accused(v int) bool {
	g := &u.chunks[v]
	if !u.reduced(v) || !slices.Contains(g.cue.preps, u.norm(v+1)) {
		return false
	}
	switch g.cue.lemma {
	case "accuse", "blame", "praise", "thank", "criticize", "criticise", "condemn", "charge", "suspect", "hail", "denounce":
		return true
	}
	return false
}

// withheld names verbs that, negated, tell that something was not said at all.
func withheld(lemma string) bool {
	switch lemma {
	case "confirm", "verify", "announce", "claim", "disclose", "reveal":
		return true
	}
	return false
}

// worded reports whether the object at chunk c of the verb group at v can be what s
// says: "Rovers recalled a striker" and "Lee showed no emotion" tell what they did.
func (u *unit) worded(s *source, v, c int) bool {
	switch u.chunks[v].cue.lemma {
	case "recall":
		n := u.p.naming(s, u.p.mentionOf(s), "")
		return n != annotation.Institution
	case "show":
		t := &u.p.tags[s.head]
		n := u.p.toks[s.head].Norm
		return t.class != 'p' && n != "he" && n != "she" && n != "they" && !u.personNamed(s.from)
	case "mention", "repeat", "corroborate":
		return !u.isPronoun(c)
	case "call":
		return u.p.toks[u.chunks[c].head].Kind != token.Number && u.p.tags[u.chunks[c].head].tag != tagNum // not "called 999"
	case "dismiss":
		if h := u.headNorm(c); h == "lawsuit" || h == "case" || h == "suit" || h == "appeal" || h == "charges" || h == "charge" || h == "petition" || h == "motion" || h == "indictment" {
			n := u.p.toks[s.head].Norm
			if u.p.lx.classes.Get(n) == classOrg || n == "judge" || n == "judges" || n == "magistrate" || n == "justices" || n == "jury" {
				return false // what a court does
			}
		}
		// not "dismissed two managers"
		return !u.is(c, kindNP) || u.isPronoun(c) || u.p.tags[u.chunks[c].head].class != 'p' || u.is(c+1, kindPrep) && u.norm(c+1) == "as"
	case "hit":
		return !u.isPronoun(c) && u.is(c, kindNP) && u.personAt(c) // not "hit the bar"
	case "verify":
		h := u.headNorm(c)
		return u.p.lx.classes.Get(h) == classDoc || u.p.lx.nounCues[h] != nil // not "verified the footage"
	}
	return true
}

// approximate are words before a number that belong to it.
var approximate = wordSet("approximate")

// speaks reports whether s can be the source of the verb group g.
func (u *unit) speaks(s *source, g *chunk) bool {
	t := &u.p.tags[s.head]
	n := u.p.toks[s.head].Norm
	if s.relative {
		return true
	}
	if n == "version" && earlier[wordAt(u.p.toks, s.head-1)] {
		return false // "An earlier version of this article said": a correction
	}
	switch u.p.toks[s.first].Norm {
	case "no", "none", "nobody":
		return false // "No group claimed responsibility": nobody said anything
	case "neither":
		if s.last-s.first == 1 && u.nominal(s.from-1) {
			return false // "The ministry neither confirmed nor denied it"
		}
		if l := g.cue.lemma; g.modal || l == "say" || l == "tell" || l == "comment" {
			return false // "Neither side would say"
		}
	}
	if v := u.chunkAt(g.first); s.from < v {
		switch n := wordAt(u.p.toks, s.first-1); {
		case n == "nor": // "Neither the doctor nor Ann Lee would say"
			return false
		case (n == "no" || n == "not") && u.p.toks[s.first].Norm == "one": // "No one at the clinic would say"
			return false
		}
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
	if g.cue.lemma == "expect" && u.p.tags[s.head].tag == tagNoun {
		return false // "Storm expected to hit the coast"
	}
	return g.cue.frames&(frameThat|frameBare) != 0 && !g.cue.weak
}

// earlier are the words before "version" that tell of a text before it was corrected.
var earlier = map[string]bool{"earlier": true, "previous": true, "original": true, "prior": true}

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
