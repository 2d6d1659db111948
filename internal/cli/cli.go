// Package cli is the command: its subcommands, what they print, and their exit
// status. It is the only package that imports all the others.
package cli

import (
	"fmt"
	"io"
)

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
	exitBroken = 3 // verify: a promise does not hold
)

// Main runs readout with args (without the program's name) and returns the exit
// status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fmt.Fprintln(stderr, "readout: error: not built yet")
	return exitFailed
}
