package render

import (
	"slices"

	"readout/internal/export"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// jobs lists all pages, in a fixed order.
func (r *Renderer) jobs(load site.Loader, search *searchindex.Index) []job {
	s := r.site
	var jobs []job
	add := func(path, template string, make func() any) {
		jobs = append(jobs, job{path: path, make: func() (made, error) { return made{template: template, page: make()}, nil }})
	}
	// A story comes after the last of its reports, while they are at hand.
	after := map[*site.Briefing][]*site.Story{}
	for _, st := range s.Stories {
		var last *site.Briefing
		if len(st.Members) > 0 {
			last = slices.MaxFunc(st.Members, func(a, b *site.Briefing) int { return a.Order() - b.Order() })
		}
		after[last] = append(after[last], st)
	}
	stories := func(list []*site.Story) {
		for _, st := range list {
			jobs = append(jobs, r.storyJob(st, load))
		}
	}
	docs := len(s.Briefings)
	stories(after[nil])
	for i, b := range s.Briefings {
		// From when the key is taken until the page is made.
		var rest []byte
		var across []site.Related
		jobs = append(jobs, job{path: b.Path, file: b.File, make: func() (made, error) {
			f, err := load(b.Slug)
			if err != nil {
				return made{}, err
			}
			if r.opts.Past == nil {
				digest := s.Page(b, f)
				search.Add(i, searchDoc(r.l, b, digest))
				return r.briefing(b, digest)
			}
			if rest == nil {
				rest, across = r.rest(b)
			}
			digest := s.PageOf(b, f, across)
			pack := searchindex.Pack(searchDoc(r.l, b, digest))
			search.AddPacked(i, pack)
			m, err := r.briefing(b, digest)
			m.note = note{b.Sum, b.Told, points(b), rest, pack}.pack()
			rest, across = nil, nil
			return m, err
		}, key: func() (Key, bool) {
			rest, across = r.rest(b)
			return r.keyWith(b, rest)
		}, use: func(noted []byte) bool {
			n, ok := unpackNote(noted)
			if ok = ok && search.AddPacked(i, n.search); ok {
				rest, across = nil, nil
			}
			return ok
		}})
		stories(after[b])
	}
	for _, st := range s.Stories {
		for _, old := range st.Moved {
			add(old, "moved", func() any { return r.movedPage(old, st) })
			jobs[len(jobs)-1].moved = true
		}
	}
	for _, kind := range site.Kinds {
		for _, e := range s.EntitiesOf(kind) {
			number := docs
			docs++
			jobs = append(jobs, job{path: e.Path, file: e.File, make: func() (made, error) {
				search.Add(number, entityDoc(r.l, e))
				page, err := r.entityPage(e)
				return made{template: "entity", page: page}, err
			}})
		}
		n := pagesOf(len(s.EntitiesOf(kind)), entitiesAPage)
		if len(s.EntitiesOf(kind)) == 0 {
			n = 0 // nothing leads to an empty list
		}
		for i := 1; i <= n; i++ {
			add(site.ListPath(site.Folder(kind)+".html", i), "entities", func() any { return r.entitiesPage(kind, i, n) })
		}
	}
	add(site.HomePath, "home", nil)
	jobs[len(jobs)-1].file = "content/index.md"
	jobs[len(jobs)-1].make = func() (made, error) {
		page, err := r.homePage()
		return made{template: "home", page: page}, err
	}
	// A list that nothing leads to while it is empty is not made then.
	always := map[string]bool{site.BriefingsPath: true, site.TimelinePath: true, site.SourcingPath: true, site.StartPath: true}
	paged := func(path, template string, items, each int, make func(n, of int) any) {
		of := pagesOf(items, each)
		if items == 0 && !always[path] {
			return
		}
		for n := 1; n <= of; n++ {
			add(site.ListPath(path, n), template, func() any { return make(n, of) })
		}
	}
	paged(site.BriefingsPath, "briefings", len(s.Briefings), briefingsAPage, func(n, of int) any { return r.briefingsPage(n, of) })
	paged(site.StoriesPath, "stories", len(s.Stories), briefingsAPage, func(n, of int) any { return r.storiesPage(n, of) })
	paged(site.QuotationsPath, "quotations", len(s.Quotations), quotationsAPage, func(n, of int) any { return r.quotationsPage(n, of) })
	paged(site.TimelinePath, "timeline", s.Timeline.Len(), timesAPage, func(n, of int) any { return r.timelinePage(n, of) })
	paged(site.GlossaryPath, "glossary", len(s.Glossary), entitiesAPage, func(n, of int) any { return r.glossaryPage(n, of) })
	paged(site.SourcingPath, "sourcing", len(s.Publishers), publishersAPage, func(n, of int) any { return r.sourcingPage(n, of) })
	add(site.SearchPath, "search", func() any { return r.searchPage() })
	add(site.AboutPath, "about", func() any { return r.aboutPage() })
	paged(site.StartPath, "start", len(s.Briefings), sourcesAPage, func(n, of int) any { return r.startPage(n, of) })
	for _, p := range s.Pages {
		number := docs
		docs++
		jobs = append(jobs, job{path: p.Path, file: p.File, make: func() (made, error) {
			page, err := r.ownPage(p)
			if err != nil {
				return made{}, err
			}
			search.Add(number, ownDoc(page))
			return made{template: "own", page: page}, nil
		}})
	}
	if r.hasEdition() {
		number := docs
		doc := searchindex.Pack(searchindex.Doc{Path: site.EditionPath, Title: r.l.Text("search.edition")})
		search.AddPacked(number, doc)
		jobs = append(jobs, job{path: site.EditionPath, make: func() (made, error) {
			page, err := r.editionPage(load)
			return made{template: "edition", page: page}, err
		}, key: r.wholeKey})
	}
	add(site.NotFoundPath, "notfound", func() any { return r.notFoundPage() })
	return jobs
}

// storyJob makes the page of a story.
func (r *Renderer) storyJob(st *site.Story, load site.Loader) job {
	return job{path: st.Path, file: st.File, make: func() (made, error) {
		full, err := r.site.Compare(st, load)
		if err != nil {
			return made{}, err
		}
		page, err := r.storyPage(full)
		return made{template: "story", page: page}, err
	}, key: func() (Key, bool) { return r.storyKey(st) }}
}

// briefing makes the page of a briefing and the files beside it.
func (r *Renderer) briefing(b *site.Briefing, digest *site.Page) (made, error) {
	page, err := r.briefingPage(b, digest)
	beside := []export.NamedFile{{Path: b.Annotations, Data: export.Annotations(r.site, digest)}}
	if b.PlainText != "" {
		beside = append(beside, export.NamedFile{Path: b.PlainText, Data: []byte(digest.Plain)})
	}
	if r.base != "" {
		card, err := shareCard(r.l, r.site.Config.Title, b, digest.Strip)
		if err != nil {
			return made{}, err
		}
		beside = append(beside, export.NamedFile{Path: cardPath(b), Data: card})
	}
	return made{template: "briefing", page: page, beside: beside}, err
}

// How many entries a page of a list has.
const (
	briefingsAPage  = 100
	entitiesAPage   = 400
	quotationsAPage = 100
	timesAPage      = 150
	publishersAPage = 50
	sourcesAPage    = 200
)

// pagesOf is the number of pages a list of n items fills, at least one.
func pagesOf(n, each int) int { return max(1, (n+each-1)/each) }

// part returns the items of page n (from 1).
func part[T any](items []T, n, each int) []T {
	from := min((n-1)*each, len(items))
	return items[from:min(from+each, len(items))]
}
