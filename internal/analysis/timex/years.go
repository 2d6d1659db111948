package timex

import (
	"fmt"
	"strings"

	"readout/internal/annotation"
	"readout/internal/numeral"
	"readout/internal/token"
)

// yearLead are the words before which four figures are a year, whatever follows.
var yearLead = wordSet("yearLead")

// yearAlone matches a year in figures, ranges of years, decades and centuries.
func (s *scanner) yearAlone(i int) (found, bool) {
	if f, ok := s.decade(i); ok {
		return f, true
	}
	if f, ok := s.centuryAt(i); ok {
		return f, true
	}
	y, n := s.number(i, 4)
	if n > 0 && n < 4 && s.era(i+1, n) {
		f := explicit(i, i+2, date{y: y}, "era")
		if w := s.norm(i + 1); w == "bc" || w == "bce" {
			f.value, f.date = fmt.Sprintf("BC%04d", y), date{}
		}
		return f, true
	}
	if n != 4 || y < 1000 || y > 2199 {
		return found{}, false
	}
	if w := s.norm(i + 1); (w == "bc" || w == "bce") && y < 4000 {
		return found{from: i, to: i + 2, typ: annotation.DateType, value: fmt.Sprintf("BC%04d", y), rule: "era"}, true
	}
	if !s.isYear(i, y) {
		return found{}, false
	}
	f := explicit(i, i+1, date{y: y}, "year")
	// "2014-15", "1890 – 91", "2015/16"
	if w := s.norm(i + 1); s.dash(i+1) || w == "/" && s.glued(i+1) && s.glued(i+2) {
		if n2, digits := s.number(i+2, 2); digits == 2 && n2 > y%100 && !countedNext(s.norm(i+3)) && (s.toks[i+1].Space == s.toks[i+2].Space) && !s.glued(i+3) || digits == 2 && n2 > y%100 && s.norm(i+3) != "-" && s.norm(i+3) != "/" && s.toks[i+1].Space == s.toks[i+2].Space {
			s.extra = append(s.extra, explicit(i+2, i+3, date{y: y - y%100 + n2}, "year"))
		}
	}
	return f, true
}

// era reports whether token i tells that the number of n digits before it is a year:
// "100 AD", and not "100 ad agencies".
func (s *scanner) era(i, n int) bool {
	switch s.norm(i) {
	case "ad", "bc", "bce":
	case "ce":
		if n != 3 {
			return false
		}
	default:
		return false
	}
	return s.toks[i].Is(token.AllUpper)
}

// isYear reports whether the four figures at token i are a year.
func (s *scanner) isYear(i, y int) bool {
	prev, next := s.norm(i-1), s.norm(i+1)
	if i > s.s0 && s.glued(i) {
		switch prev {
		case "(", "[", "-", "–", "—", "/", "\"", "“", "‘", "'", "’":
			if prev == "-" && i-2 >= s.s0 && s.glued(i-1) && s.toks[i-2].Kind == token.Word && !dayParts[s.norm(i-2)] && s.norm(i-2) != "mid" && s.norm(i-2) != "pre" && s.norm(i-2) != "post" {
				return false // "COVID-2019", "F-2000"
			}
			if prev == "/" && !(i-2 >= s.s0 && s.toks[i-2].Kind == token.Number) {
				return false // in an address
			}
			if prev == "-" && i-2 >= s.s0 && s.glued(i-1) && s.toks[i-2].Kind == token.Number && len(s.norm(i-2)) != 4 {
				return false // a telephone number, the number of a case
			}
		default:
			return false // "$2000", "#2000"
		}
	}
	if s.glued(i + 1) {
		switch {
		case next == "%" || next == ":" && s.glued(i+2) || next == "°" || next == "@" || next == "/" && s.glued(i+2) && s.norm(i+2) != "" && s.toks[i+2].Kind == token.Word:
			return false
		case s.dash(i+1) && s.glued(i+2) && i+2 < s.s1 && s.toks[i+2].Kind == token.Word && timeUnits[s.norm(i+2)] != "":
			return false // "2000-year-old"
		case s.dash(i+1) && s.glued(i+2):
			if n, digits := s.number(i+2, 4); digits == 3 || digits == 4 && n < y {
				return false // a telephone number
			}
		}
	}
	if countedNext(next) || timeUnits[next] != "" && next != "season" {
		return false
	}
	switch prev {
	case "$", "£", "€", "¥", "₹", "us$", "usd", "no", "nos", "route", "highway", "section", "chapter", "page", "room", "article", "resolution", "flight", "some", "nearly", "almost", "over", "than", "least", "another", "roughly", "approximately", "only", "up":
		return false
	}
	if i-2 >= s.s0 && prev == "." && (s.norm(i-2) == "no" || s.norm(i-2) == "p" || s.norm(i-2) == "pp") {
		return false
	}
	if y >= 1900 && y <= 2060 {
		// A plural noun right after a bare figure at the start of a phrase is
		// what it counts; "the 2014 protests" is not such a phrase.
		if next != "" && s.toks[i+1].Is(token.AllLower) && strings.HasSuffix(next, "s") && len(next) > 4 && !yearLead[prev] && prev != "" && !strings.HasSuffix(prev, "'s") && s.toks[i-1].Is(token.AllLower) {
			return false
		}
		return true
	}
	// Before 1900 and far ahead a number is a year only where the words say so.
	if yearLead[prev] && prev != "a" && prev != "the" && prev != "about" && prev != "around" && prev != "to" && prev != "of" && prev != "for" && prev != "as" {
		return true
	}
	if y > 2060 {
		return false
	}
	if prev == "(" || prev == ")" || next == ")" || prev == "," || s.dash(i-1) || s.dash(i+1) {
		return next == ")" || next == "," || next == "." || next == ";" || next == "" || s.dash(i+1) || s.dash(i-1) || prev == "("
	}
	content := next != "" && s.toks[i+1].Is(token.AllLower) && !yearLead[next] && !clauseWords[next]
	switch prev {
	case "the", "this", "'s":
		return true // "the 1836 assault"
	case "to":
		// "from 1790 to 1801"
		if y1, n := s.number(i-2, 4); n == 4 && y1 < y {
			return true
		}
		return !content
	case "of", "about", "around", ".":
		return !content
	}
	return false
}

// clauseWords may follow a year without being what it counts.
var clauseWords = wordSet("clauseWords")

// decade matches "1990s", "the 1990's", "the '90s".
func (s *scanner) decade(i int) (found, bool) {
	w := s.toks[i].Norm
	from := i
	if s.norm(i-1) == "the" {
		from = i - 1
		if len(s.out) > 0 && s.out[len(s.out)-1].Span.End > s.toks[from].Span.Start {
			from = i
		}
	}
	value := func(y int) found {
		return found{from: from, typ: annotation.DateType, value: fmt.Sprintf("%03d", y/10), rule: "decade"}
	}
	if len(w) == 5 && w[4] == 's' {
		if y, ok := digits(w[:4]); ok && y%10 == 0 && y >= 1000 && y < 2200 {
			f := value(y)
			f.to = i + 1
			return f, true
		}
	}
	if y, n := s.number(i, 4); n == 4 && y%10 == 0 && s.norm(i-1) == "the" && s.norm(i+1) == "'s" && s.glued(i+1) && s.toks[i+1].Span.Len() > 1 {
		if k := i + 2; k >= s.s1 || !s.toks[k].Is(token.AllLower) || yearLead[s.norm(k)] {
			f := value(y)
			f.to = i + 2
			return f, true
		}
	}
	if len(w) == 3 && w[2] == 's' && w[1] == '0' && w[0] >= '2' && w[0] <= '9' {
		k := i - 1
		if w[0] < '5' && s.norm(k) == "the" || s.glued(i+1) && s.norm(i+1) == "°" {
			return found{}, false
		}
		if s.norm(k) == "'" || s.norm(k) == "’" || s.norm(k) == "‘" {
			k--
		}
		if s.norm(k) == "the" || s.norm(k) == "mid" {
			f := value(1900 + int(w[0]-'0')*10)
			f.from, f.to = i, i+1
			return f, true
		}
	}
	return found{}, false
}

func digits(w string) (int, bool) {
	n := 0
	for _, c := range []byte(w) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, w != ""
}

// centuryAt matches "20th century", "the nineteenth century".
func (s *scanner) centuryAt(i int) (found, bool) {
	n, ok := s.numeral(i)
	if !ok || !n.Ordinal || n.Value < 1 || n.Value > 22 {
		return found{}, false
	}
	k := n.End
	if s.dash(k) {
		k++
	}
	if s.norm(k) != "century" {
		return found{}, false
	}
	f := found{from: i, to: k + 1, typ: annotation.DateType, value: fmt.Sprintf("%02d", int(n.Value)-1), rule: "century"}
	if w := s.norm(k + 1); w == "bc" || w == "bce" {
		f.value, f.to = fmt.Sprintf("BC%02d", int(n.Value)-1), k+2
	}
	return f, true
}

// yearWord matches "the year 2030", "the year 71", "AD 842".
func (s *scanner) yearWord(i int) (found, bool) {
	k := i
	if s.norm(k) == "the" {
		k++
	}
	switch {
	case s.norm(k) == "year" && k > i:
		k++
	case s.norm(k) == "ad" && s.toks[k].Is(token.AllUpper):
		k++
	default:
		if f, ok := s.centuryAt(i); ok {
			return f, true
		}
		return found{}, false
	}
	if y, n := s.number(k, 4); n >= 2 && y > 0 && y < 2500 {
		return explicit(i, k+1, date{y: y}, "year"), true
	}
	return found{}, false
}

// quarter matches "Q3 2024", "the third quarter of 2024", "the first half of
// 2024", "fiscal 2024", "FY2024".
func (s *scanner) quarter(i int) (found, bool) {
	k := i
	if s.norm(k) == "the" {
		k++
	}
	w := s.norm(k)
	of := func(k int) (int, int) {
		if s.norm(k) == "of" {
			k++
			if s.norm(k) == "the" && s.norm(k+1) == "year" || s.norm(k) == "this" && s.norm(k+1) == "year" {
				return s.ref.y, k + 2
			}
		}
		if s.norm(k) == "fiscal" || s.norm(k) == "financial" {
			return 0, 0
		}
		return s.yearAt(k)
	}
	switch {
	case len(w) == 2 && (w[0] == 'q' || w[0] == 'h') && w[1] >= '1' && w[1] <= '4' && (w[0] == 'q' || w[1] <= '2'):
		if y, end := of(k + 1); y > 0 {
			return found{from: i, to: end, typ: annotation.DateType, value: fmt.Sprintf("%04d-%s", y, strings.ToUpper(w)), rule: "quarter"}, true
		}
	case w == "fiscal" || w == "financial" || strings.HasPrefix(w, "fy"):
		e := k + 1
		if w == "financial" && s.norm(e) != "year" {
			return found{}, false
		}
		if s.norm(e) == "year" {
			e++
		}
		y, end := s.yearAt(e)
		if len(w) == 6 && strings.HasPrefix(w, "fy") {
			y, _ = digits(w[2:])
			end = k + 1
		} else if strings.HasPrefix(w, "fy") && w != "fy" {
			return found{}, false
		}
		if y < 1900 || y > 2200 {
			return found{}, false
		}
		return found{from: i, to: end, typ: annotation.DateType, value: fmt.Sprintf("FY%04d", y), rule: "fiscal"}, true
	}
	n, ok := s.numeral(k)
	if !ok || !n.Ordinal || n.Value > 4 {
		return found{}, false
	}
	e := n.End
	if s.dash(e) {
		e++
	}
	kind := s.norm(e)
	if kind != "quarter" && !(kind == "half" && n.Value <= 2) {
		return found{}, false
	}
	y, end := of(e + 1)
	if y == 0 {
		return found{}, false
	}
	letter := "Q"
	if kind == "half" {
		letter = "H"
	}
	f := found{from: i, to: end, typ: annotation.DateType, value: fmt.Sprintf("%04d-%s%d", y, letter, int(n.Value)), rule: "quarter"}
	if yy, _ := s.yearAt(end - 1); yy == 0 {
		f.anchor = s.ref
	}
	return f, true
}

// season matches "summer 2024", "the spring of 1969".
func (s *scanner) season(i int) (found, bool) {
	k := i
	if s.norm(k) == "the" {
		k++
	}
	if k >= s.s1 {
		return found{}, false
	}
	if !calendar.Of(&s.toks[k]).season {
		return found{}, false
	}
	code := seasons[s.norm(k)]
	y, end := s.yearAfter(k + 1)
	if y == 0 || s.norm(k+1) == "," {
		return found{}, false
	}
	return found{from: i, to: end, typ: annotation.DateType, value: fmt.Sprintf("%04d-%s", y, code), date: date{y: y}, rule: "season"}, true
}

// numeral reads the number at token k, within the sentence.
func (s *scanner) numeral(k int) (numeral.Numeral, bool) {
	if k < s.s0 || k >= s.s1 {
		return numeral.Numeral{}, false
	}
	return numeral.At(s.toks[:s.s1], s.text, k)
}
