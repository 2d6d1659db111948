package quote

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
			if u.p.done[ch.quote] && i > c && !u.p.never[ch.quote] {
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
			if i > c && u.is(i+1, kindConj) && u.is(i+2, kindThat) {
				continue // "said it was over, but that it would begin again"
			}
			if i > c && (u.newClause(i+1, v) || u.answers(i+1)) && !(i == c+1 && u.is(c, kindThat)) { // "that, according to Lee, …"
				return i
			}
		case kindDash:
			if i > c && (u.is(i+1, kindConj) && u.cueClause(i+2) || u.cueClause(i+1)) {
				return i
			}
		case kindConj:
			if i > c && u.is(i+1, kindWh) && u.norm(i+1) == "which" && v > 1 && (u.is(v-2, kindThat) || u.is(v-2, kindWh)) {
				return i // "that officials say will help but which farmers fear"
			}
			if i > c && u.norm(i) == "but" && u.is(i+1, kindVG) && u.chunks[i+1].negated && u.chunks[i+1].finite && u.chunks[i+1].cue != nil {
				return i // "confirmed that it had been but would not say why"
			}
			if u.sharesPassive(c, i) {
				continue
			}
			if i > c && !u.is(i-1, kindComma) && u.is(i+1, kindVG) && u.chunks[i+1].cue != nil && !u.chunks[i+1].cue.weak && u.chunks[i+1].finite && u.sameForm(v, i+1) {
				return i
			}
		}
	}
	return len(u.chunks)
}

// sharesPassive reports whether the verb after the conjunction at chunk i is a participle that
// shares the auxiliary of the one before it, in content from chunk c on: "that it had been
// discussed in May and rejected".
func (u *unit) sharesPassive(c, i int) bool {
	if !u.is(i+1, kindVG) || u.chunks[i+1].last-u.chunks[i+1].first > 1 || u.p.tags[u.chunks[i+1].head].forms&formPart == 0 || i+2 < len(u.chunks) && !u.is(i+2, kindStop) && !u.is(i+2, kindComma) {
		return false
	}
	for k := i - 1; k >= c; k-- {
		if u.is(k, kindVG) {
			return u.chunks[k].passive
		}
	}
	return false
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
func (u *unit) objectEnd(c, end int) int { return u.objectEndOf(c, end, false) }

// objectEndOf is objectEnd for what somebody expects, where ahead says so: when and where it
// is to be belongs to it.
func (u *unit) objectEndOf(c, end int, ahead bool) int {
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
			if u.norm(i) == "and" && u.cueClause(i+1) {
				return i // "reported the raid and Lee later confirmed it"
			}
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
			if u.is(i+1, kindAdv) && u.norm(i+1) == "then" && u.is(i+2, kindVG) && u.chunks[i+2].finite || u.is(i+1, kindVG) && u.norm(i+1) == "then" {
				return i // "called it a crime, then left"
			}
		case kindNP:
			if i > c && u.isTime(i) && (u.is(i+1, kindPrep) || u.is(i+1, kindSub)) && (u.norm(i+1) == "after" || u.norm(i+1) == "before") && !ahead {
				return i // "accused it of theft a day after"
			}
		case kindSub:
			switch u.norm(i) {
			case "after", "because", "while", "when", "although", "though", "as", "so":
				return i
			}
		case kindPrep:
			if ahead {
				continue
			}
			// "attacked the plan on Friday", "… during a debate": when and
			// where it was said.
			switch u.norm(i) {
			case "during", "after", "before", "amid", "while", "since", "despite":
				return i
			case "on", "in", "at":
				if u.adjunct(i) && !u.hasFinite(c, i) {
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
	had := func(g *chunk) bool { return u.p.toks[g.first].Norm == "had" && g.last-g.first > 1 }
	if had(&u.chunks[w]) && !had(&u.chunks[v]) {
		return false // "said that she had been offered it and had refused"
	}
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
		if ch.cue != nil && !ch.cue.weak && (ch.ing || u.title && ch.finite && u.sameForm(v, i)) {
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
		return u.cueClause(i+1) || w == "and" && u.parallel(i+1, v)
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

// parallel reports whether a clause with another subject and the verb of the
// group at v begins at chunk i: "Lee wants the bridge, and Kim wants the ferry".
func (u *unit) parallel(i, v int) bool {
	if !u.isSubject(i) || u.chunks[v].cue == nil {
		return false
	}
	for k := i + 1; k < len(u.chunks) && k < i+6; k++ {
		switch u.chunks[k].kind {
		case kindVG:
			return u.chunks[k].finite && u.chunks[k].cue == u.chunks[v].cue && !u.chunks[v].infinitive
		case kindNP, kindPrep, kindAdv:
		default:
			return false
		}
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
			if k > i+1 && u.is(k-1, kindComma) {
				return g.finite && g.cue != nil && g.cue.frames&(frameQuote|frameThat|frameNoun|frameAs) != 0 && !g.cue.weak
			}
			return g.finite && g.cue != nil && g.cue.frames&frameQuote != 0 && !g.cue.weak
		case kindNP, kindPrep, kindAdv, kindAdj:
		case kindComma:
			// "and its president, Ann Lee, called it": an apposition
			if k == i+1 && u.is(k+1, kindNP) && u.is(k+2, kindComma) && u.is(k+3, kindVG) || k == i+3 && u.is(i+1, kindComma) {
				continue
			}
			return false
		default:
			return false
		}
	}
	return false
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
