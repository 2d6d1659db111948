//go:build race

package cli

// raceMemory is how many times more memory the race detector may take than the
// program does without it.
const raceMemory = 3
