package render

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"readout/internal/stable"
)

// An axis is a line of days, cut where nothing lies for so long that what lies
// close together could not be told apart.
type axis struct {
	parts []axisPart
}

// An axisPart is a stretch of days, both ends included, and where it is drawn.
type axisPart struct {
	from, to int // days since the first of January 1970
	x0, x1   float64
}

// A dayRange is a range of days since the first of January 1970, both ends included.
type dayRange struct{ from, to int }

const (
	maxAxisCuts = 3
	leastCut    = 60   // days; what is shorter is never cut
	axisCut     = 40.0 // how wide a cut is drawn
	axisLeast   = 36.0 // how wide the shortest part is drawn, as wide as its year
)

// dayNumber counts the days since the first of January 1970.
func dayNumber(t time.Time) int { return int(t.Unix() / (24 * 60 * 60)) }

// dayTime is the start of a day that is so many days after the first of January 1970.
func dayTime(n int) time.Time { return time.Unix(int64(n)*24*60*60, 0).UTC() }

// newAxis draws the days of ranges, at least one, between left and right. It is
// cut at the widest gap, of two months and more, where that takes four fifths of it, or a fifth of it
// while half of all ranges lie within a sixth.
func newAxis(ranges []dayRange, left, right float64) axis {
	ranges = slices.Clone(ranges)
	stable.Sort(ranges, func(a, b dayRange) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var covered []dayRange
	for _, r := range ranges {
		if n := len(covered) - 1; n >= 0 && r.from <= covered[n].to {
			covered[n].to = max(covered[n].to, r.to)
		} else {
			covered = append(covered, r)
		}
	}
	rest := covered[len(covered)-1].to - covered[0].from
	middle := ranges[len(ranges)*3/4].from - ranges[len(ranges)/4].from
	cut := make([]bool, len(covered)) // before the range of this number
	for range maxAxisCuts {
		widest, gap := 0, 0
		for i := 1; i < len(covered); i++ {
			if g := covered[i].from - covered[i-1].to; !cut[i] && g > gap {
				widest, gap = i, g
			}
		}
		if gap < leastCut || 5*gap < 4*rest && (5*gap < rest || 6*middle > rest) {
			break
		}
		cut[widest] = true
		rest -= gap
		if ranges[len(ranges)/4].from < covered[widest].from && covered[widest].from <= ranges[len(ranges)*3/4].from {
			middle -= gap
		}
	}
	var a axis
	for i, c := range covered {
		if i == 0 || cut[i] {
			a.parts = append(a.parts, axisPart{from: c.from})
		}
		a.parts[len(a.parts)-1].to = c.to
	}
	n := float64(len(a.parts))
	least := axisLeast
	if len(a.parts) == 1 {
		least = 0
	}
	free, x := right-left-(n-1)*axisCut-n*least, left
	for i := range a.parts {
		p := &a.parts[i]
		w := least
		if rest > 0 {
			w += free * float64(p.to-p.from) / float64(rest)
		} else {
			w += free / n
		}
		p.x0, p.x1 = x, x+w
		x += w + axisCut
	}
	return a
}

// x is where a day lies, and whether it lies on a part of the axis at all.
func (a axis) x(day int) (float64, bool) {
	for i := range a.parts {
		if p := &a.parts[i]; day >= p.from && day <= p.to {
			if p.to == p.from {
				return (p.x0 + p.x1) / 2, true
			}
			return p.x0 + (p.x1-p.x0)*float64(day-p.from)/float64(p.to-p.from), true
		}
	}
	return 0, false
}

// draw draws the line at the height base, with its years and its cuts.
func (a axis) draw(m *markup, base float64) {
	from := 0.0
	for i := range a.parts {
		p := &a.parts[i]
		to := 680.0
		if i+1 < len(a.parts) {
			to = p.x1 + axisCut/2 - 4
		}
		m.element("path", "", "class", "ln", "d", "M"+px(from)+" "+px(base)+"H"+px(to))
		if i+1 < len(a.parts) {
			m.element("path", "", "class", "edge", "d", "M"+px(to-2)+" "+px(base+5)+"l4-10M"+px(to+6)+" "+px(base+5)+"l4-10")
			from = to + 8
		}
		a.years(m, p, base)
	}
}

// years writes the years below a part.
func (a axis) years(m *markup, p *axisPart, base float64) {
	year := func(x float64, text string) {
		m.element("text", text, "x", px(x), "y", px(base+22), "text-anchor", "middle", "class", "q year", "font-size", "14")
	}
	first, last := dayTime(p.from), dayTime(p.to)
	if len(a.parts) > 1 && (last.Year() == first.Year() || p.x1-p.x0 < 120) {
		text := strconv.Itoa(first.Year())
		if last.Year() != first.Year() {
			text += "–" + strconv.Itoa(last.Year())
		}
		year((p.x0+p.x1)/2, text)
		return
	}
	step := tickYears(first, last)
	for y := first.Year(); step > 0 && y <= last.Year(); y++ {
		day := dayNumber(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC))
		if y%step != 0 || day < p.from {
			continue
		}
		x, _ := a.x(day)
		m.element("path", "", "class", "ln", "d", "M"+px(x)+" "+px(base)+"v6")
		if x > 90 && x < 590 {
			year(x, strconv.Itoa(y))
		}
	}
}

// tickYears is the distance between the labelled years of an axis; 0 for none.
func tickYears(first, last time.Time) int {
	switch n := last.Year() - first.Year(); {
	case n < 1:
		return 0
	case n <= 6:
		return 1
	case n <= 12:
		return 2
	case n <= 30:
		return 5
	case n <= 60:
		return 10
	case n <= 120:
		return 20
	default:
		return 100
	}
}
