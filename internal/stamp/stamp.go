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
	"hash"
	"io/fs"
	"path"
	"strings"
	"time"
)

// A Sum stands for the state of some folders. Its zero value equals no other.
type Sum [sha256.Size]byte

// tick is more than the time in which two changes of a file may look the same.
const tick = 50 * time.Millisecond

// errUntold reports that the file system does not tell enough.
var errUntold = errors.New("what the file system tells is not enough")

// An ID stands for the state of one file. Its zero value equals no other.
type ID [16]byte

// A Survey is the state of some folders: as a whole, and of each file in them.
type Survey struct {
	Sum   Sum
	Files map[string]ID // by path
}

// Take returns the state of the named folders of a file system of the operating
// system; one that is not there is a state, too. Skip leaves out files and
// folders by their path. It reports false where it cannot be told: on a system
// or a file system whose times are too coarse, or where there are links, which
// lead to what is not looked at.
func Take(fsys fs.FS, folders []string, skip func(name string) bool) (Sum, bool) {
	s, ok := take(fsys, folders, skip, false)
	return s.Sum, ok
}

// Look is Take that tells of each file besides.
func Look(fsys fs.FS, folders []string, skip func(name string) bool) (Survey, bool) {
	return take(fsys, folders, skip, true)
}

func take(fsys fs.FS, folders []string, skip func(name string) bool, each bool) (Survey, bool) {
	const patience = 4
	for range patience {
		w := &walk{fsys: fsys, skip: skip, sum: sha256.New()}
		if each {
			w.files = map[string]ID{}
		}
		for _, f := range folders {
			if w.err == nil {
				w.folder(f)
			}
		}
		age := time.Since(w.latest)
		switch {
		case w.err != nil || age < 0 || w.latest.Nanosecond() == 0 && age < 3*time.Second && !w.latest.IsZero():
			return Survey{}, false
		case age >= tick:
			return Survey{Sum(w.sum.Sum(nil)), w.files}, true
		}
		time.Sleep(tick - age)
	}
	return Survey{}, false
}

type walk struct {
	fsys   fs.FS
	skip   func(string) bool
	sum    hash.Hash
	files  map[string]ID // nil where they are not asked for
	latest time.Time     // the last change
	buf    []byte
	err    error
}

func (w *walk) folder(name string) {
	entries, err := fs.ReadDir(w.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		w.write("-", name, nil)
		return
	}
	if err != nil {
		w.err = err
		return
	}
	w.write("d", name, nil)
	for _, e := range entries {
		full := path.Join(name, e.Name())
		if w.err != nil || w.skip != nil && w.skip(full) {
			continue
		}
		switch {
		case e.IsDir():
			w.folder(full)
		case !e.Type().IsRegular():
			w.err = errUntold
		default:
			info, err := e.Info()
			if err != nil {
				w.err = err
				return
			}
			w.file(full, info)
		}
	}
}

func (w *walk) file(name string, info fs.FileInfo) {
	changed, inode, ok := identity(info)
	if !ok {
		w.err = errUntold
		return
	}
	if changed.After(w.latest) {
		w.latest = changed
	}
	w.write("f", name, []int64{info.Size(), info.ModTime().UnixNano(), changed.UnixNano(), int64(inode), int64(info.Mode())})
	if w.files != nil {
		sum := sha256.Sum256(w.buf)
		w.files[name] = ID(sum[:len(ID{})])
	}
}

func (w *walk) write(kind, name string, numbers []int64) {
	w.buf = append(w.buf[:0], kind...)
	w.buf = binary.AppendUvarint(w.buf, uint64(len(name)))
	w.buf = append(w.buf, name...)
	for _, n := range numbers {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(n))
	}
	w.sum.Write(w.buf)
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
