package entity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/firms.txt
var firmData string

// firmWords are the classes of data/firms.txt.
type firmWords struct{ lead, tail, staff, paper, after, moved, beside, apposed, exchange map[string]bool }

var theFirmWords = sync.OnceValue(func() *firmWords {
	w := &firmWords{}
	into := map[string]*map[string]bool{"lead": &w.lead, "tail": &w.tail, "staff": &w.staff, "paper": &w.paper, "after": &w.after, "moved": &w.moved, "beside": &w.beside, "apposed": &w.apposed, "exchange": &w.exchange}
	for name, words := range wordlist.Named(firmData) {
		*into[name] = wordlist.Set(words)
	}
	return w
})

// asFirm takes what reads like the name of a person for that of a firm where the
// name is a listed one, opens like that of a house ("Bankhaus Merz"), or stands
// beside words that firms have and people have not: "analysts at", "a stake in",
// "Merz shares fell".
func (f *finder) asFirm(m *mention) {
	strange := m.typ == annotation.Place && (m.end-m.start > 1 || f.norm(m.end) != "'s") && f.Words[m.start].Phrase&lexicon.Place == 0 && !f.is(m.end-1, lexicon.PlaceHead|lexicon.Facility)
	if m.typ != annotation.Person && !strange || m.end-m.start > 4 || f.titled(m) || f.Headline(f.sentence[m.start]) {
		return
	}
	p := m.start - 1
	if f.same(p, m.start) && f.capital(p) && f.is(p, lexicon.Role|lexicon.Honorific|lexicon.Rank) {
		return
	}
	w := theFirmWords()
	listed := m.end-m.start > 1 && f.listed(m.start, m.end)
	house := m.end-m.start > 1 && w.lead[f.norm(m.start)] && f.Tokens[m.start+1].Is(token.Initial)
	if !listed && !house && !f.besideFirm(m, w) && !f.tailed(m, w) {
		return
	}
	m.typ, m.rule = annotation.Organization, "entity/firm"
	f.sure(m.start, m.end)
}

// tailed reports whether a name of several words ends in a compound for a firm,
// "Norske Handelsbank", that is no family name.
func (f *finder) tailed(m *mention, w *firmWords) bool {
	n := f.norm(m.end - 1)
	if m.end-m.start < 2 || f.is(m.end-1, lexicon.Personal) {
		return false
	}
	for t := range w.tail {
		if len(n) > len(t)+2 && strings.HasSuffix(n, t) {
			return true
		}
	}
	return false
}

// besideFirm reports whether the words around a mention are those around a firm.
func (f *finder) besideFirm(m *mention, w *firmWords) bool {
	if p := m.start - 2; f.same(p, m.start) && f.at(p) < 0 {
		switch f.norm(m.start - 1) {
		case "at":
			if w.staff[f.norm(p)] && !sites[f.norm(m.end)] && f.norm(m.end) != "market" {
				return true
			}
		case "in":
			if w.paper[f.norm(p)] {
				return true
			}
		}
	}
	if i := m.end; f.same(i, m.start) && f.Tokens[i].Is(token.AllLower) && f.Tokens[i].Space {
		// "Ada Lee shares" may be what she does, or has.
		return m.end-m.start == 1 && (w.after[f.norm(i)] || f.norm(i) == "shares" && f.same(i+1, m.start) && w.moved[f.norm(i+1)])
	}
	return false
}

// joinFirms makes one name of a firm of two names with the sign for "and" between
// them, "Bell & Stone", where the model saw a person in one of them or cut it.
// Two people named in full stay what they are, and so do two given names unless
// the article shows somewhere that they are a firm's.
func (f *finder) joinFirms() {
	var pairs []int // tokens of the signs
	shown := map[[2]string]bool{}
	for i := range f.cued(andCue) {
		if f.tight(i) || f.tight(i+1) || !f.capital(i-1) || !f.capital(i+1) || !f.same(i-1, i) || !f.same(i, i+1) {
			continue
		}
		pairs = append(pairs, i)
		staff := f.norm(i-2) == "at" && f.same(i-3, i) && theFirmWords().staff[f.norm(i-3)]
		owns := f.norm(i+2) == "'s" && f.same(i+3, i) && f.capital(i+3)
		if staff || owns || !f.is(i-1, lexicon.Given) || !f.is(i+1, lexicon.Given) {
			shown[[2]string{f.norm(i - 1), f.norm(i + 1)}] = true
		}
	}
	for _, i := range pairs {
		if shown[[2]string{f.norm(i - 1), f.norm(i + 1)}] {
			f.joinFirm(i)
		}
	}
}

// joinFirm makes one name of those on both sides of the sign at token i.
func (f *finder) joinFirm(i int) {
	firm := mention{start: i - 1, end: i + 2, typ: annotation.Organization, rule: "entity/firm"}
	first, _ := slices.BinarySearchFunc(f.mentions, i-1, func(m mention, at int) int { return m.end - at - 1 })
	n := 0
	for _, m := range f.mentions[first:] {
		if m.start >= i+2 {
			break
		}
		if m.typ != annotation.Organization && (m.typ != annotation.Person || m.end-m.start > 1) {
			return
		}
		n++
		firm.start, firm.end = min(firm.start, m.start), max(firm.end, m.end)
	}
	if n == 0 {
		return
	}
	f.mentions = slices.Replace(f.mentions, first, first+n, firm)
	f.sure(firm.start, firm.end)
}
