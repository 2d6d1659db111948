package numeral_test

import (
	"testing"

	"readout/internal/numeral"
	"readout/internal/token"
)

func TestAt(t *testing.T) {
	for _, tt := range []struct {
		text, rest string
		value      float64
		kind       string // "", "ordinal", "vague"
	}{
		{"41 people", "people", 41, ""},
		{"1,250.5 km", "km", 1250.5, ""},
		{"12,34,567 voters", "voters", 1234567, ""},
		{"3.5 million euros", "euros", 3.5e6, ""},
		{"2.5m euros", "euros", 2.5e6, ""},
		{"5bn was", "was", 5e9, ""},
		{"twenty-one men", "men", 21, ""},
		{"a hundred and five men", "men", 105, ""},
		{"two thousand three hundred men", "men", 2300, ""},
		{"half a million men", "men", 5e5, ""},
		{"a dozen men", "men", 12, ""},
		{"two dozen men", "men", 24, ""},
		{"a couple of men", "men", 2, ""},
		{"3rd place", "place", 3, "ordinal"},
		{"twenty-first century", "century", 21, "ordinal"},
		{"dozens of men", "of", 0, "vague"},
		{"tens of thousands of men", "of", 0, "vague"},
		{"several hundred men", "men", 0, "vague"},
		{"one hundred and thousands", "and", 100, ""},
		{"2½ hours", "hours", 2.5, ""},
	} {
		toks := token.Scan(tt.text)
		n, ok := numeral.At(toks, tt.text, 0)
		rest := ""
		if ok && n.End < len(toks) {
			rest = toks[n.End].Span.In(tt.text)
		}
		kind := ""
		switch {
		case n.Ordinal:
			kind = "ordinal"
		case n.Vague:
			kind = "vague"
		}
		if !ok || n.Value != tt.value || rest != tt.rest || kind != tt.kind {
			t.Errorf("%q: got %+v, %v before %q; want %v %s before %q", tt.text, n, ok, rest, tt.value, tt.kind, tt.rest)
		}
	}
	for _, text := range []string{"", "a man", "1.2.3", "1,25", "5G", "man", "-", "an hour"} {
		if n, ok := numeral.At(token.Scan(text), text, 0); ok {
			t.Errorf("%q: got %+v, want none", text, n)
		}
	}
}

func FuzzAt(f *testing.F) {
	f.Add("two hundred and 5 million")
	f.Add("a half dozen, twenty-")
	f.Fuzz(func(t *testing.T, text string) {
		toks := token.Scan(text)
		for i := range toks {
			if n, ok := numeral.At(toks, text, i); ok && (n.End <= i || n.End > len(toks) || n.Value < 0) {
				t.Fatalf("%q at %d: %+v", text, i, n)
			}
		}
	})
}
