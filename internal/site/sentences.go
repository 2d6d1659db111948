package site

import (
	"unicode"
	"unicode/utf8"

	"readout/internal/span"
)

// splitSentences returns the sentences of one block's text: without white space
// at their ends, in order, not overlapping.
func splitSentences(text string) []span.Span {
	var out []span.Span
	start := -1
	end := 0
	stop := false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if stop && start >= 0 {
				out = append(out, span.New(start, end))
				start, stop = -1, false
			}
			continue
		case r == '.' || r == '!' || r == '?':
			stop = true
		case r == '"' || r == '”' || r == '’' || r == ')':
		default:
			stop = false
		}
		if start < 0 {
			start = i
		}
		end = i + utf8.RuneLen(r)
	}
	if start >= 0 {
		out = append(out, span.New(start, end))
	}
	return out
}
