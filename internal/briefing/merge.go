package briefing

import "bytes"

// BasePath returns where the base of the briefing slug is kept: the bytes that
// were last generated for it. It is a plain copy, so that git stores it once for
// as long as nobody edits the briefing, and merges it like the briefing.
func BasePath(slug string) string { return "content/.base/" + slug + ".md" }

// A Conflict is one thing that both the editor and the new generation changed,
// or an edit that has no place any more. The editor's version stays in the file.
type Conflict struct {
	Kind  string // "file", "front matter", "section", "key point", "block", "mark", "orphan"
	Where string // which one: a key, a heading, a block's id
	Line  int    // 1-based line in the edited file; 0 when it has none
	// The three versions, as they stand in the files; "" where there is none.
	Base, Edited, Generated string
}

// Merge merges what an editor made of a briefing with what is generated now.
// base is what was generated last; nil when that is not known. Edits are kept:
// where both changed the same thing, merged has the editor's version and
// conflicts the proposal. Without a base every difference is taken for an edit.
func Merge(base, edited, generated []byte) (merged []byte, conflicts []Conflict) {
	switch {
	case edited == nil, bytes.Equal(edited, generated), base != nil && bytes.Equal(edited, base):
		return generated, nil
	case base != nil && bytes.Equal(generated, base):
		return edited, nil
	}
	return edited, []Conflict{{Kind: "file", Line: 1, Base: string(base), Edited: string(edited), Generated: string(generated)}}
}
