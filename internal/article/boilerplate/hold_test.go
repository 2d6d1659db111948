package boilerplate

import (
	"strings"
	"testing"
)

// A block that holds a cue, or is one, is never taken for one that cannot.
func TestMayHold(t *testing.T) {
	x := lexicon()
	for _, c := range x.classes {
		if c.endsOnly() {
			continue
		}
		for _, cue := range c.has {
			for _, text := range []string{cue, strings.ToUpper(cue), "Then came — “" + cue + "” – it’s " + strings.Repeat("long enough ", 40), strings.Repeat("filler text ", 40) + cue + "."} {
				if !x.mayHold(text) {
					t.Errorf("%q, a cue of %s, is passed over in %q", cue, c.name, text)
				}
			}
		}
		for _, cue := range c.start {
			if strings.TrimLeft(cue, openers) != cue {
				continue // Find never sees it
			}
			if text := "* " + strings.ToUpper(cue) + " " + strings.Repeat("filler text ", 40); !x.mayHold(text) {
				t.Errorf("%q, which opens blocks of %s, is passed over", cue, c.name)
			}
		}
		for cue := range c.whole {
			if !x.mayHold(cue) || !x.mayHold("** "+cue+" …") {
				t.Errorf("%q, a block of %s, is passed over", cue, c.name)
			}
		}
	}
	if text := strings.Repeat("Rebels in the hills held fire. ", 9); x.mayHold(text) {
		t.Error("nothing is told apart")
	}
}
