package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/stable"
)

// A reading is one content file with what its marks mean to one another: which
// block and sentence each stands in, whose words a quotation is, which entity a
// mention names. Its references are indices; it is dropped once the digest or
// the page is made.
type reading struct {
	file      *content.File
	text      string
	ids       []string // of each mark's element on the page; "" for none
	blocks    []int    // of each mark: index in file.Blocks; -1 outside all
	sentences []sentenceMark
	inBlock   [][2]int // of each block: its sentences, half open
	locals    []local
	localOf   []int // of each mark: index in locals; -1 for none
	localAt   map[entityKey]int
	voices    []voice
	voiceOf   []int // of each quote, statement and source mark: index in voices; -1
	heads     []int // of each quote and statement mark: the mark its note belongs to
	cueOf     []int // of each source mark: its cue mark; -1
	diags     diag.List

	tell sync.Once
	told []toldSentence // see tellSentences
}

// A sentenceMark is a sentence of the article's body: headline, headings and text
// set aside have none.
type sentenceMark struct {
	span     span.Span
	id       string
	class    Class
	direct   bool
	voices   []int // those on whose word it rests; the first decided the class
	contents []int // the quotes and statements in it
}

// A local is an entity as one article has it.
type local struct {
	kind   dialect.Class
	key    string
	name   string // its fullest wording
	marks  []int  // its mentions
	voiced int    // quotations and statements that are its own
}

// A voice is a source of the article: the words that name it at one place.
type voice struct {
	mark   int // the source mark; -1 when only an entity is known
	naming string
	local  int // -1 for none
	// unresolved reports a pronoun of which it is not known whom it means.
	unresolved bool
}

func read(f *content.File) *reading {
	r := &reading{file: f, text: f.Text}
	n := len(f.Marks)
	r.blocks, r.localOf, r.voiceOf = ints(n, -1), ints(n, -1), ints(n, -1)
	r.heads, r.cueOf = ints(n, -1), ints(n, -1)
	r.findBlocks()
	r.findSentences()
	r.makeIDs()
	r.findEntities()
	r.findVoices()
	r.weighSentences()
	return r
}

func ints(n, v int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = v
	}
	return s
}

func (r *reading) mark(i int) dialect.Mark { return r.file.Marks[i] }
func (r *reading) words(i int) string      { return r.mark(i).Span.In(r.text) }

func (r *reading) findBlocks() {
	b := 0
	for i, m := range r.file.Marks {
		for b < len(r.file.Blocks) && r.file.Blocks[b].Span.End <= m.Span.Start {
			b++
		}
		if b < len(r.file.Blocks) && r.file.Blocks[b].Span.ContainsOffset(m.Span.Start) {
			r.blocks[i] = b
		}
	}
}

// body reports whether a block's sentences count for the sourcing.
func body(role article.Role) bool {
	switch role {
	case article.Paragraph, article.ListItem, article.Quotation, article.Caption:
		return true
	}
	return false
}

// sentenceFrom returns the index of the first sentence of the block that ends
// after the offset i.
func (r *reading) sentenceFrom(block, i int) int {
	lo, hi := r.inBlock[block][0], r.inBlock[block][1]
	k, _ := slices.BinarySearchFunc(r.sentences[lo:hi], i, func(s sentenceMark, i int) int {
		if s.span.End <= i {
			return -1
		}
		return 1
	})
	return lo + k
}

// sentenceAt returns the index of the sentence that holds the offset i of the
// given block, or -1.
func (r *reading) sentenceAt(block, i int) int {
	if block < 0 {
		return -1
	}
	s := r.sentenceFrom(block, i)
	if s < r.inBlock[block][1] && r.sentences[s].span.ContainsOffset(i) {
		return s
	}
	return -1
}

// letterOf returns the part of an element's id that tells what it is; "" for what has
// no id.
func letterOf(c dialect.Class) string {
	switch c {
	case dialect.Quote:
		return "-q"
	case dialect.Statement:
		return "-r"
	case dialect.Source:
		return "-v"
	case dialect.Time:
		return "-t"
	case dialect.Quantity:
		return "-f"
	case dialect.Term:
		return "-k"
	case dialect.EventMention:
		return "-e"
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		return "-n"
	}
	return ""
}

// letters is how many letters there are for kinds.
const letters = 26

// makeIDs gives each mark but cues an id that is unique on the page: its block's
// and its number among the marks of its kind there, so that an edit moves the
// ids of its own paragraph alone.
func (r *reading) makeIDs() {
	r.ids = make([]string, len(r.file.Marks))
	block := -1
	var count [letters]int // of the kinds in the block at hand
	for i := range r.file.Marks {
		m := &r.file.Marks[i]
		l := letterOf(m.Class)
		if l == "" || r.blocks[i] < 0 {
			continue
		}
		// Marks come in the order of the text, and so do blocks.
		if r.blocks[i] != block {
			block, count = r.blocks[i], [letters]int{}
		}
		count[l[1]-'a']++
		r.ids[i] = numberedID(r.file.Blocks[block].ID, l, count[l[1]-'a'])
	}
}

// isEntity reports whether a class marks mentions.
func isEntity(c dialect.Class) bool {
	return c == dialect.Person || c == dialect.Organization || c == dialect.Place || c == dialect.Event
}

func (r *reading) findEntities() {
	r.localAt = map[entityKey]int{}
	for i, m := range r.file.Marks {
		if !isEntity(m.Class) {
			continue
		}
		key := m.Get("ref")
		if key == "" {
			key = slug.Make(r.words(i))
		}
		if key == "" {
			continue // a name without a letter: nothing to make a page of
		}
		k := entityKey{m.Class, key}
		l, ok := r.localAt[k]
		if !ok {
			l = len(r.locals)
			r.localAt[k] = l
			r.locals = append(r.locals, local{kind: m.Class, key: key})
		}
		r.localOf[i] = l
		r.locals[l].marks = append(r.locals[l].marks, i)
	}
	for l := range r.locals {
		r.locals[l].name = r.fullest(r.locals[l])
	}
}

// fullest returns the wording of l whose slug is its key (the analysis names an
// entity by its fullest form), else its longest one. Of a place or person the usual
// letters go before capitals, as a dateline has them.
func (r *reading) fullest(l local) string {
	best, capitals := "", ""
	for _, i := range l.marks {
		w := oneLine(r.words(i))
		if slug.Make(w) == l.key {
			if !inCapitals(l.kind, w) {
				return w
			}
			if capitals == "" {
				capitals = w
			}
			continue
		}
		if len(w) > len(best) {
			best = w
		}
	}
	return cmp.Or(capitals, best)
}

// inCapitals reports whether the name of a place or person is written in capitals
// alone. Those of a body may be its initials.
func inCapitals(kind dialect.Class, name string) bool {
	return (kind == dialect.Place || kind == dialect.Person) && name == strings.ToUpper(name) && name != strings.ToLower(name)
}

// oneLine returns s with each run of white space as one space.
func oneLine(s string) string {
	plain := true // as it should be already
	for i := 0; plain && i < len(s); i++ {
		c := s[i]
		plain = c > ' ' && c < utf8.RuneSelf || c == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' '
	}
	if plain {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func (r *reading) findVoices() {
	byID := map[string]int{}
	for i, m := range r.file.Marks {
		if m.Class != dialect.Source {
			continue
		}
		r.voiceOf[i] = len(r.voices)
		r.voices = append(r.voices, r.sourceVoice(i))
		if m.ID != "" {
			byID[m.ID] = i
		}
	}
	byKey := map[string]int{}
	quotes := map[string]int{} // by the id of the mark
	last := -1
	for i, m := range r.file.Marks {
		if m.Class != dialect.Quote && m.Class != dialect.Statement {
			continue
		}
		r.heads[i] = i
		if m.ID != "" {
			quotes[m.ID] = i
		}
		if m.Get("form") == "scare" {
			continue
		}
		before, continues := quotes[m.Get("continues")]
		by, ref := m.Get("by"), m.Get("ref")
		switch s, ok := byID[by]; {
		case ok:
			r.voiceOf[i] = r.voiceOf[s]
		case by != "" && r.entityVoice(by, byKey) >= 0:
			// An editor may name an entity of the article directly.
			r.voiceOf[i] = r.entityVoice(by, byKey)
		case by != "":
			r.diags.Add(diag.Diagnostic{
				File: r.file.Path, Line: m.Line, Column: m.Column, ID: "quote-source",
				Message: fmt.Sprintf("by=%q names no source of this file", by),
				Hint:    fmt.Sprintf("give the words that name the source {.source #%s}, or take the attribute away", by),
			})
		case ref != "":
			r.voiceOf[i] = r.entityVoice(ref, byKey)
		case continues:
			r.voiceOf[i] = r.voiceOf[before]
		}
		// A further part of a quotation, or a quotation inside a statement on the
		// same word, has no note of its own.
		switch {
		case continues:
			r.heads[i] = r.heads[before]
		case last >= 0 && r.voiceOf[i] >= 0 && r.voiceOf[i] == r.voiceOf[last]:
			r.heads[i] = r.heads[last]
		}
		last = i
		if v := r.voiceOf[i]; v >= 0 && r.heads[i] == i {
			if l := r.voices[v].local; l >= 0 {
				r.locals[l].voiced++
			}
		}
	}
	r.findCues()
}

// entityVoice returns the voice of an entity that no source mark names, or -1
// when the article has no entity of that key. It keeps them in byKey.
func (r *reading) entityVoice(key string, byKey map[string]int) int {
	v, seen := byKey[key]
	if !seen {
		v = -1
		if l := r.localByKey(key); l >= 0 {
			v = len(r.voices)
			r.voices = append(r.voices, voice{mark: -1, naming: namingOf(r.locals[l].kind), local: l})
		}
		byKey[key] = v
	}
	return v
}

// localByKey finds an entity of the article by its key, people first.
func (r *reading) localByKey(key string) int {
	for _, kind := range Kinds {
		if l, ok := r.localAt[entityKey{kind, key}]; ok {
			return l
		}
	}
	return -1
}

func namingOf(kind dialect.Class) string {
	if kind == dialect.Person {
		return "named"
	}
	return "organization"
}

// sourceVoice reads the source mark i: how it is named and whom it names.
func (r *reading) sourceVoice(i int) voice {
	m := r.mark(i)
	v := voice{mark: i, naming: m.Get("naming"), local: -1}
	person, other := -1, -1 // entities
	// A mention of the very words may stand outside the source mark…
	for k := i - 1; k >= 0 && r.mark(k).Span == m.Span; k-- {
		person, other = r.pick(k, person, other)
	}
	// … one of a part of them stands inside.
	for k := i + 1; k < len(r.file.Marks) && m.Span.Contains(r.mark(k).Span); k++ {
		if l := r.localOf[k]; l < 0 || r.locals[l].kind != dialect.Person || !Possessor(r.text, m.Span, r.mark(k).Span) {
			person, other = r.pick(k, person, other)
		}
	}
	if v.naming == "" {
		switch {
		case person >= 0:
			v.naming = "named"
		case other >= 0 && r.covers(i, other):
			v.naming = "organization"
		default:
			v.naming = "described"
		}
	}
	ref := -1
	if key := m.Get("ref"); key != "" {
		ref = r.localByKey(key)
	}
	switch v.naming {
	case "named":
		v.local = firstOf(ref, person)
		switch words := oneLine(m.Span.In(r.text)); {
		case v.local >= 0 && r.locals[v.local].kind != dialect.Person:
			v.naming = "organization"
		case v.local < 0 && pronouns[strings.ToLower(words)]:
			v.naming, v.unresolved = "described", true
		case v.local < 0 && !properName(words):
			v.naming = "described" // "my father"
		}
	case "organization", "outlet", "document":
		v.local = firstOf(ref, other)
	}
	// "They said": it is not known who, whatever else is.
	words := strings.ToLower(oneLine(m.Span.In(r.text)))
	v.unresolved = v.unresolved || v.local < 0 && ref < 0 && pronouns[words] && !strings.HasPrefix(words, "wh")
	return v
}

// properName reports whether the words of a source may hold a name: one begins
// with a capital and none is a pronoun.
func properName(words string) bool {
	name := false
	for _, w := range strings.FieldsFunc(words, notLetter) {
		switch w := strings.ToLower(w); {
		case pronouns[w]:
			return false
		case w == "the" || w == "a" || w == "an":
			continue
		}
		c, _ := utf8.DecodeRuneInString(w)
		name = name || !unicode.IsLower(c)
	}
	return name
}

func notLetter(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) }

// pronouns stand for somebody, and name nobody.
var pronouns = wordSet("pronouns")

func firstOf(a, b int) int {
	if a >= 0 {
		return a
	}
	return b
}

// pick notes the entity of the mention mark k, if it is one.
func (r *reading) pick(k, person, other int) (int, int) {
	if l := r.localOf[k]; l >= 0 {
		if r.locals[l].kind == dialect.Person {
			if person < 0 {
				person = l
			}
		} else if other < 0 {
			other = l
		}
	}
	return person, other
}

// covers reports whether a mention of entity l makes up the source mark i but
// for an article or a possessive.
func (r *reading) covers(i, l int) bool {
	for _, k := range r.locals[l].marks {
		if s := r.mark(k).Span; r.mark(i).Span.Contains(s) && r.mark(i).Span.Len()-s.Len() <= len("the 's") {
			return true
		}
	}
	return false
}

// findCues gives each source the nearest cue of its block.
func (r *reading) findCues() {
	var cues []int
	for i, m := range r.file.Marks {
		if m.Class == dialect.Cue {
			cues = append(cues, i)
		}
	}
	for i, m := range r.file.Marks {
		if m.Class != dialect.Source || len(cues) == 0 {
			continue
		}
		k, _ := slices.BinarySearchFunc(cues, m.Span.Start, func(c, at int) int { return r.mark(c).Span.Start - at })
		best, far := -1, 0
		for _, c := range []int{k - 1, k} {
			if c < 0 || c >= len(cues) || r.blocks[cues[c]] != r.blocks[i] {
				continue
			}
			if d := gap(m.Span, r.mark(cues[c]).Span); best < 0 || d < far {
				best, far = cues[c], d
			}
		}
		r.cueOf[i] = best
	}
}

// gap returns the number of bytes between a and b, 0 where they touch.
func gap(a, b span.Span) int { return max(b.Start-a.End, a.Start-b.End, 0) }

// weighSentences decides on whose word each sentence rests: that of the source
// whose quotations and statements cover most of it, else that of a source named
// in it, else the article's own.
func (r *reading) weighSentences() {
	type weight struct{ voice, bytes int }
	weights := make([][]weight, len(r.sentences))
	add := func(s, v, bytes int) {
		for k := range weights[s] {
			if weights[s][k].voice == v {
				weights[s][k].bytes += bytes
				return
			}
		}
		weights[s] = append(weights[s], weight{v, bytes})
	}
	each := func(i int, f func(s int, bytes int)) {
		m := r.mark(i).Span
		b := r.blocks[i]
		if b < 0 {
			return
		}
		for s := r.sentenceFrom(b, m.Start); s < r.inBlock[b][1] && r.sentences[s].span.Start < m.End; s++ {
			f(s, min(m.End, r.sentences[s].span.End)-max(m.Start, r.sentences[s].span.Start))
		}
	}
	for i, m := range r.file.Marks {
		if m.Class != dialect.Quote && m.Class != dialect.Statement || m.Get("form") == "scare" {
			continue
		}
		each(i, func(s, bytes int) {
			r.sentences[s].contents = append(r.sentences[s].contents, i)
			if m.Class == dialect.Quote {
				r.sentences[s].direct = true
			}
			if r.voiceOf[i] >= 0 {
				add(s, r.voiceOf[i], bytes)
			}
		})
	}
	for i, m := range r.file.Marks {
		if m.Class == dialect.Source {
			each(i, func(s, bytes int) {
				if len(weights[s]) == 0 {
					add(s, r.voiceOf[i], 0)
				}
			})
		}
	}
	for s := range r.sentences {
		stable.Sort(weights[s], func(a, b weight) int { return b.bytes - a.bytes })
		r.sentences[s].class = OwnWord
		for k, w := range weights[s] {
			if k == 0 {
				r.sentences[s].class = classOf(r.voices[w.voice].naming)
			}
			r.sentences[s].voices = append(r.sentences[s].voices, w.voice)
		}
	}
}
