package quality_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/span"
)

// A goldName is one name marked in a quality text.
type goldName struct {
	span span.Span
	typ  annotation.EntityType
	role string
}

var goldTypes = map[string]annotation.EntityType{
	"per": annotation.Person, "org": annotation.Organization, "place": annotation.Place, "event": annotation.Event,
}

// unmark takes the markup "[per Jane Roe|role]" out of a text.
func unmark(tb testing.TB, marked string) (text string, names []goldName) {
	tb.Helper()
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(marked, "[")
		b.WriteString(before)
		if !ok {
			return b.String(), names
		}
		inner, after, ok := strings.Cut(rest, "]")
		kind, name, ok2 := strings.Cut(inner, " ")
		typ, ok3 := goldTypes[kind]
		if !ok || !ok2 || !ok3 {
			tb.Fatalf("markup [%s] is wrong", inner)
		}
		name, role, _ := strings.Cut(name, "|")
		start := b.Len()
		b.WriteString(name)
		names = append(names, goldName{span.New(start, b.Len()), typ, role})
		marked = after
	}
}

// A tally counts what was right, found and there.
type tally struct{ right, found, gold int }

func (t tally) f1() float64 { return quality.F1(t.right, t.found, t.gold) }

// names measures the names found in articles written for this table, from many
// parts of the world.
func names(t *testing.T, _ func(quality.Doc) *annotation.Set) []quality.Row {
	files, err := filepath.Glob("testdata/names/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no quality texts (%v)", err)
	}
	sums := map[string]*tally{}
	for _, name := range []string{"person", "organization", "place", "event", "all", "overlap", "role"} {
		sums[name] = &tally{}
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, gold := unmark(t, string(b))
		set := plain(t, text)
		for _, g := range gold {
			sums[string(g.typ)].gold++
			sums["all"].gold++
			sums["overlap"].gold++
		}
		for _, m := range set.Mentions {
			sums[string(m.Type)].found++
			sums["all"].found++
			sums["overlap"].found++
			overlap, exact := false, false
			for _, g := range gold {
				if g.typ != m.Type || !g.span.Overlaps(m.Span) {
					continue
				}
				overlap = true
				exact = exact || g.span == m.Span
				if g.span == m.Span && m.Type == annotation.Person && (g.role != "" || !m.Role.Empty()) {
					if g.role != "" {
						sums["role"].gold++
					}
					if !m.Role.Empty() {
						sums["role"].found++
						if m.Role.In(text) == g.role {
							sums["role"].right++
						} else {
							t.Logf("%s: %q has the role %q, want %q", filepath.Base(file), m.Span.In(text), m.Role.In(text), g.role)
						}
					}
				}
			}
			if exact {
				sums[string(m.Type)].right++
				sums["all"].right++
			} else {
				t.Logf("%s: %s %q is not in the gold (%s)", filepath.Base(file), m.Type, m.Span.In(text), m.Rule)
			}
			if overlap {
				sums["overlap"].right++
			}
		}
		for _, g := range gold {
			missed := true
			for _, m := range set.Mentions {
				missed = missed && (m.Span != g.span || m.Type != g.typ)
			}
			if missed {
				t.Logf("%s: %s %q is missed", filepath.Base(file), g.typ, g.span.In(text))
			}
		}
	}
	row := func(measure, sum string, value, floor float64) quality.Row {
		return quality.Row{What: "names, invented", Measure: measure, Value: value, Floor: floor, N: sums[sum].gold}
	}
	return []quality.Row{
		row("all, exact F1", "all", sums["all"].f1(), 91.5),
		row("all, overlap F1", "overlap", sums["overlap"].f1(), 94),
		row("people, exact F1", "person", sums["person"].f1(), 96),
		row("people, precision", "person", quality.Share(sums["person"].right, sums["person"].found), 93),
		row("organizations, exact F1", "organization", sums["organization"].f1(), 83),
		row("places, exact F1", "place", sums["place"].f1(), 92),
		row("events, exact F1", "event", sums["event"].f1(), 99),
		row("roles, exact F1", "role", sums["role"].f1(), 91),
	}
}

// namedEvents measures the names of operations, exercises and meetings found in
// sentences written for it, half of them traps. The other names count not at all.
func namedEvents(t *testing.T, _ func(quality.Doc) *annotation.Set) []quality.Row {
	first, second := eventTally(t, "testdata/named-events.txt"), eventTally(t, "testdata/named-events-2.txt")
	return []quality.Row{
		{What: "events by name, invented", Measure: "exact F1", Value: first.f1(), Floor: 93, N: first.gold},
		{What: "events by name, second set", Measure: "exact F1", Value: second.f1(), Floor: 85, N: second.gold},
	}
}

// eventTally counts the events of the sentences of a file.
func eventTally(t *testing.T, file string) (sum tally) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, gold := unmark(t, line)
		sum.gold += len(gold)
		hit := make(map[span.Span]bool, len(gold))
		for _, m := range plain(t, text).Mentions {
			if m.Type != annotation.Event {
				continue
			}
			sum.found++
			for _, g := range gold {
				if g.span == m.Span {
					sum.right++
					hit[g.span] = true
				}
			}
			if !hit[m.Span] {
				t.Logf("event %q is not in the gold: %s (%s)", m.Span.In(text), text, m.Rule)
			}
		}
		for _, g := range gold {
			if !hit[g.span] {
				t.Logf("event %q is missed: %s", g.span.In(text), text)
			}
		}
	}
	return sum
}
