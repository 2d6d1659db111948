// Package watch tells which files below some folders of a site have changed.
// Its central type is Watcher. What editors and programs do to a file in quick
// succession (truncate it, write it, rename it into place) is told once, when it
// has been quiet for a moment.
package watch

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Quiet is how long nothing must happen before changes are told: long enough
// for a program that saves a file in several steps, too short to be noticed.
const Quiet = 15 * time.Millisecond

// longest is how long changes are held back at most while more of them come.
const longest = 20 * Quiet

// A Watcher watches folders below a site's. Its channels are closed when it is.
type Watcher struct {
	// Changes has the files that changed, as slash-separated paths relative to the
	// site, sorted and each once. A folder stands for all that may be in it.
	Changes <-chan []string
	// Errors has what went wrong while watching.
	Errors <-chan error

	dir     string
	folders []string
	notify  *fsnotify.Watcher
}

// New watches the folders of that name below dir, and all below them; they may
// come and go. Folders and files whose names begin with "." are left out, and so
// are the working files of editors.
func New(dir string, folders ...string) (*Watcher, error) {
	notify, err := fsnotify.NewBufferedWatcher(4096)
	if err != nil {
		return nil, err
	}
	w := &Watcher{dir: dir, folders: folders, notify: notify}
	if err := notify.Add(dir); err != nil {
		return nil, errors.Join(err, notify.Close())
	}
	for _, f := range folders {
		if err := w.add(f); err != nil {
			return nil, errors.Join(err, notify.Close())
		}
	}
	changed, changes, errs := make(chan string), make(chan []string), make(chan error, 1)
	w.Changes, w.Errors = changes, errs
	go w.translate(changed, errs)
	go Settle(changed, changes, Quiet, longest)
	return w, nil
}

// Close ends watching.
func (w *Watcher) Close() error { return w.notify.Close() }

// add watches a folder and all below it. What is not there is no error: it may
// come, or was a moment's work of an editor.
func (w *Watcher) add(folder string) error {
	root := filepath.Join(w.dir, filepath.FromSlash(folder))
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return nil
	}
	// WalkDir does not follow a link at its root; a site's folder may be one.
	if real, err := filepath.EvalSymlinks(root); err == nil && real != filepath.Clean(root) {
		if err := w.notify.Add(root); err != nil {
			return err
		}
	}
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != root && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

// translate turns what the system tells into paths of the site.
func (w *Watcher) translate(changed chan<- string, errs chan<- error) {
	defer close(changed)
	for {
		select {
		case e, ok := <-w.notify.Events:
			if !ok {
				return
			}
			rel, err := filepath.Rel(w.dir, e.Name)
			if err != nil {
				continue
			}
			name := filepath.ToSlash(rel)
			if !w.wanted(name) || e.Op == fsnotify.Chmod {
				continue
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					// What was put into it before it was watched is told with it.
					if err := w.add(name); err != nil {
						report(errs, err)
					}
				}
			}
			changed <- name
		case err, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				// It is not known what was lost: all of it may have changed.
				for _, f := range w.folders {
					changed <- f
				}
				continue
			}
			report(errs, err)
		}
	}
}

func report(errs chan<- error, err error) {
	select {
	case errs <- err:
	default: // one is being reported already
	}
}

// wanted reports whether a change of name is told.
func (w *Watcher) wanted(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	if !slices.Contains(w.folders, first) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return !working(path.Base(name))
}

// working reports whether a file of that name is one an editor makes for itself
// while it saves another.
func working(base string) bool {
	switch {
	case strings.HasSuffix(base, "~"), strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#"), base == "4913":
		return true
	}
	switch path.Ext(base) {
	case ".swp", ".swx", ".tmp", ".part", ".crdownload":
		return true
	}
	return strings.Contains(base, "___jb_")
}

// Settle collects what comes from in and sends it on, sorted and each once, when
// nothing has come for the time quiet, or has been coming for the time longest.
// It closes out when in is closed and all was sent.
func Settle(in <-chan string, out chan<- []string, quiet, longest time.Duration) {
	defer close(out)
	set := map[string]bool{}
	var calm, enough <-chan time.Time
	var ready chan<- []string // out once it is time
	var batch []string
	for {
		select {
		case name, ok := <-in:
			if !ok {
				if len(set) > 0 {
					out <- slices.Sorted(maps.Keys(set))
				}
				return
			}
			if len(set) == 0 {
				enough = time.After(longest)
			}
			set[name] = true
			calm = time.After(quiet)
			if ready != nil {
				batch = slices.Sorted(maps.Keys(set))
			}
		case <-calm:
			calm, ready, batch = nil, out, slices.Sorted(maps.Keys(set))
		case <-enough:
			enough, ready, batch = nil, out, slices.Sorted(maps.Keys(set))
		case ready <- batch:
			clear(set)
			calm, enough, ready, batch = nil, nil, nil, nil
		}
	}
}
