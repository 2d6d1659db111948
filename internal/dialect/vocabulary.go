package dialect

import (
	"slices"
	"strings"
)

// Limits of the format, far above what is written; package limit has those on
// what is read, which can be raised. Beyond them a file is reported rather than
// parsed, so that reading stays linear.
const (
	MaxDepth    = 24       // spans inside one another
	maxAttrs    = 24       // attributes of one span
	maxAttrLen  = 16 << 10 // bytes of one attribute list
	maxProblems = 50       // faults reported of one block
	maxReports  = 200      // faults reported of one text
	maxNesting  = 12       // lists and quotations inside one another
)

// roles are the block roles written as fenced divs, and which of them may only
// be written so.
var divRoles = []string{"headline", "dek", "byline", "dateline", "caption", "set-aside", "paragraph", "list-item", "quotation", "heading"}

// vocabulary lists the attributes of each class. A nil list of values means
// any value.
var vocabulary = map[Class]map[string][]string{
	Person:       {"ref": nil, "role": nil},
	Organization: {"ref": nil, "role": nil, "sense": {"government"}},
	Place:        {"ref": nil, "role": nil, "sense": {"government"}},
	Event:        {"ref": nil, "role": nil},
	Quote: {
		"by": nil, "ref": nil, "continues": nil, "sure": {"no"}, "stance": stances,
		"form": {"mixed", "scare"},
	},
	Statement: {"by": nil, "ref": nil, "continues": nil, "sure": {"no"}, "stance": stances},
	Source: {
		"ref": nil, "access": nil, "reason": nil, "via": nil,
		"naming": {"named", "organization", "outlet", "document", "role-only", "described", "bare", "collective"},
	},
	Cue:          {},
	Time:         {"value": nil, "unresolved": nil, "anchor": nil, "type": {"DATE", "TIME", "DURATION", "SET"}},
	Quantity:     {"value": nil, "unit": nil, "of": nil},
	Term:         {"short": nil, "long": nil},
	EventMention: {"at": nil, "realis": {"occurred", "scheduled", "expected", "hypothetical", "negated"}},
}

var stances = []string{"asserts", "denies", "alleges", "expects", "hints"}

// Classes returns the classes of the span vocabulary, sorted.
func Classes() []Class {
	var cs []Class
	for c := range vocabulary {
		cs = append(cs, c)
	}
	slices.Sort(cs)
	return cs
}

// Known reports whether c belongs to the span vocabulary.
func (c Class) Known() bool { return vocabulary[c] != nil }

// Attributes returns the names of the attributes that c may have, sorted.
func (c Class) Attributes() []string {
	var names []string
	for name := range vocabulary[c] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// nearest returns the candidate closest to word by spelling, or "" when none
// is close.
func nearest(word string, candidates []string) string {
	best, bestDistance := "", 1+len(word)/2
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), c); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is the edit distance of two short words; long ones count as far.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 1 << 10
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
