package site

import (
	"strings"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/token"
)

// objectStops end what a verb has for its object.
var objectStops = wordSet("objectStops")

// object returns the word, and its term, of what a predicate is told to do something to: of "hold a
// ballot on 12 March" that of the ballot, of "vote on the budget" that of the budget; ""
// where there is none.
func (c *comparison) object(ref sentenceRef, verb span.Span) (word, term string) {
	s := c.at(ref)
	start := c.reports[ref.report].maker.sentences[s.index].span.Start
	first := true
	for i := range s.tokens {
		t := &s.tokens[i]
		if start+t.Span.Start < verb.End {
			continue
		}
		if first && (t.Norm == "on" || t.Norm == "over") {
			first = false
			continue
		}
		first = false
		if t.Kind != token.Word || objectStops[t.Norm] {
			break
		}
		if terms := baseTerms(t); len(terms) > 0 {
			word, term = t.Norm, terms[0].term
		}
	}
	return word, term
}

// verbsOf lists the predicates that a time of a sentence is tied to.
func (c *comparison) verbsOf(ref sentenceRef, e *TimelineEntry) []span.Span {
	rep := c.reports[ref.report]
	t := c.timeMark(rep, e)
	if t < 0 || rep.file.Marks[t].ID == "" {
		return nil
	}
	var out []span.Span
	for _, i := range rep.marks[ref.sentence] {
		if mk := rep.mark(i); mk.Class == dialect.EventMention && mk.Get("at") == rep.file.Marks[t].ID {
			out = append(out, mk.Span)
		}
	}
	return out
}

// doOther reports whether two times are of two things that happen, or of one verb and of
// two things: each tells of its own what the other's sentence does not name.
func (c *comparison) doOther(a, b sentenceRef, x, y *TimelineEntry) bool {
	if c.otherDoings(a, b) {
		return true
	}
	for _, v := range c.verbsOf(a, x) {
		for _, w := range c.verbsOf(b, y) {
			if lastWord(v.In(c.reports[a.report].text)) != lastWord(w.In(c.reports[b.report].text)) {
				continue
			}
			of, ofTerm := c.object(a, v)
			other, otherTerm := c.object(b, w)
			if of != "" && other != "" && ofTerm != otherTerm && !strings.Contains(c.at(b).words, " "+of) && !strings.Contains(c.at(a).words, " "+other) {
				return true
			}
		}
	}
	return false
}

// lastWord is the last word of a predicate: "hold" of "is to hold".
func lastWord(words string) string {
	words = strings.ToLower(words)
	return words[strings.LastIndexByte(words, ' ')+1:]
}

// crossed reports whether each of two reports names the other's day too: of which of
// several things either day is, is then not told by the days.
func (c *comparison) crossed(a, b sentenceRef, x, y *TimelineEntry) bool {
	names := func(report int, day string) bool {
		for k := range c.reports[report].sentences {
			for _, e := range c.reports[report].sentences[k].days {
				if e.From == day {
					return true
				}
			}
		}
		return false
	}
	return names(a.report, y.From) && names(b.report, x.From)
}
