package quote

import (
	"readout/internal/annotation"
	"readout/internal/token"
)

// A source is a noun phrase that names who says something, as tokens.
type source struct {
	first, last int // tokens [first, last) of the whole phrase with its description
	head        int // token of its head noun
	from        int // first chunk of it, for what stands before
	to          int // chunk after it
	relative    bool
}

// phraseQuote reports whether chunk i is a quotation that stands in a phrase
// like a noun: a title, a nickname, a few words.
func (u *unit) phraseQuote(i int) bool {
	ch := u.at(i)
	if ch == nil || ch.kind != kindQuote {
		return false
	}
	q := &u.p.quotes[ch.quote]
	return q.last-q.first <= 7 && !u.p.endsPunct(q)
}

// endsPunct reports whether a quotation ends in a mark of its own.
func (p *parser) endsPunct(q *quotation) bool {
	switch p.lastMark(q) {
	case ",", ".", "!", "?", "...", "…", "—", "–", "--", "-":
		return true
	}
	return false
}

// lastMark is the last token of a quotation, the closing marks of quotations
// inside it apart.
func (p *parser) lastMark(q *quotation) string {
	i := q.last - 1
	for i > q.first {
		switch p.toks[i].Norm {
		case "’", "'", "”", "\"":
			i--
			continue
		}
		break
	}
	return p.toks[i].Norm
}

func (u *unit) nominal(i int) bool {
	return i >= 0 && i < len(u.chunks) && (u.chunks[i].kind == kindNP || u.phraseQuote(i))
}

func (u *unit) is(i int, k kind) bool {
	return i >= 0 && i < len(u.chunks) && u.chunks[i].kind == k
}

func (u *unit) norm(i int) string { return u.p.toks[u.chunks[i].first].Norm }

// headNorm is the head of chunk i in lower case.
func (u *unit) headNorm(i int) string { return u.p.toks[u.chunks[i].head].Norm }

// isTime reports whether chunk i is a noun phrase of time alone: "Friday",
// "last week", "Monday night".
func (u *unit) isTime(i int) bool {
	if !u.is(i, kindNP) {
		return false
	}
	h := u.headNorm(i)
	t := &u.p.tags[u.chunks[i].head]
	if u.p.lx.times[h] {
		return true
	}
	if t.tag == tagNum {
		// "Sept. 24", "in 2016"
		return u.chunks[i].last-u.chunks[i].first == 1 && len(h) == 4 || u.p.lx.times[u.norm(i)]
	}
	return t.class == 't' && t.tag == tagNoun && (h == "week" || h == "weeks" || h == "month" || h == "months" || h == "year" || h == "years" || h == "days" || h == "hours" || h == "minutes")
}

// isSubject reports whether chunk i can head a subject: a noun phrase, not one
// of time nor an object pronoun.
func (u *unit) isSubject(i int) bool {
	if !u.is(i, kindNP) || u.isTime(i) {
		return false
	}
	ch := &u.chunks[i]
	if ch.last-ch.first == 1 {
		switch u.p.toks[ch.head].Norm {
		case "him", "them", "me", "us", "himself", "herself", "themselves", "itself", "myself", "nothing", "everything":
			return false
		}
		switch t := u.p.tags[ch.head].tag; {
		case t == tagPoss:
			return false
		case t == tagNum && (u.p.toks[ch.head].Norm == "first" || u.p.toks[ch.head].Norm == "second"):
			return false // "first reported by"
		}
	}
	return true
}

// subjectBefore finds the subject of the verb group at chunk v by walking left
// over its post-modifiers. ok is false where none is clear.
func (u *unit) subjectBefore(v int) (s source, ok bool) {
	if s, ok = u.restricted(v); ok {
		return s, true
	}
	i := v - 1
	// Adverbs, and a time between subject and verb.
	restrict := -1 // last chunk of a clause that restricts the subject
	for i >= 0 && (u.chunks[i].kind == kindAdv || u.is(i, kindNP) && u.headNorm(i) == "there" && u.nominal(i-1) || u.isTime(i) && (u.nominal(i-1) || u.participial(i-1) || u.is(i-1, kindAdv))) {
		if u.isTime(i) && u.participial(i-1) {
			restrict = i // "a report released last year"
		}
		i--
	}
	// "Lee on Friday said", "who in a letter wrote".
	for i >= 2 && u.nominal(i) && u.is(i-1, kindPrep) && (u.nominal(i-2) || u.is(i-2, kindWh)) && u.norm(i-1) != "of" && u.adjunct(i-1) {
		i -= 2
	}
	if u.is(i, kindVG) && u.chunks[i].finite && u.nominal(i-1) && u.nominal(i-2) && !u.isTime(i-2) && u.isSubject(i-1) {
		restrict = max(restrict, i)
		i -= 2 // "the experts I interviewed said"
	}
	if u.participial(i) && u.nominal(i-1) && !(u.chunks[i].ing && i < v-1) {
		restrict = max(restrict, i)
		i--
	}
	if i < 0 {
		return s, false
	}
	if i < restrict {
		defer func() {
			// What restricts the noun belongs to it.
			if ok && s.last < u.chunks[restrict].last && !s.relative {
				s.last = u.chunks[restrict].last
			}
		}()
	}
	last := -1 // chunk after the source when it ends in a comma
	switch u.chunks[i].kind {
	case kindComma:
		// "X, the minister, said": go to the comma that opens the insertion.
		if j, ok := u.insertion(i); ok {
			if u.describes(j + 1) {
				last = i
			}
			i = j - 1
		} else if (u.is(v-1, kindAdv) || u.norm(v) == "then") && u.chunks[v].finite && u.hasFinite(0, i) {
			// "He paused, then added": the subject of the verb before.
			return u.sharedSubject(v, i)
		} else if i == v-1 && u.chunks[v].cue != nil && u.leadsIn(v) && (u.nominal(i-1) || u.is(i-1, kindClose)) && u.nominal(0) && !u.commaBetween(0, i) && !u.ownVerb(0, i) {
			i-- // "The office for ports, said": a comma that should not stand
		} else {
			return s, false
		}
	case kindQuote:
		// "X, who the council said was 'ill,' denied": the mark has the comma.
		j := u.whoBefore(i)
		if j < 1 || u.p.lastMark(&u.p.quotes[u.chunks[i].quote]) != "," {
			break
		}
		last, i = i+1, j-1
	case kindDash:
		if j, ok := u.dashed(i); ok {
			i = j - 1
			if k := u.apposed(i); k > 0 {
				last, i = i+1, k-1
			}
		} else {
			return s, false
		}
	case kindClose:
		if j := u.openBracket(i); j > 0 {
			last = i + 1
			i = j - 1
		}
	case kindWh:
		// "Smith, who said"; "a spokesman who said": the words are the
		// relative pronoun's, and it names who it stands for.
		if w := u.headNorm(i); w == "who" {
			if i == 0 {
				return s, false // a question
			}
			return source{first: u.chunks[i].first, last: u.chunks[i].last, head: u.chunks[i].head, from: i, to: v, relative: true}, true
		} else if w == "which" && (u.is(i-1, kindComma) || u.nominal(i-1)) {
			return source{first: u.chunks[i].first, last: u.chunks[i].last, head: u.chunks[i].head, from: i, to: v, relative: true}, true
		}
		if w := u.headNorm(i); w == "whom" && u.is(i-1, kindPrep) && u.is(i-2, kindNP) {
			// "many of whom say"
			return source{first: u.chunks[i-2].first, last: u.chunks[i].last, head: u.chunks[i].head, from: i - 2, to: v, relative: true}, true
		}
		return s, false
	case kindThat:
		if u.nominal(i-1) && !u.isTime(i-1) {
			return source{first: u.chunks[i].first, last: u.chunks[i].last, head: u.chunks[i].head, from: i, to: v, relative: true}, true
		}
		return s, false
	case kindConj:
		// "… and said": the subject of the verb before.
		return u.sharedSubject(v, i)
	}
	return u.climb(i, last, v)
}

// restricted finds the subject of the verb group at v where a relative clause
// with more than a verb and its object stands between them: "an official who
// declined to be named because he was not authorised to speak said".
func (u *unit) restricted(v int) (s source, ok bool) {
	if !u.chunks[v].finite || u.relativeClause(v) {
		return s, false
	}
	// The phrases right before the verb end in a verb of the clause that has no
	// room for v: not one of those that take a clause.
	k := v - 1
	for k > 0 && (u.is(k, kindNP) || u.is(k, kindPrep) || u.is(k, kindAdv) || u.is(k, kindAdj)) {
		if u.nominative(k) {
			return s, false // "who said he left"
		}
		k--
	}
	if !u.is(k, kindVG) {
		return s, false
	}
	if c := u.chunks[k].cue; c != nil && c.frames&frameBare != 0 && !u.chunks[k].passive && k < v-1 {
		if n := u.charged(k); n >= 0 {
			return u.climb(v-1, -1, v)
		}
		return s, false
	}
	for w := k; w > 0 && v-w < maxInsertion; w-- {
		switch u.chunks[w].kind {
		case kindWh, kindThat:
			if !u.nominal(w-1) || u.isTime(w-1) || !u.is(w+1, kindVG) && !(u.is(w+1, kindAdv) && u.is(w+2, kindVG)) {
				return s, false
			}
			if u.is(w, kindWh) && u.headNorm(w) == "what" {
				return s, false
			}
			if s, ok = u.climb(w-1, -1, v); ok && !s.relative {
				s.last = u.chunks[v-1].last
				return s, true
			}
			return source{}, false
		case kindVG:
			if u.reduced(w) && w < v-1 {
				// "A man accused of arson told the court"
				if s, ok = u.climb(w-1, -1, v); ok && !s.relative {
					s.last = u.chunks[v-1].last
					return s, true
				}
				return source{}, false
			}
			if u.chunks[w].finite && !u.relativeClause(w) && !(u.is(w-1, kindNP) && (u.is(w-2, kindSub) || u.is(w-2, kindPrep))) && !(u.is(w-1, kindAdv) && u.is(w-2, kindWh)) {
				return s, false
			}
		case kindNP, kindPrep, kindAdv, kindAdj, kindSub:
		default:
			return s, false
		}
	}
	return s, false
}

// whoBefore returns the comma before the "who" of the clause that ends with chunk i,
// or -1.
func (u *unit) whoBefore(i int) int {
	for j := i - 1; j >= 1 && i-j < maxInsertion; j-- {
		if u.is(j, kindSemi) || u.is(j, kindStop) || u.is(j, kindQuote) {
			break
		}
		if u.is(j, kindComma) {
			if u.is(j+1, kindWh) && u.nominal(j-1) {
				return j
			}
			break
		}
	}
	return -1
}

// apposed returns the comma that opens the apposition to a person's name which ends
// with chunk i, or -1: "Ada Lee, a cook who has advised the ministry – …".
func (u *unit) apposed(i int) int {
	for j := i - 1; j >= 1 && i-j < maxInsertion; j-- {
		if u.is(j, kindSemi) || u.is(j, kindStop) || u.is(j, kindQuote) {
			break
		}
		if u.is(j, kindComma) {
			if u.personNamed(j-1) && u.inserted(j+1, i+1) {
				return j
			}
			break
		}
	}
	return -1
}

// reduced reports whether the verb group at w is a participle that belongs to the
// noun phrase before it, and has no object: "a man accused of arson". Where it may
// be a past form of a verb that takes a clause it is taken for that.
func (u *unit) reduced(w int) bool {
	if !u.nominal(w-1) || u.isPronoun(w-1) || !u.is(w+1, kindPrep) {
		return false
	}
	g := &u.chunks[w]
	if g.infinitive || g.modal || g.ing || g.passive || g.last-g.first != 1 || u.p.tags[g.head].forms&formPart == 0 {
		return false
	}
	return g.cue == nil || g.cue.frames&frameBare == 0
}

// charged returns the noun phrase that a participle and the deed in -ing at chunk k
// describe, "a teacher suspected of leaking the paper", "a clerk caught stealing the
// letter", or -1.
func (u *unit) charged(k int) int {
	if !u.is(k, kindVG) || !u.chunks[k].ing {
		return -1
	}
	w := k - 1
	if u.is(w, kindPrep) {
		w--
	}
	if !u.is(w, kindVG) || !u.nominal(w-1) || u.isPronoun(w-1) {
		return -1
	}
	g := &u.chunks[w]
	if g.infinitive || g.modal || g.ing || g.passive || g.last-g.first != 1 || u.p.tags[g.head].forms&formPart == 0 {
		return -1
	}
	return w - 1
}

// leadsIn reports whether a quotation or a clause with "that" follows the verb
// group at v, a time and a place apart.
func (u *unit) leadsIn(v int) bool {
	e := u.skipAdjuncts(v + 1)
	if u.is(e, kindComma) {
		e++
	}
	return u.is(e, kindColon) || u.is(e, kindQuote) || u.is(e, kindThat)
}

// ownVerb reports whether the chunks [i, j) hold a verb that is none of a
// participle or a relative clause.
func (u *unit) ownVerb(i, j int) bool {
	for ; i < j; i++ {
		if u.is(i, kindVG) && u.chunks[i].finite && !u.relativeClause(i) && !u.participial(i) {
			return true
		}
	}
	return false
}

// climb walks left from chunk i, the end of a noun phrase, to its beginning.
func (u *unit) climb(i, last, v int) (s source, ok bool) {
	end := i
	start := -1
	for i >= 0 {
		if u.is(i, kindAdj) && u.nominal(i-1) {
			i--
			continue
		}
		if u.is(i, kindClose) {
			if j := u.openBracket(i); j > 0 {
				i = j - 1
				continue
			}
		}
		if u.isTime(i) && u.nominal(i-1) && !u.is(i-1, kindComma) {
			i--
			continue
		}
		if !u.nominal(i) {
			break
		}
		start = i
		j := i - 1
		if j < 0 {
			break
		}
		switch u.chunks[j].kind {
		case kindPrep:
			w := u.norm(j)
			if w == "as" && u.is(j-1, kindNP) && u.is(j-2, kindVG) && u.relativeClause(j-2) {
				switch u.headNorm(j - 1) {
				case "himself", "herself", "themselves":
					i = j - 1 // "a man who called himself a general said"
					continue
				}
			}
			if w == "as" || w == "like" && !u.nominal(j-1) {
				goto done
			}
			if (w == "after" || w == "before" || w == "since" || w == "until") && !u.isTime(i) {
				goto done // "after Lee said"
			}
			switch {
			case u.nominal(j-1) && !u.isTime(j-1):
				// "the head of the agency": on, unless what stands before
				// is an opening adjunct itself.
				if w != "of" && u.opensWithPrep(j-1) && u.isSubjectLike(i) {
					goto done
				}
				i = j - 1
				continue
			case u.is(j-1, kindAdj) && u.nominal(j-2):
				// "people familiar with the matter"
				i = j - 2
				continue
			case u.is(j-1, kindVG) && (u.participial(j-1) || u.relativeClause(j-1)):
				k := j - 1
				if u.relativeClause(k) {
					k--
				}
				if u.nominal(k - 1) {
					i = k - 1
					continue
				}
			}
			if k := j - 3; u.isTime(j-1) && u.is(j-2, kindPrep) && u.participial(k) && u.nominal(k-1) {
				i = k - 1 // "a statement issued on Monday by the ministry"
				continue
			}
			// "In Washington, officials": an opening adjunct; the noun
			// phrase is no subject, unless nothing else can be.
			return s, false
		case kindVG:
			// An object inside a modifier: "a man wearing a hat said",
			// "officials who saw the plan said".
			k := j
			if u.nominative(i) {
				goto done // "who said he had left"
			}
			if u.relativeClause(k) {
				k--
				if u.is(k-1, kindComma) {
					goto done
				}
				if u.nominal(k - 1) {
					i = k - 1
					continue
				}
			} else if u.participial(k) && u.nominal(k-1) {
				i = k - 1
				continue
			} else if n := u.charged(k); n >= 0 {
				i = n
				continue
			}
			goto done
		case kindConj:
			// "Smith and Jones said"; not "… won and Jones said".
			w := u.norm(j)
			if (w == "and" || w == "or") && u.nominal(j-1) && !u.isTime(j-1) && u.coordinates(j) {
				i = j - 1
				continue
			}
			if (w == "and" || w == "or") && u.is(j-1, kindComma) && u.nominal(j-2) && u.listBefore(j-2) {
				i = j - 2
				continue
			}
			if w == "and" && u.nominal(j-1) && u.is(j-2, kindPrep) && u.chunks[i].kind == kindNP && (!u.personAt(i) || u.placeAt(i) && u.placeAt(j-1)) && !u.isTime(j-1) {
				i = j - 1 // "experts on trade and security said"
				continue
			}
			goto done
		case kindComma:
			if u.placeAt(i) && u.placeAt(j-1) && u.is(j-2, kindPrep) && u.is(j-3, kindVG) {
				i = j - 1 // "Lee, who was born in Lyon, France said"
				continue
			}
			// A list, "A, B and C", or the noun phrase after an apposition in
			// front: "the minister, Smith, said" was handled before.
			goto done
		default:
			goto done
		}
	}
done:
	if start < 0 || !u.isSubject(start) && !u.phraseQuote(start) {
		return s, false
	}
	if u.phraseQuote(start) && start == end {
		return s, false
	}
	if u.p.lx.acts[u.headNorm(start)] {
		// "Lee's reaction on X echoed it, stating": it is Lee who states.
		if o, ok := u.possessor(start); ok {
			o.from, o.to = start, v
			return o, true
		}
	}
	s = source{first: u.chunks[start].first, last: u.chunks[end].last, head: u.chunks[start].head, from: start, to: v}
	if last >= 0 {
		s.last = u.chunks[last-1].last
		if u.is(last, kindClose) || u.is(last-1, kindClose) {
			s.last = u.chunks[last-1].last
		}
	}
	return s, true
}

// placeAt reports whether the noun phrase at i names a place.
func (u *unit) placeAt(i int) bool {
	if !u.is(i, kindNP) {
		return false
	}
	k := u.p.named[u.chunks[i].head]
	return k != 0 && u.p.pass.Set.Mentions[k-1].Type == annotation.Place
}

// personAt reports whether the noun phrase at i may be a speaker.
func (u *unit) personAt(i int) bool {
	ch := &u.chunks[i]
	return u.personLike(&source{first: ch.first, last: ch.last, head: ch.head})
}

// isSubjectLike reports whether the noun phrase at i is by itself a likely
// speaker: a pronoun, a name, a person.
func (u *unit) isSubjectLike(i int) bool {
	ch := &u.chunks[i]
	t := &u.p.tags[ch.head]
	return t.tag == tagPron || t.class == 'p'
}

// opensWithPrep reports whether the noun phrase at i is itself the object of a
// preposition that opens the clause.
func (u *unit) opensWithPrep(i int) bool {
	for u.nominal(i) && u.is(i-1, kindPrep) {
		if i-1 == 0 || u.is(i-2, kindComma) || u.is(i-2, kindConj) {
			return true
		}
		i -= 2
	}
	return false
}

// participial reports whether the verb group at k, found on the way left from
// another verb, modifies the noun phrase before it: "a report released last
// year found".
func (u *unit) participial(k int) bool {
	if !u.is(k, kindVG) {
		return false
	}
	g := &u.chunks[k]
	if g.cue != nil && g.cue.frames&frameBare != 0 && !g.ing {
		return false // "Lee said she recalled"
	}
	if !g.ing && !g.part && u.is(k+1, kindNP) && !u.isTime(k+1) && !u.isPronoun(k+1) && !twofold(u.p.toks[g.head].Norm) {
		return false // "the bank cut its rate by a point, saying"
	}
	return g.ing || g.part || g.last-g.first == 1 && u.p.tags[g.head].forms&formPart != 0 && u.nominal(k-1) && !u.isPronoun(k-1)
}

// twofold reports whether the participle w may have an object: "a boy named Ali", "people
// given the drug".
func twofold(w string) bool {
	switch w {
	case "named", "called", "given", "told", "asked", "shown", "offered", "elected", "made", "sent", "taught", "paid", "awarded", "granted", "denied", "handed", "considered", "labelled", "labeled", "dubbed", "titled", "entitled", "nicknamed", "aged":
		return true
	}
	return false
}

// nominative reports whether chunk i is a pronoun that can be a subject only.
func (u *unit) nominative(i int) bool {
	if !u.isPronoun(i) {
		return false
	}
	switch u.headNorm(i) {
	case "he", "she", "they", "we", "i":
		return true
	}
	return false
}

func (u *unit) isPronoun(i int) bool {
	return u.is(i, kindNP) && u.p.tags[u.chunks[i].head].tag == tagPron
}

// relativeClause reports whether the verb group at k follows a relative
// pronoun.
func (u *unit) relativeClause(k int) bool {
	return (u.is(k-1, kindWh) || u.is(k-1, kindThat)) && k >= 2
}

// wordAt returns the token's look-up form.
func wordAt(toks []token.Token, i int) string {
	if i < 0 || i >= len(toks) {
		return ""
	}
	return toks[i].Norm
}
