package site

import (
	"slices"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/token"
)

// A happening is an event of a sentence with the day it is told of.
type happening struct {
	ref   sentenceRef
	verb  string // the term of its predicate
	entry *TimelineEntry
	// names are the people and bodies of the sentence.
	names []*Entity
}

// maxHappenings bounds what is compared of one report.
const maxHappenings = 60

// happened compares the days on which two reports say that the same was done:
// the same verb in sentences with other words in common.
func (c *comparison) happened(before []Dimension) []Dimension {
	var all []happening
	for r := range c.reports {
		all = append(all, c.happenings(r)...)
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || x.verb != y.verb || x.entry.From == y.entry.From || sameDayName(x.entry, y.entry) || !couldTell(x.entry, y.entry) || (x.entry.Realis == "occurred") != (y.entry.Realis == "occurred") {
				continue
			}
			a, b := c.at(x.ref), c.at(y.ref)
			if _, n := contained(a.plain, b.plain); n < 3 && !(n == 2 && c.short(x.ref, y.ref)) || sharedDay(a, b) && !c.short(x.ref, y.ref) || apart(x.names, y.names) || !sameSetting(a, b) {
				continue
			}
			if c.doOther(x.ref, y.ref, x.entry, y.entry) || x.entry.Realis != "occurred" && c.crossed(x.ref, y.ref, x.entry, y.entry) {
				continue
			}
			// A report that tells of both days tells of two acts.
			if c.tells(x.ref.report, x.verb, y.entry.From, all) || c.tells(y.ref.report, y.verb, x.entry.From, all) {
				continue
			}
			label := "dimension.when"
			switch {
			case x.verb == termOf("begin"):
				label = "dimension.when.begin"
			case x.verb == termOf("end"):
				label = "dimension.when.end"
			case x.entry.Realis != "occurred" && x.entry.Realis != "" && y.entry.Realis != "occurred":
				label = "dimension.when.plan"
			}
			d := c.row("time", c.l.Text(label))
			d.Key = "dimension.when"
			for _, z := range []happening{x, y} {
				d.put(c.reports[z.ref.report].b, z.entry.Passage.Text, z.entry.Passage)
			}
			d.judge()
			if !anyRow(before, out, func(o Dimension) bool { return o.sameCells(d) }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// tells reports whether a report tells of the verb on a day.
func (c *comparison) tells(report int, verb, day string, all []happening) bool {
	return slices.ContainsFunc(all, func(h happening) bool {
		return h.ref.report == report && h.verb == verb && h.entry.From == day
	})
}

// happenings lists the events of a report that are told with a day.
func (c *comparison) happenings(report int) []happening {
	rep := c.reports[report]
	var out []happening
	for i, mk := range rep.file.Marks {
		if mk.Class != dialect.EventMention || mk.Get("at") == "" || len(out) == maxHappenings {
			continue
		}
		verb := lastTerm(mk.Span.In(rep.text))
		k := rep.sentenceAt(rep.blocks[i], mk.Span.Start)
		if verb == "" || k < 0 || k >= len(rep.sentences) {
			continue
		}
		for _, e := range rep.sentences[k].days {
			if t := c.timeMark(rep, e); t >= 0 && rep.file.Marks[t].ID == mk.Get("at") && c.dayOfVerb(sentenceRef{report, k}, e) {
				out = append(out, happening{sentenceRef{report, k}, verb, e, rep.namesIn(k)})
			}
		}
	}
	return out
}

// dayOfVerb reports whether a day that a verb of its sentence is tied to is the day
// of that and not of who said so.
func (c *comparison) dayOfVerb(ref sentenceRef, e *TimelineEntry) bool {
	if c.dayOf(ref) == e {
		return true
	}
	r, s := c.reports[ref.report], c.at(ref)
	from := r.maker.sentences[s.index].span.Start
	return !s.unsure && !stamped(r.text, from, e) && !saidOn(r.text, from, e)
}

// eventsAt lists the terms of the events of a time: of those that name it, else of all of
// its sentence.
func (c *comparison) eventsAt(ref sentenceRef, e *TimelineEntry) (terms []string, tied bool) {
	rep := c.reports[ref.report]
	id := ""
	if t := c.timeMark(rep, e); t >= 0 {
		id = rep.file.Marks[t].ID
	}
	var at, all []string
	for _, i := range rep.marks[ref.sentence] {
		mk := rep.mark(i)
		if mk.Class != dialect.EventMention {
			continue
		}
		verb := lastTerm(mk.Span.In(rep.text))
		if verb == "" {
			continue
		}
		all = append(all, verb)
		if id != "" && mk.Get("at") == id {
			at = append(at, verb)
		}
	}
	if len(at) > 0 {
		return at, true
	}
	return all, false
}

// oneEvent reports whether two times are of one event: two reports tell of it by one verb,
// or each sentence names the event of the other's time too ("killed when it collapsed on
// Tuesday", "the collapse that killed four on Tuesday").
func (c *comparison) oneEvent(a, b sentenceRef, x, y *TimelineEntry) bool {
	of, _ := c.eventsAt(a, x)
	other, _ := c.eventsAt(b, y)
	named := func(verbs []string, in sentenceRef) bool {
		return slices.ContainsFunc(verbs, func(v string) bool { return c.at(in).terms.has(c.number(v)) })
	}
	same := slices.ContainsFunc(of, func(v string) bool { return slices.Contains(other, v) })
	return (same || named(of, b) && named(other, a)) && !c.opposed(a, b)
}

// twoEvents reports whether two times are of two events: what happens in the one sentence
// does not in the other, as talks and a strike, or the verbs of the times differ, and
// one sentence names the event of the other's time farther from its own time than its own
// verb ("suspended on Thursday after the collapse", "collapsed on Wednesday").
func (c *comparison) twoEvents(a, b sentenceRef, x, y *TimelineEntry) bool {
	if c.otherDoings(a, b) {
		return true
	}
	of, tied := c.eventsAt(a, x)
	other, otherTied := c.eventsAt(b, y)
	if !tied || !otherTied || slices.ContainsFunc(of, func(v string) bool { return slices.Contains(other, v) }) {
		return false
	}
	if slices.ContainsFunc(slices.Concat(of, other), func(v string) bool { return harms()[v] }) {
		return false // what killed them is the event
	}
	beside := func(in sentenceRef, e *TimelineEntry, own, verbs []string) bool {
		far := c.distance(in, e, verbs)
		return far >= 0 && far > c.distance(in, e, own)
	}
	return beside(a, x, of, other) != beside(b, y, other, of)
}

// harms are the terms of verbs by which the victims of an event are told of.
var harms = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for word, measure := range measures() {
		switch measure {
		case "killed", "injured", "missing":
			m[lastTerm(word)] = true
		}
	}
	delete(m, "")
	return m
})

// distance is how far from a time the nearest word of its sentence that has one of some terms
// stands, -1 where there is none.
func (c *comparison) distance(ref sentenceRef, e *TimelineEntry, terms []string) int {
	s := c.at(ref)
	start := c.reports[ref.report].maker.sentences[s.index].span.Start
	least := -1
	for i := range s.tokens {
		t := &s.tokens[i]
		if !slices.ContainsFunc(baseTerms(t), func(b baseTerm) bool { return slices.Contains(terms, b.term) }) {
			continue
		}
		if d := gap(span.New(start+t.Span.Start, start+t.Span.End), e.Passage.Span); least < 0 || d < least {
			least = d
		}
	}
	return least
}

// timeMark returns the mark of a time of the report, or -1.
func (c *comparison) timeMark(rep *sideReport, e *TimelineEntry) int {
	return slices.IndexFunc(rep.file.Marks, func(m dialect.Mark) bool {
		return m.Class == dialect.Time && m.Span == e.Passage.Span
	})
}

// lastTerm returns the term of the last telling word of a predicate: "sentenc"
// of "was sentenced". A word of saying tells nothing of an event.
func lastTerm(words string) string {
	var room [8]token.Token
	ts := token.Append(room[:0], words, span.New(0, len(words)))
	for i := len(ts) - 1; i >= 0; i-- {
		if ts[i].Kind != token.Word {
			continue
		}
		s := sense(&ts[i])
		if s.say {
			return ""
		}
		if len(s.terms) > 0 {
			return s.terms[0].term
		}
	}
	return ""
}

// namesIn lists the people and bodies that a sentence names, without those who
// are only its sources.
func (r *sideReport) namesIn(k int) []*Entity {
	var out []*Entity
	for _, i := range r.marks[k] {
		mk := r.mark(i)
		if (mk.Class != dialect.Person && mk.Class != dialect.Organization) || r.localOf[i] < 0 {
			continue
		}
		if e := r.entity(r.localOf[i]); e != nil && !r.inSource(mk) && !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// inSource reports whether a mark stands within the words that name a source.
func (r *sideReport) inSource(mk dialect.Mark) bool {
	for _, m := range r.file.Marks {
		if m.Span.Start > mk.Span.Start {
			break
		}
		if m.Class == dialect.Source && m.Span.Contains(mk.Span) {
			return true
		}
	}
	return false
}

// atPlace are the words that lead to the place where something was.
var atPlace = []string{"in", "at", "off", "near", "outside"}

// A venue is the one place of a sentence at which something was on a day.
type venue struct {
	ref   sentenceRef
	place *Entity
	off   bool // off its shore, as the other may be off another
}

// maxVenues bounds what is compared of one report.
const maxVenues = 40

// venues compares the places of sentences that tell of the same on the same day,
// where neither report names the other's place at all.
func (c *comparison) venues(before []Dimension) []Dimension {
	var all []venue
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			if e, off := rep.venue(k); e != nil && n < maxVenues {
				all = append(all, venue{sentenceRef{r, k}, e, off})
				n++
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			a, b := c.at(x.ref), c.at(y.ref)
			if x.ref.report == y.ref.report || x.place == y.place || !sharedDay(a, b) && !(c.short(x.ref, y.ref) && a.plain.common(b.plain) >= 2 && a.terms.common(b.terms) >= 3 && (len(a.days) == 0 || len(b.days) == 0) && !a.unsure && !b.unsure) || !comparable(x.place, y.place) && !(x.off && y.off) || !sameSetting(a, b) ||
				c.reports[x.ref.report].b.names(y.place) || c.reports[y.ref.report].b.names(x.place) {
				continue
			}
			_, plain := contained(a.plain, b.plain)
			_, n := contained(a.terms, b.terms)
			if plain < 2 && !(plain == 1 && n > 3 && c.short(x.ref, y.ref)) || n < 3 && !c.sharedVerb(x.ref, y.ref) || apart(c.reports[x.ref.report].namesIn(x.ref.sentence), c.reports[y.ref.report].namesIn(y.ref.sentence)) {
				continue
			}
			if d := c.placeRow(x.ref, y.ref, x.place, y.place); !d.amongKind(before, out) {
				out = append(out, d)
			}
		}
	}
	return out
}

// apart reports whether two sentences each name somebody, and nobody alike.
func apart(a, b []*Entity) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(e *Entity) bool { return slices.Contains(b, e) })
}

// sharedVerb reports whether two sentences have a predicate in common.
func (c *comparison) sharedVerb(a, b sentenceRef) bool {
	verbs := func(ref sentenceRef) map[string]bool {
		rep := c.reports[ref.report]
		m := map[string]bool{}
		for _, i := range rep.marks[ref.sentence] {
			if mk := rep.mark(i); mk.Class == dialect.EventMention {
				m[lastTerm(mk.Span.In(rep.text))] = true
			}
		}
		return m
	}
	y := verbs(b)
	for v := range verbs(a) {
		if v != "" && y[v] {
			return true
		}
	}
	return false
}

// comparable reports whether two places may be two answers to where something
// was: neither name is part of the other, and a town is not set against a place
// that may well lie in it.
func comparable(a, b *Entity) bool {
	if known(a) != known(b) || isStreet(a.Name) || isStreet(b.Name) {
		return false
	}
	for p := range strings.SplitSeq(slug.Make(a.Name), "-") {
		for q := range strings.SplitSeq(slug.Make(b.Name), "-") {
			if p == q && len(p) > 2 || romanisedAlike(p, q) {
				return false
			}
		}
	}
	return true
}

// known reports whether lists have the place as a town.
func known(e *Entity) bool {
	var h uint64
	for w := range strings.FieldsSeq(strings.ToLower(e.Name)) {
		h = lexicon.Join(h, lexicon.Hash(w))
	}
	c, _ := lexicon.Shared().Phrase(h)
	return c&(lexicon.City|lexicon.Town|lexicon.Capital) != 0
}

// cityState reports whether a country and its capital have one name.
func cityState(e *Entity) bool {
	c, _ := lexicon.Shared().Phrase(lexicon.Join(0, lexicon.Hash(plainName(e.Name))))
	return c&lexicon.Capital != 0
}

// names reports whether the briefing names an entity.
func (b *Briefing) names(e *Entity) bool {
	return slices.ContainsFunc(b.named, func(n Named) bool { return n.Entity == e })
}

// venue returns the one place that a sentence tells something to be at; nil where
// there is none or more than one. A country is none, nor the place of a source.
func (r *sideReport) venue(k int) (only *Entity, off bool) {
	for _, l := range r.locatives(k) {
		if wide(l.entity.Name) && !cityState(l.entity) {
			continue
		}
		if only != nil && only != l.entity {
			return nil, false
		}
		only, off = l.entity, l.before == "off"
	}
	return only, off
}

// A locative is a place that something is told to be at, with the word before it.
type locative struct {
	entity *Entity
	before string
}

// locatives lists the places of a sentence that it tells something to be at, not
// those that people are from and not the place of a source.
func (r *sideReport) locatives(k int) []locative {
	var out []locative
	for _, i := range r.marks[k] {
		mk := r.mark(i)
		if mk.Class != dialect.Place || r.localOf[i] < 0 {
			continue
		}
		e := r.entity(r.localOf[i])
		if e == nil || partOfMore(r.text[mk.Span.End:]) || r.inSource(mk) {
			continue
		}
		from := r.maker.sentences[r.sentences[k].index].span.Start
		ts := wordsOf(r.text[from:mk.Span.Start])
		n := len(ts)
		if n > 0 && (ts[n-1].Norm == "the" || ts[n-1].Norm == "of" && n > 1 && directions[ts[n-2].Norm]) {
			n--
			if ts[n].Norm == "of" {
				out = append(out, locative{e, "of"})
				continue
			}
		}
		if n > 0 && slices.Contains(atPlace, ts[n-1].Norm) {
			out = append(out, locative{e, ts[n-1].Norm})
		}
	}
	return out
}

var directions = wordSet("directions")

// streets are words that end the name of a street, which a town and what stands
// in the street are no other answer to.
var streets = wordSet("streets")

func isStreet(name string) bool {
	ws := strings.Split(slug.Make(name), "-")
	return streets[ws[len(ws)-1]]
}

// partOfMore reports whether what follows a place makes it part of another name:
// "Sam's Club", "Aoraki / Mt. Cook".
func partOfMore(rest string) bool {
	if other, ok := strings.CutPrefix(rest, " and "); ok && other != "" && strings.ToLower(other[:1]) != other[:1] {
		return true
	}
	for _, p := range []string{"'s ", "’s ", "/", " /", "-"} {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	return false
}
