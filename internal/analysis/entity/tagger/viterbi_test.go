package tagger

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Labels that are not asked about would not have won.
func TestViterbiIsTheBest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		spread := int32(1 + rng.IntN(300)) // few values tie, many do not
		var trans transitions
		for i := range trans {
			for j := range trans[i] {
				trans[i][j] = rng.Int32N(spread) - spread/2
			}
		}
		emit := make([]scores, 1+rng.IntN(6))
		for i := range emit {
			for j := range emit[i] {
				emit[i][j] = rng.Int32N(4*spread) - 2*spread
			}
		}
		lead := newLead(&trans)
		got := make([]Label, len(emit))
		viterbi(emit, &trans, &lead, make([][labels]Label, len(emit)), got)
		if want := decodeAll(emit, &trans); !slices.Equal(got, want) {
			t.Fatalf("labels %v, want %v", got, want)
		}
	}
}

// decodeAll is viterbi without a short cut.
func decodeAll(emit []scores, trans *transitions) []Label {
	back := make([][labels]Label, len(emit))
	var cur scores
	for j := range Label(labels) {
		cur[j] = never
		if follows(Outside, j) {
			cur[j] = emit[0][j] + trans[labels][j]
		}
	}
	for i := 1; i < len(emit); i++ {
		var next scores
		for j := range Label(labels) {
			best := int32(2 * never)
			for k := range Label(labels) {
				if v := cur[k] + trans[k][j]; follows(k, j) && v > best {
					best, back[i][j] = v, k
				}
			}
			next[j] = best + emit[i][j]
		}
		cur = next
	}
	best := Outside
	for j := range Label(labels) {
		if follows(j, Outside) && cur[j] > cur[best] {
			best = j
		}
	}
	out := make([]Label, len(emit))
	for i := len(emit) - 1; i >= 0; i-- {
		out[i] = best
		best = back[i][best]
	}
	return out
}
