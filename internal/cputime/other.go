//go:build !unix

package cputime

import "time"

var started = time.Now()

// Used returns the time since the start, where processor time is not to be had.
func Used() time.Duration { return time.Since(started) }
