package site

import (
	"slices"

	"readout/internal/span"
	"readout/internal/token"
)

// What stands around a figure or a name is asked for again and again: what was read
// before a place of a sentence are tokens of the sentence, and what was read after one
// is kept until it is another's turn.

// A tokenRoom is where the tokens of a part of a report lie that were asked for last.
type tokenRoom struct {
	some  []token.Token // see sideReport.scan
	right []token.Token // see sideReport.rightOf
	of    *sideReport   // whose those are
	at    int           // behind which place they stand
	near  struct {
		of            *sideReport
		from          int
		at            span.Span
		before, after []string
	}
}

// scan returns the tokens of a text until it is called again.
func (r *sideReport) scan(text string) []token.Token {
	r.room.some = token.Append(r.room.some[:0], text, span.New(0, len(text)))
	return r.room.some
}

// leftOf returns the tokens of the text from one place to another, the first of which is
// mostly where a sentence begins. They count from there, and are not to be changed.
func (r *sideReport) leftOf(from, to int) []token.Token {
	list := r.maker.sentences[:len(r.sentences)]
	k, found := slices.BinarySearchFunc(list, from, func(s sentenceMark, at int) int { return s.span.Start - at })
	if found && to <= list[k].span.End {
		ts := r.sentences[k].tokens
		n, _ := slices.BinarySearchFunc(ts, to-from, func(t token.Token, end int) int { return t.Span.End - end - 1 })
		if n == len(ts) || ts[n].Span.Start >= to-from {
			return ts[:n:n]
		}
	}
	return token.Scan(r.text[from:to]) // a word is cut
}

// How far the text behind a place is read, and how much of that for less.
const (
	rightReach = 120
	verbReach  = 60
	joinReach  = 40
)

// rightOf returns the tokens that stand behind a place, as far as rightReach, until it is
// called again. They count from there.
func (r *sideReport) rightOf(at int) []token.Token {
	w := r.room
	if w.of != r || w.at != at {
		right := r.text[at:min(len(r.text), at+rightReach)]
		w.right, w.of, w.at = token.Append(w.right[:0], right, span.New(0, len(right))), r, at
	}
	return w.right
}

// rightWithin is rightOf of a smaller part, if no more than the first n tokens of it are
// asked for.
func (r *sideReport) rightWithin(at, reach, n int) []token.Token {
	ts := r.rightOf(at)
	for i := range ts {
		if i == n {
			return ts[:n]
		}
		if ts[i].Span.End > reach {
			return r.scan(r.text[at:min(len(r.text), at+reach)]) // a word is cut, or another begins
		}
	}
	return ts
}
