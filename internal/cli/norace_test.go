//go:build !race

package cli

// raceMemory is 1: the memory measured is the program's own.
const raceMemory = 1
