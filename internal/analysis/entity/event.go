package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// events finds named operations, exercises and conferences, and sets aside what
// the names of elections hold. A place inside of such a name is part of it.
func (f *finder) events() {
	f.own()
	var found []mention
	for i := range f.cued(eventCue) {
		s := f.Sentences[f.sentence[i]]
		if i < s[0] || i >= s[1] || len(found) > 0 && found[len(found)-1].end > i {
			continue
		}
		switch n := f.norm(i); {
		case (n == "operation" || n == "exercise") && f.capital(i):
			if e := f.coined(i+1, s[1]); e > i+1 {
				found = append(found, mention{start: i, end: e, typ: annotation.Event, rule: "entity/operation"})
			}
		case numberedCop(n) && f.Tokens[i].Is(token.Initial):
			found = append(found, mention{start: i, end: i + 1, typ: annotation.Event, rule: "entity/conference"})
		case n == "cop" && f.Words[i].Initial() && i+1 < s[1]:
			j := i + 1
			if f.norm(j) == "-" {
				j++
			}
			if j < s[1] && allDigits(f.norm(j)) && len(f.norm(j)) == 2 {
				found = append(found, mention{start: i, end: j + 1, typ: annotation.Event, rule: "entity/conference"})
			}
		case meetings[n] && f.capital(i):
			if m, ok := f.meeting(s, i); ok {
				found = append(found, m)
			}
		case meetings[n], drills[n]:
			if m, ok := f.numbered(s, i); ok {
				found = append(found, m)
			} else if m, ok := f.coinedBefore(s, i); ok && drills[n] {
				found = append(found, m)
			}
		case n == "election" || n == "elections" || n == "referendum":
			if j := f.electionStart(s, i); j >= 0 {
				found = append(found, mention{start: j, end: i + 1, rule: "drop"})
			}
		}
	}
	f.override(found)
}

// eventWord reports whether events looks at a word.
func eventWord(w string) bool {
	switch w {
	case "operation", "exercise", "cop", "election", "elections", "referendum":
		return true
	}
	return meetings[w] || drills[w] || numberedCop(w)
}

// numberedCop reports whether w is a conference of parties with its number: "cop28".
func numberedCop(w string) bool { return len(w) >= 4 && w[:3] == "cop" && allDigits(w[3:]) }

// override puts found, in order, in the place of the mentions it overlaps. Those that
// are no events drop what they overlap.
func (f *finder) override(found []mention) {
	if len(found) == 0 {
		return
	}
	kept := make([]mention, 0, len(f.mentions)+len(found))
	k := 0
	for _, m := range f.mentions {
		for k < len(found) && found[k].end <= m.start {
			k++
		}
		if k < len(found) && found[k].start < m.end {
			continue
		}
		kept = append(kept, m)
	}
	for _, m := range found {
		if m.typ == annotation.Event {
			kept = append(kept, m)
		}
	}
	f.mentions = kept
	f.dropOverlaps()
}

// longest bounds the length of a name in tokens.
const longest = 16

var meetings = set("summit", "conference", "forum", "dialogue", "symposium", "talks", "convention", "congress")

func allDigits(s string) bool {
	for k := 0; k < len(s); k++ {
		if s[k] < '0' || s[k] > '9' {
			return false
		}
	}
	return s != ""
}

// coined returns the end of the capitalised words, hyphened parts and numbers
// from token i on.
func (f *finder) coined(i, limit int) int {
	end := i
	for j := i; j < limit && j < i+longest; j++ {
		switch n := f.norm(j); {
		case f.capital(j) && !f.is(j, lexicon.Day|lexicon.Month):
			if j > i && f.is(j, lexicon.Role|lexicon.Say) && (f.capital(j+1) || !f.is(j, lexicon.Noun) || j+1 >= limit) {
				return end // "Operation Iron Reed Commander Ada Lee"
			}
			end = j + 1
		case n == "-" && f.tight(j) && f.tight(j+1) && j+1 < limit && f.Tokens[j+1].Kind != token.Punct:
			j++
			end = j + 1
		case (n == "of" || n == "the" || n == "and" || n == "for") && j > i && j+1 < limit && (f.capital(j+1) || f.norm(j+1) == "the" && f.capital(j+2)) && n != "and":
		case f.Tokens[j].Kind == token.Number && j > i && f.Tokens[j].Span.Len() <= 4 && j == end:
			end = j + 1
		default:
			return end
		}
	}
	return end
}

// meeting returns the name whose head is the capitalised token i: "Munich
// Security Conference", "Summit of the Future".
func (f *finder) meeting(s [2]int, i int) (mention, bool) {
	start := i
	for start > s[0] && start > i-longest {
		p := start - 1
		switch n := f.norm(p); {
		case f.at(p) >= 0 && f.mentions[f.at(p)].typ == annotation.Person:
			return mention{}, false
		case f.capital(p) && !f.is(p, lexicon.Day|lexicon.Month|lexicon.Honorific) && !starters[n] && n != "the" && n != "this":
			start = p
			continue
		case f.Tokens[p].Kind == token.Number && f.Tokens[p].Is(token.Initial): // "G20"
			start = p
			continue
		case (n == "-" || n == "–") && f.tight(p) && f.tight(start) && p > s[0] && (f.capital(p-1) || f.Tokens[p-1].Kind == token.Number || f.Tokens[p-1].Is(token.HasDigit)):
			start = p - 1
			continue
		case (n == "of" || n == "and" || n == "&") && p-1 >= s[0] && f.capital(p-1) && start < i && f.at(p) >= 0:
			start = p
			continue
		case (n == "'" || n == "’") && f.tight(p) && p > s[0] && f.capital(p-1): // "Leaders' Summit"
			start = p
			continue
		}
		break
	}
	end := i + 1
	switch n := f.norm(end); {
	case (n == "of" || n == "on" || n == "for") && end < s[1]:
		j := end + 1
		if f.norm(j) == "the" {
			j++
		}
		if j < s[1] && f.capital(j) && !f.is(j, lexicon.Day|lexicon.Month) {
			for j < s[1] && j < i+longest && (f.capital(j) && !f.is(j, lexicon.Day) || (f.norm(j) == "and" || f.norm(j) == "of" || f.norm(j) == "'s") && f.capital(j+1) && j+1 < s[1]) {
				if f.at(j) >= 0 && f.mentions[f.at(j)].typ == annotation.Person {
					break
				}
				j++
			}
			end = j
		}
	}
	// "Nuclear Security Summit III"
	if end == i+1 && end < s[1] && romanNumeral(f.norm(end)) && f.capital(end) {
		end++
	}
	// "Harbour Dialogue 2023"
	if end == i+1 && end < s[1] && start < i && f.Tokens[end].Kind == token.Number && len(f.norm(end)) == 4 && allDigits(f.norm(end)) {
		end++
	}
	n := f.norm(i)
	if n == "conference" && start == i-1 && f.is(start, lexicon.Direction) || n == "forum" && start == i && f.norm(i+1) == "for" {
		return mention{}, false // a league, a body
	}
	// A body that meets all the year is an organization.
	if (n == "congress" || n == "convention" || n == "forum" || n == "conference") && f.listed(start, end) {
		return mention{}, false
	}
	if n == "congress" || n == "convention" || n == "talks" && end == i+1 && start == i-1 && f.is(start, lexicon.Adjective|lexicon.Noun) {
		return mention{}, false
	}
	if start == i && end == i+1 || f.titleCase(i) {
		return mention{}, false
	}
	if n == "forum" && start < i && end == i+1 {
		// Many bodies are called so: take it for a meeting only after a place
		// or region.
		if f.Words[start].Phrase&lexicon.Place == 0 && !f.is(start, lexicon.Demonym) {
			return mention{}, false
		}
	}
	return mention{start: start, end: end, typ: annotation.Event, rule: "entity/conference"}, true
}

// titleCase reports whether token i stands in a sentence that is capitalised
// throughout, where a capital tells nothing.
func (f *finder) titleCase(i int) bool { return f.Headline(f.sentence[i]) }

// listed reports whether tokens [start, end) are the name of a listed
// organization.
func (f *finder) listed(start, end int) bool {
	return f.Words[start].Phrase&lexicon.Organization != 0 && f.Words[start].Edge == 1 && f.Words[end-1].Edge == 3
}

// numbered returns the coined name before a head in small letters: "Doha-III
// conference", "Astana-2 talks".
func (f *finder) numbered(s [2]int, i int) (mention, bool) {
	p := i - 1
	if p-2 < s[0] || f.norm(p-1) != "-" || !f.tight(p) || !f.tight(p-1) || !f.capital(p-2) {
		return mention{}, false
	}
	if !allDigits(f.norm(p)) && !(romanNumeral(f.norm(p)) && f.Words[p].Initial()) {
		return mention{}, false
	}
	return mention{start: p - 2, end: p + 1, typ: annotation.Event, rule: "entity/conference"}, true
}

// drills are heads in small letters of the names of exercises.
var drills = set("exercise", "exercises", "drill", "drills", "manoeuvres", "maneuvers", "wargames")

// coinedBefore returns the coined name before a head in small letters: "the Cold
// Anvil exercise". It is two words or more that are words of the language; who
// holds an exercise, "the Royal Navy exercise", is a name of its own.
func (f *finder) coinedBefore(s [2]int, i int) (mention, bool) {
	start := i
	for p := i - 1; p > s[0] && p > i-5 && f.capital(p) && f.Tokens[p].Kind == token.Word; p-- {
		if !f.is(p, lexicon.Common) || f.is(p, lexicon.Demonym|lexicon.Place|lexicon.OrgHead|lexicon.Role|lexicon.Rank|lexicon.Direction|lexicon.Day|lexicon.Month) || f.Tokens[p].Is(token.AllUpper) {
			return mention{}, false
		}
		start = p
	}
	if i-start < 2 || f.titleCase(i) {
		return mention{}, false
	}
	return mention{start: start, end: i, typ: annotation.Event, rule: "entity/operation"}, true
}

func romanNumeral(s string) bool {
	for k := 0; k < len(s); k++ {
		switch s[k] {
		case 'i', 'v', 'x':
		default:
			return false
		}
	}
	return s != ""
}

// electionStart returns the first token of the name of an election that ends
// at token i: "2010 United Kingdom general election". It returns -1 where the
// words name none.
func (f *finder) electionStart(s [2]int, i int) int {
	caps := 0
	for j := i - 1; j >= s[0] && j > i-9; j-- {
		switch {
		case f.Tokens[j].Kind == token.Number && f.Tokens[j].Span.Len() == 4:
			if caps == 0 {
				return -1
			}
			return j
		case f.capital(j):
			caps++
		case f.is(j, lexicon.Adjective|lexicon.Noun|lexicon.GroupNoun) || f.norm(j) == "of" || f.norm(j) == "-":
		default:
			return -1
		}
	}
	return -1
}
