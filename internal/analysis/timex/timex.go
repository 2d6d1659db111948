// Package timex finds time expressions and their TIMEX3 values. Its central
// value is Analyzer, which needs the sentences; the briefing's timeline and the
// analyzer of events are made from what it finds.
//
// A value rests on the text or on the publication date, never on the clock: an
// explicit date stands for itself, a relative one ("yesterday", "on Friday",
// "two years ago") is reckoned from the publication date where that is known,
// and one that continues a story ("a year later", "that day") from the last date
// the same block gave. Where neither is known the expression is unresolved, with
// the reason in plain words.
//
// What is annotated is what has a place on the calendar or the clock. How long
// something lasted is a figure with a unit, which package quantity finds.
package timex

import (
	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
	"readout/internal/token"
)

// Analyzer finds time expressions.
var Analyzer = &analysis.Analyzer{
	Name:     "timex",
	Doc:      "finds time expressions and what they stand for",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer},
	Run:      run,
}

// The reasons why an expression has no value.
const (
	noPublication = "publication date unknown"
	noYear        = "year not stated"
	noAnchor      = "what it is reckoned from has no date"
	noSuchDay     = "no such day"
	ambiguous     = "day and month can be read either way"
)

func run(p *analysis.Pass) annotation.Set {
	if !p.English() {
		return annotation.Set{}
	}
	s := &scanner{text: p.Article.Text, toks: p.Tokens, lex: lex()}
	if d := parseDate(p.Article.Meta.Date.Value); d.y >= 1000 {
		// Nothing was published before; such a date is a fault of its source.
		s.ref = d
	}
	next := 0
	for i, b := range p.Blocks {
		s.role = p.Article.Blocks[i].Role
		at := b[0]
		s.b0 = at
		for next < len(p.Set.Sentences) && p.Set.Sentences[next].Block == i {
			end := at
			for end < b[1] && p.Tokens[end].Span.End <= p.Set.Sentences[next].Span.End {
				end++
			}
			s.sentence(at, end)
			at = end
			next++
		}
	}
	return annotation.Set{Times: s.out}
}

// A scanner reads the sentences of an article in order.
type scanner struct {
	text string
	toks []token.Token
	lex  *lexicon
	ref  date // publication date, as far as known
	out  []annotation.TimeExpr

	role       article.Role
	b0         int     // first token of the block at hand
	s0, s1     int     // the sentence at hand
	last       date    // the last date that a story may go on from
	lastAt     int     // token after it
	lastStated bool    // the text gives it in full
	lostAt     int     // token after the last date that could not be resolved
	extra      []found // what a rule found besides its result
	account    account // what is told of, for times of day that go on with it
}

// A found is a time expression over the tokens [from, to).
type found struct {
	from, to   int
	typ        annotation.TimeType
	value      string
	unresolved string
	anchor     date
	rule       string
	date       date // what later expressions may be reckoned from
	story      bool // anchor is a date of the text
}

// sentence finds the expressions of the tokens [from, to).
func (s *scanner) sentence(from, to int) {
	s.s0, s.s1 = from, to
	first := len(s.out)
	var ends []int // token ends of the expressions found here
	for i := from; i < to; {
		if t := &s.toks[i]; t.Kind != token.Number && (t.Kind != token.Word || !*triggers.Of(t)) {
			i++
			continue // as most are; asked first, for a found is large to pass on
		}
		f, ok := s.match(i)
		if !ok {
			i++
			continue
		}
		s.emit(f)
		ends = append(ends, f.from, f.to)
		i = max(f.to, i+1)
		for _, f := range s.extra {
			s.emit(f)
			ends = append(ends, f.from, f.to)
			i = max(i, f.to)
		}
		s.extra = s.extra[:0]
	}
	s.joinClock(first, ends)
	s.goOn(first, ends)
}

func (s *scanner) emit(f found) {
	t := annotation.TimeExpr{
		Span:       span.New(s.toks[f.from].Span.Start, s.toks[f.to-1].Span.End),
		Type:       f.typ,
		Value:      f.value,
		Unresolved: f.unresolved,
		Rule:       "timex/" + f.rule,
	}
	if t.Value == "" && t.Unresolved == "" {
		t.Unresolved = noSuchDay // before the first year or after the last
	}
	if t.Value != "" {
		t.Unresolved = ""
		t.Anchor = f.anchor.String()
	}
	if t.Unresolved == noPublication {
		s.lostAt = f.to
	}
	if f.date.y > 0 {
		s.last, s.lastAt, s.lastStated = f.date, f.to, f.anchor.y == 0 || f.story
	}
	s.out = append(s.out, t)
}

// match finds the expression that begins at token i.
func (s *scanner) match(i int) (found, bool) {
	switch t := &s.toks[i]; t.Kind {
	case token.Number:
		for _, rule := range numberRules {
			if f, ok := rule(s, i); ok {
				return f, true
			}
		}
	case token.Word:
		for _, rule := range wordRules {
			if f, ok := rule(s, i); ok {
				return f, true
			}
		}
	}
	return found{}, false
}

// A rule finds the expression of one kind that begins at token i.
type rule func(s *scanner, i int) (found, bool)

// The rules for what begins with a number or with a word, the first that
// matches wins.
var (
	numberRules = []rule{
		(*scanner).iso, (*scanner).numeric, (*scanner).clock, (*scanner).dayMonth, (*scanner).counted, (*scanner).quarter, (*scanner).yearAlone,
	}
	wordRules = []rule{
		(*scanner).weekdayDate, (*scanner).monthDay, (*scanner).ordinalOf, (*scanner).named, (*scanner).relative, (*scanner).counted,
		(*scanner).quarter, (*scanner).season, (*scanner).month, (*scanner).weekday, (*scanner).yearWord, (*scanner).clockWord,
	}
)

// triggers tells whether an expression may begin with a word.
var triggers = token.NewMemo(func(w string) bool { return lex().triggers[w] })

// norm returns the look-up form of token k of the sentence, or "".
func (s *scanner) norm(k int) string {
	if k < s.s0 || k >= s.s1 {
		return ""
	}
	return s.toks[k].Norm
}

// glued reports whether no space stands before token k of the sentence.
func (s *scanner) glued(k int) bool { return k > s.s0 && k < s.s1 && !s.toks[k].Space }

// number returns the value of token k when it is digits alone, at most width of
// them, and how many there are.
func (s *scanner) number(k, width int) (n, digits int) {
	if k < s.s0 || k >= s.s1 || s.toks[k].Kind != token.Number {
		return 0, 0
	}
	w := s.toks[k].Norm
	if len(w) > width {
		return 0, 0
	}
	for _, c := range []byte(w) {
		if c < '0' || c > '9' {
			return 0, 0
		}
		n = n*10 + int(c-'0')
	}
	return n, len(w)
}

// dash reports whether token k is a dash of a range.
func (s *scanner) dash(k int) bool {
	switch s.norm(k) {
	case "-", "–", "—", "‑", "−":
		return true
	}
	return false
}
