package render

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"readout/internal/output"
)

// found returns the paths of what the search finds under a word, in order.
func found(t *testing.T, tree *output.Tree, word string) []string {
	t.Helper()
	var paths []string
	for _, f := range tree.Files {
		list, ok := strings.CutPrefix(string(f.Data), "R.texts(")
		if !ok {
			continue
		}
		_, list, _ = strings.Cut(list, ",")
		var docs []*struct {
			Path   string  `json:"p"`
			Title  string  `json:"t"`
			Meta   string  `json:"m"`
			Blocks [][]any `json:"b"`
		}
		if err := json.Unmarshal([]byte(strings.TrimSuffix(list, ");\n")), &docs); err != nil {
			t.Fatalf("%s: %v", f.Path, err)
		}
		for _, d := range docs {
			if d == nil {
				continue
			}
			if strings.Contains(d.Title+" "+d.Meta, word) {
				paths = append(paths, d.Path)
			}
			for _, b := range d.Blocks {
				if strings.Contains(b[1].(string), word) {
					paths = append(paths, d.Path+"#"+b[0].(string))
				}
			}
		}
	}
	slices.Sort(paths)
	return paths
}

// Whatever stands on the page of a briefing or of a name can be found, where it
// stands.
func TestSearchFindsWhatPagesShow(t *testing.T) {
	front := "dek: Ferries and dekword\nbyline: [Bylina Firstauthor, Otto Secondauthor]\npublisher: Publisherword Daily\ndate: 2031-03-12\ndate_basis: metadata\n"
	text := "::: dek\nOwn deck of the textdek\n:::\n\nThe [harbour]{.place ref=almavir} of captains struck [on Tuesday]{.time value=2031-03-11}.\n\n" +
		"### A headingword\n\n- one listword\n\n::: caption\nA captionword stands.\n:::\n\n::: {.set-aside reason=\"a disclaimer\"}\nOpinions are disclaimword.\n:::"
	file := briefingFile("strike", "Titleword of a strike", front, text)
	names := "---\nname: Port of Canonword\naliases: [Aliasword Roads]\n---\n\nWritten by the desk: introword.\n"
	files := map[string]string{
		"content/briefings/strike.md": strings.Replace(file, "## Annotated text", "## Key points\n\n- Reworded keyword. [¶1](#p1)\n\n## Annotated text", 1) +
			"\n\n## First\n\nAn asideword.\n\n## Sectionword of ours\n\nWritten by the desk.\n\n- a **bold** itemword\n\n| a | b |\n|---|---|\n| c | cellword |\n",
		"content/places/almavir.md": names,
	}
	briefing, place := "briefings/strike.html", "places/almavir.html"
	cases := []struct{ word, at string }{
		{"Titleword", briefing},
		{"Firstauthor", briefing},
		{"Secondauthor", briefing},
		{"Publisherword", briefing},
		{"dekword", briefing + "#main"},
		{"textdek", briefing + "#dek"},
		{"headingword", briefing + "#h1"},
		{"listword", ""},
		{"captionword", ""},
		{"disclaimword", briefing + "#a1"},
		{"Canonword", briefing + "#places"},
		{"11 March 2031", briefing + "#timeline"},
		{"seeds/", briefing + "#made"},
		{"keyword", briefing + "#key-1"},
		{"asideword", briefing + "#editor-1"},
		{"Sectionword", briefing + "#editor-2"},
		{"a bold itemword", briefing + "#editor-2"},
		{"cellword", briefing + "#editor-2"},
		{"Canonword", place},
		{"harbour", place},
		{"introword", place + "#main"},
	}
	s, load := gatherFiles(t, files)
	tree := build(t, s, load, Options{})
	for _, c := range cases {
		got := found(t, tree, c.word)
		if c.at == "" && len(got) == 0 || c.at != "" && !slices.Contains(got, c.at) {
			t.Errorf("%q is found at %q, not %q", c.word, got, c.at)
		}
	}

	// Without the text of the article the key points are found, once.
	files["content/index.md"] = "---\ntitle: Desk\ntext: none\n---\n"
	s, load = gatherFiles(t, files)
	tree = build(t, s, load, Options{})
	if got := found(t, tree, "keyword"); !slices.Equal(got, []string{briefing + "#key-1"}) {
		t.Errorf("the key point is found at %q", got)
	}
	if got := found(t, tree, "captionword"); len(got) > 0 {
		t.Errorf("what is not published is found at %q", got)
	}

	// A byline that would fill the page stands with the passages.
	files["content/briefings/strike.md"] = strings.Replace(file, "Otto Secondauthor", strings.Repeat("Otto von ", 40)+"Secondauthor", 1)
	s, load = gatherFiles(t, files)
	tree = build(t, s, load, Options{})
	if got := found(t, tree, "Firstauthor"); !slices.Equal(got, []string{briefing + "#main"}) {
		t.Errorf("the author is found at %q", got)
	}
}
