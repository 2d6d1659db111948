package export

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"readout/internal/dialect"
	"readout/internal/jsonout"
	"readout/internal/site"
	"readout/internal/span"
)

// Annotations returns the annotations of one briefing as a W3C Web Annotation
// collection. Where the site publishes texts in full they target the plain text
// beside the page (site.Briefing.PlainText), by quotation and by position in
// code points, with the page as their scope; else they target the elements of
// the page alone. Links are relative to the file: the name of an annotation is a
// fragment of it. What there is to say of an annotation is said once, so a label that
// is its class or its value has no body of its own.
func Annotations(s *site.Site, p *site.Page) []byte { return AppendAnnotations(nil, s, p) }

// AppendAnnotations appends to b what Annotations returns.
func AppendAnnotations(b []byte, s *site.Site, p *site.Page) []byte {
	from := p.Briefing.Annotations()
	self := escapePath(site.Relative(from, from))
	page := escapePath(site.Relative(from, p.Path))
	source := page
	if p.Plain != "" {
		source = escapePath(site.Relative(from, p.PlainText()))
	}
	b = slices.Grow(b, 512+len(p.Marks)*(600+2*len(self)))
	b = append(b, '{')
	b = jsonout.Member(b, "@context", "http://www.w3.org/ns/anno.jsonld")
	b = jsonout.Member(b, "id", self)
	b = jsonout.Member(b, "type", "AnnotationCollection")
	b = jsonout.Member(b, "label", p.Header.Title)
	b = strconv.AppendInt(jsonout.Key(b, "total"), int64(len(p.Marks)), 10)
	b = append(jsonout.Key(b, "first"), '{')
	b = jsonout.Member(b, "id", "#page")
	b = jsonout.Member(b, "type", "AnnotationPage")
	b = append(jsonout.Key(b, "startIndex"), '0')
	b = append(jsonout.Key(b, "items"), '[')
	points := counter{text: p.Plain}
	lang := s.Labels.Language().String()
	for i, a := range p.Marks {
		if i > 0 {
			b = append(b, ',')
		}
		id := escapePath("#" + a.Passage.ID)
		b = append(b, '{')
		b = jsonout.Member(b, "id", id)
		b = jsonout.Member(b, "type", "Annotation")
		motivation := "describing"
		if a.Entity != nil && isMention(a.Mark) {
			motivation = "identifying"
		}
		b = jsonout.Member(b, "motivation", motivation)
		b = append(jsonout.Key(b, "body"), '[')
		b = bodies(b, lang, from, &a)
		b = append(b, ']')
		b = append(jsonout.Key(b, "target"), '{')
		b = jsonout.Member(b, "type", "SpecificResource")
		b = jsonout.Member(b, "source", source)
		if p.Plain == "" {
			b = append(jsonout.Key(b, "selector"), `[{"type":"FragmentSelector","conformsTo":"http://tools.ietf.org/rfc/rfc3236"`...)
			b = jsonout.Optional(b, "value", a.Passage.ID)
			if a.Mark == dialect.Quote {
				b = append(b, `},{"type":"TextQuoteSelector"`...)
				b = jsonout.Optional(b, "exact", a.Passage.Text)
			}
		} else {
			b = jsonout.Member(b, "scope", page+id)
			s := a.Passage.Span
			start := points.at(s.Start)
			prefix, suffix := around(p.Plain, s)
			b = append(jsonout.Key(b, "selector"), `[{"type":"TextQuoteSelector"`...)
			b = jsonout.Optional(b, "exact", s.In(p.Plain))
			b = jsonout.Optional(b, "prefix", prefix)
			b = jsonout.Optional(b, "suffix", suffix)
			b = append(b, `},{"type":"TextPositionSelector"`...)
			b = strconv.AppendInt(jsonout.Key(b, "start"), int64(start), 10)
			b = strconv.AppendInt(jsonout.Key(b, "end"), int64(start+utf8.RuneCountInString(s.In(p.Plain))), 10)
		}
		b = append(b, "}]}}"...)
	}
	return append(b, "]}}\n"...)
}

func isMention(c dialect.Class) bool {
	switch c {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		return true
	}
	return false
}

// bodies appends what an annotation says: its class, and what it is about.
func bodies(b []byte, lang, from string, a *site.Annotation) []byte {
	text := func(purpose, value, language string) {
		b = append(b, `{"type":"TextualBody"`...)
		b = jsonout.Member(b, "purpose", purpose)
		b = jsonout.Optional(b, "value", value)
		b = jsonout.Member(b, "format", "text/plain")
		b = jsonout.Optional(b, "language", language)
		b = append(b, '}')
	}
	text("classifying", string(a.Mark), "")
	if a.Entity != nil {
		b = append(b, `,{"type":"SpecificResource","purpose":"identifying"`...)
		b = jsonout.Member(b, "source", escapePath(site.Relative(from, a.Entity.Path)))
		b = append(b, '}')
	}
	said := a.Label == "" || a.Label == string(a.Mark)
	for _, v := range []string{a.Form, a.Stance, a.Realis, a.Value} {
		if v != "" {
			b = append(b, ',')
			text("tagging", v, "")
			said = said || v == a.Label
		}
	}
	if a.Speaker != nil {
		b = append(b, ',')
		text("tagging", "naming: "+a.Speaker.Naming, "")
	}
	if a.Role != "" {
		b = append(b, ',')
		text("describing", a.Role, "")
	} else if !said {
		b = append(b, ',')
		text("describing", a.Label, lang)
	}
	return b
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
	return text[from:s.Start], text[s.End:to]
}
