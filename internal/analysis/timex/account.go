package timex

import (
	"strings"

	"readout/internal/annotation"
	"readout/internal/token"
	"readout/internal/verb"
)

// An account is the last day that the article told something of: the sentence it
// stands in and the value of the day. A time of day in a later sentence that goes
// on with the same thing is a time of that day.
type account struct {
	day    string // its value, "" where none is known
	anchor string
	tense  tense
	from   int // the tokens of the sentence
	to     int
	clock  string // the last time of day on it, "" where there was none
}

// goOn gives the times of day that stand beside no date the day they belong to:
// that of their own clause, "On Friday the rebels struck at 6 a.m.", or the one of
// the account that their sentence goes on with. first is the index of the
// sentence's first expression in out, ends the tokens at which each begins and ends.
func (s *scanner) goOn(first int, ends []int) {
	told, dates := -1, 0 // the day that the sentence tells of, and how many times
	for k := first; k < len(s.out); k++ {
		from, to := ends[2*(k-first)], ends[2*(k-first)+1]
		if t := &s.out[k]; t.Type == annotation.DateType && !s.ofSaying(from, to) && !s.dateline(to) {
			if told >= 0 && s.out[told].Value == t.Value {
				continue
			}
			dates++
			if parseDate(t.Value).gran() == day {
				told = k
			}
		}
	}
	for k := first; k < len(s.out); k++ {
		t := &s.out[k]
		if t.Type != annotation.TimeOfDay || !strings.HasPrefix(t.Value, "T") {
			continue
		}
		from, to := ends[2*(k-first)], ends[2*(k-first)+1]
		switch {
		case dates == 1 && told >= 0 && told < k && s.oneClause(ends[2*(told-first)+1], from):
			d := &s.out[told]
			t.Value, t.Anchor = d.Value[:10]+t.Value, d.Anchor
		case dates == 0 && s.account.day != "" && s.sameAccount(t.Value, from, to):
			s.account.clock = t.Value
			t.Value, t.Anchor, t.Rule = s.account.day+t.Value, s.account.anchor, "timex/clock-story"
		}
	}
	s.keepAccount(first, ends, told, dates)
}

// keepAccount notes what day the sentence told of, for those after it.
func (s *scanner) keepAccount(first int, ends []int, told, dates int) {
	if dates == 0 {
		return
	}
	if s.hearing() {
		s.account = account{}
		return
	}
	for k := first; k < len(s.out); k++ {
		// "The road was closed at 6 p.m. Thursday."
		if t := &s.out[k]; t.Type == annotation.TimeOfDay && len(t.Value) > 10 && t.Rule == "timex/clock" {
			from, to := ends[2*(k-first)], ends[2*(k-first)+1]
			s.account = account{day: t.Value[:10], anchor: t.Anchor, tense: s.tenseOf(from, to), from: s.s0, to: s.s1, clock: t.Value[10:]}
			return
		}
	}
	if dates > 1 || told < 0 {
		s.account = account{} // two days, or one that is not known
		return
	}
	d := &s.out[told]
	s.account = account{day: d.Value[:10], anchor: d.Anchor, tense: s.tenseOf(ends[2*(told-first)], ends[2*(told-first)+1]), from: s.s0, to: s.s1}
}

// dateline reports whether the date that ends before token k is that of the dateline
// with which the block opens.
func (s *scanner) dateline(k int) bool {
	const reach = 12
	if k-s.b0 > reach || k >= s.s1 {
		return false
	}
	if s.norm(k) == ")" || s.norm(k) == "(" {
		return s.s0 == s.b0
	}
	return s.s0 == s.b0 && s.toks[k].Space && (s.dash(k) || s.norm(k) == "--")
}

// hearing reports whether the sentence at hand is one of a court: its day is not
// the one on which the deed was done.
func (s *scanner) hearing() bool {
	for k := s.s0; k < s.s1; k++ {
		switch s.toks[k].Norm {
		case "court", "jailed", "sentenced", "charged", "pleaded", "pled", "convicted", "acquitted", "magistrates", "judge", "jury", "tribunal", "trial", "heard",
			"inquest", "indicted", "testified", "arraigned", "accused", "inquiry", "report", "investigators":
			return true
		}
	}
	return false
}

// ofSaying reports whether the date of the tokens [from, to) tells when somebody
// spoke: "officials said on Friday", "the minister on Friday told".
func (s *scanner) ofSaying(from, to int) bool {
	k := from - 1
	for k >= s.s0 && (s.norm(k) == "on" || s.norm(k) == "late" || s.norm(k) == "early") {
		k--
	}
	return saying[s.norm(k)] || saying[s.norm(to)]
}

// saying are the forms of the verbs of saying beside which a day is the one on
// which somebody spoke.
var saying = wordSet("saying")

// oneClause reports whether nothing in the tokens [from, to) begins a clause of its
// own.
func (s *scanner) oneClause(from, to int) bool {
	const widest = 16
	if to-from > widest {
		return false
	}
	for k := from; k < to; k++ {
		switch s.norm(k) {
		case "and", "but", "that", "who", "which", "after", "before", "when", "while", "until", "where", "as", "since", "or", ",", ";", ":", "—", "–", "“", "”", "\"", "(":
			return false
		}
		if saying[s.norm(k)] {
			return false
		}
	}
	return true
}

// sameAccount reports whether the sentence at hand, which has the time of day
// clock at the tokens [from, to), goes on with what the account tells: it begins
// with a later time of day after another in the same paragraph, or speaks of a thing
// that the sentence of the account brought up.
func (s *scanner) sameAccount(clock string, from, to int) bool {
	const widest = 90
	a := &s.account
	if s.s0-a.to > widest {
		return false
	}
	t := s.tenseOf(from, to)
	if (t == past || t == unknown) != (a.tense == past || a.tense == unknown) {
		return false
	}
	if a.clock != "" && a.from >= s.b0 && clock > a.clock && len(clock) == len(a.clock) {
		return true
	}
	return s.takesUp()
}

// takesUp reports whether the subject with which the sentence at hand opens has a
// noun that the sentence of the account brought up: "a dam burst … The wall of the
// dam gave way at 3 a.m."
func (s *scanner) takesUp() bool {
	const widest = 12
	if s.norm(s.s0) != "the" {
		return false
	}
	for k := s.s0 + 1; k < s.s1 && k < s.s0+widest; k++ {
		t := &s.toks[k]
		if f := verb.Of(t); f.Auxiliary() || f.Past() {
			return false
		}
		if t.Kind != token.Word || !t.Is(token.AllLower) || len(t.Norm) < 3 || t.ID == 0 || t.Norm == "the" {
			continue
		}
		for j := s.account.from; j < s.account.to; j++ {
			if s.toks[j].ID == t.ID {
				return true
			}
		}
	}
	return false
}
