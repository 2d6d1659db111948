package quote

import (
	"strings"

	"readout/internal/token"
)

// A tag is a coarse part of speech.
type tag uint8

const (
	tagNone tag = iota
	tagPunct
	tagDet
	tagPoss // my, whose, 's
	tagPron
	tagWh
	tagThat
	tagPrep
	tagAs
	tagTo
	tagSub
	tagConj
	tagModal
	tagBe
	tagHave
	tagDo
	tagNeg
	tagAdv
	tagNoun
	tagName
	tagNum
	tagAdj
	tagVerb // finite, or base form after a modal or "to"
	tagPart // past participle, or a past form that may be one
	tagIng
)

var tagNames = map[string]tag{
	"leading": tagNone, "det": tagDet, "poss": tagPoss, "pron": tagPron, "wh": tagWh, "that": tagThat,
	"prep": tagPrep, "as": tagAs, "to": tagTo, "sub": tagSub, "conj": tagConj, "modal": tagModal,
	"be": tagBe, "have": tagHave, "do": tagDo, "neg": tagNeg, "adv": tagAdv, "num": tagNum,
}

// A tagged is what is known of one token.
type tagged struct {
	tag    tag
	forms  uint8 // forms it can have as a verb
	class  byte  // WordNet's class of the noun
	vclass byte  // … of the verb
	plural bool
	cue    *cue // as a verb
}

// A tagger gives each token of a stretch of text its part of speech.
type tagger struct {
	lx    *lexicon
	toks  []token.Token
	out   []tagged
	named []int32
	title bool // title case: capitals say nothing
}

// newTagger returns a tagger for the sentence in tokens [from, to) that writes
// into the parser's tags.
func newTagger(p *parser, from, to int) tagger {
	lx, toks, out := p.lx, p.toks, p.tags
	words, capital, upper := 0, 0, 0
	for i := from; i < to; i++ {
		t := &toks[i]
		if t.Kind == token.Word && len(t.Norm) > 3 {
			words++
			if t.Is(token.Initial) {
				capital++
			}
			if t.Is(token.AllUpper) {
				upper++
			}
		}
	}
	title := words >= 4 && capital*10 > words*7 || upper == words && words >= 3
	return tagger{lx: lx, toks: toks, out: out, named: p.named, title: title}
}

// segment tags the tokens [from, to), a stretch of the sentence between two
// quotations. first says that a sentence begins there.
func (tg *tagger) segment(from, to int, first bool) {
	for i := from; i < to; i++ {
		tg.tag(i, from, to, first)
		if tg.toks[i].Kind == token.Punct {
			switch tg.toks[i].Norm {
			case ":", "?", "!", "...", "…":
				// A stop inside a sentence belongs to an abbreviation.
				first = true
			}
		} else {
			first = false
		}
	}
}

func isHyphen(t *token.Token) bool {
	return t.Kind == token.Punct && (t.Norm == "-" || t.Norm == "‐" || t.Norm == "‑")
}

// joined reports whether token i is glued by a hyphen to a word before it.
func joined(toks []token.Token, i, from int) bool {
	return i-2 >= from && !toks[i].Space && isHyphen(&toks[i-1]) && !toks[i-1].Space && toks[i-2].Kind != token.Punct
}

// joins reports whether token i is glued by a hyphen to a word after it.
func joins(toks []token.Token, i, to int) bool {
	return i+2 < to && isHyphen(&toks[i+1]) && !toks[i+1].Space && !toks[i+2].Space && toks[i+2].Kind != token.Punct
}

// offices are participles that belong to the office before which they stand.
var offices = wordSet("offices")

func (tg *tagger) prev(i, from int) tag {
	for j := i - 1; j >= from; j-- {
		if t := tg.out[j].tag; t != tagAdv && t != tagNeg {
			return t
		}
	}
	return tagNone
}

// nextTag is a cheap look at the token after i: its closed-class tag, or
// tagNone.
func (tg *tagger) nextTag(i, to int) tag {
	if i+1 >= to {
		return tagPunct
	}
	n := &tg.toks[i+1]
	switch n.Kind {
	case token.Punct, token.Symbol:
		return tagPunct
	case token.Number:
		return tagNum
	}
	return tg.lx.of(n).closed
}

func (tg *tagger) tag(i, from, to int, first bool) {
	t := &tg.toks[i]
	o := &tg.out[i]
	*o = tagged{}
	switch t.Kind {
	case token.Punct:
		o.tag = tagPunct
		if t.Norm == "&" {
			o.tag = tagConj
		} else if t.Norm == "'" && i > from && i+1 < to && tg.named[i] != 0 && tg.named[i] == tg.named[i-1] && tg.named[i] == tg.named[i+1] {
			o.tag = tagName // "Tobias van 't Veer"
		}
		if isHyphen(t) && !t.Space && i > from && i+1 < to && !tg.toks[i+1].Space {
			o.tag = tg.out[i-1].tag // inside a compound
			if o.tag == tagPunct || o.tag == tagNone || o.tag == tagPoss {
				o.tag = tagPunct
			}
		}
		return
	case token.Symbol:
		o.tag = tagPunct
		if t.Norm == "$" || t.Norm == "€" || t.Norm == "£" || t.Norm == "%" || t.Norm == "₹" || t.Norm == "¥" {
			o.tag = tagNum
		} else if t.Norm == "&" || t.Norm == "+" {
			o.tag = tagConj
		} else if t.Norm == "@" || t.Norm == "#" {
			o.tag = tagName
		}
		return
	case token.Number:
		o.tag = tagNum
		return
	}
	if tg.named[i] != 0 && (t.Is(token.Initial) || i > from && tg.named[i-1] == tg.named[i]) && t.Norm != "'s" {
		o.tag = tagName
		if e := tg.lx.of(t); e.class != classNone {
			o.class = e.nounClass
		}
		return
	}
	if i+1 < to && strings.HasSuffix(t.Norm, "ing") && offices[t.Norm] && (tg.lx.classes.Get(tg.toks[i+1].Norm) == classRole || tg.lx.unique[tg.toks[i+1].Norm]) {
		o.tag = tagAdj // "managing director Ada Lee"
		return
	}
	if t.Norm == "'s" {
		o.tag = tagPoss
		// "He's claiming", "it's": a verb after a pronoun.
		if i > from {
			switch tg.out[i-1].tag {
			case tagPron, tagWh, tagThat:
				o.tag = tagBe
			case tagName, tagNoun:
				// "Trump's claiming the …" stays a possessive: too rare.
			}
		}
		return
	}
	e := tg.lx.of(t)
	if t.Norm == "a" && t.Is(token.Initial) && i > from && tg.toks[i-1].Is(token.Initial) && tg.toks[i-1].Kind == token.Word && !tg.title {
		o.tag = tagName // "Witness A"
		return
	}
	glued := joined(tg.toks, i, from)
	if e.isClosed && !glued && !joins(tg.toks, i, to) {
		// "US" and "IT" in capitals are not pronouns.
		acronym := t.Is(token.AllUpper) && len(t.Norm) > 1 && !tg.title
		if !acronym || t.Norm != "us" && t.Norm != "it" && t.Norm != "am" && t.Norm != "who" {
			o.tag = tg.closed(i, from, to, e.closed)
			return
		}
	}
	v := e.verb
	o.cue = v.cue
	capital := t.Is(token.Initial) && !tg.title
	if capital && !first {
		// A name, or a title in capitals.
		o.tag = tagName
		o.cue = nil
		if e.class != classNone {
			o.class = e.nounClass
		}
		return
	}
	r := e.reading
	if v.cue != nil {
		r.forms |= v.forms
		if r.verb == 0 {
			r.verb = 1
		}
	}
	o.class, o.vclass, o.plural, o.forms = r.nounClass, r.verbClass, r.plural, r.forms
	if r.plural && r.verb > 0 && r.noun == 0 {
		o.plural = false
	}
	if capital && first && (!r.known || r.verb == 0 && r.adj == 0 && r.adv == 0 && r.noun <= 3 && r.nounClass != 'p') && t.Norm != "sources" {
		o.tag = tagName
		o.cue = nil
		return
	}
	o.tag = tg.open(i, from, to, &r, glued)
	if o.tag != tagVerb && !glued && tg.attributes(i, from, to, e.verb.cue, &r) {
		o.tag, o.plural = tagVerb, false
	}
	if capital && first && o.tag == tagNoun && tg.nextIsName(i, to) && e.class == classNone && r.noun < 20 {
		o.tag = tagName
	}
	if o.tag != tagVerb && o.tag != tagPart && o.tag != tagIng {
		o.cue = nil
	}
}

// attributes reports whether token i, which may be a noun, is the verb of saying
// that belongs to the quotation before the segment: "…," states Lee; "…," the
// letter states. c is what the word is as a verb of saying, if one.
func (tg *tagger) attributes(i, from, to int, c *cue, r *reading) bool {
	if c == nil || c.frames&frameQuote == 0 || c.weak || r.forms&(formS|formPast) == 0 || !tg.toks[i].Is(token.AllLower) {
		return false
	}
	if wordAt(tg.toks, i+1) == ":" && i+1 < to && i > from && r.forms&formS != 0 && r.plural {
		// "The policy states: …"
		k := i - 1
		for k > from && (tg.out[k].tag == tagNoun || tg.out[k].tag == tagAdj || isHyphen(&tg.toks[k])) {
			k--
		}
		return tg.out[i-1].tag == tagNoun && !tg.out[i-1].plural && (tg.out[k].tag == tagDet || tg.toks[k].Norm == "'s") && k < i-1
	}
	if from < 2 || !closing(tg.toks[from-1].Norm) || i > from+6 {
		return false
	}
	switch tg.toks[from-2].Norm {
	case ",", "!", "?":
	default:
		return false
	}
	if i == from {
		return tg.nextIsName(i, to) || tg.nextTag(i, to) == tagDet
	}
	if next := tg.nextTag(i, to); next != tagPunct || i+1 < to && isHyphen(&tg.toks[i+1]) {
		return false
	}
	for k := from; k < i; k++ {
		switch tg.out[k].tag {
		case tagDet, tagPoss, tagAdj, tagName:
		case tagNoun:
			if tg.out[k].plural {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// closing reports whether a token is a mark that closes a quotation.
func closing(n string) bool {
	switch n {
	case "”", "\"", "’", "''", "»", "“":
		return true
	}
	return false
}

func (tg *tagger) nextIsName(i, to int) bool {
	return i+1 < to && tg.toks[i+1].Kind == token.Word && tg.toks[i+1].Is(token.Initial)
}

// number reports whether token i is a number, in digits or as a word.
func (tg *tagger) number(i int) bool {
	return tg.toks[i].Kind == token.Number || tg.lx.of(&tg.toks[i]).closed == tagNum
}

// closed settles closed-class words with more than one use.
func (tg *tagger) closed(i, from, to int, c tag) tag {
	norm := tg.toks[i].Norm
	next := func() tag { return tg.nextTag(i, to) } // few words ask
	if (norm == "least" || norm == "most") && i > from && i+1 < to && tg.toks[i-1].Norm == "at" && tg.number(i+1) {
		return tagAdv
	}
	switch norm {
	case "her":
		switch next() {
		case tagPunct, tagPrep, tagTo, tagThat, tagConj, tagDet, tagAs, tagSub, tagAdv, tagPron, tagModal, tagBe, tagHave:
			return tagPron
		}
		return tagPoss
	case "his":
		if next() == tagPunct || next() == tagBe || next() == tagModal {
			return tagPron
		}
		return tagPoss
	case "that":
		if i > from && calling(tg.toks[i-1].Norm) {
			// 'called that "a fairy tale"', 'called that comparison "unfair"'
			if i+1 >= to || next() == tagPunct || next() == tagDet || next() == tagNone {
				return tagPron
			}
			return tagDet
		}
		if i > from && tg.out[i-1].tag == tagPrep && next() == tagNone && i+1 < to && tg.toks[i+1].Is(token.AllLower) && demonstrated(tg.toks[i-1].Norm) && tg.lx.of(&tg.toks[i+1]).reading.noun > 0 {
			return tagDet // "worked on that inspection"
		}
		// A demonstrative before "is" and the like at the start.
		if (next() == tagBe || next() == tagModal) && (i == from || tg.out[i-1].tag == tagPunct) {
			return tagPron
		}
		return tagThat
	case "so":
		if next() == tagPunct {
			return tagAdv
		}
		return tagSub
	case "like":
		r := tg.prev(i, from)
		if r == tagPron || r == tagTo || r == tagModal || r == tagDo {
			return tagVerb
		}
		return tagPrep
	case "may", "might", "will", "can", "must":
		if tg.toks[i].Is(token.Initial) && i > from && !tg.title && (next() == tagNum || next() == tagPunct) {
			return tagName
		}
		if norm == "may" && tg.toks[i].Is(token.Initial) && tg.prev(i, from) == tagPrep {
			return tagName // "in May that"
		}
		if p := tg.prev(i, from); p == tagDet || p == tagPoss {
			return tagNoun
		}
		if tg.toks[i].Is(token.Initial) && norm == "will" && tg.nextIsName(i, to) {
			return tagName
		}
		return tagModal
	case "one", "both", "all", "some", "many", "most", "few", "several", "each", "either", "neither", "this", "these", "those", "another", "any", "others", "half", "much", "more", "enough", "such", "which", "what":
		if norm == "which" || norm == "what" {
			return tagWh
		}
		if norm == "one" && (next() == tagNone || next() == tagNum) {
			return tagNum
		}
		if norm == "neither" && i > from && i+1 < to && tg.toks[i+1].Is(token.AllLower) {
			if v := tg.lx.of(&tg.toks[i+1]).verb; v.forms&formPast != 0 {
				return tagAdv // "Lee, an aide, neither confirmed nor denied it"
			}
		}
		switch next() {
		case tagBe, tagHave, tagDo, tagModal, tagPunct, tagPrep, tagConj, tagThat:
			if norm != "such" {
				return tagPron
			}
		case tagNone:
			// "some say", "many believe"
			if i+1 < to {
				if v := tg.lx.of(&tg.toks[i+1]).verb; v.cue != nil && v.forms&(formBase|formPast) != 0 && tg.toks[i+1].Is(token.AllLower) && c == tagDet && norm != "this" {
					if !tg.lx.of(&tg.toks[i+1]).lemmaNoun || v.forms&formPast != 0 || v.cue.frames&frameThat != 0 && tg.nextTag(i+1, to) != tagPunct && tg.nextTag(i+1, to) != tagPrep {
						return tagPron
					}
				}
			}
		}
		return tagDet
	case "about", "around", "over", "under", "nearly":
		if next() == tagNum {
			return tagAdv
		}
		return c
	case "at":
		// "at least 40 people": no adjunct
		if n := wordAt(tg.toks, i+1); (n == "least" || n == "most") && i+2 < to && tg.number(i+2) {
			return tagAdv
		}
		return c
	case "to":
		if i > from && (tg.toks[i-1].Norm == "according" || tg.toks[i-1].Norm == "due" || tg.toks[i-1].Norm == "thanks") {
			return tagPrep
		}
		return tagTo
	case "in", "on", "up", "out", "off", "down", "by":
		return tagPrep
	case "following", "including", "regarding", "concerning":
		return tagPrep
	case "before", "after", "since", "until", "till":
		if next() == tagPron && norm != "until" {
			return tagSub
		}
		return tagPrep
	case "who":
		return tagWh
	case "back":
		if p := tg.prev(i, from); p == tagTo || p == tagModal {
			return tagVerb
		}
		return tagAdv
	case "first":
		if p := tg.prev(i, from); i > from && (p == tagNoun || p == tagName) && i+1 < to && tg.toks[i+1].Is(token.AllLower) && tg.lx.of(&tg.toks[i+1]).verb.forms&formPast != 0 {
			return tagAdv // "The union first said"
		}
		if i > from && tg.out[i-1].tag == tagPunct && i+1 < to && tg.lx.of(&tg.toks[i+1]).reading.forms&formPart != 0 {
			return tagAdv // ", first reported by"
		}
		return c
	case "yet":
		if p := tg.prev(i, from); next() == tagTo || next() == tagPunct || p == tagHave || p == tagBe {
			return tagAdv // "has yet to say", "her best yet,"
		}
		return tagConj
	case "but":
		return tagConj
	case "us":
		return tagPron
	}
	return c
}

// open chooses the part of speech of an open-class word.
func (tg *tagger) open(i, from, to int, r *reading, glued bool) tag {
	norm := tg.toks[i].Norm
	prev, next := tg.prev(i, from), tg.nextTag(i, to)
	if i+1 < to && tg.toks[i+1].Norm == "'s" && (r.noun > 0 || !r.known) {
		return tagNoun
	}
	compound := joins(tg.toks, i, to)
	if compound {
		if r.noun >= r.adj || !r.known {
			return tagNoun
		}
		return tagAdj
	}
	if strings.HasSuffix(norm, "ly") && len(norm) > 4 && r.noun == 0 && r.verb == 0 && r.adj <= r.adv+1 {
		return tagAdv
	}
	if glued {
		// The last part of a compound: "long-standing", "anti-government".
		if r.forms&(formPart|formIng) != 0 && r.noun == 0 {
			return tagAdj
		}
		if r.adj > r.noun {
			return tagAdj
		}
		return tagNoun
	}
	if !r.known {
		switch {
		case tg.graded(norm):
			r.adj = 1
		case strings.HasSuffix(norm, "ly"):
			return tagAdv
		case strings.HasSuffix(norm, "ing"):
			r.forms |= formIng
			r.verb = 1
		case strings.HasSuffix(norm, "ed") && len(norm) > 4:
			r.forms |= formPast | formPart
			r.verb = 1
		case strings.HasSuffix(norm, "ous"), strings.HasSuffix(norm, "ful"), strings.HasSuffix(norm, "less"), strings.HasSuffix(norm, "able"), strings.HasSuffix(norm, "ible"), strings.HasSuffix(norm, "ic"), strings.HasSuffix(norm, "ish"), strings.HasSuffix(norm, "ive"):
			r.adj = 1
		default:
			r.noun = 1
		}
	}
	if c := tg.lx.of(&tg.toks[i]).class; (c == classRole || c == classPerson || c == classAnon) && r.noun > 0 && prev != tagTo && prev != tagModal && prev != tagPron && prev != tagDo {
		// "official", "general", "chief": a noun, unless another follows.
		verb := r.forms&formBase != 0 && (prev == tagNoun || prev == tagName) && (next == tagDet || next == tagPoss || next == tagPron)
		if !verb && (r.adj <= r.noun || !tg.nounAhead(i, to)) {
			return tagNoun
		}
	}
	if norm == "present" && prev == tagNoun && tg.people(i-1) && (tg.pastNext(i, to) || next != tagNone) {
		return tagAdj // "two people present told"
	}
	if norm == "close" && next == tagTo && (prev == tagNoun || prev == tagName) {
		return tagAdj // "sources close to the palace"
	}
	if (prev == tagDet || prev == tagPoss) && r.adv > 0 && r.adj > 0 && i > from && tg.out[i-1].tag == prev && tg.nextTag(i, to) == tagNone && i+1 < to && tg.lx.read(tg.toks[i+1].Norm).noun > 0 {
		return tagAdj // "his daily briefing"
	}
	if r.verb == 0 || r.forms == 0 {
		if prev == tagHave && r.adv > 0 {
			return tagAdv // "has long said"
		}
		return tg.nominal(r, next)
	}
	if norm == "according" {
		return tagIng
	}
	verbTag := tagVerb
	switch {
	case r.forms&formIng != 0 && r.forms&(formBase|formPast) == 0:
		verbTag = tagIng
	case r.forms&(formPast|formPart) != 0 && r.forms&(formBase|formS) == 0:
		if r.forms&formPast == 0 {
			verbTag = tagPart
		}
	}
	if (prev == tagDet || prev == tagPoss) && r.forms&(formPart|formIng) != 0 && r.forms&formBase == 0 && r.noun == 0 {
		return tagAdj
	}
	if i == from && r.forms&(formPast|formPart) != 0 && r.forms&formBase == 0 && tg.lx.verbs.Get(norm).cue == nil && tg.nextIsName(i, to) {
		return tagAdj // "…," retired general Ann Lee said
	}
	if prev == tagPrep && r.forms&formPart != 0 && r.forms&formBase == 0 && r.noun == 0 && next == tagNone && i+1 < to {
		if w := tg.lx.of(&tg.toks[i+1]).reading; w.noun > 0 || tg.toks[i+1].Is(token.Initial) {
			return tagAdj // "of registered voters"
		}
	}
	if prev == tagAdj && r.forms&(formPast|formS) != 0 && r.verb > 4*(r.noun+r.adj) && tg.lx.verbs.Get(norm).cue != nil && i-1 >= from && tg.out[i-1].tag == tagAdj && !(r.plural && tg.pastNext(i, to)) {
		// "Lee's brief said": the adjective was a noun.
		if w := tg.lx.read(tg.toks[i-1].Norm); w.noun > 0 && !strings.HasSuffix(tg.toks[i-1].Norm, "est") && !(i-2 >= from && tg.out[i-2].tag == tagNoun && tg.people(i-2)) {
			tg.out[i-1].tag = tagNoun
			return tagVerb
		}
	}
	if prev == tagBe && r.forms&formPart != 0 && r.noun == 0 {
		return tagPart
	}
	if r.noun == 0 && r.adj == 0 && r.adv == 0 {
		return tg.verbal(i, from, to, verbTag, r, prev, next)
	}
	switch prev {
	case tagDet, tagPoss, tagNum, tagAdj:
		if prev == tagNum && r.forms&(formPast|formBase) != 0 && r.noun == 0 {
			break
		}
		if r.forms&formIng != 0 && r.forms&formBase == 0 {
			if r.noun > r.verb/4 || r.noun > 0 && !tg.nounAhead(i, to) {
				return tagNoun
			}
			return tagAdj
		}
		if r.forms&formPart != 0 && r.forms&formBase == 0 {
			return tagAdj
		}
		if r.noun > 0 && r.plural && tg.pastNext(i, to) {
			return tagNoun // "unconfirmed reports suggested"
		}
		if r.noun > 0 {
			// "the three say", "the poor say": a verb only where no noun fits.
			if prev == tagAdj && r.noun*8 < r.verb && (next == tagThat || next == tagDet || next == tagPron || next == tagPoss) {
				return tagVerb
			}
			return tg.nominal(r, next)
		}
		return tagAdj
	case tagTo, tagModal, tagDo:
		if r.forms&formBase != 0 {
			return tagVerb
		}
		return tg.verbOr(r, verbTag, next)
	case tagBe, tagHave:
		if r.forms == 0 && r.adv > 0 && (prev == tagHave || r.adj == 0) {
			return tagAdv // "has long said"
		}
		if r.forms&(formPart|formIng) != 0 && (r.adj <= r.verb || prev == tagHave) {
			if r.forms&formIng != 0 {
				return tagIng
			}
			return tagPart
		}
		return tg.nominal(r, next)
	case tagThat:
		if r.adj > 0 && r.forms&(formS|formPast) == 0 && tg.nounAhead(i, to) {
			return tagAdj // "that direct flights would start"
		}
		if r.noun > 0 && r.forms&(formS|formPast) == 0 && next == tagNone && i+1 < to && i-2 >= from && !tg.out[i-2].plural && tg.out[i-2].tag != tagPron {
			if w := tg.lx.of(&tg.toks[i+1]).reading; w.noun > 0 && tg.toks[i+1].Is(token.AllLower) {
				return tagNoun // "wrote on X that rescue work went on"
			}
		}
	case tagPron:
		if r.forms&(formBase|formS|formPast) != 0 && !(r.forms&(formPast|formS) == 0 && i > from && isObjective(tg.toks[i-1].Norm)) {
			return tagVerb
		}
	case tagWh:
		if r.forms&(formBase|formS|formPast) != 0 {
			return tagVerb
		}
	case tagPrep:
		if r.forms&formIng != 0 {
			if r.noun > r.verb {
				return tagNoun
			}
			return tagIng
		}
		if r.forms&formPast != 0 && r.forms&formBase == 0 {
			return tagAdj
		}
		return tg.nominal(r, next)
	}
	return tg.verbal(i, from, to, tg.verbOr(r, verbTag, next), r, prev, next)
}

// graded reports whether a word is a form of an adjective: "strongest", "larger".
func (tg *tagger) graded(w string) bool {
	stem, ok := strings.CutSuffix(w, "est")
	if !ok {
		if stem, ok = strings.CutSuffix(w, "er"); !ok {
			return false
		}
	}
	n := len(stem)
	if n < 3 {
		return false
	}
	forms := [...]string{stem, stem + "e", stem, stem}
	if stem[n-1] == 'i' {
		forms[2] = stem[:n-1] + "y"
	}
	if stem[n-1] == stem[n-2] {
		forms[3] = stem[:n-1]
	}
	for _, f := range forms {
		if r := tg.lx.read(f); r.known && r.adj > r.noun+r.verb {
			return true
		}
	}
	return false
}

// nounAhead reports whether the next word can only be a noun.
func (tg *tagger) nounAhead(i, to int) bool {
	if tg.nextTag(i, to) != tagNone || i+1 >= to || tg.toks[i+1].Is(token.Initial) {
		return false
	}
	w := tg.lx.of(&tg.toks[i+1]).reading
	return w.noun > 0 && w.verb == 0
}

func isObjective(s string) bool {
	switch s {
	case "him", "them", "me", "us", "her", "himself", "themselves", "itself", "herself":
		return true
	}
	return false
}

// verbOr returns v, or the noun or adjective if that is much likelier.
func (tg *tagger) verbOr(r *reading, v tag, next tag) tag {
	if r.forms&(formPast|formPart) != 0 && r.forms&formBase == 0 {
		if r.adj > r.verb*2 {
			return tagAdj
		}
		return v
	}
	if r.forms&formIng != 0 && r.forms&formBase == 0 {
		if r.noun > r.verb {
			return tagNoun
		}
		return v
	}
	if r.adj > r.verb && r.adj >= r.noun {
		return tagAdj
	}
	return v
}

func (tg *tagger) nominal(r *reading, next tag) tag {
	if r.noun > 0 && r.adj > 0 && (next == tagModal || next == tagBe || next == tagHave || next == tagDo) {
		return tagNoun // "the military has"
	}
	switch {
	case r.adv > r.noun && r.adv > r.adj:
		return tagAdv
	case r.adj > r.noun:
		return tagAdj
	case r.noun > 0 && r.adj > 0 && r.adj*3 > r.noun && next == tagNone:
		return tagAdj
	case r.noun > 0:
		return tagNoun
	case r.adj > 0:
		return tagAdj
	case r.adv > 0:
		return tagAdv
	case r.forms&formIng != 0:
		return tagIng
	case r.forms&(formPart|formPast) != 0:
		return tagAdj
	}
	return tagNoun
}

// verbal decides between verb and noun for a word that may be either, after a
// noun, a name or a mark.
func (tg *tagger) verbal(i, from, to int, v tag, r *reading, prev, next tag) tag {
	if v != tagVerb {
		return v
	}
	if r.forms&formPast != 0 && r.forms&(formBase|formS) == 0 {
		return tagVerb
	}
	if r.noun == 0 && r.adj == 0 {
		return tagVerb
	}
	if r.plural && tg.pastNext(i, to) {
		return tagNoun // "Reports suggested"
	}
	p := i - 1
	for p >= from && tg.out[p].tag == tagAdv {
		p--
	}
	switch prev {
	case tagNoun, tagName, tagNum:
		pl := p >= from && (tg.out[p].plural || prev == tagName && strings.HasSuffix(tg.toks[p].Norm, "s"))
		agrees := prev == tagName && (r.forms&formBase == 0 || tg.joint(p, from)) || pl && r.forms&formBase != 0 || !pl && r.forms&formS != 0 || r.forms&formPast != 0
		if p == i-1 && joined(tg.toks, p, from) && prev == tagNoun && r.plural {
			return tagNoun // "early-morning tweets": a compound describes a noun
		}
		if (next == tagDet || next == tagPoss || next == tagPron) && r.forms&(formBase|formS) != 0 && r.verb*20 >= r.noun && !tg.title && !(i+2 < to && tg.lx.times[tg.toks[i+2].Norm]) {
			return tagVerb // "farmers in the delta fear the plan": no noun stands before "the"
		}
		if next == tagThat && r.forms&formBase != 0 && r.verb > r.noun && tg.states(i) && tg.opensClause(i+2, to) {
			return tagVerb // "data from the authority show that"
		}
		opens := next == tagDet || next == tagThat || next == tagPron || next == tagPoss || next == tagTo || next == tagModal
		if p != i-1 && agrees {
			return tagVerb // an adverb stands between
		}
		switch {
		case agrees && (opens || r.verb >= 10*r.noun && r.verb > 10):
			return tagVerb
		case agrees && r.forms&(formS|formPast) != 0 && r.verb*2 >= r.noun:
			return tagVerb
		case agrees && pl && r.verb*2 >= r.noun:
			return tagVerb
		case agrees && tg.title && r.verb*3 >= r.noun:
			return tagVerb
		case agrees && r.verb > 0 && (next == tagNone || next == tagNum || next == tagPrep || next == tagAs || next == tagSub || next == tagWh) && r.forms&formS != 0 && prev == tagName && r.verb*4 >= r.noun:
			return tagVerb
		case agrees && pl && r.verb*6 >= r.noun && next == tagNone:
			return tagVerb
		}
		return tg.nominal(r, next)
	case tagPunct, tagConj, tagNone, tagAdv, tagNeg:
		if prev == tagPunct && i > from && tg.toks[i-1].Norm == "," && r.forms&formBase != 0 && r.verb > 100*r.noun && next == tagNone && tg.whoSays(i, to) {
			return tagVerb // "…, say police."
		}
		if i == from && r.forms&(formPast|formS) == 0 && r.noun > 0 && next == tagNone && i+1 < to {
			if w := tg.lx.of(&tg.toks[i+1]).reading; w.plural || w.noun > w.verb && w.noun > w.adj {
				return tagNoun // "Aid groups warned"
			}
		}
		if r.verb > r.noun && (r.forms&formPast != 0 || r.forms&formS != 0 || p < from || opensObject(next)) {
			return tagVerb
		}
		return tg.nominal(r, next)
	case tagVerb, tagIng, tagPart:
		return tg.nominal(r, next)
	}
	if r.verb > r.noun {
		return tagVerb
	}
	return tg.nominal(r, next)
}

// people reports whether the noun at token i is one for several people.
func (tg *tagger) people(i int) bool {
	switch tg.lx.of(&tg.toks[i]).class {
	case classCollective:
		return true
	case classRole, classPerson, classAnon:
		return tg.out[i].plural
	}
	return false
}

// demonstrated reports whether "that" after the preposition w points at a noun rather than
// begins a clause.
func demonstrated(w string) bool {
	switch w {
	case "of", "at", "by", "for", "from", "with", "about", "into", "against", "during", "through", "within", "on", "under":
		return true
	}
	return false
}

// opensClause reports whether token i begins a noun phrase rather than a verb.
func (tg *tagger) opensClause(i, to int) bool {
	if i >= to || tg.toks[i].Kind != token.Word {
		return i < to && tg.toks[i].Kind == token.Number
	}
	switch e := tg.lx.of(&tg.toks[i]); {
	case e.isClosed:
		return e.closed == tagDet || e.closed == tagPoss || e.closed == tagPron || e.closed == tagNum
	default:
		return tg.toks[i].Is(token.Initial) || e.reading.noun > e.reading.verb
	}
}

// calling reports whether w is a form of a verb that gives its object a name.
func calling(w string) bool {
	switch w {
	case "call", "calls", "called", "calling", "label", "labels", "labelled", "labeled", "dub", "dubs", "dubbed", "brand", "brands", "branded", "term", "termed", "describe", "describes", "described", "describing":
		return true
	}
	return false
}

// states reports whether token i is a verb with a clause with "that", and no noun
// that has one: "show", not "claim".
func (tg *tagger) states(i int) bool {
	v := tg.lx.of(&tg.toks[i]).verb
	if v.cue == nil || v.cue.frames&frameThat == 0 {
		return false
	}
	n := tg.lx.nounCues[tg.toks[i].Norm]
	return n == nil || n.frames&frameThat == 0
}

// pastNext reports whether the token after i is a past form of a verb, "have" or a
// modal: what stands before it is its subject.
func (tg *tagger) pastNext(i, to int) bool {
	if i+1 >= to {
		return false
	}
	e := tg.lx.of(&tg.toks[i+1])
	if e.isClosed {
		return e.closed == tagHave || e.closed == tagModal
	}
	return e.reading.forms&formPast != 0 && e.reading.noun*4 < e.reading.verb
}

// whoSays reports whether nothing but a noun for speakers in the plural, or for a
// body of them, stands between token i and the end.
func (tg *tagger) whoSays(i, to int) bool {
	v := tg.lx.of(&tg.toks[i]).verb
	if v.cue == nil || v.cue.frames&frameParen == 0 {
		return false
	}
	for k := i + 1; k < to && k < i+4; k++ {
		if c := tg.lx.of(&tg.toks[k]).class; c != classNone && c != classDoc && (k+1 == to || tg.nextTag(k, to) == tagPunct) {
			return true
		}
	}
	return false
}

// joint reports whether the name at p is the last of several joined by "and".
func (tg *tagger) joint(p, from int) bool {
	for k := p; k >= from && k > p-8; k-- {
		switch tg.out[k].tag {
		case tagName, tagNoun:
		case tagConj:
			return true
		default:
			return false
		}
	}
	return false
}

func opensObject(next tag) bool {
	switch next {
	case tagDet, tagThat, tagPron, tagPoss, tagTo, tagPrep, tagAs:
		return true
	}
	return false
}
