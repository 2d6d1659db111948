// Package sentence cuts the blocks of an article into sentences. Its central
// value is Analyzer, which needs no other analyzer and which all the others
// build on; package analysis runs it.
//
// A full stop ends a sentence unless the words around it say otherwise. The
// evidence is, in this order: what stands between the stop and the next word
// (nothing, closing marks, a bracket that is still open), the word before the
// stop (an abbreviation and its class, an initial, an enumerator, a figure),
// the spelling of the word after it, and how both are written elsewhere in the
// article, which is the orthographic evidence of Kiss and Strunk (2006).
package sentence

import (
	"strings"
	"unicode/utf8"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/token"
)

// Analyzer finds sentences. They never cross a block, have no white space at
// their ends, and together hold every token of every analysed block.
var Analyzer = &analysis.Analyzer{
	Name:     "sentence",
	Doc:      "finds the sentences of each block",
	Requires: []*analysis.Analyzer{language.Analyzer},
	Run:      run,
}

// The rules that end a sentence, as named in annotation.Sentence.Rule.
const (
	ruleStop     = "sentence/stop"         // full stop, question or exclamation mark
	ruleAbbrev   = "sentence/abbreviation" // the stop of an abbreviation that also ends the sentence
	ruleEllipsis = "sentence/ellipsis"
	ruleList     = "sentence/list"  // the next enumerator or bullet of a list within the line
	ruleSpace    = "sentence/space" // a stop with no space after it
	ruleLabel    = "sentence/label" // a bracketed source or link before the first sentence
	ruleBlock    = "sentence/block" // the end of the block alone
)

func run(p *analysis.Pass) annotation.Set {
	var set annotation.Set
	s := &splitter{text: p.Article.Text, lex: lexicon(), all: p.Tokens, english: p.English()}
	for i, b := range p.Blocks {
		if b[0] == b[1] {
			continue
		}
		toks := p.Tokens[b[0]:b[1]]
		s.block(toks, func(from, to int, rule string) {
			set.Sentences = append(set.Sentences, annotation.Sentence{
				Span:  span.New(toks[from].Span.Start, toks[to-1].Span.End),
				Block: i,
				Rule:  rule,
			})
		})
	}
	return set
}

// A splitter cuts one article. Its evidence of how words are written in the
// article is gathered when first asked for.
type splitter struct {
	text    string
	lex     *lex
	all     []token.Token
	english bool
	lower   map[string]bool // words of the article written in lower case

	toks  []token.Token // the block at hand
	marks []mark        // one for each token of the block
}

// block calls emit with the token range and rule of each sentence of toks.
func (s *splitter) block(toks []token.Token, emit func(from, to int, rule string)) {
	s.toks = toks
	s.pairMarks()
	start, words := 0, false
	cut := func(end int, rule string) {
		if end > start {
			emit(start, end, rule)
			start = end
		}
	}
	lists := newLister(s.text, toks)
	for i := 0; i < len(toks); i++ {
		if t := &toks[i]; t.Kind == token.Word && i != start && lists.last.kind == 0 && !t.Is(token.Dotted) {
			words = true
			continue // a word inside a sentence, as most are: nothing begins or ends here
		}
		if lists.begins(i, start) {
			cut(i, ruleList)
		}
		if skip := lists.marker(i, start); skip > i {
			i = skip - 1 // the stop of an enumerator ends nothing
			words = true
			continue
		}
		words = words || toks[i].Kind == token.Word || toks[i].Kind == token.Number
		if s.label(i, start) {
			cut(i+1, ruleLabel)
			words = false
			continue
		}
		if s.signature(i, start) || s.brokenOff(i) || words && s.smiley(i) {
			cut(i+1, ruleStop)
			words = false
			continue
		}
		if !words || !s.stops(i) {
			continue
		}
		end, rule := s.boundary(i, start)
		if rule == "" {
			i = max(i, end-1)
			continue
		}
		cut(end, rule)
		i, words = end-1, false
	}
	cut(len(toks), ruleBlock)
}

// word returns the text of token i of the block.
func (s *splitter) word(i int) string { return s.toks[i].Span.In(s.text) }

// stops reports whether token i may end a sentence.
func (s *splitter) stops(i int) bool {
	t := &s.toks[i]
	switch t.Kind {
	case token.Punct, token.Symbol:
		return isStop(t.Norm)
	case token.Word:
		return t.Is(token.Dotted) && s.text[t.Span.End-1] == '.'
	}
	return false
}

// isStop reports whether a sign is one that ends sentences.
func isStop(sign string) bool {
	if sign == "" {
		return false
	}
	switch sign[0] {
	case '.', '!', '?':
		return true
	}
	switch sign {
	case "…", "。", "！", "？", "।", "॥", "؟", "۔", "‼", "⁇", "⁈", "⁉", "‽", "።", "။":
		return true
	}
	return false
}

// isFullStop reports whether sign is one full stop.
func isFullStop(sign string) bool { return sign == "." }

// isEllipsis reports whether sign is an ellipsis in one token.
func isEllipsis(sign string) bool {
	return sign == "…" || len(sign) >= 2 && sign[0] == '.'
}

// boundary decides about the stop at token i of the sentence that began at
// token start. It returns the end of the sentence and its rule or, where the
// sentence goes on, an empty rule and the token to go on from.
func (s *splitter) boundary(i, start int) (end int, rule string) {
	first := i
	end, ellipsis, loud := s.stopRun(i)
	// A stop and then a spaced ellipsis: the ellipsis begins the next sentence.
	if end < 0 {
		return -end, ruleStop
	}
	last := end - 1
	closedQuote, closed := false, end
	for end < len(s.toks) {
		t := s.toks[end]
		m := s.marks[end]
		closes := m.quote == closing || isCloser(t.Norm)
		if t.Kind != token.Punct || !closes || t.Space && !s.spacedCloser(end, first) {
			break
		}
		closedQuote = closedQuote || m.quote == closing
		end++
	}
	plain := end == closed // nothing stands between the stop and the space
	// "end.[12] Next": note marks belong to the sentence before.
	if n := s.noteMark(end); n > end {
		end = n
	}
	if end+1 < len(s.toks) && s.word(end) == "--" && s.toks[end].Space && s.signature(end, end) {
		return end, ruleStop
	}
	if end >= len(s.toks) {
		return end, s.name(first, last, ellipsis)
	}
	next := s.nextWord(end)
	if m := s.marks[min(end, len(s.marks)-1)]; m.depth > 0 && end < len(s.toks) && m.from >= 0 && !s.opensSentence(int(m.from), start) {
		return end, "" // inside brackets that stand within the sentence
	}
	if ellipsis && s.marks[first].depth > 0 && s.marks[first].from >= 0 && !s.opensSentence(int(s.marks[first].from), start) {
		return end, "" // "[...]"
	}
	if t := s.toks[end]; t.Kind == token.Punct && !t.Space && s.marks[end].quote == notQuote && !isOpener(t.Norm) {
		return end, "" // "Inc.,", "etc.;", "?—"
	}
	if next < 0 {
		if s.wordless(end) && !s.elision(end) {
			return end, "" // a smiley, stray marks: they belong to this sentence
		}
		return end, s.name(first, last, ellipsis)
	}
	if !s.toks[end].Space {
		if wide(s.word(last)) {
			return end, ruleStop
		}
		if s.glued(first, end, next) {
			return end, ruleSpace
		}
		return end, ""
	}
	nt := s.toks[next]
	capital := nt.Is(token.Initial) || s.address(next) || nt.Kind == token.Number || nt.Is(token.NoCase)
	if s.shortQuote(first, end) {
		return end, ""
	}
	switch {
	case ellipsis:
		if nt.Is(token.Initial) && !(plain && (nt.Norm == "i" || strings.HasPrefix(nt.Norm, "i'"))) {
			return end, ruleEllipsis
		}
		if s.address(next) {
			return end, ruleEllipsis
		}
		return end, ""
	case loud:
		if first > 0 && s.lex.shouting[s.toks[first-1].Norm] && !s.starts(next) {
			return end, ""
		}
		if capital {
			return end, ruleStop
		}
		if plain && first > 0 && next == end && nt.Is(token.AllLower) && (s.plainLower(first-1) || s.word(first) == "?" && s.toks[first-1].Is(token.AllLower)) {
			return end, ruleStop
		}
		return end, ""
	}
	// A full stop.
	verdict := s.fullStop(first, start, next, closedQuote)
	switch {
	case verdict == no:
		return end, ""
	case verdict == yes:
		return end, s.name(first, last, false)
	}
	if capital {
		return end, ruleStop
	}
	if before := s.insideMark(first - 1); plain && before >= 0 && next == end && s.plainLower(before) && nt.Is(token.AllLower) {
		return end, ruleStop
	}
	if nt.Kind != token.Word {
		return end, ruleStop
	}
	return end, ""
}

// wordless reports whether the block has no word after token i.
func (s *splitter) wordless(i int) bool {
	for k := i; k < len(s.toks); k++ {
		if k > i+16 || s.toks[k].Kind == token.Word || s.toks[k].Kind == token.Number {
			return false
		}
	}
	return true
}

// name returns the rule for a sentence that ends with the stops first to last.
func (s *splitter) name(first, last int, ellipsis bool) string {
	switch {
	case ellipsis:
		return ruleEllipsis
	case s.toks[first].Kind == token.Word || first > 0 && s.lex.class[s.toks[first-1].Norm] != "" && isFullStop(s.toks[first].Norm):
		return ruleAbbrev
	}
	return ruleStop
}

// stopRun returns the end of the run of stops that begins with token i, whether
// it is an ellipsis, and whether a question or exclamation mark is in it. For
// "word. . . . Next" it returns minus the end of the first stop.
func (s *splitter) stopRun(i int) (end int, ellipsis, loud bool) {
	if s.toks[i].Kind == token.Word {
		return i + 1, false, false
	}
	end = i
	spaced, stops := 0, 0
	for end < len(s.toks) {
		t := s.toks[end]
		if t.Kind == token.Word || !isStop(t.Norm) || t.Newlines > 0 && end > i {
			break
		}
		if end > i && t.Space {
			if !isFullStop(t.Norm) && !isEllipsis(t.Norm) {
				break
			}
			spaced++
		}
		switch {
		case isEllipsis(t.Norm):
			ellipsis = true
		case isFullStop(t.Norm):
			stops++
		default:
			loud = true
		}
		end++
	}
	if end < len(s.toks) && !s.toks[i].Space && (end-i == 4 && spaced == 3 && stops == 4 || spaced == 1 && end-i == 2 && ellipsis && isFullStop(s.toks[i].Norm)) {
		if n := s.nextWord(end); n == end && s.toks[n].Is(token.Initial) {
			return -(i + 1), true, false
		}
	}
	return end, ellipsis || stops > 1, loud
}

// wide reports whether a stop is one of a script that sets no space after it.
func wide(stop string) bool {
	switch stop {
	case "。", "！", "？", "।", "॥", "።", "။":
		return true
	}
	return false
}

// noteMark returns the end of note marks such as "[12]" that stand without
// space at token i, or i.
func (s *splitter) noteMark(i int) int {
	for i+2 < len(s.toks) && !s.toks[i].Space && s.word(i) == "[" &&
		s.toks[i+1].Kind == token.Number && s.word(i+2) == "]" {
		i += 3
	}
	return i
}

// nextWord returns the first word or number at or after token i with nothing
// but opening marks, dashes, bullets and asterisks before it, or -1.
func (s *splitter) nextWord(i int) int {
	for k := i; k < len(s.toks) && k < i+6; k++ {
		t := s.toks[k]
		if t.Kind == token.Word || t.Kind == token.Number {
			return k
		}
	}
	return -1
}

// plainLower reports whether token i is an ordinary word in lower case that no
// list knows as an abbreviation.
func (s *splitter) plainLower(i int) bool {
	t := s.toks[i]
	return t.Kind == token.Word && t.Is(token.AllLower) && utf8.RuneCountInString(t.Norm) >= 4 && s.lex.class[t.Norm] == ""
}

// insideMark returns the token before i where i is a closing quotation mark,
// else i.
func (s *splitter) insideMark(i int) int {
	if i > 0 && s.marks[i].quote == closing {
		return i - 1
	}
	return i
}

// starts reports whether token i is a word of the closed classes with a
// capital, such as begins sentences.
func (s *splitter) starts(i int) bool {
	t := s.toks[i]
	return t.Is(token.Initial) && s.lex.starters[t.Norm]
}
