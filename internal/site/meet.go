package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/token"
)

// meetWords tell of a meeting between who stands before and who stands after
// them. Those of two words are joined by a hyphen.
var meetWords = map[string]bool{
	"met": true, "meet": true, "meets": true, "meeting": false, "met-with": true, "talks-with": true, "meeting-with": true,
	"hosted": true, "hosting": true, "received": false, "hosts": true,
}

// maxMeetings bounds what a story's page shows.
const maxMeetings = 60

// meetings finds who met whom: in one sentence somebody before a word of meeting
// and somebody after it, without another clause between.
func (c *comparison) meetings() []Meeting {
	var out []Meeting
	seen := map[[2]*Entity]bool{}
	for _, r := range c.reports {
		for _, ss := range r.sentences {
			s := r.maker.sentences[ss.index]
			ts := ss.tokens
			for i, t := range ts {
				end := i
				if !meetWords[t.Norm] {
					if i+1 >= len(ts) || !meetWords[t.Norm+"-"+ts[i+1].Norm] {
						continue
					}
					end = i + 1
				}
				verb := span.New(s.span.Start+t.Span.Start, s.span.Start+ts[end].Span.End)
				a, b := r.nearest(s.span, verb, true), r.nearest(s.span, verb, false)
				if a == nil || b == nil || a == b {
					continue
				}
				key := [2]*Entity{a, b}
				if byName(a, b) > 0 {
					key = [2]*Entity{b, a}
				}
				if seen[key] || len(out) == maxMeetings {
					continue
				}
				seen[key] = true
				m := Meeting{A: a, B: b, Realis: r.realisAt(verb, ts[:i]), Passage: r.sentencePassage(ss.index)}
				for _, e := range ss.places {
					if e != a && e != b && m.Where == nil && !wide(e.Name) && strings.Contains(r.text[verb.End:s.span.End], " in "+e.Name) {
						m.Where = e
					}
				}
				out = append(out, m)
			}
		}
	}
	return out
}

// nearest returns the person or organization named nearest before (or after) the
// verb in its sentence, people first; nil where another verb stands between or
// nobody is near.
func (r *sideReport) nearest(s, verb span.Span, before bool) *Entity {
	const far = 90 // bytes
	var person, other *Entity
	personGap, otherGap := far, far
	for i, mk := range r.file.Marks {
		if mk.Span.Start >= s.End {
			break
		}
		if (mk.Class != dialect.Person && mk.Class != dialect.Organization) || !s.Contains(mk.Span) || r.localOf[i] < 0 {
			continue
		}
		if before != (mk.Span.End <= verb.Start) || !before && mk.Span.Start < verb.End {
			continue
		}
		between := r.text[min(mk.Span.End, verb.End):max(mk.Span.Start, verb.Start)]
		if strings.ContainsAny(between, ";:\"“”") || strings.Contains(between, " who ") || strings.Contains(between, " that ") {
			continue
		}
		d := gap(mk.Span, verb)
		if mk.Class == dialect.Person && d < personGap {
			person, personGap = r.entity(r.localOf[i]), d
		}
		if mk.Class == dialect.Organization && d < otherGap {
			other, otherGap = r.entity(r.localOf[i]), d
		}
	}
	if person != nil {
		return person
	}
	return other
}

// realisAt says how a meeting is told: as the event mention over its verb has
// it, else as planned where "to" or "will" stands before it.
func (r *sideReport) realisAt(verb span.Span, before []token.Token) string {
	for _, mk := range r.file.Marks {
		if mk.Class == dialect.EventMention && mk.Span.Overlaps(verb) {
			if v := mk.Get("realis"); v != "" {
				return v
			}
			return "occurred"
		}
	}
	if n := len(before); n > 0 && slices.Contains([]string{"to", "will", "would", "may", "could", "should"}, before[n-1].Norm) {
		return "expected"
	}
	return "occurred"
}
