// Command readout turns a folder of source articles into annotated briefings
// and those into a static website and an offline bundle.
package main

import (
	"os"

	"readout/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
