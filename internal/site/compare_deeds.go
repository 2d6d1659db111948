package site

import (
	"slices"
	"strings"

	"readout/internal/stable"
)

// decisionTerms are the terms of decisions.
func decisionTerms() map[string]string {
	m := map[string]string{}
	for _, v := range decisions {
		if t := lastTerm(v); t != "" {
			m[t] = v
		}
	}
	return m
}

// maxDeeds bounds what is compared of one report.
const maxDeeds = 40

// A deed is what a sentence tells of a person as done, to come, offered or not so.
type deed struct {
	ref   sentenceRef
	verb  string
	moods []string
	who   *Entity
}

// deeds compares how two reports tell what one person decided: as done, and as no more than
// offered or to come. What a later report tells as done may have been done since.
func (c *comparison) deeds(before []Dimension) []Dimension {
	terms := decisionTerms()
	var all []deed
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			ref := sentenceRef{r, k}
			who := c.onePerson(ref)
			if who == nil || n >= maxDeeds {
				continue
			}
			moods := slices.Clone(c.moods(ref))
			stable.Sort(moods, func(a, b mood) int { return strings.Compare(a.verb, b.verb) })
			for _, m := range moods {
				if terms[m.verb] != "" {
					all = append(all, deed{ref, m.verb, m.told, who})
					n++
				}
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || x.who != y.who || x.verb != y.verb || !otherThan(x.moods, y.moods) || !sameSetting(c.at(x.ref), c.at(y.ref)) || c.doneSince(x, y) || c.doneSince(y, x) {
				continue
			}
			if d := c.sentenceRow("status", "dimension.status", x.ref, y.ref); !d.among(before, out) {
				out = append(out, d)
			}
		}
	}
	return out
}

// otherThan reports whether the one tells as done what the other tells as something else.
func otherThan(x, y []string) bool {
	done := func(m []string) bool { return len(m) == 1 && m[0] == "occurred" }
	short := func(m []string) bool { return !slices.Contains(m, "occurred") && !slices.Contains(m, "hypothetical") }
	return done(x) && short(y) || done(y) && short(x)
}

// doneSince reports whether what x tells as done may have been done since y's report came out.
func (c *comparison) doneSince(x, y deed) bool {
	if !slices.Contains(x.moods, "occurred") {
		return false
	}
	a, b := c.reports[x.ref.report].b.Header.Date, c.reports[y.ref.report].b.Header.Date
	return !a.Known() || !b.Known() || b.Day() < a.Day()
}

// onePerson is the only person whom a sentence names, nil where there is none or are more.
func (c *comparison) onePerson(ref sentenceRef) *Entity {
	var only *Entity
	for _, e := range c.reports[ref.report].namesIn(ref.sentence) {
		if e.Kind != "person" {
			continue
		}
		if only != nil {
			return nil
		}
		only = e
	}
	return only
}
