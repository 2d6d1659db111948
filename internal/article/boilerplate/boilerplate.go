// Package boilerplate knows what sites glue to articles: pleas to subscribe,
// share buttons, disclaimers, credits. It says of one block, by a lexicon of cues
// and by where the block stands, why it is no part of the article.
package boilerplate

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/cues.txt
var cuesData string

// A cueClass is one kind of text that sites glue to articles.
type cueClass struct {
	name   Class
	where  string // "any", "edge", "end"
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
}

// A Finding is why a block is no part of the article.
type Finding struct {
	Class  Class
	Reason string // in plain words
}

// Disclaimer reports whether f is a legal notice or a disclaimer, which may
// stretch over several blocks.
func (f Finding) Disclaimer() bool {
	return f.Class == "opinion" || f.Class == "legal" || f.Class == "disclaimer"
}

// Find returns why a block with text t of so many words is no part of the
// article; the second result is false where it is one. bylines are the names of
// the article's authors.
func Find(t string, words int, z Zone, bylines []string) (Finding, bool) {
	f := strings.TrimLeft(Folded(t), "-–—*•|[(>► ")
	if f == "" {
		return Finding{}, false
	}
	if !mayMatch(f) {
		return Finding{}, false
	}
	bare := strings.Trim(f, " .:!…)]»→>|*")
	spoken := reports(f)
	for _, c := range cueClasses() {
		if words > c.words || c.where == "end" && !z.Tail || c.where == "edge" && !z.Tail && !z.Head {
			continue
		}
		if c.whole[bare] || c.whole[f] {
			return Finding{c.name, c.reason}, true
		}
		hits, strong := 0, false
		for _, cue := range c.start {
			if strings.HasPrefix(f, cue) && boundary(f, len(cue)) {
				hits++
				strong = true
			}
		}
		for _, cue := range c.has {
			if hasWords(f, cue) {
				hits++
			}
		}
		need := c.need
		if z.Below && (c.name == "opinion" || c.name == "legal") {
			need--
		}
		switch {
		case hits == 0 || hits < need && !(strong && need > 1 && c.name == "legal"):
			continue
		case c.name == "author":
			if !ofAuthor(f, bylines) {
				continue
			}
		case c.name == "credit" || c.name == "copyright" && strong:
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

// sentence reports whether f ends like a sentence.
func sentence(f string) bool {
	f = strings.TrimRight(f, "\"')] ")
	return strings.HasSuffix(f, ".") && !strings.HasSuffix(f, "..") || strings.HasSuffix(f, "!") || strings.HasSuffix(f, "?")
}

// firstWords has the first word of every cue. Most blocks have none of them.
var firstWords = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	add := func(cue string) {
		for w := range strings.FieldsFuncSeq(cue, notWord) {
			m[w] = true
			return
		}
		m[""] = true // a cue of signs alone
	}
	for _, c := range cueClasses() {
		for _, cue := range c.start {
			add(cue)
		}
		for _, cue := range c.has {
			add(cue)
		}
		for cue := range c.whole {
			add(cue)
		}
	}
	return m
})

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// mayMatch reports whether a cue could be in f.
func mayMatch(f string) bool {
	words := firstWords()
	if r, _ := utf8.DecodeRuneInString(f); words[""] && notWord(r) {
		return true
	}
	for w := range strings.FieldsFuncSeq(f, notWord) {
		if words[w] {
			return true
		}
	}
	return false
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

// Folded returns t in lower case, with curly marks made straight and white
// space made single, for look-ups.
func Folded(t string) string {
	var b strings.Builder
	b.Grow(len(t))
	space := false
	for _, r := range t {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.Is(unicode.Cf, r):
			continue
		}
		if space {
			b.WriteByte(' ')
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
		b.WriteRune(r)
	}
	return b.String()
}
