package article

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"readout/internal/article/boilerplate"
	"readout/internal/wordlist"
)

// credits reads the lines beside the body that say who published the article,
// when, and who wrote it: "Published on 10 May 2024 in Geo Weekly",
// "Daily Lantern | May 8, 2024 | By Jane Roe". Such a line is nothing but its
// parts; any other word in it leaves it to the rest of the text.
func (s *structure) credits() {
	const reach = 6 // blocks from either end
	for i := range s.drafts {
		if s.drafts[i].fixed || i >= reach && i < len(s.drafts)-reach || s.words[i] > 20 || s.drafts[i].lines > 2 || utf8.RuneCountInString(s.in(i)) > 160 {
			continue
		}
		s.publication(i)
		if !s.drafts[i].fixed {
			s.fields(i)
		}
	}
}

// published are the openings of lines that say when and where an article came out,
// the longest first.
var published = []string{
	"this article was originally published ", "this article was first published ", "this article was published ",
	"originally published ", "first published ", "published ", "posted ", "issued ", "released ",
}

// publication sets block i aside where it says when and where the article was
// published, and nothing else, and takes from it what is not known yet.
func (s *structure) publication(i int) {
	t := flat(s.in(i))
	cued := ""
	for _, cue := range published {
		if len(t) > len(cue) && strings.EqualFold(t[:len(cue)], cue) {
			cued = cue
			break
		}
	}
	if cued == "" {
		return
	}
	rest := strings.TrimRight(t[len(cued):], ". ")
	dated, ok := firstDate(rest)
	if !ok {
		return
	}
	// What stands before the date and after it names the outlet, if anything.
	before := strings.Trim(rest[:dated.start], " ,(:")
	after := strings.Trim(rest[dated.end:], " ,)")
	if f := strings.Fields(before); len(f) > 0 && strings.EqualFold(f[len(f)-1], "on") {
		before = strings.Join(f[:len(f)-1], " ")
	}
	name := ""
	for _, side := range []string{before, after} {
		if side == "" {
			continue
		}
		word, of, _ := strings.Cut(side, " ")
		switch strings.ToLower(word) {
		case "in", "by", "at", "on":
		default:
			return
		}
		if of = strings.TrimPrefix(strings.TrimPrefix(of, "the "), "The "); name != "" || !agencyName(of) {
			return
		}
		if strings.EqualFold(word, "by") && !outletName(of) && isName(of) && named(of) {
			s.fix(i, Byline) // "Posted by Jane Roe on May 3, 2024"
			if len(s.meta.Byline) == 0 {
				s.meta.Byline = []string{of}
			}
			if s.meta.Date.Value == "" {
				s.meta.Date = Date{dated.value, DateStated}
			}
			return
		}
		name = strings.TrimSpace(side[len(word):])
		name = strings.TrimPrefix(name, "the ")
	}
	if name == "" {
		return // a date line
	}
	s.setAside(i, "the line that says when and where it was published")
	if s.meta.Publisher == "" {
		s.meta.Publisher = name
	}
	if s.meta.Date.Value == "" {
		s.meta.Date = Date{dated.value, DateStated}
	}
}

// fields reads block i where it is a line of fields, parted by bars or dots, of
// which one is a date or a byline and no more than one a name without either.
func (s *structure) fields(i int) {
	t := flat(s.in(i))
	var parts []string
	for _, sep := range []string{" | ", " • ", " · ", " / ", " — ", " – "} {
		if strings.Contains(t, sep) {
			parts = strings.Split(t, sep)
			break
		}
	}
	if len(parts) < 2 || len(parts) > 5 {
		return
	}
	var by []string
	date, name, other := "", "", ""
	for _, p := range parts {
		p = strings.Trim(p, " ,")
		rest, cued := bylineCue(p)
		found, _ := names(rest)
		switch {
		case cued && len(found) > 0:
			by = append(by, found...)
		case onlyDate(p):
			if d, ok := firstDate(strings.ToLower(p)); ok && date == "" && !strings.HasPrefix(boilerplate.Folded(p), "updated") {
				date = d.value
			}
		case sectionLabel(p), pieceLabel(p):
		case name == "" && agencyName(strings.TrimPrefix(p, "The ")):
			name = p
		case other == "" && titleCase(p):
			other = p
		default:
			return
		}
	}
	// Beside a full date and an author what remains is the outlet, whatever it is
	// called, where the headline stands below.
	if other != "" {
		if name != "" || len(by) == 0 || date == "" || !s.headsBelow(i) || letters(other) == letters(s.meta.Title) {
			return
		}
		name = other
	}
	// A lone name beside a date may be the author or the outlet: only words that
	// outlets are called by tell.
	if len(by) == 0 && name == "" || len(by) == 0 && (date == "" || name != "" && !outletName(name)) || date == "" && name == "" {
		return
	}
	s.fix(i, Byline)
	if len(s.meta.Byline) == 0 {
		s.meta.Byline = by
	}
	if s.meta.Publisher == "" {
		s.meta.Publisher = name
	}
	if s.meta.Date.Value == "" && date != "" {
		s.meta.Date = Date{date, DateStated}
	}
}

// pieceLabel reports whether t is a label for what kind of piece the article is, which
// names no outlet: "FULL-TIME REPORT", "Match report", "LIVE BLOG".
func pieceLabel(t string) bool {
	f := strings.Fields(boilerplate.Folded(t))
	if len(f) == 0 || len(f) > 3 {
		return false
	}
	return pieceNames()[f[len(f)-1]] &&
		(allUpper(t) || len(f) < 3 && f[0] != "daily" && f[0] != "weekly" && !strings.HasPrefix(t, "The "))
}

// pieceNames are the last words of labels for a kind of piece.
var pieceNames = lineWords("piece")

// headsBelow reports whether the block after i may be the headline.
func (s *structure) headsBelow(i int) bool {
	return i+1 < len(s.drafts) && !s.prose[i+1] && (s.drafts[i+1].Role == Heading || s.drafts[i+1].Role == Headline || !s.drafts[i+1].fixed) && s.canHead(i+1)
}

// titleCase reports whether t is written like a name of up to eight words: all of
// them capitalised but for the small ones in between.
func titleCase(t string) bool {
	const longest = 8
	f := strings.Fields(t)
	for i, w := range f {
		switch {
		case startsHigh(w) && (i > 0 || !hasDigit(w)), i > 0 && w == "&":
		case i > 0 && i < len(f)-1 && (placeParticle(w) || w == "for" || w == "in"):
		default:
			return false
		}
	}
	return len(f) > 0 && len(f) <= longest && !strings.ContainsAny(t, ",:;?!\"“”") && !endsSentence(t)
}

// onlyDate reports whether t is a date or a time with its label, and nothing
// else.
func onlyDate(t string) bool {
	dated := false
	for w := range strings.FieldsFuncSeq(t, func(r rune) bool { return strings.ContainsRune(" ,():-/", r) }) {
		lower := strings.ToLower(strings.Trim(w, ".;"))
		switch {
		case lower == "" || dateWords()[lower]:
		case months()[lower] > 0 || hasDigit(lower) && utf8.RuneCountInString(lower) <= 8:
			dated = true
		default:
			return false
		}
	}
	return dated
}

//go:embed data/outlets.txt
var outletsData string

// outletWords are the words that the names of outlets end in; false for those that
// count only after another such word.
var outletWords = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for row := range wordlist.Rows(outletsData) {
		words, weak := strings.CutPrefix(row, "weak:")
		for _, w := range strings.Fields(words) {
			m[w] = !weak
		}
	}
	return m
})

// outletName reports whether t is written like the name of an outlet: an agency,
// or two to five capitalised words of which the last is one that outlets are called by.
func outletName(t string) bool {
	bare := strings.TrimPrefix(t, "The ")
	f := strings.Fields(strings.ToLower(bare))
	if len(f) > 5 || !agencyName(strings.Join(strings.Fields(bare)[:min(len(f), 4)], " ")) {
		return false
	}
	if agencies[strings.Join(f, " ")] != "" {
		return true
	}
	if reportersJob(bare) {
		return false // "Court Reporter"
	}
	strong, listed := outletWords()[f[len(f)-1]]
	switch {
	case !listed:
		return false
	case bare != t:
		return true
	case strong:
		return len(f) > 1
	}
	switch f[0] {
	case "daily", "sunday", "evening", "morning":
		return len(f) > 1
	}
	return false
}

// collective are words by which a byline names those who work for an outlet, not
// an author.
var collective = lineWords("staff")

// joinsStaff reports whether w may stand among the words for who works for an outlet:
// "staff and wire reports".
func joinsStaff(w string) bool {
	return strings.EqualFold(w, "and") || strings.EqualFold(w, "wire") || strings.EqualFold(w, "agency")
}

// masthead takes block i for the name of the outlet where it is one, or what the
// article states as its publisher, and the headline, or a correction, stands below it.
func (s *structure) masthead(i int) bool {
	name := flat(s.in(i))
	if !outletName(name) && (name == "" || !strings.EqualFold(name, s.meta.Publisher)) || s.drafts[i].lines > 1 || !s.headsBelow(i) && !(i+1 < len(s.drafts) && opensCorrection(s.in(i+1))) {
		return false
	}
	s.fix(i, Byline)
	if s.meta.Publisher == "" {
		s.meta.Publisher = name
	}
	return true
}

// nobody reports whether a byline, its cue taken off, names no author but who the
// author works for, "our correspondent", "the Mountain Gazette staff", and the
// outlet where it has one.
func nobody(rest string) (outlet string, ok bool) {
	rest, _, _ = strings.Cut(flat(rest), " in ") // "Our Correspondents in Elmali and Ankara"
	f := strings.Fields(strings.TrimRight(rest, "."))
	n := len(f)
	if n == 0 || n > 7 || !collective()[strings.ToLower(f[n-1])] {
		return "", false
	}
	for n > 0 && (collective()[strings.ToLower(f[n-1])] || n < len(f) && joinsStaff(f[n-1]) || jobs()[strings.ToLower(f[n-1])] && !outletWords()[strings.ToLower(f[n-1])]) {
		n--
	}
	first := 0
	if n > 0 && strings.EqualFold(f[0], "the") {
		first = 1
	}
	if name := strings.Join(f[first:n], " "); outletName(name) {
		return name, true
	}
	for _, w := range f[:n] {
		switch strings.ToLower(w) {
		case "from", "a", "an", "the", "our", "own", "local", "district", "court", "sports", "business", "crime", "city":
		default:
			return "", false
		}
	}
	return "", true
}
