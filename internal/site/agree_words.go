package site

import (
	"slices"

	"readout/internal/dialect"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// Two sentences of the same words but for one name or one noun are no agreement:
// "sails under the flag of Liberia" and "… of Panama" tell two things, however alike
// they are. This file aligns the words of two sentences and looks at what stands in
// the same place in both.

// How long a sentence is that is aligned, how long what stands in the same place of
// both is, and after how many words that both have in a row, all in words.
const (
	longestAligned = 90
	longestGap     = 4
	gapLead        = 2
)

// otherWords reports whether in the same place of two sentences, after words that both
// have in a row, the one has a name or a noun and the other another one, which neither
// has elsewhere.
func (c *comparison) otherWords(a, b sentenceRef) bool {
	key := [2]sentenceRef{a, b}
	other, known := c.other[key]
	if !known {
		other = c.findOtherWords(c.slots(a), c.slots(b))
		c.other[key] = other
	}
	return other
}

func (c *comparison) findOtherWords(x, y []slot) bool {
	if len(x) == 0 || len(y) == 0 || len(x) > longestAligned || len(y) > longestAligned || own(x, y)&own(y, x) == 0 {
		return false
	}
	// The longest common subsequence, by its lengths from each place on.
	longest := &c.longest
	clear(longest[len(x)][:len(y)+1])
	for i := len(x) - 1; i >= 0; i-- {
		row, below := &longest[i], &longest[i+1]
		row[len(y)] = 0
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].same(&y[j]) {
				row[j] = below[j+1] + 1
			} else {
				row[j] = max(below[j], row[j+1])
			}
		}
	}
	i0, j0 := 0, 0 // where the gap at hand begins
	run := 0       // how many words before it both have in a row
	for i, j := 0, 0; ; {
		ended := i == len(x) || j == len(y)
		if ended || x[i].same(&y[j]) {
			if ended {
				i, j = len(x), len(y)
			}
			if i > i0 && j > j0 && i-i0 <= longestGap && j-j0 <= longestGap && run >= gapLead && c.exclusive(x, y, x[i0:i], y[j0:j]) {
				return true
			}
			if ended {
				return false
			}
			if i == i0 && j == j0 {
				run++
			} else {
				run = 1
			}
			i, j = i+1, j+1
			i0, j0 = i, j
			continue
		}
		if longest[i+1][j] >= longest[i][j+1] {
			i++
		} else {
			j++
		}
	}
}

// details finds sentences of one matter that two reports tell in the same words but
// for one: who was charged, what was carried. Sentences that another row has are
// passed over.
func (c *comparison) details(pairs []alignment, before []Dimension) []Dimension {
	var out []Dimension
	for _, p := range pairs {
		a, b := c.at(p.a), c.at(p.b)
		share, n := contained(a.plain, b.plain)
		if p.sim < agreeFrom || n < 3 || share < saidShare || a.denied != b.denied || a.status != b.status || otherDays(a, b) || c.numbersDiffer(p.a, p.b) || !c.otherWords(p.a, p.b) {
			continue
		}
		x, y := c.passage(p.a), c.passage(p.b)
		told := func(d Dimension) bool { return d.cites(x) || d.cites(y) }
		if slices.ContainsFunc(before, told) || slices.ContainsFunc(out, told) {
			continue
		}
		out = append(out, c.sentenceRow("detail", "dimension.detail", p.a, p.b))
	}
	return out
}

// cites reports whether a row has a passage within the sentence x.
func (d *Dimension) cites(x Passage) bool {
	for _, cell := range d.Cells {
		for _, p := range cell.Passages {
			if p.Briefing == x.Briefing && p.Block == x.Block && x.Span.Contains(p.Span) {
				return true
			}
		}
	}
	return false
}

// own returns the kinds of the names and nouns of x that y has nowhere, as bits.
func own(x, y []slot) uint8 {
	var kinds uint8
	for i := range x {
		if s := &x[i]; s.kind != slotOther && kinds&(1<<s.kind) == 0 && !hasSlot(y, s) {
			kinds |= 1 << s.kind
		}
	}
	return kinds
}

// exclusive reports whether each of two gaps has a name, or each a noun, that the
// other sentence has nowhere.
func (c *comparison) exclusive(x, y, gapX, gapY []slot) bool {
	for i := range gapX {
		s := &gapX[i]
		if s.kind == slotOther || hasSlot(y, s) {
			continue
		}
		for j := range gapY {
			if t := &gapY[j]; t.kind == s.kind && !hasSlot(x, t) && (s.entity == nil || s.entity != t.entity) && !s.governs(t) && !t.governs(s) {
				return true
			}
		}
	}
	return false
}

func hasSlot(list []slot, s *slot) bool {
	for i := range list {
		if list[i].same(s) || s.entity != nil && list[i].entity == s.entity {
			return true
		}
	}
	return false
}

type slotKind uint8

const (
	slotOther slotKind = iota
	slotName
	slotNoun
)

// A slot is a word of a sentence to be aligned.
type slot struct {
	norm   string
	id     uint32 // of the norm; 0 where it has none
	terms  []numberedTerm
	kind   slotKind
	entity *Entity
}

// same reports whether two words are one, or used for the same.
func (s *slot) same(t *slot) bool {
	if s.id == t.id && s.id != 0 || (s.id == 0 || t.id == 0) && s.norm == t.norm {
		return true
	}
	for i := range s.terms {
		for j := range t.terms {
			if s.terms[i].term == t.terms[j].term {
				return true
			}
		}
	}
	return false
}

// governs reports whether one name is that of a capital and the other that of a
// country, which reports use one for the other when they speak of governments.
func (s *slot) governs(t *slot) bool {
	return s.entity != nil && t.entity != nil && listsOf(s.entity.Name)&lexicon.Capital != 0 && listsOf(t.entity.Name)&lexicon.Country != 0
}

// slots are the words of a sentence.
func (c *comparison) slots(ref sentenceRef) []slot {
	s := c.at(ref)
	if s.slots == nil {
		s.slots = c.findSlots(ref)
	}
	return s.slots
}

func (c *comparison) findSlots(ref sentenceRef) []slot {
	r, s := c.reports[ref.report], c.at(ref)
	start := r.maker.sentences[s.index].span.Start
	out := make([]slot, 0, len(s.tokens))
	for k := range s.tokens {
		t := &s.tokens[k]
		if t.Kind != token.Word {
			continue
		}
		w := slot{norm: t.Norm, id: t.ID, terms: c.termsOf(t)}
		for _, i := range r.marks[ref.sentence] {
			m := r.mark(i)
			if !m.Span.ContainsOffset(start + t.Span.Start) {
				continue
			}
			switch m.Class {
			case dialect.Time, dialect.Quantity:
				w.kind = slotOther
			case dialect.Person, dialect.Organization, dialect.Place:
				w.kind = slotName
				if r.localOf[i] >= 0 {
					w.entity = r.entity(r.localOf[i])
				}
			default:
				continue
			}
			out = append(out, w)
			w.norm = ""
			break
		}
		if w.norm == "" {
			continue
		}
		if t.Is(token.AllLower) && len(w.terms) > 0 && sense(t).noun {
			w.kind = slotNoun
		}
		out = append(out, w)
	}
	return out
}

// countsAsNoun reports whether w is first of all a noun that names one thing: not a
// word for many people, which reports use one for the other.
func countsAsNoun(w string) bool {
	c := lexicon.Shared().Word(lexicon.Hash(w))
	return c&(lexicon.Noun|lexicon.PlaceNoun|lexicon.Role|lexicon.PersonNoun) != 0 && c&(lexicon.Verb|lexicon.Adjective|lexicon.GroupNoun) == 0
}
