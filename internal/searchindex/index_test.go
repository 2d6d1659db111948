package searchindex

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTerms(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"The port's 9 cranes", []string{"the", "port", "9", "cranes"}},
		{"Élysée, Łódź, Straße", []string{"elysee", "lodz", "strasse"}},
		{"TTP (X)", []string{"ttp"}},
		{"北京大学", []string{"北京", "京大", "大学"}},
		{"in 東京 on 3", []string{"in", "東京", "on", "3"}},
		{"على مصطفى", []string{"علي", "مصطفي"}},
		{"کتاب", []string{"كتاب"}},
		{"full-width ＡＢＣ", []string{"full", "width", "abc"}},
		{"a\u0301b", []string{"ab"}},
	} {
		var got []string
		terms(c.in, func(s string) { got = append(got, s) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzTerms(f *testing.F) {
	for _, s := range []string{"a b", "Élysée", "北京大学", "ＡＢ\u0301", "\xff\xfe", strings.Repeat("x", 200), "1\u00bd", "ﷺ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		terms(s, func(w string) {
			if w == "" || len(w) > maxTerm || !utf8.ValidString(w) || strings.ContainsAny(w, " \n=") {
				t.Errorf("%q: term %q", s, w)
			}
		})
	})
}

// read gets the places of a word out of the files, as the script does: the docs
// that have it, each with its blocks.
func read(t *testing.T, files map[string]string, word string) map[int][]int {
	t.Helper()
	out := map[int][]int{}
	for name, data := range files {
		rest, ok := strings.CutPrefix(data, "R.terms(")
		if !ok {
			continue
		}
		_, quoted, _ := strings.Cut(rest, ",")
		var lines string
		if err := json.Unmarshal([]byte(strings.TrimSuffix(quoted, ");\n")), &lines); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for line := range strings.Lines(lines) {
			i := strings.LastIndexByte(line, ' ')
			if line[:i] != word {
				continue
			}
			doc := 0
			for group := range strings.SplitSeq(strings.TrimSpace(line[i:]), ",") {
				parts := strings.Split(group, ".")
				step, err := strconv.ParseInt(parts[0], 36, 64)
				if err != nil {
					t.Fatal(err)
				}
				doc += int(step)
				block := 0
				for _, p := range parts[1:] {
					n, err := strconv.ParseInt(p, 36, 64)
					if err != nil {
						t.Fatal(err)
					}
					block += int(n)
					out[doc] = append(out[doc], block)
				}
			}
		}
	}
	return out
}

// upTo returns the numbers below n.
func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// begin returns an index, and what writes the rest of it and returns all files.
func begin(n int) (*Index, func(t *testing.T) map[string]string) {
	files := map[string]string{}
	x := New(upTo(n), "search", func(path string, data []byte) error { files[path] = string(data); return nil })
	return x, func(t *testing.T) map[string]string {
		t.Helper()
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		return files
	}
}

func TestIndex(t *testing.T) {
	x, write := begin(4)
	x.Add(2, Doc{Path: "c.html", Title: "Cranes", Blocks: []Block{{ID: "p1", Text: "no crane here"}, {ID: "p2", Text: "</script><!--"}}})
	x.Add(0, Doc{Path: "a.html", Title: "A strike", Meta: "Courier", Facets: []string{"publisher:Courier"}, Blocks: []Block{
		{ID: "p1", Text: "The strike ended.", Facets: []string{"word:named"}}, {ID: "p2", Text: "Cranes stood still."},
	}})
	files := write(t)
	for word, want := range map[string]map[int][]int{
		"strike":             {0: {0, 1}},
		"cranes":             {0: {2}, 2: {0}},
		"courier":            {0: {0}},
		"=publisher:Courier": {0: {0}},
		"=word:named":        {0: {1}},
		"nothing":            {},
	} {
		if got := read(t, files, word); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", word, got, want)
		}
	}
	for name, data := range files {
		if strings.Contains(data, "</script") || strings.Contains(data, "<!--") {
			t.Errorf("%s could end the script it is in", name)
		}
	}
	if dir := files["search/index.js"]; !strings.Contains(dir, `"docs":4`) || !strings.Contains(dir, `"publisher":[["Courier",1]]`) {
		t.Errorf("directory: %s", dir)
	}
}

// TestIndexIsSharded adds many docs in two orders and wants the same files,
// none of them large.
func TestIndexIsSharded(t *testing.T) {
	const n = 600
	docs := make([]Doc, n)
	for i := range docs {
		d := Doc{Path: fmt.Sprintf("b/%d.html", i), Title: fmt.Sprintf("Number %d", i)}
		for k := range 6 {
			d.Blocks = append(d.Blocks, Block{ID: "p" + strconv.Itoa(k+1), Text: fmt.Sprintf("word%d and thing%d of the same old tale, told anew", i*7+k, i%50)})
		}
		docs[i] = d
	}
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	a, writeA := begin(n)
	b, writeB := begin(n)
	for i := range docs {
		a.Add(i, docs[i])
		b.Add(order[i], docs[order[i]])
	}
	files := writeA(t)
	if !reflect.DeepEqual(files, writeB(t)) {
		t.Error("the files depend on the order in which docs are added")
	}
	if len(files) < 6 {
		t.Errorf("only %d files", len(files))
	}
	for name, data := range files {
		if len(data) > termShardSize+20_000 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
	if got := read(t, files, "tale"); len(got) != n || !slices.Equal(got[599], []int{1, 2, 3, 4, 5, 6}) {
		t.Errorf("tale: %d docs", len(got))
	}
}

// Of a word that stands in very many docs the titles alone are told apart.
func TestIndexOfCommonWord(t *testing.T) {
	const n = common + 40
	x, write := begin(n)
	for i := range n {
		d := Doc{Path: fmt.Sprintf("b/%d.html", i), Title: "A tale", Blocks: []Block{{ID: "p1", Text: "the tale"}}}
		if i%7 == 0 {
			d.Title = "The tale"
		}
		x.Add(i, d)
	}
	got := read(t, write(t), "the")
	for i := range n {
		want := 0
		if i%7 == 0 {
			want = 1
		}
		if len(got[i]) != want {
			t.Fatalf("doc %d: blocks %v, want %d", i, got[i], want)
		}
	}
}

// An error of a file's writer is what Close returns.
// TestAside wants the files to be the same wherever the places of words were until
// all docs had come, and nothing written where they are lost.
func TestAside(t *testing.T) {
	const n = common + 200
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = Doc{Path: fmt.Sprintf("b-%d.html", i), Title: "Common " + strings.Repeat("title ", i%2), Blocks: []Block{
			{ID: "p1", Text: fmt.Sprintf("common word%d", i%37)},
			{ID: "p2", Text: fmt.Sprintf("word%d only%d", i%11, i)},
		}}
	}
	write := func(most int, aside Aside) (map[string]string, error) {
		files := map[string]string{}
		x := New(upTo(n), "search", func(path string, data []byte) error { files[path] = string(data); return nil })
		x.Aside, x.most = aside, most
		for i, d := range docs {
			x.Add(i, d)
		}
		err := x.Close()
		return files, err
	}
	want, err := write(1<<30, nil)
	if err != nil {
		t.Fatal(err)
	}
	runs := 0
	aside := func(data []byte) (func() ([]byte, error), error) {
		runs++
		return inMemory(data)
	}
	for _, most := range []int{1, 5_000, 50_000} {
		runs = 0
		got, err := write(most, aside)
		if err != nil || !maps.Equal(got, want) || runs == 0 {
			t.Errorf("of %d bytes: %d times put aside, other files: %t, error %v", most, runs, !maps.Equal(got, want), err)
		}
	}
	lost := errors.New("lost")
	if got, err := write(5_000, func([]byte) (func() ([]byte, error), error) { return nil, lost }); err != nil || !maps.Equal(got, want) {
		t.Errorf("what could not be put aside was not held: %v", err)
	}
	_, err = write(5_000, func([]byte) (func() ([]byte, error), error) {
		return func() ([]byte, error) { return nil, lost }, nil
	})
	if !errors.Is(err, lost) {
		t.Errorf("what was lost was not missed: %v", err)
	}
}

func TestIndexThatCannotBeWritten(t *testing.T) {
	full := errors.New("no space left")
	x := New(upTo(2), "search", func(string, []byte) error { return full })
	x.Add(1, Doc{Title: "b"})
	if err := x.Close(); err != full {
		t.Errorf("got %v", err)
	}
}

// A doc that was packed is put in as it was.
func TestPacked(t *testing.T) {
	doc := Doc{Path: "a.html", Title: "A title", Meta: "An outlet", Facets: []string{"kind:briefing"}, Blocks: []Block{{ID: "p1", Text: "So it was told, and told again."}}}
	files := func(add func(x *Index)) map[string]string {
		out := map[string]string{}
		x := New(upTo(1), "search", func(name string, data []byte) error { out[name] = string(data); return nil })
		add(x)
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		return out
	}
	pack := Pack(doc)
	want := files(func(x *Index) { x.Add(0, doc) })
	got := files(func(x *Index) {
		if !x.AddPacked(0, pack) {
			t.Error("not taken")
		}
	})
	if !maps.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	files(func(x *Index) {
		for n := range pack {
			if x.AddPacked(0, pack[:n]) {
				t.Fatalf("taken when cut to %d bytes", n)
			}
		}
	})
}

// One more of documents that come in no order leaves nearly all numbers as they are,
// and nearly all files.
func TestSlots(t *testing.T) {
	name := func(i int) string { return fmt.Sprintf("briefings/report-%d.html", i*7919) }
	index := func(n int) (map[string]int, map[string]string) {
		names := make([]string, n)
		for i := range names {
			names[i] = name(i)
		}
		slots := Slots(names)
		at := map[string]int{}
		order := make([]int, n)
		for i, k := range slots {
			at[names[i]], order[i] = k, i
			if k < 0 || k >= SlotRoom(n) {
				t.Fatalf("%d of %d names", k, n)
			}
		}
		slices.SortFunc(order, func(a, b int) int { return slots[a] - slots[b] })
		numbers := make([]int, n)
		for i, k := range order {
			numbers[i] = slots[k]
			if i > 0 && numbers[i] == numbers[i-1] {
				t.Fatalf("two have the number %d", numbers[i])
			}
		}
		files := map[string]string{}
		x := New(numbers, "search", func(path string, data []byte) error { files[path] = string(data); return nil })
		for i, k := range order {
			x.Add(i, Doc{Path: names[k], Title: fmt.Sprintf("Report %d", k), Blocks: []Block{{ID: "p1", Text: strings.Repeat(fmt.Sprintf("word%d ", k%400), 60)}}})
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		for k, found := range read(t, files, "word7") {
			if len(found) != 1 || (k-at[name(7)])*(k-at[name(407)]) != 0 {
				t.Errorf("word7 stands in document %d", k)
			}
		}
		return at, files
	}
	was, files := index(700)
	is, more := index(701)
	moved, changed := 0, 0
	for n, k := range was {
		if is[n] != k {
			moved++
		}
	}
	for path := range files {
		if _, ok := more[path]; !ok {
			changed++
		}
	}
	if moved > 20 || changed > len(files)/5 {
		t.Errorf("%d of 700 numbers moved, %d of %d files are gone", moved, changed, len(files))
	}
}

func TestIsOf(t *testing.T) {
	doc := func() Doc {
		return Doc{Path: "a.html", Title: "A strike", Meta: "Courier", Facets: []string{"kind:briefing"}, Blocks: []Block{{ID: "p1", Text: "Dockers struck.", Facets: []string{"word:named"}}}}
	}
	pack := Pack(doc())
	if !IsOf(pack, doc()) {
		t.Error("a pack is none of its doc")
	}
	for what, change := range map[string]func(*Doc){
		"a title":            func(d *Doc) { d.Title = "A ferry" },
		"a facet":            func(d *Doc) { d.Facets[0] = "kind:other" },
		"a word":             func(d *Doc) { d.Blocks[0].Text = "Dockers strike." },
		"the facet of words": func(d *Doc) { d.Blocks[0].Facets[0] = "word:unnamed" },
		"a block more":       func(d *Doc) { d.Blocks = append(d.Blocks, Block{ID: "p2"}) },
	} {
		d := doc()
		change(&d)
		if IsOf(pack, d) {
			t.Errorf("%s changed, and the pack is as it was", what)
		}
	}
	if IsOf(pack[1:], doc()) || IsOf(nil, doc()) {
		t.Error("what is no pack is one of a doc")
	}
}
