package timex

import (
	"bufio"
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"readout/internal/token"
)

//go:embed data/holidays.txt
var holidayData string

//go:embed data/anniversaries.txt
var anniversaryData string

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]int{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
	"mon": 1, "tue": 2, "tues": 2, "wed": 3, "weds": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
}

var seasons = map[string]string{"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

// A calendarWord is what a word is the name of, in a calendar.
type calendarWord struct {
	month, weekday uint8 // 0 for none
	season         bool
}

var calendar = token.NewMemo(func(w string) calendarWord {
	return calendarWord{uint8(months[w]), uint8(weekdays[w]), seasons[w] != ""}
})

// timeUnits are the units of calendar time, singular and plural.
var timeUnits = map[string]string{
	"second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "hour": "hour", "hours": "hour",
	"day": "day", "days": "day", "night": "day", "nights": "day", "week": "week", "weeks": "week", "fortnight": "fortnight",
	"month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter",
	"year": "year", "years": "year", "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
}

var dayParts = wordSet("dayParts")

// triggerWords are the words besides the names of days, months and seasons that
// a time expression may begin with.
const triggerWords = `today tonight tonite yesterday tomorrow earlier later early late mid end start beginning close
last next this past previous following coming same that current the a an ad fiscal financial fy noon midday midnight
q1 q2 q3 q4 h1 h2 half first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety`

// A holiday is a named day of the year.
type holiday struct {
	date            date // fixed month and day, or a whole date
	n, weekday      int  // the nth weekday of date.m
	easter, movable bool
	offset          int
}

// on returns the day of h in a year.
func (h holiday) on(y int) date {
	switch {
	case h.easter:
		return easter(y).addDays(h.offset)
	case h.movable:
		return nthWeekday(y, h.date.m, h.n, h.weekday)
	case h.date.y != 0:
		return h.date
	}
	return date{y, h.date.m, h.date.d}
}

// famous is a day known by its month and day alone, when one of words follows.
type famous struct {
	year  int
	words map[string]bool
}

type lexicon struct {
	holidays map[string]holiday
	longest  int // words of the longest name
	firsts   map[string]bool
	famous   map[date]famous // by month and day
	triggers map[string]bool // words an expression may begin with
}

var lex = sync.OnceValue(func() *lexicon {
	l := &lexicon{holidays: map[string]holiday{}, firsts: map[string]bool{}, famous: map[date]famous{}, triggers: map[string]bool{}}
	eachLine(anniversaryData, func(line string) {
		f := strings.Fields(line)
		d := parseDate(f[0])
		a := famous{year: d.y, words: map[string]bool{}}
		for _, w := range f[1:] {
			a.words[w] = true
		}
		l.famous[date{m: d.m, d: d.d}] = a
	})
	eachLine(holidayData, func(line string) {
		rule, name, _ := strings.Cut(line, " ")
		var h holiday
		switch {
		case strings.HasPrefix(rule, "easter"):
			h.easter = true
			h.offset, _ = strconv.Atoi(rule[len("easter"):])
		case strings.Contains(rule, "#"):
			m, rest, _ := strings.Cut(rule, "#")
			h.movable = true
			h.date.m, _ = strconv.Atoi(m)
			cut := strings.LastIndexByte(rest, '-')
			h.n, _ = strconv.Atoi(rest[:cut])
			h.weekday, _ = strconv.Atoi(rest[cut+1:])
		case len(rule) == 10:
			h.date = parseDate(rule)
		default:
			h.date.m, _ = strconv.Atoi(rule[:2])
			h.date.d, _ = strconv.Atoi(rule[3:])
		}
		l.holidays[name] = h
		l.longest = max(l.longest, strings.Count(name, " ")+1)
		first, _, _ := strings.Cut(name, " ")
		l.firsts[first] = true
		l.triggers[first] = true
	})
	for w := range months {
		l.triggers[w] = true
	}
	for w := range weekdays {
		l.triggers[w] = true
	}
	for w := range seasons {
		l.triggers[w] = true
	}
	for _, w := range strings.Fields(triggerWords) {
		l.triggers[w] = true
	}
	return l
})

// eachLine calls f with every line of data that is neither empty nor a comment.
func eachLine(data string, f func(line string)) {
	sc := bufio.NewScanner(strings.NewReader(data))
	for sc.Scan() {
		if line := strings.TrimSpace(sc.Text()); line != "" && line[0] != '#' {
			f(line)
		}
	}
}
