package render

import (
	"fmt"
	"strings"
	"testing"

	"readout/templates"
)

// BenchmarkRender makes all pages of a site of 200 briefings and reports the
// time for one briefing, its share of the lists and entity pages included.
func BenchmarkRender(b *testing.B) {
	const briefings = 200
	files := map[string]string{}
	for i := range briefings {
		var body strings.Builder
		for p := range 12 {
			n := i*7 + p
			fmt.Fprintf(&body, "[The Ministry Of %d]{.organization} in [City%d]{.place} went on with its work on the road that nobody had asked for. [\"We shall see it through to the end,\"]{.quote by=s%d} [said]{.cue} [Person%d Longname]{.source #s%d naming=named}, who has seen many such roads and few of them finished.\n\n", n%90, n%120, p, n%200, p)
		}
		files[fmt.Sprintf("content/briefings/b%d.md", i)] = briefingFile(fmt.Sprintf("b%d", i), fmt.Sprintf("Briefing number %d", i), "", body.String())
	}
	s, load := gatherFiles(b, files)
	var written int
	b.ReportAllocs()
	for b.Loop() {
		written = 0
		if _, err := Render(s, templates.FS, load, func(_ string, data []byte) error { written += len(data); return nil }, Options{Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*briefings), "µs/briefing")
	b.ReportMetric(float64(written)/briefings, "B/briefing")
}
