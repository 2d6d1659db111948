package quote

import (
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
	if len(turns) < enough {
		return nil
	}
	p.initials(turns)
	count := map[string]int{}
	most := 0
	for _, t := range turns {
		count[t.label]++
		most = max(most, count[t.label])
	}
	if len(count) < 2 || most < 2 {
		return nil
	}
	byBlock := make(map[int]turn, len(turns))
	for _, t := range turns {
		byBlock[t.block] = t
	}
	return byBlock
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
	if t.colon+1 < r[1] {
		p.attrs = append(p.attrs, attr{
			unit: n, form: annotation.Direct, stance: annotation.Asserts, rule: "quote/turn", sure: true, key: t.key,
			hasSrc: true, src: source{first: r[0], last: t.colon, head: t.colon - 1},
			cueFirst: t.colon, cueLast: t.colon + 1, parts: []part{{t.colon + 1, r[1], -1}},
		})
	}
	return true
}
