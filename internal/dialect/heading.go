package dialect

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// KindHeading is the kind of a heading of annotated text.
var KindHeading = ast.NewNodeKind("ReadoutHeading")

// A headingNode is a heading of annotated text: a line of three to six hashes,
// its text and perhaps an attribute list. It differs from goldmark's in its
// attributes and in that closing hashes are text.
type headingNode struct {
	ast.BaseBlock
	hashes int
	list   AttributeList
	err    *attributeError
	errAt  int // offset of the attribute list
}

func (*headingNode) Kind() ast.NodeKind { return KindHeading }

func (n *headingNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type headingParser struct{}

func (headingParser) Trigger() []byte { return []byte{'#'} }

func (headingParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	i := pc.BlockOffset()
	if i < 0 {
		return nil, parser.NoChildren
	}
	node := &headingNode{}
	for i < len(line) && line[i] == '#' {
		node.hashes++
		i++
	}
	if node.hashes > 6 || i < len(line) && strings.IndexByte(" \t\r\n", line[i]) < 0 {
		return nil, parser.NoChildren
	}
	end := len(line)
	for end > i && strings.IndexByte(" \t\r\n", line[end-1]) >= 0 {
		end--
	}
	for i < end && (line[i] == ' ' || line[i] == '\t') {
		i++
	}
	if at := trailingAttributes(string(line[i:end])); at >= 0 {
		list, _, err := parseAttributes(string(line[i+at : end]))
		node.list, node.err, node.errAt = list, err, segment.Start+i+at
		end = i + at
		for end > i && (line[end-1] == ' ' || line[end-1] == '\t') {
			end--
		}
	}
	node.Lines().Append(text.NewSegment(segment.Start+i, segment.Start+end))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// trailingAttributes returns where the attribute list at the end of a heading
// begins, or -1. The list of a span, which follows "]", is not the heading's.
func trailingAttributes(s string) int {
	if !strings.HasSuffix(s, "}") {
		return -1
	}
	at := -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '{' && i > 0 && s[i-1] != ']':
			if _, n, err := parseAttributes(s[i:]); err == nil && i+n == len(s) {
				return i
			}
			at = i
		case s[i] == '{' && i > 0:
			if _, n, err := parseAttributes(s[i:]); err == nil {
				i += n - 1
				if i == len(s)-1 {
					return -1
				}
			}
		}
		if at >= 0 && i-at > maxAttrLen {
			return -1
		}
	}
	return at
}

func (headingParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}

func (headingParser) Close(ast.Node, text.Reader, parser.Context) {}
func (headingParser) CanInterruptParagraph() bool                 { return true }
func (headingParser) CanAcceptIndentedLine() bool                 { return false }
