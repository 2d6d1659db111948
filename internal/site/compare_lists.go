package site

import (
	"slices"
	"strings"

	"readout/internal/lexicon"
	"readout/internal/token"
)

// A party is who takes part in something, named by countries: "Swiss and Omani
// officials", "the presidents of Kenya and Uganda".
type party struct {
	ref       sentenceRef
	head      string   // "official"
	countries []string // by their first letters, which a country and its people share
	words     string   // as worded
}

// maxParties bounds the parties of one report that are compared.
const maxParties = 20

// participants compares who takes part, where two reports name several countries
// for the same head, some alike and some not.
func (c *comparison) participants() []Dimension {
	var all []party
	for r, rep := range c.reports {
		n := 0
		for k := range rep.sentences {
			for _, p := range rep.parties(sentenceRef{r, k}) {
				if n < maxParties {
					all = append(all, p)
					n++
				}
			}
		}
	}
	var out []Dimension
	for i, y := range all {
		for _, x := range all[:i] {
			if x.ref.report == y.ref.report || x.head != y.head || slices.Equal(x.countries, y.countries) {
				continue
			}
			same := 0
			for _, w := range x.countries {
				if slices.Contains(y.countries, w) {
					same++
				}
			}
			if same == 0 || len(x.countries) != len(y.countries) && same == min(len(x.countries), len(y.countries)) && !officeWords()[x.head] {
				continue // the one names some of those whom the other names
			}
			d := c.row("participant", c.l.Text("dimension.participants"))
			for _, p := range []party{x, y} {
				d.put(c.reports[p.ref.report].b, p.words, c.passage(p.ref))
			}
			d.judge()
			if !slices.ContainsFunc(out, func(o Dimension) bool { return o.sameCells(d) }) {
				out = append(out, d)
			}
		}
	}
	return out
}

// parties finds the parties of a sentence.
func (r *sideReport) parties(ref sentenceRef) []party {
	s := r.maker.sentences[r.sentences[ref.sentence].index].span
	text := s.In(r.text)
	ts := r.sentences[ref.sentence].tokens
	var out []party
	add := func(countries []string, head token.Token, from, to int) {
		h := strings.TrimSuffix(head.Norm, "s")
		if len(countries) < 2 || h == head.Norm || !personUnit(head.Norm) && !officeWords()[h] && !strings.HasSuffix(head.Norm, "ers") {
			return
		}
		slices.Sort(countries)
		out = append(out, party{ref, h, slices.Compact(countries), text[from:to]})
	}
	for i := 0; i < len(ts); i++ {
		list, end := countryList(text, ts, i)
		if len(list) < 2 {
			continue
		}
		switch {
		case i > 1 && ts[i-1].Norm == "of":
			add(list, ts[i-2], ts[i-2].Span.Start, ts[end-1].Span.End)
		case end < len(ts) && ts[end].Kind == token.Word && ts[end].Is(token.AllLower):
			add(list, ts[end], ts[i].Span.Start, ts[end].Span.End)
		}
		i = end
	}
	return out
}

// countryList reads countries or their adjectives from token i on, joined by
// commas and "and". A country whose possessive follows ("and Kenya's prime
// minister") is none of the list. It returns the token after the list.
func countryList(text string, ts []token.Token, i int) (list []string, end int) {
	for end = i; end < len(ts); {
		t := ts[end]
		c := lexicon.Shared().Word(lexicon.Hash(t.Norm))
		if t.Kind != token.Word || !t.Is(token.Initial) || c&(lexicon.Country|lexicon.Demonym) == 0 {
			break
		}
		if rest := text[t.Span.End:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
			break
		}
		list = append(list, t.Norm[:min(len(t.Norm), 4)])
		end++
		k := end
		for k < len(ts) && (ts[k].Norm == "and" || text[ts[k].Span.Start:ts[k].Span.End] == ",") {
			k++
		}
		if k == end || k >= len(ts) || lexicon.Shared().Word(lexicon.Hash(ts[k].Norm))&(lexicon.Country|lexicon.Demonym) == 0 || !ts[k].Is(token.Initial) {
			break
		}
		if rest := text[ts[k].Span.End:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
			break
		}
		end = k
	}
	return list, end
}
