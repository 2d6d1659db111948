package story

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"readout/internal/token"
)

// A feature is one term of one document and its weight.
type feature struct {
	term   int32
	weight float32
}

// A vector is the weighted terms of a document, by term; its length is 1.
type vector []feature

// dot returns the product of two vectors: of unit vectors their cosine.
func (a vector) dot(b vector) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch d := a[i].term - b[j].term; {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			sum += float64(a[i].weight) * float64(b[j].weight)
			i++
			j++
		}
	}
	return sum
}

// A spread is a vector of which the weight of each term is found at once: what is
// held against many others.
type spread struct {
	of     vector
	weight []float32 // by term; 0 for those it does not have
}

// set takes another vector.
func (s *spread) set(v vector) {
	for _, f := range s.of {
		s.weight[f.term] = 0
	}
	s.of = v
	for _, f := range v {
		if int(f.term) >= len(s.weight) {
			s.weight = append(s.weight, make([]float32, int(f.term)+1-len(s.weight))...)
		}
		s.weight[f.term] = f.weight
	}
}

// dot returns what s.of.dot(b) does, to the last bit: the sum is made in the same
// order, and a term that is not in both adds nothing.
func (s *spread) dot(b vector) float64 {
	var sum float64
	w := s.weight
	for i := range b {
		if t := int(b[i].term); t < len(w) {
			sum += float64(w[t]) * float64(b[i].weight)
		}
	}
	return sum
}

// add takes a vector that is the one it has, now joined with another by take.
func (s *spread) add(with, now vector) {
	s.of = now
	for _, f := range with {
		if int(f.term) >= len(s.weight) {
			s.weight = append(s.weight, make([]float32, int(f.term)+1-len(s.weight))...)
		}
		s.weight[f.term] += f.weight
	}
}

// held is dot, by whichever of the two vectors has much fewer terms.
func (s *spread) held(b vector) float64 {
	if len(b) <= 16*len(s.of) {
		return s.dot(b)
	}
	var sum float64
	for _, f := range s.of {
		i := b.at(f.term)
		if b = b[i:]; len(b) > 0 && b[0].term == f.term {
			sum += float64(f.weight) * float64(b[0].weight)
		}
	}
	return sum
}

// at returns where a term is in v, or would be.
func (v vector) at(term int32) int {
	low, high := 0, 1
	for high < len(v) && v[high].term < term { // mostly it is not far
		low, high = high, 2*high
	}
	high = min(high, len(v))
	for low < high {
		if mid := (low + high) / 2; v[mid].term < term {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// matter returns what s.of.dot(b.what()) does, for what d tells beside its names.
func (s *spread) matter(d *document) float64 {
	var sum float64
	w, names := s.weight, d.names
	j := 0
	for _, f := range d.words {
		for j < len(names) && names[j].term < f.term {
			j++
		}
		if j < len(names) && names[j].term == f.term {
			continue
		}
		if t := int(f.term); t < len(w) {
			m := f.weight * d.matter
			sum += float64(w[t]) * float64(m)
		}
	}
	return sum
}

// common returns how many terms a and b share.
func (a vector) common(b vector) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch d := a[i].term - b[j].term; {
		case d < 0:
			i++
		case d > 0:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// plus returns a+b.
func (a vector) plus(b vector) vector {
	out := make(vector, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i].term < b[j].term:
			out = append(out, a[i])
			i++
		case i == len(a) || b[j].term < a[i].term:
			out = append(out, b[j])
			j++
		default:
			out = append(out, feature{a[i].term, a[i].weight + b[j].weight})
			i++
			j++
		}
	}
	return out
}

// take returns a+b, which is put in the place of a.
func (a vector) take(b vector) vector {
	if len(b) > len(a)/4 {
		return a.plus(b)
	}
	fresh, at := 0, 0
	for _, f := range b {
		at += a[at:].at(f.term)
		if at < len(a) && a[at].term == f.term {
			a[at].weight += f.weight
		} else {
			fresh++
		}
	}
	i, k := len(a)-1, len(a)+fresh-1
	a = slices.Grow(a, fresh)[:k+1]
	for j := len(b) - 1; k > i; j-- {
		for i >= 0 && a[i].term > b[j].term {
			a[k] = a[i]
			i, k = i-1, k-1
		}
		if i < 0 || a[i].term < b[j].term {
			a[k] = b[j]
			k--
		}
	}
	return a
}

// counts is the terms of one document before they are weighted.
type counts map[string]*tally

// A tally is how much a term counts in a document, and how likely an ordinary
// article is to hold it, by the commonest of its forms.
type tally struct {
	n, prior float64
	names    int    // forms that look like names less those that do not
	form     string // the last one
}

func (c counts) add(term, form string, weight float64, name int, least float64) {
	t := c[term]
	if t == nil {
		t = &tally{}
		c[term] = t
	}
	t.n += weight
	t.names += name
	t.prior = max(t.prior, least)
	if t.form == form {
		return
	}
	t.form = form
	if p := prior(term, form); p > t.prior {
		t.prior = p
	}
}

// weights of where a term stands.
var (
	inTitle  = 3.0
	inLead   = 1.5 // in the first leadWords words
	asName   = 2.2
	asNumber = 1.5
)

const leadWords = 80

// countTokens returns the terms of a document: its words, without those of a
// letter, and in scripts without spaces its pairs of characters.
func countTokens(title, text []token.Token) counts {
	c := counts{}
	g := tongueOf(text)
	add := func(tokens []token.Token, weight func(word int) float64) {
		words, opens := 0, true // whether a sentence opens
		for _, t := range tokens {
			if t.Kind != token.Word && t.Kind != token.Number {
				opens = opens || t.Norm == "." || t.Norm == "?" || t.Norm == "!"
				continue
			}
			small := g.nouns || g.foreign && opens
			opens = false
			words++
			w := weight(words)
			name := 0
			switch {
			case t.Kind == token.Number:
				w *= asNumber
			case t.Is(token.Initial) && small:
			case t.Is(token.Initial):
				w *= asName
				name = 1
			case !t.Is(token.NoCase) || !dense(t.Norm):
				name = -1
			}
			least := g.prior(&t, small)
			termsOf(t, func(term, form string) { c.add(term, form, w, name, least) })
		}
	}
	add(title, func(int) float64 { return inTitle })
	add(text, func(n int) float64 {
		if n <= leadWords {
			return inLead
		}
		return 1
	})
	return c
}

// termsOf calls f with the terms of a word or number, and the forms in which they
// stand there.
func termsOf(t token.Token, f func(term, form string)) {
	switch {
	case t.Kind == token.Number:
		if len(t.Norm) > 1 {
			f(t.Norm, t.Norm)
		}
	case t.Kind != token.Word:
	case t.Is(token.NoCase) && dense(t.Norm):
		pairs(t.Norm, func(p string) { f(p, p) })
	case utf8.RuneCountInString(t.Norm) < 2 || t.Norm[0] == '\'':
	default:
		f(stem(t.Norm), t.Norm)
	}
}

// dense reports whether a word is of a script that writes words without spaces.
func dense(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
}

func pairs(w string, f func(string)) {
	rs := []rune(w)
	if len(rs) == 1 {
		f(w)
	}
	for i := 1; i < len(rs); i++ {
		f(string(rs[i-1 : i+1]))
	}
}

// pseudo is how many articles of the background count beside the documents at
// hand: with few documents the background says how rare a word is, with many
// the documents do.
var pseudo = 600.0

// specific is how likely a name may be in an ordinary article to count among
// the names that tell one event from another: people, villages, ships, but not
// countries and great cities.
var specific = 0.008

// unit gives v the length 1.
func unit(v vector) vector {
	n := scale(v)
	for i := range v {
		v[i].weight *= n
	}
	return v
}

// scale is what the weights of v are multiplied by to give it the length 1.
func scale(v vector) float32 {
	var sum float64
	for _, f := range v {
		sum += float64(f.weight) * float64(f.weight)
	}
	if sum == 0 {
		return 1
	}
	return float32(1 / math.Sqrt(sum))
}
