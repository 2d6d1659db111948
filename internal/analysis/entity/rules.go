package entity

import (
	"slices"
	"strings"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/stable"
	"readout/internal/token"
)

// settle corrects what the model found by rules that hold for names in general.
func (f *finder) settle() {
	f.joinParts()
	f.elidedNames()
	f.particled()
	kept := f.mentions[:0]
	for _, m := range f.mentions {
		if m.typ == annotation.Person {
			m = f.ofHouse(f.withoutLetters(f.withoutTitle(m)))
		}
		if w := &f.Words[m.end-1]; m.typ == annotation.Place && w.Edge == 3 && w.Phrase&lexicon.Organization != 0 && w.Phrase&lexicon.Place == 0 {
			m.typ, m.rule = annotation.Organization, "entity/list" // "the White House", "al-Qaeda"
		}
		m = f.withoutEdges(f.wholePhrase(m))
		if n := f.norm(m.end - 1); m.typ == annotation.Organization && m.end-m.start > 1 && (n == "hospital" || n == "clinic" || n == "infirmary" || n == "hospice") {
			m.typ, m.rule = annotation.Place, "entity/facility"
		}
		if m.end > m.start && !f.noName(m) && !f.unnamed(m) && !f.aside(m) {
			kept = append(kept, f.withStop(m))
		}
	}
	f.mentions = kept
	f.peoples()
	f.dropOverlaps()
	f.splitPairs()
	f.extendLists()
	f.joinFirms()
}

func (f *finder) norm(i int) string {
	if i < 0 || i >= len(f.Tokens) {
		return ""
	}
	return f.Tokens[i].Norm
}

// is reports whether token i stands in any of the lists.
func (f *finder) is(i int, c lexicon.Class) bool {
	return i >= 0 && i < len(f.Words) && f.Words[i].Is(c)
}

// capital reports whether token i is a word that begins with a capital.
func (f *finder) capital(i int) bool { return i >= 0 && i < len(f.Words) && f.Words[i].Initial() }

// same reports whether tokens i and j stand in one sentence.
func (f *finder) same(i, j int) bool {
	return i >= 0 && j >= 0 && i < len(f.Tokens) && j < len(f.Tokens) && f.sentence[i] == f.sentence[j]
}

// tight reports whether no white space stands before token i.
func (f *finder) tight(i int) bool { return i < len(f.Tokens) && !f.Tokens[i].Space }

// joinParts makes hyphened names whole and joins the parts of "Salim bin
// Yahya" where the model cut them.
func (f *finder) joinParts() {
	kept := f.mentions[:0]
	for k := 0; k < len(f.mentions); k++ {
		m := f.mentions[k]
		if len(kept) > 0 && kept[len(kept)-1].end > m.start {
			continue
		}
		for f.same(m.end, m.start) && f.norm(m.end) == "-" && f.tight(m.end) && f.tight(m.end+1) && f.same(m.end+1, m.start) &&
			f.Tokens[m.end+1].Kind == token.Word && (m.typ == annotation.Person || f.Tokens[m.end+1].Is(token.Initial) && m.typ == annotation.Organization) &&
			!compounds[f.norm(m.end+1)] || f.same(m.end+1, m.start) && m.typ == annotation.Organization && f.norm(m.end) == "-" && f.tight(m.end) && f.norm(m.end-1) == "co" && f.norm(m.end+1) == "op" {
			m.end += 2
		}
		// "Kang" in "Kang In-sun"
		if i := m.end; m.typ == annotation.Person && m.end == m.start+1 && f.same(i+2, m.start) && f.capital(i) && f.norm(i+1) == "-" &&
			f.tight(i+1) && f.tight(i+2) && f.Tokens[i+2].Is(token.AllLower) && f.Tokens[i+2].Span.Len() <= 6 && !compounds[f.norm(i+2)] &&
			f.Tokens[i].Span.Len() <= 6 && (k+1 == len(f.mentions) || f.mentions[k+1].start >= i+3) {
			m.end += 3
		}
		if m.typ == annotation.Person {
			for m.start >= 2 && f.same(m.start-2, m.start) && f.norm(m.start-1) == "-" && f.tight(m.start) && f.tight(m.start-1) &&
				(f.capital(m.start-2) && f.is(m.start-2, lexicon.Personal) || f.norm(m.start-2) == "al" || f.norm(m.start-2) == "el") && (len(kept) == 0 || kept[len(kept)-1].end <= m.start-2) {
				m.start -= 2
			}
		}
		if len(kept) > 0 {
			last := &kept[len(kept)-1]
			if last.typ == annotation.Person && m.typ == annotation.Person && f.same(last.start, m.start) {
				join := last.end == m.start && f.Words[m.start].Initial() && last.end-last.start == 1 && f.is(last.start, lexicon.Given) && !f.is(m.start, lexicon.Given)
				if last.end+1 == m.start {
					switch f.norm(last.end) {
					case "bin", "ibn", "bint", "al", "el", "de", "van", "von", "der", "ul", "ur", "e", "da", "dos", "di", "del":
						join = true
					case "-":
						join = f.tight(last.end) && f.tight(m.start)
					}
				}
				if join {
					last.end = m.end
					continue
				}
			}
		}
		kept = append(kept, m)
	}
	f.mentions = kept
}

// elided reports whether a word, in lower case, is a name with a French or Italian
// preposition or article before it that has lost its vowel: "d'ormesson",
// "dell'acqua".
func elided(w string) bool {
	particle, name, ok := strings.Cut(w, "'")
	if !ok || len(name) < 3 {
		return false
	}
	switch particle {
	case "d", "l", "dell", "dall", "degl", "sant":
		return true
	}
	return false
}

// elidedNames makes names of people and places whole that end in such a word, which
// the model takes for one in small letters: "Jean d'Ormesson", "Côte d'Ivoire".
func (f *finder) elidedNames() {
	if !f.has(elidedCue) {
		return
	}
	f.own()
	for i := range f.cued(elidedCue) {
		if f.Tokens[i].Is(token.AllLower) || f.Words[i].Initial() || !f.capital(i-1) || !f.same(i-1, i) || f.at(i) >= 0 {
			continue
		}
		switch k := f.at(i - 1); {
		case k >= 0 && (f.mentions[k].typ == annotation.Person || f.mentions[k].typ == annotation.Place):
			f.mentions[k].end = i + 1
		case k < 0 && f.is(i-1, lexicon.Given):
			m := mention{start: i - 1, end: i + 1, typ: annotation.Person, rule: "entity/list"}
			at, _ := slices.BinarySearchFunc(f.mentions, m, func(a, b mention) int { return a.start - b.start })
			f.mentions = slices.Insert(f.mentions, at, m)
			f.own()
		}
	}
}

// compounds are second parts of compounds that are no part of a name:
// "Bush-era".
var compounds = wordSet("compounds")

// withoutTitle takes titles off the front of a person's name. A religious
// honorific stays before a single name, since people are called so.
func (f *finder) withoutTitle(m mention) mention {
	start := m.start
	for start < m.end-1 {
		n := f.norm(start)
		switch {
		case n == "." || n == "-" && start > m.start:
			start++
			continue
		case n == "malik" && start == m.end-2:
			// A given name more often than a title: "Malik Sowe".
		case titles[n], f.is(start, lexicon.Demonym) && !f.is(start, lexicon.Personal), starters[n] && start == m.start && f.norm(start+1) != "-":
			start++
			continue
		case f.is(start, lexicon.Honorific|lexicon.Rank|lexicon.Role|lexicon.RoleMod) && !f.is(start, lexicon.Personal):
			start++
			continue
		}
		break
	}
	if start > m.start && start == m.end-1 && religious[f.norm(m.start)] && start == m.start+1 {
		return m
	}
	// "President" alone, or a title and nothing else, is no name.
	if start < m.end {
		m.start = start
	}
	// A religious honorific that the model left out of a single name.
	if m.end == m.start+1 && f.same(m.start-1, m.start) && religious[f.norm(m.start-1)] && f.capital(m.start-1) {
		m.start--
	}
	return m
}

// wholePhrase extends a mention that is part of a listed name to all of it.
func (f *finder) wholePhrase(m mention) mention {
	fits := func(i int) bool {
		c := f.Words[i].Phrase
		return m.typ == annotation.Organization && c&lexicon.Organization != 0 || m.typ == annotation.Place && c&(lexicon.Country|lexicon.City) != 0
	}
	if e := f.Words[m.start].Edge; (e == 2 || e == 3) && fits(m.start) {
		for f.Words[m.start].Edge != 1 {
			m.start--
		}
	}
	if e := f.Words[m.end-1].Edge; (e == 1 || e == 2) && fits(m.end-1) {
		for f.Words[m.end-1].Edge != 3 {
			m.end++
		}
	}
	return m
}

// withStop adds the stop that belongs to a final abbreviation, "Inc." or "Jr.",
// where it does not end the sentence too.
func (f *finder) withStop(m mention) mention {
	if f.norm(m.end) == "." && f.tight(m.end) && f.same(m.end+1, m.start) && f.abbreviated(m.end-1) && m.end-m.start > 1 && f.Tokens[m.end-1].Span.Len() > 1 {
		m.end++
	}
	return m
}

// splitPairs cuts "Apple and Dell" into two where both are known.
func (f *finder) splitPairs() {
	for k := 0; k < len(f.mentions); k++ {
		m := f.mentions[k]
		if m.typ == annotation.Event || m.end-m.start < 3 {
			continue
		}
		for i := m.start + 1; i < m.end-1; i++ {
			if f.norm(i) != "and" && f.norm(i) != "," {
				continue
			}
			const listed = lexicon.Organization | lexicon.Country | lexicon.City | lexicon.Town
			a, b := &f.Words[i-1], &f.Words[i+1]
			// No place is called "Lund and Oslo", but for those on a list and
			// districts, "Tyne and Wear County".
			if last := m.end - 1; m.typ == annotation.Organization && f.norm(i) == "and" && i-m.start > 1 && b.Phrase&lexicon.Country != 0 && (b.Edge == 4 && last == i+1 || b.Edge == 1 && f.Words[last].Edge == 3 && last > i+1) && f.norm(m.end) == "'s" {
				// "the Research Council and Italy's programme"
				f.mentions[k].end = i
				f.mentions = slices.Insert(f.mentions, k+1, mention{start: i + 1, end: m.end, typ: annotation.Place, rule: "entity/split"})
				break
			}
			places := m.typ == annotation.Place && f.norm(i) == "and" && f.capital(i-1) && f.capital(i+1) && !f.is(i-1, lexicon.Direction) && f.Words[i].Edge == 0 && !f.is(m.end-1, lexicon.PlaceHead|lexicon.Facility)
			if places || a.Phrase&listed != 0 && b.Phrase&listed != 0 && a.Edge >= 3 && (b.Edge == 4 || b.Edge == 1) && !f.is(m.end-1, lexicon.OrgHead|lexicon.OrgSuffix) {
				second := m
				second.start = i + 1
				f.mentions[k].end = i
				f.mentions = slices.Insert(f.mentions, k+1, second)
			}
			break
		}
	}
}

// withoutEdges takes off a name what stands at its ends by the accident of a
// capital: the first word of a sentence ("While Kenya") and the beginning of an
// office ("Taliban Defence" Minister).
func (f *finder) withoutEdges(m mention) mention {
	// In a headline a verb has a capital too.
	if m.typ != annotation.Person && f.Headline(f.sentence[m.start]) {
		for i := m.start + 1; i < m.end; i++ {
			if f.Words[i].Edge == 0 && f.is(i, lexicon.Verb) && !f.is(i, lexicon.OrgHead|lexicon.PlaceHead|lexicon.Facility|lexicon.Personal) {
				m.end = i
			}
		}
	}
	for m.end-m.start > 1 && m.start == f.Sentences[f.sentence[m.start]][0] && starters[f.norm(m.start)] {
		m.start++
	}
	if m.typ == annotation.Organization {
		// "University of Ibadan and Prof" . Hiroshi Tanabe
		if i := m.end - 1; i > m.start && address[f.norm(i)] && f.same(i+1, m.start) && (f.norm(i+1) == "." || f.capital(i+1)) {
			m.end = i
			for n := f.norm(m.end - 1); m.end > m.start+1 && (n == "and" || n == "," || n == "&"); n = f.norm(m.end - 1) {
				m.end--
			}
		}
	}
	if m.typ != annotation.Person {
		for m.end-m.start > 1 && f.is(m.end, lexicon.Role) && f.capital(m.end) && f.same(m.end, m.start) &&
			f.is(m.end-1, lexicon.RoleMod) && !f.is(m.end-1, lexicon.OrgHead|lexicon.Place) && f.Words[m.end-1].Edge == 0 {
			m.end--
		}
	}
	return m
}

// starters are words that begin sentences and no names.
var starters = wordSet("starters")

// titles are stripped from names though they may be names themselves.
var titles = wordSet("titles")

// graded are words that a number follows, with a capital or without.
var graded = wordSet("graded")

// honours are letters after the names of those who were given them.
var honours = wordSet("honours")

// religious are the honorifics that stay before a single name.
var religious = wordSet("religious")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// topics reports whether a mention is made of common words for fields of
// government joined by "and".
func (f *finder) topics(m mention) bool {
	and := false
	for i := m.start; i < m.end; i++ {
		switch {
		case f.norm(i) == "and" || f.norm(i) == "&" || f.norm(i) == ",":
			and = true
		case !f.is(i, lexicon.Common|lexicon.RoleMod) || f.is(i, lexicon.OrgHead|lexicon.OrgSuffix) && !f.is(i, lexicon.Noun) || f.Words[i].Phrase&lexicon.Organization != 0:
			return false
		}
	}
	return and
}

// noName reports whether a mention is no name after all.
func (f *finder) noName(m mention) bool {
	if w := &f.Words[m.start]; w.Phrase&lexicon.Demonym != 0 && w.Phrase&(lexicon.Place|lexicon.Organization) == 0 && w.Edge == 1 && f.Words[m.end-1].Edge == 3 {
		return true // "New Zealanders"
	}
	if f.same(m.start-1, m.start) && m.typ != annotation.Organization && f.Tokens[m.start-1].Is(token.AllUpper) {
		switch f.norm(m.start - 1) {
		case "mv", "ms", "ss", "hms", "uss", "rms", "ins", "hmas", "hmcs", "mt":
			if m.typ == annotation.Place || f.norm(m.start-1) != "ms" && f.norm(m.start-1) != "mt" {
				return true // a ship
			}
		}
	}
	if m.end-m.start == 1 && f.Tokens[m.start].Span.Len() == 1 && f.capital(m.start-1) && f.same(m.start-1, m.start) && f.norm(m.end) != "." && f.is(m.start-1, lexicon.PersonNoun|lexicon.Role|lexicon.Common) {
		return true // "Witness B"
	}
	if m.end-m.start > 1 {
		if storms[f.norm(m.start)] && m.typ != annotation.Event && m.end-m.start == 2 {
			return true
		}
		if m.typ == annotation.Organization && f.norm(m.end-1) == "cabinet" && f.norm(m.end) == "secretary" && f.capital(m.end) && f.topic(m) {
			return true // "Transport Cabinet Secretary"
		}
		if m.typ == annotation.Organization && f.is(m.end, lexicon.Role) && f.capital(m.end) && f.topics(m) {
			return true // "Energy and Mines" Minister
		}
		if m.typ == annotation.Place && f.is(m.end-1, lexicon.Demonym) && f.Words[m.end-1].Phrase&lexicon.Place == 0 {
			return true // "Central Asian"
		}
		all := true
		for i := m.start; i < m.end; i++ {
			if f.Tokens[i].Kind == token.Word && !f.is(i, lexicon.Role|lexicon.RoleMod|lexicon.Honorific|lexicon.Rank) {
				all = false
			}
		}
		return all && m.typ == annotation.Person
	}
	w := &f.Words[m.start]
	n := f.norm(m.start)
	next := f.norm(m.end)
	if graded[n] && m.end < len(f.Tokens) && f.same(m.end, m.start) && f.Tokens[m.end].Kind == token.Number && f.Tokens[m.end].Space {
		return true // "Grade 3"
	}
	if s, ok := strings.CutSuffix(n, "ns"); ok && !w.Is(lexicon.Personal) && w.Phrase == 0 && len(s) > 3 && s[len(s)-1] == 'a' && lexicon.Shared().Word(lexicon.Hash(s))&lexicon.Place != 0 {
		return true // "Manitobans"
	}
	if m.typ == annotation.Organization && f.Tokens[m.start].Is(token.AllUpper) && honours[n] && f.norm(m.start-1) != "the" {
		return true // "appointed MBE"
	}
	if next == ")" && f.norm(m.start-1) == "(" && (f.norm(m.end+1) == "bill" || f.norm(m.end+1) == "act" || f.norm(m.end+1) == "law") {
		return true // "the Fisheries (Amendment) Bill"
	}
	if m.typ == annotation.Person && (storms[n] || f.same(m.start-1, m.start) && storms[f.norm(m.start-1)]) {
		return true // "Hurricane Maria"
	}
	if m.typ == annotation.Person && f.norm(m.start-1) == "-" && f.tight(m.start) && (n == "general" || n == "elect" || n == "designate") {
		return true
	}
	if m.typ == annotation.Person && w.Is(lexicon.Month) && m.end < len(f.Tokens) && f.Tokens[m.end].Kind == token.Number {
		return true
	}
	switch {
	case m.typ == annotation.Person && n == "god", m.typ == annotation.Organization && (n == "mec" || n == "mca") && f.same(m.end, m.start) && f.capital(m.end):
		return true // "agriculture MEC Ada Lee"
	case f.Tokens[m.start].Kind != token.Word && !f.Tokens[m.start].Is(token.HasDigit):
		return true
	case m.typ == annotation.Person && w.Is(lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.RoleMod) && (!w.Is(lexicon.Surname|lexicon.Given) || f.norm(m.start-1) == "the"):
		return true
	case m.typ == annotation.Person && w.Is(lexicon.Month|lexicon.Day):
		return !w.Is(lexicon.Given)
	case (n == "us" || n == "nt" || n == "hk" || n == "c" || n == "a") && (next == "$" || next == "£") && f.tight(m.end):
		return true // a currency
	case m.typ == annotation.Place && w.Is(lexicon.Direction) && !w.Is(lexicon.Country):
		return true
	case n == "nobody" || n == "everybody" || n == "somebody" || n == "anybody" || n == "everyone" || n == "someone" || n == "anyone" || n == "no" || n == "mr" || n == "mrs" || n == "dr" || n == "sir" || n == "madam" || n == "ma'am":
		return true
	case w.Is(lexicon.Abbreviation) && f.Tokens[m.start].Is(token.AllUpper) && m.end == m.start+1 && w.Phrase&(lexicon.Organization|lexicon.Place) == 0:
		return true
	case m.end-m.start == 1 && starters[n] && f.Tokens[m.start].Shape&token.AllUpper == 0:
		return true
	case w.Is(lexicon.Demonym) && w.Phrase&(lexicon.Place|lexicon.Organization) == 0 && m.typ == annotation.Place:
		return true
	}
	return false
}

// extendLists makes names such as "Ministry of Water, Energy and Housing"
// whole.
func (f *finder) extendLists() {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Organization || !f.is(m.start, lexicon.OrgOf) || f.norm(m.start+1) != "of" && f.norm(m.start+1) != "for" {
			continue
		}
		limit := len(f.Tokens)
		for _, later := range f.mentions[k+1 : min(k+20, len(f.mentions))] {
			if later.typ != annotation.Organization {
				limit = later.start
				break
			}
		}
		end, i := m.end, m.end
		for i+1 < limit && f.same(i+1, m.start) {
			switch f.norm(i) {
			case ",", "and", "&":
			default:
				i = limit
				continue
			}
			last := f.norm(i) != ","
			if f.norm(i) == "," && f.norm(i+1) == "and" {
				i, last = i+1, true
			}
			j := i + 1
			for j < limit && f.capital(j) && f.same(j, m.start) && !address[f.norm(j)] && !f.is(j, lexicon.Place|lexicon.Role|lexicon.Given|lexicon.OrgHead|lexicon.OrgOf) && f.is(j, lexicon.Common) {
				j++
			}
			if j == i+1 {
				break
			}
			i = j
			if last {
				end = j
				break
			}
		}
		m.end = max(m.end, end)
	}
	f.dropOverlaps()
}

// dropOverlaps sorts the mentions and drops those inside of an earlier one.
func (f *finder) dropOverlaps() {
	stable.Sort(f.mentions, func(a, b mention) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	kept := f.mentions[:0]
	for _, m := range f.mentions {
		if m.rule == "drop" || len(kept) > 0 && kept[len(kept)-1].end > m.start {
			continue
		}
		kept = append(kept, m)
	}
	f.mentions = kept
}
