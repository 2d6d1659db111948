//go:build ignore

// Gen counts how often common English words stand in freely licensed texts:
//
//	go run gen_background.go gum-free.jsonl wikigold.jsonl … > data/background.txt
//
// Each file has JSON lines with a "text". A word is kept that stands at least
// four times, and mostly in lower case: names are not common words.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"readout/internal/token"
)

func main() {
	lower, all, total := map[string]int{}, map[string]int{}, 0
	for _, name := range os.Args[1:] {
		f, err := os.Open(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 64<<20)
		for sc.Scan() {
			var doc struct{ Text string }
			if err := json.Unmarshal(sc.Bytes(), &doc); err != nil {
				fmt.Fprintln(os.Stderr, name, err)
				os.Exit(1)
			}
			for _, t := range token.Scan(doc.Text) {
				if t.Kind != token.Word || strings.HasPrefix(t.Norm, "'") {
					continue
				}
				total++
				all[t.Norm]++
				if t.Is(token.AllLower) {
					lower[t.Norm]++
				}
			}
		}
		f.Close()
	}
	var words []string
	for w, n := range all {
		if n >= 4 && 2*lower[w] >= n && len(w) > 1 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	fmt.Println("# Common English words and how often each stands in freely licensed English texts.")
	fmt.Println("# Origin: counts over the GUM corpus (texts CC BY, CC BY-SA or public domain), WikiGold (CC BY 4.0)")
	fmt.Println("# and the news and web texts of UD English EWT (CC BY-SA 4.0), made by gen_background.go. Counts are facts;")
	fmt.Println("# no text is contained. Licence of this list: CC BY-SA 4.0.")
	fmt.Println("# The first line is the number of words counted; then a word and its count a line, tab between, sorted.")
	fmt.Println(total)
	for _, w := range words {
		fmt.Printf("%s\t%d\n", w, all[w])
	}
}
