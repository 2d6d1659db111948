package content_test

import (
	"reflect"
	"strconv"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
	"readout/internal/packed"
)

// again packs a file and unpacks it.
func again(t *testing.T, f *content.File) *content.File {
	t.Helper()
	w := &packed.Writer{Plain: true}
	f.Pack(w)
	r := packed.NewPlain(w.Unsealed())
	out, ok := content.Unpack(r, f.Path, f.Sum)
	if !ok || r.More() {
		t.Fatalf("%s: whole %v, more %v", f.Path, ok, r.More())
	}
	return out
}

func TestPack(t *testing.T) {
	a := corpusgen.New(corpusgen.Options{Articles: 20, Seed: 3})
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := content.ParseBriefing(x.Path, x.Content)
		if got := again(t, f); !reflect.DeepEqual(got, f) {
			t.Errorf("%s:\n got %+v\nwant %+v", x.Path, got, f)
		}
	}
	// Each field has a value of its own, so that none is forgotten.
	f := &content.File{}
	n := 0
	fill(reflect.ValueOf(f).Elem(), &n)
	f.Edits = nil
	if got := again(t, f); !reflect.DeepEqual(got, f) {
		t.Errorf("a filled one:\n got %+v\nwant %+v", got, f)
	}
}

// fill gives each field of v another value.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("value " + strconv.Itoa(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 256))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	default:
		panic("a field of another kind: " + v.Type().String())
	}
}

// Damaged bytes are no file, and do no harm.
func FuzzUnpack(f *testing.F) {
	w := &packed.Writer{Plain: true}
	x, _ := content.ParseBriefing("content/briefings/x.md", []byte("---\ntitle: X\nslug: x\narticle:\n  path: seeds/x.txt\n  sha256: "+
		"aa\n---\n\n## Annotated text\n\n[Jane Roe]{.person role=Mayor} said so.\n"))
	x.Pack(w)
	f.Add(w.Unsealed())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = content.Unpack(packed.NewPlain(data), "x", [32]byte{})
	})
}
