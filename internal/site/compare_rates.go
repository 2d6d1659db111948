package site

import (
	"strings"

	"readout/internal/span"
	"readout/internal/token"
)

// spells are lengths of time for which an amount may be told.
var spells = map[string]bool{"minute": true, "hour": true, "day": true, "night": true, "week": true, "month": true, "quarter": true, "year": true}

// adverbs of a length of time, after an amount or before it.
var spellAdverbs = map[string]string{"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year"}

// rateWithin is how many words behind an amount the length of time may stand.
const rateWithin = 12

// rate returns the length of time for which an amount is told, "day" of "300 engines a
// day" and of "80 lorries of the board may pass each day"; "" where it is told in all.
func (r *sideReport) rate(from int, at span.Span) string {
	ts := r.rightOf(at.End)
	for i := 0; i < min(len(ts), rateWithin); i++ {
		switch w := ts[i].Norm; {
		case spellAdverbs[w] != "":
			return spellAdverbs[w]
		case i+1 < len(ts) && (w == "a" || w == "an" || w == "per" || w == "each" || w == "every" || w == "/"):
			n := i + 1
			if ts[n].Norm == "-" && n+1 < len(ts) {
				n++
			}
			if i > 0 && objectStops[ts[i-1].Norm] {
				continue // "within an hour", "for a week"
			}
			if spells[ts[n].Norm] && (n+1 == len(ts) || !sinceThen[ts[n+1].Norm]) {
				return ts[n].Norm
			}
		case ts[i].Kind == token.Punct && w != "-" || w == "and" || w == "but":
			i = rateWithin // its clause ends
		}
	}
	for _, w := range wordsBefore(r.leftOf(from, max(from, at.Start)), 4) {
		if s := spellAdverbs[w]; s != "" {
			return s
		}
	}
	return ""
}

// sinceThen are words that make a length of time before them a date: "a year ago".
var sinceThen = map[string]bool{"ago": true, "earlier": true, "later": true, "before": true, "after": true, "old": true}

// byTheSpell are what is told for a length of time as a matter of course, so that a
// report need not say so.
var byTheSpell = map[string]bool{"wage": true, "rent": true, "premium": true, "interest": true}

// rateOther reports whether two amounts are told for different lengths of time, or one
// of them in all.
func (f *figure) rateOther(g *figure) bool {
	if f.per == g.per || f.per == "" && g.per == "year" || g.per == "" && f.per == "year" {
		return false
	}
	return f.per != "" && g.per != "" || !byTheSpell[f.frame] && !byTheSpell[g.frame]
}

// founding are verbs of how something came to be, which is told with its year.
var founding = wordSet("founding")

// A founded is a year in which something is told to have come to be.
type founded struct {
	ref   sentenceRef
	verb  string
	at    Passage // from the verb to the year
	words string
	year  string
}

// foundings compares the years in which two reports say that the same was built,
// opened or founded.
func (c *comparison) foundings() []Dimension {
	var all []founded
	for r, rep := range c.reports {
		for k := range rep.sentences {
			all = append(all, c.foundedIn(sentenceRef{r, k})...)
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || x.verb != y.verb || x.year == y.year || c.foundsTwice(all, x) || c.foundsTwice(all, y) ||
				c.at(x.ref).plain.common(c.at(y.ref).plain) < 2 || c.window(x.ref, y.ref) < 3 {
				continue
			}
			d := c.row("time", c.l.Text("dimension.when"))
			for _, z := range []founded{x, y} {
				d.put(c.reports[z.ref.report].b, z.words, z.at)
			}
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// foundsTwice reports whether the report of x tells of its verb with another year: it
// tells of several things.
func (c *comparison) foundsTwice(all []founded, x founded) bool {
	for _, o := range all {
		if o.ref.report == x.ref.report && o.verb == x.verb && o.year != x.year {
			return true
		}
	}
	return false
}

// foundedIn reads "built in 1962" in a sentence.
func (c *comparison) foundedIn(ref sentenceRef) []founded {
	rep := c.reports[ref.report]
	s := rep.maker.sentences[c.at(ref).index]
	ts := c.at(ref).tokens
	var out []founded
	for i := 2; i < len(ts); i++ {
		year := ts[i].Norm
		if len(year) != 4 || strings.Trim(year, "0123456789") != "" || year < "1000" || year > "2100" || ts[i-1].Norm != "in" || !founding[ts[i-2].Norm] {
			continue
		}
		at := span.New(s.span.Start+ts[i-2].Span.Start, s.span.Start+ts[i].Span.End)
		block, _, _ := strings.Cut(s.id, "-")
		p := rep.place(at, blockIndex(rep, block), s.id)
		out = append(out, founded{ref, ts[i-2].Norm, p, oneLine(p.Text), year})
	}
	return out
}
