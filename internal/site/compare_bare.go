package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/numeral"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

// A number may stand without the noun of what it counts: "which she put at 40", "by
// 612 to 540". This file reads such numbers; what they count is the noun before them
// to which they go back.

// bareFigures reads the numbers of a report that are no figure of their own in its
// text, by the figures that are.
func (r *sideReport) bareFigures(marked []*figure) []*figure {
	var out []*figure
	for k := range r.sentences {
		s := r.maker.sentences[r.sentences[k].index]
		text := s.span.In(r.text)
		ts := r.sentences[k].tokens
		for i := 0; i < len(ts); {
			n, ok := numeral.At(ts, text, i)
			if ok || wholesPart(ts[i].Norm) {
				if f, end, part := r.fractionAt(k, i, n, ok); part {
					out = append(out, f)
					i = end
					continue
				}
			}
			if !ok || n.End <= i {
				i++
				continue
			}
			at := span.New(s.span.Start+ts[i].Span.Start, s.span.Start+ts[n.End-1].Span.End)
			first := i
			i = n.End
			if n.Ordinal {
				if f, ok := r.rankAt(k, first, n); ok {
					out = append(out, f)
				}
				continue
			}
			if n.Vague || glued(ts, first) {
				continue
			}
			if f, end, ok := r.tallyAt(k, first, n); ok {
				out = append(out, f)
				i = end
				continue
			}
			if r.marked(k, at) {
				continue
			}
			if first > 0 && grades[ts[first-1].Norm] && n.Value <= maxGrade {
				f := r.bare(k, span.New(s.span.Start+ts[first-1].Span.Start, at.End), n.Value)
				f.unit, f.grade = ts[first-1].Norm, true
				out = append(out, f)
				continue
			}
			unit, of, ok := r.antecedent(k, first, figuresBefore{marked, out})
			brought := false
			switch {
			case capacityOf(wordsBefore(ts[:first], holdsBefore)):
				unit, of, ok = "people", "capacity", true
			case !ok && n.Value > 1 && i+1 < len(ts) && ts[i].Norm == "of" && slices.Contains(possessives, ts[i+1].Norm):
				var end int
				unit, end = nounOf(ts, i+2) // "19 of our members"
				if ok = unit != ""; ok {
					at.End = s.span.Start + ts[end-1].Span.End
					f := r.bare(k, at, n.Value)
					f.unit = unit
					of = r.measureNear(f, s.span.Start, at)
				}
			case !ok && first > 0 && ts[first-1].Norm == "to" && begins(ts[i:], []string{"the", "number", "of"}):
				brought = true
				unit, of, ok = r.nounAfter(ts[i+3:]) // "bringing to 27 the number of people known to have died"
			case ok && i < len(ts) && !endsNumber(ts[i]):
				ok = false
			}
			if !ok {
				continue
			}
			f := r.bare(k, at, n.Value)
			f.unit, f.of = unit, of
			if f.ofPeople() {
				f.step = r.stepOf(at)
			}
			before := ts[:first]
			f.former, f.total = formerly(before) || hadPut(before) || r.withdrawn(r.blockOf(k), s.span.Start, at), brought || comeTo(before)
			out = append(out, f)
		}
	}
	return out
}

// unranked are nouns after an ordinal that say when or how often, or are one with it.
var unranked = wordSet("unranked")

// rankAt reads which of a row something is at the ordinal at token i of sentence k: "the
// company's fourth failure". The first of something is told of too much.
func (r *sideReport) rankAt(k, i int, n numeral.Numeral) (*figure, bool) {
	ts := r.sentences[k].tokens
	if n.Value < 2 || k >= leadSentences || i == 0 || n.End >= len(ts) || ts[n.End].Kind != token.Word || !ts[n.End].Is(token.AllLower) {
		return nil, false
	}
	if before := ts[i-1]; before.Norm != "the" && before.Norm != "its" && before.Norm != "their" && before.Norm != "his" && before.Norm != "her" && before.Norm != "'s" && !strings.HasSuffix(before.Norm, "'s") {
		return nil, false
	}
	noun := ts[n.End].Norm
	c := lexicon.Shared().Word(lexicon.Hash(noun))
	if unranked[noun] || joining[noun] || slices.Contains(fillers, noun) || len(noun) < 3 || kindsOfUnit[noun] != "" || strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss") || c&(lexicon.Adjective|lexicon.Say) != 0 || r.marked(k, span.New(r.start(k)+ts[i].Span.Start, r.start(k)+ts[n.End].Span.End)) {
		return nil, false
	}
	f := r.bare(k, span.New(r.start(k)+ts[i].Span.Start, r.start(k)+ts[n.End].Span.End), n.Value)
	f.unit, f.grade, f.ordinal = noun, true, true
	return f, true
}

// start is where sentence k begins.
func (r *sideReport) start(k int) int { return r.maker.sentences[r.sentences[k].index].span.Start }

// possessives lead from a number to whom it is a number of.
var possessives = []string{"our", "their", "its", "his", "her", "my"}

// grades are nouns that a number after them ranks, of few ranks: "category 5".
var grades = map[string]bool{"category": true, "level": true, "grade": true, "stage": true, "tier": true}

const maxGrade = 10

// wordsBefore returns the last n words of tokens, the nearest first, as far as no stop
// stands between.
func wordsBefore(ts []token.Token, n int) []string {
	var out []string
	for i := len(ts) - 1; i >= 0 && len(out) < n && ts[i].Kind == token.Word; i-- {
		out = append(out, ts[i].Norm)
	}
	return out
}

// figuresBefore are the figures of a report that have a noun of their own, and those
// found so far that have not.
type figuresBefore [2][]*figure

// bare makes a figure of a number in sentence k.
func (r *sideReport) bare(k int, at span.Span, value float64) *figure {
	s := r.maker.sentences[r.sentences[k].index]
	block, _, _ := strings.Cut(s.id, "-")
	b := blockIndex(r, block)
	f := &figure{value: value, passage: r.place(at, b, s.id), report: r.b}
	f.words = oneLine(f.passage.Text)
	f.per = r.rate(s.span.Start, at)
	f.past = r.before(k, at.Start)
	f.foreign = b >= 0 && (r.asked(b, at.Start) || r.unsaid(b, at.Start))
	return f
}

// before reports whether what sentence k tells at an offset is of a time before the event.
func (r *sideReport) before(k, at int) bool {
	s := &r.sentences[k]
	return len(s.periods) > 0 || s.aside > 0 && at > s.aside
}

// glued reports whether a token is part of what stands before it: "F-16".
func glued(ts []token.Token, i int) bool {
	return i > 0 && !ts[i].Space && ts[i-1].Kind != token.Punct
}

// marked reports whether a number belongs to a figure or a time of the text.
func (r *sideReport) marked(k int, at span.Span) bool {
	return slices.ContainsFunc(r.marks[k], func(i int) bool {
		m := r.mark(i)
		return (m.Class == dialect.Quantity || m.Class == dialect.Time) && m.Span.Overlaps(at)
	})
}

// endsNumber reports whether a token after a number leaves it without a noun of its
// own.
func endsNumber(t token.Token) bool {
	if t.Kind == token.Punct {
		return t.Norm != "-" && t.Norm != "–" && t.Norm != "/"
	}
	switch t.Norm {
	case "and", "but", "while", "by", "on", "in", "at", "since", "after", "as", "from", "according", "or", "so", "with", "when", "that", "dead", "with.":
		return true
	}
	return false
}

// heads are nouns that stand for a number of what is named elsewhere.
var heads = []string{"number", "figure", "total", "count", "tally", "toll", "headcount", "estimate"}

// settings lead from such a noun to its number.
var leadsTo = wordList("leadsTo")

// antecedent returns what a number at token i of sentence k counts where words before
// it say that it is the number of something: "the number of victims has risen to",
// "the toll stands at", "which she put at".
func (r *sideReport) antecedent(k, i int, figures figuresBefore) (unit, of string, ok bool) {
	ts := r.sentences[k].tokens
	j := i - 1
	if k > 0 && j == 1 && ts[0].Norm == "it" && (ts[1].Norm == "is" || ts[1].Norm == "was") && withdraws(r.sentences[k-1].words) {
		return r.lastCounted(k, figures) // "gave the number of missing as 41. It is 14."
	}
	for _, b := range bounds {
		if n := len(b.words); n <= j+1 && slices.EqualFunc(ts[j+1-n:j+1], b.words, func(t token.Token, w string) bool { return t.Norm == w }) {
			j -= n
			break
		}
	}
	if j < 1 || !slices.Contains(leadsTo, ts[j].Norm) {
		return "", "", false
	}
	put := strings.HasPrefix(ts[j-1].Norm, "put") || strings.HasPrefix(ts[j-1].Norm, "estimate")
	for h := j - 1; h >= 0 && h > j-maxHead; h-- {
		w := ts[h].Norm
		switch {
		case w == ";" || w == ":":
			return "", "", false
		case slices.Contains(heads, w):
			if h > 0 && ts[h-1].Norm == "whose" {
				return r.nounBefore(k, h-1, figures)
			}
			if w != "toll" && h+1 < len(ts) && ts[h+1].Norm == "of" && h+1 < j {
				if u, o, ok := r.nounAfter(ts[h+2 : j]); ok {
					return r.generalised(k, u, o, figures)
				}
				if h+1 < j {
					return "", "", false
				}
			}
			if w == "toll" {
				return "", "killed", true
			}
			return r.lastCounted(k, figures)
		case put && (w == "which" || w == "whom" || w == "whose" || w == "that"):
			return r.nounBefore(k, h, figures)
		case put && (w == "it" || w == "them"):
			return r.lastCounted(k, figures)
		}
	}
	return "", "", false
}

// maxHead is how far before a number the noun may stand that says that it is one.
const maxHead = 16

// nounAfter returns the noun that a list of words begins with.
func (r *sideReport) nounAfter(ts []token.Token) (unit, of string, ok bool) {
	for n, t := range ts {
		if n > 5 || t.Kind != token.Word {
			break
		}
		if m := measures()[t.Norm]; m != "" && m != "prison" {
			return "", m, true
		}
		if t.Is(token.AllLower) && (strings.HasSuffix(t.Norm, "s") && len(t.Norm) > 3 || t.Norm == "people" || personUnit(t.Norm)) {
			unit = t.Norm
			for _, o := range ts[n+1:] {
				if m := measures()[o.Norm]; m != "" && m != "prison" {
					return unit, m, true // "the number of people killed"
				}
			}
			return unit, "", true
		}
	}
	return "", "", false
}

// nounBefore returns the noun before token h of a sentence: "victims" of "the victims,
// whose number she put at".
func (r *sideReport) nounBefore(k, h int, figures figuresBefore) (unit, of string, ok bool) {
	ts := r.sentences[k].tokens
	reach, pronoun := maxHead/2, false
	for n := h - 1; n >= 0 && n > h-reach; n-- {
		t := ts[n]
		if t.Kind != token.Word {
			continue
		}
		if t.Norm == "ones" || t.Norm == "those" {
			reach, pronoun = maxHead, true // "turtles: she had to count dead ones"
			continue
		}
		if pronoun {
			if c := lexicon.Shared().Word(lexicon.Hash(t.Norm)) | lexicon.Shared().Word(lexicon.Hash(strings.TrimSuffix(t.Norm, "s"))); strings.HasSuffix(t.Norm, "s") && c&lexicon.Noun != 0 && c&lexicon.Say == 0 {
				return t.Norm, "", true
			}
			continue
		}
		if m := measures()[t.Norm]; m != "" && m != "prison" {
			return "", m, true
		}
		if t.Is(token.AllLower) && (strings.HasSuffix(t.Norm, "s") && len(t.Norm) > 3 && !strings.HasSuffix(t.Norm, "ss") || personUnit(t.Norm)) {
			return r.generalised(k, t.Norm, "", figures)
		}
	}
	return r.lastCounted(k, figures)
}

// generalised gives a noun that says nothing of what befell people the measure that
// the report counts them by: the number of victims is that of the dead where it tells
// of the dead.
func (r *sideReport) generalised(k int, unit, of string, figures figuresBefore) (string, string, bool) {
	if of == "" && (unit == "victims" || unit == "casualties" || unit == "people") {
		if _, o, ok := r.lastCounted(k, figures); ok {
			return unit, o, true
		}
	}
	return unit, of, true
}

// lastCounted returns what the last figure before sentence k counts, in its paragraph
// or, where that has none, in those before.
func (r *sideReport) lastCounted(k int, figures figuresBefore) (unit, of string, ok bool) {
	end := r.maker.sentences[r.sentences[k].index].span.End
	best := -1
	for _, f := range slices.Concat(figures[0], figures[1]) {
		if f.passage.Span.End <= end && f.passage.Span.Start > best && !f.tally && f.kindOf() == "" && f.of != "age" && f.unit+f.of != "" && !f.past {
			best = f.passage.Span.Start
			unit, of, ok = f.unit, f.of, true
		}
	}
	return unit, of, ok
}

// ballots are words of votes and of matches, in which one number stands against
// another.
var ballots = wordList("ballots")

// tallyAt reads a vote or a score at token i of sentence k: "612 votes to 540", "by
// 612 to 540", "3-1". It returns the token after it.
func (r *sideReport) tallyAt(k, i int, n numeral.Numeral) (*figure, int, bool) {
	s := r.maker.sentences[r.sentences[k].index]
	text := s.span.In(r.text)
	ts := r.sentences[k].tokens
	j := n.End
	noun := ""
	if j < len(ts) && (ts[j].Norm == "votes" || ts[j].Norm == "seats" || ts[j].Norm == "goals" || ts[j].Norm == "points") {
		noun = ts[j].Norm
		j++
	}
	if j+1 >= len(ts) {
		return nil, 0, false
	}
	dash := (ts[j].Norm == "-" || ts[j].Norm == "–") && noun == "" && !ts[j].Space && !ts[j+1].Space
	if ts[j].Norm != "to" && ts[j].Norm != "against" && !dash || ts[j].Norm == "against" && noun == "" {
		return nil, 0, false
	}
	m, ok := numeral.At(ts, text, j+1)
	if !ok || m.Ordinal || m.Vague || m.End <= j+1 {
		return nil, 0, false
	}
	if m.End < len(ts) && ts[m.End].Kind == token.Word && !endsNumber(ts[m.End]) && ts[m.End].Norm != noun && ts[m.End].Norm != "votes" && ts[m.End].Norm != "to" {
		return nil, 0, false
	}
	if m.End < len(ts) && (ts[m.End].Norm == "%" || ts[m.End].Norm == "-" || ts[m.End].Norm == "/") {
		return nil, 0, false
	}
	if noun == "" && !slices.ContainsFunc(ts, func(t token.Token) bool { return slices.Contains(ballots, t.Norm) }) {
		return nil, 0, false
	}
	for b := i - 1; b >= 0 && b > i-4; b-- {
		switch ts[b].Norm {
		case "from", "between", "rose", "fell", "aged", "ages", "$", "€", "£":
			return nil, 0, false
		}
	}
	at := span.New(s.span.Start+ts[i].Span.Start, s.span.Start+ts[m.End-1].Span.End)
	if slices.ContainsFunc(r.marks[k], func(x int) bool { mk := r.mark(x); return mk.Class == dialect.Time && mk.Span.Overlaps(at) }) {
		return nil, 0, false
	}
	f := r.bare(k, at, n.Value)
	f.tally, f.other = true, m.Value
	f.votes = slices.ContainsFunc(ts, func(t token.Token) bool {
		return strings.HasPrefix(t.Norm, "vot") || strings.HasPrefix(t.Norm, "ballot") || t.Norm == "tally" || t.Norm == "motion" || t.Norm == "majority"
	})
	return f, m.End, true
}

// withBare adds to the figures of a report, in their order, those that have no noun
// of their own. What is part of a vote is no figure beside it.
func (r *sideReport) withBare(figures []*figure) []*figure {
	bare := r.bareFigures(figures)
	figures = slices.DeleteFunc(figures, func(f *figure) bool {
		return slices.ContainsFunc(bare, func(b *figure) bool { return (b.tally || b.fraction) && b.passage.Span.Overlaps(f.passage.Span) })
	})
	out := slices.Concat(figures, bare)
	stable.Sort(out, func(a, b *figure) int { return a.passage.Span.Start - b.passage.Span.Start })
	return out
}

// hadPut reports whether the words before a number say that somebody had given it
// before: "which had put the toll at".
func hadPut(ts []token.Token) bool {
	for i := len(ts) - 1; i > 0 && i > len(ts)-8; i-- {
		if ts[i-1].Norm == "had" && (strings.HasPrefix(ts[i].Norm, "put") || strings.HasSuffix(ts[i].Norm, "ed") || ts[i].Norm == "given") {
			return true
		}
	}
	return false
}

// blockOf returns the block of a sentence.
func (r *sideReport) blockOf(k int) int {
	id, _, _ := strings.Cut(r.maker.sentences[r.sentences[k].index].id, "-")
	return blockIndex(r, id)
}

// corrections are words by which an outlet takes back what it said.
var corrections = []string{" earlier version ", " previous version ", " earlier article ", " misstated ", " incorrectly ", " wrongly ", " mistakenly ", " erroneously "}

// withdraws reports whether a sentence says that what was given before was wrong.
func withdraws(words string) bool {
	return slices.ContainsFunc(corrections, func(w string) bool { return strings.Contains(words, w) })
}

// withdrawn reports whether a number of a sentence that begins at from is one that the
// report takes back: one that an earlier version gave, "not 31 as reported".
func (r *sideReport) withdrawn(block, from int, at span.Span) bool {
	before := r.leftOf(from, at.Start)
	if n := len(before); n > 0 && before[n-1].Norm == "not" {
		return true
	}
	k := r.sentenceAt(block, at.Start)
	if k < 0 || k >= len(r.sentences) || !withdraws(r.sentences[k].words) {
		return false
	}
	// "… said 41, and not 14" and "… wrongly said 41. It is 14": what follows "it is" or
	// "should be" is right.
	for i := max(0, len(before)-4); i+1 < len(before); i++ {
		if w := before[i+1].Norm; (before[i].Norm == "it" && (w == "is" || w == "was")) || before[i].Norm == "should" || before[i].Norm == "correct" {
			return false
		}
	}
	return true
}
