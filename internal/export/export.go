// Package export writes a site.Site in the formats other programs read: Atom
// and JSON feeds, a sitemap, robots.txt, W3C Web Annotations and schema.org
// metadata. Package render puts them beside the pages.
//
// All of them follow from the content alone. What is not known is left out, and
// where a format demands it all the same, the function's comment says what
// stands there.
package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"

	"readout/internal/site"
)

// maxEntries bounds a feed to the newest briefings.
const maxEntries = 50

// noDate stands in an Atom feed where the format demands a time and none is
// known: the beginning of Unix time, which no reader takes for news.
const noDate = "1970-01-01T00:00:00Z"

// instant returns d as RFC 3339: a day without a time begins at midnight UTC.
func instant(d site.Date) string {
	switch v := d.Value; {
	case v == "":
		return noDate
	case len(v) == len("2006"):
		return v + "-01-01T00:00:00Z"
	case len(v) == len("2006-01"):
		return v + "-01T00:00:00Z"
	case len(v) == len("2006-01-02"):
		return v + "T00:00:00Z"
	case len(v) == len("2006-01-02T15:04"):
		return v + ":00Z"
	case len(v) == len("2006-01-02T15:04:05"):
		return v + "Z"
	default:
		return v
	}
}

// base returns the site's address with a slash at its end, or "".
func base(s *site.Site) string {
	if s.Config.BaseURL == "" {
		return ""
	}
	return strings.TrimRight(s.Config.BaseURL, "/") + "/"
}

// href returns the URL reference of the file at path: absolute where the site's
// address is known, else relative to the output folder.
func href(s *site.Site, path string) string { return base(s) + escapePath(path) }

// PageURL returns the one address of the page at path: that of the folder for
// the first page. It is "" where the site's address is not known.
func PageURL(s *site.Site, path string) string {
	switch {
	case base(s) == "":
		return ""
	case path == site.HomePath:
		return base(s)
	}
	return href(s, path)
}

// escapePath percent-encodes what a URL's path may not hold.
func escapePath(path string) string {
	i := 0
	for i < len(path) && plainInPath(path[i]) {
		i++
	}
	if i == len(path) {
		return path
	}
	var b strings.Builder
	for i := range len(path) {
		switch c := path[i]; {
		case plainInPath(c):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func plainInPath(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/#", c) >= 0
}

// urn returns an identifier made of what it names: a UUID of version 8 (RFC
// 9562) with the first bits of a SHA-256.
func urn(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	h[6] = h[6]&0x0f | 0x80
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// id identifies a briefing: its address, or where the site has none, a name
// made of its slug and its article's digest.
func id(s *site.Site, b *site.Briefing) string {
	if base(s) != "" {
		return href(s, b.Path)
	}
	return urn("briefing", b.Slug, b.Header.Origin().SHA256)
}

// summary is what a feed says of a briefing: its key points, else its dek, and
// that its date is not known where it is not.
func summary(s *site.Site, b *site.Briefing) string {
	var lines []string
	if !b.Header.Date.Known() {
		lines = append(lines, s.Labels.Text("feed.undated"))
	}
	for _, k := range b.Details().KeyPoints {
		lines = append(lines, k.Text)
	}
	if dek := b.Header.Origin().Dek; len(b.Details().KeyPoints) == 0 && dek != "" {
		lines = append(lines, dek)
	}
	return clean(strings.Join(lines, "\n"))
}

// clean takes out the characters that XML 1.0 cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r < 0xFFFE || r > 0xFFFF:
			return r
		}
		return -1
	}, s)
}

// Newest returns the briefings that the feeds have.
func Newest(s *site.Site) []*site.Briefing {
	return s.Briefings[:min(len(s.Briefings), maxEntries)]
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   atomName    `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Links      []atomLink     `xml:"link"`
	Authors    []atomName     `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// Atom returns the feed of the newest briefings (RFC 4287). An entry's time is
// the article's date. One without a date, which the format cannot do without,
// has the beginning of Unix time, no publication time, the category
// "date-unknown", and says so in its summary. Links are relative where the site
// has no base URL.
func Atom(s *site.Site) []byte {
	f := atomFeed{
		Lang: s.Config.Language, Title: clean(s.Config.Title), Subtitle: clean(s.Config.Description),
		ID: urn("feed", s.Config.Title), Updated: noDate, Author: atomName{clean(s.Config.Title)},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: href(s, site.AtomPath)},
			{Rel: "alternate", Type: "text/html", Href: href(s, site.HomePath)},
		},
	}
	if b := base(s); b != "" {
		f.ID = b
	}
	for _, b := range Newest(s) {
		origin := b.Header.Origin()
		e := atomEntry{
			ID: id(s, b), Title: clean(b.Header.Title), Updated: instant(b.Header.Date), Summary: summary(s, b),
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: href(s, b.Path)}},
		}
		if isWeb(origin.URL) {
			e.Links = append(e.Links, atomLink{Rel: "via", Href: clean(origin.URL)})
		}
		if b.Header.Date.Known() {
			e.Published = e.Updated
		} else {
			e.Categories = []atomCategory{{"date-unknown"}}
		}
		for _, a := range origin.Byline {
			e.Authors = append(e.Authors, atomName{clean(a)})
		}
		if len(e.Authors) == 0 && b.Header.Publisher != "" {
			e.Authors = []atomName{{clean(b.Header.Publisher)}}
		}
		f.Updated = max(f.Updated, e.Updated)
		f.Entries = append(f.Entries, e)
	}
	out, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		panic(err) // the types above always marshal
	}
	return append(append([]byte(xml.Header), out...), '\n')
}

func isWeb(u string) bool {
	return strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://")
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Description string     `json:"description,omitempty"`
	HomePageURL string     `json:"home_page_url,omitempty"`
	FeedURL     string     `json:"feed_url,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID          string     `json:"id"`
	URL         string     `json:"url,omitempty"`
	ExternalURL string     `json:"external_url,omitempty"`
	Title       string     `json:"title"`
	ContentText string     `json:"content_text"`
	Published   string     `json:"date_published,omitempty"`
	Language    string     `json:"language,omitempty"`
	Authors     []jsonName `json:"authors,omitempty"`
	Tags        []string   `json:"tags,omitempty"`
	Readout     jsonExtra  `json:"_readout"`
}

type jsonName struct {
	Name string `json:"name"`
}

type jsonExtra struct {
	Path      string `json:"path"` // of the page, relative to the feed
	DateBasis string `json:"date_basis"`
}

// JSONFeed returns the feed of the newest briefings (JSON Feed 1.1). A briefing
// without a date has none here. URLs, which the format wants absolute, are left
// out where the site has no base URL; "_readout" has the relative path.
func JSONFeed(s *site.Site) []byte {
	f := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: s.Config.Title, Description: s.Config.Description,
		Language: s.Config.Language, Items: []jsonItem{},
	}
	if b := base(s); b != "" {
		f.HomePageURL, f.FeedURL = b, href(s, site.JSONFeedPath)
	}
	for _, b := range Newest(s) {
		origin := b.Header.Origin()
		it := jsonItem{
			ID: id(s, b), Title: b.Header.Title, ContentText: summary(s, b), Language: b.Header.Language,
			Readout: jsonExtra{Path: b.Path, DateBasis: b.Header.Date.Basis},
		}
		if it.Readout.DateBasis == "" {
			it.Readout.DateBasis = "unknown"
		}
		if base(s) != "" {
			it.URL = href(s, b.Path)
		}
		if isWeb(origin.URL) {
			it.ExternalURL = origin.URL
		}
		if b.Header.Date.Known() {
			it.Published = instant(b.Header.Date)
		}
		for _, a := range origin.Byline {
			it.Authors = append(it.Authors, jsonName{a})
		}
		for _, a := range b.Named() {
			if len(it.Tags) < 12 {
				it.Tags = append(it.Tags, a.Entity.Name)
			}
		}
		f.Items = append(f.Items, it)
	}
	return marshal(f)
}

// marshal writes v as JSON that may stand in a script element.
func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b) // escapes <, > and &
	if err := e.Encode(v); err != nil {
		panic(err) // the types of this package always marshal
	}
	return b.Bytes()
}
