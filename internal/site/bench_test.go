package site

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"readout/internal/content"
)

// archive makes n content files of about 400 words: each of a story of a few
// reports, with names of its own and some that many share.
func archive(b *testing.B, n int) Input {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"ba", "ren", "tol", "ki", "mos", "ada", "vel", "ur", "chi", "dan", "fos", "gri", "hal", "jun", "lem"}
	name := func() string {
		var s strings.Builder
		for range 3 {
			s.WriteString(syllables[r.IntN(len(syllables))])
		}
		return strings.ToUpper(s.String()[:1]) + s.String()[1:]
	}
	words := strings.Fields("the talks on a new harbour were held again this week after months of delay and both sides said they would go on with the work in spite of strong winds while the city waits for its trains to run on time once more")
	places := make([]string, 300)
	for i := range places {
		places[i] = name() + "stad"
	}
	var in Input
	var own []string
	for i := range n {
		if i%3 == 0 {
			own = []string{name() + " " + name(), name() + " " + name(), name() + " " + name()}
		}
		var s strings.Builder
		fmt.Fprintf(&s, "title: Report %d\ndate: 20%02d-%02d-%02d\npublisher: Outlet %d\nkey: The talks. -> p1\n\n", i, 10+i/3%14, 1+i/3%12, 1+i/3%28, i%9)
		for p := range 12 {
			fmt.Fprintf(&s, "[\"We %s\"]{.quote by=s%d} [said]{.cue} [[%s]{.person}]{.source #s%d naming=named} in [%s]{.place}.", words[r.IntN(len(words))], p, own[r.IntN(3)], p, places[int(300*r.Float64()*r.Float64())])
			for range 28 {
				s.WriteByte(' ')
				s.WriteString(words[r.IntN(len(words))])
			}
			s.WriteString(".\n\n")
		}
		in.Files = append(in.Files, file(b, fmt.Sprintf("report-%d", i), s.String()))
	}
	return in
}

func BenchmarkGather(b *testing.B) {
	for _, n := range []int{300, 1000, 3000} {
		in := archive(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Gather(in)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/briefing")
		})
	}
}

func BenchmarkPage(b *testing.B) {
	in := archive(b, 300)
	s, _ := Gather(in)
	files := map[string]*content.File{}
	for _, f := range in.Files {
		files[f.Meta.Slug] = f
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, br := range s.Briefings {
			s.Page(br, files[br.Slug])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*300), "µs/page")
}
