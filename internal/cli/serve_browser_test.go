package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A browser is Chromium with one page open.
type browser struct {
	t   testing.TB
	ctx context.Context
}

// newBrowser starts the Chromium that CHROMIUM names, or Debian's. On a machine
// without one the test is skipped; where CI is set it fails.
func newBrowser(t testing.TB) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); name != "" && err == nil {
			program = p
			break
		}
	}
	if program == "" && os.Getenv("CI") == "true" {
		t.Fatal("no Chromium: install the package chromium")
	}
	if program == "" {
		t.Skip("NOT TESTED: no Chromium on this machine; install the package chromium, or name one in CHROMIUM")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("proxy-server", "http://127.0.0.1:9"), chromedp.Flag("proxy-bypass-list", "127.0.0.1"), chromedp.WindowSize(1280, 800))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	b := &browser{t, ctx}
	err := chromedp.Listen(ctx, func(e any) {
		switch e := e.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page throws %s", e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			if e.Type == "error" {
				t.Errorf("the page writes an error to the console")
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// try evaluates an expression; a page that is being loaded has no answer.
func try[T any](b *browser, expression string) (T, bool) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	return v, err == nil
}

// is waits until the expression is true, and goes on being asked meanwhile.
func (b *browser) is(what, expression string) {
	b.t.Helper()
	limit, tick := time.After(patience), time.NewTicker(5*time.Millisecond)
	defer tick.Stop()
	for {
		if ok, answered := try[bool](b, "!!("+expression+")"); ok && answered {
			return
		}
		select {
		case <-limit:
			b.t.Fatalf("%s: not so: %s", what, expression)
		case <-tick.C:
		}
	}
}

// longArticle is one that does not fit on a screen.
func longArticle() string {
	var s strings.Builder
	s.WriteString("The night ferry returns\n\n")
	for i := range 40 {
		fmt.Fprintf(&s, "The council of ward %d voted on Monday to bring back the night ferry, which had not run since the winter. \"That ends in ward %d,\" said Teodora Vance, the mayor of Port Ellery.\n\n", i, i)
	}
	return s.String()
}

// TestServeInBrowser edits a briefing that is open in a browser: the page shows
// the edit at the place where it was; a mistake is shown and goes away.
func TestServeInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow")
	}
	b := newBrowser(t)
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/ferry.txt": longArticle()})
	v := serveSite(t, dir)
	const trouble = `document.querySelector("#readout-live").shadowRoot.querySelector(".trouble")`
	b.do(chromedp.Navigate(v.url + "/" + ferryPage))
	b.is("the page is followed", `document.querySelector("#readout-live")`)
	b.do(chromedp.MouseEvent("mouseMoved", 2, 2))
	const settle = `(document.querySelector("#p30").scrollIntoView({ block: "start", behavior: "instant" }), true)`
	if _, ok := try[bool](b, settle); !ok {
		t.Fatal("the page does not scroll")
	}
	const at = `document.querySelector("#p30").getBoundingClientRect().top`

	// What is added above moves nothing of what is read, and what did not change
	// is not loaded anew: what is open stays open.
	if _, ok := try[bool](b, `(window.kept = document.querySelector("#p30"), document.querySelector(".strip details").open = true)`); !ok {
		t.Fatal("nothing can be opened")
	}
	before, _ := try[float64](b, at)
	v.edit(ferryFile, "slug:", "dek: Edited by hand, in many words that take a line of their own above the text\nslug:")
	b.is("the edit is shown", `document.body.innerText.includes("Edited by hand")`)
	b.is("the page stays at its place", fmt.Sprintf(`Math.abs(%s - %v) < 2`, at, before))
	b.is("the page is the same one", `window.kept === document.querySelector("#p30") && document.querySelector(".strip details").open`)
	v.settle()
	b.is("and is there after the build", fmt.Sprintf(`document.readyState === "complete" && Math.abs(%s - %v) < 2`, at, before))

	v.edit(ferryFile, "dek: Edited", "dekk: Edited")
	b.is("the mistake is shown with its place, its line and what to do", `(e => !e.hidden && e.innerText.includes("`+ferryFile+`:3") && e.innerText.includes("dekk: Edited by hand"))(`+trouble+`)`)
	b.is("over what was there before", `document.body.innerText.includes("Edited by hand")`)
	v.settle()
	v.edit(ferryFile, "dekk: Edited by hand", "dek: Mended by hand")
	b.is("it is mended", `document.body.innerText.includes("Mended by hand") && `+trouble+`.hidden`)
	v.settle()

	// The panel of the briefing lists what deserves a look, and says of what is
	// pointed at which rule made it.
	const desk = `document.querySelector("#readout-live").shadowRoot.querySelector(".desk")`
	b.is("there is a panel", `!`+desk+`.hidden && /^\d+ to review/.test(`+desk+`.innerText)`)
	if _, ok := try[bool](b, `(`+desk+`.querySelector("summary").click(), true)`); !ok {
		t.Fatal("the panel does not open")
	}
	b.is("with what is not known", `/publication date unknown/.test(`+desk+`.innerText)`)
	b.is("and all annotations", `document.getElementById("p1-q1") && [...`+desk+`.querySelectorAll(".all a")].some(a => a.hash === "#p1-q1")`)
	if _, ok := try[bool](b, `(document.getElementById("p1-q1").scrollIntoView({ block: "center", behavior: "instant" }), true)`); !ok {
		t.Fatal("the page does not scroll")
	}
	where, _ := try[[]float64](b, `(r => [r.left + 20, r.top + r.height / 2])(document.getElementById("p1-q1").getClientRects()[0])`)
	b.do(chromedp.MouseEvent("mouseMoved", 1, 1), chromedp.MouseEvent("mouseMoved", where[0], where[1]))
	b.is("what is pointed at says its rule", `/rule quote\//.test(`+desk+`.querySelector(".why").innerText) && /Teodora Vance/.test(`+desk+`.querySelector(".why").innerText)`)

	// A template of the site's own is followed as well.
	v.write("templates/pages/home.html", `{{define "main"}}<p>A page of one's own</p>{{end}}`)
	v.settle()
	b.do(chromedp.Navigate(v.url + "/"))
	b.is("a template of one's own", `document.body.innerText.includes("A page of one's own")`)
	v.edit("templates/pages/home.html", "one's own", "their own")
	b.is("follows as well", `document.body.innerText.includes("A page of their own")`)
	v.settle()
}

// archive writes a site of n briefings without seeds: reports of a dozen events
// a week, with people and places that many share.
func archive(t testing.TB, dir string, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(3, 5))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	syllables := strings.Fields("ba ren tol ki mos ada vel ur chi dan fos gri hal jun lem nor pel qui sar tev")
	name := func(n int) string {
		s := ""
		for range n {
			s += pick(syllables)
		}
		return strings.ToUpper(s[:1]) + s[1:]
	}
	var words, places, people []string
	for range 4000 {
		words = append(words, strings.ToLower(name(2+r.IntN(3))))
	}
	for range 300 {
		places = append(places, name(2)+"stad")
	}
	for range 1500 {
		people = append(people, name(2)+" "+name(3))
	}
	files := map[string]string{"content/index.md": "---\ntitle: Archive\n---\n"}
	for i := range n {
		slug := fmt.Sprintf("report-%d", i)
		var s strings.Builder
		fmt.Fprintf(&s, "---\ntitle: Report %d of %s\nslug: %s\npublisher: Outlet %d\ndate: 20%02d-%02d-%02d\ndate_basis: metadata\nlanguage: en\narticle:\n  path: seeds/%d.txt\n  sha256: %064d\n---\n\n## Key points\n\n- The talks go on. [¶1](#p1)\n\n## Annotated text\n\n", i, pick(places), slug, i%9, 10+i%14, 1+i%12, 1+i%28, i, i)
		for p := range 12 {
			fmt.Fprintf(&s, "[\"We %s\"]{.quote by=s%d} [said]{.cue} [[%s]{.person}]{.source #s%d naming=named} in [%s]{.place}.", pick(words), p, pick(people), p, pick(places))
			for range 34 {
				s.WriteString(" " + pick(words))
			}
			s.WriteString(".\n\n")
		}
		files["content/briefings/"+slug+".md"] = s.String()
	}
	for name, data := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkServeEdit measures the time from the write of a briefing, one of
// 1,000, to the change in the document of the browser that shows it: what an
// editor waits for. The reload of the same page by itself, each time measured
// after it, says how much of that is the browser's, and the machine's load.
func BenchmarkServeEdit(b *testing.B) {
	c := newBrowser(b)
	dir := b.TempDir()
	archive(b, dir, 1000)
	v := serveSite(b, dir)
	const file = "content/briefings/report-500.md"
	c.do(chromedp.Navigate(v.url + "/briefings/report-500.html"))
	data, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		b.Fatal(err)
	}
	var took, bare []float64
	for i := 0; b.Loop(); i++ {
		// The page itself says when it has changed, on the clock of this machine.
		edited := fmt.Sprintf("The talks go on for %d days.", i+1)
		written := time.Now()
		if err := os.WriteFile(filepath.Join(dir, file), []byte(strings.Replace(string(data), "The talks go on.", edited, 1)), 0o666); err != nil {
			b.Fatal(err)
		}
		c.is("the edit is shown", fmt.Sprintf(`document.querySelector(".points")?.innerText.includes(%q)`, edited))
		took = append(took, float64(time.Since(written).Microseconds())/1000)
		b.StopTimer()
		// The next edit comes before the pause after which all is built.
		c.is("the page is whole", `document.readyState === "complete"`)
		if _, ok := try[bool](c, `(window.old = true, setTimeout(() => location.reload()), true)`); !ok {
			b.Fatal("the page does not reload")
		}
		asked := time.Now()
		c.is("the page is read again", `!window.old && document.querySelector(".points")`)
		bare = append(bare, float64(time.Since(asked).Microseconds())/1000)
		c.is("the page is whole", `document.readyState === "complete"`)
		b.StartTimer()
	}
	slices.Sort(took)
	slices.Sort(bare)
	b.ReportMetric(bare[len(bare)/2], "ms-bare-reload-median")
	b.ReportMetric(bare[len(bare)*95/100], "ms-bare-reload-p95")
	b.ReportMetric(took[len(took)/2], "ms-median")
	b.ReportMetric(took[len(took)*95/100], "ms-p95")
}
