package site

import (
	"hash/fnv"
	"iter"
	"slices"
)

// A Timeline is time expressions with what happened then.
type Timeline struct {
	// Resolved are told as facts and have a value; by time, then by briefing
	// and place in the text.
	Resolved []*TimelineEntry
	// Planned have a value but are scheduled, expected, hypothetical or
	// negated: never shown as facts. In the same order.
	Planned []*TimelineEntry
	// Unresolved have no value; by briefing and place in the text.
	Unresolved []*TimelineEntry
}

// Len returns the number of entries.
func (t Timeline) Len() int { return len(t.Resolved) + len(t.Planned) + len(t.Unresolved) }

// Times are where the entries of a site's timeline stand.
type Times struct {
	Resolved, Planned, Unresolved []position // as those of a Timeline
	// Pages say which part of each of the three a page shows.
	Pages []TimesPage

	site *Site
}

// A TimesPage is a part of each of the lists of Times: from one entry to before another.
type TimesPage struct{ Resolved, Planned, Unresolved [2]int }

// How many entries pages of a timeline have: up to fewTimes fit on one page; else each
// has leastTimes and mostTimes at the most, but for the last of a list.
const (
	fewTimes   = 150
	leastTimes = 75
	mostTimes  = 300
)

// cut cuts the lists into pages. Where they do not fit on one each of the three begins on
// a page of its own, so that what comes to one leaves the pages of the others as they are.
// The functions return the day of an entry, or what else it is in order by.
func (t *Times) cut(resolved, planned, unresolved func(i int) string) {
	if t.Len() <= fewTimes {
		t.Pages = []TimesPage{{[2]int{0, len(t.Resolved)}, [2]int{0, len(t.Planned)}, [2]int{0, len(t.Unresolved)}}}
		return
	}
	eachPage(len(t.Resolved), resolved, func(p [2]int) { t.Pages = append(t.Pages, TimesPage{Resolved: p}) })
	eachPage(len(t.Planned), planned, func(p [2]int) { t.Pages = append(t.Pages, TimesPage{Planned: p}) })
	eachPage(len(t.Unresolved), unresolved, func(p [2]int) { t.Pages = append(t.Pages, TimesPage{Unresolved: p}) })
}

// eachPage cuts a list where its days tell, so that an entry that comes to one page
// leaves the others as they are.
func eachPage(n int, day func(i int) string, page func([2]int)) {
	const turns = 16 // at one of so many days a page may begin
	from := 0
	for i := 1; i <= n; i++ {
		size := i - from
		if i < n && size < mostTimes {
			if size < leastTimes || day(i) == day(i-1) {
				continue
			}
			h := fnv.New32a()
			h.Write([]byte(day(i)))
			if h.Sum32()%turns != 0 {
				continue
			}
		}
		page([2]int{from, i})
		from = i
	}
}

// Len returns the number of entries.
func (t *Times) Len() int { return len(t.Resolved) + len(t.Planned) + len(t.Unresolved) }

// Part returns what a page shows.
func (t *Times) Part(p TimesPage) Timeline {
	return Timeline{
		Resolved:   slices.Collect(t.EachResolved(p.Resolved[0], p.Resolved[1])),
		Planned:    slices.Collect(t.EachPlanned(p.Planned[0], p.Planned[1])),
		Unresolved: slices.Collect(t.each(t.Unresolved[p.Unresolved[0]:p.Unresolved[1]], unresolvedPart)),
	}
}

// EachResolved returns those that are told as facts, from one to before another.
func (t *Times) EachResolved(from, to int) iter.Seq[*TimelineEntry] {
	return t.each(t.Resolved[from:to], resolvedPart)
}

// EachPlanned returns those that are no facts yet, from one to before another.
func (t *Times) EachPlanned(from, to int) iter.Seq[*TimelineEntry] {
	return t.each(t.Planned[from:to], plannedPart)
}

func (t *Times) each(list []position, part int) iter.Seq[*TimelineEntry] {
	return func(yield func(*TimelineEntry) bool) {
		for _, p := range list {
			if !yield(t.site.Briefings[p.order].entry(part, int(p.at))) {
				return
			}
		}
	}
}

// All returns the entries, those without a date first.
func (t *Timeline) All() []*TimelineEntry { return slices.Concat(t.Unresolved, t.Planned, t.Resolved) }

// A TimelineEntry is one time expression and the sentence it stands in.
type TimelineEntry struct {
	Passage  Passage // the time expression
	Sentence Passage // the sentence around it
	Value    string  // ISO 8601 or TIMEX3; "" when unresolved
	From, To string  // first and last day covered, "2024-07-01"; "" when unresolved
	Anchor   string  // what a relative expression was resolved against
	Why      string  // why it is unresolved, in plain words
	// Realis is "occurred", "scheduled", "expected", "hypothetical" or
	// "negated"; "" where the text marks no event, which is then no promise
	// that it took place.
	Realis string
	// Speakers are those on whose word the sentence rests; empty for the
	// article's own.
	Speakers []*Speaker
	Class    Class
	// Also are further times of the sentence, where a timeline tells it once.
	Also []*TimelineEntry
	tie  string // what it is the time of: an event, or what is told by the way; "" where that is not known
}

// once tells each sentence once in each list of what has a date: at its most exact
// time, of equally exact ones at that which the text ties to an event, then at the
// first. Its other times are named there. The day on which somebody said so counts only
// where it is the only one.
func (t *Timeline) once() {
	for _, list := range []*[]*TimelineEntry{&t.Resolved, &t.Planned} {
		type sentence struct {
			of *Briefing
			id string
		}
		at := map[sentence]int{}
		var out []*TimelineEntry
		for _, e := range *list {
			k := sentence{e.Sentence.Briefing, e.Sentence.ID}
			i, ok := at[k]
			if !ok || e.Sentence.ID == "" {
				at[k] = len(out)
				out = append(out, e)
				continue
			}
			first, more := out[i], e
			if e.tellsMore(first) {
				first, more = e, first
			}
			joined, other := *first, *more
			joined.Also = slices.Concat(first.Also, more.Also, []*TimelineEntry{&other})
			other.Also = nil
			if other.tie == tiedAside && first.tie != tiedAside {
				joined.Also = slices.DeleteFunc(joined.Also, func(a *TimelineEntry) bool { return a == &other })
			}
			slices.SortFunc(joined.Also, func(a, b *TimelineEntry) int { return a.Passage.Span.Start - b.Passage.Span.Start })
			out[i] = &joined
		}
		*list = out
	}
}

// tellsMore reports whether a time tells better than another of its sentence when
// what it tells was.
func (e *TimelineEntry) tellsMore(o *TimelineEntry) bool {
	if (e.tie == tiedAside) != (o.tie == tiedAside) {
		return o.tie == tiedAside // the day on which somebody said so is not that of what was said
	}
	exact := func(e *TimelineEntry) bool { return e.From == e.To }
	if exact(e) != exact(o) {
		return exact(e)
	}
	if (e.tie == tiedEvent) != (o.tie == tiedEvent) {
		return e.tie == tiedEvent
	}
	if (e.Realis != "") != (o.Realis != "") {
		return e.Realis != ""
	}
	return e.Passage.Span.Start < o.Passage.Span.Start
}
