// Package tagger labels the tokens of a text as parts of names, with a linear
// sequence model. Its central types are Text, which holds what is known of each
// token, and Model, which labels it; package entity turns labels into mentions.
//
// The features are spelling, affixes, the classes of package lexicon for the
// word and its neighbours, the shape of the run of capitalised words the token
// stands in, and what the rest of the article tells of the word. The weights
// are trained by the command in ../train, and embedded.
package tagger

import (
	"slices"

	"readout/internal/lexicon"
	"readout/internal/token"
)

// A Label is what a token is: outside of names, or the beginning, inside, last
// or only token of a name of one type.
type Label uint8

// The labels.
const (
	Outside Label = iota
	BeginPerson
	InsidePerson
	LastPerson
	OnlyPerson
	BeginOrganization
	InsideOrganization
	LastOrganization
	OnlyOrganization
	BeginPlace
	InsidePlace
	LastPlace
	OnlyPlace
	BeginOther // names of other things: peoples, languages, works, laws
	InsideOther
	labels = 15
)

// Type is the type of a name: 0 none, 1 person, 2 organization, 3 place, 4 other.
type Type uint8

// The types of names.
const (
	None Type = iota
	Person
	Organization
	Place
	Other
)

// Type returns the type of name that l is part of.
func (l Label) Type() Type {
	if l == 0 {
		return None
	}
	return Type((l-1)/4) + 1
}

// starts reports whether l begins a name.
func (l Label) starts() bool {
	switch l {
	case BeginPerson, OnlyPerson, BeginOrganization, OnlyOrganization, BeginPlace, OnlyPlace, BeginOther:
		return true
	}
	return false
}

// follows reports whether next may stand after prev.
func follows(prev, next Label) bool {
	open := false // prev must go on
	switch prev {
	case BeginPerson, InsidePerson, BeginOrganization, InsideOrganization, BeginPlace, InsidePlace:
		open = true
	}
	switch next {
	case Outside:
		return !open
	case InsideOther:
		return prev == BeginOther || prev == InsideOther
	}
	if next.starts() {
		return !open
	}
	return open && prev.Type() == next.Type()
}

// A Name is a run of tokens [Start, End) that is a name of one type.
type Name struct {
	Start, End int
	Type       Type
}

// Names appends to names the names that the labels spell.
func Names(names []Name, ls []Label) []Name {
	for i := 0; i < len(ls); {
		l := ls[i]
		if l == Outside {
			i++
			continue
		}
		j := i + 1
		for j < len(ls) && ls[j] != Outside && !ls[j].starts() && ls[j].Type() == l.Type() {
			j++
		}
		names = append(names, Name{i, j, l.Type()})
		i = j
	}
	return names
}

// Mark writes the labels of names on ls, which has one for each token.
func Mark(ls []Label, names []Name) {
	for _, n := range names {
		if n.Type == Other {
			for k := n.Start; k < n.End; k++ {
				ls[k] = InsideOther
			}
			ls[n.Start] = BeginOther
			continue
		}
		base := Label((n.Type-1)*4) + 1
		if n.End == n.Start+1 {
			ls[n.Start] = base + 3
			continue
		}
		for k := n.Start; k < n.End; k++ {
			ls[k] = base + 1
		}
		ls[n.Start], ls[n.End-1] = base, base+2
	}
}

// shape is the spelling of a token.
type shape uint8

const (
	lower   shape = iota
	capital       // "Paris"
	upper         // "NATO"
	letter        // "J"
	mixed         // "McDonald", "iPhone"
	dotted        // "U.S."
	digits        // "2024"
	alnum         // "G20", "3rd"
	caseless
	sign

	shapes = int(sign) + 1
)

// A Word is what is known of one token.
type Word struct {
	Hash   uint64        // of its look-up form
	Class  lexicon.Class // of the word alone
	Phrase lexicon.Class // of the longest listed phrase it stands in
	Edge   uint8         // where in that phrase: 0 none, 1 begin, 2 inside, 3 last, 4 only
	shape  shape
	doc    uint16 // what the article tells of the word; see docBits
	run    int32  // index of the run of capitalised words it stands in, -1 for none
}

// affixes are hashes of the beginning and the ends of a word.
type affixes struct {
	prefix uint64    // of the first 3 bytes
	suffix [3]uint64 // of the last 2, 3 and 4 bytes
}

var affixesOf = token.NewMemo(affixesIn)

// affixesIn returns the affixes of a word in its look-up form.
func affixesIn(norm string) affixes {
	n := len(norm)
	a := affixes{prefix: lexicon.Hash(norm[:min(3, n)])}
	for k := range a.suffix {
		a.suffix[k] = lexicon.Hash(norm[n-min(k+2, n):])
	}
	return a
}

// A listed is a word as the lists have it.
type listed struct {
	hash  uint64
	class lexicon.Class
	more  bool // a longer phrase begins with it
}

var listedAs = token.NewMemo(func(norm string) listed {
	h := lexicon.Hash(norm)
	c, more := lexicon.Shared().Phrase(lexicon.Join(0, h))
	return listed{h, c, more}
})

// Initial reports whether the word begins with a capital letter.
func (w *Word) Initial() bool {
	switch w.shape {
	case capital, upper, letter, mixed, dotted:
		return true
	}
	return false
}

// Is reports whether the word alone stands in any of the lists c.
func (w *Word) Is(c lexicon.Class) bool { return w.Class&c != 0 }

// A Text is a tokenised text with what is known of each token.
type Text struct {
	Source    string
	Tokens    []token.Token
	Words     []Word
	Sentences [][2]int // ranges of Tokens, in order
	runs      []run
	votes     []vote     // of the first pass, for the second
	ballots   []ballot   // room for count
	told      []told     // room for survey
	heads     []headline // one for each sentence
	labels    []Label    // room for Tag
	second    []sum      // room for first
	decoder   decoder
}

// headline says how the capitals of a sentence are to be read.
type headline uint8

const (
	plain    headline = iota
	titled            // most words are capitalised: "Talks Begin in Geneva"
	shouting          // every word is in capitals

	headlines = int(shouting) + 1
)

// A run is a stretch of capitalised tokens with the small words that may join
// the parts of a name.
type run struct {
	start, end int
	of         int // the first "of" or "for" in it, or end
}

// NewText looks up every token. The sentences are ranges of tokens.
func NewText(source string, tokens []token.Token, sentences [][2]int) *Text {
	t := new(Text)
	t.Read(source, tokens, sentences)
	return t
}

// Read makes t the Text of other tokens, in the room it has.
func (t *Text) Read(source string, tokens []token.Token, sentences [][2]int) {
	*t = Text{
		Source: source, Tokens: tokens, Sentences: sentences,
		Words: slices.Grow(t.Words[:0], len(tokens))[:len(tokens)],
		runs:  slices.Grow(t.runs[:0], len(tokens)/8), heads: t.heads,
		votes: t.votes[:0], ballots: t.ballots, told: t.told,
		labels: t.labels, second: t.second, decoder: t.decoder,
	}
	table := lexicon.Shared()
	for i := range tokens {
		tok := &tokens[i]
		l := listedAs.Of(tok)
		w := &t.Words[i]
		*w = Word{Hash: l.hash, run: -1, shape: shapeOf(source, tok)}
		if tok.Kind == token.Word || tok.Kind == token.Number {
			w.Class = l.class
		}
	}
	t.findHeadlines()
	t.findPhrases(table)
	t.findRuns()
	t.survey()
}

func shapeOf(source string, tok *token.Token) shape {
	switch tok.Kind {
	case token.Punct, token.Symbol:
		return sign
	case token.Number:
		if tok.Is(token.Initial) || tok.Shape&(token.AllLower|token.AllUpper) != 0 {
			return alnum
		}
		return digits
	}
	switch {
	case tok.Shape == token.AllLower:
		return lower
	case tok.Is(token.NoCase):
		return caseless
	case tok.Is(token.Dotted):
		if tok.Is(token.Initial) {
			return dotted
		}
		return lower
	case tok.Is(token.HasDigit):
		return alnum
	case tok.Is(token.AllLower):
		return lower
	case tok.Is(token.AllUpper):
		if tok.Span.Len() == 1 {
			return letter
		}
		return upper
	case tok.Is(token.Initial):
		// One capital and the rest small, or more capitals inside.
		s := tok.Span.In(source)
		for k := 1; k < len(s); k++ {
			if 'A' <= s[k] && s[k] <= 'Z' {
				return mixed
			}
		}
		return capital
	case tok.Shape == 0:
		return lower
	}
	return mixed
}

// findHeadlines tells sentences in title case and in capitals from others.
func (t *Text) findHeadlines() {
	t.heads = append(t.heads[:0], make([]headline, len(t.Sentences))...)
	for k, s := range t.Sentences {
		words, caps, uppers, long := 0, 0, 0, 0
		for i := s[0]; i < s[1]; i++ {
			if t.Tokens[i].Kind != token.Word || t.Tokens[i].Norm[0] == '\'' {
				continue
			}
			words++
			switch sh := t.Words[i].shape; sh {
			case upper:
				uppers++
				caps++
			case capital, mixed, dotted, letter:
				caps++
			case lower:
				if len(t.Tokens[i].Norm) > 4 {
					long++
				}
			}
		}
		switch {
		case words >= 3 && uppers*10 >= words*8:
			t.heads[k] = shouting
		case t.Tokens[s[1]-1].Norm == ".":
		case words >= 4 && caps >= 3 && (long == 0 && caps*2 >= words || caps*10 >= words*7):
			t.heads[k] = titled
		}
	}
}

// Headline reports whether most words of sentence k are capitalised, so that a
// capital tells nothing.
func (t *Text) Headline(k int) bool { return t.heads[k] != plain }

// findPhrases marks the longest listed phrases.
func (t *Text) findPhrases(table *lexicon.Table) {
	const name = lexicon.Place | lexicon.Organization | lexicon.Demonym
	for _, s := range t.Sentences {
		for i := s[0]; i < s[1]; {
			w := &t.Words[i]
			if !w.Initial() && w.shape != alnum {
				i++
				continue
			}
			h, end, class := uint64(0), i, lexicon.Class(0)
			for j := i; j < s[1]; j++ {
				h = lexicon.Join(h, t.Words[j].Hash)
				var c lexicon.Class
				var more bool
				if j == i {
					l := listedAs.Of(&t.Tokens[i])
					c, more = l.class, l.more
				} else {
					c, more = table.Phrase(h)
				}
				// A word of several letters in capitals alone is listed.
				if c&name != 0 && t.capitalsFit(i, j+1, c) {
					end, class = j+1, c
				}
				if !more {
					break
				}
			}
			if end == i {
				i++
				continue
			}
			for k := i; k < end; k++ {
				t.Words[k].Phrase = class
				t.Words[k].Edge = 2
			}
			t.Words[i].Edge, t.Words[end-1].Edge = 1, 3
			if end == i+1 {
				t.Words[i].Edge = 4
			}
			i = end
		}
	}
}

// capitalsFit reports whether the last word of a phrase is spelled as a name
// would be, and short words such as "us" and "who" are in capitals.
func (t *Text) capitalsFit(i, j int, c lexicon.Class) bool {
	last := &t.Words[j-1]
	if j == i+1 {
		n := len(t.Tokens[i].Norm)
		if n <= 3 && last.shape == capital && c&(lexicon.Country|lexicon.Organization) != 0 {
			return false
		}
		return true
	}
	return last.Initial() || last.shape == alnum || last.Is(lexicon.Common)
}

// findRuns finds the runs of capitalised tokens within sentences.
func (t *Text) findRuns() {
	for _, s := range t.Sentences {
		for i := s[0]; i < s[1]; {
			if !t.nameLike(i) || t.Words[i].shape == digits {
				i++
				continue
			}
			end := i + 1
			for j := i + 1; j < s[1] && j <= end+3; j++ {
				if t.nameLike(j) {
					end = j + 1
				} else if !t.joins(j) {
					break
				}
			}
			r := int32(len(t.runs))
			of := end
			for k := end - 1; k > i; k-- {
				t.Words[k].run = r
				if h := t.Words[k].Hash; h == hashOf || h == hashFor {
					of = k
				}
			}
			t.Words[i].run = r
			t.runs = append(t.runs, run{i, end, of})
			i = end
		}
	}
}

func (t *Text) nameLike(i int) bool {
	switch t.Words[i].shape {
	case capital, upper, letter, mixed, dotted, alnum, caseless:
		return true
	case digits:
		return i > 0 && !(t.Tokens[i].Space && t.Tokens[i].Span.Len() == 4)
	}
	return false
}

// joins reports whether token i may stand between two parts of a name.
func (t *Text) joins(i int) bool {
	tok := &t.Tokens[i]
	switch tok.Norm {
	case "of", "the", "a", "and", "for", "de", "la", "las", "los", "du", "des", "del", "della", "di", "da", "do", "dos",
		"van", "von", "der", "den", "al", "el", "bin", "bint", "ibn", "ben", "ul", "ur", "uz", "us", "e", "i", "y", "et", "le", "on", "in",
		"to", "with", "at", "against", "und", "ad", "an", "ud", "ez", "ed", "es", "as", "abu", "ou", "ka", "wa", "ye", "dit", "zu", "ter", "ten", "op", "di'":
		return true
	case "&", "'", "’", "‘", "ʻ", "/", "+":
		return true
	case "-", "–":
		return !tok.Space && i+1 < len(t.Tokens) && !t.Tokens[i+1].Space
	case ".":
		return i > 0 && !tok.Space && (t.Words[i-1].shape == letter || t.Words[i-1].Is(lexicon.Honorific|lexicon.Rank|lexicon.OrgSuffix|lexicon.NameSuffix|lexicon.PlacePre))
	}
	return false
}
