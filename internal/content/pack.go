package content

import (
	"crypto/sha256"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/packed"
	"readout/internal/span"
)

// A briefing is asked for several times while pages are made: for its own page, and
// for those of its stories. To parse its file each time would take many times what
// it takes to read what was found in it.

// Pack writes f to a plain writer, but for its path, its digest and what an editor
// changed. TestPack tells of a field that is not written here.
func (f *File) Pack(w *packed.Writer) {
	c := &coder{w: w}
	c.file(f)
}

// Unpack reads what Pack wrote of the file with the given path and digest of its
// bytes, and reports whether it was there.
func Unpack(r *packed.Reader, file string, sum [sha256.Size]byte) (*File, bool) {
	f := &File{Path: file, Sum: sum}
	c := &coder{r: r}
	c.file(f)
	return f, r.Whole()
}

// A coder writes values where it has a writer, and else reads them: what is
// written and what is read is said once.
type coder struct {
	w *packed.Writer
	r *packed.Reader
}

// words are the strings that are most common in marks; others stand for themselves.
var words = [...]string{
	"", string(dialect.Person), string(dialect.Organization), string(dialect.Place), string(dialect.Event), string(dialect.Quote),
	string(dialect.Statement), string(dialect.Source), string(dialect.Cue), string(dialect.Time), string(dialect.Quantity),
	string(dialect.Term), string(dialect.EventMention), string(article.Paragraph), string(article.Headline), "by", "ref", "role", "naming",
	"named", "organization", "described", "value", "unit", "of", "realis", "occurred", "at", "anchor", "form", "stance", "unresolved", "sure", "no",
}

// numbers has the number of each of words.
var numbers = func() map[string]uint64 {
	m := map[string]uint64{}
	for i, w := range words {
		m[w] = uint64(i)
	}
	return m
}()

// word codes a string that is often one of words.
func word[T ~string](c *coder, p *T) {
	if c.w != nil {
		n, ok := numbers[string(*p)]
		if !ok {
			n = uint64(len(words))
		}
		c.w.Uint(n)
		if !ok {
			c.w.String(string(*p))
		}
		return
	}
	switch n := c.r.Uint(); {
	case n < uint64(len(words)):
		*p = T(words[n])
	default:
		*p = T(c.r.String())
	}
}

func (c *coder) texts(list ...*string) {
	for _, p := range list {
		if c.w != nil {
			c.w.String(*p)
		} else {
			*p = c.r.String()
		}
	}
}

func (c *coder) int(p *int) {
	if c.w != nil {
		c.w.Int(*p)
	} else {
		*p = c.r.Int()
	}
}

// span codes a span that begins after last or little before it.
func (c *coder) span(p *span.Span, last int) {
	from, length := p.Start-last, p.Len()
	c.int(&from)
	c.int(&length)
	*p = span.Span{Start: last + from, End: last + from + length}
}

// count codes how many things follow.
func (c *coder) count(n int) int {
	if c.w != nil {
		c.w.Uint(uint64(n))
		return n
	}
	return c.r.Count()
}

// list codes a list; one without elements is nil.
func list[T any](c *coder, p *[]T, each func(*T)) {
	n := c.count(len(*p))
	if c.r != nil && n > 0 {
		*p = make([]T, n)
	}
	for i := range *p {
		each(&(*p)[i])
	}
}

func (c *coder) file(f *File) {
	m := &f.Meta
	c.texts(&m.Title, &m.TitleBasis, &m.Slug, &m.Dek, &m.Publisher, &m.URL, &m.Date, &m.DateBasis, &m.Language, &m.Article.Path, &m.Article.SHA256)
	list(c, &m.Byline, func(s *string) { c.texts(s) })
	list(c, &f.KeyPoints, func(k *KeyPoint) {
		c.texts(&k.Text, &k.Target)
		c.int(&k.Line)
	})
	c.texts(&f.Text)
	last := 0
	list(c, &f.Blocks, func(b *Block) {
		c.texts(&b.ID, &b.Reason)
		word(c, &b.Role)
		c.int(&b.Level)
		c.int(&b.Line)
		c.span(&b.Span, last)
		last = b.Span.End
	})
	c.marks(f)
	list(c, &f.Sections, func(s *Section) {
		c.texts(&s.Title, &s.Source)
		c.int(&s.Line)
		c.int(&s.First)
	})
	last = 0
	list(c, &f.Sentences, func(s *Sentence) {
		c.span(&s.Span, last)
		c.int(&s.Block)
		last = s.Span.End
	})
	if c.w != nil {
		c.w.Bool(f.Compared)
	} else {
		f.Compared = c.r.Bool()
	}
}

// marks codes the marks, whose attributes lie in one list.
func (c *coder) marks(f *File) {
	n := 0
	for i := range f.Marks {
		n += len(f.Marks[i].Attrs)
	}
	n = c.count(n)
	var all []dialect.Attr
	if c.r != nil {
		all = make([]dialect.Attr, 0, n)
	}
	last, line := 0, 0
	list(c, &f.Marks, func(m *dialect.Mark) {
		c.span(&m.Span, last)
		word(c, &m.Class)
		word(c, &m.ID)
		down := m.Line - line
		c.int(&down)
		m.Line = line + down
		c.int(&m.Column)
		last, line = m.Span.Start, m.Line
		attrs := c.count(len(m.Attrs))
		if c.r != nil && attrs > 0 {
			if attrs > cap(all)-len(all) {
				c.r.Spoil()
				return
			}
			all = all[:len(all)+attrs]
			m.Attrs = all[len(all)-attrs:][:attrs:attrs]
		}
		for k := range m.Attrs {
			word(c, &m.Attrs[k].Key)
			word(c, &m.Attrs[k].Value)
		}
	})
}
