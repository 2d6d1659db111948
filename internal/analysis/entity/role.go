package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/verb"
)

// roles finds the role that stands beside each person, before or after the
// name, as the article words it.
func (f *finder) roles() {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ == annotation.Place {
			if i := f.settlement(m); i >= 0 {
				m.role = f.span(i, i+1)
			}
			continue
		}
		if m.typ != annotation.Person {
			continue
		}
		if s, e := f.roleBefore(k); e > s {
			m.role = f.span(s, e)
			continue
		}
		if s, e := f.roleAfter(k); e > s {
			m.role = f.span(s, e)
		}
	}
	f.shared()
}

// shared gives a role in the plural before a list of people to each of them who has
// none of their own: "board members Ada Lee and Bo Day".
func (f *finder) shared() {
	for k := 0; k < len(f.mentions); k++ {
		m := &f.mentions[k]
		if m.typ != annotation.Person {
			continue
		}
		last := f.peopleList(k)
		if last == k {
			continue
		}
		s, e := f.roleBefore(k)
		if e == s && f.norm(m.start-1) == "," && f.closed(last) && f.same(m.start-2, m.start) && f.head(m.start-2) {
			e = m.start - 1 // "Two officers, Ada Lee and Bo Day, were hurt"
			s = f.left(e-1, m.start)
		}
		if e > s && f.manyHead(s, e) {
			for ; k <= last; k++ {
				if f.mentions[k].role.Empty() {
					f.mentions[k].role = f.span(s, e)
				}
			}
		}
		k = last
	}
}

// closed reports whether a comma or the end of the sentence follows mention k.
func (f *finder) closed(k int) bool {
	end := f.mentions[k].end
	return f.norm(end) == "," || f.norm(end) == "." || !f.same(end, end-1)
}

// peopleList returns the last of the people listed from mention k on, with commas
// and one "and" between them; an age may follow a name. It is k where the list is
// not brought to its end.
func (f *finder) peopleList(k int) int {
	first := k
	for ; k+1 < len(f.mentions) && f.mentions[k+1].typ == annotation.Person; k++ {
		i, to := f.mentions[k].end, f.mentions[k+1].start
		if !f.same(i, to) || to-i > 4 {
			break
		}
		if f.norm(i) == "," && i+1 < to && f.Tokens[i+1].Kind == token.Number {
			i += 2
		}
		and := false
		switch {
		case i < to && f.norm(i) == ",":
			i++
			if and = f.norm(i) == "and"; and {
				i++
			}
		case f.norm(i) == "and" || f.norm(i) == "&":
			i, and = i+1, true
		}
		if i != to || f.mentions[k].end == to {
			break
		}
		if and {
			return k + 1
		}
	}
	return first
}

// manyHead reports whether the head of the role in tokens [start, end) is a plural.
func (f *finder) manyHead(start, end int) bool {
	h := start
	for i := start; i < end && !preposition(f.norm(i)); i++ {
		h = i
	}
	n := f.norm(h)
	return f.head(h) && len(n) > 3 && n[len(n)-1] == 's' && n[len(n)-2] != 's'
}

// settlements are nouns for places too small to be the city that the world knows by
// their name.
var settlements = wordSet("settlements")

// settlement returns the token of the noun by which the article says that a place with
// the name of a city or a country is another one: "Paris, a village ten kilometres
// away", "the village of Paris"; -1 where it does not.
func (f *finder) settlement(m *mention) int {
	if m.end-m.start > 3 || f.Words[m.start].Phrase&(lexicon.City|lexicon.Capital|lexicon.Country) == 0 {
		return -1
	}
	if f.norm(m.start-1) == "of" && f.same(m.start-2, m.start) && settlements[f.norm(m.start-2)] {
		return m.start - 2
	}
	if i := m.end + 1; f.norm(m.end) == "," && f.same(i+1, m.start) && (f.norm(i) == "a" || f.norm(i) == "the") {
		for k := i + 1; k < i+5 && f.same(k, m.start) && f.Tokens[k].Is(token.AllLower); k++ {
			if settlements[f.norm(k)] {
				return k
			}
			if !f.is(k, lexicon.Adjective|lexicon.Noun|lexicon.Demonym) {
				break
			}
		}
	}
	return -1
}

// at returns the index of the mention that covers token i, or -1.
func (f *finder) at(i int) int {
	if i < 0 || i >= len(f.owner) {
		return -1
	}
	return int(f.owner[i]) - 1
}

// own notes which mention covers each token.
func (f *finder) own() {
	clear(f.owner)
	for k := range f.mentions {
		m := &f.mentions[k]
		for i := m.start; i < m.end; i++ {
			f.owner[i] = int32(k) + 1
		}
	}
}

// rank reports whether token i is an honorific, a military rank or the stop
// after one.
func (f *finder) rank(i int) bool {
	switch n := f.norm(i); n {
	case ".":
		return f.tight(i) && f.rank(i-1)
	default:
		return f.is(i, lexicon.Honorific|lexicon.Rank) && !f.is(i, lexicon.Role) && f.capital(i) && f.at(i) < 0
	}
}

// office reports whether token i is "General" in "Attorney General".
func (f *finder) office(i int) bool {
	p := i - 1
	if f.norm(p) == "-" && f.tight(p) && f.tight(i) {
		p-- // "Secretary-General"
	}
	return f.norm(i) == "general" && f.same(p, i) && f.is(p, lexicon.Role) && !f.is(p, lexicon.Rank) && f.at(p) < 0
}

// head reports whether token i is the head of a role: "minister", "analyst".
func (f *finder) head(i int) bool {
	if !f.word(i) || f.at(i) >= 0 {
		return false
	}
	if f.is(i, lexicon.Role) || f.office(i) {
		return true
	}
	if f.norm(i-1) == "-" && f.tight(i) && f.is(i-2, lexicon.Role) {
		return f.is(i, lexicon.Rank) || f.norm(i) == "elect" || f.norm(i) == "designate" || f.norm(i) == "general"
	}
	return f.is(i, lexicon.PersonNoun) && !f.is(i, lexicon.Relative|lexicon.Personal|lexicon.Honorific|lexicon.Demonym) && !people[f.norm(i)]
}

// people are nouns for people that are no role.
var people = wordSet("people")

func (f *finder) word(i int) bool {
	return i >= 0 && i < len(f.Tokens) && f.Tokens[i].Kind == token.Word
}

func preposition(n string) bool {
	switch n {
	case "of", "for", "to", "on", "in", "at", "with", "from":
		return true
	}
	return false
}

// roleBefore returns the tokens of a role before mention k.
func (f *finder) roleBefore(k int) (start, end int) {
	m := &f.mentions[k]
	i := m.start - 1
	for f.same(i, m.start) && (f.rank(i) && !f.office(i) || f.norm(i) == "comrade") {
		i--
	}
	comma := false
	if f.same(i, m.start) && f.norm(i) == "," {
		comma = true
		i--
		if i == m.start-2 && k > 0 && f.mentions[k-1].end == m.start-1 && f.mentions[k-1].typ == annotation.Person {
			return 0, 0 // a list of people
		}
		for j := m.end; j < m.end+4 && f.same(j+1, m.start) && f.word(j) && !f.capital(j); j++ {
			if f.norm(j+1) == "," && (j == m.end || f.is(j, lexicon.Say|lexicon.Verb)) {
				return 0, 0 // "Nobody in the room, Calder added, had a better idea", "liked to recall,"
			}
		}
		if b := i - 1; f.same(b-1, m.start) && (f.norm(b) == "a" || f.norm(b) == "an") && f.norm(b-1) == "of" {
			return 0, 0 // "the son of a railwayman, Wilczek left"
		}
	}
	if !f.same(i, m.start) {
		return 0, 0
	}
	switch f.norm(i) {
	case "a", "an", "the", "and", "or", "of", "in", "on", "at", "for", "to", "from", "by", "with":
		return 0, 0 // "a shopkeeper on the Lind side"
	}
	end = i + 1
	start = f.phrase(i, m.start, comma)
	if start < 0 {
		return 0, 0
	}
	if comma {
		d := start - 1 // before what else qualifies it
		for d > start-4 && f.same(d, start) && f.word(d) && !determiner(f.norm(d)) && !preposition(f.norm(d)) {
			d--
		}
		if n := f.norm(d); (n == "a" || n == "an" || n == "the") && f.norm(d-1) == "of" && f.same(d-2, start) && f.is(d-2, lexicon.Relative) {
			return 0, 0 // "the daughter of a lock keeper, Vermeulen left"
		}
	}
	return start, end
}

// phrase reads a role backwards from token i, its last, and returns its first
// token, or -1 where there is none. limit is a token of the same sentence.
func (f *finder) phrase(i, limit int, comma bool) int {
	// "(ISI)" belongs to the phrase before it.
	for n := 0; n < 4; n++ {
		if f.head(i) {
			if comma && f.lowerPlural(i) {
				return -1
			}
			return f.left(i, limit)
		}
		// A noun phrase after a preposition: "Minister for Defence".
		j := i
		for steps := 0; f.same(j, limit) && steps < 9; steps++ {
			switch {
			case f.norm(j) == ")" && f.norm(j-2) == "(":
				j -= 3
				continue
			case f.at(j) >= 0 && f.mentions[f.at(j)].typ != annotation.Person:
				j = f.mentions[f.at(j)].start - 1
				continue
			case f.word(j) && f.capital(j) && f.at(j) < 0, f.norm(j) == "-" && f.tight(j) && f.tight(j+1):
				j--
				continue
			case f.norm(j) == "and" || f.norm(j) == "&" || f.norm(j) == "the":
				j--
				continue
			case comma && f.word(j) && f.at(j) < 0 && f.is(j, lexicon.Noun|lexicon.GroupNoun|lexicon.Adjective|lexicon.PlaceNoun|lexicon.OrgHead) && !preposition(f.norm(j)):
				j--
				continue
			}
			break
		}
		if j == i || !f.same(j, limit) || !preposition(f.norm(j)) {
			return -1
		}
		i = j - 1
		if !f.same(i, limit) {
			return -1
		}
	}
	return -1
}

// lowerPlural reports whether token i is a plural in lower case, which is no
// role of one person.
func (f *finder) lowerPlural(i int) bool {
	n := f.norm(i)
	return !f.capital(i) && len(n) > 3 && n[len(n)-1] == 's' && n[len(n)-2] != 's'
}

// left extends a role whose head is token i over the words that qualify it.
func (f *finder) left(i, limit int) int {
	for {
		p := i - 1
		if f.same(p-1, limit) && f.at(p) >= 0 && (f.norm(p) == "u.s" || f.norm(p) == "u.s." || f.norm(p) == "us" || f.norm(p) == ".") && f.capital(i) && f.mentions[f.at(p)].typ == annotation.Place {
			// "Assistant U.S. Attorney"
			if q := f.mentions[f.at(p)].start - 1; f.same(q, limit) && (f.norm(q) == "assistant" || f.norm(q) == "deputy" || f.norm(q) == "acting") && f.capital(q) && f.at(q) < 0 {
				i = q
				continue
			}
		}
		if !f.same(p, limit) || f.at(p) >= 0 {
			return i
		}
		n := f.norm(p)
		switch {
		case n == "-" && f.tight(p) && f.tight(i) && f.word(p-1) && f.at(p-1) < 0:
			i = p - 1
		case n == "and" && f.head(i-2):
			i = i - 2
		case n == "and" && f.capital(i) && f.capital(i-2) && f.same(i-2, limit) && f.at(i-2) < 0 && f.is(i-2, lexicon.Noun|lexicon.GroupNoun|lexicon.PlaceNoun|lexicon.RoleMod) && i-2 > f.Sentences[f.sentence[i]][0]-1:
			i = i - 2
		case n == "/" && f.head(i-2):
			i = i - 2
		case !f.word(p) || n == "'s" || n == "'" || preposition(n) || determiner(n):
			return i
		case f.predicate(p):
			return i // "The court acquitted former mayor Ann Lee"
		case f.is(p, lexicon.RoleMod|lexicon.Role):
			i = p
		case f.is(p, lexicon.Demonym) || f.is(p, lexicon.Place) && f.capital(p):
			return i
		case p == f.Sentences[f.sentence[p]][0] && !f.capital(i) && f.capital(p) && f.is(p, lexicon.Noun|lexicon.GroupNoun|lexicon.PlaceNoun|lexicon.OrgHead) && !f.is(p, lexicon.Say|lexicon.Verb|lexicon.Quantifier|lexicon.Day|lexicon.Month):
			i = p // "Coast guard spokeswoman"
		case p == f.Sentences[f.sentence[p]][0] && f.capital(p) && f.capital(i) && ministerial(f.norm(i)) && f.is(p, lexicon.Common) && !f.is(p, lexicon.Say|lexicon.Day|lexicon.Month) && !adverbial(n):
			i = p // "Climate Minister Ana Bell said"
		case f.capital(p) && f.is(p, lexicon.Common|lexicon.OrgHead) && !f.is(p, lexicon.Say|lexicon.Day|lexicon.Month) && p > f.Sentences[f.sentence[p]][0]:
			i = p
		case !f.capital(p) && f.capital(i) && !f.is(p, lexicon.RoleMod):
			return i
		case !f.capital(p) && f.is(p, lexicon.Noun|lexicon.GroupNoun|lexicon.PlaceNoun|lexicon.OrgHead) && !f.is(p, lexicon.Say|lexicon.Verb|lexicon.Quantifier):
			i = p
		case !f.capital(p) && f.is(p, lexicon.Adjective) && !f.is(p, lexicon.Verb) && adjectival(n):
			i = p
		case !f.capital(p) && !f.capital(i) && f.is(p, lexicon.Noun) && f.is(p, lexicon.Verb|lexicon.Say) && f.Tokens[p].Is(token.AllLower) && len(n) > 3 && f.same(p-1, limit) && owner(f.norm(p-1)):
			i = p // "Its project director"
		default:
			return i
		}
	}
}

// predicate reports whether the word at token p, which may be a participle, is the verb of
// a clause: its subject stands right before it, a noun or a name in the same sentence.
func (f *finder) predicate(p int) bool {
	if !verb.Past(f.norm(p)) || !f.Tokens[p].Is(token.AllLower) || !f.same(p-1, p) {
		return false
	}
	if f.at(p-1) >= 0 {
		return true
	}
	switch f.norm(p - 1) {
	case "but", "has", "have", "had", "who", "which", "that", "then", "later", "also":
		return true
	case "and": // not "a convicted and disgraced former mayor"
		return f.same(p-2, p) && !f.is(p-2, lexicon.Adjective|lexicon.RoleMod) && !verb.Past(f.norm(p-2))
	}
	return f.word(p-1) && !determiner(f.norm(p-1)) && f.is(p-1, lexicon.Noun|lexicon.PersonNoun|lexicon.GroupNoun|lexicon.PlaceNoun|lexicon.OrgHead|lexicon.Role) && !f.is(p-1, lexicon.Adjective|lexicon.RoleMod) && !adverbial(f.norm(p-1))
}

// owner reports whether n is an article or tells whose the noun after it is.
func owner(n string) bool {
	switch n {
	case "the", "a", "an", "its", "his", "her", "their", "'s":
		return true
	}
	return false
}

// ministerial reports whether an office is as a rule one for some matter, which stands before
// it: "Climate Minister".
func ministerial(n string) bool { return n == "minister" || n == "secretary" || n == "commissioner" }

// adverbial reports whether a word that is a noun too tells when something was.
func adverbial(n string) bool {
	switch n {
	case "yesterday", "today", "tomorrow", "tonight", "earlier", "later", "once", "overnight":
		return true
	}
	return false
}

func determiner(n string) bool {
	switch n {
	case "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "some", "any", "both", "all", "one", "two", "when", "while", "as", "then", "said", "but", "not", "also", "with", "by", "who", "or", "he", "she", "they", "it", "so", "than", "only", "just", "even", "now", "including", "like", "such", "after", "before", "between", "against", "about", "through", "via", "amid", "during", "despite", "under", "over", "near", "without", "where", "whether", "because", "since", "until", "though", "although", "however", "meanwhile", "is", "was", "are", "were", "be", "been", "has", "had", "have":
		return true
	}
	return false
}

// adjectival reports whether an adjective may qualify a role.
func adjectival(n string) bool {
	if len(n) > 2 && n[len(n)-2:] == "ly" {
		return false
	}
	switch n {
	case "there", "here", "more", "most", "less", "very", "too", "still", "again", "never", "yet", "soon", "later", "earlier", "today", "back", "down", "up", "out", "off", "away", "together", "ahead", "well", "much", "many", "few", "several", "same", "own", "such", "last", "next", "previous":
		return false
	}
	return true
}

// roleAfter returns the tokens of a role in apposition after mention k: "Jane
// Roe, the deputy director of the agency, said".
func (f *finder) roleAfter(k int) (start, end int) {
	m := &f.mentions[k]
	i := m.end
	if f.norm(i) == "(" { // "(centre)", "(49)"
		for j := i + 1; j < i+6 && f.same(j, m.start); j++ {
			if f.norm(j) == ")" {
				i = j + 1
				break
			}
		}
	}
	if f.norm(i) != "," || !f.same(i, m.start) {
		return 0, 0
	}
	i++
	if f.same(i, m.start) && f.Tokens[i].Kind == token.Number && f.norm(i+1) == "," { // an age
		i += 2
	}
	switch f.norm(i) {
	case "the", "a", "an", "his", "her", "its", "their", "who", "also":
		i++
	}
	start = i
	h := -1
	for j := i; j < i+7 && f.same(j, m.start); j++ {
		n := f.norm(j)
		if f.at(j) >= 0 {
			if f.mentions[f.at(j)].typ == annotation.Person {
				break
			}
			if j == start { // "Kenya's foreign minister", "Labour leader"
				j = f.mentions[f.at(j)].end - 1
				if f.norm(j+1) == "'s" {
					j++
				}
				start = j + 1
				continue
			}
			break
		}
		if f.head(j) {
			h = j
			continue
		}
		if n == "-" && f.tight(j) || f.is(j, lexicon.RoleMod|lexicon.Demonym) {
			if j == start && f.is(j, lexicon.Demonym) {
				start = j + 1
			}
			continue
		}
		if h >= 0 || !f.word(j) || n == "'s" || preposition(n) || determiner(n) || f.is(j, lexicon.Say|lexicon.Day|lexicon.Month) {
			break
		}
		if !f.is(j, lexicon.Noun|lexicon.GroupNoun|lexicon.Adjective|lexicon.OrgHead|lexicon.PlaceNoun|lexicon.PersonNoun) || f.is(j, lexicon.Verb) && !f.capital(j) {
			break
		}
	}
	if h < 0 || h < start {
		return 0, 0
	}
	end = h + 1
	if f.lowerPlural(h) {
		return 0, 0
	}
	if o := f.at(end); o >= 0 && f.mentions[o].typ == annotation.Person {
		return 0, 0 // the role of the next person in a list
	}
	for n := 0; n < 4 && f.same(end, m.start); n++ {
		p := f.norm(end)
		if p == "and" {
			// "founder and Chief Executive Officer"
			last := -1
			for j := end + 1; j < end+6 && f.same(j, m.start) && f.at(j) < 0 && (f.head(j) || f.is(j, lexicon.RoleMod)); j++ {
				if f.head(j) {
					last = j
				}
			}
			if last >= 0 {
				end = last + 1
				continue
			}
		}
		if !preposition(p) {
			break
		}
		j := end + 1
		for f.same(j, m.start) && j < end+12 {
			w := f.norm(j)
			switch o := f.at(j); {
			case o >= 0 && f.mentions[o].typ != annotation.Person:
				j = f.mentions[o].end
				continue
			case o >= 0:
			case w == "the" || w == "a" || w == "an" || w == "its" || w == "'s" || w == "&":
				j++
				continue
			case w == "and" && f.capital(j+1) && f.capital(j-1) && f.at(j+1) < 0:
				j++
				continue
			case w == "-" && f.tight(j):
				j++
				continue
			case f.word(j) && !preposition(w) && !determiner(w) && (f.capital(j) || f.is(j, lexicon.Common|lexicon.OrgHead|lexicon.PlaceHead)) && !f.is(j, lexicon.Say|lexicon.Day) && !(f.is(j, lexicon.Verb) && !f.capital(j)):
				j++
				continue
			}
			break
		}
		if j == end+1 {
			break
		}
		end = j
	}
	for end > start && (f.norm(end-1) == "the" || f.norm(end-1) == "a" || f.norm(end-1) == "'s" || f.norm(end-1) == "and" || f.norm(end-1) == "&" || f.norm(end-1) == "-" || preposition(f.norm(end-1))) {
		end--
	}
	// An apposition is closed: what goes on with a verb was a new clause.
	switch f.norm(end) {
	case ",", ".", ";", ")", "—", "–", "--", ":", "and", "\"", "”", "who", "whose", "said", "says", "told", "":
		return start, end
	}
	if !f.same(end, m.start) || end < len(f.Tokens) && f.is(end, lexicon.Say) {
		return start, end
	}
	return 0, 0
}
