package article

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/article/boilerplate"
	"readout/internal/wordlist"
)

// messageHeader reads the header of a saved mail or an agency's form at the
// start of the text: at least two lines "Key: value" with keys in use there.
func (s *structure) messageHeader() {
	n, known := 0, 0
	for n < len(s.drafts) && n < 20 {
		key, _, ok := headerLine(s.in(n))
		if !ok {
			break
		}
		if headerKeys[key] != 0 {
			known++
		}
		n++
	}
	if known < 2 || known*2 < n {
		return
	}
	for i := range n {
		key, value, _ := headerLine(s.in(i))
		role := headerKeys[key]
		d := &s.drafts[i]
		switch {
		case role == headTitle && s.meta.Title == "":
			s.fix(i, Headline)
			s.meta.Title = flat(value)
			s.meta.TitleBasis = TitleStated
			s.meta.TitleSpan = d.Span
			s.meta.TitleSpan.Start = d.Span.End - len(value)
		case role == headTitle:
			s.fix(i, Headline)
		case role == headDate:
			s.fix(i, Dateline)
			s.stateDate(value)
		case role == headBy:
			s.fix(i, Byline)
			if names, _ := names(value); len(names) > 0 && len(s.meta.Byline) == 0 {
				s.meta.Byline = names
			}
		case role == headPublisher:
			s.setAside(i, "a line of the message header")
			if s.meta.Publisher == "" {
				s.meta.Publisher = flat(value)
			}
		default:
			s.setAside(i, "a line of the message header")
		}
	}
}

type headRole uint8

const (
	headOther headRole = 1 + iota
	headTitle
	headDate
	headBy
	headPublisher
)

// headerKeys are the keys of mail headers and of the forms archives print above
// an article.
var headerKeys = map[string]headRole{
	"subject": headTitle, "title": headTitle, "headline": headTitle,
	"date": headDate, "published": headDate, "publication date": headDate, "sent": headDate,
	"author": headBy, "byline": headBy, "by": headBy,
	"publication": headPublisher, "publisher": headPublisher,
	"from": headOther, "to": headOther, "cc": headOther, "bcc": headOther, "reply-to": headOther, "source": headOther,
	"message-id": headOther, "mime-version": headOther, "content-type": headOther, "content-transfer-encoding": headOther,
	"url": headOther, "link": headOther, "section": headOther, "category": headOther, "length": headOther, "copyright": headOther,
	"keywords": headOther, "language": headOther, "list-id": headOther, "x-mailer": headOther, "received": headOther,
	"slug": headOther, "return-path": headOther, "tags": headOther, "location": headOther,
}

// headerLine cuts a line "Key: value".
func headerLine(t string) (key, value string, ok bool) {
	i := strings.IndexByte(t, ':')
	if i <= 0 || i > 40 || strings.ContainsRune(t, '\n') && len(t) > 500 {
		return "", "", false
	}
	key = strings.ToLower(t[:i])
	value = strings.TrimLeftFunc(t[i+1:], unicode.IsSpace)
	if countWords(key) > 3 || value == "" {
		return "", "", false
	}
	return key, value, true
}

// byline takes block i for the byline if it reads like one.
func (s *structure) byline(i int) bool {
	t := s.in(i)
	if s.words[i] > 24 || utf8.RuneCountInString(t) > 200 || s.drafts[i].lines > 2 {
		return false
	}
	if c, ok := readCredits(t); ok && !endsWithWordStop(t) && !(len(c.by) == 0 && c.date == "" && s.headed(i) && doubtful(t)) && (s.headed(i) || (len(c.by) > 0 || c.date != "") && s.headsBelow(i)) {
		s.fix(i, Byline)
		if len(s.meta.Byline) == 0 {
			s.meta.Byline = c.by
		}
		set(&s.meta.Publisher, c.outlet)
		if c.date != "" && s.meta.Date.Value == "" {
			s.meta.Date = Date{c.date, DateStated}
		}
		return true
	}
	rest, cued := bylineCue(t)
	if name, job, ok := strings.Cut(t, ","); ok && !cued && isName(name) && len(strings.Fields(name)) > 1 && s.words[i] <= 8 && isJob(job) && !endsSentence(t) {
		rest, cued = name, true // "Jane Roe, Geneva correspondent"
	}
	for _, at := range []string{" at the ", " at ", " in "} {
		// "Omar Trabelsi at the Stade Olympique"
		if name, place, ok := strings.Cut(t, at); ok && !cued && s.headed(i) && s.words[i] <= 9 && isName(name) && named(name) && strings.Contains(name, " ") && titleCase(strings.Trim(place, "., ")) && !endsSentence(t) {
			rest, cued = name, true
			break
		}
	}
	if !cued && s.headed(i) && s.words[i] <= 16 && !endsSentence(t) && eachIn(flat(t)) {
		rest, cued = t, true // "Meera Rao in San Francisco and Ludo Fair in Taipei"
	}
	if from, ok := strings.CutPrefix(t, "From "); ok && !cued && s.headed(i) && s.words[i] <= 8 && !endsSentence(t) {
		if name, _, _ := strings.Cut(from, ","); isName(name) && namelike(name) && strings.Contains(name, " ") {
			rest, cued = from, true // "From Chika Eze, Abuja"
		}
	}
	if outlet, ok := nobody(t); !cued && ok && s.words[i] > 1 && i > 0 && !endsSentence(t) {
		s.fix(i, Byline) // "Pell County Ledger staff report"
		set(&s.meta.Publisher, outlet)
		return true
	}
	if !cued {
		// A name alone is a byline only right above a date line or an outlet, or where the
		// article ends with a line on who that is.
		if s.tellsOf(i, flat(t)) {
			rest = t
		} else if i+1 >= len(s.drafts) || i == 0 || s.words[i] > 8 || !s.isDateLine(i+1) && !isOutlet(flat(s.in(i+1))) {
			return false
		}
		if officeName(t) {
			return false // "Ministry of Foreign Affairs" above the day
		}
		rest = t
	}
	found, publisher := names(rest)
	if len(found) == 0 {
		outlet, ok := nobody(rest)
		if !ok || !cued {
			return false
		}
		publisher = outlet
	}
	s.fix(i, Byline)
	if len(s.meta.Byline) == 0 {
		s.meta.Byline = found
	}
	if s.meta.Publisher == "" && publisher != "" {
		s.meta.Publisher = publisher
	}
	if d, ok := firstDate(t); ok && s.meta.Date.Value == "" {
		s.meta.Date = Date{d.value, DateStated}
	}
	return true
}

// doubtful reports whether t, alone below a headline, may be anything with an article:
// "The Post" beneath "Post office to close".
func doubtful(t string) bool {
	f := strings.Fields(strings.ToLower(flat(t)))
	if len(f) != 2 || f[0] != "the" {
		return false
	}
	strong, listed := outletWords()[f[1]]
	return listed && !strong
}

// eachIn reports whether t names people and the place where each of them is, and at least
// two: "Meera Rao in San Francisco and Ludo Fair in Taipei".
func eachIn(t string) bool {
	n := 0
	for part := range strings.SplitSeq(strings.ReplaceAll(t, " and ", ", "), ", ") {
		name, place, ok := strings.Cut(part, " in ")
		if !ok || !isName(name) || !strings.Contains(name, " ") || !namelike(name) || !titleCase(place) {
			return false
		}
		n++
	}
	return n > 1
}

// tellsOf reports whether block i, below the headline, is the name of a person and no more,
// and the last paragraph says who that is: "Ada Lee is a novelist."
func (s *structure) tellsOf(i int, name string) bool {
	if !s.headed(i) || s.words[i] < 2 || s.words[i] > 5 || s.drafts[i].lines > 1 || !isName(name) || !namelike(name) || officeName(name) {
		return false
	}
	for k := len(s.drafts) - 1; k > i && k >= len(s.drafts)-4; k-- {
		t := strings.TrimLeft(s.in(k), "*_• ")
		if rest, ok := strings.CutPrefix(t, name); ok && s.words[k] < 80 && (strings.HasPrefix(rest, " is ") || strings.HasPrefix(rest, " was ") || strings.HasPrefix(rest, ", ") || strings.HasPrefix(rest, " writes ")) {
			return true
		}
	}
	return false
}

// headed reports whether the headline stands above block i.
func (s *structure) headed(i int) bool {
	for _, d := range s.drafts[:i] {
		if d.Role == Headline {
			return true
		}
	}
	return false
}

// bylineCue cuts the words that open a byline.
func bylineCue(t string) (string, bool) {
	f := strings.ToLower(cut(t, 40))
	for _, cue := range []string{
		"by ", "by: ", "written by ", "story by ", "words by ", "words: ", "reported by ", "author: ", "from our correspondent ",
		"live updates by ", "live reporting by ", "special to ", "special for ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "autor: ", "автор: ", "текст: ", "بقلم ", "文/", "記者",
	} {
		if strings.HasPrefix(f, cue) && len(cue) < len(t) {
			return t[len(cue):], true
		}
	}
	// "Court Reporter: Jane Roe"
	if job, rest, ok := strings.Cut(t, ":"); ok && countWords(job) <= 5 && reportersJob(job) && isName(strings.TrimSpace(rest)) && namelike(rest) {
		return rest, true
	}
	// "Opinion | Jane Roe"
	if label, rest, ok := strings.Cut(t, "|"); ok && sectionLabel(label) && isName(strings.TrimSpace(rest)) && namelike(rest) {
		return rest, true
	}
	return "", false
}

// agencies are news agencies whose name in a byline or a dateline names the
// publisher.
var agencies = map[string]string{
	"reuters": "Reuters", "ap": "AP", "associated press": "Associated Press", "the associated press": "The Associated Press",
	"afp": "AFP", "agence france-presse": "Agence France-Presse", "dpa": "dpa", "upi": "UPI", "pti": "PTI", "ians": "IANS", "ani": "ANI",
	"app": "APP", "xinhua": "Xinhua", "kyodo": "Kyodo", "kyodo news": "Kyodo News", "yonhap": "Yonhap", "tass": "TASS", "itar-tass": "ITAR-TASS",
	"interfax": "Interfax", "anadolu": "Anadolu", "aa": "AA", "anadolu agency": "Anadolu Agency", "efe": "EFE", "ansa": "ANSA", "bloomberg": "Bloomberg",
	"irna": "IRNA", "bernama": "Bernama", "antara": "Antara", "mena": "MENA", "wam": "WAM", "qna": "QNA", "spa": "SPA", "ukrinform": "Ukrinform",
	"cp": "CP", "the canadian press": "The Canadian Press", "canadian press": "Canadian Press", "aap": "AAP", "pa": "PA", "pa media": "PA Media", "cns": "CNS", "vna": "VNA",
	"dw": "DW", "belga": "Belga", "anp": "ANP", "apa": "APA", "ritzau": "Ritzau", "ntb": "NTB", "tt": "TT", "lusa": "Lusa", "pap": "PAP", "ctk": "CTK",
	"sapa": "SAPA", "nan": "NAN", "gna": "GNA", "sana": "SANA", "petra": "Petra", "unb": "UNB", "bss": "BSS", "rss": "RSS", "pna": "PNA",
}

// names reads the names of a byline: capitalised words, joined by "and" or set
// off by commas. It stops at what is no name, and returns nothing where the
// first word is not one.
func names(t string) (found []string, publisher string) {
	t = flat(t)
	for _, sep := range []string{" | ", " • ", " · ", " – ", " — ", " / ", "; ", " & ", " and ", " und ", " et ", " y ", " e ", " with "} {
		t = strings.ReplaceAll(t, sep, ", ")
	}
	t = strings.ReplaceAll(t, " AND ", ", ")
	for part := range strings.SplitSeq(t, ",") {
		part = strings.Trim(part, " .*()")
		// The place or the time a name is followed by is no part of it.
		for _, sep := range []string{" in ", " at ", " for ", " @", " <", "  ", " (", " on "} {
			if i := strings.Index(part, sep); i > 0 {
				tail := strings.Trim(part[i+len(sep):], " )>")
				if sep == " for " {
					tail, _, _ = strings.Cut(tail, ". ") // "By Jane Roe for Ala-Too Monitor. Translated by …"
				}
				if a := agencies[strings.ToLower(tail)]; a != "" && publisher == "" {
					publisher = a
				} else if bare := strings.TrimPrefix(tail, "the "); sep == " for " && publisher == "" && agencyName(bare) && strings.Contains(bare, " ") && !named(bare) && weakOutletName(bare) {
					publisher = bare
				} else if tail = strings.TrimPrefix(tail, "the "); publisher == "" && outletName(tail) {
					publisher = tail
				}
				part = part[:i]
			}
		}
		if a := agencies[strings.ToLower(part)]; a != "" {
			if publisher == "" {
				publisher = a
			}
			continue
		}
		if len(found) > 0 && outletName(part) {
			if publisher == "" {
				publisher = part // "By Jane Roe, Daily Lantern"
			}
			continue
		}
		if _, none := nobody(part); none && part != "" {
			if len(found) == 0 {
				return nil, publisher // "By Our Correspondents in Elmali"
			}
			continue
		}
		if !isName(part) {
			if len(found) == 0 && publisher == "" {
				return nil, ""
			}
			continue
		}
		found = append(found, part)
	}
	if len(found) == 0 && publisher != "" {
		found = []string{publisher}
	}
	return found, publisher
}

// weakOutletName reports whether t ends in a word that outlets are called by, be it one that
// ends other names too.
func weakOutletName(t string) bool {
	f := strings.Fields(strings.ToLower(t))
	if len(f) == 0 {
		return false
	}
	_, listed := outletWords()[f[len(f)-1]]
	return listed && !reportersJob(t)
}

// jobs are words that show that a capitalised phrase is a job, not a name.
var jobs = lineWords("job")

// isJob reports whether t, the line after a byline, says what its author does.
func isJob(t string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(t)) {
		w = strings.Trim(w, ",.|")
		if jobs()[w] || agencies[w] != "" {
			return true
		}
	}
	return false
}

// reportersJob reports whether t is nothing but the post of a journalist and the field it
// is in: "Court Reporter", "Local Democracy Reporter".
func reportersJob(t string) bool {
	f := strings.Fields(strings.ToLower(t))
	for _, w := range f {
		if !beats()[w] {
			return false
		}
	}
	if len(f) == 0 {
		return false
	}
	switch f[len(f)-1] {
	case "reporter", "correspondent", "writer", "editor", "columnist":
		return true
	}
	return false
}

//go:embed data/beats.txt
var beatsData string

// beats are the words for the posts of journalists.
var beats = sync.OnceValue(func() map[string]bool { return wordlist.Set(beatsData) })

// isName reports whether t is written like a person's name: two to six words,
// each capitalised, of a script without case, or a particle.
func isName(t string) bool {
	fields := strings.Fields(t)
	if len(fields) < 1 || len(fields) > 6 || len(t) > 60 {
		return false
	}
	high := 0
	for _, w := range fields {
		r, _ := utf8.DecodeRuneInString(w)
		lower := strings.ToLower(strings.Trim(w, "."))
		switch {
		case jobs()[lower] || months()[lower] > 0 && lower != "may" && lower != "june" && lower != "april" && lower != "jan":
			return false
		case !unicode.IsLetter(r) || strings.ContainsAny(w, "0123456789:/@"):
			return false
		case !unicode.IsLower(r):
			high++
		case len(w) > 5:
			return false
		}
	}
	return high >= 2 || high == 1 && (len(fields) > 1 || isCaseless(t))
}

// officeName reports whether t is called like a body that gives out statements.
func officeName(t string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(t)) {
		if offices()[strings.Trim(w, ",.")] {
			return true
		}
	}
	return false
}

// offices are what bodies that give out statements are called by.
var offices = lineWords("office")

// namelike reports whether all words of t but particles are capitalised, and none is
// one that headlines begin with.
func namelike(t string) bool {
	for i, w := range strings.Fields(t) {
		lower := strings.ToLower(w)
		switch {
		case i == 0 && (lower == "the" || lower == "a" || lower == "an" || lower == "why" || lower == "how" || lower == "what"):
			return false
		case startsHigh(w) || isCaseless(w) || placeParticle(lower) && lower != "the" && lower != "on" && lower != "an" && lower != "am", lower == "van", lower == "von", lower == "bin", lower == "ibn":
		default:
			return false
		}
	}
	return true
}

func isCaseless(t string) bool {
	r, _ := utf8.DecodeRuneInString(t)
	return !unicode.IsUpper(r) && !unicode.IsLower(r)
}

// dateLine takes block i for a date line if it is only place, date and time.
func (s *structure) dateLine(i int) bool {
	if !s.isDateLine(i) {
		return false
	}
	s.fix(i, Dateline)
	s.stateDate(s.in(i))
	return true
}

// placeLine takes block i for a dateline if it is nothing but a place in capitals, below
// the headline or the byline: "NEW DELHI".
func (s *structure) placeLine(i int) bool {
	t := strings.TrimRight(s.in(i), ":,. ")
	if !s.headed(i) || s.words[i] > 4 || s.drafts[i].lines > 1 || hasDigit(t) || !allUpper(t) || len(t) < 4 || sectionLabel(t) || i+1 >= len(s.drafts) || !s.prose[i+1] {
		return false
	}
	scan := dateScanner{text: t}
	if !scan.place() || scan.comma() && !scan.place() || scan.at < len(t) {
		return false
	}
	s.fix(i, Dateline)
	return true
}

// stateDate takes the publication date from a line that states it, unless it is
// known, or the line only says when the article was changed.
func (s *structure) stateDate(t string) {
	f := boilerplate.Folded(t)
	if s.meta.Date.Value != "" {
		return
	}
	if changed := strings.HasPrefix(f, "updated") || strings.HasPrefix(f, "last updated") || strings.HasPrefix(f, "modified") || strings.HasPrefix(f, "last modified"); changed {
		i := strings.Index(f, "published")
		if i < 0 {
			return
		}
		f = f[i:]
	} else if i := strings.Index(f, "updated"); i > 0 {
		f = f[:i]
	}
	if d, ok := firstDate(f); ok {
		s.meta.Date = Date{d.value, DateStated}
	}
}

// dateWords may stand in a date line beside its figures.
var dateWords = lineWords("date")

// partsDate reports whether r may stand between the parts of a date.
func partsDate(r rune) bool {
	switch r {
	case ',', '(', ')', '|', '•', '·', '–', '—', '-', '/', ':':
		return true
	}
	return unicode.IsSpace(r)
}

// isDateLine reports whether block i is a date with nothing beside it but its
// label, a weekday, a time, and at most a place.
func (s *structure) isDateLine(i int) bool {
	t := s.in(i)
	if s.words[i] > 24 || len(t) > 160 || s.drafts[i].lines > 2 {
		return false
	}
	dated, other := false, 0
	for w := range strings.FieldsFuncSeq(t, partsDate) {
		lower := asciiDigits(strings.ToLower(strings.Trim(w, ".;")))
		switch {
		case lower == "" || dateWords()[lower]:
		case months()[lower] > 0:
			dated = true
		case lower[0] >= '0' && lower[0] <= '9':
			if len(lower) == 4 && year(lower) >= firstYear || strings.Contains(lower, "年") || strings.Count(lower, ".") == 2 {
				dated = true
			}
		case other > 0 && placeParticle(lower), lower == "translated" || lower == "translation":
		case startsHigh(w) && strings.Contains(t, w+": "):
			return false // "TRANSCRIPT: Dec. 3"
		case startsHigh(w):
			other++
		default:
			return false
		}
	}
	return dated && other <= 4 && (other == 0 || hasDigit(t)) && !endsWithWordStop(t)
}

func hasDigit(t string) bool { return strings.IndexFunc(t, unicode.IsDigit) >= 0 }

// endsWithWordStop reports whether t ends in a word and a stop, as sentences
// do; "a.m." does not.
func endsWithWordStop(t string) bool {
	w := t[strings.LastIndexFunc(t, unicode.IsSpace)+1:]
	return strings.HasSuffix(w, ".") && strings.Count(w, ".") == 1 && !hasDigit(w)
}

// sectionLabel reports whether t is the name of a section of a news site or a
// label above a headline.
func sectionLabel(t string) bool {
	switch boilerplate.Folded(strings.Trim(t, " :|>•")) {
	case "world", "world news", "politics", "opinion", "business", "sport", "sports", "culture", "analysis", "exclusive", "breaking",
		"breaking news", "news", "national", "international", "asia", "south asia", "africa", "europe", "middle east", "americas",
		"editorial", "features", "feature", "live", "live updates", "local", "local news", "economy", "technology", "tech", "science",
		"health", "environment", "climate", "entertainment", "lifestyle", "home", "latest", "top stories", "top story", "op-ed",
		"explainer", "explained", "interview", "commentary", "comment", "news analysis",
		"video", "photos", "in pictures", "special report", "report", "investigation", "fact check":
		return true
	}
	return false
}

// credit reads what the body says of the article's origin: the dateline of the
// first paragraph, and a closing line that states the day of publication.
func (s *structure) credit() {
	for i := range s.drafts {
		if s.drafts[i].Role != Paragraph {
			continue
		}
		t := s.in(i)
		if n := DatelineLen(t); n > 0 {
			s.readDateline(t[:n])
		}
		break
	}
	for i := range s.drafts {
		d := s.drafts[i]
		if s.meta.Date.Value != "" || d.Role != SetAside && d.Role != Paragraph || s.words[i] > 25 {
			continue
		}
		f := boilerplate.Folded(s.in(i))
		for _, cue := range []string{"published on ", "published: ", "published ", "first published ", "posted on ", "originally published on ", "this article was published on ", "this article was first published on "} {
			if !strings.HasPrefix(f, cue) {
				continue
			}
			// "Published in 1984, the novel tells of 3 May 1924" states no date.
			if d, ok := firstDate(f); ok && onlyDate(f[len(cue):d.end]) {
				s.stateDate(f)
			}
			break
		}
	}
}

// agencyName reports whether what a dateline has in brackets may be the name of
// an agency: up to four capitalised words, no day or month.
func agencyName(t string) bool {
	fields := strings.Fields(t)
	for _, w := range fields {
		lower := strings.ToLower(w)
		if !startsHigh(w) || months()[lower] > 0 || dateWords()[lower] || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '.' }) {
			return false
		}
	}
	return len(fields) > 0 && len(fields) <= 4
}

// allUpper reports whether t has letters and none of them is small.
func allUpper(t string) bool {
	return strings.IndexFunc(t, unicode.IsUpper) >= 0 && strings.IndexFunc(t, unicode.IsLower) < 0
}
