package site

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/token"
)

//go:embed data/measures.txt
var measuresFile string

// measures maps a word that says what a figure counts to the name of its measure.
var measures = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(measuresFile) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(words) {
			m[w] = name
		}
	}
	return m
})

// A figure is one number of a report and what it counts.
type figure struct {
	value   float64
	words   string // with the words around that bound it: "at least 14 people"
	passage Passage
	unit    string
	of      string // measure, or what it is a figure of
	before  string // the last telling word before it
	about   bool   // an approximate figure
}

// generic units say how something is measured, not what.
var genericUnits = []string{"", "%", "people", "persons", "year", "month", "week", "day", "hour", "minute", "km", "m", "cm", "kg", "tonne", "hectare", "times", "countries", "points", "others"}

func (f figure) generic() bool {
	return slices.Contains(genericUnits, f.unit) || len(f.unit) == 3 && strings.ToUpper(f.unit) == f.unit
}

// people reports whether the figure counts people without saying which.
func (f figure) people() bool {
	switch f.unit {
	case "", "people", "persons", "deaths", "fatalities", "injuries", "victims", "lives":
		return true
	}
	return false
}

// bounds are the words before a figure that say how exact it is, longer ones
// first.
var bounds = []struct {
	words []string
	about bool
}{
	{[]string{"as", "many", "as"}, false}, {[]string{"at", "least"}, false}, {[]string{"at", "most"}, false},
	{[]string{"more", "than"}, false}, {[]string{"fewer", "than"}, false}, {[]string{"less", "than"}, false},
	{[]string{"up", "to"}, false}, {[]string{"an", "estimated"}, true}, {[]string{"about"}, true}, {[]string{"around"}, true},
	{[]string{"some"}, true}, {[]string{"nearly"}, true}, {[]string{"almost"}, true}, {[]string{"roughly"}, true},
	{[]string{"approximately"}, true}, {[]string{"over"}, true}, {[]string{"under"}, true},
}

// fillers stand between a figure and the word that says what it is of.
var fillers = []string{"of", "at", "to", "by", "the", "a", "an", "was", "were", "is", "are"}

func (r *sideReport) readFigures() []figure {
	var out []figure
	for i, mk := range r.file.Marks {
		if mk.Class != dialect.Quantity {
			continue
		}
		v, err := strconv.ParseFloat(mk.Get("value"), 64)
		b := r.blocks[i]
		if err != nil || b < 0 || !body(r.file.Blocks[b].Role) {
			continue
		}
		f := figure{value: v, unit: strings.ToLower(mk.Get("unit")), of: strings.ToLower(mk.Get("of")), passage: r.passage(i)}
		if len(mk.Get("unit")) == 3 && strings.ToUpper(mk.Get("unit")) == mk.Get("unit") {
			f.unit = mk.Get("unit") // a currency
		}
		f.words = oneLine(f.passage.Text)
		from := r.file.Blocks[b].Span.Start
		if s := r.sentenceAt(b, mk.Span.Start); s >= 0 {
			from = r.maker.sentences[s].span.Start
		}
		ts := token.Scan(r.text[from:mk.Span.Start])
		measure := ""
		if n := len(ts); n > 1 && ts[n-1].Norm == "of" {
			measure = ts[n-2].Norm // "a magnitude of 6.4"
		}
		k := len(ts)
		for _, b := range bounds {
			if n := len(b.words); n <= len(ts) && slices.EqualFunc(ts[len(ts)-n:], b.words, func(t token.Token, w string) bool { return t.Norm == w }) {
				k -= n
				f.about = b.about
				f.words = r.text[from+ts[k].Span.Start : mk.Span.End]
				break
			}
		}
		for k--; k >= 0 && ts[k].Kind == token.Word; k-- {
			if !slices.Contains(fillers, ts[k].Norm) {
				f.before = ts[k].Norm
				break
			}
		}
		f.words = oneLine(f.words)
		if measure != "" && f.unit == "" {
			f.of = measure
		}
		if m := measures()[f.of]; m != "" {
			f.of = m
		} else if m := measures()[f.unit]; m != "" {
			f.of = m
		}
		out = append(out, f)
	}
	return out
}

// sameFigure reports whether two figures are of the same thing.
func sameFigure(a, b figure) bool {
	measured := func(f figure) bool { return f.of != "" && measures()[f.of] == f.of }
	switch {
	case measured(a) && measured(b):
		return a.of == b.of && (a.unit == b.unit || a.people() && b.people())
	case a.unit != b.unit:
		return false
	case !a.generic():
		return a.of == b.of || a.of == "" || b.of == ""
	case a.of != "" && a.of == b.of:
		return a.unit != "" || !measured(a)
	}
	return a.before != "" && a.before == b.before && (a.unit != "" || a.of == b.of)
}

// equal reports whether two figures of the same thing agree. An approximate one
// agrees with what is within a tenth of it.
func (f figure) equal(g figure) bool {
	if f.value == g.value {
		return true
	}
	return (f.about || g.about) && math.Abs(f.value-g.value) <= 0.1*max(math.Abs(f.value), math.Abs(g.value))
}

// label names what a figure counts.
func (f figure) label() string {
	of := f.of
	if of == "" && f.generic() {
		of = f.before
	}
	switch {
	case of == "" && f.unit == "":
		return "a figure"
	case of == "" || of == f.unit:
		return f.unit
	case f.unit == "":
		return of
	case !f.generic() || f.people():
		return f.unit + " " + of
	}
	return of + " (" + f.unit + ")"
}

// A figureRow is what the reports say of one figure.
type figureRow struct {
	first  figure
	values map[*Briefing][]figure
	order  []*Briefing
}

// figureRows joins the figures of all reports that are of the same thing. A
// report that gives several values for one says nothing certain and is left out.
func (c *comparison) figureRows() []figureRow {
	var rows []figureRow
	for _, r := range c.reports {
		for _, f := range r.figures {
			at := slices.IndexFunc(rows, func(row figureRow) bool { return sameFigure(row.first, f) })
			if at < 0 {
				rows = append(rows, figureRow{first: f, values: map[*Briefing][]figure{}})
				at = len(rows) - 1
			}
			row := &rows[at]
			if !slices.ContainsFunc(row.values[r.b], func(g figure) bool { return g.value == f.value }) {
				if len(row.values[r.b]) == 0 {
					row.order = append(row.order, r.b)
				}
				row.values[r.b] = append(row.values[r.b], f)
			}
		}
	}
	var out []figureRow
	for _, row := range rows {
		row.order = slices.DeleteFunc(row.order, func(b *Briefing) bool { return len(row.values[b]) > 1 })
		if len(row.order) > 1 {
			out = append(out, row)
		}
	}
	return out
}

func (c *comparison) figures() []Dimension {
	var out []Dimension
	for _, row := range c.figureRows() {
		differs := false
		for i, b := range row.order {
			for _, o := range row.order[:i] {
				if !row.values[b][0].equal(row.values[o][0]) {
					differs = true
				}
			}
		}
		if !differs {
			continue
		}
		d := c.row("figure", row.first.label())
		for _, b := range row.order {
			f := row.values[b][0]
			d.put(b, f.words, f.passage)
		}
		d.judge()
		out = append(out, d)
	}
	return out
}
