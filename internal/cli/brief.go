package cli

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
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
	"readout/internal/seed"
)

const briefings = "content/briefings"

// generatedName lists the briefings as they were when readout last wrote them,
// in the form of sha256sum: a file that no longer has its digest was edited.
const generatedName = "content/.generated"

// keepBytes is how much text of articles is held between the two passes over
// the seeds; those beyond it are read a second time.
const keepBytes = 64 << 20

func (a *app) briefCommand() *cobra.Command {
	return a.siteCommand("brief", "Read the seeds and write the briefings, without rendering the site",
		`brief reads the articles in seeds/ and writes a briefing for each to
content/briefings/. A briefing that was edited since readout wrote it is left as
it is.`,
		`  readout brief
  readout brief -C desk`,
		func(s *siteFolder) error {
			if !s.has("seeds") {
				return hinted("put articles into seeds/", "%s has no folder seeds", s.name)
			}
			if err := s.lock(); err != nil {
				return err
			}
			if err := a.brief(s); err != nil {
				return err
			}
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
	title   string
	sha256  string
	ok      bool
}

// brief writes the briefings of all seeds. What is wrong with a seed is
// reported, and the others are done.
func (a *app) brief(s *siteFolder) error {
	pipeline, err := standard.Pipeline()
	if err != nil {
		return err
	}
	if err := output.CleanTemporary(s.root, "content"); err != nil {
		return err
	}
	entries, diags := seed.List(s.root.FS(), "seeds")
	a.report.all(diags)
	jobs := a.readSeeds(s, entries)
	old, err := readContent(s)
	if err != nil {
		return err
	}
	old.follow(jobs)
	slugs, diags := briefing.Slugs(names(jobs), old.bySeed, old.slugs)
	for i := range diags {
		// Two articles by one name want a decision; both are built.
		diags[i].Severity = diag.Error
	}
	a.report.all(diags)

	p := a.track("analysing articles", len(jobs))
	results := make([]outcome, len(jobs))
	lists := make([]diag.List, len(jobs))
	errs := make([]error, len(jobs))
	parallel(len(jobs), func(i int) {
		defer p.step()
		results[i], errs[i] = a.briefOne(s, pipeline, old, &jobs[i], slugs[i], &lists[i])
	})
	a.finish(p)
	stats := map[outcome]int{}
	for i, what := range results {
		stats[what]++
		a.report.all(lists[i])
	}
	err = cmp.Or(slices.Concat(errs, []error{old.write(s)})...)
	a.report.say("%d articles: %d briefings written, %d unchanged, %d kept as edited",
		len(entries), stats[written], stats[unchanged], stats[edited])
	return err
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
		jobs[i].ok, jobs[i].title, jobs[i].sha256 = true, art.Meta.Title, art.SHA256
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
	f, diags := seed.Load(s.root.FS(), e, seed.Limits{})
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

func names(jobs []job) []briefing.Name {
	list := make([]briefing.Name, len(jobs))
	for i, j := range jobs {
		list[i] = briefing.Name{ID: j.entry.Path, Title: j.title}
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
func (a *app) briefOne(s *siteFolder, pipeline *analysis.Pipeline, old *oldContent, j *job, slug string, diags *diag.List) (outcome, error) {
	file, problem := compose(s, pipeline, j, slug)
	if problem != nil {
		diags.Add(*problem)
		return failed, nil
	}
	name := path.Join(briefings, slug+".md")
	have, readErr := fs.ReadFile(s.root.FS(), name)
	switch {
	case readErr != nil && !errors.Is(readErr, fs.ErrNotExist):
		diags.Add(diag.Diagnostic{
			File: name, ID: "content-read", Message: "cannot be read: " + bare(readErr).Error(),
			Hint: "make it a file that can be read, or move it away",
		})
		return failed, nil
	case readErr == nil && bytes.Equal(have, file):
		old.note(name, file)
		return unchanged, nil
	case readErr == nil && !old.untouched(name, have):
		if a.verbose {
			a.report.say("%s is kept as edited", name)
		}
		return edited, nil
	}
	err := old.announce(s, name, file)
	if err == nil {
		_, err = output.WriteFile(s.root, name, file)
	}
	if err != nil {
		return failed, fmt.Errorf("%s cannot be written: %w", name, bare(err))
	}
	old.note(name, file)
	if a.verbose {
		a.report.say("wrote %s", name)
	}
	return written, nil
}

// compose analyses an article and returns its content file.
func compose(s *siteFolder, pipeline *analysis.Pipeline, j *job, slug string) (file []byte, d *diag.Diagnostic) {
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
	file, err := briefing.Compose(pipeline.Run(art), slug).Markdown()
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

	mu        sync.Mutex
	generated map[string][]string // by name the digests it may have
	before    []byte              // generatedName as it was
}

// readContent reads the front matter of all briefings and the list of digests.
func readContent(s *siteFolder) (*oldContent, error) {
	old := &oldContent{bySeed: map[string]string{}, digest: map[string]string{}, slugs: map[string]bool{}, generated: map[string][]string{}}
	paths, _ := content.Paths(s.root.FS()) // what is wrong there is reported when it is published
	for _, name := range paths {
		if path.Dir(name) != briefings {
			continue
		}
		slug := strings.TrimSuffix(path.Base(name), ".md")
		old.slugs[slug] = true
		src, err := fs.ReadFile(s.root.FS(), name)
		if err != nil {
			continue
		}
		var meta frontmatter.Meta
		frontmatter.Read(name, src, &meta)
		if meta.Article.Path != "" {
			old.bySeed[meta.Article.Path] = slug
			old.digest[meta.Article.Path] = meta.Article.SHA256
		}
	}
	list, err := fs.ReadFile(s.root.FS(), generatedName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s cannot be read: %w", generatedName, bare(err))
	}
	old.before = list
	for line := range strings.Lines(string(list)) {
		if digest, name, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			old.generated[name] = append(old.generated[name], digest)
		}
	}
	return old, nil
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

// untouched reports whether have is what readout last wrote to name.
func (o *oldContent) untouched(name string, have []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Contains(o.generated[path.Base(name)], digest(have))
}

func (o *oldContent) note(name string, file []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.generated[path.Base(name)] = []string{digest(file)}
}

// announce adds the digest of what is about to be written, so that a run which
// dies right after it is not taken for an editor.
func (o *oldContent) announce(s *siteFolder, name string, file []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := s.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := s.root.OpenFile(generatedName, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s  %s\n", digest(file), path.Base(name))
	o.before = nil
	return errors.Join(err, f.Close())
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// write puts the list of digests where the next run finds it.
func (o *oldContent) write(s *siteFolder) error {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(o.generated)) {
		for _, digest := range o.generated[name] {
			fmt.Fprintf(&b, "%s  %s\n", digest, name)
		}
	}
	if bytes.Equal(b.Bytes(), o.before) {
		return nil
	}
	if _, err := output.WriteFile(s.root, generatedName, b.Bytes()); err != nil {
		return fmt.Errorf("%s cannot be written: %w", generatedName, bare(err))
	}
	return nil
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
