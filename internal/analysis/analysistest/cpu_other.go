//go:build !unix

package analysistest

import "time"

var started = time.Now()

// CPU returns the time since the start, where processor time is not to be had.
func CPU() time.Duration { return time.Since(started) }
