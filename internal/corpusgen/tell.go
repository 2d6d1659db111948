package corpusgen

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// A telling is an article as annotated text.
type telling struct {
	title, publisher, date string
	dated                  bool
	text                   string
}

// An event is what the reports of it share.
type event struct {
	topic            [3]string
	place, body      string
	people           []int
	day              time.Time
	count, other     int
	nearby           []string
	rare             []string // words that only its reports use
	quotations, hows []string
}

func (a *Archive) event(k int) event {
	r := source(a.opts.Seed, 1<<40|uint64(k))
	e := event{topic: topics[r.IntN(len(topics))], place: a.places[a.place.draw(r)], body: a.bodies[a.body.draw(r)]}
	e.people = a.person.some(r, 5)
	// Ten thousand reports are about two years of a desk.
	days := max(1, 2*365*a.opts.Articles/10_000)
	e.day = time.Date(2021, 1, 4, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(days))
	e.count, e.other = 10+r.IntN(900), 2+r.IntN(60)
	for _, p := range a.place.some(r, 3) {
		e.nearby = append(e.nearby, a.places[p])
	}
	for range 6 {
		e.rare = append(e.rare, a.words[a.lo.draw(r)])
	}
	for range 4 {
		e.quotations = append(e.quotations, fmt.Sprintf("%s, and %s", pick(r, quotations), pick(r, reasons)))
		e.hows = append(e.hows, pick(r, reasons))
	}
	return e
}

// A teller writes sentences of one article and counts its sources and times.
type teller struct {
	from *Archive
	event
	r       *rand.Rand
	sources int
	times   int
	words   int
	seen    map[int]bool // people who were named in full
	out     strings.Builder
}

// tell writes article i.
func (a *Archive) tell(i int) telling {
	e := a.event(a.events[i])
	r := source(a.opts.Seed, 2<<40|uint64(i))
	t := telling{
		// The number keeps titles, and so the names of pages, apart.
		title:     fmt.Sprintf("Vote %d: %s %s", i+1, e.body, e.topic[1]),
		publisher: pick(r, outlets), date: e.day.AddDate(0, 0, r.IntN(2)).Format(time.DateOnly), dated: r.IntN(4) > 0,
	}
	switch a.order[i] % 3 {
	case 1:
		t.title = fmt.Sprintf("Vote %d in %s %s", i+1, e.place, e.topic[1])
	case 2:
		t.title = fmt.Sprintf("Speech %d: %s on %s in %s", i+1, a.people[e.people[0]], e.topic[0], e.place)
	}
	w := r
	if k := a.order[i]; k > 0 && r.IntN(6) == 0 {
		// A repost: the words of the report before it.
		w = source(a.opts.Seed, 2<<40|uint64(i-1))
		pick(w, outlets)
		w.IntN(2)
		w.IntN(4)
		w.IntN(6)
	} else if k == 0 {
		r.IntN(6)
	}
	p := &teller{from: a, event: e, r: w, seen: map[int]bool{}}
	p.lead()
	for p.words < a.opts.Words {
		p.paragraph()
	}
	t.text = p.out.String()
	return t
}

// say adds a sentence, whose words are counted about.
func (t *teller) say(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	if t.out.Len() > 0 && !strings.HasSuffix(t.out.String()[t.out.Len()-1:], "\n") {
		t.out.WriteByte(' ')
	}
	t.out.WriteString(s)
	t.words += 18
}

func (t *teller) end() { t.out.WriteString("\n\n") }

func (t *teller) in() string { return "[" + t.place + "]{.place}" }

func (t *teller) org() string { return "[" + t.body + "]{.organization}" }

// who names a person, in full and with the role at first.
func (t *teller) who() string {
	k := t.people[t.r.IntN(len(t.people))]
	full := t.from.people[k]
	if !t.seen[k] {
		t.seen[k] = true
		return fmt.Sprintf("%s [%s]{.person role=%q}", t.from.roles[k], full, t.from.roles[k])
	}
	last := full[strings.LastIndexByte(full, ' ')+1:]
	return fmt.Sprintf("[%s]{.person ref=%s}", last, strings.ToLower(strings.ReplaceAll(full, " ", "-")))
}

// source names who says something, and the id it is referred to by.
func (t *teller) source() (words, id string) {
	t.sources++
	id = fmt.Sprintf("s%d", t.sources)
	switch t.r.IntN(6) {
	case 0:
		return fmt.Sprintf("[an official familiar with %s]{.source #%s naming=described}", t.topic[0], id), id
	case 1:
		return fmt.Sprintf("[a spokesman for the [%s]{.organization}]{.source #%s naming=role-only}", t.body, id), id
	case 2:
		return fmt.Sprintf("[[%s]{.organization}]{.source #%s naming=organization}", t.body, id), id
	}
	return fmt.Sprintf("[%s]{.source #%s naming=named}", t.who(), id), id
}

func (t *teller) when() string {
	t.times++
	day := t.day.AddDate(0, 0, -t.r.IntN(20))
	return fmt.Sprintf("[%d %s %d]{.time #t%d value=%s}", day.Day(), months[day.Month()-1], day.Year(), t.times, day.Format(time.DateOnly))
}

func (t *teller) lead() {
	t.times++
	t.say("The %s [voted]{.event-mention realis=occurred at=t%d} on [%s]{.time #t%d value=%s} %s, ending a %s %s over %s in %s.",
		t.org(), t.times, t.day.Weekday(), t.times, t.day.Format(time.DateOnly), t.topic[1], pick(t.r, adjectives), pick(t.r, nouns), t.topic[0], t.in())
	t.say("It did so %s.", t.hows[1])
	t.end()
}

func (t *teller) paragraph() {
	for n := 2 + t.r.IntN(3); n > 0; n-- {
		t.sentence()
	}
	t.end()
}

func (t *teller) sentence() {
	r := t.r
	switch r.IntN(9) {
	case 0, 1:
		who, id := t.source()
		t.say("[\"%s,\"]{.quote by=%s} [said]{.cue} %s.", pick(r, t.quotations), id, who)
	case 2:
		who, id := t.source()
		t.say("[According to]{.cue} %s, [the %s over %s in [%s]{.place} is %s]{.statement by=%s}.", who, pick(r, nouns), t.topic[0], pick(r, t.nearby), pick(r, adjectives), id)
	case 3:
		t.say("Some [%d %s]{.quantity value=%d unit=%s} are affected %s, and the %s of the %s remains open.", t.count, t.topic[2], t.count, t.topic[2], pick(r, t.hows), pick(r, nouns), pick(r, t.rare))
	case 4:
		t.say("%s [met]{.event-mention realis=occurred} the %s in %s on %s to discuss the %s of the %s.", t.who(), t.org(), t.in(), t.when(), pick(r, nouns), pick(r, t.rare))
	case 5:
		t.say("A %s %s about the %s of %s followed %s.", pick(r, adjectives), pick(r, nouns), t.from.words[t.from.lo.draw(r)], t.topic[0], pick(r, reasons))
	case 6:
		t.say("The %s will look at the %s again, with %d of its members for it and %d against.", t.org(), pick(r, nouns), t.other, 1+r.IntN(40))
	case 7:
		t.say("From [%s]{.place} to [%s]{.place}, the %s %s was the talk of the week.", pick(r, t.nearby), pick(r, t.nearby), pick(r, adjectives), pick(r, nouns))
	case 8:
		t.say("%s, and the %s of the %s went on as planned.", pick(r, fillers), pick(r, nouns), pick(r, t.rare))
	}
}
