package quote

import (
	"readout/internal/token"
)

// A kind is what a chunk is.
type kind uint8

const (
	kindOther kind = iota
	kindNP         // a noun phrase without its post-modifiers
	kindVG         // a verb with its auxiliaries
	kindPrep
	kindTo
	kindThat
	kindWh
	kindSub
	kindConj
	kindAdv
	kindAdj
	kindComma
	kindColon
	kindSemi
	kindDash
	kindOpen  // an opening bracket
	kindClose // a closing bracket
	kindStop
	kindQuote // a whole quotation that is no part of a phrase
)

// A chunk is a run of tokens that act as one.
type chunk struct {
	kind        kind
	first, last int // tokens [first, last)
	head        int // token of the head noun or main verb
	cue         *cue
	finite      bool // a verb group with a tense
	passive     bool
	negated     bool
	infinitive  bool // begins with "to"
	ing         bool // headed by an -ing form without "be"
	part        bool // headed by a participle without auxiliary
	modal       bool
	quote       int // index of the quotation, for kindQuote
}

// chunker cuts the tokens of one sentence into chunks.
type chunker struct {
	toks  []token.Token
	tags  []tagged
	lx    *lexicon
	named []int32
	out   []chunk
}

// phrase cuts [from, to), which holds no whole quotation, and appends to c.out.
func (c *chunker) phrase(from, to int) {
	for i := from; i < to; {
		switch c.tags[i].tag {
		case tagPunct, tagNone:
			k := punctKind(c.toks[i].Norm)
			if k == kindStop && c.toks[i].Norm == "." && i+1 < to {
				k = kindOther // of an abbreviation: the sentence goes on
			}
			c.out = append(c.out, chunk{kind: k, first: i, last: i + 1, head: i})
			i++
		case tagDet, tagPoss, tagNoun, tagName, tagNum, tagPron:
			i = c.nounPhrase(i, to)
		case tagAdj:
			i = c.nounPhrase(i, to)
		case tagAdv, tagNeg:
			i = c.adverb(i, to)
		case tagModal, tagBe, tagHave, tagDo, tagVerb, tagPart, tagIng:
			i = c.verbGroup(i, to)
		case tagTo:
			i = c.toOrPrep(i, to)
		case tagPrep, tagAs:
			c.out = append(c.out, chunk{kind: kindPrep, first: i, last: i + 1, head: i})
			i++
		case tagThat:
			c.out = append(c.out, chunk{kind: kindThat, first: i, last: i + 1, head: i})
			i++
		case tagWh:
			c.out = append(c.out, chunk{kind: kindWh, first: i, last: i + 1, head: i})
			i++
		case tagSub:
			c.out = append(c.out, chunk{kind: kindSub, first: i, last: i + 1, head: i})
			i++
		case tagConj:
			c.out = append(c.out, chunk{kind: kindConj, first: i, last: i + 1, head: i})
			i++
		default:
			c.out = append(c.out, chunk{first: i, last: i + 1, head: i})
			i++
		}
	}
}

func punctKind(s string) kind {
	switch s {
	case ",":
		return kindComma
	case ":":
		return kindColon
	case ";":
		return kindSemi
	case "—", "–", "--", "-", "―", "---", "‒":
		return kindDash
	case "(", "[":
		return kindOpen
	case ")", "]":
		return kindClose
	case ".", "!", "?", "...", "…":
		return kindStop
	}
	return kindOther
}

// nounPhrase appends the noun phrase that starts at i and returns its end.
func (c *chunker) nounPhrase(i, to int) int {
	first, head := i, -1
	pron := c.tags[i].tag == tagPron
	j := i
	if pron {
		head = i
		j++
		// "he", "they": alone. "everyone else", "those" may go on.
	} else {
	loop:
		for j < to {
			switch c.tags[j].tag {
			case tagNoun, tagName, tagNum:
				if head >= 0 && c.splits(head, j) {
					break loop
				}
				head = j
			case tagPoss:
				// A name's possessive continues the phrase; a pronoun's starts one.
				if c.toks[j].Norm != "'s" && j > first && head >= 0 {
					break loop
				}
				if c.toks[j].Norm == "'s" {
					head = -1
				}
			case tagDet:
				if head >= 0 {
					break loop
				}
			case tagAdj:
				if head >= 0 && c.when(j, to) {
					break loop // "The Executive Yuan last month said"
				}
				if head >= 0 && !joined(c.toks, j, first) {
					// "officials familiar with": the phrase is over, unless a
					// noun follows ("U.S. military officials").
					k := j
					for k < to && c.tags[k].tag == tagAdj {
						k++
					}
					if k >= to || c.tags[k].tag != tagNoun && c.tags[k].tag != tagName || c.tags[head].tag == tagNoun && c.tags[head].plural {
						break loop
					}
				}
			case tagPunct:
				// A stop in "Mr. Smith", "J. Edgar"; an apostrophe in "workers' union".
				if !c.inName(j, to) {
					break loop
				}
			case tagAdv:
				// "the most senior official"
				if head >= 0 || j+1 >= to || j == first || c.tags[j+1].tag != tagAdj && c.tags[j+1].tag != tagPart && c.tags[j+1].tag != tagNum && c.tags[j+1].tag != tagIng {
					break loop
				}
			case tagPart, tagIng:
				// "the newly elected president": before the head only, after a determiner.
				if head >= 0 || j == first || j+1 >= to {
					break loop
				}
				switch c.tags[j+1].tag {
				case tagNoun, tagName, tagAdj:
				default:
					break loop
				}
			case tagConj:
				// "&" inside a name.
				if c.toks[j].Norm != "&" {
					break loop
				}
			default:
				break loop
			}
			j++
		}
	}
	if head < 0 {
		// A determiner or adjective alone.
		k := kindAdj
		head = j - 1
		switch c.tags[first].tag {
		case tagDet, tagPoss, tagName, tagNoun:
			k = kindNP
		case tagAdj:
			if j == first {
				j++
				head = first
			}
		}
		if j == first {
			j++
			head = first
		}
		c.out = append(c.out, chunk{kind: k, first: first, last: j, head: head})
		return j
	}
	c.out = append(c.out, chunk{kind: kindNP, first: first, last: j, head: head})
	return j
}

// when reports whether the adjective at j begins a phrase of time: "last month".
func (c *chunker) when(j, to int) bool {
	switch c.toks[j].Norm {
	case "last", "next":
		if j+1 < to && c.toks[j+1].Kind == token.Word && c.toks[j].Is(token.AllLower) {
			h := c.toks[j+1].Norm
			return c.lx.times[h] || h == "summer" || h == "spring" || h == "autumn" || h == "winter"
		}
	}
	return false
}

// splits reports whether a new noun phrase starts at j although one is open
// with its head at head: "In a statement Clinton said", "On Friday officials".
func (c *chunker) splits(head, j int) bool {
	if k := c.named[head]; k != 0 && k == c.named[j] {
		return false // "the Evening Argus"
	}
	h := c.toks[head].Norm
	if c.tags[head].tag == tagNum && c.tags[j].tag == tagNoun && c.tags[j].plural && c.tags[j].class == 'p' && j+1 < len(c.toks) && c.tags[j+1].tag == tagVerb {
		// "the $20 million experts say it costs"
		for k := head; k >= 0 && k > head-3; k-- {
			switch c.toks[k].Norm {
			case "$", "€", "£", "₹", "¥":
				return true
			}
		}
	}
	if c.tags[j].tag == tagName && c.tags[head].tag == tagNoun && c.toks[j].Space {
		if c.tags[head].class == 'p' || c.lx.classes.Get(h) != classNone {
			return c.lx.media[h] && c.lx.classes.Get(h) == classDoc
		}
		return c.lx.media[h] || c.lx.times[h] || c.tags[head].class == 't' || c.lx.occasions[h] // "In this meeting Lee said"
	}
	if c.lx.times[h] && c.tags[head].tag == tagName && c.tags[j].tag != tagNum && h != "may" && h != "march" {
		switch c.toks[j].Norm {
		case "morning", "afternoon", "evening", "night":
			return false
		}
		return c.tags[j].tag == tagNoun && c.tags[j].plural || c.tags[j].tag == tagName && !c.lx.times[c.toks[j].Norm]
	}
	return false
}

// inName reports whether the mark at j stands inside a name or compound: the
// stop of a title or initial, a plural's apostrophe, a hyphen, a slash.
func (c *chunker) inName(j, to int) bool {
	t := &c.toks[j]
	if t.Space || j+1 >= to || j == 0 {
		return false
	}
	n := &c.toks[j+1]
	if c.named[j] != 0 && c.named[j] == c.named[j+1] && c.named[j] == c.named[j-1] {
		return true
	}
	switch t.Norm {
	case ".":
		p := &c.toks[j-1]
		if !p.Is(token.Initial) || len(p.Norm) > 5 {
			return false
		}
		// A stop that does not end the sentence is one of an abbreviation.
		return n.Norm == ")" || n.Norm == "," || n.Norm == "(" || n.Space && (n.Kind == token.Number || n.Kind == token.Word)
	case "'", "’":
		return c.tags[j-1].tag == tagNoun || c.tags[j-1].tag == tagName
	case "-", "‐", "‑", "/", "–", "@", "#":
		return !n.Space
	}
	return false
}

// adverb appends adverbs, or the verb group they begin.
func (c *chunker) adverb(i, to int) int {
	j := i
	for j < to && (c.tags[j].tag == tagAdv || c.tags[j].tag == tagNeg) {
		j++
	}
	if j < to {
		switch c.tags[j].tag {
		case tagModal, tagBe, tagHave, tagDo, tagVerb, tagPart, tagIng:
			return c.verbGroup(i, to)
		case tagAdj:
			if j+1 < to && (c.tags[j+1].tag == tagNoun || c.tags[j+1].tag == tagName) {
				c.out = append(c.out, chunk{kind: kindAdv, first: i, last: j, head: j - 1})
				return j
			}
		}
	}
	c.out = append(c.out, chunk{kind: kindAdv, first: i, last: j, head: j - 1})
	return j
}

// toOrPrep tells the infinitive's "to" from the preposition.
func (c *chunker) toOrPrep(i, to int) int {
	j := i + 1
	for j < to && (c.tags[j].tag == tagAdv || c.tags[j].tag == tagNeg) {
		j++
	}
	if j < to {
		switch c.tags[j].tag {
		case tagVerb, tagBe, tagHave, tagDo:
			return c.verbGroup(i, to)
		}
	}
	c.out = append(c.out, chunk{kind: kindPrep, first: i, last: i + 1, head: i})
	return i + 1
}

// verbGroup appends the verb group that starts at i: adverbs, modal and
// auxiliaries, main verb.
func (c *chunker) verbGroup(i, to int) int {
	g := chunk{kind: kindVG, first: i, head: -1}
	j := i
	be, aux := false, false
loop:
	for j < to {
		t := &c.tags[j]
		switch t.tag {
		case tagTo:
			if j != i {
				break loop
			}
			g.infinitive = true
		case tagAdv:
			// Adverbs after the main verb do not belong to the group.
			if g.head >= 0 {
				break loop
			}
		case tagNeg:
			g.negated = true
		case tagModal:
			if aux || g.head >= 0 {
				break loop
			}
			aux, g.finite, g.modal = true, true, true
			if hasNot(c.toks[j].Norm) {
				g.negated = true
			}
		case tagBe, tagHave, tagDo:
			if g.head >= 0 {
				break loop
			}
			n := c.toks[j].Norm
			if !aux && !g.infinitive && n != "be" && n != "been" && n != "being" && n != "having" && n != "doing" && n != "done" {
				g.finite = true
			}
			aux = true
			be = t.tag == tagBe || be && t.tag != tagHave
			if hasNot(n) {
				g.negated = true
			}
		case tagVerb:
			if g.head >= 0 {
				break loop
			}
			g.head = j
			g.finite = g.finite || !g.infinitive
		case tagPart, tagIng:
			if g.head >= 0 {
				break loop
			}
			if !aux && t.tag == tagIng {
				g.ing = !g.infinitive
			}
			if !aux && t.tag == tagPart {
				g.part = true
			}
			g.head = j
		default:
			break loop
		}
		j++
		if g.head >= 0 {
			break
		}
	}
	// Trailing adverbs without a main verb: "is now" keeps them outside.
	if g.head < 0 {
		for j > i+1 && c.tags[j-1].tag == tagAdv {
			j--
		}
		g.head = j - 1
		for g.head > i && (c.tags[g.head].tag == tagNeg || c.tags[g.head].tag == tagAdv) {
			g.head--
		}
	} else {
		h := &c.tags[g.head]
		g.cue = h.cue
		if be && h.forms&formPart != 0 && h.tag != tagIng {
			g.passive = true
		}
		if !aux && c.toks[g.first].Norm == "not" && h.tag == tagVerb && h.forms&formPart != 0 {
			g.finite, g.part = false, true // "a virologist not involved in the work"
		}
	}
	g.last = j
	if g.last == g.first {
		g.last = g.first + 1
	}
	c.out = append(c.out, g)
	return g.last
}

func hasNot(s string) bool {
	return len(s) > 3 && s[len(s)-3:] == "n't" || s == "cannot"
}
