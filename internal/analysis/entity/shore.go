package entity

import (
	_ "embed"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/wordlist"
)

//go:embed data/off.txt
var offData string

// withOff are the words before "off" that it belongs to.
var withOff = sync.OnceValue(func() map[string]bool { return wordlist.Set(offData) })

// shores are last words of the names of what lies on a coast.
var shores = wordSet("shores")

// offShore takes a name after "off" for a place, where no verb has the word for
// its own: "boarded the tanker off Hobyo".
func (f *finder) offShore(m *mention) {
	if m.typ != annotation.Place && m.end-m.start > 1 && m.end-m.start < 4 && shores[f.norm(m.end-1)] && f.norm(m.start-1) == "off" && f.same(m.start-1, m.start) {
		m.typ, m.rule = annotation.Place, "entity/shore" // "12 miles off Galwick Head"
		return
	}
	if m.typ == annotation.Place || m.end-m.start != 1 || f.norm(m.start-1) != "off" || !f.same(m.start-2, m.start) || withOff()[f.norm(m.start-2)] {
		return
	}
	if f.surelyPerson(*m) || f.Words[m.start].Phrase&lexicon.Organization != 0 || f.norm(m.end) == "'s" {
		return
	}
	m.typ, m.rule = annotation.Place, "entity/shore"
}
