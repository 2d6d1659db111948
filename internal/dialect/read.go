package dialect

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"readout/internal/diag"
	"readout/internal/span"
	"readout/internal/stable"
)

// strictParser reads the blocks of annotated text. It knows every block of
// CommonMark, so that what does not belong there is seen and reported. What
// stands inside a block is read by reader.inline: of inline constructs there are
// spans alone, and those Extension finds in the same way.
var strictParser = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(divParser{}, 90),
		util.Prioritized(headingParser{}, 95),
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(util.Prioritized(betweenPasses{}, 100)),
)

// Read reads annotated text: what stands under the heading "Annotated text" of
// a content file. firstLine is the number of src's first line in that file.
// Whatever is not of the dialect is reported; the File of the diagnostics is
// left empty. The Document holds what could be read all the same.
//
// Lines may end in "\r\n", which counts as "\n": an article's own carriage
// returns are written as character references.
func Read(src []byte, firstLine int) (Document, diag.List) {
	r := reader{firstLine: firstLine}
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	}
	r.source, r.all = src, string(src)
	r.text.Grow(len(src))
	if !r.precheck() {
		r.place()
		return r.doc, r.diags
	}
	r.makeRoom()
	pc := parser.NewContext()
	pc.Set(readerKey, &r)
	strictParser.Parse(text.NewReader(src), parser.WithContext(pc))
	r.doc.Text = r.text.String()
	r.checkIDs()
	r.place()
	return r.doc, r.diags
}

// betweenPasses reads the blocks once goldmark has found all of them, and then takes
// their lines away: its second pass would look at each character of the text for
// what begins something inline, of which strictParser knows nothing. It is asked
// after the first block of that pass.
type betweenPasses struct{}

var readerKey = parser.NewContextKey()

func (betweenPasses) Trigger() []byte                                      { return nil }
func (betweenPasses) Parse(ast.Node, text.Reader, parser.Context) ast.Node { return nil }

func (betweenPasses) CloseBlock(n ast.Node, _ text.Reader, pc parser.Context) {
	r, _ := pc.Get(readerKey).(*reader)
	if r == nil {
		return
	}
	pc.Set(readerKey, nil)
	for n.Parent() != nil {
		n = n.Parent()
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.block(c)
	}
	withoutLines(n)
}

// withoutLines takes away the lines of all that stands in a block.
func withoutLines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock {
			c.SetLines(noLines)
			withoutLines(c)
		}
	}
}

var noLines = text.NewSegments()

// A reader turns the tree of one annotated text into a Document.
type reader struct {
	source    []byte
	all       string // source, to cut strings from
	firstLine int
	text      strings.Builder
	doc       Document
	diags     diag.List
	brackets  brackets // of the block at hand
}

// makeRoom makes room for the blocks and marks that there may be.
func (r *reader) makeRoom() {
	marks := bytes.Count(r.source, []byte("]{"))
	r.doc.Blocks = make([]Block, 0, bytes.Count(r.source, []byte("\n\n"))+1)
	r.doc.Marks = make([]Mark, 0, marks)
	r.brackets.lists.attrs = make([]Attr, 0, bytes.Count(r.source, []byte("=")))
	r.brackets.lists.classes = make([]string, 0, marks)
}

// report adds a diagnostic at an offset of the source; place turns the offsets
// into lines and columns, all in one pass.
func (r *reader) report(offset int, id, message, hint string) {
	switch {
	case len(r.diags) > maxReports:
		return
	case len(r.diags) == maxReports:
		id, message, hint = "text-faults", "more faults like these follow", "put these right first"
	}
	r.diags.Add(diag.Diagnostic{Line: offset, ID: id, Message: message, Hint: hint})
}

// precheck looks for what would make parsing slow or ambiguous.
func (r *reader) precheck() bool {
	if i := invalidUTF8(r.source); i >= 0 {
		r.report(i, "text-encoding", "not valid UTF-8", "save the file as UTF-8")
		return false
	}
	if i := bytes.IndexByte(r.source, 0); i >= 0 {
		r.report(i, "text-control", "NUL character", `write \0 where the article has one`)
		return false
	}
	if i := bytes.IndexByte(r.source, '\r'); i >= 0 {
		r.report(i, "text-control", "carriage return that ends no line", `write &#13; where the article has one`)
		return false
	}
	start := 0
	for line := range bytes.Lines(r.source) {
		if TooDeep(line) {
			r.report(start, "text-nesting", fmt.Sprintf("lists or quotations nest more than %d deep", maxNesting),
				`put a backslash before a mark that belongs to the text`)
			return false
		}
		start += len(line)
	}
	return true
}

// TooDeep reports whether a line of Markdown begins so many quotations and lists
// inside one another, or so far to the right, that goldmark would take more than
// linear time over many such lines.
func TooDeep(line []byte) bool {
	blank := func(i int) bool { return i >= len(line) || strings.IndexByte(" \t\r\n", line[i]) >= 0 }
	depth, width := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			width++
		case c == '\t':
			width += 4
		case c == '>', (c == '-' || c == '+' || c == '*') && blank(i+1):
			depth++
		case isDigit(c):
			for i < len(line) && isDigit(line[i]) {
				i++
			}
			if i == len(line) || line[i] != '.' && line[i] != ')' || !blank(i+1) {
				return false
			}
			depth++
		default:
			return false
		}
		if depth > maxNesting || width > 8*maxNesting {
			return true
		}
	}
	return false
}

func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// offsetOf returns where in the source a block begins.
func offsetOf(n ast.Node) int {
	for c := n; c != nil; c = c.FirstChild() {
		switch c := c.(type) {
		case *DivNode:
			return c.offset
		}
		if c.Pos() >= 0 {
			return c.Pos()
		}
		if c.Type() == ast.TypeBlock && c.Lines() != nil && c.Lines().Len() > 0 {
			return c.Lines().At(0).Start
		}
	}
	return 0
}

// block reads a block at the top level.
func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.leaf(n, Block{Role: "paragraph"})
	case *headingNode:
		r.heading(n)
	case *ast.Blockquote:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Kind() != ast.KindParagraph {
				r.foreign(c, "in a quotation")
				continue
			}
			r.leaf(c, Block{Role: "quotation"})
		}
	case *ast.List:
		r.list(n, 1)
	case *DivNode:
		r.div(n)
	default:
		r.foreign(n, "")
	}
}

func (r *reader) heading(n *headingNode) {
	b := Block{Role: "heading", Level: n.hashes - 1}
	offset := n.Lines().At(0).Start - n.hashes - 1
	if n.hashes < 3 {
		r.report(max(offset, 0), "heading-level", "a heading of the article has three to six hashes", `write ### for it`)
		b.Level = 2
	}
	if n.err != nil {
		r.report(n.errAt+n.err.offset, "heading-attributes", n.err.message, n.err.hint)
	}
	for _, a := range n.list.Attrs {
		level, err := strconv.Atoi(a.Value)
		if a.Key != "level" || err != nil || level < 0 || level > 6 {
			r.report(n.errAt, "heading-attributes", fmt.Sprintf("unknown heading attribute %s=%q", a.Key, a.Value), "only level=1 to level=6 is known")
			continue
		}
		b.Level = level
	}
	if len(n.list.Classes) > 0 || n.list.ID != "" {
		r.report(n.errAt, "heading-attributes", "a heading has neither class nor id", "take it away")
	}
	r.leaf(n, b)
}

func (r *reader) list(n *ast.List, level int) {
	if n.IsOrdered() || n.Marker != '-' {
		r.report(offsetOf(n), "text-list", "list that the dialect does not know",
			`begin a list item with "- "; where the mark belongs to the text put a backslash before it, as in 1\. or \*`)
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		first := true
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.TextBlock, *ast.Paragraph:
				if !first {
					r.report(offsetOf(c), "text-list", "second paragraph in a list item", "make it an item or a paragraph of its own")
				}
				first = false
				r.leaf(c, Block{Role: "list-item", Level: level})
			case *ast.List:
				r.list(c, level+1)
			default:
				r.foreign(c, "in a list")
			}
		}
	}
}

func (r *reader) div(n *DivNode) {
	if !n.closed {
		r.report(n.offset, "div-unclosed", `":::" is never closed`, `close it with a line ":::"`)
	}
	b := Block{}
	if len(n.List.Classes) == 1 {
		b.Role = n.List.Classes[0]
	}
	if !slices.Contains(divRoles, b.Role) {
		hint := "the roles are " + strings.Join(divRoles[:6], ", ")
		if near := nearest(b.Role, divRoles); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		r.report(n.offset, "div-role", fmt.Sprintf("unknown role %q", strings.Join(n.List.Classes, " ")), hint)
		b.Role = "paragraph"
	}
	if n.List.ID != "" {
		r.report(n.offset, "div-attributes", "a block's id is its number and is not written", "take #"+n.List.ID+" away")
	}
	for _, a := range n.List.Attrs {
		switch {
		case a.Key == "reason" && b.Role == "set-aside":
			b.Reason = a.Value
		case a.Key == "level" && (b.Role == "list-item" || b.Role == "heading"):
			level, err := strconv.Atoi(a.Value)
			if err != nil {
				r.report(n.offset, "div-attributes", fmt.Sprintf("level %q is not a number", a.Value), "")
			}
			b.Level = level
		default:
			r.report(n.offset, "div-attributes", fmt.Sprintf("unknown attribute %q of %q", a.Key, b.Role), "")
		}
	}
	if n.FirstChild() == nil {
		r.report(n.offset, "div-empty", "block without text", "take it away")
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindParagraph {
			r.foreign(c, "between ::: lines")
			continue
		}
		r.leaf(c, b)
	}
}

// foreign reports a block that does not belong into annotated text.
func (r *reader) foreign(n ast.Node, where string) {
	what, hint := "block", `put a backslash before the mark that makes it one`
	switch n.Kind() {
	case ast.KindHeading:
		what, hint = "underlined heading", `write ### before a heading of the article, or \ before the line below it`
	case ast.KindThematicBreak:
		what = "rule"
	case ast.KindCodeBlock:
		what, hint = "indented block", "take the spaces at the start of the line away, or write the first as &#32;"
	case ast.KindFencedCodeBlock:
		what = "code block"
	case ast.KindHTMLBlock:
		what, hint = "HTML", `write \< for the character itself`
	case ast.KindBlockquote:
		what = "quotation"
	case ast.KindList:
		what = "list"
	case KindHeading:
		what = "heading"
	case KindDiv:
		what = "fenced div"
	}
	if where != "" {
		where = " " + where
	}
	r.report(offsetOf(n), "text-block", what+where+" does not belong into annotated text", hint)
}

// leaf reads a block that holds text.
func (r *reader) leaf(n ast.Node, b Block) {
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		if n.Kind() == KindHeading {
			break
		}
		s := line.Value(r.source)
		if at := blockStart(string(s[:min(len(s), 128)])); at >= 0 && at < 128 {
			r.report(line.Start+at, "text-unescaped", fmt.Sprintf("line begins like a list, a heading or a table: %q", firstWord(s)),
				`put a backslash before the mark, if it belongs to the text`)
		}
	}
	if r.text.Len() > 0 {
		r.text.WriteString("\n\n")
	}
	b.Line = offsetOf(n) // place makes a line of it
	if lines.Len() > 0 {
		b.Line = lines.At(0).Start
	}
	b.Span.Start = r.text.Len()
	r.inline(lines)
	b.Span.End = r.text.Len()
	if b.Span.Empty() {
		r.report(b.Line, "text-empty", "block without text", "take it away")
		return
	}
	r.doc.Blocks = append(r.doc.Blocks, b)
}

func firstWord(line []byte) string {
	word, _, _ := strings.Cut(strings.TrimSpace(string(line[:min(len(line), 24)])), " ")
	return word
}

// inline reads the lines of a block.
func (r *reader) inline(lines *text.Segments) {
	r.brackets.match(r.source, r.all, lines)
	spans := r.brackets.spans
	for _, p := range r.brackets.problems {
		r.report(p.offset, p.id, p.message, p.hint)
	}
	type opened struct {
		mark int
		at   bracketSpan
	}
	var open []opened
	for l := range lines.Len() {
		line := lines.At(l)
		stop := line.Stop
		newline := stop > line.Start && r.source[stop-1] == '\n'
		if newline {
			stop--
		}
		end := stop // without the white space, which Markdown drops
		for end > line.Start && (r.source[end-1] == ' ' || r.source[end-1] == '\t') {
			end--
		}
		slashes := end
		for slashes > line.Start && r.source[slashes-1] == '\\' {
			slashes--
		}
		if slash := newline && end == stop && (end-slashes)%2 == 1; newline && (stop-end >= 2 || slash) {
			r.report(end, "text-break", "line break made with a backslash or two spaces",
				`take it away; the end of a line is a line break of the text already`)
			if slash {
				end--
			}
		}
		for at := line.Start; ; {
			next, closes := end, false
			if len(spans) > 0 {
				next = min(next, spans[0].start)
			}
			if n := len(open); n > 0 && open[n-1].at.end <= next && open[n-1].at.end < end {
				next, closes = open[n-1].at.end, true
			}
			if next > at {
				r.decode(at, next)
			}
			switch {
			case closes:
				x := open[len(open)-1]
				open = open[:len(open)-1]
				m := &r.doc.Marks[x.mark]
				m.Span.End = r.text.Len()
				if m.Span.Empty() {
					r.report(x.at.start, "span-empty", "span without text", "take it away")
				}
				at = x.at.stop
				continue
			case next < end:
				open = append(open, opened{len(r.doc.Marks), spans[0]})
				r.span(spans[0])
				spans = spans[1:]
				at = next + 1
				continue
			}
			break
		}
		if newline {
			r.text.WriteByte('\n')
		}
	}
}

// meaning has the characters that may mean something else than themselves.
var meaning = [256]bool{'\\': true, '&': true, '<': true, '`': true, '*': true}

// decode appends what the source from start to end means.
func (r *reader) decode(start, end int) {
	src := r.all[start:end]
	for i := 0; i < len(src); {
		j := i
		for j < len(src) && !meaning[src[j]] {
			j++
		}
		r.text.WriteString(src[i:j])
		if i = j; i == len(src) {
			break
		}
		switch {
		case src[i] == '\\' && (i+1 == len(src) || !isPunct(src[i+1]) && src[i+1] != '0'):
			r.report(start+i, "text-unescaped", "backslash before a character that needs none", `write \\ for a backslash that belongs to the text`)
		case src[i] == '`', src[i] == '*', src[i] == '<' && i+1 < len(src) && (isLetter(src[i+1]) || src[i+1] == '/' || src[i+1] == '!'):
			r.report(start+i, "text-unescaped", fmt.Sprintf("%q without a backslash: Markdown reads it as markup", src[i]),
				fmt.Sprintf(`write \%c for the character itself`, src[i]))
		}
		i += decodeOne(&r.text, src[i:])
	}
}

// span begins the mark of a bracketed span.
func (r *reader) span(x bracketSpan) {
	m := Mark{ID: x.list.ID, Attrs: x.list.Attrs, Line: x.start, Span: span.New(r.text.Len(), r.text.Len())}
	switch {
	case len(x.list.Classes) == 0:
		r.report(x.start, "span-class", "span without a class", "write one of the classes, as in [text]{.person}")
	case len(x.list.Classes) > 1:
		r.report(x.start, "span-class", "span with two classes", "make it two spans, one inside the other")
	}
	if len(x.list.Classes) > 0 {
		m.Class = Class(x.list.Classes[0])
		r.checkAttributes(m, x.start)
	}
	r.doc.Marks = append(r.doc.Marks, m)
}

// place turns offsets into lines and columns, in one pass over the source.
func (r *reader) place() {
	const (
		block = iota
		mark
		message
	)
	type target struct{ offset, kind, index int }
	targets := make([]target, 0, len(r.doc.Blocks)+len(r.doc.Marks)+len(r.diags))
	for i, b := range r.doc.Blocks {
		targets = append(targets, target{b.Line, block, i})
	}
	for i, m := range r.doc.Marks {
		targets = append(targets, target{m.Line, mark, i})
	}
	for i, d := range r.diags {
		targets = append(targets, target{d.Line, message, i})
	}
	stable.Sort(targets, func(a, b target) int { return a.offset - b.offset })
	line, start, column, at := r.firstLine, 0, 1, 0
	for _, t := range targets {
		offset := min(max(t.offset, 0), len(r.source))
		for at < offset {
			at++
			switch {
			case r.source[at-1] == '\n':
				line++
				start, column = at, 1
			case at == len(r.source) || utf8.RuneStart(r.source[at]):
				column++
			}
		}
		switch t.kind {
		case block:
			r.doc.Blocks[t.index].Line = line
		case mark:
			r.doc.Marks[t.index].Line, r.doc.Marks[t.index].Column = line, column
		case message:
			d := &r.diags[t.index]
			d.Line, d.Column, d.Excerpt = line, column, excerpt(r.source[start:])
		}
	}
	r.diags.Sort()
}

// excerpt returns the first line of source, cut to a length one can read.
func excerpt(source []byte) string {
	line, _, _ := bytes.Cut(source[:min(len(source), 500)], []byte("\n"))
	n := 0
	for i := range string(line) {
		if n++; n > 120 {
			return strings.ToValidUTF8(string(line[:i]), "") + "…"
		}
	}
	return strings.ToValidUTF8(string(line), "")
}
