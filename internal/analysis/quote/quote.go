// Package quote finds who said what: direct quotations, reported statements,
// their sources, the words that attribute them, and on whose word they stand.
// It belongs to the analysis stage; its result is annotation.Set.Attributions.
//
// The way is: pair the quotation marks (marks.go), tag and chunk each sentence
// outside of them (tag.go, chunk.go), attribute the quotations by the words
// around them (direct.go, carry.go), find reported statements by the verbs and
// nouns that attribute (reported.go, parenthetical.go, according.go, noun.go; what
// their content is: content.go, ends.go), class the sources (naming.go, via.go).
package quote

import (
	"slices"

	"readout/internal/analysis"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/language"
	"readout/internal/analysis/reference"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/stable"
)

// Analyzer finds the attributions of an article.
var Analyzer = &analysis.Analyzer{
	Name:     "quote",
	Doc:      "finds direct quotations and reported statements with source, cue, sourcing class and stance",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, entity.Analyzer, reference.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) annotation.Set {
	p := newParser(pass)
	defer p.release()
	if !pass.English() {
		// In another language the marks alone are known, not who is quoted.
		p.rest()
		return annotation.Set{Attributions: p.result()}
	}
	p.turns = p.findTurns()
	for n := range p.units {
		if p.turn(n) {
			// What a speaker tells of others' words is noted where it has marks.
			p.direct(n)
			continue
		}
		if p.block(n) {
			continue
		}
		first := len(p.attrs)
		p.direct(n)
		p.carry(n)
		p.reported(n)
		p.cited(n, first)
		p.secondHand(first)
	}
	p.before()
	p.rest()
	return annotation.Set{Attributions: p.result()}
}

// rest settles the quotations that nothing attributes: a few words between
// marks are a distance the article takes, not a quotation of anybody; whole
// utterances stand as quotations without a source. In a language that is not
// analysed the few words are left alone.
func (p *parser) rest() {
	for qi := range p.quotes {
		q := &p.quotes[qi]
		if p.done[qi] || q.depth > 0 {
			continue
		}
		form := annotation.Scare
		if p.titled(q) {
			// A name.
		} else if w := p.words(q); w > 3 && !p.pass.English() || w > 6 && p.startsUpper(q) && p.endsPunct(q) || w > 12 || w > 1 && p.sentences(q) {
			form = annotation.Direct
		}
		if form == annotation.Scare && !p.pass.English() {
			continue // a name, a word, a short reply: nothing here can tell
		}
		a := attr{form: form, parts: []part{{q.first, q.last, qi}}, rule: "quote/unattributed"}
		if form == annotation.Scare {
			a.rule, a.sure = "quote/scare", true
		} else {
			a.stance = annotation.Asserts
		}
		p.attrs = append(p.attrs, a)
	}
}

// sentences reports whether q is a sentence or more by itself: it begins with a
// capital, ends with a stop and stands where a sentence may.
func (p *parser) sentences(q *quotation) bool {
	switch p.lastMark(q) {
	case ".", "!", "?":
	default:
		return false
	}
	if !p.startsUpper(q) {
		return false
	}
	if q.open == p.pass.Blocks[q.block][0] {
		return true
	}
	switch punctKind(p.toks[q.open-1].Norm) {
	case kindStop, kindColon, kindComma:
		return true
	}
	return false
}

// result turns the attributions found into those of the annotation.
func (p *parser) result() []annotation.Attribution {
	out := make([]annotation.Attribution, 0, len(p.attrs))
	for i := range p.attrs {
		out = append(out, p.attribution(&p.attrs[i]))
	}
	p.laterReasons(out)
	p.laterNames(out)
	return nest(out)
}

// laterNames gives the name of who was brought in by an office alone where the article
// names them at once: "A police spokeswoman said … The spokeswoman, Ada Quist, said".
// out[i] is made of p.attrs[i].
func (p *parser) laterNames(out []annotation.Attribution) {
	const reach, near = 3, 16 // units, attributions
	for i := range p.attrs {
		a := &p.attrs[i]
		if !a.hasSrc || out[i].Key == "" || out[i].Naming != annotation.Named || p.toks[a.src.first].Norm != "the" || p.named[a.src.head] != 0 || a.src.head != a.src.first+1 || wordAt(p.toks, a.src.head+1) != "," {
			continue
		}
		for k := max(0, i-near); k < min(i+near, len(p.attrs)); k++ {
			b := &p.attrs[k]
			if !b.hasSrc || b.unit >= a.unit || a.unit-b.unit > reach || out[k].Naming != annotation.RoleOnly || out[k].Key != "" || p.toks[b.src.head].Norm != p.toks[a.src.head].Norm {
				continue
			}
			if n := p.toks[b.src.first].Norm; n == "a" || n == "an" {
				out[k].Key, out[k].Naming = out[i].Key, annotation.Named
			}
		}
	}
}

// laterReasons adds why a source is not named where the sentence after says it:
// "He spoke on condition of anonymity." out[i] is made of p.attrs[i].
func (p *parser) laterReasons(out []annotation.Attribution) {
	if len(p.units) == 0 {
		return // not analysed
	}
	// The last attribution of each unit.
	last := make([]int, len(p.units))
	for i := range p.attrs {
		last[p.attrs[i].unit] = i + 1
	}
	for n := 1; n < len(p.units); n++ {
		if last[n] != 0 || last[n-1] == 0 {
			continue
		}
		i := last[n-1] - 1
		if !out[i].Reason.Empty() || !anonymous(out[i].Naming) {
			continue
		}
		u := &p.units[n]
		if r := p.reason(u.from, u.to, &attr{}); !r.Empty() {
			out[i].Reason = r
			if out[i].Naming != annotation.Collective {
				out[i].Naming = annotation.Described
			}
		}
	}
}

func (p *parser) attribution(a *attr) annotation.Attribution {
	stable.Sort(a.parts, func(x, y part) int { return x.first - y.first })
	r := annotation.Attribution{Form: a.form, Stance: a.stance, Sure: a.sure, Rule: a.rule}
	parts := make([]span.Span, 0, len(a.parts))
	for _, pt := range a.parts {
		s := p.span(pt.first, pt.last)
		if pt.quote >= 0 {
			r.Marked = append(r.Marked, p.quotes[pt.quote].outer)
		} else if a.form == annotation.Mixed {
			r.Marked = p.marksIn(s, r.Marked)
		}
		parts = append(parts, s)
	}
	r.Content = span.New(parts[0].Start, parts[len(parts)-1].End)
	if len(parts) > 1 {
		r.Parts = parts
	}
	if a.form == annotation.Mixed && len(r.Marked) == 0 {
		r.Form = annotation.Indirect
	}
	if a.hasSrc {
		r.Source = p.sourceSpan(&a.src)
		p.classify(a, &r)
	}
	r.Cue = p.span(a.cueFirst, a.cueLast)
	return r
}

// marksIn appends the quotations that lie in s and in no other quotation.
func (p *parser) marksIn(s span.Span, to []span.Span) []span.Span {
	i, _ := slices.BinarySearchFunc(p.quotes, s.Start, func(q quotation, at int) int { return q.outer.Start - at })
	for ; i < len(p.quotes) && p.quotes[i].outer.Start < s.End; i++ {
		if q := &p.quotes[i]; q.depth == 0 && s.Contains(q.outer) {
			to = append(to, q.outer)
		}
	}
	return to
}

// sourceSpan returns the words of a source without marks at their ends.
func (p *parser) sourceSpan(s *source) span.Span {
	first, last := s.first, s.last
	for last > first+1 && punctKind(p.toks[last-1].Norm) != kindOther && p.tags[last-1].tag == tagPunct && p.toks[last-1].Norm != ")" {
		last--
	}
	return p.span(first, last)
}
