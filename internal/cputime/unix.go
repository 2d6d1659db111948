//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// Used returns the processor time this process has used. Unlike the clock, it
// does not run on while other processes have the machine.
func Used() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
