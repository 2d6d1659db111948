package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/analysis/standard"
)

// A served site is one that serve shows while a test changes its files.
type served struct {
	t       testing.TB
	dir     string
	url     string
	settled chan struct{}
	stop    func()
	log     bytes.Buffer
}

// patience is how long a test waits for what must come.
const patience = 60 * time.Second

// serveSite begins to serve the site in dir.
func serveSite(t testing.TB, dir string) *served {
	t.Helper()
	v := &served{t: t, dir: dir, settled: make(chan struct{}, 100)}
	a := &app{in: strings.NewReader(""), out: io.Discard, report: newReporter(&v.log), dir: dir, rules: standard.Pipeline}
	s, err := a.openSite(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		defer s.close()
		done <- a.serve(ctx, s, serving{
			ready:   func(u string) { ready <- strings.TrimSuffix(u, "/") },
			settled: func() { v.settled <- struct{}{} },
		})
	}()
	select {
	case v.url = <-ready:
	case err := <-done:
		cancel()
		t.Fatalf("serve ended: %v\n%s", err, &v.log)
	}
	stopped := false
	v.stop = func() {
		cancel()
		if !stopped {
			if err := <-done; err != nil {
				t.Errorf("serve: %v", err)
			}
		}
		stopped = true
	}
	t.Cleanup(func() {
		v.stop()
		if t.Failed() {
			t.Logf("what serve said:\n%s", &v.log)
		}
	})
	return v
}

// get returns a page as it is served.
func (v *served) get(path string) string {
	v.t.Helper()
	res, err := http.Get(v.url + "/" + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(body)
}

// edit changes one place of a file, as an editor does that saves to a new file
// and renames it.
func (v *served) edit(name, old, now string) {
	v.t.Helper()
	file := filepath.Join(v.dir, filepath.FromSlash(name))
	data, err := os.ReadFile(file)
	if err != nil {
		v.t.Fatal(err)
	}
	if strings.Count(string(data), old) != 1 {
		v.t.Fatalf("%s has %q %d times", name, old, strings.Count(string(data), old))
	}
	v.write(name, strings.Replace(string(data), old, now, 1))
}

func (v *served) write(name, text string) {
	v.t.Helper()
	file := filepath.Join(v.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		v.t.Fatal(err)
	}
	part := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".part")
	if err := os.WriteFile(part, []byte(text), 0o666); err != nil {
		v.t.Fatal(err)
	}
	if err := os.Rename(part, file); err != nil {
		v.t.Fatal(err)
	}
}

// settle waits until all that changed is built.
func (v *served) settle() {
	v.t.Helper()
	select {
	case <-v.settled:
	case <-time.After(patience):
		v.t.Fatalf("the site is never built")
	}
}

// An openPage hears what an open page is told.
type openPage struct {
	v      *served
	events chan [2]string
}

func (v *served) open(path string) *openPage {
	v.t.Helper()
	body := v.get(path)
	_, version, _ := strings.Cut(body, `data-version="`)
	version, _, _ = strings.Cut(version, `"`)
	res, err := http.Get(v.url + "/.readout/events?" + url.Values{"page": {path}, "version": {version}}.Encode())
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { res.Body.Close() })
	p := &openPage{v, make(chan [2]string, 100)}
	go func() {
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		name := ""
		for lines.Scan() {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if d, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
				p.events <- [2]string{name, strings.TrimSpace(d)}
			}
		}
	}()
	return p
}

// hears waits for an event of that name whose data have all the words.
func (p *openPage) hears(name string, words ...string) {
	p.v.t.Helper()
	limit := time.After(patience)
	for {
		select {
		case e := <-p.events:
			ok := e[0] == name
			for _, w := range words {
				ok = ok && strings.Contains(e[1], w)
			}
			if ok {
				return
			}
		case <-limit:
			p.v.t.Fatalf("no event %s with %q", name, words)
		}
	}
}

const ferry = `The night ferry returns

The council voted on Monday to bring back the night ferry. "That ends this summer," said Teodora Vance, the mayor of Port Ellery. Sources said the harbour would pay.

Vance spoke for an hour.
`

const ferryPage, ferryFile = "briefings/the-night-ferry-returns.html", "content/briefings/the-night-ferry-returns.md"

// clean builds the site anew elsewhere and wants the same bytes.
func (v *served) clean() {
	v.t.Helper()
	v.stop()
	other := v.t.TempDir()
	for _, folder := range []string{"seeds", "content", "templates"} {
		if _, err := os.Stat(filepath.Join(v.dir, folder)); err != nil {
			continue
		}
		if err := os.CopyFS(filepath.Join(other, folder), os.DirFS(filepath.Join(v.dir, folder))); err != nil {
			v.t.Fatal(err)
		}
	}
	if status, out := run("build", "-C", other); status != exitOK {
		v.t.Fatalf("a clean build: status %d\n%s", status, out)
	}
	want, got := filesOf(v.t, other), filesOf(v.t, v.dir)
	for name, data := range want {
		if got[name] != data {
			v.t.Errorf("%s is not as a clean build makes it", name)
		}
	}
	for name, data := range got {
		if _, ok := want[name]; !ok {
			v.t.Errorf("%s is in no clean build", name)
		}
		if strings.HasPrefix(name, "public/") && (strings.Contains(data, "live.js") || strings.Contains(data, "readout-live")) {
			v.t.Errorf("%s has what only a served page has", name)
		}
	}
}

// filesOf returns the files of a site but for those of readout itself.
func filesOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(rel, ".readout") {
			return nil
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestServeFollows changes content, seeds and templates of a served site, well
// and badly. In the end it stands as a clean build would make it.
func TestServeFollows(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/ferry.txt": ferry})
	v := serveSite(t, dir)
	page := v.open(ferryPage)

	v.edit(ferryFile, "slug:", "dek: Edited by hand\nslug:")
	page.hears("stale")
	if body := v.get(ferryPage); !strings.Contains(body, "Edited by hand") {
		t.Error("the page does not show the edit")
	}
	v.settle()

	// A mistake is told with its place, and the page stays as it was.
	page = v.open(ferryPage)
	v.edit(ferryFile, "[Teodora Vance]{.person", "[Teodora Vance]{.persan")
	page.hears("faults", ferryFile+":", `unknown class`, `"excerpt"`, "persan")
	v.settle()
	if body := v.get(ferryPage); !strings.Contains(body, "Edited by hand") {
		t.Error("the page is gone while its file has a mistake")
	}
	v.edit(ferryFile, "{.persan", "{.person")
	page.hears("faults", "[]")
	v.settle()

	// A new seed is a new page.
	missing := v.open("briefings/rain-in-the-north.html")
	v.write("seeds/rain.txt", "Rain in the north\n\nFarmers have lost two weeks to rain, the ministry said on Friday.\n")
	missing.hears("stale")
	v.settle()

	// A template of the site's own: a mistake in it, then a good one.
	page = v.open(ferryPage)
	v.write("templates/pages/notfound.html", "{{define \"main\"}}\n<p>Lost {{.Nothing}}</p>\n{{end}}")
	page.hears("faults", "templates/pages/notfound.html:2:", "cannot make 404.html", "Nothing", "Lost {{.Nothing}}")
	v.settle()
	v.write("templates/pages/notfound.html", "{{define \"main\"}}\n<p>Lost {{if}}</p>\n{{end}}")
	page.hears("faults", "templates/pages/notfound.html:2", "missing value for if")
	v.settle()
	v.write("templates/pages/notfound.html", "{{define \"main\"}}\n<p>Lost and found</p>\n{{end}}")
	page.hears("faults", "[]")
	v.settle()
	if body := v.get("nowhere.html"); !strings.Contains(body, "Lost and found") {
		t.Error("the site's own template is not used")
	}

	// A briefing that is removed comes back from its seed; with the seed it is gone.
	rain := v.open("briefings/rain-in-the-north.html")
	for _, name := range []string{"seeds/rain.txt", "content/briefings/rain-in-the-north.md"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	rain.hears("stale")
	v.settle()
	v.clean()
}

// TestServeBegins starts with what is broken, with a port that is taken, and
// with folders that are not its own.
func TestServeBegins(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{
		"seeds/ferry.txt":           ferry,
		"templates/pages/home.html": "{{define \"main\"}}{{.Nope}}{{end}}",
	})
	v := serveSite(t, dir)
	home := v.open("")
	home.hears("faults", "templates/pages/home.html:1:", "Nope")
	other := serveSite(t, func() string {
		dir := t.TempDir()
		writeFiles(t, dir, map[string]string{"seeds/ferry.txt": ferry})
		return dir
	}())
	if other.url == v.url {
		t.Errorf("two sites at %s", v.url)
	}
	v.write("templates/pages/home.html", "{{define \"main\"}}{{.Heading}}{{end}}")
	home.hears("faults", "[]")
	v.settle()
	if body := v.get(""); !strings.Contains(body, "<main") {
		t.Errorf("the home page is not there: %s", body)
	}
	// The port is taken, and was asked for.
	port := v.url[strings.LastIndex(v.url, ":")+1:]
	if status, out := run("serve", "-C", other.dir, "--port", port); status != exitFailed || !strings.Contains(out, "port "+port+" cannot be used") || !strings.Contains(out, "hint: ") {
		t.Errorf("status %d: %s", status, out)
	}
}
