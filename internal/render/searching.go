package render

import (
	"errors"
	"strings"

	"readout/internal/packed"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// A searching takes what search finds while pages are made. A nil one takes nothing.
type searching struct {
	r      *Renderer
	queue  *queue
	index  *searchindex.Index  // where nothing can be known of an earlier run
	update *searchindex.Update // else
}

const (
	// searchPage stands for the files of the index in what is known of an earlier run.
	searchPage = searchFolder + "/index.js"
	searchForm = "search 1"
)

// searching begins the index of the site.
func (r *Renderer) searching(q *queue, order searchOrder, emit Emit) *searching {
	s := &searching{r: r, queue: q}
	past := r.opts.Past
	if past == nil {
		s.index = searchindex.New(order.numbers, searchFolder, emit)
		s.index.Aside = r.opts.Aside
	} else {
		var state *searchindex.State
		if past.Untouched(searchPage) {
			if p, ok := packed.Open(past.Note(searchPage), searchForm); ok {
				state = searchindex.UnpackState(p)
			}
		}
		docs := make([]searchindex.Known, len(order.numbers))
		for i, n := range order.numbers {
			docs[i].Number = n
		}
		for i, b := range order.briefings {
			docs[i].Name = b.Path
		}
		for k, e := range order.entities {
			docs[order.entity[k]].Name = e.Path
		}
		for k, p := range r.site.Pages {
			docs[order.pages[k]].Name = p.Path
		}
		if r.hasEdition() {
			docs[order.edition].Name = site.EditionPath
		}
		s.update = searchindex.NewUpdate(docs, searchFolder, emit, state, s, r.opts.Aside)
	}
	if r.hasEdition() {
		s.add(order.edition, searchindex.Doc{Path: site.EditionPath, Title: r.l.Text("search.edition")})
	}
	return s
}

// add puts in document i, and returns what is to be noted of it.
func (s *searching) add(i int, d searchindex.Doc) []byte {
	switch {
	case s == nil:
	case s.index != nil:
		s.index.Add(i, d)
	default:
		pack := searchindex.Pack(d)
		s.update.Add(i, pack)
		return pack
	}
	return nil
}

// same says that document i is as it was noted.
func (s *searching) same(i int) {
	if s != nil && s.update != nil {
		s.update.Same(i)
	}
}

// patches reports whether the index is likely to be made of what is known of it.
func (s *searching) patches() bool { return s.update != nil && s.update.Patches() }

// close writes the index.
func (s *searching) close() error {
	if s.index != nil {
		return s.index.Close()
	}
	state, files, err := s.update.Close()
	if err != nil || state == nil {
		return err
	}
	s.r.opts.Past.Made(searchPage, Keys{}, inSearchFolder(files), noteOfSearch(state))
	return nil
}

// noteOfSearch is what is noted of the index.
func noteOfSearch(state *searchindex.State) []byte {
	var w packed.Writer
	state.Pack(&w)
	return w.Seal(searchForm)
}

// inSearchFolder returns the paths of files of the index.
func inSearchFolder(names []string) []string {
	files := make([]string, len(names))
	for i, n := range names {
		files[i] = searchFolder + "/" + n
	}
	return files
}

// Was is that of searchindex.Source.
func (s *searching) Was(name string) []byte {
	return searchPack(name, s.r.opts.Past.Note(name))
}

// searchPack returns what search took of a page, of what was noted of it.
func searchPack(name string, noted []byte) []byte {
	if !strings.HasPrefix(name, "briefings/") {
		return noted
	}
	n, _ := unpackNote(noted)
	return n.search
}

var errNoDoc = errors.New("not a document that is as it was")

// Again is that of searchindex.Source.
func (s *searching) Again(i int) ([]byte, error) {
	q := s.queue
	if i < len(q.briefings) {
		b := q.briefings[i]
		f, err := q.load(b.Slug)
		if err != nil {
			return nil, err
		}
		digest := s.r.site.Page(b, f)
		_, page, err := s.r.briefing(b, digest)
		if err != nil {
			return nil, err
		}
		return searchindex.Pack(s.r.searchDoc(b, digest, page)), nil
	}
	for k, at := range q.entity {
		if at == i {
			page, err := s.r.entityPage(q.entities[k])
			if err != nil {
				return nil, err
			}
			return searchindex.Pack(entityDoc(s.r.l, q.entities[k], page)), nil
		}
	}
	return nil, errNoDoc
}

// File is that of searchindex.Source.
func (s *searching) File(name string) ([]byte, error) {
	return s.r.opts.Past.File(searchFolder + "/" + name)
}

// Keep is that of searchindex.Source.
func (s *searching) Keep(names []string) bool {
	return s.r.opts.Past.Keep(searchPage, inSearchFolder(names))
}
