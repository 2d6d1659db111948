package quantity

import (
	"strings"

	"readout/internal/token"
)

// elliptic returns what the figure at token k counts where it stands without a
// noun of its own, as the end or the beginning of a change: "the number of dead
// has risen to 57, up from 41". The noun is that of the subject, or of the
// figure that the change is told of; where neither is sure both are empty.
func (s *scanner) elliptic(k int) (unit, of string) {
	switch s.norm(k - 1) {
	case "to", "from", "by":
	default:
		return "", ""
	}
	j := k - 2
	for s.norm(j) == "sharply" || s.norm(j) == "slightly" || s.norm(j) == "further" || s.norm(j) == "again" || s.norm(j) == "steadily" || s.norm(j) == "steeply" {
		j--
	}
	switch w := s.norm(j); {
	case w == "up" || w == "down":
		if s.norm(k-1) == "from" {
			return s.sameAsLast(j)
		}
	case changes[w] || moved[w]:
		return s.subject(j)
	case s.ends(j + 1):
		// "rose from 41 to 57", "rose to 57 from 41"
		if s.norm(k-1) != "by" && (s.norm(k-1) == "to") != s.afterTo(j) {
			return s.sameAsLast(k)
		}
	}
	return "", ""
}

// moved are participles of the verbs of change.
var moved = map[string]bool{
	"risen": true, "grown": true, "fallen": true, "shrunk": true, "doubled": true, "tripled": true, "swelled": true, "swollen": true, "sunk": true, "increase": true, "drop": true,
}

// ends reports whether the last figure found ends right before token k.
func (s *scanner) ends(k int) bool {
	if len(s.out) == 0 || k <= s.s0 || k >= s.s1 {
		return false
	}
	return s.out[len(s.out)-1].Span.End == s.toks[k-1].Span.End
}

// afterTo reports whether the last figure, whose last token is j, follows "to".
func (s *scanner) afterTo(j int) bool {
	q := s.out[len(s.out)-1]
	for j > s.s0 && s.toks[j].Span.Start > q.Span.Start {
		j--
	}
	return s.norm(j-1) == "to"
}

// sameAsLast returns what the figure before token k in the sentence counts.
func (s *scanner) sameAsLast(k int) (unit, of string) {
	if len(s.out) == 0 {
		return "", ""
	}
	q := s.out[len(s.out)-1]
	if q.Span.Start < s.toks[s.s0].Span.Start || q.Rule == "quantity/age" {
		return "", ""
	}
	for i := k; i > s.s0 && s.toks[i].Span.Start >= q.Span.End; i-- {
		if n := s.norm(i); n == ";" || n == "and" || n == "but" || n == "while" {
			return "", "" // another clause
		}
	}
	return q.Unit, q.Of
}

// subject returns what the clause whose verb of change is token v is about: "the
// number of ships", "the toll".
func (s *scanner) subject(v int) (unit, of string) {
	for i := v - 1; i >= s.s0 && i > v-20; i-- {
		switch s.norm(i) {
		case ";", ":", "while", "but", "that":
			return "", ""
		case "number":
			if s.norm(i+1) != "of" {
				return "", ""
			}
			for j := i + 2; j < v && j < i+8; j++ {
				w := s.norm(j)
				t := s.toks[j]
				switch {
				case w == "the" || w == "its" || w == "their":
					continue
				case t.Kind != token.Word || stopWords[w] && s.lex.outcomes[w] == "":
					return "", ""
				}
				if o := s.lex.outcomes[w]; o != "" {
					return "", o // "the number of dead"
				}
				if !isPlural(w) {
					continue
				}
				for o := j + 1; o < v && o < j+7; o++ {
					if x := s.lex.outcomes[s.norm(o)]; x != "" {
						return w, x // "the number of people killed"
					}
				}
				return strings.TrimSuffix(w, "'s"), ""
			}
			return "", ""
		case "toll":
			return "", "deaths"
		}
	}
	return "", ""
}
