package cli

import (
	"bytes"
	"errors"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"readout/internal/diag"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/internal/render"
	"readout/internal/site"
	"readout/internal/verify"
	"readout/templates"
)

// outputFolder is the name of the output folder of a site, unless another is
// given.
const outputFolder = "public"

func (a *app) buildCommand() *cobra.Command {
	out, timings, compress := "", false, false
	cmd := a.siteCommand("build", "Read the seeds, write the briefings, render the site",
		`build does the whole path: it reads the articles in seeds/, writes a briefing for
each new or changed one to content/briefings/, and renders the site to public/.
Without a folder seeds it renders what stands in content/.

Only files that change are written, each in one step; files of an earlier build
that are no longer part of the site are removed. A file readout did not make is
never changed or removed. An input that cannot be used is reported, the rest is
built, and the exit status is 1. So it is where the text of a briefing that was
edited is no longer that of its article.`,
		`  readout build
  readout build -C desk
  readout -C desk build --output /srv/www/desk --base-url https://example.org/desk/`,
		func(s *siteFolder) error {
			defer a.interruptible()()
			if timings {
				a.watch = newStopwatch()
			}
			defer a.sayTimings()
			a.compress = compress
			return a.build(s, out)
		})
	cmd.Flags().StringVarP(&out, "output", "o", "", "write the site to `FOLDER`, seen from where the command runs, instead of public/ in the site")
	cmd.Flags().BoolVar(&compress, "compress", false, "write a compressed file beside each file of text, for a server that hands those out")
	cmd.Flags().BoolVar(&timings, "timings", false, "say where the time went")
	a.withBaseURL(cmd)
	return cmd
}

func (a *app) build(s *siteFolder, out string) error {
	if out != "" {
		if err := s.apart(out); err != nil {
			return err
		}
	}
	if err := s.lock(); err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(s.name, outputFolder)
	}
	pace(heapFor)
	go engine() // which takes a moment
	a.articles, a.edited = -1, 0
	// One that asks for the gathered site wants it made.
	s.saw = s.look()
	done := s.gathered == nil && a.upToDate(s, out, s.saw)
	a.watch.done("looking for changes")
	if done {
		return nil
	}
	if s.gathered == nil {
		if done, err := a.buildEdited(s, out); done || err != nil {
			return err
		}
	}
	same := a.lastAsNow(s, out)
	if err := s.forget(out); err != nil {
		return err
	}
	if s.has("seeds") && !s.seedsDone {
		if err := a.brief(s); err != nil {
			return err
		}
		s.lookAtContent(&s.saw)
	}
	s.digests = a.openDigests(s)
	// What is known of the output folder and the pages is read while the content is.
	opened := make(chan target, 1)
	go func() { opened <- a.openTarget(s, out, same) }()
	to := sync.OnceValue(func() target { return <-opened })
	defer func() { to().close() }()
	defer s.later.Wait()
	failed, err := a.render(s, s.has("seeds"), to)
	if err != nil {
		return err
	}
	w, past := to().writer, to().past
	if failed && !s.withheldAnew {
		// A page that could not be made this time stays as it was, unless it has more
		// of its article than may be published from now on.
		w.KeepOld()
		if err := w.MendOld(".html", newMender(w.Read).page); err != nil {
			return err
		}
	}
	stats, err := w.Commit()
	a.watch.done("removing what is left over")
	if err != nil {
		return err
	}
	for _, name := range stats.Kept {
		a.report.say("left %s in %s: it was changed by hand and is no part of the site", name, out)
	}
	a.sayOld(s, stats.Old)
	a.sayFiles(out, stats)
	left, told := past.keep(out)
	a.watch.done("noting what was built")
	if a.report.failed() {
		return errReported
	}
	if !s.seedsDone {
		a.remember(s, out, s.saw, stats, left, told)
	}
	return nil
}

// A target is where a build writes to, and what is known of what lies there.
type target struct {
	sink   output.Sink
	writer *output.Writer // the sink; nil where that is another
	past   *pageLog       // nil where nothing is known
	err    error
}

// openTarget opens the output folder. That the last build was told the same tells of
// compressed files that they are as this one would make them.
func (a *app) openTarget(s *siteFolder, out string, same bool) target {
	w, err := output.NewWriterIn(out, a.open)
	if err != nil {
		if e := (*output.ForeignError)(nil); errors.As(err, &e) {
			err = hinted("choose an empty or new folder with --output, or move those files away", "%w", err)
		} else if e := (*output.ListError)(nil); errors.As(err, &e) {
			err = hinted("readout cannot tell its files there from others: look that nothing of your own is in "+filepath.Dir(filepath.FromSlash(e.File))+", remove that folder, and run 'readout build' again", "%w", err)
		}
		return target{err: err}
	}
	if a.compress {
		w.Compress(same)
	}
	return target{sink: w, writer: w, past: a.openPages(s, out, w)}
}

func (t target) close() {
	t.past.close()
	if t.writer != nil {
		t.writer.Close()
	}
}

// sayOld says of which content files that are at fault a page of an earlier build
// is still there, and which pages are there of briefings that somebody has removed.
func (a *app) sayOld(s *siteFolder, old []string) {
	for _, d := range slices.Clone(a.report.list) {
		name, ok := strings.CutPrefix(d.File, "content/")
		if !ok || d.Severity != diag.Error {
			continue
		}
		page := strings.TrimSuffix(name, ".md") + ".html"
		i := slices.Index(old, page)
		if i < 0 { // the file may have had the name that its slug has
			page = path.Join(path.Dir(name), s.slugIn(d.File)+".html")
			i = slices.Index(old, page)
		}
		if i < 0 {
			continue
		}
		old = slices.Delete(slices.Clone(old), i, i+1) // a file may have several faults
		a.report.diagnostic(diag.Diagnostic{
			File: d.File, ID: "page-old", Severity: diag.Warning,
			Message: "the page made of it before, " + page + ", stays online until the file is mended or removed",
		})
	}
	for _, page := range old {
		if path.Dir(page) == "briefings" && path.Ext(page) == ".html" {
			a.report.diagnostic(diag.Diagnostic{
				File: page, ID: "page-gone", Severity: diag.Warning,
				Message: "its briefing is gone, but the page, its text and its words in the search stay online: while a file cannot be read it is not known what else leads there",
				Hint:    "mend or remove the files that are named above as errors and build again: it goes then",
			})
		}
	}
}

// slugLine is a line of front matter that gives a slug.
var slugLine = regexp.MustCompile(`(?m)^slug:[ \t]*['"]?([^'"\r\n]*?)['"]?[ \t]*\r?$`)

// slugIn is the slug that a content file gives itself, which may be at fault.
func (s *siteFolder) slugIn(name string) string {
	src, err := plainfile.Read(s.root.FS(), name)
	if err != nil {
		return ""
	}
	if m := slugLine.FindSubmatch(src); m != nil {
		return string(m[1])
	}
	return ""
}

func (a *app) sayFiles(out string, stats output.Stats) {
	a.report.say("%s in %s: %d written, %d unchanged, %d removed", counted(stats.Files, "file"), out, stats.Written, stats.Files-stats.Written, stats.Removed)
}

// sources are the folders of a site that a website is never written to.
var sources = []string{"seeds", "content", "templates", "internal", "docs", ".git", cacheFolder}

// apart returns an error where the output folder is one of the site's
// own folders, in one, or above one.
func (s *siteFolder) apart(out string) error {
	target := resolved(out)
	for _, name := range sources {
		own := resolved(filepath.Join(s.name, name))
		if within(target, own) || within(own, target) {
			return &statusError{exitUsage, hinted("choose a folder of its own with --output", "the website cannot be written to %s: the site has its own %s there", out, name)}
		}
	}
	return nil
}

// resolved returns the absolute path of a file, links followed as far as it is
// there.
func resolved(name string) string {
	name, err := filepath.Abs(name)
	if err != nil {
		return filepath.Clean(name)
	}
	rest := ""
	for at := name; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest)
		}
		if at == filepath.Dir(at) {
			return name
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// within reports whether name is dir or lies in it.
func within(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// misquotes tells where the edited text of a briefing is not its article's, or
// what it quotes of it does not stand there. What was found to be in order and has
// not changed since is not looked at again.
func (s *siteFolder) misquotes(kept *digests, name string, edited func() bool) diag.List {
	if s.asIs || kept.sound(name) || !edited() {
		return nil
	}
	return verify.Text(verify.Input{Site: s.root.FS(), Limits: s.limits}, name)
}

// edited reports whether a briefing is not as it was generated.
func (s *siteFolder) edited(name string) bool {
	now, err := plainfile.Read(s.root.FS(), name)
	if err != nil {
		return false
	}
	base, err := plainfile.Read(s.root.FS(), path.Join("content/.base", path.Base(name)))
	return err != nil || !bytes.Equal(now, base)
}

// render makes the site from its content and gives each file to a sink, which it asks
// for when the content is read. It reports whether a part could not be made. With
// stories, those that have no file get one.
func (a *app) render(s *siteFolder, stories bool, to func() target) (failed bool, err error) {
	read, gathered, diags, err := a.gather(s, stories)
	if err == nil {
		err = to().err
	}
	if err != nil {
		return true, err
	}
	sink, past := to().sink, to().past
	n := a.report.all(diags)
	_, again := sink.(*comparison)
	if err := a.checkSettings(s, read.tree, !again); err != nil {
		return true, err
	}
	rest, err := a.renderSite(s, read, gathered, sink, past)
	return n > 0 || rest, err
}

// renderSite makes the pages of a site that has been gathered.
func (a *app) renderSite(s *siteFolder, read *contents, gathered *site.Site, sink output.Sink, past *pageLog) (failed bool, err error) {
	n := 0
	opts := render.Options{Own: s.ownTemplates(), Pages: read.pages}
	if past != nil {
		opts.Past = past
		aside, done := s.aside(cacheFolder + "/search")
		defer done()
		opts.Aside = aside
	}
	if s.gathered != nil {
		s.gathered(gathered)
	}
	defer read.done()
	p := a.track("making pages", -1)
	diags, err := render.Render(gathered, overlay{over: s.templates(), base: templates.FS}, read.load, func(path string, data []byte) error {
		err := sink.Add(path, data)
		p.step()
		return err
	}, opts)
	a.finish(p)
	a.watch.done("making and writing pages")
	a.report.all(diags)
	// A link that leads to nothing is no page that could not be made.
	n += slices.DeleteFunc(slices.Clone(diags), func(d diag.Diagnostic) bool { return d.ID == render.Dangling }).Errors()
	if d := (diag.Diagnostic{}); errors.As(err, &d) {
		a.report.diagnostic(d)
		return true, errReported
	}
	return n > 0, err
}
