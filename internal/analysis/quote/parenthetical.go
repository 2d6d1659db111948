package quote

// parenthetical reads "X, she said" and "X, she said, Y" with the verb group
// at v: the content stands before the subject.
func (u *unit) parenthetical(v, start int, s source) (a attr, end int, ok bool) {
	g := &u.chunks[v]
	if g.cue.frames&frameParen == 0 || s.relative || !g.finite {
		return a, 0, false
	}
	if l := g.cue.lemma; (l == "find" || l == "show") && u.p.lx.classes.Get(u.p.toks[s.head].Norm) != classDoc && !u.foundAtEnd(v, l, &s) {
		return a, 0, false // "…, a study found", not "…, chemicals found in soap"
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
		u.is(e, kindConj) && e == v+1 || u.is(e, kindQuote) && e > v+1 || u.circumstance(e)
	for k := v + 1; k < e && atEnd; k++ {
		if u.is(k, kindPrep) && u.norm(k) == "to" && u.is(k+1, kindQuote) {
			atEnd = false // "told her to 'plan ahead'"
		}
	}
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
	if f-1 >= start && u.is(f-1, kindQuote) && u.p.never[u.chunks[f-1].quote] && u.p.lastMark(&u.p.quotes[u.chunks[f-1].quote]) == "," {
		// "She never said 'I resign,' her lawyer said."
		a = u.attr(s, v, v+1, e, "after")
		a.parts = []part{u.tokens(u.clauseStart(f, start), f)}
		return a, e, true
	}
	if f-1 < start || !(u.is(f-1, kindComma) || u.is(f-1, kindDash)) {
		return a, 0, false
	}
	if u.is(f-2, kindSub) && u.is(e, kindComma) && u.clauseAt(e+1) {
		// "walked home because, he said, nobody had told him not to, died"
		end = u.contentEnd(e+1, v)
		for i := e + 2; i < end; i++ {
			if u.is(i, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].finite {
				end = i
			}
		}
		a = u.attr(s, v, v+1, e, "inserted")
		a.parts = []part{u.tokens(e+1, end)}
		return a, end, true
	}
	from := u.clauseStart(f, start)
	if asWord && u.deniesSpeech(from, f-1) {
		return a, 0, false // "Lee never claimed, as the ministry said, to speak for them"
	}
	if u.is(e, kindComma) && e+1 < len(u.chunks) && u.goesOn(from, f-1, e+1) {
		end = u.contentEnd(e+1, v)
		a = u.attr(s, v, v+1, e, "inserted")
		a.parts = []part{u.tokens(from, f-1), u.tokens(e+1, end)}
		return a, end, true
	}
	if !u.hasFinite(from, f-1) && !u.is(from, kindQuote) && !u.quotedBefore(from, f-1) {
		return a, 0, false
	}
	if t := &u.p.tags[s.head]; t.tag == tagNoun && t.class != 'p' && t.class != 'g' && t.class != 'c' && u.p.lx.classes.Get(u.p.toks[s.head].Norm) == classNone && u.p.named[s.head] == 0 && !t.plural {
		if n := u.p.toks[s.head].Norm; n == "thing" || n == "part" || n == "word" || n == "sentence" {
			return a, 0, false // "It was, one had to admit, the truest thing said all day"
		}
	}
	if u.title && g.cue.frames&(frameThat|frameBare) == 0 {
		return a, 0, false // "41 rescued, captain questioned"
	}
	if u.is(from, kindVG) && (u.is(from+1, kindSub) || u.is(from+1, kindWh)) && (!u.chunks[from].finite || u.norm(from) == "asked" || u.norm(from) == "pressed") {
		return a, 0, false // "Asked if it would appeal, Lee laughed"
	}
	a = u.attr(s, v, v+1, e, "after")
	a.parts = []part{u.tokens(from, f-1)}
	return a, e, true
}

// foundAtEnd reports whether "have found" or "found" at v ends its sentence and tells what
// people whose work it is have found: "…, researchers have found."
func (u *unit) foundAtEnd(v int, lemma string, s *source) bool {
	if lemma != "find" || !u.is(s.from-1, kindComma) || v+1 < len(u.chunks) && !u.is(v+1, kindStop) {
		return false
	}
	switch c := u.p.lx.classes.Get(u.p.toks[s.head].Norm); c {
	case classRole, classOrg:
		return true
	}
	return false
}

// circumstance reports whether a clause that tells when something was said begins
// at chunk i: "…, economists said as they cut their forecasts".
func (u *unit) circumstance(i int) bool {
	switch {
	case u.is(i, kindPrep), u.is(i, kindSub):
		switch u.norm(i) {
		case "as", "after", "before", "when", "while":
			return u.is(i+1, kindNP) && u.verbSoon(i+2)
		}
	}
	return false
}

// quotedBefore reports whether a quotation that nothing attributes yet stands
// between the words in the chunks [i, v): its verb may be within the marks.
func (u *unit) quotedBefore(i, v int) bool {
	if !u.nominal(i) {
		return false
	}
	for k := i + 1; k < v; k++ {
		if u.is(k, kindQuote) && !u.p.done[u.chunks[k].quote] {
			return true
		}
	}
	return false
}

// goesOn reports whether the chunks from i on complete the clause begun in
// [from, to): it has no verb yet, or the rest begins with one or with a phrase.
func (u *unit) goesOn(from, to, i int) bool {
	if u.is(i, kindVG) && u.chunks[i].ing && u.chunks[i].cue != nil && u.quotes(&u.chunks[i]) && u.chunks[i].cue.frames&(frameThat|frameBare) != 0 {
		return false // "At one point, Lee interrupted, saying …"
	}
	if !u.hasFinite(from, to) {
		return true
	}
	for k := from; k < min(from+2, to); k++ {
		if u.is(k, kindSub) {
			return true // "Even if it fails, she said, it …"
		}
	}
	if v := to - 1; u.is(v, kindVG) && v > from && (u.is(i, kindNP) || u.is(i, kindAdj)) && !u.verbSoon(i+1) {
		return true // "It was, he said, a question of time"
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
