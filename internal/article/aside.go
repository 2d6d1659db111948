package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/article/boilerplate"
)

// aside sets apart what is no part of the article. It works from the end to the
// start, for the end of the article moves up with each block set aside there.
//
// It is conservative: a block that reports somebody's words is never set aside
// for a phrase in it, and most cues count only outside the body.
func (s *structure) aside() {
	body := s.bodyStart()
	tail := true   // only blocks that are no prose follow
	below := false // the block below was set aside as a disclaimer
	for i := len(s.drafts) - 1; i >= 0; i-- {
		d := s.drafts[i]
		if d.fixed && d.Role != ListItem && d.Role != Quotation && d.Role != Heading {
			continue
		}
		if len(d.Span.In(s.text)) <= 1500 {
			zone := boilerplate.Zone{Tail: tail, Head: body < 0 || i < body, Below: below}
			if f, found := boilerplate.Find(s.in(i), s.words[i], zone, s.meta.Byline); found {
				s.setAside(i, f.Reason)
				below = f.Disclaimer()
				continue
			}
		}
		if s.prose[i] || d.Role == ListItem {
			tail = false
		}
		below = false
	}
}

// splitCredits makes blocks of their own of the credits in brackets that
// agencies put at the end of the last paragraph.
func splitCredits(text string, in []draft) []draft {
	for i := len(in) - 1; i >= 0 && i >= len(in)-4; i-- {
		d := in[i]
		t := d.Span.In(text)
		tail := len(t) - len(cutTail(t, 400))
		if !strings.HasSuffix(t, ")") {
			continue
		}
		open := -1
		for _, cue := range []string{"(Reporting by ", "(Additional reporting by ", "(Editing by ", "(Writing by ", "(With inputs from ", "(Reporting and "} {
			if k := strings.Index(t[tail:], cue); k >= 0 && (open < 0 || tail+k < open) {
				open = tail + k
			}
		}
		if open <= 0 {
			continue
		}
		first, rest := d, d
		first.Span.End = d.Span.Start + len(strings.TrimRightFunc(t[:open], unicode.IsSpace))
		first.after = true
		rest.Span.Start = d.Span.Start + open
		rest.gap, rest.lines = true, 1
		if first.Span.Empty() {
			continue
		}
		in = slices.Replace(in, i, i+1, first, rest)
		break
	}
	return in
}

// cutTail returns at most the last n bytes of t, begun on a rune boundary.
func cutTail(t string, n int) string {
	if len(t) <= n {
		return t
	}
	i := len(t) - n
	for i < len(t) && !utf8.RuneStart(t[i]) {
		i++
	}
	return t[i:]
}
