// Package numeral reads numbers as news texts write them: in figures ("1,250.5",
// "2.5m"), in words ("twenty-one", "a hundred and five") and in both ("3.5
// million"). Its central type is Numeral. It is a leaf beside package token, and
// serves the analyzers of times and of quantities.
package numeral

import (
	_ "embed"
	"math"
	"strconv"
	"strings"

	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/numerals.txt
var numeralsFile string

// numerals has the rows of data/numerals.txt.
var numerals = wordlist.ListsOf(numeralsFile)

// valuesOf returns the words of a row, "word=value", with their values.
func valuesOf(row string) map[string]float64 {
	m := map[string]float64{}
	for _, f := range numerals.Words(row) {
		word, value, _ := strings.Cut(f, "=")
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic("numeral: " + f + " has no value")
		}
		m[word] = v
	}
	return m
}

// A Numeral is a number in a text.
type Numeral struct {
	Value float64
	// End is the index of the token after the numeral.
	End int
	// Ordinal reports that it counts a place in a row: "3rd", "third".
	Ordinal bool
	// Vague reports that the words give no one number ("dozens", "several");
	// Value is 0.
	Vague bool
	// Figures reports that it begins with figures.
	Figures bool
	// Scaled reports that a word or letter of magnitude is part of it.
	Scaled bool
}

var units = valuesOf("units")

var tens = valuesOf("tens")

var ordinals = valuesOf("ordinals")

var scales = valuesOf("scales")

// suffixes are letters of magnitude set to a figure without space: "2.5m".
var suffixes = valuesOf("suffixes")

var vague = numerals.Set("vague")

// starts are all the words a numeral may begin with, so that the others cost one
// look-up.
var starts = map[string]bool{"a": true, "an": true, "half": true, "dozen": true, "tens": true}

// mayStart tells whether a numeral may begin with a word.
var mayStart = token.NewMemo(Begins)

// Begins reports whether a numeral may begin with the word w, in lower case.
func Begins(w string) bool { return starts[w] }

func init() {
	for _, m := range []map[string]float64{units, tens, ordinals} {
		for w := range m {
			starts[w] = true
		}
	}
	for w := range vague {
		starts[w] = true
	}
}

// At reads the numeral that begins at token i of toks, tokens of text. It
// reports false where there is none.
func At(toks []token.Token, text string, i int) (Numeral, bool) {
	if i >= len(toks) {
		return Numeral{}, false
	}
	t := &toks[i]
	switch t.Kind {
	case token.Number:
		return figures(toks, text, i)
	case token.Symbol:
		if v, ok := fractions[t.Span.In(text)]; ok {
			return Numeral{Value: v, End: i + 1, Figures: true}, true
		}
		return Numeral{}, false
	case token.Word:
		if *mayStart.Of(t) {
			return words(toks, text, i)
		}
	}
	return Numeral{}, false
}

var fractions = map[string]float64{"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1.0 / 3, "⅔": 2.0 / 3}

// figures reads a numeral that begins with a Number token.
func figures(toks []token.Token, text string, i int) (Numeral, bool) {
	w := toks[i].Norm
	n := len(w)
	for n > 0 && w[n-1] >= 'a' && w[n-1] <= 'z' {
		n--
	}
	v, ok := Figure(w[:n])
	if !ok {
		return Numeral{}, false
	}
	out := Numeral{Value: v, End: i + 1, Figures: true}
	switch suffix := w[n:]; suffix {
	case "":
	case "st", "nd", "rd", "th":
		out.Ordinal = true
		return out, true
	default:
		f, ok := suffixes[suffix]
		if !ok {
			return Numeral{}, false
		}
		out.Value *= f
		out.Scaled = true
		return out, true
	}
	out.thousands(toks, text, w)
	if out.End < len(toks) && !toks[out.End].Space {
		if f, ok := fractions[toks[out.End].Span.In(text)]; ok {
			out.Value += f
			out.End++
		}
	}
	out.scale(toks, text)
	return out, true
}

// thousands takes in the groups of three figures that a space sets off from the first, w:
// "40 000". A common space does so before noughts alone, since a number may follow another.
func (n *Numeral) thousands(toks []token.Token, text, w string) {
	if len(w) > 3 || w[0] == '0' || w[0] < '0' || w[0] > '9' || w[len(w)-1] < '0' || w[len(w)-1] > '9' {
		return
	}
	for n.End < len(toks) {
		t := &toks[n.End]
		group := t.Span.In(text)
		if t.Kind != token.Number || len(group) != 3 || !t.Space || t.Newlines > 0 || strings.Trim(group, "0123456789") != "" {
			return
		}
		switch gap := text[toks[n.End-1].Span.End:t.Span.Start]; {
		case gap == "\u00a0" || gap == "\u202f" || gap == "\u2009":
		case gap == " " && group == "000":
		default:
			return
		}
		v, _ := Figure(strings.TrimLeft(group[:2], "0") + group[2:])
		n.Value = n.Value*1000 + v
		n.End++
	}
}

// scale takes in the words of magnitude that follow a numeral.
func (n *Numeral) scale(toks []token.Token, text string) {
	for k := 0; k < 2 && n.End < len(toks); k++ {
		at := n.End
		if toks[at].Span.In(text) == "-" && at+1 < len(toks) && !toks[at].Space && !toks[at+1].Space {
			at++ // "10-million"
		}
		f, ok := scales[toks[at].Norm]
		if !ok {
			return
		}
		n.Value *= f
		n.End = at + 1
		n.Scaled = true
	}
}

// Figure reads digits with "," or "." as separators the English way: groups of
// three after commas, one stop for the fraction. "1,25" and "1.2.3" are no
// numbers.
func Figure(w string) (float64, bool) {
	if w == "" || len(w) > 40 {
		return 0, false
	}
	whole, frac, _ := strings.Cut(w, ".")
	if strings.ContainsAny(frac, ".,") || whole == "" {
		return 0, false
	}
	if strings.Contains(whole, ",") {
		groups := strings.Split(whole, ",")
		indian := len(groups) > 2 // "12,34,567"
		for k, g := range groups {
			last := k == len(groups)-1
			switch {
			case k == 0 && (len(g) == 0 || len(g) > 3):
				return 0, false
			case last && len(g) != 3:
				return 0, false
			case k > 0 && !last && len(g) != 3 && !(indian && len(g) == 2):
				return 0, false
			}
		}
		whole = strings.Join(groups, "")
	}
	s := whole
	if frac != "" {
		s += "." + frac
	}
	for _, c := range []byte(s) {
		if c != '.' && (c < '0' || c > '9') {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// words reads a numeral that begins with a word.
func words(toks []token.Token, text string, i int) (Numeral, bool) {
	norm := func(k int) string {
		if k < len(toks) && toks[k].Kind == token.Word {
			return toks[k].Norm
		}
		return ""
	}
	sign := func(k int, s string) bool { return k < len(toks) && toks[k].Span.In(text) == s }
	w := norm(i)
	if w == "a" || w == "an" {
		return withArticle(toks, text, i, norm)
	}
	if v, ok := ordinals[w]; ok {
		return Numeral{Value: v, End: i + 1, Ordinal: true}, true
	}
	if vague[w] {
		end := i + 1
		if norm(end) == "of" && (vague[norm(end+1)] || norm(end+1) == "thousands") {
			end += 2 // "tens of thousands", "hundreds of thousands"
		} else if norm(end) == "hundred" || norm(end) == "thousand" || norm(end) == "million" || norm(end) == "dozen" {
			end++ // "several hundred"
		}
		return Numeral{End: end, Vague: true}, true
	}
	if w == "tens" && norm(i+1) == "of" && vague[norm(i+2)] {
		return Numeral{End: i + 3, Vague: true}, true
	}
	if w == "half" && (norm(i+1) == "a" || norm(i+1) == "an") && scales[norm(i+2)] > 0 {
		n := Numeral{Value: 0.5, End: i + 2}
		n.scale(toks, text)
		return n, true
	}
	v, end, ok := small(toks, text, i)
	if !ok {
		if f := scales[w]; f > 0 && w == "dozen" {
			return Numeral{Value: f, End: i + 1}, true
		}
		return Numeral{}, false
	}
	n := Numeral{Value: v, End: end}
	// "twenty-first": a number whose last part is an ordinal.
	if tens[w] > 0 && sign(i+1, "-") && ordinals[norm(i+2)] > 0 && ordinals[norm(i+2)] < 10 {
		return Numeral{Value: tens[w] + ordinals[norm(i+2)], End: i + 3, Ordinal: true}, true
	}
	n.scale(toks, text)
	if n.Scaled {
		n.tail(toks, text)
	}
	return n, true
}

// withArticle reads a numeral that begins with the article at token i: "a few", "a
// couple of", "a hundred". norm gives the words of toks.
func withArticle(toks []token.Token, text string, i int, norm func(int) string) (Numeral, bool) {
	switch next := norm(i + 1); {
	case next == "few":
		end := i + 2
		if norm(end) == "hundred" || norm(end) == "thousand" || norm(end) == "million" || norm(end) == "dozen" {
			end++
		}
		return Numeral{End: end, Vague: true}, true
	case next == "couple":
		end := i + 2
		if norm(end) == "of" {
			end++
		}
		return Numeral{Value: 2, End: end}, true
	case next == "half" && norm(i+2) != "":
		return Numeral{}, false
	case scales[next] > 0:
		n := Numeral{Value: 1, End: i + 1}
		n.scale(toks, text)
		n.tail(toks, text)
		return n, true
	}
	return Numeral{}, false
}

// tail takes in "and five", "two hundred" and the like after a scaled numeral.
func (n *Numeral) tail(toks []token.Token, text string) {
	for k := 0; k < 3; k++ {
		at := n.End
		if at < len(toks) && toks[at].Norm == "and" {
			at++
		}
		v, end, ok := small(toks, text, at)
		if !ok {
			return
		}
		rest := Numeral{Value: v, End: end}
		rest.scale(toks, text)
		if rest.Value >= n.Value || at != n.End && rest.Value >= 1000 {
			return
		}
		n.Value += rest.Value
		n.End = rest.End
	}
}

// small reads a number below a hundred in words.
func small(toks []token.Token, text string, i int) (v float64, end int, ok bool) {
	if i >= len(toks) || toks[i].Kind != token.Word {
		return 0, 0, false
	}
	w := toks[i].Norm
	if v, ok := units[w]; ok {
		return v, i + 1, true
	}
	v, ok = tens[w]
	if !ok {
		return 0, 0, false
	}
	k := i + 1
	if k+1 < len(toks) && toks[k].Span.In(text) == "-" && !toks[k].Space && !toks[k+1].Space {
		k++
	}
	if k < len(toks) {
		if u := units[toks[k].Norm]; u > 0 && u < 10 && (k > i+1 || toks[k].Space) {
			return v + u, k + 1, true
		}
	}
	return v, i + 1, true
}
