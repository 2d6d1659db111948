package article

import (
	"strings"
	"unicode/utf8"

	"readout/internal/article/boilerplate"
)

// FromText makes an Article of plain text. Article.Text is text byte for byte,
// save that each run of bytes that are not UTF-8 becomes one U+FFFD. What meta
// knows is kept; what it leaves open is taken from the text where the text
// itself says it.
func FromText(id, text string, meta Meta) *Article {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	a := &Article{ID: id, Text: text, Meta: meta}
	s := structure{text: a.Text, meta: &a.Meta, drafts: splitCredits(a.Text, drafts(a.Text, splitLines(a.Text)))}
	s.run()
	a.Blocks = s.blocks()
	return a
}

// A structure finds the roles of the blocks of one text. Each step looks at
// what the steps before it left open; a draft that is fixed is left alone.
type structure struct {
	text   string
	meta   *Meta
	drafts []draft
	words  []int // per draft, how many words it has
	prose  []bool
}

func (s *structure) run() {
	s.measure()
	s.rules()
	s.signature()
	s.olderMail()
	s.quotations()
	s.messageHeader()
	s.credits()
	s.lists()
	s.captions()
	s.aside()
	s.head()
	s.authorLine()
	s.headings()
	s.credit()
	s.origin()
	s.release()
	s.title()
}

func (s *structure) in(i int) string { return s.drafts[i].Span.In(s.text) }

func (s *structure) fix(i int, role Role) {
	s.drafts[i].Role, s.drafts[i].fixed = role, true
}

func (s *structure) setAside(i int, reason string) {
	s.fix(i, SetAside)
	s.drafts[i].Reason, s.drafts[i].Level = reason, 0
}

func (s *structure) blocks() []Block {
	blocks := make([]Block, len(s.drafts))
	for i, d := range s.drafts {
		blocks[i] = d.Block
	}
	return blocks
}

// measure counts words and tells prose from labels: prose has at least one
// whole sentence of some length.
func (s *structure) measure() {
	s.words = make([]int, len(s.drafts))
	s.prose = make([]bool, len(s.drafts))
	for i := range s.drafts {
		t := s.in(i)
		s.words[i] = countWords(t)
		s.prose[i] = s.words[i] >= 8 && (endsSentence(t) || s.words[i] >= 40)
	}
}

// rules sets dividing lines and end marks aside.
func (s *structure) rules() {
	for i := range s.drafts {
		t := s.in(i)
		if isRule(t) || endMark(t) {
			s.setAside(i, "a dividing line or end mark")
		}
	}
}

// signature sets aside what follows the two dashes that part the text of a
// message from its signature.
func (s *structure) signature() {
	for i := len(s.drafts) - 1; i > 0 && i >= len(s.drafts)-12; i-- {
		if s.in(i) == "--" {
			for ; i < len(s.drafts); i++ {
				s.setAside(i, "the signature of the message")
			}
			return
		}
		if s.words[i] > 60 {
			return
		}
	}
}

// endMark reports whether t is a mark that closes wire copy.
func endMark(t string) bool {
	if len(t) > 12 {
		return false
	}
	switch strings.ToLower(strings.Trim(t, " -–—*()[]./")) {
	case "ends", "end", "30", "###", "##", "enditem", "more", "mf", "eom", "fin":
		return true
	}
	return false
}

// quotations finds quoted mail and indented blocks.
func (s *structure) quotations() {
	base, plain := s.commonIndent()
	for i := range s.drafts {
		d := &s.drafts[i]
		switch {
		case d.fixed:
		case strings.HasPrefix(s.in(i), ">") && len(s.in(i)) > 1:
			s.fix(i, Quotation)
		case d.indent >= base+4 && plain*2 > len(s.drafts) && d.gap && d.after && s.prose[i] && marker(s.in(i)) == 0 && (d.lines > 1 || s.words[i] < 80):
			s.fix(i, Quotation)
		}
	}
}

// commonIndent returns the indent most blocks have, and how many have it.
func (s *structure) commonIndent() (indent, n int) {
	counts := make(map[int]int)
	for _, d := range s.drafts {
		counts[d.indent]++
		if c := counts[d.indent]; c > n || c == n && d.indent < indent {
			indent, n = d.indent, c
		}
	}
	return indent, n
}

// lists finds list items. A bullet is proof enough; a dash or a number counts
// only beside another of its kind, as a sentence may open with either.
func (s *structure) lists() {
	for i := 0; i < len(s.drafts); {
		if s.drafts[i].fixed || marker(s.in(i)) == 0 {
			i++
			continue
		}
		j := i + 1
		for j < len(s.drafts) && !s.drafts[j].fixed && s.sameList(j-1, j) {
			j++
		}
		s.list(i, j)
		i = j
	}
}

// sameList reports whether block j goes on with the list that i belongs to.
func (s *structure) sameList(i, j int) bool {
	a, b := s.in(i), s.in(j)
	if marker(b) == 0 {
		return false
	}
	x, y := ordinal(a), ordinal(b)
	switch {
	case x.end > 0 && y.end > 0:
		return y.kind == x.kind && y.value == x.value+1 || s.drafts[i].indent != s.drafts[j].indent
	case x.end > 0 || y.end > 0:
		return s.drafts[i].indent != s.drafts[j].indent
	}
	return true
}

// list gives the blocks [i, j), all of which open with a marker, their role.
func (s *structure) list(i, j int) {
	sure := j-i > 1
	if !sure {
		switch s.in(i)[0] {
		case '-', '+', '*':
			// One dash in front of one paragraph is a style of speech.
		default:
			sure = ordinal(s.in(i)).end == 0 && !strings.HasPrefix(s.in(i), "–")
		}
	}
	if !sure {
		return
	}
	var open []int // indents of the lists that enclose the item
	for k := i; k < j; k++ {
		indent := s.drafts[k].indent
		for len(open) > 0 && open[len(open)-1] > indent {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || open[len(open)-1] < indent {
			open = append(open, indent)
		}
		s.fix(k, ListItem)
		s.drafts[k].Level = len(open)
	}
}

// captions finds the lines that speak of a picture.
func (s *structure) captions() {
	for i := range s.drafts {
		if !s.drafts[i].fixed && boilerplate.IsCaption(s.in(i), s.words[i]) {
			s.fix(i, Caption)
		}
	}
}

// head finds what stands before the first paragraph: label, headline, dek,
// byline, date line.
func (s *structure) head() {
	end := s.bodyStart()
	if end < 0 {
		// No prose: a poem, a table. A line set off above the rest is its title.
		if len(s.drafts) < 3 || !s.drafts[0].after || s.drafts[2].gap && s.drafts[1].after {
			return
		}
		end = 1
	}
	if end == 0 && s.sentenceTitle() {
		s.fix(0, Headline)
		if end = s.bodyStart(); end < 0 {
			end = 1
		}
	}
	headline, dek := -1, -1
	for i := 0; i < end; i++ {
		if s.drafts[i].fixed {
			if s.drafts[i].Role == Headline {
				headline = i
			}
			continue
		}
		t := s.in(i)
		switch {
		case s.byline(i):
		case s.dateLine(i):
		case s.placeLine(i) && s.drafts[i-1].Role == Byline:
		case releaseNotice(t):
			s.setAside(i, "a notice that this is a press release")
		case s.drafts[i].lines == 1 && releasedBy(t) != "":
			s.setAside(i, "a notice that this is a press release")
			set(&s.meta.Publisher, releasedBy(t))
		case s.letterhead(i):
		case headline < 0 && s.masthead(i):
		case sectionLabel(t) && s.words[i] <= 3 && (headline >= 0 || i+1 < end):
			s.setAside(i, "the name of a section of the site")
		case headline < 0 && s.canHead(i):
			s.fix(i, Headline)
			headline = i
		case i > 0 && s.drafts[i-1].Role == Byline && s.words[i] <= 8 && isJob(t):
			s.fix(i, Byline)
		case headline >= 0 && dek < 0 && len(t) <= 600 && !strings.HasSuffix(t, ":") && !looksHeading(s, i, end):
			s.fix(i, Dek)
			dek = i
		}
	}
	// A dek may be a whole sentence, which looks like a paragraph; a byline or
	// a date line after it shows that the body has not begun.
	for i := end; i < min(end+3, len(s.drafts)); i++ {
		if r := s.drafts[i].Role; s.drafts[i].fixed && r != Byline && r != Dateline || !s.drafts[i].fixed && !s.byline(i) && !s.dateLine(i) {
			continue
		}
		if i == end+1 && headline >= 0 && dek < 0 && headline < end && s.words[end] <= 45 && s.drafts[end].Role == Paragraph {
			s.fix(end, Dek)
		}
	}
	if headline >= 0 {
		s.takeTitle(headline)
	}
	for i := range s.drafts {
		if s.drafts[i].Role == Dek && s.meta.Dek == "" {
			s.meta.Dek = flat(s.in(i))
		}
	}
}

// sentenceTitle reports whether the first block is a headline although it is a
// sentence or two, as in opinion pages: it is short, and a byline or a date line
// stands right below it.
func (s *structure) sentenceTitle() bool {
	const longest = 14
	if len(s.drafts) < 3 || s.drafts[0].fixed || s.drafts[1].fixed || s.words[0] > longest || s.drafts[0].lines > 1 {
		return false
	}
	if s.isDateLine(1) {
		return true
	}
	rest, cued := bylineCue(s.in(1))
	if !cued || s.words[1] > 12 || endsSentence(s.in(1)) {
		return false
	}
	found, _ := names(rest)
	return len(found) > 0
}

// looksHeading reports whether block i is the heading of the first section
// rather than a dek: it is short and set off from the headline, and the
// headline is not.
func looksHeading(s *structure, i, end int) bool {
	return i == end-1 && s.drafts[i].gap && s.words[i] <= 4 && s.isHeading(i)
}

// takeTitle takes the title from block i, unless it is known from elsewhere.
func (s *structure) takeTitle(i int) {
	at := s.drafts[i].Span
	at.Start += hashes(at.In(s.text))
	if label, rest, ok := strings.Cut(at.In(s.text), "|"); ok && sectionLabel(label) && countWords(rest) > 1 {
		at.Start = at.End - len(strings.TrimLeft(rest, " \u00a0")) // "OPINION | The bus that never came"
	}
	if s.meta.Title == "" {
		s.meta.Title = flat(at.In(s.text))
		s.meta.TitleBasis = TitleStated
		s.meta.TitleSpan = at
	}
}

// hashes returns the length of the signs "# " by which a heading is marked in
// plain text, the space included; 0 where there are none.
func hashes(t string) int {
	n := len(t) - len(strings.TrimLeft(t, "#"))
	if n == 0 || n > 6 {
		return 0
	}
	return spaceAfter(t, n)
}

// bodyStart returns the index of the first block of prose that is not part of
// the head, and -1 where there is none.
func (s *structure) bodyStart() int {
	for i := range s.drafts {
		d := s.drafts[i]
		if d.fixed && (d.Role == ListItem || d.Role == Quotation) {
			return i
		}
		if d.fixed {
			continue
		}
		lead := i+1 < len(s.drafts) && s.drafts[i+1].Role == ListItem && strings.HasSuffix(s.in(i), ":")
		if s.prose[i] || lead && s.words[i] > 3 {
			return i
		}
	}
	return -1
}

// canHead reports whether block i may be the headline: short, not ended like a
// sentence (a question or a quotation may be), and not a label of something.
func (s *structure) canHead(i int) bool {
	t := s.in(i)
	n := len([]rune(t))
	if n > 250 || s.words[i] < 1 || strings.HasSuffix(t, ":") || strings.HasSuffix(t, ",") {
		return false
	}
	if s.drafts[i].lines > 3 {
		return false
	}
	last := strings.TrimRight(t, "\"'”’»)")
	if strings.HasSuffix(last, ".") && !strings.HasSuffix(last, "...") {
		// "U.S." ends a headline, "ended." a sentence.
		fields := strings.Fields(last)
		if w := fields[len(fields)-1]; strings.Count(w, ".") < 2 {
			return false
		}
	}
	return hasLetter(t)
}

// headings finds the headings of the body: short lines that do not end like a
// sentence, each followed by prose, in a text where most blocks are prose.
func (s *structure) headings() {
	open, short := 0, 0
	for i, d := range s.drafts {
		if !d.fixed {
			open++
			if !s.prose[i] {
				short++
			}
		}
	}
	labels := s.labels()
	if short*5 > open*3 { // a poem, a table, a transcript: three in five are short
		return
	}
	for i := range s.drafts {
		if s.drafts[i].fixed || s.prose[i] || !s.isHeading(i) {
			continue
		}
		t := s.in(i)
		if l := label(t); l != "" && labels[l] > 1 {
			continue // a turn of an interview
		}
		// What follows, two headings in a row allowed, is prose or a list.
		for j := i + 1; j < len(s.drafts) && j <= i+2; j++ {
			d := s.drafts[j]
			if d.Role == Caption || d.fixed && d.Role == SetAside {
				continue
			}
			if s.prose[j] && d.Role != SetAside || d.Role == ListItem || d.Role == Quotation {
				s.fix(i, Heading)
				s.drafts[i].Level = 2
				if n := strings.Count(t[:hashes(t)], "#"); n > 0 {
					s.drafts[i].Level = n
				}
				break
			}
			if !s.isHeading(j) {
				break
			}
		}
	}
}

// label returns the capitalised words before the colon with which t opens, as the
// turns of an interview do; "" where there are none.
func label(t string) string {
	const longest = 40
	i := strings.IndexByte(cut(t, longest), ':')
	if i <= 0 || i+1 >= len(t) || t[i+1] != ' ' || !agencyName(t[:i]) {
		return ""
	}
	return t[:i]
}

// labels counts the labels of the blocks.
func (s *structure) labels() map[string]int {
	var counts map[string]int
	for i := range s.drafts {
		if s.drafts[i].fixed {
			continue
		}
		if l := label(s.in(i)); l != "" {
			if counts == nil {
				counts = make(map[string]int)
			}
			counts[l]++
		}
	}
	return counts
}

// isHeading reports whether block i is written like a heading.
func (s *structure) isHeading(i int) bool {
	t := s.in(i)
	d := s.drafts[i]
	if s.words[i] > 14 || len([]rune(t)) > 110 || d.lines > 2 || !startsHigh(t) || !hasLetter(t) {
		return false
	}
	switch last := t[len(t)-1]; last {
	case ',', ';', '-', ':':
		return false
	case '.', '!':
		n := ordinal(t)
		return n.end == len(t)
	}
	if strings.HasSuffix(t, "…") || strings.HasSuffix(t, "。") || strings.HasSuffix(t, "।") || strings.HasSuffix(t, "۔") {
		return false
	}
	// Speech is no heading, though it may be short.
	if strings.HasPrefix(t, "—") || speakerLine(t) {
		return false
	}
	return !(strings.ContainsAny(t[:1], "\"") || strings.HasPrefix(t, "“")) || !endsSentence(t)
}
