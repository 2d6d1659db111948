package site

import (
	"regexp"
	"slices"

	"readout/internal/dialect"
	"readout/internal/span"
)

// How old somebody is, told right after the name or right before it.
var (
	ageAfter  = regexp.MustCompile(`^(?:, (?:who is |aged |a |an )?|\s\((?:aged )?|, )(\d{1,3})(?:-year-old|[,.;)]| years old| and | but |$)`)
	ageBefore = regexp.MustCompile(`\b(\d{1,3})-year-old (?:[\p{L}-]+ ){0,3}$`)
)

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
			if m := ageAfter.FindStringSubmatchIndex(rep.text[mk.Span.End:block.Span.End]); m != nil {
				at = span.New(mk.Span.End+m[2], mk.Span.End+m[3])
			} else if m := ageBefore.FindStringSubmatchIndex(rep.text[block.Span.Start:mk.Span.Start]); m != nil {
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
	var out []Dimension
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
