// Package term finds where an abbreviation is defined: "the European Central
// Bank (ECB)", "ECB (European Central Bank)", "the European Central Bank, or
// ECB". Its central value is Analyzer; the glossary and the coreference of
// organizations rest on what it finds.
//
// The long form is the one whose words account best for the letters of the short
// one. It is found by dynamic programming over words and letters, which
// generalises the greedy match of Schwartz and Hearst (2003): a letter at the
// start of a word, or in an acronym inside the long form, counts for much; one
// inside a word for little; a word with a capital that gives no letter against.
// Names translated from another language share few letters with their
// abbreviation; before a bracket the whole name is taken when it has the head
// noun of a body.
package term

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

// Analyzer finds definitions of abbreviations, the first of each in an article.
var Analyzer = &analysis.Analyzer{
	Name:     "term",
	Doc:      "finds abbreviations where they are defined",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer},
	Run:      run,
}

func run(p *analysis.Pass) annotation.Set {
	if !p.English() {
		return annotation.Set{}
	}
	f := &finder{text: p.Article.Text, toks: p.Tokens, heads: heads(), seen: map[string]bool{}}
	next := 0
	for i, b := range p.Blocks {
		at := b[0]
		for next < len(p.Set.Sentences) && p.Set.Sentences[next].Block == i {
			end := at
			for end < b[1] && p.Tokens[end].Span.End <= p.Set.Sentences[next].Span.End {
				end++
			}
			f.sentence(at, end)
			at = end
			next++
		}
	}
	stable.Sort(f.out, func(a, b annotation.Term) int { return a.Short.Compare(b.Short) })
	return annotation.Set{Terms: f.out}
}

// A finder reads the sentences of an article in order.
type finder struct {
	text  string
	toks  []token.Token
	heads map[string]bool
	seen  map[string]bool // short forms already defined
	out   []annotation.Term

	s0, s1 int // the sentence at hand
}

// maxWords is how many tokens a long form has at most.
const maxWords = 22

// sentence finds the definitions in the tokens [from, to).
func (f *finder) sentence(from, to int) {
	f.s0, f.s1 = from, to
	for i := from; i < to; i++ {
		switch w := f.norm(i); {
		case w == "(" || w == "[":
			f.bracket(i)
		case w == "or" && f.norm(i-1) == ",":
			f.or(i)
		case w == "known" || w == "abbreviated" || w == "acronym" || w == "initials" || w == "acronyms":
			f.known(i)
		case w == "short" && f.norm(i+1) == "for", w == "stands" && f.norm(i+1) == "for":
			f.standsFor(i)
		}
	}
}

func (f *finder) norm(k int) string {
	if k < f.s0 || k >= f.s1 {
		return ""
	}
	return f.toks[k].Norm
}

func (f *finder) word(k int) string { return f.toks[k].Span.In(f.text) }

func (f *finder) span(from, to int) span.Span {
	return span.New(f.toks[from].Span.Start, f.toks[to-1].Span.End)
}

// add notes a definition, the first of its short form.
func (f *finder) add(short, long span.Span, rule string) {
	key := short.In(f.text)
	if f.seen[key] || short.Overlaps(long) {
		return
	}
	f.seen[key] = true
	f.out = append(f.out, annotation.Term{Short: short, Long: long, Rule: "term/" + rule})
}

// bracket tries the bracket that opens at token i, both ways round.
func (f *finder) bracket(i int) {
	const maxInner = 26
	closing := map[string]string{"(": ")", "[": "]"}[f.norm(i)]
	end := i + 1
	for end < f.s1 && end < i+maxInner && f.norm(end) != closing {
		if w := f.norm(end); w == "(" || w == "[" {
			return
		}
		end++
	}
	if end >= f.s1 || f.norm(end) != closing || end == i+1 || i == f.s0 {
		return
	}
	in := i + 1
	for in < end {
		switch f.norm(in) {
		case "the", "or", "known", "as", "aka", "a.k.a.", "also", "hereafter", "hereinafter", "abbreviated", "acronym", "commonly", "\"", "“", "‘", "'", ":":
			in++
			continue
		}
		break
	}
	if short, next := f.shortAt(in); next > 0 && (next >= end || f.afterShort(next, end)) {
		if from, to, rule := f.longBefore(i, short); to > 0 {
			f.add(f.span(in, next), f.span(from, to), rule)
			return
		}
	}
	// The other way round: "ECB (European Central Bank)".
	for k := i - 1; k >= f.s0 && k >= i-4; k-- {
		short, next := f.shortAt(k)
		if next != i {
			continue
		}
		if k > f.s0 && !f.toks[k].Space && f.norm(k-1) != "(" {
			continue
		}
		to := in
		for to < end && !isBreak(f.norm(to)) {
			to++
		}
		if to-in < 2 {
			return
		}
		if s, ok := f.align(in, to, short); ok && s.from == in {
			f.add(f.span(k, i), f.span(in, to), "inverted")
		} else if f.isName(in, to) && utf8.RuneCountInString(short) >= 3 {
			f.add(f.span(k, i), f.span(in, to), "inverted-name")
		}
		return
	}
}

// isBreak reports whether a sign ends a name inside a bracket.
func isBreak(w string) bool { return w == "," || w == ";" || w == ":" || w == "–" || w == "—" }

// afterShort reports whether what follows a short form inside its bracket, up
// to token end, leaves it a short form: "(WHO, for its name in English)".
func (f *finder) afterShort(k, end int) bool {
	switch f.norm(k) {
	case ",", ";", "\"", "”", "'", "’", "in", "by", "for", "from", "or":
		return f.norm(k) != "," || end-k > 1
	}
	return false
}

// shortAt reads a short form at token k: two to ten letters with a capital, at
// least half of them capitals, also with "&", "-" and "/" inside. It returns its
// letters and figures.
func (f *finder) shortAt(k int) (letters string, end int) {
	if k < f.s0 || k >= f.s1 {
		return "", 0
	}
	end = k
	for end < f.s1 && end < k+6 && (end == k || !f.toks[end].Space) {
		t := f.toks[end]
		if t.Kind == token.Word || t.Kind == token.Number {
			end++
			continue
		}
		if w := t.Norm; (w == "&" || w == "-" || w == "/" || w == "–") && end > k && end+1 < f.s1 && !f.toks[end+1].Space && f.toks[end+1].Kind == token.Word {
			end++
			continue
		}
		break
	}
	if end == k || f.toks[k].Kind != token.Word {
		return "", 0
	}
	upper, lower, n := 0, 0, 0
	s := f.text[f.toks[k].Span.Start:f.toks[end-1].Span.End]
	if len(s) > 16 {
		return "", 0
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			lower++
		case unicode.IsDigit(r):
		default:
			continue
		}
		n++
		b.WriteRune(r)
	}
	letters = b.String()
	// The plural of an abbreviation: "NGOs".
	if upper >= 2 && strings.HasSuffix(letters, "s") {
		letters = letters[:len(letters)-1]
		n--
		lower--
	}
	first, _ := utf8.DecodeRuneInString(letters)
	last, _ := utf8.DecodeLastRuneInString(letters)
	if n < 2 || n > 10 || upper == 0 || upper < lower-1 || !unicode.IsUpper(first) && !unicode.IsUpper(last) {
		return "", 0
	}
	if upper == 1 && lower > 0 && n > 2 {
		return "", 0 // a name or a word
	}
	return letters, end
}

// longBefore finds the long form of short that ends at token end (exclusive).
func (f *finder) longBefore(end int, short string) (from, to int, rule string) {
	to = end
	for to > f.s0 {
		w := f.norm(to - 1)
		if w == "'s" || w == "\"" || w == "”" || w == "’" || w == "'" || w == "," {
			to--
			continue
		}
		break
	}
	if to == f.s0 || f.toks[to-1].Kind == token.Punct {
		return 0, 0, ""
	}
	if s, ok := f.align(-1, to, short); ok && !f.isCode(s.from, to, short) {
		if from := f.name(to); from == s.from-1 && isUpper(short) && !f.toks[from].Is(token.AllUpper) && f.isName(from, to) && f.fewer(s.from, to, short) {
			return from, to, "translated"
		}
		return s.from, to, "bracket"
	}
	if from := f.name(to); from < to {
		n := utf8.RuneCountInString(short)
		if n >= 3 && f.anyOrder(from, to, short) {
			return from, to, "translated"
		}
		if n >= 3 && f.elided(from, to, short) {
			return from, to, "elided"
		}
		if n >= 3 && f.isName(from, to) && isUpper(short) {
			return from, to, "translated"
		}
	}
	return 0, 0, ""
}

// fewer reports whether tokens [from, to) have fewer words than short has letters
// and end in the head noun of a body: then the letters are rather those of the
// name in another language, and the word before belongs to it too ("Norlandish
// Harbour Institute (HAIN)").
func (f *finder) fewer(from, to int, short string) bool {
	words := 0
	for k := from; k < to; k++ {
		if f.toks[k].Kind == token.Word && !connectors[f.norm(k)] {
			words++
		}
	}
	return words < utf8.RuneCountInString(short) && f.heads[f.norm(to-1)]
}

func isUpper(s string) bool { return s == strings.ToUpper(s) }

// connectors join the parts of a name.
var connectors = map[string]bool{
	"of": true, "and": true, "for": true, "on": true, "in": true, "to": true, "the": true, "&": true, "with": true, "against": true,
	"de": true, "du": true, "des": true, "la": true, "del": true, "e": true, "al": true, "through": true, "by": true, "a": true, "an": true, "at": true, "-": true, "’s": true, "'s": true,
}

// name returns where the capitalised name that ends before token to begins.
func (f *finder) name(to int) int {
	from := to
	for k := to - 1; k >= f.s0 && to-k <= maxWords; k-- {
		t := f.toks[k]
		w := t.Norm
		switch {
		case t.Kind == token.Word && t.Is(token.Initial) && w != "the":
			from = k
		case w == "the" && !f.inName(k):
			return from
		case w == "'s" && !ofPeople[f.norm(k-1)]:
			return from // "Turkey's Central Bank": the possessor is no part
		case w == "'s" || w == "&" || w == "-" || connectors[w]:
			if w == "by" || w == "to" || w == "at" || w == "in" && from == to {
				return from
			}
		default:
			return from
		}
	}
	return from
}

// ofPeople are the words whose possessive stands inside the names of bodies.
var ofPeople = map[string]bool{
	"people": true, "women": true, "men": true, "children": true, "worker": true, "farmer": true, "minister": true,
	"writer": true, "lawyer": true, "citizen": true, "patient": true, "consumer": true, "king": true, "queen": true, "prince": true,
}

// isCode reports whether short is rather a code of a place than the initials of
// the words from to to: more letters than capitalised words, and no head noun.
func (f *finder) isCode(from, to int, short string) bool {
	words := 0
	for k := from; k < to; k++ {
		t := f.toks[k]
		if t.Kind != token.Word || connectors[t.Norm] {
			continue
		}
		if !t.Is(token.Initial) || f.heads[t.Norm] {
			return false
		}
		words++
	}
	return words <= 2 && utf8.RuneCountInString(short) > words && isUpper(short)
}

// elided reports whether a name gives all the letters of short but its last,
// which stands for a head noun that is left out: "Inland Revenue (IRD)".
func (f *finder) elided(from, to int, short string) bool {
	switch f.norm(from - 1) {
	case "in", "at", "to", "from", "and", "after", "between", "near", "via", ",":
		return false // a place and its code
	}
	letters := []rune(strings.ToLower(short))
	i := 0
	for k := from; k < to; k++ {
		t := f.toks[k]
		if t.Kind != token.Word || connectors[t.Norm] {
			continue
		}
		first, _ := utf8.DecodeRuneInString(t.Norm)
		if !t.Is(token.Initial) || i >= len(letters) || first != letters[i] {
			return false
		}
		i++
	}
	return i >= 2 && i == len(letters)-1
}

// inName reports whether the "the" at token k stands inside a name: "Bank of the
// South", "Ministry for the Sea", but not "President of the Bank".
func (f *finder) inName(k int) bool {
	switch f.norm(k - 1) {
	case "of", "for", "and", "against":
		return f.heads[f.norm(k-2)] || !f.toks[max(k-2, f.s0)].Is(token.Initial) && f.norm(k-1) == "and"
	}
	// "… Law on the Sea", "Inclusion in the …": what goes before decides.
	return f.norm(k-1) == "on"
}

// isName reports whether the tokens are the name of a body: at least two
// capitalised words and the head noun of one among the first or the last.
func (f *finder) isName(from, to int) bool {
	capitals, head, last := 0, false, false
	for k := from; k < to; k++ {
		t := f.toks[k]
		if t.Kind == token.Number || t.Kind == token.Symbol {
			return false
		}
		if t.Kind == token.Word && t.Is(token.Initial) {
			capitals++
			last = f.heads[t.Norm]
			// "Ministry of …", "Union of …": the head comes first.
			if n := f.norm(k + 1); k+1 < to && (n == "of" || n == "for" || n == "on" || n == "against" || n == "to") && last {
				head = true
			}
		} else if t.Kind == token.Word && !connectors[t.Norm] {
			return false
		}
	}
	return capitals >= 2 && (head || last) && f.toks[from].Is(token.Initial)
}

// anyOrder reports whether the initials of the capitalised words of a name are
// the letters of short in another order.
func (f *finder) anyOrder(from, to int, short string) bool {
	var have []rune
	for k := from; k < to; k++ {
		if t := f.toks[k]; t.Kind == token.Word && t.Is(token.Initial) {
			r, _ := utf8.DecodeRuneInString(f.word(k))
			have = append(have, unicode.ToLower(r))
		}
	}
	want := []rune(strings.ToLower(short))
	slices.Sort(have)
	slices.Sort(want)
	return slices.Equal(have, want)
}

// or matches "the European Central Bank, or ECB," and the other way round.
func (f *finder) or(i int) {
	k := i + 1
	if f.norm(k) == "the" {
		k++
	}
	short, end := f.shortAt(k)
	if end == 0 || f.norm(end) != "," && f.norm(end) != "." && f.norm(end) != "" && f.norm(end) != ")" {
		return
	}
	if s, ok := f.align(-1, i-1, short); ok && i-1-s.from >= 2 {
		f.add(f.span(k, end), f.span(s.from, i-1), "or")
	}
}

// known matches "the European Central Bank, known by its acronym ECB" and "…
// known as the ECB".
func (f *finder) known(i int) {
	k := i + 1
	for k < f.s1 && k < i+8 {
		switch f.norm(k) {
		case "as", "the", "by", "its", "their", "simply", "acronym", "acronyms", "initials", "to", "in", "english", "french", "spanish", "arabic", "russian", "widely", "better", "commonly", "\"", "“", "‘", "of":
			k++
			continue
		}
		break
	}
	if k == i+1 && f.norm(i) != "acronym" && f.norm(i) != "initials" {
		return
	}
	short, end := f.shortAt(k)
	if end == 0 {
		return
	}
	to := i
	for to > f.s0 && to > i-6 {
		switch f.norm(to - 1) {
		case ",", "also", "is", "was", "are", "were", "better", "widely", "commonly", "by", "its", "their", "the", "which", "generally", "often", "or", "known", "(":
			to--
			continue
		}
		break
	}
	if to <= f.s0 {
		return
	}
	if s, ok := f.align(-1, to, short); ok && to-s.from >= 2 {
		f.add(f.span(k, end), f.span(s.from, to), "known-as")
	}
}

// standsFor matches "ECB, short for European Central Bank" and "ECB stands for
// European Central Bank".
func (f *finder) standsFor(i int) {
	k := i
	for k > f.s0 && k > i-4 {
		switch f.norm(k - 1) {
		case ",", "which", "is", "(", "\"", "”", "–", "—":
			k--
			continue
		}
		break
	}
	for from := max(f.s0, k-4); from < k; from++ {
		short, end := f.shortAt(from)
		if end != k {
			continue
		}
		long := i + 2
		if f.norm(long) == "the" || f.norm(long) == "\"" || f.norm(long) == "“" {
			long++
		}
		for to := min(f.s1, long+12); to > long+1; to-- {
			if s, ok := f.align(long, to, short); ok && s.from == long && f.lettersEnd(to, short) {
				f.add(f.span(from, end), f.span(long, to), "stands-for")
				return
			}
		}
		return
	}
}

// lettersEnd reports whether the last word before token to begins with the last
// letter of short, so that no word too many is taken in.
func (f *finder) lettersEnd(to int, short string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.ToLower(short))
	first, _ := utf8.DecodeRuneInString(f.norm(to - 1))
	return first == last
}

//go:embed data/heads.txt
var headData string

var heads = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(headData) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
})
