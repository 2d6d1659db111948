package site

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/measures.txt
var measuresFile string

// measures maps a word that says what a figure counts to the name of its measure.
var measures = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for name, words := range wordlist.Named(measuresFile) {
		for _, w := range strings.Fields(words) {
			m[w] = name
		}
	}
	return m
})

// A figure is one number of a report and what it counts.
type figure struct {
	value   float64
	words   string   // with the words around that bound it: "at least 14 people"
	sort    []string // see sorts
	sorted  bool     // whether they are known
	passage Passage
	unit    string
	of      string // measure, or what it is a figure of
	before  string // the last telling word before it
	about   bool   // an approximate figure
	bound   string // the words before it that say how exact it is
	total   bool   // told as what a number has come to: "has risen to 57"
	former  bool   // "up from 41": what it was before, or the lesser side of a score
	past    bool   // told of a time before the event
	joint   bool   // counted with others: "passengers and crew"
	foreign bool   // not the report's own: in a question, what another outlet has, what nobody said
	step    int    // which step was taken of whom it counts, see stepOf
	does    string // the term of the verb of which what it counts is the subject: "miners walked out"
	rest    bool   // those who are left of more: "the other three men"
	report  *Briefing
	frame   string // of money and of shares: what it is told of
	per     string // the length of time that it is told for: "300 engines a day"
	// Of a vote or a score value is the one side and other the other one.
	tally    bool
	definite bool // told as known before: "the three boats"
	votes    bool // told with a word of voting
	other    float64
	fraction bool    // told as a part of a number: "two thirds", "six in ten"
	grade    bool    // a rank: "category 5"
	at       bool    // told with "at" before it: a height at which something was
	ordinal  bool    // which of a row: "the fourth failure"
	owner    *Entity // of a share of a vote: whose it is
	// Of a range value is its end and from its beginning.
	from    float64
	between bool // told with "between" before it
}

// generic units say how something is measured, not what.
var genericUnits = []string{"", "%", "people", "persons", "year", "month", "week", "day", "hour", "minute", "km", "m", "cm", "mile", "mi", "ft", "yard", "mph", "km/h", "knot", "kg", "tonne", "hectare", "times", "countries", "points", "others", "season", "seasons", "game", "games", "decade", "decades", "items", "members", "things", "parts"}

func (f *figure) generic() bool {
	return slices.Contains(genericUnits, f.unit) || len(f.unit) == 3 && strings.ToUpper(f.unit) == f.unit
}

// length reports whether the figure is a distance, a speed or a time, which a
// report may tell of anything.
func (f *figure) length() bool {
	switch f.unit {
	case "km", "m", "cm", "mm", "mile", "mi", "ft", "yard", "mph", "km/h", "knot", "hour", "minute", "second":
		return true
	}
	return lasting(f.unit)
}

// people reports whether the figure counts people without saying which.
func (f *figure) people() bool {
	switch f.unit {
	case "", "people", "persons", "bodies", "corpses", "deaths", "fatalities", "injuries", "victims", "lives":
		return true
	}
	return false
}

// ofPeople reports whether the figure counts people, by whatever word.
func (f *figure) ofPeople() bool { return f.people() || f.unit == "others" || personUnit(f.unit) }

// lasting reports whether a unit is one of time.
func lasting(unit string) bool {
	switch unit {
	case "year", "month", "week", "day":
		return true
	}
	return false
}

// A bound is words before a figure.
type bound struct {
	words []string
	about bool
}

// bounds are the words before a figure that say how exact it is, longer ones
// first.
var bounds = []bound{
	{[]string{"as", "many", "as"}, false},
	{[]string{"at", "least"}, false},
	{[]string{"at", "most"}, false},
	{[]string{"more", "than"}, false},
	{[]string{"fewer", "than"}, false},
	{[]string{"less", "than"}, false},
	{[]string{"up", "to"}, false},
	{[]string{"an", "estimated"}, true},
	{[]string{"above"}, false},
	{[]string{"about"}, true},
	{[]string{"around"}, true},
	{[]string{"some"}, true},
	{[]string{"nearly"}, true},
	{[]string{"almost"}, true},
	{[]string{"roughly"}, true},
	{[]string{"approximately"}, true},
	{[]string{"over"}, false},
	{[]string{"under"}, false},
}

// fillers stand between a figure and the word that says what it is of.
var fillers = wordList("fillers")

func (r *sideReport) readFigures() []*figure {
	var out []*figure
	foreign := 0 // up to where what another outlet reported reaches
	for i, mk := range r.file.Marks {
		if r.ofAnotherOutlet(i) {
			foreign = max(foreign, mk.Span.End)
		}
		if mk.Class != dialect.Quantity {
			continue
		}
		v, err := strconv.ParseFloat(mk.Get("value"), 64)
		b := r.blocks[i]
		if err != nil || b < 0 || !body(r.file.Blocks[b].Role) {
			continue
		}
		f := &figure{value: v, unit: strings.ToLower(mk.Get("unit")), of: strings.ToLower(mk.Get("of")), passage: r.passage(i), report: r.b}
		if len(mk.Get("unit")) == 3 && strings.ToUpper(mk.Get("unit")) == mk.Get("unit") {
			f.unit = mk.Get("unit") // a currency
		}
		f.words = oneLine(f.passage.Text)
		from := r.file.Blocks[b].Span.Start
		if s := r.sentenceAt(b, mk.Span.Start); s >= 0 {
			from = r.maker.sentences[s].span.Start
			f.past = s < len(r.sentences) && r.before(s, mk.Span.Start) && !lasting(strings.ToLower(mk.Get("unit")))
		}
		ts := r.leftOf(from, mk.Span.Start)
		f.former = formerly(ts) || r.withdrawn(b, from, mk.Span) || len(out) > 0 && r.against(out[len(out)-1], ts, mk.Span)
		f.total = !f.former && comeTo(ts)
		f.between = len(ts) > 0 && ts[len(ts)-1].Norm == "between"
		measure := ""
		if n := len(ts); n > 1 && ts[n-1].Norm == "of" {
			measure = ts[n-2].Norm // "a magnitude of 6.4"
		}
		k := len(ts)
		for _, b := range bounds {
			if n := len(b.words); n <= len(ts) && slices.EqualFunc(ts[len(ts)-n:], b.words, func(t token.Token, w string) bool { return t.Norm == w }) {
				k -= n
				f.about = b.about
				f.bound = strings.Join(b.words, " ")
				f.words = r.text[from+ts[k].Span.Start : mk.Span.End]
				break
			}
		}
		if k > 0 && ts[k-1].Norm == "minus" {
			f.value, f.words = -f.value, r.text[from+ts[k-1].Span.Start:mk.Span.End]
		}
		f.definite = k > 0 && (ts[k-1].Norm == "the" || ts[k-1].Norm == "these" || ts[k-1].Norm == "those")
		f.at = k > 0 && ts[k-1].Norm == "at"
		f.rest = k > 0 && (ts[k-1].Norm == "other" || ts[k-1].Norm == "another" || ts[k-1].Norm == "remaining")
		if k == 0 || !slices.Contains(governing, ts[k-1].Norm) {
			f.does = r.subjectOf(mk.Span)
		}
		for k--; k >= 0 && ts[k].Kind == token.Word; k-- {
			if slices.Contains(fillers, ts[k].Norm) {
				continue
			}
			if len(baseTerms(&ts[k])) > 0 && !slices.Contains(beforeNames, ts[k].Norm) && !slices.Contains(apartWords, ts[k].Norm) {
				f.before = ts[k].Norm
			}
			break
		}
		f.words = oneLine(f.words)
		if f.of == "" && lasting(f.unit) && strings.Contains(f.passage.Text, "-") {
			f.of = lasts(r.text[mk.Span.End:min(len(r.text), mk.Span.End+40)])
		}
		if f.of == "" && lasting(f.unit) && measure != "" && tellsWhat(measure) {
			f.of = measure // "a trial of 14 months"
		}
		if g := f.group(); g != "" {
			f.unit = g
		}
		if measure != "" && f.unit == "" {
			f.of = measure
		}
		if m := measures()[f.of]; m != "" {
			f.of = m
		} else if m := measures()[f.unit]; m != "" {
			f.of = m
		} else if f.people() || personUnit(f.unit) || f.unit == "others" || f.unit == "crowd" || posts[f.unit] || lasting(f.unit) {
			f.of = cmp.Or(r.measureNear(f, from, mk.Span), f.of)
		}
		if f.of == "crowd" && f.unit == "crowd" || f.of == "dismissed" && posts[f.unit] {
			f.unit = "people"
		}
		if f.ofPeople() {
			f.step = r.stepOf(mk.Span)
		}
		f.frame = r.frameOf(f, from, mk.Span)
		f.per = r.rate(from, mk.Span)
		f.joint = r.counts(mk.Span)
		if f.of == "aboard" && f.joint {
			f.unit, f.joint = "people", false // passengers and crew are all who are aboard
			if and := token.Scan(r.text[mk.Span.End:min(len(r.text), mk.Span.End+40)]); len(and) > 1 {
				f.words += " " + oneLine(r.text[mk.Span.End:mk.Span.End+and[1].Span.End])
			}
		}
		f.foreign = mk.Span.End <= foreign || r.asked(b, mk.Span.Start) || r.unsaid(b, mk.Span.Start)
		out = append(out, f)
	}
	out = r.withBare(r.ranged(out))
	r.owners(out)
	return out
}

// lasts returns the noun right after a length of time: "strike" of "a five-day strike".
func lasts(after string) string {
	ts := token.Scan(after)
	if len(ts) == 0 || ts[0].Kind != token.Word || !ts[0].Is(token.AllLower) || slices.Contains(fillers, ts[0].Norm) || ts[0].Norm == "old" || !tellsWhat(ts[0].Norm) {
		return ""
	}
	return ts[0].Norm
}

// sameFigure reports whether two figures are of the same thing.
func sameFigure(a, b *figure) bool {
	switch {
	case a.owner != b.owner || a.rateOther(b):
		return false
	case a.measured() && b.measured():
		return a.of == b.of && (a.unit == b.unit || a.people() && b.people())
	case a.unit != b.unit:
		return false
	case !a.generic():
		return a.of == b.of || a.of == "" || b.of == ""
	case a.of != "" && a.of == b.of:
		return a.unit != "" || !a.measured()
	}
	return a.before != "" && a.before == b.before && a.unit != "" && !a.money() && !b.money()
}

// money reports whether the figure is an amount of money.
func (f *figure) money() bool {
	return len(f.unit) == 3 && strings.ToUpper(f.unit) == f.unit || severalMoneys[f.unit]
}

// severalMoneys are currencies of which several countries have one each.
var severalMoneys = wordSet("severalMoneys")

// likeUnits reports whether two figures in sentences of the same thing count
// the same kind of thing in other words: dockers and workers.
func likeUnits(f, g *figure) bool {
	return f.unit == g.unit || f.of == g.of && f.ofPeople() && g.ofPeople()
}

// personUnit reports whether a unit is a noun for people.
func personUnit(unit string) bool {
	t := lexicon.Shared()
	c := t.Word(lexicon.Hash(unit)) | t.Word(lexicon.Hash(strings.TrimSuffix(unit, "s")))
	return unit != "" && (c&lexicon.PersonNoun != 0 || unit == "civilians" || unit == "men" || unit == "women" || unit == "children" || unit == "crew" || unit == "staff" || unit == "strikers")
}

// equal reports whether two figures of the same thing agree: what the words before
// them allow overlaps, or the one is the other in round figures.
func (f *figure) equal(g *figure) bool {
	if f.tally || g.tally {
		if f.tally && g.tally {
			return f.value == g.value && f.other == g.other
		}
		// Of a vote the one report may give a side alone.
		return f.value == g.value || f.tally && f.other == g.value || g.tally && g.other == f.value
	}
	if f.unit != g.unit && scales[f.unit].by != scales[g.unit].by {
		return f.sameMeasure(g)
	}
	if f.value == g.value || rounds(f.value, g.value) {
		return true
	}
	least, most := f.span()
	l, m := g.span()
	return least <= m && l <= most
}

// ranged makes one figure of the two ends of a range: "24 to 30 feet".
func (r *sideReport) ranged(fs []*figure) []*figure {
	var out []*figure
	for i, f := range fs {
		if n := len(out); n > 0 && out[n-1].from == 0 && f.unit == out[n-1].unit && f.value > out[n-1].value {
			o := out[n-1]
			between := strings.TrimSpace(r.text[min(o.passage.Span.End, f.passage.Span.Start):f.passage.Span.Start])
			if between == "-" || between == "–" || between == "to" && !fs[i-1].former && !strings.HasSuffix(r.text[:o.passage.Span.Start], "from ") || between == "and" && o.between {
				f.from = o.value
				f.passage.Span.Start = o.passage.Span.Start
				f.passage.Text = f.passage.Span.In(r.text)
				f.words = oneLine(f.passage.Text)
				out[n-1] = f
				continue
			}
		}
		out = append(out, f)
	}
	return out
}

// comeTo reports whether the words before a figure say that a number has come to
// it: "has risen to", "a toll of".
func comeTo(ts []token.Token) bool {
	n := len(ts)
	if n < 2 {
		return false
	}
	switch {
	case ts[n-1].Norm == "of":
		return ts[n-2].Norm == "toll"
	case ts[n-1].Norm != "to":
		return false
	}
	for _, t := range ts[max(0, n-5):] {
		switch t.Norm {
		case "rose", "risen", "rises", "rising", "climbed", "grew", "grown", "fell", "fallen", "revised", "increased", "toll":
			return true
		}
	}
	return false
}

// wholes takes away the figures of a measure of which a report tells the whole: of
// "rose to eleven after two passengers died" the two are a part.
func wholes(fs []*figure) []*figure {
	whole := map[string]bool{}
	for _, f := range fs {
		if f.total && f.measured() {
			whole[f.of] = true
		}
	}
	return slices.DeleteFunc(fs, func(f *figure) bool { return whole[f.of] && !f.total })
}

// formerly reports whether the words before a figure say that it was so before:
// "up from", "rose from".
func formerly(ts []token.Token) bool {
	n := len(ts)
	if n < 2 || ts[n-1].Norm != "from" {
		return false
	}
	switch ts[n-2].Norm {
	case "up", "down", "rose", "risen", "rises", "rise", "rising", "fell", "fallen", "falls", "falling", "climbed", "climbing", "grew", "grown", "increased", "dropped", "jumped", "raised", "lowered", "cut", "revised", "different":
		return true
	}
	return false
}

// against reports whether a figure is the other side of a vote or a score: "412
// votes to 377".
func (r *sideReport) against(last *figure, before []token.Token, s span.Span) bool {
	if n := len(before); n == 0 || before[n-1].Norm != "to" || last.former {
		return false
	}
	between := r.text[min(last.passage.Span.End, s.Start):s.Start]
	return strings.TrimSpace(between) == "to" && strings.ContainsFunc(last.passage.Text, unicode.IsLetter) && !strings.ContainsFunc(s.In(r.text), unicode.IsLetter)
}

// counts reports whether what the figure at s counts goes on with more of the
// like: "passengers and crew".
func (r *sideReport) counts(s span.Span) bool {
	ts := r.rightWithin(s.End, joinReach, 2)
	return len(ts) > 1 && ts[0].Norm == "and" && slices.Contains(joins, ts[1].Norm)
}
