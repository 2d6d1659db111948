package cli

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/live"
	"readout/internal/plainfile"
	"readout/internal/render"
	"readout/internal/review"
	"readout/internal/site"
	"readout/internal/watch"
	"readout/templates"
)

// A desk keeps a site built while an editor works on it. A change is shown in
// two steps: what it makes of the page it belongs to, at once, from the site as
// it was last gathered; then, when the editor pauses, the whole site is built,
// and what was shown at once gives way to it.
type desk struct {
	a       *app
	s       *siteFolder
	live    *live.Server
	settled func()

	// These belong to follow and what it calls.
	site       *site.Site // as last gathered; nil while there is none
	renderer   *render.Renderer
	faults     diag.List
	generation int

	shown    atomic.Pointer[site.Site] // site, for about
	analysed analysed

	mu   sync.Mutex
	seen map[string][sha256.Size]byte // input files as they were last read
}

// pause is how long no file must change before the whole site is built: what was
// shown at once is on the screen by then.
const pause = 250 * time.Millisecond

func newDesk(a *app, s *siteFolder) *desk {
	d := &desk{a: a, s: s, seen: map[string][sha256.Size]byte{}}
	d.analysed.rules = a.rules
	s.noted = d.note
	return d
}

// note remembers what a build has read, so that its own writing is no change.
func (d *desk) note(name string, data []byte) bool {
	sum := sha256.Sum256(data)
	d.mu.Lock()
	defer d.mu.Unlock()
	was, ok := d.seen[name]
	d.seen[name] = sum
	return ok && was == sum
}

// A built is the result of a build.
type built struct {
	site       *site.Site // nil where it came not so far
	renderer   *render.Renderer
	faults     diag.List
	generation int
	names      []string
	err        error
}

// build builds the site after changes to the named files; all of it, where they
// are nil.
func (d *desk) build(names []string, generation int) (b built) {
	b = built{generation: generation, names: names}
	d.a.report.begin(func(m diag.Diagnostic) {
		// What is in conflict stands as it was published; review lists it.
		if m.Severity == diag.Error && m.ID != "merge-conflict" {
			b.faults.Add(d.withExcerpt(m))
		}
	})
	d.s.seedsDone = names != nil && !slices.ContainsFunc(names, d.reachesSeeds)
	d.s.gathered = func(s *site.Site) { b.site = s }
	b.err = d.a.build(d.s, "")
	if d.s.unlock != nil {
		d.s.unlock()
		d.s.unlock = nil
	}
	d.a.report.begin(nil)
	if b.site != nil {
		// A mistake in a template is among the faults already.
		b.renderer, _ = render.New(b.site, d.templates(), render.Options{Own: d.s.ownTemplates()})
	}
	if b.err != nil && !errors.Is(b.err, errReported) && !busy(b.err) {
		m := diag.Diagnostic{Message: b.err.Error()}
		if e := (*hintError)(nil); errors.As(b.err, &e) {
			m.Hint = e.hint
		}
		b.faults.Add(m)
	}
	return b
}

// begin builds the site for the first time. A mistake in an article or a
// template is no reason to show nothing; what keeps readout from writing is.
func (d *desk) begin() error {
	b := d.build(nil, 0)
	if b.err != nil && !errors.Is(b.err, errReported) {
		return b.err
	}
	d.take(b)
	return nil
}

func (d *desk) take(b built) {
	if b.site != nil {
		d.site, d.renderer = b.site, b.renderer
		d.shown.Store(b.site)
	}
	d.faults = b.faults
}

func (d *desk) tell() { d.live.Faults(d.faults) }

func (d *desk) templates() fs.FS { return overlay{over: d.s.templates(), base: templates.FS} }

// follow shows the changes that w tells until ctx is done. A build that has
// begun is finished.
func (d *desk) follow(ctx context.Context, w *watch.Watcher) {
	pending := map[string]bool{}
	results := make(chan built, 1)
	building := false
	var due <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			if building {
				d.a.report.say("finishing the build (interrupt again to stop at once)")
				<-results
			}
			return
		case err := <-w.Errors:
			if err != nil {
				d.a.report.say("watching the files: %v", err)
			}
		case names, ok := <-w.Changes:
			if !ok {
				return
			}
			if names = d.changed(names); len(names) == 0 {
				continue
			}
			for _, n := range names {
				pending[n] = true
			}
			d.generation++
			d.preview(names)
			due = time.After(pause)
		case <-due:
			due = nil
			if building {
				due = time.After(pause)
				continue
			}
			building = true
			names, generation := slices.Sorted(maps.Keys(pending)), d.generation
			clear(pending)
			go func() { results <- d.build(names, generation) }()
		case b := <-results:
			building = false
			if busy(b.err) {
				// Another run is at work; what it writes is a change as well.
				for _, n := range b.names {
					pending[n] = true
				}
				due = time.After(pause)
				continue
			}
			if b.err != nil && !errors.Is(b.err, errReported) {
				d.a.report.fault(b.err)
			}
			d.take(b)
			d.tell()
			if b.site != nil && b.renderer != nil {
				d.live.Built(b.generation)
			}
			if len(pending) == 0 && d.settled != nil {
				d.settled()
			}
		}
	}
}

// changed returns those of the files whose bytes are not as they were last read.
// A folder stands for the files in it.
func (d *desk) changed(names []string) []string {
	var files []string
	for _, name := range names {
		if info, err := d.s.root.Stat(name); err == nil && info.IsDir() {
			files = append(files, filesBelow(d.s.root.FS(), name)...)
		} else {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	return slices.DeleteFunc(slices.Compact(files), func(name string) bool {
		data, err := plainfile.Read(d.s.root.FS(), name)
		if err != nil {
			d.mu.Lock()
			delete(d.seen, name)
			d.mu.Unlock()
			return false
		}
		return d.note(name, data)
	})
}

// filesBelow returns the files of a folder and of those in it, but for hidden
// ones.
func filesBelow(fsys fs.FS, folder string) []string {
	var names []string
	_ = fs.WalkDir(fsys, folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // it is told of again when it can be read
		case strings.HasPrefix(e.Name(), ".") && e.IsDir():
			return fs.SkipDir
		case !e.IsDir() && !strings.HasPrefix(e.Name(), "."):
			names = append(names, name)
		}
		return nil
	})
	return names
}

// reachesSeeds reports whether a change of the named file has an influence on
// what is made of the seeds.
func (d *desk) reachesSeeds(name string) bool {
	switch folder, _, _ := strings.Cut(name, "/"); {
	case folder == "templates":
		return false
	case folder != "content":
		return true
	case path.Dir(name) != briefings:
		return path.Ext(name) != ".md"
	}
	// An edit does not reach them, unless it says of which article the briefing
	// is, or there is a conflict that it may settle.
	slug := strings.TrimSuffix(path.Base(name), ".md")
	data, err := plainfile.Read(d.s.root.FS(), name)
	if err != nil || d.site == nil {
		return true
	}
	f, _ := d.s.reader().ParseBriefing(name, data)
	was := d.site.Briefing(slug)
	if was == nil || f.Meta.Slug != slug {
		return true
	}
	if o := was.Header.Origin(); f.Meta.Article.Path != o.Seed || f.Meta.Article.SHA256 != o.SHA256 {
		return true
	}
	_, err = d.s.root.Lstat(proposalPath(slug))
	return !errors.Is(err, fs.ErrNotExist)
}

// preview shows at once what changes make of the pages they belong to.
func (d *desk) preview(names []string) {
	if d.site == nil {
		return
	}
	files := map[string][]byte{}
	faults := slices.DeleteFunc(slices.Clone(d.faults), func(m diag.Diagnostic) bool { return slices.Contains(names, m.File) })
	own := false
	for _, name := range names {
		switch {
		case strings.HasPrefix(name, "templates"):
			own = true
		case path.Dir(name) == briefings && path.Ext(name) == ".md":
			d.previewBriefing(name, files, &faults)
		}
	}
	if own {
		faults = slices.DeleteFunc(faults, func(m diag.Diagnostic) bool { return strings.HasPrefix(m.File, "templates/") })
		d.previewTemplates(files, &faults)
	}
	if len(files) > 0 {
		d.live.Show(d.generation, files)
	}
	d.faults = faults
	d.tell()
}

func (d *desk) previewBriefing(name string, files map[string][]byte, faults *diag.List) {
	data, err := plainfile.Read(d.s.root.FS(), name)
	if errors.Is(err, fs.ErrNotExist) {
		return // the build tells what its removal means
	}
	if err != nil {
		faults.Add(diag.Diagnostic{File: name, ID: "content-read", Message: "cannot be read: " + bare(err).Error()})
		return
	}
	f, diags := d.s.reader().ParseBriefing(name, data)
	if err := d.s.compare(f, data); err != nil {
		faults.Add(diag.Diagnostic{File: name, ID: "content-read", Message: err.Error()})
		return
	}
	if diags.Errors() > 0 {
		for _, m := range diags {
			if m.Severity == diag.Error {
				faults.Add(d.withExcerpt(m))
			}
		}
		return
	}
	if d.renderer == nil {
		return
	}
	made, err := d.renderer.Preview(f)
	if m := (diag.Diagnostic{}); errors.As(err, &m) {
		faults.Add(d.withExcerpt(m))
		return
	}
	for _, f := range made {
		files[f.Path] = f.Data
	}
}

// previewTemplates makes the pages anew that are open in a browser.
func (d *desk) previewTemplates(files map[string][]byte, faults *diag.List) {
	r, err := render.New(d.site, d.templates(), render.Options{Own: d.s.ownTemplates()})
	if err != nil {
		m := diag.Diagnostic{}
		if !errors.As(err, &m) {
			m = diag.Diagnostic{File: "templates", Message: err.Error()}
		}
		faults.Add(m)
		return
	}
	d.renderer = r
	maps.Copy(files, r.Assets())
	load := func(slug string) (*content.File, error) {
		b := d.site.Briefing(slug)
		data, err := plainfile.Read(d.s.root.FS(), b.File)
		if err != nil {
			return nil, err
		}
		f, diags := d.s.reader().ParseBriefing(b.File, data)
		if diags.Errors() == 0 {
			return f, d.s.compare(f, data)
		}
		if diags.Errors() > 0 {
			return nil, diags[0]
		}
		return f, nil
	}
	for _, page := range d.live.Open() {
		made, err := r.Page(page, load)
		if m := (diag.Diagnostic{}); errors.As(err, &m) {
			// What is wrong with content that was changed as well, the build tells.
			if strings.HasPrefix(m.File, "templates/") {
				faults.Add(d.withExcerpt(m))
			}
			continue
		}
		for _, f := range made {
			files[f.Path] = f.Data
		}
	}
}

// withExcerpt adds the line that a message is about.
func (d *desk) withExcerpt(m diag.Diagnostic) diag.Diagnostic {
	if m.Excerpt != "" || m.Line <= 0 || m.File == "" {
		return m
	}
	data, err := plainfile.Read(d.s.root.FS(), m.File)
	if err != nil {
		return m
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; n == m.Line {
			const most = 160
			line = strings.TrimSpace(line)
			if r := []rune(line); len(r) > most {
				// What the message is about is to be seen.
				from := min(max(0, m.Column-most/2), len(r)-most)
				line = "…" + string(r[from:from+most]) + "…"
			}
			m.Excerpt = line
		}
	}
	return m
}

// A panel is what the page of a briefing shows its editor.
type panel struct {
	Slug        string               `json:"slug"`
	Review      []panelItem          `json:"review"`
	Annotations []review.Explanation `json:"annotations"`
}

type panelItem struct {
	review.Item
	Place string `json:"place"`
}

// about says what the panel of a briefing's page shows. It is called by many
// goroutines.
func (d *desk) about(page string) (any, error) {
	slug, ok := strings.CutPrefix(strings.TrimSuffix(page, ".html"), "briefings/")
	gathered := d.shown.Load()
	if !ok || gathered == nil {
		return nil, fmt.Errorf("there is no briefing at %q", page)
	}
	subject, err := subjectOf(d.s, gathered, slug, &d.analysed)
	if err != nil {
		return nil, err
	}
	conflicts, err := conflictsOf(d.s)
	if err != nil {
		return nil, err
	}
	p := panel{Slug: slug, Review: []panelItem{}, Annotations: subject.All()}
	for _, i := range review.One(review.Input{Conflicts: conflicts, Lines: d.s.lineOf}, subject.Briefing, subject.File) {
		p.Review = append(p.Review, panelItem{i, i.Place()})
	}
	return p, nil
}

// A noting file system tells what is read from it.
type noting struct {
	fs.FS
	note func(name string, data []byte) bool
}

func (n noting) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(n.FS, name)
	if err == nil {
		n.note(name, data)
	}
	return data, err
}

func (n noting) Stat(name string) (fs.FileInfo, error) { return fs.Stat(n.FS, name) }

func (n noting) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(n.FS, name) }

// files returns the files of the site.
func (s *siteFolder) files() fs.FS {
	if s.noted == nil {
		return s.root.FS()
	}
	return noting{s.root.FS(), s.noted}
}
