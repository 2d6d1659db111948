package site

import (
	"errors"
	"reflect"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
)

// What is read alone of a briefing is what Details has, also where the store has nothing
// any more and the content file is read again.
func TestItems(t *testing.T) {
	a := corpusgen.New(corpusgen.Options{Articles: 6, Seed: 11})
	files := map[string]*content.File{}
	store := &memory{}
	g := NewGatherer(store)
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := content.ParseBriefing(x.Path, x.Content)
		files[f.Meta.Slug] = f
		if err := g.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	f := file(t, "terms", `title: Of terms
date: 2024-03-01

[NATO (North Atlantic Treaty Organization)]{.term short=NATO long="North Atlantic Treaty Organization"} met [Jane Roe]{.person role="Foreign Secretary"}. [Roe]{.person ref=jane-roe role=minister} left.
`)
	files["terms"] = f
	if err := g.Add(f); err != nil {
		t.Fatal(err)
	}
	load := func(slug string) (*content.File, error) { return files[slug], nil }
	s, _ := g.Site(Input{Load: load})
	counts := map[string]int{}
	for pass, damage := range []func(){func() {}, func() { store.list = nil }} {
		damage()
		for _, b := range s.Briefings {
			b.shelf = newShelf(s, b.shelf.store, load)
			fresh := func() *Briefing { b.shelf.of = map[*Briefing]*Details{}; return b }
			want := b.shelf.read(b)
			most := 100
			if pass > 0 {
				most = 1 // a file is read again each time
			}
			same := func(kind string, i int, got, want any) {
				counts[kind]++
				if !reflect.DeepEqual(got, want) {
					t.Errorf("pass %d: %s %d of %s:\n%+v\n%+v", pass, kind, i, b.Slug, got, want)
				}
			}
			for i, q := range want.Quotations[:min(len(want.Quotations), most)] {
				same("quotation", i, fresh().quotation(i), q)
			}
			for i, st := range want.Statements[:min(len(want.Statements), most)] {
				same("statement", i, fresh().statement(i), st)
			}
			for i, e := range want.Appearances[:min(len(want.Appearances), most)] {
				same("appearance", i, fresh().appearance(i), e)
			}
			for i, term := range want.Terms {
				same("term", i, fresh().term(i), term)
			}
			for part, list := range map[int][]*TimelineEntry{resolvedPart: want.Timeline.Resolved, plannedPart: want.Timeline.Planned, unresolvedPart: want.Timeline.Unresolved} {
				for i, e := range list[:min(len(list), most)] {
					same("entry", i, fresh().entry(part, i), e)
				}
			}
			if pass == 0 && len(b.shelf.of) > 0 {
				t.Errorf("all details of %s were read for one thing", b.Slug)
			}
		}
	}
	for _, kind := range []string{"quotation", "statement", "appearance", "term", "entry"} {
		if counts[kind] < 2 {
			t.Errorf("no %s was compared", kind)
		}
	}
	if _, err := store.Get(s.Briefings[0].place, nil); !errors.Is(err, errDamaged) {
		t.Error(err)
	}
}
