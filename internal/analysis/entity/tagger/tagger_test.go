package tagger_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"readout/internal/analysis/entity/tagger"
	"readout/internal/token"
)

// text makes a Text whose sentences are the lines of s.
func text(s string) *tagger.Text {
	var toks []token.Token
	var sents [][2]int
	pos := 0
	for _, line := range strings.SplitAfter(s, "\n") {
		from := len(toks)
		for _, t := range token.Scan(line) {
			t.Span.Start += pos
			t.Span.End += pos
			toks = append(toks, t)
		}
		if len(toks) > from {
			sents = append(sents, [2]int{from, len(toks)})
		}
		pos += len(line)
	}
	return tagger.NewText(s, toks, sents)
}

func examples() []tagger.Example {
	var ex []tagger.Example
	for _, e := range []struct {
		text  string
		names []tagger.Name
	}{
		{"Ana Ruiz met Tom Weber in Quito .", []tagger.Name{{Start: 0, End: 2, Type: tagger.Person}, {Start: 3, End: 5, Type: tagger.Person}, {Start: 6, End: 7, Type: tagger.Place}}},
		{"The Ports Board of Chile said no .", []tagger.Name{{Start: 1, End: 5, Type: tagger.Organization}}},
		{"In Lima , the Ports Board met Ruiz .", []tagger.Name{{Start: 1, End: 2, Type: tagger.Place}, {Start: 4, End: 6, Type: tagger.Organization}, {Start: 7, End: 8, Type: tagger.Person}}},
	} {
		ex = append(ex, tagger.Example{Text: text(e.text), Names: e.names})
	}
	return ex
}

var options = tagger.Options{Epochs: 8, MinCount: 1, Seed: 1, Rate: 0.2, Prior: 0.1}

func TestTrainLearns(t *testing.T) {
	m := tagger.Train(examples(), options)
	for _, ex := range examples() {
		if got := tagger.Names(nil, m.Tag(ex.Text)); !slices.Equal(got, ex.Names) {
			t.Errorf("%q: names %v, want %v", ex.Text.Source, got, ex.Names)
		}
	}
}

func TestTrainIsReproducible(t *testing.T) {
	a := tagger.Train(examples(), options).Encode("x")
	b := tagger.Train(examples(), options).Encode("x")
	if !bytes.Equal(a, b) {
		t.Error("the same examples gave two models")
	}
}

func TestReadEncode(t *testing.T) {
	m, err := tagger.Default()
	if err != nil {
		t.Fatal(err)
	}
	b := m.Encode("header\nof two lines")
	again, err := tagger.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again.Encode("header\nof two lines"), b) {
		t.Error("reading and writing a model changes it")
	}
	for _, n := range []int{0, 5, 30, 60, len(b) / 2, len(b) - 1} {
		if _, err := tagger.Read(b[:n]); err == nil {
			t.Errorf("a model cut after %d bytes is read without an error", n)
		}
	}
}

func TestMarkNames(t *testing.T) {
	names := []tagger.Name{{Start: 0, End: 1, Type: tagger.Person}, {Start: 1, End: 4, Type: tagger.Organization}, {Start: 5, End: 7, Type: tagger.Other}}
	ls := make([]tagger.Label, 8)
	tagger.Mark(ls, names)
	if got := tagger.Names(nil, ls); !slices.Equal(got, names) {
		t.Errorf("names %v, want %v", got, names)
	}
}

func BenchmarkTag(b *testing.B) {
	m, err := tagger.Default()
	if err != nil {
		b.Fatal(err)
	}
	const s = "Talks between Ana Ruiz, the head of the Ports Board of Chile, and Transport Minister Tom Weber ended in Quito on Monday without an agreement on the new fees.\n"
	long := strings.Repeat(s, 50)
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		m.Tag(text(long))
	}
}
