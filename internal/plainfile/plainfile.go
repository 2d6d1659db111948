// Package plainfile reads files of a site and nothing else that may stand under
// a file's name. A pipe, a device or a socket is never opened: that would wait
// for a writer, forever, or never end.
package plainfile

import (
	"errors"
	"io/fs"
)

// ErrNotRegular says that what has the name is no file with bytes in it.
var ErrNotRegular = errors.New("not a file with text in it, but a folder, a pipe, a socket or a device")

// Read returns the bytes of a file in fsys. The error for anything but a regular
// file, or a link to one, wraps ErrNotRegular.
func Read(fsys fs.FS, name string) ([]byte, error) {
	if err := Check(fsys, name); err != nil {
		return nil, err
	}
	return fs.ReadFile(fsys, name)
}

// Check returns the error that Read would have for a name that is no regular
// file, without opening it.
func Check(fsys fs.FS, name string) error {
	info, err := fs.Stat(fsys, name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "read", Path: name, Err: ErrNotRegular}
	}
	return err
}
