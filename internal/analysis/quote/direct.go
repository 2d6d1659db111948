package quote

import (
	"readout/internal/annotation"
	"readout/internal/token"
)

// quotes reports whether the verb group g can introduce a direct quotation.
func (u *unit) quotes(g *chunk) bool {
	if g.kind != kindVG {
		return false
	}
	if g.cue != nil {
		return g.cue.frames&frameQuote != 0
	}
	if u.p.tags[g.head].vclass == 'c' {
		return true
	}
	switch u.p.toks[g.head].Norm { // "shot back", "hit back"
	case "shot", "shoots", "fired", "fires", "hit", "hits":
		return wordAt(u.p.toks, g.last) == "back"
	}
	return false
}

// words counts the words of a quotation.
func (p *parser) words(q *quotation) int {
	n := 0
	for i := q.first; i < q.last; i++ {
		if p.toks[i].Kind == token.Word || p.toks[i].Kind == token.Number {
			n++
		}
	}
	return n
}

// startsUpper reports whether a quotation begins like a sentence.
func (p *parser) startsUpper(q *quotation) bool {
	for i := q.first; i < q.last; i++ {
		if p.toks[i].Kind == token.Word {
			return p.toks[i].Is(token.Initial)
		}
		if p.toks[i].Kind == token.Number {
			return true
		}
	}
	return false
}

// direct attributes the quotations of unit n that stand as utterances of their
// own, with the words around them.
func (p *parser) direct(n int) {
	u := &p.units[n]
	last := -1 // index in p.attrs of this unit's last direct attribution
	for k := range u.chunks {
		if u.chunks[k].kind != kindQuote {
			continue
		}
		qi := u.chunks[k].quote
		if p.done[qi] {
			continue
		}
		q := &p.quotes[qi]
		if u.neverSaid(k) {
			p.unsaid(n, qi)
			continue
		}
		pt := part{q.first, q.last, qi}
		if a, ok := p.speakerLabel(q); ok && !u.attributedAround(k) {
			pt.first = a.cueLast
			last = p.add(n, a, pt, k)
			continue
		}
		utter := u.utterance(k)
		if last >= 0 && p.attrs[last].after <= k && u.onlyAdjuncts(p.attrs[last].after, k) {
			// "…," she said, "…": the same utterance goes on.
			p.take(last, pt)
			continue
		}
		if utter {
			if a, ok := u.followed(k); ok {
				if c := u.chunkAt(a.cueFirst); c >= 0 && u.is(c, kindVG) && u.negates(c) {
					p.unsaid(n, qi) // "'I resign,' Lee never said"
					continue
				}
				if u.nominative(a.src.from) && u.is(k-1, kindColon) {
					// "Lee scolded him: '…,' she said": by name.
					if b, ok := u.introduced(k); ok && u.p.tags[b.src.head].tag != tagPron && u.personLike(&b.src) {
						b.after, b.sure = a.after, a.sure
						b.then, b.thenCue = a.src, [2]int{a.cueFirst, a.cueLast}
						a = b
					}
				}
				last = p.add(n, a, pt, k)
				continue
			}
			if a, ok := u.introduced(k); ok {
				last = p.add(n, a, pt, k)
				continue
			}
		} else if u.p.endsPunct(q) || u.is(k+1, kindComma) {
			// The plan "will fail," Smith said.
			if a, ok := u.followed(k); ok {
				start := 0
				if last >= 0 {
					start = p.attrs[last].after
				}
				last = p.addMixed(n, a, u.clauseStart(k+1, start), k)
			}
		}
	}
}

// attributedAround reports whether words before or after the quotation at chunk k
// say whose it is: then a name and a colon inside are part of what is said.
func (u *unit) attributedAround(k int) bool {
	if u.is(k-1, kindColon) && u.is(k-2, kindVG) && u.chunks[k-2].cue != nil {
		return true
	}
	_, ok := u.followed(k)
	return ok && u.p.lastMark(&u.p.quotes[u.chunks[k].quote]) == ","
}

// addMixed adds an attribution whose content is the clause of chunks [from, k],
// quotations and all.
func (p *parser) addMixed(n int, a attr, from, k int) int {
	u := &p.units[n]
	a.unit, a.form, a.spoken = n, annotation.Mixed, true
	a.parts = []part{{u.chunks[from].first, u.chunks[k].last, -1}}
	for i := from; i <= k; i++ {
		if u.chunks[i].kind == kindQuote {
			p.done[u.chunks[i].quote] = true
		}
	}
	p.attrs = append(p.attrs, a)
	return len(p.attrs) - 1
}

// speakerLabel reads a name and a colon at the beginning of a quotation, as in
// a transcript: "SMITH: I will go."
func (p *parser) speakerLabel(q *quotation) (a attr, ok bool) {
	for i := q.first; i < min(q.last-1, q.first+5); i++ {
		t := &p.toks[i]
		if t.Norm == ":" {
			if i == q.first {
				return a, false
			}
			s := source{first: q.first, last: i, head: i - 1}
			return attr{hasSrc: true, src: s, sure: true, rule: "quote/transcript", stance: annotation.Asserts, cueFirst: i, cueLast: i + 1}, true
		}
		if t.Kind != token.Word && t.Norm != "." || t.Kind == token.Word && !t.Is(token.Initial) {
			return a, false
		}
		if p.named[i] == 0 && !t.Is(token.AllUpper) {
			return a, false
		}
		p.tags[i].tag = tagName
	}
	return a, false
}

func (p *parser) add(n int, a attr, pt part, k int) int {
	a.unit = n
	a.form = annotation.Direct
	a.after = max(a.after, k+1)
	a.sure = a.sure && p.quotes[pt.quote].closed
	p.attrs = append(p.attrs, a)
	p.take(len(p.attrs)-1, pt)
	return len(p.attrs) - 1
}

// utterance reports whether the quotation at chunk k stands as an utterance:
// it begins its sentence, or follows a comma or colon, or begins with a capital
// after a verb of saying.
func (u *unit) utterance(k int) bool {
	q := &u.p.quotes[u.chunks[k].quote]
	if k == 0 {
		return true
	}
	if u.p.endsPunct(q) && u.p.startsUpper(q) && !u.is(k-1, kindPrep) && !(u.is(k-1, kindNP) && u.p.words(q) <= 6) {
		return true
	}
	switch u.chunks[k-1].kind {
	case kindColon, kindQuote, kindStop, kindDash:
		return true
	case kindComma:
		return u.p.startsUpper(q) || u.p.endsPunct(q) || u.p.words(q) > 3
	case kindVG:
		return u.chunks[k-1].cue != nil && u.quotes(&u.chunks[k-1]) && u.p.startsUpper(q) && !u.phraseQuote(k)
	case kindConj:
		return u.p.startsUpper(q) && u.p.words(q) > 2
	}
	return false
}

// onlyAdjuncts reports whether nothing but a comma, a conjunction or adjuncts
// stands in chunks [i, k).
func (u *unit) onlyAdjuncts(i, k int) bool {
	if i < k {
		switch u.chunks[k-1].kind {
		case kindComma, kindColon, kindDash, kindConj, kindAdv, kindStop, kindThat:
		default:
			return false // on its "Morning Show"
		}
	}
	for j := i; j < k; j++ {
		switch u.chunks[j].kind {
		case kindComma, kindAdv, kindColon, kindDash, kindStop, kindConj:
		case kindPrep, kindNP, kindClose, kindOpen:
		case kindVG:
			if u.chunks[j].finite {
				return false
			}
			// "said, pointing at the map, …": still the same speaker,
			// unless it introduces words of its own.
			if u.quotes(&u.chunks[j]) {
				return false
			}
		case kindSub, kindWh, kindThat, kindAdj, kindOther:
		default:
			return false
		}
	}
	return true
}

// followed attributes the quotation at chunk k by what follows it: said Smith;
// Smith said; according to Smith; — Smith.
func (u *unit) followed(k int) (a attr, ok bool) {
	q := &u.p.quotes[u.chunks[k].quote]
	i := k + 1
	ended := u.p.endsPunct(q)
	stopped := ended && u.p.lastMark(q) == "."
	dash := false
	for u.is(i, kindComma) || u.is(i, kindDash) {
		dash = dash || u.is(i, kindDash)
		ended, stopped = true, false
		i++
	}
	if i >= len(u.chunks) {
		return a, false
	}
	for u.is(i, kindAdv) {
		i++
	}
	asWord := u.is(i, kindPrep) && u.norm(i) == "as" && ended
	if asWord {
		i++ // "as Lee put it"
	}
	if u.is(i, kindPrep) && u.norm(i) == "per" && u.nominal(i+1) {
		s, _ := u.subjectAfter(i + 1)
		return u.attr(s, i, i+1, s.to, "according"), s.last > 0
	}
	if g := u.at(i); g != nil && g.kind == kindVG {
		if u.isAccording(i) {
			return u.according(i)
		}
		if (g.finite || g.part) && !g.passive && u.quotes(g) && !(g.cue != nil && g.cue.lemma == "put") && (ended || k == 0) {
			if s, ok := u.subjectAfter(i + 1); ok {
				return u.attr(s, i, i+1, s.to, "inverted"), true
			}
		}
		return a, false
	}
	if u.title && u.is(i, kindColon) && u.nominal(i+1) && u.properSource(i+1) && u.personAt(i+1) && u.p.words(q) > 2 {
		// "'I never wanted this': Lee on leaving", in a headline.
		ch := &u.chunks[i+1]
		s := source{first: ch.first, last: ch.last, head: ch.head, from: i + 1, to: i + 2}
		return u.attr(s, i, i+1, i+2, "label"), true
	}
	if u.is(i, kindColon) && u.nominal(i+1) && answer(u.headNorm(i+1)) {
		// "'I never met him': the minister's reply"
		if s, ok := u.possessor(i + 1); ok {
			a := u.attr(s, i+1, i+2, i+2, "label")
			a.cueLast = a.cueFirst // no word attributes it
			return a, true
		}
	}
	if dash && u.nominal(i) {
		// “…” — Smith, at the end.
		last, j := u.describe(i+1, u.chunks[i].last)
		if _, credit := u.p.outletIn(&u.chunks[i]); j >= len(u.chunks)-1 && u.isSubject(i) && u.properSource(i) && !credit {
			s := source{first: u.chunks[i].first, last: last, head: u.chunks[i].head, from: i, to: j}
			return u.attr(s, i-1, i, j, "dash"), true
		}
	}
	if stopped && !(u.isSubject(i) && u.p.tags[u.chunks[i].head].tag == tagPron) {
		return a, false
	}
	// Smith[, the minister,] said.
	for j := i; j < len(u.chunks) && j < i+30; j++ {
		switch u.chunks[j].kind {
		case kindQuote:
			if !u.phraseQuote(j) {
				return a, false
			}
		case kindSemi, kindStop, kindColon:
			return a, false
		case kindVG:
			g := &u.chunks[j]
			if !g.finite || u.relativeClause(j) || u.participial(j) && (!u.quotes(g) || !u.over(u.skipAdjuncts(j+1), j)) {
				continue // "a person briefed on the call said"
			}
			if g.passive && u.is(j+1, kindVG) && u.chunks[j+1].ing && u.quotes(&u.chunks[j+1]) && u.over(u.skipAdjuncts(j+2), j+1) {
				// "Lee is shown saying"
				s, ok := u.subjectBefore(j)
				return u.attr(s, j, j+2, j+2, "normal"), ok && s.from >= i
			}
			if !u.quotes(g) || g.passive && !u.quotedAs(j) {
				return a, false
			}
			s, ok := u.subjectBefore(j)
			if ok && g.passive {
				return u.attr(s, j, j+3, j+3, "quoted-as"), s.from >= i
			}
			if s.from > i && u.is(i, kindNP) && !u.isTime(i) && !u.is(i+1, kindComma) {
				return a, false // "'…,' a claim the office denied"
			}
			if !ok || s.relative || s.from < i || s.from > i && !u.adjunctsOnly(i, s.from) {
				return a, false
			}
			if !ended && k > 0 && !u.is(k-1, kindComma) || !u.over(u.skipAdjuncts(j+1), j) {
				return a, false
			}
			if asWord && u.is(j+1, kindNP) && u.is(j+2, kindPrep) && (u.norm(j+2) == "of" || u.norm(j+2) == "about") {
				return a, false // "'…', as survivors told aid workers of men being shot"
			}
			return u.attr(s, j, j+1, j+1, "normal"), true
		}
	}
	return a, false
}

// over reports whether the clause of the verb group at v is over at chunk i.
func (u *unit) over(i, v int) bool {
	c := u.at(i)
	if c == nil {
		return true
	}
	switch c.kind {
	case kindVG:
		return !c.finite || i > v+1 && u.participial(i) && u.is(i+1, kindPrep) // "at a ceremony attended by …"
	case kindThat, kindWh:
		return i > v+1 // a relative clause inside an adjunct
	case kindNP:
		if i > v+1 && u.is(i-1, kindNP) && u.is(i-2, kindPrep) && u.p.toks[c.first].Is(token.Initial) && u.p.toks[u.chunks[i-1].head].Is(token.AllLower) && u.is(i+1, kindStop) {
			return true // "in the documentary The Walker."
		}
		// "as Lee put it"
		return i == v+1 && u.chunks[v].cue != nil && u.chunks[v].cue.lemma == "put" && u.headNorm(i) == "it"
	case kindAdj:
		return false
	}
	return true
}

func (u *unit) at(i int) *chunk {
	if i < 0 || i >= len(u.chunks) {
		return nil
	}
	return &u.chunks[i]
}

// properSource reports whether the noun phrase at i names somebody.
func (u *unit) properSource(i int) bool {
	ch := &u.chunks[i]
	return u.p.tags[ch.head].tag == tagName || u.p.lx.classes.Get(u.p.toks[ch.head].Norm) != classNone
}

// quotedAs reports whether "was quoted as saying" begins at chunk j.
func (u *unit) quotedAs(j int) bool {
	return u.is(j+1, kindPrep) && u.norm(j+1) == "as" && u.is(j+2, kindVG) && u.chunks[j+2].ing && u.quotes(&u.chunks[j+2])
}

// adjunctsOnly reports whether chunks [i, j) are opening adjuncts: "in a
// statement".
func (u *unit) adjunctsOnly(i, j int) bool {
	for ; i < j; i++ {
		switch u.chunks[i].kind {
		case kindComma, kindAdv, kindPrep, kindNP, kindAdj:
		default:
			return false
		}
	}
	return true
}

// attr makes an attribution from a source and the chunks [c, cEnd) of its cue.
func (u *unit) attr(s source, c, cEnd, after int, rule string) attr {
	a := attr{hasSrc: true, src: s, sure: true, rule: "quote/" + rule, stance: annotation.Asserts, after: max(after, s.to)}
	a.src.first = u.counted(s.first)
	a.cueFirst, a.cueLast = u.chunks[c].first, u.chunks[min(cEnd, len(u.chunks))-1].last
	for a.cueFirst < u.chunks[c].head && u.p.tags[a.cueFirst].tag == tagAdv {
		a.cueFirst++
	}
	if g := &u.chunks[c]; g.cue != nil {
		a.stance = g.cue.stance
	}
	return a
}

// counted returns the first token of a source that begins with the number at token i: "More
// than 60 people", "at least three witnesses".
func (u *unit) counted(i int) int {
	if u.p.tags[i].tag != tagNum {
		return i
	}
	p := i
	switch n := wordAt(u.p.toks, i-1); {
	case n == "than" && (wordAt(u.p.toks, i-2) == "more" || wordAt(u.p.toks, i-2) == "fewer" || wordAt(u.p.toks, i-2) == "less"),
		(n == "least" || n == "most") && wordAt(u.p.toks, i-2) == "at", n == "to" && wordAt(u.p.toks, i-2) == "up":
		p = i - 2
	case n == "about", n == "nearly", n == "almost", n == "some", n == "roughly", n == "around":
		p = i - 1
	}
	if p < u.from {
		return i
	}
	return p
}

// isAccording reports whether "according to" begins at chunk i.
func (u *unit) isAccording(i int) bool {
	return u.is(i, kindVG) && u.headNorm(i) == "according" && u.is(i+1, kindPrep)
}

// according attributes to the noun phrase after the "according to" at chunk i.
func (u *unit) according(i int) (a attr, ok bool) {
	if !u.nominal(i + 2) {
		return a, false
	}
	ch := &u.chunks[i+2]
	last, j := u.describe(i+3, ch.last)
	s := source{first: ch.first, last: last, head: ch.head, from: i + 2, to: j}
	a = u.attr(s, i, i+2, j, "according")
	return a, true
}

// introduced attributes the quotation at chunk k by what stands before it:
// Smith said, "…"; Smith, adding: "…".
func (u *unit) introduced(k int) (a attr, ok bool) {
	i := k - 1
	colon := false
	for u.is(i, kindComma) || u.is(i, kindColon) || u.is(i, kindThat) || u.is(i, kindDash) || u.is(i, kindConj) && u.is(i-1, kindComma) {
		colon = colon || u.is(i, kindColon)
		i--
	}
	if a, ok := u.inTheView(i, k); ok && !colon {
		return a, true
	}
	if a, ok := u.inWords(i, k); ok {
		return a, true
	}
	a, ok = u.introducer(i, k, colon)
	if q := &u.p.quotes[u.chunks[k].quote]; ok && !colon && u.is(k-1, kindComma) && u.is(k-2, kindNP) && !u.personAt(k-2) && !u.isTime(k-2) && u.p.titled(q) {
		return a, false // "praised the motto, 'In Bread We Hope'"
	}
	if ok && a.rule == "quote/colon" && u.p.titled(&u.p.quotes[u.chunks[k].quote]) {
		return a, false // "gave them a book: 'The Long Way'"
	}
	return a, ok
}

// inTheView reads "to her, '…'" and "for Lee, '…'" before the quotation at chunk
// k: it stands as what the person up to chunk i holds.
func (u *unit) inTheView(i, k int) (a attr, ok bool) {
	if i < 1 || i != k-2 || !u.is(k-1, kindComma) || !u.is(i, kindNP) || !u.is(i-1, kindPrep) || u.norm(i-1) != "to" && u.norm(i-1) != "for" {
		return a, false
	}
	if !(i == 1 || u.is(i-2, kindComma) || u.is(i-2, kindSub) || u.is(i-2, kindConj) || u.is(i-2, kindThat)) {
		return a, false
	}
	ch := &u.chunks[i]
	s := source{first: ch.first, last: ch.last, head: ch.head, from: i, to: i + 1}
	switch u.headNorm(i) {
	case "him", "her", "them":
	default:
		if !u.personNamed(i) {
			return a, false
		}
	}
	a = u.attr(s, i-1, i, i+1, "in-the-view")
	a.sure = false
	return a, true
}

// inWords reads "in the words of Lee, '…'" and "in Lee's words: '…'" before the
// quotation at chunk k; the phrase ends with chunk i.
func (u *unit) inWords(i, k int) (a attr, ok bool) {
	if i < 1 || i != k-2 || !u.is(i, kindNP) {
		return a, false
	}
	if u.headNorm(i) == "words" && u.is(i-1, kindPrep) && u.norm(i-1) == "in" {
		s, ok := u.possessor(i)
		if !ok {
			return a, false
		}
		a = u.attr(s, i, i+1, i+1, "words")
		a.cueFirst, a.cueLast = u.chunks[i].head, u.chunks[i].last
		return a, true
	}
	for j := i - 2; j >= 1 && i-j < 12; j-- {
		if !u.is(j+1, kindPrep) || !u.is(j, kindNP) || u.headNorm(j) != "words" || u.norm(j+1) != "of" || !u.is(j-1, kindPrep) || u.norm(j-1) != "in" {
			continue
		}
		ch := &u.chunks[j+2]
		s := source{first: ch.first, last: u.chunks[i].last, head: ch.head, from: j + 2, to: i + 1}
		if !u.personLike(&s) {
			return a, false
		}
		return u.attr(s, j, j+2, i+1, "words"), true
	}
	return a, false
}

// introducer looks for the cue that ends at or before chunk i.
func (u *unit) introducer(i, k int, colon bool) (a attr, ok bool) {
	if colon {
		if a, ok := u.statementBy(i); ok {
			return a, true
		}
	}
cues:
	for j := i; j >= 0 && i-j < 40; j-- {
		ch := &u.chunks[j]
		switch ch.kind {
		case kindQuote:
			if !u.phraseQuote(j) {
				return a, false
			}
		case kindSemi, kindStop:
			return a, false
		case kindVG:
			if u.isAccording(j) {
				if a, ok = u.according(j); ok && a.after <= k {
					return a, true
				}
				return a, false
			}
			if !u.quotes(ch) || ch.passive && !(u.is(j+1, kindPrep) && u.norm(j+1) == "as") {
				if ch.finite && !colon && !u.relativeClause(j) {
					return a, false
				}
				continue
			}
			if ch.cue != nil && ch.cue.weak && u.is(j+1, kindVG) && u.chunks[j+1].infinitive {
				continue // "it begins to show": no speech begins
			}
			s, ok := u.subjectOf(j)
			if ok && ch.cue == nil && u.is(s.from-1, kindThat) {
				continue // "said that they had forgiven her, 'but …'": on to who said
			}
			if ok && ch.cue != nil && ch.cue.weak && u.p.toks[s.head].Norm == "it" {
				continue // "when it began, 'the lights went out'"
			}
			if ok && u.is(s.from-1, kindSub) && (u.is(s.from-2, kindThat) || u.is(s.from-2, kindVG) && u.quotes(&u.chunks[s.from-2])) && u.commaBetween(j, k) {
				j = s.from - 1 // "said that if Kim signs it, '…'": on to who said
				continue
			}
			if ok && u.is(s.from-1, kindWh) && u.norm(s.from-1) == "what" {
				j = s.from // "denounced what it calls '…'": on to who denounced
				continue
			}
			if !ok {
				if ch.finite {
					// "…, said Smith: '…'"
					if s, ok = u.subjectAfter(j + 1); ok && s.to <= k && (s.to >= k-1 || u.adjunctsOnly(s.to, k-1)) {
						return u.attr(s, j, j+1, s.to, "before"), true
					}
					if colon {
						break cues
					}
					return a, false
				}
				continue
			}
			if ch.cue != nil && thinking(ch.cue.lemma) {
				s = u.teller(s)
			}
			return u.attr(s, j, j+1, j+1, "before"), true
		}
	}
	if colon {
		// "Smith was blunt: '…'", "Smith:": the subject of the clause.
		for j := i; j >= 0; j-- {
			if u.is(j, kindVG) && u.chunks[j].finite && !u.relativeClause(j) {
				if s, ok := u.subjectBefore(j); ok && !s.relative && (!u.chunks[j].passive || u.p.lx.media[u.p.toks[s.head].Norm]) && u.personLike(&s) {
					a = u.attr(s, j, j+1, j+1, "colon")
					a.sure = false
					return a, true
				}
				return a, false
			}
		}
		if u.nominal(i) && answer(u.headNorm(i)) && (i == 0 || i == 1 && !u.is(0, kindVG)) {
			// "The minister's reply: '…'"
			if s, ok := u.possessor(i); ok {
				a = u.attr(s, i, i+1, i+1, "label")
				a.cueLast = a.cueFirst
				return a, true
			}
		}
		if s, ok := u.label(i); ok {
			return u.attr(s, i+1, i+2, i+2, "label"), true
		}
	}
	return a, false
}

// statementBy reads "this statement by Lee on Friday" up to chunk i, before a
// colon, where no verb of saying stands in the sentence.
func (u *unit) statementBy(i int) (a attr, ok bool) {
	j := i
	for j >= 2 && u.isTime(j) {
		j--
		if u.is(j, kindPrep) {
			j--
		}
	}
	if j < 2 || !u.is(j, kindNP) || !u.personAt(j) || !u.is(j-1, kindPrep) || u.norm(j-1) != "by" && u.norm(j-1) != "from" || !u.is(j-2, kindNP) {
		return a, false
	}
	pointed := u.norm(j-2) == "this" || u.norm(j-2) == "these"
	if h := u.headNorm(j - 2); !u.p.lx.media[h] && !answer(h) && u.p.lx.nounCues[h] == nil || !pointed && u.reports(0, i) {
		return a, false
	}
	ch := &u.chunks[j]
	s := source{first: ch.first, last: ch.last, head: ch.head, from: j, to: j + 1}
	a = u.attr(s, j-2, j-1, j+1, "label")
	a.cueFirst = u.chunks[j-2].head
	return a, true
}

// answer names nouns for what somebody says.
func answer(n string) bool {
	switch n {
	case "reply", "response", "answer", "comment", "verdict", "message", "words", "warning", "retort":
		return true
	}
	return false
}

// thinking names verbs whose subject alone can tell that they hold.
func thinking(lemma string) bool {
	switch lemma {
	case "think", "believe", "hope", "know", "feel", "recall", "remember", "expect", "wish", "fear", "worry", "suspect", "doubt":
		return true
	}
	return false
}

// teller returns who tells what the pronoun s thought: "Lee said she recalled
// thinking '…'" rests on the word of Lee. It is s where nobody does.
func (u *unit) teller(s source) source {
	if !u.nominative(s.from) {
		return s
	}
	b := s.from - 1
	if u.is(b, kindThat) {
		b--
	}
	if !u.is(b, kindVG) || !u.chunks[b].finite || !u.quotes(&u.chunks[b]) {
		return s
	}
	o, ok := u.subjectBefore(b)
	if !ok || o.relative || !u.personLike(&o) || u.p.tags[o.head].tag == tagPron {
		return s
	}
	o.to = s.to
	return o
}

// subjectOf finds the source of the verb group at j, whatever its form.
func (u *unit) subjectOf(j int) (s source, ok bool) {
	g := &u.chunks[j]
	switch {
	case g.infinitive:
		// "took to X to say": the subject of the verb it hangs on.
		for k := j - 1; k >= 0; k-- {
			switch u.chunks[k].kind {
			case kindVG:
				if u.chunks[k].finite && !u.relativeClause(k) {
					return u.subjectBefore(k)
				}
			case kindSemi, kindStop, kindColon:
				return s, false
			}
		}
		return s, false
	case g.ing && !g.finite:
		return u.participleSubject(j)
	}
	return u.subjectBefore(j)
}

// label returns the noun phrase that alone makes up the chunks up to i:
// "Smith: …".
func (u *unit) label(i int) (s source, ok bool) {
	if i < 0 || i > 4 || !u.nominal(0) || !u.properSource(0) {
		return s, false
	}
	for t := u.chunks[0].first; t < u.chunks[i].last; t++ {
		if u.p.toks[t].Kind == token.Number {
			return s, false // "Rovers 2-1 United: …"
		}
	}
	for k := 1; k <= i; k++ {
		switch u.chunks[k].kind {
		case kindNP, kindOpen, kindClose, kindComma:
		default:
			return s, false
		}
	}
	return source{first: u.chunks[0].first, last: u.chunks[i].last, head: u.chunks[0].head, from: 0, to: i + 1}, true
}

// personLike reports whether s may be a person or body that speaks: a pronoun
// for people, a name, a noun for a person or group.
func (u *unit) personLike(s *source) bool {
	t := &u.p.tags[s.head]
	n := u.p.toks[s.head].Norm
	switch t.tag {
	case tagPron:
		switch n {
		case "it", "this", "that", "these", "those", "there", "nothing", "something", "everything", "one":
			return false
		}
		return true
	case tagName:
		return true
	case tagWh:
		return n == "who"
	}
	return t.class == 'p' || t.class == 'g' || u.p.lx.classes.Get(n) != classNone
}
