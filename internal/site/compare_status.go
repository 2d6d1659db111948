package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/stable"
	"readout/internal/token"
)

// A standing is what a sentence says of how something stands, with the words
// that tell what.
type standing struct {
	ref    sentenceRef
	status string
	of     weights
	head   string // the word next to the status that tells what stands so
}

// maxStandings bounds what is compared of one report.
const maxStandings = 40

// Words around a status that may tell of what it is.
const (
	beforeStatus = 14
	afterStatus  = 7
)

// standings compares how reports say that the same thing stands, wherever in a
// sentence they say it: talks that were held and talks that were cancelled.
func (c *comparison) standings(before []Dimension) []Dimension {
	var all []standing
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			for _, st := range c.standingsOf(sentenceRef{r, k}) {
				if n < maxStandings {
					all = append(all, st)
					n++
				}
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || !statusWords().differ[[2]string{x.status, y.status}] || c.caughtSince(x.ref, y.ref, x.status, y.status) {
				continue
			}
			n := x.of.common(y.of)
			a, b := c.at(x.ref), c.at(y.ref)
			if n > 0 && sharedDay(a, b) {
				n++
			}
			if n == 1 && (c.sameNames(x.ref, y.ref) >= 2 || x.head != "" && x.head == y.head) {
				n++
			}
			if n == 1 && c.short(x.ref, y.ref) && (c.headIn(x, y) || c.headIn(y, x)) {
				n++
			}
			if n == 1 && c.oneSought(x, y) {
				n++
			}
			if n < 2 || otherDays(a, b) && !goesOn(x, y) || !sameSetting(a, b) {
				continue
			}
			if d := c.sentenceRow("status", "dimension.status", x.ref, y.ref); !d.among(before, out) {
				out = append(out, d)
			}
		}
	}
	return out
}

// headIn reports whether the word next to the one status is among what the other is told of:
// "flights have been suspended", "the flight programme will continue".
func (c *comparison) headIn(x, y standing) bool {
	return x.head != "" && slices.ContainsFunc(c.weighText(x.head), func(w weighted) bool { return y.of.has(w.term) })
}

// apartFrom are words that tell one of those who are sought from another.
var apartFrom = wordList("apartFrom")

// oneSought reports whether two sentences of short reports tell of one who was caught and one
// who is sought, of whom neither report has both.
func (c *comparison) oneSought(x, y standing) bool {
	if !personal[x.status] || !personal[y.status] || !c.short(x.ref, y.ref) {
		return false
	}
	for _, z := range []standing{x, y} {
		s := c.at(z.ref)
		if slices.ContainsFunc(apartFrom, func(w string) bool { return strings.Contains(s.words, " "+w+" ") }) {
			return false
		}
		n := 0
		for k := range c.reports[z.ref.report].sentences {
			if st := c.reports[z.ref.report].sentences[k].status; personal[st] {
				n++
			}
		}
		if n > 1 {
			return false
		}
	}
	return true
}

// standingsOf lists what a sentence says of how things stand. What it is told of
// stands before a passive ("the talks were cancelled") and after an active verb
// ("cancelled the march").
func (c *comparison) standingsOf(ref sentenceRef) []standing {
	s := c.at(ref)
	if s.status == "" {
		return nil
	}
	type found struct {
		p  *statusPhrase
		at int
	}
	var all []found
	ws := wordTokens(s.tokens)
	eachStatus(ws, func(p *statusPhrase, at int) { all = append(all, found{p, at}) })
	stable.Sort(all, func(a, b found) int { return a.p.rank - b.p.rank })
	var out []standing
	for _, f := range all {
		after := f.at + len(f.p.words)
		from, to := max(0, f.at-beforeStatus), f.at
		if active(ws, f.at) {
			from, to = after, min(len(ws), after+afterStatus)
		}
		if from >= to {
			continue
		}
		what := ws[from:to]
		if f.p.status == "planned" {
			what = slices.Concat(what, ws[f.at:after]) // "will be signed": the signing
		}
		head := ""
		if to == f.at {
			head = headBefore(ws[from:to])
		}
		out = append(out, standing{ref, f.p.status, c.weigh(what), head})
	}
	return out
}

// active reports whether the word at i is a verb that its object follows: a word
// that ends in -ed without a form of "be" or "have been" before it.
func active(ws []token.Token, i int) bool {
	if !strings.HasSuffix(ws[i].Norm, "ed") {
		return false
	}
	for k := i - 1; k >= max(0, i-3); k-- {
		switch ws[k].Norm {
		case "was", "were", "been", "be", "is", "are", "being":
			return false
		}
	}
	return true
}

// sharedDay reports whether two sentences tell of the same day.
func sharedDay(a, b *sideSentence) bool {
	for _, x := range a.days {
		for _, y := range b.days {
			if x.From == y.From {
				return true
			}
		}
	}
	return false
}

// sameNames counts the people and bodies that two sentences, each with the one
// before it, both name, be it as their source.
func (c *comparison) sameNames(a, b sentenceRef) int {
	names := func(ref sentenceRef) []string {
		rep := c.reports[ref.report]
		if s := c.at(ref); s.hasNames {
			return s.names
		}
		var out []string
		for k := max(0, ref.sentence-1); k <= ref.sentence; k++ {
			for _, i := range rep.marks[k] {
				if class := rep.mark(i).Class; class != dialect.Person && class != dialect.Organization || rep.localOf[i] < 0 {
					continue
				}
				if e := rep.entity(rep.localOf[i]); e != nil {
					if name := plainName(e.Name); !slices.Contains(out, name) {
						out = append(out, name)
					}
				}
			}
		}
		c.at(ref).names, c.at(ref).hasNames = out, true
		return out
	}
	n, y := 0, names(b)
	for _, e := range names(a) {
		if slices.Contains(y, e) {
			n++
		}
	}
	return n
}

// headBefore returns the last word of a subject before its verb: "match" of "the
// match was".
func headBefore(ws []token.Token) string {
	for i := len(ws) - 1; i >= 0; i-- {
		switch ws[i].Norm {
		case "was", "were", "is", "are", "be", "been", "being", "has", "have", "had", "will", "would", "still", "also", "then":
			continue
		}
		if ws[i].Is(token.AllLower) && len(baseTerms(&ws[i])) > 0 {
			return ws[i].Norm
		}
		return ""
	}
	return ""
}

// goesOn reports whether one says that something was called off and the other that
// it goes on: of two days that is a difference all the same.
func goesOn(x, y standing) bool {
	return x.status == "ongoing" && y.status == "cancelled" || x.status == "cancelled" && y.status == "ongoing"
}
