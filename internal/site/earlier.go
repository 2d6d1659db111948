package site

import (
	"sort"
	"strings"
)

// What the page of a dated report says of others it says of those that came
// before it, so that a report that comes later leaves the page as it is. Of a
// report without a date nobody can tell which came before: its page speaks of all
// others, and of many it gives no exact number.

// before reports whether day x is certainly before day y. Of "2025" and
// "2025-03-11" nobody knows.
func before(x, y string) bool { return x != "" && x < y && !strings.HasPrefix(y, x) }

// An Elsewhere is an entity in other briefings than the one it is shown in.
type Elsewhere struct {
	Briefings int        // how many others name it
	Earlier   bool       // only those from before the report count
	More      bool       // there are more than Briefings says
	Last      *Quotation // the newest among them that is short enough to be shown; nil where there is none
}

// maxLastWords is how long a quotation may be to be shown beside a name. It is
// never cut: what stands between quotation marks stands in the article.
const maxLastWords = 240

// Elsewhere returns what others say of the entity, as the page of b shows it.
func (e *Entity) Elsewhere(b *Briefing) Elsewhere {
	if b.alone {
		return e.elsewhere
	}
	x, last := e.outside(b)
	if last != nil {
		x.Last = e.site.quotation(last.position)
	}
	return x
}

// outside is Elsewhere, with the place of Last for itself.
func (e *Entity) outside(b *Briefing) (x Elsewhere, last *quoted) {
	day := b.Header.Date.Day()
	x.Earlier = day != ""
	if e.only != nil { // in b alone
		return x, nil
	}
	if day == "" {
		x.Briefings, x.More = moreThan(len(e.in) - 1)
	} else {
		dated := e.dated()
		x.Briefings = dated - firstBefore(dated, day, e.day)
		// What is dated by month or year alone stands among those, too.
		for _, n := range []int{4, 7} {
			if n >= len(day) {
				break
			}
			x.Briefings -= e.countDay(dated, day[:n])
		}
	}
	from := 0
	if day != "" {
		from = firstBefore(len(e.quoted), day, func(i int) string { return e.site.Briefings[e.quoted[i].order].Header.Date.Day() })
	}
	for i := range e.quoted[from:] {
		q := &e.quoted[from+i]
		of := e.site.Briefings[q.order]
		if day != "" && !of.Header.Date.Known() {
			break
		}
		if of.Slug != b.Slug && q.short && (day == "" || before(of.Header.Date.Day(), day)) {
			return x, q
		}
	}
	return x, nil
}

// day is the day of one of the briefings that name the entity.
func (e *Entity) day(i int) string { return e.Briefing(i).Header.Date.Day() }

// moreThan returns a number that stays the same while n grows by a little, and
// whether n is more. Of few it is n itself.
func moreThan(n int) (int, bool) {
	if n <= 10 {
		return n, false
	}
	least := 10
	for step := 10; ; step *= 10 {
		for _, k := range []int{1, 2, 5} {
			if k*step >= n {
				return least, true
			}
			least = k * step
		}
	}
}

// dated returns how many of the briefings that name it have a date: the first ones,
// newest first.
func (e *Entity) dated() int {
	return sort.Search(len(e.in), func(i int) bool { return !e.Briefing(i).Header.Date.Known() })
}

// firstBefore returns the first of n things, newest first and those without a day
// last, that is of an earlier day.
func firstBefore(n int, day string, of func(int) string) int {
	return sort.Search(n, func(i int) bool { return of(i) < day })
}

// countDay returns how many of so many dated briefings, newest first, are of that very
// day.
func (e *Entity) countDay(dated int, day string) int {
	return firstBefore(dated, day, e.day) - sort.Search(dated, func(i int) bool { return e.day(i) <= day })
}

// around returns where e is named in what the page of b may speak of: reports of the
// same day and before, or of any time where b has no date, and how many of them there
// are. Of very many only some are returned; where those all have a date, nothing is told
// of the others.
func around(e *Entity, b *Briefing) (list []position, of int) {
	if e.only != nil {
		return nil, 1
	}
	all := e.in
	day := b.Header.Date.Day()
	if day == "" {
		i := sort.Search(len(all), func(i int) bool { return all[i].order >= b.order })
		return all[max(0, i-acrossSample/2):min(len(all), i+acrossSample/2)], len(all)
	}
	from := sort.Search(len(all), func(i int) bool { return e.day(i) <= day })
	if n := e.dated() - from; n >= acrossSample {
		return all[from : from+acrossSample], n
	}
	return all[from:][:min(len(all)-from, acrossSample)], len(all) - from
}
