package site

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/internal/dialect"
	"readout/internal/numeral"
	"readout/internal/span"
	"readout/internal/token"
)

// What two reports say differs only where both tell of the same. This file has
// what shows that they do not: another time, another person, a part beside a
// whole, a wish beside a fact, a bound that holds for both.

// settings notes of each sentence what sets what it tells apart from the event
// of its report: times that lie before it, and how old the people in it are.
func (r *sideReport) settings() {
	at := map[string]int{}
	for k := range r.sentences {
		at[r.maker.sentences[r.sentences[k].index].id] = k
	}
	date := r.b.Header.Date
	for _, list := range [][]*TimelineEntry{r.d.Timeline.Resolved, r.d.Timeline.Planned, r.d.Timeline.Unresolved} {
		for _, e := range list {
			k, ok := at[e.Sentence.ID]
			if !ok {
				continue
			}
			s := &r.sentences[k]
			if e.From == "" && namesDay(e.Passage.Text) {
				s.unsure = true
			}
			if p := background(e, date); p != "" && !r.lasts(e) {
				switch from := r.ownClause(e); {
				case from > 0:
					s.aside = from // "… 80 persons and had passed its inspection in March"
				case !slices.Contains(s.periods, p):
					s.periods = append(s.periods, p)
				}
			}
		}
	}
	for i, mk := range r.file.Marks {
		if mk.Class == dialect.Quantity && mk.Get("of") == "age" {
			k := r.sentenceAt(r.blocks[i], mk.Span.Start)
			v, err := strconv.ParseFloat(mk.Get("value"), 64)
			if err == nil && k >= 0 && k < len(r.sentences) {
				r.sentences[k].ages = append(r.sentences[k].ages, v)
			}
		}
	}
}

// coordinated begins a clause of its own after the one that a sentence begins with.
var coordinated = regexp.MustCompile(` (?:and|but) (?:has|had|have|was|were) `)

// ownClause returns where the clause of a time begins that is not the one with which its
// sentence begins, 0 where it stands in that.
func (r *sideReport) ownClause(e *TimelineEntry) int {
	from := e.Sentence.Span.Start
	if from > e.Passage.Span.Start {
		return 0
	}
	all := coordinated.FindAllStringIndex(r.text[from:e.Passage.Span.Start], -1)
	if len(all) == 0 {
		return 0
	}
	return from + all[len(all)-1][0]
}

// inRelative reports whether a time belongs to what is said of what a figure before
// it counts, and not to the sentence: "returned 38 objects taken in 1897".
func (r *sideReport) inRelative(e *TimelineEntry) bool {
	end := -1
	for _, m := range r.file.Marks {
		if m.Span.Start >= e.Passage.Span.Start {
			break
		}
		if m.Class == dialect.Quantity && m.Span.Start >= e.Sentence.Span.Start && m.Get("of") == "" {
			end = m.Span.End
		}
	}
	if end < 0 || end >= e.Passage.Span.Start {
		return false
	}
	ts := wordsOf(r.text[end:e.Passage.Span.Start])
	if len(ts) == 0 {
		return false
	}
	base, irregular := bases()[ts[0].Norm]
	return irregular && base != ts[0].Norm || strings.HasSuffix(ts[0].Norm, "ed") || ts[0].Norm == "who" || ts[0].Norm == "which" || ts[0].Norm == "that"
}

// lasts reports whether a time is the beginning or the end of what still is or was
// until then: "since January", "until 2021".
func (r *sideReport) lasts(e *TimelineEntry) bool {
	ts := token.Scan(justBefore(r.text, e.Sentence.Span.Start, e.Passage.Span.Start))
	if r.inRelative(e) || len(ts) > 0 && ts[len(ts)-1].Norm == "until" {
		return true
	}
	// "since 2019", "since the first flight in 2019"
	return slices.ContainsFunc(ts[max(0, len(ts)-sinceReach):], func(t token.Token) bool { return t.Norm == "since" })
}

// sinceReach is how many tokens before a time "since" may stand.
const sinceReach = 6

var (
	dayName  = regexp.MustCompile(`(?i)\b(mon|tues|wednes|thurs|fri|satur|sun)day`)
	longPast = regexp.MustCompile(`(?i)\bago\b|^((in|since) )?((the )?(last|previous)|early|late|mid|earlier)\b.*\b(months?|years?|decades?|century|centuries|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)\b`)
)

func namesDay(words string) bool { return dayName.MatchString(words) }

// Days before its report from which on what a sentence tells is of another time:
// a period that had ended, a day.
const (
	periodBefore = 14
	dayBefore    = 60
)

// background returns a key for a time that lies before the event of the report,
// "" for one that does not.
func background(e *TimelineEntry, date Date) string {
	if e.To == "" {
		if longPast.MatchString(oneLine(e.Passage.Text)) {
			return strings.ToLower(oneLine(e.Passage.Text))
		}
		return ""
	}
	if !date.Known() {
		if longPast.MatchString(oneLine(e.Passage.Text)) || len(e.Value) == len("2005") {
			return e.From + "/" + e.To
		}
		return ""
	}
	before := periodBefore
	if e.From == e.To {
		before = dayBefore
	}
	if d, err := time.Parse(isoDay, date.Day()); err == nil && e.To < d.AddDate(0, 0, -before).Format(isoDay) {
		return e.From + "/" + e.To
	}
	return ""
}

// sameSetting reports whether what two sentences tell may be of one time and of
// the same people.
func sameSetting(a, b *sideSentence) bool {
	return sameTimes(a, b) && !otherAges(a, b)
}

func sameTimes(a, b *sideSentence) bool {
	if len(a.periods) == 0 && len(b.periods) == 0 {
		return true
	}
	return slices.ContainsFunc(a.periods, func(p string) bool { return slices.Contains(b.periods, p) })
}

// otherAges reports whether two sentences each tell how old somebody is, and no
// age alike: they are of two people.
func otherAges(a, b *sideSentence) bool {
	return len(a.ages) > 0 && len(b.ages) > 0 &&
		!slices.ContainsFunc(a.ages, func(x float64) bool { return slices.Contains(b.ages, x) })
}

// supposings are words by which a sentence says what ought to be or might be.
var supposings = []string{" if ", " should ", " unless ", " ask ", " asks ", " asked for ", " demand ", " demands ", " demanded ", " want ", " wants ", " wanted ", " seek ", " seeks "}

// supposed reports whether a sentence sets a condition or says what ought to be.
func supposed(words string) bool {
	return slices.ContainsFunc(supposings, func(w string) bool { return strings.Contains(words, w) })
}

// span of the values that a figure allows, by the words before it. A toll "of at
// least 12" is what was known then, and another is another; of other things the
// words allow for somewhat more.
func (f *figure) span() (least, most float64) {
	v := f.value
	if f.from != 0 {
		return f.from, v
	}
	switch f.bound {
	case "more than", "over", "above":
		return v, 1.25 * v
	case "at least":
		if f.measured() {
			return v, v
		}
		return v, 1.25 * v
	case "nearly", "almost", "fewer than", "less than", "under", "up to", "at most":
		return 0.8 * v, v
	}
	if f.about {
		return 0.9 * v, 1.1 * v
	}
	return v, v
}

// mostRounded is how much a value may change by rounding: 5.2 million is told as 5, but
// 150 is not told as 200.
const mostRounded = 0.1

// rounds reports whether the one value is the other in rounder figures: 5 million
// for 5.2 million.
func rounds(x, y float64) bool {
	x, y = math.Abs(x), math.Abs(y)
	if min(x, y) < 1000 {
		return false
	}
	to := func(v, like float64) float64 {
		unit := 1.0
		for math.Mod(like, 10*unit) == 0 {
			unit *= 10
		}
		return math.Round(v/unit) * unit
	}
	return (to(x, y) == y || to(y, x) == x) && max(x, y)-min(x, y) <= mostRounded*max(x, y)
}

// joins are words that make what a figure counts a part of more: "420 passengers
// and crew".
var joins = wordList("joins")

// bareNumbers lists the numbers of a sentence that are no figure of their own:
// "compared to 47 the night before".
func (r *sideReport) bareNumbers(k int) []float64 {
	if r.sentences[k].hasBare {
		return r.sentences[k].bare
	}
	s := r.maker.sentences[r.sentences[k].index].span
	text := s.In(r.text)
	ts := r.sentences[k].tokens
	var out []float64
	for i := 0; i < len(ts); {
		n, ok := numeral.At(ts, text, i)
		if !ok || n.End <= i {
			i++
			continue
		}
		at := s.Start + ts[i].Span.Start
		if !n.Ordinal && !n.Vague && !slices.ContainsFunc(r.marks[k], func(i int) bool {
			m := r.mark(i)
			return (m.Class == dialect.Quantity || m.Class == dialect.Time) && m.Span.ContainsOffset(at)
		}) {
			out = append(out, n.Value)
		}
		i = n.End
	}
	r.sentences[k].bare, r.sentences[k].hasBare = out, true
	return out
}

// knows reports whether the sentence of a figure gives the other's value too: it
// tells of both, and what each is of.
func (c *comparison) knows(ref sentenceRef, f, other *figure) bool {
	r := c.reports[ref.report]
	id := r.maker.sentences[r.sentences[ref.sentence].index].id
	return slices.Contains(r.bareNumbers(ref.sentence), other.value) || slices.ContainsFunc(r.allFigures, func(g *figure) bool {
		return g.passage.Sentence == id && g.value == other.value && (g.unit == f.unit || g.of != "" && g.of == f.of)
	})
}

// factual begins what a sentence tells beside what it says ought to be: "they demand a cap on
// diesel, which has risen to 16.50".
var factual = regexp.MustCompile(`\b(?:which|who) (?:has|have|had|is|was|are|were) `)

// supposes reports whether the sentence of a figure sets a condition or says what ought to be,
// and tells the figure of that.
func (c *comparison) supposes(ref sentenceRef, f *figure) bool {
	if !supposed(c.at(ref).words) {
		return false
	}
	r := c.reports[ref.report]
	from := r.maker.sentences[c.at(ref).index].span.Start
	return !factual.MatchString(r.text[from:max(from, f.passage.Span.Start)])
}

// sameFor reports whether two figures may be set against one another, wherever
// they stand: of one time and the same people, none of them the part of a whole,
// neither report giving both.
func (c *comparison) sameFor(f, g *figure, a, b sentenceRef) bool {
	if f.joint != g.joint || f.rateOther(g) || f.doesOther(g) || f.otherStep(g) || !sameSetting(c.at(a), c.at(b)) || c.knows(a, f, g) || c.knows(b, g, f) {
		return false
	}
	return !f.money() && f.unit != "%" || c.supposes(a, f) == c.supposes(b, g)
}

// stamped reports whether a time is the date that an outlet puts on its page,
// glued to a sentence: a date of the calendar that no word of the sentence leads
// to.
func stamped(text string, from int, e *TimelineEntry) bool {
	words := e.Passage.Text
	if !strings.ContainsAny(words, "0123456789") || !monthName.MatchString(words) {
		return false
	}
	var room [64]token.Token
	before := text[from:e.Passage.Span.Start]
	ts := token.Append(room[:0], before, span.New(0, len(before)))
	if len(ts) == 0 {
		return true
	}
	last := ts[len(ts)-1]
	return last.Kind != token.Word || !last.Is(token.AllLower)
}

var monthName = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)

// couldTell reports whether the reports of two times may tell of one thing by
// them: nobody tells as done what is done after the report.
func couldTell(x, y *TimelineEntry) bool {
	done := func(e *TimelineEntry) bool { return e.Realis == "" || e.Realis == "occurred" }
	after := func(e, of *TimelineEntry) bool {
		d := of.Passage.Briefing.Header.Date
		return d.Known() && e.From > d.Day()
	}
	return !(done(x) && after(y, x)) && !(done(y) && after(x, y))
}
