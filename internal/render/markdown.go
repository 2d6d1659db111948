package render

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// editorMarkdown renders what an editor writes. Raw HTML is left out, as is
// goldmark's custom.
var editorMarkdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(editorTree{}, 500))),
)

// editorTree fits the tree of an editor's text into a page: headings go below
// the h2 that stands above them, pictures, which a page may load from its own
// folder only, become links, and links lead to the web, to an address of mail or
// within the site: of others the words stay. goldmark takes some of those out as
// well, in versions that have no fault there.
type editorTree struct{}

func (editorTree) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var images []*ast.Image
	var links []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Heading:
				n.Level = max(n.Level, 3)
			case *ast.Image:
				images = append(images, n)
			case *ast.Link:
				if !leads(n.Destination) {
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

// markdown renders an editor's CommonMark.
func (r *Renderer) markdown(source string) (template.HTML, error) {
	if source == "" {
		return "", nil
	}
	var b bytes.Buffer
	if err := editorMarkdown.Convert([]byte(source), &b); err != nil {
		return "", err
	}
	m := &markup{}
	m.raw(b.String())
	return m.html(), nil
}
