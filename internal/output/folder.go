package output

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

// A Folder is what is asked of the file system below a folder: all that readout
// writes goes through one. Names are slash-separated and lead nowhere else.
// Tests put one in its place that fails at will.
type Folder interface {
	OpenFile(name string, flag int, perm fs.FileMode) (Handle, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	MkdirAll(name string, perm fs.FileMode) error
	Rename(oldname, newname string) error
	Remove(name string) error
	FS() fs.FS
	Close() error
}

// A Handle is an open file of a Folder.
type Handle interface {
	io.ReadWriteCloser
	Stat() (fs.FileInfo, error)
	Sync() error
}

// An Opener opens the folder of a name.
type Opener func(name string) (Folder, error)

// OpenFolder opens a folder of the disk, which no link leads out of.
func OpenFolder(name string) (Folder, error) {
	r, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return root{r}, nil
}

type root struct{ *os.Root }

func (r root) OpenFile(name string, flag int, perm fs.FileMode) (Handle, error) {
	f, err := r.Root.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// WriteFile writes data to the file name in dir unless it holds that already, and
// reports whether it wrote. The file is replaced in one step: a reader, or a
// run that comes after a crash, sees the old content or the new, never a part.
// With durable set the data is on the disk before the old content is gone, so
// that this holds even when the power fails; that is slow, and for what cannot
// be made again.
func WriteFile(dir Folder, name string, data []byte, durable bool) (changed bool, err error) {
	if same, _, err := holds(dir, name, data); same || err != nil {
		return false, err
	}
	err = replace(dir, name, data, durable)
	if d := path.Dir(name); d != "." && errors.Is(err, fs.ErrNotExist) {
		if err := dir.MkdirAll(d, 0o777); err != nil {
			return false, err
		}
		err = replace(dir, name, data, durable)
	}
	return true, err
}

// replace writes data beside name and moves it there.
func replace(dir Folder, name string, data []byte, sync bool) error {
	return Replace(dir, name, sync, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Replace lets write fill a file beside name and moves it there once it is
// whole; if anything fails, all stays as it was. With durable set it is on the
// disk before the old content is gone.
func Replace(dir Folder, name string, durable bool, write func(io.Writer) error) (err error) {
	temp := path.Join(path.Dir(name), tempPrefix+path.Base(name))
	const create = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := dir.OpenFile(temp, create, 0o666)
	if errors.Is(err, fs.ErrExist) {
		// A temporary file that is left from a run that broke off is in the way,
		// and could be a link by now.
		if err := dir.Remove(temp); err != nil {
			return err
		}
		f, err = dir.OpenFile(temp, create, 0o666)
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			dir.Remove(temp)
		}
	}()
	err = write(f)
	if err == nil && durable {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return dir.Rename(temp, name)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// holds reports whether name is a regular file with that content, and whether there
// is anything of that name. That there is not is no error.
func holds(dir Folder, name string, data []byte) (same, there bool, err error) {
	info, err := dir.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, false, nil
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false, true, err
	}
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	if err := read(dir, name, b); err != nil {
		return false, true, err
	}
	return bytes.Equal(b.Bytes(), data), true, nil
}

// errDiffers says that what is written is not what is there.
var errDiffers = errors.New("differs")

// holdsWritten is holds for what write writes, which may be much.
func holdsWritten(dir Folder, name string, write func(io.Writer) error) (bool, error) {
	info, err := dir.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, err
	}
	f, err := dir.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return false, err
	}
	defer f.Close()
	c := comparer{bufio.NewReader(f)}
	if err := write(c); err != nil {
		if errors.Is(err, errDiffers) {
			err = nil
		}
		return false, err
	}
	_, err = c.have.ReadByte()
	return err == io.EOF, nil
}

// A comparer returns errDiffers from Write where what is written is not what is
// there.
type comparer struct{ have *bufio.Reader }

func (c comparer) Write(data []byte) (int, error) {
	for rest := data; len(rest) > 0; {
		have, err := c.have.Peek(min(len(rest), c.have.Size()))
		if err != nil || !bytes.Equal(have, rest[:len(have)]) {
			return 0, errDiffers
		}
		rest = rest[len(have):]
		if _, err := c.have.Discard(len(have)); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// buffered has write write much at a time.
func buffered(write func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<16)
		return errors.Join(write(b), b.Flush())
	}
}

// read puts the content of name into b.
func read(dir Folder, name string, b *bytes.Buffer) error {
	f, err := dir.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	b.Reset()
	_, err = b.ReadFrom(f)
	return errors.Join(err, f.Close())
}

// CleanTemporary removes the temporary files that a run which broke off left
// below the folder of that name in r.
func CleanTemporary(r Folder, dir string) error {
	err := fs.WalkDir(r.FS(), dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), tempPrefix) && !d.IsDir() {
			err = r.Remove(name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
