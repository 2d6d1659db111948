package render

import (
	"strconv"
	"strings"

	"readout/internal/label"
	"readout/internal/site"
)

// A StripView is the sourcing strip.
type StripView struct {
	Segments []SegmentView
	Words    string
	Legend   []LegendView
	Rows     []StripRow
	Joined   bool // a segment may stand for several sentences
}

// A SegmentView is one sentence, or in a long article a run of sentences of one
// class and paragraph.
type SegmentView struct{ Class, Width, Href, Label string }

// A LegendView explains a class.
type LegendView struct{ Class, Text string }

// A StripRow says a run of sentences in words.
type StripRow struct{ Href, Range, Where, Class, Whose string }

// A strip shows up to maxSegments sentences one by one. Of a longer article it
// joins sentences of one class in one paragraph, and where that is still more
// than maxRuns, those of one class in whole paragraphs.
const (
	maxSegments = 72
	maxRuns     = 24
)

// A run is a stretch of sentences that the strip or its table shows as one.
type run struct {
	first, last int // in site.Page.Strip
	class       site.Class
	whose       string       // in words
	shares      []stripShare // of a run of several classes, what rests on each
}

// A stripShare is the sentences of one class in a run.
type stripShare struct {
	class site.Class
	n     int
	first int    // the first of them, in site.Page.Strip
	words string // how many they are, and of what class
}

func (r *Renderer) strip(b *site.Briefing, s *site.Page) *StripView {
	if len(s.Strip) == 0 {
		return nil
	}
	v := &StripView{Words: b.Strip(r.l), Joined: len(s.Strip) > maxSegments}
	present := map[site.Class]bool{}
	for _, g := range s.Strip {
		present[g.Class] = true
	}
	for _, c := range site.Classes {
		if present[c] {
			v.Legend = append(v.Legend, LegendView{string(c), r.l.Text("class.short." + string(c))})
		}
	}
	href := func(g site.Segment) string {
		if r.textless {
			return "#text"
		}
		return "#" + g.ID
	}
	runs := runsOf(r.l, s.Strip)
	if len(runs) > maxRuns {
		runs = paragraphRuns(r.l, s.Strip, maxRuns)
	}
	for _, u := range runs {
		first, last := s.Strip[u.first], s.Strip[u.last]
		row := StripRow{Href: href(first), Class: string(u.class), Range: strconv.Itoa(first.Number), Where: segmentBlock(first), Whose: u.whose}
		if u.last > u.first {
			row.Range += "–" + strconv.Itoa(last.Number)
		}
		if w := segmentBlock(last); w != row.Where {
			row.Where += "–" + w
		}
		v.Rows = append(v.Rows, row)
		if v.Joined {
			for _, p := range u.shares {
				v.Segments = append(v.Segments, SegmentView{string(p.class), runWidth(p.n), href(s.Strip[p.first]), r.l.Say("strip.run", "range", row.Range, "whose", p.words)})
			}
			if len(u.shares) > 0 {
				continue
			}
			words := first.Label
			if u.last > u.first {
				words = r.l.Say("strip.run", "range", row.Range, "whose", row.Whose)
			}
			v.Segments = append(v.Segments, SegmentView{string(u.class), runWidth(u.last - u.first + 1), href(first), words})
		}
	}
	if !v.Joined {
		for _, g := range s.Strip {
			v.Segments = append(v.Segments, SegmentView{string(g.Class), "", href(g), g.Label})
		}
	}
	return v
}

// runsOf joins neighbours that rest on the same words in the same paragraph.
func runsOf(l *label.Set, strip []site.Segment) []run {
	var runs []run
	for i, g := range strip {
		if k := len(runs) - 1; k >= 0 && sameRun(strip[runs[k].first], g) {
			runs[k].last = i
			continue
		}
		u := run{first: i, last: i, class: g.Class, whose: label.Sentence(g.Class.Label(l))}
		var names []string
		for _, sp := range g.Speakers {
			if n := sp.Name(); n != "" {
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			u.whose += ": " + strings.Join(names, "; ")
		}
		runs = append(runs, u)
	}
	return runs
}

// paragraphRuns joins whole paragraphs into at most limit runs. Each has the
// class of most of its sentences, and a share of each class, so that none is lost
// from the strip.
func paragraphRuns(l *label.Set, strip []site.Segment, limit int) []run {
	var starts []int // of each paragraph
	for i, g := range strip {
		if i == 0 || segmentBlock(g) != segmentBlock(strip[i-1]) {
			starts = append(starts, i)
		}
	}
	each := (len(starts) + limit - 1) / limit
	var runs []run
	for i := 0; i < len(starts); i += each {
		u := run{first: starts[i], last: len(strip) - 1}
		if i+each < len(starts) {
			u.last = starts[i+each] - 1
		}
		counts, firsts := map[site.Class]int{}, map[site.Class]int{}
		for k, g := range strip[u.first : u.last+1] {
			if counts[g.Class]++; counts[g.Class] == 1 {
				firsts[g.Class] = u.first + k
			}
		}
		var parts []string
		for _, c := range site.Classes {
			if n := counts[c]; n > 0 {
				words := l.Count("class.counted."+string(c), n)
				parts = append(parts, words)
				u.shares = append(u.shares, stripShare{c, n, firsts[c], words})
				if u.class == "" || n > counts[u.class] {
					u.class = c
				}
			}
		}
		if len(u.shares) == 1 {
			u.shares = nil
		}
		u.whose = strings.Join(parts, ", ")
		runs = append(runs, u)
	}
	return runs
}

// sameRun reports whether two sentences say the same in the strip's table: same
// class, paragraph and source.
func sameRun(a, b site.Segment) bool {
	if a.Class != b.Class || segmentBlock(a) != segmentBlock(b) || len(a.Speakers) != len(b.Speakers) {
		return false
	}
	for i := range a.Speakers {
		if a.Speakers[i].Name() != b.Speakers[i].Name() {
			return false
		}
	}
	return true
}

// segmentBlock is the label of the block a sentence stands in: "¶3".
func segmentBlock(g site.Segment) string {
	block, _, _ := strings.Cut(g.ID, "-")
	if n, ok := strings.CutPrefix(block, "p"); ok {
		return "¶" + n
	}
	return block
}

// runWidth is the width of a segment that stands for n sentences.
func runWidth(n int) string {
	switch {
	case n > 4:
		return "w3"
	case n > 1:
		return "w2"
	}
	return ""
}
