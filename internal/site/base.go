package site

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"readout/internal/dialect"
	"readout/internal/lexicon"
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

// A wordSense is what a word tells wherever it stands.
type wordSense struct {
	terms   []baseTerm
	own     string     // the last term of the word itself
	sides   []contrary // of the pairs of opposites it is on
	noun    bool       // it names one thing first of all, see countsAsNoun
	say     bool       // a word of saying
	attempt bool       // a verb of attempts
	choices uint64     // the wordChoices of which it begins a word, as bits
	// Which phrases it may begin: that tell how things stand, deny, tell what will be,
	// or tell of a meeting.
	statuses []statusPhrase
	denials  [][]string
	prospect bool
	meets    bool
}

// senses remembers what was found of the words that are numbered.
var senses = sync.OnceValue(func() *token.Memo[*wordSense] {
	return token.NewMemo(func(norm string) *wordSense { return senseOf(norm) })
})

// sense returns what a word tells.
func sense(t *token.Token) *wordSense { return *senses().Of(t) }

func senseOf(norm string) *wordSense {
	t := token.Token{Kind: token.Word, Norm: norm}
	if !strings.ContainsFunc(norm, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }) {
		t.Shape = token.NoCase
	}
	s := &wordSense{terms: findTerms(t), noun: countsAsNoun(norm)}
	for _, b := range s.terms {
		s.own = b.own
	}
	s.sides, s.attempt = opposites()[s.own], attemptTerms()[s.own]
	s.say = lexicon.Shared().Word(lexicon.Hash(norm))&lexicon.Say != 0
	for i, c := range wordChoices() {
		if c.first[norm] {
			s.choices |= 1 << i
		}
	}
	s.statuses, s.denials = statusWords().phrases[norm], denialsByWord()[norm]
	s.prospect, s.meets = prospectFirst[norm], meetWords[norm] || meetFirst[norm]
	return s
}

// baseTerms returns the terms of a word or number.
func baseTerms(t *token.Token) []baseTerm {
	if t.Kind == token.Word {
		return sense(t).terms
	}
	return findTerms(*t)
}

func findTerms(t token.Token) []baseTerm {
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
func (c *comparison) termsOf(t *token.Token) []numberedTerm {
	if t.ID != 0 {
		if ts, ok := c.known[t.ID]; ok {
			return ts
		}
	} else if ts, ok := c.words[t.Norm]; ok {
		return ts
	}
	var ts []numberedTerm
	for _, b := range baseTerms(t) {
		ts = append(ts, numberedTerm{c.number(b.own), c.number(b.term), b.weight})
	}
	if t.ID != 0 {
		c.known[t.ID] = ts
	} else {
		c.words[t.Norm] = ts
	}
	return ts
}

// number returns the number of a term.
func (c *comparison) number(term string) int32 {
	n, ok := c.ids[term]
	if !ok {
		n = int32(len(c.ids))
		c.ids[term] = n
	}
	return n
}

// weigh returns the terms of some tokens. Of the forms in which a term stands
// there the commonest tells how much it weighs; of words that are used for the
// same the one that tells most.
func (c *comparison) weigh(tokens []token.Token) weights {
	all := c.found[:0]
	for i := range tokens {
		if t := &tokens[i]; t.Kind == token.Word || t.Kind == token.Number {
			all = append(all, c.termsOf(t)...)
		}
	}
	c.found = all
	slices.SortFunc(all, func(a, b numberedTerm) int {
		switch {
		case a.term != b.term:
			return int(a.term) - int(b.term)
		case a.own != b.own:
			return int(a.own) - int(b.own)
		}
		return cmp.Compare(a.weight, b.weight)
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

// without returns a without the terms of the words that are marked with one of the
// classes, and of the roles beside them.
func (c *comparison) without(a weights, rep *sideReport, marks []int, classes ...dialect.Class) weights {
	drop := c.dropped[:0]
	for _, i := range marks {
		mk := rep.mark(i)
		if !slices.Contains(classes, mk.Class) {
			continue
		}
		for _, w := range [...]string{mk.Span.In(rep.text), mk.Get("role")} {
			c.tokens = token.Append(c.tokens[:0], w, span.New(0, len(w)))
			for i := range c.tokens {
				for _, n := range c.termsOf(&c.tokens[i]) {
					drop = append(drop, n.term)
				}
			}
		}
	}
	c.dropped = drop
	if len(drop) == 0 {
		return a
	}
	return slices.DeleteFunc(slices.Clone(a), func(w weighted) bool { return slices.Contains(drop, w.term) })
}

// postings say of each term in which sentences it stands, by their numbers.
type postings struct {
	from []int32 // of each term: where its sentences begin in list
	list []int32
	w    []float64 // how much the term weighs there
}

// standsIn returns the sentences in which a term stands, in their order, and how much it
// weighs there. All reports must have been added.
func (c *comparison) standsIn(term int32) ([]int32, []float64) {
	p := &c.stands
	if p.from == nil {
		p.from = make([]int32, len(c.ids)+1)
		n := 0
		for _, ref := range c.all {
			for _, t := range c.at(ref).terms {
				p.from[t.term+1]++
				n++
			}
		}
		for i := 1; i < len(p.from); i++ {
			p.from[i] += p.from[i-1]
		}
		p.list, p.w = make([]int32, n), make([]float64, n)
		next := slices.Clone(p.from)
		for i, ref := range c.all {
			for _, t := range c.at(ref).terms {
				p.list[next[t.term]], p.w[next[t.term]] = int32(i), t.w
				next[t.term]++
			}
		}
	}
	if int(term)+1 >= len(p.from) {
		return nil, nil // met later, in no whole sentence
	}
	from, to := p.from[term], p.from[term+1]
	return p.list[from:to], p.w[from:to]
}
