package review

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/wordlist"
)

//go:embed data/rules.txt
var rulesFile string

var rules = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for row := range wordlist.Rows(rulesFile) {
		if name, what, ok := strings.Cut(row, "\t"); ok {
			m[name] = what
		}
	}
	return m
})

// tell writes a rule with what it reads.
func tell(rule string) string {
	if what := rules()[rule]; what != "" {
		return "rule " + rule + ": " + what
	}
	return "rule " + rule
}
