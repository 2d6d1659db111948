package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"readout/internal/fetch"
)

const article = "<!doctype html><title>Talks</title><p>Talks resumed on Monday.</p>"

// web is a server with one page of each kind that goes well or wrong.
func web(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Date", "Fri, 03 May 2024 09:00:00 GMT")
		fmt.Fprint(w, article)
	}
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: readout\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
	})
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { page(w) })
	mux.HandleFunc("/private", func(http.ResponseWriter, *http.Request) { t.Error("a page was asked for that robots.txt forbids") })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "page?from=moved#part", http.StatusFound)
	})
	mux.HandleFunc("/to-private", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/private", http.StatusFound) })
	mux.HandleFunc("/to-file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	// Many sites send a reader round once, to see whether they take a cookie.
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
			return
		}
		page(w)
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			w.Write(bytes.Repeat([]byte("word "), 1000))
		}
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<p>The first words")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		fmt.Fprint(z, article)
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		for range 64 {
			z.Write(make([]byte, 1<<20))
		}
	})
	mux.HandleFunc("/brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		fmt.Fprint(w, "x")
	})
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "<p>The first")
	})
	mux.HandleFunc("/empty", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/forbidden", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	mux.HandleFunc("/busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestGet(t *testing.T) {
	server := web(t)
	for _, tt := range []struct{ path, url, body string }{
		{"/page", "/page", article},
		{"/page#a-part", "/page", article},
		{"/moved", "/page?from=moved", article},
		{"/cookie", "/cookie", article},
		{"/gzip", "/gzip", article},
	} {
		c := fetch.New("1.0", fetch.Limits{})
		p, err := c.Get(t.Context(), server.URL+tt.path)
		if err != nil {
			t.Errorf("%s: %v", tt.path, err)
			continue
		}
		if p.URL != server.URL+tt.url || string(p.Body) != tt.body {
			t.Errorf("%s: %s %q", tt.path, p.URL, p.Body)
		}
		if tt.path != "/gzip" && (p.Type != "text/html; charset=utf-8" || p.Retrieved.Format(time.RFC3339) != "2024-05-03T09:00:00Z") {
			t.Errorf("%s: %s %s", tt.path, p.Type, p.Retrieved)
		}
	}
}

// What goes wrong is told in words, each with what to do about it, and takes
// neither more time nor more memory than it may.
func TestGetFails(t *testing.T) {
	server := web(t)
	gone := httptest.NewServer(nil)
	gone.Close()
	for _, tt := range []struct{ address, want string }{
		{"/missing", "404 Not Found"},
		{"/forbidden", "403 Forbidden"},
		{"/busy", "503 Service Unavailable"},
		{"/private", "asks programs to leave this page alone"},
		{"/to-private", "asks programs to leave this page alone"},
		{"/to-file", "only http and https are asked"},
		{"/nowhere", "not to an address"},
		{"/loop", "redirects more than 10 times"},
		{"/endless", "larger than the limit of 1 MB"},
		{"/bomb", "larger than the limit of 1 MB"},
		{"/slow", "takes longer than 200ms"},
		{"/silent", "takes longer than 200ms"},
		{"/brotli", "not asked for"},
		{"/cut", "breaks off"},
		{"/empty", "empty page"},
		{gone.URL, "cannot be reached"},
		{strings.Replace(server.URL, "http:", "https:", 1) + "/page", "does not speak https"},
		{"file:///etc/passwd", "only http and https are asked, not file"},
		{"news.example/talks", "no address of the web"},
		{"localhost:8080/talks", "only http and https"},
		{"mailto:jane@news.example", "only http and https"},
		{"https://", "names no host"},
		{"https://jane:secret@news.example/", "name or a password"},
		{"http://%zz", "no address"},
	} {
		address := tt.address
		limits := fetch.Limits{Bytes: 1 << 20}
		if strings.HasPrefix(address, "/") {
			address = server.URL + address
		}
		if strings.Contains(tt.want, "200ms") {
			limits.Time = 200 * time.Millisecond
		}
		p, err := fetch.New("1.0", limits).Get(t.Context(), address)
		var e *fetch.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v %v", tt.address, p, err)
			continue
		}
		if e.URL != address || !strings.Contains(e.Message, tt.want) || e.Hint == "" && tt.address != "/nowhere" {
			t.Errorf("%s: want %q, got %q, hint %q", tt.address, tt.want, e, e.Hint)
		}
	}
}

// A run that is interrupted says so, and not that the page is slow.
func TestGetCancelled(t *testing.T) {
	server := web(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := fetch.New("1.0", fetch.Limits{}).Get(ctx, server.URL+"/silent"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRobots(t *testing.T) {
	const page = "/news/talks?id=1"
	for _, tt := range []struct {
		name, rules string
		status      int
		want        string // of the error; "" where the page may be asked for
	}{
		{"none", "", 404, ""},
		{"forbidden file", "", 403, ""},
		{"empty", "", 200, ""},
		{"broken server", "", 500, "not known"},
		{"all", "User-agent: *\nDisallow: /", 200, "leave this page alone"},
		{"nothing", "User-agent: *\nDisallow:", 200, ""},
		{"other page", "User-agent: *\nDisallow: /private/", 200, ""},
		{"by folder", "User-agent: *\nDisallow: /news/", 200, "leave this page alone"},
		{"by question mark", "User-agent: *\nDisallow: /*?id=", 200, "leave this page alone"},
		{"longer rule wins", "User-agent: *\nDisallow: /news/\nAllow: /news/talks", 200, ""},
		{"other program", "User-agent: bot\nDisallow: /", 200, ""},
		{"named", "User-agent: *\nDisallow:\n\nUser-agent: ReadOut\nDisallow: /news", 200, "leave this page alone"},
		{"named, and free", "User-agent: readout\nDisallow:\n\nUser-agent: *\nDisallow: /\n", 200, ""},
		{"named among others", "User-agent: bot\nUser-agent: readout\nDisallow: /news\n", 200, "leave this page alone"},
		{"mistakes", "\ufeffDisallow: /\r\nhello\r\nCrawl-delay: soon\r\nUser-agent: * # all\r\nCrawl-delay: x\r\nDisallow: /news # not this\r\n", 200, "leave this page alone"},
		{"page in its place", "<!doctype html><title>Not found</title>", 200, ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.rules)
				return
			}
			fmt.Fprint(w, article)
		}))
		_, err := fetch.New("1.0", fetch.Limits{}).Get(t.Context(), server.URL+page)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
		server.Close()
	}
}

// A site is asked for its rules once, not for each page.
func TestRobotsOnce(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked++
		}
		if got := r.Header.Get("User-Agent"); got != "readout/1.0" {
			t.Errorf("User-Agent %q", got)
		}
		fmt.Fprint(w, article)
	}))
	defer server.Close()
	c := fetch.New("1.0", fetch.Limits{})
	for range 3 {
		if _, err := c.Get(t.Context(), server.URL); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("robots.txt was asked for %d times", asked)
	}
}
