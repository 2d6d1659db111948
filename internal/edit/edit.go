// Package edit has what an editor changed in a briefing, as a reader is told of
// it. Package briefing finds it out, which has what was generated; package site
// shows it. Its central type is Edit. It is a leaf.
package edit

import "readout/internal/dialect"

// A Change is what became of something.
type Change string

// The changes of an Edit.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// A Kind is what was changed.
type Kind string

// The kinds of Edits.
const (
	Key      Kind = "key" // of the front matter
	KeyPoint Kind = "key point"
	Block    Kind = "block"
	Mark     Kind = "mark"
	Section  Kind = "section" // of the editor's own
)

// An Edit is one thing that an editor changed in a briefing since it was
// generated.
type Edit struct {
	Kind   Kind
	Change Change
	// Unit is a key of the front matter, the heading of a section, or
	// "key-point-2".
	Unit  string
	Block string // of a block or a mark: the id of its block in the edited file; "" where that is gone
	// Line and Column say where it stands in the edited file; 0 where it does
	// not. A mark's are those that a dialect.Document gives it.
	Line, Column int
	Class        dialect.Class // of a mark
	Words        string        // of a mark those it covers, of a block its text
	Was, Now     string        // of what was changed: how it differs; of a key or a key point its values
}
