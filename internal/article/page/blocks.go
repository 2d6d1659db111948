package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// A chunk is one block of a page, in the article or not.
type chunk struct {
	Block
	node   *html.Node // the innermost block element around it
	words  int
	linked int // how many of its words are in links
	bold   int // how many are in bold type or capitals
	flags  flag
	grams  []uint64
}

// flag says where in the page a chunk stands.
type flag uint16

const (
	inNav flag = 1 << iota
	inFooter
	inHeader
	inAside
	inFigure
	inHidden
	inChrome // an element named like a part of the site
	inForm
	inComments
	inTable
	inArticle // an element marked as the article's body
)

// A walker cuts a page into chunks.
type walker struct {
	chunks []chunk
	text   strings.Builder
	space  bool
	words  int
	linked int
	bold   int
}

// chunksOf cuts the tree under root.
func chunksOf(root *html.Node) []chunk {
	w := &walker{}
	w.walk(root, state{kind: Paragraph, block: root})
	w.flush(state{kind: Paragraph, block: root})
	return w.chunks
}

// state is what the elements around a node say.
type state struct {
	kind  Kind
	level int
	list  int // nesting depth of lists
	flags flag
	link  bool
	bold  bool
	block *html.Node
}

// blockElements begin and end a block.
var blockElements = map[string]bool{
	"address": true, "article": true, "aside": true, "blockquote": true, "body": true, "center": true, "dd": true, "details": true, "dialog": true, "div": true, "dl": true,
	"dt": true, "fieldset": true, "figcaption": true, "figure": true, "footer": true, "form": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"header": true, "hgroup": true, "hr": true, "html": true, "legend": true, "li": true, "main": true, "menu": true, "nav": true, "ol": true, "p": true, "pre": true, "section": true, "summary": true,
	"table": true, "tbody": true, "td": true, "tfoot": true, "th": true, "thead": true, "tr": true, "ul": true, "caption": true, "search": true,
}

func (w *walker) walk(n *html.Node, st state) {
	outer := st
	switch n.Type {
	case html.TextNode:
		w.write(n.Data, st)
		return
	case html.ElementNode:
	case html.DocumentNode:
		w.children(n, st)
		return
	default:
		return
	}
	switch n.Data {
	case "head", "script", "style", "noscript", "template", "svg", "select", "button", "input", "option", "audio", "video", "canvas", "map", "progress", "meter", "datalist", "rp", "rt":
		return
	case "br":
		w.lineBreak(st)
		return
	case "img", "wbr":
		return
	case "a":
		if noteMark(n) {
			return
		}
		st.link = true
	case "b", "strong":
		st.bold = true
	}
	st.flags |= flagsOf(n)
	if !blockElements[n.Data] {
		w.children(n, st)
		return
	}
	w.flush(outer)
	st.block = n
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		st.kind, st.level = Heading, int(n.Data[1]-'0')
	case "blockquote":
		st.kind, st.level = Quotation, 0
	case "ul", "ol", "menu":
		st.list++
	case "li", "dt", "dd":
		st.kind, st.level = ListItem, max(st.list, 1)
	case "figcaption":
		st.kind, st.level = Caption, 0
	case "caption":
		st.kind, st.level = Caption, 0
	case "tr":
		if w.row(n, st) {
			return
		}
	}
	w.children(n, st)
	w.flush(st)
}

// noteMark reports whether a link is the mark of a note or leads back from one: by
// its role (DPUB-ARIA, EPUB 3 structural semantics) or its class, or as a raised
// number that links within the page.
func noteMark(n *html.Node) bool {
	raised, local := n.Parent != nil && n.Parent.Data == "sup", false
	for _, a := range n.Attr {
		switch a.Key {
		case "role", "epub:type", "class":
			for _, v := range strings.Fields(a.Val) {
				switch v {
				case "doc-noteref", "doc-backlink", "noteref", "backlink", "footnote-ref", "footnote-back", "footnote-backref":
					return true
				}
			}
		case "href":
			local = strings.HasPrefix(a.Val, "#")
		}
	}
	if !local {
		return false
	}
	const longest = 6 // bytes: "[123]"
	var text strings.Builder
	for c := range n.Descendants() {
		raised = raised || c.Data == "sup"
		if c.Type == html.TextNode {
			if text.WriteString(strings.TrimSpace(c.Data)); text.Len() > longest {
				return false
			}
		}
	}
	return raised && text.Len() > 0 && strings.Trim(text.String(), "[]()0123456789*†‡§") == ""
}

func (w *walker) children(n *html.Node, st state) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, st)
	}
}

// row takes a row of a table for one block, if its cells hold no blocks.
func (w *walker) row(n *html.Node, st state) bool {
	cells := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		cells++
		if blocksIn(c, 0) > 1 {
			return false
		}
	}
	if cells < 2 {
		return false
	}
	st.kind, st.level = Row, 0
	st.flags |= inTable
	first := true
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if !first && w.text.Len() > 0 {
			w.text.WriteString(" | ")
			w.space = false
		}
		first = false
		w.inline(c, st)
	}
	w.flush(st)
	return true
}

// blocksIn counts the block elements in n up to two; a table, a list or a
// heading counts for two.
func blocksIn(n *html.Node, sum int) int {
	for c := n.FirstChild; c != nil && sum < 2; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch {
		case c.Data == "p" || c.Data == "div":
			sum++
		case blockElements[c.Data]:
			sum += 2
		}
		sum = blocksIn(c, sum)
	}
	return sum
}

// inline walks a cell as if it held no blocks.
func (w *walker) inline(n *html.Node, st state) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			w.write(c.Data, st)
		case c.Type == html.ElementNode && c.Data != "script" && c.Data != "style":
			inner := st
			inner.link = st.link || c.Data == "a"
			if c.Data == "br" || blockElements[c.Data] {
				w.space = w.text.Len() > 0
			}
			w.inline(c, inner)
		}
	}
}

func (w *walker) write(s string, st state) {
	if st.link && backlink(s) {
		return
	}
	if st.block.Data == "pre" {
		w.text.WriteString(s)
		w.words += countWords(s)
		return
	}
	for i := 0; i < len(s); {
		// White space of HTML; a no-break space stays.
		if c := s[i]; c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			w.space = true
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] != ' ' && s[j] != '\n' && s[j] != '\t' && s[j] != '\r' && s[j] != '\f' {
			j++
		}
		if w.space && w.text.Len() > 0 {
			if t := w.text.String(); t[len(t)-1] != '\n' {
				w.text.WriteByte(' ')
			}
		}
		w.space = false
		word := s[i:j]
		w.text.WriteString(word)
		if strings.IndexFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			w.words++
			if st.link {
				w.linked++
			}
			if st.bold || word == strings.ToUpper(word) && word != strings.ToLower(word) {
				w.bold++
			}
		}
		i = j
	}
}

// backlink reports whether the text of a link is the sign by which a note leads
// back to its place.
func backlink(s string) bool {
	return strings.Trim(s, " \t\r\n\ufe0e\ufe0f") == "↩" || strings.TrimSpace(s) == "⏎"
}

// lineBreak writes a line break; the second in a row ends the block.
func (w *walker) lineBreak(st state) {
	t := w.text.String()
	if t == "" {
		return
	}
	if t[len(t)-1] == '\n' {
		w.flush(st)
		return
	}
	w.text.WriteByte('\n')
	w.space = false
}

// flush ends the current block.
func (w *walker) flush(st state) {
	text := strings.TrimSpace(w.text.String())
	if text != "" {
		c := chunk{
			Block: Block{Kind: st.kind, Level: st.level, Text: text},
			node:  st.block, words: w.words, linked: w.linked, bold: w.bold, flags: st.flags,
		}
		if c.Kind == Paragraph || c.Kind == Row {
			c.Level = 0
		}
		w.chunks = append(w.chunks, c)
	}
	w.text.Reset()
	w.space = false
	w.words, w.linked, w.bold = 0, 0, 0
}

// flagsOf returns what an element says of the text in it.
func flagsOf(n *html.Node) flag {
	var f flag
	switch n.Data {
	case "nav":
		f |= inNav
	case "footer":
		f |= inFooter
	case "header":
		f |= inHeader
	case "aside":
		f |= inAside
	case "figure", "figcaption":
		f |= inFigure
	case "form", "dialog":
		f |= inForm
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			f |= inHidden
		case "aria-hidden":
			if a.Val == "true" {
				f |= inHidden
			}
		case "style":
			v := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				f |= inHidden
			}
		case "role":
			switch a.Val {
			case "navigation", "menu", "menubar", "tablist":
				f |= inNav
			case "contentinfo":
				f |= inFooter
			case "banner", "dialog", "alertdialog", "search":
				f |= inChrome
			case "complementary":
				f |= inAside
			}
		case "itemprop":
			if strings.Contains(strings.ToLower(a.Val), "articlebody") {
				f |= inArticle
			}
		case "class", "id":
			f |= flagsOfName(a.Val)
		}
	}
	return f
}

// names of classes and ids, cut at their hyphens, that parts of a site have.
var (
	chromeNames = map[string]bool{
		"share": true, "sharing": true, "social": true, "sharebar": true, "socials": true, "addthis": true, "sharedaddy": true, "newsletter": true, "subscribe": true, "subscription": true, "signup": true,
		"related": true, "recommended": true, "recommendations": true, "recirc": true, "recirculation": true, "trending": true, "popular": true, "promo": true, "promos": true, "outbrain": true, "taboola": true,
		"advert": true, "advertisement": true, "ads": true, "adbox": true, "sponsor": true, "sponsored": true, "cookie": true, "cookies": true, "gdpr": true, "consent": true, "breadcrumb": true, "breadcrumbs": true, "pagination": true, "pager": true,
		"tags": true, "taglist": true, "toolbar": true, "widget": true, "widgets": true, "sidebar": true, "masthead": true, "copyright": true, "readmore": true, "morestories": true, "paywall": true, "modal": true, "popup": true,
		"byline": true, "dateline": true, "timestamp": true, "authorbox": true, "bio": true, "printfriendly": true, "jp-relatedposts": true, "relatedposts": true, "rating": true, "login": true, "navbar": true, "skip": true, "disqus": true,
	}
	commentNames = map[string]bool{"comments": true, "comment": true, "commentlist": true, "respond": true, "disqus": true, "replies": true}
	figureNames  = map[string]bool{"caption": true, "credit": true, "figcaption": true, "gallery": true, "slideshow": true, "captiontext": true, "imagecaption": true}
	navNames     = map[string]bool{"nav": true, "menu": true, "navigation": true, "submenu": true}
	footNames    = map[string]bool{"footer": true}
)

func flagsOfName(v string) flag {
	var f flag
	if len(v) > 300 {
		v = v[:300]
	}
	for name := range strings.FieldsFuncSeq(v, func(r rune) bool { return !unicode.IsLetter(r) }) {
		// "relatedPosts" is "related" and "Posts".
		start := 0
		for i := 1; i <= len(name); i++ {
			if i == len(name) || unicode.IsUpper(rune(name[i])) && unicode.IsLower(rune(name[i-1])) {
				f |= flagOfWord(strings.ToLower(name[start:i]))
				start = i
			}
		}
		f |= flagOfWord(strings.ToLower(name))
	}
	return f
}

func flagOfWord(w string) flag {
	switch {
	case chromeNames[w]:
		return inChrome
	case commentNames[w]:
		return inComments
	case figureNames[w]:
		return inFigure
	case navNames[w]:
		return inNav
	case footNames[w]:
		return inFooter
	}
	return 0
}
