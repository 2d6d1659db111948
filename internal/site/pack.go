package site

import (
	"crypto/sha256"
	"slices"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/packed"
	"readout/internal/span"
)

// A digest may be kept from one run to the next, so that a content file that has
// not changed need not be read again. What relating the briefings takes of a
// text is kept apart from the rest: where no text has changed nobody asks for
// it. TestPackedFields tells of a field that is not written here.

// A Packed is what a Gatherer keeps of one briefing from one run to the next.
type Packed struct {
	File  *content.File // its path, its front matter, the digest of its bytes; no more
	Diags diag.List     // what was said when it was read
}

// Pack writes what g holds of the briefing of a file.
func (g *Gatherer) Pack(w *packed.Writer, p Packed) {
	packMeta(w, p.File.Meta)
	packDiags(w, p.Diags)
	g.byPath[p.File.Path].pack(w)
}

// HasText reports whether what relating takes of a briefing's text is at hand.
func (g *Gatherer) HasText(file string) bool { return g.byPath[file].related != nil }

// PackText writes what relating takes of a briefing's text, where that is at
// hand.
func (g *Gatherer) PackText(w *packed.Writer, file string) {
	g.vocabulary.Pack(w, g.byPath[file].related)
}

// Unpack adds a briefing as Pack wrote it, of the file with the given digest of
// its bytes. It may be called by several goroutines at once, as Add may.
func (g *Gatherer) Unpack(r *packed.Reader, file string, sum [sha256.Size]byte) (Packed, bool) {
	p := Packed{File: &content.File{Path: file, Sum: sum, Meta: unpackMeta(r)}, Diags: unpackDiags(r)}
	d := unpackDigest(r, p.File)
	if !r.Whole() {
		return Packed{}, false
	}
	g.add(d)
	return p, true
}

// UnpackText gives a briefing that was unpacked what PackText wrote of its text.
func (g *Gatherer) UnpackText(r *packed.Reader, file string) {
	d := g.byPath[file]
	if d == nil || d.related != nil {
		return
	}
	if t := g.vocabulary.Unpack(r, d.briefing.Slug, d.briefing.Header.Date.Value, d.briefing.Header.Publisher); r.Whole() {
		d.related = t
	}
}

func packMeta(w *packed.Writer, m frontmatter.Meta) {
	for _, s := range metaTexts(&m) {
		w.String(*s)
	}
	packStrings(w, m.Byline)
}

func unpackMeta(r *packed.Reader) frontmatter.Meta {
	var m frontmatter.Meta
	for _, s := range metaTexts(&m) {
		*s = r.String()
	}
	m.Byline = unpackStrings(r)
	return m
}

// metaTexts are the texts of a front matter, but for the byline.
func metaTexts(m *frontmatter.Meta) []*string {
	return []*string{&m.Title, &m.TitleBasis, &m.Slug, &m.Dek, &m.Publisher, &m.URL, &m.Date, &m.DateBasis, &m.Language, &m.Article.Path, &m.Article.SHA256}
}

func packStrings(w *packed.Writer, list []string) {
	w.Uint(uint64(len(list)))
	for _, s := range list {
		w.String(s)
	}
}

func unpackStrings(r *packed.Reader) []string {
	return unpackList(r, func(s *string) { *s = r.String() })
}

// unpackList reads a number and as many things.
func unpackList[T any](r *packed.Reader, read func(*T)) []T {
	n := r.Count()
	if n == 0 {
		return nil
	}
	out := make([]T, n)
	for i := range out {
		read(&out[i])
	}
	return out
}

// pointers returns pointers to the elements of a list.
func pointers[T any](list []T) []*T {
	if len(list) == 0 {
		return nil
	}
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}

func packDiags(w *packed.Writer, list diag.List) {
	w.Uint(uint64(len(list)))
	for _, d := range list {
		w.String(d.File)
		w.Int(d.Line)
		w.Int(d.Column)
		w.String(d.ID)
		w.Int(int(d.Severity))
		w.String(d.Message)
		w.String(d.Hint)
		w.String(d.Excerpt)
	}
}

func unpackDiags(r *packed.Reader) diag.List {
	return unpackList(r, func(d *diag.Diagnostic) {
		d.File = r.String()
		d.Line, d.Column = r.Int(), r.Int()
		d.ID = r.String()
		d.Severity = diag.Severity(r.Int())
		d.Message, d.Hint, d.Excerpt = r.String(), r.String(), r.String()
	})
}

// A digestPacker writes one digest.
type digestPacker struct {
	*packed.Writer
	speakers map[*Speaker]int
}

func (d *digest) pack(to *packed.Writer) {
	w := &digestPacker{to, make(map[*Speaker]int, len(d.speakers))}
	b := d.briefing
	w.Raw(d.text[:])
	w.Raw(b.Told[:])
	w.Int(b.Header.Words)
	w.Int(b.Paragraphs)
	w.Uint(uint64(len(d.speakers)))
	for i, s := range d.speakers {
		w.speakers[s] = i + 1
		w.passage(s.Passage)
		for _, t := range []string{s.Naming, s.Cue, s.Access, s.Reason, s.Via} {
			w.String(t)
		}
		w.Int(d.voices[i])
	}
	w.Uint(uint64(len(b.KeyPoints)))
	for _, k := range b.KeyPoints {
		w.String(k.Text)
		w.passage(k.Passage)
	}
	w.Uint(uint64(len(b.Quotations)))
	for _, q := range b.Quotations {
		w.passage(q.Passage)
		w.String(q.Form)
		w.speaker(q.Speaker)
		w.Bool(q.Continues)
	}
	w.Uint(uint64(len(b.Statements)))
	for _, s := range b.Statements {
		w.passage(s.Passage)
		w.String(s.Stance)
		w.speaker(s.Speaker)
	}
	for _, list := range [][]*TimelineEntry{b.Timeline.Resolved, b.Timeline.Planned, b.Timeline.Unresolved} {
		w.Uint(uint64(len(list)))
		for _, e := range list {
			w.passage(e.Passage)
			w.passage(e.Sentence)
			for _, t := range []string{e.Value, e.From, e.To, e.Anchor, e.Why, e.Realis, string(e.Class)} {
				w.String(t)
			}
			w.Uint(uint64(len(e.Speakers)))
			for _, s := range e.Speakers {
				w.speaker(s)
			}
		}
	}
	w.Uint(uint64(len(b.Terms)))
	for i, t := range b.Terms {
		w.String(t.Short)
		w.String(t.Long)
		w.passage(t.Passage)
		w.Int(d.terms[i])
	}
	src := &b.Sourcing
	for _, n := range []int{src.Sentences.Named, src.Sentences.Body, src.Sentences.Unnamed, src.Sentences.Own} {
		w.Int(n)
	}
	for _, list := range src.uses() {
		w.Uint(uint64(len(*list)))
		for _, u := range *list {
			w.speaker(u.Speaker)
			w.Int(u.Count)
		}
	}
	w.Uint(uint64(len(d.locals)))
	for _, l := range d.locals {
		w.String(string(l.kind))
		w.String(l.slug)
		w.String(l.name)
		packStrings(to, l.aliases)
		a := l.appearance
		w.Int(a.Mentions)
		w.Int(a.Government)
		w.Int(a.Voice)
		w.passage(a.First)
		w.Uint(uint64(len(a.Names)))
		for _, n := range a.Names {
			w.String(n.Text)
			w.Int(n.Count)
			w.passage(n.First)
		}
		w.Uint(uint64(len(a.Roles)))
		for _, r := range a.Roles {
			w.String(r.Text)
			w.passage(r.Passage)
		}
	}
	packDiags(to, d.diags)
}

// uses are the lists of sources of a summary.
func (s *Sourcing) uses() []*[]SourceUse {
	return []*[]SourceUse{&s.People, &s.Organizations, &s.Outlets, &s.Documents, &s.Unnamed, &s.Unresolved, &s.SecondHand, &s.Reasons}
}

func (w *digestPacker) speaker(s *Speaker) { w.Int(w.speakers[s]) }

func (w *digestPacker) passage(p Passage) {
	w.Bool(p.Briefing != nil)
	w.String(p.ID)
	w.String(p.Block)
	w.String(p.Sentence)
	w.Int(p.Span.Start)
	w.Int(p.Span.End - p.Span.Start)
	w.String(p.Text)
}

// A digestReader reads one digest.
type digestReader struct {
	*packed.Reader
	b        *Briefing
	speakers []*Speaker
	last     string // the long text that was read last: the next is often the same
}

func unpackDigest(from *packed.Reader, f *content.File) *digest {
	r := &digestReader{Reader: from, b: newBriefing(f)}
	d := &digest{briefing: r.b, sum: f.Sum}
	b := r.b
	copy(d.text[:], r.Raw(len(d.text)))
	copy(b.Told[:], r.Raw(len(b.Told)))
	b.Header = headerOf(f.Meta, r.Int())
	b.Paragraphs = r.Int()
	if n := r.Count(); n > 0 {
		list := make([]Speaker, n)
		d.voices = make([]int, n)
		for i := range list {
			s := &list[i]
			r.passage(&s.Passage)
			s.Naming, s.Cue, s.Access, s.Reason, s.Via = r.String(), r.String(), r.String(), r.String(), r.String()
			d.voices[i] = r.Int()
		}
		r.speakers = pointers(list)
		d.speakers = r.speakers
	}
	b.KeyPoints = unpackList(from, func(k *KeyPoint) {
		k.Text = r.String()
		r.passage(&k.Passage)
	})
	b.Quotations = pointers(unpackList(from, func(q *Quotation) {
		r.passage(&q.Passage)
		q.Form = r.String()
		q.Speaker = r.speaker()
		q.Continues = r.Bool()
		q.Language, q.Direction = b.Header.Language, b.Header.Direction
	}))
	b.Statements = pointers(unpackList(from, func(s *Statement) {
		r.passage(&s.Passage)
		s.Stance = r.String()
		s.Speaker = r.speaker()
	}))
	for _, list := range []*[]*TimelineEntry{&b.Timeline.Resolved, &b.Timeline.Planned, &b.Timeline.Unresolved} {
		*list = pointers(unpackList(from, func(e *TimelineEntry) {
			r.passage(&e.Passage)
			r.passage(&e.Sentence)
			e.Value, e.From, e.To, e.Anchor, e.Why, e.Realis, e.Class = r.String(), r.String(), r.String(), r.String(), r.String(), r.String(), Class(r.String())
			e.Speakers = unpackList(from, func(s **Speaker) { *s = r.speaker() })
		}))
	}
	var terms []int
	b.Terms = pointers(unpackList(from, func(t *Term) {
		t.Short, t.Long = r.String(), r.String()
		r.passage(&t.Passage)
		terms = append(terms, r.Int())
	}))
	d.terms = terms
	n := &b.Sourcing.Sentences
	n.Named, n.Body, n.Unnamed, n.Own = r.Int(), r.Int(), r.Int(), r.Int()
	for _, list := range b.Sourcing.uses() {
		*list = unpackList(from, func(u *SourceUse) { u.Speaker, u.Count = r.speaker(), r.Int() })
	}
	d.locals = unpackList(from, func(l *localDigest) {
		l.kind, l.slug, l.name = dialect.Class(r.String()), r.String(), r.String()
		l.aliases = unpackStrings(from)
		a := &Appearance{Briefing: b}
		l.appearance = a
		a.Mentions, a.Government, a.Voice = r.Int(), r.Int(), r.Int()
		r.passage(&a.First)
		a.Names = unpackList(from, func(n *Spelling) {
			n.Text, n.Count = r.String(), r.Int()
			r.passage(&n.First)
		})
		a.Roles = unpackList(from, func(w *RoleWording) {
			w.Text = r.String()
			r.passage(&w.Passage)
		})
	})
	d.diags = unpackDiags(from)
	// What is out of place was not written by pack.
	within := func(list []int) bool {
		return !slices.ContainsFunc(list, func(i int) bool { return i < -1 || i >= len(d.locals) })
	}
	if !within(d.voices) || !within(d.terms) {
		from.Spoil()
	}
	return d
}

func (r *digestReader) speaker() *Speaker {
	n := r.Int()
	if n < 0 || n > len(r.speakers) {
		r.Spoil()
		return nil
	}
	if n == 0 {
		return nil
	}
	return r.speakers[n-1]
}

func (r *digestReader) passage(p *Passage) {
	if r.Bool() {
		p.Briefing = r.b
	}
	p.ID, p.Block, p.Sentence = r.String(), r.String(), r.String()
	start := r.Int()
	p.Span = span.Span{Start: start, End: start + r.Int()}
	p.Text = r.String()
	if p.Text == r.last {
		p.Text = r.last
	} else {
		r.last = p.Text
	}
}
