package article

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/internal/wordlist"
)

//go:embed data/months.txt
var monthsData string

// months maps the names of months, in lower case, to their numbers.
var months = sync.OnceValue(func() map[string]int {
	m := make(map[string]int)
	for row := range wordlist.Rows(monthsData) {
		fields := strings.Fields(row)
		n, err := strconv.Atoi(fields[0])
		if err != nil {
			continue
		}
		for _, name := range fields[1:] {
			m[name] = n
		}
	}
	return m
})

// A foundDate is one full date in a text: day, month and year.
type foundDate struct {
	value      string // "2024-05-03"
	start, end int    // the words it is made of
}

// firstDate finds the first full date in t. A date without a year is none, and
// neither is one whose day and month could be the other way round.
func firstDate(t string) (foundDate, bool) {
	type word struct {
		text       string
		start, end int
	}
	var words []word
	start := -1
	for i, r := range t + " " {
		if unicode.IsSpace(r) || r == ',' || r == '(' || r == ')' || r == '|' {
			if start >= 0 {
				words = append(words, word{asciiDigits(strings.ToLower(strings.Trim(t[start:i], ".:;-–—"))), start, i})
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	for i, w := range words {
		if v := numericDate(w.text); v != "" {
			return foundDate{v, w.start, w.end}, true
		}
		month := months()[w.text]
		if month == 0 {
			continue
		}
		// "3 May 2024", "3. Mai 2024", "3rd of May, 2024", "3 de mayo de 2024".
		before, after := i-1, i+1
		if before > 0 && (words[before].text == "of" || words[before].text == "de") {
			before--
		}
		if after < len(words)-1 && (words[after].text == "de" || words[after].text == "del") {
			after++
		}
		if before >= 0 && after < len(words) {
			if v := isoDate(year(words[after].text), month, day(words[before].text)); v != "" {
				return foundDate{v, words[before].start, words[after].end}, true
			}
		}
		// "May 3, 2024".
		if i+2 < len(words) {
			if v := isoDate(year(words[i+2].text), month, day(words[i+1].text)); v != "" {
				return foundDate{v, w.start, words[i+2].end}, true
			}
		}
	}
	return foundDate{}, false
}

// asciiDigits returns w with the decimal digits of other scripts made ASCII.
func asciiDigits(w string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.IsDigit(r) {
			return r
		}
		// The digits of a script are ten in a row, zero first.
		zero := r
		for n := 0; n < 9 && unicode.IsDigit(zero-1); n++ {
			zero--
		}
		return '0' + (r-zero)%10
	}, w)
}

// numericDate reads a date in figures: year first, or day first with stops, or
// with slashes where only one reading is possible.
func numericDate(w string) string {
	if len(w) > 10 && w[10] == 't' {
		w = w[:10]
	}
	if y, rest, ok := strings.Cut(w, "年"); ok {
		m, d, ok := strings.Cut(strings.TrimSuffix(rest, "日"), "月")
		if ok {
			return isoDate(year(y), small(m), small(d))
		}
	}
	for _, sep := range []string{"-", "/", "."} {
		p := strings.Split(w, sep)
		if len(p) != 3 {
			continue
		}
		if len(p[0]) == 4 {
			return isoDate(year(p[0]), small(p[1]), small(p[2]))
		}
		a, b := small(p[0]), small(p[1])
		switch {
		case len(p[2]) != 4:
		case sep == "." || a > 12 || a == b:
			return isoDate(year(p[2]), b, a)
		case b > 12:
			return isoDate(year(p[2]), a, b)
		}
	}
	return ""
}

func small(w string) int {
	n, err := strconv.Atoi(w)
	if err != nil || len(w) > 2 || n < 0 {
		return 0
	}
	return n
}

// day reads a day of the month, with or without its ordinal ending.
func day(w string) int {
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "ª"} {
		w = strings.TrimSuffix(w, suffix)
	}
	return small(w)
}

func year(w string) int {
	n, err := strconv.Atoi(w)
	if err != nil || len(w) != 4 {
		return 0
	}
	return n
}

// The years between which a publication date is believed. Without a clock no
// date is known to lie in the future; a date past lastYear is nonsense on any
// day this program runs.
const (
	firstYear = 1600
	lastYear  = 2100
)

// isoDate formats a date of the calendar; it returns "" for one that is none.
func isoDate(year, month, day int) string {
	if year < firstYear || year > lastYear || month < 1 || day < 1 {
		return ""
	}
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if d.Year() != year || int(d.Month()) != month || d.Day() != day {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// cleanDate returns the ISO 8601 form of a date from metadata, keeping its time
// and zone where it has both; "" where it is no date.
func cleanDate(s string) string {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05-0700",
		time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700",
	} {
		d, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if isoDate(d.Year(), int(d.Month()), d.Day()) == "" {
			return ""
		}
		return d.Format("2006-01-02T15:04:05Z07:00")
	}
	// A time without a zone says little more than the day.
	if d, ok := firstDate(strings.Replace(cut(s, 200), "T", " ", 1)); ok {
		return d.value
	}
	if len(s) == 8 {
		if n, err := strconv.Atoi(s); err == nil && n > 0 {
			return isoDate(n/10000, n/100%100, n%100)
		}
	}
	return ""
}

// filenameDate returns the ISO date in a file's name: "2024-05-03-talks.txt",
// "20240503_talks.txt" and "talks_2024_05_03.txt".
func filenameDate(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	digit := func(i int) bool { return i >= 0 && i < len(name) && name[i] >= '0' && name[i] <= '9' }
	for i := range len(name) {
		if !digit(i) || digit(i-1) {
			continue
		}
		j := i
		for digit(j) {
			j++
		}
		switch {
		case j-i == 8:
			if v := isoDate(year(name[i:i+4]), small(name[i+4:i+6]), small(name[i+6:j])); v != "" {
				return v
			}
		case j-i == 4 && i+10 <= len(name) && !digit(i+10) && (name[j] == '-' || name[j] == '_' || name[j] == '.') && name[j] == name[i+7]:
			if v := isoDate(year(name[i:j]), small(name[i+5:i+7]), small(name[i+8:i+10])); v != "" {
				return v
			}
		}
	}
	return ""
}

// dayAfter returns the day after an ISO date.
func dayAfter(day string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return d.AddDate(0, 0, 1).Format(time.DateOnly)
}
