package story

import (
	"strings"

	"readout/internal/token"
)

// Limits of what is taken for a round-up: paragraphs that count, how many there
// must be, and the share of the words that no one matter may have in it.
const (
	itemWords    = 6
	leastItems   = 3
	oneMatter    = 0.5
	tellingPrior = 0.06 // how likely a word may be in an ordinary article to tie two paragraphs
)

// roundUp reports whether a text tells of several matters that have nothing to
// do with one another, a paragraph each under a label of its own: the week in
// brief. It reports no one event. Paragraphs are of one matter where they share
// a telling word.
func roundUp(text string) bool {
	if !strings.ContainsAny(text, ":–—") {
		return false // there are no labels
	}
	var terms []map[string]bool
	var sizes []int
	total := 0
	labels := map[string]bool{}
	for line := range strings.Lines(text) {
		own, n := map[string]bool{}, 0
		for _, t := range token.Scan(line) {
			if t.Kind != token.Word {
				continue
			}
			n++
			if s := stem(t.Norm); len(s) > 3 && prior(s, t.Norm) < tellingPrior {
				own[s] = true
			}
		}
		if n < itemWords {
			continue
		}
		if l := label(line); l != "" {
			labels[l] = true
		}
		terms, sizes = append(terms, own), append(sizes, n)
		total += n
	}
	if len(labels) < leastItems || 2*len(labels) <= len(terms) || len(terms) > 60 {
		return false
	}
	group := make([]int, len(terms))
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	for i := range terms {
		group[i] = i
		for j := range i {
			for t := range terms[i] {
				if terms[j][t] {
					group[root(i)] = root(j)
					break
				}
			}
		}
	}
	most := 0
	words := map[int]int{}
	for i, n := range sizes {
		words[root(i)] += n
		most = max(most, words[root(i)])
	}
	return float64(most) <= oneMatter*float64(total)
}

// label returns what stands before the colon or dash at the start of a
// paragraph, "" where that is no label of a few words.
func label(paragraph string) string {
	const most = 4
	ts := token.Scan(paragraph)
	for i, t := range ts {
		switch {
		case t.Kind == token.Word && (i > 0 || t.Is(token.Initial)):
			if i == most {
				return ""
			}
		case i > 0 && (paragraph[t.Span.Start:t.Span.End] == ":" || paragraph[t.Span.Start:t.Span.End] == "–" || paragraph[t.Span.Start:t.Span.End] == "—"):
			return paragraph[:t.Span.Start]
		default:
			return ""
		}
	}
	return ""
}
