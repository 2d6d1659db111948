package briefing

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"readout/internal/dialect"
)

// BasePath returns where the base of the briefing slug is kept: the bytes that
// were last generated for it. It is a plain copy, so that git stores it once for
// as long as nobody edits the briefing, and merges it like the briefing.
func BasePath(slug string) string { return "content/.base/" + slug + ".md" }

// Kinds of Conflict.
const (
	FileConflict        = "file"
	FrontMatterConflict = "front matter"
	SectionConflict     = "section"
	KeyPointConflict    = "key point"
	BlockConflict       = "block"
	MarkConflict        = "mark"
	// Orphan is an edit whose passage the article no longer has.
	Orphan = "orphan"
)

// A Conflict is one thing that both the editor and the new generation changed,
// or an edit whose place the generation no longer has. The editor's version
// stays in the file.
type Conflict struct {
	Kind string
	// Unit is what Take takes to settle it: a key of the front matter, the id of
	// a block (for a mark that of its block), "key-point-2", or a section's
	// heading after "## ". It counts as in the merged file. "" is the whole file.
	Unit string
	Line int // 1-based line in the edited file; 0 when it has none
	// The three versions, as they stand in the files; "" where there is none.
	Base, Edited, Generated string

	held string // the unit as it counts in the base
}

// Merge merges what an editor made of a briefing with what is generated now.
// base is what was generated last; nil when that is not known. Whatever the
// editor changed stays, word for word: a value of the front matter, a key point,
// a block, a mark, an attribute, a section. Whatever only the generation changed
// is taken. Where both changed the same thing, merged has the editor's version
// and conflicts the proposal.
//
// Without a base every difference is taken for an edit, and reported as one
// conflict about the file. The same holds when one of the three cannot be read.
func Merge(base, edited, generated []byte) (merged []byte, conflicts []Conflict) {
	if edited == nil {
		return generated, nil
	}
	windows := bytes.Contains(edited, []byte("\r\n"))
	b, e, g := unix(base), unix(edited), unix(generated)
	switch {
	case bytes.Equal(e, g):
		return edited, nil
	case base != nil && bytes.Equal(e, b):
		return generated, nil
	case base != nil && bytes.Equal(g, b):
		return edited, nil
	}
	m := merger{}
	out, ok := m.files(b, e, g)
	if base == nil || !ok || !keepsWords(b, e, out) {
		return edited, []Conflict{{Kind: FileConflict, Line: 1, Base: string(base), Edited: string(edited), Generated: string(generated)}}
	}
	if windows {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	return out, m.conflicts
}

// Take returns the edited file with the given units (see Conflict) as they are
// generated; without units, the generated file. A unit that the generation does
// not have is taken away.
func Take(edited, generated []byte, units ...string) ([]byte, error) {
	if len(units) == 0 {
		return generated, nil
	}
	e, g := unix(edited), unix(generated)
	v, ok := open(e)
	w, okg := open(g)
	if !ok || !okg {
		return nil, fmt.Errorf("the file has faults: put them right first, or take the whole file")
	}
	known := map[string]bool{}
	for _, x := range slices.Concat(v.front, w.front) {
		known[x.key] = true
	}
	for _, s := range v.sections {
		known["## "+s.Title] = s.Title != "" && s.Title != dialect.KeyPointsTitle && s.Title != dialect.AnnotatedTitle
	}
	for i := range points(v) {
		known[keyPointUnit(i+1)] = true
	}
	for _, id := range dialect.BlockIDs(v.doc.Blocks) {
		known[id] = true
	}
	m := merger{take: map[string]bool{}}
	for _, u := range units {
		if !known[u] {
			return nil, fmt.Errorf("no %q in the file", u)
		}
		m.take[u] = true
	}
	out, ok := m.files(g, e, g)
	if !ok {
		return nil, fmt.Errorf("without %s there would be no text left", strings.Join(units, ", "))
	}
	return out, nil
}

// NextBase returns the base for the next merge of a briefing whose conflicts are
// not settled yet: what is generated, with the old base wherever there is a
// conflict. With it a merge finds the same conflicts again, and takes for edits
// only what an editor wrote.
func NextBase(base, generated []byte, conflicts []Conflict) []byte {
	if len(conflicts) == 0 {
		return generated
	}
	m := merger{hold: map[string]bool{}}
	for _, c := range conflicts {
		if c.Kind == FileConflict {
			return base
		}
		m.hold[c.held] = c.held != ""
	}
	b, g := unix(base), unix(generated)
	if out, ok := m.files(b, b, g); ok {
		return out
	}
	return base
}

func unix(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }

// keepsWords is the last line of defence: it reports whether each word that the
// editor added is in merged. Merge takes nothing on trust: where it does not
// hold, the file stays as the editor left it.
func keepsWords(base, edited, merged []byte) bool {
	need := map[string]int{}
	count := func(s string, by int) {
		for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !wordRune(r) }) {
			need[w] += by
		}
	}
	count(string(edited), 1)
	count(string(base), -1)
	for w, n := range need {
		if n <= 0 {
			delete(need, w)
		}
	}
	if len(need) == 0 {
		return true
	}
	have := map[string]bool{}
	for w := range strings.FieldsFuncSeq(string(merged), func(r rune) bool { return !wordRune(r) }) {
		have[w] = true
	}
	for w := range need {
		if !have[w] && !reference.MatchString(w) {
			return false
		}
	}
	return true
}

// reference matches what is numbered anew: ids of marks and blocks.
var reference = regexp.MustCompile(`^[a-z]?\d+$`)

// A merger collects the conflicts of one file.
type merger struct {
	conflicts []Conflict
	take      map[string]bool // units that give way to the generated ones
	hold      map[string]bool // units that stay although nobody edited them
}

func (m *merger) conflict(c Conflict) { m.conflicts = append(m.conflicts, c) }
