package site

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/story"
	"readout/internal/token"
)

//go:embed data/irregular.txt
var irregularFile string

//go:embed data/synonyms.txt
var synonymsFile string

// bases maps forms of irregular verbs to their base.
var bases = sync.OnceValue(func() map[string]string { return firstOfLine(irregularFile) })

// synonyms maps the terms of words that news uses for the same to the term of
// the first of them.
var synonyms = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for word, first := range firstOfLine(synonymsFile) {
		for t := range story.Terms(word) {
			for f := range story.Terms(first) {
				if m[t] == "" {
					m[t] = f
				}
			}
		}
	}
	return m
})

// firstOfLine maps each word of a line to the first one.
func firstOfLine(file string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(file) {
		ws := strings.Fields(line)
		if len(ws) < 2 || ws[0] == "#" {
			continue
		}
		for _, w := range ws {
			if m[w] == "" {
				m[w] = ws[0]
			}
		}
	}
	return m
}

// baseTerms returns the terms of a text, those of irregular verbs by their base
// and those of words that are used for the same by one of them.
func baseTerms(text string) map[string]float64 {
	var b strings.Builder
	for _, t := range token.Scan(text) {
		if t.Kind != token.Word && t.Kind != token.Number {
			continue
		}
		w := t.Span.In(text)
		if base, ok := bases()[t.Norm]; ok {
			w = base
		}
		b.WriteString(w)
		b.WriteByte(' ')
	}
	out := map[string]float64{}
	for t, w := range story.Terms(b.String()) {
		if s, ok := synonyms()[t]; ok {
			t = s
		}
		out[t] = max(out[t], w)
	}
	return out
}
