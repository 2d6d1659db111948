package site

import (
	"strings"

	"readout/internal/content"
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
	d, all := digestFile(f)
	b := d.briefing
	of := make([]*Entity, len(b.own))
	for l := range of {
		of[l] = s.known(old, b.local(l), all.appearances[l])
	}
	b.meant(of)
	b.pinned = all.meant()
	b.alone, b.across = old.alone, old.across
	b.order, b.Newer, b.Older, b.Stories, b.plain = old.order, old.Newer, old.Older, old.Stories, old.plain
	return b, s.Page(b, f)
}

// known returns the entity that a briefing's own entity most likely is: the one
// it was, one of that name, or a new one.
func (s *Site) known(old *Briefing, lc ownLocal, a *Appearance) *Entity {
	kind := lc.class()
	if e := old.whom(lc.key()); e != nil {
		return e
	}
	if e := s.entities[entityKey{kind, slug.Make(lc.called())}]; e != nil {
		return e
	}
	for _, e := range s.EntitiesOf(kind) {
		if strings.EqualFold(e.Name, lc.called()) {
			return e
		}
	}
	name := slug.Make(lc.called())
	if !slug.Valid(name) {
		name = string(kind)
	}
	return &Entity{
		Kind: kind, Name: lc.called(), Slug: name, Path: Folder(kind) + "/" + name + ".html",
		Letter: letter(lc.called()), order: slug.Make(lc.called()), only: a,
	}
}
