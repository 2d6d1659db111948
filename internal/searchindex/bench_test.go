package searchindex

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkIndex makes the index of 1,000 articles of 600 words, three names
// each, and counts its bytes.
func BenchmarkIndex(b *testing.B) {
	const n = 1000
	docs := make([]Doc, n)
	for i := range docs {
		d := Doc{Path: fmt.Sprintf("briefings/b-%d.html", i), Title: fmt.Sprintf("Report number %d on the harbour", i), Meta: "Courier", Facets: []string{"kind:briefing", "publisher:Courier", fmt.Sprintf("person:Jane Roe %d", i%200)}}
		for p := range 12 {
			var text strings.Builder
			for w := range 50 {
				// A vocabulary of which some words are common and most are rare.
				k := (i*7919 + p*104729 + w*1299709) % 100_003
				fmt.Fprintf(&text, "w%d ", k%(1+k%9973))
			}
			d.Blocks = append(d.Blocks, Block{ID: fmt.Sprintf("p%d", p+1), Text: text.String()})
		}
		docs[i] = d
	}
	b.ReportAllocs()
	for b.Loop() {
		written := 0
		x := New(upTo(n), "search", func(_ string, data []byte) error { written += len(data); return nil })
		for i, d := range docs {
			x.Add(i, d)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(written)/n, "B/doc")
	}
}
