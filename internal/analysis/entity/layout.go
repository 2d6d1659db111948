package entity

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/lexicon"
	"readout/internal/stable"
	"readout/internal/token"
)

// layouts reads what the layout of news tells: the place that opens a dateline,
// and the clubs of a table of results.
func (f *finder) layouts() {
	f.own()
	var found []mention
	for _, b := range f.blocks {
		found = append(found, f.datelined(b)...)
	}
	f.replace(found)
	f.datelinePlaces(found)
	f.speakers()
	found = found[:0]
	for _, s := range f.Sentences {
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

// speakers takes a label in capitals that opens a block before a colon for the person whose
// name ends in it: "DE BOER: I said so", of Anneke de Boer.
func (f *finder) speakers() {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ == annotation.Person || f.norm(m.end) != ":" || !f.Tokens[m.end-1].Is(token.AllUpper) || m.start != f.Sentences[f.sentence[m.start]][0] {
			continue
		}
		h := f.hash(m.start, m.end)
		for _, o := range f.mentions {
			if n := m.end - m.start; o.typ == annotation.Person && o.end-o.start > n && f.hash(o.end-n, o.end) == h {
				m.typ, m.rule = annotation.Person, "entity/surname"
				break
			}
		}
	}
}

// datelined takes what opens the block of tokens b as a dateline for a place, and
// what stands there in brackets for an agency: "PINE HOLLOW --", "BELOGRAD (Nordwire),
// 7 May 2024 –".
func (f *finder) datelined(b [2]int) (found []mention) {
	const least = 6
	if b[1]-b[0] < least || !f.capital(b[0]) {
		return nil
	}
	at := f.Tokens[b[0]].Span.Start
	n := article.DatelineLen(f.Source[at:f.Tokens[b[1]-1].Span.End])
	switch f.norm(b[0]) {
	case "el", "la", "le", "les", "der", "die", "das", "il", "lo", "os", "al":
		if f.Words[b[0]].Phrase&lexicon.Place == 0 && f.Words[b[0]].Edge == 0 {
			return nil // "El Sureño, 28 June 2024": an outlet
		}
	}
	if n == 0 || f.Words[b[0]].Phrase&lexicon.Organization != 0 || f.norm(b[0]) == "the" && f.capital(b[0]+2) {
		return nil // "THE MORNING DIGEST — 8 May 2024"
	}
	dash := b[0]
	for dash < b[1] && f.Tokens[dash].Span.Start < at+n {
		dash++
	}
	dash-- // the sign that closes the dateline
	end := b[0]
	for end < dash && !f.is(end, lexicon.Month|lexicon.Day) && (f.word(end) || f.norm(end) == "-" && f.tight(end) && f.tight(end+1)) {
		end++
	}
	if end == b[0] || f.norm(dash) == ":" && f.at(b[0]) < 0 {
		return nil
	}
	if m, ok := f.only(b[0], end); ok {
		found = append(found, m)
	}
	for i := end; i < dash; i++ {
		if f.norm(i) != "(" {
			continue
		}
		k := i + 1
		for k < dash && f.word(k) && f.capital(k) && f.norm(k) != ")" {
			k++
		}
		if f.norm(k) == ")" && k > i+1 && k <= i+4 {
			if m, ok := f.only(i+1, k); ok && f.Words[i+1].Phrase&lexicon.Place == 0 {
				m.typ = annotation.Organization
				found = append(found, m)
			}
		}
		break
	}
	return found
}

// datelinePlaces takes the place of a dateline for the same wherever it is named in
// one word, but where somebody is called so.
func (f *finder) datelinePlaces(found []mention) {
	for _, d := range found {
		if d.typ != annotation.Place || d.end-d.start != 1 {
			continue
		}
		h := f.hash(d.start, d.end)
		for k := range f.mentions {
			m := &f.mentions[k]
			if m.typ != annotation.Place && m.typ != annotation.Event && m.end-m.start == 1 && m.rule != "entity/surname" && f.hash(m.start, m.end) == h && !f.titled(m) &&
				(m.typ == annotation.Person || f.norm(m.end) == "'s" && f.Words[m.start].Phrase&lexicon.Organization == 0) {
				m.typ, m.rule = annotation.Place, "entity/consistency"
			}
		}
	}
}

// only returns a mention of the tokens [start, end) as a place, unless they are one
// already or part of a longer name.
func (f *finder) only(start, end int) (mention, bool) {
	for i := start; i < end; i++ {
		o := f.at(i)
		if o < 0 {
			continue
		}
		if m := &f.mentions[o]; m.typ == annotation.Event || m.start < start || m.end > end || m.typ == annotation.Place {
			return mention{}, false
		}
	}
	return mention{start: start, end: end, typ: annotation.Place, rule: "entity/dateline"}, true
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

// replaceBy puts the names found, in whatever order, in the place of those that they
// overlap; of two that overlap each other the one that begins first counts.
func (f *finder) replaceBy(found []mention) {
	stable.Sort(found, func(a, b mention) int { return a.start - b.start })
	kept := found[:0]
	for _, m := range found {
		if len(kept) == 0 || kept[len(kept)-1].end <= m.start {
			kept = append(kept, m)
		}
	}
	f.replace(kept)
}

// replace puts the names found, which are in order and do not overlap, in the place
// of those that they overlap.
func (f *finder) replace(found []mention) {
	if len(found) == 0 {
		return
	}
	f.mentions = slices.DeleteFunc(f.mentions, func(m mention) bool {
		i, _ := slices.BinarySearchFunc(found, m.start, func(o mention, at int) int { return o.end - at - 1 })
		return i < len(found) && found[i].start < m.end
	})
	f.mentions = append(f.mentions, found...)
	f.dropOverlaps()
	f.own()
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
