package render

import (
	"readout/internal/dialect"
	"readout/internal/site"
)

// The types below are schema.org descriptions, written as JSON-LD into a page.

// A NewsArticle describes a briefing's page.
type NewsArticle struct {
	Context   string      `json:"@context"`
	Type      string      `json:"@type"`
	Headline  string      `json:"headline"`
	Abstract  string      `json:"abstract,omitempty"`
	Language  string      `json:"inLanguage,omitempty"`
	URL       string      `json:"url,omitempty"`
	BasedOn   *Work       `json:"isBasedOn,omitempty"`
	Mentions  []Thing     `json:"mentions,omitempty"`
	Citations []Quotation `json:"hasPart,omitempty"`
}

// A Work is the article a briefing was made from.
type Work struct {
	Type      string  `json:"@type"`
	Headline  string  `json:"headline"`
	URL       string  `json:"url,omitempty"`
	Published string  `json:"datePublished,omitempty"`
	Publisher *Thing  `json:"publisher,omitempty"`
	Authors   []Thing `json:"author,omitempty"`
}

// A Quotation is words somebody said.
type Quotation struct {
	Type   string `json:"@type"`
	Text   string `json:"text"`
	Spoken *Thing `json:"spokenByCharacter,omitempty"`
}

// A WebSite describes the home page.
type WebSite struct {
	Context     string `json:"@context"`
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Language    string `json:"inLanguage,omitempty"`
	URL         string `json:"url,omitempty"`
}

func (r *Renderer) webSite() *WebSite {
	c := r.site.Config
	return &WebSite{"https://schema.org", "WebSite", c.Title, c.Description, c.Language, r.base}
}

// newsArticle describes a briefing. Long lists are cut: the annotations beside
// the page have them whole.
func (r *Renderer) newsArticle(b *site.Briefing, v *BriefingPage) *NewsArticle {
	h := b.Header
	w := &Work{Type: "NewsArticle", Headline: h.Title, URL: webURL(h.URL), Published: h.Date.Value}
	if h.Publisher != "" {
		w.Publisher = &Thing{Type: "Organization", Name: h.Publisher}
	}
	for _, by := range h.Byline {
		w.Authors = append(w.Authors, Thing{Type: "Person", Name: by})
	}
	a := &NewsArticle{Context: "https://schema.org", Type: "Report", Headline: h.Title, Language: h.Language, URL: v.Canonical, BasedOn: w}
	if len(b.KeyPoints) > 0 {
		a.Abstract = b.KeyPoints[0].Text
	}
	for _, p := range b.AppearancesOf(dialect.Person) {
		if len(a.Mentions) == 12 {
			break
		}
		a.Mentions = append(a.Mentions, Thing{Type: "Person", Name: p.Entity.Name})
	}
	for _, q := range b.Quotations {
		if q.Form != "direct" || len(a.Citations) == 6 {
			continue
		}
		part := Quotation{Type: "Quotation", Text: q.Passage.Text}
		if q.Speaker != nil && q.Speaker.Entity != nil {
			e := q.Speaker.Entity
			part.Spoken = &Thing{Type: schemaType(e.Kind), Name: e.Name}
		}
		a.Citations = append(a.Citations, part)
	}
	return a
}
