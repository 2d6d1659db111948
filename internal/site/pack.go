package site

import (
	"crypto/sha256"
	"slices"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/packed"
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

// Pack writes what g holds of the briefing of a file. Its details stay in the
// store.
func (g *Gatherer) Pack(w *packed.Writer, p Packed) {
	c := &coder{w: w}
	c.meta(&p.File.Meta)
	c.diags(&p.Diags)
	c.digest(g.byPath[p.File.Path], p.File.Meta)
}

// Places are where the details of the briefing of a file lie in the store.
func (g *Gatherer) Places(file string) [2]Place {
	b := g.byPath[file].briefing
	return [2]Place{b.place, b.surveyed}
}

// Move says that they lie elsewhere now.
func (g *Gatherer) Move(file string, to [2]Place) {
	b := g.byPath[file].briefing
	b.place, b.surveyed = to[0], to[1]
}

// Has reports whether there is a briefing of that file and those bytes.
func (g *Gatherer) Has(file string, sum [sha256.Size]byte) bool {
	d := g.byPath[file]
	return d != nil && d.briefing.Sum == sum
}

// HasText reports whether what relating takes of a briefing's text is at hand.
func (g *Gatherer) HasText(file string) bool { return g.byPath[file].related != nil }

// PackText writes what relating takes of a briefing's text, where that is at
// hand.
func (g *Gatherer) PackText(w *packed.Writer, file string, load Loader) {
	g.vocabulary.Pack(w, g.byPath[file].related, docs(load))
}

// Unpack adds a briefing as Pack wrote it, of the file with the given digest of
// its bytes. It may be called by several goroutines at once, as Add may.
func (g *Gatherer) Unpack(r *packed.Reader, file string, sum [sha256.Size]byte) (Packed, bool) {
	p := Packed{File: &content.File{Path: file, Sum: sum}}
	c := &coder{r: r}
	c.meta(&p.File.Meta)
	c.diags(&p.Diags)
	d := unpackDigest(r, p.File)
	if !r.Whole() || !g.store.Has(d.briefing.place) || !g.store.Has(d.briefing.surveyed) {
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
	if t := g.vocabulary.Unpack(r, d.text, d.briefing.Slug, d.briefing.Header.Date.Value, d.briefing.Header.Publisher); r.Whole() {
		if g.relating(d, t) != nil {
			d.related = nil
		}
	}
}

// packStrings and unpackStrings write and read a list of strings.
func packStrings(w *packed.Writer, list []string) { (&coder{w: w}).texts(&list) }

func unpackStrings(r *packed.Reader) (list []string) {
	(&coder{r: r}).texts(&list)
	return list
}

// unpackList reads a number and as many things.
func unpackList[T any](r *packed.Reader, read func(*T)) (out []T) {
	codeList(&coder{r: r}, &out, read)
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

// A coder writes values where it has a writer, and else reads them: what is
// written and what is read is said once.
type coder struct {
	w *packed.Writer
	r *packed.Reader

	b        *Briefing
	speakers []*Speaker       // of the digest
	number   map[*Speaker]int // of each when they are written, from 1
	last     string           // the text that was read last: the next is often the same

	from *details // of which one thing is read; else nil
}

// text codes a string; the methods below code other values.
func text[T ~string](c *coder, p *T) {
	if c.w != nil {
		c.w.String(string(*p))
	} else {
		*p = T(c.r.String())
	}
}

func (c *coder) some(list ...*string) {
	for _, p := range list {
		text(c, p)
	}
}

func (c *coder) texts(list *[]string) { codeList(c, list, func(p *string) { text(c, p) }) }

func (c *coder) ints(list ...*int) {
	for _, p := range list {
		if c.w != nil {
			c.w.Int(*p)
		} else {
			*p = c.r.Int()
		}
	}
}

func (c *coder) flag(p *bool) {
	if c.w != nil {
		c.w.Bool(*p)
	} else {
		*p = c.r.Bool()
	}
}

// flagged codes whether something follows.
func (c *coder) flagged(some bool) bool {
	c.flag(&some)
	return some
}

func (c *coder) others(m *moreNames) {
	c.texts(&m.aliases)
	c.texts(&m.roles)
}

func (c *coder) raw(b []byte) {
	if c.w != nil {
		c.w.Raw(b)
	} else {
		copy(b, c.r.Raw(len(b)))
	}
}

// codeList codes a number and as many things.
func codeList[T any](c *coder, list *[]T, each func(*T)) {
	if c.w != nil {
		c.w.Uint(uint64(len(*list)))
	} else if n := c.r.Count(); n > 0 {
		*list = make([]T, n)
	}
	for i := range *list {
		each(&(*list)[i])
	}
}

// codeItems is codeList for a list of pointers to things that may be read one by one.
// Those that are read together lie in one piece.
func codeItems[T any](c *coder, list *[]*T, each func(*T)) {
	if c.w != nil {
		c.w.Items(len(*list), func(i int) { each((*list)[i]) })
		return
	}
	if n := c.r.Items(); n > 0 {
		block := make([]T, n)
		for i := range block {
			each(&block[i])
		}
		*list = pointers(block)
	}
}

func (c *coder) origin(o *Origin) {
	c.some(&o.Dek, &o.URL, &o.Seed, &o.SHA256)
	c.texts(&o.Byline)
}

func (c *coder) meta(m *frontmatter.Meta) {
	c.some(metaTexts(m)...)
	c.texts(&m.Byline)
}

// metaTexts are the texts of a front matter, but for the byline.
func metaTexts(m *frontmatter.Meta) []*string {
	return []*string{&m.Title, &m.TitleBasis, &m.Slug, &m.Dek, &m.Publisher, &m.URL, &m.Date, &m.DateBasis, &m.Language, &m.Article.Path, &m.Article.SHA256}
}

func (c *coder) diags(list *diag.List) {
	codeList(c, (*[]diag.Diagnostic)(list), func(d *diag.Diagnostic) {
		c.some(&d.File)
		c.ints(&d.Line, &d.Column)
		c.some(&d.ID)
		severity := int(d.Severity)
		c.ints(&severity)
		d.Severity = diag.Severity(severity)
		c.some(&d.Message, &d.Hint, &d.Excerpt)
	})
}

// digest codes a digest of the file with the given front matter.
func (c *coder) digest(d *digest, m frontmatter.Meta) {
	b := d.briefing
	c.raw(d.text[:])
	c.raw(b.Told[:])
	words := b.Header.Words
	c.ints(&words, &b.Paragraphs)
	if c.r != nil {
		b.Header = headerOf(m, words)
	}
	n := &b.Sentences
	c.ints(&n.Named, &n.Body, &n.Unnamed, &n.Own)
	c.flag(&b.sourceless)
	codeList(c, &b.own, func(n *ownKey) {
		kind := int(n.kind)
		c.ints(&kind)
		if n.kind = uint8(kind); kind < 0 || kind >= len(Kinds) {
			c.r.Spoil()
			n.kind = 0
		}
		c.ownWord(&n.slug)
	})
	codeList(c, b.ownNames, func(n *ownName) {
		c.ownWord(&n.name)
		for _, p := range []*int32{&n.mentions, &n.first, &n.end} {
			k := int(*p)
			c.ints(&k)
			*p = int32(k)
		}
		var more moreNames
		if c.w != nil {
			more = n.others()
		}
		if some := len(more.aliases)+len(more.roles) > 0; c.flagged(some) {
			c.others(&more)
		}
		if c.r != nil {
			n.setOthers(more)
		}
	})
	for _, p := range []*Place{&b.place, &b.surveyed} {
		at, size, sum := int(p.At), int(p.Len), int(p.Sum)
		c.ints(&at, &size, &sum)
		*p = Place{int64(at), uint32(size), uint32(sum)}
	}
	c.diags(&d.diags)
}

// ownWord codes a string of ownWords.
func (c *coder) ownWord(n *int32) {
	if c.w != nil {
		c.w.String(ownWords.String(int(*n)))
		return
	}
	*n = int32(c.r.Numbered(ownWords.Number))
}

// The lists of a whole as they are written, one part after the other. One thing of one
// of them can be read without the others (see item).
const (
	speakersPart = iota
	quotationsPart
	statementsPart
	resolvedPart
	plannedPart
	unresolvedPart
	termsPart
	appearancesPart
	restPart
	allParts
)

// pack writes all the details of a briefing.
func (w *whole) pack(to *packed.Writer) { (&coder{w: to, b: w.b}).whole(w) }

// unpackWhole reads the details of a briefing; nil where they are not what pack
// wrote of it.
func unpackWhole(from *packed.Reader, b *Briefing) *whole {
	w := &whole{b: b}
	(&coder{r: from, b: b}).whole(w)
	within := func(list []int) bool {
		return !slices.ContainsFunc(list, func(i int) bool { return i < -1 || i >= len(w.appearances) })
	}
	if !from.Whole() || from.More() || len(w.appearances) != len(b.own) || !within(w.voices) || !within(w.terms) {
		return nil
	}
	return w
}

func (c *coder) whole(d *whole) {
	if c.w != nil {
		c.number = make(map[*Speaker]int, len(d.speakers))
		for i, s := range d.speakers {
			c.number[s] = i + 1
		}
	}
	for part := range allParts {
		c.part(func() {
			switch part {
			case speakersPart:
				k := 0
				codeItems(c, &d.speakers, func(s *Speaker) {
					c.source(s, nth(c, &d.voices, k))
					k++
				})
				c.speakers = d.speakers
			case quotationsPart:
				codeItems(c, &d.Quotations, c.quotation)
			case statementsPart:
				codeItems(c, &d.Statements, c.statement)
			case resolvedPart:
				codeItems(c, &d.Timeline.Resolved, c.entry)
			case plannedPart:
				codeItems(c, &d.Timeline.Planned, c.entry)
			case unresolvedPart:
				codeItems(c, &d.Timeline.Unresolved, c.entry)
			case termsPart:
				k := 0
				codeItems(c, &d.Terms, func(t *Term) {
					c.term(t, nth(c, &d.terms, k))
					k++
				})
			case appearancesPart:
				codeItems(c, &d.appearances, c.appearance)
			case restPart:
				codeList(c, &d.KeyPoints, func(k *KeyPoint) {
					c.some(&k.Text)
					c.passage(&k.Passage)
				})
				for _, list := range d.Sourcing.uses() {
					codeList(c, list, func(u *SourceUse) {
						c.speaker(&u.Speaker)
						c.ints(&u.Count)
					})
				}
			}
		})
	}
}

// nth is the place of element k of a list, which is added where it is read.
func nth(c *coder, list *[]int, k int) *int {
	if c.w == nil {
		*list = append(*list, 0)
	}
	return &(*list)[k]
}

// part codes what code codes as a part that can be passed over.
func (c *coder) part(code func()) {
	if c.w != nil {
		c.w.Part(code)
		return
	}
	all := c.r
	c.r = all.Part()
	code()
	if !c.r.Whole() || c.r.More() {
		all.Spoil()
	}
	c.r = all
}

// source codes a speaker, and which of the article's own entities it is; -1 for none.
func (c *coder) source(s *Speaker, local *int) {
	c.passage(&s.Passage)
	c.some(&s.Naming, &s.Cue, &s.Access, &s.Reason, &s.Via)
	c.ints(local)
}

func (c *coder) quotation(q *Quotation) {
	c.passage(&q.Passage)
	c.some(&q.Form)
	c.speaker(&q.Speaker)
	c.flag(&q.Continues)
	c.flag(&q.Denied)
	q.Language, q.Direction = c.b.Header.Language, c.b.Header.Direction
}

func (c *coder) statement(s *Statement) {
	c.passage(&s.Passage)
	c.some(&s.Stance)
	c.speaker(&s.Speaker)
}

func (c *coder) entry(e *TimelineEntry) {
	c.passage(&e.Passage)
	c.passage(&e.Sentence)
	c.some(&e.Value, &e.From, &e.To, &e.Anchor, &e.Why, &e.Realis, &e.tie)
	text(c, &e.Class)
	codeList(c, &e.Speakers, c.speaker)
}

// term codes a term, and which of the article's own entities it stands for; -1 for none.
func (c *coder) term(t *Term, local *int) {
	c.some(&t.Short, &t.Long)
	c.passage(&t.Passage)
	c.ints(local)
}

func (c *coder) appearance(a *Appearance) {
	a.Briefing = c.b
	c.ints(&a.Mentions, &a.Government, &a.Voice)
	c.passage(&a.First)
	codeList(c, &a.Names, func(n *Spelling) {
		c.some(&n.Text)
		c.ints(&n.Count)
		c.passage(&n.First)
	})
	codeList(c, &a.Roles, func(w *RoleWording) {
		c.some(&w.Text)
		c.passage(&w.Passage)
	})
}

// uses are the lists of sources of a summary.
func (s *Sourcing) uses() []*[]SourceUse {
	return []*[]SourceUse{&s.People, &s.Organizations, &s.Outlets, &s.Documents, &s.Unnamed, &s.Unresolved, &s.SecondHand, &s.Reasons}
}

func unpackDigest(from *packed.Reader, f *content.File) *digest {
	d := &digest{briefing: newBriefing(f)}
	(&coder{r: from}).digest(d, f.Meta)
	if len(d.briefing.own) != len(*d.briefing.ownNames) {
		from.Spoil()
	}
	return d
}

// speaker codes which of the digest's speakers one is; 0 for none.
func (c *coder) speaker(s **Speaker) {
	if c.w != nil {
		c.w.Int(c.number[*s])
		return
	}
	switch n := c.r.Int(); {
	case c.from != nil:
		*s = c.from.speaker(n)
	case n < 0 || n > len(c.speakers):
		c.r.Spoil()
	case n > 0:
		*s = c.speakers[n-1]
	}
}

func (c *coder) passage(p *Passage) {
	of := p.Briefing != nil
	c.flag(&of)
	if of && c.r != nil {
		p.Briefing = c.b
	}
	c.some(&p.ID, &p.Block, &p.Sentence)
	length := p.Span.End - p.Span.Start
	c.ints(&p.Span.Start, &length)
	p.Span.End = p.Span.Start + length
	c.some(&p.Text)
	if c.r != nil {
		if p.Text == c.last {
			p.Text = c.last
		} else {
			c.last = p.Text
		}
	}
}
