// Package stable sorts slices, keeping what is equal in order. It is a leaf.
//
// slices.SortStableFunc is compiled anew for each type of element, which takes some
// 8 kB of the program each time; what is here is compiled once. It is for lists that
// are short or mostly in order already, as annotations are.
package stable

import (
	"slices"
	"sort"
)

// Sort sorts x by cmp, which returns a number below 0 where a comes before b, above 0
// where it comes after, and 0 where they stay as they are. What is in order already
// costs one comparison for each element and nothing more.
func Sort[E any](x []E, cmp func(a, b E) int) {
	if !slices.IsSortedFunc(x, cmp) {
		sort.SliceStable(x, func(i, j int) bool { return cmp(x[i], x[j]) < 0 })
	}
}
