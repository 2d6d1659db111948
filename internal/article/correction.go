package article

import (
	"strings"

	"readout/internal/article/boilerplate"
)

// corrects reports whether the article is a correction of another one: it opens
// with one, and most of its prose is one. The note on top of a longer article is no
// such thing.
func (s *structure) corrects() bool {
	const head = 4 // blocks, of which one must open like a correction
	of, other, seen, opened := 0, 0, 0, false
	for i := range s.drafts {
		if s.drafts[i].fixed {
			continue
		}
		seen++
		part, opens := boilerplate.Corrects(s.in(i))
		switch {
		case part:
			of += s.words[i]
			opened = opened || opens && other == 0
		case s.prose[i]:
			other += s.words[i]
		}
		if !opened && (other > 0 || seen == head) {
			return false
		}
	}
	return opened && of >= other
}

// opensCorrection reports whether t begins like a correction.
func opensCorrection(t string) bool {
	_, opens := boilerplate.Corrects(t)
	return opens
}

// corrected takes the publisher of a correction from the words by which the outlet
// takes the blame, "The Lantern regrets the error", or that tell where the faulty
// article stood, "published on 4 May in the Valmar Lantern".
func (s *structure) corrected() {
	for i := range s.drafts {
		if s.meta.Publisher != "" {
			return
		}
		if s.drafts[i].fixed {
			continue
		}
		t := flat(s.in(i))
		for _, verb := range []string{" regrets ", " apologises ", " apologizes "} {
			if before, _, ok := strings.Cut(t, verb); ok {
				name := strings.TrimSpace(before[strings.LastIndexAny(before, ".!?:")+1:])
				if outletName(name) {
					s.meta.Publisher = name
				}
			}
		}
		at := max(strings.Index(t, "published "), strings.Index(t, "appeared "))
		if at < 0 || s.meta.Publisher != "" {
			continue
		}
		for _, cue := range []string{" in ", " by "} {
			if _, name, ok := strings.Cut(t[at:], cue); ok && s.meta.Publisher == "" {
				s.meta.Publisher = outletAt(name)
			}
		}
	}
}

// outletAt returns the name of an outlet that t begins with, "" where there is none.
func outletAt(t string) string {
	const longest = 5
	article := ""
	if rest, ok := strings.CutPrefix(t, "the "); ok {
		article, t = "The ", rest
	}
	f := strings.Fields(cut(t, 100))
	for n := min(len(f), longest); n > 0; n-- {
		if name := strings.TrimRight(strings.Join(f[:n], " "), ".,;:"); outletName(article + name) {
			return name
		}
	}
	return ""
}
