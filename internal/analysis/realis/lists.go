package realis

import (
	_ "embed"

	"readout/internal/wordlist"
)

//go:embed data/lists.txt
var listsFile string

// wordLists has the rows of data/lists.txt.
var wordLists = wordlist.ListsOf(listsFile)

// wordSet returns the words of a list as a set.
func wordSet(name string) map[string]bool { return wordLists.Set(name) }
