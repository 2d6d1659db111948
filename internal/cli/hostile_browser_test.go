package cli

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"readout/internal/browsertest"
)

// strictPolicy is what the server adds to what the pages ask for themselves.
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// TestHostilePages opens the pages of hostile articles in a real browser, under
// a strict policy: no script of theirs runs, no request leaves, no error is
// told on the console, and each piece stands on the page of its article as it
// was written.
func TestHostilePages(t *testing.T) {
	browser := browsertest.Start(t)
	dir, _ := hostileSite(t)
	if status, out := run("build", "-q", "-C", dir); status == exitUsage || strings.Contains(out, "panic") {
		t.Fatal(out)
	}
	public := filepath.Join(dir, "public")
	serve := http.FileServer(http.Dir(public))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", strictPolicy)
		serve.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	w := browser.Open(t, server.URL, browsertest.View{Width: 1280, Height: 900, Strict: true})
	read := func(path string) string { // what a reader has before him, with what is folded in
		w.Go("/" + path)
		return browsertest.Eval[string](w, `document.body.textContent`)
	}

	site := files(t, dir, "content", "public")
	pageOf := map[string]string{} // the page of each seed
	for name, data := range site {
		if slug, ok := strings.CutPrefix(name, "content/briefings/"); ok {
			_, rest, _ := strings.Cut(data, "\n  path: ")
			line, _, _ := strings.Cut(rest, "\n")
			pageOf[line] = "briefings/" + strings.TrimSuffix(slug, ".md") + ".html"
		}
	}
	all := payloads(t)
	pieces := 0
	for n, p := range all {
		for name := range positions["text"](n, p) {
			text := read(pageOf[name])
			if want := onPage(p); !strings.Contains(squeezed(text), squeezed(want)) {
				t.Errorf("%s: %q is not on its page %s", name, want, pageOf[name])
			}
			pieces++
		}
	}
	pages := pieces
	var others []string
	for name := range site {
		if path, ok := strings.CutPrefix(name, "public/"); ok && strings.HasSuffix(path, ".html") {
			others = append(others, path)
		}
	}
	slices.Sort(others)
	step := 5 // of those that are many and alike
	if *long {
		step = 1
	}
	for i, path := range others {
		if !strings.Contains(path, "/") || i%step == 0 {
			read((&url.URL{Path: path}).EscapedPath())
			pages++
		}
	}
	// The search reads the words of all of them, and shows them.
	w.Go("/search.html")
	for _, q := range []string{"alert", "<img", "evil.example"} {
		typed := must2(json.Marshal(q))
		w.Is(q+" is found", `(e => { if (e.value !== `+typed+`) { e.focus(); e.value = `+typed+`; e.dispatchEvent(new Event("input", { bubbles: true })); } return document.querySelectorAll(".found li").length > 0; })(document.querySelector("#find"))`)
	}
	t.Logf("%d pages opened; %d pieces of text found on theirs", pages, pieces)
}

// onPage returns a piece of text as a page shows it: what HTML cannot hold has
// a picture there, and a browser reads "\r" as a new line.
func onPage(p string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20 && !strings.ContainsRune("\t\n\r\f", r):
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case 0x80 <= r && r <= 0x9f && r != 0x85, 0xfdd0 <= r && r <= 0xfdef, r&0xfffe == 0xfffe:
			return 0xfffd
		}
		return r
	}, p)
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }
