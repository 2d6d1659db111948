package sentence

import "readout/internal/token"

// smiley reports whether token i ends a smiley such as ":-)" after which a new
// sentence begins.
func (s *splitter) smiley(i int) bool {
	if s.word(i) != ")" || i < 2 || i+1 >= len(s.toks) || !s.toks[i+1].Space || !s.toks[i+1].Is(token.Initial) || s.toks[i].Space {
		return false
	}
	eyes := i - 1
	if s.word(eyes) == "-" && !s.toks[eyes].Space {
		eyes--
	}
	return eyes > 0 && (s.word(eyes) == ":" || s.word(eyes) == ";") && s.toks[eyes].Space
}

// label reports whether token i closes a bracket that opened the sentence and
// has only a name or an address in it, after which a sentence begins: "(BBC) The
// group said".
func (s *splitter) label(i, start int) bool {
	const longest = 96 // tokens: an address has many
	w := s.word(i)
	if w != ")" && w != "]" || i-start > longest || i == start || i+1 >= len(s.toks) || !s.toks[i+1].Space {
		return false
	}
	if open := s.word(start); open != "(" && open != "[" {
		return false
	}
	next := i + 1
	if isOpener(s.word(next)) && next+1 < len(s.toks) {
		next++
	}
	if !s.toks[next].Is(token.Initial) || s.toks[next].Kind != token.Word {
		return false
	}
	link, letters := false, 0
	for k := start + 1; k < i; k++ {
		t := s.toks[k]
		if t.Kind == token.Word {
			letters += t.Span.Len()
			link = link || s.address(k)
			if !link && !t.Is(token.Initial) {
				return false
			}
		}
		if !link && s.stops(k) {
			return false
		}
	}
	return letters > 1
}

// elision reports whether the block ends at token i with the mark of an
// omission, "[...]", which belongs to no sentence.
func (s *splitter) elision(i int) bool {
	return i+3 == len(s.toks) && s.word(i) == "[" && isEllipsis(s.word(i+1)) && s.word(i+2) == "]"
}

// signature reports whether token i is the double hyphen that parts a message
// from its signature, or a ruler of dashes and signs that closes a line run into
// the next: a new sentence begins after either.
func (s *splitter) signature(i, start int) bool {
	if i+1 >= len(s.toks) || !s.toks[i+1].Space || !s.toks[i+1].Is(token.Initial) && s.word(i+1) != "#" {
		return false
	}
	if s.word(i) == "--" {
		return i == start && s.toks[i].Space
	}
	signs := 0
	for k := i; k > start && s.toks[k].Kind == token.Punct && ruler(s.word(k)); k-- {
		signs += s.toks[k].Span.Len()
		if s.toks[k].Space {
			break
		}
	}
	return signs >= 4
}

// ruler reports whether sign is a run of what rulers are made of.
func ruler(sign string) bool {
	switch sign[0] {
	case '-', '=', '*', '_', '~':
		return true
	}
	return false
}

// address reports whether a web address begins at token i.
func (s *splitter) address(i int) bool {
	switch s.toks[i].Norm {
	case "http", "https", "www":
		return i+1 < len(s.toks) && !s.toks[i+1].Space
	}
	return false
}

// glued reports whether a stop without space after it ends a sentence: "the
// store.Today is", but not "example.Com/a" or "Jane.Doe@example.com".
func (s *splitter) glued(first, end, next int) bool {
	if first == 0 || next != end || s.toks[first].Space {
		return false
	}
	p, n := s.toks[first-1], s.toks[next]
	named := p.Is(token.Initial) && p.Span.Len() > 3 && (s.starts(next) || s.title(next))
	if !(p.Is(token.AllLower) && p.Span.Len() > 1 || p.Kind == token.Number || named) || s.lex.class[p.Norm] != "" {
		return false
	}
	if n.Kind == token.Number && len(p.Norm) >= 5 && p.Is(token.AllLower) && next+1 < len(s.toks) && s.toks[next+1].Space && s.toks[next+1].Kind == token.Word {
		return true // "under threat.15 months into"
	}
	if !n.Is(token.Initial) || n.Is(token.AllUpper) && n.Span.Len() > 1 || n.Span.Len() == 1 && n.Norm != "i" && n.Norm != "a" {
		return false
	}
	for k := first - 1; k >= 0 && k > first-8; k-- {
		if w := s.word(k); w == "@" || w == "/" || w == "#" {
			return false
		}
		if s.toks[k].Space {
			break
		}
	}
	for k := next + 1; k < len(s.toks) && k < next+8 && !s.toks[k].Space; k++ {
		if w := s.word(k); w == "@" || w == "/" || w == "_" || w == "=" || w == "(" {
			return false
		}
	}
	return true
}
