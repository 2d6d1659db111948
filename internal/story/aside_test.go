package story

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"readout/internal/packed"
)

// What was put aside is related as it would have been, also where some of it is
// lost.
func TestPutAside(t *testing.T) {
	var docs []Doc
	text := map[string]Doc{}
	for _, r := range coverage(t) {
		docs = append(docs, r.Doc)
		text[r.ID] = r.Doc
	}
	v := NewVocabulary()
	var kept [][]byte
	v.FetchWith(func(number int) ([]byte, error) {
		switch {
		case number%5 == 1:
			return nil, errors.New("lost")
		case number%5 == 2:
			return kept[number][:len(kept[number])/2], nil
		}
		return kept[number], nil
	})
	var digests []*Digest
	for i, d := range docs {
		w := packed.Writer{Plain: true}
		digest := v.Digest(d)
		v.PutAside(digest, i, &w)
		kept = append(kept, bytes.Clone(w.Unsealed()))
		digests = append(digests, digest)
	}
	got := v.Relate(digests, func(id string) Doc { return text[id] })
	if want := Relate(docs); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}
