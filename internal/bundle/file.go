package bundle

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

// WriteFile lets write fill a file of that name. The file appears, or takes the
// place of an older one, when it is whole; if anything fails, all stays as it
// was.
func WriteFile(name string, write func(io.Writer) error) (err error) {
	if err := Check(name); err != nil {
		return err
	}
	dir, base := filepath.Split(name)
	temp := filepath.Join(dir, ".readout-tmp-"+base)
	// What a run that broke off left is in the way.
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	defer func() {
		if err != nil {
			os.Remove(temp)
			err = fmt.Errorf("cannot write %s: %w", name, bare(err))
		}
	}()
	b := bufio.NewWriterSize(f, 1<<18)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(temp, name)
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
