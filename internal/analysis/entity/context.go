package entity

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// reconsider changes the type or the extent of names that the words around them
// contradict.
func (f *finder) reconsider() {
	for k := 0; k < len(f.mentions); k++ {
		if head, rest, ok := f.splitFront(f.mentions[k]); ok {
			f.mentions[k] = head
			f.mentions = slices.Insert(f.mentions, k+1, rest)
		}
	}
	f.strangers()
	for k := 0; k < len(f.mentions); k++ {
		if body, person, ok := f.splitHolder(f.mentions[k]); ok {
			f.mentions[k] = person
			if body.end > body.start {
				f.mentions = slices.Insert(f.mentions, k, body)
				k++
			}
		}
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		f.ofSaint(m)
		f.offShore(m)
		f.withTitle(m)
		f.withHead(m)
		f.extend(m)
		f.wholeBody(m)
		f.ofBoth(m)
		f.surname(m)
		f.atSite(m)
		f.atFirm(m)
		f.asFirm(m)
		f.asOfficial(m)
		f.asHolder(m)
		f.asApposed(m)
		f.asWorker(m)
		f.inJournal(m)
		if m.typ == annotation.Person && (!f.surelyPerson(*m) || f.norm(m.start-1) == "of" && towns[f.norm(m.start-2)]) {
			f.asContext(m)
		}
	}
	f.dropOverlaps()
	f.lists()
}

// surelyPerson reports whether a person's name is one by its own parts or by
// the title before it.
func (f *finder) surelyPerson(m mention) bool {
	if f.same(m.start-1, m.start) && (f.rank(m.start-1) || f.capital(m.start-1) && f.is(m.start-1, lexicon.Role)) {
		return true
	}
	return m.end-m.start > 1 && f.is(m.start, lexicon.Given) && f.is(m.end-1, lexicon.Surname|lexicon.Name)
}

// splitFront cuts a place or an acronym off the front of a person's name:
// "ambassador to Jordan Leila Haddad".
func (f *finder) splitFront(m mention) (head, rest mention, ok bool) {
	if m.typ != annotation.Person || m.end-m.start < 3 || f.Headline(f.sentence[m.start]) {
		return m, m, false
	}
	w := &f.Words[m.start]
	next := &f.Tokens[m.start+1]
	if next.Kind != token.Word || !next.Is(token.Initial) {
		return m, m, false
	}
	head, rest = m, m
	head.end, rest.start = m.start+1, m.start+1
	switch {
	case w.Edge == 4 && w.Phrase&lexicon.Country != 0 && f.same(m.start-1, m.start) && preposition(f.norm(m.start-1)):
		head.typ = annotation.Place
	case f.Tokens[m.start].Is(token.AllUpper) && f.Tokens[m.start].Span.Len() >= 3 && !next.Is(token.AllUpper) && !w.Is(lexicon.Personal|lexicon.Honorific|lexicon.Rank):
		head.typ = annotation.Organization
	default:
		return m, m, false
	}
	head.rule = "entity/split"
	return head, rest, true
}

// splitHolder cuts the name of who holds an office off what the office is of: "Minister
// for Water Resources Adhiraj Patkar", "Leader of the Congress Adhiraj Patkar". What is
// left is a body where it is called like one.
func (f *finder) splitHolder(m mention) (body, person mention, ok bool) {
	const longest = 3
	if m.typ != annotation.Organization || m.end-m.start < 3 || f.Headline(f.sentence[m.start]) {
		return m, m, false
	}
	p := m.start - 1
	if f.norm(p) == "the" {
		p--
	}
	n := f.norm(p)
	if n != "of" && n != "for" || !f.same(p-1, m.start) || !f.is(p-1, lexicon.Role) || !f.capital(p-1) {
		return m, m, false
	}
	start := m.end
	for start > m.start+1 && start > m.end-longest && f.word(start-1) && f.capital(start-1) && !f.is(start-1, lexicon.Common&^lexicon.Verb|lexicon.OrgHead|lexicon.OrgSuffix|lexicon.OrgOf|lexicon.Place|lexicon.Demonym|lexicon.Facility|lexicon.PlaceHead) &&
		!f.Tokens[start-1].Is(token.AllUpper) && f.Words[start-1].Phrase&lexicon.Organization == 0 {
		start--
	}
	if m.end-start < 2 || preposition(f.norm(start-1)) || !f.speaksOrActs(m.end) {
		return m, m, false
	}
	body, person = m, m
	body.end, person.start = start, start
	person.typ, person.rule = annotation.Person, "entity/split"
	if n == "for" && f.topic(body) {
		body.end = body.start // a field of government
		return body, person, true
	}
	for i := body.start; i < body.end; i++ {
		if f.is(i, lexicon.OrgHead|lexicon.OrgSuffix) || f.Words[i].Phrase&lexicon.Organization != 0 {
			return body, person, true
		}
	}
	body.end = body.start
	return body, person, true
}

// topic reports whether a mention is made of common words alone.
func (f *finder) topic(m mention) bool {
	for i := m.start; i < m.end; i++ {
		if !f.is(i, lexicon.Common|lexicon.RoleMod) || f.Words[i].Phrase&lexicon.Organization != 0 {
			return false
		}
	}
	return true
}

// speaksOrActs reports whether a verb in small letters or the end of an insertion stands
// at token i, after the subject of a sentence.
func (f *finder) speaksOrActs(i int) bool {
	if !f.same(i, i-1) {
		return false
	}
	n := f.norm(i)
	return n == "," || n == "'s" || n == "(" || f.Tokens[i].Is(token.AllLower) && (f.is(i, lexicon.Say|lexicon.Verb) || len(n) > 4 && n[len(n)-2:] == "ed" || n == "was" || n == "is" || n == "has" || n == "had" || n == "will" || n == "would")
}

// ofSaint makes "St. Brendan's Square" whole: a possessive inside the name of a
// place.
func (f *finder) ofSaint(m *mention) {
	i := m.end + 1
	if f.norm(m.end) != "'s" || !f.same(i, m.start) || !f.capital(i) || !f.is(i, lexicon.Facility) || f.Headline(f.sentence[m.start]) ||
		m.typ == annotation.Organization || f.Words[m.start].Phrase&(lexicon.Country|lexicon.City|lexicon.Admin) != 0 ||
		f.norm(m.start) != "st" && f.norm(m.start) != "saint" && m.end-m.start > 1 {
		return
	}
	m.end, m.typ, m.rule = i+1, annotation.Place, "entity/head"
}

// withTitle takes a name with a form of address for a person: "Mr Baraka",
// "Col. Denali".
func (f *finder) withTitle(m *mention) {
	if m.typ == annotation.Person || m.typ == annotation.Event || f.is(m.end-1, lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility|lexicon.PlaceHead|lexicon.OrgOf) {
		return
	}
	if m.end-m.start == 2 && address[f.norm(m.start)] {
		m.typ, m.rule = annotation.Person, "entity/title"
		if !religious[f.norm(m.start)] {
			m.start++
		}
		return
	}
	i := m.start - 1
	if f.same(i, m.start) && f.norm(i) == "." && f.tight(i) {
		i--
	}
	if f.same(i, m.start) && address[f.norm(i)] && f.capital(i) && f.at(i) < 0 && m.end-m.start <= 4 {
		m.typ, m.rule = annotation.Person, "entity/title"
		if religious[f.norm(i)] && m.end-m.start == 1 {
			m.start = i
		}
	}
}

// address are forms of address and ranks that stand before people only.
var address = wordSet("address")

// forms are forms of address before which nothing but a name stands.
var forms = wordSet("forms")

// withHead makes "Otto Brandt Street" a place and "Otto Brandt Foundation" an
// organization where the model saw a person only.
func (f *finder) withHead(m *mention) {
	if m.typ != annotation.Person || f.Headline(f.sentence[m.start]) {
		return
	}
	i := m.end
	if !f.same(i, m.start) || !f.capital(i) || f.Tokens[i].Kind != token.Word || f.is(i, lexicon.Personal|lexicon.Say|lexicon.Role) {
		return
	}
	switch {
	case f.is(i, lexicon.Facility|lexicon.PlaceHead):
		m.typ = annotation.Place
	case f.is(i, lexicon.OrgHead|lexicon.OrgSuffix):
		m.typ = annotation.Organization
	default:
		return
	}
	m.end++
	m.rule = "entity/head"
}

// bodies are the roles that are held in a body: "president of" is followed by
// the name of an organization or a country, not of a person.
var bodies = wordSet("bodies")

// asContext takes a name for a place or an organization where the words before
// it say so.
func (f *finder) asContext(m *mention) {
	if !f.same(m.start-2, m.start) {
		return
	}
	before, p := f.norm(m.start-1), m.start-2
	if f.norm(m.end) == "-" && f.tight(m.end) && m.end+1 < len(f.Tokens) && f.Tokens[m.end+1].Kind == token.Number && f.tight(m.end+1) {
		m.rule = "drop" // "Nour-2": a thing of a series
		return
	}
	if before != "of" {
		return
	}
	n := f.norm(p)
	switch {
	case f.is(p, lexicon.PlaceHead|lexicon.PlaceNoun) && !f.is(p, lexicon.Role) && !placeless[n] && f.at(p) < 0:
		m.typ, m.rule = annotation.Place, "entity/context"
	case bodies[n] && f.at(p) < 0:
		m.typ, m.rule = annotation.Organization, "entity/context"
	}
}

// placeless are words for places that people have too.
var placeless = wordSet("placeless")

// asOfficial takes a single name for a person where an office in apposition, shut
// off by commas, says so: "Estmark, the governor of Valmar, said". A place that
// stands after a preposition is one: "In Valmar, the governor said".
func (f *finder) asOfficial(m *mention) {
	if m.typ == annotation.Person || m.typ == annotation.Event || m.end-m.start != 1 || f.Tokens[m.start].Is(token.AllUpper) || f.norm(m.end) != "," || !f.same(m.end+2, m.start) || f.norm(m.end+1) != "the" ||
		f.Words[m.start].Phrase&(lexicon.Country|lexicon.Capital|lexicon.Organization) != 0 {
		return
	}
	if p := m.start - 1; f.same(p, m.start) && (preposition(f.norm(p)) || f.norm(p) == "near" || f.norm(p) == "," || f.capital(p)) {
		return
	}
	head := false
	for i := m.end + 2; i < m.end+14 && f.same(i, m.start); i++ {
		switch n := f.norm(i); {
		case n == ",":
			if head && (f.same(i+1, m.start) && (f.is(i+1, lexicon.Say|lexicon.Verb) || f.norm(i+1) == "who")) {
				m.typ, m.rule = annotation.Person, "entity/office"
			}
			return
		case f.is(i, lexicon.Role) && !head:
			head = true
		case !head && !f.is(i, lexicon.RoleMod|lexicon.Adjective|lexicon.Noun|lexicon.Demonym):
			return
		}
	}
}

// towns are nouns before "of" and a name that is never a person's.
var towns = wordSet("towns")

// inJournal takes a single name for that of a journal where something is published
// in it: "a paper in Nature".
func (f *finder) inJournal(m *mention) {
	p := m.start - 1
	if m.typ == annotation.Organization || m.typ == annotation.Event || m.end-m.start != 1 || f.norm(p) != "in" || !f.same(p-1, m.start) || f.norm(m.end) == "," && f.same(m.end+1, m.start) && f.capital(m.end+1) ||
		f.Words[m.start].Phrase&lexicon.Place != 0 || f.Tokens[m.start].Is(token.AllUpper) {
		return
	}
	switch f.norm(p - 1) {
	case "paper", "article", "study", "published", "appeared", "wrote", "writing":
		m.typ, m.rule = annotation.Organization, "entity/outlet"
		f.sure(m.start, m.end)
	}
}

// asHolder takes a single name after the word for an office for that of a person:
// "the minister Duarte said". What only places are called stays one.
func (f *finder) asHolder(m *mention) {
	p := m.start - 1
	if m.typ == annotation.Person || m.typ == annotation.Event || m.end-m.start != 1 || !f.same(p, m.start) || f.at(p) >= 0 || !f.is(p, lexicon.Role) || f.lowerPlural(p) ||
		f.Tokens[m.start].Is(token.AllUpper) || f.Headline(f.sentence[m.start]) || f.Words[m.start].Phrase&(lexicon.Country|lexicon.Capital|lexicon.Organization) != 0 {
		return
	}
	if f.Words[m.start].Phrase&lexicon.Place != 0 && !f.is(m.start, lexicon.Personal) || f.norm(m.end) == "-" || f.same(m.end, m.start) && f.capital(m.end) {
		return
	}
	m.typ, m.rule = annotation.Person, "entity/office"
}

// asApposed takes a name of several words for a person's where it stands between
// commas after the word for an office: "A rebel spokesman, Abu Zayd, said".
func (f *finder) asApposed(m *mention) {
	p := m.start - 1
	if n := f.norm(m.end - 1); m.typ == annotation.Place && m.end-m.start == 2 && n == "house" && (f.norm(m.start) == "upper" || f.norm(m.start) == "lower") {
		m.typ, m.rule = annotation.Organization, "entity/head"
		return
	}
	if m.typ == annotation.Person || m.typ == annotation.Event || m.end-m.start > 4 || f.norm(p) != "," || f.norm(m.end) != "," || !f.same(p-2, m.start) || !f.same(m.end+1, m.start) {
		return
	}
	if kin[f.norm(p-1)] && f.owned(p-1) {
		m.typ, m.rule = annotation.Person, "entity/office" // "Lee's widow, Nuala, thanked them"
		return
	}
	if m.end-m.start < 2 && !f.owned(p-1) ||
		!f.is(p-1, lexicon.Role) || f.lowerPlural(p-1) || !f.Tokens[p-1].Is(token.AllLower) || f.Words[m.start].Phrase&(lexicon.Country|lexicon.Capital|lexicon.Organization) != 0 ||
		f.is(m.end-1, lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility) {
		return
	}
	if f.is(m.end+1, lexicon.Say) || f.norm(m.end+1) == "who" || m.end-m.start == 2 && f.is(m.start, lexicon.Given) && f.is(m.end+1, lexicon.Verb) && f.Tokens[m.end+1].Is(token.AllLower) {
		m.typ, m.rule = annotation.Person, "entity/office"
	}
}

// owned reports whether the noun at token i is somebody's: "her daughter", "Lee's
// spokesman".
func (f *finder) owned(i int) bool {
	for k := i - 1; k >= i-2 && f.same(k, i); k-- {
		switch f.norm(k) {
		case "his", "her", "their", "its", "'s", "'":
			return true
		}
	}
	return false
}

// asWorker takes a single name that people have too for a person's where what the
// person does follows it: "said Washington, a miner who".
func (f *finder) asWorker(m *mention) {
	if m.typ == annotation.Person || m.typ == annotation.Event || m.end-m.start != 1 || f.Tokens[m.start].Is(token.AllUpper) || !f.is(m.start, lexicon.Personal) ||
		f.Words[m.start].Phrase&(lexicon.Country|lexicon.Organization) != 0 || f.norm(m.end) != "," || f.norm(m.end+1) != "a" && f.norm(m.end+1) != "an" || !f.same(m.end+2, m.start) {
		return
	}
	if p := m.start - 1; f.same(p, m.start) && (preposition(f.norm(p)) || f.norm(p) == "near" || f.norm(p) == "," || f.capital(p)) {
		return
	}
	for i := m.end + 2; i < m.end+7 && f.same(i, m.start) && f.Tokens[i].Is(token.AllLower); i++ {
		if f.is(i, lexicon.Role|lexicon.PersonNoun) && !standing[f.norm(i)] && !(f.same(i+1, m.start) && f.is(i+1, lexicon.Role|lexicon.PersonNoun|lexicon.Noun|lexicon.PlaceNoun|lexicon.GroupNoun) && f.norm(i+1) != "in") {
			m.typ, m.rule = annotation.Person, "entity/office"
			return
		}
		if !f.is(i, lexicon.RoleMod|lexicon.Adjective|lexicon.Noun|lexicon.Demonym|lexicon.Role|lexicon.PersonNoun) {
			return
		}
	}
}

// standing are nouns for people that are said of places and bodies as well.
var standing = wordSet("standing")

// lists gives a name in a list of places the type of the others: "Sonra, Belka
// and Torin".
func (f *finder) lists() {
	ms := f.mentions
	adjoin := func(i, j int) bool {
		if i < 0 || j >= len(ms) || ms[i].end >= len(f.Tokens) || !f.same(ms[i].start, ms[j].start) {
			return false
		}
		switch ms[j].start - ms[i].end {
		case 1:
			n := f.norm(ms[i].end)
			return n == "," || n == "and" || n == "or"
		case 2:
			return f.norm(ms[i].end) == "," && (f.norm(ms[i].end+1) == "and" || f.norm(ms[i].end+1) == "or")
		}
		return false
	}
	for k := range ms {
		m := &ms[k]
		if m.typ == annotation.Event || m.typ == annotation.Place || m.typ == annotation.Person && f.surelyPerson(*m) ||
			m.typ == annotation.Organization && (m.end-m.start > 1 || f.Tokens[m.start].Is(token.AllUpper) || f.Words[m.start].Phrase&lexicon.Organization != 0) {
			continue
		}
		places, others := 0, 0
		for i := k; i > 0 && i > k-4 && adjoin(i-1, i); i-- {
			if ms[i-1].typ == annotation.Place {
				places++
			} else {
				others++
			}
		}
		for i := k; i < k+4 && adjoin(i, i+1); i++ {
			if ms[i+1].typ == annotation.Place {
				places++
			} else {
				others++
			}
		}
		if places >= 2 && places > 2*others {
			m.typ, m.rule = annotation.Place, "entity/list"
		}
	}
}
