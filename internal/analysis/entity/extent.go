package entity

import (
	"strings"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// extend makes names whole that the model cut short: "Leeds Crown" Court,
// "al-" Qaida.
func (f *finder) extend(m *mention) {
	if m.typ == annotation.Organization && f.same(m.end, m.start) && f.at(m.end) < 0 && f.capital(m.end) && f.norm(m.end) == "court" && !f.Headline(f.sentence[m.start]) {
		m.end++
	}
	if i := m.start - 2; m.typ != annotation.Event && f.same(i, m.start) && f.at(i) < 0 && f.norm(i+1) == "-" && f.tight(i+1) && f.tight(m.start) && articles[f.norm(i)] {
		m.start = i
	}
}

// peoples makes the names of bodies whole that begin with those they are for:
// "Seamen's Union", "Valmar Women's League".
func (f *finder) peoples() {
	f.own()
	var found []mention
	for i := range f.cued(possessiveCue) {
		if !f.capital(i-1) || !f.capital(i+1) || !f.same(i-1, i+1) || !f.members(i-1, f.norm(i)) || f.Headline(f.sentence[i]) {
			continue
		}
		end := 0
		for j := i + 1; j < i+6 && f.same(j, i) && f.capital(j) && f.word(j); j++ {
			if f.is(j, lexicon.OrgHead) {
				end = j + 1
			}
		}
		if end == 0 {
			continue
		}
		start := i - 1
		if k := f.at(i - 1); k >= 0 {
			if f.mentions[k].end > i {
				continue // whole already
			}
			start = f.mentions[k].start
		}
		if k := f.at(end - 1); k >= 0 {
			end = max(end, f.mentions[k].end)
		}
		found = append(found, mention{start: start, end: end, typ: annotation.Organization, rule: "entity/head"})
	}
	f.mentions = append(f.mentions, found...)
}

// members reports whether token i, before the possessive mark, is a plural for
// people: one in -men, or with "s" before a bare apostrophe.
func (f *finder) members(i int, mark string) bool {
	n := f.norm(i)
	if mark != "'s" {
		return f.tight(i+1) && strings.HasSuffix(n, "s") && f.is(i, lexicon.Common)
	}
	return strings.HasSuffix(n, "men") && len(n) > 4 && !f.is(i, lexicon.Personal) || n == "men" || n == "women" || n == "children" || n == "people"
}

// surname takes up the family names of China that are spelt like a pronoun:
// "spokesperson He Wei", "Premier She Lin".
func (f *finder) surname(m *mention) {
	i := m.start - 1
	if m.typ != annotation.Person || m.end-m.start > 2 || !f.same(i-1, m.start) || f.norm(i) != "he" && f.norm(i) != "she" || !f.capital(i) || f.Tokens[i].Is(token.AllUpper) {
		return
	}
	if f.is(i-1, lexicon.Role|lexicon.PersonNoun|lexicon.Honorific) || f.Tokens[i-1].Is(token.AllLower) && f.Tokens[i-1].Kind == token.Word {
		m.start = i
	}
}

// articles are those of Arabic, which a hyphen ties to a name.
var articles = wordSet("articles")

// sites are nouns in small letters that tell that the name before them is of a
// place.
var sites = wordSet("sites")

// atSite takes an organization for a place where the noun after it says so:
// "the Boro mine".
func (f *finder) atSite(m *mention) {
	if m.typ == annotation.Organization && m.end-m.start == 1 && f.same(m.end, m.start) && (sites[f.norm(m.end)] || f.norm(m.end) == "market" && (f.norm(m.start-1) == "at" || f.norm(m.start-1) == "in")) && f.Tokens[m.end].Is(token.AllLower) &&
		f.Words[m.start].Phrase&lexicon.Organization == 0 && !f.Tokens[m.start].Is(token.AllUpper) {
		m.typ, m.rule = annotation.Place, "entity/context"
	}
	// "Kipsaina Ward" Rep
	if m.typ == annotation.Person && m.end-m.start > 1 && f.is(m.end-1, lexicon.PlaceHead) && f.same(m.end, m.start) && f.capital(m.end) && f.is(m.end, lexicon.Role) && !f.is(m.start, lexicon.Given) {
		m.typ, m.rule = annotation.Place, "entity/head"
	}
}

// nature reports whether w is a noun for a thing of nature with a name, which stands
// before it: "the Sabel river".
func nature(w string) bool {
	switch w {
	case "volcano", "river", "lake", "reservoir", "glacier", "valley", "peninsula", "strait", "estuary", "island":
		return true
	}
	return false
}

// landmarks finds the names after "the" and before a noun for a thing of nature that
// the model passed over or took for something else.
func (f *finder) landmarks() {
	f.own()
	var found []mention
	names := map[uint64]bool{}
	for i := range f.cued(natureCue) {
		k := i - 1
		if !f.Tokens[i].Is(token.AllLower) || !f.same(k-1, i) || !f.capital(k) || f.Tokens[k].Is(token.AllUpper) || f.norm(k-1) != "the" || f.is(k, lexicon.Demonym|lexicon.Direction|lexicon.Day|lexicon.Month|lexicon.Common) {
			continue
		}
		names[f.hash(k, k+1)] = true
		switch o := f.at(k); {
		case o < 0:
			found = append(found, mention{start: k, end: k + 1, typ: annotation.Place, rule: "entity/context"})
		case f.mentions[o].start == k && f.mentions[o].end == k+1 && f.mentions[o].typ != annotation.Place:
			f.mentions[o].typ, f.mentions[o].rule = annotation.Place, "entity/context"
		}
	}
	if len(names) == 0 {
		return
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ == annotation.Organization && m.end-m.start == 1 && names[f.hash(m.start, m.end)] && f.Words[m.start].Phrase&lexicon.Organization == 0 {
			m.typ, m.rule = annotation.Place, "entity/consistency"
		}
	}
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		f.dropOverlaps()
	}
}

// ailments are nouns that make the name before them that of a disease.
var ailments = set("virus", "viruses", "disease", "syndrome", "fever", "flu", "encephalitis")

// diseases drops the names that are those of a disease somewhere: "the Marburg
// virus", and elsewhere "a Marburg outbreak".
func (f *finder) diseases() {
	var names map[uint64]bool
	for i := range f.cued(ailmentCue) {
		if !f.capital(i - 1) {
			continue
		}
		for start := i - 1; start >= 0 && start >= i-3 && f.same(start, i) && f.capital(start); start-- {
			if names == nil {
				names = map[uint64]bool{}
			}
			names[f.hash(start, i)] = true
		}
	}
	if names == nil {
		return
	}
	kept := f.mentions[:0]
	for _, m := range f.mentions {
		if names[f.hash(m.start, m.end)] && (m.typ != annotation.Place || f.same(m.end, m.start) && ailments[f.norm(m.end)]) {
			continue
		}
		kept = append(kept, m)
	}
	f.mentions = kept
}

// books are holy books, which are neither people nor bodies.
var books = set("quran", "qur'an", "koran", "bible", "torah", "talmud", "gita")

// unnamed reports whether a mention is made of what names nobody: a people of
// two nations, plural letters for an office, a note of what was heard.
func (f *finder) unnamed(m mention) bool {
	if m.end-m.start == 1 {
		switch i := m.start; {
		case books[f.norm(i)]:
			return true
		case m.typ != annotation.Person && f.plural(i) && f.Words[i].Phrase&lexicon.Organization == 0:
			return true // "MCAs"
		case f.Tokens[i].Is(token.AllUpper) && f.norm(i-1) == "(" && f.norm(i+1) == ")" && f.is(i, lexicon.Common) && i-1 == f.Sentences[f.sentence[i]][0]:
			return true // "(APPLAUSE)"
		}
		return false
	}
	if m.typ == annotation.Person {
		return false
	}
	nations := 0
	for i := m.start; i < m.end; i++ {
		switch {
		case f.norm(i) == "-":
		case f.is(i, lexicon.Demonym):
			nations++
		default:
			return false
		}
	}
	return nations > 1 // "Egyptian-Sudanese"
}

// atFirm takes a name for that of an organization where a noun for one stands
// beside it.
func (f *finder) atFirm(m *mention) {
	if m.typ != annotation.Person && m.typ != annotation.Place || m.typ == annotation.Person && m.end-m.start > 1 && f.surelyPerson(*m) ||
		m.typ == annotation.Place && f.Words[m.start].Phrase&lexicon.Place != 0 {
		return
	}
	firms := theFirmWords().beside
	beside := f.same(m.start-1, m.start) && firms[f.norm(m.start-1)] && !(f.norm(m.start-1) == "maker" && m.end-m.start > 1) && f.Tokens[m.start-1].Is(token.AllLower)
	if p := m.start - 2; f.norm(m.start-1) == "," && f.norm(m.end) == "," && f.same(p, m.start) && f.same(m.end+1, m.start) && firms[f.norm(p)] && f.Tokens[p].Is(token.AllLower) && (m.end-m.start == 1 || !f.surelyPerson(*m)) {
		beside = true // "The bus company, Northline, said"
	}
	if p := m.start - 2; f.norm(m.start-1) == "," && f.norm(m.end) == "," && f.same(p, m.start) && f.owned(p) && f.Tokens[p].Is(token.AllLower) && (namedWords()["group"][f.norm(p)] || namedWords()["house"][f.norm(p)]) &&
		!(m.end-m.start > 1 && f.surelyPerson(*m)) {
		beside = true // "his party, Ata-Jurt Birimdigi, says"
	}
	beside = beside || f.apposed(m.end, m.typ != annotation.Person)
	if beside {
		m.typ, m.rule = annotation.Organization, "entity/context"
		if p := f.norm(m.start - 1); p == "newspaper" || p == "magazine" {
			m.rule = "entity/outlet"
		}
		f.sure(m.start, m.end)
	}
}

// apposed reports whether an apposition that tells of a firm or another body stands
// at token i, after a name: "Lumeo, a maker of lamps, said". loose admits nouns that
// people are told by as well: "NorRail, the state operator".
func (f *finder) apposed(i int, loose bool) bool {
	if f.norm(i) != "," || !f.same(i+2, i) {
		return false
	}
	switch f.norm(i + 1) {
	case "a", "an", "the":
	default:
		return false
	}
	w := theFirmWords()
	for k := i + 2; k < i+7 && f.same(k, i) && (f.word(k) || f.norm(k) == "-"); k++ {
		n := f.norm(k)
		switch ends := !f.word(k+1) || preposition(f.norm(k+1)); {
		case ends && (w.beside[n] || loose && w.apposed[n]) && f.Tokens[k].Is(token.AllLower):
			return true
		case preposition(n), f.is(k, lexicon.Role):
			return false
		}
	}
	return false
}

// strangers finds the names of bodies that no list and no model has, by the
// apposition after them: "Ossory, a software maker, said".
func (f *finder) strangers() {
	var found []mention
	for comma := range f.cued(commaCue) {
		i := comma - 1
		if !f.capital(i) || f.Tokens[i].Is(token.AllUpper) || f.at(i) >= 0 || f.Headline(f.sentence[i]) || f.capital(i-1) && f.same(i-1, i) || f.norm(i-1) == "-" ||
			f.is(i, lexicon.Role|lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Honorific|lexicon.Verb|lexicon.Noun|lexicon.Adjective) || starters[f.norm(i)] || !f.apposed(i+1, true) {
			continue
		}
		found = append(found, mention{start: i, end: i + 1, typ: annotation.Organization, rule: "entity/context"})
		f.sure(i, i+1)
	}
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		f.dropOverlaps()
	}
}

// titled reports whether a form of address stands before a mention.
func (f *finder) titled(m *mention) bool {
	i := m.start - 1
	if f.norm(i) == "." {
		i--
	}
	return f.same(i, m.start) && address[f.norm(i)]
}

// sure notes that the words of tokens [start, end) name an organization wherever
// they stand in the article.
func (f *finder) sure(start, end int) {
	if f.bodies == nil {
		f.bodies = map[uint64]bool{}
	}
	f.bodies[f.hash(start, end)] = true
}
