//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const lockName = ".readout-lock"

// Lock keeps other runs off the site in dir until unlock is called, or returns
// a BusyError at once. The lock is a file with the number of the process; the
// lock of a process that is gone is taken over.
func Lock(dir string) (unlock func(), err error) {
	name := filepath.Join(dir, lockName)
	for range 2 {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			_, err = f.WriteString(strconv.Itoa(os.Getpid()))
			return func() { os.Remove(name) }, errors.Join(err, f.Close())
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		holder, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if pid, err := strconv.Atoi(strings.TrimSpace(string(holder))); err == nil {
			if p, err := os.FindProcess(pid); err == nil {
				p.Release()
				return nil, &BusyError{dir}
			}
		}
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, &BusyError{dir}
}
