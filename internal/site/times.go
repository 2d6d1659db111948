package site

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

const isoDay = "2006-01-02"

// days returns the first and last day that a TIMEX3 value covers, as ISO dates.
// It reports false for durations, repeated times and vague references, which
// cover no certain days.
func days(value string) (from, to string, ok bool) {
	if a, b, ranged := strings.Cut(value, "/"); ranged {
		f, _, ok1 := days(a)
		_, t, ok2 := days(b)
		return f, t, ok1 && ok2 && f <= t
	}
	v, _, _ := strings.Cut(value, "T")
	first, last, ok := period(v)
	if !ok {
		return "", "", false
	}
	return first.Format(isoDay), last.Format(isoDay), true
}

func period(v string) (first, last time.Time, ok bool) {
	fail := func() (time.Time, time.Time, bool) { return time.Time{}, time.Time{}, false }
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	parts := strings.Split(v, "-")
	year, err := strconv.Atoi(parts[0])
	if err != nil || len(parts) > 3 {
		return fail()
	}
	switch len(parts[0]) {
	case 2: // a century
		if len(parts) > 1 {
			return fail()
		}
		return day(year*100, 1, 1), day(year*100+99, 12, 31), true
	case 3: // a decade
		if len(parts) > 1 {
			return fail()
		}
		return day(year*10, 1, 1), day(year*10+9, 12, 31), true
	case 4:
	default:
		return fail()
	}
	if len(parts) == 1 {
		return day(year, 1, 1), day(year, 12, 31), true
	}
	months := func(from, n int) (time.Time, time.Time, bool) {
		f := day(year, from, 1)
		return f, f.AddDate(0, n, -1), true
	}
	unit := parts[1]
	if week, isWeek := strings.CutPrefix(unit, "W"); isWeek && week != "I" {
		w, err := strconv.Atoi(week)
		if err != nil || w < 1 || w > 53 {
			return fail()
		}
		// The week of 4 January is the first.
		monday := day(year, 1, 4)
		monday = monday.AddDate(0, 0, -(int(monday.Weekday())+6)%7+7*(w-1))
		if len(parts) == 3 {
			if parts[2] == "WE" {
				return monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 6), true
			}
			d, err := strconv.Atoi(parts[2])
			if err != nil || d < 1 || d > 7 {
				return fail()
			}
			monday = monday.AddDate(0, 0, d-1)
			return monday, monday, true
		}
		return monday, monday.AddDate(0, 0, 6), true
	}
	if len(parts) == 2 {
		switch unit {
		case "Q1", "Q2", "Q3", "Q4":
			return months(3*int(unit[1]-'1')+1, 3)
		case "H1", "H2":
			return months(6*int(unit[1]-'1')+1, 6)
		case "SP":
			return months(3, 3)
		case "SU":
			return months(6, 3)
		case "FA":
			return months(9, 3)
		case "WI":
			return months(12, 3)
		}
	}
	month, err := strconv.Atoi(unit)
	if err != nil || len(unit) != 2 || month < 1 || month > 12 {
		return fail()
	}
	if len(parts) == 2 {
		return months(month, 1)
	}
	d, err := strconv.Atoi(parts[2])
	if err != nil || len(parts[2]) != 2 {
		return fail()
	}
	t := day(year, month, d)
	return t, t, t.Day() == d
}

// machine returns the value where HTML's time element takes it, else "".
func machine(value string) string {
	for _, layout := range []string{"2006", "2006-01", isoDay, "2006-01-02T15", "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if len(layout) == len(value) || layout == time.RFC3339 {
			if _, err := time.Parse(layout, value); err == nil && layout != "2006-01-02T15" {
				return value
			}
		}
	}
	return ""
}

// timeline makes the entries of one article.
func (m *maker) timeline() Timeline {
	var tl Timeline
	events := map[int][]int{} // of a sentence: its event mentions
	byTime := map[string]int{}
	tied := map[string]bool{} // times of events that are no saying
	for i, mk := range m.file.Marks {
		if mk.Class != dialect.EventMention {
			continue
		}
		if at := mk.Get("at"); at != "" {
			tied[at] = tied[at] || lastTerm(mk.Span.In(m.text)) != ""
			if _, taken := byTime[at]; !taken {
				byTime[at] = i
			}
		}
		if s := m.sentenceAt(m.blocks[i], mk.Span.Start); s >= 0 {
			events[s] = append(events[s], i)
		}
	}
	for i, mk := range m.file.Marks {
		if mk.Class != dialect.Time {
			continue
		}
		s := m.sentenceAt(m.blocks[i], mk.Span.Start)
		stamp := s < 0
		if stamp {
			s = m.stamped(m.blocks[i], mk.Span)
		}
		if s < 0 {
			continue
		}
		e := &TimelineEntry{
			Passage: m.passage(i), Sentence: m.sentenceAround(s, mk.Span),
			Value: m.keep(mk.Get("value")), Anchor: m.keep(mk.Get("anchor")), Why: m.keep(mk.Get("unresolved")),
			Class: m.sentences[s].class,
		}
		for _, v := range m.sentences[s].voices {
			e.Speakers = append(e.Speakers, m.speaker(v))
		}
		if t := mk.Get("type"); t == "DURATION" || t == "SET" {
			continue // how long or how often, not when
		}
		switch {
		case stamp:
		case accounts.MatchString(justBefore(m.text, m.sentences[s].span.Start, mk.Span.Start)):
			e.tie = tiedAside
		case mk.ID != "" && tied[mk.ID]:
			e.tie = tiedEvent
		case m.inDateline(s, mk.Span):
			continue // when the report was written
		case saidOn(m.text, m.sentences[s].span.Start, e):
			e.tie = tiedAside
		}
		near := events[s]
		if e.tie == tiedAside { // what somebody said may be to come; that it was said is not
			near = slices.DeleteFunc(slices.Clone(near), func(i int) bool { return m.mark(i).Span.End > mk.Span.Start })
		}
		e.Realis = m.realis(mk, near, byTime)
		if e.Value == "" {
			if e.Why == "" {
				e.Why = "no value is given"
			}
			tl.Unresolved = append(tl.Unresolved, e)
			continue
		}
		var ok bool
		e.From, e.To, ok = days(e.Value)
		if !ok {
			if strings.HasPrefix(e.Value, "T") {
				e.Why = "a time of day without its day"
				tl.Unresolved = append(tl.Unresolved, e)
			}
			continue
		}
		if e.fact(m.b.Header.Date) {
			tl.Resolved = append(tl.Resolved, e)
		} else {
			tl.Planned = append(tl.Planned, e)
		}
	}
	tl.sort()
	return tl
}

// stamped returns the first sentence of the paragraph below the heading of block b
// that is nothing but the time at, as the entries of a live report have it; -1
// where it is something else.
func (m *maker) stamped(b int, at span.Span) int {
	if b < 0 || b+1 >= len(m.file.Blocks) || m.file.Blocks[b].Role != article.Heading || strings.Trim(m.file.Blocks[b].Span.In(m.text), " :–—-") != at.In(m.text) {
		return -1
	}
	return m.sentenceAt(b+1, m.file.Blocks[b+1].Span.Start)
}

// What a time is that of: an event that its mark names, or what the sentence tells by the
// way, that somebody said so or how long a period of account was.
const (
	tiedEvent = "event"
	tiedAside = "aside"
)

// accounts are the words before the last day of a period of account: "the quarter ended
// September 30".
var accounts = regexp.MustCompile(`(?i)\b(?:quarter|half|year|months?|weeks?|period)\s+(?:that\s+)?(?:ended|ending|to)\s+(?:on\s+)?$`)

// dateline is what stands before the text of a report: where and when it was written, and
// by whom.
var dateline = regexp.MustCompile(`^[^!?\n]{2,90}?(?:\s*[—–]|\s--?|:)\s`)

// justBefore returns the words right before byte at of text, some twenty at most and
// none before byte from: what a time is that of stands near it, however long its
// sentence.
func justBefore(text string, from, at int) string {
	const near = 150 // bytes
	if at-from > near {
		from = at - near
		if i := strings.IndexByte(text[from:at], ' '); i >= 0 {
			from += i
		}
		for from < at && !utf8.RuneStart(text[from]) {
			from++
		}
	}
	return text[from:at]
}

// inDateline reports whether a time stands in the dateline at the beginning of sentence s:
// no word before it is an ordinary one, and a place in capital letters or an agency in
// brackets stands with it.
func (m *maker) inDateline(s int, at span.Span) bool {
	sentence := m.sentences[s].span
	head := dateline.FindString(sentence.In(m.text))
	if head == "" || at.End > sentence.Start+len(head) {
		return false
	}
	before, after := wordsOf(m.text[sentence.Start:at.Start]), m.text[at.End:sentence.Start+len(head)]
	if slices.ContainsFunc(before, func(t token.Token) bool { return t.Kind == token.Word && t.Is(token.AllLower) }) {
		return false
	}
	if strings.ContainsAny(after, "(/") {
		return true
	}
	if len(before) == 0 {
		return false
	}
	first := before[0].Span.In(m.text[sentence.Start:])
	return len(first) > 2 && strings.ToUpper(first) == first
}

// realis returns how the event tied to the time mark is told: the one that
// names it, else the nearest of its sentence.
func (m *maker) realis(mk dialect.Mark, events []int, byTime map[string]int) string {
	best := -1
	if i, ok := byTime[mk.ID]; ok && mk.ID != "" {
		best = i
	} else {
		for _, i := range events {
			if best < 0 || gap(m.mark(i).Span, mk.Span) < gap(m.mark(best).Span, mk.Span) {
				best = i
			}
		}
	}
	if best < 0 {
		return ""
	}
	if r := m.mark(best).Get("realis"); r != "" {
		return r
	}
	return "occurred"
}

// fact reports whether e may be told as something that took place: the article
// says so, and its day is not after the article's own.
func (e *TimelineEntry) fact(published Date) bool {
	if published.Known() && e.From > published.Day() {
		return false
	}
	return e.Realis == "" || e.Realis == "occurred"
}

// sort orders the entries of a timeline. Entries of one briefing must be in
// text order, and briefings in theirs, before.
func (t *Timeline) sort() {
	byTime := func(a, b *TimelineEntry) int { return compareTimes(a.From, b.From, a.To, b.To, a.Value, b.Value) }
	stable.Sort(t.Resolved, byTime)
	stable.Sort(t.Planned, byTime)
}

// compareTimes compares two times by when they begin and end, and by their values.
func compareTimes(fromA, fromB, toA, toB, a, b string) int {
	return cmp.Or(
		strings.Compare(fromA, fromB),
		// Of two that begin together the shorter is the more exact.
		strings.Compare(toA, toB),
		strings.Compare(a, b),
	)
}

func (t *Timeline) add(u Timeline) {
	t.Resolved = append(t.Resolved, u.Resolved...)
	t.Planned = append(t.Planned, u.Planned...)
	t.Unresolved = append(t.Unresolved, u.Unresolved...)
}
