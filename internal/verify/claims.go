package verify

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/internal/article"
	"readout/internal/plainfile"
	"readout/internal/seed"
)

// This file looks at what stands outside the annotated text: the words in
// quotation marks, the paragraphs the key points lead to, and the dates.

// A passage is a stretch of a content file with its Markdown taken away.
type passage struct {
	text  string
	at    []int  // for each byte of text its offset in the source
	where string // for messages: "key point", "section", "title", "dek"
	own   bool   // it must rest on the file's own article
}

// leastQuoted is the number of words from which on what stands between
// quotation marks is taken for a quotation: fewer are a name or a word used at a
// distance.
const leastQuoted = 3

// passagesOf returns the paragraphs of source[start:end]; block quotes and code
// are left out.
func passagesOf(source string, start, end int, where string, own bool) []passage {
	var list []passage
	p := passage{where: where, own: own}
	var text strings.Builder // of p
	flush := func() {
		if p.text = text.String(); strings.TrimSpace(p.text) != "" {
			list = append(list, p)
		}
		p = passage{where: where, own: own}
		text.Reset()
	}
	code, cited := false, false
	for at := start; at < end; {
		line, _, _ := strings.Cut(source[at:end], "\n")
		body := strings.TrimLeft(line, " \t")
		offset := at + len(line) - len(body)
		at += len(line) + 1
		if fence := strings.HasPrefix(body, "```") || strings.HasPrefix(body, "~~~"); fence || code {
			code = code != fence
			flush()
			continue
		}
		item := strings.HasPrefix(body, "- ") || strings.HasPrefix(body, "* ") || strings.HasPrefix(body, "+ ")
		switch {
		case strings.TrimSpace(body) == "":
			flush()
			cited = false
			continue
		case strings.HasPrefix(body, ">"):
			flush()
			cited = true
			continue
		case item || strings.HasPrefix(body, "#"):
			flush()
			cited = false
			n := strings.IndexByte(body, ' ') + 1
			body, offset = body[n:], offset+n
		}
		if cited {
			continue
		}
		for i := 0; i < len(body); {
			if body[i] == ']' && strings.HasPrefix(body[i+1:], "(") {
				if k := strings.IndexByte(body[i:], ')'); k > 0 {
					i += k + 1
					continue
				}
			}
			decoded, n := decode(body[i:])
			if n == 1 && strings.IndexByte("[]*", body[i]) >= 0 {
				i++
				continue
			}
			text.WriteString(decoded)
			for range len(decoded) {
				p.at = append(p.at, offset+i)
			}
			i += n
		}
		text.WriteByte(' ')
		p.at = append(p.at, offset+len(body))
	}
	flush()
	return list
}

// A quotation is what stands between two quotation marks.
type quotation struct {
	text string
	at   int // offset in the passage
}

// quotations finds what stands between double quotation marks in text.
func quotations(text string) []quotation {
	var list []quotation
	from, closer := -1, ""
	before := ' '
	for i, r := range text {
		size := utf8.RuneLen(r)
		switch {
		case from >= 0 && strings.ContainsRune(closer, r):
			list = append(list, quotation{text[from:i], from})
			from = -1
		case from < 0:
			switch r {
			case '"':
				if !unicode.IsDigit(before) { // inches
					from, closer = i+size, `"`
				}
			case '“', '„', '‟':
				from, closer = i+size, "”“"
				if r == '“' {
					closer = "”"
				}
			case '«':
				from, closer = i+size, "»"
			case '»':
				from, closer = i+size, "«"
			case '「':
				from, closer = i+size, "」"
			}
		}
		before = r
	}
	return list
}

// folded returns s without quotation marks, apostrophes and emphasis, each run
// of white space one space, with a space at each end.
func folded(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	space := true
	for _, r := range pictured(s) {
		switch {
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case strings.ContainsRune("\"“”„‟«»「」‘’‚‛'`´‹›*\u00ad\u200b", r):
			continue
		case r == '‐' || r == '‑':
			r = '-'
		}
		b.WriteRune(r)
		space = false
	}
	if !space {
		b.WriteByte(' ')
	}
	return b.String()
}

// saidIn reports whether the words of a quotation stand in text, which is
// folded. What an ellipsis leaves out may be anything.
func saidIn(quoted, text string) bool {
	parts := strings.NewReplacer("[…]", "…", "[...]", "…", "(…)", "…", "(...)", "…", "...", "…").Replace(quoted)
	for part := range strings.SplitSeq(parts, "…") {
		part = strings.TrimFunc(folded(part), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",.;:!?…—–-", r) })
		if part != "" && !wordsIn(part, text) && !wordsIn(otherCase(part), text) {
			return false
		}
	}
	return true
}

// otherCase returns s with its first letter in the other case, as a quotation
// has it whose sentence is another.
func otherCase(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsUpper(r) {
		return string(unicode.ToLower(r)) + s[n:]
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// wordsIn reports whether part stands in text, and is no part of a longer word
// there.
func wordsIn(part, text string) bool {
	for rest := text; ; {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		after, _ := utf8.DecodeRuneInString(rest[i+len(part):])
		first, n := utf8.DecodeRuneInString(part)
		last, _ := utf8.DecodeLastRuneInString(part)
		if !(wordRune(before) && wordRune(first)) && !(wordRune(last) && wordRune(after)) {
			return true
		}
		rest = rest[i+n:]
	}
}

// wordRune reports whether r continues a word. Scripts without spaces have no
// words to continue.
func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// claimed looks at every quotation outside the annotated texts: those in the
// title, the dek and the key points stand in the file's article, those of an
// editor's section in one of the site's.
func (v *verifier) claimed() {
	texts := make([]string, len(v.files))
	text := func(i int) string {
		if texts[i] == "" {
			texts[i] = folded(v.files[i].squeezed())
		}
		return texts[i]
	}
	anywhere := func(q string) bool {
		for i := range v.files {
			if saidIn(q, text(i)) {
				return true
			}
		}
		return false
	}
	for i, f := range v.files {
		v.quoted(f.path, f.source, f.passages, func(q string, own bool) bool {
			return saidIn(q, text(i)) || own && f.metadata != "" && saidIn(q, f.metadata) || !own && anywhere(q)
		})
		f.metadata = ""
	}
	const dir = "content"
	_ = fs.WalkDir(v.Site, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // said where the folder is read
		}
		if n := d.Name(); name != dir && (strings.HasPrefix(n, ".") || strings.HasPrefix(n, "_")) || name == "content/briefings" {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || path.Ext(name) != ".md" {
			return nil
		}
		data, err := plainfile.Read(v.Site, name)
		if err != nil {
			return nil
		}
		source := string(data)
		start := 0
		if strings.HasPrefix(source, "---") {
			if i := strings.Index(source[3:], "\n---"); i >= 0 {
				start = 3 + i + len("\n---")
			}
		}
		v.quoted(name, source, passagesOf(source, start, len(source), "text", false), func(q string, _ bool) bool { return anywhere(q) })
		return nil
	})
}

// ownWords looks at what a briefing quotes of its article above the text.
func (v *verifier) ownWords(f *contentFile) {
	var own []passage
	for _, p := range f.passages {
		if p.own {
			own = append(own, p)
		}
	}
	text := ""
	v.quoted(f.path, f.source, own, func(q string, _ bool) bool {
		if text == "" {
			text = folded(f.squeezed())
		}
		return saidIn(q, text) || f.metadata != "" && saidIn(q, f.metadata)
	})
}

// quoted reports the quotations of list that do not stand where they should.
func (v *verifier) quoted(name, source string, list []passage, said func(q string, own bool) bool) {
	for _, p := range list {
		for _, q := range quotations(p.text) {
			if len(strings.Fields(q.text)) < leastQuoted {
				continue
			}
			if said(q.text, p.own) {
				continue
			}
			where, hint := "the article", "quote the article's words, or take the quotation marks away"
			if !p.own {
				where, hint = "any article of the site", "set it as a block quote with its source, or take the quotation marks away"
			}
			at := 0
			if q.at < len(p.at) {
				at = p.at[q.at]
			}
			v.found(Verbatim, name, source, at, fmt.Sprintf("this %s quotes %s, which does not stand in %s", p.where, quoted(q.text, 0), where), hint)
		}
	}
}

// pointsPlaced looks whether each key point that is a sentence of the article
// leads to the paragraph it stands in.
func (v *verifier) pointsPlaced(f *contentFile) {
	texts := make([]string, len(f.text.blocks))
	for i := range f.text.blocks {
		texts[i] = folded(f.text.blocks[i].text)
	}
	for _, p := range f.passages {
		if p.where != "key point" || len(p.at) == 0 {
			continue
		}
		words := p.text
		if i := strings.LastIndex(words, "¶"); i >= 0 {
			words = words[:i]
		}
		words = strings.TrimSpace(folded(words))
		if len(strings.Fields(words)) < leastQuoted {
			continue
		}
		// The links of this item lie between its first and its last character.
		linked, right := "", false
		for _, t := range f.points {
			if t.at < p.at[0] || t.at > p.at[len(p.at)-1] {
				continue
			}
			linked = t.target
			for i := range f.text.blocks {
				right = right || f.text.blocks[i].id == t.target && strings.Contains(texts[i], words)
			}
		}
		if linked == "" || right {
			continue
		}
		for i := range f.text.blocks {
			if strings.Contains(texts[i], words) {
				v.found(Placed, f.path, f.source, p.at[0], fmt.Sprintf("this key point stands in #%s, but leads to #%s", f.text.blocks[i].id, linked), fmt.Sprintf("let it lead to #%s", f.text.blocks[i].id))
				break
			}
		}
	}
}

// knownDay is the one day that is called by its month and day alone, in whatever
// year that is said.
const knownDay = "2001-09-11"

// A timeSpan is a time expression and what is said of it.
type timeSpan struct {
	text, value, anchor string
	at                  int
}

// times looks at what the time expressions are said to mean.
func (v *verifier) times(f *contentFile) {
	published := day(f.meta.Date)
	whole := ""
	all := func() string { // the year of a range stands at its other end
		if whole == "" {
			whole = f.squeezed()
		}
		return whole
	}
	said := map[string]bool{} // what a time may be reckoned from
	for _, t := range f.text.times {
		said[t.value[:min(len(t.value), len(time.DateOnly))]] = true
	}
	for i, t := range f.text.times {
		anchor := day(t.anchor)
		if !anchor.IsZero() && !anchor.Equal(published) && !said[anchor.Format(time.DateOnly)] {
			what := "which is no date of the article"
			if !published.IsZero() {
				what = "but the article is of " + published.Format(time.DateOnly)
			}
			v.found(NotInvented, f.path, f.source, t.at, fmt.Sprintf("this time is reckoned from %s, %s", t.anchor, what), "reckon it from the article's date, or from a time that stands in its text")
			continue
		}
		value := day(t.value)
		if name, alone := weekday(t.text); name != "" && !value.IsZero() {
			if value.Weekday().String() != name {
				v.found(NotInvented, f.path, f.source, t.at, fmt.Sprintf("%s is a %s, and the article says %s", t.value[:10], value.Weekday(), name), "correct the value, or take it away")
				continue
			}
			if gap := value.Sub(anchor).Abs(); alone && !anchor.IsZero() && gap > 14*24*time.Hour {
				v.found(NotInvented, f.path, f.source, t.at, fmt.Sprintf("%s lies %d days from %s, too far to be called %s", t.value[:10], int(gap.Hours()/24), t.anchor, name), "correct the value, or take it away")
				continue
			}
		}
		if year, ok := yearOf(t.value); ok && !anchor.IsZero() && !value.IsZero() && namesMonth(t.text) && !hasYear(t.text, year) && !f.text.yearAfter(i, year) {
			if gap := value.Sub(anchor).Abs(); gap > 400*24*time.Hour {
				v.found(NotInvented, f.path, f.source, t.at, fmt.Sprintf("%s lies %d days from %s, and %s names no year", t.value[:10], int(gap.Hours()/24), t.anchor, quoted(t.text, 0)), "correct the value, or take it away")
				continue
			}
		}
		if year, ok := yearOf(t.value); ok && t.anchor == "" && t.value != knownDay && !hasYear(t.text, year) && !strings.Contains(all(), year) {
			v.found(NotInvented, f.path, f.source, t.at, fmt.Sprintf("nothing says that %s is of the year %s", quoted(t.text, 0), year), `say what date it is reckoned from with anchor=…, or take the value away`)
		}
	}
}

// besideTime is within how many bytes of the source the next time expression is part of
// the same words: "June 16th of last year".
const besideTime = 150

// yearAfter reports whether the time expression after time i stands for a year, and right
// behind it.
func (t *annotatedText) yearAfter(i int, year string) bool {
	if i+1 >= len(t.times) {
		return false
	}
	next := t.times[i+1]
	return next.value == year && next.at-t.times[i].at < besideTime
}

// day reads the day of an ISO date; the zero time where s has none.
func day(s string) time.Time {
	if len(s) > 10 && s[10] != 'T' && s[10] != ' ' {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, s[:min(len(s), 10)])
	if err != nil {
		return time.Time{}
	}
	return d
}

// weekday returns the English weekday that s names, if it names just one, and
// whether it says hardly more.
func weekday(s string) (name string, alone bool) {
	alone = true
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		known := false
		for d := time.Sunday; d <= time.Saturday; d++ {
			if w == d.String() {
				if name != "" && name != w {
					return "", false
				}
				name, known = w, true
			}
		}
		if !known && !strings.Contains(" on this last next past coming late early morning noon afternoon evening night ", " "+strings.ToLower(w)+" ") {
			alone = false
		}
	}
	return name, alone
}

// yearOf returns the year with which an ISO value begins.
func yearOf(value string) (string, bool) {
	if len(value) < 4 || len(value) > 4 && value[4] != '-' && value[4] != 'T' {
		return "", false
	}
	_, err := strconv.ParseUint(value[:4], 10, 16)
	return value[:4], err == nil
}

// namesMonth reports whether s names a month in English, by its first three letters.
func namesMonth(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for m := time.January; m <= time.December; m++ {
			if len(w) >= 3 && strings.HasPrefix(m.String(), w) || w == "Sept" {
				return true
			}
		}
	}
	return false
}

// hasYear reports whether s names a year, in full or by its last two figures.
// Other figures than ours, and years in words, are taken on trust.
func hasYear(s, year string) bool {
	if strings.Contains(s, year) || strings.Contains(s, year[2:]) {
		return true
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return r > unicode.MaxASCII && unicode.IsLetter(r) || r > unicode.MaxASCII && unicode.IsDigit(r)
	}) >= 0
}

// dated looks whether the seed gives the date that the content says it does.
func (v *verifier) dated(f *contentFile, file *seed.File, art *article.Article) {
	date := f.meta.Date
	published := day(date)
	if date == "" {
		return
	}
	if a := art.Meta.Date; string(a.Basis) == f.meta.Basis && a.Value == date {
		return
	}
	if !published.IsZero() {
		held := false
		switch f.meta.Basis {
		case "filename":
			held = namesDay(file.Path, published, false)
		case "metadata":
			held = namesDay(file.Text, published, false) || namesDay(string(file.Sidecar), published, false)
			for _, s := range file.Stated["date"] {
				held = held || namesDay(s, published, true)
			}
		case "stated":
			for i := range f.text.blocks {
				held = held || namesDay(f.text.blocks[i].text, published, true)
			}
		default:
			return // said already
		}
		if held {
			return
		}
	}
	whence := map[string]string{"filename": "the name of " + file.Path, "metadata": "the metadata of " + file.Path, "stated": "the text of the article"}[f.meta.Basis]
	v.found(NotInvented, f.path, f.source, max(0, strings.Index(f.source, "\ndate:")+1), fmt.Sprintf("the date %s does not stand in %s", quoted(date, 0), whence), "correct the date or its basis; where nothing gives a date, take both away")
}

// namesDay reports whether s names a day in figures; loosely, if its year and
// the number of the day stand in it.
func namesDay(s string, d time.Time, loosely bool) bool {
	for _, layout := range []string{"2006-01-02", "2006_01_02", "2006.01.02", "2006/01/02", "20060102"} {
		if strings.Contains(s, d.Format(layout)) {
			return true
		}
	}
	if !loosely {
		return false
	}
	year, number := false, false
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		year = year || w == d.Format("2006") || w == d.Format("06")
		number = number || w == d.Format("2") || w == d.Format("02")
	}
	return year && number
}
