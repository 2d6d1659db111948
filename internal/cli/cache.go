package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"readout/internal/analysis"
	"readout/internal/article"
	"readout/internal/briefing"
	"readout/internal/diag"
	"readout/internal/numbered"
	"readout/internal/output"
	"readout/internal/plainfile"
	"readout/internal/stamp"
)

// cacheFolder is what a site keeps to build quickly. Nothing in it is needed: it
// may be removed, and a build that finds it damaged, or made by another readout,
// does without.
const cacheFolder = ".readout-cache"

// A lastBuild is what the last build saw and left. Where all of it is still so,
// a build has nothing to do. A build that reported an error leaves none.
type lastBuild struct {
	Engine   string // which readout it was
	Options  string // what it was told
	Before   stamp.Sum
	Content  stamp.Sum
	Stories  stamp.Sum
	Output   stamp.Sum
	Articles int // in seeds/; -1 where there was no such folder
	Edited   int // briefings that kept edits
	Files    int
	Warnings diag.List
}

// The folders that a build reads, by when it reads them, and so when their state
// is taken.
var (
	beforeFolders  = []string{"seeds", "templates"}
	contentFolders = []string{"content"}
	storyFolders   = []string{stories, "content/.base/stories"}
)

// saw is the state of what a build reads, each part taken before it is read.
type saw struct {
	before, content, stories stamp.Survey
	told                     bool // all of it could be told
	fresh                    bool // nothing was written since
}

// take takes the state of one part.
func (w *saw) take(s *siteFolder, to *stamp.Survey, folders []string, skip ...string) {
	survey, ok := stamp.Look(s.root.FS(), folders, stamp.Below(skip...))
	*to = survey
	w.told = w.told && ok
}

// look takes the state of all that a build reads.
func (s *siteFolder) look() saw {
	w := saw{told: true}
	w.take(s, &w.before, beforeFolders)
	s.lookAtContent(&w)
	w.fresh = true
	return w
}

// lookAtContent takes the state of content/, which a build first writes and then
// reads.
func (s *siteFolder) lookAtContent(w *saw) {
	w.take(s, &w.content, contentFolders, storyFolders...)
	w.take(s, &w.stories, storyFolders)
}

// outputState returns the state of the output folder, whose paths have numbers.
func outputState(out string, paths *numbered.Strings) (stamp.Survey, bool) {
	r, err := os.OpenRoot(out)
	if err != nil {
		return stamp.Survey{}, false
	}
	defer r.Close()
	return stamp.LookAt(paths, r.FS(), []string{"."}, nil)
}

// outputSum returns the state of the output folder as a whole.
func outputSum(out string) (stamp.Sum, bool) {
	r, err := os.OpenRoot(out)
	if err != nil {
		return stamp.Sum{}, false
	}
	defer r.Close()
	return stamp.Take(r.FS(), []string{"."}, nil)
}

// stampPath is where the last build to an output folder is noted.
func stampPath(out string) string {
	sum := sha256.Sum256([]byte(resolved(out)))
	return fmt.Sprintf("%s/build-%x", cacheFolder, sum[:6])
}

// upToDate reports whether the site is as the last build left it, and whether
// that is all it was told to do. It says so as a build would.
func (a *app) upToDate(s *siteFolder, out string, w saw) bool {
	var last lastBuild
	if !a.cache || !w.told || !readCache(s, stampPath(out), &last) {
		return false
	}
	if !a.sameBuild(&last) || last.Before != w.before.Sum || last.Content != w.content.Sum || last.Stories != w.stories.Sum {
		return false
	}
	if left, ok := outputSum(out); !ok || left != last.Output {
		return false
	}
	a.report.all(last.Warnings)
	if last.Articles >= 0 {
		a.sayArticles(last.Articles, 0, last.Articles-last.Edited, last.Edited)
	}
	a.sayFiles(out, output.Stats{Files: last.Files})
	return true
}

// lastAsNow reports whether the last build was by this program, told the same.
func (a *app) lastAsNow(s *siteFolder, out string) bool {
	var last lastBuild
	return a.cache && readCache(s, stampPath(out), &last) && a.sameBuild(&last)
}

// sameBuild reports whether a build was by this program, told the same.
func (a *app) sameBuild(last *lastBuild) bool {
	return last.Engine == engine() && last.Engine != "" && last.Options == a.options()
}

// options are what changes a build from the command line.
func (a *app) options() string {
	return fmt.Sprintf("%q %d %q %v", a.baseURL, a.maxSeed, a.raised, a.compress)
}

// forget takes back what is noted of the last build: another begins.
func (s *siteFolder) forget(out string) error {
	err := s.root.Remove(stampPath(out))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// remember notes a build that has succeeded. That it cannot is no failure.
func (a *app) remember(s *siteFolder, out string, w saw, stats output.Stats, left stamp.Survey, ok bool) {
	if !a.cache || !ok || !w.told || len(stats.Kept) > 0 {
		return
	}
	last := lastBuild{
		Engine: engine(), Options: a.options(), Before: w.before.Sum, Content: w.content.Sum, Stories: w.stories.Sum, Output: left.Sum,
		Articles: a.articles, Edited: a.edited, Files: stats.Files, Warnings: a.report.said(),
	}
	keepStates(s, out, w.content.Files)
	writeCache(s, stampPath(out), last)
}

// engine tells one readout from another: by the digest of the program. It is ""
// where that cannot be read.
var engine = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(filepath.Clean(name))
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return fmt.Sprintf("%x", h.Sum(nil))
})

// writeCache keeps a value, after a line with the digest of its bytes.
func writeCache(s *siteFolder, name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return
	}
	sum := sha256.Sum256(data)
	file := append(fmt.Appendf(nil, "%x\n", sum), data...)
	// What cannot be kept is made again.
	if _, err := output.WriteFile(s.root, cacheFolder+"/.gitignore", []byte("*\n"), false); err == nil {
		_, _ = output.WriteFile(s.root, name, file, false)
	}
}

// readCache reads what writeCache kept, and reports whether it is whole.
func readCache(s *siteFolder, name string, v any) bool {
	file, err := plainfile.Read(s.root.FS(), name)
	if err != nil {
		return false
	}
	line, data, _ := bytes.Cut(file, []byte("\n"))
	sum := sha256.Sum256(data)
	return string(line) == fmt.Sprintf("%x", sum) && json.Unmarshal(data, v) == nil
}

// generatedPath is where it is noted which briefings were generated from what.
const generatedPath = cacheFolder + "/generated"

// generated knows of articles that were analysed what came of it: the digest of
// the content file by that of all its analysis saw. The file itself is the base
// of the briefing.
type generated struct {
	Engine string
	Of     map[string]string

	mu  sync.Mutex
	new map[string]string
}

func (a *app) readGenerated(s *siteFolder) *generated {
	g := &generated{}
	if !a.cache {
		return g
	}
	if !readCache(s, generatedPath, g) || g.Engine == "" || g.Engine != engine() {
		*g = generated{}
	}
	g.Engine, g.new = engine(), map[string]string{}
	return g
}

// keep writes down what was generated in this run.
func (g *generated) keep(s *siteFolder) {
	if g.Engine != "" {
		writeCache(s, generatedPath, generated{Engine: g.Engine, Of: g.new})
	}
}

// file returns the content file of an article: as it was generated before, where
// that is at hand, or else anew.
func (g *generated) file(s *siteFolder, pipeline *analysis.Pipeline, art *article.Article, slug string) ([]byte, error) {
	data, err := json.Marshal(struct {
		Article *article.Article
		Slug    string
	}{art, slug})
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%x", sha256.Sum256(data))
	if want := g.Of[key]; want != "" {
		base, err := plainfile.Read(s.root.FS(), briefing.BasePath(slug))
		if err == nil && fmt.Sprintf("%x", sha256.Sum256(base)) == want {
			g.note(key, want)
			return base, nil
		}
	}
	file, err := briefing.Compose(pipeline.Run(art), slug).Markdown()
	if err == nil {
		g.note(key, fmt.Sprintf("%x", sha256.Sum256(file)))
	}
	return file, err
}

func (g *generated) note(key, sum string) {
	if g.new == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.new[key] = sum
}
