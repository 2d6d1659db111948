package timex

import (
	"strings"

	"readout/internal/annotation"
	"readout/internal/token"
)

// reach is how many tokens back a date may stand that "that day" or "two years
// later" goes on from.
const reach = 80

// unresolved makes a found without a value.
func unresolved(from, to int, why, rule string) found {
	return found{from: from, to: to, typ: annotation.DateType, unresolved: why, rule: rule}
}

// fromRef makes a found reckoned from the publication date.
func (s *scanner) fromRef(from, to int, need gran, d func(ref date) date, rule string) found {
	if s.ref.gran() < need {
		return unresolved(from, to, noPublication, rule)
	}
	v := d(s.ref)
	return found{from: from, to: to, typ: annotation.DateType, value: v.String(), anchor: s.ref, date: v, rule: rule}
}

// dayPart returns the end of a part of the day that follows token k, such as
// "night" or "in the morning" after "Friday", or k.
func (s *scanner) dayPart(k int) int {
	if dayParts[s.norm(k)] {
		return k + 1
	}
	return k
}

// relative matches what is reckoned from the publication date or from a date
// before: "today", "last year", "earlier this week", "the next day".
func (s *scanner) relative(i int) (found, bool) {
	switch w := s.norm(i); w {
	case "today", "tonight", "tonite":
		if w == "today" && s.nowadays(i) {
			return found{}, false
		}
		return s.fromRef(i, i+1, day, func(r date) date { return r }, "day"), true
	case "yesterday":
		return s.fromRef(i, s.dayPart(i+1), day, func(r date) date { return r.addDays(-1) }, "day"), true
	case "tomorrow":
		return s.fromRef(i, s.dayPart(i+1), day, func(r date) date { return r.addDays(1) }, "day"), true
	case "earlier", "later", "early", "late", "mid":
		return s.modified(i)
	case "end", "start", "beginning", "close":
		return s.edge(i, i)
	case "last", "next", "this", "past", "previous", "following", "coming", "same", "that", "current":
		return s.deictic(i, i)
	case "the":
		switch n := s.norm(i + 1); n {
		case "day":
			switch d := s.norm(i + 3); {
			case s.norm(i+2) == "before" && d == "yesterday":
				return s.fromRef(i, i+4, day, func(r date) date { return r.addDays(-2) }, "day"), true
			case s.norm(i+2) == "after" && d == "tomorrow":
				return s.fromRef(i, i+4, day, func(r date) date { return r.addDays(2) }, "day"), true
			}
			return s.beside(i)
		case "year", "month", "night", "week":
			return s.beside(i)
		case "end", "start", "beginning", "close":
			return s.edge(i, i+1)
		case "previous", "following", "next", "same", "current", "coming":
			return s.deictic(i, i+1)
		case "early", "late", "mid":
			f, ok := s.modified(i + 1)
			if ok {
				f.from = i
			}
			return f, ok
		case "time":
			if s.norm(i+2) == "of" && (s.norm(i+3) == "writing" || s.norm(i+3) == "publication") {
				return s.fromRef(i, i+4, year, func(r date) date { return r }, "day"), true
			}
		}
	}
	return found{}, false
}

// nowadays reports whether the "today" at token i means these times, not the day.
func (s *scanner) nowadays(i int) bool {
	if s.norm(i-1) == "known" || s.norm(i-1) == "of" || s.norm(i-1) == "even" {
		return true
	}
	if s.norm(i+1) == "'s" && s.glued(i+1) {
		switch s.norm(i + 2) {
		case "world", "society", "generation", "youth", "standards", "children", "culture", "era", "age", "money", "technology":
			return true
		}
	}
	for k := i - 1; k >= s.s0 && k > i-12; k-- {
		switch s.norm(k) {
		case "still", "nowadays":
			return true
		case ",", ";", "that":
			return false
		}
	}
	return false
}

// modified matches "later today", "early on Friday", "late last year",
// "mid-2020": a word that places the time inside what follows.
func (s *scanner) modified(i int) (found, bool) {
	k := i + 1
	switch w := s.norm(k); {
	case w == "-" && s.norm(i) == "mid", w == "on", w == "in":
		k++
	}
	if s.norm(k) == "the" {
		k++
	}
	if k >= s.s1 {
		return found{}, false
	}
	var f found
	var ok bool
	switch t := s.toks[k]; {
	case t.Kind == token.Number:
		for _, rule := range []func(int) (found, bool){s.decade, s.centuryAt} {
			if f, ok = rule(k); ok {
				break
			}
		}
		if y, end := s.yearAt(k); !ok && y >= 1500 {
			f, ok = explicit(k, end, date{y: y}, "year"), true
		}
	case t.Norm == "today", t.Norm == "yesterday", t.Norm == "tomorrow":
		f, ok = s.relative(k)
	case t.Norm == "this", t.Norm == "last", t.Norm == "next", t.Norm == "that":
		f, ok = s.deictic(k, k)
	case weekdays[t.Norm] > 0:
		if f, ok = s.weekdayDate(k); !ok {
			f, ok = s.weekday(k)
		}
	case months[t.Norm] > 0:
		if f, ok = s.monthDay(k); !ok {
			f, ok = s.monthAlone(k)
		}
	default:
		f, ok = s.season(k)
	}
	if ok {
		f.from = i
	}
	return f, ok
}

// edge matches "the end of the year", "the start of 2020", "year-end" is left
// alone. The value is that of the whole.
func (s *scanner) edge(from, i int) (found, bool) {
	if s.norm(i+1) != "of" {
		return found{}, false
	}
	k := i + 2
	switch w := s.norm(k); {
	case w == "the" && (s.norm(k+1) == "year" || s.norm(k+1) == "month"):
		unit := s.norm(k + 1)
		if s.last.gran() >= year && s.lastAt >= s.s0 && s.lastStated {
			return found{}, false
		}
		need := year
		if unit == "month" {
			need = month
		}
		return s.fromRef(from, k+2, need, func(r date) date {
			if unit == "month" {
				return date{y: r.y, m: r.m}
			}
			return date{y: r.y}
		}, "edge"), true
	case w == "last" || w == "this" || w == "next":
		f, ok := s.deictic(k, k)
		f.from = from
		return f, ok
	case months[w] > 0:
		f, ok := s.monthDay(k)
		if !ok {
			f, ok = s.monthAlone(k)
		}
		f.from = from
		return f, ok
	default:
		if k < s.s1 && s.toks[k].Kind == token.Number {
			if y, end := s.yearAt(k); y >= 1500 {
				return explicit(from, end, date{y: y}, "year"), true
			}
		}
	}
	return found{}, false
}

// deictic matches the word at i ("last", "next", "this", "that", "same", …)
// with the unit, weekday, month or season after it; the expression begins at
// token from, which may be "the".
func (s *scanner) deictic(from, i int) (found, bool) {
	w, k := s.norm(i), i+1
	if w == "this" && (s.norm(k) == "past" || s.norm(k) == "coming") {
		w = map[string]string{"past": "last", "coming": "next"}[s.norm(k)]
		k++
	}
	the := from < i
	unit := s.norm(k)
	if k < s.s1 && unit == "" {
		return found{}, false
	}
	if w == "that" || w == "same" || w == "previous" || w == "following" || the && w == "next" {
		return s.fromStory(from, k, w, unit)
	}
	if w == "past" || w == "current" && unit != "year" && unit != "month" || w == "coming" && weekdays[unit] == 0 {
		return found{}, false
	}
	step := 0
	switch w {
	case "last":
		step = -1
	case "next", "coming":
		step = 1
	}
	switch {
	case unit == "year" || unit == "years" && s.glued(k+1):
		return s.fromRef(from, k+1, year, func(r date) date { return date{y: r.y + step} }, "year"), true
	case unit == "years" && (w == "this" || w == "last" || w == "next"):
		return s.fromRef(from, k+1, year, func(r date) date { return date{y: r.y + step} }, "year"), w == "this" || w == "last"
	case unit == "month":
		return s.fromRef(from, k+1, month, func(r date) date { return r.addMonths(step) }, "month"), true
	case unit == "week" || unit == "weekend":
		f := s.fromRef(from, k+1, day, func(r date) date { return r.addDays(7 * step) }, "week")
		if f.value != "" {
			f.value, f.date = f.date.week(), date{}
			if unit == "weekend" {
				f.value += "-WE"
			}
		}
		return f, true
	case unit == "quarter":
		if s.ref.gran() < month {
			return unresolved(from, k+1, noPublication, "quarter"), true
		}
		q := s.ref.y*4 + (s.ref.m-1)/3 + step
		return found{from: from, to: k + 1, typ: annotation.DateType, value: date{y: q / 4}.String() + "-Q" + string(rune('1'+q%4)), anchor: s.ref, rule: "quarter"}, true
	case unit == "night" && w == "last":
		return s.fromRef(from, k+1, day, func(r date) date { return r.addDays(-1) }, "day"), true
	case dayParts[unit] && w == "this", unit == "day" && w == "this" && s.norm(from-1) != "to":
		return s.fromRef(from, k+1, day, func(r date) date { return r }, "day"), true
	case seasons[unit] != "":
		if y, end := s.yearAfter(k + 1); y > 0 {
			return found{from: from, to: end, typ: annotation.DateType, value: date{y: y}.String() + "-" + seasons[unit], rule: "season"}, true
		}
		return unresolved(from, k+1, "which year's season is meant depends on the hemisphere", "season"), s.norm(k) != "fall" && s.norm(k) != "spring" || w != "this"
	}
	if wd := weekdays[unit]; wd > 0 && len(unit) > 4 && s.toks[k].Is(token.Initial) {
		to := s.dayPart(k + 1)
		return s.fromRef(from, to, day, func(r date) date {
			back := (r.weekday() - wd + 7) % 7
			switch step {
			case -1:
				if back == 0 {
					back = 7
				}
				return r.addDays(-back)
			case 1:
				// The weekday of the week after the one at hand, unless the
				// article speaks of one coming.
				if w == "coming" || s.norm(i+1) == "coming" {
					return r.addDays(7 - back)
				}
				return r.addDays(wd - r.weekday() + 7)
			}
			if s.tenseOf(from, to) == past {
				return r.addDays(-back)
			}
			return r.addDays((wd - r.weekday() + 7) % 7)
		}, "weekday"), true
	}
	if m, end := s.monthAt(k); m > 0 {
		if d, e := s.dayAt(end); d > 0 {
			end = e
			_ = d
		}
		return s.fromRef(from, end, month, func(r date) date {
			y := r.y
			switch {
			case step < 0 && m >= r.m:
				y--
			case step > 0 && m <= r.m:
				y++
			}
			d, _ := s.dayAt(end - 1)
			if end == k+1 {
				d = 0
			}
			if d > 0 && !validDay(y, m, d) {
				d = 0
			}
			return date{y, m, d}
		}, "month"), true
	}
	return found{}, false
}

// fromStory matches "that day", "the same year", "the next morning", "the
// following week", reckoned from the date the block gave last.
func (s *scanner) fromStory(from, k int, w, unit string) (found, bool) {
	step := map[string]int{"next": 1, "following": 1, "previous": -1}[w]
	if w == "that" && s.norm(k) == "same" {
		k++
		unit = s.norm(k)
	}
	if w == "same" && from == k-1 {
		return found{}, false // "same day" needs its article
	}
	known := s.last.gran() > none && s.s0-s.lastAt <= reach && s.lostAt <= s.lastAt // else the last date told is not known
	wd := weekdays[unit]
	switch {
	case unit == "day" || unit == "night" || unit == "morning" || unit == "afternoon" || unit == "evening":
		to := k + 1
		if unit == "day" {
			to = s.dayPart(to)
		}
		if !known || s.last.gran() != day {
			return unresolved(from, to, noAnchor, "story"), step != 0 && unit == "day"
		}
		d := s.last
		if step != 0 && (unit != "night" || step > 0) {
			d = d.addDays(step)
		}
		return found{from: from, to: to, typ: annotation.DateType, value: d.String(), anchor: s.last, story: true, date: d, rule: "story"}, true
	case unit == "month" && known && s.last.gran() >= month:
		d := s.last.addMonths(step)
		return found{from: from, to: k + 1, typ: annotation.DateType, value: d.String(), anchor: s.last, story: true, date: d, rule: "story"}, true
	case unit == "year" && known:
		d := date{y: s.last.y + step}
		return found{from: from, to: k + 1, typ: annotation.DateType, value: d.String(), anchor: s.last, story: true, date: d, rule: "story"}, true
	case unit == "week" && step != 0 && known && s.last.gran() == day:
		return found{from: from, to: k + 1, typ: annotation.DateType, value: s.last.addDays(7 * step).week(), anchor: s.last, story: true, rule: "story"}, true
	case wd > 0 && len(unit) > 4 && s.toks[k].Is(token.Initial) && known && s.last.gran() == day:
		fwd := (wd - s.last.weekday() + 7) % 7
		switch {
		case step > 0 && fwd == 0:
			fwd = 7
		case step < 0:
			fwd -= 7
		case step == 0 && fwd != 0:
			return found{}, false // "that Tuesday" is the day itself
		}
		d := s.last.addDays(fwd)
		to := s.dayPart(k + 1)
		return found{from: from, to: to, typ: annotation.DateType, value: d.String(), anchor: s.last, story: true, date: d, rule: "story"}, true
	}
	return found{}, false
}

// beside matches "the day before", "the year after", reckoned from the date the
// block gave last, or, for a year, from the publication date.
func (s *scanner) beside(i int) (found, bool) {
	unit := s.norm(i + 1)
	step := 0
	switch s.norm(i + 2) {
	case "before", "earlier", "prior":
		step = -1
	case "after":
		step = 1
	default:
		return found{}, false
	}
	// "the day before the vote" is reckoned from the vote.
	if n := s.norm(i + 3); n != "" && n != "," && n != "." && n != ";" && n != ")" && n != "when" && n != "and" && n != "at" && n != "in" && n != "by" {
		return found{}, false
	}
	known := s.last.gran() > none && s.s0-s.lastAt <= reach && s.lostAt <= s.lastAt // else the last date told is not known
	var d date
	switch {
	case unit == "year" && known:
		d = date{y: s.last.y + step}
	case unit == "year" && s.ref.y > 0 && step < 0:
		return s.fromRef(i, i+3, year, func(r date) date { return date{y: r.y - 1} }, "story"), true
	case unit == "month" && known && s.last.gran() >= month:
		d = s.last.addMonths(step)
	case (unit == "day" || unit == "night") && known && s.last.gran() == day:
		d = s.last.addDays(step)
	default:
		return unresolved(i, i+3, noAnchor, "story"), true
	}
	return found{from: i, to: i + 3, typ: annotation.DateType, value: d.String(), anchor: s.last, story: true, date: d, rule: "story"}, true
}

// counted matches a number of units and a direction: "two weeks ago", "three
// years later", "ten days from now".
func (s *scanner) counted(i int) (found, bool) {
	n, k := 0, i+1
	switch s.norm(i) {
	case "a", "an":
		n = 1
	default:
		v, ok := s.numeral(i)
		if !ok || v.Vague || v.Ordinal || v.Value != float64(int(v.Value)) || v.Value < 1 || v.Value > 5000 {
			return found{}, false
		}
		n, k = int(v.Value), v.End
	}
	if s.norm(k) == "]" || s.norm(k) == "-" {
		k++
	}
	unit := timeUnits[s.norm(k)]
	if unit == "" {
		return found{}, false
	}
	k++
	step, fromText := 0, false
	switch w := s.norm(k); w {
	case "ago":
		step, k = -1, k+1
	case "from":
		if s.norm(k+1) != "now" && s.norm(k+1) != "today" {
			return found{}, false
		}
		step, k = 1, k+2
	case "later", "afterwards", "afterward":
		step, k, fromText = 1, k+1, true
	case "earlier", "before", "previously", "prior":
		if n := s.norm(k + 1); w != "earlier" && n != "," && n != "." && n != ";" && n != "" {
			return found{}, false // "two days before the vote"
		}
		if s.norm(k+1) == "than" {
			return found{}, false
		}
		step, k, fromText = -1, k+1, true
	default:
		return found{}, false
	}
	switch unit {
	case "second", "minute", "hour", "decade", "century":
		return found{}, false // too fine or too vague for a day
	case "fortnight":
		unit, n = "week", 2*n
	case "quarter":
		unit, n = "month", 3*n
	}
	base, rule := s.ref, "counted"
	if fromText {
		base, rule = s.last, "story"
		if s.s0-s.lastAt > reach || s.lostAt > s.lastAt {
			base = date{}
		}
	}
	need := map[string]gran{"day": day, "week": day, "month": month, "year": year}[unit]
	if base.gran() < need {
		why := noPublication
		if fromText {
			why = noAnchor
			if base.gran() == none {
				return found{}, false
			}
		}
		return unresolved(i, k, why, rule), true
	}
	f := found{from: i, to: k, typ: annotation.DateType, anchor: base, story: fromText, rule: rule}
	if unit == "year" && s.norm(k) == "today" && base.gran() == day && validDay(base.y+step*n, base.m, base.d) {
		// "two years ago today" is that very day
		f.to = k + 1
		f.date = date{base.y + step*n, base.m, base.d}
		f.value = f.date.String()
		return f, true
	}
	var d date
	switch unit {
	case "day":
		d = base.addDays(step * n)
	case "week":
		d = base.addDays(step * 7 * n)
		f.value = d.week()
		f.date = date{}
		return f, true
	case "month":
		d = base.addMonths(step * n)
	case "year":
		d = date{y: base.y + step*n}
	}
	if d.y < 1 {
		return found{}, false
	}
	f.value, f.date = d.String(), d
	return f, true
}

// monthLead are words before which the bare name of a month is the month.
var monthLead = wordSet("monthLead")

// month matches the bare name of a month.
func (s *scanner) month(i int) (found, bool) {
	m, end := s.monthAt(i)
	if m == 0 || !s.toks[i].Is(token.Initial) {
		return found{}, false
	}
	prev := s.norm(i - 1)
	w := s.norm(i)
	short := len(w) <= 4 && w != "june" && w != "july"
	name := w == "may" || w == "march" || w == "april" || w == "june" || w == "august" || short
	if name && !monthLead[prev] {
		return found{}, false
	}
	if short && end == i+1 && w != "may" && !monthLead[prev] {
		return found{}, false
	}
	// A surname or a place after it: "April Jones" needs the preposition above,
	// "the March on Rome" has none of them.
	if end < s.s1 && name && s.toks[end].Is(token.Initial) && s.toks[end].Kind == token.Word && s.toks[end].Is(token.Initial) && weekdays[s.norm(end)] == 0 && prev != "in" && prev != "since" {
		return found{}, false
	}
	return s.monthAlone(i)
}

// monthAlone makes the found of the month at token i, without a year.
func (s *scanner) monthAlone(i int) (found, bool) {
	m, end := s.monthAt(i)
	if m == 0 || s.town(i) {
		return found{}, false
	}
	if s.norm(i-1) == "of" && i-2 > s.s0 && s.toks[i-2].Is(token.Initial) && s.toks[i-2].Kind == token.Word && !s.toks[i].Is(token.AllUpper) && s.norm(i-3) == "the" {
		if y, _ := s.yearAt(end); y == 0 {
			return found{}, false // "the Order of May": part of a name
		}
	}
	if y, e := s.yearBehind(end); y > 0 {
		f := explicit(i, e, date{y: y, m: m}, "month")
		if e > end {
			f.anchor, f.story = s.last, true
		}
		f.to = e
		return f, true
	}
	at := end
	if s.norm(at) == "of" {
		at++ // "June of last year"
	}
	if w := s.norm(at); (w == "last" || w == "this" || w == "next") && s.norm(at+1) == "year" {
		end = at
		if s.ref.y > 0 {
			y := s.ref.y + map[string]int{"last": -1, "next": 1}[w]
			d := date{y: y, m: m}
			return found{from: i, to: end + 2, typ: annotation.DateType, value: d.String(), anchor: s.ref, date: d, rule: "month"}, true
		}
		return unresolved(i, end+2, noPublication, "month"), true
	}
	return s.dated(i, end, date{m: m}, "month"), true
}

// yearBehind returns the year that follows the month ending at token k in other
// words: "the same year", "of that year", or "in 1981", which is an expression
// of its own and so leaves the end at k.
func (s *scanner) yearBehind(k int) (y, end int) {
	at := k
	if w := s.norm(at); w == "and" || w == "to" || w == "or" || s.dash(at) {
		if m, e := s.monthAt(at + 1); m > 0 {
			at = e
		}
	}
	if s.norm(at) == "in" {
		y, _ := s.yearAt(at + 1)
		return y, k
	}
	if at != k {
		return 0, 0
	}
	if s.norm(at) == "of" {
		at++
	}
	w := s.norm(at)
	if w == "the" && s.norm(at+1) == "same" || w == "that" && s.norm(at+1) == "same" {
		at++
	} else if w != "that" {
		return 0, 0
	}
	if s.norm(at+1) == "year" && s.last.y > 0 && s.s0-s.lastAt <= reach {
		return s.last.y, at + 2
	}
	return 0, 0
}

// notDays are words after which, with a capital, a weekday is part of a name.
var notDays = map[string]bool{
	"times": true, "mirror": true, "telegraph": true, "mail": true, "express": true, "herald": true, "post": true,
	"tribune": true, "independent": true, "school": true, "league": true, "live": true, "club": true, "prayers": false,
}

// weekday matches the bare name of a weekday, with a part of the day after it.
func (s *scanner) weekday(i int) (found, bool) {
	t := &s.toks[i]
	wd := int(calendar.Of(t).weekday)
	if wd == 0 || len(t.Norm) < 6 || !t.Is(token.Initial) {
		return found{}, false
	}
	if i+1 < s.s1 && s.toks[i+1].Is(token.Initial) && notDays[s.norm(i+1)] {
		return found{}, false
	}
	switch s.norm(i - 1) {
	case "a":
		if n := s.norm(i - 2); n == "on" || n == "and" {
			return found{}, false // "£16m on a Saturday"
		}
	case "black", "good", "ash", "cyber", "bloody", "palm", "super", "maundy", "shrove", "easter", "whit", "every", "each", "any":
		return found{}, false
	}
	to := s.dayPart(i + 1)
	if s.norm(to) == "last" && s.norm(to+1) == "week" || s.norm(to) == "next" && s.norm(to+1) == "week" || s.norm(to) == "this" && s.norm(to+1) == "week" {
		step := map[string]int{"last": -7, "next": 7}[s.norm(to)]
		return s.fromRef(i, to+2, day, func(r date) date { return r.addDays(wd - r.weekday() + step) }, "weekday"), true
	}
	if s.ref.gran() < day {
		return unresolved(i, to, noPublication, "weekday"), true
	}
	tn := s.tenseOf(i, to)
	// "Today is Wednesday".
	if tn == unknown && s.role == "headline" {
		tn = past
	}
	if tn == past && ((s.norm(i-1) == "from" || s.norm(i-1) == "until") && s.arranged(i) || (s.norm(i-1) == "until" || s.norm(i-1) == "till") && s.perfect(i)) {
		tn = future // "declared a day of mourning from Wednesday", "have been cancelled until Saturday"
	}
	f := s.fromRef(i, to, day, func(r date) date {
		if tn == future || tn == present {
			return r.addDays((wd - r.weekday() + 7) % 7)
		}
		return r.addDays(-((r.weekday() - wd + 7) % 7))
	}, "weekday")
	return f, true
}

// named matches the named days of the year.
func (s *scanner) named(i int) (found, bool) {
	if !s.toks[i].Is(token.Initial) || !s.lex.firsts[s.norm(i)] && !s.lex.firsts[s.norm(i)+s.norm(i+1)] {
		return found{}, false
	}
	var h holiday
	end := 0
	name := ""
	for k := i; k < i+s.lex.longest+2 && k < s.s1; k++ {
		if w := s.norm(k); k > i && !s.glued(k) {
			name += " " + w
		} else {
			name += w
		}
		if x, ok := s.lex.holidays[name]; ok {
			h, end = x, k+1
		} else if x, ok := s.lex.holidays[strings.ReplaceAll(name, ".", "")]; ok && s.norm(k) != "." {
			h, end = x, k+1
		}
	}
	if end == 0 {
		return found{}, false
	}
	one := end == i+1 // "Christmas", "Easter": also names of other things
	if y, e := s.yearAt(end); y > 0 {
		return explicit(i, e, h.on(y), "named"), true
	}
	if one && end < s.s1 && (s.toks[end].Kind == token.Word && s.toks[end].Space) && !yearLead[s.norm(end)] && s.norm(end) != "when" && s.norm(end) != "this" && s.norm(end) != "last" && s.norm(end) != "next" {
		return found{}, false // "Christmas market", "Easter Island"
	}
	if h.date.y > 0 {
		return explicit(i, end, h.on(0), "named"), true
	}
	step, to := 0, end
	if w := s.norm(end); (w == "last" || w == "this" || w == "next") && s.norm(end+1) == "year" {
		step, to = map[string]int{"last": -1, "next": 1}[w], end+2
		return s.fromRef(i, to, year, func(r date) date { return h.on(r.y + step) }, "named"), true
	}
	if s.ref.gran() < month {
		return unresolved(i, end, noPublication, "named"), true
	}
	d := h.on(s.ref.y)
	switch s.tenseOf(i, end) {
	case past:
		if s.ref.before(d) && s.ref.days(d) > 1 {
			d = h.on(s.ref.y - 1)
		}
	case future:
		if d.before(s.ref) {
			d = h.on(s.ref.y + 1)
		}
	default:
		for _, y := range []int{s.ref.y - 1, s.ref.y + 1} {
			if c := h.on(y); abs(s.ref.days(c)) < abs(s.ref.days(d)) {
				d = c
			}
		}
	}
	return found{from: i, to: end, typ: annotation.DateType, value: d.String(), anchor: s.ref, date: d, rule: "named"}, true
}
