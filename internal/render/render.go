// Package render is the seventh stage: it makes the pages of a site.Site with
// the templates and assets of templates/. Its central type is Renderer; there
// is one struct for each type of page (BriefingPage, EntityPage, …), which is
// all that a template sees. Pages go out one by one, so that memory does not
// grow with the site.
//
// The pages need nothing but their own folder: relative links, classic scripts,
// and a policy in each page that allows no other origin. Everything they say is
// in their HTML; scripts only add comfort.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"readout/internal/compiled"
	"readout/internal/diag"
	"readout/internal/export"
	"readout/internal/label"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// Options change how a site is rendered. The zero value is right for a build.
type Options struct {
	// Workers is how many pages are made at once; 0 for as many as there are
	// processors. It has no influence on the output.
	Workers int
	// Own says that the site has templates of its own: they are checked before a
	// page is made.
	Own bool
	// Past is what is known of an earlier run; nil makes all pages.
	Past Past
	// Pages has the pages by content file where the site is part of a larger one,
	// as ContentPages of that gives them: links of editors may lead there. Where it
	// is nil, they lead to pages of the site.
	Pages map[string]string
	// Aside is where the search index puts what it need not hold; nil for none.
	Aside searchindex.Aside
}

// Emit takes a finished file. It is called by several goroutines at once, and does
// not keep data after it returns.
type Emit func(path string, data []byte) error

// Render makes all pages and assets of s and hands each to emit as it is done.
// A page that fails is reported, and the others are made all the same. The
// error is the first that emit returned, or says that the templates cannot be
// used at all.
func Render(s *site.Site, templates fs.FS, load site.Loader, emit Emit, opts Options) (diag.List, error) {
	r, err := New(s, templates, opts)
	if err != nil {
		return nil, err
	}
	return r.Render(load, emit)
}

// A Renderer makes the pages of one site.
type Renderer struct {
	site      *site.Site
	opts      Options
	l         *label.Set
	templates fs.FS
	assets    *assets
	pages     map[string]*compiled.Template
	wrong     map[string]error // by template: what its check found
	base      string           // base URL with a slash at its end; "" when not known
	rightward bool             // pages run from left to right
	textless  bool             // the text of the articles is not published
	nav       []NavItem
	footNav   []Anchor
	titles    map[string]int           // briefings by title, stories by "story " and title
	outlets   map[string]site.Link     // of publishers, by name
	names     map[nameOf]int           // entities by name
	contents  func() map[string]string // pages by content file

	mu       sync.Mutex
	dangling diag.List       // links of editors that lead to nothing
	linked   map[string]bool // pages with links to content files

	alone   *besides // where but one briefing is at hand; else nil
	frame   Key      // of what all pages share
	known   sync.Mutex
	factsOf map[*site.Entity]Key
}

// New reads the templates for s. The error is a diag.Diagnostic where a mistake
// in one is to blame.
func New(s *site.Site, templates fs.FS, opts Options) (*Renderer, error) {
	labels := s.Labels.Or()
	a, err := loadAssets(templates, labels)
	if err != nil {
		return nil, err
	}
	parsed, wrong, err := parseTemplates(templates, labels)
	if err != nil {
		if d, ok := templateFault(templates, err); ok {
			return nil, d
		}
		return nil, err
	}
	if opts.Own {
		maps.Copy(wrong, checkTemplates(parsed))
	}
	pages := make(map[string]*compiled.Template, len(parsed))
	for name, t := range parsed {
		pages[name] = compiled.New(t)
	}
	r := &Renderer{
		site: s, opts: opts, templates: templates, assets: a, pages: pages, wrong: wrong, l: labels,
		textless: s.Config.Text == "none", rightward: label.Direction(s.Config.Language) == "ltr",
		titles:  map[string]int{},
		outlets: map[string]site.Link{},
		names:   map[nameOf]int{},
		contents: sync.OnceValue(func() map[string]string {
			if opts.Pages != nil {
				return opts.Pages
			}
			return ContentPages(s)
		}),
		factsOf: map[*site.Entity]Key{},
		linked:  map[string]bool{},
	}
	if b := webURL(s.Config.BaseURL); b != "" {
		r.base = b
		if b[len(b)-1] != '/' {
			r.base += "/"
		}
	}
	for _, b := range s.Briefings {
		r.titles[b.Header.Title]++
	}
	for _, kind := range site.Kinds {
		for _, e := range s.EntitiesOf(kind) {
			r.names[nameOf{e.Kind, e.Name}]++
		}
	}
	for _, st := range s.Stories {
		r.titles["story "+st.Title]++
	}
	for i, p := range s.Publishers {
		r.outlets[p.Name] = site.Link{Path: publisherPages(s).at(i/publishersAPage + 1), ID: p.ID}
	}
	r.navigation()
	if opts.Past != nil {
		key, ok := r.frameKey()
		if !ok {
			r.opts.Past = nil
		}
		r.frame = key
	}
	return r, nil
}

// publisherLink leads to a publisher on the sourcing page.
func (r *Renderer) publisherLink(from, name string) string {
	link, ok := r.outlets[name]
	if !ok || name == "" || link.ID == "" {
		return ""
	}
	return link.From(from)
}

// pageTemplates lists the templates, one a type of page.
var pageTemplates = []string{"home", "briefing", "briefings", "story", "stories", "entity", "entities", "quotations", "timeline", "glossary", "sourcing", "search", "about", "start", "notfound", "moved", "edition", "own"}

// parseTemplates returns the templates by the names of their types of page, and
// of those that cannot be read why. Where that is one that all pages share, it
// is the error.
func parseTemplates(templates fs.FS, labels *label.Set) (pages map[string]*template.Template, wrong map[string]error, err error) {
	shared, err := template.New("").Funcs(labelFuncs(labels)).ParseFS(templates, "pages/layout.html", "pages/parts.html")
	if err != nil {
		return nil, nil, err
	}
	pages, wrong = map[string]*template.Template{}, map[string]error{}
	for _, name := range pageTemplates {
		t, err := shared.Clone()
		if err == nil {
			_, err = t.ParseFS(templates, "pages/"+name+".html")
			if _, ok := templateFault(templates, err); ok {
				wrong[name] = err
				continue
			}
		}
		if err == nil {
			err = putLabels(t, labels)
		}
		if err != nil {
			return nil, nil, err
		}
		pages[name] = t.Lookup("layout")
	}
	return pages, wrong, nil
}

// A job makes one page.
type job struct {
	path string
	file string // for messages: the content file the page is of
	make func() (made, error)
	// moved marks a page that only leads to another.
	moved bool
	// key returns the key of the page before it is made; nil where that is the
	// key of its struct.
	key func() (Key, bool)
	// ground tells sooner than key whether the page is as it was; may be nil.
	ground func() Key
	// kept is called when the page is not made again; may be nil.
	kept func()
}

// made is what a job has made: the struct of a page, the name of its template,
// and the files that go beside it.
type made struct {
	template string
	page     any
	beside   []export.NamedFile
	note     []byte // what is to be noted of the page
	room     *room  // that beside uses; nil for none
}

// A room is bytes for use again once the files that lie in it were emitted.
type room struct{ bytes []byte }

var rooms = sync.Pool{New: func() any { return new(room) }}

// done is what became of a job.
type done struct {
	files []export.NamedFile // none where all is as it was
	keys  Keys
	keyed bool // there is a key
	note  []byte
	room  *room
}

// Render makes all pages and assets.
func (r *Renderer) Render(load site.Loader, emit Emit) (diag.List, error) {
	for path, data := range r.assets.files {
		if err := emit(path, data); err != nil {
			return nil, err
		}
	}
	if r.opts.Past != nil {
		r.opts.Past.Frame(r.Frame())
	}
	order := r.searchOrder()
	jobs := r.jobs(load, order)
	if r.opts.Past != nil {
		jobs.grounds = r.site.Grounds()
	}
	search := r.searching(jobs, order, emit)
	jobs.search = search
	workers := r.opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		mu     sync.Mutex
		failed []*pageError
		first  error
		next   atomic.Int64
		wg     sync.WaitGroup
	)
	textsDone := sync.OnceFunc(r.site.ForgetTexts)
	// Where search is changed a little, its files are made when all that it finds was,
	// beside the lists.
	found := jobs.found()
	var finding atomic.Int64
	finding.Store(int64(found))
	closing := sync.OnceValue(search.close)
	if !search.patches() {
		found = 0
	}
	for range workers {
		wg.Go(func() {
			var buf bytes.Buffer
			for last := -1; ; {
				if last >= 0 && last < found && finding.Add(-1) == 0 {
					wg.Go(func() { _ = closing() })
				}
				i := int(next.Add(1)) - 1
				last = i
				if i >= jobs.len() {
					return
				}
				if jobs.items[i].kind == entityItem {
					textsDone()
				}
				j := jobs.job(i)
				d, err := r.run(j, &buf)
				if err != nil {
					mu.Lock()
					failed = append(failed, r.fault(j, err))
					mu.Unlock()
					continue
				}
				var names []string
				for _, f := range d.files {
					names = append(names, f.Path)
					if err := emit(f.Path, f.Data); err != nil {
						mu.Lock()
						if first == nil {
							first = err
						}
						mu.Unlock()
						next.Store(int64(jobs.len()))
						return
					}
				}
				if d.room != nil {
					rooms.Put(d.room)
				}
				if d.keyed && len(names) > 0 {
					r.opts.Past.Made(j.path, d.keys, names, d.note)
				}
			}
		})
	}
	wg.Wait()
	diags := append(pageFaults(failed), r.dangling...)
	if first != nil {
		return diags, first
	}
	diags.Sort()
	for _, f := range r.machineFiles(jobs) {
		if err := emit(f.Path, f.Data); err != nil {
			return diags, err
		}
	}
	return diags, closing()
}

// machineFiles makes the files of the whole site that other programs read.
func (r *Renderer) machineFiles(jobs *queue) []export.NamedFile {
	var paths []string
	for i := range jobs.len() {
		if path, moved := jobs.path(i); path != site.NotFoundPath && path != site.EditionPath && !moved {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return append(export.Sitemap(r.site, paths),
		export.NamedFile{Path: site.AtomPath, Data: export.Atom(r.site)},
		export.NamedFile{Path: site.JSONFeedPath, Data: export.JSONFeed(r.site)},
		export.NamedFile{Path: site.RobotsPath, Data: export.Robots(r.site)},
	)
}

// run makes one page and what goes beside it, unless that is there already.
// The page that it returns lies in buf.
func (r *Renderer) run(j job, buf *bytes.Buffer) (d done, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a fault of readout itself: %v", p)
		}
	}()
	past := r.opts.Past
	if past != nil && j.key != nil {
		same := false
		if j.ground != nil {
			d.keys.Ground = j.ground()
			same = past.Grounded(j.path, d.keys.Ground)
		}
		if !same {
			d.keys.Key, d.keyed = j.key()
			same = d.keyed && past.Same(j.path, d.keys)
		}
		if same {
			if j.kept != nil {
				j.kept()
			}
			return d, nil
		}
	}
	m, err := j.make()
	if err != nil {
		return done{}, err
	}
	if err := r.wrong[m.template]; err != nil {
		return done{}, err
	}
	// Where a link to a content file leads is no part of such a key, and that it
	// leads nowhere is to be told each time.
	d.keyed = d.keyed && !r.hasLinks(j.path)
	if past != nil && j.key == nil {
		d.keys.Key, d.keyed = r.structKey(m)
		if d.keyed && past.Same(j.path, d.keys) {
			return d, nil
		}
	}
	buf.Reset()
	if err := r.pages[m.template].Execute(buf, m.page); err != nil {
		return done{}, err
	}
	d.files = append(m.beside, export.NamedFile{Path: j.path, Data: legible(buf.Bytes())})
	d.note, d.room = m.note, m.room
	return d, nil
}

// hasLinks reports whether a page that was made, or one that is part of it, has
// links to content files.
func (r *Renderer) hasLinks(page string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.linked[page] || page == site.EditionPath && len(r.linked) > 0
}
