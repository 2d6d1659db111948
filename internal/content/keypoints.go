package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/limit"
)

var keyPointParser = func() parser.Parser {
	md := goldmark.New(goldmark.WithExtensions(dialect.Extension))
	return md.Parser()
}()

// parseKeyPoints reads the section "Key points": a list, each item of which
// ends with a link to the block it rests on.
func parseKeyPoints(limits limit.Set, s dialect.Section, file string) ([]KeyPoint, diag.List) {
	var diags diag.List
	source := bytes.ReplaceAll(s.Source, []byte("\r\n"), []byte("\n"))
	place := func(offset int) (line, column int) {
		line, column = diag.Position(string(source), offset)
		return line + s.First - 1, column
	}
	report := func(offset int, id, message, hint string) {
		line, column := place(offset)
		diags.Add(diag.Diagnostic{File: file, Line: line, Column: column, ID: id, Message: message, Hint: hint})
	}
	if int64(len(source)) > limits.Of(limit.KeyPointsSize) {
		e := limits.Passed(limit.KeyPointsSize)
		report(0, "keypoints-size", e.Message, e.Hint)
		return nil, diags
	}
	at, links := 0, int64(0)
	for line := range bytes.Lines(source) {
		if dialect.TooDeep(line) {
			report(at, "keypoints-nesting", "key points nest too deep", "write them as one list")
			return nil, diags
		}
		if links += linksIn(line); len(bytes.TrimSpace(line)) == 0 {
			links = 0
		}
		if links > limits.Of(limit.SectionLinks) {
			e := limits.Passed(limit.SectionLinks)
			report(at, "keypoints-links", e.Message, e.Hint)
			return nil, diags
		}
		at += len(line)
	}
	var points []KeyPoint
	root := keyPointParser.Parse(text.NewReader(source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		list, ok := n.(*ast.List)
		if !ok {
			report(startOf(n), "keypoints-list", "key points are a list", `write "- text [¶1](#p1)" lines, and other text under a heading of its own`)
			continue
		}
		for item := list.FirstChild(); item != nil; item = item.NextSibling() {
			first := item.FirstChild()
			if first == nil {
				continue
			}
			if first.NextSibling() != nil {
				report(startOf(first.NextSibling()), "keypoints-list", "a key point is one paragraph", "make it an item of its own")
			}
			at := startOf(first)
			line, _ := place(at)
			p := KeyPoint{Line: line}
			if link, ok := first.LastChild().(*ast.Link); ok && bytes.HasPrefix(link.Destination, []byte("#")) {
				p.Target = string(link.Destination[1:])
				first.RemoveChild(first, link)
			} else {
				report(at, "keypoint-link", "key point without a link to its paragraph", "end it with a link such as [¶1](#p1)")
			}
			var b strings.Builder
			plainText(&b, first, source)
			p.Text = strings.TrimRight(b.String(), " \n")
			if p.Text == "" {
				report(at, "keypoint-empty", "key point without text", "take it away")
				continue
			}
			points = append(points, p)
		}
	}
	return points, diags
}

// plainText appends the text of n's children without their markup.
func plainText(b *strings.Builder, n ast.Node, source []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := string(c.Segment.Value(source))
			if n.Kind() != ast.KindCodeSpan {
				value = dialect.Unescape(value)
			}
			b.WriteString(value)
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.AutoLink:
			b.Write(c.Label(source))
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				b.Write(segment.Value(source))
			}
		default:
			plainText(b, c, source)
		}
	}
}

// startOf returns the offset in the source at which n begins.
func startOf(n ast.Node) int {
	for c := n; c != nil && c.Type() == ast.TypeBlock; c = c.FirstChild() {
		if c.Lines() != nil && c.Lines().Len() > 0 {
			return c.Lines().At(0).Start
		}
	}
	return max(n.Pos(), 0)
}
