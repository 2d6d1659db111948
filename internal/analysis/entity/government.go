package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
)

// governments marks the places that stand for a government: a capital that
// acts, speaks, or has a policy, and a country that speaks.
func (f *finder) governments() {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Place {
			continue
		}
		capital := f.isCapital(m)
		country := f.Words[m.start].Phrase&lexicon.Country != 0
		if !capital && !country {
			continue
		}
		before := f.norm(m.start - 1)
		if !f.same(m.start-1, m.start) {
			before = ""
		}
		m.government = f.acts(m, before, capital) || capital && f.addressed(m, before)
	}
}

// isCapital reports whether the mention is the name of a capital.
func (f *finder) isCapital(m *mention) bool {
	h := f.hash(m.start, m.end)
	c, _ := lexicon.Shared().Phrase(h)
	return c&lexicon.Capital != 0
}

// acts reports whether a place is the subject of an act, or has a policy.
func (f *finder) acts(m *mention, before string, capital bool) bool {
	switch before {
	case "in", "at", "near", "outside", "around", "across", "into", "inside", "through", "via", "of", "-", "–", "/":
		return false
	}
	i := m.end
	if f.norm(i) == "'s" && capital {
		for j := i + 1; j < i+5 && f.same(j, m.start) && f.word(j); j++ {
			if f.is(j, lexicon.Stance) {
				return true
			}
			if !f.is(j, lexicon.Adjective|lexicon.Noun|lexicon.GroupNoun) {
				break
			}
		}
		return false
	}
	if before == "from" || before == "to" || before == "with" || before == "between" || before == "against" {
		return false
	}
	for j := i; j < i+4 && f.same(j, m.start) && f.word(j) && f.at(j) < 0; j++ {
		switch f.norm(j) {
		case "has", "had", "have", "is", "was", "will", "would", "also", "should", "could", "may", "might", "must", "can", "did", "does", "not", "now", "never":
			continue
		}
		if f.is(j, lexicon.Say) || capital && f.is(j, lexicon.Act) {
			return f.norm(j) != "according" && f.norm(j) != "have"
		}
		n := f.norm(j)
		if len(n) > 3 && n[len(n)-2:] == "ly" {
			continue
		}
		break
	}
	return false
}

// dealings reports whether the word before "between" can be what governments
// have with each other: "ties between", not "ferries between".
func (f *finder) dealings(i int) bool { return !traffic[f.norm(i)] }

// traffic is what runs, lies or is played between two cities.
var traffic = wordSet("traffic")

// addressed reports whether others deal with a capital as with a government:
// "ties with Islamabad", "between Kabul and Islamabad", "pressure from Moscow".
func (f *finder) addressed(m *mention, before string) bool {
	p := m.start - 2
	switch before {
	case "between":
		return f.norm(m.end) == "and" && f.dealings(p)
	case "and":
		// the second of "between Kabul and Islamabad"
		for j := m.start - 2; j > m.start-6 && f.same(j, m.start); j-- {
			if f.norm(j) == "between" {
				return f.dealings(j - 1)
			}
		}
	case "from", "with", "to", "against", "by", "towards", "toward":
		if f.norm(m.end) == "to" && before == "from" {
			return false
		}
		return f.same(p, m.start) && f.is(p, lexicon.Stance) && f.norm(p) != "government" && f.norm(p) != "envoy" && f.norm(p) != "envoys" && f.norm(p) != "troops"
	case "urge", "urged", "urges", "accuse", "accused", "accuses", "warn", "warned", "warns", "pressure", "pressured", "press", "pressed", "blame", "blamed", "blames", "persuade", "persuaded", "convince", "force", "forced", "assure", "assured", "angered", "criticised", "criticized", "condemned", "asked":
		return true
	}
	return false
}
