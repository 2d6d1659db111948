package site

import (
	"crypto/sha256"

	"readout/internal/dialect"
)

// What the pages of briefings, stories and entities show of the rest of the site is much
// to put together (PackRest, Across, Why, AppendShown), and of nearly all pages it is as it
// was. So that this can be told at little cost, there is a digest of all that it is put
// together from: of the names in a briefing what is known of each, and in which briefings
// of its day and before, and of those without a date where few others are, each is named
// and quoted; its stories and neighbours. Where that digest is as it was, so is all that
// the page shows of the site; where it is another, that may be as it was all the same.

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
	Stories   map[*Story][16]byte  // what its page shows beside its own words
}

// Grounds returns the digests of what pages show of the site.
func (s *Site) Grounds() Grounds {
	g := grounds{Site: s, heads: make([]ground, len(s.Briefings)), of: map[*Entity]*metEntity{}, stories: map[*Story]ground{}}
	for _, kind := range Kinds {
		list := s.EntitiesOf(kind)
		some := make([]metEntity, len(list))
		for i, e := range list {
			some[i].facts = groundOf(e.appendFacts(nil))
			g.of[e] = &some[i]
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
			out[b.order] = g.briefing(b)
		}
		to = from
	}
	for _, b := range s.Briefings[dated:] {
		out[b.order] = g.briefing(b)
	}
	entities := make(map[*Entity][16]byte, len(g.of))
	for e := range g.of {
		entities[e] = g.entity(e)
	}
	stories := make(map[*Story][16]byte, len(s.Stories))
	for _, st := range s.Stories {
		stories[st] = g.storyPage(st)
	}
	return Grounds{out, entities, stories}
}

// grounds are what the digests are made from.
type grounds struct {
	*Site
	heads   []ground // of each briefing: what others show of it
	of      map[*Entity]*metEntity
	stories map[*Story]ground
	buf     []byte
}

// A metEntity is what is known of an entity so far.
type metEntity struct {
	facts          ground
	undated, dated ground // where it was met, without a date and with one
	many           int    // how often with one
}

// meet adds a briefing to what is known of those it names.
func (g *grounds) meet(b *Briefing) {
	for i := range b.named {
		k := g.of[b.named[i].Entity]
		was := &k.undated
		if b.Header.Date.Known() {
			was = &k.dated
			k.many++
		}
		w := append(shown(g.buf[:0]), was[:]...)
		w = append(w, g.heads[b.order][:]...)
		w.number(i)
		*was = groundOf(w)
		g.buf = w
	}
}

// met appends what is known of the entities that a briefing names. The page of one with
// a date shows of those without a date only where few others are at hand (around).
func (g *grounds) met(w shown, b *Briefing) shown {
	for i := range b.named {
		k := g.of[b.named[i].Entity]
		w = append(append(w, k.facts[:]...), k.dated[:]...)
		if k.many < acrossSample || !b.Header.Date.Known() {
			w.number(1)
			w = append(w, k.undated[:]...)
		}
	}
	return w
}

// briefing is the digest of a briefing, when all are met that its page may show.
func (g *grounds) briefing(b *Briefing) ground {
	w := shown(g.buf[:0])
	for _, n := range []*Briefing{b.Newer, b.Older} {
		w.number(-1)
		if n != nil {
			w = append(w, g.heads[n.order][:]...)
		}
	}
	w = g.met(w, b)
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

// storyPage is the digest of what the page of a story shows of its reports, whom they
// name, and other stories.
func (g *grounds) storyPage(st *Story) ground {
	of := g.stories[st]
	w := append(shown(g.buf[:0]), of[:]...)
	for _, list := range [][]*Story{st.Events, st.Within} {
		w.number(len(list))
		for _, other := range list {
			of := g.stories[other]
			w = append(w, of[:]...)
		}
	}
	w.number(len(st.Reposts))
	for _, p := range st.Reposts {
		w = append(append(w, g.heads[p.Briefing.order][:]...), g.heads[p.Of.order][:]...)
	}
	g.buf = w
	return groundOf(w)
}

// entity is the digest of what the page of an entity shows, when all briefings are met.
func (g *grounds) entity(e *Entity) ground {
	k := g.of[e]
	w := append(append(append(shown(g.buf[:0]), k.facts[:]...), k.dated[:]...), k.undated[:]...)
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
		w = append(w, g.of[e].facts[:]...)
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
