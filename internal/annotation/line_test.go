package annotation_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/span"
)

// reflected is what encoding/json makes of r, without escapes for HTML.
func reflected(r *annotation.Record) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return b.String(), err
}

// record returns a Record that has s, n and v everywhere it can.
func record(s string, n int, v float64, full bool) *annotation.Record {
	id, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	sp := span.Span{Start: n, End: n + 3}
	r := &annotation.Record{
		ID: id, Text: s,
		SetAside: []annotation.RecordSetAside{}, Sentences: []span.Span{}, Entities: []annotation.RecordEntity{}, Quotes: []annotation.RecordQuote{},
		Times: []annotation.RecordTime{}, Terms: []annotation.RecordTerm{}, Quantities: []annotation.RecordQuantity{}, KeyPoints: []span.Span{},
	}
	if !full {
		return r
	}
	r.Language, r.Publisher = s, s
	r.Headline = &annotation.RecordHeadline{Text: s, Basis: article.TitleStated}
	r.Byline = []string{s, "", s}
	r.Date = &annotation.RecordDate{Value: s, Basis: article.DateMetadata}
	r.SetAside = []annotation.RecordSetAside{{Start: n, End: n, Reason: s}, {}}
	r.Sentences = []span.Span{sp, {}, sp}
	r.Entities = []annotation.RecordEntity{{Start: n, End: n, Type: annotation.Person, Key: s, Role: s, Rule: s}, {Type: annotation.Place}}
	r.Quotes = []annotation.RecordQuote{
		{Start: n, End: n, Form: annotation.Direct, Parts: []span.Span{sp, sp}, Speaker: &sp, Key: s, Cue: &sp, Naming: annotation.Named, Via: s, Rule: s},
		{},
	}
	r.Times = []annotation.RecordTime{{Start: n, End: n, Type: "DATE", Value: s, Rule: s}, {}}
	r.Terms = []annotation.RecordTerm{{Short: sp, Long: sp, Rule: s}, {}}
	r.Quantities = []annotation.RecordQuantity{{Start: n, End: n, Value: v, Unit: s, Of: s, Rule: s}, {Value: -v}, {}}
	r.KeyPoints = []span.Span{sp}
	return r
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
