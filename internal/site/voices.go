package site

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/slug"
	"readout/internal/wordlist"
)

// What several reports say is only as well founded as it has voices of its own.
// Two reports of one outlet, two that have it from one agency, or two that have
// it from the same person count as one voice.

//go:embed data/platforms.txt
var platformsFile string

// platforms are where people publish what they say themselves, in lower case.
var platforms = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for name := range wordlist.Rows(platformsFile) {
		m[name] = true
	}
	return m
})

// outletVia returns the outlet that a source spoke to, "" where what the source
// mark has is none: a platform, or "a statement".
func outletVia(via string) string {
	via = oneLine(via)
	via = strings.TrimPrefix(via, "the ")
	c, _ := utf8.DecodeRuneInString(via)
	if via == "" || !unicode.IsUpper(c) || platforms()[strings.ToLower(via)] {
		return ""
	}
	return via
}

// agencyCredit is the dateline of a report that an agency made: "KABUL (Reuters) -".
var agencyCredit = regexp.MustCompile(`^[^.!?()]{0,60}\(([A-Z][\pL .&-]{1,30})\)\s*[-–—:]`)

// agency returns the agency that a report's dateline or byline credits, "" where
// there is none.
func agency(f *content.File) string {
	for _, b := range f.Blocks {
		if b.Role == article.Paragraph {
			if m := agencyCredit.FindStringSubmatch(b.Span.In(f.Text)); m != nil {
				return m[1]
			}
			break
		}
	}
	return ""
}

// A voice key names something that two passages may rest on alike.
type voiceKey struct{ kind, name string }

// Kinds of voice keys, in the order in which they are told.
const (
	fromOutlet = "outlet"
	onWord     = "word"
)

// A resting says on whose word a passage rests.
type resting struct {
	keys   []voiceKey
	label  map[voiceKey]string
	stance string // "alleged", "expected", "denied" …; "" where it is told as a fact
}

func outletKey(name string) voiceKey {
	return voiceKey{fromOutlet, strings.TrimPrefix(slug.Make(name), "the-")}
}

// rests returns on whose word a sentence rests.
func (c *comparison) rests(ref sentenceRef) resting {
	rep := c.reports[ref.report]
	out := resting{label: map[voiceKey]string{}}
	add := func(k voiceKey, label string) {
		if k.name != "" && !slices.Contains(out.keys, k) {
			out.keys = append(out.keys, k)
			out.label[k] = label
		}
	}
	if p := rep.b.Header.Publisher; p != "" {
		add(outletKey(p), p)
	} else {
		add(voiceKey{"report", rep.b.Slug}, "")
	}
	s := rep.maker.sentences[rep.sentences[ref.sentence].index]
	if len(s.voices) == 0 && rep.agency != "" {
		add(outletKey(rep.agency), rep.agency)
	}
	for _, v := range s.voices {
		sp := rep.speaker(v)
		if o := outletVia(sp.Via); o != "" {
			add(outletKey(o), o)
		}
		switch {
		case sp.Naming == "outlet":
			add(outletKey(sp.Name()), sp.Name())
		case sp.Entity != nil:
			add(voiceKey{onWord, string(sp.Entity.Kind) + " " + sp.Entity.Slug}, sp.Entity.Name)
		}
	}
	out.stance = rep.stance(ref)
	return out
}

// allegations are words by which a sentence says that something is claimed.
var allegations = []string{" allege", " alleging", " allegation", " accuse", " accusing", " accusation", " blame", " blaming", " claim", " purported"}

// stance says how a sentence tells what it tells, as its statements have it.
func (r *sideReport) stance(ref sentenceRef) string {
	s := r.sentences[ref.sentence]
	id := r.maker.sentences[s.index].id
	for _, st := range r.d.Statements {
		if st.Passage.Sentence != id {
			continue
		}
		switch st.Stance {
		case "alleges":
			return "alleged"
		case "denies":
			return "denied"
		case "expects":
			return "expected"
		case "hints":
			return "hinted"
		}
	}
	for _, w := range allegations {
		if strings.Contains(s.words, w) {
			return "alleged"
		}
	}
	return ""
}

// weighVoices counts the voices of an agreement, and says which of its reports
// rest on the same.
func (c *comparison) weighVoices(a *Agreement) {
	if a.Kind == "place" || a.Kind == "participant" {
		return // that it is named in a report is nobody's claim
	}
	var rests []resting
	for i, cell := range a.Cells {
		r := resting{keys: []voiceKey{{"report", cell.Briefing.Slug}}}
		if ref, ok := c.refOf(cell); ok {
			r = c.rests(ref)
		}
		a.Cells[i].Stance = r.stance
		if r.stance != "alleged" && slices.Contains(a.joined, cell.Briefing) {
			a.Cells[i].Stance = "" // what is expected there is what it says of it
		}
		rests = append(rests, r)
	}
	if slices.ContainsFunc(a.Cells, func(c Cell) bool { return c.Stance != "" }) {
		for i := range a.Cells {
			a.Cells[i].Stance = cmp.Or(a.Cells[i].Stance, "stated")
		}
	}
	group := make([]int, len(rests))
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	type common struct {
		label string
		cells []*Briefing
	}
	at := map[voiceKey]*common{}
	var order []voiceKey
	for i, r := range rests {
		group[i] = i
		for _, k := range r.keys {
			if at[k] == nil {
				at[k] = &common{label: r.label[k]}
				order = append(order, k)
			}
			at[k].cells = append(at[k].cells, a.Cells[i].Briefing)
		}
	}
	for i, x := range rests {
		for j, y := range rests[:i] {
			if slices.ContainsFunc(x.keys, func(k voiceKey) bool { return slices.Contains(y.keys, k) }) {
				group[root(i)] = root(j)
			}
		}
	}
	for i := range rests {
		if root(i) == i {
			a.Voices++
		}
	}
	for _, k := range order {
		if x := at[k]; len(x.cells) > 1 && x.label != "" {
			which := c.l.Text("story.shared.all")
			switch {
			case len(x.cells) == 2 && len(a.Cells) == 2:
				which = c.l.Text("story.shared.both")
			case len(x.cells) < len(a.Cells):
				which = c.l.Count("story.shared.some", len(x.cells))
			}
			if k.kind == fromOutlet {
				a.Shared = append(a.Shared, c.l.Say("story.shared.outlet", "which", which, "outlet", x.label))
			} else {
				a.Shared = append(a.Shared, c.l.Say("story.shared.word", "which", which, "source", x.label))
			}
		}
	}
}

// refOf returns the sentence that a cell cites first.
func (c *comparison) refOf(cell Cell) (sentenceRef, bool) {
	for r, rep := range c.reports {
		if rep.b == cell.Briefing && len(cell.Passages) > 0 {
			return c.sentenceOf(r, cell.Passages[0])
		}
	}
	return sentenceRef{}, false
}
