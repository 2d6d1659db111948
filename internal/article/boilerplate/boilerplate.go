// Package boilerplate knows what sites glue to articles: pleas to subscribe,
// share buttons, disclaimers, credits. It says of one block, by a lexicon of cues
// and by where the block stands, why it is no part of the article.
package boilerplate

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	shared "readout/internal/lexicon"
)

//go:embed data/cues.txt
var cuesData string

// A cueClass is one kind of text that sites glue to articles.
type cueClass struct {
	name   Class
	where  string // "any", "apart", "edge", "end"
	words  int    // greatest length of a block
	need   int    // how many distinct cues must be present
	reason string
	start  []string
	has    []string
	whole  map[string]bool
}

// cueClasses parses the lexicon once. A fault in it is a fault of the program,
// which a test would show.
var cueClasses = sync.OnceValue(func() []*cueClass {
	classes, err := parseCues(cuesData)
	if err != nil {
		panic(err)
	}
	return classes
})

func parseCues(data string) ([]*cueClass, error) {
	var classes []*cueClass
	n := 0
	for row := range strings.Lines(data) {
		n++
		row = strings.TrimRight(row, "\n")
		if row == "" || row[0] == '#' {
			continue
		}
		how, rest, _ := strings.Cut(row, " ")
		if how == "@" {
			f := strings.SplitN(rest, " ", 5)
			if len(f) < 5 {
				return nil, fmt.Errorf("cues.txt:%d: want name, where, words, need, reason", n)
			}
			words, err1 := strconv.Atoi(f[2])
			need, err2 := strconv.Atoi(f[3])
			if err1 != nil || err2 != nil {
				return nil, fmt.Errorf("cues.txt:%d: words and need are numbers", n)
			}
			classes = append(classes, &cueClass{name: Class(f[0]), where: f[1], words: words, need: need, reason: f[4], whole: make(map[string]bool)})
			continue
		}
		if len(classes) == 0 {
			return nil, fmt.Errorf("cues.txt:%d: a cue before the first class", n)
		}
		c := classes[len(classes)-1]
		switch how {
		case "start":
			c.start = append(c.start, rest)
		case "has":
			c.has = append(c.has, rest)
		case "whole":
			c.whole[rest] = true
		default:
			return nil, fmt.Errorf("cues.txt:%d: unknown cue %q", n, how)
		}
	}
	return classes, nil
}

// Class is the name of a kind of boilerplate in the lexicon.
type Class string

// A Zone is where a block stands.
type Zone struct {
	Tail  bool // only blocks that are no prose follow
	Head  bool // no prose precedes
	Below bool // a disclaimer follows
	First bool // it is the first block of prose
	Apart bool // emphasis sets all of it off from the body
}

// A Finding is why a block is no part of the article.
type Finding struct {
	Class  Class
	Reason string // in plain words
}

// Corrects reports whether t reads like a part of a correction of an article, and
// whether like the beginning of one.
func Corrects(t string) (part, opens bool) {
	f := strings.TrimLeft(Folded(t), "-–—*_•|[(>► ")
	lex := lexicon()
	var hits, strong [maxClasses]uint8
	lex.count(f, &hits, &strong)
	for i, c := range lex.classes {
		if c.name != correction {
			continue
		}
		opens = opens || strong[i] > 0 || c.whole[strings.Trim(f, " .:")]
		part = part || opens || hits[i] > 0
	}
	return part, opens
}

// correction is the class of notes that put an article right.
const correction Class = "correction"

// Corrects reports whether f is a note that puts an article right.
func (f Finding) Corrects() bool { return f.Class == correction }

// Disclaimer reports whether f is a legal notice or a disclaimer, which may
// stretch over several blocks.
func (f Finding) Disclaimer() bool {
	return f.Class == "opinion" || f.Class == "legal" || f.Class == "disclaimer"
}

// Find returns why a block with text t of so many words is no part of the
// article; the second result is false where it is one. bylines are the names of
// the article's authors.
func Find(t string, words int, z Zone, bylines []string) (Finding, bool) {
	if words > maxWords() || !z.Tail && !lexicon().mayHold(t) {
		return Finding{}, false
	}
	f := strings.TrimLeft(Folded(t), openers)
	if f == "" {
		return Finding{}, false
	}
	bare := strings.Trim(f, " .:!…)]»→>|*_")
	lex := lexicon()
	if c := lex.whole[bare]; c == nil {
		if lex.whole[f] != nil {
			bare = f
		}
	}
	if c := lex.whole[bare]; c != nil && c.allows(words, z) {
		return Finding{c.name, c.reason}, true
	}
	if z.Tail && words <= maxContact && asksToContact(f) && !reports(f) {
		return Finding{"contact", "contact details"}, true
	}
	var hits, strong [maxClasses]uint8
	any := lex.count(f, &hits, &strong)
	if !any {
		return Finding{}, false
	}
	spoken := reports(f)
	for i, c := range lex.classes {
		hits, strong := int(hits[i]), strong[i] > 0
		if hits == 0 || !c.allows(words, z) {
			continue
		}
		need := c.need
		if z.Below && (c.name == "opinion" || c.name == "legal") {
			need--
		}
		switch {
		case hits == 0 || hits < need && !(strong && need > 1 && c.name == "legal"):
			continue
		case c.name == "author":
			if !ofAuthor(f, bylines) && (hits < 3 || !opensWithName(t) || narrates(f)) {
				continue
			}
		case c.name == "credit" || (c.name == "copyright" || c.name == correction) && strong:
		case c.name == "more" && words > 5 && sentence(f) && !strings.HasPrefix(f, "click") && !strings.ContainsAny(f[:min(len(f), 40)], ":|»>"):
			continue
		case (c.name == "legal" || c.name == "opinion" || c.name == "cookies") && narrates(f):
			continue
		case spoken:
			continue
		}
		return Finding{c.name, c.reason}, true
	}
	return Finding{}, false
}

// ofAuthor reports whether a block speaks of the one who wrote the article.
func ofAuthor(f string, bylines []string) bool {
	for _, name := range bylines {
		if n := Folded(name); n != "" && strings.HasPrefix(f, n) {
			return true
		}
	}
	for _, cue := range []string{"the author is", "the writer is", "the columnist is", "about the author", "the author, "} {
		if strings.HasPrefix(f, cue) {
			return true
		}
	}
	return false
}

// opensWithName reports whether t opens with two or three capitalised words and
// "is a", "is an" or "is the".
func opensWithName(t string) bool {
	w := strings.Fields(t[:min(len(t), 120)])
	n := 0
	for n < len(w) && n < 4 {
		if r, _ := utf8.DecodeRuneInString(w[n]); !unicode.IsUpper(r) {
			break
		}
		n++
	}
	return n >= 2 && n <= 3 && len(w) > n+1 && w[n] == "is" && (w[n+1] == "a" || w[n+1] == "an" || w[n+1] == "the")
}

// reports reports whether the text f, folded, gives somebody's words.
func reports(f string) bool {
	if open := strings.IndexByte(f, '"'); open >= 0 {
		if end := strings.IndexByte(f[open+1:], '"'); end > 0 && strings.Count(strings.TrimSpace(f[open+1:open+1+end]), " ") >= 3 {
			return true
		}
	}
	for _, cue := range []string{"said", "says", "told", "according to", "added", "stated", "announced", "argued", "warned", "ruled"} {
		if hasWords(f, cue) {
			return true
		}
	}
	return false
}

// narrates reports whether f tells what somebody did.
func narrates(f string) bool {
	for _, cue := range []string{"found", "ordered", "voted", "passed", "approved", "accused", "charged", "convicted", "sentenced", "arrested", "fined", "sued", "rejected", "introduced", "signed"} {
		if hasWords(f, cue) {
			return true
		}
	}
	return false
}

// maxContact is the greatest length, in words, of a line that asks to contact
// somebody.
const maxContact = 40

// asksToContact reports whether f, folded, tells the reader whom to turn to, with
// an e-mail address or a telephone number: "contact jane roe at 555-0142".
func asksToContact(f string) bool {
	for _, cue := range []string{
		"contact ", "contacts ", "for more information", "for further information", "for additional information", "for more details", "for further details",
		"media contact", "press contact", "to reach ", "reach ", "email ", "you can reach ",
	} {
		if strings.HasPrefix(f, cue) {
			return contactAt.MatchString(f)
		}
	}
	return false
}

// contactAt matches an e-mail address, or a telephone number: seven digits or more
// in two groups or more, of which the last has four or the first a plus sign.
// Spans of years and amounts are none.
var contactAt = regexp.MustCompile(`[a-z0-9._%+-]+@[a-z0-9-]+\.[a-z]|(?:^|[^0-9.,-])(?:\([0-9]{2,5}\) ?|[0-9]{1,3}[-. ])?(?:[0-9]{3}[-. ])?[0-9]{3}[-. ][0-9]{4}(?:[^0-9,]|$)|\+[0-9]{1,3}[-. (]+[0-9][0-9() .-]{5,}[0-9]`)

// sentence reports whether f ends like a sentence.
func sentence(f string) bool {
	f = strings.TrimRight(f, "\"')] ")
	return strings.HasSuffix(f, ".") && !strings.HasSuffix(f, "..") || strings.HasSuffix(f, "!") || strings.HasSuffix(f, "?")
}

// wordBytes has the ASCII letters and digits, of which words are made.
var wordBytes = func() (t [256]bool) {
	for c := range byte(utf8.RuneSelf) {
		t[c] = c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
	}
	return t
}()

// isWord is 1 for them.
var isWord = func() (t [256]uint8) {
	for c, word := range wordBytes {
		if word {
			t[c] = 1
		}
	}
	return t
}()

// maxClasses bounds the number of classes in the lexicon.
const maxClasses = 32

// An index finds the cues of the lexicon by their first word.
type index struct {
	classes []*cueClass
	whole   map[string]*cueClass
	first   shared.Words[[]cue] // those that may open a block
	words   shared.Words[[]cue] // those that may stand anywhere
	// lengths has for each byte the lengths of the words among words that begin with
	// it, as bits: most words of a text are told by it to open no cue.
	lengths [256]uint64

	// keys are the longest words of the cues that may stand anywhere, without which
	// a block above the end of an article holds none of them; keyLengths tells of
	// them what lengths tells of words, by their first two letters.
	keys       shared.Words[bool]
	keyLengths [1 << 10]uint64
	// whole blocks and the cues that open others are no longer than longest.
	longest int
	signs   []cue // those that open with a sign; they open blocks only
}

type cue struct {
	text  string
	class int
	start bool
}

var lexicon = sync.OnceValue(func() *index {
	x := &index{classes: cueClasses(), whole: make(map[string]*cueClass)}
	if len(x.classes) > maxClasses {
		panic("cues.txt: too many classes")
	}
	for i, c := range x.classes {
		for w := range c.whole {
			if x.whole[w] == nil {
				x.whole[w] = c
			}
			x.longest = max(x.longest, len(w))
		}
		for k, list := range [][]string{c.start, c.has} {
			for _, t := range list {
				x.longest = max(x.longest, len(t))
				w := t[:wordEnd(t, 0)]
				if w == "" {
					x.signs = append(x.signs, cue{t, i, true})
					continue
				}
				q := cue{t, i, k == 0}
				x.first.Put(w, append(x.first.Get(w), q))
				if !q.start {
					x.words.Put(w, append(x.words.Get(w), q))
					x.lengths[w[0]] |= 1 << (len(w) % 64)
					// Of a cue with other letters mayHold sees those.
					if key := longestWord(t); isASCII(t) && !c.endsOnly() {
						x.keys.Put(key, true)
						x.keyLengths[pairOf(key[0], key[1])] |= 1 << (len(key) % 64)
					}
				}
			}
		}
	}
	return x
})

// maxWords is the length of the longest block any class allows.
var maxWords = sync.OnceValue(func() int {
	n := 0
	for _, c := range cueClasses() {
		n = max(n, c.words)
	}
	return n
})

// wordEnd returns the end of the word that starts at i of t.
func wordEnd(t string, i int) int {
	for i < len(t) {
		if wordBytes[t[i]] {
			i++
			continue
		}
		if t[i] < utf8.RuneSelf {
			break
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		i += size
	}
	return i
}

// endsOnly reports whether c is found at the end of an article alone.
func (c *cueClass) endsOnly() bool {
	return !c.allows(0, Zone{Head: true, Below: true, First: true, Apart: true})
}

// longestWord returns the longest of the words of t, the last where there are more.
// Words that stand everywhere are the longest only where there is no other.
func longestWord(t string) (longest string) {
	length := func(w string) int {
		switch w {
		case "and", "not", "the", "for", "have", "this", "that", "with":
			return 1
		}
		return len(w)
	}
	for i := 0; i < len(t); i++ {
		if end := wordEnd(t, i); end > i {
			if w := t[i:end]; length(w) >= length(longest) {
				longest = w
			}
			i = end
		}
	}
	return longest
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// openers are the signs before the first word of a block that do not count.
const openers = "-–—*_•|[(>► "

// pairOf returns a number for the first two letters of a word, in either case.
func pairOf(a, b byte) int { return int(a&31)<<5 | int(b&31) }

// mayHold reports whether the block t, above the end of an article, may hold a cue
// or be one, which most blocks do not: it is what Find asks before it folds the text.
// What it says yes to need not hold any.
func (x *index) mayHold(t string) bool { return !x.cannotOpen(t) && x.mayOpen(t) || x.mayHoldInside(t) }

// mayOpen reports whether t may be a cue, or open with one.
func (x *index) mayOpen(t string) bool {
	f := strings.TrimLeft(Folded(t[:min(len(t), 2*x.longest)]), openers)
	if len(f) <= x.longest || !slices.ContainsFunc([]byte(f[x.longest:]), func(c byte) bool { return wordBytes[c] }) {
		return true // short enough to be a cue, with signs at its end
	}
	for _, c := range x.signs {
		if strings.HasPrefix(f, c.text) {
			return true
		}
	}
	for _, c := range x.first.Get(f[:wordEnd(f, 0)]) {
		if !x.classes[c.class].endsOnly() && strings.HasPrefix(f, c.text) {
			return true
		}
	}
	return false
}

// cannotOpen tells of most blocks what mayOpen says no to, by less: the first word opens
// no cue, and there are too many letters for a cue.
func (x *index) cannotOpen(t string) bool {
	start := 0
	for start < len(t) && strings.IndexByte("-*_|[(> ", t[start]) >= 0 {
		start++
	}
	end := start
	var word [32]byte
	for ; end < len(t) && wordBytes[t[end]]; end++ {
		if end-start == len(word) {
			return false
		}
		word[end-start] = lowered[t[end]]
	}
	if end == start || end == len(t) || t[end] >= utf8.RuneSelf || x.first.Get(string(word[:end-start])) != nil {
		return false
	}
	letters := 0
	for i := start; i < min(len(t), 2*x.longest); i++ {
		letters += int(isWord[t[i]])
	}
	return letters > x.longest
}

// mayHoldInside reports whether a cue may stand in t.
func (x *index) mayHoldInside(t string) bool {
	var word [32]byte
	for i := 0; i < len(t); {
		start := i
		for i < len(t) && wordBytes[t[i]] {
			i++
		}
		if n := i - start; n > 1 && n <= len(word) && x.keyLengths[pairOf(t[start], t[start+1])]>>(n%64)&1 != 0 {
			for k := range n {
				word[k] = lowered[t[start+k]]
			}
			if x.keys.Get(string(word[:n])) {
				return true
			}
		}
		if i == len(t) {
			break
		}
		if t[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		if !unicode.IsPunct(r) && !unicode.IsSpace(r) {
			return true // a letter, or what folding takes out of words
		}
		i += size
	}
	return false
}

// count counts, for each class, the cues in f, each once, and those that open
// it. It looks at each word once.
func (x *index) count(f string, hits, strong *[maxClasses]uint8) bool {
	any := false
	for _, c := range x.signs {
		if strings.HasPrefix(f, c.text) && boundary(f, len(c.text)) {
			hits[c.class]++
			strong[c.class]++
			any = true
		}
	}
	var found []string
	for i := 0; i < len(f); {
		end := wordEnd(f, i)
		if end == i {
			size := 1
			if f[i] >= utf8.RuneSelf {
				_, size = utf8.DecodeRuneInString(f[i:])
			}
			i += size
			continue
		}
		var cues []cue
		if i == 0 {
			cues = x.first.Get(f[i:end])
		} else if x.lengths[f[i]]>>((end-i)%64)&1 != 0 {
			cues = x.words.Get(f[i:end])
		}
		for _, c := range cues {
			if !strings.HasPrefix(f[i:], c.text) || !boundary(f, i+len(c.text)) || slices.Contains(found, c.text) {
				continue
			}
			any = true
			found = append(found, c.text)
			hits[c.class]++
			if c.start {
				strong[c.class]++
			}
		}
		i = end
	}
	return any
}

// allows reports whether a block of so many words in zone z may be of class c.
func (c *cueClass) allows(words int, z Zone) bool {
	return words <= c.words && (c.where == "any" || z.Tail || (c.where == "edge" || c.where == "apart") && z.Head || c.where == "apart" && z.Apart || z.First && (c.name == "disclaimer" || c.name == "opinion"))
}

// hasWords reports whether phrase stands in f as whole words.
func hasWords(f, phrase string) bool {
	for from := 0; from < len(f); {
		i := strings.Index(f[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		r, _ := utf8.DecodeLastRuneInString(f[:i])
		if (i == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)) && boundary(f, i+len(phrase)) {
			return true
		}
		from = i + len(phrase)
	}
	return false
}

// boundary reports whether a word may end at offset i of f.
func boundary(f string, i int) bool {
	if i >= len(f) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(f[:i])
	if !unicode.IsLetter(last) && !unicode.IsDigit(last) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(f[i:])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// lowered has the ASCII bytes in lower case, and a space for white space and for
// what is no ASCII.
var lowered = func() (t [256]byte) {
	for c := range len(t) {
		switch b := byte(c); {
		case b == ' ' || b >= '\t' && b <= '\r' || b >= utf8.RuneSelf:
			t[c] = ' '
		case b >= 'A' && b <= 'Z':
			t[c] = b + 'a' - 'A'
		default:
			t[c] = b
		}
	}
	return t
}()

// Folded returns t in lower case, with curly marks made straight and white
// space made single, for look-ups.
func Folded(t string) string {
	var room [512]byte // of most blocks, so that the text alone is allocated
	b := slices.Grow(room[:0], len(t))
	space := false
	for i := 0; i < len(t); {
		if t[i] < utf8.RuneSelf {
			if lowered[t[i]] == ' ' {
				space = len(b) > 0
				i++
				continue
			}
			if space {
				b = append(b, ' ')
				space = false
			}
			from, start := len(b), i
			for i < len(t) && lowered[t[i]] != ' ' {
				i++
			}
			b = append(b, t[start:i]...)
			for k := from; k < len(b); k++ {
				b[k] = lowered[b[k]]
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(t[i:])
		i += size
		switch {
		case unicode.IsSpace(r):
			space = len(b) > 0
			continue
		case unicode.Is(unicode.Cf, r):
			continue
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		switch r {
		case '’', '‘', 'ʼ':
			r = '\''
		case '“', '”', '„':
			r = '"'
		case '‑':
			r = '-'
		default:
			r = unicode.ToLower(r)
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}
