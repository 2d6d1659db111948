package entity

import (
	"strings"
	"testing"
)

// TestShortGiven tells which full names may be one person's.
func TestShortGiven(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"josh apte", "joshua apte", true},
		{"joe biden", "joseph r biden", true},
		{"bob dole", "rob dole", true},
		{"chris evans", "christopher evans", true},
		{"joshua apte", "joshua apte", false}, // nothing short about it
		{"josh apte", "joshua lee", false},
		{"dan brown", "dana brown", false},
		{"bill clinton", "hillary clinton", false},
		{"josh", "joshua", false},
	} {
		if got := shortGiven(strings.Fields(c.a), strings.Fields(c.b)); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}
