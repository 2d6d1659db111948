package page

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Meta is what a page states of its article. Lists hold what the page offers,
// the surest first, unchecked: a date may be none.
type Meta struct {
	Title     string
	Dek       string
	Byline    []string
	Publisher string
	URL       string
	Dates     []string // of publication
	Languages []string
	Body      string   // articleBody of JSON-LD
	Summary   string   // the description meant for search engines
	Head      []string // lines above the body that were left out: bylines, dates
	Retrieved string   // when the page was saved, where the saving program says so
}

// metadata collects what a page states: in JSON-LD, in meta elements, in
// microdata, in its head.
func metadata(doc *html.Node, source string) Meta {
	c := collector{meta: make(map[string][]string)}
	c.walk(doc, 0)
	ld := readLinked(c.scripts)
	var m Meta
	site := flat(first(ld.publisher, c.get("og:site_name"), c.get("publisher"), c.get("dc.publisher"), c.get("dcterms.publisher"), c.get("citation_publisher"), c.get("citation_journal_title"), c.get("application-name")))
	m.Publisher = notAddress(site)
	m.Title = title(c, ld, m.Publisher)
	m.Dek = flat(first(ld.dek, c.get("subtitle")))
	m.Byline = byline(c, ld, m.Publisher)
	m.URL = c.address(ld)
	m.Dates = append(m.Dates, ld.dates...)
	for _, key := range dateKeys {
		m.Dates = append(m.Dates, c.meta[key]...)
	}
	m.Dates = append(m.Dates, c.times()...)
	m.Languages = append(m.Languages, c.lang)
	m.Languages = append(m.Languages, ld.language, c.get("content-language"), c.get("og:locale"), c.get("language"), c.get("dc.language"), c.get("dcterms.language"))
	m.Body = ld.body
	m.Summary = first(c.get("og:description"), c.get("description"), c.get("twitter:description"))
	saved(&m, source)
	return m
}

// dateKeys are the names under which pages state the day of publication.
var dateKeys = []string{
	"article:published_time", "article:published", "datepublished", "og:published_time", "og:article:published_time", "article.published", "published_time",
	"published_at", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publication_date", "publish_date", "publish-date", "publishdate",
	"pubdate", "pub_date", "published-date", "publisheddate", "article_date_original", "originalpublicationdate", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date.created", "dcterms.created", "dc.date",
	"citation_publication_date", "citation_date", "prism.publicationdate", "bt:pubdate", "dcsext.articlefirstpublished", "rnews:datepublished", "date", "article:post_date", "timestamp",
}

// A collector gathers the elements of a page that speak of its article.
type collector struct {
	meta      map[string][]string // by name in lower case
	scripts   []string
	title     string
	headings  []string // level 1
	canonical string
	lang      string
	authors   []string // visible and marked as such
	marked    []string // dates of time elements marked as that of publication
	stamps    []string // dates of all others
}

// maxFacts bounds how many statements of one kind are collected.
const maxFacts = 200

func (c *collector) get(name string) string {
	for _, v := range c.meta[name] {
		if v = strings.TrimSpace(v); v != "" {
			return v
		}
	}
	return ""
}

func (c *collector) walk(n *html.Node, depth int) {
	if n.Type == html.ElementNode {
		c.element(n)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, depth+1)
	}
}

func (c *collector) element(n *html.Node) {
	switch n.Data {
	case "html":
		c.lang = cmp.Or(attr(n, "lang"), attr(n, "xml:lang"))
	case "meta":
		value := attr(n, "content")
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if name := strings.ToLower(strings.TrimSpace(attr(n, key))); name != "" && len(c.meta[name]) < 10 && len(c.meta) < 500 {
				c.meta[name] = append(c.meta[name], value)
			}
		}
		return
	case "title":
		if c.title == "" && n.Parent != nil && n.Parent.Data == "head" {
			c.title = flat(inner(n, 1000))
		}
	case "link":
		if rel := strings.ToLower(attr(n, "rel")); rel == "canonical" && c.canonical == "" {
			c.canonical = attr(n, "href")
		}
	case "script":
		if len(c.scripts) < maxFacts && n.FirstChild != nil && len(n.FirstChild.Data) < 4<<20 {
			c.scripts = append(c.scripts, n.FirstChild.Data)
		}
	case "h1":
		if t := flat(inner(n, 1000)); t != "" && len(c.headings) < 10 {
			c.headings = append(c.headings, t)
		}
	case "time":
		c.time(n)
	}
	prop := strings.ToLower(attr(n, "itemprop"))
	if strings.Contains(prop, "datepublished") && len(c.marked) < maxFacts {
		c.marked = append(c.marked, cmp.Or(attr(n, "content"), attr(n, "datetime"), inner(n, 100)))
	}
	if len(c.authors) < maxFacts && (prop == "author" || prop == "name" && isAuthor(n.Parent) || strings.ToLower(attr(n, "rel")) == "author") {
		if t := flat(inner(n, 200)); t != "" {
			c.authors = append(c.authors, t)
		}
	}
}

func isAuthor(n *html.Node) bool {
	return n != nil && strings.ToLower(attr(n, "itemprop")) == "author"
}

// time takes a time element for the date of publication where its class says
// so.
func (c *collector) time(n *html.Node) {
	when := attr(n, "datetime")
	if when == "" || len(c.stamps) >= maxFacts {
		return
	}
	class := strings.ToLower(attr(n, "class") + " " + attr(n, "itemprop"))
	switch {
	case strings.Contains(class, "updated") && !strings.Contains(class, "published") || strings.Contains(class, "modified"):
	case hasAttr(n, "pubdate"), strings.Contains(class, "publish"), strings.Contains(class, "entry-date"), strings.Contains(class, "posted"):
		c.marked = append(c.marked, when)
	default:
		c.stamps = append(c.stamps, when)
	}
}

// times returns the dates of time elements: those marked as that of publication
// if they agree, else the others if all of them are of one day. Where they
// differ, they may be of other articles.
func (c *collector) times() []string {
	for _, list := range [][]string{c.marked, c.stamps} {
		if len(list) == 0 {
			continue
		}
		for _, v := range list {
			if day(v) != day(list[0]) {
				return nil
			}
		}
		return list[:1]
	}
	return nil
}

func day(v string) string { return cut(strings.TrimSpace(v), 10) }

// address returns the address of the page.
func (c *collector) address(ld linked) string {
	best := ""
	for _, u := range []string{c.canonical, c.get("og:url"), ld.url, c.get("twitter:url")} {
		u = strings.TrimSpace(u)
		if !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			continue
		}
		// A canonical link to the front page is a mistake of the site's.
		if best == "" || frontPage(best) && !frontPage(u) {
			best = u
		}
	}
	return best
}

func frontPage(u string) bool {
	_, rest, _ := strings.Cut(u, "://")
	_, path, _ := strings.Cut(rest, "/")
	return path == ""
}

// title returns the headline: as the metadata state it, without the name of the
// site that some put after it.
func title(c collector, ld linked, site string) string {
	for _, t := range []string{ld.headline, c.get("og:title"), c.get("twitter:title"), c.get("citation_title"), c.get("dc.title"), c.get("headline")} {
		if t = flat(t); t != "" {
			// A headline cut short is completed by the page's own.
			for _, h := range c.headings {
				if bare := strings.TrimRight(t, "… ."); len(h) > len(t) && len(bare) > 20 && bare != t && strings.HasPrefix(h, bare) {
					return h
				}
			}
			return withoutSite(t, site, c.headings)
		}
	}
	if len(c.headings) == 1 && (c.title == "" || strings.Contains(letters(c.title), letters(c.headings[0]))) {
		return c.headings[0]
	}
	if c.title != "" {
		return withoutSite(c.title, site, c.headings)
	}
	return first(c.headings...)
}

// withoutSite cuts the name of the site off a title.
func withoutSite(t, site string, headings []string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " : "} {
		i := strings.LastIndex(t, sep)
		if i <= 0 {
			continue
		}
		head, tail := strings.TrimSpace(t[:i]), strings.TrimSpace(t[i+len(sep):])
		if site != "" && (strings.EqualFold(tail, site) || letters(tail) == letters(site)) {
			return head
		}
		for _, h := range headings {
			if letters(h) == letters(head) {
				return head
			}
			if k := strings.Index(t, sep); k > 0 && letters(h) == letters(t[:k]) {
				return strings.TrimSpace(t[:k])
			}
		}
	}
	return t
}

// byline returns the names of the authors.
func byline(c collector, ld linked, publisher string) []string {
	for _, list := range [][]string{ld.authors, c.meta["author"], c.meta["article:author"], c.meta["citation_author"], c.meta["dc.creator"], c.meta["dcterms.creator"], c.meta["parsely-author"], c.meta["sailthru.author"], c.meta["byl"], c.authors} {
		var names []string
		for _, v := range list {
			for _, name := range people(v) {
				if !slices.Contains(names, name) && (publisher == "" || !strings.EqualFold(name, publisher)) {
					names = append(names, name)
				}
			}
		}
		if len(names) > 0 && len(names) <= 20 {
			return names
		}
	}
	return nil
}

// people cuts a statement of authorship into names.
func people(v string) []string {
	v = flat(html.UnescapeString(v))
	if len(v) > 300 || notAddress(v) == "" {
		return nil
	}
	for _, cue := range []string{"By ", "by ", "BY ", "Written by ", "Von ", "Par ", "Por "} {
		v = strings.TrimPrefix(v, cue)
	}
	for _, sep := range []string{" and ", " AND ", " & ", "; ", " | ", " / "} {
		v = strings.ReplaceAll(v, sep, ", ")
	}
	var names []string
	for part := range strings.SplitSeq(v, ",") {
		part = strings.Trim(part, " .*@")
		if part == "" || strings.ContainsAny(part, "@<>{}") || len(part) > 80 {
			continue
		}
		names = append(names, part)
	}
	return names
}

// saved reads what the program that saved the page put into a comment.
func saved(m *Meta, source string) {
	head := cut(source, 4096)
	if _, rest, ok := strings.Cut(head, "<!-- saved from url=("); ok {
		if _, u, ok := strings.Cut(rest, ")"); ok {
			if u, _, ok = strings.Cut(u, " -->"); ok && m.URL == "" && strings.HasPrefix(u, "http") {
				m.URL = strings.TrimSpace(u)
			}
		}
	}
	if _, rest, ok := strings.Cut(head, "Page saved with SingleFile"); ok {
		for line := range strings.Lines(rest) {
			line = strings.TrimSpace(line)
			if u, ok := strings.CutPrefix(line, "url:"); ok && m.URL == "" {
				m.URL = strings.TrimSpace(u)
			}
			if d, ok := strings.CutPrefix(line, "saved date:"); ok {
				m.Retrieved = strings.TrimSpace(d)
			}
			if strings.Contains(line, "-->") {
				break
			}
		}
	}
}

func notAddress(v string) string {
	if strings.Contains(v, "://") || strings.HasPrefix(v, "www.") || strings.HasPrefix(v, "@") {
		return ""
	}
	return v
}

func first(list ...string) string {
	for _, v := range list {
		if strings.TrimSpace(v) != "" {
			return v
		}
	}
	return ""
}

func flat(t string) string { return strings.Join(strings.Fields(t), " ") }

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// inner returns at most about limit bytes of the text in n.
func inner(n *html.Node, limit int) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < limit; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(cut(c.Data, limit))
			case c.Type == html.ElementNode && c.Data != "script" && c.Data != "style":
				if blockElements[c.Data] || c.Data == "br" {
					b.WriteByte(' ')
				}
				walk(c)
			}
		}
	}
	walk(n)
	return b.String()
}

// linked is what the JSON-LD of a page states.
type linked struct {
	headline, dek, publisher, url, language, body string
	authors, dates                                []string
}

// articleTypes are the schema.org types of articles, and how well each fits.
var articleTypes = map[string]int{
	"newsarticle": 3, "reportagenewsarticle": 3, "analysisnewsarticle": 3, "backgroundnewsarticle": 3, "opinionnewsarticle": 3, "reviewnewsarticle": 3, "askpublicnewsarticle": 3, "liveblogposting": 3,
	"article": 2, "blogposting": 2, "report": 2, "techarticle": 2, "scholarlyarticle": 2, "advertisercontentarticle": 2, "socialmediaposting": 2, "discussionforumposting": 2,
	"webpage": 1, "itempage": 1,
}

// readLinked reads the JSON-LD scripts of a page.
func readLinked(scripts []string) linked {
	var nodes []map[string]any
	for _, s := range scripts {
		s = strings.TrimSpace(s)
		s = strings.TrimSuffix(strings.TrimPrefix(s, "<![CDATA["), "]]>")
		var v any
		if json.Unmarshal([]byte(s), &v) != nil {
			// Line breaks inside strings are the commonest fault.
			s = strings.Map(func(r rune) rune {
				if r < ' ' {
					return ' '
				}
				return r
			}, s)
			if json.Unmarshal([]byte(strings.TrimRight(s, "; ")), &v) != nil {
				continue
			}
		}
		nodes = gather(nodes, v, 0)
	}
	byID := make(map[string]map[string]any)
	for _, n := range nodes {
		if id, ok := n["@id"].(string); ok && len(n) > 1 && byID[id] == nil {
			byID[id] = n
		}
	}
	var best map[string]any
	rank := 0
	for _, n := range nodes {
		r := 0
		for _, t := range stringsOf(n["@type"]) {
			t = t[strings.LastIndexAny(t, "/:")+1:]
			r = max(r, articleTypes[strings.ToLower(t)])
		}
		if r > rank {
			best, rank = n, r
		}
	}
	var l linked
	if best == nil {
		return l
	}
	if rank > 1 {
		l.headline = html.UnescapeString(textOf(best["headline"]))
		if l.headline == "" {
			l.headline = html.UnescapeString(textOf(best["name"]))
		}
		l.dek = html.UnescapeString(textOf(best["alternativeHeadline"]))
		l.body = html.UnescapeString(textOf(best["articleBody"]))
		l.authors = namesOf(best["author"], byID)
		if len(l.authors) == 0 {
			l.authors = namesOf(best["creator"], byID)
		}
	}
	l.publisher = html.UnescapeString(first(namesOf(best["publisher"], byID)...))
	if l.publisher == "" {
		l.publisher = html.UnescapeString(first(namesOf(best["sourceOrganization"], byID)...))
	}
	l.url = first(stringsOf(best["url"])...)
	l.language = textOf(best["inLanguage"])
	l.dates = append(stringsOf(best["datePublished"]), stringsOf(best["dateCreated"])...)
	return l
}

// gather collects the objects of a JSON-LD value, those in graphs and lists and
// the main entity of a page included.
func gather(nodes []map[string]any, v any, depth int) []map[string]any {
	if depth > 8 || len(nodes) > 1000 {
		return nodes
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			nodes = gather(nodes, e, depth+1)
		}
	case map[string]any:
		nodes = append(nodes, v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"} {
			if inner, ok := v[key]; ok {
				nodes = gather(nodes, inner, depth+1)
			}
		}
	}
	return nodes
}

// namesOf returns the names of people or organizations: strings, objects with a
// name, references to objects, or lists of those.
func namesOf(v any, byID map[string]map[string]any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v[:min(len(v), 50)] {
			if _, nested := e.([]any); !nested {
				out = append(out, namesOf(e, byID)...)
			}
		}
		return out
	case map[string]any:
		if names := stringsOf(v["name"]); len(names) > 0 {
			return names
		}
		if id, ok := v["@id"].(string); ok && byID[id] != nil {
			return stringsOf(byID[id]["name"])
		}
	}
	return nil
}

// stringsOf returns the strings of v, which is one or a list of them.
func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

func textOf(v any) string { return first(stringsOf(v)...) }
