package analysis

import (
	"fmt"
	"math"

	"readout/internal/annotation"
	"readout/internal/span"
)

// Validate reports the first thing in set that cannot be: a span outside of the
// text or off its rune boundaries, an empty one where there must be words, a
// block that does not exist, a value and the reason for its lack together, a
// figure that is no number. It does not look at the order of things, which Run
// settles.
func Validate(set *annotation.Set) error {
	v := validator{text: set.Article.Text, blocks: len(set.Article.Blocks)}
	for _, x := range set.Sentences {
		v.block(x.Block, x.Span, set)
		v.words("sentence", x.Span)
	}
	for _, x := range set.Mentions {
		v.words("mention", x.Span)
		v.part("role", x.Role)
		v.that(x.Key != "", "mention", x.Span, "has no key")
	}
	for _, x := range set.Entities {
		v.part("first mention", x.First)
	}
	for _, x := range set.References {
		v.words("reference", x.Span)
	}
	for _, x := range set.Attributions {
		v.words("content", x.Content)
		for _, s := range x.Parts {
			v.words("part of a quotation", s)
		}
		for _, s := range x.Marked {
			v.words("part of a quotation", s)
		}
		for _, s := range [...]span.Span{x.Source, x.Cue, x.Access, x.Reason, x.Via} {
			v.part("part of an attribution", s)
		}
	}
	for _, x := range set.Times {
		v.words("time", x.Span)
		v.that((x.Value == "") != (x.Unresolved == ""), "time", x.Span, "needs either a value or a reason for its lack")
	}
	for _, x := range set.Quantities {
		v.words("quantity", x.Span)
		v.that(!math.IsNaN(x.Value) && !math.IsInf(x.Value, 0), "quantity", x.Span, "is no number")
	}
	for _, x := range set.Terms {
		v.words("short form", x.Short)
		v.words("long form", x.Long)
	}
	for _, x := range set.Events {
		v.words("event", x.Span)
		v.that(x.Time >= -1, "event", x.Span, "is tied to no time there is")
	}
	for _, x := range set.KeyPoints {
		v.block(x.Block, x.Span, set)
		v.words("key point", x.Span)
	}
	return v.err
}

// A validator keeps the first fault it meets.
type validator struct {
	text   string
	blocks int
	err    error
}

func (v *validator) that(ok bool, what string, s span.Span, fault string) {
	if !ok && v.err == nil {
		v.err = fmt.Errorf("%s %v %s", what, s, fault)
	}
}

// words checks a span that must cover something.
func (v *validator) words(what string, s span.Span) {
	v.that(s.Valid(v.text) && !s.Empty(), what, s, "is no span of the text")
}

// part checks a span that may be empty.
func (v *validator) part(what string, s span.Span) {
	v.that(s.Valid(v.text), what, s, "is no span of the text")
}

// block checks that s lies in the block of that index.
func (v *validator) block(i int, s span.Span, set *annotation.Set) {
	v.that(i >= 0 && i < v.blocks && set.Article.Blocks[i].Span.Contains(s), "text", s, "leaves its block")
}
