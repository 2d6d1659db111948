package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// An outletWord tells what the last word of a name says of an outlet.
type outletWord uint8

const (
	noOutlet   outletWord = iota
	weakOutlet            // ends the names of people and things too: "Post"
	sureOutlet            // "Gazette"
)

// outletKind tells whether w is the last word of the names of newspapers, magazines
// and agencies.
func outletKind(w string) outletWord {
	switch w {
	case "gazette", "herald", "tribune", "telegraph", "chronicle", "courier", "examiner", "inquirer", "newswire", "weekly", "wire", "news", "times",
		"journal", "magazine", "newspaper", "bulletin", "dispatch", "guardian", "lantern", "ledger", "argus", "sentinel", "observer":
		return sureOutlet
	case "post", "mail", "mirror", "express", "independent", "standard", "globe", "register", "star", "sun", "review", "press", "record", "daily", "today", "beacon", "echo", "mercury":
		return weakOutlet
	}
	return noOutlet
}

// outlets takes names that end like those of outlets for organizations: "Geo
// Weekly", "the Oslo Post", and "the Lantern" where it reports or is told.
func (f *finder) outlets() {
	if !f.has(outletCue) {
		return
	}
	f.own()
	var found []mention
	for i := range f.cued(outletCue) {
		if i < 1 || !f.Tokens[i].Is(token.Initial) {
			continue
		}
		kind := outletKind(f.norm(i))
		if f.Headline(f.sentence[i]) || f.same(i+1, i) && f.capital(i+1) && f.word(i+1) && f.norm(i+1) != "'s" {
			continue
		}
		start := f.outletStart(i)
		if !f.ofOutlet(start, i, kind) {
			continue
		}
		m := mention{start: start, end: i + 1, typ: annotation.Organization, rule: "entity/outlet"}
		fits := true
		for j := start; j <= i; j++ {
			if o := f.at(j); o >= 0 {
				x := &f.mentions[o]
				fits = fits && x.typ != annotation.Event && x.start >= start && x.end <= i+1
				if x.start == start && x.end == i+1 && x.typ == annotation.Organization {
					fits = false // known
				}
			}
		}
		if !fits {
			continue
		}
		found = append(found, m)
		f.sure(start, i+1)
	}
	f.replace(found)
}

// outletStart returns the first token of the capitalised words that end at token i
// and may be the name of an outlet.
func (f *finder) outletStart(i int) int {
	const longest = 4
	start := i
	for start > 0 && i-start < longest {
		p := start - 1
		if !f.same(p, i) || !f.word(p) || !f.capital(p) || determiner(f.norm(p)) || starters[f.norm(p)] ||
			f.is(p, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Day|lexicon.Month) {
			break
		}
		start = p
	}
	return start
}

// ofOutlet reports whether the capitalised words of tokens [start, i], of which the
// last is one of the kind given, are the name of an outlet.
func (f *finder) ofOutlet(start, i int, kind outletWord) bool {
	the := f.same(start-1, i) && f.norm(start-1) == "the"
	if start == i {
		return the && kind == sureOutlet && start-1 > f.Sentences[f.sentence[i]][0] && f.dealtWith(start-1, i+1) ||
			the && f.saysAfter(i+1) && (kind == sureOutlet || start-1 > f.Sentences[f.sentence[i]][0])
	}
	place := f.Words[start].Phrase&lexicon.Place != 0 || f.is(start, lexicon.Demonym)
	switch {
	case kind == sureOutlet:
		return the || place || f.norm(start-1) == "in" || (!f.is(start, lexicon.Given) || !f.is(i, lexicon.Personal)) && start > f.Sentences[f.sentence[i]][0]
	case the && place:
		return true
	}
	switch f.norm(start) {
	case "daily", "sunday", "evening", "morning":
		return true
	}
	return the && (f.saysAfter(i+1) || f.dealtWith(start-1, i+1))
}

// saysAfter reports whether a verb of saying in small letters stands at token i.
func (f *finder) saysAfter(i int) bool {
	return f.same(i, i-1) && f.is(i, lexicon.Say) && f.Tokens[i].Is(token.AllLower) && f.norm(i) != "according"
}

// dealtWith reports whether the name before token end, whose article stands at token
// i, is told something or has seen it: "told the Lantern", "seen by the Lantern".
func (f *finder) dealtWith(i, end int) bool {
	p := i - 1
	if !f.same(p, i) {
		return false
	}
	switch f.norm(p) {
	case "told":
		return true
	case "by", "with", "to":
		switch f.norm(p - 1) {
		case "seen", "obtained", "reviewed", "reported", "published", "interviewed", "interview", "spoke", "speaking", "contacted", "statement", "quoted", "approached", "asked":
			return f.same(p-1, i)
		}
	}
	return false
}
