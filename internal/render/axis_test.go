package render

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"readout/internal/site"
)

func days(dates ...string) []dayRange {
	var out []dayRange
	for _, d := range dates {
		t, err := time.Parse("2006-01-02", d)
		if err != nil {
			panic(err)
		}
		out = append(out, dayRange{dayNumber(t), dayNumber(t)})
	}
	return out
}

// TestAxis counts the parts of lines of days.
func TestAxis(t *testing.T) {
	for _, c := range []struct {
		name  string
		dates []dayRange
		parts int
	}{
		{"even", days("2022-01-01", "2023-01-01", "2024-01-01"), 1},
		{"close", days("2024-05-01", "2024-05-02", "2024-05-09"), 1},
		{"one far back", days("1947-08-15", "2024-05-01", "2024-05-02", "2024-05-09"), 2},
		{"two crowds", days("1947-08-14", "1947-08-15", "1947-08-20", "2024-05-01", "2024-05-02", "2024-05-09"), 2},
		{"two far back", days("1947-08-15", "1990-01-01", "2024-05-01", "2024-05-02", "2024-05-09", "2024-05-10", "2024-05-12", "2024-06-01"), 3},
		{"far back and far ahead", days("1947-08-15", "2024-05-01", "2024-05-02", "2024-05-09", "2100-01-01"), 3},
		{"one day", days("2024-05-01", "2024-05-01", "2024-05-01"), 1},
	} {
		if a := newAxis(c.dates, 14, 666); len(a.parts) != c.parts {
			t.Errorf("%s: %d parts: %+v", c.name, len(a.parts), a.parts)
		}
	}
}

// TestAxisOrder draws random days: all lie on the line, in their order, and
// within its ends.
func TestAxisOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var ranges []dayRange
		for range 1 + rng.IntN(20) {
			from := rng.IntN(10)
			if rng.IntN(3) == 0 {
				from = rng.IntN(50_000) - 20_000
			}
			ranges = append(ranges, dayRange{from, from + rng.IntN(1+rng.IntN(400))})
		}
		a := newAxis(ranges, 14, 666)
		for _, r := range ranges {
			x0, ok0 := a.x(r.from)
			x1, ok1 := a.x(r.to)
			if !ok0 || !ok1 || x0 > x1 || x0 < 14-1e-6 || x1 > 666+1e-6 {
				t.Fatalf("%+v at %v %v of %+v", r, x0, x1, a)
			}
			for _, s := range ranges {
				if x, _ := a.x(s.from); s.from > r.from && x < x0 {
					t.Fatalf("%+v lies before %+v on %+v", s, r, a)
				}
			}
		}
		if n := len(a.parts); n > maxAxisCuts+1 {
			t.Fatalf("%d parts", n)
		}
	}
}

// TestSpread picks from long lists: the first, the last, none twice.
func TestSpread(t *testing.T) {
	for n := range 200 {
		d := dated{n, func(i int) *site.TimelineEntry { return &site.TimelineEntry{Value: strconv.Itoa(i)} }}
		var got []int
		for e := range d.spread(maxDots) {
			i, _ := strconv.Atoi(e.Value)
			got = append(got, i)
		}
		if len(got) != min(n, maxDots) || n > 0 && (got[0] != 0 || got[len(got)-1] != n-1) || !slices.IsSorted(got) || len(slices.Compact(got)) != min(n, maxDots) {
			t.Fatalf("%d: %v", n, got)
		}
	}
}
