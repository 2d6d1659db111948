//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package output

import (
	"errors"
	"os"
	"syscall"
)

// Lock keeps other runs off the site in dir until unlock is called, or returns
// a BusyError at once. The kernel holds the lock on the folder itself: there is
// no file that a run which died could leave behind.
func Lock(dir string) (unlock func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		f.Close()
		return nil, &BusyError{dir}
	case err != nil:
		// Some network file systems have no locks: better to work unlocked
		// than not at all.
		return func() { f.Close() }, nil
	}
	return func() { f.Close() }, nil
}
