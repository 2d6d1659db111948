package entity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/lexicon"
	"readout/internal/token"
	"readout/internal/wordlist"
)

//go:embed data/named.txt
var namedData string

// namedWords are the classes of data/named.txt.
var namedWords = sync.OnceValue(func() map[string]map[string]bool {
	classes := map[string]map[string]bool{}
	for name, words := range wordlist.Named(namedData) {
		classes[name] = wordlist.Set(words)
	}
	return classes
})

// named finds the names that a noun before them, an age after them or the line of the
// authors tells, where the model passed them over or took them for something else.
func (f *finder) named(a *article.Article) {
	f.own()
	w := namedWords()
	var found []mention
	for i := range f.cued(nounCue) {
		if f.Tokens[i].Kind != token.Word || f.Headline(f.sentence[i]) {
			continue
		}
		if m, ok := f.nounName(i, w); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(commaCue) {
		if m, ok := f.agedName(i); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(possessiveCue) {
		if m, ok := f.possessed(i); ok {
			found = f.keep(found, m)
		} else if m, ok := f.meadow(i); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(theCue) {
		if m, ok := f.headed(i); ok {
			found = f.keep(found, m)
		} else if m, ok := f.newsAgency(i); ok {
			found = f.keep(found, m)
		}
	}
	for i := range f.cued(kinCue) {
		if m, ok := f.brother(i); ok {
			found = f.keep(found, m)
		}
	}
	found = f.teams(found, w)
	for i := range f.cued(tailCue) {
		if m, ok := f.firmName(i); ok {
			found = f.keep(found, m)
		}
	}
	for k, b := range f.blocks {
		if k < len(a.Blocks) && a.Blocks[k].Role == article.Byline {
			for _, m := range f.authors(b, a.Meta.Byline) {
				found = f.keep(found, m)
			}
		}
	}
	f.replaceBy(found)
}

// keep adds m to the names found, unless it is known as it is.
func (f *finder) keep(found []mention, m mention) []mention {
	if o := f.at(m.start); o >= 0 {
		if x := &f.mentions[o]; x.start == m.start && x.end == m.end && x.typ == m.typ {
			return found
		}
	}
	return append(found, m)
}

// nounName returns the name that the noun at token i is followed by.
func (f *finder) nounName(i int, w map[string]map[string]bool) (m mention, ok bool) {
	n := f.norm(i)
	switch {
	case f.Tokens[i].Is(token.Initial):
		if w["friends"][n] && f.norm(i+1) == "of" && f.same(i+2, i) && f.at(i) < 0 {
			return f.friends(i)
		}
		if i+2 > len(f.Tokens) || !f.same(i+1, i) || !f.capital(i+1) || f.Tokens[i].Is(token.AllUpper) {
			return m, false
		}
		if w["waters"][n] {
			// "the River Wend", not "the River Wend Trust"
			o := f.at(i)
			if f.is(i+1, lexicon.OrgHead|lexicon.Facility|lexicon.PlaceHead|lexicon.Role) || f.capital(i+2) && f.same(i+2, i) && f.word(i+2) ||
				o < 0 || f.mentions[o].start != i || f.mentions[o].end != i+2 || f.mentions[o].typ != annotation.Organization {
				return m, false
			}
			return mention{start: i, end: i + 2, typ: annotation.Place, rule: "entity/head"}, true
		}
		return m, false
	case w["place"][n] && f.norm(i+1) == "of" && f.same(i+2, i):
		k := i + 2
		end := f.run(k, 3)
		if end == k || f.at(k) >= 0 || f.is(k, lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Honorific|lexicon.Role) {
			return m, false
		}
		for j := k; j < end; j++ {
			if f.at(j) >= 0 {
				return m, false
			}
		}
		return mention{start: k, end: end, typ: annotation.Place, rule: "entity/context"}, true
	}
	if w["place"][n] && f.norm(i+1) == "," && f.same(i+2, i) {
		// "in a single village, Tin Akoff, on the border"
		k := i + 2
		end := f.run(k, 3)
		if o := f.at(k); end == k || f.norm(end) != "," && f.norm(end) != "." || f.is(k, lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Honorific|lexicon.Role) ||
			o >= 0 && (f.mentions[o].start != k || f.mentions[o].end != end || f.mentions[o].typ != annotation.Person || f.surelyPerson(f.mentions[o])) {
			return m, false
		}
		if p := f.norm(i - 1); !f.Tokens[i-1].Is(token.AllLower) || p == "the" {
			return m, false // "In the town, Lee said"
		}
		return mention{start: k, end: end, typ: annotation.Place, rule: "entity/context"}, true
	}
	k := i + 1
	body := w["media"][n] || w["house"][n]
	if body && f.norm(k) == "," && f.same(k+1, i) && f.at(k+1) < 0 {
		// "the contractor, Dales Coaches, could not"
		for p := i - 1; p >= i-3 && f.same(p, i); p-- {
			switch f.norm(p) {
			case "the", "a", "an", "its", "their", "his", "her":
				if end := f.run(k+1, 4); end > k+1 && f.norm(end) == "," && !f.is(k+1, lexicon.Day|lexicon.Month|lexicon.Role|lexicon.Honorific|lexicon.Demonym) && !starters[f.norm(k+1)] {
					for j := k + 1; j < end; j++ {
						if f.at(j) >= 0 {
							return m, false
						}
					}
					f.sure(k+1, end)
					return mention{start: k + 1, end: end, typ: annotation.Organization, rule: "entity/context"}, true
				}
				return m, false
			}
		}
	}
	if w["group"][n] && w["called"][f.norm(k)] && f.same(k, i) {
		if f.norm(k+1) == "after" {
			return m, false
		}
		k, body = k+1, true
		if q := f.norm(k); q == "\"" || q == "“" || q == "'" || q == "‘" {
			k++
		}
		if f.norm(k) == "the" {
			k++
		}
	} else if !body {
		return m, false
	}
	if !f.same(k, i) || f.tight(k) && k == i+1 {
		return m, false
	}
	end := f.run(k, 5)
	if end == k || f.is(k, lexicon.Day|lexicon.Month|lexicon.Demonym|lexicon.Honorific|lexicon.Rank|lexicon.Role|lexicon.RoleMod|lexicon.Direction) {
		return m, false
	}
	for j := k; j < end; j++ {
		if f.is(j, lexicon.Role|lexicon.Honorific) && !f.is(j, lexicon.OrgHead) {
			return m, false // "the company Chief Executive"
		}
		o := f.at(j)
		if o < 0 {
			continue
		}
		x := &f.mentions[o]
		switch {
		case x.end > end || x.start < k, x.typ == annotation.Event,
			x.typ == annotation.Person && (x.end-x.start > 1 && f.surelyPerson(*x) && k == i+1 || x.rule == "entity/title"),
			x.typ == annotation.Organization && x.start == k && x.end == end,
			x.typ == annotation.Place && f.Words[x.start].Phrase&(lexicon.Country|lexicon.Capital) != 0:
			return m, false
		}
	}
	switch f.norm(end) {
	case "+":
		return m, false
	case ".":
		if f.tight(end) && f.tight(end+1) && f.same(end+1, i) {
			return m, false // "Secunia.com"
		}
	case "in":
		if w["media"][n] && f.same(end+1, i) && f.capital(end+1) && !f.is(end+1, lexicon.Place|lexicon.Month|lexicon.Day) && f.is(end+1, lexicon.Common) {
			end++
			end = f.run(end, 3) // "the journal Frontiers in Physics"
		}
	}
	rule := "entity/context"
	if w["media"][n] {
		rule = "entity/outlet"
	}
	f.sure(k, end)
	return mention{start: k, end: end, typ: annotation.Organization, rule: rule}, true
}

// firmName returns the name of the firm that ends with token i, in running text, where the
// model passed all of it over or took it for a person's or a place's: "Thalassa
// Shipmanagement".
func (f *finder) firmName(i int) (m mention, ok bool) {
	const longest = 4
	if !f.capital(i) || f.Tokens[i].Is(token.AllUpper) || f.Headline(f.sentence[i]) || f.same(i+1, i) && f.capital(i+1) && f.word(i+1) || f.is(i, lexicon.Personal) {
		return m, false
	}
	start := i
	for start > 0 && i-start < longest && f.same(start-1, i) {
		p := start - 1
		if !f.word(p) || !f.capital(p) || starters[f.norm(p)] && p == f.Sentences[f.sentence[i]][0] || determiner(f.norm(p)) || f.is(p, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Day|lexicon.Month) {
			break
		}
		start = p
	}
	if start == i || f.is(start, lexicon.Demonym|lexicon.RoleMod) || f.norm(start-1) == "'s" || f.norm(start-1) == "of" || f.norm(start-1) == "for" || f.norm(start-1) == "and" || f.norm(start-1) == "&" || f.norm(start-1) == "-" {
		return m, false
	}
	if start == f.Sentences[f.sentence[i]][0] && f.is(start, lexicon.Common) && !f.speaksOrActs(i+1) {
		return m, false
	}
	for j := start; j <= i; j++ {
		if o := f.at(j); o >= 0 && (f.mentions[o].start < start || f.mentions[o].end > i+1 || f.mentions[o].typ == annotation.Event || f.mentions[o].typ == annotation.Organization || f.titled(&f.mentions[o])) {
			return m, false
		}
	}
	return mention{start: start, end: i + 1, typ: annotation.Organization, rule: "entity/firm"}, true
}

// newsAgency returns the name after "the" at token i and before the noun for an outlet:
// "the Lusa news agency".
func (f *finder) newsAgency(i int) (m mention, ok bool) {
	k := i + 1
	if !f.same(k+2, i) || !f.capital(k) || f.Tokens[k].Kind != token.Word {
		return m, false
	}
	end := f.run(k, 3)
	if end == k || f.capital(end) || f.is(k, lexicon.Demonym|lexicon.Direction|lexicon.Country) || f.Words[k].Phrase&lexicon.Place != 0 {
		return m, false
	}
	n := f.norm(end)
	switch {
	case n == "news" && f.norm(end+1) == "agency":
	case n != "agency" && namedWords()["before"][n]:
	default:
		return m, false
	}
	for j := k; j < end; j++ {
		if o := f.at(j); o >= 0 && (f.mentions[o].start < k || f.mentions[o].end > end || f.mentions[o].typ == annotation.Event) {
			return m, false
		}
	}
	return mention{start: k, end: end, typ: annotation.Organization, rule: "entity/outlet"}, true
}

// brother returns the first of two people of one family, of whom the second alone has the
// family name, after the noun at token i: "the brothers Wim and Koos Blaauw".
func (f *finder) brother(i int) (m mention, ok bool) {
	k := i + 1
	if !f.same(k+2, i) || !f.capital(k) || f.at(k) >= 0 || f.norm(k+1) != "and" {
		return m, false
	}
	if o := f.at(k + 2); o < 0 || f.mentions[o].typ != annotation.Person || f.mentions[o].start != k+2 {
		return m, false
	}
	return mention{start: k, end: k + 1, typ: annotation.Person, rule: "entity/context"}, true
}

// ofHouse takes up the place in the title of a peer: "Lord Featherstone of Hale".
func (f *finder) ofHouse(m mention) mention {
	p := m.start - 1
	if m.end-m.start > 2 || !f.same(p, m.start) || !namedWords()["peers"][f.norm(p)] || !f.capital(p) || f.norm(m.end) != "of" || !f.same(m.end+1, m.start) || !f.capital(m.end+1) {
		return m
	}
	m.end = f.run(m.end+1, 3)
	return m
}

// teams takes the names on both sides of a score for those of clubs, there and elsewhere
// in the article, and in such an article what ends like the name of a club:
// "Eastmoor 2-3 Port Adelle".
func (f *finder) teams(found []mention, w map[string]map[string]bool) []mention {
	var clubs map[uint64]int // by name, how many words it has
	for dash := range f.cued(figureDashCue) {
		i := dash - 1
		if i < 1 || i+3 >= len(f.Tokens) || f.Tokens[i+2].Kind != token.Number || f.Tokens[i].Span.Len() > 2 || f.Tokens[i+2].Span.Len() > 2 ||
			!f.tight(i+1) || !f.tight(i+2) || !f.same(i-1, i+3) || !f.capital(i-1) || !f.capital(i+3) || f.is(i-1, lexicon.Month|lexicon.Day) || f.is(i+3, lexicon.Month|lexicon.Day) {
			continue
		}
		start := i
		for start > 0 && i-start < 3 && f.same(start-1, i) && f.word(start-1) && f.capital(start-1) && !starters[f.norm(start-1)] {
			start--
		}
		end := i + 3
		for end < i+6 && f.same(end, i) && f.word(end) && f.capital(end) && f.norm(end) != "'s" {
			end++
		}
		if start == i || end == i+3 {
			continue
		}
		if clubs == nil {
			clubs = map[uint64]int{}
		}
		clubs[f.hash(start, i)], clubs[f.hash(i+3, end)] = i-start, end-i-3
	}
	longest := 0
	for _, n := range clubs {
		longest = max(longest, n)
	}
	for i := 0; i < len(f.Tokens); i++ {
		if !f.capital(i) || f.at(i) >= 0 && f.mentions[f.at(i)].start != i {
			continue
		}
		end := 0
		for j := i + 1; j <= i+longest && f.same(j-1, i); j++ {
			if n := clubs[f.hash(i, j)]; n == j-i {
				end = j
			}
		}
		if end == 0 && f.same(i+1, i) && f.capital(i+1) && f.word(i+1) {
			if w["clubhead"][f.norm(i)] && f.word(i) && !f.capital(i+2) {
				end = i + 2
			} else if clubs != nil && w["clubtail"][f.norm(i+1)] && !(f.same(i+2, i) && f.capital(i+2) && f.word(i+2)) && !(f.same(i-1, i) && f.capital(i-1) && f.word(i-1)) {
				end = i + 2
			}
		}
		if end == 0 || f.same(end, i) && f.capital(end) && f.word(end) && f.norm(end) != "'s" && f.at(i) >= 0 && f.mentions[f.at(i)].end > end {
			continue
		}
		fits := true
		for j := i; j < end; j++ {
			if o := f.at(j); o >= 0 && (f.mentions[o].start < i || f.mentions[o].end > end || f.mentions[o].typ == annotation.Event || f.mentions[o].typ == annotation.Person && f.titled(&f.mentions[o])) {
				fits = false
			}
		}
		if fits {
			found = f.keep(found, mention{start: i, end: end, typ: annotation.Organization, rule: "entity/result"})
			i = end - 1
		}
	}
	return found
}

// ofBoth makes "Department of Women's and Children's Health" whole.
func (f *finder) ofBoth(m *mention) {
	i := m.end
	if m.typ != annotation.Organization || !f.is(m.start, lexicon.OrgOf) || f.norm(m.start+1) != "of" && f.norm(m.start+1) != "for" || f.norm(i) != "'s" && f.norm(i) != "'" && f.norm(i) != "’s" ||
		f.norm(i+1) != "and" || !f.same(i+2, m.start) || !f.capital(i+2) {
		return
	}
	end := f.run(i+2, 2)
	if n := f.norm(end); (n == "'s" || n == "’s" || n == "'") && f.same(end+1, m.start) && f.capital(end+1) {
		end = f.run(end+1, 3)
	}
	for j := i; j < end; j++ {
		if o := f.at(j); o >= 0 && f.mentions[o].end > end {
			return
		}
	}
	m.end = end
}

// periodicals makes "The New York Review of Photography" whole.
func (f *finder) periodicals() {
	for k := range f.mentions {
		f.periodical(&f.mentions[k])
	}
	f.own()
}

func (f *finder) periodical(m *mention) {
	if m.typ != annotation.Organization || !namedWords()["periodical"][f.norm(m.end-1)] || f.norm(m.end) != "of" || !f.same(m.end+1, m.start) || !f.capital(m.end+1) || f.at(m.end+1) >= 0 || !f.is(m.end+1, lexicon.Common) {
		return
	}
	m.end = f.run(m.end+1, 3)
}

// inHeadline cuts a person's name in a headline to what the body has of it: the words of a
// title have capitals too, "Lawmakers Rip Ada Lee As A Traitor".
func (f *finder) inHeadline() {
	var body map[uint64]bool
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Person || m.end-m.start < 2 || f.Headline(f.sentence[m.start]) {
			continue
		}
		if body == nil {
			body = map[uint64]bool{}
		}
		body[f.hash(m.start, m.end)], body[f.hash(m.end-1, m.end)] = true, true
	}
	if body == nil {
		return
	}
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Person || m.end-m.start < 2 || m.end-m.start > 6 || !f.Headline(f.sentence[m.start]) || body[f.hash(m.start, m.end)] {
			continue
		}
		least := 1 // words that are left of a name
		if body[f.hash(m.end-1, m.end)] {
			least = 2
		}
	cut:
		for n := m.end - m.start - 1; n >= least; n-- {
			for i := m.start; i+n <= m.end; i++ {
				if body[f.hash(i, i+n)] {
					m.start, m.end = i, i+n
					break cut
				}
			}
		}
	}
}

// wholeBody takes up the words before "and" with which the name of a body begins where
// the model cut it: "Britain's Competition and Markets Authority".
func (f *finder) wholeBody(m *mention) {
	p := m.start - 1
	if m.typ != annotation.Organization || m.end-m.start < 2 || f.norm(p) != "and" && f.norm(p) != "&" || !f.same(p-2, m.start) || !f.capital(p-1) || f.at(p-1) >= 0 || f.at(p) >= 0 ||
		!f.is(p-1, lexicon.Noun|lexicon.GroupNoun|lexicon.PersonNoun|lexicon.PlaceNoun) || !f.is(m.start, lexicon.Common) || f.is(p-1, lexicon.Role) || !f.is(m.end-1, lexicon.OrgHead) {
		return
	}
	switch n := f.norm(p - 2); {
	case n == "'s", n == "the", n == "a", n == "an", f.Tokens[p-2].Is(token.AllLower) && f.word(p-2):
		m.start = p - 1
	}
}

// friends returns the name of a body that the head in the plural at token i opens:
// "Friends of Wend Meadows, a residents' group".
func (f *finder) friends(i int) (m mention, ok bool) {
	k := i + 2
	if f.norm(k) == "the" {
		k++
	}
	end := f.run(k, 4)
	if end == k || end-k == 1 && f.is(k, lexicon.Personal) {
		return m, false
	}
	for j := k; j < end; j++ {
		if o := f.at(j); o >= 0 && (f.mentions[o].typ == annotation.Person || f.mentions[o].end > end) {
			return m, false // "Friends of Ada Lee said"
		}
	}
	return mention{start: i, end: end, typ: annotation.Organization, rule: "entity/head"}, true
}

// headed returns the name after "the" at token i that ends in the head of a body, where
// the model passed all of it over: "The Charity Commission said".
func (f *finder) headed(i int) (m mention, ok bool) {
	k := i + 1
	if !f.same(k+1, i) || !f.capital(k) || f.Tokens[k].Is(token.AllUpper) || f.Headline(f.sentence[i]) {
		return m, false
	}
	end := k
	for end < k+5 && f.same(end, k) && f.word(end) && f.capital(end) {
		if f.at(end) >= 0 || f.is(end, lexicon.Role|lexicon.Honorific|lexicon.Day|lexicon.Month) {
			return m, false
		}
		end++
	}
	if end-k < 2 || f.norm(end-1) == "'s" || !f.is(end-1, lexicon.OrgHead) || !namedWords()["head"][f.norm(end-1)] || f.norm(end) == "-" || f.norm(end) == "of" ||
		f.is(k, lexicon.Demonym) {
		return m, false
	}
	return mention{start: k, end: end, typ: annotation.Organization, rule: "entity/head"}, true
}

// possessed returns the name of a house that is a family name with the possessive mark at
// token i, where no possessive can stand: "Moody's, which rates it, said".
func (f *finder) possessed(i int) (m mention, ok bool) {
	k := i - 1
	if f.norm(i) != "'s" || !f.tight(i) || !f.same(k, i) || !f.capital(k) || f.Tokens[k].Is(token.AllUpper) || !f.same(i+1, i) || f.same(k-1, k) && f.capital(k-1) || f.Headline(f.sentence[i]) {
		return m, false
	}
	switch n := f.norm(i + 1); {
	case n == "says", n == "said", n == "has", n == "had", n == "declined":
	case n == ",":
		if f.norm(i+2) != "which" {
			return m, false
		}
	default:
		return m, false
	}
	if o := f.at(k); o >= 0 && (f.mentions[o].start < k || f.mentions[o].typ == annotation.Place || f.titled(&f.mentions[o])) {
		return m, false
	}
	return mention{start: k, end: i + 1, typ: annotation.Organization, rule: "entity/firm"}, true
}

// meadow returns the name of a place that is somebody's, with the possessive mark at
// token i: "Miller's Meadow".
func (f *finder) meadow(i int) (m mention, ok bool) {
	k := i - 1
	if f.norm(i) != "'s" || !f.same(k, i) || !f.capital(k) || f.same(k-1, k) && f.capital(k-1) && f.word(k-1) || !f.same(i+1, i) || !f.capital(i+1) || !f.word(i+1) || f.Headline(f.sentence[i]) {
		return m, false
	}
	switch f.norm(k) {
	case "there", "here", "let", "one":
		return m, false
	}
	if !f.is(i+1, lexicon.PlaceHead|lexicon.Facility|lexicon.PlaceNoun) || starters[f.norm(k)] || f.Words[i+1].Phrase&lexicon.Place != 0 || f.is(i+1, lexicon.OrgHead|lexicon.Role) || f.is(k, lexicon.Demonym|lexicon.Place|lexicon.Capital) || f.Words[k].Phrase&lexicon.Place != 0 ||
		f.same(i+2, i) && f.capital(i+2) && f.word(i+2) {
		return m, false
	}
	for j := k; j <= i+1; j++ {
		if o := f.at(j); o >= 0 && (f.mentions[o].start < k || f.mentions[o].end > i+2 || f.mentions[o].typ == annotation.Event) {
			return m, false
		}
	}
	return mention{start: k, end: i + 2, typ: annotation.Place, rule: "entity/head"}, true
}

// run returns the end of the capitalised words that begin at token k, at most so many,
// with the signs and small words that join such words.
func (f *finder) run(k, most int) int {
	end, n := k, 0
	for n < most && f.same(end, k) && f.word(end) && f.capital(end) && (end == k || f.norm(end) != "'s") {
		end++
		n++
		if !f.same(end+1, k) || !f.capital(end+1) || !f.word(end+1) {
			continue
		}
		switch f.norm(end) {
		case "&", "of", "de", "la", "del", "di", "du":
			end++
		case "-":
			if f.tight(end) && f.tight(end+1) {
				end++
			}
		}
	}
	return end
}

// agedName returns the name before the comma at token i, where an age between commas
// follows it: "Nurhayati Daeng Kebo, 34, said".
func (f *finder) agedName(i int) (m mention, ok bool) {
	const youngest, oldest, longest = 3, 110, 5
	if !f.same(i+2, i) || !f.same(i-1, i) || f.Tokens[i+1].Kind != token.Number || f.Tokens[i+1].Span.Len() > 3 || f.norm(i+2) != "," && f.norm(i+2) != "." || f.Headline(f.sentence[i]) {
		return m, false
	}
	age := 0
	for _, c := range []byte(f.norm(i + 1)) {
		if c < '0' || c > '9' {
			return m, false
		}
		age = age*10 + int(c-'0')
	}
	if age < youngest || age > oldest {
		return m, false
	}
	start := i
	for start > 0 && i-start < longest && f.same(start-1, i) {
		p := start - 1
		switch {
		case f.norm(p) == "-" && f.tight(p) && f.tight(start) && f.same(p-1, i) && f.capital(p-1):
		case f.word(p) && f.capital(p) && !starters[f.norm(p)] && !f.Tokens[p].Is(token.AllUpper):
			if f.is(p, lexicon.Day|lexicon.Month|lexicon.OrgHead|lexicon.OrgSuffix|lexicon.Facility|lexicon.PlaceHead|lexicon.Country|lexicon.Capital|lexicon.Demonym) || f.norm(p) == "no" || f.norm(p) == "chapter" {
				return m, false
			}
			if titles[f.norm(p)] || f.is(p, lexicon.Role|lexicon.Honorific|lexicon.Rank) || f.is(p, lexicon.Relative) {
				if p+1 == i {
					return m, false
				}
				goto done
			}
		default:
			goto done
		}
		start = p
	}
done:
	if start == i || f.norm(start) == "-" {
		return m, false
	}
	for j := start; j < i; j++ {
		o := f.at(j)
		if o < 0 {
			continue
		}
		x := &f.mentions[o]
		if x.typ == annotation.Person && (x.start <= start || x.end == i) || x.typ == annotation.Event || x.start < start || x.end > i {
			return m, false
		}
	}
	if i-start == 1 && f.at(start) < 0 && !f.is(start, lexicon.Personal) && start == f.Sentences[f.sentence[i]][0] && f.is(start, lexicon.Common) {
		return m, false
	}
	return mention{start: start, end: i, typ: annotation.Person, rule: "entity/age"}, true
}

// authors returns the people whom the line of the authors b names, in full, and the
// model passed over.
func (f *finder) authors(b [2]int, names []string) (found []mention) {
	for _, name := range names {
		if !strings.Contains(name, " ") {
			continue
		}
		for i := b[0]; i < b[1]; i++ {
			at := f.Tokens[i].Span.Start
			if !strings.HasPrefix(f.Source[at:], name) || f.at(i) >= 0 && f.mentions[f.at(i)].typ == annotation.Organization {
				continue
			}
			end := i
			for end < b[1] && f.Tokens[end].Span.End <= at+len(name) {
				end++
			}
			if f.Tokens[end-1].Span.End == at+len(name) {
				found = append(found, mention{start: i, end: end, typ: annotation.Person, rule: "entity/byline"})
			}
			break
		}
	}
	return found
}

// works drops the titles of works that were taken for names: "her debut, The Salt Road
// Home, published", and the same words elsewhere.
func (f *finder) works(w map[string]map[string]bool) {
	var titles map[uint64]bool
	single := map[int]bool{} // tokens that are a title of one word there, and may be a name elsewhere
	for i := range f.cued(workCue) {
		if !f.Tokens[i].Is(token.AllLower) || f.Headline(f.sentence[i]) {
			continue
		}
		k, comma := i+1, false
		switch {
		case f.norm(k) == ",":
			k, comma = k+1, true
		case w["called"][f.norm(k)]:
			k++
		}
		if q := f.norm(k); q == "\"" || q == "“" || q == "'" || q == "‘" || q == "_" || q == "*" {
			k++
		}
		if !f.same(k, i) || !f.capital(k) {
			continue
		}
		article := f.norm(k) == "the" || f.norm(k) == "a" || f.norm(k) == "an"
		end := f.run(k, 6)
		if end == k || comma && (f.norm(end) != "," && f.norm(end) != "." || end-k < 2 && !article && !(f.norm(end) == "," && f.owned(i) && !f.is(end+1, lexicon.Say) && f.norm(end+1) != "who")) {
			continue
		}
		if !article && end-k > 1 && f.is(k, lexicon.Given) && f.is(end-1, lexicon.Surname|lexicon.Name) {
			continue // "the film Ada Lee made"
		}
		if n := f.norm(i - 1); !article && (n == "this" || n == "that" || n == "every" || f.Words[k].Phrase&(lexicon.Organization|lexicon.Country) != 0) {
			continue // "in this film Lumeo buys"
		}
		if f.is(k, lexicon.Role|lexicon.Honorific|lexicon.Rank|lexicon.Demonym|lexicon.Day|lexicon.Month) && !article {
			continue
		}
		if end-k == 1 {
			n := f.norm(i - 1)
			if k == i+1 && n != "the" && n != "her" && n != "his" && n != "their" && n != "'s" {
				continue // "play Trump off against"
			}
			single[k] = true
			continue
		}
		if titles == nil {
			titles = map[uint64]bool{}
		}
		titles[f.hash(k, end)] = true
		if article {
			titles[f.hash(k+1, end)] = true
		}
	}
	if titles == nil && len(single) == 0 {
		return
	}
	f.mentions = slices.DeleteFunc(f.mentions, func(m mention) bool {
		return titles[f.hash(m.start, m.end)] || m.end-m.start == 1 && single[m.start]
	})
	f.own()
}

// firstWords finds firms that are called by the first word of their names: "Verdant" after
// "Verdant Street Services", whatever else the word means.
func (f *finder) firstWords(uses map[uint64]*usage) {
	w := namedWords()
	var first map[uint64]bool
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.typ != annotation.Organization || m.end-m.start < 2 || f.norm(m.end-1) == "'s" {
			continue
		}
		last := m.end - 1
		if e := f.legal(*m); e < m.end {
			last = e - 1
		} else if !w["tail"][f.norm(last)] && !f.is(last, lexicon.OrgSuffix) {
			continue
		}
		i := m.start
		if last < i || !f.capital(i) || f.Tokens[i].Span.Len() < 4 || f.Words[i].Phrase&lexicon.Place != 0 ||
			f.is(i, lexicon.Demonym|lexicon.Direction|lexicon.Country|lexicon.OrgHead|lexicon.OrgOf|lexicon.Role|lexicon.RoleMod|lexicon.Day|lexicon.Month|lexicon.PlacePre) || starters[f.norm(i)] {
			continue
		}
		if h := f.hash(i, i+1); uses[h] == nil || !uses[h].surname && !uses[h].given {
			if first == nil {
				first = map[uint64]bool{}
			}
			first[h] = true
		}
	}
	if first == nil {
		return
	}
	for k := range f.mentions {
		if m := &f.mentions[k]; m.end-m.start == 1 && m.typ != annotation.Organization && m.typ != annotation.Event && first[f.hash(m.start, m.end)] && !f.titled(m) &&
			!(f.same(m.start-1, m.start) && f.is(m.start-1, lexicon.Role|lexicon.Rank)) {
			m.typ, m.rule = annotation.Organization, "entity/consistency"
		}
	}
	f.own()
	var found []mention
	for i := range f.Tokens {
		if !f.capital(i) || f.at(i) >= 0 || !first[f.hash(i, i+1)] || f.Headline(f.sentence[i]) || f.Tokens[i].Is(token.AllUpper) {
			continue
		}
		if f.same(i-1, i) && f.capital(i-1) && f.word(i-1) && i-1 > f.Sentences[f.sentence[i]][0] || f.same(i+1, i) && f.capital(i+1) && f.word(i+1) || f.norm(i+1) == "-" && f.tight(i+1) {
			continue
		}
		if i == f.Sentences[f.sentence[i]][0] && f.is(i, lexicon.Common) && !f.speaksOrActs(i+1) {
			continue
		}
		found = append(found, mention{start: i, end: i + 1, typ: annotation.Organization, rule: "entity/consistency"})
	}
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		f.dropOverlaps()
	}
}

// withoutLetters takes the titles off that stand after a person's name: "Huw Merrick KC".
func (f *finder) withoutLetters(m mention) mention {
	for m.end-m.start > 1 && f.Tokens[m.end-1].Span.Len() <= 5 && namedWords()["letters"][f.norm(m.end-1)] && (f.Tokens[m.end-1].Is(token.AllUpper) || f.norm(m.end-1) == "phd" || f.norm(m.end-1) == "dphil") &&
		!f.Tokens[m.start].Is(token.AllUpper) {
		m.end--
		if f.norm(m.end-1) == "," {
			m.end--
		}
	}
	return m
}

// aside reports whether a mention stands for no name of its own by what is around it: the
// party of a person in brackets, "Ann Lee (Con, Oakfield)", and somebody's initials,
// "by his initials, H.R.".
func (f *finder) aside(m mention) bool {
	if m.end-m.start == 1 && f.norm(m.start-1) == "(" && (f.norm(m.end) == ")" || f.norm(m.end) == ",") && m.typ != annotation.Organization && namedWords()["parties"][f.norm(m.start)] {
		return true
	}
	if f.Tokens[m.start].Span.Len() > 4 || f.norm(m.end-1) == "'s" {
		return false
	}
	for i := m.start; i < m.end; i++ {
		if t := &f.Tokens[i]; t.Kind == token.Word && !t.Is(token.AllUpper) {
			return false
		}
	}
	for k := m.start - 1; k >= m.start-4 && f.same(k, m.start); k-- {
		if namedWords()["initial"][f.norm(k)] {
			return true
		}
	}
	return false
}
