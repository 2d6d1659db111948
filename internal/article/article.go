// Package article is the second stage: it turns a decoded seed into an Article,
// the immutable text that everything after it speaks about, with its blocks and
// what is known about it as a whole.
//
// Text is settled here and nowhere later: afterwards nobody trims, folds or
// normalises it, and every span in the program is a byte range of Article.Text.
package article

import "readout/internal/span"

// An Article is one source document.
type Article struct {
	ID     string // the seed's path relative to the site, or the id given to annotate
	SHA256 string // digest of the seed's raw bytes; empty for annotate input
	Text   string // immutable, valid UTF-8
	Blocks []Block
	Meta   Meta
}

// Meta is what is known of an article as a whole. Nothing in it is guessed: a
// zero value means unknown.
type Meta struct {
	Title      string
	TitleBasis TitleBasis
	TitleSpan  span.Span // where the title stands in Text; empty when from metadata
	Dek        string
	Byline     []string
	Publisher  string
	URL        string
	Date       Date
	Language   string // BCP 47; empty when unknown
}

// TitleBasis says how the title is known.
type TitleBasis string

// A title is stated by the article, or derived from its lead.
const (
	TitleStated  TitleBasis = "stated"
	TitleDerived TitleBasis = "derived"
)

// Date is a publication date and how it is known.
type Date struct {
	Value string // ISO 8601: "2025-03-11", or with time; "" when unknown
	Basis DateBasis
}

// DateBasis says how a publication date is known.
type DateBasis string

// The bases of a date; the empty string means that the date is unknown.
const (
	DateStated   DateBasis = "stated"   // the article's own text says it
	DateMetadata DateBasis = "metadata" // the page, its front matter or its sidecar says it
	DateFilename DateBasis = "filename" // the file's name says it
)

// Role is the part a block plays in the article.
type Role string

// The roles of blocks.
const (
	Headline  Role = "headline"
	Dek       Role = "dek" // the line under the headline
	Byline    Role = "byline"
	Dateline  Role = "dateline" // a block that is only place and date
	Heading   Role = "heading"
	Paragraph Role = "paragraph"
	ListItem  Role = "list-item"
	Quotation Role = "quotation" // a block quotation
	Caption   Role = "caption"
	SetAside  Role = "set-aside" // shown with its reason, not analysed
)

// A Block is a stretch of the text with one role. Blocks are sorted, do not
// overlap, and hold every byte of the text that is not white space between two
// blocks.
type Block struct {
	Span   span.Span
	Role   Role
	Level  int    // 1…6 for a heading, nesting depth from 1 for a list item
	Reason string // why a block was set aside, in plain words
}

// Analysed reports whether the analyzers look at b.
func (b Block) Analysed() bool { return b.Role != SetAside }
