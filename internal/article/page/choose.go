package page

import (
	"math/bits"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"readout/internal/article/boilerplate"
)

// A chooser decides which chunks of a page are the article.
type chooser struct {
	chunks []chunk
	meta   *Meta
	t, r   []float64 // what share of each chunk the extractors took
	mask   flag      // flags that most of the article has, which tell nothing
	keep   []bool
	first  int // the first and last chunk of the core
	last   int
}

// enough is the share of a chunk's word sequences from which an extractor is
// held to have taken it.
const enough = 0.6

// suspect are the places where no article stands.
const suspect = inNav | inFooter | inAside | inFigure | inHidden | inChrome | inForm | inComments

func (c *chooser) run() {
	c.keep = make([]bool, len(c.chunks))
	votes := c.t
	if c.weight(c.t) == 0 {
		votes = c.r
	}
	c.findMask(votes)
	for i := range c.chunks {
		c.keep[i] = votes[i] > enough && !c.dropped(i)
	}
	c.findCore()
	c.trim()
	c.rescue()
	c.titles()
	c.head()
	c.furniture()
	c.endLinks()
	c.repeats()
}

// weight returns how many words an extractor took.
func (c *chooser) weight(v []float64) int {
	n := 0
	for i := range c.chunks {
		if v[i] > enough {
			n += c.chunks[i].words
		}
	}
	return n
}

// findMask finds the flags that most of the words taken have: a wrapper around
// the whole page may be named like a part of it.
func (c *chooser) findMask(v []float64) {
	var n [16]int
	all := 0
	for i := range c.chunks {
		if v[i] <= enough {
			continue
		}
		all += c.chunks[i].words
		for f := c.chunks[i].flags; f != 0; f &= f - 1 {
			n[bits.TrailingZeros16(uint16(f))] += c.chunks[i].words
		}
	}
	for k, words := range n {
		if words*5 > all*2 {
			c.mask |= 1 << k
		}
	}
}

func (c *chooser) flags(i int) flag { return c.chunks[i].flags &^ c.mask }

// dropped reports whether a chunk is no part of an article, whatever the
// extractors say.
func (c *chooser) dropped(i int) bool {
	k := &c.chunks[i]
	f := c.flags(i)
	if k.Kind == Row {
		f &^= inFigure // a table may be set like a picture
	}
	if f&suspect != 0 || bareAddress(k.Text) {
		return true
	}
	// A line that is nothing but a link leads elsewhere; one of a few words may
	// be a name, unless it shouts.
	if k.linked == k.words && k.words >= 3 && k.words <= 30 && k.Kind != Row {
		return k.words >= 5 || k.bold == k.words || k.Kind == Heading
	}
	return false
}

// bareAddress reports whether t is nothing but an address of the web.
func bareAddress(t string) bool {
	if len(t) > 200 || strings.ContainsAny(t, " \n") {
		return false
	}
	t = strings.ToLower(strings.Trim(t, "()[]"))
	return strings.HasPrefix(t, "http://") || strings.HasPrefix(t, "https://") || strings.HasPrefix(t, "www.") ||
		strings.HasSuffix(t, ".com") || strings.HasSuffix(t, ".org") || strings.HasSuffix(t, ".net")
}

// isCore reports whether a chunk is prose beyond doubt.
func (c *chooser) isCore(i int) bool {
	k := &c.chunks[i]
	return c.keep[i] && k.words >= 12 && k.linked*3 <= k.words && k.Kind != Heading && k.Kind != Caption
}

// findCore finds the first and the last chunk of prose.
func (c *chooser) findCore() {
	c.first, c.last = -1, -1
	for i := range c.chunks {
		if c.isCore(i) {
			if c.first < 0 {
				c.first = i
			}
			c.last = i
		}
	}
	if c.first < 0 { // an article of short lines
		for i := range c.chunks {
			if c.keep[i] {
				if c.first < 0 {
					c.first = i
				}
				c.last = i
			}
		}
	}
}

// trim drops what stands outside the core and is not joined to it: by standing
// in the same element, or next to it without a gap.
func (c *chooser) trim() {
	if c.first < 0 {
		return
	}
	top, bottom := container(c.chunks[c.first].node), container(c.chunks[c.last].node)
	joined := func(i, edge int) bool {
		k := &c.chunks[i]
		home := container(k.node)
		if home == top || home == bottom {
			return true
		}
		gap := max(edge-i, i-edge)
		return gap <= 3 && (k.linked == 0 || k.linked*3 < k.words)
	}
	edge := c.first
	for i := c.first - 1; i >= 0; i-- {
		if c.keep[i] {
			if c.keep[i] = joined(i, edge); c.keep[i] && c.chunks[i].Kind == Row {
				edge = i
			}
		}
	}
	edge = c.last
	for i := c.last + 1; i < len(c.chunks); i++ {
		if c.keep[i] {
			if c.keep[i] = joined(i, edge); c.keep[i] && (c.chunks[i].Kind == Row || c.chunks[i].Kind == ListItem) {
				edge = i
			}
		}
	}
}

// rescue takes in what stands within the core and was missed.
func (c *chooser) rescue() {
	for i := range c.chunks {
		if c.keep[i] || i < c.first || i > c.last || c.dropped(i) {
			continue
		}
		k := &c.chunks[i]
		if c.r[i] <= enough || k.linked*2 > k.words || boilerplate.IsCaption(k.Text, k.words) {
			continue
		}
		prose := k.words >= 10 && endsSentence(k.Text)
		if prose || k.Kind == ListItem || k.Kind == Row || k.Kind == Heading || k.Kind == Quotation || container(k.node) == container(c.chunks[c.first].node) {
			c.keep[i] = true
		}
	}
}

// container returns the element that holds the block n, lists and tables
// passed over.
func container(n *html.Node) *html.Node {
	for n = n.Parent; n != nil; n = n.Parent {
		switch n.Data {
		case "ul", "ol", "li", "dl", "dd", "dt", "table", "tbody", "thead", "tr", "td", "blockquote", "menu":
			continue
		}
		break
	}
	return n
}

// endsSentence reports whether t ends as a sentence does.
func endsSentence(t string) bool {
	t = strings.TrimRight(t, "\"'”’»)] ")
	for _, stop := range []string{".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।"} {
		if strings.HasSuffix(t, stop) {
			return true
		}
	}
	return false
}

// titles drops the headline, which the page states as such, and what stands
// above it.
func (c *chooser) titles() {
	top := -1
	for i := 0; i < len(c.chunks) && i <= c.first+1; i++ {
		k := &c.chunks[i]
		if !c.keep[i] {
			continue
		}
		if k.Kind == Heading && k.Level == 1 && i <= c.first || isTitle(k.Text, c.meta.Title) {
			c.keep[i] = false
			if i < c.first {
				top = i
			}
		}
	}
	for i := 0; i < top; i++ {
		c.keep[i] = false
	}
}

// isTitle reports whether t is the title, or the title without the name of the
// site before or after it.
func isTitle(t, title string) bool {
	a, b := letters(t), letters(title)
	return a != "" && (a == b || len(a) > 20 && 2*len(a) > len(b) && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a)))
}

// splitHeads makes chunks of their own of the title, the byline and the date
// where no more than line breaks part them from the text.
func splitHeads(chunks []chunk, title string) []chunk {
	out := make([]chunk, 0, len(chunks))
	for _, k := range chunks {
		for {
			line, rest, more := strings.Cut(k.Text, "\n")
			n := countWords(line)
			if !more || n > 30 || !isTitle(line, title) && !(n <= 12 && isHeadLine(line)) {
				break
			}
			first := k
			first.Text, first.words, first.linked, first.bold = strings.TrimSpace(line), n, 0, 0
			k.Text, k.words = strings.TrimSpace(rest), max(0, k.words-n)
			out = append(out, first)
		}
		out = append(out, k)
	}
	return out
}

// head drops byline, date line and dek from above the body: they are metadata.
// The lines go to Meta.Head, the dek to Meta.Dek.
func (c *chooser) head() {
	if c.first < 0 {
		return
	}
	for i := max(0, c.first-12); i < min(len(c.chunks), c.first+3); i++ {
		k := &c.chunks[i]
		if !c.keep[i] && (i >= c.first || c.flags(i)&(inNav|inFooter|inAside|inHidden|inComments) != 0) {
			continue
		}
		if k.words <= 16 && isHeadLine(k.Text) {
			c.keep[i] = false
			c.meta.Head = append(c.meta.Head, k.Text)
			continue
		}
		if c.meta.Dek != "" || k.words < 5 || k.words > 60 || i > c.first || i == c.first && c.last <= c.first {
			continue
		}
		apart := i < c.first && container(k.node) != container(c.chunks[c.first].node)
		if named(k.node, 1, dekNames) || apart && (named(k.node, 3, dekNames) || named(k.node, 3, leadNames) || c.isSummary(k.Text)) {
			c.meta.Dek = flat(k.Text)
			c.keep[i] = false
		}
	}
}

// isHeadLine reports whether t is a byline or a line with the day and little
// else.
func isHeadLine(t string) bool {
	if endsSentence(t) && countWords(t) > 8 {
		return false
	}
	f := boilerplate.Folded(t)
	for _, cue := range []string{"by ", "by: ", "written by ", "published", "posted", "updated", "last updated", "first published", "author: "} {
		if strings.HasPrefix(f, cue) {
			return true
		}
	}
	letters, digits := 0, 0
	for _, r := range t {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits >= 5 && letters <= 24
}

// What the line under a headline is called, and what it may share with the first
// paragraph.
var (
	dekNames  = []string{"dek", "standfirst", "subtitle", "sub-title", "subheadline", "sub-headline", "alternativeheadline"}
	leadNames = []string{"subhead", "sub-head", "summary", "lede", "excerpt", "teaser", "intro", "article-desc"}
)

// named reports whether n or one of the elements around it, so many in all, has
// one of the names.
func named(n *html.Node, levels int, names []string) bool {
	for range levels {
		if n == nil {
			return false
		}
		for _, a := range n.Attr {
			if a.Key != "class" && a.Key != "id" && a.Key != "itemprop" {
				continue
			}
			v := strings.ToLower(a.Val)
			for _, name := range names {
				if strings.Contains(v, name) {
					return true
				}
			}
		}
		n = n.Parent
	}
	return false
}

// isSummary reports whether t is the description the page gives of itself.
func (c *chooser) isSummary(t string) bool {
	a, b := letters(t), letters(c.meta.Summary)
	n := min(len(a), len(b), 60)
	return n >= 30 && a[:n] == b[:n]
}

// endLinks drops what follows the last sentence of the article if it is a
// heading and lines that are mostly links.
func (c *chooser) endLinks() {
	for i := len(c.chunks) - 1; i >= 0; i-- {
		if !c.keep[i] {
			continue
		}
		k := &c.chunks[i]
		links := k.linked*3 >= k.words && k.linked > 0 && !(k.words >= 12 && endsSentence(k.Text))
		label := k.Kind == Heading || k.words <= 6 && k.bold == k.words && !endsSentence(k.Text)
		if !links && !label {
			return
		}
		c.keep[i] = false
	}
}

// furniture drops what the words tell to be no part of the article.
func (c *chooser) furniture() {
	tail := true
	for i := len(c.chunks) - 1; i >= 0; i-- {
		if !c.keep[i] {
			continue
		}
		k := &c.chunks[i]
		f, found := boilerplate.Find(k.Text, k.words, boilerplate.Zone{Tail: tail, Head: i < c.first}, nil)
		if found {
			switch f.Class {
			case "advertisement", "share", "more", "subscribe", "support", "follow", "cookies", "script", "tags", "copyright", "contact":
				c.keep[i] = false
				continue
			}
		}
		if k.words >= 8 && !found && k.Kind != Heading {
			tail = false
		}
	}
}

// repeats drops what stands on the page a second time, in another element, as
// pulled quotations do.
func (c *chooser) repeats() {
	seen := make(map[string]*html.Node)
	for i := range c.chunks {
		if k := &c.chunks[i]; !c.keep[i] || k.words < 8 || k.Kind == ListItem || k.Kind == Row {
			continue
		}
		t, home := letters(c.chunks[i].Text), container(c.chunks[i].node)
		if where := seen[t]; where != nil && where != home {
			c.keep[i] = false
		} else if where == nil {
			seen[t] = home
		}
	}
}
