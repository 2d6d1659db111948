package site

import (
	"reflect"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
	"readout/internal/diag"
	"readout/internal/frontmatter"
	"readout/internal/packed"
	"readout/internal/story"
)

// What is kept of a briefing is what was gathered of it, and so is what relating
// takes of its text.
func TestPack(t *testing.T) {
	a := corpusgen.New(corpusgen.Options{Articles: 30, Seed: 4})
	store := &memory{}
	g := NewGatherer(store)
	var w, texts packed.Writer
	var files []*content.File
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := content.ParseBriefing(x.Path, x.Content)
		files = append(files, f)
	}
	files = append(files, file(t, "rich", `title: A rich one
date: 2024-03-01
language: ar
key: Nothing there. -> p9

[NATO (North Atlantic Treaty Organization)]{.term short=NATO long="North Atlantic Treaty Organization"} [said]{.cue} so [on Monday]{.time value=2024-02-26 anchor=2024-03-01}.

["So it is,"]{.quote by=s1 form=mixed} [said]{.cue} [an aide to [Jane Roe]{.person role="Foreign Secretary"} who knows of it]{.source #s1 naming=described access="who knows of it" reason="for safety" via=X}, [not named]{.statement by=s1 stance=denies} in [Paris]{.place sense=government}, [soon]{.time unresolved="no date is known"}, and [will meet]{.event-mention realis=scheduled} [in May]{.time value=2024-05}.
`))
	diags := diag.List{{File: "a", Line: 1, Column: 2, ID: "b", Severity: diag.Warning, Message: "c", Hint: "d", Excerpt: "e"}}
	for _, f := range files {
		if err := g.Add(f); err != nil {
			t.Fatal(err)
		}
		g.Pack(&w, Packed{f, diags})
		g.PackText(&texts, f.Path, nil)
	}
	r, ok := packed.Open(w.Seal("x"), "x")
	if !ok {
		t.Fatal("not whole")
	}
	again := NewGatherer(store)
	for _, f := range files {
		p, ok := again.Unpack(r, f.Path, f.Sum)
		if !ok || !reflect.DeepEqual(p.File.Meta, f.Meta) || !reflect.DeepEqual(p.Diags, diags) {
			t.Fatalf("%s: %v, %+v", f.Path, ok, p)
		}
	}
	if r.More() {
		t.Error("there is more than was written")
	}
	tr, ok := packed.Open(texts.Seal("x"), "x")
	if !ok {
		t.Fatal("not whole")
	}
	had := again.HasText(files[0].Path)
	for _, f := range files {
		again.UnpackText(tr, f.Path)
	}
	if had || !again.HasText(files[0].Path) {
		t.Error("the texts should be there once they are read")
	}
	in := Input{Load: func(slug string) (*content.File, error) { return nil, nil }}
	related := func(g *Gatherer) map[string]story.Relation {
		of, lines := g.relations(g.digests, in.Load)
		lines()
		return of
	}
	rel := related(g)
	if got := related(again); !reflect.DeepEqual(got, rel) {
		t.Errorf("related as %v, want %v", got, rel)
	}
	for i, d := range g.digests {
		d.related, again.digests[i].related = nil, nil
		if !reflect.DeepEqual(d, again.digests[i]) {
			t.Errorf("%s is not as it was:\n%+v\n%+v", d.briefing.File, again.digests[i], d)
		}
		data, err := store.Get(d.briefing.place, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, want := digestFile(files[i])
		got := unpackWhole(packed.NewPlain(data), want.b)
		if got == nil {
			t.Fatalf("%s: the details cannot be read", d.briefing.File)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the details of %s are not as they were:\n%+v\n%+v", d.briefing.File, got, want)
		}
		for n := range data {
			if unpackWhole(packed.NewPlain(data[:n]), want.b) != nil {
				t.Fatalf("%d of %d bytes are taken for the whole", n, len(data))
			}
		}
	}
	var rw packed.Writer
	g.PackRelations(&rw)
	rr, _ := packed.Open(rw.Seal("x"), "x")
	third := NewGatherer(store)
	third.UnpackRelations(rr)
	if !reflect.DeepEqual(third.past, g.past) {
		t.Error("the relations are not as they were")
	}
}

// A field that is added to what is held of a briefing must be written by pack,
// and read by unpackDigest, or be one that is found out anew.
func TestPackedFields(t *testing.T) {
	for _, c := range []struct {
		of     any
		fields int
	}{
		{digest{}, 4},
		{ownKey{}, 3},
		{ownName{}, 5},
		{moreNames{}, 2},
		{whole{}, 6},
		{Details{}, 7},
		{Briefing{}, 23},
		{Header{}, 9},
		{Origin{}, 5},
		{Date{}, 2},
		{KeyPoint{}, 2},
		{Passage{}, 6},
		{Appearance{}, 8},
		{Spelling{}, 3},
		{RoleWording{}, 2},
		{Quotation{}, 7},
		{Statement{}, 3},
		{Speaker{}, 7},
		{Term{}, 4},
		{Timeline{}, 3},
		{TimelineEntry{}, 12},
		{Sourcing{}, 8},
		{SourceUse{}, 2},
		{SentenceCounts{}, 4},
		{frontmatter.Meta{}, 11},
		{frontmatter.Article{}, 2},
		{diag.Diagnostic{}, 8},
	} {
		if n := reflect.TypeOf(c.of).NumField(); n != c.fields {
			t.Errorf("%T has %d fields; pack.go knows %d: write and read the others there, and change the number here", c.of, n, c.fields)
		}
	}
}
