package site

import "readout/internal/dialect"

// An Entity is one person, organization, place or event across all briefings.
type Entity struct {
	Kind dialect.Class
	Slug string
	Path string // of its page: "people/<slug>.html"
	Name string
	// Letter is the heading under which an A–Z list has it: an upper-case
	// letter without diacritics, the first letter of another script, or "#".
	Letter    string
	order     string    // Name as lists are sorted by it
	elsewhere Elsewhere // where the other briefings are not at hand
	// another: it is not the place that the world knows by its name.
	another bool
	// Names are the wordings in all briefings, most frequent first.
	Names []Spelling
	// Roles are as each report words them, in order of date, each wording once
	// a briefing.
	Roles []RoleWording
	// Appearances are in the order of Site.Briefings.
	Appearances []*Appearance
	Quotations  []*Quotation // its own words, in the order of Site.Briefings
	Statements  []*Statement // what it is reported to have said
	// Together are the entities mentioned in the same briefings, most often
	// first; at most 24.
	Together []Together
	Terms    []*Term // abbreviations that stand for it
	Stories  []*Story

	SameAs  []string // URLs of the same entity elsewhere, from the editor's file
	Merges  []Merge  // why different names are this one entity
	Text    string   // CommonMark of the editor's file; "" when none
	TextRow int      // line of Text in that file
	File    string   // the editor's file; "" when none
	// Moved are paths under which its page may have been before the editor joined
	// names in it; each leads here. No other entity has one of them.
	Moved []string
}

// Link leads to the entity's page.
func (e *Entity) Link() Link { return Link{Path: e.Path} }

// Mentions counts how often it is named in all briefings.
func (e *Entity) Mentions() int {
	n := 0
	for _, a := range e.Appearances {
		n += a.Mentions
	}
	return n
}

// Together is another entity and the number of briefings that mention both.
type Together struct {
	Entity    *Entity
	Briefings int
}

// A Merge says why a name in one briefing is taken for this entity.
type Merge struct {
	Name     string
	Briefing *Briefing
	Why      string // in plain words
	Editor   bool   // the editor's file says so
}
