package render

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/templates"
)

// TestPreviewIsThePage holds the page of a briefing that is made by itself to
// the one a build makes, as long as nothing was edited.
func TestPreviewIsThePage(t *testing.T) {
	s, load := gather(t, "testdata/site.txtar")
	built := map[string][]byte{}
	for _, f := range build(t, s, load, Options{}).Files {
		built[f.Path] = f.Data
	}
	r, err := New(s, templates.FS, Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, b := range s.Briefings {
		f, err := load(b.Slug)
		if err != nil {
			t.Fatal(err)
		}
		files, err := r.Preview(f)
		if err != nil || len(files) < 2 {
			t.Fatalf("%s: %d files, %v", b.Slug, len(files), err)
		}
		for _, f := range files {
			n++
			if !bytes.Equal(f.Data, built[f.Path]) {
				t.Errorf("%s is not as a build makes it", f.Path)
			}
		}
	}
	for path, data := range built {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		files, err := r.Page(path, load)
		if err != nil || len(files) == 0 || !bytes.Equal(files[len(files)-1].Data, data) {
			t.Errorf("%s made alone is not as a build makes it (%v)", path, err)
		}
		n++
	}
	if n < 15 {
		t.Errorf("%d files compared", n)
	}
	if files, err := r.Page("briefings/none.html", load); files != nil || err != nil {
		t.Errorf("a page that is not there: %d files, %v", len(files), err)
	}
}

// TestPreviewShowsTheEdit changes the speaker of a quotation, a key point and a
// name in one file, and looks at its page alone.
func TestPreviewShowsTheEdit(t *testing.T) {
	s, load := gather(t, "testdata/site.txtar")
	r, err := New(s, templates.FS, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := load("port-strike-ends")
	if err != nil {
		t.Fatal(err)
	}
	edited := *f
	edited.KeyPoints = append([]content.KeyPoint{{Text: "An edited point.", Target: "p2", Line: 1}}, f.KeyPoints...)
	edited.Meta.Title = "An edited title"
	files, err := r.Preview(&edited)
	if err != nil {
		t.Fatal(err)
	}
	page := string(files[len(files)-1].Data)
	for _, want := range []string{"An edited point.", "An edited title", `href="../people/tomas-varga.html"`, "Deal brings Almavir dockers back to work"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	edited.Meta.Slug = "a-new-one"
	if files, err := r.Preview(&edited); files != nil || err != nil {
		t.Errorf("a briefing the site does not have: %d files, %v", len(files), err)
	}
}

// TestTemplateFaults makes mistakes in templates: each is told once, with its
// place and the pages it failed on.
func TestTemplateFaults(t *testing.T) {
	s, load := gather(t, "testdata/site.txtar")
	with := func(name, text string) fstest.MapFS {
		files := fstest.MapFS{}
		for _, n := range []string{"pages", "assets"} {
			entries, err := templates.FS.ReadDir(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				data, err := templates.FS.ReadFile(n + "/" + e.Name())
				if err != nil {
					t.Fatal(err)
				}
				files[n+"/"+e.Name()] = &fstest.MapFile{Data: data}
			}
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
		return files
	}
	for _, c := range []struct{ text, want string }{
		{"{{define \"main\"}}\n<p>{{.Heading}} {{.NoSuchField}}\n{{end}}", "templates/pages/briefing.html:2:19: cannot make briefings/harbour-deal.html and 3 other pages: {{.NoSuchField}}: can't evaluate field NoSuchField in type *render.BriefingPage"},
		{"{{define \"main\"}}\n{{if .Dek}}{{index .Points 7}}{{end}}\n{{end}}", "templates/pages/briefing.html:2:14: cannot make briefings/port-strike-ends.html and another page: {{index .Points 7}}: error calling index:"},
		{"{{define \"main\"}}\n{{if}}\n{{end}}", "templates/pages/briefing.html:2: cannot make briefings/harbour-deal.html and 3 other pages: missing value for if"},
		{"{{define \"main\"}}\n{{.Heading | shout}}\n{{end}}", "templates/pages/briefing.html:2: cannot make briefings/harbour-deal.html and 3 other pages: function \"shout\" not defined"},
	} {
		diags, err := Render(s, with("pages/briefing.html", c.text), load, func(string, []byte) error { return nil }, Options{})
		if err != nil || len(diags) != 1 || !strings.HasPrefix(diags[0].Error(), c.want) || diags[0].Excerpt == "" {
			t.Errorf("%q: %v, %v; want %q", c.text, diags, err, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"{{define \"x\"}}\n{{if}}\n{{end}}", "templates/pages/parts.html:2: missing value for if"},
		{"{{define \"x\"}}\n{{.Heading | shout}}\n{{end}}", `templates/pages/parts.html:2: function "shout" not defined`},
	} {
		_, err := New(s, with("pages/parts.html", c.text), Options{})
		if d := (diag.Diagnostic{}); !errors.As(err, &d) || d.Error() != c.want {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
	if _, err := New(s, with("pages/briefing.html", "{{define \"main\"}}<a href='{{end}}"), Options{}); err != nil {
		t.Errorf("what only fails on a page stops the rest: %v", err)
	}
}
