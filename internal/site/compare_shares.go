package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/numeral"
	"readout/internal/span"
	"readout/internal/token"
)

// parts are words for a part of a whole.
var partWords = map[string]float64{
	"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "tenth": 10, "tenths": 10,
}

// wholeNumbers are what a number of things is told to be out of: "six in ten".
var wholeNumbers = []float64{3, 4, 5, 6, 7, 8, 10, 20, 100}

// wholesPart reports whether a part of a whole may begin with a word that is no number.
func wholesPart(w string) bool { return w == "a" || w == "one" || w == "half" }

// fractionAt reads a part of a whole at token i of sentence k as a share of a hundred:
// "a quarter of the shares", "two thirds of", "six houses in ten", "one in five pupils".
// The number that begins there, if ok, is n. It returns the token after it.
func (r *sideReport) fractionAt(k, i int, n numeral.Numeral, ok bool) (*figure, int, bool) {
	s := r.maker.sentences[r.sentences[k].index]
	text := s.span.In(r.text)
	ts := r.sentences[k].tokens
	share := func(from, to int, n, of float64, noun string) (*figure, int, bool) {
		f := r.bare(k, span.New(s.span.Start+ts[from].Span.Start, s.span.Start+ts[to-1].Span.End), 100*n/of)
		f.unit, f.of, f.about, f.fraction = "%", noun, true, true
		f.frame = r.frameOf(f, s.span.Start, f.passage.Span)
		return f, to, true
	}
	count, j := 1.0, i
	switch {
	case ts[i].Norm == "a" || ts[i].Norm == "one":
		j = i + 1
	case ok && !n.Ordinal && !n.Vague && n.Value < 100:
		count, j = n.Value, n.End
	case ts[i].Norm != "half":
		return nil, 0, false
	}
	if j < len(ts) && ts[j].Norm == "-" && j+1 < len(ts) {
		j++ // "two-thirds"
	}
	if j+1 < len(ts) && partWords[ts[j].Norm] > count && (ts[j+1].Norm == "of" || ts[j].Norm == "half" && ts[j+1].Norm == "the") {
		if noun, end := nounOf(ts, j+2); noun != "" && !lasting(strings.TrimSuffix(noun, "s")) {
			return share(i, end, count, partWords[ts[j].Norm], noun)
		}
		return nil, 0, false
	}
	if !ok || n.Ordinal || n.Vague || n.Value < 1 || n.Value >= 100 {
		return nil, 0, false
	}
	j = n.End
	noun := ""
	if j < len(ts) && ts[j].Kind == token.Word && ts[j].Is(token.AllLower) && ts[j].Norm != "in" && ts[j].Norm != "out" {
		noun, j = ts[j].Norm, j+1
	}
	switch {
	case begins(ts[min(j, len(ts)):], []string{"out", "of", "every"}), begins(ts[min(j, len(ts)):], []string{"in", "every"}):
		j += 2
		if ts[j].Norm == "every" {
			j++
		}
	case begins(ts[min(j, len(ts)):], []string{"out", "of"}):
		j += 2
	case begins(ts[min(j, len(ts)):], []string{"in"}):
		j++
	default:
		return nil, 0, false
	}
	m, ok := numeral.At(ts, text, j)
	if !ok || m.Ordinal || m.Vague || m.Value <= n.Value || !slices.Contains(wholeNumbers, m.Value) {
		return nil, 0, false
	}
	end := m.End
	switch after, to := nounOf(ts, end); {
	case noun != "" && after != "":
		return nil, 0, false // "two deaths in three days"
	case noun == "" && (after == "" || kindsOfUnit[strings.TrimSuffix(after, "s")] != ""):
		return nil, 0, false
	case noun == "":
		noun, end = after, to
	}
	return share(i, end, n.Value, m.Value, noun)
}

// nounOf returns the first noun in the plural, or for people, that a phrase of at most
// three words from token i on has, and the token after it.
func nounOf(ts []token.Token, i int) (string, int) {
	for j := i; j < len(ts) && j < i+3; j++ {
		if ts[j].Kind != token.Word {
			break
		}
		w := ts[j].Norm
		if slices.Contains(fillers, w) || w == "its" || w == "their" || w == "all" || w == "those" {
			continue
		}
		c := lexicon.Shared().Word(lexicon.Hash(w)) | lexicon.Shared().Word(lexicon.Hash(strings.TrimSuffix(w, "s")))
		if w == "people" || personUnit(w) || strings.HasSuffix(w, "s") && len(w) > 3 && !strings.HasSuffix(w, "ss") && c&lexicon.Say == 0 {
			return w, j + 1
		}
		if c&lexicon.Adjective == 0 && c&lexicon.Noun == 0 {
			break
		}
	}
	return "", i
}

// A portion is a share of votes, or a number of seats, of somebody.
type portion struct {
	report int
	f      *figure
	of     *Entity
}

// portions compares what share of the vote, or how many seats, the reports give to the
// same person or body.
func (c *comparison) portions() []Dimension {
	by := map[*Entity][]portion{}
	var order []*Entity
	for r, rep := range c.reports {
		for _, f := range rep.figures {
			if f.owner == nil {
				continue
			}
			if by[f.owner] == nil {
				order = append(order, f.owner)
			}
			by[f.owner] = append(by[f.owner], portion{r, f, f.owner})
		}
	}
	var out []Dimension
	for _, e := range order {
		for _, unit := range []string{"%", "seats", "votes"} {
			d := c.row("figure", c.l.Say("dimension.portion", "name", e.Name))
			d.Key = "dimension.portion"
			differs := false
			var told []portion
			for r := range c.reports {
				mine := slices.DeleteFunc(slices.Clone(by[e]), func(p portion) bool { return p.report != r || p.f.unit != unit })
				if len(mine) == 0 || slices.ContainsFunc(mine, func(p portion) bool { return p.f.value != mine[0].f.value }) {
					continue // a report that gives two says nothing certain
				}
				for _, o := range told {
					differs = differs || !o.f.equal(mine[0].f) && !o.f.farFrom(mine[0].f)
				}
				told = append(told, mine[0])
				d.put(c.reports[r].b, mine[0].f.words, mine[0].f.passage)
			}
			if differs {
				d.judge()
				out = append(out, d)
			}
		}
	}
	return out
}

// owners finds whose the shares of a vote and the seats of a report are: of who is named
// before the figure, or after "for" behind it.
func (r *sideReport) owners(figures []*figure) {
	last := 0 // the end of the figure before
	for i := range figures {
		f := figures[i]
		b := blockIndex(r, f.passage.Block)
		if b < 0 {
			continue
		}
		k := r.sentenceAt(b, f.passage.Span.Start)
		from := last
		last = f.passage.Span.End
		if f.unit != "%" && f.unit != "seats" && f.unit != "votes" || f.tally || f.frame != "" && f.frame != "votes" || k < 0 || k >= len(r.sentences) || !r.elects(k) || r.amongSome(k, f.passage.Span.Start) {
			continue
		}
		var before, after *Entity
		for _, m := range r.marks[k] {
			mk := r.mark(m)
			if mk.Class != dialect.Person && mk.Class != dialect.Organization || r.localOf[m] < 0 || mk.Class == dialect.Organization && r.inSource(mk) {
				continue
			}
			switch {
			case mk.Span.Start >= from && mk.Span.End <= f.passage.Span.Start:
				before = r.entity(r.localOf[m])
			case after == nil && mk.Span.Start >= f.passage.Span.End:
				if ws := wordsOf(r.text[f.passage.Span.End:mk.Span.Start]); len(ws) > 0 && len(ws) <= maxRoleWords && ws[0].Norm == "for" {
					after = r.entity(r.localOf[m])
				}
			}
		}
		f.owner = before
		if after != nil {
			f.owner = after
		}
	}
}

// amongSome reports whether the words of sentence k before an offset say that what follows is
// told of a part of the voters: "among women".
func (r *sideReport) amongSome(k, at int) bool {
	from := r.maker.sentences[r.sentences[k].index].span.Start
	return strings.Contains(strings.ToLower(r.text[from:max(from, at)]), "among ")
}

// maxRoleWords is how many words may stand between "for" and a name: a role.
const maxRoleWords = 6

// elects reports whether a sentence, or the one before it, tells of a vote.
func (r *sideReport) elects(k int) bool {
	for j := max(0, k-1); j <= k; j++ {
		for _, t := range r.sentences[j].tokens {
			if votingWords[t.Norm] {
				return true
			}
		}
	}
	return false
}

var votingWords = wordSet("votingWords")
