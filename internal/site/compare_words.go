package site

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/token"
	"readout/internal/wordlist"
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
		d := c.row("spelling", c.l.Say("dimension.spelling", "name", e.Name))
		var keys []string
		for _, r := range c.reports {
			for _, a := range r.d.Appearances {
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
				if a != b && (slices.Equal(withoutParticles(a), withoutParticles(b)) || len(joinedParts(a)) == len(joinedParts(b)) || strings.Count(a, "-") == strings.Count(b, "-") || strings.ReplaceAll(a, "-", "") == strings.ReplaceAll(b, "-", "")) {
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
	for label, words := range wordlist.Named(wordingFile) {
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

// A use is a word of a choice as a report uses it.
type use struct {
	ref  sentenceRef
	word string
	own  bool // what they call themselves
}

// wording compares the words that the reports themselves, not those they quote,
// choose for the same actor or act: those in sentences of one matter.
func (c *comparison) wording() []Dimension {
	var out []Dimension
	for number, choice := range wordChoices() {
		var all []use
		for i, r := range c.reports {
			for k := range r.sentences {
				if r.sentences[k].choices&(1<<number) != 0 || choice.words["militants"] {
					r.chosen(k, choice, func(word string, own bool) { all = append(all, use{sentenceRef{i, k}, word, own}) })
				}
			}
		}
		d := c.row("wording", c.l.Say("dimension.wording", "words", c.l.Text("dimension.choice."+choice.label)))
		sets := make([]map[string]bool, len(c.reports))
		linked := make([]bool, len(all))
		for i, x := range all {
			for j, y := range all[:i] {
				if x.ref.report != y.ref.report && c.ofOneActor(x, y) {
					linked[i], linked[j] = true, true
				}
			}
		}
		for i, u := range all {
			if linked[i] {
				if sets[u.ref.report] == nil {
					sets[u.ref.report] = map[string]bool{}
				}
				sets[u.ref.report][strings.TrimSuffix(u.word, "s")] = true
				d.put(c.reports[u.ref.report].b, u.word, c.passage(u.ref))
			}
		}
		differs := false
		for i, a := range sets {
			for _, b := range sets[:i] {
				differs = differs || len(a) > 0 && len(b) > 0 && disjoint([]map[string]bool{a, b})
			}
		}
		if differs {
			d.judge()
			out = append(out, d)
		}
	}
	return out
}

// ofOneActor reports whether two sentences tell of one matter, so that whom they
// name in it are the same. What people call themselves is told because others call
// them otherwise.
func (c *comparison) ofOneActor(a, b use) bool {
	x, y := a.ref, b.ref
	if !sameSetting(c.at(x), c.at(y)) {
		return false
	}
	if x.sentence < leadSentences && y.sentence < leadSentences {
		n := c.around(x, y)
		if n >= 2 || n == 1 && x.sentence < leadThings && y.sentence < leadThings && (c.at(x).terms.common(c.at(y).terms) >= 2 || sharedDay(c.at(x), c.at(y)) || c.sameNames(x, y) > 0) {
			return true
		}
		if c.short(x, y) && (n >= 1 || c.window(x, y) >= 2) {
			return true
		}
		return (a.own || b.own) && n >= 1 && c.sameNames(x, y) >= 1
	}
	return c.around(x, y) >= 3 && c.likeness(c.at(x), c.at(y)) >= alignedFrom
}

// chosen calls f for each word of the choice that stands in sentence k in lower
// case, or as its first word, and outside quotation marks. A word that says of
// what kind something is ("assault rifles") names nobody.
func (r *sideReport) chosen(k int, choice wordChoice, f func(word string, own bool)) {
	s := r.maker.sentences[r.sentences[k].index]
	ts := r.sentences[k].tokens
	for i, t := range ts {
		if t.Kind != token.Word || !t.Is(token.AllLower) && (i > 0 && ts[i-1].Kind != token.Punct || !t.Is(token.Initial)) || !choice.first[t.Norm] {
			continue
		}
		word := t.Norm
		at := span.New(s.span.Start+t.Span.Start, s.span.Start+t.Span.End)
		next := i + 1
		if next < len(ts) && ts[next].Kind == token.Word && choice.words[word+"-"+ts[next].Norm] {
			word += " " + ts[next].Norm
			at.End = s.span.Start + ts[next].Span.End
			next++
		} else if !choice.words[word] {
			continue
		}
		if next < len(ts) && modifies(ts[next]) || r.quoted(at) {
			continue
		}
		f(word, false)
	}
	if choice.words["militants"] {
		if word, at, ok := selfStyled(ts, s.span.In(r.text)); ok && !r.quoted(span.New(s.span.Start+at.Start, s.span.Start+at.End)) {
			f(word, true)
		}
	}
}

// modifies reports whether the token after a word makes it one that says of what
// kind that is. A group of rebels is the rebels.
func modifies(next token.Token) bool {
	if next.Kind != token.Word || !next.Is(token.AllLower) || slices.Contains(beforeNames, next.Norm) || slices.Contains(apartWords, next.Norm) {
		return false
	}
	c := lexicon.Shared().Word(lexicon.Hash(next.Norm)) | lexicon.Shared().Word(lexicon.Hash(strings.TrimSuffix(next.Norm, "s")))
	return c&lexicon.Noun != 0 && c&(lexicon.Verb|lexicon.Adjective|lexicon.GroupNoun|lexicon.PersonNoun|lexicon.Say) == 0
}

// selfStyled returns what those of a sentence call themselves: "coast guards" of
// "the men call themselves coast guards".
func selfStyled(ts []token.Token, text string) (word string, at span.Span, ok bool) {
	for i := 1; i+1 < len(ts); i++ {
		switch ts[i].Norm {
		case "themselves", "itself", "himself", "herself":
		default:
			continue
		}
		if !strings.HasPrefix(ts[i-1].Norm, "call") && !strings.HasPrefix(ts[i-1].Norm, "styl") {
			continue
		}
		from := i + 1
		for from < len(ts) && (ts[from].Norm == "the" || ts[from].Norm == "a" || ts[from].Norm == "an") {
			from++
		}
		to := from
		for to < len(ts) && to < from+3 && ts[to].Kind == token.Word && ts[to].Is(token.AllLower) && !slices.Contains(beforeNames, ts[to].Norm) && !slices.Contains(apartWords, ts[to].Norm) {
			to++
		}
		if to > from {
			at = span.New(ts[from].Span.Start, ts[to-1].Span.End)
			return at.In(text), at, true
		}
	}
	return "", at, false
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
