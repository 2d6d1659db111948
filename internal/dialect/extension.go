package dialect

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"readout/internal/stable"
)

// Extension is the goldmark extension that knows bracketed spans and fenced
// divs. It leaves all else to goldmark: where there is no attribute list,
// brackets are links and colons are text.
var Extension goldmark.Extender = extension{}

type extension struct{}

func (extension) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(divParser{}, 90)),
		parser.WithInlineParsers(util.Prioritized(spanParser{}, 90)),
	)
	m.Renderer().AddOptions(rendererOptions...)
}

// KindSpan and KindDiv are the kinds of the nodes this package adds.
var (
	KindSpan = ast.NewNodeKind("ReadoutSpan")
	KindDiv  = ast.NewNodeKind("ReadoutDiv")
)

// A SpanNode is a bracketed span; its children are what it covers. Pos is the
// offset of its "[".
type SpanNode struct {
	ast.BaseInline
	List AttributeList
	at   bracketSpan
	// bottom is the last delimiter before the span: emphasis does not cross it.
	bottom ast.Node
}

// Kind returns KindSpan.
func (*SpanNode) Kind() ast.NodeKind { return KindSpan }

// Dump prints n for debugging.
func (n *SpanNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A DivNode is a fenced div.
type DivNode struct {
	ast.BaseBlock
	List   AttributeList
	offset int  // of the opening fence
	closed bool // its closing fence was found
	fence  int  // length of the opening fence
}

// Kind returns KindDiv.
func (*DivNode) Kind() ast.NodeKind { return KindDiv }

// Dump prints n for debugging.
func (n *DivNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// divParser opens a div at ":::" with an attribute list or one class name and
// closes the innermost one at a bare ":::".
type divParser struct{}

var divStackKey = parser.NewContextKey()

func divStack(pc parser.Context) []*DivNode {
	stack, _ := pc.Get(divStackKey).([]*DivNode)
	return stack
}

func (divParser) Trigger() []byte { return []byte{':'} }

func (divParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	rest := string(bytes.TrimRight(line[pos:], " \t\r\n"))
	info := strings.TrimLeft(rest, ":")
	fence := len(rest) - len(info)
	info = strings.Trim(info, " \t")
	if fence < 3 || info == "" || len(divStack(pc)) >= maxNesting {
		return nil, parser.NoChildren
	}
	node := &DivNode{offset: segment.Start + pos, fence: fence}
	if info[0] == '{' {
		list, n, err := parseAttributes(info)
		if err != nil || strings.Trim(info[n:], ": \t") != "" {
			return nil, parser.NoChildren
		}
		node.List = list
	} else {
		info = strings.TrimRight(info, ": \t")
		if !isName(info) {
			return nil, parser.NoChildren
		}
		node.List.Classes = []string{info}
	}
	pc.Set(divStackKey, append(divStack(pc), node))
	reader.AdvanceToEOL()
	return node, parser.HasChildren
}

func (divParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	div := node.(*DivNode)
	stack := divStack(pc)
	if len(stack) > 0 && stack[len(stack)-1] == div {
		line, _ := reader.PeekLine()
		trimmed := bytes.Trim(line, " \t\r\n")
		if len(trimmed) >= 3 && len(bytes.Trim(trimmed, ":")) == 0 {
			div.closed = true
			reader.AdvanceToEOL()
			return parser.Close
		}
	}
	return parser.Continue | parser.HasChildren
}

func (divParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	stack := divStack(pc)
	for i := len(stack) - 1; i >= 0; i-- {
		if stack[i] == node {
			pc.Set(divStackKey, stack[:i])
			return
		}
	}
}

func (divParser) CanInterruptParagraph() bool { return false }
func (divParser) CanAcceptIndentedLine() bool { return false }

// spanParser finds bracketed spans. The brackets of a block are matched once,
// when its first bracket is met, so that the work stays linear.
type spanParser struct{}

var spanStateKey = parser.NewContextKey()

// A spanState is what is known of the brackets of the block at hand.
type spanState struct {
	block ast.Node
	spans []bracketSpan
	next  int // the first of spans that the parser has not met
	open  []*SpanNode
}

func (spanParser) Trigger() []byte { return []byte{'[', ']'} }

func (spanParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	state, _ := pc.Get(spanStateKey).(*spanState)
	if state == nil {
		state = &spanState{}
		pc.Set(spanStateKey, state)
	}
	if state.block != parent {
		state.block, state.next, state.open = parent, 0, state.open[:0]
		var b brackets
		b.match(block.Source(), string(block.Source()), parent.Lines())
		state.spans = b.spans
	}
	line, segment := block.PeekLine()
	offset := segment.Start
	if line[0] == '[' {
		for state.next < len(state.spans) && state.spans[state.next].start < offset {
			state.next++
		}
		if state.next == len(state.spans) || state.spans[state.next].start != offset {
			return nil
		}
		node := &SpanNode{List: state.spans[state.next].list, at: state.spans[state.next], bottom: pc.LastDelimiter()}
		node.SetPos(offset)
		state.open = append(state.open, node)
		block.Advance(1)
		return node
	}
	if len(state.open) == 0 {
		return nil
	}
	node := state.open[len(state.open)-1]
	if node.at.end != offset {
		return nil
	}
	state.open = state.open[:len(state.open)-1]
	parser.ProcessDelimiters(node.bottom, pc)
	for child := node.NextSibling(); child != nil; {
		next := child.NextSibling()
		node.AppendChild(node, child)
		child = next
	}
	parent.RemoveChild(parent, node)
	block.Advance(node.at.stop - offset)
	return node
}

// A bracketSpan is a bracketed span in the source.
type bracketSpan struct {
	start, end int // offsets of "[" and "]"
	stop       int // offset after the attribute list
	list       AttributeList
}

type bracketProblem struct {
	offset        int
	id            string
	message, hint string
}

// brackets are those of a block. They are used again for the next one.
type brackets struct {
	spans    []bracketSpan // by their start
	problems []bracketProblem
	open     []int
	lists    attributeLists
}

func (b *brackets) problem(offset int, id, message, hint string) {
	b.problems = append(b.problems, bracketProblem{offset, id, message, hint})
}

// match pairs the brackets of a block and reads the attribute list after each
// closing one: it finds the spans by their start and what is wrong with the other
// brackets. Brackets in code spans do not count. The string all has the bytes of
// source.
func (b *brackets) match(source []byte, all string, lines *text.Segments) {
	ticks := codeSpans(source, lines)
	spans, open := b.spans[:0], b.open[:0]
	b.problems = b.problems[:0]
	sorted := true
scan:
	for l := 0; l < lines.Len(); l++ {
		segment := lines.At(l)
		for i := segment.Start; i < segment.Stop; i++ {
			if len(b.problems) > maxProblems {
				break scan
			}
			switch source[i] {
			case '`':
				if end, ok := ticks[i]; ok {
					// The end may lie on a later line, where the scan resumes.
					for l+1 < lines.Len() && end > segment.Stop {
						l++
						segment = lines.At(l)
					}
					i = end - 1
				} else {
					for i+1 < segment.Stop && source[i+1] == '`' {
						i++
					}
				}
			case '\\':
				i++
			case '[':
				open = append(open, i)
			case ']':
				if len(open) == 0 {
					b.problem(i, "span-unopened", `"]" without "["`, `write \] for a bracket that belongs to the text`)
					continue
				}
				start := open[len(open)-1]
				open = open[:len(open)-1]
				if i+1 >= segment.Stop || source[i+1] != '{' {
					b.problem(start, "span-no-attributes", `bracket without attributes: "]" is not followed by "{"`,
						`write [text]{.class}, or \[ and \] for brackets that belong to the text`)
					continue
				}
				list, n, err := b.lists.parse(all[i+1 : min(segment.Stop, i+1+maxAttrLen)])
				if err != nil {
					b.problem(i+1+err.offset, "span-attributes", err.message, err.hint)
					continue
				}
				if len(open) >= MaxDepth {
					b.problem(start, "span-depth", "spans nest too deep", "take some of the marks away")
					continue
				}
				sorted = sorted && (len(spans) == 0 || spans[len(spans)-1].start < start)
				spans = append(spans, bracketSpan{start, i, i + 1 + n, list})
				i += n
			}
		}
	}
	if !sorted {
		stable.Sort(spans, func(a, b bracketSpan) int { return a.start - b.start })
	}
	for _, start := range open[:min(len(open), maxProblems)] {
		b.problem(start, "span-unclosed", `"[" is never closed in its paragraph`,
			`close it with ]{.class}, or write \[ for a bracket that belongs to the text`)
	}
	b.spans, b.open = spans, open
}

// codeSpans returns for the start of each code span of a block its end.
func codeSpans(source []byte, lines *text.Segments) map[int]int {
	type run struct{ start, end int }
	var runs []run
	if n := lines.Len(); n == 0 || bytes.IndexByte(source[lines.At(0).Start:lines.At(n-1).Stop], '`') < 0 {
		return nil
	}
	for l := range lines.Len() {
		segment := lines.At(l)
		for i := segment.Start; i < segment.Stop; i++ {
			if source[i] != '`' {
				continue
			}
			start := i
			for i+1 < segment.Stop && source[i+1] == '`' {
				i++
			}
			runs = append(runs, run{start, i + 1})
		}
	}
	if runs == nil {
		return nil
	}
	// From the last to the first: the nearest later run of the same length.
	spans := map[int]int{}
	nearest := map[int]int{}
	for i := len(runs) - 1; i >= 0; i-- {
		n := runs[i].end - runs[i].start
		if end, ok := nearest[n]; ok && (runs[i].start == 0 || source[runs[i].start-1] != '\\') {
			spans[runs[i].start] = end
		}
		nearest[n] = runs[i].end
	}
	return spans
}
