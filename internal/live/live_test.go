package live

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/diag"
)

const home = "<!DOCTYPE html><html><head><title>Home</title></head><body>home</body></html>"

func site() fstest.MapFS {
	return fstest.MapFS{
		"index.html":                     {Data: []byte(home)},
		"briefings/a.html":               {Data: []byte("<html><head></head><body>a</body></html>")},
		"briefings/a.annotations.jsonld": {Data: []byte(`{"a":1}`)},
		"404.html":                       {Data: []byte(`<html data-root=""><head><link rel="stylesheet" href="assets/s.0123456789.css"></head><body><a href="index.html">home</a><a href="#site">more</a><a href="https://x.example/">x</a></body></html>`)},
		"assets/s.0123456789.css":        {Data: []byte("body{}")},
		"feed.atom":                      {Data: []byte("<feed/>")},
		".readout":                       {Data: []byte("manifest")},
		"assets/.secret.css":             {Data: []byte("no")},
		"briefings/plain.txt":            {Data: []byte("0123456789")},
		"no-head.html":                   {Data: []byte("<p>bare")},
	}
}

func get(s *Server, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	r.URL = &url.URL{Path: target}
	if p, q, ok := strings.Cut(target, "?"); ok {
		r.URL = &url.URL{Path: p, RawQuery: q}
	}
	r.Host = "localhost:8080"
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if h := r.Header.Get("Host"); h != "" {
		r.Host = h
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// TestServesTheSiteAlone asks for what a reader's browser asks for, and for what
// nobody should get.
func TestServesTheSiteAlone(t *testing.T) {
	s := New(site(), nil)
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
		want         string // in the body; "" for an empty one
	}{
		{"GET", "/", nil, 200, "<body>home"},
		{"GET", "/index.html", nil, 200, "<body>home"},
		{"HEAD", "/", nil, 200, ""},
		{"GET", "/briefings/plain.txt", nil, 200, "0123456789"},
		{"GET", "/briefings/plain.txt", []string{"Range", "bytes=2-4"}, 206, "234"},
		{"GET", "/briefings/plain.txt", []string{"Range", "bytes=20-"}, 416, "invalid range"},
		{"GET", "/no-head.html", nil, 200, "live.js"},
		{"GET", "/", []string{"Host", "127.0.0.1:8080"}, 200, "home"},
		{"GET", "/", []string{"Host", "[::1]:8080"}, 200, "home"},
		{"GET", "/", []string{"Host", "[::1]"}, 200, "home"},
		{"GET", "/", []string{"Host", "evil.example:8080"}, 403, "localhost"},
		{"GET", "/", []string{"Host", "192.0.2.1"}, 403, "localhost"},
		{"GET", "/.readout/events", []string{"Host", "evil.example"}, 403, "localhost"},
		{"POST", "/", nil, 405, "only shows pages"},
		{"GET", "/.readout", nil, 404, "index.html"},
		{"GET", "/assets/.secret.css", nil, 404, "index.html"},
		{"GET", "/../go.mod", nil, 404, "index.html"},
		{"GET", "/briefings/../.readout", nil, 404, "index.html"},
		{"GET", "//.readout", nil, 404, "index.html"},
		{"GET", `/..\go.mod`, nil, 404, "index.html"},
		{"GET", "/briefings", nil, 404, "index.html"},
		{"GET", "/briefings/", nil, 404, "index.html"},
		{"GET", "/briefings/none.html", nil, 404, "index.html"},
		{"HEAD", "/none", nil, 404, ""},
		{"GET", "/.readout/live.js", nil, 200, "EventSource"},
		{"GET", "/.readout/live.css", nil, 200, ":host"},
		{"GET", "/.readout/../live.go", nil, 404, "no such file"},
		{"GET", "/.readout/page?page=briefings/a.html", nil, 404, "unsupported"},
	} {
		w := get(s, c.method, c.path, c.header...)
		if w.Code != c.status || c.want != "" && !strings.Contains(w.Body.String(), c.want) || c.want == "" && w.Body.Len() > 0 {
			t.Errorf("%s %s %v: %d %q, want %d %q", c.method, c.path, c.header, w.Code, w.Body, c.status, c.want)
		}
		if strings.Contains(w.Body.String(), "manifest") {
			t.Errorf("%s gives the manifest away", c.path)
		}
	}
}

func TestContentTypes(t *testing.T) {
	s := New(site(), nil)
	for path, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/none": "text/html; charset=utf-8", "/assets/s.0123456789.css": "text/css; charset=utf-8",
		"/briefings/a.annotations.jsonld": "application/ld+json", "/feed.atom": "application/atom+xml; charset=utf-8",
		"/briefings/plain.txt": "text/plain; charset=utf-8", "/.readout/live.js": "text/javascript; charset=utf-8",
	} {
		w := get(s, "GET", path)
		if got := w.Header().Get("Content-Type"); got != want || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	w := get(s, "GET", "/")
	if w := get(s, "GET", "/", "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("an unchanged page is sent again: %d", w.Code)
	}
	if c := get(s, "GET", "/assets/s.0123456789.css").Header().Get("Cache-Control"); !strings.Contains(c, "immutable") {
		t.Errorf("a hashed asset: %s", c)
	}
}

// TestNotFoundLeadsHome asks for a page that is not there in a folder below: the
// links of the site's page for it still lead to where they should.
func TestNotFoundLeadsHome(t *testing.T) {
	body := get(New(site(), nil), "GET", "/a/b/c.html").Body.String()
	for _, want := range []string{`href="../../assets/s.0123456789.css"`, `href="../../index.html"`, `href="#site"`, `href="https://x.example/"`, `data-root="../../"`, `data-page="a/b/c.html"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if body := get(New(fstest.MapFS{}, nil), "GET", "/").Body.String(); !strings.Contains(body, "No pages yet") {
		t.Errorf("without any page: %s", body)
	}
}

// An open page as the test sees it.
type watcher struct {
	t      *testing.T
	events *bufio.Scanner
}

// event returns the name and the data of the next event.
func (w *watcher) event() (name, data string) {
	w.t.Helper()
	for w.events.Scan() {
		line := w.events.Text()
		if n, ok := strings.CutPrefix(line, "event: "); ok {
			name = n
		}
		if d, ok := strings.CutPrefix(line, "data:"); ok {
			return name, strings.TrimSpace(d)
		}
	}
	return "", ""
}

// watch opens the page at path of a server that listens at base.
func watch(t *testing.T, s *Server, base, path string) *watcher {
	t.Helper()
	body := get(s, "GET", path).Body.String()
	_, version, _ := strings.Cut(body, `data-version="`)
	version, _, _ = strings.Cut(version, `"`)
	_, page, _ := strings.Cut(body, `data-page="`)
	page, _, _ = strings.Cut(page, `"`)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", base+"/.readout/events?"+url.Values{"page": {page}, "version": {version}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	w := &watcher{t, bufio.NewScanner(res.Body)}
	if name, data := w.event(); name != "faults" || data == "" {
		t.Fatalf("%s: %s %s", path, name, data)
	}
	return w
}

func TestPagesAreTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, site()); err != nil {
		t.Fatal(err)
	}
	s := New(os.DirFS(dir), nil)
	server := httptest.NewServer(s)
	defer server.Close()
	a, gone, index := watch(t, s, server.URL, "/briefings/a.html"), watch(t, s, server.URL, "/briefings/new.html"), watch(t, s, server.URL, "/")
	if open := strings.Join(s.Open(), " "); open != "briefings/a.html briefings/new.html index.html" {
		t.Errorf("open: %s", open)
	}
	s.Faults(diag.List{{File: "content/briefings/a.md", Line: 12, Column: 3, Message: "unknown <kind>", Hint: "mend it", Excerpt: "[x]{.y}"}})
	const fault = `[{"place":"content/briefings/a.md:12:3","message":"unknown \u003ckind\u003e","hint":"mend it","excerpt":"[x]{.y}"}]`
	for _, w := range []*watcher{a, gone, index} {
		if name, data := w.event(); name != "faults" || data != fault {
			t.Errorf("%s %s", name, data)
		}
	}
	late := watch(t, s, server.URL, "/feed.html")
	s.Faults(nil)
	if name, data := late.event(); name != "faults" || data != "[]" {
		t.Errorf("%s %s", name, data)
	}
	a.event() // the same
	s.Show(1, map[string][]byte{"briefings/a.html": []byte("<head></head>newer"), "briefings/new.html": []byte("new")})
	for _, w := range []*watcher{a, gone} {
		if name, _ := w.event(); name != "stale" && name != "faults" {
			t.Errorf("told %q", name)
		}
	}
	if body := get(s, "GET", "/briefings/a.html").Body.String(); !strings.Contains(body, "newer") {
		t.Errorf("the newer page is not shown: %s", body)
	}
	// A build that began before the edit does not take it back.
	again := watch(t, s, server.URL, "/briefings/a.html")
	s.Built(0)
	if body := get(s, "GET", "/briefings/a.html").Body.String(); !strings.Contains(body, "newer") {
		t.Errorf("an older build took the page back: %s", body)
	}
	if err := os.WriteFile(filepath.Join(dir, "briefings", "a.html"), []byte("<head></head>built"), 0o666); err != nil {
		t.Fatal(err)
	}
	s.Built(1)
	if name, _ := again.event(); name != "stale" {
		t.Errorf("told %q", name)
	}
	if body := get(s, "GET", "/briefings/a.html").Body.String(); !strings.Contains(body, "built") {
		t.Errorf("the built page is not shown: %s", body)
	}
	s.Close()
	if name, _ := again.event(); name != "" {
		t.Errorf("after the end: %q", name)
	}
}

func TestPanelIsAsked(t *testing.T) {
	s := New(site(), func(page string) (any, error) { return map[string]string{"page": page}, nil })
	w := get(s, "GET", "/.readout/page?page=briefings/a.html")
	if body, _ := io.ReadAll(w.Body); w.Code != 200 || string(body) != `{"page":"briefings/a.html"}` {
		t.Errorf("%d %s", w.Code, body)
	}
}
