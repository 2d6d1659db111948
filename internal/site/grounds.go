package site

import (
	"crypto/sha256"

	"readout/internal/dialect"
)

// What the pages of briefings and of entities show of the rest of the site is much to put
// together (PackRest, Across, AppendShown), and of nearly all pages it is as it was. So
// that this can be told at little cost, there is a digest of all that it is put together
// from: of the names in a briefing what is known of each, and in which briefings of its
// day and before, and of those without a date, each is named and quoted; its stories and
// neighbours. Where that digest is as it was, so is all that the page shows of the site;
// where it is another, that may be as it was all the same.

// A ground is such a digest.
type ground [16]byte

func groundOf(b []byte) ground {
	sum := sha256.Sum256(b)
	return ground(sum[:16])
}

// Grounds are digests of what pages show of the rest of the site.
type Grounds struct {
	Briefings [][16]byte           // by their Order
	Entities  map[*Entity][16]byte // what its page shows beside its name
}

// Grounds returns the digests of what pages show of the site.
func (s *Site) Grounds() Grounds {
	g := grounds{Site: s, heads: make([]ground, len(s.Briefings)), facts: map[*Entity]ground{}, named: map[*Entity]ground{}, stories: map[*Story]ground{}}
	for _, kind := range Kinds {
		for _, e := range s.EntitiesOf(kind) {
			g.facts[e] = groundOf(e.appendFacts(nil))
		}
	}
	inParallel(len(s.Briefings), func(i int) { g.heads[i] = g.head(s.Briefings[i]) })
	for _, st := range s.Stories {
		g.stories[st] = g.story(st)
	}
	out := make([][16]byte, len(s.Briefings))
	// Those without a date first: pages of all days may show them, as theirs show all. Then
	// day by day: what comes later shows on no page of a day before.
	dated := s.Dated()
	list := s.Briefings[:dated:dated]
	for i := dated; i < len(s.Briefings); i++ {
		g.meet(s.Briefings[i])
	}
	for to := len(list); to > 0; {
		from := to - 1
		for from > 0 && list[from-1].Header.Date.Day() == list[to-1].Header.Date.Day() {
			from--
		}
		for _, b := range list[from:to] {
			g.meet(b)
		}
		for _, b := range list[from:to] {
			out[b.order] = g.of(b)
		}
		to = from
	}
	for _, b := range s.Briefings[dated:] {
		out[b.order] = g.of(b)
	}
	entities := make(map[*Entity][16]byte, len(g.facts))
	for e := range g.facts {
		entities[e] = g.entity(e)
	}
	return Grounds{out, entities}
}

// grounds are what the digests are made from.
type grounds struct {
	*Site
	heads   []ground // of each briefing: what others show of it
	facts   map[*Entity]ground
	named   map[*Entity]ground // of each entity: where it was met so far
	stories map[*Story]ground
	buf     []byte
}

// meet adds a briefing to what is known of those it names.
func (g *grounds) meet(b *Briefing) {
	for i := range b.named {
		e := b.named[i].Entity
		was := g.named[e]
		w := append(shown(g.buf[:0]), was[:]...)
		w = append(w, g.heads[b.order][:]...)
		w.number(i)
		g.named[e] = groundOf(w)
		g.buf = w
	}
}

// of returns the digest of a briefing, when all are met that its page may show.
func (g *grounds) of(b *Briefing) ground {
	w := shown(g.buf[:0])
	for _, n := range []*Briefing{b.Newer, b.Older} {
		w.number(-1)
		if n != nil {
			w = append(w, g.heads[n.order][:]...)
		}
	}
	for i := range b.named {
		e := b.named[i].Entity
		facts, named := g.facts[e], g.named[e]
		w = append(append(w, facts[:]...), named[:]...)
	}
	for i := range b.own {
		n := &b.own[i]
		w.number(int(n.kind), int(n.at))
		w.text(n.word())
	}
	w.number(len(b.Stories))
	for _, st := range b.Stories {
		of := g.stories[st]
		w = append(w, of[:]...)
	}
	g.buf = w
	return groundOf(w)
}

// story is the digest of what pages of its members show of a story.
func (g *grounds) story(st *Story) ground {
	w := shown(g.buf[:0])
	w.text(st.Path, st.Title)
	if st.Storyline {
		w.number(1)
	}
	w.number(len(st.Members))
	for _, b := range st.Members {
		w = append(w, g.heads[b.order][:]...)
	}
	g.buf = w
	return groundOf(w)
}

// entity is the digest of what the page of an entity shows, when all briefings are met.
func (g *grounds) entity(e *Entity) ground {
	facts, named := g.facts[e], g.named[e]
	w := append(append(shown(g.buf[:0]), facts[:]...), named[:]...)
	w.text(e.Text, e.File)
	w.number(e.TextRow, len(e.Merges))
	for i := range e.Merges {
		m := &e.Merges[i]
		w.text(m.Name, m.Why)
		w.head(m.Briefing)
	}
	for _, st := range e.Stories {
		of := g.stories[st]
		w = append(w, of[:]...)
	}
	g.buf = w
	return groundOf(w)
}

// head is the digest of what pages of others show of a briefing, of what decides where
// among others it stands, and of whom its own entities stand for.
func (g *grounds) head(b *Briefing) ground {
	w := shown(append([]byte(nil), b.Told[:]...))
	w.head(b)
	w.text(b.Header.Date.Day())
	for i := range b.own {
		w.number(int(b.own[i].at))
	}
	w.number(-1)
	for i := range b.named {
		e := b.named[i].Entity
		facts := g.facts[e]
		w = append(w, facts[:]...)
		w.number(e.rarity())
	}
	return groundOf(w)
}

// appendFacts appends what pages of briefings show of an entity, and what decides where
// among others it stands.
func (e *Entity) appendFacts(to []byte) []byte {
	w := shown(to)
	w.text(string(e.Kind), e.Slug, e.Path, e.Name, e.Letter, e.order)
	w.number(len(e.SameAs))
	w.text(e.SameAs...)
	where := ""
	if e.Kind == dialect.Place {
		_, where = e.Located()
	}
	w.text(where)
	if e.saidAnother() {
		w.number(1)
	}
	return w
}
