package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"readout/internal/diag"
)

// editorParser parses what an editor writes as the pages do.
var editorParser = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()

// htmlID is the ID of what is said of HTML.
const htmlID = "markdown-html"

// maxTag is how many characters of a tag a message has.
const maxTag = 40

// comment matches a comment of HTML, which no page shows and an editor may leave.
var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// checkHTML reports HTML in the editor's Markdown, of which pages show nothing:
// what stands in it would be lost.
func checkHTML(source []byte, line int, report func(line, column int, id, message, hint string)) {
	if !bytes.ContainsRune(source, '<') {
		return
	}
	found := func(at int, raw []byte) bool {
		raw = bytes.TrimSpace(comment.ReplaceAll(raw, nil))
		if len(raw) == 0 {
			return false
		}
		// The first tag, or what there is of it.
		tag, _, _ := strings.Cut(string(raw), "\n")
		if end := strings.IndexByte(tag, '>'); end >= 0 {
			tag = tag[:end+1]
		}
		if r := []rune(tag); len(r) > maxTag {
			tag = string(r[:maxTag]) + "…"
		}
		l, column := diag.Position(string(source), at)
		report(line+l-1, column, htmlID, fmt.Sprintf("HTML is not published, nor is what stands in it: %s", tag),
			`write it in Markdown; a "<" that is meant as such has a backslash before it`)
		return true
	}
	told := false // a tag of the paragraph at hand: the first is enough
	_ = ast.Walk(editorParser.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			if n.Lines().Len() == 0 {
				break
			}
			raw := n.Lines().Value(source)
			if n.HasClosure() {
				raw = append(bytes.Clone(raw), n.ClosureLine.Value(source)...)
			}
			found(n.Lines().At(0).Start, raw)
		case *ast.RawHTML:
			told = told || found(n.Segments.At(0).Start, n.Segments.Value(source))
		default:
			if n.Type() == ast.TypeBlock {
				told = false
			}
		}
		return ast.WalkContinue, nil
	})
}
