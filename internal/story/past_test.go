package story

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"readout/internal/corpusgen"
	"readout/internal/packed"
)

// After any sequence of changes documents are related as they would be without what
// is remembered of them, and little is found again.
func TestPast(t *testing.T) {
	own := exactBelow
	defer func() { exactBelow = own }()
	var all []Doc
	for _, r := range coverage(t) {
		all = append(all, r.Doc)
	}
	all = append(all, corpus(60)...)
	for seed := range uint64(2) {
		exactBelow = []int{own, 0}[seed%2]
		r := rand.New(rand.NewPCG(seed, 7))
		left := slices.Clone(all)
		r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		docs := slices.Clone(left[:len(left)/2])
		left = left[len(docs):]
		var past *Past
		for step := range 12 {
			some := r.IntN(len(docs))
			switch k := r.IntN(6); {
			case step == 0:
			case k == 0 && len(docs) > 5:
				left = append(left, docs[some])
				docs = slices.Delete(docs, some, some+1)
			case k == 1:
				docs[some].Text += " The talks go on, Mayor Hanne Okafor said on Monday."
			case k == 2:
				docs[some].Date = []string{"", "2024-05-02", "2000-01-03"}[r.IntN(3)]
			case k == 3: // a copy, put up again
				d := docs[some]
				d.ID, d.Publisher = "copy "+d.ID, "The Kadu Mirror"
				if !slices.ContainsFunc(docs, func(o Doc) bool { return o.ID == d.ID }) {
					docs = append(docs, d)
				}
			case k == 4:
				docs[some].Credits = "First published by The Kadu Mirror.\n"
			default:
				for range 1 + r.IntN(3) {
					if len(left) > 0 {
						docs, left = append(docs, left[0]), left[1:]
					}
				}
			}
			v := NewVocabulary()
			var digests []*Digest
			text := map[string]Doc{}
			for _, d := range docs {
				digests = append(digests, v.Digest(d))
				text[d.ID] = d
			}
			v.Remember(past)
			got := v.Relate(digests, func(id string) Doc { return text[id] })
			if want := Relate(docs); !slices.Equal(got, want) {
				for i := range got {
					if got[i] != want[i] {
						t.Fatalf("seed %d, step %d: %+v, want %+v", seed, step, got[i], want[i])
					}
				}
			}
			var w packed.Writer
			v.Found().Pack(&w)
			from, ok := packed.Open(w.Seal("past"), "past")
			if !ok {
				t.Fatal("what was packed is not whole")
			}
			if past = UnpackPast(from); past == nil {
				t.Fatal("what was packed cannot be read")
			}
		}
	}
}

// One more article leaves what was found of most others as it was.
func TestPastHolds(t *testing.T) {
	docs := corpus(901)
	relate := func(docs []Doc, past *Past) *Past {
		v := NewVocabulary()
		var digests []*Digest
		for _, d := range docs {
			digests = append(digests, v.Digest(d))
		}
		v.Remember(past)
		v.Relate(digests, func(id string) Doc {
			return docs[slices.IndexFunc(docs, func(d Doc) bool { return d.ID == id })]
		})
		return v.Found()
	}
	past := relate(docs[:900], nil)
	known, _ := past.events.known(relate(docs, past).events.docs)
	n := 0
	for _, k := range known {
		if k >= 0 {
			n++
		}
	}
	t.Logf("of 900 documents %d are as before", n)
	if n < 450 {
		t.Errorf("of 900 documents only %d are as before", n)
	}
}

// What is not as it was packed is not taken for it.
func TestUnpackPast(t *testing.T) {
	for _, text := range []string{"", "\x05", strings.Repeat("\x01", 40), strings.Repeat("\xff", 400)} {
		if p := UnpackPast(packed.NewPlain([]byte(text))); p != nil && len(p.events.docs) > 0 {
			t.Errorf("%q: %+v", text, p)
		}
	}
}

// BenchmarkAdded measures what it takes to relate one more article, with what is kept of the
// others and of how they were related.
func BenchmarkAdded(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			a := corpusgen.New(corpusgen.Options{Articles: n, Seed: 1})
			var docs []Doc
			for i := range n {
				x, err := a.Article(i)
				if err != nil {
					b.Fatal(err)
				}
				d := Doc{ID: x.Path, Text: string(x.Seed)}
				if parts := strings.SplitN(d.Text, "---\n", 3); len(parts) == 3 {
					d.Text = parts[2]
					_, date, _ := strings.Cut(parts[1], "date: ")
					d.Date = strings.Trim(date[:min(len(date), 12)], "\"\n ")
				}
				docs = append(docs, d)
			}
			none := func(string) Doc { return Doc{} }
			v := NewVocabulary()
			var digests []*Digest
			for _, d := range docs[1:] {
				digests = append(digests, v.Digest(d))
			}
			v.Relate(digests, none)
			var past, texts packed.Writer
			v.Found().Pack(&past)
			for _, d := range digests {
				v.Pack(&texts, d, none)
			}
			for b.Loop() {
				v := NewVocabulary()
				r, _ := packed.Open(past.Seal("past"), "past")
				v.Remember(UnpackPast(r))
				r, _ = packed.Open(texts.Seal("texts"), "texts")
				all := []*Digest{v.Digest(docs[0])}
				for i, d := range docs[1:] {
					all = append(all, v.Unpack(r, digests[i].sum, d.ID, d.Date, d.Publisher))
				}
				v.Relate(all, none)
			}
			b.ReportMetric(float64(len(past.Unsealed()))/float64(n), "B/article")
		})
	}
}
