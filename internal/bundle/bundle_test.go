package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/bundle"
	"readout/internal/content"
	"readout/internal/render"
	"readout/internal/site"
	"readout/templates"
)

// article returns a content file with the given front matter.
func article(meta, points, text string) string {
	return "---\n" + meta + "article:\n  path: seeds/a.txt\n  sha256: " + strings.Repeat("ab", 32) + "\n---\n\n## Key points\n\n" + points + "\n\n## Annotated text\n\n" + text + "\n"
}

// tree returns a small site's content: two reports of one event and one of
// another, with names that need care.
func tree(t *testing.T) *content.Tree {
	t.Helper()
	x := &content.Tree{}
	for name, src := range map[string]string{
		"content/index.md": "---\ntitle: \"Desk & <North>\"\n---\n\nSee [the ferry](briefings/ferry.html), [a file](feed.atom) and [nothing](nothing.html).\n",
		"content/briefings/ferry.md": article("title: \"Ferry “back” & <running>\"\nslug: ferry\ndate: 2024-05-14\ndate_basis: metadata\n",
			"- The council voted to bring back the ferry. [¶1](#p1)",
			"The council voted to bring back the ferry from [Lisbon]{.place} to [Oslo]{.place}, in [Norway]{.place}.\n\n[\"That ends this summer,\"]{.quote by=s1} [said]{.cue} [[Teodora Vance]{.person role=Mayor}]{.source #s1 naming=named}, on [Monday]{.time unresolved=anchor}."),
		"content/briefings/dock.md": article("title: Dock work begins\nslug: dock\ndate: 2024-06-02\ndate_basis: metadata\n",
			"- Work on the dock has begun. [¶1](#p1)", "Work on the dock has begun, [Teodora Vance]{.person} said."),
		"content/briefings/rain.md": article("title: Rain\nslug: rain\n",
			"- It rained for two weeks. [¶1](#p1)", "It rained for two weeks."),
		"content/stories/harbour.md": "---\ntitle: The harbour\nkind: storyline\nmembers:\n  - ferry\n  - dock\n---\n\nWork goes on.\n",
	} {
		if d := x.Add(name, []byte(src)); d.Errors() > 0 {
			t.Fatalf("%s: %v", name, d)
		}
	}
	return x
}

// pack makes the site of x and packs it.
func pack(t *testing.T, x *content.Tree, workers int) (*bundle.Archive, *site.Site) {
	t.Helper()
	a, err := bundle.NewArchive("desk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	s := gather(x)
	load := func(slug string) (*content.File, error) {
		i := slices.IndexFunc(x.Briefings, func(f *content.File) bool { return f.Meta.Slug == slug })
		return x.Briefings[i], nil
	}
	diags, err := render.Render(s, templates.FS, load, a.Add, render.Options{Workers: workers})
	if err != nil || diags.Errors() > 0 {
		t.Fatal(err, diags)
	}
	return a, s
}

func gather(x *content.Tree) *site.Site {
	s, _ := site.Gather(site.Input{Index: x.Index, Files: x.Briefings, Entities: x.Entities, Stories: x.Stories})
	return s
}

// bundles returns the three forms of a bundle.
func bundles(t *testing.T, workers int) (archive, single, epub []byte) {
	t.Helper()
	a, s := pack(t, tree(t), workers)
	var z, h, e bytes.Buffer
	if _, err := a.WriteTo(&z); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteSingle(&h); err != nil {
		t.Fatal(err)
	}
	if err := a.WriteEPUB(&e, s); err != nil {
		t.Fatal(err)
	}
	return z.Bytes(), h.Bytes(), e.Bytes()
}

func TestSameBytes(t *testing.T) {
	z1, h1, e1 := bundles(t, 1)
	z2, h2, e2 := bundles(t, 4)
	if !bytes.Equal(z1, z2) || !bytes.Equal(h1, h2) || !bytes.Equal(e1, e2) {
		t.Error("two runs give different bytes")
	}
}

func TestArchiveRefusesNames(t *testing.T) {
	a, err := bundle.NewArchive("desk")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := a.Add("people/ann.html", nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"people/Ann.html", "aux.html", "a:b", "a/../b", "/a", "a.", "cafe\u0301.html",
		bundle.ManifestName, strings.Repeat("x", 146),
	} {
		if a.Add(name, nil) == nil {
			t.Errorf("%q was packed", name)
		}
	}
	if err := a.Add(strings.Repeat("x", 145), nil); err != nil {
		t.Error(err)
	}
}

// TestSingleIsWhole reads the single file as a browser does: ids stand once,
// every link within it leads somewhere, nothing is loaded, and the policy
// allows its style and scripts and no others.
func TestSingleIsWhole(t *testing.T) {
	_, single, _ := bundles(t, 2)
	doc, err := html.Parse(bytes.NewReader(single))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	var links []string
	policy, pages := "", 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		var kind string
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				if ids[a.Val] {
					t.Errorf("id %q stands twice", a.Val)
				}
				ids[a.Val] = true
			case a.Key == "href" && n.Data == "a":
				links = append(links, a.Val)
			case a.Key == "href" || a.Key == "src":
				if !strings.HasPrefix(a.Val, "data:") {
					t.Errorf("<%s> loads %s", n.Data, a.Val)
				}
			case a.Key == "class" && strings.HasPrefix(a.Val, "page"):
				pages++
			case a.Key == "content" && strings.HasPrefix(a.Val, "default-src"):
				policy = a.Val
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has %s", n.Data, a.Key)
			case a.Key == "type":
				kind = a.Val
			}
		}
		if n.Data == "style" || n.Data == "script" && kind != "application/json" {
			sum := sha256.Sum256([]byte(n.FirstChild.Data))
			if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
				t.Errorf("the policy does not allow <%s>%.40s", n.Data, n.FirstChild.Data)
			}
		}
	}
	if strings.Contains(policy, "unsafe") || policy == "" {
		t.Errorf("policy %q", policy)
	}
	for _, l := range links {
		u, err := url.Parse(l)
		if err != nil || u.Scheme == "" && (u.Path != "" || !ids[u.Fragment]) {
			t.Errorf("link %q leads to nothing", l)
		}
	}
	if pages < 8 || !ids["briefings.ferry:p2"] || !ids["search/index.js"] {
		t.Errorf("%d pages; a paragraph or the index is missing", pages)
	}
}

// TestBookIsWhole reads the book as an e-reader does.
func TestBookIsWhole(t *testing.T) {
	_, _, epub := bundles(t, 2)
	z, err := zip.NewReader(bytes.NewReader(epub), int64(len(epub)))
	if err != nil {
		t.Fatal(err)
	}
	if f := z.File[0]; f.Name != "mimetype" || f.Method != zip.Store || string(epub[38:58]) != "application/epub+zip" {
		t.Error("the type of the file is not at its place")
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
		if ext := filepath.Ext(f.Name); ext == ".xhtml" || ext == ".opf" || ext == ".xml" {
			d := xml.NewDecoder(bytes.NewReader(data))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Errorf("%s: %v", f.Name, err)
					break
				}
			}
		}
	}
	for file, want := range map[string][]string{
		"EPUB/content.opf":           {`<meta property="dcterms:modified">2024-06-02T00:00:00Z</meta>`, "<dc:title>Desk &amp; &lt;North&gt;</dc:title>"},
		"EPUB/briefings.ferry.xhtml": {`epub:type="noteref"`, `epub:type="endnotes"`, `id="p2"`, "That ends this summer"},
		"EPUB/nav.xhtml":             {`href="stories.harbour.xhtml"`, `href="briefings.rain.xhtml"`},
		"EPUB/start.xhtml":           {strings.Repeat("ab", 32)},
	} {
		for _, w := range want {
			if !strings.Contains(files[file], w) {
				t.Errorf("%s does not have %s", file, w)
			}
		}
	}
	ids := regexp.MustCompile(` id="([^"]+)"`)
	href := regexp.MustCompile(`<a [^>]*href="([^"]+)"`)
	for name, text := range files {
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			u, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil || u.Scheme != "" {
				continue
			}
			to := name
			if u.Path != "" {
				to = "EPUB/" + u.Path
			}
			there, ok := files[to]
			if !ok || u.Fragment != "" && !slices.ContainsFunc(ids.FindAllStringSubmatch(there, -1), func(m []string) bool { return m[1] == u.Fragment }) {
				t.Errorf("%s: link %q leads to nothing", name, m[1])
			}
		}
	}
}

// TestEPUBCheck has the book judged by the checker of the format's makers.
func TestEPUBCheck(t *testing.T) {
	program, err := exec.LookPath("epubcheck")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("epubcheck is missing: install the package epubcheck")
		}
		t.Skip("NOT CHECKED: epubcheck is missing; install the package epubcheck")
	}
	_, _, epub := bundles(t, 2)
	name := filepath.Join(t.TempDir(), "book.epub")
	if err := os.WriteFile(name, epub, 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, name)
	// Debian's program is the archive of classes itself.
	if to, err := filepath.EvalSymlinks(program); err == nil && strings.HasSuffix(to, ".jar") {
		cmd = exec.Command("java", "-jar", to, name)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestLimits(t *testing.T) {
	for _, test := range []struct {
		limits           bundle.Limits
		briefings        string
		stories, undated int
	}{
		{bundle.Limits{}, "dock ferry rain", 1, 0},
		{bundle.Limits{Story: "harbour"}, "dock ferry", 1, 0},
		{bundle.Limits{Since: "2024-06-01"}, "dock", 0, 1},
		{bundle.Limits{Since: "2024-05-14"}, "dock ferry", 1, 1},
		{bundle.Limits{Briefings: []string{"rain", "ferry"}}, "ferry rain", 0, 0},
		{bundle.Limits{Story: "harbour", Briefings: []string{"rain"}}, "", 0, 0},
	} {
		x := tree(t)
		undated, err := test.limits.Take(x, gather(x).Stories)
		if err != nil {
			t.Fatal(err)
		}
		var slugs []string
		for _, f := range x.Briefings {
			slugs = append(slugs, f.Meta.Slug)
		}
		slices.Sort(slugs)
		if got := strings.Join(slugs, " "); got != test.briefings || len(x.Stories) != test.stories || len(undated) != test.undated {
			t.Errorf("%+v: %q, %d stories, %d undated", test.limits, got, len(x.Stories), len(undated))
		}
	}
	x := tree(t)
	if _, err := (bundle.Limits{Story: "none"}).Take(x, gather(x).Stories); err == nil {
		t.Error("a story that is not there was taken")
	}
}
