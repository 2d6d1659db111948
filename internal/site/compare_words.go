package site

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/token"
)

// disjoint reports whether two of the sets share nothing.
func disjoint(sets []map[string]bool) bool {
	for i, a := range sets {
		for _, b := range sets[:i] {
			common := false
			for w := range a {
				common = common || b[w]
			}
			if !common {
				return true
			}
		}
	}
	return false
}

// shared lists the entities of a kind that stand in at least two reports of
// separate origin, those in most first.
func (c *comparison) shared(kind dialect.Class) []*Entity {
	members := make([]*Briefing, len(c.reports))
	for i, r := range c.reports {
		members[i] = r.b
	}
	var out []*Entity
	for _, e := range inCommon(members) {
		if e.entity.Kind == kind {
			out = append(out, e.entity)
		}
	}
	return out
}

// spellings compares how the reports spell the full name of the same person.
func (c *comparison) spellings() []Dimension {
	var out []Dimension
	for _, e := range c.shared(dialect.Person) {
		d := c.row("spelling", "spelling of "+e.Name)
		var keys []string
		for _, r := range c.reports {
			for _, a := range r.b.Appearances {
				if a.Entity != e {
					continue
				}
				full := Spelling{}
				for _, n := range a.Names {
					if strings.Count(n.Text, " ") > strings.Count(full.Text, " ") {
						full = n
					}
				}
				if strings.Contains(full.Text, " ") {
					d.put(r.b, full.Text, full.First)
					keys = append(keys, initialsJoined(full.Text))
				}
			}
		}
		differs := false
		for i, a := range keys {
			for _, b := range keys[:i] {
				// A name with a part more is no other spelling.
				if a != b && (strings.Count(a, "-") == strings.Count(b, "-") || strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", "")) {
					differs = true
				}
			}
		}
		if differs {
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// initialsJoined is what tells one spelling of a full name from another: its
// initials are the same however they are set apart.
func initialsJoined(name string) string {
	var b strings.Builder
	last := 0
	for p := range strings.SplitSeq(slug.Make(name), "-") {
		if b.Len() > 0 && (last != 1 || len(p) > 1) {
			b.WriteByte('-')
		}
		b.WriteString(p)
		last = len(p)
	}
	return b.String()
}

//go:embed data/wording.txt
var wordingFile string

type wordChoice struct {
	label string
	words map[string]bool // of two words joined by a hyphen
	first map[string]bool // the words with which one of them begins
}

var wordChoices = sync.OnceValue(func() []wordChoice {
	var out []wordChoice
	for line := range strings.Lines(wordingFile) {
		label, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		w := wordChoice{label: label, words: map[string]bool{}, first: map[string]bool{}}
		for _, x := range strings.Fields(words) {
			w.words[x] = true
			begin, _, _ := strings.Cut(x, "-")
			w.first[begin] = true
		}
		out = append(out, w)
	}
	return out
})

// wording compares the words that the reports themselves, not those they quote,
// choose for the same actor or act.
func (c *comparison) wording() []Dimension {
	var out []Dimension
	for _, choice := range wordChoices() {
		d := c.row("wording", "word for "+choice.label)
		var sets []map[string]bool
		var where [][]sentenceRef
		for i, r := range c.reports {
			set := map[string]bool{}
			var refs []sentenceRef
			for k := range r.sentences {
				r.chosen(k, choice, func(word string, s span.Span) {
					set[strings.TrimSuffix(word, "s")] = true
					refs = append(refs, sentenceRef{i, k})
					p := r.sentencePassage(r.sentences[k].index)
					d.put(r.b, word, p)
				})
			}
			if len(set) > 0 {
				sets, where = append(sets, set), append(where, refs)
			}
		}
		if c.choseOtherwise(sets, where) {
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// choseOtherwise reports whether two reports have no word in common in sentences
// of one matter.
func (c *comparison) choseOtherwise(sets []map[string]bool, where [][]sentenceRef) bool {
	for i, a := range sets {
		for j, b := range sets[:i] {
			if !disjoint([]map[string]bool{a, b}) {
				continue
			}
			for _, x := range where[i] {
				for _, y := range where[j] {
					if c.around(x, y) >= 2 {
						return true
					}
				}
			}
		}
	}
	return false
}

// chosen calls f for each word of the choice that stands in sentence k in lower
// case, or as its first word, and outside quotation marks.
func (r *sideReport) chosen(k int, choice wordChoice, f func(string, span.Span)) {
	s := r.maker.sentences[r.sentences[k].index]
	ts := r.sentences[k].tokens
	for i, t := range ts {
		if t.Kind != token.Word || !t.Is(token.AllLower) && (i > 0 || !t.Is(token.Initial)) || !choice.first[t.Norm] {
			continue
		}
		word := t.Norm
		at := span.New(s.span.Start+t.Span.Start, s.span.Start+t.Span.End)
		if i+1 < len(ts) && ts[i+1].Kind == token.Word && choice.words[word+"-"+ts[i+1].Norm] {
			word += " " + ts[i+1].Norm
			at.End = s.span.Start + ts[i+1].Span.End
		} else if !choice.words[word] {
			continue
		}
		if !r.quoted(at) {
			f(word, at)
		}
	}
}

// quoted reports whether the words at s stand in quotation marks.
func (r *sideReport) quoted(s span.Span) bool {
	for _, m := range r.file.Marks {
		if m.Class == dialect.Quote && m.Span.Contains(s) {
			return true
		}
		if m.Span.Start >= s.End {
			break
		}
	}
	return false
}
