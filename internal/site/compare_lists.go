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
	head      string   // "official"; "" where the countries themselves do something
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
			if x.head == "" && !c.sameDoings(x, y, same) {
				continue
			}
			if same == 0 || len(x.countries) != len(y.countries) && same == min(len(x.countries), len(y.countries)) && officeWords()[x.head] == "" {
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

// sameDoings reports whether two lists of countries, of which some are the same, do the
// same in two sentences, and neither report names whom the other has besides.
func (c *comparison) sameDoings(x, y party, same int) bool {
	if same == len(x.countries) || same == len(y.countries) || c.at(x.ref).plain.common(c.at(y.ref).plain) == 0 || !sameSetting(c.at(x.ref), c.at(y.ref)) {
		return false
	}
	names := func(report int, other []string) bool {
		return slices.ContainsFunc(c.reports[report].sentences, func(s sideSentence) bool {
			return slices.ContainsFunc(other, func(w string) bool { return strings.Contains(s.words, " "+w) })
		})
	}
	besides := func(a, b party) []string {
		return slices.DeleteFunc(slices.Clone(a.countries), func(w string) bool { return slices.Contains(b.countries, w) })
	}
	return !names(x.ref.report, besides(y, x)) && !names(y.ref.report, besides(x, y))
}

// doing are words before what those of a list do.
var doing = wordList("doing")

// collectives are singular nouns for many people.
var collectives = map[string]bool{"police": true, "military": true, "navy": true, "army": true, "media": true, "staff": true, "crew": true, "personnel": true}

// parties finds the parties of a sentence.
func (r *sideReport) parties(ref sentenceRef) []party {
	s := r.maker.sentences[r.sentences[ref.sentence].index].span
	text := s.In(r.text)
	ts := r.sentences[ref.sentence].tokens
	var out []party
	add := func(countries []string, head token.Token, from, to int) {
		h := strings.TrimSuffix(head.Norm, "s")
		if len(countries) < 2 || h == head.Norm && !collectives[h] || !collectives[h] && !personUnit(head.Norm) && officeWords()[h] == "" && !strings.HasSuffix(head.Norm, "ers") {
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
		case i == 0 && end < len(ts) && slices.Contains(doing, ts[end].Norm):
			slices.Sort(list)
			if list = slices.Compact(list); len(list) > 1 {
				out = append(out, party{ref, "", list, text[ts[0].Span.Start:ts[end-1].Span.End]})
			}
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
	for end = i; ; {
		name, to := countryAt(text, ts, end)
		if name == "" {
			break
		}
		list = append(list, name)
		end = to
		k := end
		for k < len(ts) && (ts[k].Norm == "and" || text[ts[k].Span.Start:ts[k].Span.End] == ",") {
			k++
		}
		if next, _ := countryAt(text, ts, k); k == end || next == "" {
			break
		}
		end = k
	}
	return list, end
}

// countryAt reads a country or its adjective at token i, and returns the letters by which
// it is known here and the token after it; "" where there is none, or a possessive.
func countryAt(text string, ts []token.Token, i int) (name string, end int) {
	if i >= len(ts) || ts[i].Kind != token.Word || !ts[i].Is(token.Initial) {
		return "", i
	}
	end = i + 1
	name = ts[i].Norm[:min(len(ts[i].Norm), 4)]
	if lexicon.Shared().Word(lexicon.Hash(ts[i].Norm))&(lexicon.Country|lexicon.Demonym) == 0 {
		// A name of two words: "New Zealand".
		if end >= len(ts) || ts[end].Kind != token.Word {
			return "", i
		}
		h := lexicon.Join(lexicon.Join(0, lexicon.Hash(ts[i].Norm)), lexicon.Hash(ts[end].Norm))
		if c, _ := lexicon.Shared().Phrase(h); c&lexicon.Country == 0 {
			return "", i
		}
		name = ts[i].Norm + " " + ts[end].Norm[:min(len(ts[end].Norm), 4)]
		end++
	}
	if rest := text[ts[end-1].Span.End:]; strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s") {
		return "", i
	}
	return name, end
}
