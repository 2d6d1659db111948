package article

import (
	"strings"

	"readout/internal/seed"
	"readout/internal/span"
)

// A piece is one block of a source that has markup, as text: what Markdown or a
// page says of its role is kept.
type piece struct {
	text  string
	role  Role // "" where the markup says nothing but that it is a block
	level int
	apart bool // all of it is emphasised
}

// fromPieces makes an Article whose text is the pieces with a blank line
// between them.
func fromPieces(id string, pieces []piece, meta Meta) *Article {
	var b strings.Builder
	var list []draft
	for _, p := range pieces {
		t := strings.TrimSpace(strings.ToValidUTF8(p.text, "\uFFFD"))
		if t == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		d := draft{
			Block: Block{Span: span.New(b.Len(), b.Len()+len(t)), Role: Paragraph, Level: p.level},
			lines: 1, gap: true, after: true, fixed: p.role != "" && p.role != Paragraph, apart: p.apart,
		}
		if d.fixed {
			d.Role = p.role
		}
		if d.Role != Heading && d.Role != ListItem {
			d.Level = 0
		}
		b.WriteString(t)
		list = append(list, d)
	}
	a := &Article{ID: id, Text: b.String(), Meta: meta}
	s := structure{text: a.Text, meta: &a.Meta, drafts: splitCredits(a.Text, list)}
	s.measure()
	s.rules()
	s.credits()
	s.captions()
	s.aside()
	s.firstHeading()
	s.head()
	s.credit()
	s.title()
	a.Blocks = s.blocks()
	return a
}

// firstHeading makes the headline of a heading that stands before all prose.
func (s *structure) firstHeading() {
	for i := range s.drafts {
		d := &s.drafts[i]
		switch {
		case d.Role == Heading && d.Level <= 2:
			s.fix(i, Headline)
			d.Level = 0
			s.takeTitle(i)
			return
		case s.prose[i] && d.Role != SetAside && d.Role != Caption, d.Role == ListItem, d.Role == Heading, d.Role == Headline:
			return
		}
	}
}

// fromParts makes an Article of a document that has blocks of its own.
func fromParts(f *seed.File, side known) *Article {
	side.dropFuture()
	pieces := make([]piece, 0, len(f.Parts))
	for _, p := range f.Parts {
		level := p.Level
		if p.Kind == seed.Title {
			level = 1
		}
		pieces = append(pieces, piece{text: p.Text, role: partRoles[p.Kind], level: level})
	}
	return fromPieces(f.Path, pieces, side.Meta)
}

var partRoles = map[seed.PartKind]Role{
	seed.Title: Heading, seed.Heading: Heading, seed.ListItem: ListItem, seed.Quoted: Quotation,
}
