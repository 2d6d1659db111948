package quote

import "readout/internal/span"

// maxReason bounds the words of a reason for anonymity.
const maxReason = 40

// reason finds in tokens [from, to) why a source is not named: the words about
// anonymity and what follows them up to a mark.
func (p *parser) reason(from, to int, a *attr) span.Span {
	for i := from; i < to; i++ {
		if p.inContent(a, i) {
			continue
		}
		start := -1
		switch p.toks[i].Norm {
		case "anonymity", "anonymously":
			start = i
			for start > from && start > i-4 {
				switch p.toks[start-1].Norm {
				case "of", "condition", "the", "on", "requested", "requesting", "strict", "granted", "under", "for":
					start--
					continue
				}
				break
			}
		case "named", "identified", "quoted":
			if wordAt(p.toks, i-1) != "be" && wordAt(p.toks, i-1) != "being" {
				continue
			}
			for j := i - 1; j >= max(from, i-7); j-- {
				switch p.toks[j].Norm {
				case "declined", "declining", "asked", "asking", "wanted", "wished", "requested", "preferred", "refused", "condition":
					start = j
				}
			}
			if start > from && p.toks[start].Norm == "condition" && p.toks[start-1].Norm == "on" {
				start--
			}
		case "publish", "use", "print", "give", "disclose", "reveal":
			// "asked us not to publish his name because"
			if wordAt(p.toks, i-1) != "to" || wordAt(p.toks, i-2) != "not" {
				continue
			}
			n := i + 2
			if w := wordAt(p.toks, n); w == "full" || w == "real" || w == "last" || w == "family" {
				n++
			}
			switch wordAt(p.toks, i+1) {
			case "his", "her", "their", "the":
			default:
				continue
			}
			if w := wordAt(p.toks, n); w != "name" && w != "names" && w != "surname" && w != "identity" {
				continue
			}
			start = i - 2
			if w := wordAt(p.toks, i-3); w == "us" || w == "reporters" || w == "asked" || w == "requested" || w == "me" {
				start = i - 3
				if w != "asked" && w != "requested" && wordAt(p.toks, i-4) == "asked" {
					start = i - 4
				}
			}
			i = n
		case "authorized", "authorised", "permitted", "allowed":
			if n := wordAt(p.toks, i+1); n != "to" || wordAt(p.toks, i-1) != "not" {
				continue
			}
			switch wordAt(p.toks, i+2) {
			case "speak", "talk", "comment", "discuss", "brief", "disclose":
			default:
				continue
			}
			start = i - 1
		}
		if start < 0 {
			continue
		}
		end := i + 1
		for end < to && end < i+maxReason {
			n := p.toks[end].Norm
			if n == "that" && (p.toks[i].Norm == "anonymity" || p.toks[i].Norm == "anonymously") && end == i+1 {
				break // "said on condition of anonymity that …": what was said
			}
			if n == "." || n == ";" || n == "“" || n == "\"" || n == "—" || n == ")" || n == "," {
				break
			}
			if p.tags[end].cue != nil && p.tags[end].tag == tagVerb && p.tags[end].cue.frames&frameQuote != 0 && wordAt(p.toks, end-1) != "to" && wordAt(p.toks, end-1) != "publicly" && p.tags[end-1].tag != tagPoss && p.tags[end-1].tag != tagDet && wordAt(p.toks, end-1) != "her" {
				break
			}
			end++
		}
		for end > i+1 && dangling(p.toks[end-1].Norm) {
			end--
		}
		return p.span(start, end)
	}
	return span.Span{}
}

// dangling reports whether a reason cannot end in the word n, which opens a clause.
func dangling(n string) bool {
	switch n {
	case "because", "since", "as", "of", "that", "and", "or", "who", "he", "she", "they", "it", "i", "we":
		return true
	}
	return false
}

// unvoiced marks the verb of the clause that says, in tokens [from, to), why a
// source is not named as one that reports nobody's words: "asked not to be named
// because she feared losing her post".
func (p *parser) unvoiced(from, to int) {
	for i := from; i < to; i++ {
		switch p.toks[i].Norm {
		case "anonymity", "anonymously":
		case "named", "identified", "quoted":
			if n := wordAt(p.toks, i-1); n != "be" && n != "being" || i-1 < from {
				continue
			}
		default:
			continue
		}
		c := i + 1
		if c < to && p.toks[c].Norm == "," {
			c++
		}
		if c+1 >= to {
			return
		}
		switch p.toks[c].Norm {
		case "because":
			if p.toks[c+1].Norm == "of" {
				continue
			}
		case "since", "as":
			if p.tags[c+1].tag != tagPron {
				continue
			}
		default:
			continue
		}
		p.unvoice(c+1, min(to, i+maxReason))
	}
}

// unvoice takes the cue off the first group of verbs in tokens [from, to), which
// begin a clause.
func (p *parser) unvoice(from, to int) {
	verb := false
	for i := from; i < to; i++ {
		t := &p.tags[i]
		switch t.tag {
		case tagPunct:
			if !isHyphen(&p.toks[i]) {
				return
			}
		case tagModal, tagBe, tagHave, tagDo:
			verb = true
		case tagVerb, tagPart:
			t.cue = nil
			return
		case tagNeg, tagAdv:
		default:
			if verb {
				return // "because they were afraid"
			}
		}
	}
}
