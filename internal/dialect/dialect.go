// Package dialect is the one format shared by the two halves of readout: the
// CommonMark dialect of the content files, in which annotations are Pandoc's
// bracketed spans, [text]{.class #id key="value"}, and the roles of blocks are
// Pandoc's fenced divs and header attributes.
//
// Its central type is Document: a text without markup, its blocks and its
// marks. Write makes annotated text of one, Read makes a Document of annotated
// text again, and Extension is the goldmark extension that Read parses with and
// that the editor's own Markdown may use too. What is written and read back is
// the same, and the text stripped of its markup is the article's text byte for
// byte.
package dialect

import (
	"strconv"

	"readout/internal/span"
)

// A Document is an annotated text: the text without markup, and what the markup
// says of it.
type Document struct {
	Text   string  // valid UTF-8; on reading, blocks are joined by an empty line
	Blocks []Block // sorted, not overlapping
	Marks  []Mark  // properly nested, outer before inner, in text order
}

// A Block is one block of a Document.
type Block struct {
	// Role is one of the roles of package article: "headline", "dek", "byline",
	// "dateline", "heading", "paragraph", "list-item", "quotation", "caption",
	// "set-aside".
	Role   string
	Level  int    // 1…6 for a heading, nesting depth from 1 for a list item
	Reason string // why it was set aside
	Span   span.Span
	Line   int // 1-based line in the file; 0 when not read from a file
}

// A Class is the kind of a mark: the first class of a bracketed span.
type Class string

// The span vocabulary of the content format.
const (
	Person       Class = "person"
	Organization Class = "organization"
	Place        Class = "place"
	Event        Class = "event"
	Quote        Class = "quote"
	Statement    Class = "statement"
	Source       Class = "source"
	Cue          Class = "cue"
	Time         Class = "time"
	Quantity     Class = "quantity"
	Term         Class = "term"
	EventMention Class = "event-mention"
)

// An Attr is one key="value" of a mark.
type Attr struct{ Key, Value string }

// A Mark is one bracketed span over a text.
type Mark struct {
	Span  span.Span // bytes of the text without markup
	Class Class
	ID    string // without "#"; "" when none
	Attrs []Attr // in the order written
	// Line and Column say where the mark's "[" stands in the content file,
	// 1-based, the column in code points; 0 when not read from a file.
	Line, Column int
}

// Get returns the value of the attribute key, or "".
func (m Mark) Get(key string) string {
	for _, a := range m.Attrs {
		if a.Key == key {
			return a.Value
		}
	}
	return ""
}

// BlockIDs returns the ids of blocks, which follow from their roles and order
// and are written nowhere: "p1", "p2"… for paragraphs, list items, quotations
// and captions, "h1"… for headings, "a1"… for text set aside, and "headline",
// "dek", "byline", "dateline", from the second of a kind on "dek-2".
func BlockIDs(blocks []Block) []string {
	count := map[string]int{}
	ids := make([]string, len(blocks))
	for i, b := range blocks {
		kind := "p"
		switch b.Role {
		case "heading":
			kind = "h"
		case "set-aside":
			kind = "a"
		case "headline", "dek", "byline", "dateline":
			kind = b.Role
		}
		count[kind]++
		switch n := strconv.Itoa(count[kind]); {
		case len(kind) == 1:
			ids[i] = kind + n
		case count[kind] == 1:
			ids[i] = kind
		default:
			ids[i] = kind + "-" + n
		}
	}
	return ids
}
