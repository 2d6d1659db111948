package cli

import (
	"os"
	"syscall"
)

// maxMemory returns the most memory that a process had, in bytes.
func maxMemory(p *os.ProcessState) int64 {
	if usage, ok := p.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}
