// Package entity finds the names in an article: people, organizations, places
// and events, with the role each is given beside its name, and which names
// stand for one and the same. Its central value is Analyzer; package analysis
// runs it after the sentences are known.
//
// Names come from a sequence model (package tagger) that weighs gazetteers,
// spelling, context and the rest of the article; rules then settle what the
// whole article decides. Each mention's rule names the evidence that made it.
package entity

import (
	"slices"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/entity/tagger"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/stable"
)

// Analyzer finds mentions of named entities, their roles, and the entities they
// belong to. It finds nothing in an article that is not in English.
var Analyzer = &analysis.Analyzer{
	Name:     "entity",
	Doc:      "entity finds people, organizations, places and events by name, with their roles.",
	Requires: []*analysis.Analyzer{language.Analyzer, sentence.Analyzer},
	Run:      run,
}

// A mention is a name on its way to an annotation.Mention.
type mention struct {
	start, end int // tokens
	typ        annotation.EntityType
	rule       string
	role       span.Span
	government bool
	key        string
}

// A finder has the state of one run.
type finder struct {
	*tagger.Text
	room     *room
	sentence []int // of each token
	mentions []mention
	blocks   [][2]int        // of tokens, as they are in the article
	owner    []int32         // of each token, the mention that covers it, plus one; 0 where none does
	cues     []cued          // see cue
	bodies   map[uint64]bool // names that are those of organizations for sure
}

func run(p *analysis.Pass) annotation.Set {
	if !p.English() || len(p.Tokens) == 0 {
		return annotation.Set{}
	}
	model, err := tagger.Default()
	if err != nil {
		panic(err) // the embedded model is tested
	}
	f := newFinder(p)
	defer f.leave()
	f.find(model)
	f.settle()
	f.own()
	f.reconsider()
	f.companies()
	f.landmarks()
	f.named(p.Article)
	f.near()
	f.outlets()
	f.periodicals()
	f.works(namedWords())
	f.ships()
	f.initialed()
	f.spellings()
	f.consist()
	f.particled()
	f.diseases()
	f.layouts()
	f.events()
	f.namedStorms()
	f.own()
	f.governments()
	f.roles()
	entities := f.identify()
	return annotation.Set{Mentions: f.annotations(), Entities: entities}
}

// A room has what a finder knows of each token, for one article after another.
type room struct {
	text     tagger.Text
	sentence []int
	owner    []int32
	cues     []cued
	names    []tagger.Name
	mentions []mention
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// leave gives the room of f to those to come.
func (f *finder) leave() {
	clear(f.mentions) // of the article's words
	f.room.sentence, f.room.owner, f.room.cues, f.room.mentions = f.sentence, f.owner, f.cues, f.mentions
	rooms.Put(f.room)
}

func newFinder(p *analysis.Pass) *finder {
	ranges := sentenceRanges(p)
	r := rooms.Get().(*room)
	n := len(p.Tokens)
	f := &finder{
		room: r, Text: &r.text,
		sentence: slices.Grow(r.sentence[:0], n)[:n], owner: slices.Grow(r.owner[:0], n)[:n],
		cues: r.cues[:0], mentions: r.mentions[:0], blocks: p.Blocks,
	}
	clear(f.sentence)
	clear(f.owner)
	f.Read(p.Article.Text, p.Tokens, ranges)
	for k, s := range ranges {
		for i := s[0]; i < s[1]; i++ {
			f.sentence[i] = k
		}
	}
	f.findCues()
	return f
}

// sentenceRanges returns the sentences as ranges of tokens. Where there are no
// sentences each block is one.
func sentenceRanges(p *analysis.Pass) [][2]int {
	var ranges [][2]int
	if len(p.Set.Sentences) == 0 {
		for _, b := range p.Blocks {
			if b[1] > b[0] {
				ranges = append(ranges, b)
			}
		}
		return ranges
	}
	i := 0
	for _, s := range p.Set.Sentences {
		for i < len(p.Tokens) && p.Tokens[i].Span.Start < s.Span.Start {
			i++
		}
		from := i
		for i < len(p.Tokens) && p.Tokens[i].Span.End <= s.Span.End {
			i++
		}
		if i > from {
			ranges = append(ranges, [2]int{from, i})
		}
	}
	return ranges
}

var entityTypes = [...]annotation.EntityType{
	tagger.Person: annotation.Person, tagger.Organization: annotation.Organization, tagger.Place: annotation.Place,
}

// find fills the mentions, sorted and without overlaps.
func (f *finder) find(model *tagger.Model) {
	f.room.names = tagger.Names(f.room.names[:0], model.Tag(f.Text))
	for _, n := range f.room.names {
		if n.Type == tagger.Other {
			continue
		}
		m := mention{start: n.Start, end: n.End, typ: entityTypes[n.Type], rule: "entity/model"}
		if m = f.trim(m); m.end > m.start {
			f.mentions = append(f.mentions, m)
		}
	}
	stable.Sort(f.mentions, func(a, b mention) int { return a.start - b.start })
}

// trim takes signs, articles and possessives off the ends of a name.
func (f *finder) trim(m mention) mention {
	for m.end > m.start {
		switch n := f.Tokens[m.end-1].Norm; n {
		case "'s", "'", "’", "-", "–", "/", "&", "of", "the", "and", "for", "in":
			m.end--
			continue
		case ".":
			if m.end-2 >= m.start && f.abbreviated(m.end-2) {
				return m
			}
			m.end--
			continue
		}
		break
	}
	for m.start < m.end {
		switch f.Tokens[m.start].Norm {
		case "the", ".", "-", "–", "'", "’", "/", "&", "of", "and":
			m.start++
			continue
		}
		break
	}
	return m
}

// abbreviated reports whether a stop after token i belongs to it.
func (f *finder) abbreviated(i int) bool {
	switch f.Tokens[i].Norm {
	case "inc", "corp", "co", "ltd", "jr", "sr", "bros":
		return true
	}
	return f.Tokens[i].Span.Len() == 1
}

// span returns the bytes of tokens [start, end).
func (f *finder) span(start, end int) span.Span {
	return span.New(f.Tokens[start].Span.Start, f.Tokens[end-1].Span.End)
}

func (f *finder) annotations() []annotation.Mention {
	ms := make([]annotation.Mention, 0, len(f.mentions))
	for _, m := range f.mentions {
		ms = append(ms, annotation.Mention{
			Span: f.span(m.start, m.end), Type: m.typ, Key: m.key, Role: m.role, Government: m.government, Rule: m.rule,
		})
	}
	return ms
}
