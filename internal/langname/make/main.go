// Command make writes the table of names of languages that package langname
// embeds, from the data of golang.org/x/text.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// origin is the comment of the file, which stands at its head as it is.
const origin = `Names of languages in 261 languages and their varieties.
Origin: Unicode CLDR %s, from golang.org/x/text/language/display, by go generate ./internal/langname
Licence: Unicode License (https://www.unicode.org/license.txt); Copyright (c) 1991-2017 Unicode, Inc.
`

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: make FILE")
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	z.Comment = fmt.Sprintf(origin, display.CLDRVersion)
	named := display.Values.Tags()
	for _, t := range named {
		fmt.Fprintf(z, "\t%s", t)
	}
	fmt.Fprintln(z)
	known := map[string]language.Tag{} // by their names
	for _, t := range display.Supported.Tags() {
		var row strings.Builder
		in := display.Languages(t)
		for _, n := range named {
			fmt.Fprintf(&row, "\t%s", in.Name(n))
		}
		if same, ok := known[row.String()]; ok {
			fmt.Fprintf(z, "%s\t=%s\n", t, same)
			continue
		}
		known[row.String()] = t
		fmt.Fprintf(z, "%s%s\n", t, row.String())
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
