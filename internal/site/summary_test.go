package site

import (
	"fmt"
	"testing"

	"readout/internal/label"
)

// Of many sources of a story those are named that say most.
func TestManySources(t *testing.T) {
	uses := func(n int) []SourceUse {
		list := make([]SourceUse, n)
		for i := range list {
			list[i] = SourceUse{Speaker: &Speaker{Entity: &Entity{Name: fmt.Sprint("V", i)}}, Count: 1}
		}
		list[n-1].Count = 5
		return list
	}
	l := label.English()
	if got, want := useMost(l, uses(12)), "V0, V1, V2, V3, V4, V5, V6, V7, V8, V9, V10 and V11"; got != want {
		t.Errorf("of 12: %q, want %q", got, want)
	}
	if got, want := useMost(l, uses(55)), "V54, V0, V1, V2, V3, V4, V5, V6 and 47 more"; got != want {
		t.Errorf("of 55: %q, want %q", got, want)
	}
}
