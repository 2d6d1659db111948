package site

import (
	"strings"

	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/slug"
)

// Preview makes of an edited content file its briefing and what its page shows,
// in a moment, with all else as s has it: what the edit changes on other pages,
// and who is who across the briefings, is only known when the site is gathered
// anew. Where nothing was edited, it is what s has. The briefing is nil where s
// has none of that slug.
func (s *Site) Preview(f *content.File) (*Briefing, *Page) {
	old := s.briefing[f.Meta.Slug]
	if old == nil {
		return nil, nil
	}
	d := digestFile(f)
	b := d.briefing
	of := make([]*Entity, len(d.locals))
	for l, lc := range d.locals {
		of[l] = s.known(old, lc)
	}
	d.meant(of)
	b.alone, b.across = old.alone, old.across
	b.order, b.Newer, b.Older, b.Stories, b.PlainText = old.order, old.Newer, old.Older, old.Stories, old.PlainText
	b.tell(s.Labels)
	return b, s.Page(b, f)
}

// known returns the entity that a briefing's own entity most likely is: the one
// it was, one of that name, or a new one.
func (s *Site) known(old *Briefing, lc localDigest) *Entity {
	if e := old.whom(lc.entityKey); e != nil {
		return e
	}
	if e := s.entities[entityKey{lc.kind, slug.Make(lc.name)}]; e != nil {
		return e
	}
	for _, e := range s.EntitiesOf(lc.kind) {
		if strings.EqualFold(e.Name, lc.name) {
			return e
		}
	}
	name := slug.Make(lc.name)
	if !slug.Valid(name) {
		name = string(lc.kind)
	}
	e := &Entity{
		Kind: lc.kind, Name: lc.name, Slug: name, Path: Folder(lc.kind) + "/" + name + ".html",
		Letter: letter(lc.name), order: slug.Make(lc.name), Names: lc.appearance.Names,
		Appearances: []*Appearance{lc.appearance},
	}
	if lc.kind == dialect.Person {
		e.Roles = lc.appearance.Roles
	}
	return e
}
