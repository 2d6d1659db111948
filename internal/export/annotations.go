package export

import (
	"strings"
	"unicode/utf8"

	"readout/internal/dialect"
	"readout/internal/site"
	"readout/internal/span"
)

type collection struct {
	Context string         `json:"@context"`
	ID      string         `json:"id"`
	Type    string         `json:"type"`
	Label   string         `json:"label"`
	Total   int            `json:"total"`
	First   annotationPage `json:"first"`
}

type annotationPage struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	StartIndex int          `json:"startIndex"`
	Items      []annotation `json:"items"`
}

type annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Body       []body `json:"body"`
	Target     target `json:"target"`
}

type body struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose,omitempty"`
	Value    string `json:"value,omitempty"`
	Format   string `json:"format,omitempty"`
	Language string `json:"language,omitempty"`
	Source   string `json:"source,omitempty"`
}

type target struct {
	Type     string     `json:"type"`
	Source   string     `json:"source"`
	Scope    string     `json:"scope,omitempty"`
	Selector []selector `json:"selector"`
}

type selector struct {
	Type       string `json:"type"`
	ConformsTo string `json:"conformsTo,omitempty"`
	Value      string `json:"value,omitempty"`
	Exact      string `json:"exact,omitempty"`
	Prefix     string `json:"prefix,omitempty"`
	Suffix     string `json:"suffix,omitempty"`
	Start      *int   `json:"start,omitempty"`
	End        *int   `json:"end,omitempty"`
}

// Annotations returns the annotations of one briefing as a W3C Web Annotation
// collection. Where the site publishes texts in full they target the plain text
// beside the page (site.Briefing.PlainText), by quotation and by position in
// code points, with the page as their scope; else they target the elements of
// the page alone. Links are relative to the file.
func Annotations(s *site.Site, p *site.Page) []byte {
	from := p.Briefing.Annotations
	self := site.Relative(from, from)
	page := site.Relative(from, p.Path)
	c := collection{
		Context: "http://www.w3.org/ns/anno.jsonld", ID: escapePath(self), Type: "AnnotationCollection",
		Label: p.Header.Title, Total: len(p.Marks),
		First: annotationPage{ID: escapePath(self + "#page"), Type: "AnnotationPage", Items: []annotation{}},
	}
	points := counter{text: p.Plain}
	lang := s.Labels.Language().String()
	for _, a := range p.Marks {
		it := annotation{
			ID: escapePath(self + "#" + a.Passage.ID), Type: "Annotation", Motivation: "describing",
			Body: bodies(lang, from, a),
		}
		if a.Entity != nil && isMention(a.Mark) {
			it.Motivation = "identifying"
		}
		if p.Plain == "" {
			it.Target = target{
				Type: "SpecificResource", Source: escapePath(page),
				Selector: []selector{{Type: "FragmentSelector", ConformsTo: "http://tools.ietf.org/rfc/rfc3236", Value: a.Passage.ID}},
			}
			if a.Mark == dialect.Quote {
				it.Target.Selector = append(it.Target.Selector, selector{Type: "TextQuoteSelector", Exact: a.Passage.Text})
			}
		} else {
			s := a.Passage.Span
			start := points.at(s.Start)
			end := start + utf8.RuneCountInString(s.In(p.Plain))
			prefix, suffix := around(p.Plain, s)
			it.Target = target{
				Type: "SpecificResource", Source: escapePath(site.Relative(from, p.PlainText)), Scope: escapePath(page + "#" + a.Passage.ID),
				Selector: []selector{
					{Type: "TextQuoteSelector", Exact: s.In(p.Plain), Prefix: prefix, Suffix: suffix},
					{Type: "TextPositionSelector", Start: &start, End: &end},
				},
			}
		}
		c.First.Items = append(c.First.Items, it)
	}
	return marshal(c)
}

func isMention(c dialect.Class) bool {
	switch c {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		return true
	}
	return false
}

// bodies says what an annotation says: its class, and what it is about.
func bodies(lang, from string, a site.Annotation) []body {
	text := func(purpose, value string) body {
		return body{Type: "TextualBody", Purpose: purpose, Value: value, Format: "text/plain"}
	}
	out := []body{text("classifying", string(a.Mark))}
	if a.Entity != nil {
		out = append(out, body{Type: "SpecificResource", Purpose: "identifying", Source: escapePath(site.Relative(from, a.Entity.Path))})
	}
	for _, v := range []string{a.Form, a.Stance, a.Realis, a.Value} {
		if v != "" {
			out = append(out, text("tagging", v))
		}
	}
	if a.Speaker != nil {
		out = append(out, text("tagging", "naming: "+a.Speaker.Naming))
	}
	if a.Role != "" {
		out = append(out, text("describing", a.Role))
	} else if a.Label != "" {
		b := text("describing", a.Label)
		b.Language = lang
		out = append(out, b)
	}
	return out
}

// counter turns byte offsets into counts of code points, going on from the last
// one while they rise.
type counter struct {
	text          string
	bytes, points int
}

func (c *counter) at(i int) int {
	if i < c.bytes {
		c.points -= utf8.RuneCountInString(c.text[i:c.bytes])
	} else {
		c.points += utf8.RuneCountInString(c.text[c.bytes:i])
	}
	c.bytes = i
	return c.points
}

// contextLen is how many code points a quote selector has on either side.
const contextLen = 32

func around(text string, s span.Span) (prefix, suffix string) {
	from, to := s.Start, s.End
	for range contextLen {
		if from > 0 {
			_, n := utf8.DecodeLastRuneInString(text[:from])
			from -= n
		}
		if to < len(text) {
			_, n := utf8.DecodeRuneInString(text[to:])
			to += n
		}
	}
	return strings.Clone(text[from:s.Start]), strings.Clone(text[s.End:to])
}
