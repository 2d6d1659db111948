package render

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/content"
	"readout/internal/label"
	"readout/internal/output"
	"readout/internal/site"
)

// gatherFiles makes a site of content files in memory.
func gatherFiles(t testing.TB, files map[string]string) (*site.Site, site.Loader) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	tree, diags := content.Read(fsys)
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	s, diags := site.Gather(site.Input{Index: tree.Index, Files: tree.Briefings, Entities: tree.Entities, Stories: tree.Stories})
	for _, d := range diags {
		t.Errorf("%v", d)
	}
	bySlug := map[string]*content.File{}
	for _, f := range tree.Briefings {
		bySlug[f.Meta.Slug] = f
	}
	return s, func(slug string) (*content.File, error) { return bySlug[slug], nil }
}

// write puts a tree into a folder for a look at it.
func write(t testing.TB, tree *output.Tree, folder string) {
	t.Helper()
	for _, f := range tree.Files {
		name := filepath.Join(folder, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func briefingFile(slug, title, more, body string) string {
	return fmt.Sprintf("---\ntitle: %q\nslug: %s\n%sarticle:\n  path: seeds/%s.txt\n  sha256: %s\n---\n\n## Annotated text\n\n%s\n", title, slug, more, slug, strings.Repeat("5d", 32), body)
}

// extremes are sites at the edges of what an article can be.
func extremes() map[string]map[string]string {
	crowded := strings.Builder{}
	for p := range 60 {
		for q := range 7 {
			n := p*7 + q
			fmt.Fprintf(&crowded, "[\"We have counted to %d and shall go on,\"]{.quote by=s%d} [said]{.cue} [Person Number%d Longname]{.source #s%d naming=named}. ", n, n, n%40, n)
			for m := range 5 {
				fmt.Fprintf(&crowded, "[Place%d]{.place} and [The Organization Of %d]{.organization}, ", (n*5+m)%300, (n+m)%90)
			}
			crowded.WriteString("and so on. ")
		}
		crowded.WriteString("\n\n")
	}
	long := strings.Repeat("Almost endless words fill this plain paragraph without a single name in it. ", 12)
	word := strings.Repeat("Donaudampfschiff", 30)
	return map[string]map[string]string{
		"one word": {"content/briefings/one.md": briefingFile("one", "One", "", "Word.")},
		"crowded":  {"content/briefings/crowded.md": briefingFile("crowded", "Four hundred and twenty quotations", "", crowded.String())},
		"long": {"content/briefings/long.md": briefingFile("long", strings.Repeat("A title of three hundred characters ", 9)[:300], "publisher: \""+word+"\"\nurl: \"https://example.org/"+word+"\"\n",
			strings.Repeat(long+"\n\n", 40)+"["+word+"]{.person}, [محمد بن سلمان آل سعود]{.person}, [習近平]{.person} and ["+word+"@example.org]{.organization}.")},
		"right to left": {
			"content/index.md":          "---\ntitle: \"דסק\"\nlanguage: he\n---\n",
			"content/briefings/rtl.md":  briefingFile("rtl", "عنوان المقال", "language: ar\n", "قال [محمد]{.person} إن [\"الاتفاق قريب\"]{.quote by=s1} [مصدر]{.source #s1 naming=bare}."),
			"content/briefings/rtl2.md": briefingFile("rtl2", "An English article", "language: en\n", "[\"It is near,\"]{.quote by=s1} [said]{.cue} [a source]{.source #s1 naming=bare}."),
		},
		"empty":    {"content/index.md": "---\ntitle: \"Nothing yet\"\n---\n"},
		"no text":  {"content/index.md": "---\ntitle: \"Points only\"\ntext: none\n---\n", "content/briefings/one.md": briefingFile("one", "One", "", "[\"It is near,\"]{.quote by=s1} [said]{.cue} [a source]{.source #s1 naming=bare} in [Rome]{.place} [on Friday]{.time unresolved=\"publication date unknown\"}.")},
		"excerpts": {"content/index.md": "---\ntitle: \"Excerpts\"\ntext: excerpts\n---\n", "content/briefings/one.md": briefingFile("one", "One", "", "Plain words with nobody in them stand here. More of them follow in [Rome]{.place}. [\"It is near,\"]{.quote by=s1} [said]{.cue} [a source]{.source #s1 naming=bare}.")},
	}
}

func TestExtremes(t *testing.T) {
	for name, files := range extremes() {
		t.Run(name, func(t *testing.T) {
			s, load := gatherFiles(t, files)
			tree := build(t, s, load, Options{})
			checkSite(t, tree)
			if *keep != "" {
				write(t, tree, filepath.Join(*keep, strings.ReplaceAll(name, " ", "-")))
			}
		})
	}
}

// TestWeight holds the pages to their budgets, in bytes as they travel.
func TestWeight(t *testing.T) {
	squeezed := func(data []byte) int {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(data)
		z.Close()
		return b.Len()
	}
	var body strings.Builder
	for p := range 25 { // some 1,000 words, 50 notes, 100 mentions
		fmt.Fprintf(&body, "[The Ministry Of %d]{.organization} in [City%d]{.place} went on with work number %d on the road, as [Person%d Longname]{.person role=\"minister for roads\"} wished. [\"We shall see number %d through to the end,\"]{.quote by=s%d} [said]{.cue} [an engineer with knowledge of part %d]{.source #s%d naming=described}, and [some %d workers]{.quantity value=%d unit=people} [on Friday]{.time unresolved=\"publication date unknown\"} agreed.\n\n", p, p, p, p, p, p, p, p, p+20, p+20)
	}
	s, load := gatherFiles(t, map[string]string{"content/briefings/one.md": briefingFile("one", "A briefing of a thousand words", "", body.String())})
	tree := build(t, s, load, Options{})
	sizes := map[string]int{}
	for _, f := range tree.Files {
		switch base := strings.Split(filepath.Base(f.Path), ".")[0]; {
		case f.Path == "briefings/one.html":
			sizes["html"] = squeezed(f.Data)
		case strings.HasSuffix(f.Path, ".css") && (base == "site" || base == "margin-"+strconv.Itoa(maxMarginNotes)):
			sizes["css"] += squeezed(f.Data)
		case strings.HasPrefix(f.Path, "assets/") && strings.HasSuffix(f.Path, ".js"):
			sizes["js"] += squeezed(f.Data)
		}
	}
	for kind, limit := range map[string]int{"html": 25_000, "css": 8_192, "js": 8_000} {
		if n := sizes[kind]; n == 0 || n > limit {
			t.Errorf("%s: %d bytes, limit %d", kind, n, limit)
		} else {
			t.Logf("%s: %d bytes, limit %d", kind, n, limit)
		}
	}
}

// Beside a long text the lists tell first words and lead to the whole; nothing of
// the text is lost, and where the text is not published nothing is shortened.
func TestLongText(t *testing.T) {
	files := extremes()["crowded"]
	saying := regexp.MustCompile(`<blockquote><p>([^<]*)</p></blockquote>\n<p class="src">.*?href="#(p\d+)-q\d+"`)
	page := func() string {
		s, load := gatherFiles(t, files)
		for _, f := range build(t, s, load, Options{}).Files {
			if f.Path == "briefings/crowded.html" {
				return string(f.Data)
			}
		}
		return ""
	}
	long := "and shall go on for as long as there is anything left in this place that can be counted"
	files["content/briefings/crowded.md"] = strings.ReplaceAll(files["content/briefings/crowded.md"], "and shall go on", long)
	whole := page()
	said := saying.FindAllStringSubmatch(whole, -1)
	if len(said) != 420 {
		t.Fatalf("%d quotations lead to their paragraph", len(said))
	}
	for _, q := range said {
		if !strings.HasSuffix(q[1], "…") || len(q[1]) > firstWords+20 {
			t.Fatalf("the list tells %q", q[1])
		}
	}
	if n := strings.Count(whole, long+",&#34;"); n != 0 {
		t.Errorf("%d quotations are told in full beside the text", n)
	}
	if _, text, _ := strings.Cut(whole, `<div class="prose">`); strings.Count(text, long) != 420 {
		t.Errorf("%d quotations stand in the text", strings.Count(text, long))
	}
	if !strings.Contains(whole, label.English().Text("briefing.brief")) {
		t.Error("nothing says that lists tell first words")
	}

	files["content/index.md"] = "---\ntitle: Desk\ntext: none\n---\n"
	if n := strings.Count(page(), long+",&#34;"); n != 420 {
		t.Errorf("%d quotations are told in full where nothing else tells them", n)
	}
	delete(files, "content/index.md")
}
