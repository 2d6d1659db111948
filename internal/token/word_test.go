package token

import (
	"fmt"
	"sync"
	"testing"
)

// Tokens share a number when they share a Norm, and then only.
func TestIDs(t *testing.T) {
	norms := map[uint32]string{}
	ids := map[string]uint32{}
	for _, tok := range Scan("The minister's THE talks; Talks, the Minister and 2024 “the” it’s it's") {
		if tok.Kind == Number && tok.ID != 0 {
			t.Errorf("the number %s has an ID", tok.Norm)
		}
		if tok.ID == 0 {
			continue
		}
		if n, ok := norms[tok.ID]; ok && n != tok.Norm {
			t.Errorf("%q and %q share a number", n, tok.Norm)
		}
		if id, ok := ids[tok.Norm]; ok && id != tok.ID {
			t.Errorf("%q has two numbers", tok.Norm)
		}
		norms[tok.ID], ids[tok.Norm] = tok.Norm, tok.ID
	}
}

// A Memo gives what its function gives, to several at once, and calls it once
// for a word with a number.
func TestMemo(t *testing.T) {
	calls := 0
	m := NewMemo(func(norm string) int { calls++; return len(norm) })
	toks := Scan("a ship, a Ship and 12 ships: averyveryveryverylongwordthathasnonumberatall")
	for range 3 {
		for i := range toks {
			if n := *m.Of(&toks[i]); n != len(toks[i].Norm) {
				t.Errorf("%q: %d", toks[i].Norm, n)
			}
		}
	}
	want, met := 0, map[uint32]bool{}
	for i := range toks {
		switch id := toks[i].ID; {
		case id == 0:
			want += 3
		case !met[id]:
			met[id] = true
			want++
		}
	}
	if calls != want {
		t.Errorf("%d calls, want %d", calls, want)
	}
	shared := NewMemo(func(norm string) string { return norm + "!" })
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range toks {
				if s := *shared.Of(&toks[i]); s != toks[i].Norm+"!" {
					t.Errorf("%q: %q", toks[i].Norm, s)
				}
			}
		})
	}
	wg.Wait()
}

// A word is read alike whether it was met before or not, and by however many at
// once; also when no more words are numbered.
func TestSpellIsNormalise(t *testing.T) {
	// The list of words is full in the end: this is the last test.
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range maxWords/2 + 100 {
				for _, word := range [...]string{"Paris", "NATO", "d’Or", "it's", "Ünal", "U.S.", "'s", fmt.Sprintf("Word%d", i+g*1000), fmt.Sprintf("other%d", i)} {
					norm, shape := normalise(word, Word)
					if n, s, _ := spell(word, Word); n != norm || s != shape {
						t.Errorf("%q is %q %d, want %q %d", word, n, s, norm, shape)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	if words.n != maxWords {
		t.Errorf("%d words are kept, want %d", words.n, maxWords)
	}
}
