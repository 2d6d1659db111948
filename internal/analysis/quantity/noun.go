package quantity

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/numeral"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/units.txt
var unitData string

//go:embed data/currencies.txt
var currencyData string

//go:embed data/outcomes.txt
var outcomeData string

//go:embed data/groups.txt
var groupData string

//go:embed data/plurals.txt
var pluralData string

// A lexicon has the word lists of the analyzer.
type lexicon struct {
	units      map[string]string // words and signs, "~" between words -> unit
	currencies map[string]string // the same for currencies
	longest    int               // most words of a unit
	outcomes   map[string]string // verb form -> what is told of those counted
	groups     map[string]bool   // nouns for a number of people
	plurals    map[string]bool   // plurals that are not made by adding "s"
	lead       map[string]bool   // words that may stand before a figure with a capital
}

var lex = sync.OnceValue(func() *lexicon {
	l := &lexicon{units: map[string]string{}, currencies: map[string]string{}, outcomes: map[string]string{}, lead: map[string]bool{}}
	table := func(data string, into map[string]string) {
		for row := range wordlist.Rows(data) {
			f := strings.Fields(row)
			for _, w := range f[1:] {
				into[w] = f[0]
				l.longest = max(l.longest, strings.Count(w, "~")+1)
			}
		}
	}
	l.groups, l.plurals = wordlist.Set(groupData), wordlist.Set(pluralData)
	table(unitData, l.units)
	table(currencyData, l.currencies)
	table(outcomeData, l.outcomes)
	for _, w := range strings.Fields(`at about around over under nearly almost some least more less than only just up to
the a an in on by with from and or but of for after before when while killing wounding injuring leaving were was all its their his her
this these those another other between an roughly approximately one two three he she they it we i you there that which who`) {
		l.lead[w] = true
	}
	return l
})

// sign reads a currency written before its figure at token k, and returns it and
// the token of the figure.
func (l *lexicon) sign(s *scanner, k, limit int) (unit string, at int) {
	if k+1 >= limit {
		return "", 0
	}
	w := s.norm(k)
	switch {
	case s.toks[k].Kind == token.Symbol:
		if u := l.currencies[w]; u != "" {
			return u, k + 1
		}
	case s.toks[k].Kind == token.Word && s.norm(k+1) == "$" && s.glued(k+1) && k+2 < limit:
		if u := l.currencies[w+"$"]; u != "" {
			return u, k + 2
		}
	case s.toks[k].Kind == token.Word && (s.toks[k].Is(token.AllUpper) && len(w) == 3 || w == "rs" || w == "rm" || w == "tk"):
		at := k + 1
		if s.norm(at) == "." && s.glued(at) && at+1 < limit {
			at++
		}
		if u := l.currencies[w]; u != "" && s.toks[at].Kind == token.Number && u != w {
			return u, at
		}
	}
	return "", 0
}

// stopWords end a noun phrase.
var stopWords = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`of in on at by for from with to into onto over under after before since until during through between among against about
and or but nor so yet as than that which who whom whose when where while if because though although
is are was were be been being am has have had having do does did will would can could may might must shall should
he she it they we i you him her them us his its their our your my this these those there here not no also only just
said says say told tells killed injured wounded dead missing died arrested later ago earlier away each per a an the more less least most
behind ahead above below within without across along near despite amid beyond beside besides towards toward versus
have've is't were't including such both all still now then already yet out up down off back unless once whether till yesterday`) {
		stopWords[w] = true
	}
}

// isPlural reports whether w is spelt as a plural noun.
func isPlural(w string) bool {
	return lex().plurals[w] || len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") && w != "across" && w != "perhaps"
}

// counted reads the noun phrase a number counts from token k on, and returns its
// head and the token after it.
func (s *scanner) counted(k, limit int, value float64) (head string, end int) {
	const reach = 5
	if k < limit && s.norm(k) == "of" {
		// "Thirty of 52 members": what the second number counts.
		if k+2 < limit && s.toks[k+1].Kind == token.Number {
			return s.counted(k+2, limit, 2)
		}
		return "", 0
	}
	one := value == 1
	for j := k; j < limit && j < k+reach; j++ {
		t := s.toks[j]
		if t.Kind == token.Punct && t.Norm == "-" && j > k && s.glued(j) && s.glued(j+1) {
			continue // "12 shipping-line workers"
		}
		if t.Kind != token.Word || stopWords[t.Norm] || t.Newlines > 0 && j > k {
			return "", 0
		}
		if one {
			// The head of "one soldier", "one police officer" is the last
			// word before something else.
			if t.Is(token.Initial) {
				return "", 0
			}
			if n := s.norm(j + 1); j+1 >= limit || stopWords[n] || s.toks[j+1].Kind != token.Word || strings.HasSuffix(n, "ed") {
				return t.Norm, j + 1
			}
			continue
		}
		if isPlural(t.Norm) && !strings.HasSuffix(t.Norm, "'s") {
			// "5 sales managers": a plural before a plural is no head.
			if j+1 < limit && j+1 < k+reach && s.toks[j+1].Kind == token.Word && isPlural(s.norm(j+1)) && !stopWords[s.norm(j+1)] && s.toks[j+1].Is(token.AllLower) && t.Is(token.AllLower) && (lex().plurals[s.norm(j+1)] || lex().plurals[t.Norm]) {
				continue
			}
			if t.Is(token.Initial) {
				return t.Span.In(s.text), j + 1 // "Palestinians"
			}
			return t.Norm, j + 1
		}
	}
	return "", 0
}

// of returns what a figure with a unit of a kind is a figure of.
func (s *scanner) of(kind string, end, from, limit int) string {
	switch kind {
	case "count":
		return s.ofCount(end, from, limit)
	case "share", "money":
		return s.ofAmount(end, from, limit)
	}
	return s.ofMeasure(end, limit)
}

// ofCount returns what happened to those counted: "were killed", "dead",
// "killing 41 people".
func (s *scanner) ofCount(end, from, limit int) string {
	if from-2 >= s.s0 && s.norm(from-1) == "of" {
		if _, ok := numeral.At(s.toks, s.text, from-2); ok {
			return "" // "thirty of 52 members voted": thirty did
		}
	}
	passive := false
	for k := end; k < limit && k < end+6; k++ {
		w := s.norm(k)
		switch w {
		case "were", "was", "are", "is", "been", "be", "being", "have", "has", "had", "have'nt":
			passive = true
			continue
		case "also", "reportedly", "then", "later", "so", "far", "already", "still", "feared", "believed", "to", "confirmed", "more", "others", "people":
			continue
		}
		if o := s.lex.outcomes[w]; o != "" {
			return o
		}
		if passive && strings.HasSuffix(w, "ed") && len(w) > 4 {
			return w
		}
		break
	}
	for k := from - 1; k >= s.s0 && k >= from-5; k-- {
		w := s.norm(k)
		if o := s.lex.outcomes[w]; o != "" && w != "dead" && w != "missing" && w != "deaths" {
			return o
		}
		switch w {
		case "at", "least", "about", "more", "than", "some", "around", "nearly", "almost", "over", "up", "to", "another", "all", "the", "an", "estimated", "and", "injuring", "of", "rose", "risen", "rises", "reached", "stood", "stands", "climbed":
			continue
		}
		break
	}
	return ""
}

// ofAmount returns what an amount or a share is of: "of voters", "in damages",
// "rise", or the verb before: "rose by 4 per cent".
func (s *scanner) ofAmount(end, from, limit int) string {
	moved := s.moved(from)
	if w := s.norm(end); w == "in" && (moved != "" && share(s.norm(end-1)) || s.norm(end+1) == "favour" || s.norm(end+1) == "favor") {
		return moved // "fell 6.2 percent in early trading", "voted 91 per cent in favour"
	} else if (w == "of" || w == "in" || w == "worth" && s.norm(end+1) == "of") && end+1 < limit {
		k := end + 1
		if s.norm(k) == "of" {
			k++
		}
		if k < limit && w == "in" && s.toks[k].Is(token.Initial) {
			return "" // "sold for £12,000 in London": where, not of what
		}
		if h := s.phraseHead(k, limit); h != "" {
			return h
		}
	}
	if end < limit && s.toks[end].Kind == token.Word && s.toks[end].Is(token.AllLower) && !stopWords[s.norm(end)] && s.toks[end].Space && !strings.HasSuffix(s.norm(end), "ed") {
		return s.norm(end)
	}
	return moved
}

// share reports whether a token ends a share in a hundred.
func share(n string) bool { return n == "%" || n == "percent" || n == "cent" || n == "pc" }

// moved returns the verb before a figure at token from that tells how it changed: "rose by
// 4 per cent", or "".
func (s *scanner) moved(from int) string {
	for k := from - 1; k >= s.s0 && k >= from-5; k-- {
		switch w := s.norm(k); w {
		case "by", "at", "least", "about", "more", "than", "some", "around", "nearly", "almost", "over", "up", "to", "another", "of", "a", "an", "only", "just":
			continue
		default:
			if changes[w] {
				return w
			}
		}
		break
	}
	return ""
}

// changes are verbs that tell how a quantity moved.
var changes = map[string]bool{
	"rose": true, "fell": true, "grew": true, "dropped": true, "gained": true, "lost": true, "increased": true, "decreased": true,
	"declined": true, "jumped": true, "climbed": true, "surged": true, "slumped": true, "plunged": true, "shrank": true, "expanded": true,
	"rises": true, "falls": true, "rise": true, "fall": true, "grow": true, "cost": true, "costs": true, "costing": true, "paid": true, "raised": true,
	"spent": true, "invested": true, "worth": true, "earned": true, "slipped": true, "added": true, "contracted": true, "won": true,
	"slid": true, "shed": true, "tumbled": true, "sank": true, "soared": true, "dipped": true, "eased": true, "advanced": true, "retreated": true,
	"lowered": true, "losing": true, "gaining": true, "adding": true, "falling": true, "rising": true, "dropping": true, "shedding": true, "sliding": true,
	"jumping": true, "climbing": true, "gains": true, "loses": true, "drops": true, "jumps": true, "slides": true, "sheds": true,
}

// ofMeasure returns the word a measure describes: "5 km long", "12 metres of
// cable", "three weeks of talks", "20 miles north".
func (s *scanner) ofMeasure(end, limit int) string {
	switch w := s.norm(end); w {
	case "of":
		return s.phraseHead(end+1, limit)
	case "long", "wide", "deep", "high", "tall", "old":
		if end >= limit {
			return ""
		}
		return w
	}
	return ""
}

// phraseHead returns the head of the noun phrase at token k: its last word
// before something that is none of it.
func (s *scanner) phraseHead(k, limit int) string {
	head := ""
	for j := k; j < limit && j < k+6; j++ {
		t := s.toks[j]
		if t.Kind == token.Word && (t.Norm == "the" || t.Norm == "its" || t.Norm == "their" || t.Norm == "all" || t.Norm == "a") && j < k+2 {
			continue
		}
		if t.Kind != token.Word || stopWords[t.Norm] || t.Norm == "'s" {
			break
		}
		if head != "" && isPlural(head) && strings.HasSuffix(t.Norm, "ed") {
			break
		}
		head = t.Norm
	}
	return head
}
