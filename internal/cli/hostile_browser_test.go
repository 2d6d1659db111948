package cli

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// strictPolicy is what the server adds to what the pages ask for themselves.
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// chromium is the browser to test with, as in the tests of package render.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: install the package chromium")
	}
	t.Skip("NOT TESTED: no Chromium on this machine; install the package chromium, or name one in CHROMIUM")
	return ""
}

// A witness is a browser in which the pages of a site are opened, and what it
// saw them do.
type witness struct {
	ctx context.Context
	mu  sync.Mutex
	at  string
	bad []string
}

func (w *witness) saw(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bad = append(w.bad, w.at+" "+what)
}

func (w *witness) look(at string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = at
}

func newWitness(t *testing.T, base string) *witness {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"), chromedp.Flag("proxy-bypass-list", "127.0.0.1"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	w := &witness{ctx: ctx}
	err := chromedp.Listen(ctx, func(e any) {
		switch e := e.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, base) && !strings.HasPrefix(u, "data:") && !strings.HasSuffix(u, "/favicon.ico") {
				w.saw("asks for " + u)
			}
		case *runtime.EventExceptionThrown:
			w.saw("throws " + e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			w.saw("writes to the console")
		case *cdplog.EventEntryAdded:
			if !strings.Contains(e.Entry.URL, "favicon") {
				w.saw("is complained of: " + e.Entry.Text)
			}
		case *page.EventJavascriptDialogOpening:
			w.saw("shows a dialog: " + e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	w.do(t, chromedp.Navigate("about:blank"))
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, cdplog.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *witness) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 60*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// read opens a page and returns the text a reader has before him, with that of
// what is folded in.
func (w *witness) read(t *testing.T, at string) string {
	t.Helper()
	w.look(at)
	w.do(t, chromedp.Navigate(at))
	text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`document.body.textContent`))
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	return text
}

// until waits for an expression to be true.
func (w *witness) until(t *testing.T, what, expression string) {
	t.Helper()
	limit, tick := time.After(20*time.Second), time.NewTicker(25*time.Millisecond)
	defer tick.Stop()
	for {
		so, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](expression))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if so {
			return
		}
		select {
		case <-limit:
			t.Errorf("not so: %s", what)
			return
		case <-tick.C:
		}
	}
}

// TestHostilePages opens the pages of hostile articles in a real browser, under
// a strict policy: no script of theirs runs, no request leaves, no error is
// told on the console, and each piece stands on the page of its article as it
// was written.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow")
	}
	chromium(t)
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
	w := newWitness(t, server.URL)

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
			text := w.read(t, server.URL+"/"+pageOf[name])
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
			w.read(t, server.URL+"/"+(&url.URL{Path: path}).EscapedPath())
			pages++
		}
	}
	// The search reads the words of all of them, and shows them.
	w.look("the search")
	w.do(t, chromedp.Navigate(server.URL+"/search.html"))
	for _, q := range []string{"alert", "<img", "evil.example"} {
		typed := must2(json.Marshal(q))
		w.until(t, q+" is found", `(e => { if (e.value !== `+typed+`) { e.focus(); e.value = `+typed+`; e.dispatchEvent(new Event("input", { bubbles: true })); } return document.querySelectorAll(".found li").length > 0; })(document.querySelector("#find"))`)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.bad {
		t.Error(b)
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
