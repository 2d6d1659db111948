package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"readout/internal/article/page"
	"readout/internal/seed"
)

func main() {
	in, _ := os.Open(os.Args[1])
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<26)
	enc := json.NewEncoder(os.Stdout)
	t0 := time.Now()
	n := 0
	for sc.Scan() {
		var r struct{ ID, File, URL string }
		json.Unmarshal(sc.Bytes(), &r)
		raw, _ := os.ReadFile("/work/shared/eval/data/" + r.File)
		n += len(raw)
		f, d := seed.Decode(r.File, seed.HTML, raw)
		if f == nil {
			fmt.Fprintln(os.Stderr, d)
			continue
		}
		p, err := page.Read(f.Text, r.URL)
		if err != nil {
			fmt.Fprintln(os.Stderr, r.ID, err)
		}
		var t []string
		for _, b := range p.Blocks {
			t = append(t, b.Text)
		}
		enc.Encode(map[string]any{"id": r.ID, "text": strings.Join(t, "\n\n"), "meta": p.Meta})
	}
	fmt.Fprintln(os.Stderr, n, time.Since(t0))
}
