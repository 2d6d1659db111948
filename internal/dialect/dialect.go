// Package dialect is the one format shared by the two halves of readout: the
// CommonMark dialect of the content files, in which annotations are Pandoc's
// bracketed spans, [text]{.class #id key="value"}, and the roles of blocks are
// Pandoc's fenced divs and header attributes.
//
// It has the types both sides speak in, the writer that package briefing uses
// and the goldmark extension that package content reads with. What is written
// and read back is the same, and the text stripped of its markup is the
// article's text byte for byte.
package dialect

import "readout/internal/span"

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
