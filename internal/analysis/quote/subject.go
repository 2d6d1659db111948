package quote

// coordinates reports whether the conjunction at j joins two noun phrases that
// together are the subject: the one before it is not an object.
func (u *unit) coordinates(j int) bool {
	k := j - 1
	for k >= 0 && (u.nominal(k) || u.is(k, kindPrep) && u.norm(k) == "of" || u.is(k, kindComma) && u.nominal(k-1) || u.is(k, kindConj) || u.is(k, kindAdj)) {
		k--
	}
	if k < 0 {
		return true
	}
	switch u.chunks[k].kind {
	case kindVG, kindPrep:
		// "The bus fell into a canal, police and witnesses said": what stands
		// before the comma is a clause of its own.
		return u.is(j-2, kindComma) && u.nominal(j-1) && u.hasFinite(0, j-2) && !u.is(j-3, kindConj) && u.personAt(j-1)
	}
	return true
}

// listBefore reports whether the noun phrase at i continues a list of noun
// phrases that begins its clause.
func (u *unit) listBefore(i int) bool {
	k := i
	for k >= 2 && u.is(k-1, kindComma) && u.nominal(k-2) {
		k -= 2
	}
	return k == 0 || !u.is(k-1, kindVG) && !u.is(k-1, kindPrep)
}

// sharedSubject finds the subject of a verb that a conjunction at c joins to
// an earlier one: "Smith resigned and said". It is that of the nearest verb of
// saying before in the same form, or else of the nearest finite verb group.
func (u *unit) sharedSubject(v, c int) (s source, ok bool) {
	for _, cueOnly := range []bool{true, false} {
		for j := c - 1; j >= 0; j-- {
			k := u.chunks[j].kind
			if k == kindSemi || k == kindStop || k == kindColon || !cueOnly && k == kindSub {
				break
			}
			g := &u.chunks[j]
			if k == kindVG && g.finite && !cueOnly && u.relativeClause(j) && !u.commaBetween(j, c) && !u.closedBetween(j, c) && u.is(j-1, kindWh) && u.headNorm(j-1) == "who" {
				return u.subjectBefore(j) // "Lee, who took over in 2021 and has said"
			}
			if k != kindVG || !g.finite || u.relativeClause(j) || u.is(j-1, kindConj) {
				continue
			}
			if cueOnly && (g.cue == nil || g.cue.weak || !u.sameForm(v, j)) {
				continue
			}
			if s, ok = u.subjectBefore(j); ok && s.relative {
				continue
			}
			if cueOnly && ok && showing(g.cue.lemma) && !u.personLike(&s) && u.chunks[v].cue != nil && !showing(u.chunks[v].cue.lemma) {
				ok = false
				continue // "said the killings showed neglect and called on Lee to act"
			}
			if !ok && u.is(j-1, kindComma) && !u.afterInsertion(j-1) {
				continue // "stormed back, leaned in and said"
			}
			if ok || !cueOnly {
				return s, ok
			}
		}
	}
	return s, false
}

// afterInsertion reports whether what stands before the comma at chunk i may be
// an apposition or a clause rather than an earlier verb of the same subject.
func (u *unit) afterInsertion(i int) bool {
	k := i - 1
	for k >= 0 && !u.is(k, kindComma) {
		k--
	}
	if k+1 >= i {
		return true
	}
	switch u.norm(k + 1) {
	case "a", "an", "the":
		return !u.ownVerb(k+1, i)
	}
	return false
}

// participleSubject finds who does what a participle after a comma tells:
// "Smith resigned, saying": the subject of the clause's finite verb.
func (u *unit) participleSubject(v int) (s source, ok bool) {
	b := v - 1 // what stands before, times and adverbs apart
	for b >= 0 && (u.is(b, kindAdv) || u.isTime(b)) {
		b--
	}
	if b > 1 && u.is(b, kindNP) && u.is(b-1, kindPrep) && occasion(u.headNorm(b)) {
		b -= 2 // "at one point even saying"
	}
	if v == 0 || b < 0 || (u.is(b, kindPrep) || u.is(b, kindSub)) && (b == 0 || u.is(b-1, kindComma) && b == 1) {
		// "Speaking in Paris, Smith …", "After saying …, she …".
		return u.mainSubject(v)
	}
	// "with Lee — who wants more — saying": the one with whom.
	if j, ok := -1, false; u.is(b, kindDash) || u.is(b, kindComma) {
		if j, ok = u.dashed(b); !ok {
			j, ok = u.insertion(b)
		}
		if ok && u.is(j-1, kindNP) && u.is(j-2, kindPrep) && u.norm(j-2) == "with" && u.personAt(j-1) {
			c := &u.chunks[j-1]
			return source{first: c.first, last: c.last, head: c.head, from: j - 1, to: v}, true
		}
	}
	switch u.chunks[b].kind {
	case kindComma, kindDash, kindConj, kindPrep, kindSub, kindQuote, kindClose:
	case kindNP:
		c := &u.chunks[b]
		h := u.p.toks[c.head].Norm
		if u.p.tags[c.head].tag == tagPron {
			if u.p.toks[c.head].Norm == "it" || c.last-c.first > 1 {
				return s, false
			}
			break
		}
		if u.p.lx.media[h] || u.p.lx.classes.Get(h) == classDoc {
			// "issued a statement saying": whose it is.
			for j := b - 1; j >= 0; j-- {
				if u.is(j, kindComma) || u.is(j, kindSemi) || u.is(j, kindConj) {
					break
				}
				if u.is(j, kindVG) && u.chunks[j].finite && !u.relativeClause(j) && !u.chunks[j].passive {
					if s, ok := u.subjectBefore(j); ok && !s.relative && u.personLike(&s) {
						return s, true
					}
					break
				}
			}
		}
		if u.is(b-1, kindPrep) {
			switch u.norm(b - 1) {
			case "to", "on", "in", "at":
				return u.outerSubject(v) // "wrote to the paper complaining"
			}
		}
		return source{first: c.first, last: c.last, head: c.head, from: b, to: v}, true
	default:
		return s, false
	}
	return u.outerSubject(v)
}

// occasion names nouns that tell when something was done, after a preposition.
func occasion(n string) bool {
	switch n {
	case "point", "stage", "moment", "time", "times", "occasion", "occasions", "turn":
		return true
	}
	return false
}

// outerSubject finds the subject of the clause that the participle at v, after
// a comma or a dash, belongs to: the main one rather than one of a relative, a
// subordinate or a reported clause that the comma has closed.
func (u *unit) outerSubject(v int) (s source, ok bool) {
	var inner source
	for j := v - 1; j >= 0; j-- {
		switch u.chunks[j].kind {
		case kindSemi, kindColon:
			return inner, inner.last > 0
		case kindVG:
			if !u.chunks[j].finite {
				continue
			}
			c, found := u.subjectBefore(j)
			if !found && u.is(j-1, kindQuote) && !u.phraseQuote(j-1) && u.quotes(&u.chunks[j]) {
				c, found = u.subjectAfter(j + 1) // "'…,' said Lee, adding"
			}
			if !found {
				continue
			}
			if (!u.closedBetween(j, v) || !u.enclosed(&c, j)) && (u.personLike(&c) || u.p.tags[c.head].tag == tagNum || u.p.lx.acts[u.p.toks[c.head].Norm]) {
				return c, true
			}
			if inner.last == 0 && !c.relative {
				inner = c
			}
		}
	}
	return inner, inner.last > 0
}

// closedBetween reports whether a comma or a dash in the chunks [i, j) closes
// the clause begun before it.
func (u *unit) closedBetween(i, j int) bool {
	for k := i; k < j; k++ {
		if u.is(k, kindComma) || u.is(k, kindDash) || u.is(k, kindQuote) && u.p.lastMark(&u.p.quotes[u.chunks[k].quote]) == "," {
			return true
		}
	}
	return false
}

// enclosed reports whether the clause of the verb group at j, with the subject
// s, lies inside another: it is relative, subordinate, or what somebody says.
func (u *unit) enclosed(s *source, j int) bool {
	if s.relative {
		return true
	}
	b := s.from - 1
	switch {
	case u.is(b, kindSub), u.is(b, kindWh):
		return true
	case u.is(b, kindPrep):
		switch u.norm(b) {
		case "after", "before", "since", "until", "as":
			return true
		}
	case u.is(b, kindThat), u.is(b, kindVG) && u.chunks[b].cue != nil:
		return true
	}
	return false
}

// mainSubject finds the subject of the clause that a modifier with the verb
// group at v opens: the noun phrase after its comma.
func (u *unit) mainSubject(v int) (s source, ok bool) {
	for j := v + 1; j < len(u.chunks) && j < v+40; j++ {
		switch u.chunks[j].kind {
		case kindSemi, kindStop, kindColon:
			return s, false
		case kindVG:
			if u.chunks[j].finite && !u.relativeClause(j) {
				if s, ok = u.subjectBefore(j); ok && !s.relative && u.commaBetween(v, s.from) {
					return s, u.personLike(&s)
				}
			}
		case kindQuote:
			if p := &u.p.quotes[u.chunks[j].quote]; u.p.endsPunct(p) && u.isSubject(j+1) {
				for k := j + 2; k < len(u.chunks); k++ {
					if u.is(k, kindVG) && u.chunks[k].finite {
						if s, ok = u.subjectBefore(k); ok && s.from > j {
							return s, u.personLike(&s)
						}
						break
					}
				}
			}
		}
	}
	return s, false
}

func (u *unit) commaBetween(i, j int) bool {
	for k := i; k < j; k++ {
		if u.is(k, kindComma) {
			return true
		}
	}
	return false
}
