package site

import "readout/internal/content"

// A Story is one event told by several reports, or a storyline of several
// events.
type Story struct {
	Slug  string
	Path  string // "stories/<slug>.html"
	Title string
	// Storyline tells a storyline, whose reports are of different events, from
	// one event. Reports of a storyline are never said to differ.
	Storyline bool
	Members   []*Briefing // in order of date, oldest first; undated last
	Events    []*Story    // of a storyline: its events that have a page
	Within    []*Story    // of an event: the storylines it belongs to
	// Reposts are members that repeat another member's text: not a second
	// voice.
	Reposts  []Repost
	Moved    []string // former paths, each of which leads here
	Overview string   // CommonMark: the editor's words; "" when none
	Line     int      // of Overview in File
	File     string   // the editor's file; "" when none

	*StoryDetails

	file *content.Story // the file it was read from; nil when none
	// added are members that its file lacks, by slug; absorbed are stories that
	// have become one with this one.
	added    []string
	absorbed []*Story
	// gone are members in its file, which nobody edited, that are no more.
	gone []string
	// faulty tells that a member is left out for a fault of its own.
	faulty bool
}

// StoryDetails are what the page of a story alone shows. Those of a Site's stories
// are nil: Site.Filled makes them.
type StoryDetails struct {
	Agreements []Agreement
	Dimensions []Dimension
	Compared   Compared // what there was to compare
	// Of a storyline: its events one after the other, who and what recurs in
	// them, and what is told otherwise from one to another.
	Stages    []*Stage
	Recurring []Recurring
	Changes   []Dimension
	Timeline  Timeline
	People    Matrix
	Meetings  []Meeting
	Sourcing  StorySourcing
}

// Link leads to the story's page.
func (s *Story) Link() Link { return Link{Path: s.Path} }

// A Repost is a report that repeats another.
type Repost struct {
	Briefing, Of *Briefing
	Share        int // per cent of its words that stand in the other
	// Changes are the sentences that it words otherwise, has added or left out: by
	// place in the copy, then what it left out.
	Changes []Change
}

// A Change is a sentence of a report and what a copy of it made of it.
type Change struct {
	Of, Copy Passage // the sentences; one of them has no Briefing where there is none
	// Parts are the words of both in order, with what is between them.
	Parts []ChangePart
}

// A ChangePart is a run of words.
type ChangePart struct {
	Text        string
	Gone, Added bool // only in the original, only in the copy; in both when neither
}

// An Agreement is something at least two reports of separate origin say.
type Agreement struct {
	Kind string // "time", "figure", "place", "participant", "role", …
	Text string // what they agree on, in plain words around verbatim ones
	// Cells cites each report.
	Cells []Cell
	// Voices counts the reports that rest on a word of their own: two that have
	// it from one outlet or from one person are one voice. It is 0 where nothing
	// is claimed, as of who is named.
	Voices int
	// Shared says what several of them rest on: "both rest on the word of …".
	Shared []string

	words  string      // what is agreed on, as one report words it
	joined []*Briefing // those that tell it within a sentence of something else
}

// A Dimension is one row of the table dimension × report. It has a cell for
// each member of the story, in their order; a report that says nothing has an
// empty one.
type Dimension struct {
	Kind  string // "figure", "time", "place", "participant", "role", "spelling", "status", "denial", "detail", "wording"
	Label string // "people killed", in the language of the site
	// Key is that of the label that says what a row of figures compares,
	// "dimension.of.killed"; "" for another row. Nouns are the articles' own words
	// for what is counted or for what it is told of, which Label quotes.
	Key     string
	Nouns   []string
	Differs bool // at least two reports of separate origin give different values
	// Update reports that the later of two differing reports comes from the
	// outlet of the earlier: it is a correction, no difference.
	Update bool
	Cells  []Cell
}

// A Cell is what one report says in one dimension.
type Cell struct {
	Briefing *Briefing
	Values   []string  // as worded
	Passages []Passage // as many as Values: where each stands
	// Copied reports that a copy has no value of its own but its original's words.
	Copied bool
	// Stance is how an agreement's report tells it: "alleged", "expected",
	// "denied", "hinted"; "stated" where it is told as a fact and another report
	// has one of those; "" where none has.
	Stance string
}

// A Matrix shows which of the story's people appear in which report.
type Matrix struct {
	Reports []*Briefing
	Rows    []MatrixRow
}

// A MatrixRow is one person (or body) over the reports.
type MatrixRow struct {
	Entity *Entity
	Cells  []*Appearance // one a report; nil where it does not appear
}

// A Meeting is two entities that met, by one passage.
type Meeting struct {
	A, B    *Entity
	Realis  string // "occurred", "scheduled", "expected", …
	Passage Passage
	Where   *Entity // nil when not said
}

// StorySourcing is the sourcing of a whole story. Reposts do not count.
type StorySourcing struct {
	Sentences SentenceCounts
	Voices    []SourceUse // named people, each once
	Bodies    []SourceUse // organizations, outlets, documents, each once
	Unnamed   int         // statements on unnamed sources
	Origins   int         // reports that are no reposts
	Statement []string
}
