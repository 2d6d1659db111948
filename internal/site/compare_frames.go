package site

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/frames.txt
var framesFile string

// A frame is what an amount or a share is told of.
type frame struct {
	name  string
	first bool // said wherever its words stand near the figure
}

// frames maps words near a figure to what it is told of.
var frames = sync.OnceValue(func() map[string]frame {
	m := map[string]frame{}
	for name, words := range wordlist.Named(framesFile) {
		name, first := strings.CutSuffix(name, "!")
		for _, w := range strings.Fields(words) {
			m[w] = frame{name, first}
		}
	}
	return m
})

// How many words before and after a figure may say what it is of.
const (
	frameBefore = 10
	frameAfter  = 4
	// A rise or a fall is told right before its amount.
	moveBefore = 3
)

// near returns the words before a figure, the nearest first, and those after it,
// as far as they belong to its clause. They are not to be changed, and hold until it is
// called again.
func (r *sideReport) near(from int, at span.Span) (before, after []string) {
	clause := func(t token.Token, text string) bool {
		switch w := text[t.Span.Start:t.Span.End]; w {
		case "-", "'", "’":
			return true // "ten years' imprisonment"
		}
		return t.Kind == token.Word || t.Kind == token.Number
	}
	m := &r.room.near
	if m.of == r && m.from == from && m.at == at {
		return m.before, m.after
	}
	before, after = m.before[:0], m.after[:0]
	left := r.text[from:at.Start]
	ts := r.leftOf(from, at.Start)
	for i := len(ts) - 1; i >= 0 && len(before) < frameBefore && clause(ts[i], left); i-- {
		if ts[i].Norm == "and" && i > 0 && ts[i-1].Is(token.Initial) && i+1 < len(ts) && ts[i+1].Is(token.Initial) {
			continue // within a name, or between two
		}
		if ts[i].Norm == "and" || ts[i].Norm == "but" {
			break
		}
		before = append(before, ts[i].Norm)
	}
	right := r.text[at.End:min(len(r.text), at.End+rightReach)]
	for _, t := range r.rightOf(at.End) {
		if len(after) == frameAfter || !clause(t, right) || t.Norm == "and" || t.Norm == "but" {
			break
		}
		after = append(after, t.Norm)
	}
	m.of, m.from, m.at, m.before, m.after = r, from, at, before, after
	return before, after
}

// plights are words that tell of people near them how they are, and of nothing
// else: "lost their homes", "without a roof", "in custody".
var plights = map[string]string{"homes": "homeless", "homeless": "homeless", "roof": "homeless", "shelter": "homeless", "custody": "arrested", "detention": "arrested", "shelters": "evacuated", "evacuation": "evacuated", "payroll": "employed"}

// measureNear returns the measure that the words around a figure of people or of
// time tell: that nineteen people "lost their lives", that seven years are "in
// prison", whose bodies were found.
func (r *sideReport) measureNear(f *figure, from int, at span.Span) string {
	before, after := r.near(from, at)
	if lasting(f.unit) && servesTime(before, after) {
		return "prison"
	}
	if !lasting(f.unit) {
		if m := peopleMeasure(f, before, after); m != "" {
			return m
		}
		if aboard(before, after) {
			return "aboard"
		}
	}
	for _, w := range after {
		if clauseApart[w] {
			break
		}
		if p := plights[w]; p != "" && !lasting(f.unit) {
			return p
		}
		if m := measures()[w]; m != "" && (m == "prison") == lasting(f.unit) {
			return m
		}
	}
	if lasting(f.unit) || len(before) < 2 {
		return ""
	}
	if before[0] == "of" {
		return measures()[before[1]] // "the bodies of 23 villagers"
	}
	if before[0] == "at" {
		for _, w := range before[1:min(len(before), 6)] {
			if p := cmp.Or(plights[w], measures()[w]); p != "" && p != "prison" {
				return p // "puts the dead at 40 people"
			}
		}
	}
	return ""
}

// aboard reports whether the words around a figure of people say that they were in
// what carried them.
func aboard(before, after []string) bool {
words:
	for i, w := range after {
		switch w {
		case "aboard":
			return true
		case "board":
			return i > 0 && after[i-1] == "on"
		case "was", "were", "is", "are", "on", "had", "been", "all", "still":
			continue
		}
		break words // "five men climbed aboard"
	}
	for _, w := range before {
		switch w {
		case "carrying", "carried":
			return true
		case "at", "least", "more", "than", "about", "around", "some", "nearly", "almost", "over", "up", "to", "as", "many":
		default:
			return false
		}
	}
	return false
}

// frameOf returns what an amount of money or a share of a hundred is told of: the
// nearest of the words that say so, "" where there is none.
func (r *sideReport) frameOf(f *figure, from int, at span.Span) string {
	if f.unit != "%" && !f.money() && f.unit != "pound" {
		return ""
	}
	before, after := r.near(from, at)
	if len(before) > 0 && slices.Contains(tiers, before[0]) {
		return "" // "the top 2 percent" are people
	}
	if f.unit == "%" && protects(r.text[from:at.End], before) {
		return "efficacy"
	}
	for _, w := range slices.Concat(before[:min(len(before), frameAfter)], after) {
		if fr := frames()[w]; fr.first && f.unit == "%" {
			return fr.name
		}
	}
	for i := range max(len(before), len(after)) {
		if i < len(before) {
			if fr := frames()[before[i]]; fr.name != "" && !(f.unit == "%" && fr.name == "price") && (i < moveBefore || fr.name != "rise" && fr.name != "fall") {
				return fr.name
			}
		}
		if i < len(after) {
			if fr := frames()[after[i]]; fr.name != "" && !(f.unit == "%" && fr.name == "price") {
				return fr.name
			}
		}
	}
	return ""
}

// tiers are words that make a share a group of people.
var tiers = []string{"top", "bottom", "richest", "wealthiest", "poorest", "upper", "lower"}

// framedFrom is how many terms the sentences around two amounts must share.
const framedFrom = 3

// framed compares the amounts and shares that two reports tell of the same, each
// but one, where their sentences, or those before, have other words in common.
func (c *comparison) framed() []Dimension {
	type told struct {
		ref sentenceRef
		f   *figure
	}
	all := make([][]told, len(c.reports))
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.frame == "" {
				continue
			}
			if ref, ok := c.sentenceOf(r, f.passage); ok && !(f.frame == "price" && rep.amounts(f.passage.Sentence) >= listed) {
				all[r] = append(all[r], told{ref, f})
			}
		}
	}
	sole := func(r int, t told) bool {
		return !slices.ContainsFunc(all[r], func(o told) bool {
			return o.f.frame == t.f.frame && o.f.unit == t.f.unit && o.f.value != t.f.value
		})
	}
	var out []Dimension
	for j := range all {
		for i := range j {
			for _, x := range all[i] {
				for _, y := range all[j] {
					if x.f.owner != y.f.owner || x.f.frame != y.f.frame || x.f.unit != y.f.unit || x.f.equal(y.f) || max(x.f.value, y.f.value) > farApart*min(x.f.value, y.f.value) || !sole(i, x) || !sole(j, y) || !c.sameFor(x.f, y.f, x.ref, y.ref) || !c.framedAlike(x.ref, y.ref, x.f.frame) {
						continue
					}
					d := c.figureRow(x.f, true)
					d.put(c.reports[i].b, x.f.words, x.f.passage)
					d.put(c.reports[j].b, y.f.words, y.f.passage)
					d.judge()
					if !slices.ContainsFunc(out, func(o Dimension) bool { return o.sameCells(d) }) {
						out = append(out, d)
					}
				}
			}
		}
	}
	return out
}

// listed is how many prices make a sentence a list of things that were bought.
const listed = 3

// amounts counts the amounts of money of a sentence.
func (r *sideReport) amounts(sentence string) int {
	n := 0
	for _, f := range r.figures {
		if f.money() && f.passage.Sentence == sentence {
			n++
		}
	}
	return n
}

// framedAlike reports whether the sentences of two amounts, or those before, have
// enough in common besides: for a price who buys and what.
func (c *comparison) framedAlike(a, b sentenceRef, frame string) bool {
	names := c.sameNames(a, b)
	return c.around(a, b)+names >= framedFrom && (frame != "price" || c.at(a).plain.common(c.at(b).plain) > 0 || c.namesBoth(a, b) > 0) || frame == "price" && c.namesBoth(a, b) >= 2
}

// namesBoth counts the people and bodies that two sentences both name.
func (c *comparison) namesBoth(a, b sentenceRef) int {
	n, y := 0, c.reports[b.report].namesIn(b.sentence)
	for _, e := range c.reports[a.report].namesIn(a.sentence) {
		if slices.Contains(y, e) {
			n++
		}
	}
	return n
}

// around counts the terms that two sentences, each with the one before it, have
// in common.
func (c *comparison) around(a, b sentenceRef) int {
	with := func(ref sentenceRef) (before, own weights) {
		if ref.sentence > 0 {
			before = c.at(sentenceRef{ref.report, ref.sentence - 1}).plain
		}
		return before, c.at(ref).plain
	}
	x1, x2 := with(a)
	y1, y2 := with(b)
	return commonTerms(x1, x2, y1, y2)
}

// Words by which a share tells how well a remedy works: the remedy, and what it
// lessens.
var (
	remedies = []string{"vaccine", "vaccines", "drug", "drugs", "treatment", "jab", "shot", "pill", "medicine", "therapy"}
	lessened = []string{"infections", "infection", "cases", "deaths", "illness", "disease", "risk", "hospitalisations", "hospitalizations", "symptoms"}
	lessens  = []string{"reduced", "reduces", "reduce", "reducing", "cut", "cuts", "cutting", "lowered", "lowers", "prevented", "prevents"}
)

// protects reports whether the words before a share tell how well a remedy works:
// "the vaccine reduced infections by 78 percent".
func protects(clause string, before []string) bool {
	has := func(words []string, of []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(of, w) })
	}
	if !has(before, lessens) || !has(before, lessened) {
		return false
	}
	return slices.ContainsFunc(wordsOf(clause), func(t token.Token) bool { return slices.Contains(remedies, t.Norm) })
}
