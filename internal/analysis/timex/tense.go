package timex

import (
	"strings"

	"readout/internal/article"
	"readout/internal/token"
	"readout/internal/verb"
)

// A tense is where the words around a time expression put it.
type tense int8

const (
	past    tense = -1
	unknown tense = 0
	future  tense = 1
	present tense = 2 // a weekday with it lies ahead, a date is the nearest
)

// planned are words after which "to" and a verb, or "for" and a time, tell of
// what is to come.
var planned = wordSet("planned")

// scheduled are verbs whose present puts an event ahead: "talks open on Friday".
var scheduled = wordSet("scheduled")

// tenseOf tells the tense at the tokens from to to of the sentence at hand, by
// the nearest verb before them or, where there is none, after them.
func (s *scanner) tenseOf(from, to int) tense {
	const reach = 30
	for k := from - 1; k >= s.s0 && k >= from-reach; k-- {
		if t, ok := s.cue(k); ok {
			return t
		}
		if s.toks[k].Norm == ";" {
			break
		}
	}
	for k := to; k < s.s1 && k < to+reach; k++ {
		if t, ok := s.cue(k); ok {
			return t
		}
		if s.toks[k].Norm == ";" {
			break
		}
	}
	return unknown
}

// arranging are verbs in the past whose object may lie ahead.
var arranging = wordSet("arranging")

// appointments are nouns for what people arrange to hold on a day.
var appointments = wordSet("appointments")

// arranged reports whether the time at token from may be that of a thing to come
// that a verb in the past arranged: "offered talks in Oslo on 21 May" tells of
// the talks or of the offer.
func (s *scanner) arranged(from int) bool {
	object := false
	for k := from - 1; k >= s.s0 && k >= from-12; k-- {
		n := s.toks[k].Norm
		switch {
		case n == "," || n == ";" || n == "that" || n == "who":
			return false
		case appointments[n]:
			object = true
		case arranging[n]:
			return object
		case s.toks[k].Is(token.AllLower) && verb.Past(n):
			return false
		}
	}
	return false
}

// perfect reports whether the nearest verb before the time at token from is in the
// present perfect: what has been closed until a day is closed still.
func (s *scanner) perfect(from int) bool {
	const reach = 8
	for k := from - 1; k > s.s0 && k >= from-reach; k-- {
		t := &s.toks[k]
		switch {
		case t.Norm == "," || t.Norm == ";":
			return false
		case t.Is(token.AllLower) && verb.Past(t.Norm) && !verb.Auxiliary(t.Norm):
			for j := k - 1; j >= s.s0 && j >= k-3; j-- {
				switch s.toks[j].Norm {
				case "has", "have":
					return true
				case "been", "not", "also", "already", "now":
					continue
				}
				return false
			}
			return false
		}
	}
	return false
}

// adjectival reports whether a participle after w stands before its noun.
func adjectival(w string) bool {
	switch w {
	case "the", "a", "an", "its", "his", "her", "their", "this", "these", "some", "many":
		return true
	}
	return false
}

// leadsOn are words after which a participle before them is no adjective: "the
// accused said", "the wanted in".
var leadsOn = wordSet("leadsOn")

// many reports whether token k ends the subject of a verb in the plural: a name or a noun
// for several, not an article, a preposition or an infinitive's "to".
func (s *scanner) many(k int) bool {
	switch n := s.norm(k); n {
	case "they", "who", "we", "team", "side", "police", "both":
		return true
	default:
		return s.toks[k].Kind == token.Word && len(n) > 3 && strings.HasSuffix(n, "s") && !strings.HasSuffix(n, "ss") && n != "'s" && s.toks[k].Is(token.AllLower) && !verb.Of(&s.toks[k]).Auxiliary()
	}
}

// bidding are verbs in the past after whose object "to" tells what is to be done:
// "urged small craft to stay in harbour until Friday".
func bidding(w string) bool {
	switch w {
	case "urged", "ordered", "asked", "told", "advised", "instructed", "warned", "invited", "requested", "directed", "summoned", "required", "wanted", "encouraged", "called", "gave", "begged", "commanded":
		return true
	}
	return false
}

// bidden reports whether the "to" at token k opens what somebody was told to do: a verb
// of bidding stands before it, with nothing but its object between them.
func (s *scanner) bidden(k int) bool {
	const longest = 14
	for i := k - 1; i >= s.s0 && i >= k-longest; i-- {
		t := &s.toks[i]
		switch n := t.Norm; {
		case n == ";" || n == ":" || n == "that" || n == "who" || n == "which" || n == "and" && i+1 < k && verb.Past(s.toks[i+1].Norm):
			return bidding(s.norm(i + 1))
		case t.Is(token.AllLower) && bidding(n):
			return i < k-1
		case t.Is(token.AllLower) && t.Kind == token.Word && (verb.Auxiliary(n) || verb.Irregular(n) && verb.Past(n)):
			return false
		}
	}
	return false
}

// wasPlanned reports whether what was planned by the word at token k, after its noun, is
// told of as over: "an inspection scheduled for January had been put off".
func (s *scanner) wasPlanned(k int) bool {
	if k == s.s0 || !s.toks[k-1].Is(token.AllLower) || verb.Auxiliary(s.norm(k-1)) || s.norm(k-1) == "be" || s.norm(k-1) == "been" || s.norm(k-1) == "originally" {
		return false
	}
	for i := k + 2; i < s.s1 && i < k+8; i++ {
		switch n := s.norm(i); {
		case n == "," || n == ";" || n == "and":
			return false
		case n == "had":
			return true
		}
	}
	return false
}

// cue reports the tense token k alone tells of.
func (s *scanner) cue(k int) (tense, bool) {
	t := s.toks[k]
	if t.Kind != token.Word {
		return unknown, false
	}
	switch t.Norm {
	case "will", "shall", "won't", "upcoming", "forthcoming", "would", "could", "might", "should", "must", "cannot", "can", "wouldn't", "couldn't":
		return future, !t.Is(token.Initial) || k == s.s0
	case "may":
		return future, t.Is(token.AllLower)
	case "to":
		if k > s.s0 && k+1 < s.s1 && s.toks[k+1].Is(token.AllLower) && (planned[s.toks[k-1].Norm] || s.role == article.Headline) {
			return future, true
		}
		if k+1 < s.s1 && s.toks[k+1].Is(token.AllLower) && s.bidden(k) {
			return future, true
		}
		return unknown, false
	case "scheduled", "slated", "due", "expected", "planned", "set", "anticipated", "tentatively":
		if n := s.norm(k + 1); n == "for" || n == "on" || n == "to" || n == "by" || n == "at" || n == "in" || weekdays[n] > 0 || months[n] > 0 {
			if s.wasPlanned(k) {
				return past, true
			}
			return future, true
		}
		if n := s.norm(k + 1); t.Norm == "expected" && s.norm(k-1) != "had" && (n == "a" || n == "an" || n == "that") {
			return future, true // "she expected a cut before November"
		}
		return past, t.Norm == "expected" || t.Norm == "planned"
	case "postponed", "rescheduled", "delayed", "moved", "adjourned", "extended", "pushed", "brought":
		// "was moved to 12 July"
		switch s.norm(k + 1) {
		case "to", "until", "till", "for", "back", "forward":
			return future, true
		}
		return past, true
	case "is", "are", "isn't", "aren't", "stays", "remains":
		return present, true
	case "going", "hopefully":
		return future, s.norm(k+1) == "to" || t.Norm == "hopefully"
	}
	if k > s.s0 && k+1 < s.s1 && adjectival(s.toks[k-1].Norm) && s.toks[k+1].Kind == token.Word && s.toks[k+1].Is(token.AllLower) && verb.Regular(t.Norm) && !verb.Irregular(t.Norm) && !leadsOn[s.toks[k+1].Norm] {
		return unknown, false // "the flooded valley": no verb
	}
	if scheduled[t.Norm] {
		return present, true
	}
	if strings.HasSuffix(t.Norm, "'ll") {
		return future, true
	}
	if t.Is(token.AllLower) && k > s.s0 && scheduled[t.Norm+"s"] && s.many(k-1) {
		return present, true // "The team travel to Whitcombe on Saturday"
	}
	switch s.norm(k - 1) {
	case "he", "she", "it", "who", "which":
		// "he turns 40 on Saturday"; "she says" tells nothing of the day
		if t.Norm != "says" && t.Norm != "has" && t.Is(token.AllLower) && verb.Of(&t).Third() {
			return present, true
		}
	}
	if !t.Is(token.AllLower) {
		return unknown, false
	}
	switch s.norm(k - 1) {
	case "a", "an":
		return unknown, false // "a cut before November": a noun
	}
	switch s.norm(k - 1) {
	case "be", "being", "is", "are", "'s", "to", "stays", "remains", "stay", "remain", "stayed", "remained":
		return unknown, false // a participle: the auxiliary, or "stays", tells
	}
	if verb.Of(&t).Past() {
		return past, true
	}
	return unknown, false
}
