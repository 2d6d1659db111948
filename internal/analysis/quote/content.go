package quote

import (
	"slices"

	"readout/internal/token"
)

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

// skipAdjuncts passes over what may stand between a verb of saying and the end
// of its clause or its content: a time, a medium, an addressee.
func (u *unit) skipAdjuncts(i int) int {
	for i < len(u.chunks) {
		switch {
		case u.is(i, kindAdv), u.isTime(i):
			i++
		case u.is(i, kindPrep) && u.nominal(i+1):
			switch u.norm(i) {
			case "to":
				if u.is(i+1, kindQuote) {
					return i + 1 // "told her to 'plan ahead'"
				}
			case "as", "after", "before", "since", "until":
				if u.is(i+2, kindVG) && u.chunks[i+2].finite {
					return i // a clause: "as he left"
				}
			}
			i += 2
		case u.published(i):
			i++
		case u.is(i, kindPrep) && (i+1 >= len(u.chunks) || u.is(i+1, kindStop) || u.is(i+1, kindComma)):
			i++ // "told reporters outside."
		case u.is(i, kindNP) && u.is(i-1, kindVG) && u.chunks[i-1].cue != nil && u.chunks[i-1].cue.frames&frameAddressee != 0:
			i++
		default:
			return i
		}
	}
	return i
}

// published reports whether chunk i is a participle that tells more of what
// something was said in: "in a statement posted on X".
func (u *unit) published(i int) bool {
	if i < 2 || !u.is(i, kindVG) || !u.is(i-1, kindNP) || !u.is(i-2, kindPrep) {
		return false
	}
	g := &u.chunks[i]
	if g.ing || g.infinitive || g.last-g.first > 1 || u.p.tags[g.head].forms&formPart == 0 {
		return false
	}
	h := u.headNorm(i - 1)
	return u.p.lx.media[h] || u.p.lx.classes.Get(h) == classDoc
}

// content finds where the content of the verb group at v begins, and the
// frame it is in. cueEnd is the chunk after the cue.
func (u *unit) content(v int) (c, cueEnd int, f frame) {
	g := &u.chunks[v]
	fr := g.cue.frames
	i := v + 1
	cueEnd = v + 1
	if i < len(u.chunks) && u.norm(i) == "so" && thinking(g.cue.lemma) && (i+1 >= len(u.chunks) || u.is(i+1, kindStop) || u.is(i+1, kindComma)) {
		return i, cueEnd, frameNoun // "He does not think so."
	}
	for u.is(i, kindAdv) {
		i++
	}
	if i >= len(u.chunks) {
		return 0, 0, 0
	}
	if k := u.aside(i); k >= 0 {
		switch {
		case fr&frameThat != 0 && u.is(k, kindThat):
			return k, cueEnd, frameThat
		case fr&frameBare != 0 && u.clauseAt(k):
			return k, cueEnd, frameBare
		}
	}
	if fr&frameThat != 0 && u.is(i, kindComma) {
		// "reported, without giving a source, that"
		for k := i + 2; k < len(u.chunks)-1 && k < i+12 && !u.is(k, kindSemi) && !u.is(k, kindStop); k++ {
			if u.is(k, kindVG) && u.chunks[k].finite {
				break
			}
			if u.is(k, kindComma) && u.is(k+1, kindThat) {
				return k + 1, cueEnd, frameThat
			}
		}
	}
	// A that-clause or question may follow adjuncts and an addressee.
	more := false
	for j, n := i, 0; j < len(u.chunks) && n < 14; j, n = j+1, n+1 {
		switch {
		case u.is(j, kindThat) && fr&frameThat != 0 && j-1 > v && u.amount(j-1) && u.is(j+1, kindVG):
			return 0, 0, 0 // "heard little that was new"
		case u.is(j, kindThat) && fr&frameThat != 0 && u.nounOf(i, j) >= 0:
			// "responding to a claim by Lee that …": Lee's, by the noun.
		case u.is(j, kindThat) && fr&frameThat != 0:
			if j > i && !more && u.is(j-1, kindNP) && !u.addressee(v, i, j) && !u.isTime(j-1) && !u.adjunct(j-2) {
				break // "the plan that": a relative clause
			}
			if j > i && !more && u.is(j+1, kindVG) && u.chunks[j+1].finite && u.is(j-1, kindNP) && u.is(j-2, kindPrep) && j-2 > v {
				break // "told the court in a hearing that lasted an hour"
			}
			if j > i && !more && u.is(j+1, kindVG) && u.chunks[j+1].finite && u.nominal(j-1) && !(g.cue.lemma == "tell" && u.addressee(v, i, j)) {
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
		switch {
		case u.published(j):
			more = true // what follows tells more of what it was said in
			continue
		case u.cites(j) && u.is(j-1, kindComma):
			more = true // "reported, citing a letter, that"
			continue
		case k == kindNP, k == kindPrep, k == kindAdv, k == kindAdj, k == kindComma && (j > i || u.cites(j+1)):
			continue
		case k == kindConj && j > i && g.cue.lemma == "tell" && u.norm(j) == "and" && u.is(j-1, kindNP) && u.is(j+1, kindNP) && u.is(j+2, kindThat):
			continue // "told the jury of six women and six men that"
		case u.phraseQuote(j) && u.is(j-1, kindPrep):
			continue // "said on 'The Sunday Hour' that"
		case k == kindVG && fr&frameThat != 0 && !more && j > i+1 && u.chunks[j].finite && u.afterwards(i):
			more = true // "said after the team had lost that"
			continue
		}
		break
	}
	if u.is(i, kindVG) && u.chunks[i].infinitive && fr&frameTo != 0 {
		switch u.headNorm(i) {
		case "named", "identified", "quoted":
			return 0, 0, 0 // "asked not to be named"
		}
		if u.silent(v, i) {
			return 0, 0, 0 // "declined to comment": nothing is said
		}
		return i, cueEnd, frameTo
	}
	if u.is(i, kindVG) && u.chunks[i].ing && fr&frameIng != 0 {
		return i, cueEnd, frameIng
	}
	if fr&framePrep != 0 {
		for u.is(i, kindPrep) && u.norm(i) == "on" && u.isTime(i+1) && u.is(i+2, kindPrep) {
			i += 2 // "called on Sunday for"
		}
	}
	if u.is(i, kindPrep) && slices.Contains(g.cue.preps, u.norm(i)) && i+1 < len(u.chunks) {
		if (g.cue.lemma == "speak" || g.cue.lemma == "talk") && u.norm(i) == "on" && u.broadcast(i+1) {
			return 0, 0, 0 // "speaking on Radio One": where, not of what
		}
		if u.headNorm(i+1) == "condition" || u.headNorm(i+1) == "anonymity" || u.isTime(i+1) {
			return 0, 0, 0
		}
		return i + 1, i + 1, framePrep
	}
	// "accused Smith of", "thanked them for": the preposition leads to it.
	if g.cue.lemma == "tell" && u.is(i, kindNP) && u.is(i+1, kindPrep) && (u.norm(i+1) == "of" || u.norm(i+1) == "about") && u.personAt(i) && i+2 < len(u.chunks) {
		return i + 2, cueEnd, framePrep // "told aid workers of men being shot"
	}
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
	if g.cue.lemma == "tell" && u.is(i, kindNP) && u.is(i+1, kindQuote) && fr&frameQuote != 0 && u.p.toks[u.chunks[i].last-1].Norm != "'s" && u.p.words(&u.p.quotes[u.chunks[i+1].quote]) > 2 && !u.is(i+2, kindThat) {
		return i + 1, cueEnd, frameQuote // 'told an operator "I have done it" after the fire'
	}
	j := u.skipAdjuncts(i)
	told := g.cue.lemma == "tell" && u.is(i, kindNP) // somebody must be told
	if fr&frameBare != 0 && u.is(i, kindVG) && u.chunks[i].finite && u.nominal(v-1) && (u.is(v-2, kindWh) || u.is(v-2, kindThat)) {
		return i, cueEnd, frameBare // "which officials say operates"
	}
	if fr&frameBare != 0 && g.cue.frames&frameQuote != 0 && !g.cue.weak {
		if k := u.remoteClause(v, i, j); k >= 0 {
			return k, cueEnd, frameBare
		}
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
		k := u.phraseEnd(i + 1)
		if u.is(k, kindAdv) && (u.norm(k) == "not" || u.norm(k) == "never") {
			k++ // "asked people not to go"
		}
		if u.is(k, kindVG) && u.chunks[k].infinitive {
			return i, cueEnd, frameTo
		}
	}
	if fr&frameTo != 0 && u.nominal(i) && !u.score(i) {
		if k := u.phraseEnd(i + 1); u.is(k, kindVG) && u.chunks[k].infinitive {
			if u.isTime(i) {
				return k, cueEnd, frameTo // "vowed Monday to stay"
			}
			return i, cueEnd, frameTo
		}
	}
	if u.chunks[v].infinitive {
		return 0, 0, 0
	}
	if fr&frameAs != 0 && u.is(i, kindPrep) && u.norm(i) == "as" && i+1 < len(u.chunks) {
		return i + 1, i + 1, frameAs // "an attack that officials described as"
	}
	if fr&frameNoun != 0 && u.is(i, kindVG) && (fr&frameIng == 0 || !u.chunks[i].ing) && u.describing(i) && u.nominal(i+1) {
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

// aside returns the chunk after what stands between dashes or brackets at chunk i,
// as in "said – as often before – that", or -1.
func (u *unit) aside(i int) int {
	closing := kindClose
	switch {
	case u.is(i, kindDash):
		closing = kindDash
	case !u.is(i, kindOpen):
		return -1
	}
	for k := i + 1; k < len(u.chunks)-1 && k < i+maxInsertion; k++ {
		switch u.chunks[k].kind {
		case closing:
			return k + 1
		case kindQuote, kindSemi, kindStop, kindColon:
			return -1
		}
	}
	return -1
}

// amount reports whether chunk i says how much and nothing more: "little".
func (u *unit) amount(i int) bool {
	if i < 0 || i >= len(u.chunks) {
		return false
	}
	switch u.norm(i) {
	case "little", "much", "enough", "less", "more", "most", "nothing", "plenty":
		return true
	}
	return false
}

// afterwards reports whether a clause of time begins at chunk i: "after the team
// had lost".
func (u *unit) afterwards(i int) bool {
	switch {
	case u.is(i, kindPrep), u.is(i, kindSub):
		switch u.norm(i) {
		case "after", "before", "when", "as", "while":
			return u.nominal(i + 1)
		}
	}
	return false
}

// remoteClause returns where the content of the verb of saying at v begins when its
// clause does not follow at once, or -1: an adverbial clause or phrase and a comma
// come first ("said while some had left, others stayed"), its subject is a verb in
// -ing ("said raising wages would help"), or the writer has put a comma after the
// verb ("He said, there are more now"). i is the chunk after the verb, j the one
// after the adjuncts that follow it.
func (u *unit) remoteClause(v, i, j int) int {
	switch {
	case u.is(i, kindSub) && u.norm(i) != "so" && !whWord(u.norm(i)), u.is(i, kindSub) && u.norm(i) == "if" && u.chunks[v].cue.frames&frameWh == 0:
		for k := i + 2; k < len(u.chunks)-1 && k < i+16; k++ {
			switch {
			case u.is(k, kindComma) && u.hasFinite(i, k):
				if u.clauseAt(k + 1) {
					return i
				}
			case u.is(k, kindSemi), u.is(k, kindQuote):
				return -1
			}
		}
	case u.is(i, kindVG) && u.chunks[i].ing && !u.chunks[i].finite && u.chunks[v].cue.frames&frameIng == 0:
		for k := i + 1; k < len(u.chunks) && k < i+10; k++ {
			switch u.chunks[k].kind {
			case kindNP, kindPrep, kindAdj, kindAdv:
			case kindVG:
				if u.chunks[k].finite && !u.relativeClause(k) {
					if _, outer := u.restricted(k); outer {
						return -1 // "who feared losing her job said"
					}
					return i
				}
			default:
				return -1
			}
		}
	case u.is(i, kindPrep):
		switch u.norm(i) {
		case "following", "despite", "under", "without", "after", "before", "since":
			for k := i + 2; k < len(u.chunks)-1 && k < i+12; k++ {
				switch u.chunks[k].kind {
				case kindComma:
					if u.clauseAt(k+1) && !u.is(k+2, kindThat) && !u.is(k+2, kindConj) {
						return i
					}
					return -1
				case kindNP, kindPrep, kindAdj, kindAdv:
				case kindVG:
					if u.chunks[k].finite {
						return -1
					}
				default:
					return -1
				}
			}
			return -1
		}
		if j == i || !u.is(j, kindComma) || !u.clauseAt(j+1) {
			return -1
		}
		switch u.norm(i) {
		case "in", "on", "at", "during", "to", "through":
			if s, ok := u.subjectBefore(v); ok && !u.hasFinite(0, s.from) {
				return j + 1
			}
		}
	case u.is(i, kindComma):
		k := i + 1
		for u.is(k, kindAdv) {
			k++
		}
		if s, ok := u.subjectBefore(v); ok && s.from == u.sentenceStart(v) && !s.relative && (u.clauseAt(k) || u.existential(k)) && !u.is(k, kindQuote) {
			return i + 1
		}
	}
	return -1
}

// existential reports whether "there is" or the like stands at chunk k.
func (u *unit) existential(k int) bool {
	return u.is(k, kindNP) && u.headNorm(k) == "there" && u.is(k+1, kindVG) && u.chunks[k+1].finite
}

// score reports whether the noun phrase at i is nothing but numbers: "voted 5-2".
func (u *unit) score(i int) bool {
	c := &u.chunks[i]
	if c.kind != kindNP {
		return false
	}
	for t := c.first; t < c.last; t++ {
		if u.p.tags[t].tag != tagNum && u.p.toks[t].Kind != token.Punct {
			return false
		}
	}
	return true
}

// silent reports whether the verb group at v and the infinitive at i tell that
// somebody gave no answer: "declined to comment", "refused to say how much".
func (u *unit) silent(v, i int) bool {
	yet := false
	for k := v + 1; k < i; k++ {
		yet = yet || u.is(k, kindAdv) && u.headNorm(k) == "yet" // "had yet to say"
	}
	c := u.chunks[v].cue
	unwilling := c != nil && (c.lemma == "decline" || c.lemma == "refuse" || u.chunks[v].negated && (c.lemma == "want" || c.lemma == "wish"))
	if !yet && !unwilling {
		return false
	}
	g := &u.chunks[i]
	if c := g.cue; c != nil && !c.weak && c.frames&frameQuote != 0 {
		return true
	}
	switch u.headNorm(i) {
	case "interviewed", "drawn", "take", "quoted":
		return unwilling
	case "comment", "say", "answer", "respond", "reply", "elaborate", "speak", "talk", "discuss", "specify", "disclose",
		"reveal", "confirm", "identify", "name", "explain", "give", "provide", "share":
		return true
	}
	return false
}

// nounOf returns the noun phrase in the chunks [i, j) that the clause with "that"
// at j belongs to, "a claim by Lee that", or -1.
func (u *unit) nounOf(i, j int) int {
	for k := i; k < j-2; k++ {
		if !u.is(k, kindNP) || !u.is(k+1, kindPrep) || u.norm(k+1) != "by" && u.norm(k+1) != "from" || !u.nominal(k+2) {
			continue
		}
		if c := u.p.lx.nounCues[u.headNorm(k)]; c != nil && c.frames&frameThat != 0 {
			return k
		}
	}
	return -1
}

// broadcast reports whether the noun phrase at i is one of those on which people
// speak: an outlet, a programme, a platform.
func (u *unit) broadcast(i int) bool {
	if !u.is(i, kindNP) {
		return false
	}
	ch := &u.chunks[i]
	if _, ok := u.p.outletIn(ch); ok {
		return true
	}
	h := u.p.toks[ch.head].Norm
	return u.p.lx.media[h] || u.p.lx.platforms[h] || h == "radio" || h == "television" || h == "tv" || h == "air" || h == "show" || h == "programme" || h == "program" || h == "stage"
}

// governing returns the verb group that stands before the one at i with nothing
// but adverbs between, or -1.
func (u *unit) governing(i int) int {
	for i--; u.is(i, kindAdv); i-- {
	}
	if u.is(i, kindVG) {
		return i
	}
	return -1
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
		case u.is(k, kindPrep), u.is(k, kindAdv), u.is(k, kindComma), u.is(k, kindConj) && g.lemma == "tell":
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
				if u.relativeClause(j) || u.is(j-1, kindNP) && u.is(j-2, kindWh) && u.is(j-3, kindComma) {
					continue
				}
				// "kept ties, the talks stalled": a new clause after the comma;
				// "made an offer and left": a second verb.
				return commas%2 == 0 && !u.is(j-1, kindConj) && !u.second(i, j)
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

// second reports whether the verb of saying at j has a subject of its own after a
// conjunction, so that the noun phrase at i is no part of it: "reported the raid
// and Lee later confirmed".
func (u *unit) second(i, j int) bool {
	c := u.chunks[j].cue
	if c == nil || c.weak || c.frames&frameQuote == 0 || u.personAt(i) {
		return false
	}
	k := j - 1
	for k > i && u.is(k, kindAdv) {
		k--
	}
	return u.is(k, kindNP) && u.personNamed(k) && u.is(k-1, kindConj) && u.norm(k-1) == "and"
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
