package render

import (
	"encoding/json"
	"strings"

	"readout/internal/dialect"
	"readout/internal/export"
	"readout/internal/label"
	"readout/internal/site"
)

// A Page is what every page of the site has. The structs of the page types
// embed it; the template "layout" reads it.
type Page struct {
	Path        string // of the page in the output
	Root        string // leads from the page to the top of the output: "" or "../"
	Title       string // of the document; differs from page to page
	Heading     string // the page's h1
	Description string
	Class       string // of the main element
	SiteTitle   string
	Lang, Dir   string // of the page's own words
	OGType      string // Open Graph's type: "website" or "article"
	Canonical   string // absolute URL; "" where the site has no base URL
	Refresh     string // the page that this one leads to at once; "" for none
	ShareImage  string // absolute URL; "" for none
	Home, About string
	Icon        string
	Styles      []string
	Scripts     []string
	Alternates  []Alternate
	Nav         []NavItem
	FootNav     []Anchor
	Footer      string
	Contact     *Anchor // where a reader reports a mistake; nil when not configured
	// Data is the page's schema.org description as JSON; nil for none.
	Data json.RawMessage
}

// An Anchor is the text and the target of a link.
type Anchor struct {
	Href, Text string
}

// A NavItem is one link of the navigation at the top.
type NavItem struct {
	Href, Text string
	Current    bool
	Minor      bool // left out where room is short; the foot of the page has it
}

// An Alternate is another form of the page, such as a feed.
type Alternate struct {
	Href, Type, Title string
}

// page returns the parts of the page at path that all pages share.
func (r *Renderer) page(path, heading, description string) Page {
	s := r.site
	p := Page{
		Path:        path,
		Root:        strings.Repeat("../", strings.Count(path, "/")),
		Heading:     heading,
		Title:       r.l.Say("title", "page", heading, "site", s.Config.Title),
		Description: oneLine(description, 200),
		SiteTitle:   s.Config.Title,
		Lang:        s.Config.Language,
		Dir:         label.Direction(s.Config.Language),
		OGType:      "website",
		Home:        site.Relative(path, site.HomePath),
		About:       site.Relative(path, site.AboutPath),
	}
	if p.Description == "" {
		p.Description = p.Title
	}
	p.Canonical = export.PageURL(s, path)
	p.Icon = p.Root + r.assets.icon
	p.Styles = []string{p.Root + r.assets.style}
	p.Scripts = []string{p.Root + r.assets.script}
	p.Alternates = []Alternate{
		{p.Root + site.AtomPath, "application/atom+xml", s.Config.Title},
		{p.Root + site.JSONFeedPath, "application/feed+json", s.Config.Title},
	}
	for _, n := range r.nav {
		n.Current = n.Href == path
		n.Href = site.Relative(path, n.Href)
		p.Nav = append(p.Nav, n)
	}
	p.Nav = append(p.Nav, NavItem{Href: "#site", Text: r.l.Text("nav.more")})
	for _, n := range r.footNav {
		p.FootNav = append(p.FootNav, Anchor{site.Relative(path, n.Href), n.Text})
	}
	if c := s.Config.Contact; c != "" {
		p.Contact = contact(c)
	}
	return p
}

// contact makes a link of a configured address: a URL, or an e-mail address.
func contact(c string) *Anchor {
	switch {
	case strings.HasPrefix(c, "https://"), strings.HasPrefix(c, "http://"), strings.HasPrefix(c, "mailto:"):
		return &Anchor{c, strings.TrimPrefix(c, "mailto:")}
	case strings.Contains(c, "@") && !strings.ContainsAny(c, " <>\""):
		return &Anchor{"mailto:" + c, c}
	}
	return &Anchor{"", c}
}

// navigation fills in the links that all pages carry, leaving out those that
// lead to nothing.
func (r *Renderer) navigation() {
	s := r.site
	add := func(n int, path, key string, top, minor bool) {
		text := r.l.Text(key)
		if n == 0 {
			return
		}
		if top {
			r.nav = append(r.nav, NavItem{Href: path, Text: text, Minor: minor})
		}
		r.footNav = append(r.footNav, Anchor{path, text})
	}
	add(1, site.HomePath, "nav.home", false, false)
	add(1, site.BriefingsPath, "nav.briefings", true, true)
	add(s.Totals.Stories, site.StoriesPath, "nav.stories", true, true)
	add(s.Totals.People, site.PeoplePath, "kinds.person", true, true)
	add(s.Totals.Organizations, site.OrganizationsPath, "kinds.organization", false, true)
	add(s.Totals.Places, site.PlacesPath, "kinds.place", true, true)
	add(s.Totals.Events, site.EventsPath, "kinds.event", false, true)
	add(s.Totals.Quotations, site.QuotationsPath, "nav.quotations", true, true)
	add(1, site.TimelinePath, "nav.timeline", true, true)
	add(1, site.SourcingPath, "nav.sourcing", false, true)
	add(s.Totals.Glossary, site.GlossaryPath, "nav.glossary", false, true)
	add(1, site.SearchPath, "nav.search", true, false)
	if r.hasEdition() {
		add(1, site.EditionPath, "nav.edition", false, true)
	}
	add(1, site.AboutPath, "nav.about", false, true)
	for _, p := range s.Pages {
		r.footNav = append(r.footNav, Anchor{p.Path, p.Title})
	}
}

// oneLine returns s with its white space collapsed and cut at a word, with an
// ellipsis, where it is longer than limit runes.
func oneLine(s string, limit int) string {
	s = oneSpace(s)
	end, n := 0, 0
	for i := range s {
		if n == limit-1 {
			end = i
		}
		if n++; n > limit {
			break
		}
	}
	if n <= limit {
		return s
	}
	cut := s[:end]
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–—-") + "…"
}

// kinds names the list of a kind of entity.
func (r *Renderer) kinds(kind dialect.Class) string { return r.l.Text("kinds." + string(kind)) }
