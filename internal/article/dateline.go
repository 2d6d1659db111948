package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// DatelineLen returns the length of the dateline that t opens with, the dash
// after it and the space included; 0 where there is none. A dateline is a place
// in capitals, or a place and an agency in brackets, before a dash, or an
// agency alone in brackets, or a place and the day before a dash or a stop.
func DatelineLen(t string) int {
	if n := wireDateline(t); n > 0 {
		return n
	}
	return datedPlace(t)
}

// wireDateline returns the length of a dateline that capitals or a known agency
// tell: "KABUL (Reuters) - ".
func wireDateline(t string) int {
	head := cut(t, maxDateline)
	// Most text has none of the signs that make a dash.
	if strings.IndexByte(head, '-') < 0 && strings.IndexByte(head, "—"[0]) < 0 && strings.IndexByte(head, ':') < 0 {
		return 0
	}
	dash, size := firstDash(head)
	if dash < 2 {
		return 0
	}
	place := strings.TrimSpace(head[:dash])
	after := dash + size
	for after < len(t) && (t[after] == ' ' || t[after] == '-') {
		after++
	}
	colon := strings.HasSuffix(head[:dash+size], ": ")
	agency := false
	if open := strings.LastIndexByte(place, '('); open >= 0 && strings.HasSuffix(place, ")") {
		for part := range strings.SplitSeq(place[open+1:len(place)-1], "/") {
			agency = agency || agencies[strings.ToLower(strings.TrimSpace(part))] != ""
		}
		place = strings.TrimSpace(place[:open])
	}
	if place == "" {
		if agency {
			return after
		}
		return 0
	}
	first, _, _ := strings.Cut(place, ",")
	if countWords(first) > 4 || countWords(place) > 10 {
		return 0
	}
	letters, upper := 0, 0
	for _, r := range first {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	capital := letters > 1 && upper == letters
	switch {
	case capital && agency:
	case capital && colon:
		// "KABUL: …" is a dateline in much of Asia, "BIDEN: …" a transcript;
		// a comma or a single well-spaced word cannot tell them apart, so what
		// follows must be a sentence of its own.
		if countWords(t[after:]) < 12 {
			return 0
		}
	case capital:
	case agency && startsHigh(place):
	default:
		return 0
	}
	return after
}

// dashes may part a dateline from the report.
var dashes = [...]string{" - ", " – ", " — ", " -- ", "— ", "– ", "—", ") -", ": "}

// opensDash has the first bytes of the dashes.
var opensDash = func() (t [256]bool) {
	for _, d := range dashes {
		t[d[0]] = true
	}
	return t
}()

// firstDash returns where the first of the dashes stands in head, and its length; -1
// where none does. One with which head opens does not count, nor do others like it.
func firstDash(head string) (at, size int) {
	var opens [len(dashes)]bool
	for i := 0; i < len(head); i++ {
		if c := head[i]; !opensDash[c] || c == ' ' && (i+1 == len(head) || head[i+1] != '-' && head[i+1] != "—"[0]) {
			continue
		}
		for k, d := range dashes {
			switch {
			case opens[k] || !strings.HasPrefix(head[i:], d):
			case i == 0:
				opens[k] = true
			case d == ") -":
				return i + 1, len(d) - 1
			default:
				return i, len(d)
			}
		}
	}
	return -1, 0
}

// StampLen returns the length of the time of day with which an entry of a live
// report opens, the sign after it and the space included, "5.40pm: ", "17:40 – "; 0
// where there is none.
func StampLen(t string) int {
	i := 0
	digits := func() int {
		n := 0
		for i < len(t) && t[i] >= '0' && t[i] <= '9' {
			i, n = i+1, n+1
		}
		return n
	}
	if n := digits(); n == 0 || n > 2 {
		return 0
	}
	minutes := false
	if i+1 < len(t) && (t[i] == ':' || t[i] == '.') && t[i+1] >= '0' && t[i+1] <= '9' {
		i++
		if digits() != 2 {
			return 0
		}
		minutes = true
	}
	rest := strings.TrimLeft(t[i:], " ")
	half := false
	for _, h := range []string{"a.m.", "p.m.", "am", "pm"} {
		if len(rest) > len(h) && strings.EqualFold(rest[:len(h)], h) {
			rest, half = rest[len(h):], true
			break
		}
	}
	if !minutes && !half {
		return 0
	}
	for _, zone := range []string{" GMT", " UTC", " BST", " CET", " EST", " ET", " IST"} {
		if strings.HasPrefix(rest, zone) {
			rest = rest[len(zone):]
			break
		}
	}
	for _, mark := range []string{": ", " – ", " — ", " - ", " | "} {
		if body, ok := strings.CutPrefix(rest, mark); ok && startsHigh(body) {
			return len(t) - len(body)
		}
	}
	return 0
}

// hasFigure reports whether one of the digits 0 to 9 stands in t.
func hasFigure(t string) bool {
	for i := range len(t) {
		if '0' <= t[i] && t[i] <= '9' {
			return true
		}
	}
	return false
}

// maxDateline is the greatest length of a dateline in bytes.
const maxDateline = 110

// datedPlace returns the length of a dateline that the day tells: a place of up to
// four capitalised words, the region after a comma, the agency in brackets, and
// day and month; after them a dash or, where the year is stated too, a stop or colon:
// "Belograd, 7 May 2024 – ", "KORVAN (Nordwire) Sept 3 2023 - ". A dash that leads to
// another date parts the days on which a life began and ended.
func datedPlace(t string) int {
	s := dateScanner{text: cut(t, maxDateline)}
	if r, _ := utf8.DecodeRuneInString(t); !unicode.IsUpper(r) || !hasFigure(s.text) || !s.place() {
		return 0
	}
	if s.comma() && !s.dated() {
		if !s.place() { // "Valmar, North Province, 7 May"
			return 0
		}
		s.comma()
	}
	s.bracket()
	s.comma()
	dated, full := s.date()
	if !dated {
		return 0
	}
	s.bracket()
	return s.leads(full)
}

// A dateScanner reads the parts of a dateline from the beginning of its text.
type dateScanner struct {
	text string
	at   int
}

// next returns the word at the scanner, without moving, and where it ends. A word
// is letters and digits, with hyphens, apostrophes and stops between them.
func (s *dateScanner) next() (word string, end int) {
	i := s.at
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	start := i
	for i < len(s.text) {
		if wordBytes[s.text[i]] == wordByte {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			if i == start || r != '-' && r != '\'' && r != '’' && r != '.' {
				break
			}
			if n, _ := utf8.DecodeRuneInString(s.text[i+size:]); !unicode.IsLetter(n) {
				break
			}
		}
		i += size
	}
	return s.text[start:i], i
}

// comma passes a comma and reports whether one stood there.
func (s *dateScanner) comma() bool {
	if !strings.HasPrefix(s.text[s.at:], ",") {
		return false
	}
	s.at++
	return true
}

// place passes up to four words that may be the name of a place.
func (s *dateScanner) place() bool {
	const most = 4
	n, high := 0, 0
	for ; n <= most; n++ {
		w, end := s.next()
		if n == 0 && w != "" && 'a' <= w[0] && w[0] <= 'z' {
			return false // it is no place, whatever else it is
		}
		lower := strings.ToLower(w)
		if w == "" || months()[lower] > 0 || weekday(lower) || hasDigit(w) {
			break
		}
		switch {
		case startsHigh(w) && !noPlace()[lower]:
			high++
		case n > 0 && placeParticle(lower):
		default:
			return false
		}
		s.at = end
	}
	return high > 0 && n <= most
}

// noPlace are words that a sentence or a note of the page opens with rather than
// a place.
var noPlace = lineWords("opening")

// placeParticle reports whether a word in small letters may stand in the name of a
// place: "Rio de Janeiro".
func placeParticle(w string) bool {
	switch w {
	case "de", "del", "da", "do", "dos", "di", "du", "des", "la", "le", "les", "el", "al", "of", "the", "on", "upon", "sur", "am", "an", "der", "und", "and":
		return true
	}
	return false
}

// weekday reports whether w, in lower case, is a day of the week.
func weekday(w string) bool {
	if len(w) < 3 {
		return false
	}
	switch w[:3] {
	case "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return dateWords()[w]
	}
	return false
}

// dated reports whether a date, perhaps after a weekday, stands at the scanner.
func (s *dateScanner) dated() bool {
	back := *s
	ok, _ := back.date()
	return ok
}

// date passes day and month, in either order, a weekday before them and a year
// after them, and reports whether it found them and whether the year is there.
func (s *dateScanner) date() (found, full bool) {
	w, end := s.next()
	if lower := strings.ToLower(strings.TrimSuffix(w, ".")); weekday(lower) {
		s.at = end
		s.stop()
		s.comma()
		w, end = s.next()
	}
	first := strings.ToLower(w)
	s.at = end
	if months()[first] > 0 {
		s.stop()
		if w, end = s.next(); day(strings.ToLower(w)) == 0 {
			return false, false
		}
	} else {
		if day(first) == 0 {
			return false, false
		}
		if w, end = s.next(); months()[strings.ToLower(w)] == 0 {
			return false, false
		}
	}
	s.at = end
	if months()[strings.ToLower(w)] > 0 {
		s.stop()
	}
	back := *s
	s.comma()
	if w, end = s.next(); len(w) == 4 && firstYear <= year(w) {
		s.at = end
		return true, true
	}
	*s = back
	return true, false
}

// stop passes the stop after an abbreviation.
func (s *dateScanner) stop() {
	if strings.HasPrefix(s.text[s.at:], ".") {
		s.at++
	}
}

// bracket passes what stands in brackets, of one line.
func (s *dateScanner) bracket() {
	t := strings.TrimLeft(s.text[s.at:], " ")
	if !strings.HasPrefix(t, "(") {
		return
	}
	if i := strings.IndexAny(t, ")\n"); i > 0 && t[i] == ')' {
		s.at = len(s.text) - len(t) + i + 1
	}
}

// leads passes the dash after a dateline, or the stop or colon after a full date,
// and returns where the report begins; 0 where none does.
func (s *dateScanner) leads(full bool) int {
	t := s.text[s.at:]
	rest := strings.TrimLeft(t, " \u00a0")
	spaced := len(rest) < len(t)
	mark := ""
	for _, m := range []string{"—", "–", "--", "-", ":", "."} {
		if strings.HasPrefix(rest, m) {
			mark = m
			break
		}
	}
	rest = rest[len(mark):]
	body := strings.TrimLeft(rest, " \u00a0")
	switch mark {
	case "":
		return 0
	case "-":
		if !spaced || len(body) == len(rest) {
			return 0
		}
	case ":":
		if !full || len(body) == len(rest) {
			return 0
		}
	case ".":
		if !full || spaced || len(body) == len(rest) {
			return 0
		}
	}
	if w, _ := (&dateScanner{text: body}).next(); w != "" && (!startsHigh(w) || hasDigit(w) && months()[strings.ToLower(nextWord(body, len(w)))] > 0 || months()[strings.ToLower(w)] > 0) {
		return 0
	}
	return len(s.text) - len(body)
}

// nextWord returns the word of t after its first n bytes.
func nextWord(t string, n int) string {
	w, _ := (&dateScanner{text: t, at: n}).next()
	return w
}

// setsScene reports whether a dateline that ends in a stop, with the date given, may
// be the scene with which a feature opens, "Dallas, 22 November 1963. The motorcade
// …": the article speaks of a later year, too.
func (s *structure) setsScene(t, date string) bool {
	if !strings.HasSuffix(strings.TrimRight(t, " \u00a0"), ".") {
		return false
	}
	for i := 0; i < len(s.text); {
		j := i
		for j < len(s.text) && s.text[j] >= '0' && s.text[j] <= '9' {
			j++
		}
		if j-i == 4 && s.text[i:j] > date[:4] && s.text[i:j] <= "2099" {
			return true
		}
		i = j + 1
	}
	return false
}

// placeOf returns a dateline without the day at its end: "HANOI, July 25".
func placeOf(t string) string {
	s := dateScanner{text: t}
	if !s.place() {
		return t
	}
	end := s.at
	for s.comma() {
		if s.dated() {
			return t[:end]
		}
		if !s.place() {
			break
		}
		end = s.at
	}
	if s.dated() {
		return t[:end]
	}
	return t
}

// readDateline takes publisher and date from a wire dateline as far as it
// states them: "KABUL, 3 May 2024 (Reuters) - ".
func (s *structure) readDateline(t string) {
	open, end := strings.LastIndexByte(t, '('), strings.LastIndexByte(t, ')')
	if open >= 0 && end > open {
		for part := range strings.SplitSeq(t[open+1:end], "/") {
			if a := agencies[strings.ToLower(strings.TrimSpace(part))]; a != "" && s.meta.Publisher == "" {
				s.meta.Publisher = a
			}
		}
		if a := strings.TrimSpace(t[open+1 : end]); s.meta.Publisher == "" && agencyName(a) && allUpper(placeOf(t[:open])) {
			s.meta.Publisher = a // one that no list has
		}
	}
	if d, ok := firstDate(t); ok && s.meta.Date.Value == "" && !s.setsScene(t, d.value) {
		s.meta.Date = Date{d.value, DateStated}
	}
}
