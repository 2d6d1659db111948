package render

// A StartPage is what somebody who is handed the folder of a site opens first:
// it says what this is, leads to the first page, and lists the articles that
// the site was made from with their digests.
type StartPage struct {
	Page
	Lede    string // on the first page
	Sources []SourceFile
	Pager   PagerView
}

// A SourceFile is the article of one briefing.
type SourceFile struct {
	Titled              // the briefing
	Path, SHA256 string // of the article; "" when the briefing does not say
	URL          string // where it was published; "" when not known
}

func (r *Renderer) startPage(p paging, n int) *StartPage {
	v := &StartPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("start.title"), r.l.Text("start.description"), n)
	if n == 1 {
		v.Lede = r.l.Count("start.briefings", r.site.Totals.Briefings)
	}
	for _, b := range itemsOf(p, r.site.Briefings, n) {
		o := b.Header.Origin()
		v.Sources = append(v.Sources, SourceFile{
			Titled: r.titled(v.Path, b), Path: o.Seed, SHA256: o.SHA256, URL: webURL(o.URL),
		})
	}
	return v
}
