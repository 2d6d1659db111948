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
		if t := u.p.tags[ch.head].tag; t == tagPoss {
			return false
		}
	}
	return true
}

// subjectBefore finds the subject of the verb group at chunk v by walking left
// over its post-modifiers. ok is false where none is clear.
func (u *unit) subjectBefore(v int) (s source, ok bool) {
	i := v - 1
	// Adverbs, and a time between subject and verb.
	restrict := -1 // last chunk of a clause that restricts the subject
	for i >= 0 && (u.chunks[i].kind == kindAdv || u.isTime(i) && (u.nominal(i-1) || u.participial(i-1) || u.is(i-1, kindAdv))) {
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
		} else {
			return s, false
		}
	case kindDash:
		if j, ok := u.dashed(i); ok {
			i = j - 1
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
			// "In Washington, officials": an opening adjunct; the noun
			// phrase is no subject, unless nothing else can be.
			return s, false
		case kindVG:
			// An object inside a modifier: "a man wearing a hat said",
			// "officials who saw the plan said".
			k := j
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
			if w == "and" && u.nominal(j-1) && u.is(j-2, kindPrep) && u.chunks[i].kind == kindNP && !u.personAt(i) && !u.isTime(j-1) {
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
	return g.ing || g.part || g.last-g.first == 1 && u.p.tags[g.head].forms&formPart != 0 && u.nominal(k-1) && !u.isPronoun(k-1)
}

func (u *unit) isPronoun(i int) bool {
	return u.is(i, kindNP) && u.p.tags[u.chunks[i].head].tag == tagPron
}

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
		return false
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

// relativeClause reports whether the verb group at k follows a relative
// pronoun.
func (u *unit) relativeClause(k int) bool {
	return (u.is(k-1, kindWh) || u.is(k-1, kindThat)) && k >= 2
}

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
			// Lists and chains of appositions: take the outermost comma that
			// still opens an insertion after a noun phrase.
			for k := j - 1; k >= 1 && i-k < maxInsertion; k-- {
				if u.is(k, kindVG) || u.is(k, kindSemi) || u.is(k, kindColon) || u.is(k, kindQuote) || u.is(k, kindConj) {
					break
				}
				if u.is(k, kindComma) && u.nominal(k-1) && u.inserted(k+1, j) && !u.opensWithPrep(k-1) && !u.isTime(k-1) {
					j = k
				}
			}
			return j, true
		}
	}
	return 0, false
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
			if u.chunks[k].kind == kindVG && u.chunks[k].finite && !u.inRelative(k, i) {
				return false
			}
		}
		if u.is(i, kindNP) && u.p.tags[u.chunks[i].head].tag == tagPron {
			return false
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
			if k != kindVG || !g.finite || u.relativeClause(j) || u.is(j-1, kindConj) {
				continue
			}
			if cueOnly && (g.cue == nil || g.cue.weak || !u.sameForm(v, j)) {
				continue
			}
			if s, ok = u.subjectBefore(j); ok && s.relative {
				continue
			}
			if ok || !cueOnly {
				return s, ok
			}
		}
	}
	return s, false
}

// participleSubject finds who does what a participle after a comma tells:
// "Smith resigned, saying": the subject of the clause's finite verb.
func (u *unit) participleSubject(v int) (s source, ok bool) {
	b := v - 1 // what stands before, times and adverbs apart
	for b >= 0 && (u.is(b, kindAdv) || u.isTime(b)) {
		b--
	}
	if v == 0 || b < 0 || (u.is(b, kindPrep) || u.is(b, kindSub)) && (b == 0 || u.is(b-1, kindComma) && b == 1) {
		// "Speaking in Paris, Smith …", "After saying …, she …".
		return u.mainSubject(v)
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
		if u.p.lx.media[h] || u.p.lx.classes[h] == classDoc {
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
		return source{first: c.first, last: c.last, head: c.head, from: b, to: v}, true
	default:
		return s, false
	}
	for j := v - 1; j >= 0; j-- {
		switch u.chunks[j].kind {
		case kindSemi, kindColon:
			return s, false
		case kindVG:
			g := &u.chunks[j]
			if !g.finite {
				continue
			}
			if s, ok = u.subjectBefore(j); ok {
				if s.relative && u.is(j-1, kindWh) && j+1 < v && u.commaBetween(j, v-1) {
					continue
				}
				return s, ok
			}
		}
	}
	return s, false
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
	name := u.p.tags[last-1].tag == tagName && u.p.lx.classes[u.p.toks[last-1].Norm] == classNone // nothing yet but a name
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
			if !u.is(j+1, kindPrep) || !u.nominal(j+2) {
				break loop
			}
			j += 3
			last = u.chunks[j-1].last
		case kindVG:
			if !(u.chunks[j].ing || u.chunks[j].part || u.participle(j)) || u.chunks[j].cue != nil && u.chunks[j].cue.frames&frameThat != 0 && u.norm(j) != "speaking" {
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

func (u *unit) participle(j int) bool {
	g := &u.chunks[j]
	t := &u.p.tags[g.head]
	return g.last-g.first == 1 && t.forms&formPart != 0 && (u.is(j+1, kindPrep) || j+1 == len(u.chunks))
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

// wordAt returns the token's look-up form.
func wordAt(toks []token.Token, i int) string {
	if i < 0 || i >= len(toks) {
		return ""
	}
	return toks[i].Norm
}
