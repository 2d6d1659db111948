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
