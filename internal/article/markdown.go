package article

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	gtext "github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"readout/internal/diag"
	"readout/internal/limit"
	"readout/internal/seed"
)

// fromMarkdown makes an Article of a Markdown seed: of what a reader of the
// rendered page sees, without the markup.
func fromMarkdown(f *seed.File, side known) (*Article, diag.List) {
	m, diags := splitMatter(f.Path, f.Text, f.Limits)
	if !m.ok {
		return nil, diags
	}
	meta, more := readFields(f.Path, m.fields, matterKeys, diag.Warning, "the key is not used; remove it, or leave it")
	diags = append(diags, more...)
	side.merge(meta)
	side.dropFuture()
	body := f.Text[m.body:]
	if line, e := tooMuch(body, f.Limits); e != nil {
		diags.Add(diag.Diagnostic{File: f.Path, Line: line + strings.Count(f.Text[:m.body], "\n"), ID: "seed-depth", Message: e.Message, Hint: e.Hint})
		return nil, diags
	}
	source := []byte(body)
	parser := goldmark.New(goldmark.WithExtensions(extension.Strikethrough)).Parser()
	doc := parser.Parse(gtext.NewReader(source))
	w := markdownWalker{source: source, across: true}
	w.blocks(doc, "", 0)
	if w.hiding != "" || w.again {
		// An element that nothing ends, or not where it seems to: it hides nothing.
		w = markdownWalker{source: source}
		w.blocks(doc, "", 0)
	}
	return fromPieces(f.Path, w.pieces, side.Meta), diags
}

// tooMuch returns the line at which body passes a limit, and which. The parser's
// time grows with the square of what is bounded here.
func tooMuch(body string, limits limit.Set) (line int, passed *limit.Error) {
	if line := deepLine(body, limits.Of(limit.MarkdownDepth)); line > 0 {
		return line, limits.Passed(limit.MarkdownDepth)
	}
	n, start, size, links := 0, 0, int64(0), int64(0)
	for text := range strings.Lines(body) {
		n++
		if strings.TrimSpace(text) == "" {
			size, links = 0, 0
			continue
		}
		if size == 0 {
			start = n
		}
		size += int64(len(text))
		links += int64(strings.Count(text, "](") + strings.Count(text, "]:"))
		switch {
		case links > limits.Of(limit.MarkdownLinks):
			return start, limits.Passed(limit.MarkdownLinks)
		case size > limits.Of(limit.MarkdownParagraph):
			return start, limits.Passed(limit.MarkdownParagraph)
		}
	}
	return 0, nil
}

// deepLine returns the first line of text that opens more than most quotations
// or lists, and 0 where none does.
func deepLine(text string, most int64) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		depth, blanks := int64(0), int64(0)
	scan:
		for i := 0; i < len(line); i++ {
			switch c := line[i]; c {
			case '>':
				depth++
			case ' ', '\t':
				blanks++
			case '-', '*', '+':
				if i+1 >= len(line) || line[i+1] != ' ' && line[i+1] != '\t' {
					break scan
				}
				depth++
			default:
				if c >= '0' && c <= '9' || (c == '.' || c == ')') && i > 0 && line[i-1] >= '0' && line[i-1] <= '9' {
					if c == '.' || c == ')' {
						depth++
					}
					continue
				}
				break scan
			}
		}
		if depth > most || depth > 0 && blanks > 8*most {
			return n
		}
	}
	return 0
}

type markdownWalker struct {
	source []byte
	pieces []piece
	// across makes an element of which nothing is shown reach over blank lines, to
	// its end tag in another block. hiding is the name of one that has begun; again
	// reports that it began a second time, so that it had not ended.
	across bool
	hiding string
	again  bool
}

func (w *markdownWalker) add(text string, role Role, level int) {
	w.pieces = append(w.pieces, piece{text: text, role: role, level: level})
}

// blocks walks the blocks in n. role and level are those of what encloses them.
func (w *markdownWalker) blocks(n ast.Node, role Role, level int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			w.add(w.inline(c), Heading, c.Level)
		case *ast.Paragraph, *ast.TextBlock:
			w.paragraph(c, role, level)
		case *ast.Blockquote:
			w.blocks(c, Quotation, 0)
		case *ast.List:
			w.list(c, level+1)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			if w.hiding != "" {
				continue
			}
			w.add(string(c.Lines().Value(w.source)), role, level)
		case *ast.HTMLBlock:
			raw := string(c.Lines().Value(w.source))
			if c.HasClosure() {
				raw += string(c.ClosureLine.Value(w.source))
			}
			for part := range strings.SplitSeq(w.visible(raw), "\n\n") {
				w.add(flat(part), role, level)
			}
		case *ast.ThematicBreak:
		default:
			w.blocks(c, role, level)
		}
	}
}

// paragraph adds a paragraph. A table, which is read without the extension that
// is quadratic in its width, gives a block a row.
func (w *markdownWalker) paragraph(n ast.Node, role Role, level int) {
	t := w.inline(n)
	rows := strings.Split(t, "\n")
	if len(rows) >= 2 && strings.HasPrefix(rows[0], "|") && strings.Trim(rows[1], "|-: ") == "" {
		for i, row := range rows {
			if i != 1 {
				w.add(strings.Trim(row, "| \t"), role, level)
			}
		}
		return
	}
	w.add(t, role, level)
	_, emphasis := n.FirstChild().(*ast.Emphasis)
	w.pieces[len(w.pieces)-1].apart = emphasis && n.ChildCount() == 1
}

// list adds the items of a list. Their bullets go; their numbers, which the
// text may speak of, stay.
func (w *markdownWalker) list(n *ast.List, level int) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		first := len(w.pieces)
		w.blocks(item, ListItem, level)
		if n.IsOrdered() && first < len(w.pieces) {
			w.pieces[first].text = fmt.Sprintf("%d%c %s", number, n.Marker, w.pieces[first].text)
			number++
		}
	}
}

// inline returns the text of a block as a reader sees it.
func (w *markdownWalker) inline(n ast.Node) string {
	var b strings.Builder
	w.write(&b, n, 0)
	return b.String()
}

// maxInline is how deep emphasis may nest in what is shown.
const maxInline = 600

func (w *markdownWalker) write(b *strings.Builder, n ast.Node, depth int) {
	if depth > maxInline {
		return
	}
	until := ast.Node(nil) // the end tag of an element of which nothing is shown
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if until != nil {
			if c == until {
				until = nil
			}
			continue
		}
		if w.hiding != "" {
			if raw, ok := c.(*ast.RawHTML); ok {
				switch name, end := tagOf(raw, w.source); {
				case name == w.hiding && end:
					w.hiding = ""
				case name == w.hiding:
					w.again = true
				}
			}
			continue
		}
		switch c := c.(type) {
		case *ast.Text:
			w.text(b, c)
			switch {
			case c.HardLineBreak():
				b.WriteByte('\n')
			case c.SoftLineBreak():
				if isTableRow(n, w.source) {
					b.WriteByte('\n')
				} else {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.CodeSpan:
			for t := c.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.WriteString(strings.ReplaceAll(string(t.Segment.Value(w.source)), "\n", " "))
				}
			}
		case *ast.AutoLink:
			b.Write(c.Label(w.source))
		case *ast.RawHTML:
			switch name, end := tagOf(c, w.source); {
			case end:
			case name == "br":
				b.WriteByte('\n')
			case unshown[name]:
				if until = endOf(c, name, w.source); until == nil && w.across {
					w.hiding = name
				}
			}
		case *ast.Image:
		case *east.Strikethrough:
			w.write(b, c, depth+1)
		default:
			w.write(b, c, depth+1)
		}
	}
}

// text writes a stretch of text with its escapes and entities resolved. The
// renderer alone resolves both in one pass, as CommonMark wants it; what it
// escapes for HTML is taken back.
func (w *markdownWalker) text(b *strings.Builder, t *ast.Text) {
	v := t.Segment.Value(w.source)
	if t.IsRaw() || !bytes.ContainsAny(v, "\\&") {
		b.Write(v)
		return
	}
	var out bytes.Buffer
	buf := bufio.NewWriter(&out)
	ghtml.DefaultWriter.Write(buf, v)
	buf.Flush()
	b.WriteString(html.UnescapeString(out.String()))
}

// isTableRow reports whether the paragraph n is written as a table.
func isTableRow(n ast.Node, source []byte) bool {
	if n.Type() != ast.TypeBlock || n.Lines().Len() < 2 {
		return false
	}
	first := n.Lines().At(0)
	v := first.Value(source)
	return len(v) > 0 && v[0] == '|'
}

// unshown are the elements of which a page shows nothing.
var unshown = map[string]bool{"script": true, "style": true, "template": true, "iframe": true, "noscript": true}

// tagOf returns the name of the element that a tag begins or ends, "" where it
// is no tag.
func tagOf(n *ast.RawHTML, source []byte) (name string, end bool) {
	z := html.NewTokenizer(bytes.NewReader(n.Segments.Value(source)))
	kind := z.Next()
	if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
		return "", false
	}
	tag, _ := z.TagName()
	return string(tag), kind == html.EndTagToken
}

// endOf returns the tag beside n that ends the element that n begins, nil where
// there is none: such a tag hides nothing.
func endOf(n ast.Node, name string, source []byte) ast.Node {
	for c := n.NextSibling(); c != nil; c = c.NextSibling() {
		if raw, ok := c.(*ast.RawHTML); ok {
			if tag, end := tagOf(raw, source); end && tag == name {
				return c
			}
		}
	}
	return nil
}

// visible returns the text of a block of HTML, with a blank line between its own
// blocks.
func (w *markdownWalker) visible(raw string) string {
	if w.hiding != "" {
		at := strings.Index(strings.ToLower(raw), "</"+w.hiding)
		if at < 0 || len(strings.ToLower(raw)) != len(raw) {
			w.again = w.again || strings.Contains(strings.ToLower(raw), "<"+w.hiding)
			return ""
		}
		raw, w.hiding = raw[at:], ""
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(raw))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			if w.across {
				w.hiding = skip
			}
			return b.String()
		case html.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			if skip == "" && unshown[string(name)] {
				skip = string(name)
			}
			switch string(name) {
			case "p", "div", "li", "br", "td", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "tr":
				b.WriteString("\n\n")
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if string(name) == skip {
				skip = ""
			}
		}
	}
}
