package bundle

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is one page of the website, read back for a bundle of another form.
type page struct {
	path  string
	title string
	lang  string
	dir   string
	doc   *html.Node
	main  *html.Node
}

// readPage reads a page of the website.
func readPage(name string, data []byte) (*page, error) {
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &page{path: name, doc: doc}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			p.lang, p.dir = attr(n, "lang"), attr(n, "dir")
		case atom.Title:
			if p.title == "" && n.Namespace == "" && n.FirstChild != nil {
				p.title = n.FirstChild.Data
			}
		case atom.Main:
			p.main = n
		}
	}
	if p.main == nil {
		return nil, fmt.Errorf("%s has no element <main>, which the template layout.html should give it", name)
	}
	return p, nil
}

// A target is what a link of a page leads to.
type target struct {
	path     string // of the file in the site; "" when it leads out of it
	fragment string
}

// resolve returns what the link href leads to from the page at from.
func resolve(from, href string) (target, bool) {
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return target{}, false
	}
	if u.Path == "" {
		return target{from, u.Fragment}, true
	}
	return target{path.Join(path.Dir(from), u.Path), u.Fragment}, true
}

// references are the attributes that name ids of the same page.
var references = []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func setAttr(n *html.Node, key, value string) {
	for i, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func dropAttr(n *html.Node, keys ...string) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		drop := false
		for _, k := range keys {
			drop = drop || a.Key == k
		}
		if !drop {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

// unlink makes plain words of a link that leads to nothing any more.
func unlink(n *html.Node) {
	n.Data, n.DataAtom = "span", atom.Span
	if n.Namespace == "svg" {
		n.Data, n.DataAtom = "g", 0 // its title says what it is
		dropAttr(n, "aria-label", "tabindex")
	}
	dropAttr(n, "href", "rel", "role", "hreflang", "type", "target")
}

// remove takes n out, and what it leaves empty: an item, its list.
func remove(n *html.Node) {
	for n != nil && n.Parent != nil {
		p := n.Parent
		p.RemoveChild(n)
		if (p.DataAtom != atom.Li && p.DataAtom != atom.Ul && p.DataAtom != atom.Nav) || hasContent(p) {
			return
		}
		n = p
	}
}

func hasContent(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return true
		}
	}
	return false
}

// elements returns the elements below n in order, as a list, so that the tree
// may change while it is walked.
func elements(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode {
			list = append(list, c)
		}
	}
	return list
}

// hasClass reports whether n has the class.
func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}
