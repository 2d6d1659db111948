package label

import (
	"strconv"
	"strings"
	"time"
)

// Date writes an ISO 8601 or TIMEX3 value for a reader: "11 March 2025", "July
// 2024", "third quarter of 2024". What it does not know it returns as it is.
func (s *Set) Date(value string) string {
	switch {
	case len(value) == 4 && figures(value):
		return value
	case len(value) == 4 && figures(value[:3]) && (value[3] == 'X' || value[3] == 'x'), len(value) == 3 && figures(value):
		return s.Say("date.decade", "decade", value[:3]+"0")
	case len(value) == 2 && figures(value):
		n, _ := strconv.Atoi(value)
		return s.Say("date.century", "century", strconv.Itoa(n+1))
	}
	year, rest, _ := strings.Cut(value, "-")
	if len(year) == 4 && figures(year) {
		switch {
		case strings.HasPrefix(rest, "Q") && len(rest) == 2:
			if i := strings.IndexByte("1234", rest[1]); i >= 0 {
				return s.Say("date.quarter", "quarter", s.entry("date.quarters").list[i], "year", year)
			}
		case strings.HasPrefix(rest, "H") && len(rest) == 2:
			if i := strings.IndexByte("12", rest[1]); i >= 0 {
				return s.Say("date.half", "half", s.entry("date.halves").list[i], "year", year)
			}
		case strings.HasPrefix(rest, "W"):
			week, weekend := strings.CutSuffix(rest[1:], "-WE")
			if n, err := strconv.Atoi(week); err == nil && 1 <= n && n <= 53 {
				monday := firstMonday(year).AddDate(0, 0, 7*(n-1))
				if weekend {
					return s.Say("date.weekend", "day", s.moment("date.day", monday.AddDate(0, 0, 5)))
				}
				return s.Say("date.week", "day", s.moment("date.day", monday))
			}
		case len(rest) == 2:
			if i := strings.Index("SPSUFAWI", rest); i >= 0 && i%2 == 0 {
				return s.Say("date.season", "season", s.entry("date.seasons").list[i/2], "year", year)
			}
		}
	}
	for _, f := range [...]struct{ layout, label string }{
		{"2006-01-02", "date.day"},
		{"2006-01", "date.month"},
		{"2006-01-02T15:04", "date.time"},
		{"2006-01-02T15:04:05", "date.time"},
		{"2006-01-02T15:04Z07:00", "date.zone"},
		{time.RFC3339, "date.zone"},
	} {
		if len(value) < len("2006-01") {
			break
		}
		if t, err := time.Parse(f.layout, value); err == nil {
			return s.moment(f.label, t)
		}
	}
	if day, ok := strings.CutSuffix(value, "T24:00"); ok && len(day) == len("2006-01-02") {
		return s.Say("date.time", "day", s.Date(day), "time", "24:00") // the end of the day (ISO 8601)
	}
	if day, part, ok := strings.Cut(value, "T"); ok && len(part) == 2 {
		if i := strings.Index("MOMIAFEVNIDT", part); i >= 0 && i%2 == 0 {
			return s.Say("date.part", "day", s.Date(day), "part", s.entry("date.parts").list[i/2])
		}
	}
	return value
}

// firstMonday is the day on which the first week of a year begins (ISO 8601).
func firstMonday(year string) time.Time {
	t, err := time.Parse("2006-01-02", year+"-01-04")
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

func (s *Set) moment(label string, t time.Time) string {
	year, clock := t.Format("2006"), t.Format("15:04")
	month := int(t.Month()) - 1
	day := func() string {
		return s.Say("date.day", "day", strconv.Itoa(t.Day()), "month", s.entry("date.months").list[month], "year", year)
	}
	switch label {
	case "date.day":
		return day()
	case "date.month":
		return s.Say("date.month", "month", s.entry("date.months-alone").list[month], "year", year)
	case "date.time":
		return s.Say("date.time", "day", day(), "time", clock)
	}
	return s.Say("date.zone", "day", day(), "time", clock, "zone", strings.Replace(t.Format("-07:00"), "+00:00", "UTC", 1))
}

func figures(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
