package article

import (
	"slices"
	"strings"

	"readout/internal/article/boilerplate"
)

// releaseNotice reports whether t is the line by which an organization marks what it
// gives to the press.
func releaseNotice(t string) bool {
	switch boilerplate.Folded(strings.Trim(t, " :|>•*-–—")) {
	case "for immediate release", "for release", "press release", "press releases", "news release", "media release", "media statement", "press statement",
		"media advisory", "press advisory", "embargoed until", "not for publication":
		return true
	}
	return strings.HasPrefix(boilerplate.Folded(cut(t, 40)), "for immediate release") && countWords(t) <= 8 ||
		strings.HasPrefix(boilerplate.Folded(cut(t, 40)), "embargoed until ") && countWords(t) <= 14
}

// releasedBy returns the body that a line names after the notice of a press release:
// "NEWS RELEASE, UNIVERSITY OF BERGEN", "Press release: Ministry of Ports".
func releasedBy(t string) string {
	i := strings.IndexAny(t, ",:|–—")
	if i < 0 || !releaseNotice(t[:i]) {
		return ""
	}
	name := strings.TrimLeft(t[i:], " ,:|–—")
	if countWords(name) == 0 || countWords(name) > 8 || !titleCase(name) || onlyDate(name) {
		return ""
	}
	return name
}

// letterhead takes block i, right below the notice of a press release or the headline, for
// the name of the body that gives it out, where it is called like one and the day or
// the headline stands below.
func (s *structure) letterhead(i int) bool {
	marked := false
	for _, d := range s.drafts[:i] {
		marked = marked || d.Role == SetAside && releaseNotice(flat(d.Span.In(s.text)))
	}
	t := flat(s.in(i))
	if !marked || s.drafts[i].lines > 1 || s.words[i] > 12 || !officeName(t) || !titleCase(t) || i+1 >= len(s.drafts) || !s.isDateLine(i+1) && !s.headsBelow(i) {
		return false
	}
	s.fix(i, Byline)
	set(&s.meta.Publisher, t)
	return true
}

// release takes the publisher of a press release from the paragraphs on itself that
// its issuer puts below, "About Veldt Solar", where the release opens with that name.
func (s *structure) release() {
	marked := false
	var lead []int // the blocks with which the release opens
	for i := range s.drafts {
		switch d := &s.drafts[i]; {
		case s.meta.Publisher != "":
			return
		case d.Role == SetAside && releaseNotice(flat(s.in(i))):
			marked = true
		case d.Role == Headline || len(lead) == 0 && s.prose[i] && d.Role == Paragraph:
			lead = append(lead, i)
		case marked:
			s.issuer(flat(s.in(i)), lead)
		}
	}
}

// issuer takes the publisher from t, the heading or the beginning of a paragraph on
// it, where one of the blocks of the lead names it.
func (s *structure) issuer(t string, lead []int) {
	if len(t) <= len("About ") || !strings.EqualFold(t[:len("About ")], "about ") {
		return
	}
	name := strings.TrimRight(t[len("About "):], ".:")
	if titleCase(name) && slices.ContainsFunc(lead, func(i int) bool { return strings.Contains(flat(s.in(i)), name) }) {
		s.meta.Publisher = name
	}
}
