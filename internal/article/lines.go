package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/span"
)

// A line is one line of the text without the white space at its ends.
type line struct {
	span   span.Span // empty for a blank line
	indent int       // columns of white space before it; a tab counts four
	width  int       // columns; a rune of an East Asian script counts two
	first  int       // columns of its first word
}

// right returns the column l ends at.
func (l line) right() int { return l.indent + l.width }

// blank reports whether nothing but white space stands on l.
func (l line) blank() bool { return l.span.Empty() }

// splitLines cuts text at its line ends: LF, CR, CR LF, and the separators of
// Unicode. A line separator inside a quotation or a sentence is the break of a
// line that editors set, and ends none. It is linear in the length of text.
func splitLines(text string) []line {
	lines := make([]line, 0, strings.Count(text, "\n")+1)
	start := 0
	for start <= len(text) {
		end, next := lineEnd(text, start)
		lines = append(lines, measure(text, start, end))
		start = next
	}
	return lines
}

// opensLineEnd has the bytes with which a line end may begin, those of U+0085, U+2028
// and U+2029 among them.
var opensLineEnd = [256]bool{'\n': true, '\r': true, '\f': true, '\v': true, 0xc2: true, 0xe2: true}

// lineEnd returns where the line that starts at start ends, and where the next
// one starts.
func lineEnd(text string, start int) (end, next int) {
	for i := start; i < len(text); i++ {
		if !opensLineEnd[text[i]] {
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '\r':
			if strings.HasPrefix(text[i:], "\r\n") {
				size++
			}
		case '\n', '\f', '\v', '\u0085', '\u2029':
		case '\u2028':
			if softBreak(text[start:], i-start) {
				continue
			}
		default:
			continue
		}
		return i, i + size
	}
	return len(text), len(text) + 1
}

// softBreak reports whether the line separator at offset i of t, which begins with
// its line, stands inside a sentence: words go before and after it, and they are
// quoted, or go on in small letters.
func softBreak(t string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t[:i], " \u00a0"))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(t[i+len("\u2028"):], " \u00a0"))
	if before == utf8.RuneError || after == utf8.RuneError || unicode.IsSpace(before) || unicode.IsSpace(after) {
		return false
	}
	return unicode.IsLower(after) || quotedAt(t, i)
}

// quotedAt reports whether offset i of t stands between quotation marks.
func quotedAt(t string, i int) bool {
	quoted := false
	for _, r := range t[:i] {
		switch r {
		case '“':
			quoted = true
		case '”':
			quoted = false
		case '"':
			quoted = !quoted
		}
	}
	return quoted
}

// measure makes a line of text[start:end].
func measure(text string, start, end int) line {
	var l line
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		l.indent++
		if r == '\t' {
			l.indent += 3
		}
		start += size
	}
	l.span = span.New(start, start+len(strings.TrimRightFunc(text[start:end], unicode.IsSpace)))
	t := l.span.In(text)
	i := 0
	for i < len(t) { // the first word
		r, size := utf8.DecodeRuneInString(t[i:])
		if unicode.IsSpace(r) {
			break
		}
		n := columns(r)
		l.width += n
		i += size
		if n > 1 {
			break // scripts without spaces break anywhere
		}
	}
	l.first = l.width
	for i < len(t) {
		if t[i] < utf8.RuneSelf {
			l.width++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		l.width += columns(r)
		i += size
	}
	return l
}

// columns returns the columns r takes in a fixed-width font.
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return 0
	case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x20000 && r <= 0x3fffd):
		return 2
	}
	return 1
}

// Lines are taken for wrapped by hand or program when they are at most
// maxWrapColumn wide: mail and wire copy is set to 60–80 columns, some editors
// to 100 or 120.
const maxWrapColumn = 120

// wrapColumn returns the column at which the lines were wrapped, and 0 where
// each line is a paragraph of its own.
//
// Wrapping is greedy: a line ends because the next word does not fit. So in a
// wrapped text nearly every line that is directly followed by another would
// pass the column if it took the first word of that other. Lines that are
// paragraphs end where they please.
func wrapColumn(text string, lines []line) int {
	var widths []int
	for i := range lines {
		if followed(text, lines, i) {
			widths = append(widths, lines[i].right())
		}
	}
	if len(widths) == 0 {
		return 0
	}
	slices.Sort(widths)
	// An address that cannot be broken may stick out: one line in twenty.
	column := widths[len(widths)-1-len(widths)/20]
	if column > maxWrapColumn || column < 30 {
		return 0
	}
	// The pairs are judged paragraph by paragraph: a header of short lines above
	// wrapped text tells nothing of the text.
	full, open, total := 0, 0, 0
	only := -1
	for i := 0; i < len(lines); {
		f, o, n, ends := 0, 0, 0, 0
		for ; i < len(lines) && (n == 0 || !lines[i].blank()); i++ {
			if !followed(text, lines, i) {
				continue
			}
			if lines[i].right()*10 < column*6 {
				continue // a heading, a cell of a table: it tells nothing
			}
			n++
			only = i
			ended := endsSentence(lines[i].span.In(text))
			if !ended {
				o++
			}
			if fills(lines[i].right()+1+lines[i+1].first, column, ended) {
				f++
			} else if ended {
				ends++ // the end of a paragraph, perhaps
			}
		}
		if total += n - ends; f*10 >= (n-ends)*8 && f >= ends {
			full += f
			open += o
		}
	}
	if total <= 0 {
		return 0
	}
	if total == 1 {
		// A single pair proves little: only a sentence that runs on does.
		r, _ := utf8.DecodeRuneInString(lines[only+1].span.In(text))
		if full == 1 && open == 1 && unicode.IsLower(r) && column >= 40 {
			return column
		}
		return 0
	}
	if full*10 >= total*6 && open*2 >= full {
		return column
	}
	return 0
}

// fills reports whether a line that would end at the column right, had it taken
// one more word, was full. Letters of a printed page are of several widths, so
// that a line in mid-sentence may end some columns early.
func fills(right, column int, ended bool) bool {
	return right > column || !ended && column >= 50 && right*100 > column*88
}

// followed reports whether line i and the one after it could be one paragraph:
// both hold text, and the second opens no list item or quotation.
func followed(text string, lines []line, i int) bool {
	if i+1 >= len(lines) || lines[i].blank() || lines[i+1].blank() {
		return false
	}
	next := lines[i+1].span.In(text)
	if lines[i+1].indent >= lines[i].indent+2 {
		return false // an indented line opens a paragraph
	}
	return !isHeader(next) && marker(next) == 0 && next[0] != '>' && !isRule(next)
}

// isHeader reports whether t is a line of a message header.
func isHeader(t string) bool {
	key, _, ok := headerLine(t)
	return ok && headerKeys[key] != 0
}

// A draft is a block in the making: its lines and what stands around it.
type draft struct {
	Block
	indent int
	width  int  // columns of its only or widest line
	lines  int  // number of lines
	gap    bool // a blank line, or the start of the text, stands before it
	after  bool // a blank line, or the end of the text, stands after it
	fixed  bool // its role is settled
	apart  bool // the markup emphasises all of it
}

// drafts joins lines to blocks. Every line that is not blank belongs to exactly
// one.
func drafts(text string, lines []line) []draft {
	column := wrapColumn(text, lines)
	var out []draft
	gap := true
	base := commonIndent(lines)
	for i := range lines {
		l := lines[i]
		if l.blank() {
			gap = true
			if len(out) > 0 {
				out[len(out)-1].after = true
			}
			continue
		}
		if !gap && joins(text, lines, i, column, base, &out[len(out)-1]) {
			d := &out[len(out)-1]
			d.Span.End = l.span.End
			d.width = max(d.width, l.width)
			d.lines++
			continue
		}
		out = append(out, draft{
			Block:  Block{Span: l.span, Role: Paragraph},
			indent: l.indent, width: l.width, lines: 1, gap: gap,
		})
		gap = false
	}
	if len(out) > 0 {
		out[len(out)-1].after = true
	}
	return out
}

// joins reports whether line i continues the block d that ends on line i-1.
func joins(text string, lines []line, i, column, base int, d *draft) bool {
	prev, l := lines[i-1], lines[i]
	s := l.span.In(text)
	before := prev.span.In(text)
	quoted := before[0] == '>'
	switch {
	case isRule(s) || isRule(before):
		return false
	case quoted != (s[0] == '>'):
		return false
	case isHeader(s):
		return false
	case quoted:
		return quoteDepth(before) == quoteDepth(s)
	case marker(s) > 0 && (marker(before) > 0 || d.lines == 1 || endsSentence(before) || strings.HasSuffix(before, ":")):
		return false
	case marker(d.Span.In(text)) > 0 && l.indent > d.indent:
		return true // the continuation of a list item hangs
	case column == 0:
		return false
	case l.width > column+column/4 && strings.Contains(s[:min(len(s), column)], " "):
		return false // no line of a text that is wrapped there
	case i < creditLines && (creditOf(s) || creditOf(before)):
		return false
	case l.indent >= base+2 && prev.indent == base && d.lines > 1:
		return false // an indented first line opens a paragraph
	case fills(prev.right()+1+l.first, column, endsSentence(before)):
		return true
	}
	// The next word would have fitted, so the line was ended on purpose, unless
	// the sentence plainly runs on.
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && !endsSentence(before) && prev.width*2 > column
}

// creditLines is how many lines from the beginning may be those of authors and days.
const creditLines = 8

// creditOf reports whether a line says who wrote the article, or when, and nothing else.
func creditOf(s string) bool {
	const longest = 12
	if len(s) > 120 || countWords(s) > longest || endsWithWordStop(s) || !startsHigh(s) && !hasDigit(s) {
		return false
	}
	if onlyDate(s) {
		return true
	}
	rest, cued := bylineCue(s)
	if !cued {
		return false
	}
	found, _ := names(rest)
	return len(found) > 0
}

// commonIndent returns the indent that most lines have.
func commonIndent(lines []line) int {
	counts := make(map[int]int)
	best := 0
	for _, l := range lines {
		if !l.blank() {
			counts[l.indent]++
			if c := counts[l.indent]; c > counts[best] || c == counts[best] && l.indent < best {
				best = l.indent
			}
		}
	}
	return best
}

// quoteDepth counts the ">" signs a line of a mail opens with.
func quoteDepth(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '>':
			n++
		case ' ':
		default:
			return n
		}
	}
	return n
}

// isRule reports whether s is a dividing line: three or more signs and nothing
// else.
func isRule(s string) bool {
	n := 0
	for _, r := range s {
		switch r {
		case '-', '=', '*', '_', '~', '#', '+', '.', '•', '·', '—', '–', '─', '━', '═', '⁂', '◆', '■':
			n++
		case ' ', '\t', '\u00a0':
		default:
			return false
		}
	}
	return n >= 3 || s == "⁂"
}

// bullets are the signs that open a list item when a space follows.
const bullets = "•‣◦▪▫●○∙·■□►▶▸➤➢✓✔★☆❖*-–+"

// marker returns the length in bytes of the list marker that s opens with, the
// white space after it included, and 0 where there is none. A dash in front of
// speech, as many languages write it, is an em dash and no marker.
func marker(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(bullets, r) && r != utf8.RuneError {
		return spaceAfter(s, size)
	}
	if n := ordinal(s); n.end > 0 {
		return spaceAfter(s, n.end)
	}
	return 0
}

// spaceAfter returns the offset of the first byte after the white space at i,
// and 0 where there is none.
func spaceAfter(s string, i int) int {
	j := i
	for j < len(s) {
		r, size := utf8.DecodeRuneInString(s[j:])
		if !unicode.IsSpace(r) {
			break
		}
		j += size
	}
	if j == i || j == len(s) {
		return 0
	}
	return j
}

// A number is the ordinal an item opens with.
type number struct {
	value int
	end   int  // offset after the number and its sign; 0 when there is none
	sign  byte // the sign after it: '.' or ')'
	kind  byte // '0' digits, 'a' a letter
}

// ordinal reads "1.", "1)", "(1)", "a)" at the start of s.
func ordinal(s string) number {
	i := 0
	open := strings.HasPrefix(s, "(")
	if open {
		i = 1
	}
	start := i
	value := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' && i-start < 3 {
		value = value*10 + int(s[i]-'0')
		i++
	}
	kind := byte('0')
	if i == start && i+1 < len(s) && s[i] >= 'a' && s[i] <= 'z' && s[i+1] == ')' {
		value, kind = int(s[i]-'a')+1, 'a'
		i++
	}
	if i == start || i >= len(s) || s[i] != ')' && (s[i] != '.' || open) {
		return number{}
	}
	return number{value, i + 1, s[i], kind}
}

// endsSentence reports whether s ends as a sentence does: with a stop, a
// question or exclamation mark or dots, marks and brackets after it allowed.
func endsSentence(s string) bool {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		switch r {
		case '.', '!', '?', '…', '。', '！', '？', '．', '｡', '؟', '۔', '।', '॥', '։', '።', '။', '៖', '។', '‽':
			return true
		case '"', '\'', '”', '’', '»', '«', '›', '“', ')', ']', '」', '』', '）', '*', '_', ' ', '\u00a0', '\u200f', '\u200e':
			s = s[:len(s)-size]
		default:
			return false
		}
	}
	return false
}
