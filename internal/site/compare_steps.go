package site

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/steps.txt
var stepsFile string

// steps maps a participle to the number of the step that it tells, from 1.
var steps = sync.OnceValue(func() map[string]int {
	m, n := map[string]int{}, 0
	for row := range wordlist.Rows(stepsFile) {
		n++
		for w := range strings.FieldsSeq(row) {
			m[w] = n
		}
	}
	return m
})

// stepReach is how many words after those who are counted may say which step was taken:
// "Three managers of the mining company were questioned".
const stepReach = 10

// stepOf returns the step that those who are counted at s are told to have been the object
// of, 0 where none is: the first passive after them in their clause.
func (r *sideReport) stepOf(s span.Span) int {
	ts := r.rightWithin(s.End, stepBytes, stepReach)
	passive := false
	for i := range ts {
		t := &ts[i]
		if t.Kind != token.Word {
			return 0
		}
		switch t.Norm {
		case "was", "were", "been", "being", "be", "is", "are":
			passive = true
		case "who", "that", "which", "have", "has", "had", "also", "later", "then", "now", "already", "since", "all", "not", "never", "will", "would", "to", "formally", "briefly":
		default:
			if passive {
				return steps()[t.Norm]
			}
			if i == 0 && steps()[t.Norm] > 0 {
				return steps()[t.Norm] // "three managers questioned by police"
			}
			if finite(t.Norm) {
				return 0
			}
		}
	}
	return 0
}

// stepBytes is within how many bytes the words of stepReach stand.
const stepBytes = 120

// otherStep reports whether of those whom two figures count different steps are told:
// "three managers were questioned", "two were charged".
func (f *figure) otherStep(g *figure) bool {
	return f.step > 0 && g.step > 0 && f.step != g.step
}
