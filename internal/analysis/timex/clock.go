package timex

import (
	"fmt"
	"strings"

	"readout/internal/annotation"
	"readout/internal/token"
)

// zones are the abbreviations of time zones that may follow a time of day. Only
// those that are UTC itself change its value.
var zones = wordSet("zones")

// clock matches a time of day in figures: "5 p.m.", "10.38am", "22:30 GMT".
func (s *scanner) clock(i int) (found, bool) {
	w := s.toks[i].Norm
	suffix := ""
	if strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm") {
		suffix, w = w[len(w)-2:], w[:len(w)-2]
	}
	hour, minute, hasMinute := 0, 0, false
	hs, ms, dot := strings.Cut(w, ".")
	var ok bool
	if hour, ok = digits(hs); !ok || len(hs) > 2 || hour > 24 {
		return s.military(i)
	}
	if dot {
		if minute, ok = digits(ms); !ok || len(ms) != 2 {
			return found{}, false
		}
		hasMinute = true
	}
	k := i + 1
	if !dot && suffix == "" && s.norm(k) == ":" && s.glued(k) && s.glued(k+1) {
		mw := s.norm(k + 1)
		if strings.HasSuffix(mw, "am") || strings.HasSuffix(mw, "pm") {
			suffix, mw = mw[len(mw)-2:], mw[:len(mw)-2]
		}
		if len(mw) != 2 {
			return found{}, false
		}
		if minute, ok = digits(mw); !ok {
			return found{}, false
		}
		hasMinute = true
		k += 2
		if s.norm(k) == ":" && s.glued(k) && s.glued(k+1) { // seconds
			if _, n := s.number(k+1, 2); n == 2 {
				k += 2
			}
		}
	}
	if minute > 59 {
		return found{}, false
	}
	if suffix == "" {
		switch s.norm(k) {
		case "a.m.", "am", "p.m.", "pm":
			suffix = strings.ReplaceAll(s.norm(k), ".", "")
			k++
		}
	}
	zone := ""
	if zones[s.norm(k)] && strings.ToUpper(s.toks[k].Span.In(s.text)) == s.toks[k].Span.In(s.text) {
		zone = s.norm(k)
		k++
	}
	switch {
	case suffix != "":
		if hour < 1 || hour > 12 {
			return found{}, false
		}
		hour %= 12
		if suffix == "pm" {
			hour += 12
		}
	case dot:
		return found{}, false
	case !hasMinute && zone == "":
		return found{}, false
	case zone == "" && !s.clockLead(i):
		return found{}, false
	case hour == 24 && minute > 0:
		return found{}, false
	case !hasMinute:
		// "1400 GMT" has four figures and is no hour of two.
		return found{}, false
	}
	f := found{from: i, to: k, typ: annotation.TimeOfDay, value: fmt.Sprintf("T%02d:%02d", hour, minute), rule: "clock"}
	if zone == "gmt" || zone == "utc" {
		f.value += "Z"
	}
	return f, true
}

// military matches "0900 GMT" and "1430 hours".
func (s *scanner) military(i int) (found, bool) {
	n, width := s.number(i, 4)
	k := i + 1
	w := s.norm(k)
	if width != 4 || n%100 > 59 || n >= 2400 || w != "hours" && !(zones[w] && s.toks[k].Is(token.AllUpper)) || w == "hours" && !s.clockLead(i) {
		return found{}, false
	}
	f := found{from: i, to: k + 1, typ: annotation.TimeOfDay, value: fmt.Sprintf("T%02d:%02d", n/100, n%100), rule: "clock"}
	if w == "gmt" || w == "utc" {
		f.value += "Z"
	}
	return f, true
}

// clockLead reports whether the word before token i tells of a time of day.
func (s *scanner) clockLead(i int) bool {
	switch s.norm(i - 1) {
	case "at", "by", "from", "until", "till", "to", "before", "after", "since", "around", "about", "between", "and", "-", "–", ",":
		return true
	}
	return false
}

// clockWord matches "noon" and "midnight".
func (s *scanner) clockWord(i int) (found, bool) {
	hour := ""
	switch s.norm(i) {
	case "noon", "midday":
		hour = "T12:00"
	case "midnight":
		hour = "T24:00"
	default:
		return found{}, false
	}
	if !s.clockLead(i) {
		return found{}, false
	}
	return found{from: i, to: i + 1, typ: annotation.TimeOfDay, value: hour, rule: "clock"}, true
}

// joinClock gives the times of day of a sentence the date they stand beside:
// "5 p.m. on Friday", "Friday at 5 p.m.". first is the index of the sentence's
// first expression in out, ends the tokens at which each begins and ends.
func (s *scanner) joinClock(first int, ends []int) {
	// near gives the time t the date of out[other] when only words that tie the
	// two stand in the tokens [from, to) between them.
	near := func(t *annotation.TimeExpr, other, from, to int) bool {
		const widest = 4
		if other < first || other >= len(s.out) || to < from || to-from > widest {
			return false
		}
		for k := from; k < to; k++ {
			switch s.norm(k) {
			case "on", "at", ",", "local", "time", "(", ")", "around", "about", "the", "of", "from", "by":
			default:
				return false
			}
		}
		d := s.out[other]
		if d.Type != annotation.DateType || parseDate(d.Value).gran() != day {
			return false
		}
		t.Value = d.Value[:10] + t.Value
		t.Anchor = d.Anchor
		return true
	}
	for k := first; k < len(s.out); k++ {
		t := &s.out[k]
		if t.Type != annotation.TimeOfDay || !strings.HasPrefix(t.Value, "T") {
			continue
		}
		n := 2 * (k - first)
		if k+1 < len(s.out) && near(t, k+1, ends[n+1], ends[n+2]) {
			continue
		}
		if n >= 2 {
			near(t, k-1, ends[n-1], ends[n])
		}
	}
}
