package tagger

import (
	"testing"

	"readout/internal/token"
)

// What is remembered of words and what is asked for of each token come to the sums
// of all features, those with which the model was trained.
func TestSumsOfWords(t *testing.T) {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	const source = "Ana Ruiz, 41, of the Bank of Chile (BC) met \"Tom\" McDonald's NATO envoy in São Tomé on 3 May. U.S. 7-Eleven said"
	toks := token.Scan(source)
	half := len(toks) / 2
	text := NewText(source, toks, [][2]int{{0, half}, {half, len(toks)}})
	tokens := 0
	for si, runs := range text.runsBySentence() {
		s, head := text.Sentences[si], text.heads[si]
		for _, rn := range runs {
			for i := rn.start; i < rn.end; i++ {
				tokens++
				var fs features
				var want, got [passes]sum
				text.extract(&fs, allFeatures, s, head, i)
				m.add(&fs, &want)
				fs.reset()
				m.addKnown(text, &fs, &got, s, head, i)
				text.extract(&fs, jointFeatures, s, head, i)
				m.add(&fs, &got)
				if got != want {
					t.Errorf("%s: the sums are %v, want %v", toks[i].Norm, got, want)
				}
			}
		}
	}
	if tokens < 10 {
		t.Errorf("%d tokens in names", tokens)
	}
}
