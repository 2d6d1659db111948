package render

import (
	"iter"
	"math"
	"strconv"
	"time"

	"readout/internal/label"
	"readout/internal/site"
)

// The pictures below are SVG inside the page. Each is drawn for the width of
// the text and scales down; each has a title and a description, and a table on the
// same page says the same.

// newFigure opens a picture of the given size that is announced by title and
// description.
func newFigure(id, title, desc string, width, height float64) *markup {
	m := newMarkup()
	m.open("svg", "viewBox", "0 0 "+px(width)+" "+px(height), "role", "group", "aria-labelledby", id+"-t", "aria-describedby", id+"-d")
	m.element("title", title, "id", id+"-t")
	m.element("desc", desc, "id", id+"-d")
	return &m
}

// maxDots is how many entries the picture of a timeline shows.
const maxDots = 60

// dated are the entries of one list of a timeline, by their number in it.
type dated struct {
	n  int
	at func(i int) *site.TimelineEntry
}

// listed are the entries of a slice.
func listed(list []*site.TimelineEntry) dated {
	return dated{len(list), func(i int) *site.TimelineEntry { return list[i] }}
}

// spread returns the entries of d, at most limit: the first, the last, and those
// between them evenly.
func (d dated) spread(limit int) iter.Seq[*site.TimelineEntry] {
	return func(yield func(*site.TimelineEntry) bool) {
		n := min(d.n, limit)
		for i := range n {
			k := i
			if n < d.n && n > 1 {
				k = i * (d.n - 1) / (n - 1)
			}
			if !yield(d.at(k)) {
				return
			}
		}
	}
}

// timelineFigure draws the entries that have a day, of many some from all of their
// length, or returns nil where there are fewer than three: a table is enough for
// two.
func (r *Renderer) timelineFigure(resolved, planned dated, published string, at func(site.Passage) string, words int) *FigureView {
	l := r.l
	type dot struct {
		from, to time.Time
		planned  bool
		words    Words
		href     string
	}
	var dots []dot
	add := func(list iter.Seq[*site.TimelineEntry], planned bool) {
		for e := range list {
			from, err := time.Parse("2006-01-02", e.From)
			if err != nil {
				continue
			}
			to, err := time.Parse("2006-01-02", e.To)
			if err != nil || to.Before(from) {
				to = from
			}
			what := r.words(e.Passage.Briefing, oneLine(e.Sentence.Text, max(words, 1)))
			if what.Text = l.Say("figure.time", "when", l.Date(e.Value), "what", what.Text); words == 0 {
				what = Words{Text: l.Date(e.Value)}
			}
			dots = append(dots, dot{from, to, planned, what, at(e.Passage)})
		}
	}
	all := resolved.n + planned.n
	ahead := planned.n
	if all > maxDots {
		ahead = min(max(maxDots*planned.n/all, min(planned.n, 6)), maxDots)
	}
	add(resolved.spread(min(resolved.n, maxDots-min(ahead, maxDots))), false)
	add(planned.spread(ahead), true)
	if len(dots) < 3 {
		return nil
	}
	ranges := make([]dayRange, len(dots))
	for i, d := range dots {
		ranges[i] = dayRange{dayNumber(d.from), dayNumber(d.to)}
	}
	const left, right = 14.0, 666.0
	line := newAxis(ranges, left, right)
	first, last := dayTime(line.parts[0].from), dayTime(line.parts[len(line.parts)-1].to)
	if first.Equal(last) {
		return nil
	}
	x := func(t time.Time) float64 {
		x, _ := line.x(dayNumber(t))
		return x
	}
	// Dots that would touch are stacked.
	var rows [][]float64
	row := make([]int, len(dots))
	for i, d := range dots {
		a, b := x(d.from), max(x(d.to), x(d.from)+12)
		k := 0
		for ; k < len(rows); k++ {
			free := true
			for j := 0; j+1 < len(rows[k]); j += 2 {
				if a < rows[k][j+1]+4 && rows[k][j] < b+4 {
					free = false
					break
				}
			}
			if free {
				break
			}
		}
		if k == len(rows) {
			rows = append(rows, nil)
		}
		rows[k] = append(rows[k], a, b)
		row[i] = k
	}
	base := float64(len(rows))*16 + 14
	height := base + 26
	m := newFigure("tl", l.Text("figure.timeline"), l.Say("figure.timeline.text", "from", l.Date(first.Format("2006-01-02")), "to", l.Date(last.Format("2006-01-02"))), 680, height)
	line.draw(m, base)
	if p, err := time.Parse("2006-01-02", published); err == nil {
		if x, ok := line.x(dayNumber(p)); ok {
			m.element("path", "", "class", "edge", "stroke-dasharray", "3 3", "d", "M"+px(x)+" 2V"+px(base))
		}
	}
	for i, d := range dots {
		y := base - 10 - float64(row[i])*16
		class := "dot"
		if d.planned {
			class = "hol"
		}
		m.open("a", "href", d.href, "lang", d.words.Lang, "tabindex", "-1")
		m.element("title", d.words.Text)
		w := max(x(d.to)-x(d.from), 11)
		m.element("rect", "", "class", class, "x", px(min(x(d.from), right-w+6)), "y", px(y-5.5), "width", px(w), "height", "11", "rx", "5.5")
		m.close("a")
	}
	m.close("svg")
	caption := l.Text("figure.timeline.filled") + " "
	if planned.n > 0 {
		caption += l.Text("figure.timeline.hollow") + " "
	}
	if len(line.parts) > 1 {
		caption += l.Text("figure.timeline.cut") + " "
	}
	if all > maxDots {
		caption += l.Say("figure.timeline.part", "shown", l.Number(len(dots)), "number", l.Number(all))
	} else {
		caption += l.Text("figure.timeline.table")
	}
	return &FigureView{
		SVG: m.html(), Caption: caption,
		From: l.Date(first.Format("2006-01-02")), To: l.Date(last.Format("2006-01-02")),
	}
}

// sourcingFigure draws a bar for each publisher, its sentences by class.
func sourcingFigure(l *label.Set, list []*site.Publisher) *FigureView {
	if len(list) < 2 {
		return nil
	}
	const rowHeight, barWidth = 44.0, 400.0
	m := newFigure("sf", l.Text("sourcing.figure"), l.Text("sourcing.figure.text"), barWidth, float64(len(list))*rowHeight)
	m.open("defs")
	m.open("pattern", "id", "pd", "width", "6", "height", "6", "patternUnits", "userSpaceOnUse")
	m.element("rect", "", "class", "f-body", "width", "6", "height", "6")
	m.element("circle", "", "class", "f-paper", "cx", "3", "cy", "3", "r", "1.3")
	m.close("pattern")
	m.open("pattern", "id", "ph", "width", "6", "height", "6", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)")
	m.element("rect", "", "class", "f-paper", "width", "6", "height", "6")
	m.element("rect", "", "class", "f-unnamed", "width", "4", "height", "6")
	m.close("pattern")
	m.close("defs")
	for i, p := range list {
		y := float64(i) * rowHeight
		name := p.Name
		if name == "" {
			name = l.Text("publisher.unknown")
		}
		total := p.Sentences.Total()
		m.element("text", l.Say("sourcing.figure.row", "name", oneLine(name, 30), "sentences", l.Count("count.sentences", total)), "x", "0", "y", px(y+14), "font-size", "14")
		x := 0.0
		for _, c := range site.Classes {
			n := p.Sentences.Of(c)
			if n == 0 {
				continue
			}
			w := barWidth * float64(n) / float64(total)
			class, fill := "f-"+string(c), ""
			switch c {
			case site.ByBody:
				class, fill = "", "url(#pd)"
			case site.Unnamed:
				class, fill = "", "url(#ph)"
			}
			m.open("rect", "class", class, "fill", fill, "x", px(x+.75), "y", px(y+20), "width", px(max(w-1.5, 1)), "height", "14")
			m.element("title", label.Sentence(c.Label(l))+": "+strconv.Itoa(n))
			m.close("rect")
			x += w
		}
	}
	m.close("svg")
	return &FigureView{SVG: m.html(), Small: true, Caption: l.Text("sourcing.figure.caption")}
}

// maxMet is how many people the picture of meetings shows; more would be a ball
// of wool, and the list has them all.
const maxMet = 14

// meetingFigure draws who met whom: the parties on an oval, a line for each
// pair, dashed where the meeting is only planned. It returns nil for a single
// pair, for which the list is enough.
func meetingFigure(l *label.Set, meetings []site.Meeting, at func(site.Passage) string) *FigureView {
	place := map[*site.Entity]int{}
	var parties []*site.Entity
	add := func(e *site.Entity) bool {
		if _, ok := place[e]; !ok {
			if len(parties) == maxMet {
				return false
			}
			place[e] = len(parties)
			parties = append(parties, e)
		}
		return true
	}
	type pair struct{ a, b int }
	drawn := map[pair]bool{}
	var lines []site.Meeting
	for _, m := range meetings {
		if m.Realis == "negated" || m.A == nil || m.B == nil || m.A == m.B || !add(m.A) || !add(m.B) {
			continue
		}
		p := pair{min(place[m.A], place[m.B]), max(place[m.A], place[m.B])}
		if !drawn[p] {
			drawn[p] = true
			lines = append(lines, m)
		}
	}
	if len(lines) < 2 {
		return nil
	}
	const cx, rx = 340.0, 150.0
	ry := 60 + 9*float64(len(parties))
	cy := ry + 30
	x := func(i int) float64 { return cx + rx*math.Sin(2*math.Pi*(float64(i)+.5)/float64(len(parties))) }
	y := func(i int) float64 { return cy - ry*math.Cos(2*math.Pi*(float64(i)+.5)/float64(len(parties))) }
	m := newFigure("mg", l.Text("story.met"), l.Text("story.met.text"), 680, 2*cy)
	for _, met := range lines {
		a, b := place[met.A], place[met.B]
		dash := "5 4"
		if met.Realis == "occurred" || met.Realis == "" {
			dash = ""
		}
		words := l.Say("story.met.pair", "a", met.A.Name, "b", met.B.Name)
		if met.Realis != "" {
			words = l.Say("story.met.told", "a", met.A.Name, "b", met.B.Name, "realis", l.Known("realis", met.Realis))
		}
		m.open("a", "href", at(met.Passage), "tabindex", "-1")
		m.element("title", words)
		// Lines bend towards the middle, so that neighbours' do not run along
		// the names.
		m.element("path", "", "class", "edge", "stroke-width", "1.6", "stroke-dasharray", dash, "d",
			"M"+px(x(a))+" "+px(y(a))+"Q"+px((x(a)+x(b)+2*cx)/4)+" "+px((y(a)+y(b)+2*cy)/4)+" "+px(x(b))+" "+px(y(b)))
		m.close("a")
	}
	for i, e := range parties {
		anchor, dx := "start", 12.0
		if x(i) < cx {
			anchor, dx = "end", -12
		}
		m.element("circle", "", "class", "dot", "cx", px(x(i)), "cy", px(y(i)), "r", "5")
		m.element("text", oneLine(e.Name, 24), "x", px(x(i)+dx), "y", px(y(i)+5), "text-anchor", anchor, "font-size", "15")
	}
	m.close("svg")
	return &FigureView{SVG: m.html(), Label: l.Text("story.met.label"), Caption: l.Text("story.met.caption")}
}
