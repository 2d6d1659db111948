package entity

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

//go:embed data/firms.txt
var firmData string

// firmWords are the classes of data/firms.txt.
type firmWords struct{ lead, tail, staff, paper, after, moved map[string]bool }

var theFirmWords = sync.OnceValue(func() *firmWords {
	w := &firmWords{}
	into := map[string]*map[string]bool{"lead": &w.lead, "tail": &w.tail, "staff": &w.staff, "paper": &w.paper, "after": &w.after, "moved": &w.moved}
	for line := range strings.Lines(firmData) {
		name, words, ok := strings.Cut(line, ":")
		if set := into[name]; ok && set != nil {
			*set = map[string]bool{}
			for _, x := range strings.Fields(words) {
				(*set)[x] = true
			}
		}
	}
	return w
})

// asFirm takes what reads like the name of a person for that of a firm where the
// name is a listed one, opens like that of a house ("Bankhaus Merz"), or stands
// beside words that firms have and people have not: "analysts at", "a stake in",
// "Merz shares fell".
func (f *finder) asFirm(m *mention) {
	strange := m.typ == annotation.Place && m.end-m.start > 1 && f.Words[m.start].Phrase&lexicon.Place == 0 && !f.is(m.end-1, lexicon.PlaceHead|lexicon.Facility)
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
			if w.staff[f.norm(p)] {
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
