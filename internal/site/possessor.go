package site

import (
	"strings"

	"readout/internal/span"
)

// Possessor reports whether a name within the words of a source says to whom or
// what the source belongs, and not who it is: "Roth's lawyer", "the widow of Eva
// Roth", "the governor appointed by Eva Roth".
func Possessor(text string, source, name span.Span) bool {
	if !source.Contains(name) || source == name {
		return false
	}
	after := text[name.End:source.End]
	for _, mark := range []string{"'s", "’s", "' ", "’ "} {
		if strings.HasPrefix(after, mark) && len(after) > len(mark) {
			return true
		}
	}
	before := strings.Fields(text[source.Start:name.Start])
	if n := len(before); n > 0 && before[n-1] == "the" {
		before = before[:n-1]
	}
	if len(before) == 0 {
		return false
	}
	switch before[len(before)-1] {
	case "of", "by", "for", "to", "with", "from", "under", "against", "about", "after", "before", "behind", "near":
		return true
	}
	return false
}
