package numbered

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// same holds s against the strings in the order of their numbers.
func same(t *testing.T, s *Strings, want []string) {
	t.Helper()
	if s.Len() != len(want) {
		t.Fatalf("%d strings, want %d", s.Len(), len(want))
	}
	for n, text := range want {
		if got := s.String(n); got != text {
			t.Fatalf("number %d is %q, want %q", n, got, text)
		}
		if got := s.Find(text); got != n {
			t.Fatalf("%q has number %d, want %d", text, got, n)
		}
	}
}

func TestStrings(t *testing.T) {
	var s Strings
	if s.Find("") != -1 || s.Find("a") != -1 {
		t.Error("an empty table finds strings")
	}
	var want []string
	known := map[string]int{}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		text := fmt.Sprintf("folder/%d.html", random.IntN(8000))
		switch random.IntN(500) {
		case 0:
			text = strings.Repeat(text, random.IntN(9000)) // longer than a chunk
		case 1:
			text = ""
		}
		n, ok := known[text]
		if !ok {
			n = len(want)
			if s.Find(text) != -1 {
				t.Fatalf("%q is found before it came", text)
			}
			known[text], want = n, append(want, text)
		}
		if got := s.Number(text); got != n {
			t.Fatalf("%q has number %d, want %d", text, got, n)
		}
	}
	same(t, &s, want)
}

func FuzzStrings(f *testing.F) {
	f.Add("a b a  c", 3)
	f.Add(strings.Repeat("x y ", 2000), 70_000)
	f.Fuzz(func(t *testing.T, list string, long int) {
		var s Strings
		var want []string
		known := map[string]bool{}
		texts := strings.Split(list, " ")
		texts = append(texts, strings.Repeat("z", max(0, min(long, 200_000))), "end")
		for _, text := range append(texts, texts...) {
			if !known[text] {
				known[text], want = true, append(want, text)
			}
			s.Number(text)
		}
		same(t, &s, want)
		if s.Find("end, which is not there") != -1 {
			t.Error("what never came is found")
		}
	})
}

func BenchmarkNumber(b *testing.B) {
	paths := make([]string, 45_000)
	for i := range paths {
		paths[i] = fmt.Sprintf("briefings/a-page-with-a-long-name-%d.annotations.jsonld", i)
	}
	b.ReportAllocs()
	for b.Loop() {
		var s Strings
		for _, p := range paths {
			s.Number(p)
		}
	}
}
