// Package annotation is the third stage's result: what the analyzers found in
// one Article, as byte spans on its text. A Set is made by package analysis and
// read by package briefing and by the command's annotate; nothing changes it
// afterwards.
//
// The terms are the field's own. An Attribution has a Source, a Cue and a
// Content, as in the PARC and PolNeAR corpora; Naming follows the sourcing
// classes of ICD 206; a TimeExpr follows TIMEX3.
package annotation

import (
	"readout/internal/article"
	"readout/internal/span"
)

// A Set is all that is known about one Article. Each slice is sorted by span.
// Spans are valid in Article.Text, and mentions do not overlap one another.
type Set struct {
	Article *article.Article

	Language     Language
	Sentences    []Sentence
	Mentions     []Mention
	Entities     []Entity // sorted by first mention
	References   []Reference
	Attributions []Attribution
	Times        []TimeExpr
	Quantities   []Quantity
	Terms        []Term
	Events       []EventMention
	KeyPoints    []KeyPoint // in order of reading
}

// Language is the language of the article and whether it was analysed. Only
// English is: for any other language a Set holds sentences, quotation marks
// and figures alone.
type Language struct {
	Tag      string // BCP 47; "und" when not recognised
	Analysed bool
	// Foreign lists the blocks of an analysed article that are in another language, by
	// index in Article.Blocks: they are not analysed.
	Foreign []int
}

// A Sentence is one sentence of one block. Its span has no white space at its
// ends and does not cross a block.
type Sentence struct {
	Span  span.Span
	Block int // index in Article.Blocks
	Rule  string
}

// EntityType is the kind of thing a mention names.
type EntityType string

// The types of entity.
const (
	Person       EntityType = "person"
	Organization EntityType = "organization"
	Place        EntityType = "place"
	Event        EntityType = "event" // named operations and conferences
)

// A Mention is one place where an entity is named by (a part of) its name.
type Mention struct {
	Span span.Span // the name alone: no title, no role, no possessive
	Type EntityType
	Key  string // key of the Entity it belongs to
	// Role is the role as the article words it here ("acting foreign
	// minister"); empty when no role stands beside this mention.
	Role span.Span
	// Government reports that a capital or country stands for its government.
	Government bool
	Rule       string
}

// An Entity is one person, organization, place or event of this article.
type Entity struct {
	Key  string // slug of Name; unique within the article
	Name string // the fullest form in the text, verbatim
	Type EntityType
	// First is the mention the Name comes from.
	First span.Span
}

// A Reference is a pronoun or noun phrase ("the minister") that stands for an
// entity without naming it.
type Reference struct {
	Span span.Span
	Key  string
	Rule string
}

// Form is how the content of an attribution is given.
type Form string

// The forms of attributed content.
const (
	Direct   Form = "direct"   // a whole quotation, its words between marks
	Mixed    Form = "mixed"    // reported, with a part between marks
	Indirect Form = "indirect" // reported without marks
	Scare    Form = "scare"    // marks at a distance: nobody is quoted
)

// Naming is how a source is named.
type Naming string

// The classes of naming, by how much a reader learns of the source.
const (
	Named       Naming = "named"        // a person, also by pronoun
	Institution Naming = "organization" // a body that speaks
	Outlet      Naming = "outlet"       // another news outlet
	Document    Naming = "document"     // a report, law, statement
	RoleOnly    Naming = "role-only"    // "a spokesman"
	Described   Naming = "described"    // "an insider familiar with the talks"
	Bare        Naming = "bare"         // "sources"
	Collective  Naming = "collective"   // "critics", "residents"
)

// Stance is what the source does with reported content.
type Stance string

// The stances.
const (
	Asserts Stance = "asserts"
	Denies  Stance = "denies"
	Alleges Stance = "alleges"
	Expects Stance = "expects"
	Hints   Stance = "hints"
)

// An Attribution is content that rests on somebody's word. Source and Cue are
// empty when the article does not give them; they are never guessed.
type Attribution struct {
	Form Form
	// Content covers all of the content: for a direct quotation the words
	// between the marks, from the first part to the last.
	Content span.Span
	// Parts are the pieces of a quotation interrupted by its attribution or
	// carried over several paragraphs; nil when Content is one piece.
	Parts []span.Span
	// Marked is Content (or each part) with its quotation marks; nil for
	// indirect content. It has as many elements as there are parts; for mixed
	// content, where Content is all that is reported, it holds each piece
	// between marks inside it.
	Marked []span.Span
	Source span.Span // the nearest words naming who said it
	Key    string    // the entity Source resolves to; "" when none
	Cue    span.Span // the words that attribute: "said", "according to"
	Naming Naming    // "" when there is no source
	Access span.Span // how the source knows: "familiar with the discussions"
	Reason span.Span // why it is unnamed: "on condition of anonymity"
	Via    span.Span // through whom or what: "X", "CNN-News18", "a statement"
	Stance Stance    // "" for scare quotes
	// Sure is false where a reviewer should look first.
	Sure bool
	Rule string
}

// TimeType is the TIMEX3 type of a time expression.
type TimeType string

// The TIMEX3 types.
const (
	DateType     TimeType = "DATE"
	TimeOfDay    TimeType = "TIME"
	DurationType TimeType = "DURATION"
	SetType      TimeType = "SET"
)

// A TimeExpr is one time expression. Value is empty exactly when Unresolved
// says why: a value is never guessed.
type TimeExpr struct {
	Span       span.Span
	Type       TimeType
	Value      string // ISO 8601 or TIMEX3: "2024-07-01", "2024-Q3", "P3D"
	Unresolved string // "publication date unknown", …
	Anchor     string // what a relative expression was resolved against: an ISO date
	Rule       string
}

// A Quantity is a figure with what it counts.
type Quantity struct {
	Span  span.Span // figure and unit
	Value float64
	Unit  string // "people", "USD", "km", "%"
	Of    string // what it is a figure of: "killed"
	Rule  string
}

// A Term is the place where an abbreviation is defined.
type Term struct {
	Short, Long span.Span
	Rule        string
}

// Realis says whether an event is told as a fact.
type Realis string

// The values of Realis.
const (
	Occurred     Realis = "occurred"
	Scheduled    Realis = "scheduled"
	Expected     Realis = "expected"
	Hypothetical Realis = "hypothetical"
	Negated      Realis = "negated"
)

// An EventMention is the predicate of something that happened or will.
type EventMention struct {
	Span   span.Span
	Realis Realis
	Time   int // index in Set.Times of the time it is tied to; -1 when none
	Rule   string
}

// A KeyPoint is a verbatim sentence or clause that sums up the article.
type KeyPoint struct {
	Span  span.Span
	Block int // index in Article.Blocks
	Rule  string
}
