package site

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"time"

	"readout/internal/dialect"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/onsets.txt
var onsetsFile string

// onsetWords are the terms of verbs that tell how something sudden begins, by the
// base of irregular ones.
var onsetWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range wordlist.Rows(onsetsFile) {
		if !strings.HasPrefix(line, ":") {
			for _, w := range strings.Fields(line) {
				m[w] = true
			}
		}
	}
	return m
})

// onsetPhrases are phrases that tell the same.
var onsetPhrases = sync.OnceValue(func() map[string][][]string {
	out := map[string][][]string{} // by their first word
	for line := range wordlist.Rows(onsetsFile) {
		if rest, ok := strings.CutPrefix(line, ":"); ok {
			for p := range strings.FieldsSeq(rest) {
				words := strings.Split(p, "-")
				out[words[0]] = append(out[words[0]], words)
			}
		}
	}
	return out
})

// onsetsIn lists where in the tokens of a sentence something sudden begins: the token after
// the phrase that tells so.
func onsetsIn(ts []token.Token) []int {
	var out []int
	for i := range ts {
		for _, p := range onsetPhrases()[ts[i].Norm] {
			if begins(ts[i:], p) {
				out = append(out, i+len(p))
			}
		}
	}
	return out
}

// maxOnsetDays is how far apart the days may lie on which two reports have the same
// thing begin.
const maxOnsetDays = 3

// An onset is the day on which a report has its event begin.
type onset struct {
	ref   sentenceRef
	entry *TimelineEntry
}

// onsets compares the days on which two reports have what they both count the
// victims of begin, by whatever verb: "the slide struck late on Sunday", "the mass
// came down before dawn on Monday".
func (c *comparison) onsets(before []Dimension) []Dimension {
	var all []onset
	for r, rep := range c.reports {
		if o, ok := rep.onset(r, c); ok {
			all = append(all, o)
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.entry.From == y.entry.From {
				if d, ok := c.onsetHours(x, y); ok && !anyRow(before, out, func(o Dimension) bool { return o.Kind == d.Kind && o.sameCells(d) }) {
					out = append(out, d)
				}
				continue
			}
			if sameDayName(x.entry, y.entry) || !couldTell(x.entry, y.entry) || !near(x.entry, y.entry) || c.twoEvents(x.ref, y.ref, x.entry, y.entry) {
				continue
			}
			if !(c.reports[x.ref.report].hasToll() && c.reports[y.ref.report].hasToll()) && c.around(x.ref, y.ref) < 2 {
				continue
			}
			d := c.row("time", c.l.Text("dimension.when.begin"))
			d.Key = "dimension.when"
			for _, z := range []onset{x, y} {
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

func near(x, y *TimelineEntry) bool {
	a, errA := time.Parse(isoDay, x.From)
	b, errB := time.Parse(isoDay, y.From)
	return errA == nil && errB == nil && a.Sub(b).Abs() <= maxOnsetDays*24*time.Hour
}

// hasToll reports whether a report counts dead, injured or missing.
func (r *sideReport) hasToll() bool {
	return slices.ContainsFunc(r.figures, func(f *figure) bool { return f.of == "killed" || f.of == "injured" || f.of == "missing" })
}

// onset finds the first sentence of a report that has something begin on one day.
// The verb must be the word that the day is tied to, or the only one of its kind.
func (r *sideReport) onset(report int, c *comparison) (onset, bool) {
	for k := range r.sentences {
		ref := sentenceRef{report, k}
		day := c.dayOf(ref)
		if day == nil || day.Realis != "" && day.Realis != "occurred" || len(r.sentences[k].periods) > 0 || !r.begins(k) {
			continue
		}
		return onset{ref, day}, true
	}
	return onset{}, false
}

// begins reports whether a sentence has a predicate that tells how something
// sudden begins.
func (r *sideReport) begins(k int) bool {
	return slices.ContainsFunc(slices.Collect(r.predicates(k)), sudden) || len(onsetsIn(r.sentences[k].tokens)) > 0
}

// sudden reports whether a predicate tells how something sudden begins.
func sudden(words string) bool {
	return slices.ContainsFunc(wordsOf(words), func(t token.Token) bool {
		w := t.Norm
		if base, ok := bases()[w]; ok {
			w = base
		}
		return onsetWords()[w]
	})
}

// predicates yields the words of the event mentions of a sentence.
func (r *sideReport) predicates(k int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, i := range r.marks[k] {
			if mk := r.mark(i); mk.Class == dialect.EventMention && !yield(mk.Span.In(r.text)) {
				return
			}
		}
	}
}
