package entity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/wordlist"
)

//go:embed data/short.txt
var shortData string

// fullNames are the given names that a short form may stand for: "ted" for
// "edward" and "theodore".
var fullNames = sync.OnceValue(func() map[string][]string {
	of := map[string][]string{}
	for full, short := range wordlist.Named(shortData) {
		for w := range strings.FieldsSeq(short) {
			of[w] = append(of[w], full)
		}
	}
	return of
})

// sameGiven reports whether two given names, folded, may be one: "josh" and
// "joshua", "bob" and "rob".
func sameGiven(a, b string) bool {
	if a == b {
		return true
	}
	full := fullNames()
	fa, fb := full[a], full[b]
	return slices.Contains(fa, b) || slices.Contains(fb, a) || slices.ContainsFunc(fa, func(w string) bool { return slices.Contains(fb, w) })
}

// shortGiven reports whether two full names differ in a short form of the given
// name alone: "Josh Apte" and "Joshua Apte", "Joe Biden" and "Joseph R. Biden".
func shortGiven(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	n, m := len(a), len(b)
	return n >= 2 && a[0] != b[0] && a[n-1] == b[m-1] && (n == 2 || slices.Equal(a[1:], b[1:])) && m-n <= 1 && sameGiven(a[0], b[0])
}
