// Package realis finds the predicates of events and whether each is told as a
// fact: something that occurred, is scheduled or expected, might be, or is said
// not to be. Its central value is Analyzer, which needs the times; package
// briefing puts into the timeline what occurred and what is scheduled, and
// nothing else as a fact.
//
// A predicate is a verb group, from its first auxiliary to its main verb ("is
// set to begin", "would not involve"). It is noted when a time is tied to it, or
// when it tells something else than a plain fact. The classes are a coarse form
// of FactBank's factuality values (Saurí and Pustejovsky 2009), read from
// modals, negation, the verbs that govern the clause, and conditions.
package realis

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/timex"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
	"readout/internal/verb"
	"readout/internal/wordlist"
)

// Analyzer finds event mentions.
var Analyzer = &analysis.Analyzer{
	Name:     "realis",
	Doc:      "finds predicates and whether they are told as facts",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, timex.Analyzer},
	Run:      run,
}

func run(p *analysis.Pass) annotation.Set {
	if !p.English() {
		return annotation.Set{}
	}
	s := &scanner{text: p.Article.Text, toks: p.Tokens, times: p.Set.Times, published: p.Article.Meta.Date.Value}
	next, time := 0, 0
	first := true // the first paragraph has the dateline
	for i, b := range p.Blocks {
		at := b[0]
		role := p.Article.Blocks[i].Role
		credit := role == article.Byline || role == article.Dateline
		opens := 0 // where the report begins after its dateline
		if first && role == article.Paragraph && b[1] > b[0] {
			from := p.Tokens[b[0]].Span.Start
			opens, first = from+article.DatelineLen(p.Article.Text[from:p.Tokens[b[1]-1].Span.End]), false
		}
		for next < len(p.Set.Sentences) && p.Set.Sentences[next].Block == i {
			sent := p.Set.Sentences[next].Span
			end := at
			for end < b[1] && p.Tokens[end].Span.End <= sent.End {
				end++
			}
			for time < len(s.times) && s.times[time].Span.End <= sent.Start {
				time++
			}
			last := time
			for last < len(s.times) && s.times[last].Span.Start < sent.End {
				last++
			}
			for time < last && s.times[time].Span.End <= opens {
				time++ // the day of the dateline is that of the report
			}
			if !credit {
				s.sentence(at, end, time, last)
			}
			at, time = end, last
			next++
		}
	}
	return annotation.Set{Events: s.out}
}

// A scanner reads the sentences of an article in order.
type scanner struct {
	text  string
	toks  []token.Token
	times []annotation.TimeExpr
	out   []annotation.EventMention

	published string // when the article was, in ISO 8601; "" where that is unknown

	s0, s1 int // the sentence at hand
	groups []group
	of     []int // of each time of the sentence: the group it belongs to, or -1
}

// A group is a verb group over the tokens [from, to).
type group struct {
	from, to int
	realis   annotation.Realis
	rule     string
	// future reports that with a time it is an appointment: "will meet".
	future bool
	// state reports that it says only what is not: "was not in court".
	state bool
	// dated reports that a day which describes no noun belongs to it, tied that any does.
	dated, tied bool
}

// class is a set of classes of the cue list.
type class uint8

const (
	scheduled class = 1 << iota
	expected
	asked
	failed
	denied
	doubtful
	condition
)

//go:embed data/cues.txt
var cueData string

// cueList has the classes of the words of the cue list.
var cueList = sync.OnceValue(func() map[string]class {
	names := map[string]class{"scheduled": scheduled, "expected": expected, "asked": asked, "failed": failed, "denied": denied, "doubtful": doubtful, "condition": condition}
	m := map[string]class{}
	for row := range wordlist.Rows(cueData) {
		f := strings.Fields(row)
		for _, w := range f[1:] {
			m[w] |= names[f[0]]
		}
	}
	return m
})

// sentence notes the events of the tokens [from, to), in which the times [t0,
// t1) stand.
func (s *scanner) sentence(from, to, t0, t1 int) {
	s.s0, s.s1 = from, to
	s.groups = s.groups[:0]
	for k := from; k < to; {
		g, ok := s.group(k)
		if !ok {
			k++
			continue
		}
		s.groups = append(s.groups, g)
		k = g.to
	}
	if len(s.groups) == 0 {
		return
	}
	first := len(s.out)
	s.of = s.of[:0]
	for t := t0; t < t1; t++ {
		g := s.governs(s.times[t].Span)
		if s.of = append(s.of, g); g >= 0 && isDay(s.times[t].Value) && !s.ofNoun(s.times[t].Span) {
			s.groups[g].dated = true
		}
	}
	for t := t0; t < t1; t++ {
		g := s.of[t-t0]
		if g < 0 || s.groups[g].dated && s.ofNoun(s.times[t].Span) {
			continue // "the toll from Tuesday's explosion was revised on Friday"
		}
		at := s.groups[g]
		if at.realis == annotation.Occurred && s.ahead(&s.times[t]) {
			if !present(s.norm(at.from)) {
				continue // "was appointed until 2027": no day on which it occurred
			}
			// "the quay is rebuilt by next June"
			at.realis, at.rule, at.future = annotation.Expected, "present", true
		}
		if at.realis == annotation.Occurred && at.to == at.from+1 && present(s.norm(at.from)) && s.appointed(at.to, &s.times[t]) {
			at.realis, at.rule, at.future = annotation.Expected, "present", true // "The vote is on 22 February"
		}
		if at.rule == "present" && at.realis == annotation.Expected && s.behind(&s.times[t]) {
			// "The school opens in 1948 with forty pupils"
			at.realis, at.rule, at.future = annotation.Occurred, "historical", false
		}
		s.groups[g].tied = true
		s.note(at, t)
	}
	for _, g := range s.groups {
		if !g.tied && g.realis != annotation.Occurred {
			s.note(g, -1)
		}
	}
	stable.Sort(s.out[first:], func(a, b annotation.EventMention) int { return a.Span.Compare(b.Span) })
}

// note adds the event of a group, tied to a time or (-1) to none.
func (s *scanner) note(g group, time int) {
	if g.state {
		return // no event
	}
	e := annotation.EventMention{
		Span:   span.New(s.toks[g.from].Span.Start, s.toks[g.to-1].Span.End),
		Realis: g.realis,
		Time:   time,
		Rule:   "realis/" + g.rule,
	}
	if g.future && time >= 0 && g.realis == annotation.Expected {
		e.Realis = annotation.Scheduled
	}
	s.out = append(s.out, e)
}

// ahead reports whether a time lies after the day on which the article was
// published, or says of itself that it is to come.
func (s *scanner) ahead(t *annotation.TimeExpr) bool {
	const day = len("2006-01-02")
	if n := min(len(t.Value), len(s.published), day); t.Value != "" {
		return n >= 4 && digits(t.Value[:4]) && t.Value[:n] > s.published[:n] && !strings.ContainsAny(t.Value[:n], "WQSX")
	}
	at, _ := slices.BinarySearchFunc(s.toks[s.s0:s.s1], t.Span.Start, func(x token.Token, off int) int { return x.Span.Start - off })
	for k := s.s0 + at; k < s.s1 && s.toks[k].Span.End <= t.Span.End; k++ {
		switch s.norm(k) {
		case "next", "tomorrow", "upcoming":
			return true
		}
	}
	return false
}

// behind reports whether a time lies before the day on which the article was published.
func (s *scanner) behind(t *annotation.TimeExpr) bool {
	const day = len("2006-01-02")
	n := min(len(t.Value), len(s.published), day)
	return n >= 4 && digits(t.Value[:4]) && t.Value[:n] < s.published[:n] && !strings.ContainsAny(t.Value[:n], "WQSX")
}

// appointed reports whether "on" or "at" and the time t follow the verb that ends at token
// k, and t does not lie before the day on which the article was published.
func (s *scanner) appointed(k int, t *annotation.TimeExpr) bool {
	if n := s.norm(k); n != "on" && n != "at" && n != "due" || k+1 >= s.s1 || s.toks[k+1].Span.Start != t.Span.Start {
		return false
	}
	const day = len("2006-01-02")
	n := min(len(t.Value), len(s.published), day)
	return n < 4 || !digits(t.Value[:4]) || t.Value[:n] >= s.published[:n]
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// present reports whether a verb group that begins with w tells of the present.
func present(w string) bool {
	switch w {
	case "is", "are", "isn't", "aren't", "am":
		return true
	}
	return false
}

// governs returns the group a time belongs to: the one before it in its clause
// or, where the sentence or clause begins with the time, the one after it.
func (s *scanner) governs(t span.Span) int {
	before, after := -1, -1
	for i, g := range s.groups {
		switch {
		case s.toks[g.to-1].Span.End <= t.Start:
			before = i
		case after < 0 && s.toks[g.from].Span.Start >= t.End:
			after = i
		}
	}
	if s.attributive(t) {
		return -1
	}
	if before >= 0 && s.subjectTime(t, before, after) {
		return after
	}
	before = s.outside(t, before)
	if before < 0 {
		if after >= 0 && (s.relative(t, s.groups[after].from) || s.creditsAfter(t, s.groups[after].from)) {
			return -1
		}
		return after
	}
	if after < 0 {
		return before
	}
	// "He left, and on Friday she will follow": a comma or a conjunction right
	// before the time's preposition opens a clause of its own.
	at, _ := slices.BinarySearchFunc(s.toks[s.s0:s.s1], t.Start, func(x token.Token, off int) int { return x.Span.Start - off })
	k := s.s0 + at - 1
	if k >= s.s0 && preposition[s.toks[k].Norm] {
		k--
	}
	comma := false
	for n := 0; n < 2 && k >= s.s0; n++ {
		switch s.toks[k].Norm {
		case ";", ":":
			return after
		case ",":
			comma = true
		case "and", "but", "that", "while":
			if comma || s.toks[k].Norm == "that" || k-1 >= s.s0 && s.toks[k-1].Norm == "," {
				return after
			}
		}
		k--
	}
	return before
}

// tokenAt returns the first token of the time t.
func (s *scanner) tokenAt(t span.Span) int {
	at, _ := slices.BinarySearchFunc(s.toks[s.s0:s.s1], t.Start, func(x token.Token, off int) int { return x.Span.Start - off })
	return s.s0 + at
}

// attributive reports whether the time t says which thing a noun is, and when nothing was
// done: "the 1971 war".
func (s *scanner) attributive(t span.Span) bool {
	k := s.tokenAt(t)
	if k <= s.s0 || s.norm(k-1) != "the" {
		return false
	}
	end := k
	for end < s.s1 && s.toks[end].Span.End <= t.End {
		end++
	}
	return end == k+1 && s.toks[k].Kind == token.Number && end < s.s1 && s.toks[end].Is(token.AllLower) && s.toks[end].Kind == token.Word && !preposition[s.norm(end)] && !s.forms(end).Finite()
}

// isDay reports whether a value is a day or a time of one.
func isDay(value string) bool {
	return len(value) >= len("2006-01-02") && digits(value[:4]) && !strings.ContainsAny(value, "WQSX")
}

// ofNoun reports whether the time t says which thing the noun after it is: "Tuesday's
// explosion", "the May 3 attack". It is the time of what the sentence tells only where that
// has no day of its own.
func (s *scanner) ofNoun(t span.Span) bool {
	rest := s.text[t.End:]
	if strings.HasPrefix(rest, "'s ") || strings.HasPrefix(rest, "’s ") {
		return true
	}
	k := s.tokenAt(t)
	end := k
	for end < s.s1 && s.toks[end].Span.End <= t.End {
		end++
	}
	if k <= s.s0 || end >= s.s1 || s.toks[end].Kind != token.Word || !s.toks[end].Is(token.AllLower) {
		return false
	}
	switch s.norm(k - 1) {
	case "the", "a", "an", "his", "her", "its", "their", "'s", "’s":
		return !preposition[s.norm(end)] && !s.forms(end).Finite()
	}
	return false
}

// subjectTime reports whether the time t belongs to the subject of the clause that a verb
// of saying, the group before it, reports: "said voting on Sunday had been peaceful".
func (s *scanner) subjectTime(t span.Span, before, after int) bool {
	g := s.groups[before]
	if after < 0 || g.to-g.from != 1 || !saying(s.norm(g.from)) {
		return false
	}
	k := s.tokenAt(t) - 1
	if k < 0 || !preposition[s.norm(k)] || k == g.to || preposition[s.norm(g.to)] {
		return false
	}
	for at := g.to; at < s.groups[after].from; at++ {
		if n := s.norm(at); n == "," || n == ";" || n == "that" && at > g.to || n == "and" || n == "reporters" || s.toks[at].Kind == token.Punct {
			return false
		}
	}
	return true
}

// outside returns the group at i or, where that stands in a relative clause which a comma
// closes before the time t, the one that the clause hangs on.
func (s *scanner) outside(t span.Span, i int) int {
	if i < 1 {
		return i
	}
	g, k := s.groups[i], s.tokenAt(t)
	opened := -1
	for at := g.from - 1; at >= s.groups[i-1].to && at >= g.from-4; at-- {
		switch s.norm(at) {
		case "who", "which", "whose":
			opened = at
		}
	}
	if opened < 1 || s.norm(opened-1) != "," {
		return i
	}
	for at := g.to; at < k; at++ {
		if s.norm(at) == "," && at+1 < k {
			return i - 1
		}
	}
	return i
}

// relative reports whether the time t stands in a relative clause that a comma closes
// before token end: "the mine, which Lee set up in 2021, did not reopen" tells of no
// day on which it did.
func (s *scanner) relative(t span.Span, end int) bool {
	opened, closed := false, false
	for k := s.s0; k < end; k++ {
		// ", first reported by the Register in January, led to"
		if k > s.s0 && s.toks[k].Norm == "by" && s.forms(k-1).Past() && s.toks[k].Span.End <= t.Start {
			p := k - 2
			if s.adverb(p) || s.norm(p) == "first" {
				p--
			}
			opened = opened || s.norm(p) == ","
		}
		switch s.toks[k].Norm {
		case "which", "who", "whom", "whose", "where":
			opened = opened || s.toks[k].Span.End <= t.Start && k > s.s0
		case ",":
			closed = closed || s.toks[k].Span.Start >= t.End
		}
	}
	return opened && closed
}

// creditsAfter reports whether the verb at token k says on whose word the clause
// with the time t before it stands: "power was out on Sunday, the operator said".
func (s *scanner) creditsAfter(t span.Span, k int) bool {
	if !saying(s.norm(k)) {
		return false
	}
	comma, before := false, 0
	for at := s.s0; at < k; at++ {
		switch x := &s.toks[at]; {
		case x.Span.End <= t.Start:
			if !preposition[x.Norm] {
				before++
			}
		case x.Span.Start >= t.End:
			comma = comma || x.Norm == ","
		}
	}
	return comma && before > 0
}

var preposition = wordSet("preposition")

var cues = token.NewMemo(func(w string) class { return cueList()[w] })

// cue returns the classes of token k of the sentence in the cue list.
func (s *scanner) cue(k int) class {
	if k < s.s0 || k >= s.s1 {
		return 0
	}
	return *cues.Of(&s.toks[k])
}

// forms returns what verb token k of the sentence may be.
func (s *scanner) forms(k int) verb.Forms {
	if k < s.s0 || k >= s.s1 {
		return 0
	}
	return verb.Of(&s.toks[k])
}

func (s *scanner) norm(k int) string {
	if k < s.s0 || k >= s.s1 {
		return ""
	}
	return s.toks[k].Norm
}
