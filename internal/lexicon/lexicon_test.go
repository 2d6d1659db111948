package lexicon_test

import (
	"testing"

	"readout/internal/lexicon"
	"readout/internal/token"
)

func TestPhrase(t *testing.T) {
	table := lexicon.Shared()
	for _, tt := range []struct {
		text string
		want lexicon.Class
	}{
		{"Nairobi", lexicon.City},
		{"São Paulo", lexicon.City},
		{"Sao Paulo", lexicon.City},
		{"Ouagadougou", lexicon.City},
		{"New Zealand", lexicon.Country},
		{"U.S.", lexicon.Country},
		{"Maria", lexicon.Given},
		{"Okafor", lexicon.Surname},
		{"Peruvian", lexicon.Demonym},
		{"ministry", lexicon.OrgHead},
		{"walked", lexicon.Verb},
		{"parties", lexicon.GroupNoun},
		{"World Health Organization", lexicon.Organization},
	} {
		h, last := uint64(0), lexicon.Class(0)
		for _, tok := range token.Scan(tt.text) {
			h = lexicon.Join(h, lexicon.Hash(tok.Norm))
			last, _ = table.Phrase(h)
		}
		if last&tt.want == 0 {
			t.Errorf("%s: classes %b lack %b", tt.text, last, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"São Tomé": "Sao Tome", "Łódź": "Lodz", "plain": "plain", "Đặng": "Dang"} {
		if got := lexicon.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkWord(b *testing.B) {
	table := lexicon.Shared()
	h := lexicon.Hash("nairobi")
	b.ReportAllocs()
	for b.Loop() {
		table.Word(h)
	}
}
