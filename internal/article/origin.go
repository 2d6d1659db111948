package article

import (
	"strings"
	"unicode"
)

// longestOrigin is the greatest length, in words, of a line that says where an
// article is from.
const longestOrigin = 40

// origin takes the publisher from a line set aside that says where an article
// was first published.
func (s *structure) origin() {
	for i := range s.drafts {
		if s.meta.Publisher != "" || s.drafts[i].Role != SetAside || s.words[i] > longestOrigin {
			continue
		}
		s.meta.Publisher = repostedFrom(flat(s.in(i)))
	}
}

// repostedFrom returns the outlet that t, a line of the page, says the article is
// from, "Reposted from the Valmar Herald", "This article was first published by The
// Lantern on 3 May."; "" where it says nothing of the kind.
func repostedFrom(t string) string {
	c := phrase{rest: strings.TrimLeft(t, "*_([•|–—- \u00a0")}
	if c.any("source:") && isOutlet(strings.TrimRight(c.rest, ". )")) {
		return strings.TrimRight(c.rest, ". )")
	}
	whole := c.any("a version of", "an earlier version of", "an edited version of", "a longer version of", "a shorter version of", "the original version of")
	subject := c.any("this", "the") && c.any("article", "story", "report", "piece", "post", "column", "interview", "essay", "op-ed", "commentary", "analysis", "dispatch", "feature", "text", "content", "item")
	if whole && !subject {
		return ""
	}
	c.any("has been", "had been", "is", "was")
	first := c.any("originally", "first", "previously")
	switch {
	case c.any("reposted", "re-posted", "republished", "re-published", "reprinted", "cross-posted", "crossposted", "syndicated", "reproduced"):
		permitted := c.any("here", "") && c.any("with the kind permission", "with kind permission", "with the permission", "with permission", "by kind permission", "by permission", "courtesy")
		if !c.any("from", "of") && !(permitted && c.any("by")) {
			return ""
		}
	case c.any("published", "posted", "appeared", "printed", "issued"):
		if by := c.any("by"); !by && !(first && c.any("in", "on", "at")) {
			return ""
		}
	default:
		return ""
	}
	name := c.rest
	for _, sep := range []string{" on ", " in ", " at ", " with ", " under ", " and ", ",", ". ", " (", " – ", " - ", ":", ";"} {
		name, _, _ = strings.Cut(name, sep)
	}
	name = strings.TrimRight(strings.TrimSpace(name), ".)]*_")
	if rest := strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The "); !agencyName(rest) || named(name) && !isOutlet(name) {
		return ""
	}
	return strings.TrimPrefix(name, "the ")
}

// A phrase reads a line word by word, whatever the case.
type phrase struct{ rest string }

// any passes the first of the given words that stands next, and reports whether
// one did; the empty one always does.
func (w *phrase) any(of ...string) bool {
	for _, cue := range of {
		n := len(cue)
		if len(w.rest) < n || !strings.EqualFold(w.rest[:n], cue) {
			continue
		}
		after := strings.TrimLeftFunc(w.rest[n:], unicode.IsSpace)
		if n > 0 && len(after) == len(w.rest)-n {
			continue
		}
		w.rest = after
		return true
	}
	return false
}
