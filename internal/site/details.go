package site

import (
	"errors"
	"hash/crc32"
	"slices"
	"sync"

	"readout/internal/packed"
)

// Of a briefing little is held all the time: its names and title, the counts, and
// whom it names. What a page shows of it beside that lies in a Store, in few
// bytes, and is read when it is asked for (Details).

// Details are what is not held of a briefing all the time.
type Details struct {
	KeyPoints []KeyPoint
	// Appearances are the entities it mentions, in the order of Briefing.Named.
	Appearances []*Appearance
	Quotations  []*Quotation // in text order, scare quotes too
	Statements  []*Statement // in text order
	Timeline    Timeline
	Terms       []*Term
	Sourcing    Sourcing
}

// A Store keeps bytes and gives them back. It is used by several goroutines at
// once.
type Store interface {
	// Put keeps a copy of data.
	Put(data []byte) (Place, error)
	// Get returns what lies at a place, an error where it is not what was put there.
	// It may lie in room, which is used again when it is of use no more. Nobody is to
	// change it.
	Get(p Place, room []byte) ([]byte, error)
	// Has reports whether something may lie at a place.
	Has(p Place) bool
}

// A Place is where something lies in a Store.
type Place struct {
	At  int64
	Len uint32
	Sum uint32 // of the bytes
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// PlaceOf returns the place of data that begins at the given byte.
func PlaceOf(at int64, data []byte) Place {
	return Place{at, uint32(len(data)), crc32.Checksum(data, castagnoli)}
}

// errDamaged says that bytes are not what was put in their place.
var errDamaged = errors.New("not as it was written")

// Check returns an error where data is not what was put in the place.
func (p Place) Check(data []byte) error {
	if PlaceOf(p.At, data) != p {
		return errDamaged
	}
	return nil
}

// memory is a Store that holds all in memory.
type memory struct {
	mu   sync.Mutex
	list [][]byte
}

func (m *memory) Put(data []byte) (Place, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(m.list, slices.Clone(data))
	return PlaceOf(int64(len(m.list)-1), data), nil
}

func (m *memory) Get(p Place, _ []byte) ([]byte, error) {
	if !m.Has(p) {
		return nil, errDamaged
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	data := m.list[p.At]
	return data, p.Check(data)
}

func (m *memory) Has(p Place) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return p.At >= 0 && p.At < int64(len(m.list))
}

// A shelf has the details that were last asked for of the briefings of a site.
type shelf struct {
	store Store
	load  Loader // for briefings whose details are damaged
	site  *Site

	mu   sync.Mutex
	of   map[*Briefing]*Details
	last []*Briefing // a ring
	next int
}

// mostDetails is how many are kept.
const mostDetails = 96

func newShelf(s *Site, store Store, load Loader) *shelf {
	return &shelf{store: store, load: load, site: s, of: map[*Briefing]*Details{}, last: make([]*Briefing, mostDetails)}
}

// Details returns what is not held of the briefing all the time. Nobody is to
// change it. Called again it may return another copy, whose pointers are others.
func (b *Briefing) Details() *Details {
	if d := b.held(); d != nil {
		return d
	}
	c := b.shelf
	d := c.read(b)
	c.mu.Lock()
	defer c.mu.Unlock()
	if other := c.of[b]; other != nil {
		return other
	}
	delete(c.of, c.last[c.next])
	c.last[c.next], c.of[b] = b, d
	c.next = (c.next + 1) % len(c.last)
	return d
}

// held returns the details where they need not be read; else nil.
func (b *Briefing) held() *Details {
	switch c := b.shelf; {
	case b.pinned != nil:
		return b.pinned
	case c == nil:
		return &Details{}
	default:
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.of[b]
	}
}

// A room is bytes for what is read of a store.
type room struct{ bytes []byte }

var rooms = sync.Pool{New: func() any { return new(room) }}

// fetch calls f with what lies in a place of the store, for as long as f needs it.
func (c *shelf) fetch(p Place, f func(data []byte)) {
	r := rooms.Get().(*room)
	defer rooms.Put(r)
	r.bytes = slices.Grow(r.bytes[:0], int(p.Len))
	if data, err := c.store.Get(p, r.bytes); err == nil {
		f(data)
	}
}

// survey calls f with what is surveyed of a briefing; not where that cannot be had.
func (c *shelf) survey(b *Briefing, f func(*packed.Reader)) {
	done := false
	c.fetch(b.surveyed, func(data []byte) {
		f(packed.NewPlain(data))
		done = true
	})
	if done {
		return
	}
	if w := c.again(b); w != nil {
		packer := packed.Writer{Plain: true}
		w.packSurvey(&packer)
		f(packed.NewPlain(packer.Unsealed()))
	}
}

// read reads the details of a briefing.
func (c *shelf) read(b *Briefing) *Details {
	var w *whole
	c.fetch(b.place, func(data []byte) { w = unpackWhole(packed.NewPlain(data), b) })
	if w == nil {
		w = c.again(b)
	}
	if w == nil {
		return &Details{} // its page says what is wrong with it
	}
	return w.meant()
}

// again makes of the content file what is of use no more in the store; nil where that
// cannot be.
func (c *shelf) again(b *Briefing) *whole {
	f, err := c.load(b.Slug)
	if err != nil || f == nil || f.Sum != b.Sum {
		return nil
	}
	_, w := digestFile(f)
	w.of(b)
	if len(w.appearances) != len(b.own) {
		return nil
	}
	return w
}

// A whole is all that is found in a content file, before it is known whom the
// article's own entities stand for.
type whole struct {
	Details
	b           *Briefing
	appearances []*Appearance // of each of the article's own entities
	speakers    []*Speaker
	voices      []int // of each speaker: index in appearances; -1
	terms       []int // of each of Terms: index in appearances; -1
}

// of makes the whole that of another Briefing of the same file.
func (w *whole) of(b *Briefing) {
	packer := packed.Writer{Plain: true}
	w.pack(&packer)
	if again := unpackWhole(packed.NewPlain(packer.Unsealed()), b); again != nil {
		*w = *again
	}
}

// meant returns the details with the entities that the briefing's own stand for.
func (w *whole) meant() *Details {
	b := w.b
	for l, a := range w.appearances {
		a.Entity = b.ownEntity(l)
	}
	for i, sp := range w.speakers {
		if l := w.voices[i]; l >= 0 {
			sp.Entity = w.appearances[l].Entity
		}
	}
	for i, t := range w.Terms {
		if l := w.terms[i]; l >= 0 {
			t.Entity = w.appearances[l].Entity
		}
	}
	w.Appearances = make([]*Appearance, len(b.named))
	for l, a := range w.appearances {
		at := b.own[l].at
		w.Appearances[at] = joined(w.Appearances[at], a)
	}
	return &w.Details
}

// A position is one of a list of things in the details of a briefing.
type position struct {
	order int32 // of the briefing
	at    int32
}
