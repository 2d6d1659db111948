package render

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"readout/internal/content"
	"readout/internal/label"
	"readout/internal/output"
	"readout/internal/site"
	"readout/templates"
)

// inLanguage renders the test site with labels of a language.
func inLanguage(t *testing.T, files fstest.MapFS, own fs.FS, lang string) (*output.Tree, string) {
	t.Helper()
	labels, diags := label.Load(templates.FS, own, lang)
	for _, d := range diags {
		t.Fatal(d)
	}
	var all strings.Builder
	for name, f := range files {
		all.WriteString(name + "\n" + string(f.Data))
	}
	tree, _ := content.Read(files)
	tree.Index.Config.Language = lang
	s, _ := site.Gather(site.Input{Index: tree.Index, Files: tree.Briefings, Entities: tree.Entities, Stories: tree.Stories, Labels: labels})
	bySlug := map[string]*content.File{}
	for _, f := range tree.Briefings {
		bySlug[f.Meta.Slug] = f
	}
	return build(t, s, func(slug string) (*content.File, error) { return bySlug[slug], nil }, Options{}), all.String()
}

// testSites are the content of the test site and that of the repository, which
// has stories.
func testSites(t *testing.T) map[string]fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	invented, seeds := fstest.MapFS{}, fstest.MapFS{}
	for _, f := range a.Files {
		invented[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	top := os.DirFS("../..")
	err = fs.WalkDir(top, "content", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(top, name)
		seeds[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]fstest.MapFS{"invented": invented, "seeds": seeds, "compared": comparedSite()}
}

// comparedSite has two reports of one event that differ in figures, in a day and
// in words.
func comparedSite() fstest.MapFS {
	report := func(slug, publisher, killed, hurt, homes, tanks, day string) string {
		return briefingFile(slug, "Quake shakes Almavir, "+publisher, "publisher: "+publisher+"\ndate: 2031-03-12\ndate_basis: metadata\nlanguage: en\n",
			"An earthquake shook [Almavir]{.place} on [Tuesday]{.time value=2031-03-11} and ["+killed+" people]{.quantity value="+killed+" unit=people of=killed} were killed in the town of [Almavir]{.place}, the rescue service said.\n\n"+
				"The quake destroyed ["+homes+" homes]{.quantity value="+homes+" unit=homes of=destroyed} in the old quarter of the town and ["+hurt+" miners]{.quantity value="+hurt+" unit=miners of=injured} were injured in the pit below the town.\n\n"+
				"The army of the region sent ["+tanks+" tankers]{.quantity value="+tanks+" unit=tankers} with drinking water to the old quarter of Almavir. A relief train with tents is expected [on "+day+"]{.time value=2031-03-"+map[string]string{"Friday": "14", "Saturday": "15"}[day]+"} in the old quarter of Almavir.")
	}
	return fstest.MapFS{
		"content/briefings/a.md": &fstest.MapFile{Data: []byte(report("a", "Courier", "12", "40", "400", "7", "Friday"))},
		"content/briefings/b.md": &fstest.MapFile{Data: []byte(report("b", "Herald", "9", "55", "650", "9", "Saturday"))},
	}
}

// spoken are the attributes that a reader sees or hears.
var spoken = []string{"aria-label", "title", "alt", "placeholder", "content", "data-p"}

// said lists what a page says, text by text, with where it stands.
func said(page []byte) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(string(page)))
	var code, script int
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.TextToken:
			if text := strings.TrimSpace(string(z.Text())); text != "" && code == 0 && script == 0 {
				out = append(out, html.UnescapeString(text))
			}
		case html.StartTagToken:
			t := z.Token()
			for _, a := range t.Attr {
				if slices.Contains(spoken, a.Key) && !(t.Data == "meta" && slices.ContainsFunc(t.Attr, func(b html.Attribute) bool {
					return b.Key == "http-equiv" || b.Key == "name" && b.Val != "description" || b.Key == "property" && !strings.HasSuffix(b.Val, "description") && !strings.HasSuffix(b.Val, "title")
				})) {
					out = append(out, a.Val)
				}
			}
			switch t.Data {
			case "code", "kbd":
				code++
			case "script", "style":
				script++
			}
		case html.EndTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "code", "kbd":
				code--
			case "script", "style":
				script--
			}
		}
	}
}

// A page has no word but those of the content and those of the label files: with
// labels of a language of one letter, no other is left.
func TestEveryWordIsALabel(t *testing.T) {
	data, err := fs.ReadFile(templates.FS, "labels/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`\{[a-z]+\}|.`)
	var change func(n *yaml.Node, key bool)
	change = func(n *yaml.Node, key bool) {
		for i, c := range n.Content {
			change(c, n.Kind == yaml.MappingNode && i%2 == 0)
		}
		if n.Kind == yaml.ScalarNode && !key {
			n.Tag, n.Style = "!!str", yaml.DoubleQuotedStyle
			n.Value = place.ReplaceAllStringFunc(n.Value, func(s string) string {
				if len(s) == 1 && unicode.IsLetter(rune(s[0])) {
					return "ж"
				}
				return s
			})
		}
	}
	change(&doc, false)
	pseudo, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range testSites(t) {
		t.Run(name, func(t *testing.T) { everyWord(t, files, pseudo) })
	}
}

func everyWord(t *testing.T, files fstest.MapFS, pseudo []byte) {
	t.Helper()
	tree, words := inLanguage(t, files, fstest.MapFS{"labels/eo.yaml": &fstest.MapFile{Data: pseudo}}, "eo")
	word := regexp.MustCompile(`\p{Latin}[\p{L}\p{M}]+`)
	known := map[string]bool{}
	for _, w := range word.FindAllString(words, -1) {
		known[strings.ToLower(w)] = true
	}
	pages := 0
	for _, f := range tree.Files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		pages++
		for _, text := range said(f.Data) {
			for _, w := range word.FindAllString(text, -1) {
				if !known[strings.ToLower(w)] && !strings.Contains(text, "://") {
					t.Errorf("%s: %q of %q is no label and stands in no content file", f.Path, w, text)
				}
			}
		}
	}
	if pages < 15 {
		t.Errorf("looked at %d pages", pages)
	}
	for _, f := range tree.Files {
		if strings.HasSuffix(f.Path, ".js") && strings.HasPrefix(f.Path, "assets/") && regexp.MustCompile(`label\(`).Match(f.Data) {
			t.Errorf("%s: a label was not put in", f.Path)
		}
	}
}

// The German site says nothing in English but what the articles say.
func TestGermanSite(t *testing.T) {
	for name, files := range testSites(t) {
		t.Run(name, func(t *testing.T) {
			tree := germanSite(t, files)
			if name == "invented" {
				golden(t, "testdata/german.txtar", tree, "about.html", "briefings/no-date.html", "index.html")
			}
			if name == "seeds" {
				all := ""
				for _, f := range tree.Files {
					if strings.HasPrefix(f.Path, "search/t") || strings.HasPrefix(f.Path, "briefings/") && strings.HasSuffix(f.Path, ".html") {
						all += string(f.Data)
					}
				}
				// In the results of a search too the words of an article are in its
				// language, and the site's in German.
				for _, want := range []string{`,"l":"en",`, `["sourcing",`} {
					if !strings.Contains(all, want) {
						t.Errorf("nothing says %s", want)
					}
				}
				for line := range strings.Lines(all) {
					if _, own, ok := strings.Cut(line, `["sourcing",`); ok && !strings.Contains(own[:strings.Index(own, "]")], ",1") {
						t.Errorf("what the site says of the sourcing is not told from the article's words: %s", line)
					}
				}
			}
			if name == "compared" {
				page := ""
				for _, f := range tree.Files {
					if strings.HasPrefix(f.Path, "stories/") {
						page += string(f.Data)
					}
				}
				for _, want := range []string{`<th scope="row">Getötete `, `<th scope="row">Zerstörtes: <bdi lang="en">„homes“</bdi> `, `<bdi lang="en">12 people</bdi>`} {
					if !strings.Contains(page, want) {
						t.Errorf("the story has no %s in\n%s", want, page)
					}
				}
			}
		})
	}
}

func germanSite(t *testing.T, files fstest.MapFS) *output.Tree {
	t.Helper()
	tree, words := inLanguage(t, files, nil, "de")
	checkSite(t, tree)
	data, _ := fs.ReadFile(templates.FS, "labels/en.yaml")
	german, _ := fs.ReadFile(templates.FS, "labels/de.yaml")
	english := map[string]string{} // texts and the words between places, by key
	var en, de map[string]any
	if yaml.Unmarshal(data, &en) != nil || yaml.Unmarshal(german, &de) != nil {
		t.Fatal("the labels are no YAML")
	}
	for key, v := range en {
		if text, ok := v.(string); ok && text != de[key] {
			for _, piece := range regexp.MustCompile(`\{[a-z]+\}`).Split(text, -1) {
				if piece = strings.Trim(piece, " .,;:()“”"); len(strings.Fields(piece)) > 1 && !strings.Contains(words, piece) {
					english[piece] = key
				} else if piece == text {
					english["\x00"+text] = key // alone
				}
			}
		}
	}
	if len(english) < 200 {
		t.Fatalf("%d English texts", len(english))
	}
	for _, f := range tree.Files {
		if !strings.HasSuffix(f.Path, ".html") {
			continue
		}
		if _, timeline, ok := strings.Cut(string(f.Data), `id="tl-d"`); ok && !strings.Contains(timeline, `" lang="en" tabindex="-1"><title>`) {
			t.Errorf("%s: the picture of the timeline does not say that its words are English", f.Path)
		}
		if !strings.Contains(string(f.Data), `<html lang="de"`) {
			t.Errorf("%s: the language is not said", f.Path)
		}
		for _, text := range said(f.Data) {
			if key, ok := english["\x00"+text]; ok && !strings.Contains(words, text) {
				t.Errorf("%s: %q is English (%s)", f.Path, text, key)
			}
			for piece, key := range english {
				if strings.Contains(text, piece) {
					t.Errorf("%s: %q of %q is English (%s)", f.Path, piece, text, key)
				}
			}
		}
	}
	return tree
}

// What is wrong with a label of a template is told with its place.
func TestLabelFaults(t *testing.T) {
	s, _ := gather(t, "testdata/site.txtar")
	for _, c := range [][2]string{
		{`{{label "no.such"}}`, `there is no label "no.such"`},
		{`{{label "start.open"}}`, `nothing fills the place {site} of label "start.open"`},
		{`{{label "start.open" "site" .SiteTitle "more" .Title}}`, `label "start.open" has no place {more}`},
		{`{{label "start.open" "site"}}`, `after the key of label "start.open" come names of places`},
		{`{{label "start.open" "site" (link .Home)}}`, `link takes 2 of what follows it`},
	} {
		over := fstest.MapFS{}
		if err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				data, _ := fs.ReadFile(templates.FS, name)
				over[name] = &fstest.MapFile{Data: data}
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		over["pages/notfound.html"] = &fstest.MapFile{Data: []byte("{{define \"main\"}}\n<p>" + c[0] + "</p>{{end}}")}
		_, err := New(s, over, Options{})
		if err == nil || !strings.Contains(err.Error(), "templates/pages/notfound.html:2:") || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: got %v", c[0], err)
		}
	}
}

// What fills a label is escaped as the page needs it.
func TestLabelsEscape(t *testing.T) {
	s, load := gather(t, "testdata/site.txtar")
	s.Config.Title = `<b>"Desk" & 'Co'</b>`
	for _, f := range build(t, s, load, Options{}).Files {
		if f.Path == site.StartPath && !strings.Contains(string(f.Data), "Open &lt;b&gt;&#34;Desk&#34; &amp; &#39;Co&#39;&lt;/b&gt;</a>") {
			t.Error(fmt.Sprint("what fills a label is not escaped: ", string(f.Data)))
		}
	}
}
