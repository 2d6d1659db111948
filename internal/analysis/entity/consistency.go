package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// A usage is how often a name was found as each type in the article.
type usage struct {
	hash   uint64
	counts [4]int // person, organization, place, event
	length int
	// part: the word is part of a person's full name
	surname, given bool
}

// bodiesInShort takes the first word of a body's name after "the" for the body, where the model had
// it be a person's: "the Friends", of the Friends of Marlow Library.
func (f *finder) bodiesInShort() {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Person || m.end-m.start > 1 || f.norm(m.start-1) != "the" || !f.same(m.start-1, m.start) {
			continue
		}
		for _, o := range f.mentions {
			if o.typ == annotation.Organization && o.end-o.start > 1 && f.Words[o.start].Hash == f.Words[m.start].Hash {
				m.typ, m.rule = annotation.Organization, "entity/consistency"
				break
			}
		}
	}
}

func typeIndex(t annotation.EntityType) int {
	switch t {
	case annotation.Person:
		return 0
	case annotation.Organization:
		return 1
	case annotation.Place:
		return 2
	}
	return 3
}

var typeOf = [...]annotation.EntityType{annotation.Person, annotation.Organization, annotation.Place, annotation.Event}

// hash returns the hash of tokens [start, end) as a phrase.
func (f *finder) hash(start, end int) uint64 {
	h := uint64(0)
	for i := start; i < end; i++ {
		h = lexicon.Join(h, f.Words[i].Hash)
	}
	return h
}

// consist makes the article agree with itself: a word that is a person's
// surname in one place is the person elsewhere, an acronym is what its long
// form is, and a name found everywhere else is found here too.
func (f *finder) consist() {
	f.articles()
	f.inHeadline()
	f.acronyms()
	uses := map[uint64]*usage{}
	get := func(h uint64, n int) *usage {
		u := uses[h]
		if u == nil {
			u = &usage{hash: h, length: n}
			uses[h] = u
		}
		return u
	}
	for _, m := range f.mentions {
		get(f.hash(m.start, m.end), m.end-m.start).counts[typeIndex(m.typ)]++
		if e := f.legal(m); e < m.end {
			u := get(f.hash(m.start, e), e-m.start)
			u.counts[typeIndex(m.typ)] += 3
		}
		if m.typ == annotation.Person && m.end-m.start > 1 {
			get(f.hash(m.end-1, m.end), 1).surname = true
			get(f.hash(m.start, m.start+1), 1).given = true
			if m.end-m.start > 2 && f.norm(m.end-2) == "-" {
				get(f.hash(m.end-3, m.end), 3).surname = true
			}
		}
	}
	for _, m := range f.mentions {
		if e := f.legal(m); e < m.end && !uses[f.hash(m.start, e)].surname {
			f.sure(m.start, e)
		}
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.rule == "entity/acronym" {
			continue
		}
		if m.typ != annotation.Event && f.bodies[f.hash(m.start, m.end)] && !f.titled(m) {
			if m.typ != annotation.Organization {
				m.typ, m.rule = annotation.Organization, "entity/consistency"
			}
			continue
		}
		u := uses[f.hash(m.start, m.end)]
		w := &f.Words[m.start]
		if u.given && m.typ == annotation.Place && m.end-m.start == 1 && !f.titled(m) && f.acting(m) && uses[f.hash(m.start, m.end)].counts[2] < 4 {
			m.typ, m.rule = annotation.Person, "entity/surname" // "Jordan had sunk his savings", of Jordan Tate
			continue
		}
		if u.given && m.typ == annotation.Place && m.end-m.start == 1 && u.counts[0] > 0 && u.counts[2] < 4 && f.norm(m.end) == "'s" && f.same(m.end+1, m.start) && f.is(m.end+1, lexicon.Relative|lexicon.PersonNoun) && !f.is(m.end+1, lexicon.Role) {
			m.typ, m.rule = annotation.Person, "entity/surname" // "Adelaide's friend"
			continue
		}
		if m.typ == annotation.Person && m.end-m.start == 1 && m.rule == "entity/model" && !u.surname && !u.given && u.counts[2] >= u.counts[0] && w.Phrase&(lexicon.City|lexicon.Capital|lexicon.Country) != 0 && !f.titled(m) {
			m.typ, m.rule = annotation.Place, "entity/consistency" // "the port of Darwin … Darwin wants"
			continue
		}
		spoke := m.end == m.start+1 && f.same(m.end, m.start) && f.is(m.end, lexicon.Say) && f.Tokens[m.end].Is(token.AllLower) && f.norm(m.end) != "according"
		if u.surname && m.typ != annotation.Person && (spoke || !w.Is(lexicon.Country) && w.Phrase&lexicon.Place == 0 || f.notWhere(m)) {
			m.typ, m.rule = annotation.Person, "entity/surname"
		}
	}
	f.bodiesInShort()
	f.lengthen(uses)
	f.clubNames(uses)
	f.houses(uses)
	f.firstWords(uses)
	f.agree()
	// Names the model passed over.
	f.own()
	var found []mention
	for i := range f.Tokens {
		if !f.capital(i) || f.at(i) >= 0 {
			continue
		}
		if f.Words[i].Edge == 4 && f.Words[i].Phrase&lexicon.Capital != 0 && !f.is(i, lexicon.Common|lexicon.Personal) &&
			!f.capital(i-1) && !f.capital(i+1) && f.norm(i-1) != "-" && f.norm(i+1) != "-" && !f.Headline(f.sentence[i]) {
			found = append(found, mention{start: i, end: i + 1, typ: annotation.Place, rule: "entity/list"})
			continue
		}
		if f.Words[i].Edge == 4 && f.Words[i].Phrase&lexicon.Capital != 0 && i == f.Sentences[f.sentence[i]][0] && f.speaker(i) && !f.Headline(f.sentence[i]) && (uses[f.hash(i, i+1)] == nil || !uses[f.hash(i, i+1)].surname) {
			found = append(found, mention{start: i, end: i + 1, typ: annotation.Place, rule: "entity/list"}) // "Washington said"
			continue
		}
		if f.Words[i].Edge == 1 && f.Words[i].Phrase&lexicon.Organization != 0 && !f.Headline(f.sentence[i]) {
			// "the Liberal Democrats"
			end := i + 1
			for f.same(end, i) && f.at(end) < 0 && f.Words[end].Edge == 2 {
				end++
			}
			if f.same(end, i) && f.at(end) < 0 && f.Words[end].Edge == 3 && f.capital(end) && !(f.same(end+1, i) && f.capital(end+1)) && !(f.same(i-1, i) && f.capital(i-1) && i-1 > f.Sentences[f.sentence[i]][0]) {
				found = append(found, mention{start: i, end: end + 1, typ: annotation.Organization, rule: "entity/list"})
				continue
			}
		}
		if i > 0 && f.at(i-1) >= 0 && f.norm(i) != "'s" && f.Words[i-1].Initial() && f.sentence[i-1] == f.sentence[i] {
			continue
		}
		h, end := uint64(0), 0
		var hit *usage
		for j := i; j < i+7 && f.same(j, i) && f.at(j) < 0; j++ {
			h = lexicon.Join(h, f.Words[j].Hash)
			if u := uses[h]; u != nil && u.length == j-i+1 {
				hit, end = u, j+1
			}
		}
		if hit == nil || f.is(i, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Month|lexicon.Day|lexicon.Demonym) && end == i+1 {
			continue
		}
		if p := i - 1; f.capital(p) && f.same(p, i) && f.at(p) < 0 && p > f.Sentences[f.sentence[i]][0] && !f.is(p, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Demonym) ||
			f.norm(p) == "of" && f.capital(p-1) && f.same(p-1, i) {
			continue
		}
		if f.capital(end) && f.same(end, i) && f.at(end) < 0 && !f.is(end, lexicon.Role|lexicon.Common) {
			continue // part of a longer name
		}
		if end == i+1 {
			// A common word at the start of a sentence may be only that.
			speaks := hit.surname && f.speaker(i)
			if f.is(i, lexicon.Common) && (i == f.Sentences[f.sentence[i]][0] && !speaks || !hit.surname) {
				continue
			}
			if hit.surname && (speaks || !f.is(i, lexicon.Common)) && hit.counts[1]+hit.counts[2] == 0 {
				found = append(found, mention{start: i, end: end, typ: annotation.Person, rule: "entity/surname"})
				continue
			}
		}
		best := 0
		for t := 1; t < 4; t++ {
			if hit.counts[t] > hit.counts[best] {
				best = t
			}
		}
		rest := hit.counts[0] + hit.counts[1] + hit.counts[2] + hit.counts[3] - hit.counts[best]
		if hit.counts[best] == 0 || rest > 0 || end == i+1 && hit.counts[best] < 3 {
			continue
		}
		found = append(found, mention{start: i, end: end, typ: typeOf[best], rule: "entity/consistency"})
	}
	f.mentions = append(f.mentions, found...)
	f.dropOverlaps()
}

// speaker reports whether a verb of saying follows token i, an adverb apart: "Moody later
// said".
func (f *finder) speaker(i int) bool {
	k := i + 1
	switch n := f.norm(k); {
	case n == "later", n == "also", n == "then", n == "has", n == "had", n == "earlier", len(n) > 4 && n[len(n)-2:] == "ly":
		k++
	}
	return f.same(k, i) && f.Tokens[k].Is(token.AllLower) && f.is(k, lexicon.Say) && f.norm(k) != "according"
}

// lengthen makes a name of one word whole that the article has elsewhere as the first of the
// name of a body, the rest of which follows it: "Lakeland Health".
func (f *finder) lengthen(uses map[uint64]*usage) {
	f.own()
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.end-m.start != 1 || m.typ == annotation.Event {
			continue
		}
		for end := m.end + 1; end <= m.end+2 && f.same(end-1, m.start) && f.capital(end-1) && f.at(end-1) < 0; end++ {
			if u := uses[f.hash(m.start, end)]; u != nil && u.length == end-m.start && u.counts[1] > 0 && u.counts[0] == 0 {
				m.end, m.typ, m.rule = end, annotation.Organization, "entity/consistency"
				break
			}
		}
	}
}

// clubNames takes the last word of the name of a body, which nobody in the article is
// called by, for that body and not for a person: "Kingsmere Rovers" and "Rovers".
func (f *finder) clubNames(uses map[uint64]*usage) {
	var last map[uint64]bool
	for i := range f.mentions {
		if m := &f.mentions[i]; m.typ == annotation.Organization && m.end-m.start > 1 && !f.is(m.end-1, lexicon.OrgSuffix|lexicon.Given) && (m.end-m.start == 2 || !f.is(m.end-1, lexicon.Personal)) {
			if last == nil {
				last = map[uint64]bool{}
			}
			last[f.hash(m.end-1, m.end)] = true
		}
	}
	if last == nil {
		return
	}
	for i := range f.mentions {
		m := &f.mentions[i]
		if m.typ != annotation.Person || m.end-m.start != 1 || f.titled(m) {
			continue
		}
		if h := f.hash(m.start, m.end); last[h] && (uses[h] == nil || !uses[h].surname && !uses[h].given) {
			m.typ, m.rule = annotation.Organization, "entity/consistency"
		}
	}
}

// acting reports whether a mention is the subject of what people do and countries do not:
// of a past after a pronoun and "and", or of a verb with "his" or "her" in its clause.
func (f *finder) acting(m *mention) bool {
	if p := m.start - 1; f.same(p, m.start) && (preposition(f.norm(p)) || f.norm(p) == "to" || f.norm(p) == "near" || f.norm(p) == ",") {
		return false
	}
	if f.norm(m.start-1) == "and" && (f.norm(m.start-2) == "she" || f.norm(m.start-2) == "he") {
		return true
	}
	if !f.same(m.end, m.start) || !f.is(m.end, lexicon.Verb|lexicon.Say) && f.norm(m.end) != "had" && f.norm(m.end) != "was" && f.norm(m.end) != "has" {
		return false
	}
	for i := m.end + 1; i < m.end+8 && f.same(i, m.start) && f.norm(i) != ","; i++ {
		switch f.norm(i) {
		case "his", "her", "himself", "herself":
			return true
		}
	}
	return false
}

// notWhere reports whether a mention of one word, taken for a place, stands where
// people do and nothing tells of where: before a verb, or after words that lead to a
// person.
func (f *finder) notWhere(m *mention) bool {
	if m.typ != annotation.Place || m.end-m.start != 1 || f.Words[m.start].Phrase&(lexicon.Country|lexicon.Capital) != 0 {
		return false
	}
	if p := m.start - 1; f.same(p, m.start) {
		switch f.norm(p) {
		case "by", "with", "that", "which", "whom", "when", "while", "because", "after", "before", "told", "asked":
			return f.norm(m.end) != "," && f.norm(m.end) != "-"
		case "in", "at", "near", "from", "to", "outside", "around", "across", "into", "through", "inside", "of", "off", "toward", "towards", "via", "between", "and", ",", "-":
			return false
		}
		if f.is(p, lexicon.Direction|lexicon.PlaceNoun) {
			return false
		}
	}
	return f.same(m.end, m.start) && f.Tokens[m.end].Is(token.AllLower) && f.is(m.end, lexicon.Verb|lexicon.Say) && !f.is(m.end, lexicon.Noun)
}

// articles takes the article off a name that opens a sentence, "An Estmark
// official": what stands before a role without a first name is where it is held,
// or whose: an aide is somebody's, and so is whoever serves one whose name the
// article gives in full, "Ada Estmark".
func (f *finder) articles() {
	var surnames map[uint64]bool
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ == annotation.Person && m.end-m.start > 1 && !determiner(f.norm(m.start)) {
			if surnames == nil {
				surnames = map[uint64]bool{}
			}
			surnames[f.hash(m.end-1, m.end)] = true
		}
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if n := f.norm(m.start); n != "a" && n != "an" || m.typ == annotation.Event || m.end-m.start < 2 || m.start != f.Sentences[f.sentence[m.start]][0] {
			continue
		}
		if m.typ != annotation.Person && m.end-m.start == 2 && !f.listed(m.start, m.end) {
			m.start++ // "An Oslo official"
			if f.Words[m.start].Phrase&lexicon.Place != 0 {
				m.typ, m.rule = annotation.Place, "entity/article"
			}
			continue
		}
		if f.same(m.end, m.start) && f.is(m.end, lexicon.Role) && !f.capital(m.end) {
			m.start++
			if whose := surnames[f.hash(m.start, m.end)] || serving[f.norm(m.end)]; whose && f.Words[m.start].Phrase&(lexicon.Country|lexicon.Capital) == 0 {
				m.rule = "entity/surname"
				continue
			}
			m.typ, m.rule = annotation.Place, "entity/article"
		}
	}
}

// serving are roles that are held with a person rather than at a place.
var serving = wordSet("serving")

// agree gives one type to a name of several words that was found as a person in
// one place and as something else in another: the type it has more often, or
// first. Both cannot be right, and the first is where an article introduces a
// name.
func (f *finder) agree() {
	type count struct {
		first  annotation.EntityType
		counts [4]int
	}
	names := map[uint64]*count{}
	for _, m := range f.mentions {
		if m.end-m.start < 2 {
			continue
		}
		h := f.hash(m.start, m.end)
		c := names[h]
		if c == nil {
			c = &count{first: m.typ}
			names[h] = c
		}
		c.counts[typeIndex(m.typ)]++
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.end-m.start < 2 {
			continue
		}
		c := names[f.hash(m.start, m.end)]
		best := typeIndex(c.first)
		for t, n := range c.counts {
			if n > c.counts[best] {
				best = t
			}
		}
		if t := typeOf[best]; t != m.typ && (t == annotation.Person || m.typ == annotation.Person) {
			m.typ, m.rule = t, "entity/consistency"
		}
	}
}

// acronyms gives the acronym in "Long Form (LF)" the type of the long form,
// there and wherever else it stands.
func (f *finder) acronyms() {
	f.own()
	types := map[uint64]annotation.EntityType{}
	var found []mention
	f.definedTerms(types)
	f.countryCodes(&found)
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Organization || !f.same(m.end+2, m.start) || f.norm(m.end) != "(" || f.norm(m.end+2) != ")" {
			continue
		}
		i := m.end + 1
		if !f.acronym(i) || !f.initialsOf(f.Tokens[i].Span.In(f.Source), m.start, m.end) && !f.sameLetters(i, m.start, m.end) && !f.foreignLetters(i, m) {
			continue
		}
		types[f.Words[i].Hash] = m.typ
		if f.at(i) < 0 {
			found = append(found, mention{start: i, end: i + 1, typ: m.typ, rule: "entity/acronym"})
		}
	}
	if len(types) == 0 && len(found) == 0 {
		return
	}
	kept := f.mentions[:0]
	for _, m := range f.mentions {
		if t, ok := types[f.Words[m.start].Hash]; ok && m.end == m.start+1 && f.acronym(m.start) {
			if t == "" {
				continue
			}
			m.typ, m.rule = t, "entity/acronym"
		}
		kept = append(kept, m)
	}
	f.mentions = kept
	f.own()
	for i := range f.Tokens {
		if f.at(i) >= 0 || !f.acronym(i) {
			continue
		}
		if t := types[f.Words[i].Hash]; t != "" && (i == 0 || f.norm(i-1) != "(" || f.norm(i+1) != ")") {
			found = append(found, mention{start: i, end: i + 1, typ: t, rule: "entity/acronym"})
		}
	}
	f.mentions = append(f.mentions, found...)
	f.dropOverlaps()
}

// sameLetters reports whether the acronym at token i has the first letters of the words of
// tokens [start, end) in another order, as those of other languages have: "Geophysical
// Institute of Peru (IGP)".
func (f *finder) sameLetters(i, start, end int) bool {
	short := f.Tokens[i].Span.In(f.Source)
	if len(short) < 3 || len(short) > 6 || !f.Tokens[i].Is(token.AllUpper) {
		return false
	}
	var letters [26]int
	n := 0
	for k := start; k < end; k++ {
		if c := f.Tokens[k].Norm[0]; f.Tokens[k].Kind == token.Word && f.capital(k) && 'a' <= c && c <= 'z' {
			letters[c-'a']++
			n++
		}
	}
	for k := range len(short) {
		c := short[k] | 0x20
		if c < 'a' || c > 'z' || letters[c-'a'] == 0 {
			return false
		}
		letters[c-'a']--
	}
	return n == len(short)
}

// foreignLetters reports whether the capitals in brackets at token i may be those of another
// language for the body m: "the National Office for Risk Management (BNGRC)".
func (f *finder) foreignLetters(i int, m *mention) bool {
	n := f.Tokens[i].Span.Len()
	return n >= 3 && n <= 6 && f.Tokens[i].Is(token.AllUpper) && m.end-m.start > 2 && !f.is(i, lexicon.Code) && f.is(m.start, lexicon.Common) &&
		(f.Words[m.start].Phrase&lexicon.Organization != 0 && f.Words[i].Phrase&lexicon.Organization != 0 || f.norm(m.start-1) == "the" && f.Words[i].Phrase == 0) && (f.Words[m.start].Phrase&lexicon.Organization != 0 || f.is(m.start, lexicon.OrgHead|lexicon.OrgOf) || f.is(m.start+1, lexicon.OrgHead|lexicon.OrgOf) || f.is(m.end-1, lexicon.OrgHead))
}

// definedTerms notes with no type the abbreviations whose long form is a term in
// small letters: "non-performing loans (NPLs)".
func (f *finder) definedTerms(types map[uint64]annotation.EntityType) {
	for open := range f.cued(openCue) {
		i := open + 1
		if open < 1 || f.norm(i+1) != ")" || !f.acronym(i) || !f.same(i-2, i) || !f.Tokens[i].Is(token.AllUpper) && !f.plural(i) {
			continue
		}
		short := f.Tokens[i].Span.In(f.Source)
		if f.plural(i) {
			short = short[:len(short)-1]
		}
		n := len(short)
		start, lower := i-1, 0
		for start > 0 && f.same(start-1, i) && i-1-start < n+3 {
			p := start - 1
			if !f.word(p) && f.norm(p) != "-" || f.at(p) >= 0 {
				break
			}
			start = p
			if f.word(p) && !f.capital(p) && len(f.norm(p)) > 3 {
				lower++
			}
			if f.initialsOf(short, start, i-1) {
				break
			}
		}
		if lower*2 > n-1 && f.initialsOf(short, start, i-1) {
			types[f.Words[i].Hash] = ""
		}
	}
}

// plural reports whether token i is capitals with a small s: "NPLs".
func (f *finder) plural(i int) bool {
	s := f.Tokens[i].Span.In(f.Source)
	if len(s) < 3 || s[len(s)-1] != 's' {
		return false
	}
	for k := 0; k < len(s)-1; k++ {
		if s[k] < 'A' || s[k] > 'Z' {
			return false
		}
	}
	return true
}

// countryCodes finds the codes of countries that results put after people:
// "Petra Novak (CZE)".
func (f *finder) countryCodes(found *[]mention) {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Person || f.norm(m.end) != "(" || f.norm(m.end+2) != ")" || !f.same(m.end+2, m.start) {
			continue
		}
		if i := m.end + 1; f.is(i, lexicon.Code) && f.Tokens[i].Is(token.AllUpper) {
			if o := f.at(i); o >= 0 {
				f.mentions[o].typ, f.mentions[o].rule = annotation.Place, "entity/code"
				continue
			}
			*found = append(*found, mention{start: i, end: i + 1, typ: annotation.Place, rule: "entity/code"})
		}
	}
}

// acronym reports whether token i is spelled as an acronym or a short name.
func (f *finder) acronym(i int) bool {
	t := &f.Tokens[i]
	return t.Kind == token.Word && t.Is(token.Initial) && t.Span.Len() >= 2 && t.Span.Len() <= 12
}

// initialsOf reports whether the letters of short begin words of tokens
// [start, end), in order, as those of an acronym do. Small words may be left
// out, and a word may give more than one letter.
func (f *finder) initialsOf(short string, start, end int) bool {
	var letters []byte
	for k := 0; k < len(short); k++ {
		if c := short[k] | 0x20; 'a' <= c && c <= 'z' {
			letters = append(letters, c)
		}
	}
	if len(letters) < 2 {
		return false
	}
	i := start
	for k := 0; k < len(letters); {
		for i < end && (f.Tokens[i].Kind != token.Word || f.Tokens[i].Norm[0] != letters[k]) {
			i++
		}
		if i == end {
			return false
		}
		n := f.Tokens[i].Norm
		k++
		for p := 1; p < len(n) && k < len(letters) && (i == end-1 || len(letters)-k > end-i-1) && n[p] == letters[k]; p++ {
			k++
		}
		i++
	}
	return true
}
