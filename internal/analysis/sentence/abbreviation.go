package sentence

import (
	"bufio"
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"readout/internal/token"
	"readout/internal/verb"
)

//go:embed data/abbreviations.txt
var abbreviations string

//go:embed data/starters.txt
var starters string

//go:embed data/shouting.txt
var shouting string

// A lex has the word lists of the analyzer.
type lex struct {
	class    map[string]string // abbreviation, without its last stop -> class
	starters map[string]bool
	shouting map[string]bool
}

var lexicon = sync.OnceValue(func() *lex {
	l := &lex{class: map[string]string{}, starters: map[string]bool{}, shouting: map[string]bool{}}
	eachLine(abbreviations, func(line string) {
		word, class, _ := strings.Cut(line, " ")
		l.class[word] = class
	})
	eachLine(starters, func(line string) { l.starters[line] = true })
	eachLine(shouting, func(line string) { l.shouting[line] = true })
	return l
})

// eachLine calls f with every line of data that is neither empty nor a comment.
func eachLine(data string, f func(line string)) {
	sc := bufio.NewScanner(strings.NewReader(data))
	for sc.Scan() {
		if line := strings.TrimSpace(sc.Text()); line != "" && line[0] != '#' {
			f(line)
		}
	}
}

// A verdict about a full stop.
type verdict uint8

const (
	open verdict = iota // nothing about the word before the stop decides
	yes
	no
)

// fullStop judges the stop at token first by the word before it (or, for a
// word such as "U.S.", by the word itself) and the word at next.
func (s *splitter) fullStop(first, start, next int, closedQuote bool) verdict {
	word := first - 1
	if s.toks[first].Kind == token.Word {
		word = first
	} else if word < 0 || s.toks[first].Space {
		return open
	}
	t, n := s.toks[word], s.toks[next]
	if t.Kind == token.Number {
		return s.afterNumber(word, next)
	}
	if t.Kind != token.Word {
		if w := s.word(word); w == "°" || w == "º" {
			return no
		}
		return open
	}
	if closedQuote {
		return open
	}
	norm := strings.TrimSuffix(t.Norm, ".")
	class := s.lex.class[norm]
	if isInitial(t) {
		return s.afterInitial(word, next)
	}
	if next > first+1 && (t.Is(token.Dotted) || class == "place") {
		switch s.word(next - 1) {
		case "—", "–", "--", "-":
			return no // "NEWARK, N.J. — A judge"
		}
	}
	direct := s.toks[next].Span.Start >= s.toks[first].Span.End && s.onlyOpeners(first+1, next)
	switch class {
	case "title":
		// "Main St. The": a street, when a name stands before it.
		if norm == "st" && word > start && s.starts(next) && s.toks[word-1].Is(token.Initial) {
			return yes
		}
		if n.Is(token.Initial) || n.Kind == token.Number || n.Is(token.AllLower) {
			return no
		}
		return open
	case "inner":
		if t.Is(token.AllUpper) && !t.Is(token.Dotted) {
			return open // "IE"
		}
		return no
	case "number":
		if n.Kind == token.Number && direct {
			return no
		}
		if direct && n.Is(token.AllUpper) && n.Span.Len() <= 4 && !s.lex.starters[n.Norm] {
			return no // "Fig. A", "Vol. II"
		}
		return open
	case "month":
		if n.Kind == token.Number {
			return no
		}
		if !t.Is(token.Initial) {
			return open // "sat", "sun", "mar"
		}
		return s.byNext(next)
	case "clock":
		if s.clockGoesOn(next) || s.opensWithTime(word, start) {
			return no
		}
		if n.Is(token.Initial) || n.Kind == token.Number {
			return yes
		}
		return no
	case "place":
		if !t.Is(token.Dotted) && !t.Is(token.Initial) {
			return open // "miss", "mass", "cal"
		}
		return s.byNext(next)
	case "suffix":
		if n.Is(token.AllLower) {
			return no
		}
		if s.starts(next) || s.seenLower(next) || s.title(next) {
			return yes
		}
		if direct && s.clauses(start, word, next) {
			return yes
		}
		if norm == "inc" || norm == "corp" || norm == "ltd" || norm == "jr" || norm == "sr" || norm == "co" {
			return no
		}
		return s.byNext(next)
	case "final":
		if n.Is(token.AllLower) {
			return no
		}
		if n.Kind == token.Number && norm != "etc" && !t.Is(token.Dotted) {
			return no
		}
		return open
	}
	if t.Is(token.Dotted) {
		return s.byNext(next)
	}
	if n.Is(token.AllLower) && s.abbreviated(t) {
		return no
	}
	return open
}

// clauses reports whether both what stands from token start to the abbreviation at
// word and what begins at next are clauses: each has a verb, and a word in small
// letters follows upon the one at next, so that a name or a title before one does not
// begin there: "… built by Velan Ltd. Leader of the House Ana Lee …".
func (s *splitter) clauses(start, word, next int) bool {
	const reach = 12
	if next+2 >= len(s.toks) || !s.toks[next].Is(token.Initial) || s.toks[next].Kind != token.Word || !s.toks[next+1].Is(token.AllLower) || s.toks[next+1].Kind != token.Word {
		return false
	}
	before := false
	for i := start; i < word && !before; i++ {
		before = s.toks[i].Is(token.AllLower) && verb.Of(&s.toks[i]).Finite()
	}
	for i := next + 1; before && i < min(next+reach, len(s.toks)); i++ {
		switch t := &s.toks[i]; {
		case t.Kind == token.Punct && (s.word(i) == "." || s.word(i) == ";"):
			return false
		case t.Is(token.AllLower) && verb.Of(t).Finite():
			return true
		}
	}
	return false
}

// byNext splits after an abbreviation when the next word begins sentences.
func (s *splitter) byNext(next int) verdict {
	n := s.toks[next]
	if s.starts(next) || next+1 < len(s.toks) && s.word(next+1) == ":" && n.Is(token.Initial) {
		return yes // "… D.C. Photo: …"
	}
	if n.Kind == token.Word && !n.Is(token.AllLower) && s.title(next) && next+2 < len(s.toks) && s.toks[next+2].Is(token.Initial) {
		return open
	}
	return no
}

// title reports whether token i is a title with its stop, such as "Mr.".
func (s *splitter) title(i int) bool {
	switch s.toks[i].Norm {
	case "mr", "mrs", "ms", "dr":
		return i+1 < len(s.toks) && s.word(i+1) == "."
	}
	return false
}

// isInitial reports whether t is one upper case letter.
func isInitial(t token.Token) bool {
	return t.Is(token.Initial|token.AllUpper) && utf8.RuneCountInString(t.Norm) == 1
}

// afterInitial judges the stop after the single capital at token word.
func (s *splitter) afterInitial(word, next int) verdict {
	n := s.toks[next]
	if n.Is(token.AllLower) || n.Kind == token.Number {
		return open
	}
	var prev token.Token
	if word > 0 {
		prev = s.toks[word-1]
	}
	norm := s.toks[word].Norm
	if norm == "i" && prev.Is(token.AllLower) {
		if s.starts(next) || !isInitial(n) {
			return yes
		}
	}
	// "Plan B. The": a letter used as a label.
	if s.starts(next) && word > 0 && !isInitial(prev) && s.word(word-1) != "." {
		return yes
	}
	return no
}

// afterNumber judges the stop after the number at token word.
func (s *splitter) afterNumber(word, next int) verdict {
	n := s.toks[next]
	if n.Is(token.AllLower) {
		// "the 3. of May" and the like; a sentence hardly begins so.
		return no
	}
	if !s.english && s.toks[word].Span.Len() <= 2 {
		return no // many languages write ordinals so: "am 3. Mai", "21. století"
	}
	return open
}

// onlyOpeners reports whether no token lies between from and next.
func (s *splitter) onlyOpeners(from, next int) bool { return from >= next }

// clockGoesOn reports whether the word at next belongs to a time of day: a
// weekday, a month or a time zone.
func (s *splitter) clockGoesOn(next int) bool {
	switch s.toks[next].Norm {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august",
		"september", "october", "november", "december",
		"eastern", "central", "pacific", "mountain", "local", "gmt", "utc", "bst", "cet", "cest",
		"est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "ist", "jst", "aest", "aedt":
		return true
	}
	c := s.lex.class[s.toks[next].Norm]
	return c == "month"
}

// opensWithTime reports whether the sentence so far is only a preposition and a
// time of day: "At 5 a.m. Mr. Smith went".
func (s *splitter) opensWithTime(word, start int) bool {
	if word-start > 3 {
		return false
	}
	switch s.toks[start].Norm {
	case "at", "by", "around", "about", "until", "before", "after", "since", "from":
		return word > start
	}
	return s.toks[start].Kind == token.Number
}

// seenLower reports whether the article writes the word at token i in lower
// case somewhere: then its capital tells of a sentence's beginning.
func (s *splitter) seenLower(i int) bool {
	if s.lower == nil {
		s.lower = map[string]bool{}
		for _, t := range s.all {
			if t.Kind == token.Word && t.Is(token.AllLower) {
				s.lower[t.Norm] = true
			}
		}
	}
	return s.toks[i].Is(token.Initial) && s.lower[s.toks[i].Norm]
}

// abbreviated reports whether t looks like an abbreviation no list has: short,
// with a capital, and without a vowel.
func (s *splitter) abbreviated(t token.Token) bool {
	return t.Is(token.Initial) && t.Span.Len() <= 5 && !strings.ContainsAny(t.Norm, "aeiouy")
}
