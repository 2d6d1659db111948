package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/spf13/cobra"

	"readout/internal/analysis"
	"readout/internal/analysis/standard"
	"readout/internal/article"
	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/internal/seed"
)

const briefings = "content/briefings"

// keepBytes is how much text of articles is held between the two passes over
// the seeds; those beyond it are read a second time.
const keepBytes = 64 << 20

// manyArticles is how many briefings are written by a run that will hold much, for which
// what analysing took makes room: to read it again takes a moment.
const manyArticles = 500

func (a *app) briefCommand() *cobra.Command {
	return a.siteCommand("brief", "Read the seeds and write the briefings and stories, without rendering the site",
		`brief reads the articles in seeds/ and writes a briefing for each to
content/briefings/. What an editor changed in one since readout wrote it stays,
word for word, and the rest is brought up to date. Where both changed the same
thing the editor's version stays, and the run says so: see diff, keep and take.

Reports of one event, and the events of one storyline, get a file in
content/stories/. It keeps its name, its members and an editor's words; new
reports are added to it.`,
		`  readout brief
  readout brief -C desk`,
		func(s *siteFolder) error {
			if !s.has("seeds") {
				return hinted("put articles into seeds/", "%s has no folder seeds", s.name)
			}
			defer a.interruptible()()
			if err := s.lock(); err != nil {
				return err
			}
			if err := a.brief(s); err != nil {
				return err
			}
			_, _, diags, err := a.gather(s, true)
			if err != nil {
				return err
			}
			// What else is wrong with the content is reported when it is published.
			a.report.all(slices.DeleteFunc(diags, func(d diag.Diagnostic) bool {
				return path.Dir(d.File) != briefings || !s.unread[strings.TrimSuffix(path.Base(d.File), ".md")]
			}))
			if a.report.failed() {
				return errReported
			}
			return nil
		})
}

// A job is one seed on its way to a briefing.
type job struct {
	entry   seed.Entry
	article *article.Article // nil where it is to be read again, or failed
	meta    article.Meta
	sha256  string
	ok      bool
}

// brief writes the briefings of all seeds. What is wrong with a seed is
// reported, and the others are done.
func (a *app) brief(s *siteFolder) error {
	pipeline, err := a.rules()
	if err != nil {
		return err
	}
	if err := output.CleanTemporary(s.root, "content"); err != nil {
		return err
	}
	entries, diags := seed.List(s.root.FS(), "seeds", s.limits)
	a.report.all(diags)
	var unlisted []string // folders of which it is not known what is in them
	for _, d := range diags {
		if d.Severity == diag.Error {
			unlisted = append(unlisted, d.File)
		}
	}
	jobs := a.readSeeds(s, entries)
	a.watch.done("reading seeds")
	if err := settle(s); err != nil {
		return err
	}
	old, err := readContent(s)
	if err != nil {
		return err
	}
	if err := a.followRenamed(s, old); err != nil {
		return err
	}
	old.follow(jobs)
	a.report.all(old.gone(entries, unlisted))
	jobs, diags = old.hold(jobs)
	a.report.all(diags)
	s.unread = old.unread
	a.report.all(old.unreadable)
	slugs, diags := briefing.Slugs(names(s, jobs), old.bySeed, old.slugs)
	a.report.all(diags)

	known := a.readGenerated(s)
	p := a.track("analysing articles", len(jobs))
	results := make([]outcome, len(jobs))
	lists := make([]diag.List, len(jobs))
	errs := make([]error, len(jobs))
	after := make([]func() error, len(jobs))
	parallel(len(jobs), func(i int) {
		defer p.step()
		results[i], after[i], errs[i] = a.briefOne(s, pipeline, known, &jobs[i], slugs[i], &lists[i])
	})
	a.finish(p)
	stats := map[outcome]int{}
	for i, what := range results {
		stats[what]++
		a.report.all(lists[i])
	}
	// A file in conflict is written when the conflict has been reported.
	for i, write := range after {
		if write != nil {
			errs[i] = write()
		}
	}
	known.keep(s)
	if stats[written] > manyArticles {
		standard.Forget()
	}
	a.watch.done("analysing articles")
	a.articles, a.edited = len(entries), stats[edited]
	a.sayArticles(len(entries), stats[written], stats[unchanged], stats[edited])
	return cmp.Or(errs...)
}

func (a *app) sayArticles(n, written, unchanged, edited int) {
	a.report.say("%s: %s written, %d unchanged, %d with edits kept", counted(n, "article"), counted(written, "briefing"), unchanged, edited)
}

// counted returns a number with its noun: "1 article", "2 articles".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// readSeeds makes an article of each seed and returns those that are ones.
func (a *app) readSeeds(s *siteFolder, entries []seed.Entry) []job {
	jobs := make([]job, len(entries))
	lists := make([]diag.List, len(entries))
	var kept atomic.Int64
	p := a.track("reading seeds", len(entries))
	parallel(len(entries), func(i int) {
		defer p.step()
		jobs[i].entry = entries[i]
		art, diags := readSeed(s, entries[i])
		lists[i] = diags
		if art == nil {
			return
		}
		jobs[i].ok, jobs[i].meta, jobs[i].sha256 = true, art.Meta, art.SHA256
		if kept.Add(int64(len(art.Text))) <= keepBytes {
			jobs[i].article = art
		}
	})
	a.finish(p)
	for _, diags := range lists {
		a.report.all(diags)
	}
	return slices.DeleteFunc(jobs, func(j job) bool { return !j.ok })
}

// readSeed makes an article of a seed, or says why it cannot.
func readSeed(s *siteFolder, e seed.Entry) (art *article.Article, diags diag.List) {
	defer func() {
		if r := recover(); r != nil {
			art, diags = nil, diag.List{fault(e.Path, r)}
		}
	}()
	f, diags := seed.Load(s.root.FS(), e, s.limits)
	if f == nil {
		return nil, diags
	}
	art, more := article.New(f)
	return art, append(diags, more...)
}

// fault is what is reported of an article that makes readout itself fail.
func fault(file string, reason any) diag.Diagnostic {
	return diag.Diagnostic{
		File: file, ID: "fault", Message: fmt.Sprintf("this article makes readout fail: %v", reason),
		Hint: "this is a fault of readout; please report it with the article", Excerpt: firstFrames(debug.Stack()),
	}
}

// firstFrames returns where a panic came from, on one line.
func firstFrames(stack []byte) string {
	var frames []string
	for line := range strings.Lines(string(stack)) {
		if f := strings.TrimSpace(line); strings.HasPrefix(line, "\t") && strings.Contains(f, "/internal/") {
			f, _, _ = strings.Cut(f[strings.Index(f, "/internal/")+1:], " ")
			if frames = append(frames, f); len(frames) == 4 {
				break
			}
		}
	}
	return strings.Join(frames, " < ")
}

func names(s *siteFolder, jobs []job) []briefing.Name {
	list := make([]briefing.Name, len(jobs))
	for i := range jobs {
		j := &jobs[i]
		day, _, _ := strings.Cut(j.meta.Date.Value, "T")
		list[i] = briefing.Name{
			ID: j.entry.Path, Title: j.meta.Title, Date: day, Publisher: j.meta.Publisher,
			Credits: func(publisher string) bool {
				art := j.article
				if art == nil {
					art, _ = readSeed(s, j.entry)
				}
				return art != nil && strings.Contains(art.Text, publisher)
			},
		}
	}
	return list
}

// outcome is what became of one briefing.
type outcome int

const (
	failed outcome = iota
	written
	unchanged
	edited
)

// briefOne writes the briefing of one article. An error is a failure to write;
// what is wrong with the article is reported.
func (a *app) briefOne(s *siteFolder, pipeline *analysis.Pipeline, known *generated, j *job, slug string, diags *diag.List) (what outcome, after func() error, err error) {
	file, problem := compose(s, pipeline, known, j, slug)
	if problem != nil {
		diags.Add(*problem)
		return failed, nil, nil
	}
	return a.mergeOne(s, slug, file, diags)
}

// compose analyses an article and returns its content file.
func compose(s *siteFolder, pipeline *analysis.Pipeline, known *generated, j *job, slug string) (file []byte, d *diag.Diagnostic) {
	defer func() {
		if r := recover(); r != nil {
			f := fault(j.entry.Path, r)
			file, d = nil, &f
		}
	}()
	art := j.article
	j.article = nil
	if art == nil {
		if art, _ = readSeed(s, j.entry); art == nil {
			return nil, &diag.Diagnostic{File: j.entry.Path, ID: "seed-read", Message: "changed while it was read", Hint: "run readout again"}
		}
	}
	file, err := known.file(s, pipeline, art, slug)
	if err != nil {
		f := fault(j.entry.Path, err)
		return nil, &f
	}
	return file, nil
}

// oldContent is what stands in content/ before a run.
type oldContent struct {
	bySeed map[string]string // slug by the path of the seed
	digest map[string]string // digest of the seed by its path
	slugs  map[string]bool
	unread map[string]bool // slugs of those that cannot be read
	// unreadable says so of the files whose bytes cannot be.
	unreadable diag.List
}

// readContent reads the front matter of all briefings.
func readContent(s *siteFolder) (*oldContent, error) {
	old := &oldContent{bySeed: map[string]string{}, digest: map[string]string{}, slugs: map[string]bool{}, unread: map[string]bool{}}
	paths, diags := content.Paths(s.root.FS()) // what else is wrong there is reported when it is published
	if err := listed(diags); err != nil {
		return nil, err
	}
	for _, name := range paths {
		if path.Dir(name) != briefings {
			continue
		}
		slug := strings.TrimSuffix(path.Base(name), ".md")
		old.slugs[slug] = true
		src, err := plainfile.Read(s.root.FS(), name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			old.unreadable.Add(unreadable(name, err))
		}
		var meta frontmatter.Meta
		var diags diag.List
		if err == nil {
			_, diags = frontmatter.ReadWithin(s.limits, name, src, &meta)
		}
		of := meta.Article
		if of.Path == "" {
			if err != nil || diags.Errors() > 0 {
				old.unread[slug] = true
			}
			of = articleBehind(s, slug, src)
		}
		if of.Path != "" {
			old.bySeed[of.Path] = slug
			old.digest[of.Path] = of.SHA256
		}
	}
	return old, nil
}

// articleBehind finds out which article a briefing was made from whose own front
// matter, in src, does not tell: as readout last wrote it, or by a line that
// says so.
func articleBehind(s *siteFolder, slug string, src []byte) frontmatter.Article {
	if base, err := readFile(s, briefing.BasePath(slug)); err == nil && base != nil {
		var meta frontmatter.Meta
		if frontmatter.ReadWithin(s.limits, "", base, &meta); meta.Article.Path != "" {
			return meta.Article
		}
	}
	for line := range bytes.Lines(src[:min(len(src), 64<<10)]) {
		if value, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("path:")); ok {
			if name := strings.Trim(string(value), " \t'\""); strings.HasPrefix(name, "seeds/") {
				return frontmatter.Article{Path: name}
			}
		}
	}
	return frontmatter.Article{}
}

// gone says which briefings are of articles that are in seeds/ no more. What is in
// an unlisted folder may still be there.
func (o *oldContent) gone(entries []seed.Entry, unlisted []string) diag.List {
	const each = 5 // more are told in one line
	var diags diag.List
	kept := map[string]bool{} // slugs whose article is there
	for _, e := range entries {
		kept[o.bySeed[e.Path]] = true
	}
	lost := slices.DeleteFunc(slices.Sorted(maps.Keys(o.bySeed)), func(p string) bool {
		return kept[o.bySeed[p]] || !strings.HasPrefix(p, "seeds/") ||
			slices.ContainsFunc(unlisted, func(dir string) bool { return strings.HasPrefix(p, dir+"/") })
	})
	for _, p := range lost {
		name := contentPath(o.bySeed[p])
		d := diag.Diagnostic{
			File: p, ID: "seed-gone", Severity: diag.Warning, Message: "is gone; its briefing " + name + " stays",
			Hint: "remove " + name + " to take it off the site",
		}
		if len(lost) > each {
			d.Message = fmt.Sprintf("and %d other articles are gone; their briefings, such as %s, stay", len(lost)-1, name)
			d.Hint = "remove a briefing to take it off the site"
		}
		diags.Add(d)
		if len(lost) > each {
			break
		}
	}
	return diags
}

// hold takes out the articles whose briefing cannot be read, or may be one that
// cannot: that file stays as it is, and no second one is written.
func (o *oldContent) hold(jobs []job) (rest []job, diags diag.List) {
	for _, j := range jobs {
		known := o.bySeed[j.entry.Path]
		if known != "" && o.unread[known] {
			continue
		}
		if own := briefing.Slug(j.meta.Title); known == "" && o.unread[own] {
			diags.Add(diag.Diagnostic{
				File: j.entry.Path, ID: "briefing-held", Severity: diag.Warning,
				Message: "gets no briefing yet: " + contentPath(own) + ", which cannot be read, may be of this article",
				Hint:    "mend that file first",
			})
			continue
		}
		rest = append(rest, j)
	}
	return rest, diags
}

// follow finds the seeds that were renamed: a new path with the bytes of one
// that is gone.
func (o *oldContent) follow(jobs []job) {
	here := map[string]bool{}
	for _, j := range jobs {
		here[j.entry.Path] = true
	}
	gone := map[string]string{} // slug by digest
	for _, p := range slices.Sorted(maps.Keys(o.bySeed)) {
		if !here[p] && o.digest[p] != "" {
			gone[o.digest[p]] = o.bySeed[p]
		}
	}
	for _, j := range jobs {
		if slug, ok := gone[j.sha256]; ok && o.bySeed[j.entry.Path] == "" {
			o.bySeed[j.entry.Path] = slug
			delete(gone, j.sha256)
		}
	}
}

// parallel calls do for 0 to n-1 on all cores.
func parallel(n int, do func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
