// Package quantity finds figures with what they count: "41 people were killed"
// is 41, people, killed. Its central value is Analyzer; what package timex has
// found is no figure.
//
// A figure is an amount of money, a measure (a length of time among them), a
// share, or a number before the noun it counts. What it is a figure of is the
// word the sentence ties to it: a participle ("41 people were killed"), the verb
// before ("killing 41 people"), or the noun after ("4 per cent of voters", "a 4
// per cent rise"). Words that give no number, such as "dozens", are left alone.
// In a text that is not English only figures in digits with a sign are found.
package quantity

import (
	"strconv"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/timex"
	"readout/internal/annotation"
	"readout/internal/numeral"
	"readout/internal/span"
	"readout/internal/token"
)

// Analyzer finds figures with unit and head noun.
var Analyzer = &analysis.Analyzer{
	Name:     "quantity",
	Doc:      "finds figures with what they count",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, timex.Analyzer},
	Run:      run,
}

func run(p *analysis.Pass) annotation.Set {
	s := &scanner{text: p.Article.Text, toks: p.Tokens, lex: lex(), english: p.English()}
	next, time := 0, 0
	for i, b := range p.Blocks {
		at := b[0]
		for next < len(p.Set.Sentences) && p.Set.Sentences[next].Block == i {
			end := at
			for end < b[1] && p.Tokens[end].Span.End <= p.Set.Sentences[next].Span.End {
				end++
			}
			s.s0, s.s1 = at, end
			for k := at; k < end; {
				if !s.mayBegin(k) {
					k++
					continue
				}
				for time < len(p.Set.Times) && p.Set.Times[time].Span.End <= s.toks[k].Span.Start {
					time++
				}
				if time < len(p.Set.Times) && p.Set.Times[time].Span.Overlaps(s.toks[k].Span) {
					k++
					continue
				}
				limit := end
				if time < len(p.Set.Times) {
					limit = s.before(k, end, p.Set.Times[time].Span.Start)
				}
				if n := s.figure(k, limit); n > k {
					k = n
				} else {
					k++
				}
			}
			at = end
			next++
		}
	}
	return annotation.Set{Quantities: s.out}
}

// A scanner reads the sentences of an article in order.
type scanner struct {
	text    string
	toks    []token.Token
	lex     *lexicon
	english bool
	out     []annotation.Quantity

	s0, s1 int // the sentence at hand
}

// maxPhrase is how many tokens after a figure may belong to it.
const maxPhrase = 12

// before returns the first token from k on, at most end, that does not end
// before the byte offset at.
func (s *scanner) before(k, end, at int) int {
	for n := k; n < end && n < k+maxPhrase; n++ {
		if s.toks[n].Span.End > at {
			return n
		}
	}
	return end
}

func (s *scanner) norm(k int) string {
	if k < s.s0 || k >= s.s1 {
		return ""
	}
	return s.toks[k].Norm
}

func (s *scanner) glued(k int) bool { return k > s.s0 && k < s.s1 && !s.toks[k].Space }

// mayBegin reports whether a figure may begin at token k, which few can: no other
// need be asked about further.
func (s *scanner) mayBegin(k int) bool {
	t := &s.toks[k]
	switch t.Kind {
	case token.Number, token.Symbol:
		return true
	case token.Word:
		return *begins.Of(t) || t.Is(token.HasDigit) || t.Is(token.AllUpper) && len(t.Norm) == 3 || s.norm(k+1) == "$"
	}
	return false
}

// begins tells whether a numeral or a currency before one may begin with a word.
var begins = token.NewMemo(func(w string) bool { return numeral.Begins(w) || w == "rs" || w == "rm" || w == "tk" })

// figure reads a figure that begins at token k and ends before token limit, and
// returns the token after it, or k.
func (s *scanner) figure(k, limit int) int {
	// "$5 million", "US$5", "EUR 20"
	if unit, at := s.lex.sign(s, k, limit); unit != "" {
		if n, ok := s.numeral(at, limit); ok && n.Figures && !n.Ordinal {
			end := n.End
			// "$5 million dollars" is said twice; "$5-6 million" is a range.
			if n2, e2, ok := s.rangeEnd(end, limit); ok {
				first := n.Value
				if n2.Scaled && !n.Scaled {
					first *= scaleOf(n2)
				}
				s.add(k, at+1, first, unit, s.ofAmount(e2, k, limit), "money")
				s.add(e2-(e2-end)+1, e2, n2.Value, unit, s.ofAmount(e2, k, limit), "money")
				return e2
			}
			s.add(k, end, n.Value, unit, s.ofAmount(end, k, limit), "money")
			return end
		}
		return k
	}
	if end := s.gluedAmount(k, limit); end > k {
		return end
	}
	n, ok := s.numeral(k, limit)
	if !ok || n.Ordinal || n.Vague || s.partOfName(k, n) {
		return k
	}
	end := n.End
	if !s.english && (!n.Figures || !s.sign(end)) {
		return k
	}
	// A range: the unit after its end is that of its start.
	if n2, e2, ok := s.rangeEnd(end, limit); ok {
		if unit, kind, uEnd := s.unit(e2, limit); unit != "" || s.english {
			tally := s.glued(end) && s.glued(end+1) && n.Value >= n2.Value
			if unit == "" && tally {
				return e2 // "a 5-2 vote", "won 3-3": two figures that are one
			}
			if unit == "" {
				unit, uEnd = s.counted(e2, limit, n2.Value)
				kind = "count"
			}
			if unit != "" {
				first := n.Value
				if n2.Scaled && !n.Scaled {
					first *= scaleOf(n2)
				}
				of := s.of(kind, uEnd, k, limit)
				s.add(k, end, first, unit, of, kind)
				s.add(end+1, uEnd, n2.Value, unit, of, kind)
				return uEnd
			}
			if s.glued(end) && s.glued(end+1) || s.norm(end) == "to" && s.ballot(k-1) {
				return e2 // "voted 5-2", "voted 5 to 2", "lost 2-5"
			}
		}
	}
	if s.norm(end) == "votes" && s.norm(end+1) == "to" {
		if m, ok := s.numeral(end+2, limit); ok && !m.Ordinal {
			return m.End // "by nine votes to four": one figure, that counts nobody
		}
	}
	if unit, kind, uEnd := s.unit(end, limit); unit != "" {
		// "a 14-year-old boy"
		if s.norm(uEnd) == "-" && s.norm(uEnd+1) == "old" && uEnd+1 < limit {
			s.add(k, uEnd+2, n.Value, unit, "age", "age")
			return uEnd + 2
		}
		if s.norm(uEnd) == "old" && uEnd < limit && unit == "year" {
			s.add(k, uEnd+1, n.Value, unit, "age", "age")
			return uEnd + 1
		}
		if from := s.minus(k); from < k && kind == "measure" {
			s.add(from, uEnd, -n.Value, unit, s.of(kind, uEnd, k, limit), kind)
			return uEnd
		}
		s.add(k, uEnd, n.Value, unit, s.of(kind, uEnd, k, limit), kind)
		return uEnd
	}
	if !s.english {
		return k
	}
	if s.norm(k-1) == "aged" && n.Figures {
		s.add(k, end, n.Value, "year", "age", "age")
		return end
	}
	if n.Figures && (s.norm(k-1) == "magnitude" || s.norm(k-1) == "of" && s.norm(k-2) == "magnitude") {
		s.add(k, end, n.Value, "magnitude", "", "magnitude")
		return end
	}
	// "a 6.8-magnitude earthquake"
	if n.Figures && s.norm(end) == "-" && s.glued(end) && s.glued(end+1) && s.norm(end+1) == "magnitude" && end+2 <= limit {
		s.add(k, end+2, n.Value, "magnitude", "", "magnitude")
		return end + 2
	}
	if unit, uEnd := s.counted(end, limit, n.Value); unit != "" {
		of := s.ofCount(uEnd, k, limit)
		if s.norm(k) == "one" && of == "" {
			return k // "one official", "one came": hardly a figure
		}
		s.add(k, uEnd, n.Value, unit, of, "count")
		return uEnd
	}
	if unit, of := s.elliptic(k); (n.Figures || n.Value > 1) && unit+of != "" && !(s.glued(end) && s.toks[end].Kind != token.Punct) {
		s.add(k, end, n.Value, unit, of, "elliptic")
		return end
	}
	if unit, of := s.group(k); unit+of != "" && !(s.glued(end) && s.toks[end].Kind != token.Punct) {
		s.add(k, end, n.Value, unit, of, "group")
		return end
	}
	// "41 were killed", "leaving 12 dead", "killing 41"
	if of := s.ofCount(end, k, limit); of != "" && n.Figures && s.toks[k].Norm != "1" && !(s.glued(end) && s.toks[end].Kind != token.Punct) {
		s.add(k, end, n.Value, "", of, "bare")
		return end
	}
	return k
}

// minus returns the token of the sign, or the word for it, that makes the number at token k
// one below zero, "minus 7 degrees", and k where there is none.
func (s *scanner) minus(k int) int {
	if k == s.s0 {
		return k
	}
	switch s.norm(k - 1) {
	case "minus", "−":
		return k - 1
	case "-":
		if s.glued(k) && s.toks[k-1].Space {
			return k - 1
		}
	}
	return k
}

// decimal rounds off what is left of binary fractions: 4.1 billion is
// 4100000000. The fifteen digits are those a float64 holds of any decimal.
func decimal(v float64) float64 {
	d, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return d
}

// add notes the figure over the tokens [from, to).
func (s *scanner) add(from, to int, value float64, unit, of, rule string) {
	s.out = append(s.out, annotation.Quantity{
		Span:  span.New(s.toks[from].Span.Start, s.toks[to-1].Span.End),
		Value: decimal(value), Unit: unit, Of: of,
		Rule: "quantity/" + rule,
	})
}

func (s *scanner) numeral(k, limit int) (numeral.Numeral, bool) {
	if k >= limit {
		return numeral.Numeral{}, false
	}
	return numeral.At(s.toks[:limit], s.text, k)
}

// scaleOf returns the power of a thousand a scaled numeral is written with.
func scaleOf(n numeral.Numeral) float64 {
	f := 1.0
	for n.Value/f >= 1000 {
		f *= 1000
	}
	return f
}

// rangeEnd reads "-30" or "to 30" after a number, and returns the number and the
// token after it.
func (s *scanner) rangeEnd(k, limit int) (numeral.Numeral, int, bool) {
	switch s.norm(k) {
	case "-", "–", "to", "and":
	default:
		return numeral.Numeral{}, 0, false
	}
	if s.norm(k) == "and" {
		// "between 20 and 30"
		found := false
		for j := k - 1; j >= s.s0 && j > k-5; j-- {
			found = found || s.norm(j) == "between"
		}
		if !found {
			return numeral.Numeral{}, 0, false
		}
	}
	n, ok := s.numeral(k+1, limit)
	if !ok || n.Ordinal || n.Vague || n.End > limit {
		return numeral.Numeral{}, 0, false
	}
	return n, n.End, true
}

// partOfName reports whether the number at token k is part of a name, a code or
// an address rather than a figure.
func (s *scanner) partOfName(k int, n numeral.Numeral) bool {
	if k > s.s0 && s.glued(k) {
		switch s.norm(k - 1) {
		case "(", "[", "\"", "“", "‘", "'", "~", "≈", "<", ">", "+", "±":
		case "-", "–", "—":
			// "-5 degrees" and ranges; "F-16" and "COVID-19" are names.
			if k-2 >= s.s0 && s.glued(k-1) && s.toks[k-2].Kind == token.Word {
				return s.norm(k-1) != "—"
			}
			if k-2 >= s.s0 && s.glued(k-1) && s.toks[k-2].Kind == token.Number {
				return true
			}
		default:
			return true
		}
	}
	if s.glued(n.End) {
		switch w := s.norm(n.End); w {
		case ":", "/", "@", "_", "=", "#":
			return true
		}
	}
	if !n.Figures || k == s.s0 {
		return false
	}
	// "Resolution 2231", "Flight 370", "Boeing 737": a capitalised word before,
	// within the sentence, names it.
	p := s.toks[k-1]
	if p.Kind == token.Word && p.Is(token.Initial) && k-1 > s.s0 && !s.lex.lead[p.Norm] && !n.Scaled {
		if unit, _, _ := s.unit(n.End, n.End+4); unit == "" {
			return true
		}
	}
	switch p.Norm {
	case "no", "number", "article", "section", "chapter", "page", "room", "route", "line", "phase", "stage", "group", "level", "version", "resolution", "flight", "highway", "district", "channel", "day", "week", "grade", "category":
		return true
	case ".":
		return k-2 >= s.s0 && (s.norm(k-2) == "no" || s.norm(k-2) == "nos" || s.norm(k-2) == "p" || s.norm(k-2) == "pp")
	}
	return false
}

// sign reports whether token k is a unit that is a sign.
func (s *scanner) sign(k int) bool {
	switch s.norm(k) {
	case "%", "€", "$", "£", "°", "km", "kg", "m", "cm", "mm":
		return true
	}
	return false
}

// unit reads a unit of measure or a currency at token k.
func (s *scanner) unit(k, limit int) (unit, kind string, end int) {
	at := k
	if s.norm(at) == "-" && s.glued(at) && s.glued(at+1) {
		at++ // "a 14-year-old", "a 5-km run"
	}
	if at >= limit || at >= s.s1 {
		return "", "", 0
	}
	if s.norm(at) == "°" && s.glued(at+1) {
		if u := s.lex.units["°"+s.norm(at+1)]; u != "" {
			return u, "measure", at + 2
		}
	}
	name := ""
	for j := at; j < at+s.lex.longest && j < s.s1 && j < limit; j++ {
		if j > at && !(s.glued(j) && (s.norm(j) == "/" || s.norm(j-1) == "/")) {
			name += "~" // but "km/h"
		}
		name += s.norm(j)
		if u := s.lex.units[name]; u != "" && s.unitFits(u, at) {
			unit, kind, end = u, "measure", j+1
			if u == "%" {
				kind = "share"
			}
		}
		if u := s.lex.currencies[name]; u != "" && !(u == "pound" && j == at && s.norm(j) == "pound" && at == k) {
			unit, kind, end = u, "money", j+1
		}
	}
	return unit, kind, end
}

// ballot reports whether token k tells that two figures with "to" between them are what a
// vote ended in: "voted 5 to 2", "by nine to four".
func (s *scanner) ballot(k int) bool {
	switch s.norm(k) {
	case "voted", "ruled", "split", "decided", "passed", "defeated", "by":
		return true
	}
	return false
}

// unitFits keeps short signs from being read into words: "2 in", "5 a".
func (s *scanner) unitFits(unit string, at int) bool {
	w := s.norm(at)
	if w == "won" || w == "sh" || w == "try" {
		return false
	}
	return len(w) > 2 || w == "%" || w == "km" || w == "kg" || w == "cm" || w == "mm" || w == "ft" || w == "lb" || w == "ha" || w == "oz" ||
		w == "mw" || w == "gw" || w == "kw" || w == "pc" || w == "mi" || w == "m2" || w == "m3" || w == "sq" || w == "m²"
}
