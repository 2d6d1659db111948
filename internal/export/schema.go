package export

import (
	"slices"
	"strconv"

	"readout/internal/dialect"
	"readout/internal/jsonout"
	"readout/internal/site"
)

// A page's metadata is an extract: all there is stands on the page, and in the
// annotations beside it.
const (
	maxParts    = 5 // quotations
	maxMentions = 5 // names of a kind
)

// Article returns the schema.org metadata of the article a briefing is about:
// a NewsArticle with its quotations, as JSON that may stand in a script element
// of the briefing's page. A derived title is no headline and is left out, as is
// everything else that is not known.
func Article(s *site.Site, b *site.Briefing) []byte {
	h, o := b.Header, b.Header.Origin()
	out := begin(make([]byte, 0, 4096), schema, "NewsArticle")
	title := "headline"
	if h.TitleDerived {
		title = "name"
	}
	out = jsonout.Optional(out, title, h.Title)
	out = jsonout.Optional(out, "alternativeHeadline", o.Dek)
	if isWeb(o.URL) {
		out = jsonout.Member(out, "url", o.URL)
	}
	for i, a := range o.Byline {
		out = element(out, "author", i)
		out = append(jsonout.Optional(begin(out, "", "Person"), "name", a), '}')
	}
	out = endList(out, len(o.Byline))
	if h.Publisher != "" {
		out = begin(jsonout.Key(out, "publisher"), "", "Organization")
		out = append(jsonout.Member(out, "name", h.Publisher), '}')
	}
	out = jsonout.Optional(out, "datePublished", h.Date.Value)
	out = jsonout.Optional(out, "inLanguage", h.Language)
	if h.Words != 0 {
		out = strconv.AppendInt(jsonout.Key(out, "wordCount"), int64(h.Words), 10)
	}
	page := href(s, b.Path)
	if base(s) == "" {
		page = escapePath(site.Relative(b.Path, b.Path))
	}
	out = jsonout.Member(out, "mainEntityOfPage", page)
	mentions, named := 0, [len(site.Kinds)]int{}
	for _, a := range b.Named() {
		if n := &named[slices.Index(site.Kinds[:], a.Entity.Kind)]; *n < maxMentions {
			*n++
			out = about(element(out, "mentions", mentions), s, b, a.Entity)
			mentions++
		}
	}
	out = endList(out, mentions)
	parts := 0
	for _, q := range b.Details().Quotations {
		if q.Form == "scare" || parts == maxParts {
			continue
		}
		out = begin(element(out, "hasPart", parts), "", "Quotation")
		parts++
		url := escapePath("#" + q.Passage.ID)
		if base(s) != "" {
			url = href(s, b.Path+"#"+q.Passage.ID)
		}
		out = jsonout.Member(out, "url", url)
		out = jsonout.Optional(out, "text", q.Passage.Text)
		if q.Speaker != nil && q.Speaker.Entity != nil {
			out = about(jsonout.Key(out, "creator"), s, b, q.Speaker.Entity)
		}
		out = append(out, '}')
	}
	return append(endList(out, parts), "}\n"...)
}

const schema = "https://schema.org"

// begin appends the beginning of a thing of schema.org.
func begin(out []byte, context, kind string) []byte {
	out = jsonout.Optional(append(out, '{'), "@context", context)
	return jsonout.Member(out, "@type", kind)
}

// element appends what stands before element n of the list that key has; endList
// appends the end of a list of n.
func element(out []byte, key string, n int) []byte {
	if n > 0 {
		return append(out, ',')
	}
	return append(jsonout.Key(out, key), '[')
}

func endList(out []byte, n int) []byte {
	if n > 0 {
		return append(out, ']')
	}
	return out
}

// texts appends a list of strings, nothing where there are none.
func texts(out []byte, key string, list []string) []byte {
	for i, t := range list {
		out = jsonout.String(element(out, key, i), t)
	}
	return endList(out, len(list))
}

// about appends the entity as the page of b refers to it.
func about(out []byte, s *site.Site, b *site.Briefing, e *site.Entity) []byte {
	out = begin(out, "", schemaType(e.Kind))
	out = jsonout.Optional(out, "name", e.Name)
	if base(s) != "" {
		out = jsonout.Member(out, "url", href(s, e.Path))
	} else {
		out = jsonout.Member(out, "url", escapePath(site.Relative(b.Path, e.Path)))
	}
	return append(texts(out, "sameAs", e.SameAs), '}')
}

func schemaType(kind dialect.Class) string {
	switch kind {
	case dialect.Person:
		return "Person"
	case dialect.Organization:
		return "Organization"
	case dialect.Place:
		return "Place"
	}
	return "Event"
}

// Entity returns the schema.org metadata of the page of an entity that has such roles.
func Entity(s *site.Site, e *site.Entity, roles []site.RoleWording) []byte {
	out := begin(nil, schema, schemaType(e.Kind))
	out = jsonout.Optional(out, "name", e.Name)
	if base(s) != "" {
		out = jsonout.Member(out, "url", href(s, e.Path))
	}
	out = texts(out, "sameAs", e.SameAs)
	if e.Kind == dialect.Person {
		var titles []string
		seen := map[string]bool{}
		for _, r := range roles {
			if !seen[r.Text] {
				seen[r.Text] = true
				titles = append(titles, r.Text)
			}
		}
		out = texts(out, "jobTitle", titles)
	}
	return append(out, "}\n"...)
}
