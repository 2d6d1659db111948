package quote

import (
	"readout/internal/span"
	"readout/internal/token"
)

// A quotation is what stands between one pair of quotation marks.
type quotation struct {
	first, last int // tokens [first, last) between the marks
	open, close int // tokens [open, close) with the marks
	inner       span.Span
	outer       span.Span
	block       int
	depth       int  // 0 for one that lies in no other
	single      bool // single marks
	closed      bool // false where the closing mark is missing
	goesOn      bool // not closed, and the next paragraph opens with the same mark
}

// A markKind is one family of quotation marks.
type markKind uint8

const (
	markNone   markKind = iota
	markDouble          // " “ ” „ ‟ ″ ＂ and '' ``
	markSingle          // ' ‘ ’ ‚
	markAngle           // « »
	markAngle1          // ‹ ›
	markCorner          // 「 」 『 』
)

// A mark is one quotation mark as it may be read.
type mark struct {
	kind        markKind
	tokens      int // how many tokens write it: two for '' and ``
	open, close bool
}

// tokensSpaced reports whether white space stands before the mark at token i.
func (m mark) tokensSpaced(toks []token.Token, i, from int) bool { return i == from || toks[i].Space }

// findQuotations pairs the quotation marks of each block. It never fails: a
// mark without its pair is left out, but for one that opens a paragraph and
// runs to its end, as in a quotation carried over several paragraphs. The
// result is in text order, an outer quotation before what is nested in it.
func findQuotations(lx *lexicon, text string, toks []token.Token, blocks [][2]int) []quotation {
	var out []quotation
	for b, r := range blocks {
		next := markNone
		for n := b + 1; n < len(blocks); n++ {
			if blocks[n][0] < blocks[n][1] {
				next = readMark(lx, text, toks, blocks[n][0], blocks[n][0], blocks[n][1]).kind
				break
			}
		}
		out = pairBlock(lx, text, toks, b, r[0], r[1], next, out)
	}
	return out
}

// maxDepth bounds nesting: deeper marks are noise.
const maxDepth = 4

func pairBlock(lx *lexicon, text string, toks []token.Token, block, from, to int, nextOpens markKind, out []quotation) []quotation {
	type opened struct {
		kind markKind
		tok  int
		n    int // tokens of the mark
		slot int // index in out
	}
	var stack []opened
	base := len(out)
	for i := from; i < to; {
		t := &toks[i]
		if t.Kind != token.Punct && t.Kind != token.Symbol {
			i++
			continue
		}
		m := readMark(lx, text, toks, i, from, to)
		if m.kind == markNone {
			i++
			continue
		}
		at := -1 // the innermost open quotation of this kind
		for k := len(stack) - 1; k >= 0; k-- {
			if stack[k].kind == m.kind {
				at = k
				break
			}
		}
		if at >= 0 && !m.close && !m.tokensSpaced(toks, i, from) {
			// „…“ and ‚…‘ close with what opens elsewhere, »…« with the
			// marks turned round.
			switch o := toks[stack[at].tok].Norm; {
			case o == "„" && t.Norm == "“", o == "‚" && t.Norm == "‘", o == "»" && t.Norm == "«", o == "›" && t.Norm == "‹":
				m.close = true
			}
		}
		closes := m.close && at >= 0
		if m.open && m.close && at >= 0 && m.kind == markDouble && straddles(toks, i, m.tokens, to) {
			closes = false
		}
		if m.kind == markSingle && closes && possessivePlural(text, toks, i, stack[at].tok, to) {
			i++
			continue
		}
		switch {
		case closes:
			// What was opened inside and never closed is dropped.
			for k := at + 1; k < len(stack); k++ {
				out[stack[k].slot].open = -1
			}
			o := stack[at]
			q := &out[o.slot]
			q.last, q.close, q.closed = i, i+m.tokens, true
			if q.last <= q.first {
				q.open = -1
			}
			stack = stack[:at]
		case m.open && len(stack) < maxDepth:
			stack = append(stack, opened{m.kind, i, m.tokens, len(out)})
			out = append(out, quotation{
				first: i + m.tokens, open: i, block: block, single: m.kind == markSingle,
			})
		}
		i += m.tokens
	}
	// What is left open runs to the end of the block where a paragraph begins
	// with it, or the next paragraph begins with the same mark.
	for k, o := range stack {
		q := &out[o.slot]
		runs := k == 0 && o.kind != markSingle && q.first < to &&
			(o.tok == from || nextOpens == o.kind && !toksClosed(out[o.slot+1:]))
		if !runs {
			q.open = -1
			continue
		}
		q.last, q.close, q.goesOn = to, to, nextOpens == o.kind
	}
	// Drop what did not pair, settle depth and spans.
	kept := out[:base]
	var ends []int
	for _, q := range out[base:] {
		if q.open < 0 {
			continue
		}
		for len(ends) > 0 && ends[len(ends)-1] <= q.open {
			ends = ends[:len(ends)-1]
		}
		q.depth = len(ends)
		ends = append(ends, q.close)
		q.inner = span.New(toks[q.first].Span.Start, toks[q.last-1].Span.End)
		q.outer = span.New(toks[q.open].Span.Start, toks[q.close-1].Span.End)
		kept = append(kept, q)
	}
	return kept
}

// toksClosed reports whether one of qs was closed: then an open mark before it
// is a stray one rather than a quotation that runs on.
func toksClosed(qs []quotation) bool {
	for _, q := range qs {
		if q.closed && !q.single {
			return true
		}
	}
	return false
}

// straddles reports whether a straight mark at i, inside an open quotation,
// opens another: white space before it and a word right after it.
func straddles(toks []token.Token, i, n, to int) bool {
	return toks[i].Space && i+n < to && !toks[i+n].Space && toks[i+n].Kind != token.Punct
}

// readMark reads the quotation mark at token i, if it is one.
func readMark(lx *lexicon, text string, toks []token.Token, i, from, to int) mark {
	if i >= to {
		return mark{}
	}
	t := &toks[i]
	// spaceBefore: nothing, a bracket or a dash counts as space.
	before := i == from || t.Space || opensBefore(toks[i-1].Norm)
	after := func(n int) bool { // what follows ends a quotation
		j := i + n
		if j >= to || toks[j].Space {
			return true
		}
		switch toks[j].Norm {
		case ".", ",", ";", ":", "!", "?", ")", "]", "—", "–", "--", "-", "...", "…", "’", "'", "\"", "”", "»":
			return true
		}
		return false
	}
	switch t.Norm {
	case "“", "‟":
		return mark{markDouble, 1, true, false}
	case "”", "″":
		// A paragraph may open with a wrongly curled mark.
		if before && !after(1) || i == from {
			return mark{markDouble, 1, true, false}
		}
		return mark{markDouble, 1, false, true}
	case "„":
		return mark{markDouble, 1, true, false}
	case "«":
		return mark{markAngle, 1, true, false}
	case "»":
		// »…« is a style too; « … » has spaces inside.
		return mark{markAngle, 1, before && !after(1), true}
	case "‹":
		return mark{markAngle1, 1, true, false}
	case "›":
		return mark{markAngle1, 1, before && !after(1), true}
	case "「", "『":
		return mark{markCorner, 1, true, false}
	case "」", "』":
		return mark{markCorner, 1, false, true}
	case "\"", "＂":
		return straight(markDouble, 1, before, after(1))
	case "`":
		if i+1 < to && toks[i+1].Norm == "`" && !toks[i+1].Space {
			return mark{markDouble, 2, true, false}
		}
		return mark{}
	case "'", "’", "‘", "‚":
		if i+1 < to && toks[i+1].Norm == t.Norm && !toks[i+1].Space && t.Norm != "‚" {
			// Two single marks write a double one.
			return straight(markDouble, 2, before, after(2))
		}
		if t.Norm == "‘" || t.Norm == "‚" {
			if i+1 < to && !toks[i+1].Space && before && !leadingApostrophe(lx, toks, i) {
				return mark{markSingle, 1, true, false}
			}
			if t.Norm == "‘" && !before {
				return mark{markSingle, 1, false, false} // may close ‚…‘
			}
			return mark{}
		}
		if t.Norm == "'" && before && !after(1) {
			if leadingApostrophe(lx, toks, i) || i > from && toks[i-1].Kind == token.Number && !t.Space {
				return mark{}
			}
			return mark{markSingle, 1, true, false}
		}
		if i > from && !t.Space && after(1) {
			return mark{markSingle, 1, false, true}
		}
		return mark{}
	}
	return mark{}
}

func opensBefore(s string) bool {
	switch s {
	case "(", "[", "—", "–", "--", "-", "“", "\"", "‘", "'", "«", "/":
		return true
	}
	return false
}

// straight reads a mark that is written alike on both sides.
func straight(kind markKind, n int, before, after bool) mark {
	switch {
	case before && !after:
		return mark{kind, n, true, false}
	case after && !before:
		return mark{kind, n, false, true}
	}
	return mark{kind, n, true, true}
}

// leadingApostrophe reports whether the mark at i is an apostrophe that stands
// for letters left out: 'em, '90s.
func leadingApostrophe(lx *lexicon, toks []token.Token, i int) bool {
	if i+1 >= len(toks) || toks[i+1].Space {
		return false
	}
	n := &toks[i+1]
	if n.Kind == token.Number {
		// "'90s" but not "'1984'".
		return len(n.Norm) <= 3
	}
	return lx.leading[n.Norm]
}

// possessivePlural reports whether the closing single mark at i, inside a
// quotation opened at open, is rather the apostrophe of a plural ("workers'
// rights"): a word in s before it, a word after it, and another closing mark
// to come before a new one opens.
func possessivePlural(text string, toks []token.Token, i, open, to int) bool {
	if i == 0 || i+1 >= to || toks[i-1].Kind != token.Word || !toks[i+1].Space {
		return false
	}
	w := toks[i-1].Norm
	if w[len(w)-1] != 's' || toks[i+1].Kind != token.Word || !toks[i+1].Is(token.AllLower) {
		return false
	}
	// Look a sentence ahead, no further, so that pairing stays linear.
	for j := i + 1; j < min(to, i+40); j++ {
		switch toks[j].Norm {
		case "‘":
			return false
		case "’", "'":
			return !toks[j].Space
		}
	}
	return false
}
