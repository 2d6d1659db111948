package token_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"readout/internal/cputime"
	"readout/internal/token"
)

func TestScan(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Hello World. My name is Jonas.", "Hello|World|.|My|name|is|Jonas|."},
		{"Pakistan's U.S. envoy didn't go.", "Pakistan|'s|U.S.|envoy|didn't|go|."},
		{"the Taliban’s return in 2021—again", "the|Taliban|’s|return|in|2021|—|again"},
		{"Operation Azm-e-Istehkam cost $1,250.50, up 3.5%.", "Operation|Azm|-|e|-|Istehkam|cost|$|1,250.50|,|up|3.5|%|."},
		{"Lt. Gen. O'Brien... J. R. Smith of St. Kitts", "Lt|.|Gen|.|O'Brien|...|J|.|R|.|Smith|of|St|.|Kitts"},
		{"e.g. 3rd, 5G; G20 CNN-News18", "e.g.|3rd|,|5G|;|G20|CNN|-|News18"},
		{"\"unusual\" ‘yes’", "\"|unusual|\"|‘|yes|’"},
		{"the workers' union", "the|workers|'|union"},
	} {
		var got []string
		for _, tok := range token.Scan(tt.text) {
			got = append(got, tok.Span.In(tt.text))
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("Scan(%q)\n got %s\nwant %s", tt.text, g, tt.want)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"", "a.b.c. D", "x’s", "\xff\x00é́", "١٢٣ كلمة", "U.S.A", "don’t 'em"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, tok := range token.Scan(text) {
			if tok.Span.Start < end || tok.Span.Empty() || tok.Span.End > len(text) {
				t.Fatalf("token %v after %d in %q", tok.Span, end, text)
			}
			for _, r := range text[end:tok.Span.Start] {
				if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsPunct(r) {
					t.Fatalf("%q: %q lies between tokens", text, r)
				}
			}
			end = tok.Span.End
		}
	})
}

// Scanning takes time in proportion to the text, also where it is hostile.
func TestScanLinear(t *testing.T) {
	for _, unit := range []string{
		"a.", "a", "1", "1.", "1,", "'", "’s", "a’", "a'b", "\u200d", "a\u200d", "é", "e\u0301", "\u0301",
		".", "-", "\xff", "\x00", "\n", "a\u00ad", "U.S.A. ", "x's ", "don't ", "Ⅷ", "漢",
	} {
		cost := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit))
			from := cputime.Used()
			token.Scan(text)
			return cputime.Used() - from
		}
		// On a busy machine one measurement says little: only if all of them
		// are bad does the time grow with the square of the length.
		small, large, bad := time.Duration(1<<62), time.Duration(1<<62), true
		for range 6 {
			small, large = min(small, cost(20_000)), min(large, cost(800_000))
			if bad = large > 200*small+2*time.Second; !bad {
				break
			}
		}
		if bad {
			t.Errorf("%q: 20 kB take %v, 800 kB take %v", unit, small, large)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	text := strings.Repeat("Gen. A. Karim told reporters in the U.S. on Sept. 3 that talks wouldn’t go on. \"We'll be there,\" he said of Pakistan’s offer.\n", 100)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		token.Scan(text)
	}
}
