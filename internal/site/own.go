package site

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
)

// An OwnPage is a page of the editor's own, at the top of the site.
type OwnPage struct {
	Path  string
	Title string
	Text  string // CommonMark
	File  string // of the content
	Line  int    // of Text in it
}

// lists are the pages at the top of a site that go on as "people-2.html".
var lists = []string{
	BriefingsPath, StoriesPath, PeoplePath, OrganizationsPath, PlacesPath, EventsPath,
	QuotationsPath, TimelinePath, GlossaryPath, SourcingPath, StartPath,
}

// reserved reports whether the site may have a page of its own at path, in this
// build or another, or one that differs in case only.
func reserved(path string) bool {
	path = strings.ToLower(path)
	if slices.Contains([]string{HomePath, SearchPath, AboutPath, NotFoundPath, EditionPath}, path) {
		return true
	}
	stem := strings.TrimSuffix(path, ".html")
	if i := strings.LastIndexByte(stem, '-'); i > 0 && strings.Trim(stem[i+1:], "0123456789") == "" {
		stem = strings.TrimSuffix(stem[:i], undatedSuffix)
	}
	return slices.ContainsFunc(lists, func(list string) bool {
		list = strings.ToLower(list)
		return path == list || stem+".html" == list
	})
}

// ownPages takes the editor's pages, but for those whose place the site needs.
func ownPages(pages []*content.Page, diags *diag.List) []*OwnPage {
	pages = slices.Clone(pages)
	slices.SortFunc(pages, func(a, b *content.Page) int { return strings.Compare(a.Path, b.Path) })
	var own []*OwnPage
	for _, p := range pages {
		path := p.Slug + ".html"
		if reserved(path) {
			diags.Add(diag.Diagnostic{
				File: p.Path, ID: "page-taken",
				Message: fmt.Sprintf("%s is a page that readout makes", path),
				Hint:    "give the file another name",
			})
			continue
		}
		own = append(own, &OwnPage{Path: path, Title: p.Title, Text: p.Source, File: p.Path, Line: p.Line})
	}
	return own
}
