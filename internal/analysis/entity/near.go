package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// near finds or mends the names that a word for a relative, a form of address or the
// noun after them tells.
func (f *finder) near() {
	f.own()
	var found []mention
	for i := range f.cued(relativeCue) {
		found = f.relatives(found, i)
	}
	for i := range f.cued(addressCue) {
		if m, ok := f.afterAddress(i); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(commaCue) {
		if m, ok := f.appointed(i); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(possessiveCue) {
		if m, ok := f.officeOf(i); ok {
			found = f.keep(found, m)
		}
	}
	f.replaceBy(found)
	f.andDistrict()
	for k := range f.mentions {
		m := &f.mentions[k]
		f.ofStaff(k)
		f.underFire(m)
		f.national(m)
		f.andMore(m)
		f.forWhom(m)
		f.inTown(m)
		f.saint(m)
		f.ofFirm(k)
		if m.typ == annotation.Place && f.norm(m.end-1) == "department" && m.end-m.start > 1 && f.capital(m.end-1) {
			m.typ, m.rule = annotation.Organization, "entity/head" // "State Department"
		}
		if m.typ == annotation.Organization && m.end-m.start == 1 && f.Words[m.start].Edge == 4 && f.Words[m.start].Phrase&lexicon.Capital != 0 && f.speaker(m.start) {
			m.typ, m.rule = annotation.Place, "entity/list" // "Canberra said"
		}
	}
	f.own()
}

// relatives adds the people named after the noun for relatives at token i: "her daughters,
// Ngozi and Kirsteen", "his wife, Nan (née Ross)".
func (f *finder) relatives(found []mention, i int) []mention {
	const most = 5
	if !f.Tokens[i].Is(token.AllLower) || !f.owned(i) || f.Headline(f.sentence[i]) {
		return found
	}
	n := f.norm(i)
	many := n[len(n)-1] == 's' || n == "children"
	k, comma := i+1, false
	if f.norm(k) == "," {
		k, comma = k+1, true
	}
	for range most {
		if !f.same(k, i) || !f.capital(k) || f.is(k, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Demonym) || f.is(k, lexicon.Day|lexicon.Month) && !(f.same(k+1, i) && f.capital(k+1) && f.word(k+1)) {
			return found
		}
		end := f.run(k, 3)
		if end == k || f.is(end-1, lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility|lexicon.PlaceHead) {
			return found
		}
		next := f.norm(end)
		closed := next == "," || next == "." || next == "(" || next == "and" || next == ";" || !f.same(end, i)
		if !closed && (comma || next == "'s" || next == "-") {
			return found
		}
		for j := k; j < end; j++ {
			if o := f.at(j); o >= 0 && (f.mentions[o].start < k || f.mentions[o].end > end || f.mentions[o].typ == annotation.Event || f.mentions[o].typ != annotation.Person && end-k > 1) {
				return found
			}
		}
		if !comma && !many && f.at(k) < 0 && !f.is(k, lexicon.Personal) {
			return found
		}
		found = f.keep(found, mention{start: k, end: end, typ: annotation.Person, rule: "entity/kin"})
		if !many {
			return found
		}
		switch k = end; f.norm(k) {
		case ",":
			if k++; f.norm(k) == "and" {
				k++
			}
		case "and":
			k++
		default:
			return found
		}
	}
	return found
}

// afterAddress returns the name in full after the form of address at token i, where the model
// passed it over: "Cllr Martin Askew".
func (f *finder) afterAddress(i int) (m mention, ok bool) {
	k := i + 1
	if !f.capital(i) || f.at(i) >= 0 || f.Headline(f.sentence[i]) {
		return m, false
	}
	if f.norm(k) == "." && f.tight(k) {
		k++
	}
	if !f.same(k, i) || !f.capital(k) || f.tight(k) {
		return m, false
	}
	end := k
	for end < k+3 && f.same(end, i) && f.word(end) && f.capital(end) && f.at(end) < 0 && f.norm(end) != "'s" {
		if f.is(end, lexicon.Role|lexicon.Honorific|lexicon.OrgHead|lexicon.Facility|lexicon.PlaceHead|lexicon.Month|lexicon.Day|lexicon.Demonym) || f.Tokens[end].Is(token.AllUpper) || address[f.norm(end)] {
			break
		}
		end++
	}
	if n := f.norm(end); end == k || n == "." || n == "“" || n == "\"" || f.at(end) >= 0 && f.same(end, i) && f.mentions[f.at(end)].start == end {
		return m, false
	}
	return mention{start: k, end: end, typ: annotation.Person, rule: "entity/title"}, true
}

// officeOf returns the name of the office of who holds a post, with the possessive mark at
// token i: "the Linden County Sheriff's Office", "the Prime Minister's Office".
func (f *finder) officeOf(i int) (m mention, ok bool) {
	const longest = 5
	k := i - 1
	if f.norm(i) != "'s" || !f.same(k, i+1) || !f.capital(i+1) || !f.capital(k) || !f.is(k, lexicon.Role|lexicon.Rank) && f.norm(k) != "sheriff" && f.norm(k) != "attorney" && f.norm(k) != "coroner" || f.Headline(f.sentence[i]) {
		return m, false
	}
	switch f.norm(i + 1) { // not "the Governor's Island"
	case "office", "department":
	default:
		return m, false
	}
	start := k
	for start > 0 && k-start < longest && f.same(start-1, i) && f.word(start-1) && f.capital(start-1) && !determiner(f.norm(start-1)) && !starters[f.norm(start-1)] && f.norm(start-1) != "'s" {
		start--
	}
	for j := start; j < i; j++ {
		if o := f.at(j); o >= 0 && (f.mentions[o].start < start || f.mentions[o].typ == annotation.Event) {
			return m, false
		}
	}
	return mention{start: start, end: i + 2, typ: annotation.Organization, rule: "entity/head"}, true
}

// ofStaff takes the name of several words k for that of a firm, where the model saw a
// person, before the noun for who works there and his name ("Forsyth Barr analyst Guy
// Hall"), or after an article ("a former Velan Biologics executive").
func (f *finder) ofStaff(k int) {
	m := &f.mentions[k]
	i := m.end
	if m.typ != annotation.Person || m.end-m.start < 2 || m.end-m.start > 4 || f.titled(m) || !f.same(i, m.start) || !f.word(i) || !f.Tokens[i].Is(token.AllLower) || f.Headline(f.sentence[m.start]) || f.tight(i) || serving[f.norm(i)] || !f.is(i, lexicon.Role) {
		return
	}
	switch f.norm(i) {
	case "attorney", "biographer", "campaign", "supporter", "appointee", "fan", "critic", "donor", "manager", "agent", "nominee", "envoy", "strategist", "pollster", "backer", "secretary", "deputy":
		return // those of a person
	}
	p := m.start - 1
	for f.same(p, m.start) && (f.norm(p) == "former" || f.norm(p) == "senior" || f.norm(p) == "ex" || f.norm(p) == "-") {
		p--
	}
	article := f.same(p, m.start) && (f.norm(p) == "a" || f.norm(p) == "an")
	named := k+1 < len(f.mentions) && f.mentions[k+1].start == i+1 && f.mentions[k+1].typ == annotation.Person && f.mentions[k+1].end-f.mentions[k+1].start > 1
	if !article && !named || !article && f.surelyPerson(*m) {
		return
	}
	m.typ, m.rule = annotation.Organization, "entity/firm"
	f.sure(m.start, m.end)
}

// underFire takes a single name that no list has for that of a place where it was fired on:
// "the strike on Chuhuiv", "shelling of Chuhuiv".
func (f *finder) underFire(m *mention) {
	if m.typ != annotation.Organization && m.typ != annotation.Person || m.end-m.start != 1 || f.Tokens[m.start].Is(token.AllUpper) || f.Words[m.start].Phrase != 0 || f.is(m.start, lexicon.Personal) || f.same(m.end, m.start) && f.capital(m.end) {
		return
	}
	switch f.norm(m.start - 1) {
	case "on", "of":
	default:
		return
	}
	switch f.norm(m.start - 2) {
	case "strike", "strikes", "airstrike", "airstrikes", "shelling", "bombardment", "bombing", "raid", "raids", "missiles", "rockets", "outskirts", "siege", "capture", "residents":
		m.typ, m.rule = annotation.Place, "entity/context"
	}
}

// national takes a name for that of a body where it has a country behind a hyphen:
// "Meteo-France".
func (f *finder) national(m *mention) {
	if m.typ != annotation.Person || m.end-m.start != 3 || f.norm(m.end-2) != "-" || f.Words[m.end-1].Phrase&lexicon.Country == 0 || f.is(m.start, lexicon.Personal) || f.titled(m) {
		return
	}
	m.typ, m.rule = annotation.Organization, "entity/head"
	f.sure(m.start, m.end)
}

// andMore makes the name of a body whole that was cut before "and" and a common word with a
// capital, where somebody of it follows: "NSW Fire and Rescue superintendent".
func (f *finder) andMore(m *mention) {
	i := m.end + 1
	if m.typ != annotation.Organization || f.norm(m.end) != "and" || !f.same(i+1, m.start) || !f.capital(i) || f.at(i) >= 0 || !f.is(i, lexicon.Common) || f.is(i, lexicon.Role) || f.Headline(f.sentence[i]) ||
		!f.Tokens[i+1].Is(token.AllLower) || !f.is(i+1, lexicon.Role) {
		return
	}
	m.end = i + 1
}

// forWhom makes the name of a body of a common word with a capital, "for" and a place or a
// body: "Transport for NSW".
func (f *finder) forWhom(m *mention) {
	p := m.start - 2
	if m.typ != annotation.Organization && m.typ != annotation.Place || f.norm(m.start-1) != "for" || !f.same(p-1, m.start) || !f.capital(p) || f.at(p) >= 0 || !f.is(p, lexicon.Noun) || f.Headline(f.sentence[p]) ||
		f.is(p, lexicon.Role|lexicon.Day|lexicon.Month|lexicon.Personal|lexicon.Honorific) || f.capital(p-1) || !f.word(p-1) || f.Tokens[p].Is(token.AllUpper) {
		return
	}
	m.start, m.typ, m.rule = p, annotation.Organization, "entity/head"
}

// inTown takes a single name for that of a place after another and a comma, "of Tollgate
// Road, Brackley, denies" and "in Lexington, Ky.", or where somebody is outside of it.
func (f *finder) inTown(m *mention) {
	if m.typ != annotation.Person && m.typ != annotation.Organization || m.end-m.start != 1 || f.Tokens[m.start].Is(token.AllUpper) && f.Tokens[m.start].Span.Len() > 2 || f.Words[m.start].Phrase&lexicon.Organization != 0 || f.same(m.end, m.start) && f.capital(m.end) {
		return
	}
	switch f.norm(m.start - 1) {
	case ",":
		o := f.at(m.start - 2)
		if o < 0 || f.mentions[o].typ != annotation.Place || !f.same(m.start-2, m.start) {
			return
		}
		switch f.norm(f.mentions[o].start - 1) {
		case "of", "in", "at", "from", "near", "on":
		default:
			return
		}
		if n := f.norm(m.end); n != "," && n != "." || f.same(m.end+1, m.start) && (f.norm(m.end+1) == "who" || f.is(m.end+1, lexicon.Say) && n == ",") && m.typ == annotation.Organization || f.norm(m.end+1) == "who" || f.same(m.end+1, m.start) && f.Tokens[m.end+1].Kind == token.Number {
			return
		}
	case "outside":
		if f.is(m.start, lexicon.Personal) || f.Words[m.start].Phrase != 0 || f.norm(m.end) == "'s" {
			return
		}
	default:
		return
	}
	m.typ, m.rule = annotation.Place, "entity/context"
}

// saint takes the name of a saint with a possessive mark for that of a house: "St. Brigid's
// Medical Centers", "board chair of St. Brigid's".
func (f *finder) saint(m *mention) {
	p := m.start - 1
	if f.norm(p) == "." {
		p--
	}
	if m.typ != annotation.Person || m.end-m.start > 2 || f.norm(m.end) != "'s" || !f.tight(m.end) || f.norm(p) != "st" && f.norm(p) != "saint" || !f.same(p, m.end) || !f.capital(p) {
		return
	}
	end := f.run(m.end+1, 3)
	if end > m.end+1 && !f.is(end-1, lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility|lexicon.PlaceHead|lexicon.OrgOf|lexicon.Noun) {
		end = m.end + 1
	}
	for j := m.end + 1; j < end; j++ {
		if f.at(j) >= 0 {
			end = m.end + 1
			break
		}
	}
	m.start, m.end, m.typ, m.rule = p, end, annotation.Organization, "entity/head"
}

// appointed returns the name of one word before the comma at token i, with which a sentence
// opens and which the office after it tells to be a person's: "Monchi, the club's president,
// flew home".
func (f *finder) appointed(i int) (m mention, ok bool) {
	const reach = 9
	k := i - 1
	if !f.capital(k) || f.at(k) >= 0 || !f.same(k, i+2) || k != f.Sentences[f.sentence[k]][0] || f.is(k, lexicon.Common|lexicon.Role|lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Place) || f.Words[k].Phrase != 0 || f.Tokens[k].Is(token.AllUpper) || starters[f.norm(k)] || f.Headline(f.sentence[k]) || f.norm(i+1) != "the" {
		return m, false
	}
	for j := i + 2; j < i+reach && f.same(j, i); j++ {
		switch n := f.norm(j); {
		case f.is(j, lexicon.Role) && (f.norm(j+1) == "," || preposition(f.norm(j+1))):
			return mention{start: k, end: k + 1, typ: annotation.Person, rule: "entity/office"}, true
		case n == "," || preposition(n) || f.is(j, lexicon.Say):
			return m, false
		}
	}
	return m, false
}

// ofFirm takes a name in full for that of a firm where somebody is "of" it: "the solicitor
// Naomi Frankel of Leigh Denby".
func (f *finder) ofFirm(k int) {
	m := &f.mentions[k]
	if k == 0 || m.typ != annotation.Person || m.end-m.start != 2 || f.norm(m.start-1) != "of" || !f.same(m.start-2, m.start) || f.Headline(f.sentence[m.start]) {
		return
	}
	if p := &f.mentions[k-1]; p.typ != annotation.Person || p.end != m.start-1 || p.end-p.start < 2 {
		return
	}
	m.typ, m.rule = annotation.Organization, "entity/firm"
}

// andDistrict makes one name of a place, "and" and the name of a body that begins with
// "District": "Wexcombe and District Hospitals NHS Trust".
func (f *finder) andDistrict() {
	for k := 0; k+1 < len(f.mentions); k++ {
		a, b := &f.mentions[k], &f.mentions[k+1]
		if b.typ != annotation.Organization || a.typ == annotation.Event || a.end+1 != b.start || f.norm(a.end) != "and" || f.norm(b.start) != "district" || b.end-b.start < 2 || a.end-a.start > 2 || !f.same(a.start, b.start) {
			continue
		}
		a.end, a.typ, a.rule = b.end, annotation.Organization, "entity/head"
		f.mentions = append(f.mentions[:k+1], f.mentions[k+2:]...)
	}
	f.own()
}

// houses takes what is left of the name of a body, its first word, for that body where
// nobody in the article is called so: "Milford" of "Milford Asset Management".
func (f *finder) houses(uses map[uint64]*usage) {
	var first map[uint64]int
	for i := range f.mentions {
		if m := &f.mentions[i]; m.typ == annotation.Organization && m.end-m.start > 1 && m.end-m.start < 5 && !f.is(m.start, lexicon.Given|lexicon.Common|lexicon.Demonym|lexicon.Direction) && f.Words[m.start].Phrase&(lexicon.City|lexicon.Capital|lexicon.Country) == 0 {
			if first == nil {
				first = map[uint64]int{}
			}
			if h := f.hash(m.start, m.start+1); first[h] == 0 {
				first[h] = i + 1
			}
		}
	}
	f.namesakes()
	if first == nil {
		return
	}
	for i := range f.mentions {
		m := &f.mentions[i]
		if m.typ != annotation.Person && (m.typ != annotation.Place || f.Words[m.start].Phrase != 0 || f.where(m.start-1) || !f.firmOf(m, first)) || m.end-m.start != 1 || m.rule == "entity/age" || m.rule == "entity/kin" || f.titled(m) {
			continue
		}
		h := f.hash(m.start, m.end)
		if k := first[h]; k > 0 && k <= i && (uses[h] == nil || !uses[h].surname && !uses[h].given) {
			m.typ, m.rule = annotation.Organization, "entity/consistency"
		}
	}
}

// firmOf reports whether the body whose first word the mention m is, is a firm of two words
// rather than the council or the union of a place.
func (f *finder) firmOf(m *mention, first map[uint64]int) bool {
	k := first[f.hash(m.start, m.end)]
	if k == 0 {
		return false
	}
	o := &f.mentions[k-1]
	return o.end-o.start == 2 && !f.is(o.end-1, lexicon.OrgHead|lexicon.OrgOf)
}

// where reports whether token i is a word after which a place stands.
func (f *finder) where(i int) bool {
	switch f.norm(i) {
	case "in", "near", "from", "to", "at", "around", "outside", "across", "through", "between", "and", ",":
		return true
	}
	return false
}

// namesakes takes a name of two words that was taken for a body's for a person's where the
// first is a given name and people of the article are called by the last alone: "Yash Kale"
// and "Kale".
func (f *finder) namesakes() {
	var single map[uint64]bool
	for i := range f.mentions {
		if m := &f.mentions[i]; m.typ == annotation.Person && m.end-m.start == 1 && !f.titled(m) {
			if single == nil {
				single = map[uint64]bool{}
			}
			single[f.hash(m.start, m.end)] = true
		}
	}
	if single == nil {
		return
	}
	for i := range f.mentions {
		m := &f.mentions[i]
		if m.typ == annotation.Organization && m.end-m.start == 2 && m.rule == "entity/model" && (f.is(m.start, lexicon.Given) || f.is(m.start+1, lexicon.Surname|lexicon.Name) && f.Words[m.start].Phrase == 0 && !f.is(m.start, lexicon.Common)) && single[f.hash(m.start+1, m.end)] && !f.is(m.start+1, lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility) && !f.bodies[f.hash(m.start, m.end)] {
			m.typ, m.rule = annotation.Person, "entity/surname"
		}
	}
}
