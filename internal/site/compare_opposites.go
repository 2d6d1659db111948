package site

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/wordlist"
)

// Two sentences in much the same words say the same only where no word of the one is the
// contrary of a word of the other: who passed an inspection did not fail it.

//go:embed data/opposites.txt
var oppositesFile string

// A contrary is a side of a pair of opposites that a word is on.
type contrary struct {
	pair   int
	second bool
	turned bool // told of one act from its two ends
	then   bool // an act that may follow its contrary
}

// opposites are the sides that words are on, by the term of their base.
var opposites = sync.OnceValue(func() map[string][]contrary {
	m := map[string][]contrary{}
	n := 0
	for line := range wordlist.Rows(oppositesFile) {
		line, turned := strings.CutPrefix(line, "turned:")
		line, then := strings.CutPrefix(line, "then:")
		a, b, ok := strings.Cut(line, " x ")
		if !ok {
			continue
		}
		for i, side := range []string{a, b} {
			for w := range strings.FieldsSeq(side) {
				if t := ownTermOf(w); t != "" {
					m[t] = append(m[t], contrary{n, i == 1, turned, then})
				}
			}
		}
		n++
	}
	return m
})

// ownTermOf is the last term of a word itself: not that of a word used for the same.
func ownTermOf(word string) string {
	own := ""
	for _, b := range findTerms(token.Scan(word)[0]) {
		own = b.own
	}
	return own
}

// A sided word is one of a sentence that has an opposite.
type sided struct {
	contrary
	at  span.Span // in the text of the report
	not bool      // whether its clause says that it is not so
}

// sidesOf lists the words of a sentence that begins at start which have opposites.
func sidesOf(tokens []token.Token, start int) []sided {
	var out []sided
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != token.Word || !t.Is(token.AllLower) {
			continue
		}
		sides := sense(t).sides
		if len(sides) == 0 || i > 0 && slices.Contains(articles, tokens[i-1].Norm) {
			continue
		}
		not := denied(wordTokens(tokens[max(0, i-notBefore):i]))
		for _, side := range sides {
			out = append(out, sided{side, span.New(start+t.Span.Start, start+t.Span.End), not})
		}
	}
	return out
}

// sides lists the words of a part of a report's sentence that have opposites.
func (c *comparison) sides(ref sentenceRef, within span.Span) []sided {
	all := c.at(ref).sides
	for i, s := range all {
		if !within.Contains(s.at) {
			out := slices.Clone(all[:i])
			for _, s := range all[i+1:] {
				if within.Contains(s.at) {
					out = append(out, s)
				}
			}
			return out
		}
	}
	return all
}

// articles make the word after them a noun, or part of what they name: "the end of May".
var articles = []string{"the", "a", "an"}

// notBefore is how many words before a word may say that it is not so.
const notBefore = 4

// whole is the span of a sentence.
func (c *comparison) whole(ref sentenceRef) span.Span {
	return c.reports[ref.report].maker.sentences[c.at(ref).index].span
}

// opposed reports whether a word of one sentence is the contrary of one of the other,
// where what stands around the two is alike. A sentence that has both sides itself tells
// of two things.
func (c *comparison) opposed(a, b sentenceRef) bool {
	return c.opposedWithin(a, c.whole(a), b)
}

// opposedWithin is opposed of a part of the first sentence.
func (c *comparison) opposedWithin(a sentenceRef, part span.Span, b sentenceRef) bool {
	return c.contrary(a, part, b, true)
}

// contrary is opposedWithin, with acts that may follow their contrary where the caller
// asks for them.
func (c *comparison) contrary(a sentenceRef, part span.Span, b sentenceRef, then bool) bool {
	xs, ys := c.sides(a, part), c.at(b).sides
	if len(xs) == 0 || len(ys) == 0 {
		return false
	}
	side := func(all []sided, o sided, second bool) bool {
		return slices.ContainsFunc(all, func(x sided) bool { return x.pair == o.pair && (x.second != x.not) == second })
	}
	for _, x := range xs {
		second := x.second != x.not
		for _, y := range ys {
			if x.pair != y.pair || x.then && !then || (y.second != y.not) == second || side(xs, x, !second) || side(ys, y, second) {
				continue
			}
			if x.turned {
				if s := c.subject(a, x.at); s == nil || s != c.subject(b, y.at) {
					continue
				}
			}
			if alikeBy(c.nearTerms(a, x.at, true), c.nearTerms(b, y.at, true)) >= phaseFrom {
				return true
			}
		}
	}
	return false
}

// denies reports whether a sentence says by a denial what the other says by the contrary
// word: "did not pass" and "failed".
func (c *comparison) denies(a, b sentenceRef) bool {
	for _, x := range c.at(a).sides {
		for _, y := range c.at(b).sides {
			if x.pair == y.pair && x.second != y.second && x.not != y.not {
				return true
			}
		}
	}
	return false
}

// subject is the last that is named before a word in its sentence.
func (c *comparison) subject(ref sentenceRef, word span.Span) *Entity {
	rep := c.reports[ref.report]
	var last *Entity
	for _, i := range rep.marks[ref.sentence] {
		if mk := rep.mark(i); mk.Span.End <= word.Start && rep.localOf[i] >= 0 && mk.Class != dialect.Time {
			if e := rep.entity(rep.localOf[i]); e != nil {
				last = e
			}
		}
	}
	return last
}

// attempts are verbs that say of the one after "to" that it is offered, tried or the like.
var attempts = wordList("attempts")

// attemptTerms are the terms of attempts.
var attemptTerms = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range attempts {
		m[ownTermOf(w)] = true
	}
	return m
})

// attemptBefore is how many words before "to" a verb of attempts may stand: "asked Brand to".
const attemptBefore = 2

// A mood is how a sentence tells a predicate, by the term of its verb.
type mood struct {
	verb string
	told []string
}

// moods says of the predicates of a sentence how each is told: as done, as to come, as not
// so, or as no more than offered, tried or the like.
func (c *comparison) moods(ref sentenceRef) []mood {
	s := c.at(ref)
	if !s.hasMoods {
		s.moods, s.hasMoods = c.findMoods(ref), true
	}
	return s.moods
}

// toldOf returns how a verb is told, nil where it is not.
func toldOf(moods []mood, verb string) []string {
	for i := range moods {
		if moods[i].verb == verb {
			return moods[i].told
		}
	}
	return nil
}

func (c *comparison) findMoods(ref sentenceRef) []mood {
	rep := c.reports[ref.report]
	var m []mood
	add := func(verb, as string) {
		if verb == "" {
			return
		}
		i := slices.IndexFunc(m, func(m mood) bool { return m.verb == verb })
		if i < 0 {
			i, m = len(m), append(m, mood{verb: verb})
		}
		if !slices.Contains(m[i].told, as) {
			m[i].told = append(m[i].told, as)
		}
	}
	ts := c.at(ref).tokens
	for i := 1; i+1 < len(ts); i++ {
		if ts[i].Norm != "to" || ts[i+1].Kind != token.Word {
			continue
		}
		for w := max(0, i-attemptBefore); w < i; w++ {
			if ts[w].Kind == token.Word && sense(&ts[w]).attempt {
				add(lastTerm(ts[i+1].Norm), sense(&ts[w]).own)
			}
		}
	}
	for _, i := range rep.marks[ref.sentence] {
		mk := rep.mark(i)
		if mk.Class != dialect.EventMention {
			continue
		}
		verb := lastTerm(mk.Span.In(rep.text))
		if toldOf(m, verb) != nil {
			continue
		}
		switch mood := mk.Get("realis"); mood {
		case "scheduled":
			add(verb, "expected")
		case "":
			add(verb, "occurred")
		default:
			add(verb, mood)
		}
	}
	for i := 0; i+1 < len(ts); i++ {
		if mood := tellsMood[ts[i].Norm]; mood != "" && ts[i+1].Kind == token.Word {
			if verb := lastTerm(ts[i+1].Norm); toldOf(m, verb) == nil {
				add(verb, mood)
			}
		}
	}
	return m
}

// tellsMood is what auxiliaries say of the verb after them, which the text may not mark, how it is told.
var tellsMood = map[string]string{
	"will": "expected", "shall": "expected", "would": "expected",
	"has": "occurred", "have": "occurred", "had": "occurred",
}

// otherMood reports whether two sentences have a predicate in common that the one tells
// otherwise than the other: as done, and as offered.
func (c *comparison) otherMood(a, b sentenceRef) bool {
	y := c.moods(b)
	for _, x := range c.moods(a) {
		if z := toldOf(y, x.verb); z != nil && !slices.ContainsFunc(x.told, func(m string) bool { return slices.Contains(z, m) }) {
			return true
		}
	}
	return false
}

// later reports whether a sentence tells of a day after the other's report came out.
func (c *comparison) later(a, b sentenceRef) bool {
	day, date := c.dayOf(a), c.reports[b.report].b.Header.Date
	return day != nil && date.Known() && day.From > date.Day()
}

// contraries finds what two reports say in much the same words but for one that is the
// contrary of the other's: what would be told as agreed on otherwise.
func (c *comparison) contraries(pairs []alignment, before []Dimension) []Dimension {
	var out []Dimension
	for _, p := range pairs {
		a, b := c.at(p.a), c.at(p.b)
		share, n := contained(a.plain, b.plain)
		if p.sim < planFrom || n < 2 || share < saidShare || otherDays(a, b) || !sameSetting(a, b) || !c.contrary(p.a, c.whole(p.a), p.b, false) ||
			c.later(p.a, p.b) || c.later(p.b, p.a) ||
			apart(c.reports[p.a.report].namesIn(p.a.sentence), c.reports[p.b.report].namesIn(p.b.sentence)) {
			continue
		}
		d := c.row("denial", c.l.Text("dimension.opposite"))
		for _, ref := range []sentenceRef{p.a, p.b} {
			t := c.passage(ref)
			d.put(c.reports[ref.report].b, oneLine(t.Text), t)
		}
		d.judge()
		if !anyRow(before, out, func(o Dimension) bool { return o.sameCells(d) }) {
			out = append(out, d)
		}
	}
	return out
}
