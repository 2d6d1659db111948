package sentence

import "readout/internal/token"

// A mark is what the brackets and quotation marks around a token say.
type mark struct {
	depth uint8 // brackets open before this token that are closed later in the block
	from  int32 // index of the innermost such bracket, or -1
	quote quoteSide
	pair  int32 // index of the other double quotation mark of the pair, or -1
}

type quoteSide uint8

const (
	notQuote quoteSide = iota
	opening
	closing
)

// pairMarks finds the brackets and double quotation marks of the block that
// belong together. What is not closed within maxPair tokens binds nothing.
func (s *splitter) pairMarks() {
	const maxPair = 120
	if cap(s.marks) < len(s.toks) {
		s.marks = make([]mark, len(s.toks))
	}
	s.marks = s.marks[:len(s.toks)]
	for i := range s.marks {
		s.marks[i] = mark{from: -1, pair: -1}
	}
	var open []int // indexes of brackets, of limited depth
	quote := -1
	for i := range s.toks {
		t := &s.toks[i]
		if t.Kind != token.Punct {
			continue
		}
		switch t.Norm {
		case "(", "[", "{":
			if len(open) == 16 {
				open = open[:copy(open, open[1:])]
			}
			open = append(open, i)
		case ")", "]", "}":
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if i-from > maxPair {
				continue
			}
			for k := from + 1; k <= i; k++ {
				if s.marks[k].depth < 255 {
					s.marks[k].depth++
				}
				if s.marks[k].from < int32(from) {
					s.marks[k].from = int32(from)
				}
			}
		case `"`, "“", "”", "„", "«", "»":
			side := opening
			switch t.Norm {
			case "“", "«", "„":
				if t.Norm == "“" && quote >= 0 && !t.Space {
					side = closing // German closing mark
				}
			case "”", "»":
				side = closing
			default:
				// A straight mark tells its side by the space around it, or
				// else by what is open.
				switch after := s.spaceAfter(i); {
				case t.Space != after:
					if after {
						side = closing
					}
				case quote >= 0:
					side = closing
				}
			}
			s.marks[i].quote = side
			if side == opening {
				quote = i
			} else {
				if quote >= 0 {
					s.marks[i].pair, s.marks[quote].pair = int32(quote), int32(i)
				}
				quote = -1
			}
		case "‘", "’", "'":
			// Single marks open before a word and close after a stop; elsewhere
			// they are apostrophes.
			switch {
			case t.Norm == "‘" || t.Space && !s.spaceAfter(i):
				s.marks[i].quote = opening
			case !t.Space:
				s.marks[i].quote = closing
			}
		}
	}
}

// spaceAfter reports whether white space or the block's end follows token i.
func (s *splitter) spaceAfter(i int) bool {
	return i+1 >= len(s.toks) || s.toks[i+1].Space
}

// spacedCloser reports whether the quotation mark at token i, with white space
// on both sides, closes what the stop at token first ends.
func (s *splitter) spacedCloser(i, first int) bool {
	m := s.marks[i]
	if !s.spaceAfter(i) || s.toks[i].Newlines > 0 {
		return false
	}
	return m.quote == closing && m.pair >= 0 && m.pair < int32(first) || s.word(i) == "'" && i+1 < len(s.toks)
}

// isCloser reports whether sign closes what went before it.
func isCloser(sign string) bool {
	switch sign {
	case ")", "]", "}", "”", "»", "›":
		return true
	}
	return false
}

// isOpener reports whether sign opens what comes after it.
func isOpener(sign string) bool {
	switch sign {
	case "(", "[", "{", "“", "„", "«", "‘", "¿", "¡", `"`, "'":
		return true
	}
	return false
}

// opensSentence reports whether the bracket at token i is the first token of
// the sentence that began at start.
func (s *splitter) opensSentence(i, start int) bool {
	for k := start; k < i; k++ {
		if t := s.toks[k]; t.Kind == token.Word || t.Kind == token.Number {
			return false
		}
		if k > start+4 {
			return false
		}
	}
	return i >= start
}

// shortQuote reports whether the stop at token first stands inside a quotation
// of a few words with which the sentence goes on: "The Queen! The Queen!" and
// the gardeners fell.
func (s *splitter) shortQuote(first, end int) bool {
	const short = 10
	for k := end; k < len(s.toks) && k < first+short; k++ {
		m := s.marks[k]
		if m.quote == opening && m.pair >= 0 {
			return false
		}
		if m.quote == closing && m.pair >= 0 {
			from := int(m.pair)
			return from < first && k-from <= short &&
				(from == 0 || !s.stops(from-1)) && k+1 < len(s.toks) && s.toks[k+1].Is(token.AllLower)
		}
	}
	return false
}

// brokenOff reports whether token i is the closing mark of a quotation that
// breaks off with a dash, after which a new sentence begins.
func (s *splitter) brokenOff(i int) bool {
	if i < 2 || s.marks[i].quote != closing || s.marks[i].pair < 0 || s.toks[i].Space || i+1 >= len(s.toks) || !s.toks[i+1].Space {
		return false
	}
	switch s.word(i - 1) {
	case "--", "—", "–":
		return s.starts(i+1) && !s.toks[i+1].Is(token.AllLower)
	}
	return false
}
