package article

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/span"
	"readout/internal/wordlist"
)

// maxTitle is the greatest length of a derived title in code points: what a
// list of articles and a search engine show of one.
const maxTitle = 100

// title settles the title: where the metadata gives it, its place in the text;
// where nothing does, the beginning of the lead.
func (s *structure) title() {
	if s.meta.Title != "" {
		if s.meta.TitleBasis == "" {
			s.meta.TitleBasis = TitleStated
		}
		if s.meta.TitleSpan.Empty() {
			s.findTitle()
		}
		return
	}
	for _, fits := range []func(i int) bool{
		func(i int) bool { return s.drafts[i].Role == Paragraph && s.prose[i] },
		func(i int) bool { return s.drafts[i].Role == Paragraph && hasLetter(s.in(i)) },
		func(i int) bool { return s.drafts[i].Role != SetAside },
		func(i int) bool { return true },
	} {
		for i := range s.drafts {
			if !fits(i) {
				continue
			}
			at := leadClause(s.text, s.drafts[i].Span)
			s.meta.Title = flat(at.In(s.text))
			s.meta.TitleSpan = at
			s.meta.TitleBasis = TitleDerived
			return
		}
	}
}

// findTitle looks for the title known from elsewhere among the first blocks.
func (s *structure) findTitle() {
	want := letters(s.meta.Title)
	for i := range min(len(s.drafts), 6) {
		d := s.drafts[i]
		if d.Span.Len() > 4*len(s.meta.Title)+100 || s.prose[i] && d.Role == Paragraph && d.Span.Len() > 300 {
			break
		}
		if letters(s.in(i)) == want && want != "" {
			s.fix(i, Headline)
			s.meta.TitleSpan = d.Span
			return
		}
	}
}

// letters returns the letters and digits of t in lower case, by which a title
// is the same title.
func letters(t string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, t)
}

// leadClause returns the beginning of block, at most maxTitle code
// points long: its first sentence, or as many clauses of it as fit, or words.
func leadClause(text string, block span.Span) span.Span {
	at := block
	t := at.In(text)
	if n := DatelineLen(t); n > 0 {
		at.Start += n
		t = t[n:]
	}
	if n := marker(t); n > 0 {
		at.Start += n
		t = t[n:]
	}
	t = t[:firstSentence(t)]
	end := len(t)
	if utf8.RuneCountInString(t) > maxTitle {
		end = clauseEnd(t)
	}
	t = strings.TrimRight(t[:end], ".,;:–—- \t\r\n。、，")
	if t == "" { // nothing but signs, or a dateline or marker with nothing behind it
		at = block
		t = strings.TrimSpace(cutRunes(at.In(text), maxTitle))
	}
	return span.New(at.Start, at.Start+len(t))
}

// firstSentence returns the end of the first sentence of t.
func firstSentence(t string) int {
	for i, r := range t {
		if i > 2000 {
			break
		}
		switch r {
		case '。', '！', '？', '؟', '۔', '।':
			return i + utf8.RuneLen(r)
		case '.', '!', '?', '…':
		default:
			continue
		}
		j := i + utf8.RuneLen(r)
		for j < len(t) { // closing marks
			c, size := utf8.DecodeRuneInString(t[j:])
			if !strings.ContainsRune("\"'”’»)]", c) {
				break
			}
			j += size
		}
		k := spaceAfter(t, j)
		if k == 0 {
			continue
		}
		next, _ := utf8.DecodeRuneInString(t[k:])
		if unicode.IsLower(next) || r == '.' && abbreviated(t[:i]) {
			continue
		}
		return j
	}
	return len(t)
}

// abbreviated reports whether the word t ends with is likely to be written with
// a stop: one letter, or a short capitalised word such as a title or a rank.
func abbreviated(t string) bool {
	w := t[strings.LastIndexFunc(t, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })+1:]
	n := utf8.RuneCountInString(w)
	if strings.Contains(w, ".") || n == 1 {
		return true
	}
	return shortened()[strings.ToLower(strings.TrimLeft(w, "\"'“‘("))]
}

// shortened are words that are written with a stop.
var shortened = lineWords("shortened")

// clauseWords open a clause or a phrase that a title can do without. The number
// is how well the title ends before one.
var clauseWords = map[string]int{
	"after": 2, "although": 2, "amid": 2, "as": 2, "because": 2, "before": 2, "but": 2, "despite": 2, "even": 2,
	"following": 2, "if": 2, "since": 2, "so": 2, "though": 2, "unless": 2, "until": 2, "when": 2, "where": 2,
	"which": 2, "while": 2, "who": 2, "whose": 2, "with": 2, "without": 2, "and": 1, "at": 1, "during": 1, "for": 1,
	"from": 1, "in": 1, "on": 1, "over": 1, "under": 1, "according": 2, "ahead": 2, "including": 2, "saying": 2,
}

// clauseEnd returns where to cut t, which is longer than maxTitle code points:
// after the last clause that fits, else before the last phrase, else between
// words.
func clauseEnd(t string) int {
	limit := len(cutRunes(t, maxTitle))
	least := limit * 2 / 5
	best, rank := 0, 0
	verb := false // a clause has its verb
	offer := func(i, r int) {
		if r > 0 && verb {
			r += 10
		}
		if i >= least && i <= limit && (r > rank || r == rank && i > best) {
			best, rank = i, r
		}
	}
	depth := 0
	quoted := false
	word := 0 // start of the current word
	for i, r := range t {
		if i > limit+40 {
			break
		}
		next := i + utf8.RuneLen(r)
		spaced := next < len(t) && unicode.IsSpace(rune(t[next]))
		switch r {
		case '(', '[':
			if depth == 0 && !quoted {
				offer(i, 2)
			}
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		case '"':
			quoted = !quoted
		case '“', '«', '„':
			quoted = true
		case '”', '»':
			quoted = false
		}
		if depth > 0 || quoted {
			continue
		}
		switch {
		case (r == ',' || r == ';' || r == ':') && spaced:
			verb = verb || isVerb(t[word:i])
			offer(i, 4)
		case r == '—' || r == '–' && spaced || r == '，' || r == '；' || r == '：' || r == '،' || r == '؛':
			offer(i, 4)
		case unicode.IsSpace(r):
			w := t[next:]
			if k := strings.IndexFunc(w, unicode.IsSpace); k > 0 {
				w = w[:k]
			}
			verb = verb || isVerb(t[word:i])
			offer(i, clauseWords[w])
			word = next
		}
	}
	if rank >= 10 || rank > 0 && !verb {
		return best
	}
	if word > 0 {
		for i := strings.LastIndexFunc(t[:limit], unicode.IsSpace); i >= least; {
			// "… on the" is no place to stop.
			j := strings.LastIndexFunc(t[:i], unicode.IsSpace)
			if last := t[j+1 : i]; !dangling()[last] || j < least {
				return i
			}
			i = j
		}
	}
	return limit
}

// dangling words want another after them.
var dangling = lineWords("dangling")

//go:embed data/verbs.txt
var verbsData string

var verbs = sync.OnceValue(func() map[string]bool { return wordlist.Set(verbsData) })

// isVerb reports whether w is likely to be a finite verb of English. Capitals
// are those of names.
func isVerb(w string) bool {
	if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLower(r) {
		return false
	}
	w = strings.ReplaceAll(strings.TrimRight(w, ",.;:"), "’", "'")
	return strings.HasSuffix(w, "ed") && len(w) > 4 || verbs()[w]
}

// cutRunes returns the first n code points of t.
func cutRunes(t string, n int) string {
	for i := range t {
		if n == 0 {
			return t[:i]
		}
		n--
	}
	return t
}
