package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"strings"

	"readout/internal/stable"
)

// Amend puts some files of an output folder in the place of those an earlier run
// wrote under their names, adds those that it did not write, and takes out the files of
// that run which are gone. It returns how many were written. All else in the folder
// stays. It reports false, and has done nothing, where a file is in the way of a new
// one, where one that is gone is not as that run wrote it, or that run broke off.
func Amend(name string, dir Folder, files []File, gone []string) (written int, ok bool, err error) {
	if _, err := dir.Lstat(journalName); !errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	var list bytes.Buffer
	if read(dir, ManifestName, &list) != nil {
		return 0, false, nil
	}
	m := amendment{list: list.Bytes()}
	var journal []byte
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		had, ok := m.put(f.Path, sum)
		if !ok {
			return 0, false, nil
		}
		if !had {
			if _, err := dir.Lstat(f.Path); !errors.Is(err, fs.ErrNotExist) {
				return 0, false, nil
			}
		}
		journal = appendLine(journal, f.Path, sum)
	}
	for _, f := range gone {
		var b bytes.Buffer
		if read(dir, f, &b) != nil || !m.take(f, sha256.Sum256(b.Bytes())) {
			return 0, false, nil
		}
	}
	w := &Writer{name: name, dir: dir}
	h, err := dir.OpenFile(journalName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return 0, false, w.failed(journalName, err)
	}
	_, err = h.Write(journal)
	if err = errors.Join(err, h.Close()); err != nil {
		return 0, false, w.failed(journalName, err)
	}
	for _, f := range files {
		changed, err := WriteFile(dir, f.Path, f.Data, false)
		if err != nil {
			return written, false, w.failed(f.Path, err)
		}
		if changed {
			written++
		}
	}
	for _, f := range gone {
		if err := dir.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return written, false, w.failed(f, err)
		}
	}
	if written > 0 || len(gone) > 0 {
		if err := replace(dir, ManifestName, m.amended(), false); err != nil {
			return written, false, w.failed(ManifestName, err)
		}
	}
	if err := dir.Remove(journalName); err != nil {
		return written, false, w.failed(journalName, err)
	}
	return written, true, nil
}

// An amendment is a manifest in which few lines change.
type amendment struct {
	list    []byte
	changes []changedLine
}

// A changedLine stands in the place of some bytes of a manifest.
type changedLine struct {
	from, to int
	path     string
	line     []byte
}

// put enters a file, and reports whether it is listed already. It reports false where
// the list is none, or the path cannot be one of it.
func (m *amendment) put(path string, s sum) (had, ok bool) {
	from, to, ok := m.find(path)
	if !ok || checkPath(path) != nil {
		return false, false
	}
	m.changes = append(m.changes, changedLine{from, to, path, appendLine(nil, path, s)})
	return to > from, true
}

// take takes out a file that is listed with that digest.
func (m *amendment) take(path string, s sum) bool {
	from, to, ok := m.find(path)
	if !ok || !bytes.Equal(m.list[from:to], appendLine(nil, path, s)) {
		return false
	}
	m.changes = append(m.changes, changedLine{from, to, path, nil})
	return true
}

// find returns where the line of a path stands, which has no length where there is none.
func (m *amendment) find(path string) (from, to int, ok bool) {
	const before = 2*sha256.Size + 2 // the digest and what parts it from the path
	lo, hi := 0, len(m.list)
	for lo < hi {
		at := lo + bytes.LastIndexByte(m.list[lo:(lo+hi)/2], '\n') + 1
		size := bytes.IndexByte(m.list[at:hi], '\n')
		if size < before {
			return 0, 0, false
		}
		end := at + size + 1
		switch c := strings.Compare(string(m.list[at+before:end-1]), path); {
		case c == 0:
			return at, end, true
		case c < 0:
			lo = end
		default:
			hi = at
		}
	}
	return lo, lo, true
}

// amended returns the manifest with all changes.
func (m *amendment) amended() []byte {
	stable.Sort(m.changes, func(a, b changedLine) int { return strings.Compare(a.path, b.path) })
	out := make([]byte, 0, len(m.list)+1024)
	at := 0
	for _, c := range m.changes {
		out = append(append(out, m.list[at:c.from]...), c.line...)
		at = c.to
	}
	return append(out, m.list[at:]...)
}
