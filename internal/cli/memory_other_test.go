//go:build !linux

package cli

import "os"

// maxMemory returns 0 where it is not known.
func maxMemory(*os.ProcessState) int64 { return 0 }
