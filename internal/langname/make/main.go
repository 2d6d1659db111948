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
	var rows []row
	var same []string
	for _, t := range display.Supported.Tags() {
		var names strings.Builder
		in := display.Languages(t)
		for _, n := range named {
			fmt.Fprintf(&names, "\t%s", in.Name(n))
		}
		if first, ok := known[names.String()]; ok {
			same = append(same, fmt.Sprintf("%s\t=%s\n", t, first))
			continue
		}
		known[names.String()] = t
		rows = append(rows, row{t.String() + names.String(), pieces(names.String())})
	}
	chain(rows)
	for _, r := range rows {
		fmt.Fprintln(z, r.line)
	}
	for _, line := range same {
		fmt.Fprint(z, line)
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// A row is a line of the table and the pieces of its names.
type row struct {
	line   string
	pieces map[string]bool
}

// pieces returns all runs of four code points in the names.
func pieces(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.SplitSeq(names, "\t") {
		runes := []rune(name)
		for i := range max(0, len(runes)-3) {
			set[string(runes[i:i+4])] = true
		}
	}
	return set
}

// chain puts behind each row the one that is most like it of those that are left.
// What is alike then stands within the reach of the compression, which takes a fifth
// less.
func chain(rows []row) {
	for i := 1; i < len(rows)-1; i++ {
		best, at := -1.0, i
		for j := i; j < len(rows); j++ {
			shared := 0
			for p := range rows[j].pieces {
				if rows[i-1].pieces[p] {
					shared++
				}
			}
			if like := float64(shared) / float64(len(rows[j].pieces)+50); like > best {
				best, at = like, j
			}
		}
		next := rows[at]
		copy(rows[i+1:at+1], rows[i:at])
		rows[i] = next
	}
}
