package article

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/aside.txt
var asideData string

// A cueClass is one kind of text that sites glue to articles.
type cueClass struct {
	name   string
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
	classes, err := parseCues(asideData)
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
				return nil, fmt.Errorf("aside.txt:%d: want name, where, words, need, reason", n)
			}
			words, err1 := strconv.Atoi(f[2])
			need, err2 := strconv.Atoi(f[3])
			if err1 != nil || err2 != nil {
				return nil, fmt.Errorf("aside.txt:%d: words and need are numbers", n)
			}
			classes = append(classes, &cueClass{name: f[0], where: f[1], words: words, need: need, reason: f[4], whole: make(map[string]bool)})
			continue
		}
		if len(classes) == 0 {
			return nil, fmt.Errorf("aside.txt:%d: a cue before the first class", n)
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
			return nil, fmt.Errorf("aside.txt:%d: unknown cue %q", n, how)
		}
	}
	return classes, nil
}

// aside sets apart what is no part of the article. It works from the end to the
// start, for the end of the article moves up with each block set aside there.
//
// It is conservative: a block that reports somebody's words is never set aside
// for a phrase in it, and most cues count only outside the body.
func (s *structure) aside() {
	body := s.bodyStart()
	tail := true // only blocks that are no prose follow
	var bylines []string
	for _, name := range s.meta.Byline {
		bylines = append(bylines, folded(name))
	}
	below := false // the block below was set aside as a disclaimer
	for i := len(s.drafts) - 1; i >= 0; i-- {
		d := s.drafts[i]
		if d.fixed && d.Role != ListItem && d.Role != Quotation && d.Role != Heading {
			continue
		}
		if len(d.Span.In(s.text)) <= 1500 {
			zone := zone{tail: tail, head: body < 0 || i < body, alone: d.lines == 1 || d.gap && d.after, below: below}
			if reason, legal := asideReason(s.in(i), s.words[i], zone, bylines); reason != "" {
				s.setAside(i, reason)
				below = legal
				continue
			}
		}
		if s.prose[i] || d.Role == ListItem {
			tail = false
		}
		below = false
	}
	// What stands between two blocks of a disclaimer belongs to it: its first
	// block may word only half of it.
	for i := range s.drafts {
		if s.drafts[i].Role == SetAside && i+1 < len(s.drafts) && s.drafts[i+1].Role == SetAside && s.drafts[i].Reason == "" {
			s.drafts[i].Reason = s.drafts[i+1].Reason
		}
	}
}

// splitCredits makes blocks of their own of the credits in brackets that
// agencies put at the end of the last paragraph.
func splitCredits(text string, in []draft) []draft {
	for i := len(in) - 1; i >= 0 && i >= len(in)-4; i-- {
		d := in[i]
		t := d.Span.In(text)
		tail := len(t) - len(cutTail(t, 400))
		if !strings.HasSuffix(t, ")") {
			continue
		}
		open := -1
		for _, cue := range []string{"(Reporting by ", "(Additional reporting by ", "(Editing by ", "(Writing by ", "(With inputs from ", "(Reporting and "} {
			if k := strings.Index(t[tail:], cue); k >= 0 && (open < 0 || tail+k < open) {
				open = tail + k
			}
		}
		if open <= 0 {
			continue
		}
		first, rest := d, d
		first.Span.End = d.Span.Start + len(strings.TrimRightFunc(t[:open], unicode.IsSpace))
		first.after = true
		rest.Span.Start = d.Span.Start + open
		rest.gap, rest.lines = true, 1
		if first.Span.Empty() {
			continue
		}
		in = slices.Replace(in, i, i+1, first, rest)
		break
	}
	return in
}

// cutTail returns at most the last n bytes of t, begun on a rune boundary.
func cutTail(t string, n int) string {
	if len(t) <= n {
		return t
	}
	i := len(t) - n
	for i < len(t) && !utf8.RuneStart(t[i]) {
		i++
	}
	return t[i:]
}

// A zone is where a block stands.
type zone struct {
	tail, head bool
	alone      bool
	below      bool // a disclaimer follows
}

// asideReason returns why a block with text t is no part of the article, and ""
// where it is one. The second result tells disclaimers from the rest.
func asideReason(t string, words int, z zone, bylines []string) (string, bool) {
	f := strings.TrimLeft(folded(t), "-–—*•|[(>► ")
	if f == "" {
		return "", false
	}
	bare := strings.Trim(f, " .:!…)]»→>|*")
	spoken := reports(f)
	for _, c := range cueClasses() {
		if words > c.words || c.where == "end" && !z.tail || c.where == "edge" && !z.tail && !z.head {
			continue
		}
		if c.whole[bare] || c.whole[f] {
			return c.reason, false
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
		if z.below && (c.name == "opinion" || c.name == "legal") {
			need--
		}
		switch {
		case hits == 0 || hits < need && !(strong && need > 1 && c.name == "legal"):
			continue
		case c.name == "author":
			if !ofAuthor(f, bylines) {
				continue
			}
		case c.name == "copyright" || c.name == "credit":
		case spoken:
			continue
		}
		return c.reason, c.name == "opinion" || c.name == "legal" || c.name == "disclaimer"
	}
	return "", false
}

// ofAuthor reports whether a block speaks of the one who wrote the article.
func ofAuthor(f string, bylines []string) bool {
	for _, name := range bylines {
		if name != "" && strings.HasPrefix(f, name) {
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

// reports reports whether the folded text f gives somebody's words.
func reports(f string) bool {
	if open := strings.IndexByte(f, '"'); open >= 0 {
		if end := strings.IndexByte(f[open+1:], '"'); end > 0 && countWords(f[open+1:open+1+end]) >= 4 {
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
