package site

import (
	"strings"

	"readout/internal/dialect"
)

// The paths of the pages and files of which a site has one. All paths in this
// package are slash-separated and relative to the output folder. Pages of which
// there are many stand in the folders "briefings", "stories", "people",
// "organizations", "places" and "events", as <slug>.html. No page is known by
// its folder alone, so that the same links work from a disk.
const (
	HomePath          = "index.html"
	BriefingsPath     = "briefings.html"
	StoriesPath       = "stories.html"
	PeoplePath        = "people.html"
	OrganizationsPath = "organizations.html"
	PlacesPath        = "places.html"
	EventsPath        = "events.html"
	QuotationsPath    = "quotations.html"
	TimelinePath      = "timeline.html"
	GlossaryPath      = "glossary.html"
	SourcingPath      = "sourcing.html"
	SearchPath        = "search.html"
	AboutPath         = "about.html"
	NotFoundPath      = "404.html"
	StartPath         = "START-HERE.html"
	EditionPath       = "edition.html"
	AtomPath          = "feed.atom"
	JSONFeedPath      = "feed.json"
	SitemapPath       = "sitemap.xml"
	RobotsPath        = "robots.txt"
)

// Folder returns the folder of the pages of entities of a kind, which is also
// the name of their list: "people", "organizations", "places" or "events".
func Folder(kind dialect.Class) string {
	if kind == dialect.Person {
		return "people"
	}
	return string(kind) + "s"
}

// ListPage returns the path of the page of that number of a list whose first page
// is at path: "people-2.html" of "people.html".
func ListPage(path string, n int) string {
	return strings.TrimSuffix(path, ".html") + "-" + itoa(n) + ".html"
}

// UndatedPage is ListPage for those of what has no date: "start-undated-1.html".
func UndatedPage(path string, n int) string {
	return ListPage(strings.TrimSuffix(path, ".html")+undatedSuffix, n)
}

const undatedSuffix = "-undated"

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// A Link leads to a place on the site.
type Link struct {
	Path string // of the page
	ID   string // of the element; "" for the page itself
}

// From returns the link as a relative URL reference for a page at the path
// from: "../people/x.html#p3", or "#p3" within the page itself.
func (l Link) From(from string) string {
	fragment := ""
	if l.ID != "" {
		fragment = "#" + l.ID
	}
	if l.Path == from && fragment != "" {
		return fragment
	}
	return Relative(from, l.Path) + fragment
}

// Relative returns the relative URL path that leads from the page at from to
// the file at to. Both are slash-separated paths without "." and "..".
func Relative(from, to string) string {
	same := 0 // the length of the folders that the two have in common
	for i := 0; i < min(len(from), len(to)) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			same = i + 1
		}
	}
	switch up := strings.Count(from[same:], "/"); up {
	case 0:
		return to[same:]
	case 1:
		return "../" + to[same:]
	default:
		return strings.Repeat("../", up) + to[same:]
	}
}
