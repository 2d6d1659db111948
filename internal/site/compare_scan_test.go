package site

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"readout/internal/token"
)

// What stands around a place is what a scan of that part of the text alone finds.
func TestTokensAround(t *testing.T) {
	f := file(t, "a", `title: A

Some 41 of the U.S. envoy's 1,250.50 men -- "we'll go... soon," he said – left at 5p.m. on Sept. 3 for Azm-e-Istehkam, e.g. the workers' G20's hall.

Émile’s 60’s cost $3.5m/day in a.b.cd and x`+"\u200d"+`y or a`+"\u00ad"+`b; 12% of 7/10 (5'sabc) don't. Two hundred more-or-less were ’taken’ each night, and 漢字 too.
`)
	r := read(f)
	rep := &sideReport{maker: &maker{reading: r}, room: &tokenRoom{}}
	for i := range r.tellSentences() {
		rep.sentences = append(rep.sentences, sideSentence{toldSentence: &r.told[i]})
	}
	if len(rep.sentences) < 3 {
		t.Fatalf("%d sentences", len(rep.sentences))
	}
	same := func(what string, got, want []token.Token) {
		t.Helper()
		if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", what, got, want)
		}
	}
	for at := range len(r.text) {
		if !utf8.RuneStart(r.text[at]) {
			continue
		}
		for _, s := range r.sentences {
			if from := s.span.Start; from <= at {
				same("before "+r.text[at:], rep.leftOf(from, at), token.Scan(r.text[from:at]))
			}
		}
		all := token.Scan(r.text[at:min(len(r.text), at+rightReach)])
		same("behind "+r.text[:at], rep.rightOf(at), all)
		short := token.Scan(r.text[at:min(len(r.text), at+joinReach)])
		got := rep.rightWithin(at, joinReach, 2)
		same("right behind "+r.text[:at], got[:min(2, len(got))], short[:min(2, len(short))])
	}
}
