package stamp

import (
	"io/fs"
	"syscall"
	"time"
)

// identity returns when a file was last changed in any way, and its number.
func identity(info fs.FileInfo) (changed time.Time, inode uint64, ok bool) {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}, 0, false
	}
	return time.Unix(st.Ctimespec.Unix()), st.Ino, true
}
