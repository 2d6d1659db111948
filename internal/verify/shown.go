package verify

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// This file reads what a page says about an article, beside its text: the
// headline, the key points, the days, and whose word a quotation or a note says
// it is. It knows the built-in pages; where a site has pages of its own making
// this is left out, and said.

// A shownPage is what a page says, read from its tree.
type shownPage struct {
	headline string
	points   []string // the key points, each up to its first link
	days     []dayShown
	notes    []noteShown
	said     []saying
	reasons  []reasonShown
	data     []string // metadata, as JSON
	names    []nameShown
	mentions map[string][]string // for the words of a mention, the pages they lead to
	who      map[string]string   // for the key of a person, an organization, …, its page in the list of who is mentioned
	elements map[string]string   // for an id, where its link leads; "" for no link
	given    map[string]string   // for a passage set aside, why it is, where the page says it in another language
}

type dayShown struct{ value, words string }

type noteShown struct{ id, words, text string }

// A saying is a quotation with the line below it that says whose it is.
type saying struct {
	words string
	whose string
	named bool   // the line names somebody
	at    string // where it leads
}

type reasonShown struct{ target, text string }

type nameShown struct{ href, name string }

func class(n *html.Node, name string) bool {
	return slices.Contains(strings.Fields(value(n, "class")), name)
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// words returns the text in n, without what leave says.
func words(n *html.Node, leave func(*html.Node) bool) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type == html.ElementNode && (leave == nil || !leave(c)):
				walk(c)
			}
		}
	}
	walk(n)
	return squeeze(b.String())
}

func isLink(n *html.Node) bool { return n.Data == "a" }

// firstOf returns the first element in n that want accepts.
func firstOf(n *html.Node, want func(*html.Node) bool) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && want(c) {
			return c
		}
	}
	return nil
}

// see reads a page.
func see(source string) *shownPage {
	p := &shownPage{mentions: map[string][]string{}, who: map[string]string{}, elements: map[string]string{}, given: map[string]string{}}
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return p // its tokens were read, and what is wrong was said
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		id := value(n, "id")
		if id != "" {
			p.elements[id] = value(n, "href")
			if why := value(n, "data-reason"); why != "" {
				p.given[id] = why
			}
		}
		switch n.Data {
		case "h1":
			if p.headline == "" {
				p.headline = words(n, nil)
			}
		case "time":
			p.days = append(p.days, dayShown{value(n, "datetime"), words(n, nil)})
		case "li":
			p.item(n, id)
		case "p":
			if class(n, "src") {
				p.source(n)
			}
		case "script":
			if value(n, "type") == "application/ld+json" && n.FirstChild != nil {
				p.data = append(p.data, n.FirstChild.Data)
			}
		case "a":
			href := value(n, "href")
			if class(n, "ent") {
				w := words(n, nil)
				p.mentions[w] = append(p.mentions[w], href)
			}
			if c := n.FirstChild; c != nil && c.NextSibling == nil && c.Data == "bdi" {
				p.names = append(p.names, nameShown{href, words(c, nil)})
			}
		}
	}
	return p
}

// item reads an entry of a list: a key point, a note, or something that is said
// of a passage set aside.
func (p *shownPage) item(n *html.Node, id string) {
	switch {
	case strings.HasPrefix(id, "key-"):
		p.points = append(p.points, words(n, isLink))
	case strings.HasPrefix(id, "note-"):
		w := firstOf(n, func(c *html.Node) bool { return class(c, "w") })
		if w == nil {
			return
		}
		text := words(n, func(c *html.Node) bool { return isLink(c) || class(c, "w") || class(c, "kind") })
		p.notes = append(p.notes, noteShown{id, strings.TrimSuffix(words(w, nil), ":"), text})
	default:
		if _, key, ok := strings.Cut(strings.TrimPrefix(id, "who-"), "-"); ok && strings.HasPrefix(id, "who-") {
			if a := firstOf(n, isLink); a != nil {
				p.who[key] = value(a, "href")
			}
		}
		for c := range n.Descendants() {
			if c.Data != "a" || !class(c, "cite") {
				continue
			}
			if target, ok := strings.CutPrefix(value(c, "href"), "#"); ok && len(target) > 1 && target[0] == 'a' && strings.Trim(target[1:], "0123456789") == "" {
				p.reasons = append(p.reasons, reasonShown{target, words(n, nil)})
			}
		}
	}
}

// source reads the line that says whose a quotation is.
func (p *shownPage) source(n *html.Node) {
	above := n.PrevSibling
	for above != nil && above.Type == html.TextNode {
		above = above.PrevSibling
	}
	if above == nil || above.Data != "blockquote" {
		return
	}
	s := saying{words: words(above, nil)}
	for c := range n.Descendants() {
		if c.Data == "bdi" {
			s.named = true
		}
		if href := value(c, "href"); c.Data == "a" && strings.Contains(href, "#p") && s.at == "" {
			s.at = href
		}
	}
	s.whose = words(n, func(c *html.Node) bool { return class(c, "cite") })
	p.said = append(p.said, s)
}

// letters returns the letters and figures of s, which is what is left of it by
// any way to mark it up.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, s)
}

// curled returns what stands between curly quotation marks in s, and the rest.
// Marks may stand inside such marks, which are then part of it.
func curled(s string) (inside []string, rest string) {
	var b strings.Builder
	depth, from := 0, 0
	low := false // opened as German does, and closed by the mark that English opens with
	before := ' '
	for i, r := range s {
		open := r == '„' || r == '“' && (!low || unicode.IsSpace(before) || unicode.In(before, unicode.Ps, unicode.Pi))
		switch {
		case open:
			if depth++; depth == 1 {
				from, low = i+utf8.RuneLen(r), r == '„'
			}
		case r == '”', r == '“':
			if depth == 1 {
				inside = append(inside, s[from:i])
				low = false
			}
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
		before = r
	}
	return inside, b.String()
}

// ownPages reports whether the site has pages of its own making.
func (v *verifier) ownPages() bool {
	list, err := fs.ReadDir(v.Site, "templates/pages")
	return err == nil && len(list) > 0
}

// claims holds what the pages say about the articles against the content files.
func (v *verifier) claims(seen map[string]*shownPage) {
	if v.ownPages() {
		v.Unchecked = append(v.Unchecked, "what the pages say beside the text: the site has pages of its own in templates/pages")
		return
	}
	days := map[string]bool{}
	for _, f := range v.files {
		days[f.meta.Date] = true
		for _, t := range f.text.times {
			days[t.value] = true
		}
	}
	terms := map[string]bool{}
	for _, f := range v.files {
		for _, w := range f.text.worded {
			if w.key == "long" || w.key == "short" {
				terms[squeeze(w.value)] = true
			}
		}
	}
	byPage := map[string]*contentFile{}
	for _, f := range v.files {
		byPage["briefings/"+f.meta.Slug+".html"] = f
	}
	c := &claimReader{verifier: v, terms: terms, seen: seen, byPage: byPage, days: days, texts: map[*contentFile]string{}, letters: map[*contentFile]string{}, indexes: map[*contentFile]*wordIndex{}}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c.page(name, seen[name])
		if f := byPage[name]; f != nil {
			c.briefing(f, name, seen[name])
		}
	}
}

// folders are those with pages of who and what is mentioned.
var folders = []string{"people", "organizations", "places", "events"}

type claimReader struct {
	*verifier
	terms  map[string]bool // what abbreviations stand for: of those a part may have the page
	seen   map[string]*shownPage
	byPage map[string]*contentFile
	days   map[string]bool
	// The texts of the articles, and their letters alone.
	texts, letters map[*contentFile]string
	indexes        map[*contentFile]*wordIndex
}

func (c *claimReader) wrong(p Promise, name, format string, args ...any) {
	c.verifier.page(p, name, [2]int{}, fmt.Sprintf(format, args...), rebuild)
}

// page looks at what any page may say.
func (c *claimReader) page(name string, p *shownPage) {
	for _, d := range p.days {
		if d.value != "" && !c.days[d.value] {
			c.wrong(NotInvented, name, "the day %s, shown as %q, is that of no briefing and no time in one", d.value, d.words)
		}
	}
	for _, n := range p.names {
		page := target(name, n.href)
		folder, _, _ := strings.Cut(page, "/")
		if !slices.Contains(folders, folder) {
			continue
		}
		// Of namesakes something stands behind the name, in parentheses.
		if to := c.seen[page]; to != nil && to.headline != n.name && !strings.HasPrefix(n.name, to.headline+" (") && !c.terms[n.name] {
			c.wrong(Placed, name, "%q leads to the page of %q", n.name, to.headline)
		}
	}
	for _, s := range p.said {
		home := target(name, s.at)
		if f := c.byPage[home]; f != nil && s.named && c.seen[home] != nil {
			c.whose(f, home, name, s.words, s.whose, "the quotation "+quoted(s.words, 0))
		}
	}
}

// target returns the page that a link leads to.
func target(from, href string) string {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	if u.Path == "" {
		return from
	}
	return path.Join(path.Dir(from), u.Path)
}

// briefing looks at what the page of a briefing says of its article.
func (c *claimReader) briefing(f *contentFile, name string, p *shownPage) {
	if p.headline != "" && letters(p.headline) != letters(shownText(f.meta.Title)) {
		c.wrong(Verbatim, name, "the headline is %q, and %s has %q", p.headline, f.path, f.meta.Title)
	}
	var points []string
	for _, q := range f.passages {
		if q.where == "key point" {
			words := q.text
			if i := strings.LastIndex(words, "¶"); i >= 0 {
				words = words[:i]
			}
			points = append(points, letters(shownText(words)))
		}
	}
	for i, words := range p.points {
		if !slices.Contains(points, letters(words)) {
			c.wrong(Verbatim, name, "key point %d, %s, is not one of %s", i+1, quoted(words, 0), f.path)
		}
	}
	if len(p.points) != len(points) && (len(p.points) > 0 || len(points) > 0) {
		c.wrong(NothingLost, name, "the page has %d key points, and %s has %d", len(p.points), f.path, len(points))
	}
	whole := c.whole(f)
	for _, n := range p.notes {
		// A note is one line, whatever parts those of the text.
		if said := letters(strings.TrimSuffix(n.words, "…")); !strings.Contains(c.lettered(f), said) {
			c.wrong(Verbatim, name, "the words %s of %s do not stand in the article", quoted(n.words, 0), n.id)
			continue
		}
		c.whose(f, name, name, n.words, n.text, n.id)
	}
	for _, r := range p.reasons {
		for i := range f.text.blocks {
			if b := &f.text.blocks[i]; b.id == r.target && p.given[b.id] != b.reason && !strings.Contains(strings.ToLower(r.text), strings.ToLower(squeeze(b.reason))) {
				c.wrong(NothingLost, name, "the reason why #%s is set aside is %q, and the page says: %s", b.id, b.reason, quoted(r.text, 0))
			}
		}
	}
	for _, d := range p.data {
		c.metadata(f, name, d, whole)
	}
}

// shownText puts text as squeeze does that of a page.
func shownText(s string) string { return squeeze(s) }

// whose looks whether a line about the claim with these words says whose it is
// as the content file does.
func (c *claimReader) whose(f *contentFile, home, name, claim, line, what string) {
	found, right := false, false
	for i := range c.words(f).saying(claim) {
		s := &f.text.spans[i]
		if found && right {
			break
		}
		// The same words may be marked twice, and one of them be nobody's.
		if s.by == "" || s.class != "quote" && s.class != "statement" {
			right = right || s.class != "cue"
			continue
		}
		for id := range strings.FieldsSeq(s.by) {
			found = true
			right = right || c.says(f, home, strings.TrimPrefix(id, "#"), line)
		}
	}
	if found && right {
		inside, _ := curled(line)
		for _, q := range inside {
			if !stands(c.whole(f), q) {
				c.wrong(Verbatim, name, "%s quotes %s, which does not stand in the article", what, quoted(q, 0))
			}
		}
		for _, n := range capitalized(line) {
			if !c.known(n) {
				c.wrong(NotInvented, name, "%s names %q, who is in no article", what, n)
			}
		}
	}
	if found && !right {
		c.wrong(NotInvented, name, "%s is said to be of somebody else than in %s: %s", what, f.path, quoted(line, 0))
	}
}

// says reports whether a line names the source with an id: by its own words, or
// by the name of who is mentioned in them.
func (c *claimReader) says(f *contentFile, home, id, line string) bool {
	x := c.words(f)
	called := x.byID[id]
	if len(called) == 0 {
		return false
	}
	s := &f.text.spans[called[len(called)-1]]
	inside, rest := curled(line)
	own := squeeze(s.text)
	if strings.Contains(rest, own) {
		return true
	}
	quotes := slices.Contains(inside, own)
	var names []string
	mention := func(m *spanText) {
		if s.naming == "named" && m.class != "person" && m.class != "source" {
			return // a place in the words that name a person
		}
		page := c.seen[home]
		hrefs := page.mentions[squeeze(m.text)]
		// Where the text is not published nothing in it leads anywhere, and the list
		// of who is mentioned does.
		if href := page.who[m.key()]; href != "" {
			hrefs = append(slices.Clip(hrefs), href)
		}
		for _, href := range hrefs {
			if to := c.seen[target(home, href)]; to != nil {
				names = append(names, to.headline)
			}
		}
		if m.ref == "" {
			return
		}
		// The page of a key is the one that its mentions lead to; it is called by
		// their words, and need not have the name of the key.
		led := false
		for _, words := range x.byKey[m.ref] {
			for _, href := range c.seen[home].mentions[words] {
				if to := c.seen[target(home, href)]; to != nil {
					names, led = append(names, to.headline), true
				}
			}
		}
		for _, folder := range folders {
			if to := c.seen[folder+"/"+m.ref+".html"]; to != nil && !led {
				names = append(names, to.headline)
			}
		}
	}
	mention(s)
	for _, k := range s.parts {
		mention(&f.text.spans[k])
	}
	for _, k := range called { // mentions around the source
		for _, i := range x.around[k] {
			if m := &f.text.spans[i]; m.block == s.block {
				mention(m)
			}
		}
	}
	for _, n := range names {
		if strings.Contains(rest, n) {
			return true
		}
	}
	return quotes && (len(names) == 0 || s.naming != "named")
}

// capitalized returns what looks like names in a line: two or more words with
// capitals, one after the other, not those the line begins with.
func capitalized(line string) []string {
	_, line = curled(line)
	var list, run []string
	flush := func() {
		if len(run) > 1 {
			list = append(list, strings.Join(run, " "))
		}
		run = nil
	}
	for i, w := range strings.Fields(line) {
		word := strings.TrimRight(w, ".,:;")
		r := []rune(word)
		if i > 0 && len(r) > 0 && unicode.IsUpper(r[0]) {
			run = append(run, word)
		} else {
			flush()
		}
		if word != w {
			flush()
		}
	}
	flush()
	return list
}

// known reports whether a name stands in an article or is that of a page.
func (c *claimReader) known(name string) bool {
	for _, f := range c.files {
		if strings.Contains(c.whole(f), name) {
			return true
		}
	}
	for _, p := range c.seen {
		if strings.Contains(p.headline, name) {
			return true
		}
	}
	return false
}

// lettered returns the letters of a briefing's article.
func (c *claimReader) lettered(f *contentFile) string {
	if c.letters[f] == "" {
		c.letters[f] = letters(c.whole(f))
	}
	return c.letters[f]
}

// whole returns the text of a briefing's article.
func (c *claimReader) whole(f *contentFile) string {
	if c.texts[f] == "" {
		c.texts[f] = f.squeezed()
	}
	return c.texts[f]
}

// words returns the annotations of an article by their words.
func (c *claimReader) words(f *contentFile) *wordIndex {
	if c.indexes[f] == nil {
		c.indexes[f] = indexWords(f.text)
	}
	return c.indexes[f]
}

// A fact is what this package reads of schema.org metadata.
type fact struct {
	Type      string          `json:"@type"`
	Name      string          `json:"name"`
	Headline  string          `json:"headline"`
	Published string          `json:"datePublished"`
	Text      string          `json:"text"`
	Creator   json.RawMessage `json:"creator"`
	Parts     []fact          `json:"hasPart"`
}

// metadata looks at what a page says to machines.
func (c *claimReader) metadata(f *contentFile, name, data, whole string) {
	var x fact
	if err := json.Unmarshal([]byte(data), &x); err != nil {
		c.wrong(Placed, name, "the metadata is not JSON: %v", err)
		return
	}
	if title := x.Headline + x.Name; x.Type == "NewsArticle" && letters(squeeze(title)) != letters(shownText(f.meta.Title)) {
		c.wrong(Verbatim, name, "the metadata has the headline %q, and %s has %q", title, f.path, f.meta.Title)
	}
	if x.Published != f.meta.Date {
		c.wrong(NotInvented, name, "the metadata has the date %q, and %s has %q", x.Published, f.path, f.meta.Date)
	}
	for _, q := range x.Parts {
		if q.Type == "Quotation" && !strings.Contains(whole, squeeze(q.Text)) {
			c.wrong(Verbatim, name, "the metadata quotes %s, which does not stand in the article", quoted(q.Text, 0))
		}
	}
}
