package story

import (
	"slices"
	"strconv"

	"readout/internal/token"
)

// Where a text that looks back says so: within how many words of its beginning, and how many
// years back at least.
const (
	lookBackWords = 70
	lookBackYears = 2
)

// recalling are words by which a text says that it looks back.
var recalling = map[string]bool{
	"anniversary": true, "anniversaries": true, "commemorate": true, "commemorates": true, "commemorated": true, "commemoration": true, "commemorations": true,
	"memorial": true, "remembrance": true, "remembered": true, "remembers": true, "recalled": true, "centenary": true, "retrospective": true,
}

// recalled returns the year on whose event a text looks back; 0 for one that does not: it opens
// with the year, "In 1974 a ferry sank", or says that the event is recalled, "50 years since".
func recalled(date string, title, text []token.Token) int {
	if len(date) < 4 {
		return 0
	}
	now, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	yearOf := func(t *token.Token) int {
		if t.Kind != token.Number || len(t.Norm) != 4 {
			return 0
		}
		if y, err := strconv.Atoi(t.Norm); err == nil && y >= 1000 && y <= now-lookBackYears {
			return y
		}
		return 0
	}
	lead := text[:min(len(text), lookBackWords)]
	if len(lead) > 5 && (lead[0].Norm == "in" || lead[0].Norm == "on") {
		for i := range lead[1:5] {
			if y := yearOf(&lead[1+i]); y > 0 {
				return y
			}
		}
	}
	if !recalls(title) && !recalls(lead) {
		return 0
	}
	for _, ts := range [][]token.Token{title, lead} {
		for i := range ts {
			if y := yearOf(&ts[i]); y > 0 {
				return y
			}
		}
	}
	return 0
}

// recalls reports whether words say that something of years ago is recalled.
func recalls(ts []token.Token) bool {
	return slices.ContainsFunc(ts, func(t token.Token) bool { return recalling[t.Norm] }) || yearsSince(ts)
}

// yearsSince reports whether words count the years since something: "50 years since", "half a
// century on", "fifty years after".
func yearsSince(ts []token.Token) bool {
	for i := 0; i+1 < len(ts); i++ {
		switch ts[i].Norm {
		case "years", "decades", "century":
			if n := ts[i+1].Norm; n == "since" || n == "on" || n == "after" || n == "ago" {
				return true
			}
		}
	}
	return false
}
