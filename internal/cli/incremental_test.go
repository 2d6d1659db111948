package cli

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"readout/internal/corpusgen"
)

// After any sequence of changes a build leaves what one from nothing would: the
// same website and the same content, byte for byte.
func TestIncrementalBuilds(t *testing.T) {
	steps := 20
	if testing.Short() {
		steps = 5
	}
	for _, seed := range []uint64{1, 2} {
		e := newEdits(t, seed)
		for step := range steps {
			what := e.change(step)
			e.build(e.dir)
			clean := t.TempDir()
			for _, folder := range []string{"seeds", "content", "templates"} {
				if _, err := os.Stat(filepath.Join(e.dir, folder)); err == nil {
					if err := os.CopyFS(filepath.Join(clean, folder), os.DirFS(filepath.Join(e.dir, folder))); err != nil {
						t.Fatal(err)
					}
				}
			}
			e.build(clean)
			for _, folder := range []string{"public", "content"} {
				if diff := e.differs(folder, clean); diff != "" {
					t.Fatalf("seed %d, step %d (%s): %s differs from a build from nothing", seed, step, what, diff)
				}
			}
		}
	}
}

// edits is a site that is changed at random.
type edits struct {
	t       *testing.T
	r       *rand.Rand
	dir     string
	archive *corpusgen.Archive
	next    int // the next article to add
	flags   []string
	failed  bool   // the last build reported something
	said    string // by the last build
}

func newEdits(t *testing.T, seed uint64) *edits {
	e := &edits{t: t, r: rand.New(rand.NewPCG(seed, 3)), dir: t.TempDir(), archive: corpusgen.New(corpusgen.Options{Articles: 40, Seed: seed, Words: 120})}
	_, index := corpusgen.Index()
	e.write("content/index.md", index)
	for range 4 {
		e.add()
	}
	own := engine
	t.Cleanup(func() { engine = own })
	return e
}

func (e *edits) write(name string, data []byte) {
	e.t.Helper()
	name = filepath.Join(e.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		e.t.Fatal(err)
	}
}

func (e *edits) add() {
	x, err := e.archive.Article(e.next)
	if err != nil {
		e.t.Fatal(err)
	}
	e.next++
	e.write(x.SeedPath, x.Seed)
}

// name returns the name of one of the people of the site.
func (e *edits) name() string {
	page := e.one("public/people/*.html")
	if page == "" {
		return "Nobody"
	}
	data, err := os.ReadFile(filepath.Join(e.dir, page))
	if err != nil {
		e.t.Fatal(err)
	}
	_, title, _ := strings.Cut(string(data), "<title>")
	name, _, ok := strings.Cut(title, " (")
	if !ok || strings.ContainsAny(name, "<&:") {
		return "Nobody"
	}
	return name
}

// one returns one of the files that match, "" where none does.
func (e *edits) one(pattern string) string {
	names, err := fs.Glob(os.DirFS(e.dir), pattern)
	if err != nil {
		e.t.Fatal(err)
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return names[e.r.IntN(len(names))]
}

// edit changes the bytes of a file.
func (e *edits) edit(name string, change func([]byte) []byte) {
	if name == "" {
		return
	}
	data, err := os.ReadFile(filepath.Join(e.dir, name))
	if err != nil {
		e.t.Fatal(err)
	}
	e.write(name, change(data))
}

func (e *edits) remove(name string) {
	if name != "" {
		if err := os.Remove(filepath.Join(e.dir, name)); err != nil {
			e.t.Fatal(err)
		}
	}
}

// change makes one change, and says which.
func (e *edits) change(step int) string {
	changes := []struct {
		what string
		do   func()
	}{
		{"nothing", func() {}},
		{"an article added", e.add},
		{"an article edited", func() {
			e.edit(e.one("seeds/*"), func(b []byte) []byte { return append(b, "\nThe talks go on, Mayor Hanne Okafor said on Monday.\n"...) })
		}},
		{"an article renamed", func() {
			if name := e.one("seeds/*"); name != "" {
				if err := os.Rename(filepath.Join(e.dir, name), filepath.Join(e.dir, filepath.Dir(name), "z"+filepath.Base(name))); err != nil {
					e.t.Fatal(err)
				}
			}
		}},
		{"an article removed", func() { e.remove(e.one("seeds/*")) }},
		{"a briefing removed", func() { e.remove(e.one("content/briefings/*.md")) }},
		{"a briefing edited", func() {
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte { return append(b, "\n## A note\n\nWritten by hand.\n"...) })
		}},
		{"a title edited, as long as before", func() {
			name := e.one("content/briefings/*.md")
			info, err := os.Stat(filepath.Join(e.dir, name))
			if name == "" || err != nil {
				return
			}
			e.edit(name, func(b []byte) []byte { return bytes.Replace(b, []byte("title: V"), []byte("title: W"), 1) })
			if err := os.Chtimes(filepath.Join(e.dir, name), info.ModTime(), info.ModTime()); err != nil {
				e.t.Fatal(err)
			}
		}},
		{"a briefing's text edited", func() {
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte { return append(b, "\n## A note\n\nWritten twice.\n"...) })
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte {
				return bytes.Replace(b, []byte("## Key points\n\n- "), []byte("## Key points\n\n- So much is told: "), 1)
			})
		}},
		{"a briefing dated another day", func() {
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte { return bytes.Replace(b, []byte("\ndate: 20"), []byte("\ndate: 19"), 1) })
		}},
		{"a date taken away", func() {
			date := regexp.MustCompile(`\ndate(_basis)?: [^\n]*`)
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte {
				head, rest, _ := bytes.Cut(b, []byte("\n---\n"))
				return slices.Concat(date.ReplaceAll(head, nil), []byte("\n---\n"), rest)
			})
		}},
		{"a briefing touched", func() { e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte { return b }) }},
		{"a briefing renamed", func() {
			if name := e.one("content/briefings/*.md"); name != "" {
				slug := strings.TrimSuffix(filepath.Base(name), ".md")
				e.edit(name, func(b []byte) []byte {
					return bytes.Replace(b, []byte("\nslug: "+slug+"\n"), []byte("\nslug: z"+slug+"\n"), 1)
				})
				if err := os.Rename(filepath.Join(e.dir, name), filepath.Join(e.dir, "content/briefings/z"+slug+".md")); err != nil {
					e.t.Fatal(err)
				}
			}
		}},
		{"people made one", func() {
			e.write("content/people/hanne-okafor.md", []byte("---\nname: Hanne Okafor\naliases:\n  - "+e.name()+"\n  - "+e.name()+"\n---\n"))
		}},
		{"a link to another briefing", func() {
			to := e.one("content/briefings/*.md")
			e.edit(e.one("content/briefings/*.md"), func(b []byte) []byte {
				return append(b, ("\n## More\n\nSee [the other](" + filepath.Base(to) + ") and [one](gone.md).\n")...)
			})
		}},
		{"a base edited", func() {
			e.edit(e.one("content/.base/*.md"), func(b []byte) []byte { return append(b, "\n## A section\n\nIt was generated.\n"...) })
		}},
		{"a person's file", func() {
			e.write("content/people/hanne-okafor.md", []byte("---\nname: Hanne Okafor\n---\n\nThe mayor.\n"))
		}},
		{"a template", func() { e.write("templates/assets/site.css", []byte("body { color: black }\n")) }},
		{"no template", func() {
			if e.one("templates/assets/*") != "" {
				e.remove("templates/assets/site.css")
			}
		}},
		{"a label", func() {
			e.write("templates/labels/en.yaml", []byte("percent: \"{n} percent\"\nlist.end: \"{a} as well as {b}\"\n"))
		}},
		{"no label", func() { e.remove(e.one("templates/labels/en.yaml")) }},
		{"another language", func() {
			e.edit("content/index.md", func(b []byte) []byte { return bytes.Replace(b, []byte("language: en"), []byte("language: de"), 1) })
		}},
		{"the settings", func() {
			e.edit("content/index.md", func(b []byte) []byte { return bytes.Replace(b, []byte("title: The"), []byte("title: An"), 1) })
		}},
		{"a page tampered with", func() {
			e.edit(e.one("public/*/*.html"), func(b []byte) []byte { b[len(b)-2] = 'x'; return b })
		}},
		{"a page lost", func() { e.remove(e.one("public/*.html")) }},
		{"another readout", func() { engine = func() string { return "another" } }},
		{"a cache damaged", func() {
			e.edit(e.one(cacheFolder+"/*"), func(b []byte) []byte { b[e.r.IntN(len(b))] ^= 1; return b })
		}},
		{"a cache cut short", func() { e.edit(e.one(cacheFolder+"/*"), func(b []byte) []byte { return b[:len(b)/2] }) }},
		{"compressed files", func() { e.flags = []string{"--compress"} }},
		{"no compressed files", func() { e.flags = nil }},
		{"no cache", func() {
			if err := os.RemoveAll(filepath.Join(e.dir, cacheFolder)); err != nil {
				e.t.Fatal(err)
			}
		}},
	}
	if step == 0 {
		return changes[0].what
	}
	c := changes[e.r.IntN(len(changes))]
	c.do()
	return c.what
}

func (e *edits) build(dir string) {
	e.t.Helper()
	var out bytes.Buffer
	// A build that reports something still makes the site.
	status := Main(append([]string{"-C", dir, "build"}, e.flags...), strings.NewReader(""), &out, &out)
	if status > exitFailed {
		e.t.Fatalf("status %d: %s", status, out.String())
	}
	e.failed, e.said = status != exitOK, out.String()
}

// differs returns a file of the folder that is not the same in the other site,
// "" where there is none.
func (e *edits) differs(folder, other string) string {
	e.t.Helper()
	a, b := e.read(filepath.Join(e.dir, folder)), e.read(filepath.Join(other, folder))
	for name, data := range a {
		if b[name] != data {
			return folder + "/" + name
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			return folder + "/" + name
		}
	}
	return ""
}

func (e *edits) read(dir string) map[string]string {
	e.t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(data)
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return out
}

// A build that has nothing to do touches nothing, and says what it has always
// said.
func TestNothingToDo(t *testing.T) {
	e := newEdits(t, 5)
	run := func() (status int, said string) {
		var out bytes.Buffer
		status = Main([]string{"-C", e.dir, "build"}, strings.NewReader(""), &out, &out)
		var lines []string
		for line := range strings.Lines(out.String()) {
			// How far the work is shows only where it takes long.
			if strings.Contains(line, " files in ") || strings.Contains(line, " article: ") || strings.Contains(line, " articles: ") || strings.Contains(line, "seeds/") {
				lines = append(lines, line)
			}
		}
		return status, strings.Join(lines, "")
	}
	run()
	status, second := run()
	e.remove(stampPath(filepath.Join(e.dir, outputFolder)))
	_, whole := run()
	if status != exitOK || second != whole {
		t.Errorf("status %d, said\n%s\nwant\n%s", status, second, whole)
	}
	// An error is reported by each build.
	e.write("seeds/bad.md", []byte("---\ntitle: [\n---\n\nText.\n"))
	for range 2 {
		if status, said := run(); status != exitFailed || !strings.Contains(said, "seeds/bad.md") {
			t.Errorf("status %d, said\n%s", status, said)
		}
	}
}
