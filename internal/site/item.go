package site

import "readout/internal/packed"

// Lists of a site and pages of entities show one thing of each of many briefings. It is
// read alone: the rest of that briefing's details is passed over, and nothing of it is
// held.

// item reads thing i of a part of the details of a briefing. It reports false where it
// is not to be read alone, but as Details has it.
func (b *Briefing) item(part, i int, code func(*coder)) (ok bool) {
	if b.held() != nil {
		return false
	}
	b.shelf.fetch(b.place, func(data []byte) {
		from := &details{b: b}
		from.all.Begin(data)
		from.all.PartTo(&from.speakers)
		of := from.speakers
		for at := speakersPart; at < part; at++ {
			from.all.PartTo(&of)
		}
		from.item(&of, i, code)
		ok = !from.broken && from.all.Whole()
	})
	return ok
}

// details are those of a briefing as they were packed.
type details struct {
	b        *Briefing
	all      packed.Reader
	speakers packed.Reader
	broken   bool
}

// item reads thing i of a part.
func (d *details) item(part *packed.Reader, i int, code func(*coder)) {
	at := *part
	r := packed.NewPlain(at.Item(i))
	code(&coder{r: r, b: d.b, from: d})
	if !at.Whole() || !r.Whole() || r.More() {
		d.broken = true
	}
}

// speaker reads a speaker by its number, from 1; nil for 0.
func (d *details) speaker(n int) *Speaker {
	if n == 0 {
		return nil
	}
	s, l := new(Speaker), 0
	d.item(&d.speakers, n-1, func(c *coder) { c.source(s, &l) })
	s.Entity = d.entity(l)
	return s
}

// entity is whom one of the article's own entities stands for; nil for -1.
func (d *details) entity(local int) *Entity {
	if local < -1 || local >= len(d.b.own) {
		d.broken = true
	}
	if d.broken || local < 0 {
		return nil
	}
	return d.b.ownEntity(local)
}

// quotation returns one of the quotations of a briefing.
func (b *Briefing) quotation(i int) *Quotation {
	q := new(Quotation)
	if b.item(quotationsPart, i, func(c *coder) { c.quotation(q) }) {
		return q
	}
	return b.Details().Quotations[i]
}

// statement returns one of the statements of a briefing.
func (b *Briefing) statement(i int) *Statement {
	s := new(Statement)
	if b.item(statementsPart, i, func(c *coder) { c.statement(s) }) {
		return s
	}
	return b.Details().Statements[i]
}

// appearance returns the appearance of one of the entities that a briefing names.
func (b *Briefing) appearance(at int) *Appearance {
	var out *Appearance
	for l := range b.own {
		if int(b.own[l].at) != at {
			continue
		}
		a := new(Appearance)
		if !b.item(appearancesPart, l, func(c *coder) { c.appearance(a) }) {
			return b.Details().Appearances[at]
		}
		a.Entity = b.named[at].Entity
		out = joined(out, a)
	}
	return out
}

// entry returns an entry of one of the three lists of a briefing's timeline, which is
// named by its part.
func (b *Briefing) entry(part, i int) *TimelineEntry {
	e := new(TimelineEntry)
	if b.item(part, i, func(c *coder) { c.entry(e) }) {
		return e
	}
	switch t := b.Details().Timeline; part {
	case resolvedPart:
		return t.Resolved[i]
	case plannedPart:
		return t.Planned[i]
	default:
		return t.Unresolved[i]
	}
}

// term returns one of the terms of a briefing.
func (b *Briefing) term(i int) *Term {
	t, l := new(Term), 0
	if b.item(termsPart, i, func(c *coder) {
		c.term(t, &l)
		t.Entity = c.from.entity(l)
	}) {
		return t
	}
	return b.Details().Terms[i]
}
