package site

import (
	"fmt"
	"slices"
	"testing"
)

// TestElsewhere counts what the page of a report says of a name in others.
func TestElsewhere(t *testing.T) {
	days := []string{"2025-03-11", "2025-03-11", "2025-03-10", "2025-03", "2025", "2024-12-31", "2024", "", ""}
	s := &Site{}
	e := &Entity{site: s}
	for i, d := range days {
		b := &Briefing{Slug: fmt.Sprint(i), order: int32(i)}
		b.Header.Date.Value = d
		b.pinned = &Details{Quotations: []*Quotation{{Passage: Passage{Briefing: b}}}}
		s.Briefings = append(s.Briefings, b)
		e.in = append(e.in, position{order: int32(i)})
		e.quoted = append(e.quoted, quoted{position{order: int32(i)}, true})
	}
	for i, want := range []Elsewhere{
		{Briefings: 3, Earlier: true},
		{Briefings: 3, Earlier: true},
		{Briefings: 2, Earlier: true},
		{Briefings: 2, Earlier: true},
		{Briefings: 2, Earlier: true},
		{Earlier: true},
		{Earlier: true},
		{Briefings: 8},
		{Briefings: 8},
	} {
		b := s.Briefings[i]
		got := e.Elsewhere(b)
		last := got.Last
		got.Last = nil
		if got != want {
			t.Errorf("%q: %+v, want %+v", days[i], got, want)
		}
		// The newest that is certainly earlier; to a report without a date, the newest.
		k := slices.IndexFunc(days, func(d string) bool { return before(d, days[i]) })
		if days[i] == "" {
			k = 0
		}
		if (last == nil) != (k < 0) || last != nil && last.Passage.Briefing != s.Briefings[k] {
			t.Errorf("%q: last words %+v", days[i], last)
		}
	}
}

// TestMoreThan wants a rough number to be no more than the number, and to be exact
// where that is small.
func TestMoreThan(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: 1, 10: 10, 11: 10, 20: 10, 21: 20, 50: 20, 51: 50, 100: 50, 101: 100, 5001: 5000} {
		if got, more := moreThan(n); got != want || more != (n > 10) {
			t.Errorf("%d: %d, %v", n, got, more)
		}
	}
}
