package timex

import (
	"fmt"
	"strings"

	"readout/internal/annotation"
	"readout/internal/token"
)

// explicit makes a found whose date stands in the text itself.
func explicit(from, to int, d date, rule string) found {
	return found{from: from, to: to, typ: annotation.DateType, value: d.String(), rule: rule, date: d}
}

// iso matches "2024-07-01", also with a time of day after it, and "2024-07".
func (s *scanner) iso(i int) (found, bool) {
	y, n := s.number(i, 4)
	if n != 4 || y < 1000 || s.norm(i+1) != "-" || !s.glued(i+1) || !s.glued(i+2) {
		return found{}, false
	}
	m, n := s.number(i+2, 2)
	if n != 2 || m < 1 || m > 12 {
		return found{}, false
	}
	if s.norm(i+3) == "-" && s.glued(i+3) && s.glued(i+4) {
		w := s.norm(i + 4)
		if len(w) < 2 {
			return found{}, false
		}
		d := int(w[0]-'0')*10 + int(w[1]-'0')
		if len(w) > 2 && w[2] != 't' || !validDay(y, m, d) {
			return found{}, false
		}
		f := explicit(i, i+5, date{y, m, d}, "iso")
		if len(w) == 5 { // "11t10" ":" "30"
			if mm, n := s.number(i+6, 2); n == 2 && s.norm(i+5) == ":" && s.glued(i+5) && s.glued(i+6) {
				f.to = i + 7
				f.typ = annotation.TimeOfDay
				f.value += fmt.Sprintf("T%s:%02d", w[3:], mm)
			}
		}
		return f, true
	}
	if m > y%100 {
		return found{}, false // "2010-12" is a range of years
	}
	return explicit(i, i+3, date{y: y, m: m}, "iso"), true
}

// numeric matches dates in figures alone: "31.12.2024", "12/31/2024".
func (s *scanner) numeric(i int) (found, bool) {
	var part [3]string
	to := i + 1
	sep := s.norm(i + 1)
	switch w := s.toks[i].Norm; {
	case strings.Count(w, ".") == 2 && !strings.Contains(w, ","):
		p := strings.Split(w, ".")
		part, sep = [3]string{p[0], p[1], p[2]}, "."
	case (sep == "/" || sep == "-") && s.glued(i+1) && s.glued(i+2) && s.norm(i+3) == sep && s.glued(i+3) && s.glued(i+4):
		part, to = [3]string{w, s.norm(i + 2), s.norm(i + 4)}, i+5
	case sep == "/" && w == "9" && s.norm(i+2) == "11" && s.glued(i+1) && s.glued(i+2):
		return explicit(i, i+3, date{2001, 9, 11}, "named"), true
	default:
		return found{}, false
	}
	if s.glued(i) && i > s.s0 && s.toks[i-1].Kind != token.Punct || s.glued(to) && s.norm(to) == "/" {
		return found{}, false // a part of a longer code
	}
	var n [3]int
	for k, p := range part {
		if p == "" || len(p) > 4 || len(p) == 3 {
			return found{}, false
		}
		for _, c := range []byte(p) {
			if c < '0' || c > '9' {
				return found{}, false
			}
			n[k] = n[k]*10 + int(c-'0')
		}
	}
	if len(part[0]) == 4 {
		if n[0] < 1000 || !validDay(n[0], n[1], n[2]) {
			return found{}, false
		}
		return explicit(i, to, date{n[0], n[1], n[2]}, "numeric"), true
	}
	y := n[2]
	switch {
	case len(part[2]) == 4 && y >= 1000:
	case len(part[2]) == 2 && sep == "/":
		if y += 2000; y > 2060 {
			y -= 100
		}
	default:
		return found{}, false
	}
	dmy, mdy := validDay(y, n[1], n[0]), validDay(y, n[0], n[1])
	switch {
	case dmy && (!mdy || sep == "." || n[0] == n[1]):
		return explicit(i, to, date{y, n[1], n[0]}, "numeric"), true
	case mdy && !dmy:
		return explicit(i, to, date{y, n[0], n[1]}, "numeric"), true
	case dmy && mdy:
		return found{from: i, to: to, typ: annotation.DateType, unresolved: ambiguous, rule: "numeric"}, true
	}
	return found{}, false
}

// monthAt reads the name of a month at token k.
func (s *scanner) monthAt(k int) (m, end int) {
	if k < s.s0 || k >= s.s1 {
		return 0, 0
	}
	t := &s.toks[k]
	m = int(calendar.Of(t).month)
	if m == 0 {
		return 0, 0
	}
	end = k + 1
	if len(t.Norm) <= 4 && t.Norm != "may" && t.Norm != "june" && t.Norm != "july" {
		if !t.Is(token.Initial) {
			return 0, 0
		}
		if s.norm(end) == "." && s.glued(end) {
			end++
		}
		return m, end
	}
	if !t.Is(token.Initial) && (m == 3 || m == 5) {
		return 0, 0
	}
	return m, end
}

// dayAt reads the number of a day at token k: "21", "3rd", "the fifth".
func (s *scanner) dayAt(k int) (d, end int) {
	if k < s.s0 || k >= s.s1 || s.toks[k].Kind != token.Number {
		return 0, 0
	}
	w := s.toks[k].Norm
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	if len(w) > 2 {
		return 0, 0
	}
	for _, c := range []byte(w) {
		if c < '0' || c > '9' {
			return 0, 0
		}
		d = d*10 + int(c-'0')
	}
	if d < 1 || d > 31 {
		return 0, 0
	}
	return d, k + 1
}

// yearAt reads a year of four figures at token k.
func (s *scanner) yearAt(k int) (y, end int) {
	y, n := s.number(k, 4)
	if n != 4 || y < 1000 || y > 2199 || countedNext(s.norm(k+1)) {
		return 0, 0
	}
	return y, k + 1
}

// yearAfter reads a year at token k, also after a comma or "of".
func (s *scanner) yearAfter(k int) (y, end int) {
	if w := s.norm(k); w == "," || w == "of" {
		if y, end := s.yearAt(k + 1); y > 0 && (w != "," || s.commaYear(k+1)) {
			return y, end
		}
		return 0, 0
	}
	return s.yearAt(k)
}

// commaYear reports whether the year at token k, after a comma, may be one: it
// is not glued to a unit or a further figure.
func (s *scanner) commaYear(k int) bool {
	return !(s.glued(k+1) && s.dash(k+1) && s.glued(k+2) && k+2 < s.s1 && s.toks[k+2].Kind == token.Word)
}

// countedNext reports whether a number before the word w counts things.
func countedNext(w string) bool {
	switch w {
	case "people", "men", "women", "children", "troops", "soldiers", "residents", "workers", "students", "protesters",
		"police", "officers", "km", "kilometres", "kilometers", "miles", "metres", "meters", "dollars", "euros", "pounds",
		"feet", "tons", "tonnes", "per", "percent", "%", "points", "votes", "ft", "m", "mm", "cm", "lb", "lbs", "kw", "mw", "gw", "mph", "cc", "homes", "houses", "jobs", "families", "members",
		"years", "year", "days", "hours", "minutes", "cases", "deaths", "times", "refugees", "migrants", "passengers",
		"square", "acres", "hectares", "employees", "others", "species", "words", "calories", "mg", "kg", "hp", "rpm", "million", "billion":
		return true
	}
	return false
}

// monthDay matches "July 21, 2017", "Sept. 3", "July 3-5, 2024".
func (s *scanner) monthDay(i int) (found, bool) {
	m, k := s.monthAt(i)
	if m == 0 {
		return found{}, false
	}
	d, end := s.dayAt(k)
	if s.surname(i) || s.town(i) {
		y := 0
		if d > 0 {
			y, _ = s.yearAfter(end)
		}
		if y == 0 {
			return found{}, false
		}
	}
	if d == 0 {
		return s.monthYear(i, m, k)
	}
	if !validDay(0, m, d) {
		if y, e := s.yearAfter(end); y > 0 {
			return unresolved(i, e, noSuchDay, "date"), true
		}
		return found{}, false
	}
	// "June 3:30", "June 3.5", and not "by June 30.”"
	if s.glued(end) && (s.norm(end) == ":" || s.norm(end) == "%" || s.norm(end) == ".") && end+1 < s.s1 && s.glued(end+1) && s.toks[end+1].Kind == token.Number {
		return s.monthYear(i, m, k)
	}
	if n := s.norm(end); s.norm(i-1) == "in" && countedNext(n) || countedNext(n) && n != "years" {
		return s.monthYear(i, m, k) // "in March 12 people were killed"
	}
	// A range within the month: "July 3-5", "July 3 and 4".
	var second, secondEnd int
	if w := s.norm(end); s.dash(end) || w == "to" || w == "and" || w == "through" || w == "or" {
		if d2, e2 := s.dayAt(end + 1); d2 > d && !countedNext(s.norm(e2)) && (s.dash(end) || s.norm(e2) == "," || s.norm(e2) == "." || e2 >= s.s1 || w == "to") {
			second, secondEnd = d2, e2
		}
	}
	to := end
	y, yEnd := s.yearAfter(max(end, secondEnd))
	if y == 0 && second == 0 {
		y = s.yearOfRange(end, m)
	} else if y > 0 && second == 0 {
		to = yEnd
	}
	if y == 0 && second == 0 {
		if f, ok := s.ofYear(i, end, m, d); ok {
			return f, true
		}
	}
	f := s.dated(i, to, date{y, m, d}, "date")
	if second > 0 {
		g := s.dated(secondEnd-1, max(secondEnd, yEnd), date{y, m, second}, "date")
		s.extra = append(s.extra, g)
	}
	return f, true
}

// surname reports whether the month at token i is rather a name: "Theresa May".
func (s *scanner) surname(i int) bool {
	switch s.norm(i) {
	case "may", "april", "june", "august", "march":
	default:
		return false
	}
	p := s.norm(i - 1)
	return i > s.s0 && s.toks[i-1].Kind == token.Word && s.toks[i-1].Is(token.Initial) && weekdays[p] == 0 && !monthLead[p] && months[p] == 0 &&
		p != "on" && p != "at" && p != "last" && p != "this" && p != "next" && p != "updated" && p != "published"
}

// town reports whether the month at token i is rather a place, told apart by
// where it lies: "moved to August, Georgia, in 1990".
func (s *scanner) town(i int) bool {
	switch s.norm(i - 1) {
	case "to", "near", "outside":
	default:
		return false
	}
	if months[s.norm(i-2)] != 0 || s.norm(i+1) != "," {
		return false
	}
	k := i + 2
	for k < s.s1 && k < i+4 && s.toks[k].Kind == token.Word && s.toks[k].Is(token.Initial) && weekdays[s.norm(k)] == 0 && months[s.norm(k)] == 0 {
		k++
	}
	return k > i+2 && (k >= s.s1 || s.norm(k) == "," || s.norm(k) == ".")
}

// yearOfRange returns the year of the end of a range such as "January 23 -
// March 9, 2014" whose dash or "to" stands at token k, for its start in month m.
func (s *scanner) yearOfRange(k, m int) int {
	switch w := s.norm(k); {
	case s.dash(k), w == "to", w == "through", w == "until", w == "and", w == "till":
	default:
		return 0
	}
	m2, e := s.monthAt(k + 1)
	if m2 == 0 {
		return 0
	}
	if d2, e2 := s.dayAt(e); d2 > 0 {
		e = e2
	}
	y, _ := s.yearAfter(e)
	if y > 0 && m > m2 {
		y--
	}
	return y
}

// monthYear matches "September 2010", "May, 1750", "November of 1776" after the
// month m that ends at token k.
func (s *scanner) monthYear(i, m, k int) (found, bool) {
	if y, end := s.yearAfter(k); y > 0 {
		return explicit(i, end, date{y: y, m: m}, "month"), true
	}
	if y := s.yearOfRange(k, m); y > 0 {
		return explicit(i, k, date{y: y, m: m}, "month"), true
	}
	return found{}, false
}

// dayMonth matches "21 July 2017", "3rd of January", "3-5 July".
func (s *scanner) dayMonth(i int) (found, bool) {
	d, k := s.dayAt(i)
	if d == 0 {
		return found{}, false
	}
	lead := k // where this expression ends when the month belongs to a range
	at := k
	if s.norm(at) == "of" {
		at++
	}
	m, end := s.monthAt(at)
	if m == 0 {
		if w := s.norm(k); s.dash(k) || w == "to" || w == "and" || w == "or" {
			if d2, k2 := s.dayAt(k + 1); d2 > d {
				m2, e2 := s.monthAt(k2)
				if m2 > 0 && validDay(0, m2, d) {
					y, _ := s.yearAfter(e2)
					return s.dated(i, lead, date{y, m2, d}, "date"), true
				}
			}
		}
		return found{}, false
	}
	if !validDay(0, m, d) {
		return found{}, false
	}
	// "3 May" but not "3 may come".
	y, yEnd := s.yearAfter(end)
	to := end
	if y > 0 {
		to = yEnd
	} else if s.dash(end) || s.norm(end) == "to" || s.norm(end) == "and" || s.norm(end) == "until" {
		if _, k2 := s.dayAt(end + 1); k2 > 0 {
			if m2, e2 := s.monthAt(k2); m2 > 0 {
				if y, _ = s.yearAfter(e2); y > 0 && m > m2 {
					y--
				}
			}
		}
	} else if w := s.norm(end); y == 0 && len(w) == 3 && s.toks[end].Kind == token.Number {
		// "30 September 420"
		if n, digits := s.number(end, 3); digits == 3 && !countedNext(s.norm(end+1)) {
			y, to = n, end+1
		}
	}
	if y == 0 {
		if f, ok := s.ofYear(i, end, m, d); ok {
			return f, true
		}
	}
	return s.dated(i, to, date{y, m, d}, "date"), true
}

// ofYear reads "last year" and the like after the day d of month m that ends at token end:
// "2 September last year", "May 5 of this year". Those words are an expression of their own.
func (s *scanner) ofYear(i, end, m, d int) (found, bool) {
	at := end
	if s.norm(at) == "," || s.norm(at) == "of" {
		at++
	}
	w := s.norm(at)
	if w != "last" && w != "this" && w != "next" || s.norm(at+1) != "year" {
		return found{}, false
	}
	if s.ref.y == 0 {
		return unresolved(i, end, noPublication, "date"), true
	}
	day := date{s.ref.y, m, d}
	switch w {
	case "last":
		day.y--
	case "next":
		day.y++
	}
	if !validDay(day.y, m, d) {
		return found{}, false
	}
	return found{from: i, to: end, typ: annotation.DateType, value: day.String(), anchor: s.ref, date: day, rule: "date"}, true
}

// ordinalOf matches "the fifth of January" and "the 3rd of January, 2020".
func (s *scanner) ordinalOf(i int) (found, bool) {
	if s.norm(i) != "the" {
		return found{}, false
	}
	if s.toks[min(i+1, s.s1-1)].Kind == token.Number {
		if f, ok := s.dayMonth(i + 1); ok {
			f.from = i
			return f, true
		}
		if f, ok := s.centuryAt(i + 1); ok {
			f.from = i
			return f, true
		}
		return found{}, false
	}
	n, ok := s.numeral(i + 1)
	if !ok || !n.Ordinal {
		return found{}, false
	}
	if s.norm(n.End) != "of" {
		return found{}, false
	}
	m, end := s.monthAt(n.End + 1)
	d := int(n.Value)
	if m == 0 || !validDay(0, m, d) {
		return found{}, false
	}
	y, yEnd := s.yearAfter(end)
	return s.dated(i, max(end, yEnd), date{y, m, d}, "date"), true
}

// dated makes a found of a day of a month whose year may be missing (0).
func (s *scanner) dated(from, to int, d date, rule string) found {
	if d.y > 0 {
		if !validDay(d.y, d.m, max(d.d, 1)) {
			return found{from: from, to: to, typ: annotation.DateType, unresolved: noSuchDay, rule: rule}
		}
		return explicit(from, to, d, rule)
	}
	if a, ok := s.lex.famous[d]; ok && (a.words[s.norm(to)] || a.words[s.norm(to+1)]) {
		return explicit(from, to, date{a.year, d.m, d.d}, "named")
	}
	f := found{from: from, to: to, typ: annotation.DateType, rule: rule}
	if y, ok := s.yearFromStory(d); ok && !(s.ref.gran() >= month && s.tenseOf(from, to) == future) {
		d.y = y
		f.value, f.date, f.anchor, f.story = d.String(), d, s.last, true
		return f
	}
	switch s.ref.gran() {
	case none:
		f.unresolved = noYear
		return f
	case year:
		d.y = s.ref.y
	default:
		t := s.tenseOf(from, to)
		if t == past && s.arranged(from) {
			t = unknown
		}
		if s.norm(from-1) == "since" {
			t = past
		}
		if y := s.yearForetold(from, d); y > 0 {
			d.y = y
			f.value, f.date, f.anchor, f.story = d.String(), d, s.last, true
			return f
		}
		d = s.nearest(d, t)
	}
	if d.d > 0 && !validDay(d.y, d.m, d.d) {
		f.unresolved = noSuchDay
		return f
	}
	f.value, f.date, f.anchor = d.String(), d, s.ref
	return f
}

// yearFromStory returns the year of a date without one that goes on from a date
// the same block gave shortly before.
func (s *scanner) yearFromStory(d date) (int, bool) {
	if s.last.gran() < month || s.s0-s.lastAt > reach || !s.lastStated {
		return 0, false
	}
	if s.ref.y == 0 && s.lastAt <= s.b0 && s.last.gran() < day {
		return 0, false // a month in an earlier paragraph is too little
	}
	y := s.last.y
	if s.ref.y > 0 && y >= s.ref.y {
		return 0, false // the publication date tells as well, and tense too
	}
	next := date{y, d.m, d.d}
	if next.before(s.last) && s.last.days(next) < -200 {
		y++
	}
	return y, true
}

// yearForetold returns the year of the month or day d, at token from, that was still to come when
// somebody told of it, by the date of their telling: "said in March that it would open in
// September". It is 0 where nothing says so.
func (s *scanner) yearForetold(from int, d date) int {
	const near = 4
	if s.lastAt <= s.s0 || s.lastAt > from || s.last.gran() < month || !s.last.before(s.ref) {
		return 0
	}
	said := false
	for k := max(s.s0, s.lastAt-near); k < s.lastAt; k++ {
		said = said || saying[s.norm(k)]
	}
	for k := s.lastAt; said && k < from; k++ {
		switch s.norm(k) {
		case "would":
			if next := (date{s.last.y, d.m, d.d}); next.before(s.last) {
				return s.last.y + 1
			}
			return s.last.y
		case ",", ";", "but":
			return 0
		}
	}
	return 0
}

// nearest gives the month or day d the year that tense and publication date
// call for.
func (s *scanner) nearest(d date, t tense) date {
	at := func(y int) date { return date{y, d.m, d.d} }
	ref := s.ref
	this := at(ref.y)
	switch t {
	case past:
		// A day ahead is still the same day in another time zone.
		if ref.before(this) && !(d.d > 0 && ref.d > 0 && ref.days(this) <= 1) {
			return at(ref.y - 1)
		}
		return this
	case future:
		if this.before(ref) && (d.d > 0 || this.m != ref.m || this.y != ref.y) {
			if d.d > 0 && ref.d > 0 && this.days(ref) < 14 {
				return this // "was due to open on", told a little later
			}
			return at(ref.y + 1)
		}
		return this
	}
	best := this
	for _, y := range []int{ref.y - 1, ref.y + 1} {
		if c := at(y); abs(ref.days(c)) < abs(ref.days(best)) {
			best = c
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// weekdayDate matches a weekday before a date: "Friday, July 21, 2017".
func (s *scanner) weekdayDate(i int) (found, bool) {
	t := &s.toks[i]
	if calendar.Of(t).weekday == 0 || !t.Is(token.Initial) {
		return found{}, false
	}
	k := i + 1
	if len(t.Norm) <= 5 && s.norm(k) == "." && s.glued(k) {
		k++
	}
	if s.norm(k) == "," {
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
	if s.toks[k].Kind == token.Number {
		f, ok = s.dayMonth(k)
	} else if m, e := s.monthAt(k); m > 0 {
		if d, _ := s.dayAt(e); d > 0 {
			f, ok = s.monthDay(k)
		}
	}
	if !ok {
		return found{}, false
	}
	f.from = i
	return f, true
}
