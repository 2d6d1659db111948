package site

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// AppendShown appends to b all that the page of an entity shows, of so many
// quotations, statements and appearances: its own, and of the briefings that name it
// the digests of what others may show of them, with the article's own entities that
// stand for it, by which it is known what of a briefing is the entity's. Two entities
// of which it appends the same have the same page; no details of a briefing need be at
// hand for it.
func (e *Entity) AppendShown(b []byte, quotations, appearances int) []byte {
	w := shown(b)
	w.text(string(e.Kind), e.Slug, e.Path, e.Name, e.Text, e.File)
	w.number(e.TextRow, e.Mentions(), len(e.SameAs))
	w.text(e.SameAs...)
	w.number(len(e.Merges))
	for i := range e.Merges {
		m := &e.Merges[i]
		w.text(m.Name, m.Why)
		w.head(m.Briefing)
	}
	if p, name := e.Located(); p != nil {
		w.text(name, p.Name, string(p.Kind))
		w.number(int(math.Float64bits(p.Lat)), int(math.Float64bits(p.Lon)))
	}
	w.number(len(e.in))
	for i, p := range e.in {
		if roles := e.namedIn(i).roles; i < appearances || roles {
			w.number(i)
			w.place(e, p)
		}
	}
	w.number(len(e.names))
	for _, n := range e.names {
		w.text(n.text)
		w.number(int(n.count))
		w.place(e, n.first)
	}
	w.number(len(e.quoted))
	for _, q := range e.quoted[:min(len(e.quoted), quotations)] {
		w.place(e, q.position)
	}
	w.number(len(e.stated))
	for _, p := range e.stated[:min(len(e.stated), quotations)] {
		w.place(e, p)
	}
	together := e.Together()
	w.number(len(together))
	for _, t := range together {
		w.text(t.Entity.Path, t.Entity.Name)
		w.number(t.Briefings)
	}
	w.number(len(e.Stories))
	for _, st := range e.Stories {
		w.text(st.Path, st.Title)
		for _, m := range st.Members {
			if m.Header.Title == st.Title {
				w.head(m)
				break
			}
		}
	}
	return w
}

// shown is bytes that tell what is shown, each value so that it cannot be taken for
// another.
type shown []byte

func (w *shown) text(list ...string) {
	for _, s := range list {
		*w = append(binary.AppendUvarint(*w, uint64(len(s))), s...)
	}
}

func (w *shown) number(list ...int) {
	for _, n := range list {
		*w = binary.AppendVarint(*w, int64(n))
	}
}

// head is what is shown of a briefing that is led to.
func (w *shown) head(b *Briefing) {
	w.text(b.Path, b.Header.Title, b.Header.Language, b.Header.Direction)
}

// place is one of a list of things in a briefing that are told of an entity.
func (w *shown) place(e *Entity, p position) {
	b := e.site.Briefings[p.order]
	w.text(b.Path)
	*w = append(*w, b.Told[:]...)
	w.number(int(p.at))
	for i := range b.own {
		if b.ownEntity(i) == e {
			w.number(i)
		}
	}
	w.number(-1)
}

// What a list shows of a briefing, beside where in it that stands, is told by a digest
// of what others may show of its text and of whom its names stand for, so that no
// details need be at hand for the keys of lists. The functions below append what
// tells a part of a list from any other.

// AppendQuotations appends what tells a part of the list of quotations.
func (s *Site) AppendQuotations(b []byte, from, to int) []byte {
	w := shown(b)
	w.number(to - from)
	for _, p := range s.quotations[from:to] {
		w.item(s, p)
	}
	return w
}

// AppendPart appends what tells the entries that Part returns.
func (t *Times) AppendPart(b []byte, p TimesPage) []byte {
	w := shown(b)
	for i, part := range [][]position{
		t.Resolved[p.Resolved[0]:p.Resolved[1]], t.Planned[p.Planned[0]:p.Planned[1]], t.Unresolved[p.Unresolved[0]:p.Unresolved[1]],
	} {
		w.number(i, len(part))
		for _, p := range part {
			w.item(t.site, p)
		}
	}
	return w
}

// AppendListed appends what a list of entities shows of one.
func (e *Entity) AppendListed(b []byte) []byte {
	w := shown(b)
	w.text(e.Path, e.Name, e.Letter)
	w.number(e.Briefings())
	for i, p := range e.in {
		if e.namedIn(i).roles {
			w.place(e, p)
			break
		}
	}
	return w
}

// item is one of a list of things in a briefing.
func (w *shown) item(s *Site, p position) {
	sum := s.shownOf(p.order)
	*w = append(*w, sum[:]...)
	w.number(int(p.at))
}

// shownOf is the digest of what others may show of a briefing and of whom its names
// stand for.
func (s *Site) shownOf(order int32) [16]byte {
	s.shownOnce.Do(func() {
		s.shownSums = make([][16]byte, len(s.Briefings))
		inParallel(len(s.Briefings), func(i int) {
			var w shown
			b := s.Briefings[i]
			w = append(w, b.Told[:]...)
			w.text(b.Path)
			for e := range b.Own() {
				w.text(e.Path, e.Name)
			}
			sum := sha256.Sum256(w)
			s.shownSums[i] = [16]byte(sum[:16])
		})
	})
	return s.shownSums[order]
}
