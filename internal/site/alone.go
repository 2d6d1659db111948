package site

import (
	"slices"

	"readout/internal/atlas"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/packed"
)

// The page of a briefing is made of its content file and of little else: who its
// names stand for, in how many briefings before it each is named and what it last
// said there, the neighbours, and the briefings most like it. That can be written
// down (PackRest). Where an edit changes nothing that other pages show, the page
// is made again of the file and what was written down (Alone and Preview), and
// the site need not be gathered. The digest of what is written stands for all
// that a page takes from elsewhere, so that nothing of it can be forgotten.

// PackFrame writes what all pages show of the site.
func (s *Site) PackFrame(w *packed.Writer) {
	for _, n := range s.Totals.lists() {
		w.Int(*n)
	}
	w.Uint(uint64(len(s.Pages)))
	for _, p := range s.Pages {
		w.String(p.Path)
		w.String(p.Title)
	}
}

// lists are the lengths of the lists of a site.
func (t *Totals) lists() []*int {
	return []*int{&t.Briefings, &t.Stories, &t.People, &t.Organizations, &t.Places, &t.Events, &t.Quotations, &t.Glossary}
}

// UnpackFrame returns a Site without briefings that has what PackFrame wrote.
func UnpackFrame(r *packed.Reader, config content.Config, labels *label.Set) *Site {
	s := newSite(config, labels)
	for _, n := range s.Totals.lists() {
		*n = r.Int()
	}
	s.Pages = pointers(unpackList(r, func(p *OwnPage) { p.Path, p.Title = r.String(), r.String() }))
	return s
}

// A restPacker writes what a briefing's page shows of the rest of the site.
type restPacker struct {
	*packed.Writer
	at map[*Entity]int // entities that were written, from 1
	// brief: of words of another briefing it is told where they stand and what that
	// briefing tells, not what they are, for which it had to be read.
	brief bool
}

// PackRest writes what the page of b shows of the rest of the site, across among it,
// which are its related briefings.
func (s *Site) PackRest(to *packed.Writer, b *Briefing, across []Related) {
	s.packRest(restPacker{to, make(map[*Entity]int, len(b.own)), false}, b, across)
}

// PackRestBriefly writes what tells whether that is as it was, without reading what the
// page shows of other briefings' words.
func (s *Site) PackRestBriefly(to *packed.Writer, b *Briefing, across []Related) {
	s.packRest(restPacker{to, make(map[*Entity]int, len(b.own)), true}, b, across)
}

func (s *Site) packRest(w restPacker, b *Briefing, across []Related) {
	for _, n := range []*Briefing{b.Newer, b.Older} {
		w.Bool(n != nil)
		if n != nil {
			w.neighbour(n)
		}
	}
	w.Uint(uint64(len(b.own)))
	for i := range b.own {
		n := &b.own[i]
		w.String(string(n.class()))
		w.String(n.word())
		w.entity(b.ownEntity(i), b)
	}
	w.Uint(uint64(len(across)))
	for _, a := range across {
		w.neighbour(a.Briefing)
		w.Uint(uint64(len(a.Shared)))
		for _, e := range a.Shared {
			w.entity(e, b)
		}
		w.Bool(a.Story != nil)
	}
}

func (w *restPacker) neighbour(b *Briefing) {
	w.String(b.Path)
	w.String(b.Header.Title)
	w.String(b.Header.Language)
}

func (w *restPacker) entity(e *Entity, b *Briefing) {
	n, ok := w.at[e]
	w.Int(n)
	if ok {
		return
	}
	w.at[e] = len(w.at) + 1
	for _, t := range []string{string(e.Kind), e.Slug, e.Path, e.Name, e.Letter} {
		w.String(t)
	}
	packStrings(w.Writer, e.SameAs)
	x, last := e.outside(b)
	w.Int(x.Briefings)
	w.Bool(x.Earlier)
	w.Bool(x.More)
	where := ""
	if e.Kind == dialect.Place {
		_, where = e.Located()
	}
	w.String(where)
	w.Bool(e.saidAnother())
	w.Bool(last != nil)
	if last == nil {
		return
	}
	of := e.site.Briefings[last.order]
	if w.brief {
		w.Raw(of.Told[:])
		w.Int(int(last.at))
		return
	}
	w.String(e.site.quotation(last.position).Passage.Text)
	w.String(of.Header.Language)
}

// Alone puts a briefing into a Site of UnpackFrame, with what PackRest wrote of
// it: just enough for Preview. It reports false where that is not what was
// written.
func (s *Site) Alone(r *packed.Reader, slug string) bool {
	b := &Briefing{Slug: slug, Path: briefingPath(slug), alone: true}
	if s.Config.Text == "full" {
		b.plain = true
	}
	neighbour := func() *Briefing {
		n := &Briefing{Path: r.String()}
		n.Header.Title = r.String()
		n.speaks(r.String())
		return n
	}
	for _, n := range []**Briefing{&b.Newer, &b.Older} {
		if r.Bool() {
			*n = neighbour()
		}
	}
	var known []*Entity
	entity := func() *Entity {
		n := r.Int()
		if n < 0 || n > len(known) {
			r.Spoil()
			return &Entity{}
		}
		if n > 0 {
			return known[n-1]
		}
		e := &Entity{Kind: dialect.Class(r.String()), Slug: r.String(), Path: r.String(), Name: r.String(), Letter: r.String()}
		e.SameAs = unpackStrings(r)
		e.elsewhere.Briefings, e.elsewhere.Earlier, e.elsewhere.More = r.Int(), r.Bool(), r.Bool()
		if where := r.String(); where != "" && where != e.Name {
			e.names = []wording{{text: where}}
		}
		e.another = r.Bool()
		if r.Bool() {
			other := &Briefing{}
			e.elsewhere.Last = &Quotation{Passage: Passage{Briefing: other, Text: r.String()}}
			other.speaks(r.String())
		}
		known = append(known, e)
		return e
	}
	b.own = unpackList(r, func(n *ownKey) {
		kind := slices.Index(Kinds[:], dialect.Class(r.String()))
		if kind < 0 {
			r.Spoil()
			kind = 0
		}
		n.kind, n.slug, n.at = uint8(kind), int32(ownWords.Number(r.String())), int32(len(b.named))
		b.named = append(b.named, Named{Entity: entity()})
	})
	across := unpackList(r, func(a *Related) {
		a.Briefing = neighbour()
		a.Shared = unpackList(r, func(e **Entity) { *e = entity() })
		if r.Bool() {
			a.Story = &Story{}
		}
	})
	b.across = &across
	s.briefing[slug] = b
	return r.Whole()
}

// speaks sets the language of a briefing of which little else is known.
func (b *Briefing) speaks(language string) {
	b.Header.Language, b.Header.Direction = language, direction(language)
}

// saidAnother reports whether all articles that name a place say of what kind it is
// ("Paris, a village"): then it is not the one that the world knows by its name.
func (e *Entity) saidAnother() bool {
	if e.only != nil {
		return e.Kind == dialect.Place && len(e.only.Roles) > 0
	}
	if e.Kind != dialect.Place || len(e.in) == 0 {
		return false
	}
	for i := range e.in {
		if !e.namedIn(i).roles {
			return false
		}
	}
	return true
}

// Located returns the place that the entity's name or one that the articles give
// it tells, and which one does; nil where none does.
func (e *Entity) Located() (*atlas.Place, string) {
	if e.another || e.saidAnother() {
		return nil, ""
	}
	if p := atlas.Find(e.Name); p != nil {
		return p, e.Name
	}
	for n := range e.Wordings() {
		if p := atlas.Find(n); p != nil {
			return p, n
		}
	}
	return nil, ""
}
