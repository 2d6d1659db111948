package bundle

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"readout/internal/output"
)

// An InTheWayError reports that something other than a regular file stands
// where a bundle should.
type InTheWayError struct{ Name string }

func (e *InTheWayError) Error() string {
	return e.Name + " is in the way: it is no regular file"
}

// Check reports whether the file name could be replaced by a bundle, before the
// work for one begins.
func Check(name string) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		dir, err := os.Stat(filepath.Dir(name))
		if err != nil {
			return fmt.Errorf("cannot write %s: %w", name, bare(err))
		}
		if !dir.IsDir() {
			return fmt.Errorf("cannot write %s: %s is no folder", name, filepath.Dir(name))
		}
		return nil
	case err != nil:
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	case !info.Mode().IsRegular():
		return &InTheWayError{name}
	}
	return nil
}

// WriteFile lets write fill a file of that name, in a folder that open opens.
// The file appears, or takes the place of an older one, when it is whole; if
// anything fails, all stays as it was.
func WriteFile(name string, open output.Opener, write func(io.Writer) error) error {
	if err := Check(name); err != nil {
		return err
	}
	fail := func(err error) error { return fmt.Errorf("cannot write %s: %w", name, bare(err)) }
	dir, err := open(filepath.Dir(name))
	if err != nil {
		return fail(err)
	}
	defer dir.Close()
	err = output.Replace(dir, filepath.Base(name), true, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<18)
		if err := write(b); err != nil {
			return err
		}
		return b.Flush()
	})
	if err != nil {
		return fail(err)
	}
	return nil
}

// bare returns what is wrong without the operation and the path, which may be
// those of a temporary file.
func bare(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	if e := (*os.LinkError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
