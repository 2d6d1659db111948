package render

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/output"
)

// A checkedPage is what a walk over the pages found in one.
type checkedPage struct {
	ids   map[string]bool
	links []string
}

// checkSite walks over all pages of a tree: each is whole, every id stands once,
// every link leads to a file and every fragment to an element of it, and nothing
// is loaded from elsewhere.
func checkSite(t *testing.T, tree *output.Tree) {
	t.Helper()
	files := map[string]bool{}
	pages := map[string]*checkedPage{}
	for _, f := range tree.Files {
		files[f.Path] = true
		if strings.HasSuffix(f.Path, ".html") {
			pages[f.Path] = checkPage(t, f)
		}
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range pages {
			if !yield(n) {
				return
			}
		}
	}) {
		for _, link := range pages[name].links {
			u, err := url.Parse(link)
			if err != nil {
				t.Errorf("%s: link %q: %v", name, link, err)
				continue
			}
			if u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto" {
				continue
			}
			if u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") {
				t.Errorf("%s: link %q leads out of the site", name, link)
				continue
			}
			to := name
			if u.Path != "" {
				to = path.Join(path.Dir(name), u.Path)
			}
			if !files[to] {
				t.Errorf("%s: link %q leads to nothing", name, link)
				continue
			}
			if u.Fragment != "" && pages[to] != nil && !pages[to].ids[u.Fragment] {
				t.Errorf("%s: link %q: no element has that id", name, link)
			}
		}
	}
}

var (
	doubleEscape = regexp.MustCompile(`&amp;(amp|lt|gt|quot|#\d+);`)
	void         = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
	// loads are the attributes by which an element loads something.
	loads = map[string][]string{
		"script": {"src"}, "link": {"href"}, "img": {"src", "srcset"}, "iframe": {"src"}, "source": {"src", "srcset"},
		"object": {"data"}, "embed": {"src"}, "video": {"src", "poster"}, "audio": {"src"}, "use": {"href"}, "image": {"href"},
	}
	// apart are elements that may not stand within themselves.
	apart = []string{"a", "p", "button", "form", "label", "h1", "h2", "h3", "dfn", "table", "main"}
	// inParagraph are elements that end a paragraph.
	inParagraph = []string{"p", "div", "ul", "ol", "dl", "li", "table", "section", "blockquote", "h1", "h2", "h3", "figure", "aside", "details", "nav", "form", "fieldset", "header", "footer", "main", "article"}
)

// checkPage reads one page as a stream of tags: what a parser would mend
// silently is a fault here.
func checkPage(t *testing.T, f output.File) *checkedPage {
	t.Helper()
	p := &checkedPage{ids: map[string]bool{"": true, "top": true}}
	if m := doubleEscape.Find(f.Data); m != nil {
		t.Errorf("%s: escaped twice: %s", f.Path, m)
	}
	var stack []string
	z := html.NewTokenizer(bytes.NewReader(f.Data))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			if slices.Contains(apart, tok.Data) && slices.Contains(stack, tok.Data) {
				t.Errorf("%s: <%s> within <%s>: %s", f.Path, tok.Data, tok.Data, strings.Join(stack, " "))
			}
			if slices.Contains(inParagraph, tok.Data) && slices.Contains(stack, "p") {
				t.Errorf("%s: <%s> within <p>", f.Path, tok.Data)
			}
			seen := map[string]bool{}
			for _, a := range tok.Attr {
				if seen[a.Key] {
					t.Errorf("%s: <%s> has %s twice", f.Path, tok.Data, a.Key)
				}
				seen[a.Key] = true
				switch {
				case a.Key == "id":
					if p.ids[a.Val] || strings.ContainsAny(a.Val, " \t\n") {
						t.Errorf("%s: id %q is empty, has a space or stands twice", f.Path, a.Val)
					}
					p.ids[a.Val] = true
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s> has an attribute %s, which the page's policy forbids", f.Path, tok.Data, a.Key)
				case a.Key == "href" && tok.Data == "a":
					p.links = append(p.links, a.Val)
				}
				if slices.Contains(loads[tok.Data], a.Key) {
					rel := attr(tok, "rel")
					if rel == "canonical" {
						continue
					}
					if u, err := url.Parse(a.Val); err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(u.Path, "/") {
						t.Errorf("%s: <%s> loads %q", f.Path, tok.Data, a.Val)
					}
					p.links = append(p.links, a.Val)
				}
			}
			if tok.Data == "script" && attr(tok, "src") == "" && attr(tok, "type") != "application/ld+json" {
				t.Errorf("%s: a script within the page", f.Path)
			}
			if kind == html.StartTagToken && !slices.Contains(void, tok.Data) {
				stack = append(stack, tok.Data)
			}
		case html.EndTagToken:
			if len(stack) == 0 || stack[len(stack)-1] != tok.Data {
				t.Errorf("%s: </%s> closes %v", f.Path, tok.Data, stack)
				return p
			}
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) > 0 {
		t.Errorf("%s: never closed: %v", f.Path, stack)
	}
	return p
}

func attr(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
