package render

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io/fs"
	"math"
	"reflect"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/site"
	"readout/internal/stable"
)

// What a page is made of has a key: a digest of all that the page shows. A page
// whose key is that of an earlier run, and whose files lie as they were written,
// need not be made again.
//
// Of most pages the key is the digest of the struct that is all their template
// sees, so that nothing can be forgotten; it is taken when the struct is made,
// and saves the template, the writing and the looking at what was written. The
// pages of briefings, stories and entities are made from the texts of articles: their
// keys are digests of the content files and of what the rest of the site
// contributes, and they save all the rest.

// A Key is the digest of what a page is made of.
type Key [16]byte

// Keys are the key of a page and the digest of all that the key is made from, which is
// told sooner: where it is as it was, so is the key. It is zero where there is none.
type Keys struct{ Key, Ground Key }

// Past is what is known of the pages of an earlier run. It is asked by several
// goroutines at once.
type Past interface {
	// Same reports whether the page was made of the same, and all that was written
	// with it lies as it was written. The page then counts as written again. What is
	// told of its ground is noted.
	Same(page string, keys Keys) bool
	// Grounded is Same where the ground of the page alone is known.
	Grounded(page string, ground Key) bool
	// Note returns what was noted of a page by the earlier run; nil where that is not
	// known.
	Note(page string) []byte
	// Untouched reports whether all that was written with a page lies as it was written.
	Untouched(page string) bool
	// Keep says that some of the files that were written with a page count as written
	// again. It reports false, and none counts, where one of them does not lie as it was.
	Keep(page string, files []string) bool
	// File returns a file of the earlier run.
	File(name string) ([]byte, error)
	// Base returns the state of what a content file was generated as, beside
	// which its page tells what an editor changed.
	Base(file string) []byte
	// Frame is told what all pages show, for NewEdited.
	Frame(data []byte)
	// Made is told of each page that was made, and of the files that go with it.
	Made(page string, keys Keys, files []string, note []byte)
}

// A keyWriter writes values into a digest, each so that it cannot be taken for
// another.
type keyWriter struct {
	h   hash.Hash
	buf []byte
}

func newKey(kind string) *keyWriter {
	k := keyWriters.Get().(*keyWriter)
	k.h.Reset()
	k.buf = k.buf[:0]
	k.text(kind)
	return k
}

var keyWriters = sync.Pool{New: func() any { return &keyWriter{h: sha256.New()} }}

// key returns the digest. Nothing more can be written.
func (k *keyWriter) key() Key {
	k.h.Write(k.buf)
	sum := Key(k.h.Sum(k.buf[:0])[:len(Key{})])
	keyWriters.Put(k)
	return sum
}

// keyRoom is how many bytes are collected, more or less.
const keyRoom = 4000

func (k *keyWriter) room() {
	if len(k.buf) > keyRoom {
		k.h.Write(k.buf)
		k.buf = k.buf[:0]
	}
}

func (k *keyWriter) number(n int) {
	k.buf = binary.AppendVarint(k.buf, int64(n))
	k.room()
}

func (k *keyWriter) flag(b bool) {
	n := 0
	if b {
		n = 1
	}
	k.number(n)
}

func (k *keyWriter) text(s string) {
	k.buf = binary.AppendUvarint(k.buf, uint64(len(s)))
	k.buf = append(k.buf, s...)
	k.room()
}

func (k *keyWriter) bytes(b []byte) {
	k.buf = binary.AppendUvarint(k.buf, uint64(len(b)))
	if len(b) > keyRoom {
		k.h.Write(k.buf)
		k.h.Write(b)
		k.buf = k.buf[:0]
		return
	}
	k.buf = append(k.buf, b...)
	k.room()
}

// errNoKey says that a value holds what cannot be told by its bytes.
var errNoKey = errors.New("no key")

// value writes the struct of a page: everything in it.
func (k *keyWriter) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Bool:
		k.flag(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		k.number(int(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		k.number(int(v.Uint()))
	case reflect.Float32, reflect.Float64:
		k.number(int(math.Float64bits(v.Float())))
	case reflect.String:
		k.text(v.String())
	case reflect.Pointer, reflect.Interface:
		k.flag(!v.IsNil())
		if v.IsNil() {
			return nil
		}
		if v.Kind() == reflect.Interface {
			k.text(v.Elem().Type().String())
		}
		return k.value(v.Elem())
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice {
			k.flag(v.IsNil()) // a template tells nil from empty
			if v.Type().Elem().Kind() == reflect.Uint8 {
				k.bytes(v.Bytes())
				return nil
			}
		}
		k.number(v.Len())
		for i := range v.Len() {
			if err := k.value(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		type entry struct {
			key   string
			value reflect.Value
		}
		if v.Type().Key().Kind() != reflect.String {
			return errNoKey
		}
		var entries []entry
		for it := v.MapRange(); it.Next(); {
			entries = append(entries, entry{it.Key().String(), it.Value()})
		}
		stable.Sort(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
		k.flag(v.IsNil())
		k.number(len(entries))
		for _, e := range entries {
			k.text(e.key)
			if err := k.value(e.value); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if err := k.value(v.Field(i)); err != nil {
				return err
			}
		}
	default:
		return errNoKey
	}
	return nil
}

// frameKey is the digest of what all pages share: the templates with all that
// lies beside them, the settings and the navigation.
func (r *Renderer) frameKey() (Key, bool) {
	k := newKey("frame")
	err := fs.WalkDir(r.templates, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(r.templates, name)
		k.text(name)
		k.bytes(data)
		return err
	})
	if err != nil {
		return Key{}, false
	}
	for _, v := range []any{r.site.Config, r.nav, r.footNav, r.base, r.textless} {
		if err := k.value(reflect.ValueOf(v)); err != nil {
			return Key{}, false
		}
	}
	return k.key(), true
}

// structKey is the key of a page by its struct.
func (r *Renderer) structKey(m made) (Key, bool) {
	k := newKey("struct")
	k.bytes(r.frame[:])
	k.text(m.template)
	if err := k.value(reflect.ValueOf(m.page)); err != nil {
		return Key{}, false
	}
	for _, f := range m.beside {
		k.text(f.Path)
		k.bytes(f.Data)
	}
	return k.key(), true
}

// facts returns the digest of what pages of stories show of e.
func (r *Renderer) facts(e *site.Entity) Key {
	r.known.Lock()
	f, ok := r.factsOf[e]
	r.known.Unlock()
	if ok {
		return f
	}
	k := newKey("entity")
	k.text(string(e.Kind))
	k.text(e.Slug)
	k.text(e.Path)
	k.text(e.Name)
	k.text(e.Letter)
	for _, u := range e.SameAs {
		k.text(u)
	}
	k.flag(true)
	if p, _ := e.Located(); p != nil {
		k.text(p.Name)
		k.text(string(p.Kind))
		k.number(int(math.Float64bits(p.Lat)))
		k.number(int(math.Float64bits(p.Lon)))
	}
	f = k.key()
	r.known.Lock()
	r.factsOf[e] = f
	r.known.Unlock()
	return f
}

// briefingKey is the key of the page of a briefing and of what lies beside it.
func (r *Renderer) briefingKey(b *site.Briefing) (Key, bool) {
	return r.keyWith(b, r.restKey(b, r.site.Across(b)))
}

// keyWith is briefingKey where the restKey of the page is known.
func (r *Renderer) keyWith(b *site.Briefing, rest [16]byte) (Key, bool) {
	if b.Sum == [len(b.Sum)]byte{} {
		return Key{}, false
	}
	k := r.ownKey("briefing", b)
	k.bytes(rest[:])
	return k.key(), true
}

// ownKey begins the key of the page of a briefing with what is its own.
func (r *Renderer) ownKey(kind string, b *site.Briefing) *keyWriter {
	k := newKey(kind)
	k.bytes(r.frame[:])
	k.bytes(b.Sum[:])
	k.bytes(r.opts.Past.Base(b.File))
	k.text(b.Path)
	k.text(b.PlainText())
	return k
}

// ground is the digest of all that briefingKey is made from, of which the site tells.
func (r *Renderer) ground(b *site.Briefing, of [16]byte) Key {
	if b.Sum == [len(b.Sum)]byte{} {
		return Key{}
	}
	w := plainWriter()
	defer plainWriters.Put(w)
	r.besides(b).pack(w)
	k := r.ownKey("ground", b)
	k.bytes(of[:])
	k.bytes(w.Unsealed())
	return k.key()
}

// entityKey is the key of the page of an entity, and of what search knows of it.
func (r *Renderer) entityKey(e *site.Entity) Key {
	k := newKey("entity page")
	k.bytes(r.frame[:])
	k.text(r.apart(e))
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	room.bytes = e.AppendShown(room.bytes[:0], entityQuotes, entityAppearances)
	k.bytes(room.bytes)
	return k.key()
}

// entityGround is the digest of all that entityKey is made from, of which the site tells.
func (r *Renderer) entityGround(e *site.Entity, of [16]byte) Key {
	k := newKey("entity ground")
	k.bytes(r.frame[:])
	k.text(r.apart(e))
	k.bytes(of[:])
	return k.key()
}

// listKey begins the key of page n of a list.
func (r *Renderer) listKey(template string, p paging, n int) *keyWriter {
	k := newKey("list")
	k.bytes(r.frame[:])
	k.text(template)
	k.text(p.path)
	k.number(n)
	k.number(p.dated())
	k.number(p.pages())
	return k
}

// entitiesKey is the key of a page of entitiesPage.
func (r *Renderer) entitiesKey(kind dialect.Class, p paging, n int) Key {
	k := r.listKey("entities", p, n)
	k.text(string(kind))
	all := r.site.EntitiesOf(kind)
	k.number(len(all))
	var buf []byte
	for _, e := range itemsOf(p, all, n) {
		buf = e.AppendListed(buf[:0])
		k.bytes(buf)
		k.text(r.apart(e))
	}
	for _, e := range r.onMap(kind, n) {
		f := r.facts(e)
		k.bytes(f[:])
	}
	return k.key()
}

// quotationsKey is the key of a page of quotationsPage.
func (r *Renderer) quotationsKey(p paging, n int) Key {
	k := r.listKey("quotations", p, n)
	from, to := p.bounds(n)
	k.bytes(r.site.AppendQuotations(nil, from, to))
	return k.key()
}

// timelineKey is the key of a page of timelinePage. The figure of the first shows
// some of all that has a day.
func (r *Renderer) timelineKey(p paging, n int) Key {
	k := r.listKey("timeline", p, n)
	t := &r.site.Times
	k.bytes(t.AppendPart(nil, t.Pages[n-1]))
	if n == 1 {
		k.bytes(t.AppendPart(nil, site.TimesPage{Resolved: [2]int{0, len(t.Resolved)}, Planned: [2]int{0, len(t.Planned)}}))
	}
	return k.key()
}

// storyKey is the key of the page of a story. What the page derives from its reports
// and whom they name, in their order, is as those are.
func (r *Renderer) storyKey(s *site.Story) (Key, bool) {
	k := r.storyWords("story", s)
	why := r.site.Why(s)
	k.number(len(why))
	for _, t := range why {
		k.text(t)
	}
	at := map[*site.Briefing]int{}
	k.number(len(s.Members))
	for i, b := range s.Members {
		if b.Sum == [len(b.Sum)]byte{} {
			return Key{}, false
		}
		at[b] = i
		k.bytes(b.Told[:])
		k.text(b.Path)
		for e := range b.Own() {
			f := r.facts(e)
			k.bytes(f[:])
		}
	}
	for _, list := range [][]*site.Story{s.Events, s.Within} {
		k.number(len(list))
		for _, e := range list {
			k.text(e.Path)
			k.text(e.Title)
			if b := titleOf(e); b != nil {
				k.text(b.Header.Language)
			}
			k.flag(e.Storyline)
			k.number(len(e.Members))
			for _, b := range e.Members {
				k.text(b.Path)
			}
		}
	}
	k.number(len(s.Reposts))
	for _, p := range s.Reposts {
		k.number(at[p.Briefing])
		k.number(at[p.Of])
	}
	return k.key(), true
}

// storyGround is the digest of all that storyKey is made from, of which the site tells.
func (r *Renderer) storyGround(s *site.Story, of [16]byte) Key {
	for _, b := range s.Members {
		if b.Sum == [len(b.Sum)]byte{} {
			return Key{}
		}
	}
	k := r.storyWords("story ground", s)
	k.bytes(of[:])
	return k.key()
}

// storyWords begins the key of the page of a story with what is its own.
func (r *Renderer) storyWords(kind string, s *site.Story) *keyWriter {
	k := newKey(kind)
	k.bytes(r.frame[:])
	for _, t := range []string{s.Slug, s.Path, s.Title, s.Overview, s.File} {
		k.text(t)
	}
	k.number(s.Line)
	k.flag(s.Storyline)
	k.flag(r.titles["story "+s.Title] > 1)
	k.number(len(s.Moved))
	for _, t := range s.Moved {
		k.text(t)
	}
	return k
}

// wholeKey is the key of the page that has the whole site in it.
func (r *Renderer) wholeKey() (Key, bool) {
	k := newKey("edition")
	k.bytes(r.frame[:])
	k.number(len(r.site.Stories))
	for _, s := range r.site.Stories {
		key, ok := r.storyKey(s)
		if !ok {
			return Key{}, false
		}
		k.bytes(key[:])
	}
	k.number(len(r.site.Briefings))
	for _, b := range r.site.Briefings {
		key, ok := r.briefingKey(b)
		if !ok {
			return Key{}, false
		}
		k.bytes(key[:])
	}
	for _, page := range []any{r.site.Pages, r.aboutPage()} {
		if err := k.value(reflect.ValueOf(page)); err != nil {
			return Key{}, false
		}
	}
	return k.key(), true
}
