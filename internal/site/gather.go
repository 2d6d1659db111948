package site

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/packed"
	"readout/internal/slug"
	"readout/internal/stable"
	"readout/internal/story"
)

// Gather makes a Site of content files that are all at hand, and compares the
// reports of its stories. What is wrong with a file (two briefings with one
// slug, a story that names a briefing that is not there) is reported; the rest
// is gathered.
func Gather(in Input) (*Site, diag.List) {
	g := NewGatherer(nil)
	bySlug := map[string]*content.File{}
	inParallel(len(in.Files), func(i int) { _ = g.Add(in.Files[i]) }) // memory has no errors
	for _, f := range in.Files {
		if other := bySlug[f.Meta.Slug]; other == nil || f.Path < other.Path {
			bySlug[f.Meta.Slug] = f
		}
	}
	in.Load = func(slug string) (*content.File, error) { return bySlug[slug], nil }
	s, diags := g.Site(in)
	// A storyline looks at the stories of its events: none is written before all
	// are read.
	full := make([]*Story, len(s.Stories))
	inParallel(len(s.Stories), func(i int) { full[i], _ = s.Compare(s.Filled(s.Stories[i]), in.Load) })
	for i, st := range full {
		if st != nil {
			*s.Stories[i] = *st
		}
	}
	return s, diags
}

// A Gatherer takes the briefings one at a time and keeps a digest of each, so
// that their texts may be let go.
type Gatherer struct {
	// Limits says that sites of a part of the briefings will be asked for.
	Limits bool

	vocabulary *story.Vocabulary

	// Texts is asked to give what relating takes of the texts, by UnpackText, of
	// briefings that were unpacked; may be nil.
	Texts func()

	// Aside is where what relating takes of the texts is put until they are related;
	// nil for memory.
	Aside Store

	store Store // of the details

	mu      sync.Mutex
	digests []*digest
	byPath  map[string]*digest
	aside   []Place                   // of what relating takes, by the numbers of digests
	related map[string]story.Relation // by slug; nil before the briefings were related
	past    pastRelations
	found   *story.Past
}

// NewGatherer returns a Gatherer without briefings. What is not held of them all
// the time goes to the store; where that is nil, to memory.
func NewGatherer(store Store) *Gatherer {
	if store == nil {
		store = &memory{}
	}
	g := &Gatherer{vocabulary: story.NewVocabulary(), byPath: map[string]*digest{}, store: store}
	g.vocabulary.FetchWith(g.setAside)
	return g
}

// Add takes a briefing. It may be called by several goroutines at once, and in
// any order. The error is one of the store.
func (g *Gatherer) Add(f *content.File) error {
	d, all := digestFile(f)
	f.Meta.Slug = d.briefing.Slug // held once
	w := packer()
	defer packers.Put(w)
	all.pack(w)
	var err error
	if d.briefing.place, err = g.store.Put(w.Unsealed()); err != nil {
		return err
	}
	w.Reset()
	all.packSurvey(w)
	if d.briefing.surveyed, err = g.store.Put(w.Unsealed()); err != nil {
		return err
	}
	of := g.vocabulary.Digest(storyDoc(f))
	d.text = of.Sum()
	if err := g.relating(d, of); err != nil {
		return err
	}
	g.add(d)
	return nil
}

// relating takes what relating needs of a briefing's text.
func (g *Gatherer) relating(d *digest, of *story.Digest) error {
	d.related = of
	if g.Aside == nil {
		return nil
	}
	g.mu.Lock()
	number := len(g.aside)
	g.aside = append(g.aside, Place{}, Place{})
	g.mu.Unlock()
	return g.vocabulary.PutAside(of, number, func(number int, data []byte) error {
		p, err := g.Aside.Put(data)
		g.mu.Lock()
		defer g.mu.Unlock()
		g.aside[number] = p
		return err
	})
}

// setAside returns what was put aside under a number.
func (g *Gatherer) setAside(number int) ([]byte, error) {
	g.mu.Lock()
	p := g.aside[number]
	g.mu.Unlock()
	return g.Aside.Get(p, nil)
}

// packer returns an empty writer of packers.
func packer() *packed.Writer {
	w, _ := packers.Get().(*packed.Writer)
	if w == nil {
		w = &packed.Writer{Plain: true}
	}
	w.Reset()
	return w
}

var packers sync.Pool // of *packed.Writer

func (g *Gatherer) add(d *digest) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.digests = append(g.digests, d)
	g.byPath[d.briefing.File] = d
	g.related = nil
}

// Site makes a Site of the briefings that were added. It may be called again,
// with other stories, when the Site before is used no more.
func (g *Gatherer) Site(in Input) (*Site, diag.List) {
	entities, stories := sorted(in)
	s := newSite(in.Index.Config, in.Labels)
	s.Intro, s.IntroLine = in.Index.Source, in.Index.Line
	s.Faulty = in.Faulty
	var diags diag.List
	digests := distinct(g.digests, in.Only, &diags)
	slices.SortFunc(digests, func(a, b *digest) int { return oldestFirst(a.briefing, b.briefing) })
	shelf := newShelf(s, g.store, in.Load)
	for _, d := range digests {
		diags = append(diags, d.diags...)
		s.briefing[d.briefing.Slug] = d.briefing
		d.reset()
		d.briefing.shelf = shelf
	}
	lines := func() {}
	if g.related == nil || in.Only != nil {
		g.related, lines = g.relations(digests, in.Load)
	}
	rel := g.related
	if !g.Limits {
		// They are related once; what that took may go.
		for _, d := range g.digests {
			d.related = nil
		}
		g.vocabulary, g.Texts, g.Aside, g.aside = nil, nil, nil, nil
	}
	clusters, ds := identify(s.Labels, digests, entities, rel)
	diags = append(diags, ds...)
	s.makeEntities(digests, clusters, &diags)
	for i := len(digests) - 1; i >= 0; i-- {
		s.Briefings = append(s.Briefings, digests[i].briefing)
	}
	stable.Sort(s.Briefings, newestFirst)
	for i, b := range s.Briefings {
		b.order = int32(i)
		b.plain = s.Config.Text == "full"
		if i > 0 {
			b.Newer = s.Briefings[i-1]
		}
		if i+1 < len(s.Briefings) {
			b.Older = s.Briefings[i+1]
		}
	}
	s.makeStories(stories, &diags)
	s.Pages = ownPages(in.Pages, &diags)
	s.survey()
	lines()
	s.addStories(rel)
	s.fillStories(&diags)
	s.storiesOf()
	diags.Sort()
	return s, diags
}

// Done says that no other Site will be asked for: what that would take may go.
func (g *Gatherer) Done() {
	for _, d := range g.digests {
		d.briefing.ownNames = nil
	}
	g.digests, g.byPath, g.related = nil, nil, nil
}

// sorted returns the inputs by path, so that their order does not matter.
func sorted(in Input) ([]*content.Entity, []*content.Story) {
	e, st := slices.Clone(in.Entities), slices.Clone(in.Stories)
	slices.SortFunc(e, func(a, b *content.Entity) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(st, func(a, b *content.Story) int { return strings.Compare(a.Path, b.Path) })
	return e, st
}

// distinct leaves out briefings whose slug cannot name a page or is taken, and
// those that are not wanted.
func distinct(digests []*digest, only map[string]bool, diags *diag.List) []*digest {
	digests = slices.Clone(digests)
	slices.SortFunc(digests, func(a, b *digest) int { return strings.Compare(a.briefing.File, b.briefing.File) })
	first := map[string]*digest{}
	var out []*digest
	for _, d := range digests {
		b := d.briefing
		switch other := first[b.Slug]; {
		case only != nil && !only[b.Slug]:
		case !slug.Valid(b.Slug):
			hint := "use lower-case letters, digits and hyphens"
			if w := cmp.Or(slug.Make(b.Slug), slug.Make(b.Header.Title)); w != "" {
				hint = fmt.Sprintf("write slug: %s", w)
			}
			diags.Add(diag.Diagnostic{
				File: b.File, ID: "slug-invalid",
				Message: fmt.Sprintf("the slug %q cannot name a page", b.Slug), Hint: hint,
			})
		case other != nil:
			diags.Add(diag.Diagnostic{
				File: b.File, ID: "slug-taken",
				Message: fmt.Sprintf("%s has the slug %q already", other.briefing.File, b.Slug),
				Hint:    "give one of the two another slug",
			})
		default:
			first[b.Slug] = d
			out = append(out, d)
		}
	}
	return out
}

// inParallel calls f with each number below n, on all cores.
func inParallel(n int, f func(int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// newestFirst orders briefings for readers: by day, newest first, those without
// a date last; within a day by slug.
func newestFirst(a, b *Briefing) int {
	x, y := a.Header.Date.Day(), b.Header.Date.Day()
	if (x == "") != (y == "") {
		return strings.Compare(y, x)
	}
	return cmp.Or(strings.Compare(y, x), strings.Compare(a.Slug, b.Slug))
}

// oldestFirst orders briefings as they came: by day, those without a date last;
// within a day by slug.
func oldestFirst(a, b *Briefing) int {
	x, y := a.Header.Date.Day(), b.Header.Date.Day()
	if (x == "") != (y == "") {
		return strings.Compare(y, x)
	}
	return cmp.Or(strings.Compare(x, y), strings.Compare(a.Slug, b.Slug))
}

// OldestFirst returns the briefings as they came, so that a new one is the last:
// those without a date, of which nobody knows, first, then by day.
func (s *Site) OldestFirst() []*Briefing {
	n := s.Dated()
	list := slices.Concat(s.Briefings[n:], s.Briefings[:n])
	slices.SortFunc(list[len(list)-n:], oldestFirst)
	return list
}

// makeEntities makes the entities of the clusters, without what depends on the
// order of briefings, and tells each briefing and speaker which one is meant.
func (s *Site) makeEntities(digests []*digest, clusters []*cluster, diags *diag.List) {
	of := make([][]*Entity, len(digests))
	for i, d := range digests {
		of[i] = make([]*Entity, len(d.briefing.own))
	}
	taken := map[entityKey]bool{}
	for _, c := range clusters {
		if c.file != nil {
			taken[entityKey{c.kind, c.file.Slug}] = true
		}
	}
	for _, c := range clusters {
		e := &Entity{Kind: c.kind, site: s}
		stable.Sort(c.members, func(a, b member) int {
			return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.local, b.local))
		})
		if f := c.file; f != nil {
			e.Name, e.Slug, e.SameAs, e.Text, e.TextRow, e.File = f.Name, f.Slug, f.SameAs, f.Source, f.Line, f.Path
			if !slug.Valid(f.Slug) {
				diags.Add(diag.Diagnostic{
					File: f.Path, ID: "slug-invalid", Message: fmt.Sprintf("the slug %q cannot name a page", f.Slug),
					Hint: "rename the file: lower-case letters, digits and hyphens",
				})
				e.Slug = slug.Make(f.Slug)
			}
		}
		if e.Name == "" {
			e.Name = displayName(digests, c)
		}
		if e.Slug == "" {
			e.Slug = s.entitySlug(digests, c, e.Name, taken)
			taken[entityKey{c.kind, e.Slug}] = true
		}
		folder := Folder(e.Kind)
		e.Path = folder + "/" + e.Slug + ".html"
		e.Slug = e.Path[len(folder)+1 : len(e.Path)-len(".html")] // held once
		e.Letter, e.order = keep(letter(e.Name)), slug.Make(e.Name)
		if e.order == e.Slug {
			e.order = e.Slug
		}
		for _, m := range c.members {
			of[m.digest][m.local] = e
			b := digests[m.digest].briefing
			// That the same name is the same entity need not be explained.
			if name := b.local(int(m.local)).called(); m.why != "" && name != e.Name {
				e.Merges = append(e.Merges, Merge{Name: name, Briefing: b, Why: m.why, Editor: m.settled})
			}
		}
		s.entities[entityKey{e.Kind, e.Slug}] = e
		switch e.Kind {
		case dialect.Person:
			s.People = append(s.People, e)
		case dialect.Organization:
			s.Organizations = append(s.Organizations, e)
		case dialect.Place:
			s.Places = append(s.Places, e)
		case dialect.Event:
			s.Events = append(s.Events, e)
		}
	}
	for _, c := range clusters {
		if c.file == nil || len(c.members) == 0 {
			continue
		}
		e := of[c.members[0].digest][c.members[0].local]
		for _, name := range append([]string{e.Name}, c.file.Aliases...) {
			key := entityKey{c.kind, slug.Make(name)}
			if slug.Valid(key.slug) && !taken[key] && s.entities[key] == nil {
				taken[key] = true
				e.Moved = append(e.Moved, Folder(e.Kind)+"/"+key.slug+".html")
			}
		}
	}
	for _, list := range [][]*Entity{s.People, s.Organizations, s.Places, s.Events} {
		slices.SortFunc(list, byName)
	}
	for d, dg := range digests {
		dg.briefing.meant(of[d])
	}
}

// joined returns one appearance of two of an article's own entities that are one:
// the first and another. The first may be nil.
func joined(a, b *Appearance) *Appearance {
	if a == nil {
		return b
	}
	c := *a
	c.Mentions += b.Mentions
	c.Government += b.Government
	c.Voice += b.Voice
	c.Names = mergeSpellings(a.Names, b.Names)
	c.Roles = slices.Concat(a.Roles, b.Roles)
	if b.First.Span.Start < a.First.Span.Start {
		c.First = b.First
	}
	return &c
}

func mergeSpellings(a, b []Spelling) []Spelling {
	out := slices.Clone(a)
	at := map[string]int{}
	for i, s := range out {
		at[s.Text] = i
	}
	for _, s := range b {
		if i, ok := at[s.Text]; ok {
			out[i].Count += s.Count
			continue
		}
		at[s.Text] = len(out)
		out = append(out, s)
	}
	sortSpellings(out)
	return out
}

// displayName is the full name most articles use; of two as frequent the one
// that came first.
func displayName(digests []*digest, c *cluster) string {
	count := map[int32]int{} // by the numbers of the names
	var names []int32        // as they come
	for _, m := range c.members {
		n := digests[m.digest].briefing.local(int(m.local)).name
		if count[n]++; count[n] == 1 {
			names = append(names, n)
		}
	}
	best, most := "", 0
	for _, k := range names {
		if n := ownWords.String(int(k)); best == "" || better(c.kind, n, count[k], best, most) {
			best, most = n, count[k]
		}
	}
	return best
}

// better prefers a fuller name to one that is a part of it, the name of a place or
// person in its usual letters to one in capitals, then the more frequent.
func better(kind dialect.Class, a string, na int, b string, nb int) bool {
	if strings.EqualFold(a, b) && inCapitals(kind, a) != inCapitals(kind, b) {
		return inCapitals(kind, b)
	}
	wa, wb := strings.Count(a, " "), strings.Count(b, " ")
	if (wa == 0) != (wb == 0) {
		return wa > 0
	}
	return na > nb
}

// entitySlug names the page of a cluster after the name the oldest report uses,
// so that later ones do not move it. Where the name is taken by another entity,
// the oldest report's slug tells the two apart.
func (s *Site) entitySlug(digests []*digest, c *cluster, name string, taken map[entityKey]bool) string {
	first := c.members[0]
	lc := digests[first.digest].briefing.local(int(first.local))
	base := cmp.Or(slug.Make(lc.called()), slug.Make(name), lc.word())
	if !strings.Contains(base, "-") && strings.Contains(slug.Make(name), "-") {
		base = slug.Make(name)
	}
	if c.own {
		base = lc.word()
	}
	if !slug.Valid(base) {
		base = cmp.Or(slug.Make(base), string(c.kind))
	}
	if !taken[entityKey{c.kind, base}] {
		return base
	}
	with := slug.Make(base + " in " + digests[first.digest].briefing.Slug)
	for n := 2; taken[entityKey{c.kind, with}]; n++ {
		with = base + "-" + itoa(n)
	}
	return with
}
