package export

import (
	"readout/internal/dialect"
	"readout/internal/site"
)

type thing struct {
	Context     string   `json:"@context,omitempty"`
	Type        string   `json:"@type"`
	Name        string   `json:"name,omitempty"`
	Headline    string   `json:"headline,omitempty"`
	Alternative string   `json:"alternativeHeadline,omitempty"`
	URL         string   `json:"url,omitempty"`
	SameAs      []string `json:"sameAs,omitempty"`
	Author      []thing  `json:"author,omitempty"`
	Publisher   *thing   `json:"publisher,omitempty"`
	Published   string   `json:"datePublished,omitempty"`
	Language    string   `json:"inLanguage,omitempty"`
	WordCount   int      `json:"wordCount,omitempty"`
	Page        string   `json:"mainEntityOfPage,omitempty"`
	Text        string   `json:"text,omitempty"`
	Creator     *thing   `json:"creator,omitempty"`
	JobTitle    []string `json:"jobTitle,omitempty"`
	Mentions    []thing  `json:"mentions,omitempty"`
	Parts       []thing  `json:"hasPart,omitempty"`
}

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
	t := thing{
		Context: "https://schema.org", Type: "NewsArticle", Alternative: o.Dek,
		Published: h.Date.Value, Language: h.Language, WordCount: h.Words, Page: href(s, b.Path),
	}
	if base(s) == "" {
		t.Page = escapePath(site.Relative(b.Path, b.Path))
	}
	if h.TitleDerived {
		t.Name = h.Title
	} else {
		t.Headline = h.Title
	}
	if isWeb(o.URL) {
		t.URL = o.URL
	}
	for _, a := range o.Byline {
		t.Author = append(t.Author, thing{Type: "Person", Name: a})
	}
	if h.Publisher != "" {
		t.Publisher = &thing{Type: "Organization", Name: h.Publisher}
	}
	kinds := map[dialect.Class]int{}
	for _, a := range b.Named() {
		if kinds[a.Entity.Kind]++; kinds[a.Entity.Kind] <= maxMentions {
			t.Mentions = append(t.Mentions, about(s, b, a.Entity))
		}
	}
	for _, q := range b.Details().Quotations {
		if q.Form == "scare" || len(t.Parts) == maxParts {
			continue
		}
		part := thing{Type: "Quotation", Text: q.Passage.Text, URL: escapePath("#" + q.Passage.ID)}
		if base(s) != "" {
			part.URL = href(s, b.Path+"#"+q.Passage.ID)
		}
		if q.Speaker != nil && q.Speaker.Entity != nil {
			e := about(s, b, q.Speaker.Entity)
			part.Creator = &e
		}
		t.Parts = append(t.Parts, part)
	}
	return marshal(t)
}

// about returns the entity as the page of b refers to it.
func about(s *site.Site, b *site.Briefing, e *site.Entity) thing {
	t := thing{Type: schemaType(e.Kind), Name: e.Name, SameAs: e.SameAs}
	if base(s) != "" {
		t.URL = href(s, e.Path)
	} else {
		t.URL = escapePath(site.Relative(b.Path, e.Path))
	}
	return t
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

// Entity returns the schema.org metadata of an entity's page.
func Entity(s *site.Site, e *site.Entity) []byte {
	t := thing{Context: "https://schema.org", Type: schemaType(e.Kind), Name: e.Name, SameAs: e.SameAs}
	if base(s) != "" {
		t.URL = href(s, e.Path)
	}
	if e.Kind == dialect.Person {
		seen := map[string]bool{}
		for _, r := range e.Roles() {
			if !seen[r.Text] {
				seen[r.Text] = true
				t.JobTitle = append(t.JobTitle, r.Text)
			}
		}
	}
	return marshal(t)
}
