package site

import (
	"fmt"
	"runtime"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
)

// BenchmarkGatherer measures what a site costs to gather, and what is held of
// each briefing afterwards, as the archive grows.
func BenchmarkGatherer(b *testing.B) {
	for _, n := range []int{300, 1000, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			a := corpusgen.New(corpusgen.Options{Articles: n, Seed: 1})
			for b.Loop() {
				g := NewGatherer(nil)
				files := map[string]string{}
				b.StopTimer()
				before := live()
				b.StartTimer()
				for i := range a.Len() {
					x, err := a.Article(i)
					if err != nil {
						b.Fatal(err)
					}
					f, diags := content.ParseBriefing(x.Path, x.Content)
					if diags.Errors() > 0 {
						b.Fatal(diags)
					}
					files[f.Meta.Slug] = f.Path
					if err := g.Add(f); err != nil {
						b.Fatal(err)
					}
				}
				s, diags := g.Site(Input{Load: func(slug string) (*content.File, error) {
					return nil, fmt.Errorf("%s is not kept", files[slug])
				}})
				if diags.Errors() > 0 || len(s.Briefings) != n {
					b.Fatal(diags)
				}
				b.StopTimer()
				b.ReportMetric(float64(live()-before)/float64(n), "B/briefing")
				runtime.KeepAlive(s)
				runtime.KeepAlive(g)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/briefing")
		})
	}
}

// live returns how much of the heap is in use.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
