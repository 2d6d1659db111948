package story

import (
	"bytes"
	"errors"
	"slices"
	"testing"
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
	for _, d := range docs {
		digest := v.Digest(d)
		if err := v.PutAside(digest, len(kept), func(number int, data []byte) error {
			kept = append(kept, bytes.Clone(data))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		digests = append(digests, digest)
	}
	got := v.Relate(digests, func(id string) Doc { return text[id] })
	if want := Relate(docs); !slices.Equal(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
}
