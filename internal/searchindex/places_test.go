package searchindex

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// placesOf writes the places of a term as an Index would.
func placesOf(of map[int]string) string {
	var out []byte
	last := 0
	for i, doc := range slices.Sorted(maps.Keys(of)) {
		if i > 0 {
			out = append(out, ',')
		}
		out = strconv.AppendInt(out, int64(doc-last), 36)
		last = doc
		blocks := of[doc]
		if len(of) > common {
			blocks = titleOnly(blocks)
		}
		out = append(out, blocks...)
	}
	return string(out)
}

func TestEditPlaces(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	blocks := []string{".0", ".1", ".0.3", ".z.1", ".5.5.5"}
	for range 4000 {
		had := map[int]string{}
		most := 1 + random.IntN(40)
		for range random.IntN(most) {
			had[random.IntN(most)*random.IntN(50)] = blocks[random.IntN(len(blocks))]
		}
		is := maps.Clone(had)
		var edits []edit
		for range 1 + random.IntN(6) {
			doc := random.IntN(most) * random.IntN(60)
			if slices.ContainsFunc(edits, func(e edit) bool { return e.doc == doc }) {
				continue
			}
			was, ok := had[doc]
			if ok {
				edits = append(edits, edit{doc, was, true})
				delete(is, doc)
			}
			if !ok || random.IntN(2) == 0 {
				is[doc] = blocks[random.IntN(len(blocks))]
				edits = append(edits, edit{doc, is[doc], false})
			}
		}
		random.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
		from := placesOf(had)
		if got, ok := editPlaces([]byte(from), edits); !ok || string(got) != placesOf(is) {
			t.Fatalf("%q with %v: %q, %v, want %q", from, edits, got, ok, placesOf(is))
		}
	}
	for _, wrong := range [][]edit{
		{{3, ".1", false}},
		{{4, ".1", true}},
		{{9, ".1", true}},
		{{3, ".1", true}, {3, ".1", true}},
		{{4, ".1", false}, {4, ".1", false}},
		{{3, ".1", true}, {3, ".1", false}, {3, ".1", false}},
	} {
		if got, ok := editPlaces([]byte("3.1,2.0"), wrong); ok {
			t.Errorf("%v: %q", wrong, got)
		}
	}
	// A term that comes to be common loses its blocks, and is not edited back.
	many := map[int]string{}
	for i := range common {
		many[2*i] = ".0.3"
	}
	from := placesOf(many)
	many[7] = ".4"
	got, ok := editPlaces([]byte(from), []edit{{7, ".4", false}})
	if !ok || string(got) != placesOf(many) {
		t.Errorf("a term that is common now: %v, %q", ok, got[:40])
	}
	if _, ok := editPlaces(got, []edit{{7, ".4", true}}); ok {
		t.Error("the blocks of a term that is common no more are known")
	}
	many[9] = ".0"
	if got, ok = editPlaces(got, []edit{{9, ".0", false}}); !ok || string(got) != placesOf(many) {
		t.Errorf("a common term: %v, %q", ok, got[:40])
	}
}
