// Package content is the fifth stage: it reads the Markdown files of content/,
// the single source of truth of what is published. Its type for a briefing is
// File; nothing of the first half (seeds, articles, analysis) is needed to read
// one.
package content

import (
	"crypto/sha256"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/edit"
	"readout/internal/frontmatter"
	"readout/internal/span"
)

// A File is one briefing, read from content/briefings/<slug>.md.
type File struct {
	Path      string // slash-separated, relative to the site
	Meta      frontmatter.Meta
	KeyPoints []KeyPoint
	Text      string // the annotated text with its markup taken away
	Blocks    []Block
	Marks     []dialect.Mark // properly nested, outer before inner, in text order
	Sections  []Section      // the editor's own headings, in order
	// Sentences are those of the text, which the file does not mark, where they were
	// found when it was read; else nil.
	Sentences []Sentence
	// Edits are what an editor changed since the file was generated. They are
	// known only where Compared is set: by whoever has the base at hand.
	Edits    []edit.Edit
	Compared bool
	// Sum is the digest of the file it was read from.
	Sum [sha256.Size]byte
}

// A KeyPoint is one item of the section "Key points".
type KeyPoint struct {
	Text   string // without its link
	Target string // id of the block it leads to: "p1"
	Line   int    // 1-based line in the file
}

// A Block is one block of the annotated text. Its ID counts the blocks of its
// kind: "p1"… for paragraphs, list items, quotations and captions, "h1"… for
// headings, "a1"… for text set aside, and "headline", "dek", "byline",
// "dateline".
type Block struct {
	ID     string
	Role   article.Role
	Level  int
	Reason string // why it was set aside
	Span   span.Span
	Line   int // 1-based line in the file
}

// A Sentence is one sentence of one block.
type Sentence struct {
	Span  span.Span
	Block int // index in File.Blocks
}

// A Section is a heading of the editor's own and what stands below it.
type Section struct {
	Title  string
	Source string // CommonMark, verbatim from the file
	Line   int    // 1-based, of the heading
	First  int    // 1-based, of Source
}
