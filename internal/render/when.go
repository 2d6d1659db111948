package render

import (
	"strconv"
	"strings"
	"time"
)

var seasons = map[string]string{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}

// dateWords writes an ISO 8601 or TIMEX3 value for a reader: "11 March 2025",
// "July 2024", "2024, third quarter". What it does not know it returns as it is.
func dateWords(value string) string {
	switch {
	case len(value) == 4 && number(value):
		return value
	case len(value) == 4 && number(value[:3]) && (value[3] == 'X' || value[3] == 'x'):
		return "the " + value[:3] + "0s"
	case len(value) == 3 && number(value):
		return "the " + value + "0s"
	case len(value) == 2 && number(value):
		n, _ := strconv.Atoi(value)
		return "the " + strconv.Itoa(n+1) + "th century"
	}
	year, rest, _ := strings.Cut(value, "-")
	if len(year) == 4 && number(year) {
		switch {
		case strings.HasPrefix(rest, "Q") && len(rest) == 2:
			if i := strings.IndexByte("1234", rest[1]); i >= 0 {
				return [...]string{"first", "second", "third", "fourth"}[i] + " quarter of " + year
			}
		case strings.HasPrefix(rest, "H") && len(rest) == 2:
			if i := strings.IndexByte("12", rest[1]); i >= 0 {
				return [...]string{"first", "second"}[i] + " half of " + year
			}
		case strings.HasPrefix(rest, "W"):
			week, weekend := strings.CutSuffix(rest[1:], "-WE")
			if n, err := strconv.Atoi(week); err == nil {
				if weekend {
					return "weekend of week " + strconv.Itoa(n) + ", " + year
				}
				return "week " + strconv.Itoa(n) + " of " + year
			}
		case seasons[rest] != "":
			return seasons[rest] + " " + year
		}
	}
	for _, f := range [...]struct{ layout, words string }{
		{"2006-01-02", "2 January 2006"},
		{"2006-01", "January 2006"},
		{"2006-01-02T15:04", "2 January 2006, 15:04"},
		{"2006-01-02T15:04:05", "2 January 2006, 15:04"},
		{"2006-01-02T15:04Z07:00", "2 January 2006, 15:04 -07:00"},
		{time.RFC3339, "2 January 2006, 15:04 -07:00"},
	} {
		if t, err := time.Parse(f.layout, value); err == nil {
			return strings.Replace(t.Format(f.words), "+00:00", "UTC", 1)
		}
	}
	if day, part, ok := strings.Cut(value, "T"); ok {
		if words := map[string]string{"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}[part]; words != "" {
			return dateWords(day) + ", " + words
		}
	}
	return value
}

// machineTime reports whether value is a date that HTML's time element takes.
func machineTime(value string) bool {
	for _, layout := range [...]string{"2006-01-02", "2006-01", "2006", "2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.RFC3339} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

func number(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
