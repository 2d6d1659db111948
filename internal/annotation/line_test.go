package annotation_test

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"readout/internal/annotation"
)

// reflected is what encoding/json makes of r, without escapes for HTML.
func reflected(r *annotation.Record) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return b.String(), err
}

// record returns a Record without any finding or, if it is full, with two of
// each: in the first every field has s, n or v, in the second none has.
func record(s string, n int, v float64, full bool) *annotation.Record {
	id, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	r := &annotation.Record{}
	if full {
		fill(reflect.ValueOf(r).Elem(), s, n, v)
	}
	for i := range reflect.TypeFor[annotation.Record]().NumField() {
		if f := reflect.ValueOf(r).Elem().Field(i); f.Kind() == reflect.Slice && f.IsNil() {
			f.Set(reflect.MakeSlice(f.Type(), 0, 0))
		}
	}
	r.ID, r.Text = id, s
	return r
}

// fill sets every field of x, whatever there are.
func fill(x reflect.Value, s string, n int, v float64) {
	switch x.Kind() {
	case reflect.String:
		x.SetString(s)
	case reflect.Int:
		x.SetInt(int64(n))
	case reflect.Float64:
		x.SetFloat(v)
	case reflect.Bool:
		x.SetBool(true)
	case reflect.Pointer:
		x.Set(reflect.New(x.Type().Elem()))
		fill(x.Elem(), s, n, v)
	case reflect.Slice:
		x.Set(reflect.MakeSlice(x.Type(), 2, 2))
		fill(x.Index(0), s, n, v)
	case reflect.Struct:
		for i := range x.NumField() {
			fill(x.Field(i), s, n, v)
		}
	case reflect.Uint8: // of the ID, which is set apart
	default:
		panic(x.Type().String())
	}
}

// A line is byte for byte what encoding/json writes.
func TestMarshalLineIsThatOfEncodingJSON(t *testing.T) {
	for _, s := range hard {
		for _, full := range []bool{false, true} {
			for _, v := range []float64{0, 1, 41, 2.5, -3, 1e15, 1e21, 1e-7, 123456789.125, math.Copysign(0, -1)} {
				check(t, record(s, len(s), v, full))
			}
		}
	}
}

var hard = []string{
	"", "plain", "a \"b\" \\ / <c> & 'd'", "\x00\x01\b\t\n\f\r\x1f\x7f", "“Zürich” — 東京 😀", "line\u2028para\u2029", "\xff half \xe2\x80 rune \xed\xa0\x80", strings.Repeat("long\n", 300),
}

func check(t *testing.T, r *annotation.Record) {
	t.Helper()
	want, err := reflected(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.MarshalLine()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

func TestMarshalLineFails(t *testing.T) {
	for name, r := range map[string]*annotation.Record{
		"an ID that is no JSON": {ID: json.RawMessage(`{"a"`)},
		"a value that is none":  {Quantities: []annotation.RecordQuantity{{Value: math.Inf(1)}}},
	} {
		if line, err := r.MarshalLine(); err == nil {
			t.Errorf("%s is written: %s", name, line)
		}
	}
}

// An ID is kept as it was given, without the white space.
func TestMarshalLineCompactsTheID(t *testing.T) {
	for _, id := range []string{`7`, `"x <y>"`, `[ 1, "a b" ]`, "{ \"k\" :\n2.50 }", `null`} {
		r := record("text", 1, 2, false)
		r.ID = json.RawMessage(id)
		check(t, r)
	}
}

func FuzzMarshalLine(f *testing.F) {
	for _, s := range hard {
		f.Add(s, 7, 2.5)
	}
	f.Fuzz(func(t *testing.T, s string, n int, v float64) {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return
		}
		check(t, record(s, n, v, true))
	})
}

func BenchmarkMarshalLine(b *testing.B) {
	r := record(strings.Repeat("A minister said \"no\" on Monday.\n", 10), 1234, 41, true)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.MarshalLine(); err != nil {
			b.Fatal(err)
		}
	}
}
