package cli

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	netmail "net/mail"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// An element is one of a feed in XML.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (e element) all(name string) (out []element) {
	for _, c := range e.Children {
		if c.XMLName.Space == e.XMLName.Space && c.XMLName.Local == name {
			out = append(out, c)
		}
	}
	return out
}

func (e element) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Space == "" && a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// atomFaults are the rules of RFC 4287 that a feed breaks. Addresses may be
// relative where the site does not know its own.
func atomFaults(data []byte, relative bool) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	var feed element
	if err := xml.Unmarshal(data, &feed); err != nil {
		return []string{err.Error()}
	}
	if feed.XMLName != (xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}) {
		wrong("the root is %v", feed.XMLName)
	}
	iri := func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.IsAbs() && !strings.ContainsAny(s, " \t\n<>\"")
	}
	known := map[string][]string{
		"feed":  {"author", "category", "contributor", "entry", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated"},
		"entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"},
	}
	check := func(e element) {
		kind := e.XMLName.Local
		for _, c := range e.Children {
			if c.XMLName.Space == e.XMLName.Space && !slices.Contains(known[kind], c.XMLName.Local) {
				wrong("a %s has no %s", kind, c.XMLName.Local)
			}
		}
		for _, one := range []string{"id", "title", "updated"} { // 4.1.1, 4.1.2
			if n := len(e.all(one)); n != 1 {
				wrong("a %s with %d of %s", kind, n, one)
			}
		}
		for _, most := range []string{"generator", "icon", "logo", "rights", "subtitle", "published", "content", "source", "summary"} {
			if n := len(e.all(most)); n > 1 {
				wrong("a %s with %d of %s", kind, n, most)
			}
		}
		for _, id := range e.all("id") { // 4.2.6
			if !iri(id.Text) {
				wrong("the id %q is no IRI", id.Text)
			}
		}
		for _, date := range append(e.all("updated"), e.all("published")...) { // 3.3
			if _, err := time.Parse(time.RFC3339, date.Text); err != nil {
				wrong("%s is %q", date.XMLName.Local, date.Text)
			}
		}
		for _, text := range slices.Concat(e.all("title"), e.all("subtitle"), e.all("summary"), e.all("rights")) { // 3.1
			switch text.attr("type") {
			case "", "text":
				if len(text.Children) > 0 {
					wrong("%s is text and has elements", text.XMLName.Local)
				}
			case "html", "xhtml":
			default:
				wrong("%s is of type %q", text.XMLName.Local, text.attr("type"))
			}
		}
		for _, who := range slices.Concat(e.all("author"), e.all("contributor")) { // 3.2
			if names := who.all("name"); len(names) != 1 || strings.TrimSpace(names[0].Text) == "" {
				wrong("an author without a name")
			}
			for _, address := range who.all("email") {
				if _, err := netmail.ParseAddress(address.Text); err != nil {
					wrong("an author's email is %q", address.Text)
				}
			}
		}
		for _, c := range e.all("category") { // 4.2.2
			if c.attr("term") == "" {
				wrong("a category without a term")
			}
		}
		alternates := map[string]bool{}
		for _, l := range e.all("link") { // 4.2.7
			href := l.attr("href")
			if _, err := url.Parse(href); href == "" || err != nil || !relative && !iri(href) {
				wrong("a link to %q", href)
			}
			if rel := l.attr("rel"); rel == "" || rel == "alternate" {
				key := l.attr("type") + " " + l.attr("hreflang")
				if alternates[key] {
					wrong("a %s with two alternate links of one type", kind)
				}
				alternates[key] = true
			}
			if t := l.attr("type"); t != "" && (strings.Count(t, "/") != 1 || strings.ContainsAny(t, " ;")) {
				wrong("a link of type %q", t)
			}
		}
		if kind == "entry" {
			if len(e.all("content")) == 0 && len(alternates) == 0 {
				wrong("an entry with neither content nor an alternate link")
			}
			if len(e.all("author")) == 0 && len(feed.all("author")) == 0 {
				wrong("an entry without an author, in a feed without one")
			}
		}
	}
	check(feed)
	ids := map[string]bool{}
	for _, e := range feed.all("entry") {
		check(e)
		for _, id := range e.all("id") {
			if ids[id.Text] {
				wrong("two entries with the id %s", id.Text)
			}
			ids[id.Text] = true
		}
	}
	self := false
	for _, l := range feed.all("link") {
		self = self || l.attr("rel") == "self"
	}
	if !self {
		wrong("a feed that does not say where it is")
	}
	if len(feed.all("entry")) == 0 {
		wrong("a feed without entries")
	}
	return faults
}

// jsonFeedFaults are the rules of JSON Feed 1.1 that a feed breaks.
func jsonFeedFaults(data []byte, relative bool) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	var feed map[string]any
	if err := json.Unmarshal(data, &feed); err != nil {
		return []string{err.Error()}
	}
	known := func(what string, m map[string]any, keys string) {
		for k := range m {
			if !strings.HasPrefix(k, "_") && !slices.Contains(strings.Fields(keys), k) {
				wrong("%s has no %q", what, k)
			}
		}
	}
	text := func(m map[string]any, key string, must bool) string {
		v, there := m[key]
		s, ok := v.(string)
		if there && !ok || must && s == "" {
			wrong("%s is %v", key, v)
		}
		return s
	}
	address := func(m map[string]any, key string) {
		if s := text(m, key, false); s != "" {
			if u, err := url.Parse(s); err != nil || !relative && !u.IsAbs() {
				wrong("%s is %q", key, s)
			}
		}
	}
	known("a feed", feed, "version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs items")
	if v := text(feed, "version", true); v != "https://jsonfeed.org/version/1.1" {
		wrong("version %q", v)
	}
	text(feed, "title", true)
	address(feed, "home_page_url")
	address(feed, "feed_url")
	items, ok := feed["items"].([]any)
	if !ok || len(items) == 0 {
		wrong("no items")
	}
	ids := map[string]bool{}
	for _, x := range items {
		item, ok := x.(map[string]any)
		if !ok {
			wrong("an item is %v", x)
			continue
		}
		known("an item", item, "id url external_url title content_html content_text summary image banner_image date_published date_modified authors tags language attachments")
		id := text(item, "id", true)
		if ids[id] {
			wrong("two items with the id %q", id)
		}
		ids[id] = true
		if text(item, "content_text", false) == "" && text(item, "content_html", false) == "" {
			wrong("an item without content: %s", id)
		}
		address(item, "url")
		address(item, "external_url")
		for _, key := range []string{"date_published", "date_modified"} {
			if s := text(item, key, false); s != "" {
				if _, err := time.Parse(time.RFC3339, s); err != nil {
					wrong("%s is %q", key, s)
				}
			}
		}
		authors, _ := item["authors"].([]any)
		for _, a := range authors {
			if m, ok := a.(map[string]any); !ok || m["name"] == nil && m["url"] == nil && m["avatar"] == nil {
				wrong("an author is %v", a)
			}
		}
		tags, _ := item["tags"].([]any)
		for _, tag := range tags {
			if s, ok := tag.(string); !ok || s == "" {
				wrong("a tag is %v", tag)
			}
		}
	}
	return faults
}

// TestFeedsKeepTheRules holds the feeds and the sitemap of the repository's own
// site and of hostile articles to what their formats ask for, with an address of
// the site and without one.
func TestFeedsKeepTheRules(t *testing.T) {
	hostile, _ := hostileSite(t)
	for name, dir := range map[string]string{"own": seedsSite(t), "hostile": hostile} {
		for _, base := range []string{"", "https://desk.example/a%20b/"} {
			args := []string{"build", "-q", "-C", dir}
			if base != "" {
				args = append(args, "--base-url", base)
			}
			if status, out := run(args...); status == exitUsage || strings.Contains(out, "panic") {
				t.Fatalf("status %d\n%s", status, out)
			}
			entries := 0
			for file, data := range files(t, dir, "public") {
				if !utf8.ValidString(data) && !strings.HasSuffix(file, ".png") && !strings.HasSuffix(file, ".ico") {
					t.Errorf("%s: %s is not UTF-8", name, file)
				}
				var faults []string
				switch path.Base(file) {
				case "feed.atom":
					faults = atomFaults([]byte(data), base == "")
					entries = strings.Count(data, "<entry>")
				case "feed.json":
					faults = jsonFeedFaults([]byte(data), base == "")
				default:
					continue
				}
				for _, f := range faults {
					t.Errorf("%s, address %q: %s: %s", name, base, file, f)
				}
			}
			if entries == 0 {
				t.Errorf("%s, address %q: no feed was read", name, base)
			}
		}
	}
}

// The rules find what is wrong.
func TestFeedFaults(t *testing.T) {
	const entry = `<entry><id>urn:a</id><title>T</title><updated>2024-05-03T00:00:00Z</updated><link rel="alternate" href="https://a.example/"/></entry>`
	feed := func(inner string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>F</title><updated>2024-05-03T00:00:00Z</updated><author><name>A</name></author><link rel="self" href="https://a.example/feed"/>` + inner + `</feed>`
	}
	if f := atomFaults([]byte(feed(entry)), false); len(f) > 0 {
		t.Errorf("a good feed: %q", f)
	}
	for from, to := range map[string]string{
		"<id>urn:a</id>":       "",
		"urn:a":                "no iri",
		"<title>T</title>":     "<title>T</title><title>T</title>",
		"2024-05-03T00:00:00Z": "3 May 2024",
		"<author>":             "<author><name>B</name>",
		`rel="alternate"`:      `rel="related"`,
		"</entry>":             "<category/></entry>",
		`rel="self"`:           `rel="via"`,
		"https://a.example/\"": "page.html\"",
		entry:                  entry + entry,
		"</feed>":              "<pubDate>x</pubDate></feed>",
	} {
		if bad := strings.Replace(feed(entry), from, to, 1); len(atomFaults([]byte(bad), false)) == 0 {
			t.Errorf("nothing is wrong with %s", bad)
		}
	}
	const good = `{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[{"id":"a","content_text":"x","date_published":"2024-05-03T00:00:00Z"}]}`
	if f := jsonFeedFaults([]byte(good), false); len(f) > 0 {
		t.Errorf("a good feed: %q", f)
	}
	for from, to := range map[string]string{`"1.1"`: `"1"`, `"title":"F",`: ``, `"id":"a"`: `"id":1`, `"content_text":"x",`: ``, "T00:00:00Z": "", `"items"`: `"entries"`, "version/1.1": "version/2"} {
		if bad := strings.Replace(good, from, to, 1); bad != good && len(jsonFeedFaults([]byte(bad), false)) == 0 {
			t.Errorf("nothing is wrong with %s", bad)
		}
	}
}
