package render

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/site"
	"readout/internal/slug"
)

// editorMarkdown renders what an editor writes. Raw HTML is left out, as is
// goldmark's custom.
var editorMarkdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(editorTree{}, 500))),
)

// editorTree fits the tree of an editor's text into a page: headings go below
// the one that stands above them, none more than a level below the one before, and
// can be linked to, pictures, which a page may load from its own
// folder only, become links, and links lead to the web, to an address of mail or
// within the site: of others the words stay. goldmark takes some of those out as
// well, in versions that have no fault there.
type editorTree struct{}

func (editorTree) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	var images []*ast.Image
	var links []ast.Node
	top, _ := pc.Get(topHeading).(int)
	last := top - 1
	name, _ := pc.Get(headingName).(string)
	named := map[string]int{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Heading:
				n.Level = min(max(n.Level, top), last+1)
				last = n.Level
				id := name + "-" + slug.Make(words(n, reader.Source()))
				if named[id]++; named[id] > 1 {
					id += "-" + strconv.Itoa(named[id])
				}
				n.SetAttributeString("id", []byte(id))
			case *ast.Image:
				images = append(images, n)
			case *ast.Link:
				if !leads(n.Destination) || !resolve(pc, n, reader.Source()) {
					links = append(links, n)
				}
			case *ast.AutoLink:
				if !leads(n.URL(reader.Source())) {
					links = append(links, n)
				}
			}
		}
		return ast.WalkContinue, nil
	})
	for _, link := range links {
		parent := link.Parent()
		if auto, ok := link.(*ast.AutoLink); ok {
			label := ast.NewString(auto.Label(reader.Source()))
			label.SetRaw(true)
			parent.InsertBefore(parent, link, label)
		}
		for c := link.FirstChild(); c != nil; {
			next := c.NextSibling()
			parent.InsertBefore(parent, link, c)
			c = next
		}
		parent.RemoveChild(parent, link)
	}
	for _, img := range images {
		inLink := false
		for p := img.Parent(); p != nil; p = p.Parent() {
			if p.Kind() == ast.KindLink {
				inLink = true
			}
		}
		var to ast.Node
		if inLink {
			to = ast.NewEmphasis(1)
		} else if leads(img.Destination) {
			link := ast.NewLink()
			link.Destination = img.Destination
			to = link
		} else {
			to = ast.NewEmphasis(1)
		}
		for c := img.FirstChild(); c != nil; {
			next := c.NextSibling()
			to.AppendChild(to, c)
			c = next
		}
		if p := img.Parent(); p != nil {
			p.ReplaceChild(p, img, to)
		}
	}
}

// leads reports whether a link may lead to an address: one of the web or of mail,
// or one within the site, which has no scheme. Browsers take white space and
// control characters out of an address before they look at it.
func leads(address []byte) bool {
	bare := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, string(address))
	scheme, _, ok := strings.Cut(bare, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto":
		return true
	}
	return false
}

// An ownText is what an editor wrote: where it stands, and the page it is for.
type ownText struct {
	source string // CommonMark
	file   string // of the content
	line   int    // of the first line of source in it
	page   string
	top    int    // the level of its highest headings
	name   string // what the ids of its headings begin with
}

// words is the text within n.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			b.Write(t.Value(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// resolver is the key of what resolves links in the context of a parser: a
// func(destination string, line int) (string, bool).
var resolver = parser.NewContextKey()

// topHeading is the key of the level of an own text's highest headings.
var topHeading = parser.NewContextKey()

// headingName is the key of what the ids of an own text's headings begin with.
var headingName = parser.NewContextKey()

// resolve makes a link to a content file one to its page. It reports false where
// there is no such file.
func resolve(pc parser.Context, link *ast.Link, source []byte) bool {
	f, ok := pc.Get(resolver).(func(string, int) (string, bool))
	if !ok {
		return true
	}
	to, ok := f(string(link.Destination), bytes.Count(source[:startOf(link)], []byte("\n")))
	if ok {
		link.Destination = []byte(to)
	}
	return ok
}

// startOf is where the text of a node, or of the block it is in, begins.
func startOf(n ast.Node) int {
	at := 0
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := c.(*ast.Text); ok && entering {
			at = t.Segment.Start
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	for p := n.Parent(); at == 0 && p != nil; p = p.Parent() {
		if p.Type() == ast.TypeBlock && p.Lines() != nil && p.Lines().Len() > 0 {
			at = p.Lines().At(0).Start
		}
	}
	return at
}

// Dangling is the ID of the Diagnostic about a link to a content file that is
// not there.
const Dangling = "link-dangling"

// pageOf returns the link to the page of a content file, from an editor's text
// that names it by its path beside its own file. Other links stay as they are. A
// file that is not there is reported.
func (r *Renderer) pageOf(own ownText, destination string, line int) (string, bool) {
	name, fragment, _ := strings.Cut(destination, "#")
	if path.Ext(name) != ".md" || strings.Contains(name, ":") {
		return destination, true
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	r.mu.Lock()
	r.linked[own.page] = true
	r.mu.Unlock()
	file := path.Join(path.Dir(own.file), name)
	to, ok := r.contents()[file]
	if ok {
		return site.Link{Path: to, ID: fragment}.From(own.page), true
	}
	d := diag.Diagnostic{
		File: own.file, Line: own.line + line, ID: Dangling,
		Message: fmt.Sprintf("the link to %s leads to nothing: there is no %s", name, file),
		Hint:    "name a file of content/ as it is found from this one, such as other-briefing.md or ../stories/talks.md; the page has the words without the link",
	}
	if r.site.Faulty[file] {
		d.Message = fmt.Sprintf("the link to %s leads to nothing for now: %s has a fault of its own, named above", name, file)
		d.Hint = "mend that file; until then the page has the words without the link"
		r.dangles(d)
		return "", false
	}
	for other := range r.contents() {
		// The same file in another folder; of several the first.
		if path.Base(other) == path.Base(name) {
			rel := relativeFile(own.file, other)
			if hint := "write " + rel; !strings.HasPrefix(d.Hint, "write ") || hint < d.Hint {
				d.Hint = hint
			}
		}
	}
	r.dangles(d)
	return "", false
}

// dangles notes a link that leads to nothing, once.
func (r *Renderer) dangles(d diag.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.dangling, d) {
		r.dangling = append(r.dangling, d)
	}
}

// relativeFile is how a file of content/ is named from another.
func relativeFile(from, to string) string {
	if path.Dir(from) == path.Dir(to) {
		return path.Base(to)
	}
	return strings.Repeat("../", strings.Count(path.Dir(from), "/")) + strings.TrimPrefix(to, "content/")
}

// ContentPages maps the content files of a site, and those that its other
// stories and entities would have, to their pages.
func ContentPages(s *site.Site) map[string]string {
	pages := map[string]string{content.IndexPath: site.HomePath}
	for _, b := range s.Briefings {
		pages[b.File] = b.Path
	}
	add := func(file, page string) {
		pages["content/"+strings.TrimSuffix(page, ".html")+".md"] = page
		if file != "" {
			pages[file] = page
		}
	}
	for _, p := range s.Pages {
		add(p.File, p.Path)
	}
	for _, st := range s.Stories {
		add(st.File, st.Path)
	}
	for _, kind := range site.Kinds {
		for _, e := range s.EntitiesOf(kind) {
			add(e.File, e.Path)
		}
	}
	return pages
}

// markdown renders an editor's CommonMark.
func (r *Renderer) markdown(own ownText) (template.HTML, error) {
	if own.source == "" {
		return "", nil
	}
	var b bytes.Buffer
	pc := parser.NewContext()
	pc.Set(topHeading, own.top)
	pc.Set(headingName, own.name)
	pc.Set(resolver, func(to string, line int) (string, bool) { return r.pageOf(own, to, line) })
	if err := editorMarkdown.Convert([]byte(own.source), &b, parser.WithContext(pc)); err != nil {
		return "", err
	}
	m := &markup{}
	m.raw(b.String())
	return m.html(), nil
}
