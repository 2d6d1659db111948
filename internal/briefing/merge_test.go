package briefing

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"readout/internal/content"
)

const mergeBase = `---
title: Talks resume
slug: talks-resume
language: en
article:
  path: seeds/a.txt
  sha256: abababababababababababababababababababababababababababababababab
---

## Key points

- Sources said costs rose. [¶2](#p2)
- They will meet in Oslo. [¶1](#p1)

## Annotated text

::: {.headline}
Talks resume
:::

["We will meet,"]{.quote #q1 by=s1} [said]{.cue} [[Ana Lind]{.person role="the envoy"}]{.source #s1 naming=named}, the envoy, on Friday. ["In [Oslo]{.place}."]{.quote by=s1 continues=q1}

[Sources]{.source #s2 naming=bare} [said]{.cue} [costs rose to $3 million]{.statement by=s2}. [Lind]{.person ref=ana-lind} declined to comment on the matter at length.

### What comes next

A third round is planned in [Doha]{.place} for the spring, diplomats say.
`

// change replaces old by new in src, which must have it.
func change(t *testing.T, src string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(src, pairs[i]) {
			t.Fatalf("no %q in\n%s", pairs[i], src)
		}
		src = strings.Replace(src, pairs[i], pairs[i+1], 1)
	}
	return src
}

func TestMerge(t *testing.T) {
	// The article has a new first paragraph and the engine finds more.
	news := []string{
		"::: {.headline}\nTalks resume\n:::\n", "::: {.headline}\nTalks resume\n:::\n\n[Officials]{.source #s1 naming=role-only} [confirmed]{.cue} the date.\n",
		"#q1 by=s1", "#q1 by=s2", "{.source #s1 naming=named}", "{.source #s2 naming=named}", "{.quote by=s1 cont", "{.quote by=s2 cont",
		"{.source #s2 naming=bare}", "{.source #s3 naming=bare}", "by=s2}. ", "by=s3}. ",
		"[¶2](#p2)", "[¶3](#p3)", "[¶1](#p1)", "[¶2](#p2)", "on Friday", "[on Friday]{.time value=2024-05-03}",
		"sha256: ab", "sha256: cd",
	}
	for _, c := range []struct {
		name      string
		edit, gen []string
		want, not []string
		conflicts []string
	}{
		{
			name: "a corrected speaker", edit: []string{"statement by=s2", "statement by=s1"}, gen: news,
			want: []string{"[costs rose to $3 million]{.statement by=s1}", "[Officials]{.source #s3", "[on Friday]{.time"},
		},
		{
			name: "a reworded key point", edit: []string{"Sources said costs rose.", "Costs went up, *sources* said."}, gen: news,
			want: []string{"- Costs went up, *sources* said. [¶3](#p3)\n- They will meet in Oslo. [¶2](#p2)\n"},
		},
		{
			name: "a note", edit: []string{"## Annotated text", "## Background\n\nOur own words.\n\n## Annotated text"}, gen: news,
			want: []string{"## Background\n\nOur own words.\n\n## Annotated text\n"},
		},
		{
			name: "a value of the front matter", edit: []string{"language: en", "# checked\nlanguage: en-GB"}, gen: news,
			want: []string{"# checked\nlanguage: en-GB\n", "sha256: cd"},
		},
		{name: "a mark taken away", edit: []string{"[Oslo]{.place}", "Oslo"}, gen: news, want: []string{"\"In Oslo.\""}},
		{name: "a mark added", edit: []string{"diplomats say", "[diplomats]{.source #d} say"}, gen: news, want: []string{"[diplomats]{.source #d} say"}},
		{name: "a role", edit: []string{`role="the envoy"`, `role="special envoy"`}, gen: news, want: []string{`role="special envoy"`}},
		{
			name: "two attributes of one mark", edit: []string{`role="the envoy"`, `role="the envoy" ref=ana-k-lind`},
			gen:  []string{`role="the envoy"`, `role=envoy`},
			want: []string{`{.person role=envoy ref=ana-k-lind}`},
		},
		{
			name: "the same attribute", edit: []string{`role="the envoy"`, `role="special envoy"`}, gen: []string{`role="the envoy"`, `role=envoy`},
			want: []string{`role="special envoy"`}, conflicts: []string{"mark p1"},
		},
		{
			name: "a typo in the text", edit: []string{"planned in", "being planned in"}, gen: append(news, "spring, [diplomats", "", ""),
			want: []string{"being planned in [Doha]"},
		},
		{
			name: "text that both changed", edit: []string{"A third round", "One more round"}, gen: []string{"A third round", "A fourth round"},
			want: []string{"One more round"}, not: []string{"fourth"}, conflicts: []string{"block p3"},
		},
		{
			name: "an edit in a paragraph that changed", edit: []string{"ref=ana-lind", "ref=ana-k-lind"}, gen: []string{"at length", "in any detail"},
			want: []string{"ref=ana-k-lind", "in any detail"},
		},
		{
			name: "an edit whose words are gone", edit: []string{"[Doha]{.place}", "[Doha]{.place ref=doha-iii}"}, gen: []string{"in [Doha]{.place} for", "for"},
			want: []string{"planned in [Doha]{.place ref=doha-iii} for"}, conflicts: []string{"orphan p3"},
		},
		{
			name: "a key point whose paragraph is gone", edit: []string{"They will meet in Oslo. [¶1](#p1)", "In the spring: Doha. [¶3](#p3)"},
			gen:  []string{"### What comes next\n\nA third round is planned in [Doha]{.place} for the spring, diplomats say.\n", ""},
			want: []string{"- In the spring: Doha. [¶3](#p3)", "A third round"}, conflicts: []string{"orphan p3"},
		},
		{
			name: "an edit whose paragraph is gone", edit: []string{"[Doha]{.place}", "[Doha]{.place ref=doha-iii}"},
			gen:  []string{"### What comes next\n\nA third round is planned in [Doha]{.place} for the spring, diplomats say.\n", ""},
			want: []string{"ref=doha-iii"}, conflicts: []string{"orphan p3"},
		},
		{
			name: "a block set aside", edit: []string{"A third round is planned in [Doha]{.place} for the spring, diplomats say.", "::: {.set-aside reason=old}\nA third round is planned in Doha for the spring, diplomats say.\n:::"},
			gen: news, want: []string{"::: {.set-aside reason=old}\nA third round is planned in Doha"},
		},
		{
			name: "a key point that both changed", edit: []string{"Sources said costs rose.", "Costs went up."}, gen: []string{"Sources said costs rose.", "Costs rose to $3 million."},
			want: []string{"- Costs went up. [¶2](#p2)"}, conflicts: []string{"key point key-point-1"},
		},
		{
			name: "a title that both changed", edit: []string{"title: Talks resume", "title: Talks"}, gen: []string{"title: Talks resume", "title: Talks to resume"},
			want: []string{"title: Talks\n"}, conflicts: []string{"front matter title"},
		},
		{
			name: "a file that does not parse", edit: []string{"[Doha]{.place}", "[Doha]{.plaice}"}, gen: news,
			want: []string{"[Doha]{.plaice}"}, not: []string{"Officials"}, conflicts: []string{"file "},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			edited := change(t, mergeBase, c.edit...)
			gen := c.gen
			if c.name == "a typo in the text" {
				gen = news
			}
			generated := change(t, mergeBase, gen...)
			merged, conflicts := Merge([]byte(mergeBase), []byte(edited), []byte(generated))
			for _, w := range c.want {
				if !strings.Contains(string(merged), w) {
					t.Errorf("no %q in\n%s", w, merged)
				}
			}
			for _, w := range c.not {
				if strings.Contains(string(merged), w) {
					t.Errorf("%q in\n%s", w, merged)
				}
			}
			var got []string
			for _, x := range conflicts {
				got = append(got, x.Kind+" "+x.Unit)
			}
			if !slices.Equal(got, c.conflicts) {
				t.Errorf("conflicts %q, want %q\n%+v", got, c.conflicts, conflicts)
			}
			// What is merged counts as edited from now on, and stays.
			again, more := Merge([]byte(generated), merged, []byte(generated))
			if string(again) != string(merged) || len(more) > 0 {
				t.Errorf("merged again:\n%s\n%v", again, more)
			}
			if len(c.conflicts) == 0 || c.conflicts[0] != "file " {
				if _, diags := content.ParseBriefing("content/briefings/talks-resume.md", merged); diags.Errors() > 0 {
					t.Errorf("merged file has faults: %v\n%s", diags, merged)
				}
			}
		})
	}
}

// TestTake settles conflicts for the generation, one at a time.
func TestTake(t *testing.T) {
	edited := change(t, mergeBase, "title: Talks resume", "title: Talks", "Sources said costs rose.", "Costs went up.",
		`role="the envoy"`, `role="special envoy"`, "A third round", "One more round", "## Annotated text", "## Note\n\nOurs.\n\n## Annotated text")
	generated := change(t, mergeBase, "title: Talks resume", "title: Talks to resume", "Sources said costs rose.", "Costs rose to $3 million.",
		`role="the envoy"`, `role=envoy`, "A third round", "A fourth round")
	merged, conflicts := Merge([]byte(mergeBase), []byte(edited), []byte(generated))
	var units []string
	for _, c := range conflicts {
		units = append(units, c.Unit)
	}
	slices.Sort(units)
	if want := []string{"key-point-1", "p1", "p3", "title"}; !slices.Equal(units, want) {
		t.Fatalf("units %q, want %q", units, want)
	}
	for unit, want := range map[string][2]string{
		"title":       {"title: Talks to resume\n", "title: Talks\n"},
		"key-point-1": {"- Costs rose to $3 million. [", "Costs went up"},
		"p1":          {"{.person role=envoy}", "special"},
		"p3":          {"A fourth round", "One more"},
		"## Note":     {"", "Ours."},
	} {
		got, err := Take(merged, []byte(generated), unit)
		if err != nil || !strings.Contains(string(got), want[0]) || strings.Contains(string(got), want[1]) {
			t.Errorf("take %s: %v\n%s", unit, err, got)
		}
	}
	all, err := Take(merged, []byte(generated), append(units, "## Note")...)
	if err != nil || string(all) != generated {
		t.Errorf("taking all: %v\n%s\nwant\n%s", err, all, generated)
	}
	if _, err := Take(merged, []byte(generated), "p9"); err == nil {
		t.Error("no error for a unit that is not there")
	}
}

func TestMergeSimple(t *testing.T) {
	base, edited, generated := []byte(mergeBase), []byte(change(t, mergeBase, "Talks", "Chats")), []byte(change(t, mergeBase, "spring", "summer"))
	windows := []byte(strings.ReplaceAll(mergeBase, "\n", "\r\n"))
	for _, c := range []struct {
		name       string
		base, e, g []byte
		want       []byte
		conflicts  int
	}{
		{"new", nil, nil, generated, generated, 0},
		{"untouched", base, base, generated, generated, 0},
		{"untouched but for line ends", base, windows, generated, generated, 0},
		{"nothing new", base, edited, base, edited, 0},
		{"the same", base, generated, generated, generated, 0},
		{"without a base", nil, edited, generated, edited, 1},
		{"without a base, untouched", nil, generated, generated, generated, 0},
	} {
		got, conflicts := Merge(c.base, c.e, c.g)
		if string(got) != string(c.want) || len(conflicts) != c.conflicts {
			t.Errorf("%s: %d conflicts\n%s", c.name, len(conflicts), got)
		}
	}
}

// TestMergeKeepsWords makes random edits and random changes of the article and
// of what is found in it: each word that the editor wrote is in the merged
// file, and what only the generation changed is taken.
func TestMergeKeepsWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 11))
	cases := 2000
	if os.Getenv("CI") != "" && !testing.Short() {
		cases = 10000
	}
	whole, withConflict := 0, 0
	for n := range cases {
		e := newEditor(rng)
		base := e.file()
		editor, engine := e.copy(), e.copy()
		for range 1 + rng.IntN(5) {
			editor.edit(rng, fmt.Sprintf("edit%d", rng.IntN(1000)))
		}
		for range rng.IntN(6) {
			engine.edit(rng, fmt.Sprintf("news%d", rng.IntN(1000)))
		}
		edited, generated := editor.file(), engine.file()
		merged, conflicts := Merge([]byte(base), []byte(edited), []byte(generated))
		all := string(merged)
		for _, c := range conflicts {
			if c.Kind == FileConflict {
				whole++
			}
		}
		if len(conflicts) > 0 {
			withConflict++
		}
		for _, w := range strings.FieldsFunc(edited, func(r rune) bool { return !wordRune(r) }) {
			if strings.HasPrefix(w, "edit") && !strings.Contains(all, w) {
				t.Fatalf("case %d: the edit %q is lost\nbase\n%s\nedited\n%s\ngenerated\n%s\nmerged\n%s", n, w, base, edited, generated, merged)
			}
		}
		if len(conflicts) == 0 {
			for _, w := range strings.FieldsFunc(generated, func(r rune) bool { return !wordRune(r) }) {
				if strings.HasPrefix(w, "news") && !strings.Contains(all, w) && !editor.deletes {
					t.Fatalf("case %d: the news %q is lost\nbase\n%s\nedited\n%s\ngenerated\n%s\nmerged\n%s", n, w, base, edited, generated, merged)
				}
			}
		}
		if _, diags := content.ParseBriefing("content/briefings/x.md", merged); diags.Errors() > 0 {
			t.Fatalf("case %d: the merged file has faults: %v\n%s", n, diags, merged)
		}
		// As long as a conflict is not settled the next merge finds it again, and
		// nothing else.
		next := NextBase([]byte(base), []byte(generated), conflicts)
		if again, more := Merge(next, merged, []byte(generated)); string(again) != string(merged) || len(more) != len(conflicts) {
			t.Fatalf("case %d: conflicts %+v\nafter another run %+v\nbase\n%s\nedited\n%s\ngenerated\n%s\nnext base\n%s\nmerged\n%s\nagain\n%s", n, conflicts, more, base, edited, generated, next, merged, again)
		}
		if again, more := Merge([]byte(generated), merged, []byte(generated)); string(again) != string(merged) || len(more) > 0 {
			t.Fatalf("case %d: merged again: %v\n%s", n, more, again)
		}
	}
	t.Logf("%d cases, %d with a conflict, %d left whole", cases, withConflict, whole)
	// Left whole are files of which nothing would be left: each side took away
	// what the other one kept.
	if whole > cases/200 {
		t.Errorf("%d files of %d could not be merged", whole, cases)
	}
}

// An editor has a briefing in pieces and changes it at random.
type editor struct {
	title   string
	points  []keyPoint
	notes   []string
	blocks  [][]string // words, some of them with a mark
	names   []int      // of the blocks
	deletes bool
}

// A keyPoint rests on the block with that name.
type keyPoint struct {
	text  string
	block int
}

func newEditor(rng *rand.Rand) *editor {
	e := &editor{title: "title", points: []keyPoint{{"point one says a thing", 0}, {"point two says another", 1}, {"point three is short", 1}}}
	for i := range 2 + rng.IntN(5) {
		var words []string
		for range 4 + rng.IntN(12) {
			words = append(words, randomWord(rng))
		}
		e.blocks = append(e.blocks, words)
		e.names = append(e.names, i)
	}
	return e
}

var vocabulary = strings.Fields("the a talks minister said Kabul Doha on Friday officials met costs rose again border region envoy agreed plan report")

func randomWord(rng *rand.Rand) string {
	w := vocabulary[rng.IntN(len(vocabulary))]
	if rng.IntN(5) == 0 {
		return markup(rng, w, "")
	}
	return w
}

func markup(rng *rand.Rand, w, role string) string {
	class := []string{"person", "place", "organization"}[rng.IntN(3)]
	if role == "" {
		return "[" + w + "]{." + class + "}"
	}
	return "[" + w + "]{." + class + " role=" + role + "}"
}

func (e *editor) copy() *editor {
	c := &editor{title: e.title, points: slices.Clone(e.points), notes: slices.Clone(e.notes), names: slices.Clone(e.names)}
	for _, b := range e.blocks {
		c.blocks = append(c.blocks, slices.Clone(b))
	}
	return c
}

func (e *editor) edit(rng *rand.Rand, word string) {
	block := rng.IntN(len(e.blocks))
	b := e.blocks[block]
	i := rng.IntN(len(b))
	plain := func() string {
		w, _, _ := strings.Cut(strings.TrimPrefix(b[i], "["), "]")
		return w
	}
	n := rng.IntN(11)
	if n == 0 || n == 2 && b[i][0] == '[' {
		e.deletes = true // the word or the mark that was there
	}
	switch n {
	case 0:
		b[i] = word
	case 1:
		e.blocks[block] = slices.Insert(b, i, word)
	case 2:
		b[i] = markup(rng, plain(), word)
	case 3:
		b[i] = plain()
		e.deletes = true
	case 4:
		if len(e.points) > 0 {
			e.points[rng.IntN(len(e.points))].text += " " + word
		}
	case 5:
		e.points = slices.Insert(e.points, rng.IntN(len(e.points)+1), keyPoint{"new point " + word, e.names[block]})
	case 6:
		e.title += " " + word
	case 7:
		e.notes = append(e.notes, "a note "+word)
	case 8:
		at := rng.IntN(len(e.blocks) + 1)
		e.blocks = slices.Insert(e.blocks, at, []string{"new", "paragraph", word})
		e.names = slices.Insert(e.names, at, 100+rng.IntN(1<<30))
	case 9:
		cited := slices.ContainsFunc(e.points, func(p keyPoint) bool { return p.block == e.names[block] })
		if len(e.blocks) > 1 && !cited {
			e.blocks = slices.Delete(e.blocks, block, block+1)
			e.names = slices.Delete(e.names, block, block+1)
			e.deletes = true
		}
	case 10:
		if len(e.points) > 1 {
			e.points = slices.Delete(e.points, 0, 1)
			e.deletes = true
		}
	}
}

func (e *editor) file() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\nslug: x\narticle:\n  path: seeds/x.txt\n  sha256: %s\n---\n\n## Key points\n\n", e.title, strings.Repeat("a1", 32))
	for _, p := range e.points {
		n := 1 + slices.Index(e.names, p.block)
		fmt.Fprintf(&b, "- %s [¶%d](#p%d)\n", p.text, n, n)
	}
	b.WriteString("\n## Annotated text\n")
	for _, words := range e.blocks {
		b.WriteString("\n" + strings.Join(words, " ") + "\n")
	}
	for i, n := range e.notes {
		fmt.Fprintf(&b, "\n## Note %d\n\n%s\n", i, n)
	}
	return b.String()
}

func TestChanges(t *testing.T) {
	edited := change(t, mergeBase, "title: Talks resume", "title: Talks\ndek: New", "Sources said costs rose.", "Costs went up.",
		`role="the envoy"`, `role="special envoy"`, "## Annotated text", "## Note\n\nOurs.\n\n## Annotated text")
	var got []string
	for _, c := range Changes([]byte(mergeBase), []byte(edited)) {
		got = append(got, fmt.Sprintf("%s %s %d", c.Kind, c.Unit, c.Line))
	}
	want := []string{"front matter title 2", "front matter dek 3", "key point key-point-1 13", "block p1 26", "section ## Note 16"}
	if !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
}

func FuzzMerge(f *testing.F) {
	edited := strings.Replace(mergeBase, "A third round", "One more round", 1)
	generated := strings.Replace(mergeBase, "A third round", "A fourth round", 1)
	f.Add(mergeBase, edited, generated)
	f.Add(mergeBase, mergeBase+"\n## Note\n", strings.Replace(generated, "[Oslo]", "[Oslo]{.x}", 1))
	f.Fuzz(func(t *testing.T, base, edited, generated string) {
		merged, conflicts := Merge([]byte(base), []byte(edited), []byte(generated))
		if base == generated && string(merged) != edited {
			t.Errorf("nothing new, but %q became %q", edited, merged)
		}
		if !keepsWords([]byte(base), []byte(edited), merged) {
			t.Errorf("words of %q are lost in %q", edited, merged)
		}
		if len(conflicts) > 0 && conflicts[0].Kind == FileConflict && string(merged) != edited {
			t.Errorf("%q was to be left alone, but is %q", edited, merged)
		}
		Changes([]byte(base), []byte(edited))
		if edits, ok := Edits([]byte(edited), []byte(edited)); !ok || len(edits) > 0 {
			t.Errorf("%q is said to differ from itself: %v", edited, edits)
		}
		Edits([]byte(base), []byte(edited))
	})
}
