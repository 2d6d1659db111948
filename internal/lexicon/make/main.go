// Command make writes the table that package lexicon embeds, from its lists. It is
// run by go generate after a list has changed.
package main

import (
	"log"
	"os"

	"readout/internal/lexicon"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: make FOLDER FILE")
	}
	table, err := lexicon.Make(os.DirFS(os.Args[1]))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[2], table, 0o644); err != nil {
		log.Fatal(err)
	}
}
