package site

import (
	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
)

// A Block is one block of the annotated text as a page shows it. Its Inlines,
// their texts joined in order, are the block's text byte for byte.
type Block struct {
	ID      string // "p1", "h2", "a1", "headline"
	Role    article.Role
	Level   int
	Reason  string // why it was set aside
	Inlines []Inline
}

// InlineKind is what an Inline is.
type InlineKind uint8

// The kinds of Inline.
const (
	// Text has Text and nothing below it.
	TextInline InlineKind = iota
	// SentenceInline is a sentence: Class and Direct are set. It stands directly
	// in its block; sentences do not nest.
	SentenceInline
	// MarkInline is an annotation: Mark is its class in the content file.
	MarkInline
)

// An Inline is a node of the annotated text. A mark that crosses the end of a
// sentence is cut there: all its pieces but the first have Continued set, and
// no ID.
type Inline struct {
	Kind InlineKind

	Direct bool // of a sentence
	Elided bool // of a sentence whose text the site does not publish: its texts are empty

	Continued bool // of a mark that was cut: this is not its first piece

	Text     string // of a text node
	ID       string // of the element; "" when it has none
	Children []Inline
	Class    Class // of a sentence

	// Note is the number of the note whose marker follows this element; 0 for
	// none. A cut mark has it on its last piece.
	Note int

	*Marking // never nil; empty but for marks
}

// A Marking is what a mark says of its words.
type Marking struct {
	Mark    dialect.Class
	Entity  *Entity  // whom a mention, source or quotation stands for
	Role    string   // of a mention, as worded
	Speaker *Speaker // of a quotation, statement or source
	Form    string   // of a quotation: "direct", "mixed", "scare"
	Stance  string   // of a statement
	Value   string   // of a time: ISO 8601 or TIMEX3; "" when unresolved
	Machine string   // of a time: Value where HTML's <time datetime> takes it, else ""
	Realis  string   // of an event mention
	// Label says in plain words what the mark says: "quotation, Jane Roe".
	Label string
}

// noMark is the marking of text and sentences, which most elements are.
var noMark = &Marking{}

// NoteKind is the kind of a note.
type NoteKind string

// The kinds of note.
const (
	NoteNamed        NoteKind = "named-source"
	NoteBody         NoteKind = "body-source"
	NoteUnnamed      NoteKind = "unnamed-source"
	NoteUnclear      NoteKind = "unclear-source" // a pronoun of which it is not known whom it means
	NoteUnattributed NoteKind = "unattributed"
	NoteUnread       NoteKind = "unread" // nobody looked for its source
	NoteScare        NoteKind = "scare-quote"
	NoteUnresolved   NoteKind = "unresolved-time"
	NoteTime         NoteKind = "resolved-time" // a relative time and its date
	NoteTerm         NoteKind = "term"
	NoteDiffers      NoteKind = "differs" // another report says otherwise
)

// Label names the kind for a reader: "named source".
func (k NoteKind) Label(l *label.Set) string { return l.Text("note.kind." + string(k)) }

// A Note says of some words on whose word they rest, or what is not known of
// them. Notes are numbered through the text from 1.
type Note struct {
	Number  int
	ID      string // of the note: "note-3"
	RefID   string // of its marker in the text: "ref-3"
	Kind    NoteKind
	Passage Passage // the words it is about
	Text    string  // one or two plain sentences
	// Edited reports that an editor made or changed the mark it is about, or its
	// source.
	Edited  bool
	Speaker *Speaker
	Entity  *Entity   // of a term
	Others  []Passage // what else it leads to: the other report's words
	// Fragment is a URL of the article with a text fragment that leads to the
	// words on the publisher's page; "" when the article's URL is not known.
	Fragment string
}

// An Annotation is one mark of the text by itself: what it says, without what
// stands in it, and its words.
type Annotation struct {
	Inline
	Passage Passage
}
