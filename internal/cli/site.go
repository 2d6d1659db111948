package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"readout/internal/content"
	"readout/internal/limit"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/internal/site"
)

// A siteFolder is the folder of a site, opened and locked. All reading and
// writing below it goes through root, which no link leads out of.
type siteFolder struct {
	name   string
	root   output.Folder
	unlock func()
	limits limit.Set
	unread map[string]bool // slugs of the briefings that brief could not read
	// part says that only a part of the site will be made, after all of it was
	// gathered.
	part bool
	// saw is the state of what the build at hand reads.
	saw saw
	// digests are those of the last build, from when they are opened until the
	// content is read.
	digests *digests
	// seedsDone says that nothing is new in seeds/: a build begins at content/.
	seedsDone bool
	// gathered is told the site of which pages are about to be made; may be nil.
	gathered func(*site.Site)
	// asIs takes the briefings as they are written, also where they misquote.
	asIs bool
	// withheldAnew reports that less of the articles is published than at the last build.
	withheldAnew bool
	// details are those of the briefings as last opened; nil where there are none.
	details *detailsFile
	parsed  *detailsFile // of contents, while it is there
	// later is what is written to the cache while a build goes on.
	later sync.WaitGroup
	// noted is told what a build reads of content/; may be nil.
	noted func(name string, data []byte) bool
}

// openSite opens the site in the folder given as an argument or with -C.
func (a *app) openSite(args []string) (*siteFolder, error) {
	s := &siteFolder{name: a.dir}
	if len(args) > 0 {
		s.name = args[0]
	}
	root, err := a.open(s.name)
	if err != nil {
		return nil, hinted("name the folder of a site with -C DIR, or make one with 'readout new DIR'", "%s cannot be opened: %w", s.name, bare(err))
	}
	s.root = root
	if !s.has("seeds") && !s.has("content") {
		root.Close()
		return nil, hinted("run 'readout new DIR' to make a site, or name the folder of one with -C DIR", "%s is not a site: it has neither a folder seeds nor a folder content", s.name)
	}
	if s.limits, err = a.limits(s.ownLimits()); err != nil {
		root.Close()
		return nil, err
	}
	return s, nil
}

// ownLimits returns the limits that the settings of the site have. Where they
// cannot be read the defaults hold; the build says what is wrong with them.
func (s *siteFolder) ownLimits() limit.Set {
	src, err := plainfile.Read(s.root.FS(), content.IndexPath)
	if err != nil {
		return limit.Set{}
	}
	x, _ := content.ParseIndex(content.IndexPath, src)
	return x.Config.Set()
}

// reader reads content files within the limits of the site.
func (s *siteFolder) reader() content.Reader { return content.Reader{Limits: s.limits} }

// lock keeps other runs off the site.
func (s *siteFolder) lock() error {
	unlock, err := output.Lock(s.name)
	if e := (*output.BusyError)(nil); errors.As(err, &e) {
		return hinted("wait until it has finished; the lock goes with the run that holds it", "%w", err)
	}
	s.unlock = unlock
	return err
}

func (s *siteFolder) close() {
	s.later.Wait()
	if s.parsed != nil {
		s.parsed.remove()
	}
	if s.details != nil {
		s.details.close()
	}
	if s.unlock != nil {
		s.unlock()
	}
	s.root.Close()
}

// has reports whether the site has a folder of that name.
func (s *siteFolder) has(name string) bool {
	info, err := s.root.Stat(name)
	return err == nil && info.IsDir()
}

// An overlay is a file system in which the files of over stand in for those of
// base.
type overlay struct{ over, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	err := plainfile.Check(o.over, name)
	if err == nil {
		return o.over.Open(name)
	}
	if info, statErr := fs.Stat(o.over, name); statErr == nil && !info.IsDir() {
		return nil, fmt.Errorf("templates/%s: %w", name, bare(err))
	}
	return o.base.Open(name)
}

// Stat finds what Open would open, or say is no file.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if info, err := fs.Stat(o.over, name); err == nil && !info.IsDir() {
		return info, nil
	}
	return fs.Stat(o.base, name)
}

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.base, name)
	more, moreErr := fs.ReadDir(o.over, name)
	if err != nil && moreErr != nil {
		return nil, err
	}
	for _, e := range more {
		if !slices.ContainsFunc(entries, func(x fs.DirEntry) bool { return x.Name() == e.Name() }) {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int {
		if a.Name() < b.Name() {
			return -1
		}
		return 1
	})
	return entries, nil
}

// siteCommand makes a command that takes a site's folder.
func (a *app) siteCommand(use, short, long, example string, run func(*siteFolder) error) *cobra.Command {
	return &cobra.Command{
		Use: use + " [DIR]", Short: short, Long: long, Example: example, Args: atMost(1), ValidArgsFunction: completeFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := a.openSite(args)
			if err != nil {
				return err
			}
			defer s.close()
			return run(s)
		},
	}
}

// withBaseURL gives a command that makes pages the flag --base-url.
func (a *app) withBaseURL(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.baseURL, "base-url", "", "the `URL` the site is published at, instead of base_url in content/index.md")
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if a.baseURL != "" && !content.IsBaseURL(a.baseURL) {
			return &statusError{exitUsage, hinted("write it as https://example.org/desk/", "--base-url %q is not the address of a site", a.baseURL)}
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
}

// ownTemplates reports whether the site has templates of pages of its own.
func (s *siteFolder) ownTemplates() bool {
	entries, err := fs.ReadDir(s.root.FS(), "templates/pages")
	return err == nil && len(entries) > 0
}

// templates returns the site's own templates and assets.
func (s *siteFolder) templates() fs.FS { return subfolder{s.root.FS(), "templates"} }

// A subfolder is a folder of a file system. Unlike what fs.Sub returns it tells
// what a file is without opening it.
type subfolder struct {
	fsys fs.FS
	name string
}

func (s subfolder) Open(name string) (fs.File, error) { return s.fsys.Open(path.Join(s.name, name)) }

func (s subfolder) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(s.fsys, path.Join(s.name, name))
}
