package site

import (
	"regexp"
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/span"
)

// How old somebody is, told right after the name or right before it.
var (
	ageAfter  = regexp.MustCompile(`^(?:, (?:who is |aged |a |an )?|\s\((?:aged )?|, )(\d{1,3})(?:-year-old|[,.;)]| years old| and | but |$)`)
	ageBefore = regexp.MustCompile(`\b(\d{1,3})-year-old (?:[\p{L}-]+ ){0,3}$`)
)

// found returns where the parts of a pattern stand in a text that may have it.
func found(pattern *regexp.Regexp, text string, may bool) []int {
	if !may {
		return nil
	}
	return pattern.FindStringSubmatchIndex(text)
}

// mayFollowAge reports whether a text may begin as ageAfter has it: with a comma or a
// bracket, and a figure soon.
func mayFollowAge(text string) bool {
	const soon = len(", who is 1")
	return len(text) > 2 && (text[0] == ',' && text[1] == ' ' || text[1] == '(') && strings.ContainsAny(text[2:min(len(text), soon)], "0123456789")
}

// mayLeadFromAge reports whether a text may end as ageBefore has it: with an age and no
// more than three words.
func mayLeadFromAge(text string) bool {
	i := strings.LastIndex(text, yearOld)
	return i >= 0 && strings.HasSuffix(text, " ") && strings.Count(text[i+len(yearOld):], " ") <= 3
}

const yearOld = "-year-old "

// ages compares how old two reports say that the same person is.
func (c *comparison) ages() []Dimension {
	type age struct {
		report int
		words  string
		at     Passage
	}
	by := map[*Entity][]age{}
	var order []*Entity
	for r, rep := range c.reports {
		for i, mk := range rep.file.Marks {
			if mk.Class != dialect.Person || rep.localOf[i] < 0 || rep.blocks[i] < 0 {
				continue
			}
			e := rep.entity(rep.localOf[i])
			block := rep.file.Blocks[rep.blocks[i]]
			if e == nil || !body(block.Role) {
				continue
			}
			var at span.Span
			after, before := rep.text[mk.Span.End:block.Span.End], rep.text[block.Span.Start:mk.Span.Start]
			if m := found(ageAfter, after, mayFollowAge(after)); m != nil {
				at = span.New(mk.Span.End+m[2], mk.Span.End+m[3])
			} else if m := found(ageBefore, before, mayLeadFromAge(before)); m != nil {
				at = span.New(block.Span.Start+m[2], block.Span.Start+m[3])
			} else {
				continue
			}
			if by[e] == nil {
				order = append(order, e)
			}
			by[e] = append(by[e], age{r, at.In(rep.text), rep.place(at, rep.blocks[i], "")})
		}
	}
	out := c.agesUnnamed()
	for _, e := range order {
		d := c.row("figure", c.l.Say("dimension.age", "name", e.Name))
		d.Key = "dimension.age"
		own := map[int]string{}
		differs := false
		for _, a := range by[e] {
			if old, ok := own[a.report]; ok && old != a.words {
				differs = false
				own = nil
				break // a report that gives two says nothing certain
			}
			own[a.report] = a.words
			d.put(c.reports[a.report].b, a.words, a.at)
			differs = differs || slices.ContainsFunc(by[e], func(o age) bool { return o.report != a.report && o.words != a.words })
		}
		if own != nil && differs {
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// How old somebody is who is not named, with the noun that tells who it is.
var (
	agedNoun = regexp.MustCompile(`\b(\d{1,3})-year-old ((?:[a-z-]+ )?[a-z-]+)`)
	nounAged = regexp.MustCompile(`\b(?:[Aa]n?|[Tt]he) ((?:[a-z-]+ )?[a-z-]+)(?: of |, aged |, )(\d{2})\b(?:[,.;)]| from | who | and )`)
)

// maxUnnamed bounds the people of one report whose ages are compared by a noun.
const maxUnnamed = 20

// agesUnnamed compares how old two short reports say that somebody is whom both call by one
// noun alone, each only once: "a 29-year-old dock worker", "a dock worker of 34".
func (c *comparison) agesUnnamed() []Dimension {
	type told struct {
		words   string
		passage Passage
	}
	all := make([]map[string][]told, len(c.reports))
	var nouns []string
	for r, rep := range c.reports {
		all[r] = map[string][]told{}
		if !rep.brief {
			continue
		}
		n := 0
		add := func(noun string, at span.Span, block int) {
			if noun = personPhrase(noun); noun == "" || n == maxUnnamed {
				return
			}
			n++
			all[r][noun] = append(all[r][noun], told{words: at.In(rep.text), passage: rep.place(at, block, "")})
			if !slices.Contains(nouns, noun) {
				nouns = append(nouns, noun)
			}
		}
		for i, b := range rep.file.Blocks {
			if !body(b.Role) {
				continue
			}
			text := b.Span.In(rep.text)
			if strings.Contains(text, "-year-old ") {
				for _, m := range agedNoun.FindAllStringSubmatchIndex(text, maxUnnamed) {
					add(text[m[4]:m[5]], span.New(b.Span.Start+m[2], b.Span.Start+m[3]), i)
				}
			}
			if !strings.ContainsAny(text, "0123456789") {
				continue
			}
			for _, m := range nounAged.FindAllStringSubmatchIndex(text, maxUnnamed) {
				add(text[m[2]:m[3]], span.New(b.Span.Start+m[4], b.Span.Start+m[5]), i)
			}
		}
	}
	var out []Dimension
	for _, noun := range nouns {
		d := c.row("figure", c.l.Say("dimension.age", "name", c.l.Quote(noun)))
		d.Key = "dimension.age"
		first := ""
		differs := false
		for r := range c.reports {
			if ts := all[r][noun]; len(ts) == 1 {
				differs = differs || first != "" && first != ts[0].words
				first = ts[0].words
				d.put(c.reports[r].b, ts[0].words, ts[0].passage)
			}
		}
		if differs {
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// personPhrase returns the words of a phrase up to its noun for a person, "" where it has
// none; a noun alone that many may be called by ("man", "boy") tells too little.
func personPhrase(phrase string) string {
	ws := strings.Fields(phrase)
	for i, w := range ws {
		if personUnit(w) {
			if i == 0 && anybody[w] {
				return ""
			}
			return strings.Join(ws[:i+1], " ")
		}
	}
	return ""
}

// anybody are nouns for people of whom a report may tell of many.
var anybody = wordSet("anybody")
