package site

import "readout/internal/packed"

// Lists of a site and pages of entities show one thing of each of many briefings. It is
// read alone: the rest of that briefing's details is passed over, and nothing of it is
// held.

// item reads thing i of a part of the details of a briefing; nil where it is not to be
// read alone, as Details has it.
func item[T any](b *Briefing, part, i int, code func(*coder, *T)) (out *T) {
	if b.held() != nil {
		return nil
	}
	b.shelf.fetch(b, func(data []byte) {
		from := details{b: b, all: packed.Numbers(data)}
		from.speakers = from.all.Part()
		of := from.speakers
		for at := speakersPart; at < part; at++ {
			of = from.all.Part()
		}
		if thing := readItem(&from, of, i, code); from.sound(of) {
			out = thing
		}
	})
	return out
}

// details are those of a briefing as they were packed.
type details struct {
	b        *Briefing
	all      *packed.Reader
	speakers *packed.Reader
	broken   bool
}

// sound reports whether all that was read was as it should be.
func (d *details) sound(of *packed.Reader) bool {
	return !d.broken && d.all.Whole() && of.Whole() && d.speakers.Whole()
}

// readItem reads thing i of a part.
func readItem[T any](d *details, part *packed.Reader, i int, code func(*coder, *T)) *T {
	at := *part
	r := packed.NewPlain(at.Item(i))
	out := new(T)
	code(&coder{r: r, b: d.b, from: d}, out)
	if !at.Whole() || !r.Whole() || r.More() {
		d.broken = true
	}
	return out
}

// speaker reads a speaker by its number, from 1; nil for 0.
func (d *details) speaker(n int) *Speaker {
	if n == 0 {
		return nil
	}
	return readItem(d, d.speakers, n-1, func(c *coder, s *Speaker) {
		l := 0
		c.source(s, &l)
		s.Entity = d.entity(l)
	})
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
	if q := item(b, quotationsPart, i, (*coder).quotation); q != nil {
		return q
	}
	return b.Details().Quotations[i]
}

// statement returns one of the statements of a briefing.
func (b *Briefing) statement(i int) *Statement {
	if s := item(b, statementsPart, i, (*coder).statement); s != nil {
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
		a := item(b, appearancesPart, l, (*coder).appearance)
		if a == nil {
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
	if e := item(b, part, i, (*coder).entry); e != nil {
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
	if t := item(b, termsPart, i, func(c *coder, t *Term) { l := 0; c.term(t, &l); t.Entity = c.from.entity(l) }); t != nil {
		return t
	}
	return b.Details().Terms[i]
}
