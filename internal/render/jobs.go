package render

import (
	"readout/internal/export"
	"readout/internal/site"
)

// A queue has the jobs of all pages in a fixed order. There may be very many: those
// of briefings, stories and entities are held as what they are of, and made when it
// is their turn.
type queue struct {
	r      *Renderer
	load   site.Loader
	search *searching

	briefings []*site.Briefing // as search numbers them
	entities  []*site.Entity   // as search numbers them
	entity    []int            // of each of those: its place among what search numbers
	items     []item
	lists     []job // all other pages

	grounds site.Grounds // none where nothing is known of an earlier run
}

// An item is a job that is not made yet.
type item struct {
	kind  itemKind
	moved int32 // which of the paths that lead to it, from 1; 0 for its own page
	at    int32 // index in the list of its kind
}

type itemKind uint8

const (
	briefingItem itemKind = iota
	storyItem             // in Site.Stories
	entityItem
	listItem
)

// len returns how many jobs there are.
func (q *queue) len() int { return len(q.items) }

// found returns how many jobs there are until all that search finds was made.
func (q *queue) found() int {
	for n := len(q.items); n > 0; n-- {
		if it := q.items[n-1]; it.kind == entityItem || it.kind == briefingItem {
			return n
		}
	}
	return 0
}

// job makes one of the jobs.
func (q *queue) job(i int) job {
	it := q.items[i]
	switch it.kind {
	case briefingItem:
		b := q.briefings[it.at]
		j := q.r.briefingJob(b, int(it.at), q.load, q.search)
		if q.grounds.Briefings != nil {
			j.ground = func() Key { return q.r.ground(b, q.grounds.Briefings[b.Order()]) }
		}
		return j
	case storyItem:
		st := q.r.site.Stories[it.at]
		if it.moved > 0 {
			old := st.Moved[it.moved-1]
			return movedJob(old, func() any { return q.r.movedStory(old, st) })
		}
		j := q.r.storyJob(st, q.load)
		if q.grounds.Stories != nil {
			j.ground = func() Key { return q.r.storyGround(st, q.grounds.Stories[st]) }
		}
		return j
	case entityItem:
		e := q.entities[it.at]
		if it.moved > 0 {
			old := e.Moved[it.moved-1]
			return movedJob(old, func() any { return q.r.movedEntity(old, e) })
		}
		j := q.r.entityJob(e, q.entity[it.at], q.search)
		if q.grounds.Entities != nil {
			j.ground = func() Key { return q.r.entityGround(e, q.grounds.Entities[e]) }
		}
		return j
	}
	return q.lists[it.at]
}

// path is where the page of a job lies, and moved reports whether it only leads to
// another.
func (q *queue) path(i int) (path string, moved bool) {
	switch it := q.items[i]; {
	case it.kind == briefingItem:
		return q.briefings[it.at].Path, false
	case it.kind == storyItem && it.moved == 0:
		return q.r.site.Stories[it.at].Path, false
	case it.kind == entityItem && it.moved == 0:
		return q.entities[it.at].Path, false
	}
	j := q.job(i)
	return j.path, j.moved
}

// put adds what an item stands for, and a page for each path that leads there.
func (q *queue) put(kind itemKind, at, moved int) {
	for k := range moved + 1 {
		q.items = append(q.items, item{kind, int32(k), int32(at)})
	}
}

// list adds another page.
func (q *queue) list(j job) {
	q.items = append(q.items, item{kind: listItem, at: int32(len(q.lists))})
	q.lists = append(q.lists, j)
}

// jobs lists all pages, in a fixed order.
func (r *Renderer) jobs(load site.Loader, order searchOrder) *queue {
	s := r.site
	q := &queue{r: r, load: load, briefings: order.briefings, entities: order.entities, entity: order.entity}
	add := func(path, template string, make func() any) {
		q.list(job{path: path, make: func() (made, error) { return made{template: template, page: make()}, nil }})
	}
	// withKey gives the page that was added a key that is told before it is made.
	withKey := func(key func() Key) {
		q.lists[len(q.lists)-1].key = func() (Key, bool) { return key(), true }
	}
	// A story comes after the last of its reports, while they are at hand.
	after := make([][]int, len(order.briefings))
	for k, st := range s.Stories {
		if len(st.Members) == 0 {
			q.put(storyItem, k, 0)
			continue
		}
		last := 0
		for _, b := range st.Members {
			last = max(last, order.at[b.Order()])
		}
		after[last] = append(after[last], k)
	}
	for i := range order.briefings {
		q.put(briefingItem, i, 0)
		for _, k := range after[i] {
			q.put(storyItem, k, 0)
		}
	}
	for k, st := range s.Stories {
		for m := range st.Moved {
			q.items = append(q.items, item{storyItem, int32(m + 1), int32(k)})
		}
	}
	for k, p := range s.Pages {
		i := order.pages[k]
		q.list(job{path: p.Path, file: p.File, make: func() (made, error) {
			page, err := r.ownPage(p)
			if err != nil {
				return made{}, err
			}
			return made{template: "own", page: page, note: q.search.add(i, ownDoc(page))}, nil
		}})
	}
	for k, e := range order.entities {
		q.put(entityItem, k, len(e.Moved))
	}
	for _, kind := range site.Kinds {
		p := paging{path: site.Folder(kind) + ".html", items: len(s.EntitiesOf(kind)), each: entitiesAPage}
		if p.items == 0 {
			continue // nothing leads to an empty list
		}
		for n := 1; n <= p.pages(); n++ {
			add(p.at(n), "entities", func() any { return r.entitiesPage(kind, p, n) })
			withKey(func() Key { return r.entitiesKey(kind, p, n) })
		}
	}
	q.list(job{path: site.HomePath, file: "content/index.md", make: func() (made, error) {
		page, err := r.homePage()
		return made{template: "home", page: page}, err
	}})
	// A list that nothing leads to while it is empty is not made then.
	always := map[string]bool{site.BriefingsPath: true, site.TimelinePath: true, site.SourcingPath: true, site.StartPath: true}
	paged := func(p paging, template string, make func(p paging, n int) any, key func(p paging, n int) Key) {
		if p.items == 0 && !always[p.path] {
			return
		}
		for n := 1; n <= p.pages(); n++ {
			add(p.at(n), template, func() any { return make(p, n) })
			if key != nil {
				withKey(func() Key { return key(p, n) })
			}
		}
	}
	briefings, undated := len(s.Briefings), len(s.Briefings)-s.Dated()
	paged(paging{site.BriefingsPath, briefings, briefingsAPage, true, undated}, "briefings", func(p paging, n int) any { return r.briefingsPage(p, n) }, nil)
	paged(paging{site.StoriesPath, len(s.Stories), briefingsAPage, true, 0}, "stories", func(p paging, n int) any { return r.storiesPage(p, n) }, nil)
	paged(paging{site.QuotationsPath, s.Totals.Quotations, quotationsAPage, true, s.Totals.Quotations - s.DatedQuotations()}, "quotations", func(p paging, n int) any { return r.quotationsPage(p, n) }, r.quotationsKey)
	paged(paging{site.TimelinePath, len(s.Times.Pages), 1, false, 0}, "timeline", func(p paging, n int) any { return r.timelinePage(p, n) }, r.timelineKey)
	paged(paging{site.GlossaryPath, len(s.Glossary), entitiesAPage, false, 0}, "glossary", func(p paging, n int) any { return r.glossaryPage(p, n) }, nil)
	paged(publisherPages(s), "sourcing", func(p paging, n int) any { return r.sourcingPage(p, n) }, nil)
	add(site.SearchPath, "search", func() any { return r.searchPage() })
	add(site.AboutPath, "about", func() any { return r.aboutPage() })
	paged(paging{site.StartPath, briefings, sourcesAPage, true, undated}, "start", func(p paging, n int) any { return r.startPage(p, n) }, nil)
	if r.hasEdition() {
		q.list(job{path: site.EditionPath, make: func() (made, error) {
			page, err := r.editionPage(load)
			return made{template: "edition", page: page}, err
		}, key: r.wholeKey})
	}
	add(site.NotFoundPath, "notfound", func() any { return r.notFoundPage() })
	return q
}

// movedJob makes a page that only leads to another.
func movedJob(path string, page func() any) job {
	return job{path: path, moved: true, make: func() (made, error) { return made{template: "moved", page: page()}, nil }}
}

// briefingJob makes the page of a briefing, which is document i of the search.
func (r *Renderer) briefingJob(b *site.Briefing, i int, load site.Loader, search *searching) job {
	s := r.site
	// From when the key is taken until the page is made.
	var brief [16]byte
	var across []site.Related
	keyed := false
	key := func() {
		across = s.Across(b)
		brief, keyed = r.restKey(b, across), true
	}
	return job{path: b.Path, file: b.File, make: func() (made, error) {
		f, err := load(b.Slug)
		if err != nil {
			return made{}, err
		}
		if r.opts.Past == nil {
			digest := s.Page(b, f)
			m, page, err := r.briefing(b, digest)
			if err == nil {
				search.add(i, r.searchDoc(b, digest, page))
			}
			return m, err
		}
		if !keyed {
			key()
		}
		digest := s.PageOf(b, f, across)
		m, page, err := r.briefing(b, digest)
		if err != nil {
			return m, err
		}
		pack := search.add(i, r.searchDoc(b, digest, page))
		digest.Release()
		m.note = note{b.Sum, b.Told, points(b), brief, r.rest(b, across), pack}.pack()
		return m, nil
	}, key: func() (Key, bool) {
		key()
		return r.keyWith(b, brief)
	}, kept: func() { search.same(i) }}
}

// entityJob makes the page of an entity, which is document i of the search.
func (r *Renderer) entityJob(e *site.Entity, i int, search *searching) job {
	return job{path: e.Path, file: e.File, make: func() (made, error) {
		page, err := r.entityPage(e)
		if err != nil {
			return made{}, err
		}
		pack := search.add(i, entityDoc(r.l, e, page))
		return made{template: "entity", page: page, note: pack}, nil
	}, key: func() (Key, bool) {
		return r.entityKey(e), true
	}, kept: func() { search.same(i) }}
}

// storyJob makes the page of a story.
func (r *Renderer) storyJob(st *site.Story, load site.Loader) job {
	return job{path: st.Path, file: st.File, make: func() (made, error) {
		full, err := r.site.Compare(r.site.Filled(st), load)
		if err != nil {
			return made{}, err
		}
		page, err := r.storyPage(full)
		return made{template: "story", page: page}, err
	}, key: func() (Key, bool) {
		return r.storyKey(st)
	}}
}

// briefing makes the page of a briefing and the files beside it.
func (r *Renderer) briefing(b *site.Briefing, digest *site.Page) (made, *BriefingPage, error) {
	page, err := r.briefingPage(b, digest)
	if err != nil {
		return made{}, nil, err
	}
	room := rooms.Get().(*room)
	room.bytes = export.AppendAnnotations(room.bytes[:0], r.site, digest)
	beside := []export.NamedFile{{Path: b.Annotations(), Data: room.bytes}}
	if b.PlainText() != "" {
		beside = append(beside, export.NamedFile{Path: b.PlainText(), Data: []byte(digest.Plain)})
	}
	if r.base != "" {
		card, err := shareCard(r.l, r.site.Config.Title, b, digest.Strip)
		if err != nil {
			return made{}, nil, err
		}
		beside = append(beside, export.NamedFile{Path: cardPath(b), Data: card})
	}
	return made{template: "briefing", page: page, beside: beside, room: room}, page, nil
}

// How many entries a page of a list has.
const (
	briefingsAPage  = 100
	entitiesAPage   = 400
	quotationsAPage = 100
	publishersAPage = 50
	sourcesAPage    = 200
)

// pagesOf is the number of pages a list of n items fills, at least one.
func pagesOf(n, each int) int { return max(1, (n+each-1)/each) }

// publisherPages is the list of publishers.
func publisherPages(s *site.Site) paging {
	return paging{site.SourcingPath, len(s.Publishers), publishersAPage, false, 0}
}
