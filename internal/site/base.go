package site

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"readout/internal/span"
	"readout/internal/story"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/irregular.txt
var irregularFile string

//go:embed data/synonyms.txt
var synonymsFile string

// bases maps forms of irregular verbs to their base.
var bases = sync.OnceValue(func() map[string]string { return firstOfLine(irregularFile) })

// synonyms maps the terms of words that news uses for the same to the term of
// the first of them.
var synonyms = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	words := firstOfLine(synonymsFile)
	for _, word := range slices.Sorted(maps.Keys(words)) {
		first := words[word]
		for words[first] != first {
			first = words[first] // a word of two lines: "strike" is to hit, and to stop work
		}
		termOf := func(word string) (term string) {
			for _, t := range token.Scan(word) {
				story.Terms(t, func(s string, _ float64) { term = s })
			}
			return term
		}
		if t, f := termOf(word), termOf(first); t != "" && f != "" && m[t] == "" {
			m[t] = f
		}
	}
	return m
})

//go:embed data/units.txt
var unitsFile string

// countedAlike maps nouns by which the same is counted to the first of them.
var countedAlike = sync.OnceValue(func() map[string]string { return firstOfLine(unitsFile) })

// sameNoun reports whether two nouns are one, or count the same.
func sameNoun(a, b string) bool {
	return a == b || countedAlike()[a] != "" && countedAlike()[a] == countedAlike()[b]
}

// firstOfLine maps each word of a line to the first one.
func firstOfLine(file string) map[string]string {
	m := map[string]string{}
	for row := range wordlist.Rows(file) {
		ws := strings.Fields(row)
		for _, w := range ws {
			if m[w] == "" {
				m[w] = ws[0]
			}
		}
	}
	return m
}

// A baseTerm is a term of a word: that of its base, where it is a form of an
// irregular verb, and of the words used for the same that of the first.
type baseTerm struct {
	own    string // the term of the word itself
	term   string
	weight float64
}

// baseTerms returns the terms of a word.
func baseTerms(t token.Token) []baseTerm {
	if base, ok := bases()[t.Norm]; ok {
		t.Norm = base
	}
	var out []baseTerm
	story.Terms(t, func(term string, w float64) {
		b := baseTerm{term, term, w}
		if s, ok := synonyms()[term]; ok {
			b.term = s
		}
		out = append(out, b)
	})
	return out
}

// A numberedTerm is a term of a word as a comparison numbers it.
type numberedTerm struct {
	own, term int32
	weight    float64
}

// termsOf returns the terms of a word, by number. A comparison looks each word
// up once.
func (c *comparison) termsOf(t token.Token) []numberedTerm {
	if ts, ok := c.words[t.Norm]; ok {
		return ts
	}
	var ts []numberedTerm
	for _, b := range baseTerms(t) {
		ts = append(ts, numberedTerm{c.number(b.own), c.number(b.term), b.weight})
	}
	c.words[t.Norm] = ts
	return ts
}

// number returns the number of a term.
func (c *comparison) number(term string) int32 {
	n, ok := c.ids[term]
	if !ok {
		n = int32(len(c.ids))
		c.ids[term] = n
		c.terms = append(c.terms, nil)
	}
	return n
}

// weigh returns the terms of some tokens. Of the forms in which a term stands
// there the commonest tells how much it weighs; of words that are used for the
// same the one that tells most.
func (c *comparison) weigh(tokens []token.Token) weights {
	all := c.found[:0]
	for _, t := range tokens {
		if t.Kind == token.Word || t.Kind == token.Number {
			all = append(all, c.termsOf(t)...)
		}
	}
	c.found = all
	slices.SortFunc(all, func(a, b numberedTerm) int {
		return cmp.Or(cmp.Compare(a.term, b.term), cmp.Compare(a.own, b.own), cmp.Compare(a.weight, b.weight))
	})
	n := 0
	for i, t := range all {
		if i == 0 || t.term != all[i-1].term {
			n++
		}
	}
	out := make(weights, 0, n)
	for i, t := range all {
		switch k := len(out) - 1; {
		case i == 0 || t.term != all[i-1].term:
			out = append(out, weighted{t.term, t.weight})
		case t.own != all[i-1].own:
			out[k].w = max(out[k].w, t.weight)
		}
	}
	return out
}

// weighText is weigh for a text.
func (c *comparison) weighText(text string) weights {
	c.tokens = token.Append(c.tokens[:0], text, span.New(0, len(text)))
	return c.weigh(c.tokens)
}

// without returns a without the terms of some words.
func (c *comparison) without(a weights, words []string) weights {
	if len(words) == 0 {
		return a
	}
	drop := map[int32]bool{}
	for _, w := range words {
		c.tokens = token.Append(c.tokens[:0], w, span.New(0, len(w)))
		for _, t := range c.tokens {
			for _, n := range c.termsOf(t) {
				drop[n.term] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(a), func(w weighted) bool { return drop[w.term] })
}
