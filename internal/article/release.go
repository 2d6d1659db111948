package article

import (
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

// release takes the publisher of a press release from the paragraphs on itself that
// its issuer puts below, "About Veldt Solar", where the release opens with that name.
func (s *structure) release() {
	marked := false
	lead := ""
	for i := range s.drafts {
		d := s.drafts[i]
		switch t := flat(s.in(i)); {
		case s.meta.Publisher != "":
			return
		case d.Role == SetAside && releaseNotice(t):
			marked = true
		case d.Role == Headline || lead == "" && s.prose[i] && d.Role == Paragraph:
			lead += " " + t
		case marked && len(t) > len("About ") && strings.EqualFold(t[:len("About ")], "about "):
			name := strings.TrimRight(t[len("About "):], ".:")
			if strings.Contains(lead, name) && titleCase(name) {
				s.meta.Publisher = name
			}
		}
	}
}
