package lexicon_test

import (
	"fmt"
	"testing"

	"readout/internal/lexicon"
)

func TestWords(t *testing.T) {
	var words lexicon.Words[int]
	if v, ok := words.Find("a"); ok || v != 0 {
		t.Errorf("an empty table holds %d", v)
	}
	want := map[string]int{"": 1, "a": 2, "ab": 3, "ba": 4, "aba": 5, "abcd": 6, "abcdefgh": 7, "naïve": 8}
	for i := range 5000 {
		// Alike at both ends, and at one only.
		want[fmt.Sprintf("begins so %d and ends so", i)] = i
		want[fmt.Sprint(i)] = -i
	}
	for k, v := range want {
		words.Put(k, 0)
		words.Put(k, v)
	}
	for k, v := range want {
		if got, ok := words.Find(k); !ok || got != v {
			t.Fatalf("%q has %d, %v; want %d", k, got, ok, v)
		}
	}
	for _, k := range []string{"b", "abc", "abce", "5000", "begins so 5000 and ends so"} {
		if words.Get(k) != 0 {
			t.Errorf("%q was never put", k)
		}
	}
}

func BenchmarkWords(b *testing.B) {
	text := []string{"the", "minister", "said", "on", "tuesday", "that", "a", "settlement", "was", "near"}
	m := map[string]int{}
	for i := range 3000 {
		m[fmt.Sprint("w", i)] = i
	}
	for _, w := range text[:4] {
		m[w] = 1
	}
	words := lexicon.NewWords(m)
	n := 0
	b.Run("Words", func(b *testing.B) {
		for i := range b.N {
			n += words.Get(text[i%len(text)])
		}
	})
	b.Run("map", func(b *testing.B) {
		for i := range b.N {
			n += m[text[i%len(text)]]
		}
	})
	if n < 0 {
		b.Fatal(n)
	}
}
