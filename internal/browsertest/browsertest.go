// Package browsertest opens pages in Chromium for tests, and uses them as a
// reader does: by mouse, keyboard and touch, with and without scripts. Its
// central type is Page. A page that asks for anything outside its site, or
// writes an error to the console, fails its test; in a strict View so does one
// that writes anything there, of which the browser complains, or that shows a
// dialog. It is a leaf that tests alone import.
package browsertest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Browser is a running Chromium.
type Browser struct{ ctx context.Context }

// program finds the browser: the one CHROMIUM names, or Debian's. On a machine
// without one the test is skipped; where CI is set it fails.
func program(t testing.TB) string {
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

// Start starts a browser that ends with the test. It reaches this machine only,
// and draws letters as their fonts have them.
func Start(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser is slow")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"), chromedp.Flag("proxy-bypass-list", "127.0.0.1"),
		chromedp.Flag("font-render-hinting", "none"), chromedp.Flag("hide-scrollbars", true), chromedp.Flag("force-color-profile", "srgb"))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &Browser{ctx}
}

// A View is how a reader looks at a page.
type View struct {
	Width, Height int64
	Touch         bool // a phone
	Dark          bool
	NoScript      bool
	Strict        bool // whatever a page says to the browser is a fault
}

// A Page is a tab of the browser.
type Page struct {
	t    testing.TB
	ctx  context.Context
	base string
	view View
	mu   sync.Mutex
	path string // of the page that is open
	bad  []string
}

// Open opens a tab for the site whose addresses begin with base, a folder on
// the disk or a server. It is closed at the end of the test.
func (b *Browser) Open(t testing.TB, base string, v View) *Page {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	p := &Page{t: t, ctx: ctx, base: base, view: v}
	t.Cleanup(func() {
		cancel()
		p.mu.Lock()
		defer p.mu.Unlock()
		for _, s := range p.bad {
			t.Errorf("the page %s", s)
		}
	})
	if err := chromedp.Listen(ctx, p.watch); err != nil {
		t.Fatal(err)
	}
	if v.Touch {
		p.do(chromedp.EmulateViewport(v.Width, v.Height, chromedp.EmulateMobile, chromedp.EmulateTouch))
	} else {
		p.do(chromedp.EmulateViewport(v.Width, v.Height))
	}
	// Without motion a page stands still before the next step.
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}, {Name: "prefers-color-scheme", Value: scheme}}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	if err == nil {
		_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	}
	if err == nil && v.Strict {
		_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	}
	if err == nil && v.NoScript {
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *Page) watch(e any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	saw := func(what string) { p.bad = append(p.bad, p.path+" "+what) }
	switch e := e.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, p.base) && !strings.HasPrefix(u, "data:") && !strings.HasSuffix(u, "/favicon.ico") {
			saw("asks for " + u)
		}
	case *runtime.EventExceptionThrown:
		saw("throws " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if p.view.Strict || e.Type == "error" {
			saw("writes to the console")
		}
	case *log.EventEntryAdded:
		if !strings.Contains(e.Entry.URL, "favicon") {
			saw("is complained of: " + e.Entry.Text)
		}
	case *page.EventJavascriptDialogOpening:
		if p.view.Strict {
			saw("shows a dialog: " + e.Message)
		}
	}
}

// patience is how long a page may take on a machine that has other things to
// do.
const patience = 60 * time.Second

func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// Go opens the page at that path of the site.
func (p *Page) Go(path string) {
	p.t.Helper()
	p.mu.Lock()
	p.path = path
	p.mu.Unlock()
	p.do(chromedp.Navigate(p.base + path))
}

// Keys types keys, one after another.
func (p *Page) Keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// Eval returns the value of an expression, also in a page whose own scripts are
// off.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Do evaluates an expression for what it does.
func (p *Page) Do(expression string) {
	p.t.Helper()
	Eval[bool](p, "("+expression+", true)")
}

// Is waits until the expression is true, and fails the test when it does not
// become so. A page that is being loaded has no answer yet.
func (p *Page) Is(what, expression string) {
	p.t.Helper()
	limit, tick := time.After(patience/2), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for {
		is, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("(() => { try { return !!("+expression+") } catch { return false } })()"))
		if is && err == nil {
			return
		}
		select {
		case <-limit:
			p.t.Errorf("%s: not so: %s", what, expression)
			return
		case <-tick.C:
		}
	}
}

// at scrolls to an element, and returns the middle of its first line.
func (p *Page) at(selector string) (x, y float64) {
	p.t.Helper()
	at := Eval[[]float64](p, `(() => { const e = document.querySelector('`+selector+`'); e.scrollIntoView({ block: "center", behavior: "instant" }); const r = e.getClientRects()[0]; return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	return at[0], at[1]
}

// Hover moves the mouse over an element.
func (p *Page) Hover(selector string) {
	p.t.Helper()
	x, y := p.at(selector)
	p.do(chromedp.MouseEvent("mouseMoved", 1, 1), chromedp.MouseEvent("mouseMoved", x, y))
}

// Click clicks on an element.
func (p *Page) Click(selector string) {
	p.t.Helper()
	x, y := p.at(selector)
	p.do(chromedp.MouseClickXY(x, y))
}

// Tap touches an element with a finger.
func (p *Page) Tap(selector string) {
	p.t.Helper()
	x, y := p.at(selector)
	p.do(chromedp.TapXY(x, y))
}

// Focus gives an element the focus, as the tabulator would.
func (p *Page) Focus(selector string) {
	p.t.Helper()
	p.Do(`document.querySelector('` + selector + `').focus({ focusVisible: true })`)
}

// Ask types a query into the search box.
func (p *Page) Ask(query string) {
	p.t.Helper()
	p.Do(`(e => { e.value = ""; e.dispatchEvent(new Event("input")); e.focus(); })([...document.querySelectorAll(".find input")].find(e => e.checkVisibility()))`)
	p.Is("nothing is found for nothing", `![...document.querySelectorAll(".found")].some(e => e.childElementCount)`)
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: query}); err != nil {
		p.t.Fatal(err)
	}
}

// Picture is what the window shows.
func (p *Page) Picture() image.Image {
	p.t.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	return img
}
