package export

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/frontmatter"
	"readout/internal/site"
)

// The parts of a collection of annotations that the tests read.

type collection struct {
	Context string         `json:"@context"`
	ID      string         `json:"id"`
	Type    string         `json:"type"`
	Label   string         `json:"label"`
	Total   int            `json:"total"`
	First   annotationPage `json:"first"`
}

type annotationPage struct {
	ID         string       `json:"id"`
	Type       string       `json:"type"`
	StartIndex int          `json:"startIndex"`
	Items      []annotation `json:"items"`
}

type annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Body       []body `json:"body"`
	Target     target `json:"target"`
}

type body struct {
	Type     string `json:"type"`
	Purpose  string `json:"purpose,omitempty"`
	Value    string `json:"value,omitempty"`
	Format   string `json:"format,omitempty"`
	Language string `json:"language,omitempty"`
	Source   string `json:"source,omitempty"`
}

type target struct {
	Type     string     `json:"type"`
	Source   string     `json:"source"`
	Scope    string     `json:"scope,omitempty"`
	Selector []selector `json:"selector"`
}

type selector struct {
	Type       string `json:"type"`
	ConformsTo string `json:"conformsTo,omitempty"`
	Value      string `json:"value,omitempty"`
	Exact      string `json:"exact,omitempty"`
	Prefix     string `json:"prefix,omitempty"`
	Suffix     string `json:"suffix,omitempty"`
	Start      *int   `json:"start,omitempty"`
	End        *int   `json:"end,omitempty"`
}

const talks = "“Ж😀” — [“We agreed.”]{.quote by=a} [said]{.cue} [[Ana Brel]{.person role=\"minister of <b>trade</b>\"}]{.source #a naming=named} in [Łódź]{.place}.\n\n" +
	"A second [Brel]{.person ref=ana-brel} on [Friday]{.time unresolved=\"date unknown\"}.\n"

func fixture(t *testing.T, config content.Config, metas ...frontmatter.Meta) (*site.Site, map[string]*content.File) {
	t.Helper()
	doc, diags := dialect.Read([]byte(talks), 1)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	files := map[string]*content.File{}
	in := site.Input{Index: content.Index{Config: config}}
	for _, m := range metas {
		f := &content.File{
			Path: m.Slug, Meta: m, Text: doc.Text, Marks: doc.Marks,
			KeyPoints: []content.KeyPoint{{Text: "They agreed & left.", Target: "p1"}},
		}
		for i, b := range doc.Blocks {
			f.Blocks = append(f.Blocks, content.Block{ID: fmt.Sprint("p", i+1), Role: article.Paragraph, Span: b.Span})
		}
		files[m.Slug] = f
		in.Files = append(in.Files, f)
	}
	s, ds := site.Gather(in)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return s, files
}

var metas = []frontmatter.Meta{
	{Slug: "one", Title: "One \x01 </script> & <b>", Date: "2024-05-06", DateBasis: "stated", URL: "https://example.org/a?b&c", Byline: []string{"A & B"}},
	{Slug: "two", Title: "Two", TitleBasis: "derived", Publisher: "Gazette"},
	{Slug: "three", Title: "Three", Date: "2024-05-07T10:30:00+02:00"},
}

func TestAtom(t *testing.T) {
	for _, url := range []string{"", "https://example.org/desk"} {
		s, _ := fixture(t, content.Config{BaseURL: url, Title: "Desk"}, metas...)
		var f atomFeed
		if err := xml.Unmarshal(Atom(s), &f); err != nil {
			t.Fatal(err)
		}
		if len(f.Entries) != 3 || f.Updated != "2024-05-07T10:30:00+02:00" || f.ID == "" {
			t.Fatalf("feed %+v", f)
		}
		ids := map[string]bool{}
		for _, e := range f.Entries {
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
				t.Error(err)
			}
			if ids[e.ID] || !strings.Contains(e.ID, ":") {
				t.Errorf("id %q is not an IRI of its own", e.ID)
			}
			ids[e.ID] = true
			if want := url != ""; strings.HasPrefix(e.Links[0].Href, "https://") != want {
				t.Errorf("link %q", e.Links[0].Href)
			}
		}
		last := f.Entries[2]
		if last.Published != "" || last.Updated != noDate || !strings.HasPrefix(last.Summary, "Date unknown.") || len(last.Categories) != 1 {
			t.Errorf("an entry without a date: %+v", last)
		}
		if f.Entries[1].Title != "One  </script> & <b>" {
			t.Errorf("title %q", f.Entries[1].Title)
		}
	}
}

func TestJSONFeed(t *testing.T) {
	s, _ := fixture(t, content.Config{}, metas...)
	var f jsonFeed
	if err := json.Unmarshal(JSONFeed(s), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Items) != 3 || f.Items[2].Published != "" || f.Items[2].Readout.DateBasis != "unknown" || f.Items[0].URL != "" || f.Items[0].Readout.Path != "briefings/three.html" {
		t.Errorf("feed %+v", f)
	}
	empty, _ := fixture(t, content.Config{})
	if !strings.Contains(string(JSONFeed(empty)), `"items":[]`) {
		t.Error("an empty feed has an empty list")
	}
	if err := xml.Unmarshal(Atom(empty), new(atomFeed)); err != nil {
		t.Error(err)
	}
}

// Each selector leads to its words: counted in code points, and by quotation
// with what stands around it.
func TestAnnotations(t *testing.T) {
	s, files := fixture(t, content.Config{}, metas...)
	b := s.Briefing("one")
	p := s.Page(b, files["one"])
	var c collection
	if err := json.Unmarshal(Annotations(s, p), &c); err != nil {
		t.Fatal(err)
	}
	text := []rune(p.Plain)
	if len(c.First.Items) != 6 || c.Total != 6 {
		t.Fatalf("%d annotations", len(c.First.Items))
	}
	for i, a := range c.First.Items {
		q, pos := a.Target.Selector[0], a.Target.Selector[1]
		if got := string(text[*pos.Start:*pos.End]); got != q.Exact || got != p.Marks[i].Passage.Text {
			t.Errorf("%s: position says %q, quotation %q", a.ID, got, q.Exact)
		}
		if !strings.Contains(p.Plain, q.Prefix+q.Exact+q.Suffix) {
			t.Errorf("%s: %q is not in the text", a.ID, q.Prefix+q.Exact+q.Suffix)
		}
		if a.Target.Source != "one.txt" || !strings.HasPrefix(a.Target.Scope, "one.html#p") {
			t.Errorf("target %+v", a.Target)
		}
	}
	s, files = fixture(t, content.Config{Text: "none"}, metas...)
	out := string(Annotations(s, s.Page(s.Briefing("one"), files["one"])))
	if strings.Contains(out, "😀") || !strings.Contains(out, "We agreed.") {
		t.Errorf("with no text published: %s", out)
	}
}

func TestSchema(t *testing.T) {
	s, _ := fixture(t, content.Config{}, metas...)
	for _, b := range s.Briefings {
		out := Article(s, b)
		if !json.Valid(out) || strings.ContainsAny(string(out), "<>") {
			t.Errorf("not safe in a script element: %s", out)
		}
		if strings.Contains(string(out), `"headline"`) == b.Header.TitleDerived {
			t.Errorf("headline: %s", out)
		}
		if strings.Contains(string(out), "datePublished") != b.Header.Date.Known() {
			t.Errorf("date: %s", out)
		}
	}
	for _, e := range s.People {
		if out := string(Entity(s, e, e.Roles())); !strings.Contains(out, `"Person"`) || strings.Contains(out, "<") {
			t.Error(out)
		}
	}
}

func TestSitemap(t *testing.T) {
	s, _ := fixture(t, content.Config{}, metas...)
	files := Sitemap(s, []string{"index.html", "people/łódź.html"})
	if len(files) != 1 || !strings.Contains(string(files[0].Data), "<loc>people/%C5%82%C3%B3d%C5%BA.html</loc>") || !strings.Contains(string(files[0].Data), "base_url") {
		t.Errorf("%s", files[0].Data)
	}
	s, _ = fixture(t, content.Config{BaseURL: "https://example.org"}, metas...)
	files = Sitemap(s, make([]string, maxSitemap+1))
	if len(files) != 3 || files[2].Path != site.SitemapPath {
		t.Errorf("%d files", len(files))
	}
	for _, f := range files {
		if err := xml.Unmarshal(f.Data, new(struct {
			XMLName xml.Name
		})); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(string(Robots(s)), "Sitemap: https://example.org/sitemap.xml") {
		t.Error("robots.txt names the sitemap")
	}
}
