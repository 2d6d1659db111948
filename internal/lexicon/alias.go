package lexicon

import (
	"strings"
	"sync"
)

var aliases = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range lines("alias") {
		full, others, _ := strings.Cut(line, "\t")
		for _, o := range strings.Split(others, "|") {
			m[o] = full
		}
	}
	return m
})

// Alias returns the full name of a country or body that every reader knows by
// a shorter one. Names are in lower case without stops.
func Alias(name string) (full string, ok bool) {
	full, ok = aliases()[name]
	return full, ok
}
