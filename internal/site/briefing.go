package site

import (
	"cmp"
	"crypto/sha256"
	"iter"
	"slices"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/edit"
	"readout/internal/label"
	"readout/internal/packed"
	"readout/internal/span"
	"readout/internal/stable"
)

// A Briefing is what is held of one content file: what its own page shows at the
// top, whom it names, and the way to the rest (Details).
type Briefing struct {
	Slug string
	Path string            // of its page: "briefings/<slug>.html"
	File string            // of its content file: "content/briefings/<slug>.md"
	Sum  [sha256.Size]byte // of the bytes of that file
	// Told is the digest of all that other pages may show of the file: the whole
	// but the editor's own sections, where things stand in it, and the key points.
	Told   [16]byte
	Header Header
	// Sentences counts those of the article by whose word they rest on.
	Sentences SentenceCounts
	Stories   []*Story // those it is a member of

	// Newer and Older are its neighbours in Site.Briefings; nil at the ends.
	Newer, Older *Briefing

	// Paragraphs counts the blocks with an id of the form "p<n>".
	Paragraphs int

	order      int32      // index in Site.Briefings
	sourceless bool       // it knows no source at all
	plain      bool       // its text is published in full
	alone      bool       // of the rest of the site no more is at hand than the page shows
	own        []ownKey   // the article's own entities, in an order that it decides
	ownNames   *[]ownName // of each of them; nil after Gatherer.Done
	named      []Named
	across     *[]Related // of one that stands alone

	place    Place // of its details
	surveyed Place // of what a survey takes of them
	shelf    *shelf
	pinned   *Details // where they are held
}

// Named is an entity that a briefing names.
type Named struct {
	Entity     *Entity
	mentions   int32
	first, end int32 // where the first time
	roles      bool  // the article gives it a role
}

// Mentions is how often the briefing names it.
func (n *Named) Mentions() int { return int(n.mentions) }

// Named returns the entities that the briefing mentions, by kind in the order of
// Kinds, then in order of first mention.
func (b *Briefing) Named() []Named { return b.named }

// Own returns whom each of the article's own entities stands for, in an order
// that its content file alone decides.
func (b *Briefing) Own() iter.Seq[*Entity] {
	return func(yield func(*Entity) bool) {
		for i := range b.own {
			if !yield(b.ownEntity(i)) {
				return
			}
		}
	}
}

// ownEntity returns whom one of the article's own entities stands for.
func (b *Briefing) ownEntity(local int) *Entity { return b.named[b.own[local].at].Entity }

// whom returns whom an entity of the article stands for, by the article's key.
func (b *Briefing) whom(key entityKey) *Entity {
	slug := ownWords.Find(key.slug)
	for i := range b.own {
		if n := &b.own[i]; int(n.slug) == slug && n.class() == key.kind {
			return b.ownEntity(i)
		}
	}
	return nil
}

// meant tells a briefing whom each of its article's own entities stands for. Two of
// them that an editor's file makes one are named once.
func (b *Briefing) meant(of []*Entity) {
	named := make([]Named, 0, len(b.own))
	at := make(map[*Entity]int32, len(b.own))
	for l := range b.own {
		lc := &(*b.ownNames)[l]
		i, ok := at[of[l]]
		if !ok {
			at[of[l]] = int32(len(named))
			named = append(named, Named{of[l], lc.mentions, lc.first, lc.end, len(lc.roles()) > 0})
			continue
		}
		n := &named[i]
		n.mentions += lc.mentions
		n.roles = n.roles || len(lc.roles()) > 0
		if lc.first < n.first {
			n.first, n.end = lc.first, lc.end
		}
	}
	stable.Sort(named, func(a, b Named) int {
		return inOrder(a.Entity, span.New(int(a.first), int(a.end)), b.Entity, span.New(int(b.first), int(b.end)))
	})
	for i, n := range named {
		at[n.Entity] = int32(i)
	}
	for l := range b.own {
		b.own[l].at = at[of[l]]
	}
	b.named = slices.Clip(named)
}

// inOrder compares two entities of an article as its page shows them.
func inOrder(a *Entity, first span.Span, b *Entity, other span.Span) int {
	rank := func(k dialect.Class) int { return slices.Index(Kinds[:], k) }
	return cmp.Or(rank(a.Kind)-rank(b.Kind), first.Compare(other))
}

// Annotations returns the path of its annotations: "briefings/<slug>.annotations.jsonld".
func (b *Briefing) Annotations() string { return "briefings/" + b.Slug + ".annotations.jsonld" }

// PlainText returns the path of its text: "briefings/<slug>.txt"; "" unless texts are
// published in full.
func (b *Briefing) PlainText() string {
	if !b.plain {
		return ""
	}
	return "briefings/" + b.Slug + ".txt"
}

// Order is the briefing's place in Site.Briefings.
func (b *Briefing) Order() int { return int(b.order) }

// Link leads to the top of the briefing's page.
func (b *Briefing) Link() Link { return Link{Path: b.Path} }

// AppearancesOf returns the entities of one kind the briefing mentions.
func (d *Details) AppearancesOf(kind dialect.Class) []*Appearance {
	var as []*Appearance
	for _, a := range d.Appearances {
		if a.Entity.Kind == kind {
			as = append(as, a)
		}
	}
	return as
}

// A Header is what is true of the article as a whole. A zero value means that
// it is not known.
type Header struct {
	Title        string
	TitleDerived bool // the article has no title: this one is made from its lead
	Publisher    string
	Date         Date
	Language     string // BCP 47, or ""
	Direction    string // "ltr" or "rtl", by Language
	Words        int    // of the analysed text
	Minutes      int    // reading time at 230 words a minute, at least 1

	origin string // the Origin, packed: few pages show it
}

// An Origin is what a Header has beside what lists show.
type Origin struct {
	Dek    string
	Byline []string
	URL    string // of the article
	Seed   string // path of the seed, for "made from"
	SHA256 string // digest of the seed
}

// Origin returns where the article is from.
func (h *Header) Origin() (o Origin) {
	if h.origin != "" {
		(&coder{r: packed.NewPlain([]byte(h.origin))}).origin(&o)
	}
	return o
}

// A Date is the publication date of an article and how it is known.
type Date struct {
	Value string // ISO 8601 as the content has it; "" when unknown
	Basis string // "stated", "metadata", "filename"; "" when unknown
}

// Known reports whether there is a date.
func (d Date) Known() bool { return d.Value != "" }

// Day returns the calendar day of d, "2025-03-11", or as much of it as is
// known.
func (d Date) Day() string {
	if len(d.Value) > 10 {
		return d.Value[:10]
	}
	return d.Value
}

// How says in plain words how the date is known: "stated in the article".
func (d Date) How(l *label.Set) string {
	switch d.Basis {
	case string(article.DateStated), string(article.DateMetadata), string(article.DateFilename):
		return l.Text("date.how." + d.Basis)
	}
	return l.Text("date.how.unknown")
}

// A KeyPoint is one point that sums up the article, and where it stands.
type KeyPoint struct {
	Text    string
	Passage Passage // of the paragraph it leads to; its Text is empty
}

// A Passage is a stretch of the text of one briefing.
type Passage struct {
	Briefing *Briefing
	ID       string    // of its element on the briefing's page: "p3-q1"
	Block    string    // of its block: "p3"
	Sentence string    // of the sentence it begins in: "p3-s2"; "" outside sentences
	Span     span.Span // in the file's Text
	Text     string    // verbatim
}

// Link leads to the passage.
func (p Passage) Link() Link { return Link{Path: p.Briefing.Path, ID: p.ID} }

// Paragraph is the short label of its block: "¶3", "heading", "headline".
func (p Passage) Paragraph(l *label.Set) string { return blockLabel(l, p.Block) }

// An Appearance is one entity in one briefing.
type Appearance struct {
	Entity   *Entity
	Briefing *Briefing
	Mentions int // how often it is named
	First    Passage
	// Names are the different wordings, most frequent first.
	Names []Spelling
	// Roles are as the article words them, in text order, each once.
	Roles []RoleWording
	// Government counts the mentions that stand for a government.
	Government int
	// Voice counts the quotations and statements that are its own.
	Voice int
}

// A Spelling is one wording of a name.
type Spelling struct {
	Text  string
	Count int
	First Passage
}

// A RoleWording is a role as one report words it.
type RoleWording struct {
	Text    string
	Passage Passage // of the mention beside which it stands
}

// A Quotation is words that stand in quotation marks.
type Quotation struct {
	Passage Passage // its Text is the words with their marks
	Form    string  // "direct", "mixed" (a part of a sentence) or "scare" (nobody is quoted)
	// Speaker is whose words they are; nil where the article does not say.
	Speaker *Speaker
	// Continues reports that this is a further part of the quotation before it,
	// interrupted by its attribution.
	Continues bool
	// Denied reports that the speaker rejects the words or denies having said them: they
	// are told on his word, and are not his own.
	Denied bool
	// Language and Direction are those of the article.
	Language, Direction string
}

// Class is whose word the quotation rests on.
func (q *Quotation) Class() Class { return q.Speaker.class() }

// A Statement is reported content without quotation marks.
type Statement struct {
	Passage Passage
	Stance  string   // "asserts", "denies", "alleges", "expects", "hints"; "" not given
	Speaker *Speaker // nil where the article does not say
}

// Class is whose word the statement rests on.
func (s *Statement) Class() Class { return s.Speaker.class() }

// A Speaker is the source of a quotation or statement as the article names it
// at that place.
type Speaker struct {
	Passage Passage // the words that name it; ID and Text empty when only Entity is known
	Naming  string  // "named", "organization", "outlet", "document", "role-only", "described", "bare", "collective"
	Entity  *Entity // whom the words stand for; nil when they do not tell
	Cue     string  // the words that attribute: "said"; "" when none
	Access  string  // how it knows: "familiar with the discussions"
	Reason  string  // why it is not named: "on condition of anonymity"
	Via     string  // through whom or what: "X", "a statement", another outlet
}

// Class is the sourcing class of s.
func (s *Speaker) Class() Class { return s.class() }

// Name is the name of the entity s stands for, or the article's own words.
func (s *Speaker) Name() string {
	if s == nil {
		return ""
	}
	if s.Entity != nil {
		return s.Entity.Name
	}
	return s.Passage.Text
}

// A Term is an abbreviation and its definition in one briefing.
type Term struct {
	Short, Long string
	Passage     Passage
	Entity      *Entity // what it abbreviates, where that is an entity
}

// A GlossaryEntry is an abbreviation across the briefings. An abbreviation that
// is defined in two ways has two entries.
type GlossaryEntry struct {
	Short, Long string
	ID          string  // on the glossary page
	Entity      *Entity // nil where none

	terms []position // where it is defined, a term a briefing
	site  *Site
}

// Terms returns where it is defined, a term a briefing.
func (g *GlossaryEntry) Terms() []*Term {
	out := make([]*Term, len(g.terms))
	for i, p := range g.terms {
		out[i] = g.site.Briefings[p.order].term(int(p.at))
	}
	return out
}

// A Page is everything that only the page of one briefing shows.
type Page struct {
	*Briefing
	*Details
	Strip   []Segment
	Figures []Figure
	Caveats []Caveat
	Across  []Related
	// Text is the annotated text. Where the site does not publish texts in full,
	// the texts of its inlines are empty, but every id is there.
	Text     []Block
	Notes    []Note
	SetAside []SetAside
	// Marks are the marks of the text, in text order, for export.
	Marks []Annotation
	// Plain is the article's text without markup, from which the spans count;
	// "" unless the site publishes texts in full.
	Plain    string
	Sections []content.Section // the editor's own
	// Edits are what an editor changed; where Compared is not set it is not known
	// whether anything was.
	Edits    []Edit
	Compared bool

	room *treeRoom // that Text and Marks lie in
}

// A Figure is a number and what it counts.
type Figure struct {
	Passage Passage
	Value   string // as a plain decimal; "" where the words are not one number
	Unit    string
	Of      string
}

// A Caveat is something a reader should know before relying on the briefing.
type Caveat struct {
	Kind  string // stable: "date-unknown", "title-derived", "unresolved-times", …
	Text  string // one plain sentence
	Links []Passage
}

// Related is another briefing that shares something with this one.
type Related struct {
	Briefing *Briefing
	Shared   []*Entity // most telling first
	Story    *Story    // the story both are members of; nil when none
}

// An Edit is one thing that an editor changed, and where that is on the page:
// nowhere where Passage has no Briefing. Words of the article, and what replaced
// them, are "" where the site does not publish its articles in full.
type Edit struct {
	edit.Edit
	Passage Passage
}

// SetAside is text of the article that is shown but not analysed; Text is ""
// where the site does not publish its articles in full.
type SetAside struct {
	ID     string
	Text   string
	Reason string
}
