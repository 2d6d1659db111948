// Package review says of a site what an editor should look at, and of each
// annotation why it is there. It stands after package site, of whose values it
// reads; its types are Item, one thing that deserves a look, and Explanation.
package review

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/site"
	"readout/internal/slug"
	"readout/internal/stable"
)

// A Kind is what an Item is about.
type Kind string

// The kinds, those worth most first: what waits for a decision, what an editor says
// that the article does not, what may put
// words into the wrong mouth, what is said of the wrong one, what is not known.
const (
	Conflict       Kind = "conflict"
	Orphan         Kind = "orphaned-edit"
	KeyPoint       Kind = "key-point"
	UnsureSpeaker  Kind = "unsure-speaker"
	UnsureMerge    Kind = "unsure-merge"
	TwoKinds       Kind = "two-kinds"
	UnsureStory    Kind = "unsure-story"
	DerivedTitle   Kind = "derived-title"
	UnknownDate    Kind = "unknown-date"
	UnresolvedTime Kind = "unresolved-time"
)

var kinds = []Kind{Conflict, Orphan, KeyPoint, UnsureSpeaker, UnsureMerge, TwoKinds, UnsureStory, DerivedTitle, UnknownDate, UnresolvedTime}

var titles = map[Kind]string{
	Conflict: "conflict", Orphan: "edit without its passage", KeyPoint: "key point that says more than its paragraph", UnsureSpeaker: "unsure speaker", UnsureMerge: "two names for one",
	TwoKinds: "one name for two kinds", UnsureStory: "story put together by machine", DerivedTitle: "title made from the text", UnknownDate: "publication date unknown",
	UnresolvedTime: "unresolved time",
}

// An Item is one thing that deserves a human eye.
type Item struct {
	Kind     Kind   `json:"kind"`
	Title    string `json:"title"` // the kind in plain words
	File     string `json:"file"`
	Line     int    `json:"line"`               // 1-based
	Column   int    `json:"column"`             // 1-based, in code points
	Briefing string `json:"briefing,omitempty"` // slug; "" for what is about a story
	ID       string `json:"id,omitempty"`       // of the element on the briefing's page
	Words    string `json:"words,omitempty"`    // of the article, or of an editor
	Message  string `json:"message,omitempty"`
	Todo     string `json:"todo"`
}

// Place is "file:line:column".
func (i Item) Place() string { return fmt.Sprintf("%s:%d:%d", i.File, i.Line, i.Column) }

// Input is what a review is made of.
type Input struct {
	Site *site.Site
	// Load returns the file of a briefing, by slug, as the site was gathered from
	// it.
	Load site.Loader
	// Stories are the story files; those that nobody edited are the machine's.
	Stories []*content.Story
	// Conflicts are those of each briefing, by slug, as briefing.Merge reports them.
	Conflicts map[string][]briefing.Conflict
	// Lines has the front matter's lines of each briefing, by slug and key; 1 is
	// taken for what is missing.
	Lines func(slug, key string) int
}

// List returns what deserves an eye, most valuable first; within a kind by
// briefing, newest first.
func List(in Input) ([]Item, error) {
	var items []Item
	merges := map[string][]*site.Entity{} // by the briefing that has a name of it
	for _, kind := range site.Kinds {
		for _, e := range in.Site.EntitiesOf(kind) {
			for _, m := range e.Merges {
				if m.Editor {
					continue
				}
				if of := merges[m.Briefing.Slug]; len(of) == 0 || of[len(of)-1] != e {
					merges[m.Briefing.Slug] = append(of, e)
				}
			}
		}
	}
	others := twoKinds(in.Site)
	order := map[string]int{}
	for i, b := range in.Site.Briefings {
		order[b.Slug] = i
		f, err := in.Load(b.Slug)
		if err != nil {
			return nil, err
		}
		items = append(items, ofBriefing(in, b, f)...)
		for _, e := range merges[b.Slug] {
			items = append(items, ofEntity(e, b, f)...)
		}
		for _, a := range b.Details().Appearances {
			if other := others[a.Entity]; other != nil {
				items = append(items, ofTwoKinds(a.Entity, other, b, f)...)
			}
		}
	}
	for slug, conflicts := range in.Conflicts {
		for _, c := range conflicts {
			items = append(items, ofConflict(slug, c))
		}
	}
	for _, st := range in.Stories {
		if !st.Edited && st.Generated != nil {
			items = append(items, ofStory(in.Site, st))
		}
	}
	sortItems(items, order)
	return items, nil
}

// One returns what deserves an eye in one briefing, as its file stands now.
func One(in Input, b *site.Briefing, f *content.File) []Item {
	items := ofBriefing(in, b, f)
	for _, c := range in.Conflicts[b.Slug] {
		items = append(items, ofConflict(b.Slug, c))
	}
	for _, a := range b.Details().Appearances {
		items = append(items, ofEntity(a.Entity, b, f)...)
	}
	sortItems(items, nil)
	return items
}

func sortItems(items []Item, order map[string]int) {
	stable.Sort(items, func(a, b Item) int {
		return cmp.Or(
			slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind),
			order[a.Briefing]-order[b.Briefing],
			strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column,
			strings.Compare(a.Message, b.Message),
		)
	})
}

// Of returns the items of one briefing.
func Of(items []Item, slug string) []Item {
	var out []Item
	for _, i := range items {
		if i.Briefing == slug {
			out = append(out, i)
		}
	}
	return out
}

func ofBriefing(in Input, b *site.Briefing, f *content.File) []Item {
	var items []Item
	line := func(key string) int {
		if in.Lines == nil {
			return 1
		}
		return max(1, in.Lines(b.Slug, key))
	}
	add := func(i Item) {
		i.Title, i.File, i.Briefing = titles[i.Kind], f.Path, b.Slug
		items = append(items, i)
	}
	if b.Header.TitleDerived {
		add(Item{
			Kind: DerivedTitle, Line: line("title"), Column: 1, Words: short(b.Header.Title),
			Todo: "write a title, and take title_basis away",
		})
	}
	keyPoints(f, add)
	unresolved := 0
	for i, m := range f.Marks {
		if m.Class != dialect.Time || m.Get("value") != "" || m.Get("unresolved") == "" {
			continue
		}
		unresolved++
		if !b.Header.Date.Known() {
			continue // told once, for all of them
		}
		add(Item{
			Kind: UnresolvedTime, Line: m.Line, Column: m.Column, ID: idOf(b, f, i), Words: short(m.Span.In(f.Text)),
			Message: m.Get("unresolved"), Todo: "write value with the date in place of unresolved, where the article tells it",
		})
	}
	if !b.Header.Date.Known() {
		message := "no time expression waits for it"
		if unresolved > 0 {
			message = fmt.Sprintf("%s resolved without it", count(unresolved, "one time expression is not", "time expressions are not"))
		}
		add(Item{
			Kind: UnknownDate, Line: line("slug"), Column: 1, Message: message,
			Todo: "where it is known, write date: into " + sidecar(b.Header.Origin().Seed) + ": the next build reckons from it",
		})
	}
	for i, m := range f.Marks {
		if m.Get("sure") != "no" {
			continue
		}
		message := "nobody is named as the speaker"
		if s := speakerOf(b, f, i); s != nil {
			message = "taken for the words of " + s.Label(label.English())
		}
		add(Item{
			Kind: UnsureSpeaker, Line: m.Line, Column: m.Column, ID: idOf(b, f, i), Words: short(m.Span.In(f.Text)),
			Message: message, Todo: "take sure=no away where that is right; else write by with the source's id, or take by away",
		})
	}
	return items
}

// sidecar is the file beside a seed that says what is known of it.
func sidecar(seed string) string {
	if seed == "" {
		return "a file beside the seed"
	}
	return strings.TrimSuffix(seed, path.Ext(seed)) + ".yaml"
}

// speakerOf returns whose words mark i is taken for.
func speakerOf(b *site.Briefing, f *content.File, i int) *site.Speaker {
	for _, q := range b.Details().Quotations {
		if q.Passage.Span == f.Marks[i].Span {
			return q.Speaker
		}
	}
	for _, s := range b.Details().Statements {
		if s.Passage.Span == f.Marks[i].Span {
			return s.Speaker
		}
	}
	return nil
}

// idOf returns the id of mark i on the page of its briefing.
func idOf(b *site.Briefing, f *content.File, i int) string {
	s := f.Marks[i].Span
	switch f.Marks[i].Class {
	case dialect.Quote:
		for _, q := range b.Details().Quotations {
			if q.Passage.Span == s {
				return q.Passage.ID
			}
		}
	case dialect.Statement:
		for _, st := range b.Details().Statements {
			if st.Passage.Span == s {
				return st.Passage.ID
			}
		}
	case dialect.Time:
		for _, e := range b.Details().Timeline.All() {
			if e.Passage.Span == s {
				return e.Passage.ID
			}
		}
	}
	return ""
}

func ofConflict(slug string, c briefing.Conflict) Item {
	i := Item{
		Kind: Conflict, Briefing: slug, File: "content/briefings/" + slug + ".md", Line: max(1, c.Line), Column: 1, ID: c.Unit,
		Words: short(firstOf(c.Edited, c.Base)), Message: "both you and the new generation changed this",
		Todo: fmt.Sprintf("see 'readout diff %s', then 'readout keep %s' or 'readout take %s'", slug, slug, slug),
	}
	if n, ok := strings.CutPrefix(c.Unit, "key-point-"); ok {
		i.ID = "key-" + n
	}
	switch c.Kind {
	case briefing.Orphan:
		i.Kind, i.Message = Orphan, "the passage this edit belongs to is no longer in the article"
	case briefing.FileConflict:
		i.Words, i.Message = "", "this file differs from what is generated, and it is not known what was edited in it"
	}
	i.Title = titles[i.Kind]
	return i
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// ofEntity lists the names in a briefing that the machine took for an entity
// although they differ. What an editor's file says needs no second look.
func ofEntity(e *site.Entity, b *site.Briefing, f *content.File) []Item {
	var items []Item
	for _, m := range e.Merges {
		if m.Editor || m.Briefing.Slug != b.Slug {
			continue
		}
		i := mention(f, m.Name, e.Kind)
		if i < 0 {
			continue
		}
		mk := f.Marks[i]
		folder := site.Folder(e.Kind)
		items = append(items, Item{
			Kind: UnsureMerge, Title: titles[UnsureMerge], File: f.Path, Line: mk.Line, Column: mk.Column, Briefing: b.Slug,
			ID: mentionID(b, e), Words: short(mk.Span.In(f.Text)),
			Message: fmt.Sprintf("taken for %s: %s", e.Name, m.Why),
			Todo:    fmt.Sprintf("write content/%s/%s.md with this name under aliases where that is right, under not where it is wrong", folder, e.Slug),
		})
	}
	return items
}

// twoKinds returns the people and bodies of which another briefing has the full name for the
// other kind, with that: of the two those that fewer briefings have, else the person. What an
// editor's file is about needs no second look.
func twoKinds(s *site.Site) map[*site.Entity]*site.Entity {
	bodies := map[string]*site.Entity{}
	for _, e := range s.EntitiesOf(dialect.Organization) {
		bodies[slug.Make(e.Name)] = e
	}
	out := map[*site.Entity]*site.Entity{}
	for _, p := range s.EntitiesOf(dialect.Person) {
		name := slug.Make(p.Name)
		o := bodies[name]
		if o == nil || !strings.Contains(name, "-") || p.File != "" || o.File != "" {
			continue
		}
		if p.Briefings() > o.Briefings() {
			out[o] = p
		} else {
			out[p] = o
		}
	}
	return out
}

// ofTwoKinds notes in a briefing the first mention of a name that is one of another kind elsewhere.
func ofTwoKinds(e, other *site.Entity, b *site.Briefing, f *content.File) []Item {
	i := mention(f, e.Name, e.Kind)
	if i < 0 {
		return nil
	}
	mk := f.Marks[i]
	return []Item{{
		Kind: TwoKinds, Title: titles[TwoKinds], File: f.Path, Line: mk.Line, Column: mk.Column, Briefing: b.Slug,
		ID: mentionID(b, e), Words: short(mk.Span.In(f.Text)),
		Message: fmt.Sprintf("%s here, and %s in %s", kindWords[e.Kind], kindWords[other.Kind], count(other.Briefings(), "another briefing", "other briefings")),
		Todo:    fmt.Sprintf("write .%s in place of .%s where that is right", other.Kind, e.Kind),
	}}
}

var kindWords = map[dialect.Class]string{dialect.Person: "a person", dialect.Organization: "an organization"}

// mention returns the first mark that is a mention of that name, -1 for none.
func mention(f *content.File, name string, kind dialect.Class) int {
	for i, m := range f.Marks {
		if m.Class == kind && oneLine(m.Span.In(f.Text)) == name {
			return i
		}
	}
	for i, m := range f.Marks {
		if m.Class == kind && m.Get("ref") == slug.Make(name) {
			return i
		}
	}
	return -1
}

// mentionID returns the id of the first mention of e on the page of b.
func mentionID(b *site.Briefing, e *site.Entity) string {
	for _, a := range b.Details().Appearances {
		if a.Entity == e {
			return a.First.ID
		}
	}
	return ""
}

func ofStory(s *site.Site, st *content.Story) Item {
	line := 1
	if len(st.MemberLines) > 0 {
		line = st.MemberLines[0]
	}
	what := "one event"
	if st.Kind == "storyline" {
		what = "one storyline"
	}
	return Item{
		Kind: UnsureStory, Title: titles[UnsureStory], File: st.Path, Line: line, Column: 1, Words: short(st.Title),
		Message: fmt.Sprintf("%s taken for %s", count(len(st.Members), "one report is", "reports are"), what),
		Todo:    "take out what does not belong, or write an overview: a file that was edited is the editor's",
	}
}

// short returns the first words of a text, on one line.
func short(s string) string {
	const most = 90
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func count(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf("%d %s", n, many)
}
