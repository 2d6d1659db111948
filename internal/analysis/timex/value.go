package timex

import (
	"fmt"
	"time"
)

// A gran is how fine a date is known.
type gran uint8

const (
	none gran = iota
	year
	month
	day
)

// A date is a calendar date as far as it is known: d, or m and d, are zero for
// a month or a year.
type date struct {
	y, m, d int
}

func (a date) gran() gran {
	switch {
	case a.y == 0:
		return none
	case a.m == 0:
		return year
	case a.d == 0:
		return month
	}
	return day
}

// String formats a in ISO 8601, as far as it is known.
func (a date) String() string {
	switch a.gran() {
	case year:
		return fmt.Sprintf("%04d", a.y)
	case month:
		return fmt.Sprintf("%04d-%02d", a.y, a.m)
	case day:
		return fmt.Sprintf("%04d-%02d-%02d", a.y, a.m, a.d)
	}
	return ""
}

// parseDate reads the date at the start of an ISO 8601 value.
func parseDate(s string) date {
	for _, layout := range []struct {
		n    int
		form string
	}{{10, "2006-01-02"}, {7, "2006-01"}, {4, "2006"}} {
		if len(s) < layout.n {
			continue
		}
		if t, err := time.Parse(layout.form, s[:layout.n]); err == nil {
			a := date{y: t.Year()}
			if layout.n >= 7 {
				a.m = int(t.Month())
			}
			if layout.n >= 10 {
				a.d = t.Day()
			}
			return a
		}
	}
	return date{}
}

func (a date) time() time.Time {
	return time.Date(a.y, time.Month(max(a.m, 1)), max(a.d, 1), 0, 0, 0, 0, time.UTC)
}

func fromTime(t time.Time) date { return date{t.Year(), int(t.Month()), t.Day()} }

// addDays returns a plus n days; a must be a day.
func (a date) addDays(n int) date { return fromTime(a.time().AddDate(0, 0, n)) }

// addMonths returns the month n months after that of a.
func (a date) addMonths(n int) date {
	k := a.y*12 + a.m - 1 + n
	return date{y: k / 12, m: k%12 + 1}
}

// days returns how many days b is after a, months and years taken at their
// first day.
func (a date) days(b date) int { return int(b.time().Sub(a.time()).Hours() / 24) }

// before reports whether a is before b, compared as far as both are known.
func (a date) before(b date) bool {
	if a.y != b.y {
		return a.y < b.y
	}
	if a.m == 0 || b.m == 0 || a.m != b.m {
		return a.m != 0 && b.m != 0 && a.m < b.m
	}
	return a.d != 0 && b.d != 0 && a.d < b.d
}

// weekday returns 1 for Monday to 7 for Sunday.
func (a date) weekday() int { return (int(a.time().Weekday())+6)%7 + 1 }

// week returns the ISO 8601 week of a.
func (a date) week() string {
	y, w := a.time().ISOWeek()
	return fmt.Sprintf("%04d-W%02d", y, w)
}

// valid reports whether y-m-d is a day of the calendar.
func validDay(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

func daysIn(y, m int) int {
	if y == 0 {
		y = 2000 // a leap year, when the year is not known
	}
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// easter returns Easter Sunday of a year by the anonymous Gregorian algorithm
// (Meeus, Astronomical Algorithms, ch. 8).
func easter(y int) date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date{y, n / 31, n%31 + 1}
}

// nthWeekday returns the nth weekday of a month; n = -1 is the last.
func nthWeekday(y, m, n, weekday int) date {
	if n < 0 {
		last := date{y, m, daysIn(y, m)}
		return last.addDays(-((last.weekday() - weekday + 7) % 7))
	}
	first := date{y, m, 1}
	return first.addDays((weekday-first.weekday()+7)%7 + 7*(n-1))
}
