package render

import "readout/internal/site"

// A StartPage is what somebody who is handed the folder of a site opens first:
// it says what this is, leads to the first page, and lists the articles that
// the site was made from with their digests.
type StartPage struct {
	Page
	Lede    string
	Sources []SourceFile
	Pager   PagerView
}

// A SourceFile is the article of one briefing.
type SourceFile struct {
	Titled              // the briefing
	Path, SHA256 string // of the article; "" when the briefing does not say
	URL          string // where it was published; "" when not known
}

func (r *Renderer) startPage(n, of int) *StartPage {
	v := &StartPage{}
	v.Page, v.Pager = r.listPage(site.StartPath, r.l.Text("start.title"), r.l.Text("start.description"), n, of)
	v.Lede = r.l.Count("start.briefings", r.site.Totals.Briefings)
	for _, b := range part(r.site.Briefings, n, sourcesAPage) {
		h := b.Header
		v.Sources = append(v.Sources, SourceFile{
			Titled: r.titled(v.Path, b), Path: h.Seed, SHA256: h.SHA256, URL: webURL(h.URL),
		})
	}
	return v
}
