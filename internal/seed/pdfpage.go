package seed

import (
	"bufio"
	"cmp"
	"html"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/limit"
	"readout/internal/stable"
)

// A PDF says where words stand and nothing of what they are. What a reader sees
// is told from the places: lines that follow each other closely are a paragraph,
// larger letters a heading, words in a row with wide gaps a row of a table, and
// what stands on page after page in the margin belongs to the pages.

// A pdfLine is one line of a page, as Poppler sees it.
type pdfLine struct {
	x0, y0, x1, y1 float64
	words          []pdfWord
	page           int
}

type pdfWord struct {
	x0, x1 float64
	text   string
}

func (l *pdfLine) size() float64 { return l.y1 - l.y0 }

func (l *pdfLine) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
	}
	return b.String()
}

// row reports whether two lines stand beside each other.
func (l *pdfLine) row(m *pdfLine) bool {
	return math.Min(l.y1, m.y1)-math.Max(l.y0, m.y0) > 0.5*math.Min(l.size(), m.size())
}

// A pdfPage is what stands on one page, in Poppler's order of reading.
type pdfPage struct {
	height  float64
	columns bool
	lines   []*pdfLine
}

// readPDFPages reads what pdftotext -bbox-layout writes: one element a line. It
// says what there is too much of.
func readPDFPages(r io.Reader, limits limit.Set) (pages []*pdfPage, title string, tooMuch *limit.Error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var line *pdfLine
	words := int64(0)
	for {
		s, err := in.ReadString('\n')
		s = strings.TrimSpace(s)
		switch {
		case strings.HasPrefix(s, "<page "):
			if int64(len(pages)) >= limits.Of(limit.PDFPages) {
				return nil, title, limits.Passed(limit.PDFPages)
			}
			pages = append(pages, &pdfPage{height: pdfNumber(s, "height")})
		case len(pages) == 0:
			if t, ok := strings.CutPrefix(s, "<title>"); ok && title == "" {
				title = strings.TrimSpace(pdfText(strings.TrimSuffix(t, "</title>")))
			}
		case strings.HasPrefix(s, "<line "):
			line = &pdfLine{x0: pdfNumber(s, "xMin"), y0: pdfNumber(s, "yMin"), x1: pdfNumber(s, "xMax"), y1: pdfNumber(s, "yMax"), page: len(pages) - 1}
		case strings.HasPrefix(s, "</line") && line != nil:
			if len(line.words) > 0 {
				p := pages[len(pages)-1]
				if p.lines = append(p.lines, line); int64(len(p.lines)) > limits.Of(limit.PDFLines) {
					return nil, title, limits.Passed(limit.PDFLines)
				}
			}
			line = nil
		case strings.HasPrefix(s, "<word ") && line != nil:
			if words++; words > limits.Of(limit.PDFWords) {
				return nil, title, limits.Passed(limit.PDFWords)
			}
			_, text, _ := strings.Cut(s, ">")
			text = pdfText(strings.TrimSuffix(text, "</word>"))
			if text != "" {
				line.words = append(line.words, pdfWord{pdfNumber(s, "xMin"), pdfNumber(s, "xMax"), text})
			}
		}
		if err != nil {
			return pages, title, nil
		}
	}
}

// pdfText returns the text of a word without what shows nothing.
func pdfText(s string) string {
	s = strings.ToValidUTF8(html.UnescapeString(s), "\uFFFD")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}

func pdfNumber(element, name string) float64 {
	_, v, ok := strings.Cut(element, " "+name+`="`)
	if !ok {
		return 0
	}
	v, _, _ = strings.Cut(v, `"`)
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0
	}
	return n
}

// A pdfLayout makes parts of pages.
type pdfLayout struct {
	pages   []*pdfPage
	body    float64 // size of most letters
	leading float64 // usual distance of two lines of that size
	right   float64 // the rightmost end of one
	parts   []Part
	notes   []Part // footnotes, which follow the text
	known   map[string]bool
	address string // of the page that was printed, where a browser did it
}

// layPDF returns the parts of a document and what else it says.
func layPDF(pages []*pdfPage) *pdfLayout {
	d := &pdfLayout{pages: pages}
	d.margins()
	d.measure()
	if d.body == 0 {
		return d
	}
	var last *pdfParagraph
	for _, p := range d.pages {
		for _, para := range d.paragraphs(p, d.order(p)) {
			if last != nil && d.continues(last, para) {
				last.lines = append(last.lines, para.lines...)
				continue
			}
			d.add(last)
			last = para
		}
	}
	d.add(last)
	d.title()
	d.parts = append(d.parts, d.notes...)
	return d
}

var (
	pdfPageNumber = regexp.MustCompile(`^(?i)(page |p\. ?|– |- |\[)?\d{1,4}( ?(/|of) ?\d{1,4})?( –| -|\])?$`)
	pdfDigits     = regexp.MustCompile(`\d+`)
	pdfAddress    = regexp.MustCompile(`^https?://\S+$`)
)

// margins takes away what belongs to the pages: lines near the upper or lower
// edge that come again on other pages at the same height, page numbers, and what
// stands beside one.
func (d *pdfLayout) margins() {
	type place struct {
		text string
		y    int
	}
	key := func(l *pdfLine) place {
		return place{pdfDigits.ReplaceAllString(l.text(), "0"), int(math.Round(l.y0 / 4))}
	}
	near := func(p *pdfPage, l *pdfLine) bool { return l.y1 < p.height*0.12 || l.y0 > p.height*0.88 }
	on := map[place]int{} // pages
	for _, p := range d.pages {
		seen := map[place]bool{}
		for _, l := range p.lines {
			if k := key(l); near(p, l) && !seen[k] {
				seen[k] = true
				on[k]++
			}
		}
	}
	for _, p := range d.pages {
		var edge []*pdfLine
		printed := false
		for _, l := range p.lines {
			if near(p, l) && (on[key(l)] > 1 || pdfPageNumber.MatchString(l.text())) {
				edge = append(edge, l)
			}
		}
		beside := func(l *pdfLine) bool {
			return near(p, l) && slices.ContainsFunc(edge, func(m *pdfLine) bool { return m == l || m.row(l) })
		}
		for _, l := range p.lines {
			// A browser prints the address beside the number of the page.
			if t := l.text(); l.y0 > p.height/2 && beside(l) && pdfAddress.MatchString(t) {
				printed = true
				d.address = or(d.address, t)
			}
		}
		if printed && len(p.lines) > 0 {
			top := slices.MinFunc(p.lines, func(a, b *pdfLine) int { return cmp.Compare(a.y0, b.y0) })
			if near(p, top) {
				edge = append(edge, top)
			}
		}
		p.lines = slices.DeleteFunc(p.lines, beside)
	}
}

// measure finds the size of the text and the distance of its lines.
func (d *pdfLayout) measure() {
	letters := map[int]int{} // by size in quarters of a point
	d.known = map[string]bool{}
	for _, p := range d.pages {
		for _, l := range p.lines {
			for _, w := range l.words {
				letters[int(math.Round(4*l.size()))] += len(w.text)
				d.known[strings.ToLower(strings.Trim(w.text, ".,;:!?()“”\"'’"))] = true
			}
		}
	}
	most := 0
	for size, n := range letters {
		if n > letters[most] || n == letters[most] && size < most {
			most = size
		}
	}
	d.body = float64(most) / 4
	var gaps []float64
	for _, p := range d.pages {
		for i := 1; i < len(p.lines); i++ {
			a, b := p.lines[i-1], p.lines[i]
			if gap := b.y0 - a.y0; gap > 0.5*d.body && gap < 3*d.body && d.sized(a) && d.sized(b) {
				gaps = append(gaps, gap)
			}
		}
	}
	for _, p := range d.pages {
		for _, l := range p.lines {
			if d.sized(l) {
				d.right = math.Max(d.right, l.x1)
			}
		}
	}
	d.leading = 1.2 * d.body
	if len(gaps) > 0 {
		slices.Sort(gaps)
		d.leading = gaps[len(gaps)/4]
	}
}

// sized reports whether a line is in the size of the text.
func (d *pdfLayout) sized(l *pdfLine) bool { return math.Abs(l.size()-d.body) < 0.1*d.body }

// order returns the lines of a page as they are read. On a page of one column
// that is from top to bottom, and lines beside each other are a row of a table
// or an item and its mark. On one with columns Poppler's order stands.
func (d *pdfLayout) order(p *pdfPage) []*pdfLine {
	columns := 0
	for i, l := range p.lines {
		for _, m := range p.lines[i+1 : min(len(p.lines), i+200)] {
			if l.row(m) && (l.x1 < m.x0 || m.x1 < l.x0) && len(l.words) > 3 && len(m.words) > 3 {
				columns++
				break
			}
		}
	}
	if p.columns = columns > 2; p.columns {
		return p.lines
	}
	lines := slices.Clone(p.lines)
	stable.Sort(lines, func(a, b *pdfLine) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var out []*pdfLine
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && lines[i].row(lines[j]) {
			j++
		}
		row := lines[i:j]
		stable.Sort(row, func(a, b *pdfLine) int { return cmp.Compare(a.x0, b.x0) })
		whole := *row[0]
		whole.words = slices.Clone(whole.words)
		for _, l := range row[1:] {
			if !pdfMark(whole.text()) {
				whole.words = append(whole.words, pdfWord{whole.x1, l.x0, "|"})
			}
			whole.words = append(whole.words, l.words...)
			whole.x1 = math.Max(whole.x1, l.x1)
			if l.size() > whole.size() {
				whole.y0, whole.y1 = l.y0, l.y1
			}
		}
		out = append(out, &whole)
		i = j
	}
	return out
}

// pdfMark reports whether t is the mark of a list's item and nothing else.
func pdfMark(t string) bool {
	r, n := utf8.DecodeRuneInString(t)
	return n == len(t) && strings.ContainsRune("•◦▪●○■□–—-*·‣⁃", r)
}

// pdfItem cuts the mark of a list's item off.
func pdfItem(t string) (string, bool) {
	mark, rest, ok := strings.Cut(t, " ")
	if ok && pdfMark(mark) && mark != "–" && mark != "—" && mark != "-" {
		return rest, true
	}
	return t, false
}

// A pdfParagraph is lines that belong together.
type pdfParagraph struct {
	lines []*pdfLine
	right float64 // where the column ends
}

// paragraphs parts the lines of a page.
func (d *pdfLayout) paragraphs(page *pdfPage, lines []*pdfLine) []*pdfParagraph {
	var out []*pdfParagraph
	for i, l := range lines {
		if i > 0 {
			p := out[len(out)-1]
			if last := p.lines[len(p.lines)-1]; !d.breaks(p, last, l) {
				p.lines = append(p.lines, l)
				continue
			}
		}
		p := &pdfParagraph{lines: []*pdfLine{l}, right: l.x1}
		seen := 0
		for _, m := range lines {
			if d.sized(m) && (!page.columns || math.Abs(m.x0-l.x0) < 3*d.body) {
				p.right = math.Max(p.right, m.x1)
				seen++
			}
		}
		if seen < 6 && !page.columns { // too few to show where lines end
			p.right = math.Max(p.right, d.right)
		}
		out = append(out, p)
	}
	return out
}

// breaks reports whether a paragraph ends between two lines of a page.
func (d *pdfLayout) breaks(p *pdfParagraph, a, b *pdfLine) bool {
	leading := math.Max(d.leading, 1.15*math.Min(a.size(), b.size()))
	_, item := pdfItem(b.text())
	switch {
	case math.Abs(a.size()-b.size()) > 0.12*math.Max(a.size(), b.size()),
		item, pdfRow(a), pdfRow(b):
		return true
	case b.y0 < a.y0: // another column
		return d.fits(p, a, b) || pdfEnds(a.text())
	case b.y0-a.y0 > 1.3*leading:
		return true
	case b.x0 > a.x0+0.8*d.body && pdfEnds(a.text()):
		return true // indented
	}
	return d.fits(p, a, b)
}

// fits reports whether the first word of b would have stood on the line before
// it: then somebody wanted a new line there.
func (d *pdfLayout) fits(p *pdfParagraph, a, b *pdfLine) bool {
	first := b.words[0]
	return a.x1+0.3*d.body+(first.x1-first.x0) < p.right-0.1*d.body
}

// pdfRow reports whether a line is a row of a table.
func pdfRow(l *pdfLine) bool {
	return slices.ContainsFunc(l.words, func(w pdfWord) bool { return w.text == "|" })
}

func pdfEnds(t string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, "”’\"')»"))
	return strings.ContainsRune(".!?:…", r)
}

// continues reports whether a paragraph goes on on the next page.
func (d *pdfLayout) continues(a, b *pdfParagraph) bool {
	last, first := a.lines[len(a.lines)-1], b.lines[0]
	if last.page == first.page || d.footnote(a) || !d.sized(last) || !d.sized(first) || pdfRow(last) || pdfRow(first) {
		return false
	}
	if _, item := pdfItem(first.text()); item || pdfEnds(last.text()) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(first.text())
	return unicode.IsLower(r) || !d.fits(a, last, first)
}

// footnote reports whether a paragraph is in small letters under the text.
func (d *pdfLayout) footnote(p *pdfParagraph) bool {
	first := p.lines[0]
	page := d.pages[first.page]
	if first.size() > 0.92*d.body || first.y0 < page.height/2 {
		return false
	}
	return !slices.ContainsFunc(page.lines, func(l *pdfLine) bool { return l.y0 > first.y0 && l.size() > 0.92*d.body })
}

// add makes a part of a paragraph.
func (d *pdfLayout) add(p *pdfParagraph) {
	if p == nil {
		return
	}
	text := d.join(p.lines)
	if text == "" {
		return
	}
	part := Part{Kind: Body, Text: text}
	rest, item := pdfItem(text)
	size := p.lines[0].size()
	switch {
	case d.footnote(p):
		d.notes = append(d.notes, part)
		return
	case item:
		part = Part{Kind: ListItem, Level: 1, Text: rest}
	case pdfRow(p.lines[0]):
	case size > 1.12*d.body && len(strings.Fields(text)) <= 40:
		part.Kind, part.Level = Heading, 2
		if size > 1.3*d.body {
			part.Level = 1
		}
	case d.indented(p) && strings.IndexAny(text, "“«„\"") == 0:
		part.Kind = Quoted
	}
	d.parts = append(d.parts, part)
}

// indented reports whether all lines of a paragraph stand in from the text.
func (d *pdfLayout) indented(p *pdfParagraph) bool {
	page := d.pages[p.lines[0].page]
	left := p.lines[0].x0
	for _, l := range page.lines {
		if d.sized(l) {
			left = math.Min(left, l.x0)
		}
	}
	return !page.columns && len(p.lines) > 1 &&
		!slices.ContainsFunc(p.lines, func(l *pdfLine) bool { return l.x0 < left+1.2*d.body })
}

// join makes running text of lines. A word that was divided at the end of a line
// is one again, unless the document has it with its hyphen.
func (d *pdfLayout) join(lines []*pdfLine) string {
	text := lines[0].text()
	for _, l := range lines[1:] {
		next := l.text()
		r, _ := utf8.DecodeRuneInString(next)
		head, soft := strings.CutSuffix(text, "\u00ad")
		hard := false
		if !soft && unicode.IsLower(r) {
			if before, ok := strings.CutSuffix(text, "-"); ok {
				r, _ := utf8.DecodeLastRuneInString(before)
				first, _, _ := strings.Cut(next, " ")
				at := strings.LastIndexByte(before, ' ') + 1
				first = strings.TrimRight(first, ".,;:!?)”’\"'")
				hyphened := strings.ToLower(strings.TrimLeft(before[at:], "(“‘\"'") + "-" + first)
				head, hard = before, unicode.IsLetter(r) && !d.known[hyphened]
			}
		}
		switch {
		case soft, hard:
			text = head + next
		case strings.HasSuffix(text, "-") && unicode.IsLower(r):
			text += next
		default:
			text += " " + next
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(text, "\u00ad", ""))
}

// siteIn returns the name of the site that a document's title, "Headline | Site",
// puts after the headline the document begins with, or "".
func (d *pdfLayout) siteIn(title string) string {
	const longest = 60 // bytes
	for _, p := range d.parts {
		if p.Kind != Title {
			continue
		}
		rest, ok := strings.CutPrefix(title, p.Text)
		if !ok {
			return ""
		}
		for _, sep := range []string{" | ", " - ", " – ", " — ", " · "} {
			if site, ok := strings.CutPrefix(rest, sep); ok && len(site) <= longest && !strings.Contains(site, strings.TrimSpace(sep)) {
				return strings.TrimSpace(site)
			}
		}
	}
	return ""
}

// title makes the title of the greatest heading of the first page that stands
// before the text.
func (d *pdfLayout) title() {
	best := -1
	for i, p := range d.parts {
		if p.Kind == Heading && p.Level == 1 {
			best = i
			break
		}
		if p.Kind == Body && len(strings.Fields(p.Text)) > 30 {
			break
		}
	}
	if best >= 0 {
		d.parts[best].Kind, d.parts[best].Level = Title, 0
	}
	for i := range d.parts {
		if d.parts[i].Kind == Heading {
			d.parts[i].Level = 2
		}
	}
}
