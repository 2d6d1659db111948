package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/span"
	"readout/internal/token"
)

// meetWords tell of a meeting between who stands before and who stands after
// them. Those of two words are joined by a hyphen.
var meetWords = map[string]bool{
	"met": true, "meet": true, "meets": true, "meeting": false, "met-with": true, "talks-with": true, "meeting-with": true,
	"hosted": true, "hosting": true, "received": false, "hosts": true,
}

// meetFirst has the first of the words of meeting that are two.
var meetFirst = func() map[string]bool {
	m := map[string]bool{}
	for w := range meetWords {
		if a, _, two := strings.Cut(w, "-"); two {
			m[a] = true
		}
	}
	return m
}()

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
			if !ss.meets {
				continue
			}
			ts := ss.tokens
			for i, t := range ts {
				end := i
				if !meetWords[t.Norm] {
					if !meetFirst[t.Norm] || i+1 >= len(ts) || !meetWords[t.Norm+"-"+ts[i+1].Norm] {
						continue
					}
					end = i + 1
				}
				verb := span.New(s.span.Start+t.Span.Start, s.span.Start+ts[end].Span.End)
				a, _ := r.nearest(s.span, verb, true)
				b, whom := r.nearest(s.span, verb, false)
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
				if e := r.placeOf(verb, whom, s.span.End); e != a && e != b {
					m.Where = e
				}
				out = append(out, m)
			}
		}
	}
	return out
}

// nearest returns the person or organization that stands before the verb as its
// subject, or after it as its object; people first. What stands between must
// bind the two: whoever is only named near a meeting met nobody.
func (r *sideReport) nearest(s, verb span.Span, before bool) (*Entity, span.Span) {
	const far = 90 // bytes
	var person, other *Entity
	var personAt, otherAt span.Span
	personGap, otherGap := far, far
	for i, mk := range r.file.Marks {
		if mk.Span.Start >= s.End {
			break
		}
		if (mk.Class != dialect.Person && mk.Class != dialect.Organization) || !s.Contains(mk.Span) || r.localOf[i] < 0 {
			continue
		}
		d := gap(mk.Span, verb)
		switch {
		case d >= far || before && mk.Span.End > verb.Start || !before && mk.Span.Start < verb.End:
			continue
		case before && !subject(r.text[s.Start:mk.Span.Start], r.text[mk.Span.End:verb.Start]):
			continue
		case !before && !object(r.text[verb.End:mk.Span.Start], r.text[mk.Span.End:s.End], mk.Class == dialect.Organization):
			continue
		}
		if mk.Class == dialect.Person && d < personGap {
			person, personGap, personAt = r.entity(r.localOf[i]), d, mk.Span
		}
		if mk.Class == dialect.Organization && d < otherGap {
			other, otherGap, otherAt = r.entity(r.localOf[i]), d, mk.Span
		}
	}
	if person != nil {
		return person, personAt
	}
	return other, otherAt
}

// Words between a name and a verb of meeting that show that the name belongs to
// something else.
var (
	beforeNames  = strings.Fields("of by with for from under to in about against on at near over between led backed than as like")
	apartWords   = strings.Fields("who whom whose that which while when where because after before until since although if and but or not never")
	objectBreaks = strings.Fields("who that which while when where after before since as to over about for from by on against under during near if and or but")
)

func wordsOf(s string) []token.Token {
	return slices.DeleteFunc(token.Scan(s), func(t token.Token) bool { return t.Kind != token.Word })
}

func wordClass(w string) lexicon.Class {
	t := lexicon.Shared()
	return t.Word(lexicon.Hash(w)) | t.Word(lexicon.Hash(strings.TrimSuffix(w, "s")))
}

// subject reports whether a name, with what stands before it in its sentence and
// between it and the verb, is the verb's subject: no preposition leads to it,
// and nobody else comes between but in an apposition.
func subject(before, between string) bool {
	if ws := wordsOf(before); len(ws) > 0 && slices.Contains(beforeNames, ws[len(ws)-1].Norm) {
		return false
	}
	if strings.ContainsAny(between, ";:\"“”()") || strings.HasPrefix(between, "'s") || strings.HasPrefix(between, "’s") {
		return false
	}
	parts := strings.Split(between, ",")
	switch {
	case len(parts) > 3, len(parts) > 1 && strings.TrimSpace(parts[0]) != "":
		return false
	}
	for _, t := range wordsOf(parts[len(parts)-1]) {
		c := wordClass(t.Norm)
		if t.Is(token.Initial) || slices.Contains(apartWords, t.Norm) || c&lexicon.Say != 0 || c&lexicon.PersonNoun != 0 && c&lexicon.Verb == 0 {
			return false
		}
	}
	return true
}

// object reports whether a name is what the verb leads to, by what stands
// between the two and after it.
func object(between, after string, body bool) bool {
	if strings.ContainsAny(between, ",;:\"“”()") {
		return false
	}
	if !body && (strings.HasPrefix(after, "'s") || strings.HasPrefix(after, "’s")) {
		return false
	}
	ws := wordsOf(between)
	for i, t := range ws {
		c := wordClass(t.Norm)
		last := i == len(ws)-1
		switch {
		case t.Norm == "of" && !body, t.Norm == "'s":
			return false
		case t.Norm == "for" && i > 0 && last || t.Norm == "for" && i+2 == len(ws) && ws[i+1].Norm == "the":
			// "a dinner for the delegation"
		case slices.Contains(objectBreaks, t.Norm), c&lexicon.Say != 0:
			return false
		case t.Is(token.AllLower) && c&lexicon.PersonNoun != 0 && !last && !body:
			return false
		case t.Is(token.AllLower) && strings.HasSuffix(t.Norm, "ing") && len(t.Norm) > 5:
			return false
		}
	}
	return true
}

// placeOf returns the place at which a meeting is said to be: the one that the
// word of meeting, or whom it leads to, is directly followed by. A place in a
// role ("head of mission in …") or of a name is none.
func (r *sideReport) placeOf(verb, whom span.Span, end int) *Entity {
	for i, mk := range r.file.Marks {
		if mk.Span.Start >= end {
			break
		}
		if mk.Class != dialect.Place || mk.Span.Start < verb.End || r.localOf[i] < 0 {
			continue
		}
		from := whom.End
		if mk.Span.Start < whom.Start {
			from = verb.End
		} else if whom.Contains(mk.Span) {
			continue
		}
		ws := wordsOf(r.text[from:mk.Span.Start])
		if n := len(ws); n == 0 || n > 3 || ws[n-1].Norm != "in" && ws[n-1].Norm != "at" || strings.ContainsAny(r.text[from:mk.Span.Start], ",;:()\"“”") {
			continue
		}
		plain := true
		for _, t := range ws[:len(ws)-1] {
			// "the Taliban officials in Kabul", "on Friday in Kabul"
			plain = plain && (t.Is(token.AllLower) && wordClass(t.Norm)&lexicon.PersonNoun != 0 && strings.HasSuffix(t.Norm, "s") || from == whom.End && r.inTime(from, mk.Span.Start, t))
		}
		e := r.entity(r.localOf[i])
		if plain && e != nil && !wide(e.Name) {
			return e
		}
	}
	return nil
}

// inTime reports whether a word of the text from from to to is part of a time.
func (r *sideReport) inTime(from, to int, t token.Token) bool {
	if t.Norm == "on" {
		return true
	}
	at := span.New(from+t.Span.Start, from+t.Span.End)
	for _, mk := range r.file.Marks {
		if mk.Span.Start >= to {
			break
		}
		if mk.Class == dialect.Time && mk.Span.Contains(at) {
			return true
		}
	}
	return false
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
