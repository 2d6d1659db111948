package quote

// accordingTo reads "according to X" at chunk v; start begins its clause.
func (u *unit) accordingTo(v, start int) (a attr, end int, ok bool) {
	a, ok = u.according(v)
	if !ok {
		return a, 0, false
	}
	if opening := v == start || v == start+1; opening {
		// The comma after the source leads to the content; what follows it
		// is no apposition.
		if u.is(a.after, kindSub) && u.norm(a.after) == "because" {
			// "officials, who spoke anonymously because …, the talks failed"
			for i := a.after; i < len(u.chunks) && i < a.after+maxInsertion; i++ {
				if u.is(i, kindComma) {
					a.after, a.src.to, a.src.last = i, i, u.chunks[i-1].last
					break
				}
			}
		}
		for i := v + 3; i < a.after; i++ {
			if u.is(i, kindComma) && !u.is(i+1, kindWh) {
				if u.is(i+2, kindComma) && u.personNamed(i+1) {
					i++ // "According to the coach, Ann Lee, the team …"
					continue
				}
				if n := u.norm(i + 1); u.is(i+2, kindComma) && u.is(i+1, kindNP) && (n == "a" || n == "an") && i == v+3 && u.p.named[u.chunks[v+2].head] != 0 {
					i++ // "According to Adilet, a legal clinic, eleven …"
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

// perSource reads "Per the filing, …" with the preposition at chunk v.
func (u *unit) perSource(v int) (a attr, end int, ok bool) {
	if v != 0 || u.norm(v) != "per" || !u.nominal(v+1) {
		return a, 0, false
	}
	ch := &u.chunks[v+1]
	k := u.phraseEnd(v + 2)
	s := source{first: ch.first, last: u.chunks[k-1].last, head: ch.head, from: v + 1, to: k}
	if !u.is(k, kindComma) || !u.personLike(&s) {
		return a, 0, false
	}
	if end = u.contentEnd(k+1, v); end <= k+1 {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, k, "according")
	a.parts = []part{u.tokens(k+1, end)}
	return a, end, true
}

// citesAs reads "Interfax quoted an official as saying that …" with the verb group
// at v and its subject by: the words are those of the official, and the subject
// passes them on.
func (u *unit) citesAs(v int, by source) (a attr, end int, ok bool) {
	if l := u.chunks[v].cue.lemma; l != "quote" && l != "cite" || !u.is(v+1, kindNP) || !u.isSubject(v+1) {
		return a, 0, false
	}
	last, k := u.describe(v+2, u.chunks[v+1].last)
	if !u.is(k, kindPrep) || u.norm(k) != "as" || !u.is(k+1, kindVG) || !u.chunks[k+1].ing || u.chunks[k+1].cue == nil {
		return a, 0, false
	}
	c, cueEnd, frame := u.content(k + 1)
	if frame == 0 {
		return a, 0, false
	}
	if end = u.contentEnd(c, k+1); end <= c {
		return a, 0, false
	}
	ch := &u.chunks[v+1]
	a = u.attr(source{first: ch.first, last: last, head: ch.head, from: v + 1, to: k}, k+1, cueEnd, c, "quoted-as")
	a.parts = []part{u.tokens(c, end)}
	if !by.relative && u.p.tags[by.head].tag != tagPron {
		a.through = [2]int{by.first, by.last}
	}
	return a, end, true
}

// putsAt reads "officials put the death toll at 20" with the verb group at v and
// its subject s: who estimates a figure says it.
func (u *unit) putsAt(v int, s source) (a attr, end int, ok bool) {
	if u.chunks[v].cue.lemma != "put" || !u.is(v+1, kindNP) || u.p.tags[u.chunks[v+1].head].tag == tagPron || !u.personLike(&s) && !s.relative {
		return a, 0, false
	}
	k := v + 2
	for u.is(k, kindPrep) && u.norm(k) != "at" && u.nominal(k+1) {
		k += 2
	}
	if u.is(k, kindVG) && u.is(k+1, kindPrep) && (u.chunks[k].part || u.p.tags[u.chunks[k].head].forms&formPart != 0 && u.chunks[k].last-u.chunks[k].first == 1) {
		k++ // "the number of people affected"
	}
	if !u.is(k, kindPrep) || u.norm(k) != "at" || !u.is(k+1, kindNP) || !u.numbered(k+1) {
		return a, 0, false
	}
	a = u.attr(s, v, v+1, k+2, "put-at")
	end = k + 2
	if u.is(end, kindAdv) && u.norm(end) == "ago" {
		end++ // "put its end at 7,400 years ago"
	}
	a.parts = []part{u.tokens(v+1, end)}
	return a, end, true
}

// numbered reports whether the noun phrase at i has a number in it.
func (u *unit) numbered(i int) bool {
	for t := u.chunks[i].first; t < u.chunks[i].last; t++ {
		if u.p.tags[t].tag == tagNum {
			return true
		}
	}
	return false
}
