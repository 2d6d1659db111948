// Package live shows the pages of a site to a browser on this machine while
// they change. Its central type is Server: it answers with the files of the
// output folder, or with newer ones that were made since the last build, tells
// the open pages when they are out of date, and shows what is wrong with the
// content until that is mended.
//
// Nothing of this reaches the output folder: what the pages need to be told is
// put into them on their way to the browser.
package live

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"readout/internal/diag"
)

//go:embed assets
var assets embed.FS

// own is where the files of the server itself are. No file of a site has such a
// name.
const own = "/.readout/"

// A Server is an http.Handler for one site.
type Server struct {
	files fs.FS
	about About

	mu      sync.Mutex
	newer   map[string]newer
	faults  []byte // JSON
	clients map[*client]bool
	done    chan struct{}
}

// A newer file stands in for the one in the output folder.
type newer struct {
	data []byte
	at   int // see Show
}

// About answers what is known about a page: the value is sent as JSON. It is
// called for the panel of the page, with the page's path.
type About func(page string) (any, error)

// A client is an open page.
type client struct {
	page    string
	version string
	wake    chan struct{}
}

// New returns a server of the files of an output folder.
func New(files fs.FS, about About) *Server {
	return &Server{files: files, about: about, newer: map[string]newer{}, faults: []byte("[]"), clients: map[*client]bool{}, done: make(chan struct{})}
}

// Close lets all open pages go. It is called once.
func (s *Server) Close() { close(s.done) }

// Show lets newer files stand in for those in the output folder, until Built is
// called for their generation or a later one, and tells the pages.
func (s *Server) Show(generation int, files map[string][]byte) {
	s.mu.Lock()
	for name, data := range files {
		s.newer[name] = newer{data, generation}
	}
	s.mu.Unlock()
	s.Tell()
}

// Built says that the output folder has all that was shown up to a generation,
// and tells the pages.
func (s *Server) Built(generation int) {
	s.mu.Lock()
	for name, f := range s.newer {
		if f.at <= generation {
			delete(s.newer, name)
		}
	}
	s.mu.Unlock()
	s.Tell()
}

// Faults says what is wrong with the site now; nothing, when all is well.
func (s *Server) Faults(list diag.List) {
	type fault struct {
		Place   string `json:"place"`
		Message string `json:"message"`
		Hint    string `json:"hint,omitempty"`
		Excerpt string `json:"excerpt,omitempty"`
	}
	faults := make([]fault, 0, len(list))
	for _, d := range list {
		message := d.Message
		d.Message = ""
		faults = append(faults, fault{strings.TrimSuffix(d.Error(), ": "), message, d.Hint, d.Excerpt})
	}
	data, err := json.Marshal(faults)
	if err != nil {
		return // strings can always be written
	}
	s.mu.Lock()
	same := bytes.Equal(s.faults, data)
	s.faults = data
	s.mu.Unlock()
	if !same {
		s.Tell()
	}
}

// Open returns the paths of the pages that are open in a browser, sorted.
func (s *Server) Open() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var pages []string
	for c := range s.clients {
		if !slices.Contains(pages, c.page) {
			pages = append(pages, c.page)
		}
	}
	slices.Sort(pages)
	return pages
}

// Tell lets each open page find out whether it is out of date.
func (s *Server) Tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		select {
		case c.wake <- struct{}{}:
		default: // it is to look already
		}
	}
}

// ServeHTTP answers a browser that asks for this machine by name, so that no
// page elsewhere can read the site by giving its own name this address.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		http.Error(w, fmt.Sprintf("this server answers to localhost, not to %q", host), http.StatusForbidden)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this server only shows pages", http.StatusMethodNotAllowed)
		return
	}
	switch name, ours := strings.CutPrefix(r.URL.Path, own); {
	case ours && name == "events":
		s.events(w, r)
	case ours && name == "page":
		s.page(w, r)
	case ours:
		s.ownFile(w, r, name)
	default:
		s.file(w, r)
	}
}

// file answers with a file of the site, or with its page for what is not there.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	name, ok := fileName(r.URL.Path)
	if ok {
		if data, at, err := s.read(name); err == nil {
			s.send(w, r, name, data, at)
			return
		}
	}
	page, _, err := s.read("404.html")
	if err != nil {
		page = []byte(bare)
		if _, _, err := s.read("index.html"); err != nil {
			page = []byte(unbuilt)
		}
	}
	page = fromTop(page, strings.Count(r.URL.Path, "/")-1)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	page = live(name, missing, page)
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(page)
	}
}

// bare stands in for the page 404.html of a site that has none.
const bare = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Nothing here</title></head>\n<body><h1>Nothing here</h1><p>This address leads to nothing. <a href=\"/\">Go to the home page</a>.</p></body></html>\n"

// unbuilt stands in for all pages while there are none.
const unbuilt = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>No pages yet</title></head>\n<body><h1>No pages yet</h1><p>The site could not be built. This page follows as soon as it can.</p></body></html>\n"

// fileName returns the file that a URL's path leads to. It reports false where
// that cannot be a file of a site: hidden files are none.
func fileName(p string) (string, bool) {
	name := strings.TrimPrefix(p, "/")
	if name == "" {
		name = "index.html"
	}
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return "", false
		}
	}
	return name, true
}

// read returns a file as it is to be shown now.
func (s *Server) read(name string) ([]byte, time.Time, error) {
	s.mu.Lock()
	f, ok := s.newer[name]
	s.mu.Unlock()
	if ok {
		return f.data, time.Time{}, nil
	}
	info, err := fs.Stat(s.files, name)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	data, err := fs.ReadFile(s.files, name)
	return data, info.ModTime(), err
}

// types has the content types of a site's files, so that they do not depend on
// the machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".jsonld": "application/ld+json", ".atom": "application/atom+xml; charset=utf-8",
	".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
	".gif": "image/gif", ".ico": "image/vnd.microsoft.icon", ".woff2": "font/woff2", ".pdf": "application/pdf",
	".zip": "application/zip", ".epub": "application/epub+zip",
}

// hashed matches names that change with what the file holds.
var hashed = regexp.MustCompile(`^assets/[^/]+\.[0-9a-f]{10}\.[a-z0-9]+$`)

func (s *Server) send(w http.ResponseWriter, r *http.Request, name string, data []byte, at time.Time) {
	h := w.Header()
	kind := types[path.Ext(name)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	h.Set("Content-Type", kind)
	version := digest(data)
	if path.Ext(name) == ".html" {
		// The page is not the file: its own time says nothing.
		data, at = live(name, version, data), time.Time{}
	}
	if hashed.MatchString(name) {
		h.Set("Cache-Control", "max-age=86400, immutable")
	}
	h.Set("ETag", `"`+version+`"`)
	http.ServeContent(w, r, name, at, bytes.NewReader(data))
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// missing is the version of a page that is not there.
const missing = "missing"

// live puts what a page needs to be told of changes into it.
func live(name, version string, page []byte) []byte {
	add := fmt.Sprintf("<script src=\"%slive.js\" data-page=\"%s\" data-version=\"%s\" defer></script>\n", own, html.EscapeString(name), version)
	i := bytes.Index(page, []byte("</head>"))
	if i < 0 {
		i = len(page)
	}
	return slices.Concat(page[:i], []byte(add), page[i:])
}

// relative matches the relative addresses in a page.
var relative = regexp.MustCompile(`( (?:href|src|action|data-root)=")([^"]*)"`)

// fromTop makes the relative addresses of a page of the top folder lead where
// they should from that many folders below.
func fromTop(page []byte, depth int) []byte {
	if depth <= 0 {
		return page
	}
	up := strings.Repeat("../", depth)
	return relative.ReplaceAllFunc(page, func(m []byte) []byte {
		part := relative.FindSubmatch(m)
		u, err := url.Parse(html.UnescapeString(string(part[2])))
		root := strings.HasPrefix(string(part[1]), " data-root")
		if err != nil || u.IsAbs() || u.Host != "" || strings.HasPrefix(u.Path, "/") || u.Path == "" && !root {
			return m
		}
		return []byte(string(part[1]) + up + string(part[2]) + `"`)
	})
}

// ownFile answers with a file of the server itself.
func (s *Server) ownFile(w http.ResponseWriter, r *http.Request, name string) {
	data, err := fs.ReadFile(assets, "assets/"+name)
	if err != nil || !fs.ValidPath(name) {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Header().Set("ETag", `"`+digest(data)+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// page answers what is known about a page.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	about, err := any(nil), errors.ErrUnsupported
	if s.about != nil {
		about, err = s.about(r.URL.Query().Get("page"))
	}
	var data []byte
	if err == nil {
		data, err = json.Marshal(about)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	http.ServeContent(w, r, "page.json", time.Time{}, bytes.NewReader(data))
}

// events tells a page what happens, for as long as it is open: "stale" when it
// is out of date, and "faults" with what is wrong.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	c := &client{page: r.URL.Query().Get("page"), version: r.URL.Query().Get("version"), wake: make(chan struct{}, 1)}
	s.mu.Lock()
	s.clients[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.clients, c)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	if _, err := fmt.Fprint(w, "retry: 500\n\n"); err != nil {
		return
	}
	var told []byte
	for {
		s.mu.Lock()
		faults := s.faults
		s.mu.Unlock()
		if !bytes.Equal(told, faults) {
			if _, err := fmt.Fprintf(w, "event: faults\ndata: %s\n\n", faults); err != nil {
				return
			}
			told = faults
		}
		if s.stale(c) {
			if _, err := fmt.Fprint(w, "event: stale\ndata:\n\n"); err != nil {
				return
			}
			c.version = "" // it is told once
		}
		if err := out.Flush(); err != nil {
			return
		}
		select {
		case <-c.wake:
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		}
	}
}

// stale reports whether an open page is no longer what the server would send.
func (s *Server) stale(c *client) bool {
	name, ok := fileName("/" + c.page)
	if !ok || c.version == "" {
		return false
	}
	data, _, err := s.read(name)
	switch {
	case c.version == missing:
		return err == nil
	case errors.Is(err, fs.ErrNotExist):
		return true
	}
	return err == nil && digest(data) != c.version
}
