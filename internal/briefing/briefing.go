// Package briefing is the fourth stage: it makes of what was found in one
// article the Briefing that is written to content/briefings/<slug>.md, and
// merges it with what an editor has made of that file since.
//
// Compose turns an annotation.Set into a Briefing, Briefing.Markdown is its
// file, Merge keeps the edits. What is written here is read by package content;
// the format itself is package dialect's.
package briefing

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"readout/internal/annotation"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
)

// A Briefing is one article as it is written to its content file.
type Briefing struct {
	Meta      frontmatter.Meta
	KeyPoints []KeyPoint
	Document  dialect.Document // the article's text, its blocks and its marks
}

// A KeyPoint is a verbatim part of the text and the block it stands in.
type KeyPoint struct {
	Text   string
	Target string // id of the block: "p1"
}

// maxKeyPoint is the greatest length in bytes of a key point: what is longer sums
// up nothing.
const maxKeyPoint = 2000

// Compose makes the briefing of an annotated article. slug is its name; see
// Slugs.
func Compose(set *annotation.Set, slug string) *Briefing {
	art := set.Article
	b := &Briefing{
		Meta: frontmatter.Meta{
			Title: art.Meta.Title, Slug: slug, Dek: art.Meta.Dek, Byline: art.Meta.Byline,
			Publisher: art.Meta.Publisher, URL: art.Meta.URL,
			Date: art.Meta.Date.Value, DateBasis: string(art.Meta.Date.Basis), Language: art.Meta.Language,
			Article: frontmatter.Article{Path: art.ID, SHA256: art.SHA256},
		},
		Document: dialect.Document{Text: art.Text},
	}
	if art.Meta.TitleBasis == "derived" {
		b.Meta.TitleBasis = "derived"
	}
	plausible(&b.Meta)
	// The words of the article go before what its page says.
	if set.Language.Tag != "und" && set.Language.Tag != "" {
		b.Meta.Language = set.Language.Tag
	}
	for _, block := range art.Blocks {
		if block.Span.Empty() {
			continue
		}
		b.Document.Blocks = append(b.Document.Blocks, dialect.Block{
			Role: string(block.Role), Level: block.Level, Reason: block.Reason, Span: block.Span,
		})
	}
	b.Document.Marks = marks(set, b.Document.Blocks)
	ids := dialect.BlockIDs(b.Document.Blocks)
	for _, p := range set.KeyPoints {
		for i, block := range b.Document.Blocks {
			text := strings.TrimSpace(p.Span.In(art.Text))
			if block.Span.Contains(p.Span) && text != "" && len(text) <= maxKeyPoint {
				b.KeyPoints = append(b.KeyPoints, KeyPoint{Text: text, Target: ids[i]})
				break
			}
		}
	}
	return b
}

// plausible takes out of the metadata of a page what no reader could use, and
// what its content file may not have: it is data from strangers.
func plausible(m *frontmatter.Meta) {
	const most = 2000 // bytes
	cut := func(s string) string {
		s = strings.ToValidUTF8(s, "\ufffd")
		if len(s) > most {
			s = strings.ToValidUTF8(s[:most], "")
		}
		return s
	}
	m.Title, m.Dek, m.Publisher, m.Language = cut(m.Title), cut(m.Dek), cut(m.Publisher), cut(m.Language)
	if strings.TrimSpace(m.Title) == "" {
		m.Title, m.TitleBasis = m.Slug, "derived"
	}
	if len(m.URL) > most || !frontmatter.ValidURL(m.URL) || !utf8.ValidString(m.URL) {
		m.URL = ""
	}
	if !frontmatter.ValidDate(m.Date) || m.DateBasis == "" {
		m.Date, m.DateBasis = "", ""
	}
	var byline []string
	for _, name := range m.Byline {
		if name = cut(name); strings.TrimSpace(name) != "" && len(byline) < 100 {
			byline = append(byline, name)
		}
	}
	m.Byline = byline
}

// Markdown returns the content file of b.
func (b *Briefing) Markdown() ([]byte, error) {
	text, err := dialect.Write(b.Document)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Write(frontmatter.Write(b.Meta))
	if len(b.KeyPoints) > 0 {
		out.WriteString("\n## Key points\n\n")
		for _, p := range b.KeyPoints {
			out.WriteString(keyPointLine(p))
		}
	}
	out.WriteString("\n## Annotated text\n\n")
	out.Write(text)
	return out.Bytes(), nil
}

func keyPointLine(p KeyPoint) string {
	return "- " + dialect.Inline(p.Text, "  ") + " [" + linkLabel(p.Target) + "](#" + p.Target + ")\n"
}

// linkLabel is what a link to a block shows.
func linkLabel(id string) string {
	if n, ok := strings.CutPrefix(id, "p"); ok {
		return "¶" + n
	}
	return id
}
