package stable_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"readout/internal/stable"
)

// TestSort holds that Sort does what slices.SortStableFunc does.
func TestSort(t *testing.T) {
	type pair struct{ key, place int }
	compare := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		x := make([]pair, n)
		for i := range x {
			x[i] = pair{r.IntN(1 + n/3), i}
		}
		want := slices.Clone(x)
		slices.SortStableFunc(want, compare)
		for range 2 { // the second time it is in order
			stable.Sort(x, compare)
			if !slices.Equal(x, want) {
				t.Fatalf("sorted %v, want %v", x, want)
			}
		}
	}
}
