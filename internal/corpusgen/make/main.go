// Command make writes an invented archive to a folder, to measure builds with.
//
//	go run ./internal/corpusgen/make -n 10000 -o /tmp/archive            seeds and content
//	go run ./internal/corpusgen/make -n 10000 -seeds=false -o /tmp/site  content alone
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"readout/internal/corpusgen"
)

func main() {
	var o corpusgen.Options
	flag.IntVar(&o.Articles, "n", 1000, "how many articles")
	flag.Uint64Var(&o.Seed, "seed", 1, "of the randomness")
	flag.IntVar(&o.Words, "words", 600, "of an article, about")
	from := flag.Int("from", 0, "the first article to write")
	dir := flag.String("o", "", "the folder to write to")
	seeds := flag.Bool("seeds", true, "write seeds/")
	content := flag.Bool("content", true, "write content/")
	flag.Parse()
	if err := write(o, *from, *dir, *seeds, *content); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func write(o corpusgen.Options, from int, dir string, seeds, content bool) error {
	if dir == "" {
		return fmt.Errorf("name a folder with -o")
	}
	put := func(name string, data []byte) error {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		return os.WriteFile(name, data, 0o666)
	}
	a := corpusgen.New(o)
	if err := put(corpusgen.Index()); err != nil {
		return err
	}
	for i := from; i < a.Len(); i++ {
		x, err := a.Article(i)
		if err != nil {
			return err
		}
		if seeds {
			err = put(x.SeedPath, x.Seed)
		}
		if err == nil && content {
			err = put(x.Path, x.Content)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
