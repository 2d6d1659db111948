package searchindex

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"readout/internal/packed"
)

// A folder is what is left of an index, as a Source.
type folder struct {
	files map[string]string
	packs map[string][]byte
	kept  []string
}

func (f *folder) Was(name string) []byte { return f.packs[name] }

func (f *folder) Again(i int) ([]byte, error) { return nil, errors.New("not known") }

func (f *folder) File(name string) ([]byte, error) { return []byte(f.files["search/"+name]), nil }

func (f *folder) Keep(names []string) bool {
	f.kept = names
	return true
}

// A shelf is docs that change.
type shelf struct {
	r    *rand.Rand
	docs map[string]Doc
}

func (s *shelf) doc(name string) Doc {
	d := Doc{Path: name, Title: fmt.Sprintf("Report %d", s.r.IntN(50)), Meta: "Courier", Facets: []string{"kind:briefing", fmt.Sprintf("publisher:The Outlet %d", s.r.IntN(9))}}
	for k := range s.r.IntN(9) {
		var text strings.Builder
		for range 60 {
			fmt.Fprintf(&text, "word%d ", int(s.r.ExpFloat64()*500))
		}
		d.Blocks = append(d.Blocks, Block{ID: fmt.Sprintf("p%d", k+1), Text: text.String(), Facets: []string{"word:named"}})
	}
	return d
}

// write updates the index, and holds the files against those of an index from nothing.
func (s *shelf) write(t *testing.T, f *folder, past *State, changed map[string]bool) *State {
	t.Helper()
	names := slices.Sorted(maps.Keys(s.docs))
	at := Slots(names)
	number := map[string]int{}
	for i, n := range names {
		number[n] = at[i]
	}
	slices.SortFunc(names, func(a, b string) int { return number[a] - number[b] })
	slices.Sort(at)
	want := map[string]string{}
	whole := New(at, "search", func(path string, data []byte) error { want[path] = string(data); return nil })
	known := make([]Known, len(names))
	for i, n := range names {
		whole.Add(i, s.docs[n])
		known[i] = Known{n, at[i]}
	}
	if err := whole.Close(); err != nil {
		t.Fatal(err)
	}
	got, packs := map[string]string{}, map[string][]byte{}
	u := NewUpdate(known, "search", func(path string, data []byte) error { got[path] = string(data); return nil }, past, f, nil)
	for i, n := range names {
		packs[n] = Pack(s.docs[n])
		if past != nil && !changed[n] {
			u.Same(i)
		} else {
			u.Add(i, packs[n])
		}
	}
	f.kept = nil
	state, files, err := u.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range f.kept {
		got["search/"+n] = f.files["search/"+n]
	}
	if !maps.Equal(got, want) {
		for n := range want {
			if got[n] != want[n] {
				t.Errorf("%s: got %.300q, want %.300q", n, got[n], want[n])
			}
		}
		t.Fatalf("%d files, want %d", len(got), len(want))
	}
	if len(files) != len(want) {
		t.Errorf("%d files are named of %d", len(files), len(want))
	}
	f.files, f.packs = got, packs
	var w packed.Writer
	state.Pack(&w)
	r, ok := packed.Open(w.Seal("test"), "test")
	if !ok {
		t.Fatal("not sealed")
	}
	again := UnpackState(r)
	if again == nil {
		t.Fatal("the state cannot be read")
	}
	return again
}

// After any changes an update writes what an index from nothing does.
func TestUpdate(t *testing.T) {
	s := &shelf{rand.New(rand.NewPCG(5, 6)), map[string]Doc{}}
	next := 0
	add := func() string {
		next++
		name := fmt.Sprintf("briefings/%d.html", next*7919)
		s.docs[name] = s.doc(name)
		return name
	}
	for range 300 {
		add()
	}
	f := &folder{}
	past := s.write(t, f, nil, nil)
	patched := 0
	for step := range 25 {
		changed := map[string]bool{}
		for range 1 + s.r.IntN(4) {
			names := slices.Sorted(maps.Keys(s.docs))
			name := names[s.r.IntN(len(names))]
			switch s.r.IntN(4) {
			case 0, 1:
				changed[add()] = true
			case 2:
				delete(s.docs, name)
			case 3:
				s.docs[name] = s.doc(name)
				changed[name] = true
			}
		}
		if step == 20 {
			past = nil // nothing is known of it
		}
		past = s.write(t, f, past, changed)
		if len(f.kept) > 0 {
			patched++
		}
	}
	if patched < 20 {
		t.Errorf("only %d updates kept files", patched)
	}
}

// A word that comes to stand in very many docs, or to stand in them no more.
func TestUpdateOfCommonWord(t *testing.T) {
	s := &shelf{rand.New(rand.NewPCG(7, 8)), map[string]Doc{}}
	doc := func(i int) string {
		name := fmt.Sprintf("briefings/%d.html", i)
		title := "A tale"
		if i%7 == 0 {
			title = "The tale"
		}
		s.docs[name] = Doc{Path: name, Title: title, Blocks: []Block{{ID: "p1", Text: "of the tale"}}}
		return name
	}
	for i := range common - 2 {
		doc(i)
	}
	f := &folder{}
	past := s.write(t, f, nil, nil)
	for i := common - 2; i < common+2; i++ {
		past = s.write(t, f, past, map[string]bool{doc(i): true})
	}
	for i := range 4 {
		delete(s.docs, fmt.Sprintf("briefings/%d.html", i*700))
		past = s.write(t, f, past, nil)
	}
}

// Docs that are others under their names are put in with few files written.
func TestAmend(t *testing.T) {
	s := &shelf{rand.New(rand.NewPCG(9, 10)), map[string]Doc{}}
	for i := range 400 {
		name := fmt.Sprintf("briefings/%d.html", i*7919)
		s.docs[name] = s.doc(name)
	}
	f := &folder{}
	past := s.write(t, f, nil, nil)
	for step := range 20 {
		names := slices.Sorted(maps.Keys(s.docs))
		packs := map[string][]byte{}
		for range 1 + s.r.IntN(2) {
			name := names[s.r.IntN(len(names))]
			d := s.docs[name]
			switch s.r.IntN(3) {
			case 0:
				d.Blocks = append(slices.Clone(d.Blocks), Block{ID: "editor-1", Text: fmt.Sprintf("word%d and word%d of step %d", s.r.IntN(400), s.r.IntN(4000), step)})
			case 1:
				d.Blocks = d.Blocks[:len(d.Blocks)/2]
			case 2:
				d = s.doc(name)
			}
			s.docs[name], packs[name] = d, Pack(d)
		}
		written := map[string]string{}
		state, files, ok := past.Amend(packs, "search", func(path string, data []byte) error { written[path] = string(data); return nil }, f)
		if !ok {
			t.Fatalf("step %d: not amended", step)
		}
		got := map[string]string{}
		for _, name := range files {
			path := "search/" + name
			data, isNew := written[path]
			if !isNew {
				data = f.files[path]
			}
			got[path] = data
		}
		// What is written anew says the same.
		past = s.write(t, f, nil, nil)
		if !maps.Equal(got, f.files) {
			t.Fatalf("step %d: %d files, want %d", step, len(got), len(f.files))
		}
		if len(state.docs) != len(past.docs) || !slices.Equal(state.sums, past.sums) || !slices.Equal(state.terms, past.terms) || !slices.Equal(state.texts, past.texts) {
			t.Fatalf("step %d: another state", step)
		}
	}
	if _, _, ok := past.Amend(map[string][]byte{"briefings/none.html": Pack(Doc{})}, "search", func(string, []byte) error { return nil }, f); ok {
		t.Error("a doc that is not there was put in")
	}
}
