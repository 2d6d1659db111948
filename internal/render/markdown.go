package render

import (
	"bytes"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// editorMarkdown renders what an editor writes. Raw HTML and links that run
// something are left out, as is goldmark's custom.
var editorMarkdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(editorTree{}, 500))),
)

// editorTree fits the tree of an editor's text into a page: headings go below
// the h2 that stands above them, and pictures, which a page may load from its
// own folder only, become links.
type editorTree struct{}

func (editorTree) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var images []*ast.Image
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n := n.(type) {
			case *ast.Heading:
				n.Level = max(n.Level, 3)
			case *ast.Image:
				images = append(images, n)
			}
		}
		return ast.WalkContinue, nil
	})
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
		} else {
			link := ast.NewLink()
			link.Destination = img.Destination
			to = link
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
