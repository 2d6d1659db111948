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
	corrects := s.corrects()
	if corrects {
		s.corrected()
	}
	s.notices(corrects)
	body := s.bodyStart()
	tail := true   // only blocks that are no prose follow
	below := false // the block below was set aside as a disclaimer
	for i := len(s.drafts) - 1; i >= 0; i-- {
		d := s.drafts[i]
		if d.fixed && d.Role != ListItem && d.Role != Quotation && d.Role != Heading {
			continue
		}
		if len(d.Span.In(s.text)) <= 1500 {
			zone := boilerplate.Zone{Tail: tail, Head: body < 0 || i < body, Below: below, Apart: d.apart || starred(s.in(i))}
			if (tail || zone.Head) && s.words[i] <= longestOrigin && repostedFrom(flat(s.in(i))) != "" {
				s.setAside(i, "a line on where the article is from")
				below = false
				continue
			}
			if f, found := boilerplate.Find(s.in(i), s.words[i], zone, s.meta.Byline); found && !(corrects && f.Corrects()) {
				s.setAside(i, f.Reason)
				if f.Class == "contact" {
					s.card(i+1, f.Reason)
				}
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

// authorLine sets aside a last paragraph on the author, who is known by the byline.
func (s *structure) authorLine() {
	if len(s.meta.Byline) == 0 {
		return
	}
	for i := len(s.drafts) - 1; i > 0; i-- {
		if s.drafts[i].fixed {
			continue
		}
		if f, found := boilerplate.Find(s.in(i), s.words[i], boilerplate.Zone{Tail: true}, s.meta.Byline); found && f.Class == "author" {
			s.setAside(i, f.Reason)
		}
		return
	}
}

// starred reports whether the signs by which plain text marks emphasis enclose all
// of t.
func starred(t string) bool {
	if len(t) < 3 || t[0] != '*' && t[0] != '_' {
		return false
	}
	inner := strings.Trim(t, t[:1])
	return len(inner)+2 <= len(t) && t[len(t)-1] == t[0] && !strings.Contains(inner, t[:1])
}

// card sets aside the lines from block i on that go on with contact details: a
// name, a telephone number, an address, down to the end of the text.
func (s *structure) card(i int, reason string) {
	const longest, most = 8, 8
	from, address := i, false
	for ; i < len(s.drafts) && !s.drafts[i].fixed; i++ {
		if t := s.in(i); i-from == most || s.words[i] > longest || endsWithWordStop(t) {
			return
		} else if strings.ContainsRune(t, '@') || hasDigit(t) {
			address = true
		}
	}
	for ; address && from < i; from++ {
		s.setAside(from, reason)
	}
}

// notices sets aside the disclaimers with which the body opens, as sites put
// them above what they take over from others, and the correction above what was
// corrected, unless the article is nothing else.
func (s *structure) notices(corrects bool) {
	for i := s.bodyStart(); i >= 0 && s.drafts[i].Role == Paragraph; i = s.bodyStart() {
		f, found := boilerplate.Find(s.in(i), s.words[i], boilerplate.Zone{Head: true, First: true}, s.meta.Byline)
		if !found || f.Class != "disclaimer" && f.Class != "opinion" && (corrects || !f.Corrects()) {
			return
		}
		s.setAside(i, f.Reason)
	}
}

// olderMail sets aside the message that this one answers, where a line
// ("On Sunday, Ann Lee wrote:") leads to lines that each open with a sign.
func (s *structure) olderMail() {
	const reason = "an older message that this one quotes"
	for i := 1; i < len(s.drafts); i++ {
		if s.drafts[i-1].fixed || !strings.HasPrefix(s.in(i), ">") {
			continue
		}
		from := i - 1
		if from > 0 && s.words[from] == 1 && !s.drafts[from].gap && !s.drafts[from-1].fixed {
			from-- // the line was broken before "wrote:"
		}
		if !leadsToMail(flat(s.text[s.drafts[from].Span.Start:s.drafts[i-1].Span.End])) {
			continue
		}
		for ; from < i; from++ {
			s.setAside(from, reason)
		}
		for ; i < len(s.drafts) && strings.HasPrefix(s.in(i), ">"); i++ {
			s.setAside(i, reason)
		}
	}
}

// leadsToMail reports whether t is the line by which mail programs introduce the
// message that is answered.
func leadsToMail(t string) bool {
	const longest = 200
	if len(t) > longest || !strings.ContainsAny(t, "0123456789") {
		return false
	}
	end := strings.TrimRight(t, " :\u00a0")
	if len(end) == len(t) {
		return false
	}
	for _, w := range []struct{ start, end string }{{"On ", " wrote"}, {"Le ", " a écrit"}, {"El ", " escribió"}, {"Il ", " ha scritto"}, {"Op ", " het volgende geschreven"}} {
		if strings.HasPrefix(t, w.start) && strings.HasSuffix(end, w.end) {
			return true
		}
	}
	return strings.HasPrefix(t, "Am ") && strings.Contains(t, " schrieb ")
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
