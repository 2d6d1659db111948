// Command train makes the model of package tagger from annotated texts.
//
//	go run ./internal/analysis/entity/train -o model.bin gum.jsonl wikigold.jsonl …
//
// Each file holds JSON Lines with "text", "sentences" and "entities" (byte
// offsets, types PER, ORG, LOC, MISC). The same files in the same order give
// the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"readout/internal/analysis/entity/tagger"
)

func main() {
	out := flag.String("o", "", "write the model to `file`")
	eval := flag.String("eval", "", "comma-separated `files` to score the model on")
	epochs := flag.Int("epochs", 10, "passes over the examples")
	min := flag.Int("min", 1, "drop features seen less often than this")
	times := flag.Int("times", 1, "how often each text of the files is taken")
	invented := flag.Int("invented", 600, "how many invented articles to add")
	lists := flag.String("lists", "internal/lexicon/data", "`folder` of the name lists")
	rate := flag.Float64("rate", 0.1, "first step size")
	prior := flag.Float64("prior", 6, "strength of the L2 prior")
	skip := flag.String("skip", "", "comma-separated genres to leave out")
	flag.Parse()
	if err := run(*out, *eval, *skip, *lists, *epochs, *min, *invented, *times, *rate, *prior, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// header names the origin of the weights, as the licences of the texts ask.
const header = `Trained weights of readout's name model. Made by internal/analysis/entity/train from
- GUM, the Georgetown University Multilayer corpus (texts CC BY, CC BY-SA or public domain;
  annotations CC BY 4.0; Amir Zeldes and contributors, https://gucorpling.org/gum),
- WikiGold (CC BY 4.0; Dominic Balasuriya, Nicky Ringland, Joel Nothman, Tara Murphy, James R. Curran),
- English Web Treebank with Universal NER annotations (CC BY-SA 4.0; Universal NER contributors).
The weights are licensed CC BY-SA 4.0.`

func run(out, eval, skip, lists string, epochs, min, invented, times int, rate, prior float64, files []string) error {
	examples, err := synthesise(invented, 1, lists)
	if err != nil {
		return err
	}
	for _, f := range files {
		rs, err := readRecords(f)
		if err != nil {
			return err
		}
		repair := strings.HasPrefix(filepath.Base(f), "gum")
		for _, r := range rs {
			if r.Genre != "" && strings.Contains(","+skip+",", ","+r.Genre+",") {
				continue
			}
			ex := example(r, repair)
			for range times {
				examples = append(examples, ex)
			}
		}
	}
	m := tagger.Train(examples, tagger.Options{
		Epochs: epochs, MinCount: min, Seed: 1,
		Rate: rate, Prior: prior,
		Progress: func(e int, loss float64) { fmt.Fprintf(os.Stderr, "epoch %d: loss %.4f\n", e, loss) },
	})
	for _, f := range strings.Split(eval, ",") {
		if f == "" {
			continue
		}
		if err := score(m, f); err != nil {
			return err
		}
	}
	data := m.Encode(header)
	fmt.Fprintf(os.Stderr, "%d bytes\n", len(data))
	if out != "" {
		return os.WriteFile(out, data, 0o644)
	}
	return nil
}

// score prints the exact F1 of the labels alone.
func score(m *tagger.Model, file string) error {
	rs, err := readRecords(file)
	if err != nil {
		return err
	}
	var tp, np, ng [5]int
	for _, r := range rs {
		ex := example(r, false)
		got := tagger.Names(nil, m.Tag(ex.Text))
		gold := map[tagger.Name]bool{}
		for _, n := range ex.Names {
			gold[n] = true
			ng[n.Type]++
		}
		for _, n := range got {
			n = trim(ex.Text, n)
			np[n.Type]++
			if gold[n] {
				tp[n.Type]++
			}
		}
	}
	f1 := func(t, p, g int) string {
		if t == 0 {
			return "0"
		}
		return fmt.Sprintf("P %.1f R %.1f F %.1f", 100*float64(t)/float64(p), 100*float64(t)/float64(g), 200*float64(t)/float64(p+g))
	}
	fmt.Printf("%-28s all %s | per %s | org %s | loc %s\n", filepath.Base(file),
		f1(tp[1]+tp[2]+tp[3], np[1]+np[2]+np[3], ng[1]+ng[2]+ng[3]), f1(tp[1], np[1], ng[1]), f1(tp[2], np[2], ng[2]), f1(tp[3], np[3], ng[3]))
	return nil
}
