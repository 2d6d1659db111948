package verb_test

import (
	"testing"

	"readout/internal/verb"
)

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"Past", verb.Past, []string{"said", "went", "was", "opened", "attacked"}, []string{"say", "hundred", "indeed", "red", "going"}},
		{"Auxiliary", verb.Auxiliary, []string{"is", "has", "didn't", "will", "they'll", "could"}, []string{"'s", "said", "the"}},
		{"Modal", verb.Modal, []string{"may", "won't", "we'll"}, []string{"is", "do"}},
		{"Third", verb.Third, []string{"says", "arrives", "denies", "reaches"}, []string{"sea", "ss", "this"}},
		{"Base", verb.Base, []string{"arrive", "deny"}, []string{"ministry"}},
		{"Finite", verb.Finite, []string{"is", "said", "denies"}, []string{"ministry", "going"}},
	} {
		for _, w := range tt.yes {
			if !tt.is(w) {
				t.Errorf("%s(%q) is false", tt.name, w)
			}
		}
		for _, w := range tt.no {
			if tt.is(w) {
				t.Errorf("%s(%q) is true", tt.name, w)
			}
		}
	}
}
