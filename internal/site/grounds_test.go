package site

import (
	"slices"
	"testing"

	"readout/internal/content"
	"readout/internal/corpusgen"
	"readout/internal/packed"
)

// Where the ground of a page is as it was, so is all that it shows of the site; and a
// report leaves the ground of most pages as it is.
func TestGrounds(t *testing.T) {
	a := corpusgen.New(corpusgen.Options{Articles: 90, Seed: 9, Words: 120})
	var files []*content.File
	newest := 0
	for i := range a.Len() {
		x, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := content.ParseBriefing(x.Path, x.Content)
		if files = append(files, f); f.Meta.Date > files[newest].Meta.Date {
			newest = i
		}
	}
	type shows struct {
		ground [16]byte
		rest   string
	}
	gather := func(files []*content.File) map[string]shows {
		s, _ := Gather(Input{Files: files})
		grounds := s.Grounds()
		out := map[string]shows{}
		for e, ground := range grounds.Entities {
			out[e.Path] = shows{ground, string(e.AppendShown(nil, 20, 100))}
		}
		for _, b := range s.Briefings {
			w := packed.Writer{Plain: true}
			s.PackRestBriefly(&w, b, s.Across(b))
			out[b.Path] = shows{grounds.Briefings[b.Order()], string(w.Unsealed())}
		}
		return out
	}
	is := gather(files)
	same := 0
	for i := range 12 {
		i *= 7
		if i == 0 {
			i = newest
		}
		was := gather(slices.Delete(slices.Clone(files), i, i+1))
		n := 0
		for path, x := range was {
			if x.ground != is[path].ground {
				continue
			}
			if n++; x.rest != is[path].rest {
				t.Errorf("without %s %s shows another site", files[i].Meta.Slug, path)
			}
		}
		if i == newest && n < len(was)/2 {
			t.Errorf("the newest report changes the ground of all but %d of %d", n, len(was))
		}
		same += n
	}
	if same == 0 {
		t.Error("no ground is as it was")
	}
}

// TestAroundManyDated holds that of somebody whom many dated reports name the page of a
// later one shows those alone.
func TestAroundManyDated(t *testing.T) {
	var files []*content.File
	for i := range acrossSample + 20 {
		day := "date: 2024-01-01\ndate_basis: stated\n"
		if i%10 == 0 {
			day = ""
		}
		slug := "a" + itoa(i)
		f, diags := content.ParseBriefing("content/briefings/"+slug+".md", []byte("---\ntitle: A "+slug+"\nslug: "+slug+"\n"+day+"---\n\n## Annotated text\n\n[Ann Bee]{.person} slept.\n"))
		if diags.Errors() > 0 {
			t.Fatal(diags)
		}
		files = append(files, f)
	}
	for n, want := range map[int][2]int{len(files): {acrossSample, 108}, 60: {60, 60}} {
		s, _ := Gather(Input{Files: files[:n]})
		list, of := around(s.People[0], s.Briefings[0])
		if len(list) != want[0] || of != want[1] {
			t.Errorf("of %d reports %d of %d, want %v", n, len(list), of, want)
		}
	}
}
