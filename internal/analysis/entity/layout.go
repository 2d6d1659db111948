package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// layouts reads what the layout of news tells: the place that opens a dateline,
// and the clubs of a table of results.
func (f *finder) layouts() {
	f.own()
	var found []mention
	for _, s := range f.Sentences {
		f.datelined(s)
		if m, ok := f.dateline(s); ok {
			found = append(found, m)
		}
		if f.results(s) {
			found = f.clubs(found, s)
		}
	}
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		f.dropOverlaps()
	}
}

// datelined takes a name in capitals for a place where it opens sentence s as a
// dateline: "PINE HOLLOW --", "VATICAN CITY (Reuters) -".
func (f *finder) datelined(s [2]int) {
	o := f.at(s[0])
	if o < 0 {
		return
	}
	m := &f.mentions[o]
	if m.typ == annotation.Place || m.typ == annotation.Event || m.start != s[0] || f.Words[m.start].Phrase&lexicon.Organization != 0 {
		return
	}
	for i := m.start; i < m.end; i++ {
		if f.word(i) && !f.Tokens[i].Is(token.AllUpper) {
			return
		}
	}
	k := m.end
	if f.norm(k) == "(" && f.norm(k+2) == ")" {
		k += 3
	}
	if !f.same(k, s[0]) || !f.same(k+1, s[0]) {
		return
	}
	switch f.norm(k) {
	case "—", "–", "--":
	case "-":
		if f.tight(k) {
			return
		}
	default:
		return
	}
	if f.word(k+1) && !f.Tokens[k+1].Is(token.AllUpper) {
		m.typ, m.rule = annotation.Place, "entity/dateline"
	}
}

// dateline returns the listed place that opens sentence s before a dash, a
// colon, a date or an agency in parentheses, where the model passed it over.
func (f *finder) dateline(s [2]int) (mention, bool) {
	i := s[0]
	w := &f.Words[i]
	if f.at(i) >= 0 || w.Phrase&(lexicon.City|lexicon.Country|lexicon.Capital) == 0 || w.Edge != 1 && w.Edge != 4 || !f.capital(i) {
		return mention{}, false
	}
	end := i + 1
	for end < s[1] && w.Edge == 1 && f.Words[end-1].Edge != 3 {
		end++
	}
	if end >= s[1] {
		return mention{}, false
	}
	switch f.norm(end) {
	case "—", "–", "--", ":", "(":
	case "-":
		if f.tight(end) {
			return mention{}, false
		}
	case ",":
		if end+1 >= s[1] || !f.is(end+1, lexicon.Month) {
			return mention{}, false
		}
	default:
		if f.Tokens[end].Kind != token.Number || f.Tokens[end].Span.Len() != 4 || f.norm(end+1) != "-" {
			return mention{}, false
		}
	}
	return mention{start: i, end: end, typ: annotation.Place, rule: "entity/dateline"}, true
}

// results reports whether sentence s is a line of a table of results: names
// and numbers and nothing else, "Dunmore 101 Eastvale 94".
func (f *finder) results(s [2]int) bool {
	numbers, words := 0, 0
	for i := s[0]; i < s[1]; i++ {
		if f.Tokens[i].Kind == token.Number && f.Tokens[i].Span.Len() == 4 && f.norm(i+1) == "-" && f.tight(i+1) && f.tight(i+2) {
			return false // "ZURICH 2023-08-31"
		}
		switch t := &f.Tokens[i]; {
		case t.Kind == token.Number && !t.Is(token.HasDigit|token.Initial):
			numbers++
			if t.Span.Len() > 4 {
				return false
			}
		case t.Kind == token.Word && f.capital(i):
			words++
			if f.is(i, lexicon.Month|lexicon.Day) {
				return false
			}
		case t.Kind == token.Punct && t.Norm != "/":
		default:
			return false
		}
	}
	return numbers >= 2 && words >= 1 && s[1]-s[0] <= 16 && f.Tokens[s[0]].Kind == token.Word && f.norm(s[0]+1) != "-" && f.norm(s[0]+1) != ","
}

// clubs takes the cities in a line of results for the clubs that play for them.
func (f *finder) clubs(found []mention, s [2]int) []mention {
	for i := s[0]; i < s[1]; i++ {
		if o := f.at(i); o >= 0 {
			m := &f.mentions[o]
			if m.typ == annotation.Place && f.Words[m.start].Phrase&lexicon.Country == 0 {
				m.typ, m.rule = annotation.Organization, "entity/result"
			}
			i = m.end - 1
			continue
		}
		if f.capital(i) && f.Words[i].Phrase&(lexicon.City|lexicon.Admin|lexicon.Organization) != 0 && i+1 < s[1] && f.Tokens[i+1].Kind == token.Number {
			found = append(found, mention{start: i, end: i + 1, typ: annotation.Organization, rule: "entity/result"})
		}
	}
	return found
}
