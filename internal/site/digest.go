package site

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"unique"

	"golang.org/x/text/language"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/numbered"
	"readout/internal/packed"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/story"
)

// A digest is what is held of one content file: its Briefing, whose entities
// are not known yet.
type digest struct {
	briefing *Briefing
	diags    diag.List
	related  *story.Digest // for relating the briefing to others
	text     story.Sum     // stands for all that relating looks at
}

// An ownKey is one of an article's own entities.
type ownKey struct {
	slug int32 // the article's key for it, beside its kind: its number in ownWords
	at   int32 // whom it stands for: index in Briefing.named
	kind uint8 // index in Kinds
}

// ownWords has the keys and the names that articles have for their own entities. Most
// are those of many articles.
var ownWords numbered.Strings

// An ownName is what of an article's own entity tells, beside its key, which one it
// is.
type ownName struct {
	name       int32 // its number in ownWords
	more       int32 // the number there of moreNames, packed
	mentions   int32
	first, end int32 // where it is named first
}

// An ownLocal is all that is held of one of an article's own entities.
type ownLocal struct {
	*ownKey
	*ownName
}

// local returns one of the article's own entities, before Gatherer.Done.
func (b *Briefing) local(l int) ownLocal { return ownLocal{&b.own[l], &(*b.ownNames)[l]} }

// moreNames are further words for an article's own entity.
type moreNames struct {
	aliases []string // abbreviations the article defines for it
	roles   []string // as the article words them
}

func (n *ownKey) class() dialect.Class { return Kinds[n.kind] }

// key is the article's own for the entity.
func (n *ownKey) key() entityKey { return entityKey{n.class(), n.word()} }

// word is the article's key without the kind.
func (n *ownKey) word() string { return ownWords.String(int(n.slug)) }

// called is the name of the entity in the article.
func (n *ownName) called() string { return ownWords.String(int(n.name)) }

func (n *ownName) aliases() []string { return n.others().aliases }

func (n *ownName) roles() []string { return n.others().roles }

// others returns the further words for the entity.
func (n *ownName) others() (m moreNames) {
	if data := ownWords.Bytes(int(n.more)); len(data) > 0 {
		(&coder{r: packed.NewPlain(data)}).others(&m)
	}
	return m
}

// setOthers says what the further words for the entity are.
func (n *ownName) setOthers(m moreNames) {
	if len(m.aliases)+len(m.roles) == 0 {
		n.more = int32(ownWords.Number(""))
		return
	}
	w := packer()
	defer packers.Put(w)
	(&coder{w: w}).others(&m)
	n.more = int32(ownWords.Number(string(w.Unsealed())))
}

// short is how long a string may be to be the same in many briefings.
const short = 48

// keep returns a copy of s that does not hold on to the text s is from. Short
// strings, such as names and ids, are the same in many briefings and kept once.
func keep(s string) string {
	if len(s) > short {
		return strings.Clone(s)
	}
	return unique.Make(s).Value()
}

// reset takes back what a gathering told the briefing of the rest of the site.
func (d *digest) reset() {
	b := d.briefing
	b.Stories, b.Newer, b.Older, b.plain = nil, nil, nil, false
}

// A maker makes the values of a Site from one reading.
type maker struct {
	*reading
	b        *Briefing
	d        *Details
	entity   func(local int) *Entity // returns nil while entities are not known
	speakers []*Speaker              // of each voice; nil until asked for
	keep     func(string) string     // returns a copy where the text is to be let go
}

// digestFile reads f and makes its digest, and all its details. Nothing in the digest
// refers to f's text; the details do, and are soon packed.
func digestFile(f *content.File) (*digest, *whole) {
	r := read(f)
	b := newBriefing(f)
	all := &whole{b: b}
	b.Header, b.Told = header(f), told(f)
	m := &maker{
		reading: r, b: b, d: &all.Details, speakers: make([]*Speaker, len(r.voices)),
		entity: func(int) *Entity { return nil },
		keep:   func(s string) string { return s },
	}
	d := &digest{briefing: b}
	for _, bl := range f.Blocks {
		if strings.HasPrefix(bl.ID, "p") {
			b.Paragraphs++
		}
	}
	for _, k := range f.KeyPoints {
		p := KeyPoint{Text: m.keep(k.Text), Passage: m.blockPassage(k.Target)}
		all.KeyPoints = append(all.KeyPoints, p)
		if p.Passage.ID == "" {
			r.diags.Add(diag.Diagnostic{
				File: f.Path, Line: k.Line, ID: "key-point-target",
				Message: "this key point leads to no paragraph of the annotated text",
				Hint:    "end it with a link to a paragraph, such as [¶1](#p1)",
			})
		}
	}
	m.quotations()
	all.Timeline = m.timeline()
	for i, mk := range f.Marks {
		if mk.Class == dialect.Term {
			t, l := m.term(i)
			all.Terms = append(all.Terms, t)
			all.terms = append(all.terms, l)
		}
	}
	all.appearances = make([]*Appearance, len(r.locals))
	for l := range r.locals {
		all.appearances[l] = m.appearance(l)
	}
	all.Sourcing = m.sourcing()
	b.sourceless = all.Sourcing.empty()
	for _, s := range r.sentences {
		b.Sentences.add(s.class)
	}
	if b.Unread() {
		b.Sentences = SentenceCounts{}
	}
	for v, s := range m.speakers {
		if s != nil {
			all.speakers = append(all.speakers, s)
			all.voices = append(all.voices, r.voices[v].local)
		}
	}
	names := make([]ownName, len(r.locals))
	b.own, b.ownNames = make([]ownKey, len(r.locals)), &names
	for i, l := range r.locals {
		a := all.appearances[i]
		b.own[i] = ownKey{slug: int32(ownWords.Number(l.key)), kind: uint8(slices.Index(Kinds[:], l.kind))}
		n := ownName{name: int32(ownWords.Number(l.name)), mentions: int32(a.Mentions), first: int32(a.First.Span.Start), end: int32(a.First.Span.End)}
		var more moreNames
		for k, t := range all.terms {
			if t == i {
				more.aliases = append(more.aliases, all.Terms[k].Short, all.Terms[k].Long)
			}
		}
		for _, role := range a.Roles {
			more.roles = append(more.roles, role.Text)
		}
		n.setOthers(more)
		names[i] = n
	}
	d.diags = r.diags
	return d, all
}

// newBriefing returns the Briefing of a file, with its names alone.
func newBriefing(f *content.File) *Briefing {
	page := briefingPath(f.Meta.Slug)
	return &Briefing{
		ownNames: new([]ownName),
		Slug:     page[len("briefings/") : len(page)-len(".html")], // held once
		Path:     page,
		File:     f.Path,
		Sum:      f.Sum,
	}
}

func briefingPath(slug string) string { return "briefings/" + slug + ".html" }

// told is the digest of all in a file that other pages may show, but for the key
// points.
func told(f *content.File) [16]byte {
	b := make([]byte, 0, 2*len(f.Text)+4096)
	text := func(list ...string) {
		for _, s := range list {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
	}
	number := func(list ...int) {
		for _, n := range list {
			b = binary.AppendVarint(b, int64(n))
		}
	}
	m := &f.Meta
	text(f.Path)
	for _, s := range metaTexts(m) {
		text(*s)
	}
	number(len(m.Byline))
	text(m.Byline...)
	text(f.Text)
	number(len(f.Blocks))
	for i := range f.Blocks {
		x := &f.Blocks[i]
		text(x.ID, string(x.Role), x.Reason)
		number(x.Level, x.Span.Start, x.Span.End)
	}
	for i := range f.Marks {
		x := &f.Marks[i]
		text(string(x.Class), x.ID)
		number(x.Span.Start, x.Span.End, len(x.Attrs))
		for _, a := range x.Attrs {
			text(a.Key, a.Value)
		}
	}
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}

func header(f *content.File) Header {
	words := 0
	for _, b := range f.Blocks {
		if b.Role != article.SetAside {
			words += countWords(b.Span.In(f.Text))
		}
	}
	return headerOf(f.Meta, words)
}

// headerOf makes the header of an article of that many words.
func headerOf(m frontmatter.Meta, words int) Header {
	h := Header{
		Title: m.Title, TitleDerived: m.TitleBasis == string(article.TitleDerived),
		Publisher: keep(m.Publisher),
		Date:      Date{Value: keep(m.Date), Basis: keep(m.DateBasis)},
		Language:  keep(m.Language), Direction: direction(m.Language),
		Words: words, Minutes: max(1, (words+115)/230),
	}
	if h.Title == "" {
		h.Title, h.TitleDerived = m.Slug, true
	}
	w := packer()
	defer packers.Put(w)
	(&coder{w: w}).origin(&Origin{Dek: m.Dek, Byline: m.Byline, URL: m.URL, Seed: m.Article.Path, SHA256: m.Article.SHA256})
	h.origin = string(w.Unsealed())
	return h
}

// countWords counts words for a reading time: runs between white space, and in
// scripts without spaces two characters for one.
func countWords(s string) int {
	words, dense, in := 0, 0, false
	for i, r := range s {
		if r < utf8.RuneSelf {
			switch kind := asciiWords[s[i]]; {
			case kind == asciiSpace:
				in = false
			case !in && kind == asciiWord:
				words++
				in = true
			}
			continue
		}
		switch {
		case unicode.IsSpace(r):
			in = false
		case r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana), unicode.Is(unicode.Thai, r):
			dense++
			in = false
		case !in && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			words++
			in = true
		}
	}
	return words + (dense+1)/2
}

// The kinds of ASCII characters that countWords tells apart.
const (
	asciiOther uint8 = iota
	asciiSpace
	asciiWord
)

var asciiWords = func() (t [256]uint8) {
	for c := range rune(utf8.RuneSelf) {
		switch {
		case unicode.IsSpace(c):
			t[c] = asciiSpace
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			t[c] = asciiWord
		}
	}
	return t
}()

// direction returns the direction in which a language is written, "ltr" where
// it is not known.
func direction(tag string) string {
	if tag == "" || tag == "en" {
		return "ltr"
	}
	t, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}

// passage returns the place of mark i.
func (m *maker) passage(i int) Passage {
	return m.place(m.mark(i).Span, m.blocks[i], m.ids[i])
}

func (m *maker) place(s span.Span, block int, id string) Passage {
	p := Passage{Briefing: m.b, ID: m.keep(id), Span: s, Text: m.keep(s.In(m.text))}
	if block >= 0 {
		p.Block = m.keep(m.file.Blocks[block].ID)
		if k := m.sentenceAt(block, s.Start); k >= 0 {
			p.Sentence = m.keep(m.sentences[k].id)
		}
		if p.ID == "" {
			p.ID = p.Block
		}
	}
	return p
}

// sentencePassage returns the place of sentence k.
func (m *maker) sentencePassage(k int) Passage {
	s := m.sentences[k]
	block, _, _ := strings.Cut(s.id, "-")
	id := m.keep(s.id)
	return Passage{Briefing: m.b, ID: id, Block: m.keep(block), Sentence: id, Span: s.span, Text: m.keep(s.span.In(m.text))}
}

// maxAround is how many bytes of a sentence are shown for each of the times in
// it. What is no sentence but runs on without an end may have thousands, and
// would else be shown in full as often.
const maxAround = 1200

// sentenceAround is sentencePassage for something that stands at the span s of
// the sentence: of an endless one, what stands around it.
func (m *maker) sentenceAround(k int, s span.Span) Passage {
	of := m.sentences[k]
	if of.span.End-of.span.Start <= maxAround {
		return m.sentencePassage(k)
	}
	text := of.span.In(m.text)
	from := max(0, s.Start-of.span.Start-maxAround/2)
	to := min(len(text), max(s.End-of.span.Start, from)+maxAround/2)
	if i := strings.IndexByte(text[from:to], ' '); from > 0 && i >= 0 {
		from += i + 1
	}
	if i := strings.LastIndexByte(text[from:to], ' '); to < len(text) && i > 0 {
		to = from + i
	}
	words := strings.ToValidUTF8(text[from:to], "")
	if from > 0 {
		words = "…" + words
	}
	if to < len(text) {
		words += "…"
	}
	block, _, _ := strings.Cut(of.id, "-")
	id := m.keep(of.id)
	return Passage{Briefing: m.b, ID: id, Block: m.keep(block), Sentence: id, Span: of.span, Text: m.keep(words)}
}

// blockPassage returns the place of the block with that id, without its text;
// its ID is empty when there is no such block.
func (m *maker) blockPassage(id string) Passage {
	for _, b := range m.file.Blocks {
		if b.ID == id {
			id := m.keep(b.ID)
			return Passage{Briefing: m.b, ID: id, Block: id, Span: b.Span}
		}
	}
	return Passage{Briefing: m.b}
}

// speaker returns the speaker of a voice, nil for -1.
func (m *maker) speaker(v int) *Speaker {
	if v < 0 {
		return nil
	}
	if m.speakers[v] != nil {
		return m.speakers[v]
	}
	vc := m.voices[v]
	s := &Speaker{Naming: m.keep(vc.naming), Passage: Passage{Briefing: m.b}}
	if vc.mark >= 0 {
		mk := m.mark(vc.mark)
		s.Passage = m.passage(vc.mark)
		s.Access, s.Reason, s.Via = m.keep(mk.Get("access")), m.keep(mk.Get("reason")), m.keep(mk.Get("via"))
		if c := m.cueOf[vc.mark]; c >= 0 {
			s.Cue = m.keep(m.words(c))
		}
	}
	if vc.local >= 0 {
		s.Entity = m.entity(vc.local)
	}
	m.speakers[v] = s
	return s
}

func (m *maker) quotations() {
	for i, mk := range m.file.Marks {
		switch mk.Class {
		case dialect.Quote:
			m.d.Quotations = append(m.d.Quotations, m.quotation(i))
		case dialect.Statement:
			m.d.Statements = append(m.d.Statements, &Statement{
				Passage: m.passage(i), Stance: m.keep(mk.Get("stance")), Speaker: m.speaker(m.voiceOf[i]),
			})
		}
	}
}

func (m *maker) quotation(i int) *Quotation {
	mk := m.mark(i)
	q := &Quotation{
		Passage: m.passage(i), Form: m.keep(mk.Get("form")), Speaker: m.speaker(m.voiceOf[i]),
		Denied:    mk.Get("stance") == "denies",
		Continues: mk.Get("continues") != "" || m.heads[i] != i && m.mark(m.heads[i]).Class == dialect.Quote && m.adjoins(m.heads[i], i),
		Language:  m.b.Header.Language, Direction: m.b.Header.Direction,
	}
	if q.Form == "" {
		q.Form = "direct"
	}
	return q
}

// adjoins reports whether the quotation j goes on where i stops, with nothing
// but an attribution between: no sentence between the two is without either.
func (m *maker) adjoins(i, j int) bool {
	a, b := m.sentenceAt(m.blocks[i], m.mark(i).Span.End-1), m.sentenceAt(m.blocks[j], m.mark(j).Span.Start)
	return a >= 0 && b >= 0 && b-a <= 1 && m.mark(i).Get("form") == m.mark(j).Get("form")
}

func (m *maker) term(i int) (*Term, int) {
	mk := m.mark(i)
	t := &Term{Short: m.keep(mk.Get("short")), Long: m.keep(mk.Get("long")), Passage: m.passage(i)}
	if t.Short == "" {
		t.Short = m.keep(oneLine(m.words(i)))
	}
	// What it abbreviates is the entity mentioned in it, around it or beside it.
	l := -1
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(m.localOf) && m.localOf[k] >= 0 && m.blocks[k] == m.blocks[i] {
			s := m.mark(k).Span
			if w := oneLine(m.words(k)); s.Contains(mk.Span) || mk.Span.Contains(s) || t.Long != "" && strings.EqualFold(w, t.Long) {
				l = m.localOf[k]
				break
			}
		}
	}
	if l >= 0 {
		t.Entity = m.entity(l)
		if t.Long == "" && !strings.EqualFold(m.locals[l].name, t.Short) {
			t.Long = m.keep(m.locals[l].name)
		}
	}
	return t, l
}

// appearance makes the appearance of one of the article's own entities.
func (m *maker) appearance(l int) *Appearance {
	lc := m.locals[l]
	a := &Appearance{Briefing: m.b, Mentions: len(lc.marks), First: m.passage(lc.marks[0]), Voice: lc.voiced}
	at := map[string]int{}
	roles := map[string]bool{}
	for _, i := range lc.marks {
		w := oneLine(m.words(i))
		k, ok := at[w]
		if !ok {
			k = len(a.Names)
			at[w] = k
			a.Names = append(a.Names, Spelling{Text: m.keep(w), First: m.passage(i)})
		}
		a.Names[k].Count++
		if role := m.keep(oneLine(m.mark(i).Get("role"))); role != "" && !roles[strings.ToLower(role)] {
			roles[strings.ToLower(role)] = true
			a.Roles = append(a.Roles, RoleWording{Text: role, Passage: m.passage(i)})
		}
		if m.mark(i).Get("sense") == "government" {
			a.Government++
		}
	}
	sortSpellings(a.Names)
	return a
}

// sortSpellings puts the most frequent wording first, of two as frequent the
// longer one.
func sortSpellings(s []Spelling) {
	stable.Sort(s, func(a, b Spelling) int {
		return cmp.Or(b.Count-a.Count, len(b.Text)-len(a.Text), strings.Compare(a.Text, b.Text))
	})
}
