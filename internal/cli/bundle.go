package cli

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"readout/internal/bundle"
	"readout/internal/content"
	"readout/internal/render"
	"readout/internal/site"
	"readout/internal/slug"
)

// bundleFiles are the files that bundle is to write; "" for none of a kind.
type bundleFiles struct{ zip, single, epub string }

func (a *app) bundleCommand() *cobra.Command {
	var (
		files  bundleFiles
		limits bundle.Limits
	)
	cmd := a.siteCommand("bundle", "Pack the site into one file to hand over",
		`bundle does what build does, and packs the files of the website into a zip with
one folder. START-HERE.html in it says what it is and names its sources and their
digests; SHA256SUMS has the digest of every file. The same content gives the same
bytes. --single writes one HTML file that holds all pages, and --epub a book for
e-readers; given without --output, no zip is written.

--story, --since and --briefing limit what goes in, and what is given together
must all hold. Links to what is left out are left out too.`,
		`  readout bundle                      write NAME.zip, by the site's title
  readout bundle -o handover.zip --single handover.html
  readout bundle --epub week.epub --since 2024-05-01
  readout bundle --story night-ferry -o ferry.zip`,
		func(s *siteFolder) error { return a.bundle(s, files, limits) })
	f := cmd.Flags()
	f.StringVarP(&files.zip, "output", "o", "", "write the zip to `FILE`")
	f.StringVar(&files.single, "single", "", "write one HTML file that holds all pages to `FILE`")
	f.StringVar(&files.epub, "epub", "", "write a book to `FILE`")
	f.StringVar(&limits.Story, "story", "", "take the members of the story with that `SLUG`")
	f.StringVar(&limits.Since, "since", "", "take briefings dated on `DATE`, such as 2024-05-01, or after")
	f.StringSliceVar(&limits.Briefings, "briefing", nil, "take the briefings with these `SLUGS`, with commas between them or the flag repeated")
	_ = cmd.RegisterFlagCompletionFunc("story", a.completeValue("content/stories/*.md"))
	_ = cmd.RegisterFlagCompletionFunc("briefing", a.completeValue(contentPath("*")))
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if _, err := time.Parse(time.DateOnly, limits.Since); limits.Since != "" && err != nil {
			return usageErrorf("--since %q is no date such as 2024-05-01", limits.Since)
		}
		var names []string
		for _, name := range []string{files.zip, files.single, files.epub} {
			if name == "" {
				continue
			}
			if strings.HasPrefix(name, "-") {
				return usageErrorf("%s stands where the name of a file is due", name)
			}
			if name = filepath.Clean(name); slices.Contains(names, name) {
				return usageErrorf("%s is named for two bundles", name)
			}
			names = append(names, name)
		}
		return nil
	}
	a.withBaseURL(cmd)
	return cmd
}

func (a *app) bundle(s *siteFolder, files bundleFiles, limits bundle.Limits) error {
	defer a.interruptible()()
	for _, name := range []string{files.zip, files.single, files.epub} {
		if name == "" {
			continue
		}
		if err := checkBundle(name); err != nil {
			return err
		}
	}
	if err := s.lock(); err != nil {
		return err
	}
	s.saw = s.look()
	if s.has("seeds") {
		if err := a.brief(s); err != nil {
			return err
		}
		s.lookAtContent(&s.saw)
	}
	if s.part = !limits.None(); !s.part {
		s.digests = a.openDigests(s)
	}
	read, made, diags, err := a.gather(s, s.has("seeds"))
	if err != nil {
		return err
	}
	a.report.all(diags)
	if err := a.checkSettings(s, read.tree, true); err != nil {
		return err
	}
	if !limits.None() {
		read.pages = render.ContentPages(made)
		if made, err = a.limit(read, made, limits); err != nil {
			return err
		}
	}
	name := bundleName(read.tree.Index.Config.Title)
	if files == (bundleFiles{}) {
		files.zip = name + ".zip"
		if err := checkBundle(files.zip); err != nil {
			return err
		}
	}
	archive, err := bundle.NewArchive(name)
	if err != nil {
		return err
	}
	defer archive.Close()
	if _, err := a.renderSite(s, read, made, archive, nil); err != nil {
		return err
	}
	if !limits.None() {
		if err := archive.Unlink(); err != nil {
			return err
		}
	}
	write := func(file, what string, n int, to func(io.Writer) error) error {
		if err := bundle.WriteFile(file, a.open, to); err != nil {
			return err
		}
		a.report.say("%s: %d %s", file, n, what)
		return nil
	}
	if files.zip != "" {
		if err := write(files.zip, "files", archive.Len()+1, func(w io.Writer) error {
			_, err := archive.WriteTo(w)
			return err
		}); err != nil {
			return err
		}
	}
	if files.single != "" {
		if err := write(files.single, "files in one", archive.Len(), archive.WriteSingle); err != nil {
			return err
		}
	}
	if files.epub != "" {
		if err := write(files.epub, "chapters", len(made.Briefings)+len(made.Stories)+len(made.Pages), func(w io.Writer) error {
			return archive.WriteEPUB(w, made)
		}); err != nil {
			return err
		}
	}
	if a.report.failed() {
		return errReported
	}
	return nil
}

// checkBundle says before the work begins that a bundle could not be written.
func checkBundle(name string) error {
	err := bundle.Check(name)
	if e := (*bundle.InTheWayError)(nil); errors.As(err, &e) {
		return hinted("name another file, or move it away", "%w", err)
	}
	if err != nil {
		return hinted("make the folder first, or name another", "%w", err)
	}
	return nil
}

// bundleName names the folder in a bundle, and the bundle itself, by the title
// of the site.
func bundleName(title string) string {
	name := slug.Make(title)
	if len(name) > 40 {
		name = name[:40]
		if i := strings.LastIndexByte(name, '-'); i > 20 {
			name = name[:i]
		}
	}
	if name = strings.Trim(strings.ToValidUTF8(name, ""), "-"); name == "" {
		return "briefings"
	}
	return name
}

// limit leaves in what was read, of which all was gathered, what goes into the
// bundle, and gathers that.
func (a *app) limit(read *contents, all *site.Site, limits bundle.Limits) (*site.Site, error) {
	tree := read.tree
	undated, err := limits.Take(tree, all.Stories)
	if err != nil {
		return nil, hinted("the slug is the name of the file in content/, without its folder and .md", "%w", err)
	}
	if len(undated) > 0 {
		a.report.say("%s without a date left out: %s", counted(len(undated), "briefing"), strings.Join(undated, ", "))
	}
	if len(tree.Briefings) == 0 {
		return nil, hinted("loosen --story, --since or --briefing", "no briefing meets what the bundle is limited to")
	}
	gather := func() *site.Site {
		in := read.input()
		in.Only = map[string]bool{}
		for _, f := range tree.Briefings {
			in.Only[f.Meta.Slug] = true
		}
		// What is wrong with the content was said when all was gathered.
		s, _ := read.gatherer.Site(in)
		return s
	}
	// An editor's page of a name that no briefing left mentions goes, too.
	gathered, n := gather(), len(tree.Entities)
	tree.Entities = slices.DeleteFunc(tree.Entities, func(e *content.Entity) bool {
		x := gathered.Entity(e.Kind, e.Slug)
		return x != nil && x.Briefings() == 0
	})
	if len(tree.Entities) < n {
		gathered = gather()
	}
	return gathered, nil
}
