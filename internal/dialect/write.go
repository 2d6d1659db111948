package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/span"
)

// Write returns d as annotated text: what stands under the heading "Annotated
// text" of a content file, ending with a newline. Blocks without text are left
// out. It is an error when the text is not valid UTF-8, when blocks or marks
// are out of order or out of bounds, when a mark is empty, crosses another or
// the end of a block, or when a role, class, id or attribute name cannot be
// written.
func Write(d Document) ([]byte, error) {
	if !utf8.ValidString(d.Text) {
		return nil, fmt.Errorf("dialect: the text is not valid UTF-8")
	}
	w := writer{text: d.Text}
	marks := d.Marks
	end := 0
	for _, b := range d.Blocks {
		if !b.Span.Valid(d.Text) || b.Span.Start < end {
			return nil, fmt.Errorf("dialect: block %s is out of bounds or out of order", b.Span)
		}
		end = b.Span.End
		n := 0
		for n < len(marks) && marks[n].Span.Start < end {
			n++
		}
		if err := checkMarks(d.Text, b.Span, marks[:n]); err != nil {
			return nil, err
		}
		if b.Span.Empty() {
			continue
		}
		if err := w.block(b, marks[:n]); err != nil {
			return nil, err
		}
		marks = marks[n:]
	}
	if len(marks) > 0 {
		return nil, fmt.Errorf("dialect: mark %s lies in no block", marks[0].Span)
	}
	w.closeDiv()
	return []byte(w.out.String()), nil
}

func checkMarks(text string, block span.Span, marks []Mark) error {
	var open []span.Span
	for i, m := range marks {
		for len(open) > 0 && open[len(open)-1].End <= m.Span.Start {
			open = open[:len(open)-1]
		}
		switch {
		case !m.Span.Valid(text) || m.Span.Empty() || !block.Contains(m.Span):
			return fmt.Errorf("dialect: mark %s is empty or leaves its block %s", m.Span, block)
		case i > 0 && m.Span.Compare(marks[i-1].Span) < 0:
			return fmt.Errorf("dialect: mark %s is out of order", m.Span)
		case len(open) > 0 && !open[len(open)-1].Contains(m.Span):
			return fmt.Errorf("dialect: marks %s and %s cross", open[len(open)-1], m.Span)
		case !isName(string(m.Class)) || m.ID != "" && !isName(m.ID):
			return fmt.Errorf("dialect: cannot write class %q, id %q", m.Class, m.ID)
		case len(open) >= MaxDepth:
			return fmt.Errorf("dialect: more than %d marks inside one another at %s", MaxDepth, m.Span)
		}
		for _, a := range m.Attrs {
			if !isName(a.Key) || !utf8.ValidString(a.Value) {
				return fmt.Errorf("dialect: cannot write attribute %q", a.Key)
			}
		}
		if len(m.Attrs) >= maxAttrs || attributesLen(string(m.Class), m.ID, m.Attrs) > maxAttrLen {
			return fmt.Errorf("dialect: too many attributes, or too long ones, at %s", m.Span)
		}
		open = append(open, m.Span)
	}
	return nil
}

// attributesLen returns how many bytes an attribute list takes when written; of
// long values, what is escaped can be six times as long.
func attributesLen(class, id string, attrs []Attr) int {
	size := len(class) + len(id) + 6
	for _, a := range attrs {
		size += len(a.Key) + 6*len(a.Value) + 4
	}
	if size <= maxAttrLen {
		return size
	}
	var b strings.Builder
	formatAttributes(&b, class, id, attrs)
	return b.Len()
}

func isName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != "" && isLetter(s[0])
}

// A writer writes blocks one after another.
type writer struct {
	text string
	out  strings.Builder

	div  string // what was opened with ":::" and is still open
	list int    // depth of the list item just written; 0 when none

	// Of the block being written:
	prefix    string // of each line but the first
	heading   bool
	multiline bool
	item      bool // a list item
	start     bool // at the start of a line, nothing written on it
	address   bool // the word at hand has an "@" that is not escaped
}

func (w *writer) closeDiv() {
	if w.div != "" {
		w.out.WriteString(":::\n")
		w.div = ""
	}
}

func (w *writer) block(b Block, marks []Mark) error {
	div, first := "", ""
	w.prefix, w.heading, w.item, w.address = "", false, b.Role == "list-item", false
	list := 0
	var headingAttrs string
	switch b.Role {
	case "paragraph":
	case "quotation":
		first, w.prefix = "> ", "> "
	case "list-item":
		if b.Level < 1 || b.Level > w.list+1 || b.Level > maxNesting {
			// A depth that Markdown cannot show: no item above it to hang from.
			div = fmt.Sprintf("{.list-item level=%d}", b.Level)
			break
		}
		list = b.Level
		indent := strings.Repeat("  ", b.Level-1)
		first, w.prefix = indent+"- ", indent+"  "
	case "heading":
		w.heading = true
		hashes := min(max(b.Level+1, 3), 6)
		if b.Level != hashes-1 {
			headingAttrs = fmt.Sprintf(" {level=%d}", b.Level)
		}
		first = strings.Repeat("#", hashes) + " "
	case "headline", "dek", "byline", "dateline", "caption":
		div = "{." + b.Role + "}"
	case "set-aside":
		var s strings.Builder
		var attrs []Attr
		if b.Reason != "" {
			attrs = []Attr{{"reason", b.Reason}}
		}
		formatAttributes(&s, b.Role, "", attrs)
		div = s.String()
	default:
		return fmt.Errorf("dialect: unknown role %q", b.Role)
	}
	if w.div != "" && w.div != div {
		w.closeDiv()
	}
	if w.out.Len() > 0 && !(list > 0 && w.list > 0) {
		w.out.WriteByte('\n')
	}
	w.list = list
	if div != "" && w.div == "" {
		w.out.WriteString("::: " + div + "\n")
		w.div = div
	}
	w.out.WriteString(first)
	w.start = true
	w.multiline = !w.heading && strings.Contains(b.Span.In(w.text), "\n")
	w.inline(b.Span, marks)
	w.out.WriteString(headingAttrs)
	w.out.WriteByte('\n')
	return nil
}

// inline writes the text of a block with its marks.
func (w *writer) inline(s span.Span, marks []Mark) {
	var open []Mark
	escapeAt := -1 // where blockStart wants a backslash
	for i := s.Start; i < s.End; {
		for len(open) > 0 && open[len(open)-1].Span.End == i {
			w.closeMark(open[len(open)-1])
			open = open[:len(open)-1]
		}
		for len(marks) > 0 && marks[0].Span.Start == i {
			w.out.WriteByte('[')
			w.start = false
			open = append(open, marks[0])
			marks = marks[1:]
		}
		if w.start && !w.heading {
			if at := blockStart(w.text[i:s.End]); at >= 0 {
				escapeAt = i + at
			}
		}
		end := s.End
		if len(marks) > 0 {
			end = min(end, marks[0].Span.Start)
		}
		if len(open) > 0 {
			end = min(end, open[len(open)-1].Span.End)
		}
		if escapeAt >= i {
			end = min(end, escapeAt)
		}
		if n := w.plain(i, end); n > 0 {
			i += n
			continue
		}
		next := markup{
			opens:  len(marks) > 0 && marks[0].Span.Start == i+1,
			closes: len(open) > 0 && open[len(open)-1].Span.End == i+1,
			opened: len(open) > 0 && open[len(open)-1].Span.Start == i,
		}
		i += w.char(s, i, i == escapeAt, next)
	}
	for len(open) > 0 {
		w.closeMark(open[len(open)-1])
		open = open[:len(open)-1]
	}
}

// plain writes the characters from i on that are written as they are whatever stands
// beside them, and spaces between two of those. It stops before end, where a mark may
// begin or end, and returns how many bytes it wrote.
func (w *writer) plain(i, end int) int {
	j, spaces := i, false
	for ; j < end; j++ {
		c := w.text[j]
		if plainBytes[c] {
			continue
		}
		if c != ' ' || j == i || w.item || j+1 >= end || !plainBytes[w.text[j+1]] {
			break
		}
		spaces = true
	}
	if j == i {
		return 0
	}
	if spaces {
		w.address = false
	}
	w.out.WriteString(w.text[i:j])
	w.start = false
	return j - i
}

// plainBytes has the characters that writer.char writes as they are.
var plainBytes = func() (t [256]bool) {
	for c := '!'; c < 0x7f; c++ {
		t[c] = strings.IndexByte("<\\`*^~[]{}_|!&@$#", byte(c)) < 0
	}
	return t
}()

func (w *writer) closeMark(m Mark) {
	w.out.WriteByte(']')
	formatAttributes(&w.out, string(m.Class), m.ID, m.Attrs)
	w.start = false
}

// last returns the last byte written in this block's line, or 0 at its start.
func (w *writer) last() byte {
	if w.start || w.out.Len() == 0 {
		return 0
	}
	s := w.out.String()
	return s[len(s)-1]
}

// markup tells of a character which marks begin and end beside it.
type markup struct{ opened, opens, closes bool }

// char writes the character at i, escaped where Markdown would read it as
// something else, and returns its length.
func (w *writer) char(s span.Span, i int, escape bool, beside markup) int {
	opens, markup := beside.opens, beside.opens || beside.closes
	edge := beside.opened || beside.closes // Pandoc drops white space there
	c := w.text[i]
	next := byte('\n')
	if i+1 < s.End {
		next = w.text[i+1]
	}
	if c >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(w.text[i:s.End])
		if isHidden(r) {
			writeReference(&w.out, r)
		} else {
			w.out.WriteString(w.text[i : i+n])
		}
		w.start = false
		return n
	}
	switch c {
	case 0:
		w.out.WriteString(`\0`)
	case ' ':
		w.address = false
		if w.start || next == '\n' && !markup || edge || w.item && isCheckbox(w.text[s.Start:i]) {
			w.out.WriteString("&#32;")
		} else {
			w.out.WriteByte(' ')
		}
	case '\n':
		w.address = false
		if w.heading || w.start || edge || i+1 == s.End {
			w.out.WriteString("&#10;")
			break
		}
		w.out.WriteByte('\n')
		w.out.WriteString(w.prefix)
		w.start = true
		return 1
	case '<':
		// Pandoc looks for comments in list items before it looks for escapes.
		if strings.HasPrefix(w.text[i:s.End], "<!--") {
			w.out.WriteString("&lt;")
			w.start = false
			return 1
		}
		escape = true
	case '\\', '`', '*', '^', '~', '[', ']', '{', '}':
		escape = true
	case '_':
		escape = escape || !isAlnum(w.last()) || !isAlnum(next) || markup
	case '|':
		escape = escape || w.multiline
	case '!':
		escape = escape || opens
	case '&':
		escape = escape || looksLikeReference(w.text[i:s.End])
	case '@':
		blank := next == ' ' || next == '\n' || next == '\t'
		escape = escape || (w.address || !isAlnum(w.last())) && (markup || !blank)
		w.address = w.address || !escape
	case '$':
		// A dollar sign can close a formula only after a visible character and
		// not before a digit; where none can close, none opens.
		last := w.last()
		visible := last != 0 && last != ' ' && last != '\n'
		escape = escape || next == '$' || last == '$' || visible && (markup || !isDigit(next))
	case '#':
		escape = escape || w.heading && onlyHashes(w.text[i:s.End])
	}
	switch {
	case c == 0 || c == ' ' || c == '\n':
	case isHidden(rune(c)):
		w.out.WriteString("&#" + strconv.Itoa(int(c)) + ";")
	default:
		if escape {
			w.out.WriteByte('\\')
		}
		w.out.WriteByte(c)
	}
	w.start = false
	return 1
}

// isCheckbox reports whether s at the start of a list item would make a task of
// it, if a space followed.
func isCheckbox(s string) bool { return s == "[ ]" || s == "[x]" || s == "[X]" }

// onlyHashes reports whether s may be read as the closing hashes of a heading.
func onlyHashes(s string) bool { return strings.Trim(s[:min(len(s), 64)], "#") == "" }
