package render

import (
	"readout/internal/site"
)

// A SearchBox is the search form of a page.
type SearchBox struct {
	Index string // path of the page that stands in its place without scripts
}

// A SearchPage has the search form and, without scripts, the lists by letter
// and topic.
type SearchPage struct {
	Page
	Search SearchBox
	Topics []Anchor
}

func (r *Renderer) searchBox(p *Page) SearchBox {
	p.Scripts = append(p.Scripts, p.Root+r.assets.search)
	return SearchBox{site.Relative(p.Path, site.SearchPath)}
}

func (r *Renderer) searchPage() *SearchPage {
	v := &SearchPage{Page: r.page(site.SearchPath, "Search", "Find a word, a name or a passage in all briefings.")}
	v.Search = r.searchBox(&v.Page)
	for _, a := range r.footNav {
		if a.Href != site.SearchPath {
			v.Topics = append(v.Topics, Anchor{site.Relative(v.Path, a.Href), a.Text})
		}
	}
	return v
}
