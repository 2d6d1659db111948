package quote

import "readout/internal/token"

// openBracket returns the chunk of the bracket that the one at i closes, or -1.
func (u *unit) openBracket(i int) int {
	for j := i - 1; j >= 0 && i-j < 12; j-- {
		if u.is(j, kindOpen) {
			return j
		}
	}
	return -1
}

// maxInsertion bounds how many chunks an insertion between commas may have.
const maxInsertion = 40

// insertion returns the comma that opens the insertion which the comma at i
// closes: an apposition, a relative clause, a participle, an adverbial.
func (u *unit) insertion(i int) (int, bool) {
	for j := i - 1; j >= 1 && i-j < maxInsertion; j-- {
		switch u.chunks[j].kind {
		case kindClose:
			if k := u.openBracket(j); k > 0 && j < i-1 {
				j = k // "Ann Lee (Con, Oakfield), who moved it, said"
				continue
			}
		case kindSemi, kindColon, kindStop:
			return 0, false
		case kindQuote:
			if !u.phraseQuote(j) {
				return 0, false
			}
		}
		if !u.is(j, kindComma) || !(u.nominal(j-1) || u.is(j-1, kindClose)) {
			continue
		}
		if u.inserted(j+1, i) {
			if w := u.relativeObject(j - 1); w > 0 {
				return w - 1, true // "a doctor, who gave only her first name, Rana, said"
			}
			// Lists and chains of appositions: take the outermost comma that
			// still opens an insertion after a noun phrase.
			for k := j - 1; k >= 1 && i-k < maxInsertion; k-- {
				if u.is(k, kindVG) || u.is(k, kindSemi) || u.is(k, kindColon) || u.is(k, kindQuote) || u.is(k, kindConj) {
					break
				}
				if o := u.openBracket(k); u.is(k, kindClose) && o > 0 {
					k = o
					continue
				}
				if u.is(k, kindComma) && u.nominal(k-1) && u.inserted(k+1, j) && !u.opensWithPrep(k-1) && !u.isTime(k-1) {
					if u.endsClause(k - 1) {
						break // "the river burst its banks, Ann Lee, the mayor, said"
					}
					j = k
				}
			}
			return j, true
		}
	}
	return 0, false
}

// relativeObject returns the relative pronoun after a comma in whose clause the
// noun phrase at i is the object, or 0.
func (u *unit) relativeObject(i int) int {
	k := i - 1
	for k > 0 && (u.is(k, kindNP) || u.is(k, kindPrep) || u.is(k, kindAdj) || u.is(k, kindAdv)) {
		k--
	}
	if u.is(k, kindVG) && u.chunks[k].finite && u.is(k-1, kindWh) && u.is(k-2, kindComma) && u.nominal(k-3) {
		return k - 1
	}
	return 0
}

// endsClause reports whether the noun phrase at i is the object or the complement
// of a verb before it, or stands in its adjuncts, so that it is no subject of
// what follows.
func (u *unit) endsClause(i int) bool {
	if u.is(i, kindQuote) && u.nominal(i-1) {
		return true // "The union “must act now”, the president, Ann Lee, wrote"
	}
	for k := i - 1; k >= 0 && i-k < maxInsertion; k-- {
		switch u.chunks[k].kind {
		case kindNP, kindAdj, kindAdv, kindPrep:
		case kindQuote:
			if !u.phraseQuote(k) {
				return false
			}
		case kindConj:
			if !u.nominal(k - 1) {
				return u.hasFinite(0, k)
			}
		case kindVG:
			g := &u.chunks[k]
			switch {
			case u.relativeClause(k), !g.finite && u.nominal(k-1):
				return false // "a man wearing a hat"
			case !g.finite:
				return true // "Speaking at the gate, Ann Lee, the mayor, said"
			case u.participial(k):
				return u.is(k+1, kindNP) && !u.isTime(k+1) // a participle has no object
			}
			return true
		default:
			return false
		}
	}
	return false
}

// describes reports whether the insertion that begins at chunk i belongs to the
// noun phrase before it, rather than telling when, where or how it was said.
func (u *unit) describes(i int) bool {
	switch u.chunks[i].kind {
	case kindPrep:
		switch u.norm(i) {
		case "of", "from", "with", "including", "like", "for":
			return !u.adjunct(i)
		}
		return false
	case kindAdv:
		return u.is(i+1, kindNP)
	case kindSub:
		return false
	case kindVG:
		return u.norm(i) != "speaking" && u.chunks[i].cue == nil
	}
	return true
}

// inserted reports whether the chunks [i, j) between two commas describe what
// stands before the first.
func (u *unit) inserted(i, j int) bool {
	if i >= j {
		return false
	}
	switch u.chunks[i].kind {
	case kindWh:
		return true
	case kindAdv:
		return true
	case kindVG:
		return u.chunks[i].ing || u.chunks[i].part || u.p.tags[u.chunks[i].head].forms&formPart != 0
	case kindNP, kindAdj:
		// No finite verb of its own outside a relative clause: else it is a
		// clause, and no apposition.
		for k := i; k < j; k++ {
			if u.chunks[k].kind == kindVG && u.chunks[k].finite && !u.inRelative(k, i) && !(u.participle(k) && k > i && u.is(k+1, kindPrep) && u.norm(k+1) == "by") && !(k == j-1 && u.headNorm(i) == "one" && u.norm(i+1) == "of" && u.p.tags[u.chunks[k].head].forms&formPart != 0) {
				return false
			}
		}
		if u.is(i, kindNP) && u.p.tags[u.chunks[i].head].tag == tagPron {
			return u.headNorm(i) == "one" && u.is(i+1, kindPrep) && u.norm(i+1) == "of" // "Lee, one of the architects of the bill,"
		}
		return true
	case kindPrep:
		w := u.norm(i)
		if w == "from" || w == "of" || w == "with" || w == "in" || w == "at" || w == "including" || w == "like" || w == "along" || w == "for" || w == "on" || w == "by" || w == "during" || w == "through" {
			for k := i; k < j; k++ {
				if u.chunks[k].kind == kindVG && u.chunks[k].finite && !u.inRelative(k, i) {
					return false
				}
			}
			return true
		}
	case kindSub:
		return true
	}
	return false
}

// inRelative reports whether the verb group at k belongs to a relative clause
// that begins at or after chunk i.
func (u *unit) inRelative(k, i int) bool {
	for j := k - 1; j >= i; j-- {
		switch u.chunks[j].kind {
		case kindWh, kindThat:
			return true
		}
	}
	return false
}

// dashed returns the dash that opens the insertion which the dash at i closes.
func (u *unit) dashed(i int) (int, bool) {
	for j := i - 1; j >= 1 && i-j < maxInsertion; j-- {
		if u.is(j, kindDash) {
			return j, u.nominal(j - 1)
		}
		if u.is(j, kindStop) || u.is(j, kindSemi) {
			break
		}
	}
	return 0, false
}

// subjectAfter finds the source that follows its verb, as in "…," said Smith,
// the minister. i is the chunk after the verb group.
func (u *unit) subjectAfter(i int) (s source, ok bool) {
	for u.is(i, kindAdv) {
		i++
	}
	if !u.isSubject(i) {
		return s, false
	}
	s = source{first: u.chunks[i].first, last: u.chunks[i].last, head: u.chunks[i].head, from: i}
	j := i + 1
	if u.p.tags[s.head].tag == tagPron && u.p.tags[s.head].tag != tagDet {
		// A personal pronoun has no description.
		if n := u.p.toks[s.head].Norm; n != "one" && n != "some" && n != "many" && n != "most" && n != "several" {
			s.to = j
			return s, true
		}
	}
	s.last, s.to = u.describe(j, s.last)
	return s, true
}

// describe extends a noun phrase that ends at token last over what describes it
// from chunk j on: prepositional phrases, appositions, relative and participle
// clauses. It returns the new end and the chunk after it.
func (u *unit) describe(j, last int) (int, int) {
	n := len(u.chunks)
	name := u.p.tags[last-1].tag == tagName && u.p.lx.classes.Get(u.p.toks[last-1].Norm) == classNone // nothing yet but a name
loop:
	for j < n {
		switch u.chunks[j].kind {
		case kindPrep:
			w := u.norm(j)
			if !u.nominal(j + 1) {
				break loop
			}
			if name && w != "of" && w != "from" && w != "with" && w != "for" {
				break loop // "said Lee about the plan"
			}
			if w != "of" && u.adjunct(j) {
				break loop
			}
			switch w {
			case "as", "after", "before", "during", "since", "until", "via", "amid", "following", "through", "per", "because", "despite":
				break loop
			}
			j += 2
			last = u.chunks[j-1].last
		case kindConj:
			if w := u.norm(j); w != "and" || !u.nominal(j+1) || u.verbSoon(j+2) {
				break loop
			}
			j += 2
			last = u.chunks[j-1].last
		case kindOpen:
			k := j + 1
			for k < n && k-j < 12 && !u.is(k, kindClose) {
				k++
			}
			if !u.is(k, kindClose) {
				break loop
			}
			j = k + 1
			last = u.chunks[k].last
		case kindAdj:
			// "familiar with the discussions"
			if u.is(j+1, kindPrep) && u.isTime(j+2) {
				break loop // "early on Wednesday"
			}
			if !u.is(j+1, kindPrep) || !u.nominal(j+2) {
				break loop
			}
			j += 3
			last = u.chunks[j-1].last
		case kindVG:
			if !(u.chunks[j].ing || u.chunks[j].part || u.participle(j)) || u.chunks[j].cue != nil && u.chunks[j].cue.frames&frameThat != 0 && u.norm(j) != "speaking" && !u.obtained(j) {
				break loop
			}
			j, last = u.clauseEnd(j+1, u.chunks[j].last)
		case kindWh:
			if !u.is(j+1, kindVG) && !u.nominal(j+1) {
				break loop
			}
			j, last = u.clauseEnd(j+1, u.chunks[j].last)
		case kindThat:
			if !u.is(j+1, kindVG) {
				break loop
			}
			j, last = u.clauseEnd(j+1, u.chunks[j].last)
		case kindComma:
			k := j + 1
			if k >= n {
				break loop
			}
			if u.is(k, kindAdv) && u.is(k+1, kindNP) && !u.verbSoon(k+2) {
				k++ // "Lee, now a consultant"
			}
			name = false
			switch u.chunks[k].kind {
			case kindPrep:
				if w := u.norm(k); w != "of" && w != "from" || !u.nominal(k+1) || u.isTime(k+1) {
					break loop
				}
				j = k + 2
				last = u.chunks[k+1].last
			case kindNP, kindAdj:
				if u.isTime(k) || u.isPronoun(k) && u.headNorm(k) != "one" || u.verbSoon(k+1) {
					break loop
				}
				j = k + 1
				last = u.chunks[k].last
			case kindWh:
				j, last = u.clauseEnd(k+1, u.chunks[k].last)
			case kindVG:
				break loop
			default:
				break loop
			}
		case kindQuote:
			if !u.phraseQuote(j) {
				break loop
			}
			j++
			last = u.chunks[j-1].last
		default:
			break loop
		}
	}
	return last, j
}

// obtained reports whether the participle at chunk j tells who has a document:
// "a report seen by the Lantern".
func (u *unit) obtained(j int) bool {
	return u.participle(j) && u.is(j+1, kindPrep) && u.norm(j+1) == "by" && u.nominal(j+2) && u.norm(j) == "seen"
}

func (u *unit) participle(j int) bool {
	g := &u.chunks[j]
	t := &u.p.tags[g.head]
	if u.is(j+1, kindAdv) && u.is(j+2, kindPrep) && g.last-g.first == 1 && t.forms&formPart != 0 {
		return true // "presented yesterday by"
	}
	return g.last-g.first == 1 && t.forms&formPart != 0 && (u.is(j+1, kindPrep) || j+1 == len(u.chunks) || u.isTime(j+1) && u.is(j+2, kindPrep))
}

// verbSoon reports whether a finite verb group stands at chunk i or right
// after a few modifiers: what was before it is a subject of its own.
func (u *unit) verbSoon(i int) bool {
	for k := i; k < len(u.chunks) && k < i+6; k++ {
		switch u.chunks[k].kind {
		case kindVG:
			return u.chunks[k].finite && !u.relativeClause(k)
		case kindPrep, kindNP, kindAdv:
		default:
			return false
		}
	}
	return false
}

// clauseEnd returns the chunk where the modifying clause that is under way at
// chunk i ends, at a comma or a mark, and the end of its last token.
func (u *unit) clauseEnd(i, last int) (int, int) {
	for ; i < len(u.chunks); i++ {
		switch u.chunks[i].kind {
		case kindComma, kindSemi, kindColon, kindStop, kindDash, kindSub:
			return i, last
		case kindQuote:
			if !u.phraseQuote(i) {
				return i, last
			}
		case kindPrep:
			switch u.norm(i) {
			case "after", "before", "during", "since", "until", "via":
				return i, last
			}
		}
		last = u.chunks[i].last
	}
	return i, last
}

// adjunct reports whether the prepositional phrase at chunk j tells when or by
// what means something was said, and so belongs to the verb: "in an
// interview", "on Friday", "at a news conference".
func (u *unit) adjunct(j int) bool {
	if !u.nominal(j + 1) {
		return false
	}
	if u.isTime(j + 1) {
		return true
	}
	ch := &u.chunks[j+1]
	h := u.p.toks[ch.head].Norm
	w := u.norm(j)
	if w == "in" || w == "on" || w == "at" || w == "via" || w == "during" || w == "by" || w == "through" || w == "over" {
		if u.p.lx.media[h] || len(h) > 4 && h[len(h)-1] == 's' && u.p.lx.media[h[:len(h)-1]] {
			return true
		}
		if w == "on" && u.p.lx.platforms[h] && u.p.toks[ch.head].Is(token.Initial) {
			return true // "on X"
		}
		if w == "by" && (h == "phone" || h == "telephone" || h == "email") {
			return true
		}
	}
	return false
}

// possessor returns the source that owns the noun phrase at chunk i: "Aejaz's
// reaction", "his claim", "the ministry's statement".
func (u *unit) possessor(i int) (s source, ok bool) {
	if !u.is(i, kindNP) {
		return s, false
	}
	ch := &u.chunks[i]
	for k := ch.head - 1; k >= ch.first; k-- {
		if u.p.tags[k].tag != tagPoss {
			continue
		}
		if u.p.toks[k].Norm == "'s" {
			if k == ch.first {
				return s, false
			}
			return source{first: ch.first, last: k, head: k - 1, from: i, to: i}, true
		}
		if w := u.p.toks[k].Norm; w == "its" || w == "his" || w == "her" || w == "their" {
			return source{first: k, last: k + 1, head: k, from: i, to: i}, true
		}
		return s, false
	}
	return s, false
}
