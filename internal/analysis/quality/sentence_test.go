package quality_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"readout/internal/analysis/quality"
	"readout/internal/annotation"
	"readout/internal/span"
)

// sentences: on news the boundaries inside a line, which a splitter must find by
// itself; on the hard cases whole sentences. Offsets count the bytes that are no
// white space, so that trimming does not matter.
func sentences(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	var hits, found, gold int
	for _, d := range load(t, "gum-news.jsonl") {
		at := solid(d.Text)
		free := map[int]bool{} // line ends, and ends after a word: not counted
		for i, r := range d.Text {
			if r == '\n' {
				free[at[i]] = true
			}
		}
		for _, s := range d.Sentences {
			if r, _ := utf8.DecodeLastRuneInString(d.Text[:s.End]); unicode.IsLetter(r) || unicode.IsDigit(r) {
				free[at[s.End]] = true
			}
		}
		want := map[int]bool{}
		for _, s := range d.Sentences {
			if e := at[s.End]; !free[e] && e != at[len(d.Text)] {
				want[e] = true
			}
		}
		gold += len(want)
		for _, s := range run(d).Sentences {
			if e := at[s.Span.End]; !free[e] && e != at[len(d.Text)] {
				found++
				if want[e] {
					hits++
				}
			}
		}
	}
	news := quality.Row{What: "sentences, news", Measure: "inner F1", Value: quality.F1(hits, found, gold), Floor: 98.5, N: gold}
	hits, found, gold = 0, 0, 0
	for _, d := range load(t, "golden-rules.jsonl") {
		at := solid(d.Text)
		want := map[span.Span]bool{}
		for _, s := range d.Sentences {
			want[span.New(at[s.Start], at[s.End])] = true
		}
		gold += len(want)
		for _, s := range run(d).Sentences {
			found++
			if want[span.New(at[s.Span.Start], at[s.Span.End])] {
				hits++
			}
		}
	}
	return []quality.Row{news, {What: "sentences, golden rules", Measure: "whole sentences, F1", Value: quality.F1(hits, found, gold), Floor: 95, N: gold}}
}

// solid returns for each offset of text how many bytes before it are no white
// space.
func solid(text string) []int {
	at := make([]int, len(text)+1)
	n := 0
	for i := range len(text) {
		at[i] = n
		switch text[i] {
		case ' ', '\t', '\r', '\n':
		default:
			n++
		}
	}
	at[len(text)] = n
	return at
}
