package review

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/rules.txt
var rulesFile string

var rules = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(rulesFile) {
		if name, what, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); ok && !strings.HasPrefix(line, "#") {
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
