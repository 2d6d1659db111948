package entity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/analysis/analysistest"
	"readout/internal/annotation"
	"readout/internal/span"
)

// floors are the least exact F1 on testdata/quality, in percent. They may only
// rise.
var floors = map[string]float64{"person": 96, "organization": 83, "place": 92, "event": 99, "all": 91.5, "overlap": 94, "role": 91}

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

func (t tally) f1() float64 {
	if t.found+t.gold == 0 {
		return 100
	}
	return 200 * float64(t.right) / float64(t.found+t.gold)
}

func (t tally) String() string {
	return fmt.Sprintf("P %5.1f  R %5.1f  F1 %5.1f  (%d names)", 100*float64(t.right)/float64(max(t.found, 1)), 100*float64(t.right)/float64(max(t.gold, 1)), t.f1(), t.gold)
}

// TestQuality measures the names found in articles written for this test, from
// many parts of the world, and fails under the floor.
func TestQuality(t *testing.T) {
	files, err := filepath.Glob("testdata/quality/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no quality texts (%v)", err)
	}
	sums := map[string]*tally{}
	for name := range floors {
		sums[name] = &tally{}
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, gold := unmark(t, string(b))
		set := analysistest.Run(t, analysistest.Article(text, ""), analyzers...)
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
	for _, name := range []string{"person", "organization", "place", "event", "all", "overlap", "role"} {
		t.Logf("%-12s %v", name, sums[name])
		if f := sums[name].f1(); f < floors[name] {
			t.Errorf("%s: F1 %.1f is under the floor of %.1f", name, f, floors[name])
		}
	}
}

func BenchmarkAnalyzer(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
