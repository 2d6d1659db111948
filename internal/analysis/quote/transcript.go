package quote

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/token"
)

// A turn is a paragraph of a transcript or an interview: the label of a speaker,
// a colon, and what was said, without marks.
type turn struct {
	block int
	colon int    // its token
	label string // what the same speaker's turns have in common
	key   string // the person, where the label is a name or the initials of one
	mark  byte   // 'q' or 'a', where the label is "Q:" or "A:"
}

// rule names the rule of the attribution that t makes.
func (t turn) rule() string {
	switch t.mark {
	case 'q':
		return "quote/question"
	case 'a':
		return "quote/answer"
	}
	return "quote/turn"
}

// findTurns returns the turns of the article by their block, or nil where it is
// no transcript: four labelled paragraphs, two speakers, and one of them twice.
// A list of "Where: …", "When: …" has no speaker who comes back.
func (p *parser) findTurns() map[int]turn {
	const enough = 4
	var turns []turn
	for b, r := range p.pass.Blocks {
		if p.pass.Article.Blocks[b].Role != article.Paragraph {
			continue
		}
		if t, ok := p.turnAt(b, r); ok {
			turns = append(turns, t)
		}
	}
	asked := p.exchanges(turns)
	if len(turns) < enough {
		return asked
	}
	p.initials(turns)
	count := map[string]int{}
	most := 0
	for _, t := range turns {
		count[t.label]++
		most = max(most, count[t.label])
	}
	if len(count) < 2 || most < 2 {
		return asked
	}
	byBlock := make(map[int]turn, len(turns))
	for _, t := range turns {
		byBlock[t.block] = t
	}
	return byBlock
}

// exchanges returns the turns marked "Q:" and "A:" by their block, or nil where
// no answer follows upon a question. The answers are given to the one who is
// interviewed, where the introduction leaves no doubt who that is.
func (p *parser) exchanges(turns []turn) map[int]turn {
	found := false
	for i := 1; i < len(turns); i++ {
		found = found || turns[i-1].mark == 'q' && turns[i].mark == 'a'
	}
	if !found {
		// A lone letter and a colon are no speaker.
		for i := range turns {
			turns[i].mark = 0
		}
		return nil
	}
	key := p.interviewed(turns[0].block)
	asked := map[int]turn{}
	for i := range turns {
		t := &turns[i]
		if t.mark == 'a' && key != "" {
			t.key, t.label = key, key
		}
		if t.mark != 0 {
			asked[t.block] = *t
		}
	}
	return asked
}

// interviewed returns the key of the one person whom the blocks before the
// given one present as interviewed, and "" where there is none or a doubt. Who
// writes, and who is named as somebody's ("the Gazette's Tom Roe"), asks.
func (p *parser) interviewed(before int) string {
	ms := p.pass.Set.Mentions
	end := p.pass.Blocks[before][0]
	asks := map[string]bool{}
	var people, met []string
	interview := false
	for i := 0; i < end; i++ {
		switch n := p.toks[i].Norm; n {
		case "interview", "interviewed", "interviews", "spoke", "speaks", "talked", "talks", "conversation", "asked", "answers":
			interview = true
		case "'s", "’s":
			if i > 0 && i+1 < end && p.person(i-1) && p.person(i+1) {
				asks[ms[p.named[i-1]-1].Key] = true
			}
			if i+1 < end && p.person(i+1) && i > 0 && p.named[i-1] != 0 {
				asks[ms[p.named[i+1]-1].Key] = true
			}
		}
	}
	for i := 1; i < end; i++ {
		if !meeting(p.toks[i].Norm) {
			continue
		}
		to := i + 1
		for to < end && (p.toks[to].Norm == "to" || p.toks[to].Norm == "with" || p.toks[to].Norm == "down") {
			to++
		}
		switch {
		case to == i+1 || to+1 >= end:
		case p.person(i-1) && pronoun(p.toks[to].Norm):
			asks[ms[p.named[i-1]-1].Key] = true // "Ann Lee spoke to him"
		case p.person(to) && pronoun(p.toks[i-1].Norm):
			asks[ms[p.named[to]-1].Key] = true // "He spoke to Ann Lee"
		}
	}
	for _, name := range p.pass.Article.Meta.Byline {
		for _, m := range ms {
			if m.Span.In(p.text) == name {
				asks[m.Key] = true
			}
		}
	}
	for i := 0; i < end; i++ {
		if !p.person(i) || i > 0 && p.named[i-1] == p.named[i] {
			continue
		}
		k := ms[p.named[i]-1].Key
		if asks[k] {
			continue
		}
		if !slices.Contains(people, k) {
			people = append(people, k)
		}
		last := i + 1
		for last < end && p.named[last] == p.named[i] {
			last++
		}
		if p.joined(i, last) {
			return "" // two answer, and nobody tells which
		}
		if (p.meets(i) || meeting(wordAt(p.toks, last)) && last < end) && !slices.Contains(met, k) {
			met = append(met, k)
		}
	}
	switch {
	case !interview:
	case len(people) == 1:
		return people[0]
	case len(met) == 1:
		return met[0]
	}
	return ""
}

// person reports whether token i lies in a person's name.
func (p *parser) person(i int) bool {
	k := p.named[i]
	return k != 0 && p.pass.Set.Mentions[k-1].Type == annotation.Person
}

// joined reports whether "and" and another person's name stand at the name of the
// tokens [i, last), where it tells of an interview.
func (p *parser) joined(i, last int) bool {
	return p.meets(i) && wordAt(p.toks, last) == "and" && last+1 < len(p.toks) && p.person(last+1) ||
		meeting(wordAt(p.toks, last)) && wordAt(p.toks, i-1) == "and"
}

// meets reports whether the name at token i follows "interview with", "spoke
// to" and the like.
func (p *parser) meets(i int) bool {
	switch wordAt(p.toks, i-1) {
	case "interviewed", "interviews":
		return true
	case "with", "to":
		return meeting(wordAt(p.toks, i-2)) || wordAt(p.toks, i-2) == "down"
	}
	return false
}

// meeting names the words by which an introduction tells of an interview.
func meeting(n string) bool {
	switch n {
	case "interview", "conversation", "spoke", "speaks", "talked", "talks", "sat":
		return true
	}
	return false
}

// pronoun reports whether a word stands for a person named before.
func pronoun(n string) bool {
	switch n {
	case "he", "him", "she", "her", "they", "them":
		return true
	}
	return false
}

// turnAt reads the label with which block b begins: a person's name, or words
// in capitals ("HOST", "SEN. LEE").
func (p *parser) turnAt(b int, r [2]int) (turn, bool) {
	const longest = 6
	for i := r[0]; i < min(r[1]-1, r[0]+longest); i++ {
		t := &p.toks[i]
		if t.Norm == ":" {
			if i == r[0] || p.toks[i+1].Kind == token.Number && !p.toks[i+1].Space {
				return turn{}, false
			}
			x := turn{block: b, colon: i, label: p.span(r[0], i).In(p.text)}
			if i == r[0]+1 {
				switch p.toks[r[0]].Norm {
				case "q", "question":
					x.mark, x.label = 'q', "Q"
					return x, true
				case "a", "answer":
					x.mark, x.label = 'a', "A"
					return x, true
				}
			}
			if k := p.named[i-1]; k != 0 && p.pass.Set.Mentions[k-1].Type == annotation.Person {
				x.key = p.pass.Set.Mentions[k-1].Key
				x.label = x.key
				return x, true
			}
			return x, p.toks[i-1].Is(token.AllUpper) && p.toks[i-1].Span.Len() > 1
		}
		if t.Kind == token.Word && !t.Is(token.Initial) || t.Kind == token.Punct && t.Norm != "." && t.Norm != "-" || t.Kind == token.Symbol || i > r[0] && t.Newlines > 0 {
			return turn{}, false
		}
	}
	return turn{}, false
}

// initials gives the labels that are the initials of one speaker named in full
// to that speaker.
func (p *parser) initials(turns []turn) {
	names := map[string]string{}
	for _, t := range turns {
		i, ok := p.entities[t.key]
		if !ok {
			continue
		}
		var letters []byte
		start := true
		for _, c := range []byte(p.pass.Set.Entities[i].Name) {
			if start && c >= 'A' && c <= 'Z' {
				letters = append(letters, c)
			}
			start = c == ' ' || c == '-'
		}
		if old, ok := names[string(letters)]; ok && old != t.key {
			names[string(letters)] = ""
			continue
		}
		names[string(letters)] = t.key
	}
	for i := range turns {
		if t := &turns[i]; t.key == "" && names[t.label] != "" {
			t.key = names[t.label]
			t.label = t.key
		}
	}
}

// turn attributes the block of unit n to the speaker who labels it, where it is
// a turn of a transcript and n begins it. It reports whether the unit lies in one.
func (p *parser) turn(n int) bool {
	u := &p.units[n]
	t, ok := p.turns[u.block]
	if !ok {
		return false
	}
	r := p.pass.Blocks[u.block]
	if u.from > t.colon {
		return true
	}
	if t.colon+1 < r[1] && t.mark != 0 && t.key == "" {
		// Somebody's words, but nobody tells whose.
		p.attrs = append(p.attrs, attr{
			unit: n, form: annotation.Direct, stance: annotation.Asserts, rule: t.rule(), sure: true,
			parts: []part{{t.colon + 1, r[1], -1}},
		})
		return true
	}
	if t.colon+1 < r[1] {
		p.attrs = append(p.attrs, attr{
			unit: n, form: annotation.Direct, stance: annotation.Asserts, rule: t.rule(), sure: true, key: t.key,
			hasSrc: true, src: source{first: r[0], last: t.colon, head: t.colon - 1},
			cueFirst: t.colon, cueLast: t.colon + 1, parts: []part{{t.colon + 1, r[1], -1}},
		})
	}
	return true
}
