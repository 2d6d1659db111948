package keypoint

import (
	"slices"
	"strings"

	"readout/internal/annotation"
)

// A report of two sides is not summed up by one of them: where what was chosen has
// somebody's claim, the denial of it is a key point too, and where all that was chosen
// rests on one source, so is what another says of the same thing. Both must be worth
// nearly as much as what was chosen.
const (
	denialMargin = 1.4 // how much less a denial may be worth than the least that was chosen
	voiceMargin  = 0.2 // the same of what another source says
	denialShare  = 0.2 // of a denial's words that stand in what it answers
	voiceShare   = 0.2
)

// hear notes in the candidates whose word they give, and which of them deny.
func (c *collection) hear(attributions []annotation.Attribution) {
	for i := range attributions {
		a := &attributions[i]
		if a.Source.Empty() || a.Cue.Empty() {
			continue
		}
		k, found := slices.BinarySearchFunc(c.candidates, a.Cue.Start, func(x *candidate, at int) int {
			switch {
			case x.span.End <= at:
				return -1
			case x.span.Start > at:
				return 1
			}
			return 0
		})
		if !found {
			continue
		}
		voice := a.Key
		if voice == "" {
			voice = strings.ToLower(a.Source.In(c.text))
		}
		x := c.candidates[k]
		if !slices.Contains(x.voices, voice) {
			x.voices = append(x.voices, voice)
		}
		x.denies = x.denies || a.Stance == annotation.Denies
	}
}

// sides adds to what was chosen the other side, where there is one that was left out.
func (c *collection) sides(chosen []*candidate) []*candidate {
	if len(chosen) < 2 {
		return chosen
	}
	least := chosen[0].score
	denied, claims := false, 0
	voices := map[string]bool{}
	for _, x := range chosen {
		least = min(least, x.score)
		denied = denied || x.denies
		if len(x.voices) > 0 {
			claims++
		}
		for _, v := range x.voices {
			voices[v] = true
		}
	}
	if !denied && claims > 0 {
		if x := c.best(chosen, least-denialMargin, denialShare, func(x *candidate) bool { return x.denies }); x != nil {
			return c.take(chosen, x)
		}
	}
	if len(voices) == 1 && claims > 1 && claims+1 >= len(chosen) {
		if x := c.best(chosen, least-voiceMargin, voiceShare, func(x *candidate) bool {
			return len(x.voices) == 1 && !voices[x.voices[0]]
		}); x != nil {
			return c.take(chosen, x)
		}
	}
	return chosen
}

// best returns the candidate worth most of those that fit, are worth no less than
// floor, and have the given share of their words in common with what was chosen.
func (c *collection) best(chosen []*candidate, floor, share float64, fits func(*candidate) bool) *candidate {
	var best *candidate
	for _, x := range c.candidates {
		if fits(x) && x.score >= floor && (best == nil || x.score > best.score) && !slices.Contains(chosen, x) {
			// overlap is a square.
			if o := x.overlap(); o >= share*share && o < 0.6 {
				best = x
			}
		}
	}
	return best
}

// take adds x to what was chosen, in the place of the one worth least where there is
// no room.
func (c *collection) take(chosen []*candidate, x *candidate) []*candidate {
	if len(chosen) < most {
		return append(chosen, x)
	}
	worst := len(chosen) - 1
	for i, y := range chosen {
		if y.score < chosen[worst].score {
			worst = i
		}
	}
	chosen[worst] = x
	return chosen
}
