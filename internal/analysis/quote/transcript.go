package quote

import (
	"slices"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/stable"
	"readout/internal/token"
)

// A turn is a paragraph of a transcript or an interview: the label of a speaker,
// a colon, and what was said, without marks.
type turn struct {
	block int
	from  int    // first token of the label
	end   int    // the one after it
	colon int    // the token of the colon
	label string // what the same speaker's turns have in common
	key   string // the person, where the label is a name or the initials of one
	mark  byte   // 'q' or 'a', where the label is "Q:" or "A:"
	goes  bool   // has no label: the paragraph goes on with the turn before
	named *told  // where the speaker is named, for one who has no label with a name
}

// A told is where the introduction of an interview names somebody who speaks in it.
type told struct {
	src  source
	unit int
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
	if asked == nil && len(turns) < enough {
		asked = p.questions()
	}
	if len(turns) < enough {
		return p.goOn(asked)
	}
	p.initials(turns)
	count := map[string]int{}
	most := 0
	for _, t := range turns {
		count[t.label]++
		most = max(most, count[t.label])
	}
	if len(count) < 2 || most < 2 {
		return p.goOn(asked)
	}
	byBlock := make(map[int]turn, len(turns))
	for _, t := range turns {
		byBlock[t.block] = t
	}
	return p.goOn(byBlock)
}

// goOn adds to the turns the paragraphs without a label with which they go on, down
// to the next turn: after a question or an answer all of them, else those in which
// somebody speaks of or to themselves, as after the last turn.
func (p *parser) goOn(turns map[int]turn) map[int]turn {
	last := -1 // block of the last turn with a label
	for b := range turns {
		last = max(last, b)
	}
	current, open := turn{}, false
	for b, r := range p.pass.Blocks {
		switch t, ok := turns[b]; {
		case ok:
			current, open = t, true
		case !open || r[0] == r[1]:
		case p.pass.Article.Blocks[b].Role != article.Paragraph:
			open = open && p.pass.Article.Blocks[b].Role == article.SetAside
		case p.toks[r[0]].Norm == "[" || p.toks[r[0]].Norm == "(":
		case (b < last && current.mark != 0 || p.personal(r)) && !p.speaksOf(r, current.key):
			turns[b] = turn{block: b, colon: r[0] - 1, label: current.label, key: current.key, mark: current.mark, goes: true}
		default:
			open = false
		}
	}
	return turns
}

// personal reports whether somebody speaks of themselves in the tokens of r, outside
// quotation marks.
func (p *parser) personal(r [2]int) bool {
	k, _ := slices.BinarySearchFunc(p.quotes, r[0], func(q quotation, at int) int { return q.first - at })
	closed := 0 // token after the quotations that are open
	for i := r[0]; i < r[1]; i++ {
		for ; k < len(p.quotes) && p.quotes[k].first <= i; k++ {
			closed = max(closed, p.quotes[k].last)
		}
		switch p.toks[i].Norm {
		case "i", "we", "my", "our", "me", "us":
			if i >= closed {
				return true
			}
		}
	}
	return false
}

// speaksOf reports whether the tokens of r name the person of the given key, who does
// not speak there, then.
func (p *parser) speaksOf(r [2]int, key string) bool {
	for i := r[0]; i < r[1] && key != ""; i++ {
		if k := p.named[i]; k != 0 && p.pass.Set.Mentions[k-1].Key == key {
			return true
		}
	}
	return false
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
	key, asker := p.interviewed(turns[0].block, true)
	end := p.pass.Blocks[turns[0].block][0]
	asked := map[int]turn{}
	for i := range turns {
		t := &turns[i]
		switch {
		case t.mark == 'a' && key != "":
			t.key, t.label, t.named = key, key, p.toldBefore(key, end)
		case t.mark == 'q' && asker != "":
			t.key, t.label, t.named = asker, asker, p.toldBefore(asker, end)
		}
		if t.mark != 0 {
			asked[t.block] = *t
		}
	}
	return asked
}

// questions returns the turns of an interview that has no labels: paragraphs or headings
// that ask somebody something, each with an answer in which somebody speaks of themselves.
// It is nil where the article is none.
func (p *parser) questions() map[int]turn {
	const enough = 3
	var asked []int
	you, blocks := 0, p.pass.Article.Blocks
	for b, r := range p.pass.Blocks {
		if role := blocks[b].Role; role != article.Paragraph && role != article.Heading || !p.asks(r) {
			continue
		}
		asked = append(asked, b)
		for i := r[0]; i < r[1]; i++ {
			if n := p.toks[i].Norm; n == "you" || n == "your" {
				you++
				break
			}
		}
	}
	if len(asked) < enough || you*2 < len(asked) {
		return nil
	}
	first := p.pass.Blocks[asked[0]][0]
	key, asker := p.interviewed(asked[0], false)
	who, asks := p.toldBefore(key, first), p.toldBefore(asker, first)
	turns := map[int]turn{}
	answers, personal := 0, 0
	for k, b := range asked {
		turns[b] = turn{block: b, colon: p.pass.Blocks[b][0] - 1, label: "Q", key: asker, mark: 'q', named: asks}
		a := b + 1
		for a < len(blocks) && (blocks[a].Role != article.Paragraph || p.pass.Blocks[a][0] == p.pass.Blocks[a][1]) && blocks[a].Role != article.Heading {
			a++
		}
		if a >= len(blocks) || blocks[a].Role != article.Paragraph || k+1 < len(asked) && a == asked[k+1] {
			continue
		}
		r := p.pass.Blocks[a]
		if p.speaksOf(r, key) {
			continue
		}
		answers++
		if p.personal(r) {
			personal++
		}
		turns[a] = turn{block: a, colon: r[0] - 1, label: "A", key: key, mark: 'a', named: who}
	}
	if answers < enough || personal*2 < answers || answers+1 < len(asked) {
		return nil
	}
	return turns
}

// asks reports whether the block of the tokens in r is a question by itself, outside
// quotation marks.
func (p *parser) asks(r [2]int) bool {
	const longest = 90
	for r[0] < r[1] && emphasis(p.toks[r[0]].Norm) {
		r[0]++
	}
	for r[0] < r[1] && emphasis(p.toks[r[1]-1].Norm) {
		r[1]--
	}
	if r[1]-r[0] < 2 || r[1]-r[0] > longest || p.toks[r[1]-1].Norm != "?" {
		return false
	}
	k, _ := slices.BinarySearchFunc(p.quotes, r[0], func(q quotation, at int) int { return q.open - at })
	return k >= len(p.quotes) || p.quotes[k].open != r[0]
}

// toldBefore returns where the person of the given key is named last before token end, or
// nil.
func (p *parser) toldBefore(key string, end int) *told {
	for i := end - 1; i >= 0 && key != ""; i-- {
		k := p.named[i]
		if k == 0 || p.pass.Set.Mentions[k-1].Key != key {
			continue
		}
		first := i
		for first > 0 && p.named[first-1] == k {
			first--
		}
		for n := range p.units {
			if u := &p.units[n]; u.from <= first && i < u.to {
				return &told{source{first: first, last: i + 1, head: i}, n}
			}
		}
		return nil
	}
	return nil
}

// interviewed returns the key of the one person whom the blocks before the
// given one present as interviewed, and "" where there is none or a doubt. Who
// writes, and who is named as somebody's ("the Gazette's Tom Roe"), asks: asker has
// the key of the one who does, if it is one. Unless labels say that the article is an
// interview its form alone does, and no word for it is needed.
func (p *parser) interviewed(before int, labelled bool) (key, asker string) {
	defer func() {
		if asker == key {
			asker = ""
		}
	}()
	ms := p.pass.Set.Mentions
	end := p.pass.Blocks[before][0]
	asks := map[string]bool{}
	var people, met []string
	interview := !labelled
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
	for k := range asks {
		asker = k
	}
	if len(asks) > 1 {
		asker = ""
	}
	count := map[string]int{}
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
		count[k]++
		last := i + 1
		for last < end && p.named[last] == p.named[i] {
			last++
		}
		if p.joined(i, last) {
			return "", asker // two answer, and nobody tells which
		}
		if (p.meets(i) || meeting(wordAt(p.toks, last)) && last < end) && !slices.Contains(met, k) {
			met = append(met, k)
		}
	}
	switch {
	case !interview:
	case len(people) == 1:
		return people[0], asker
	case len(met) == 1:
		return met[0], asker
	case !labelled && len(people) > 1:
		// Whom the introduction is about.
		stable.Sort(people, func(a, b string) int { return count[b] - count[a] })
		if count[people[0]] > count[people[1]] {
			return people[0], asker
		}
	}
	return "", asker
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
	for r[0] < r[1] && emphasis(p.toks[r[0]].Norm) {
		r[0]++
	}
	for i := r[0]; i < min(r[1]-1, r[0]+longest); i++ {
		t := &p.toks[i]
		if t.Norm == ":" {
			if i == r[0] || p.toks[i+1].Kind == token.Number && !p.toks[i+1].Space {
				return turn{}, false
			}
			end := i // of the label
			for end > r[0]+1 && emphasis(p.toks[end-1].Norm) {
				end--
			}
			x := turn{block: b, from: r[0], end: end, colon: i, label: p.span(r[0], end).In(p.text)}
			if end == r[0]+1 {
				switch p.toks[r[0]].Norm {
				case "q", "question":
					x.mark, x.label = 'q', "Q"
					return x, true
				case "a", "answer":
					x.mark, x.label = 'a', "A"
					return x, true
				}
			}
			if k := p.named[end-1]; k != 0 && p.pass.Set.Mentions[k-1].Type == annotation.Person {
				x.key = p.pass.Set.Mentions[k-1].Key
				x.label = x.key
				return x, true
			}
			return x, p.toks[end-1].Is(token.AllUpper) && p.toks[end-1].Span.Len() > 1
		}
		if emphasis(t.Norm) {
			continue
		}
		if t.Kind == token.Word && !t.Is(token.Initial) || t.Kind == token.Punct && t.Norm != "." && t.Norm != "-" || t.Kind == token.Symbol || i > r[0] && t.Newlines > 0 {
			return turn{}, false
		}
	}
	return turn{}, false
}

// emphasis reports whether n is the signs that plain text puts around emphasis.
func emphasis(n string) bool {
	switch n {
	case "*", "**", "***", "_", "__":
		return true
	}
	return false
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
	if u.from > max(t.colon, r[0]) {
		return true
	}
	first := t.colon + 1
	for first < r[1] && emphasis(p.toks[first].Norm) {
		first++
	}
	last := r[1]
	for last > first && emphasis(p.toks[last-1].Norm) {
		last--
	}
	if first == last {
		return true
	}
	a := attr{
		unit: n, form: annotation.Direct, stance: annotation.Asserts, rule: t.rule(), sure: true,
		parts: []part{{first, last, -1}},
	}
	switch {
	case t.mark != 0 && t.key == "":
		// Somebody's words, but nobody tells whose.
	case t.goes:
		if said := &p.attrs[p.lastTurn]; said.hasSrc {
			a.unit, a.key, a.hasSrc, a.src = said.unit, t.key, true, said.src
			a.cueFirst, a.cueLast = said.cueFirst, said.cueLast
		}
	case t.named != nil:
		a.unit, a.key, a.hasSrc, a.src = t.named.unit, t.key, true, t.named.src
	case t.mark != 0 && t.from == t.end:
		// Whose words they are is known from elsewhere, but named nowhere before.
		a.key = t.key
	default:
		a.key, a.hasSrc, a.src = t.key, true, source{first: t.from, last: t.colon, head: t.end - 1}
		a.cueFirst, a.cueLast = t.colon, t.colon+1
	}
	if !t.goes {
		p.lastTurn = len(p.attrs)
	}
	p.attrs = append(p.attrs, a)
	return true
}
