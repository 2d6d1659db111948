package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
)

// Amend puts some files of an output folder in the place of those an earlier run
// wrote under their names, and returns how many were not as they should be. All
// else in the folder stays. It reports false, and has done nothing, where one of
// the names is none of that run's, or that run broke off.
func Amend(name string, dir Folder, files []File) (written int, ok bool, err error) {
	if _, err := dir.Lstat(journalName); !errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	var list bytes.Buffer
	if read(dir, ManifestName, &list) != nil {
		return 0, false, nil
	}
	manifest := list.Bytes()
	var journal []byte
	var places [][]byte // of each file: its digest in the manifest
	for _, f := range files {
		end := append(append([]byte("  "), f.Path...), '\n')
		i := bytes.Index(manifest, end)
		const digits = 2 * sha256.Size
		if i < digits || checkPath(f.Path) != nil || i > digits && manifest[i-digits-1] != '\n' {
			return 0, false, nil
		}
		places = append(places, manifest[i-digits:i])
		journal = appendLine(journal, f.Path, sha256.Sum256(f.Data))
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
	for i, f := range files {
		same, err := holds(dir, f.Path, f.Data)
		if err == nil && !same {
			written++
			err = replace(dir, f.Path, f.Data, false)
		}
		if err != nil {
			return written, false, w.failed(f.Path, err)
		}
		sum := sha256.Sum256(f.Data)
		hex.Encode(places[i], sum[:])
	}
	if written > 0 {
		if err := replace(dir, ManifestName, manifest, false); err != nil {
			return written, false, w.failed(ManifestName, err)
		}
	}
	if err := dir.Remove(journalName); err != nil {
		return written, false, w.failed(journalName, err)
	}
	return written, true, nil
}
