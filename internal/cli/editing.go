package cli

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/output"
	"readout/internal/packed"
	"readout/internal/plainfile"
	"readout/internal/render"
	"readout/internal/stamp"
	"readout/internal/verify"
	"readout/templates"
)

// Most builds come after an editor has changed a line in one briefing. Where all
// else is as the last build saw and left it, and the change shows on no other
// page, that page alone is made: of its file, and of what was noted of the rest of
// the site. Whatever is not plain goes the long way.

// mostEdited is how many briefings may be edited at once.
const mostEdited = 8

// An editing is a build of some briefings of which nothing but their own pages
// changes.
type editing struct {
	*app
	s     *siteFolder
	out   string
	last  lastBuild
	log   *pageLog
	names []string
	pages []render.EditedPage
	// search is the index of the search where it is another now, and gone are files of it
	// that are none any more.
	search *render.EditedSearch
	gone   []string
	past   records
	// more is how many more briefings have edits than before, in a site of
	// articles.
	more int
}

// buildEdited does the build at hand where no more is to be done than to make the
// pages of edited briefings. It reports false where more may have to be done, and
// has done nothing then.
func (a *app) buildEdited(s *siteFolder, out string) (done bool, err error) {
	e := &editing{app: a, s: s, out: out}
	defer e.close()
	if !e.plain() || !e.make() {
		return false, nil
	}
	return e.write()
}

// plain reports whether all is as the last build saw and left it, but for a few
// briefings that have other bytes.
func (e *editing) plain() bool {
	w := e.s.saw
	if !e.cache || e.compress || !w.told || !readCache(e.s, stampPath(e.out), &e.last) || !e.sameBuild(&e.last) {
		return false
	}
	if e.last.Before != w.before.Sum || e.last.Stories != w.stories.Sum {
		return false
	}
	names, ok := e.changed()
	if !ok || len(names) == 0 || len(names) > mostEdited {
		return false
	}
	for _, name := range names {
		if path.Dir(name) != briefings {
			return false
		}
		for _, d := range e.last.Warnings {
			if d.File == name {
				return false
			}
		}
	}
	e.names = names
	left, ok := outputSum(e.out)
	return ok && left == e.last.Output && e.open()
}

// statesPath is where it is noted in which state the last build saw each file of
// content/.
func statesPath(out string) string { return strings.Replace(stampPath(out), "build-", "states-", 1) }

func statesForm() string { return "states 1 " + engine() }

// keepStates notes in which state the files of content/ were seen.
func keepStates(s *siteFolder, out string, files stamp.States) {
	names := files.Paths()
	slices.Sort(names)
	var w packed.Writer
	for _, name := range names {
		id := files.ID(name)
		w.Bytes([]byte(name))
		w.Raw(id[:])
	}
	_, _ = output.WriteFile(s.root, statesPath(out), w.Seal(statesForm()), false)
}

// changed returns the files of content/ that are in another state than the last
// build saw them in. It reports false where some are new or gone.
func (e *editing) changed() ([]string, bool) {
	data, err := plainfile.Read(e.s.root.FS(), statesPath(e.out))
	if err != nil {
		return nil, false
	}
	r, ok := packed.Open(data, statesForm())
	if !ok {
		return nil, false
	}
	now := e.s.saw.content
	var names []string
	n, sum := 0, now.Sum
	for ; r.More(); n++ {
		name, was := r.Bytes(), readID(r)
		id := now.Files.ID(string(name))
		if id == (stamp.ID{}) {
			return nil, false
		}
		if id != was {
			names = append(names, string(name))
			sum = sum.Change(id, was)
		}
	}
	// The sum tells of folders, too.
	return names, r.Whole() && n == now.Files.Len() && sum == e.last.Content
}

// open opens what is known of the pages.
func (e *editing) open() bool {
	dir, err := e.app.open(e.out)
	if err != nil {
		return false
	}
	e.past.dir = dir
	list, ok := stamp.Files(dir.FS(), []string{output.ManifestName})
	if !ok {
		return false
	}
	e.log = &pageLog{s: e.s, name: pagesPath(e.out)}
	e.past.log = e.log
	e.past.of, ok = e.log.readHead(list[output.ManifestName])
	return ok && e.log.openNotes() && e.log.old != nil
}

func (e *editing) close() {
	if e.log != nil {
		e.log.close()
	}
	if e.past.dir != nil {
		e.past.dir.Close()
	}
}

// make makes the pages.
func (e *editing) make() bool {
	var index content.Index
	if src, err := plainfile.Read(e.s.root.FS(), content.IndexPath); err == nil {
		x, diags := content.ParseIndex(content.IndexPath, src)
		if diags.Errors() > 0 || x == nil {
			return false
		}
		index = *x
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if e.baseURL != "" {
		index.Config.BaseURL = e.baseURL
	}
	labels, _ := e.s.labels(index.Config.Language)
	pages, ok := render.NewEdited(e.log.frame, index.Config, labels, overlay{over: e.s.templates(), base: templates.FS}, render.Options{Past: e.log})
	if !ok {
		return false
	}
	for _, name := range e.names {
		page, ok := e.page(pages, name)
		if !ok {
			return false
		}
		e.pages = append(e.pages, page)
	}
	return e.makeSearch(pages)
}

// makeSearch puts what is to be found on the pages into the index of the search.
func (e *editing) makeSearch(pages *render.Edited) bool {
	var ok bool
	if e.search, ok = pages.Search(e.pages, &e.past); !ok || e.search == nil {
		return ok
	}
	record := e.past.find(render.SearchNote)
	if record == nil || e.log.size > 3*e.log.live {
		return false // in the latter case notes of no use are to be dropped
	}
	is := make(map[string]bool, len(e.search.Names))
	for _, name := range e.search.Names {
		is[name] = true
	}
	for _, name := range record.files {
		if !is[name] {
			e.gone = append(e.gone, name)
		}
	}
	return true
}

// records are what the last build noted of pages, read as they are asked for, and the
// files that it wrote.
type records struct {
	log   *pageLog
	of    int           // in how many files the records are
	dir   output.Folder // the output folder
	known map[string]map[string]*pageRecord
}

// path names the file that has the record of a page.
func (p *records) path(page string) string { return p.log.recordsPath(page, p.of) }

// find returns the record of a page; nil where there is none.
func (p *records) find(page string) *pageRecord {
	name := p.path(page)
	if p.known[name] == nil {
		if p.known == nil {
			p.known = map[string]map[string]*pageRecord{}
		}
		p.known[name] = p.log.readRecords(name)
	}
	return p.known[name][page]
}

// Note is that of render.Noted.
func (p *records) Note(page string) []byte {
	if r := p.find(page); r != nil && r.note.len > 0 {
		if note, ok := p.log.note(r.note); ok {
			return note
		}
	}
	return nil
}

// File is that of render.Noted.
func (p *records) File(name string) ([]byte, error) { return plainfile.Read(p.dir.FS(), name) }

// page makes the page of an edited briefing, where it is the only thing to do.
func (e *editing) page(pages *render.Edited, name string) (page render.EditedPage, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // the long way will say what it was
		}
	}()
	src, err := plainfile.Read(e.s.root.FS(), name)
	if err != nil {
		return page, false
	}
	f, diags := e.s.reader().ParseBriefing(name, src)
	if len(diags) > 0 || e.s.compare(f, src) != nil {
		return page, false
	}
	path := "briefings/" + f.Meta.Slug + ".html"
	record, noted := e.past.find(path), e.past.Note(path)
	if noted == nil {
		return page, false
	}
	if page, ok = pages.Page(f, noted); !ok || len(page.Files) != len(record.files) {
		return page, false
	}
	for i := range page.Files {
		if page.Files[i].Path != record.files[i] {
			return page, false
		}
	}
	if e.s.edited(name) && len(verify.Text(verify.Input{Site: e.s.root.FS(), Limits: e.s.limits}, name)) > 0 {
		return page, false
	}
	return page, e.merged(f.Meta.Slug, src, page.Was)
}

// merged reports whether the briefing of an article stays as the editor wrote it,
// and counts it.
func (e *editing) merged(slug string, src []byte, was [sha256.Size]byte) bool {
	if e.last.Articles < 0 {
		return true
	}
	base, err := readFile(e.s, briefing.BasePath(slug))
	if err != nil || len(base) == 0 || len(src) == 0 {
		return false
	}
	if _, err := e.s.root.Lstat(proposalPath(slug)); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	merged, conflicts := briefing.Merge(base, src, base)
	if len(conflicts) > 0 || !bytes.Equal(merged, src) {
		return false
	}
	if !bytes.Equal(src, base) {
		e.more++
	}
	if sha256.Sum256(base) != was {
		e.more--
	}
	return true
}

// write writes the pages, and notes what was done.
func (e *editing) write() (done bool, err error) {
	if err := e.s.forget(e.out); err != nil {
		return false, err
	}
	var files []output.File
	var names []string
	for _, p := range e.pages {
		for _, f := range p.Files {
			files = append(files, output.File{Path: f.Path, Data: f.Data})
			names = append(names, f.Path)
		}
	}
	if e.search != nil {
		for _, f := range e.search.Files {
			files = append(files, output.File{Path: f.Path, Data: f.Data})
			names = append(names, f.Path)
		}
	}
	written, ok, err := output.Amend(e.out, e.past.dir, files, e.gone)
	if err != nil || !ok {
		return false, err
	}
	e.watch.done("making and writing pages")
	e.report.all(e.last.Warnings)
	if e.last.Articles >= 0 {
		e.last.Edited += e.more
		e.sayArticles(e.last.Articles, 0, e.last.Articles-e.last.Edited, e.last.Edited)
	}
	if e.search != nil {
		e.last.Files += len(e.search.Names) - len(e.past.find(render.SearchNote).files)
	}
	e.sayFiles(e.out, output.Stats{Files: e.last.Files, Written: written, Removed: len(e.gone)})
	now, ok := stamp.Files(e.past.dir.FS(), append(names, output.ManifestName))
	if ok {
		e.note(now)
	}
	e.watch.done("noting what was built")
	return true, nil
}

// note notes the build, with the states of what it wrote. What cannot be noted is
// found out again.
func (e *editing) note(now map[string]stamp.ID) {
	left := e.last.Output.Change(e.log.list, now[output.ManifestName])
	var changed []string // files of records
	for _, p := range e.pages {
		r := e.past.find(p.Path)
		for i, f := range r.files {
			left = left.Change(r.ids[i], now[f])
			r.ids[i] = now[f]
		}
		r.keys = render.Keys{Key: p.Key}
		r.note = e.log.noteOf(p.Note)
		changed = append(changed, e.past.path(p.Path))
	}
	if e.search != nil {
		left = e.noteSearch(now, left)
		changed = append(changed, e.past.path(render.SearchNote))
	}
	if !e.log.flush() {
		return
	}
	slices.Sort(changed)
	for _, name := range slices.Compact(changed) {
		records := e.past.known[name]
		pages := make([]string, 0, len(records))
		for page := range records {
			pages = append(pages, page)
		}
		slices.Sort(pages)
		e.log.writeRecords(name, pages, records)
	}
	e.log.writeHead(now[output.ManifestName], e.past.of)
	keepStates(e.s, e.out, e.s.saw.content.Files)
	e.last.Content, e.last.Output = e.s.saw.content.Sum, left
	writeCache(e.s, stampPath(e.out), e.last)
}

// noteSearch notes the index of the search. It returns the state of the output folder
// with its files, of the one before.
func (e *editing) noteSearch(now map[string]stamp.ID, left stamp.Sum) stamp.Sum {
	r := e.past.find(render.SearchNote)
	was := make(map[string]stamp.ID, len(r.files))
	for i, f := range r.files {
		was[f] = r.ids[i]
	}
	for _, f := range e.gone {
		left = left.Change(was[f], stamp.ID{})
	}
	r.files, r.ids = e.search.Names, make([]stamp.ID, len(e.search.Names))
	for i, f := range r.files {
		id, ok := now[f]
		if ok {
			left = left.Change(was[f], id)
		} else {
			id = was[f]
		}
		r.ids[i] = id
	}
	r.note = e.log.noteOf(e.search.Note)
	return left
}
