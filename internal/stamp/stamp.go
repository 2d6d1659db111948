// Package stamp tells in a moment whether anything in some folders has changed
// since they were last looked at, as far as the file system can tell: by the
// name, the size, the times and the number of each file, not by what is in it.
//
// Of the times the one that counts is when the file system last changed
// anything about a file (ctime), which no program can set. A file that was
// changed within the same tick of the clock could still escape; Take waits until
// the last change is a few ticks old, so that a later one must show.
package stamp

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"time"

	"readout/internal/numbered"
)

// A Sum stands for the state of some folders: it has the ID of each file and
// folder in it. Its zero value equals no other.
type Sum [16]byte

// Change returns the Sum of the same folders when one file has another ID.
func (s Sum) Change(from, to ID) Sum {
	for i := range s {
		s[i] ^= from[i] ^ to[i]
	}
	return s
}

// tick is more than the time in which two changes of a file may look the same.
const tick = 50 * time.Millisecond

// errUntold reports that the file system does not tell enough.
var errUntold = errors.New("what the file system tells is not enough")

// An ID stands for the state of one file. Its zero value equals no other.
type ID [16]byte

// A Survey is the state of some folders: as a whole, and of each file in them.
type Survey struct {
	Sum   Sum
	Files States
}

// States are the states of files, by their paths. Its zero value has none.
type States struct {
	names *numbered.Strings
	ids   []ID // by the numbers of the paths; zero for what is no file here
	n     int
}

// ID returns the state of a file; its zero value where there is no such file.
func (s *States) ID(path string) ID {
	if s.names == nil {
		return ID{}
	}
	return s.Numbered(s.names.Find(path))
}

// Numbered is ID for a file by the number of its path.
func (s *States) Numbered(path int) ID {
	if path < 0 || path >= len(s.ids) {
		return ID{}
	}
	return s.ids[path]
}

// Len returns how many files there are.
func (s *States) Len() int { return s.n }

// Paths returns their paths, in no order.
func (s *States) Paths() []string {
	paths := make([]string, 0, s.n)
	for n, id := range s.ids {
		if id != (ID{}) {
			paths = append(paths, s.names.String(n))
		}
	}
	return paths
}

// set notes the state of a file; the zero value where it is gone.
func (s *States) set(path string, id ID) {
	n := s.names.Number(path)
	if n >= len(s.ids) {
		s.ids = append(s.ids, make([]ID, n+1-len(s.ids))...)
	}
	if s.ids[n] != (ID{}) {
		s.n--
	}
	if id != (ID{}) {
		s.n++
	}
	s.ids[n] = id
}

// Take returns the state of the named folders of a file system of the operating
// system; one that is not there is a state, too. Skip leaves out files and
// folders by their path. It reports false where it cannot be told: on a system
// or a file system whose times are too coarse, or where there are links, which
// lead to what is not looked at.
func Take(fsys fs.FS, folders []string, skip func(name string) bool) (Sum, bool) {
	s, ok := take(fsys, folders, skip, nil)
	return s.Sum, ok
}

// Look is Take that tells of each file besides.
func Look(fsys fs.FS, folders []string, skip func(name string) bool) (Survey, bool) {
	return LookAt(new(numbered.Strings), fsys, folders, skip)
}

// LookAt is Look for somebody who has numbers for paths: the files are known by
// these, and paths that are new get one.
func LookAt(paths *numbered.Strings, fsys fs.FS, folders []string, skip func(name string) bool) (Survey, bool) {
	return take(fsys, folders, skip, paths)
}

// take looks at each file as well where there are paths.
func take(fsys fs.FS, folders []string, skip func(name string) bool, paths *numbered.Strings) (Survey, bool) {
	const patience = 4
	for range patience {
		w := &walk{fsys: fsys, skip: skip, room: make(chan struct{}, runtime.GOMAXPROCS(0)), files: States{names: paths}}
		for _, f := range folders {
			w.group.Go(func() { w.folder(f) })
		}
		w.group.Wait()
		age := time.Since(w.latest)
		switch {
		case w.err != nil || age < 0 || w.latest.Nanosecond() == 0 && age < 3*time.Second && !w.latest.IsZero():
			return Survey{}, false
		case age >= tick:
			return Survey{w.sum, w.files}, true
		}
		time.Sleep(tick - age)
	}
	return Survey{}, false
}

// A walk looks at folders. What it finds is the same in whatever order it looks.
type walk struct {
	fsys  fs.FS
	skip  func(string) bool
	room  chan struct{} // for those that look at once
	group sync.WaitGroup

	mu     sync.Mutex
	sum    Sum
	files  States    // without names where they are not asked for
	latest time.Time // the last change
	err    error
}

// part is how many files are looked at in one go.
const part = 512

// folder looks at a folder, while others may look at those in it.
func (w *walk) folder(name string) {
	w.room <- struct{}{}
	defer func() { <-w.room }()
	f, err := w.fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		w.found(entryID("-", name, nil))
		return
	}
	if err != nil {
		w.failed(err)
		return
	}
	defer f.Close()
	dir, ok := f.(fs.ReadDirFile)
	if !ok {
		w.failed(errUntold)
		return
	}
	w.found(entryID("d", name, nil))
	for {
		entries, err := dir.ReadDir(part)
		if err != nil && err != io.EOF {
			w.failed(err)
			return
		}
		if !w.look(name, entries) || err == io.EOF {
			return
		}
	}
}

// look looks at some of what is in a folder.
func (w *walk) look(folder string, entries []fs.DirEntry) bool {
	var paths []string
	var ids []ID
	var latest time.Time
	var sum Sum
	for _, e := range entries {
		full := e.Name()
		if folder != "." {
			full = folder + "/" + full
		}
		if w.skip != nil && w.skip(full) {
			continue
		}
		if e.IsDir() {
			w.group.Go(func() { w.folder(full) })
			continue
		}
		info, err := e.Info()
		if err != nil {
			return w.failed(err)
		}
		if !info.Mode().IsRegular() {
			return w.failed(errUntold)
		}
		id, changed, ok := fileID(full, info)
		if !ok {
			return w.failed(errUntold)
		}
		if changed.After(latest) {
			latest = changed
		}
		if sum = sum.Change(ID{}, id); w.files.names != nil {
			paths, ids = append(paths, full), append(ids, id)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sum = w.sum.Change(ID{}, ID(sum))
	if latest.After(w.latest) {
		w.latest = latest
	}
	for i, path := range paths {
		w.files.set(path, ids[i])
	}
	return true
}

func (w *walk) found(id ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sum = w.sum.Change(ID{}, id)
}

func (w *walk) failed(err error) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.err = err
	return false
}

// fileID returns what stands for the state of a file, and when that last changed.
func fileID(name string, info fs.FileInfo) (id ID, changed time.Time, ok bool) {
	changed, inode, ok := identity(info)
	if !ok {
		return ID{}, changed, false
	}
	return entryID("f", name, []int64{info.Size(), info.ModTime().UnixNano(), changed.UnixNano(), int64(inode), int64(info.Mode())}), changed, true
}

func entryID(kind, name string, numbers []int64) ID {
	buf := make([]byte, 0, 160)
	buf = append(buf, kind...)
	buf = binary.AppendUvarint(buf, uint64(len(name)))
	buf = append(buf, name...)
	for _, n := range numbers {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(n))
	}
	sum := sha256.Sum256(buf)
	return ID(sum[:len(ID{})])
}

// Files returns the states of some regular files as Look would, when the last
// change of each is a few ticks old. It reports false where that cannot be told.
func Files(fsys fs.FS, names []string) (map[string]ID, bool) {
	ids, ok := states(fsys, names)
	return ids, ok && len(ids) == len(names)
}

// After makes s the survey of the same folders, in which nothing but some files has
// been written or removed since, when the last change of each is a few ticks old. What
// else has changed there is none of it: to a later Look it shows. It reports false where
// the states of those files cannot be told.
func (s *Survey) After(fsys fs.FS, names []string) bool {
	ids, ok := states(fsys, names)
	if !ok {
		return false
	}
	for _, name := range names {
		s.Sum = s.Sum.Change(s.Files.ID(name), ids[name])
		s.Files.set(name, ids[name])
	}
	return true
}

// states is Files that leaves out what is not there.
func states(fsys fs.FS, names []string) (map[string]ID, bool) {
	const patience = 4
	for range patience {
		out := map[string]ID{}
		var latest time.Time
		for _, name := range names {
			info, err := fs.Lstat(fsys, name)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil || !info.Mode().IsRegular() {
				return nil, false
			}
			id, changed, ok := fileID(name, info)
			if !ok {
				return nil, false
			}
			if out[name] = id; changed.After(latest) {
				latest = changed
			}
		}
		age := time.Since(latest)
		switch {
		case age < 0 || latest.Nanosecond() == 0 && age < 3*time.Second:
			return nil, false
		case age >= tick:
			return out, true
		}
		time.Sleep(tick - age)
	}
	return nil, false
}

// Below returns a skip for Take that leaves out some folders.
func Below(folders ...string) func(name string) bool {
	return func(name string) bool {
		for _, f := range folders {
			if rest, ok := strings.CutPrefix(name, f); ok && (rest == "" || rest[0] == '/') {
				return true
			}
		}
		return false
	}
}
