// Package span has the one coordinate of this program: a half-open range of
// UTF-8 bytes in an immutable text.
//
// Every stage speaks in spans of the article's text. They are made once, when a
// thing is found, and carried along; nobody searches for text again.
package span

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// A Span is the half-open byte range [Start, End) of a text. A valid span lies
// inside its text and begins and ends on rune boundaries.
type Span struct {
	Start, End int
}

// New returns the span [start, end).
func New(start, end int) Span { return Span{start, end} }

// Len returns the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s covers no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// In returns the part of text that s covers.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// ContainsOffset reports whether the byte at offset i lies in s.
func (s Span) ContainsOffset(i int) bool { return s.Start <= i && i < s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Union returns the smallest span that covers both s and t.
func (s Span) Union(t Span) Span {
	return Span{min(s.Start, t.Start), max(s.End, t.End)}
}

// Compare orders spans by start, and of two that start together puts the longer
// one first, so that an outer span precedes what is nested in it.
func (s Span) Compare(t Span) int {
	switch {
	case s.Start != t.Start:
		return s.Start - t.Start
	default:
		return t.End - s.End
	}
}

// Valid reports whether s lies in text and both its ends are rune boundaries.
func (s Span) Valid(text string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) &&
		(s.Start == len(text) || utf8.RuneStart(text[s.Start])) &&
		(s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// String formats s as "start:end".
func (s Span) String() string { return fmt.Sprintf("%d:%d", s.Start, s.End) }

// MarshalJSON writes s as the array [start, end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads the array [start, end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var a [2]int
	if err := json.Unmarshal(b, &a); err != nil {
		return fmt.Errorf("span: want [start, end]: %w", err)
	}
	s.Start, s.End = a[0], a[1]
	return nil
}
