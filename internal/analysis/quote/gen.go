//go:build ignore

// Gen writes data/words.txt.gz and data/irregular.txt from the WordNet 3.0 database files
// (Debian package wordnet-base):
//
//	go run gen.go /usr/share/wordnet
//
// It reads no news text: the counts are WordNet's own, of its sense-tagged
// concordance.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

type word struct {
	count    [4]int // noun, verb, adjective, adverb: occurrences in the concordance
	senses   [4]int
	noun     string // lexicographer file of the first noun sense
	verb     string // of the first verb sense
	aPerson  bool   // some noun sense is a person
	aCommune bool   // some verb sense is communication
}

const licence = `# Origin: WordNet 3.0, (c) 2006 Princeton University, under the WordNet licence,
# which permits use, copying, modification and distribution with this notice:
# http://wordnet.princeton.edu/wordnet/license/
# Made by: go run gen.go /usr/share/wordnet
`

func main() {
	dir := os.Args[1]
	words := map[string]*word{}
	get := func(l string) *word {
		if words[l] == nil {
			words[l] = &word{}
		}
		return words[l]
	}
	for i, pos := range []string{"noun", "verb", "adj", "adv"} {
		class := map[string]string{} // synset offset to lexicographer file number
		each(filepath.Join(dir, "data."+pos), func(f []string) {
			if len(f) > 2 {
				class[f[0]] = f[1]
			}
		})
		each(filepath.Join(dir, "index."+pos), func(f []string) {
			if !simple(f[0]) {
				return
			}
			w := get(f[0])
			w.senses[i], _ = strconv.Atoi(f[2])
			pointers, _ := strconv.Atoi(f[3])
			offsets := f[4+pointers+2:]
			switch pos {
			case "noun":
				w.noun = class[offsets[0]]
				for _, o := range offsets {
					w.aPerson = w.aPerson || class[o] == "18"
				}
			case "verb":
				w.verb = class[offsets[0]]
				for _, o := range offsets {
					w.aCommune = w.aCommune || class[o] == "32"
				}
			}
		})
	}
	each(filepath.Join(dir, "cntlist.rev"), func(f []string) {
		lemma, key, _ := strings.Cut(f[0], "%")
		w := words[lemma]
		if w == nil {
			return
		}
		n, _ := strconv.Atoi(f[2])
		switch key[0] {
		case '1':
			w.count[0] += n
		case '2':
			w.count[1] += n
		case '3', '5':
			w.count[2] += n
		case '4':
			w.count[3] += n
		}
	})
	var lines []string
	for l, w := range words {
		sum := w.count[0] + w.count[1] + w.count[2] + w.count[3]
		if sum == 0 && w.senses[1] == 0 && w.noun != "18" && w.noun != "14" {
			continue
		}
		var b strings.Builder
		b.WriteString(l)
		for i, c := range "nvar" {
			if w.senses[i] == 0 {
				continue
			}
			fmt.Fprintf(&b, " %c%d", c, w.count[i])
			switch {
			case c == 'n' && w.noun == "18":
				b.WriteString("p")
			case c == 'n' && w.noun == "14":
				b.WriteString("g")
			case c == 'n' && w.noun == "10":
				b.WriteString("c")
			case c == 'n' && w.noun == "28":
				b.WriteString("t")
			case c == 'n' && w.aPerson:
				b.WriteString("q")
			case c == 'v' && w.verb == "32":
				b.WriteString("c")
			case c == 'v' && w.verb == "31":
				b.WriteString("k")
			case c == 'v' && w.aCommune:
				b.WriteString("d")
			}
		}
		lines = append(lines, b.String())
	}
	slices.Sort(lines)
	pack("data/words.txt.gz", licence+`# One lemma a line, with its parts of speech and how often each occurs in the
# concordance: n noun, v verb, a adjective, r adverb. A letter after the count
# is what the first sense is: of a noun p person, g group, c communication,
# t time, q a person in some other sense; of a verb c communication,
# k cognition, d communication in some other sense.
`, lines)

	lines = lines[:0]
	each(filepath.Join(dir, "verb.exc"), func(f []string) {
		if simple(f[0]) && !strings.HasSuffix(f[0], "ing") {
			lines = append(lines, f[0]+" "+f[1])
		}
	})
	// Verbs whose past is spelt like the base; the database leaves them out.
	for _, l := range strings.Fields("bet bid broadcast burst cast cost cut hit hurt let put quit read rid set shed shut split spread thrust upset") {
		lines = append(lines, l+" "+l)
	}
	slices.Sort(lines)
	write("data/irregular.txt", licence+"# Irregular past forms and participles of verbs, each with its lemma.\n", slices.Compact(lines))
}

func simple(l string) bool {
	for _, r := range l {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return len(l) > 1
}

func each(path string, do func(fields []string)) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		if !strings.HasPrefix(s.Text(), "  ") {
			do(strings.Fields(s.Text()))
		}
	}
	if err := s.Err(); err != nil {
		log.Fatal(err)
	}
}

// pack writes a list that is packed, whose licence can be read without unpacking.
func pack(name, header string, lines []string) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	z.Comment = licence
	fmt.Fprint(z, header, strings.Join(lines, "\n"), "\n")
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

func write(name, header string, lines []string) {
	if err := os.WriteFile(name, []byte(header+strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		log.Fatal(err)
	}
}
