package site

import (
	"iter"
	"math/bits"
	"slices"

	"readout/internal/dialect"
)

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

	site    *Site
	in      []position // the briefings that name it: index in Briefing.named
	names   []wording
	quoted  []quoted
	stated  []position
	only    *Appearance // of one that an edit brought, of which no site knows yet
	Stories []*Story

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

// Briefings returns how many briefings name it.
func (e *Entity) Briefings() int {
	if e.only != nil {
		return 1
	}
	return len(e.in)
}

// Briefing returns one of those, in the order of Site.Briefings.
func (e *Entity) Briefing(i int) *Briefing {
	if e.only != nil {
		return e.only.Briefing
	}
	return e.site.Briefings[e.in[i].order]
}

// Appearances returns the first of its appearances, n at most, in the order of
// Site.Briefings.
func (e *Entity) Appearances(n int) []*Appearance {
	if e.only != nil {
		return []*Appearance{e.only}
	}
	out := make([]*Appearance, min(n, len(e.in)))
	for i := range out {
		out[i] = e.site.appearance(e.in[i])
	}
	return out
}

func (s *Site) appearance(p position) *Appearance {
	return s.Briefings[p.order].appearance(int(p.at))
}

// namedIn returns the entity as the briefing in which it appears names it.
func (e *Entity) namedIn(i int) *Named {
	p := e.in[i]
	return &e.site.Briefings[p.order].named[p.at]
}

// Mentions counts how often it is named in all briefings.
func (e *Entity) Mentions() int {
	if e.only != nil {
		return e.only.Mentions
	}
	n := 0
	for i := range e.in {
		n += e.namedIn(i).Mentions()
	}
	return n
}

// Names returns the wordings in all briefings, most frequent first.
func (e *Entity) Names() []Spelling {
	if e.only != nil {
		return e.only.Names
	}
	var out []Spelling
	for _, w := range e.names {
		s := Spelling{Text: w.text, Count: int(w.count)}
		for _, n := range e.site.appearance(w.first).Names {
			if n.Text == w.text {
				s.First = n.First
			}
		}
		out = append(out, s)
	}
	return out
}

// Wordings returns the texts of Names.
func (e *Entity) Wordings() iter.Seq[string] {
	return func(yield func(string) bool) {
		if e.only != nil {
			for _, n := range e.only.Names {
				if !yield(n.Text) {
					return
				}
			}
		}
		for _, w := range e.names {
			if !yield(w.text) {
				return
			}
		}
	}
}

// Roles returns its roles as each report words them, in order of date, each wording
// once a briefing.
func (e *Entity) Roles() []RoleWording {
	if e.only != nil {
		return e.only.Roles
	}
	var out []RoleWording
	for i := len(e.in) - 1; i >= 0; i-- {
		if e.namedIn(i).roles {
			out = append(out, e.site.appearance(e.in[i]).Roles...)
		}
	}
	return out
}

// LastRole returns the last of Roles.
func (e *Entity) LastRole() (role RoleWording, ok bool) {
	if e.only != nil {
		if n := len(e.only.Roles); n > 0 {
			return e.only.Roles[n-1], true
		}
		return RoleWording{}, false
	}
	for i := range e.in {
		if e.namedIn(i).roles {
			roles := e.site.appearance(e.in[i]).Roles
			return roles[len(roles)-1], true
		}
	}
	return RoleWording{}, false
}

// A quoted is the place of a quotation; short where it may be shown beside a name.
type quoted struct {
	position
	short bool
}

// Quoted returns how many quotations are its own words.
func (e *Entity) Quoted() int { return len(e.quoted) }

// Quotations returns the first of its own words, n at most, in the order of
// Site.Briefings.
func (e *Entity) Quotations(n int) []*Quotation {
	out := make([]*Quotation, min(n, len(e.quoted)))
	for i := range out {
		out[i] = e.site.quotation(e.quoted[i].position)
	}
	return out
}

// Stated returns how many statements it is reported to have made.
func (e *Entity) Stated() int { return len(e.stated) }

// Statements returns the first of them, n at most.
func (e *Entity) Statements(n int) []*Statement {
	out := make([]*Statement, min(n, len(e.stated)))
	for i := range out {
		p := e.stated[i]
		out[i] = e.site.Briefings[p.order].statement(int(p.at))
	}
	return out
}

// maxTogether is how many entities a page lists as mentioned together.
const maxTogether = 24

// togetherSample bounds how many briefings are looked at for that list: an
// entity of ten thousand briefings need not count them all.
const togetherSample = 200

// Together returns the entities mentioned in the same briefings, most often first;
// at most 24.
func (e *Entity) Together() []Together {
	count := map[*Entity]int{}
	for i := range e.in[:min(len(e.in), togetherSample)] {
		for _, o := range e.Briefing(i).named {
			if o.Entity != e {
				count[o.Entity]++
			}
		}
	}
	// Of the thousands of names that one long report may have only the first are
	// put in order.
	first := make([]Together, 0, min(len(count), maxTogether))
	for o, n := range count {
		t := Together{o, n}
		if len(first) == maxTogether {
			if oftener(t, first[maxTogether-1]) > 0 {
				continue
			}
			first = first[:maxTogether-1]
		}
		at, _ := slices.BinarySearchFunc(first, t, oftener)
		first = slices.Insert(first, at, t)
	}
	return first
}

// oftener orders what is mentioned together with an entity.
func oftener(a, b Together) int {
	if a.Briefings != b.Briefings {
		return b.Briefings - a.Briefings
	}
	// Of two as frequent the rarer one tells more. Rounded: one more report should not
	// change their order.
	if n := a.Entity.rarity() - b.Entity.rarity(); n != 0 {
		return n
	}
	return byName(a.Entity, b.Entity)
}

// rarity is higher for one of twice as many briefings.
func (e *Entity) rarity() int { return bits.Len(uint(len(e.in))) }

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
