package render

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is the browser the tests drive: the one CHROMIUM names, or Debian's.
// On a machine without one the tests are skipped; where CI is set they fail.
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

// A reader is a browser with one page of the test site open.
type reader struct {
	t    *testing.T
	ctx  context.Context
	base string
	mu   sync.Mutex
	bad  []string // requests that leave the site, errors on the console
}

// open starts a browser of the given size for the site in dir, opened from disk
// or from a server.
func open(t *testing.T, base string, width, height int64, touch, scripts bool) *reader {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"), chromedp.Flag("proxy-bypass-list", "127.0.0.1"), chromedp.WindowSize(int(width), int(height)))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	r := &reader{t: t, ctx: ctx, base: base}
	err := chromedp.Listen(ctx, func(e any) {
		r.mu.Lock()
		defer r.mu.Unlock()
		switch e := e.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, base) && !strings.HasPrefix(u, "data:") && !strings.HasSuffix(u, "/favicon.ico") {
				r.bad = append(r.bad, "asks for "+u)
			}
		case *runtime.EventExceptionThrown:
			r.bad = append(r.bad, "throws "+e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" {
				r.bad = append(r.bad, "writes an error to the console")
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if touch {
		r.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch))
	} else {
		r.do(chromedp.EmulateViewport(width, height))
	}
	// Without motion a page stands still before the next step.
	still := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: still}); err != nil {
		t.Fatal(err)
	}
	if !scripts {
		if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, b := range r.bad {
			t.Errorf("the page %s", b)
		}
	})
	return r
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reader) page(path string) { r.t.Helper(); r.do(chromedp.Navigate(r.base + path)) }

func (r *reader) keys(keys string) { r.t.Helper(); r.do(chromedp.KeyEvent(keys)) }

// evaluate returns the value of an expression, also in a page whose own scripts
// are off.
func evaluate[T any](r *reader, expression string) T {
	r.t.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		r.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// is waits until the expression is true.
func (r *reader) is(what, expression string) {
	r.t.Helper()
	limit, tick := time.After(30*time.Second), time.NewTicker(25*time.Millisecond)
	defer tick.Stop()
	for !evaluate[bool](r, "(() => { try { return !!("+expression+") } catch { return false } })()") {
		select {
		case <-limit:
			r.t.Errorf("%s: not so: %s", what, expression)
			return
		case <-tick.C:
		}
	}
}

func (r *reader) point(selector string) (x, y float64) {
	r.t.Helper()
	at := evaluate[[]float64](r, `(() => { const e = document.querySelector('`+selector+`'); e.scrollIntoView({ block: "center", behavior: "instant" }); const r = e.getClientRects()[0]; return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	return at[0], at[1]
}

func (r *reader) hover(selector string) {
	r.t.Helper()
	x, y := r.point(selector)
	r.do(chromedp.MouseEvent("mouseMoved", 1, 1), chromedp.MouseEvent("mouseMoved", x, y))
}

func (r *reader) click(selector string) {
	r.t.Helper()
	x, y := r.point(selector)
	r.do(chromedp.MouseClickXY(x, y))
}

func (r *reader) tap(selector string) {
	r.t.Helper()
	x, y := r.point(selector)
	r.do(chromedp.TapXY(x, y))
}

// ask types a query into the search box.
func (r *reader) ask(query string) {
	r.t.Helper()
	evaluate[bool](r, `(e => { e.value = ""; e.focus(); return true; })(document.querySelector("#find"))`)
	r.keys(query)
}

const inView = `(e => { const r = e.getBoundingClientRect(); return r.width > 20 && r.bottom > 8 && r.top < innerHeight - 8 && r.right > 0 && r.left < innerWidth && e.checkVisibility(); })`

func TestReading(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow")
	}
	chromium(t)
	s, load := gather(t, "testdata/site.txtar")
	dir := t.TempDir()
	write(t, build(t, s, load, Options{}), dir)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	const page = "briefings/port-strike-ends.html"
	for where, base := range map[string]string{"from a disk": "file://" + dir + "/", "from a server": server.URL + "/"} {
		t.Run(where+"/wide", func(t *testing.T) {
			r := open(t, base, 1280, 900, false, true)
			r.page(page)
			r.is("a note stands beside its marker", `Math.abs(document.querySelector("#note-1").getBoundingClientRect().top - document.querySelector("#ref-1").getBoundingClientRect().top) < 40`)
			r.hover("#ref-2")
			r.is("hover lights the note", `document.querySelector("#note-2").matches(".on")`)
			r.is("and its words", `document.querySelector(".claim.on")`)
			evaluate[bool](r, `(document.querySelector("#ref-3").focus(), true)`)
			r.keys(kb.Enter)
			r.is("Enter goes to the note", `document.activeElement.id === "note-3" && `+inView+`(document.activeElement)`)
			r.keys(kb.Escape)
			r.is("Escape comes back", `document.activeElement.id === "ref-3"`)
			r.hover(`.prose a.ent`)
			r.is("a name shows its card", `document.querySelector(".tip") && document.querySelector(".tip").innerText.includes("¶")`)
			r.keys(kb.Escape)
			r.is("Escape closes the card", `!document.querySelector(".tip")`)
			r.keys("j")
			r.is("j goes to a paragraph", `/^p\d/.test(document.activeElement.id)`)
			r.keys("?")
			r.is("? lists the keys", `document.querySelector("dialog.keys[open]")`)
			r.keys(kb.Escape)
			r.is("Escape closes the list", `!document.querySelector("dialog[open]")`)
			r.click("#m-word")
			r.is("a switch marks the text", `getComputedStyle(document.querySelector(".s.named")).backgroundColor !== "rgba(0, 0, 0, 0)"`)
		})
		t.Run(where+"/phone", func(t *testing.T) {
			r := open(t, base, 390, 844, true, true)
			r.page(page)
			r.is("the first key point is on the first screen", `document.querySelector(".points li").getBoundingClientRect().bottom < 844`)
			r.is("nothing is wider than the screen", `document.documentElement.scrollWidth <= 390`)
			r.tap("#ref-2")
			r.is("a tap shows the note", `document.querySelector("#note-2:popover-open") && `+inView+`(document.querySelector("#note-2"))`)
			r.keys(kb.Escape)
			r.is("Escape closes it", `!document.querySelector("#note-2:popover-open") && document.activeElement.id === "ref-2"`)
			r.tap(".prose a.ent")
			r.is("a tap on a name shows its card first", `document.querySelector(".tip") && location.href.includes("port-strike")`)
		})
		t.Run(where+"/without scripts", func(t *testing.T) {
			r := open(t, base, 390, 844, false, false)
			r.page(page)
			r.click("#ref-2")
			r.is("the note is a sheet at the foot", `location.hash === "#note-2" && getComputedStyle(document.querySelector("#note-2")).position === "fixed" && `+inView+`(document.querySelector("#note-2"))`)
			r.click("#note-2 .back")
			r.is("its way back closes it", `location.hash === "#ref-2" && getComputedStyle(document.querySelector("#note-2")).position !== "fixed"`)
			r.page("search.html")
			r.is("lists stand in for the search", `getComputedStyle(document.querySelector(".find")).display === "none" && document.querySelector(".topics a")`)
		})
		t.Run(where+"/search", func(t *testing.T) {
			r := open(t, base, 820, 900, false, true)
			r.page("index.html")
			r.ask("dokcers")
			r.is("a slip is forgiven, and the result leads to the passage", `document.querySelector('.found a[href="briefings/port-strike-ends.html#p1"], .found a[href="briefings/port-strike-ends.html#p3"]')`)
			r.ask(`"nobody has signed"`)
			r.is("a phrase is found", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found a[href$="#p2"]')`)
			r.ask("varga")
			r.is("people stand above text", `document.querySelector('.found li a').getAttribute("href").startsWith("people/")`)
			evaluate[bool](r, `(s => { s.value = "unnamed"; return s.dispatchEvent(new Event("change")); })(document.querySelector("select[name=word]"))`)
			r.ask("cranes")
			r.is("a filter by sourcing", `document.querySelectorAll(".found li").length === 1`)
		})
	}
}
