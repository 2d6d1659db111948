package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"readout/internal/numbered"
)

// A ForeignError says that a folder holds files readout did not make, so that
// it will not write there.
type ForeignError struct {
	Dir  string
	File string // one of them
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("the folder %s holds files that readout did not make, such as %s", e.Dir, e.File)
}

// Stats counts what a Writer did.
type Stats struct {
	Files   int // all files of the output
	Written int // of them those that were new or changed
	Removed int // files of an earlier run
	// Kept are paths of an earlier run that somebody changed since, and that
	// are therefore left where they are, in order.
	Kept []string
	// Old are paths of an earlier run that were not added this time and stay all
	// the same (see KeepOld), in order.
	Old []string
}

// A Writer is a Sink that writes to a folder.
type Writer struct {
	name string
	dir  Folder

	mu      sync.Mutex
	files   *ledger
	made    map[string]bool // folders known to be there
	journal Handle
	torn    error // why the journal cannot be written to any more
	stats   Stats
	keepOld bool
	touched []string // see Touched
	folders bool     // some were made or removed
	packs   bool     // see Compress
	trust   bool
}

// NewWriter opens the output folder dir, and makes it if need be. It returns a
// ForeignError where the folder holds anything but hidden files and no manifest
// of ours. The caller calls Commit when all files were added, and Close in any
// case; without Commit nothing is removed, and the next Writer goes on from
// there.
func NewWriter(dir string) (*Writer, error) { return NewWriterIn(dir, OpenFolder) }

// NewWriterIn is NewWriter for a folder that open opens.
func NewWriterIn(dir string, open Opener) (*Writer, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	r, err := open(dir)
	if err != nil {
		return nil, err
	}
	return newWriter(dir, hold(r))
}

func newWriter(name string, dir Folder) (w *Writer, err error) {
	w = &Writer{name: name, dir: dir, files: newLedger(), made: map[string]bool{".": true}}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.Close())
			w = nil
		}
	}()
	ours, broken := false, false
	for _, list := range []string{ManifestName, journalName} {
		f, err := dir.OpenFile(list, os.O_RDONLY, 0)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		ours, broken = true, list == journalName
		if err != nil {
			return w, err
		}
		err = parseList(path.Join(name, list), f, broken, w.files.known)
		if err = errors.Join(err, f.Close()); err != nil {
			return w, err
		}
	}
	if !ours {
		entries, err := fs.ReadDir(dir.FS(), ".")
		if err != nil {
			return w, err
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), ".") {
				return w, &ForeignError{name, e.Name()}
			}
		}
	}
	if broken {
		if err := CleanTemporary(dir, "."); err != nil {
			return w, err
		}
	}
	return w, nil
}

// Add writes the file, unless it is there already as it should be.
func (w *Writer) Add(name string, data []byte) error {
	unchanged, err := w.add(name, data)
	if err != nil {
		return err
	}
	return w.pack(name, data, unchanged)
}

// add writes one file, and reports whether it was there already.
func (w *Writer) add(name string, data []byte) (unchanged bool, err error) {
	s := sum(sha256.Sum256(data))
	if err := w.enter(name, s); err != nil {
		return false, err
	}
	same, there, err := holds(w.dir, name, data)
	if err != nil {
		return false, w.failed(name, err)
	}
	if same {
		return true, nil
	}
	if there && len(w.earlier(name)) == 0 {
		return false, fmt.Errorf("%s is in the way: readout did not make it", path.Join(w.name, name))
	}
	if err := w.announce(name, s); err != nil {
		return false, w.failed(name, err)
	}
	if err := replace(w.dir, name, data, false); err != nil {
		return false, w.failed(name, err)
	}
	w.mu.Lock()
	w.stats.Written++
	w.touched = append(w.touched, name)
	w.mu.Unlock()
	return false, nil
}

// enter takes a file into the manifest.
func (w *Writer) enter(name string, s sum) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.files.add(name, s); err != nil {
		return err
	}
	w.stats.Files++
	return nil
}

// earlier returns the digests that a file may have from earlier runs.
func (w *Writer) earlier(name string) []sum {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.files.earlier(w.files.paths.Number(name))
}

// Paths has numbers for the paths of files in the folder, for those who would
// else have to hold all paths as well.
func (w *Writer) Paths() *numbered.Strings { return w.files.paths }

// Keep counts files as added that lie in the folder as an earlier run wrote them,
// which the caller vouches for. They are named by the numbers of their Paths. It
// reports false, and counts none, where one of them is not on the list of that run,
// or was added already.
func (w *Writer) Keep(paths []int32) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range paths {
		f := w.files.of(int(n))
		if f.was != oneForm || f.added != notAdded {
			return false
		}
		if !w.files.plain(int(n)) {
			if _, added := w.files.taken(w.files.paths.String(int(n))); added {
				return false
			}
		}
	}
	for _, n := range paths {
		switch f := w.files.of(int(n)); {
		case w.files.plain(int(n)):
			w.files.enter(int(n), f.sum)
		case w.files.add(w.files.paths.String(int(n)), f.sum) != nil:
			return false
		}
		w.stats.Files++
	}
	return true
}

// Read returns a file of the folder.
func (w *Writer) Read(name string) ([]byte, error) {
	var b bytes.Buffer
	err := read(w.dir, name, &b)
	return b.Bytes(), err
}

// announce notes in the journal what is about to be written, and makes the
// folder for it.
func (w *Writer) announce(name string, s sum) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.note(appendLine(nil, name, s)); err != nil {
		return err
	}
	if d := path.Dir(name); !w.made[d] {
		if _, err := w.dir.Lstat(d); err != nil {
			w.folders = true
		}
		if err := w.dir.MkdirAll(d, 0o777); err != nil {
			return err
		}
		w.made[d] = true
	}
	return nil
}

// note appends to the journal.
func (w *Writer) note(line []byte) error {
	// After a line that was not written whole none may follow: the two would
	// read as one.
	if w.torn != nil {
		return w.torn
	}
	if w.journal == nil {
		f, err := w.dir.OpenFile(journalName, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
		if err != nil {
			return err
		}
		w.journal = f
		// A journal that was cut short in a line goes on in a new one.
		if info, err := f.Stat(); err != nil {
			return err
		} else if info.Size() > 0 {
			if err := w.mendJournal(); err != nil {
				return err
			}
		}
	}
	_, w.torn = w.journal.Write(line)
	return w.torn
}

// mendJournal writes anew what the journal of a run that broke off says, so
// that a line cut short does not spoil the next.
func (w *Writer) mendJournal() error {
	err := errors.Join(w.journal.Close(), Replace(w.dir, journalName, false, buffered(w.files.writeEarlier)))
	if err != nil {
		return err
	}
	f, err := w.dir.OpenFile(journalName, os.O_WRONLY|os.O_APPEND, 0o666)
	w.journal = f
	return err
}

// KeepOld makes Commit leave files of earlier runs in place that were not added
// this time. It is for a run that could not make all it should.
func (w *Writer) KeepOld() { w.keepOld = true }

// MendOld hands mend each file of earlier runs with that ending that was not added this
// time and is as such a run wrote it, and puts what it returns in its place. It is for
// files that KeepOld leaves, of which some may fit the others no more.
func (w *Writer) MendOld(ending string, mend func(name string, data []byte) []byte) error {
	w.mu.Lock()
	left := w.files.left()
	w.mu.Unlock()
	for _, n := range left {
		name := w.files.paths.String(n)
		if path.Ext(name) != ending {
			continue
		}
		data, err := w.Read(name)
		if err != nil || !slices.Contains(w.earlier(name), sum(sha256.Sum256(data))) {
			continue // Commit says what of it
		}
		is := mend(name, data)
		if bytes.Equal(is, data) {
			continue
		}
		if err := w.Add(name, is); err != nil {
			return err
		}
		w.stats.Old = append(w.stats.Old, name)
	}
	return nil
}

// Commit removes the files of earlier runs that were not added this time, and
// writes the manifest.
func (w *Writer) Commit() (Stats, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range w.files.left() {
		name := w.files.paths.String(n)
		if w.keepOld {
			if err := w.carryOver(n, name); err != nil {
				return w.stats, w.failed(name, err)
			}
			continue
		}
		if err := w.removeStale(n, name); err != nil {
			return w.stats, w.failed(name, err)
		}
	}
	slices.Sort(w.stats.Old)
	same, err := holdsWritten(w.dir, ManifestName, w.files.write)
	if err == nil && !same {
		err = Replace(w.dir, ManifestName, false, buffered(w.files.write))
	}
	if err != nil {
		return w.stats, w.failed(ManifestName, err)
	}
	if err := w.closeJournal(); err != nil {
		return w.stats, w.failed(journalName, err)
	}
	if err := w.dir.Remove(journalName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return w.stats, w.failed(journalName, err)
	}
	return w.stats, nil
}

// carryOver takes a file of an earlier run into the manifest, if it still is
// what that run wrote.
func (w *Writer) carryOver(n int, name string) error {
	var b bytes.Buffer
	err := read(w.dir, name, &b)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if s := sum(sha256.Sum256(b.Bytes())); err == nil && slices.Contains(w.files.earlier(n), s) {
		w.files.enter(n, s)
		w.stats.Old = append(w.stats.Old, name)
	}
	return err
}

// removeStale removes a file of an earlier run, if it still is what that run
// wrote, and then the folders it leaves empty.
func (w *Writer) removeStale(n int, name string) error {
	info, err := w.dir.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if other, ok := w.files.taken(name); ok {
		// Some file systems take a.html and A.html for one file.
		if o, err := w.dir.Lstat(other); err == nil && os.SameFile(info, o) {
			return nil
		}
	}
	ours := false
	if info.Mode().IsRegular() {
		var b bytes.Buffer
		if err := read(w.dir, name, &b); err != nil {
			return err
		}
		ours = slices.Contains(w.files.earlier(n), sum(sha256.Sum256(b.Bytes())))
	}
	if !ours {
		w.stats.Kept = append(w.stats.Kept, name)
		return nil
	}
	if err := w.dir.Remove(name); err != nil {
		return err
	}
	w.stats.Removed++
	w.touched = append(w.touched, name)
	for d := path.Dir(name); d != "."; d = path.Dir(d) {
		// This fails on a folder that is not empty, as it should.
		if w.dir.Remove(d) != nil {
			break
		}
		w.folders = true
	}
	return nil
}

// Touched returns the paths of the files that were written or removed, and of the lists
// of the Writer's own, which Commit writes and removes. It reports false where a folder
// was made or removed besides.
func (w *Writer) Touched() (files, lists []string, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.touched), []string{ManifestName, journalName}, !w.folders
}

// Close lets go of the folder.
func (w *Writer) Close() error { return errors.Join(w.closeJournal(), w.dir.Close()) }

func (w *Writer) closeJournal() error {
	if w.journal == nil {
		return nil
	}
	err := w.journal.Close()
	w.journal = nil
	return err
}

func (w *Writer) failed(name string, err error) error {
	// The operation and the path in a PathError are those of a temporary file.
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	} else if e := (*os.LinkError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("cannot write %s: %w", path.Join(w.name, name), err)
}
