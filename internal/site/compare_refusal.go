package site

import (
	"slices"
	"strings"

	"readout/internal/token"
)

// Words that say that something will not be, and words that leave it open. Each
// is followed by what it is said of.
var (
	refusals = []string{"will not", "would not", "won't", "wouldn't", "shall not", "is not going to", "are not going to", "had no plans to", "has no plans to", "have no plans to", "ruled out", "rules out"}
	leftOpen = []string{"not rule out", "not ruled out", "not ruling out", "refused to rule out", "declined to rule out", "may", "might", "could", "considers", "is considering", "was considering", "left open", "leaves open"}
	planned  = []string{"will", "would", "plans to", "intends to"}
	// decisions are what somebody says he will or will not do.
	decisions = []string{"appeal", "resign", "sign", "negotiate", "testify", "attend", "withdraw", "recognise", "recognize", "comply", "pay", "quit", "surrender", "join", "return", "concede", "intervene", "talk", "leave", "strike", "run", "stand", "seek", "accept", "rebuild", "reopen", "close"}
)

// maxRefusal is how many words after a refusal may tell what is refused.
const maxRefusal = 8

// A prospect is what a sentence says will not be, or may be.
type prospect struct {
	ref  sentenceRef
	open bool
	will bool // said as what will be
	verb string
	of   weights
}

// refusedOrOpen finds what one report has somebody say will not be, and another
// has the same person leave open.
func (c *comparison) refusedOrOpen() []Dimension {
	var all []prospect
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			if n < maxStandings {
				ps := c.prospects(sentenceRef{r, k})
				all = append(all, ps...)
				n += len(ps)
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || x.open == y.open || !sameSetting(c.at(x.ref), c.at(y.ref)) {
				continue
			}
			switch n := x.of.common(y.of); {
			case x.will || y.will:
				if x.verb != y.verb || !slices.Contains(decisions, x.verb) || n < 2 && c.sameNames(x.ref, y.ref) == 0 && !c.short(x.ref, y.ref) ||
					apart(c.reports[x.ref.report].namesIn(x.ref.sentence), c.reports[y.ref.report].namesIn(y.ref.sentence)) {
					continue
				}
			case n < 2 || !c.sameSpeaker(x.ref, y.ref):
				continue
			}
			d := c.row("denial", c.l.Text("dimension.denial"))
			for _, z := range []prospect{x, y} {
				p := c.passage(z.ref)
				d.put(c.reports[z.ref.report].b, oneLine(p.Text), p)
			}
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// prospectFirst has the words with which one of these phrases begins, and the lists below
// have the words of each.
var prospectFirst = func() map[string]bool {
	m := map[string]bool{}
	for _, p := range slices.Concat(refusals, leftOpen, planned) {
		m[strings.Fields(p)[0]] = true
	}
	return m
}()

var refusalPhrases, leftOpenPhrases, plannedPhrases = fieldsOf(refusals), fieldsOf(leftOpen), fieldsOf(planned)

func fieldsOf(phrases []string) [][]string {
	out := make([][]string, len(phrases))
	for i, p := range phrases {
		out[i] = strings.Fields(p)
	}
	return out
}

// prospects lists what a sentence says will not be, or may be.
func (c *comparison) prospects(ref sentenceRef) []prospect {
	s := c.at(ref)
	if !s.prospect {
		return nil
	}
	ws := wordTokens(s.tokens)
	at := func(i int, phrases [][]string) int {
		for _, words := range phrases {
			if i+len(words) <= len(ws) && slices.EqualFunc(ws[i:i+len(words)], words, func(t token.Token, w string) bool { return t.Norm == w }) {
				return i + len(words)
			}
		}
		return 0
	}
	var out []prospect
	for i := 0; i < len(ws); i++ {
		if ws[i].Kind != token.Word || !sense(&ws[i]).prospect {
			continue
		}
		open, will := true, false
		end := at(i, leftOpenPhrases)
		if end == 0 {
			open, end = false, at(i, refusalPhrases)
		}
		if end == 0 {
			open, will, end = true, true, at(i, plannedPhrases)
		}
		if end == 0 || end >= len(ws) {
			continue
		}
		to := min(len(ws), end+maxRefusal)
		out = append(out, prospect{ref, open, will, ws[end].Norm, c.weigh(ws[end:to])})
		i = end - 1
	}
	return out
}

// sameSpeaker reports whether two sentences name one person, be it as their
// source.
func (c *comparison) sameSpeaker(a, b sentenceRef) bool {
	in := func(ref sentenceRef) []*Entity {
		r := c.reports[ref.report]
		var out []*Entity
		for _, v := range r.maker.sentences[r.sentences[ref.sentence].index].voices {
			if e := r.speaker(v).Entity; e != nil {
				out = append(out, e)
			}
		}
		return append(out, r.namesIn(ref.sentence)...)
	}
	y := in(b)
	return slices.ContainsFunc(in(a), func(e *Entity) bool { return e.Kind == "person" && slices.Contains(y, e) })
}
