package cli

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/browsertest"
)

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
	browser := browsertest.Start(t)
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/ferry.txt": longArticle()})
	v := serveSite(t, dir)
	p := browser.Open(t, v.url+"/", browsertest.View{Width: 1280, Height: 800})
	const trouble = `document.querySelector("#readout-live").shadowRoot.querySelector(".trouble")`
	p.Go(ferryPage)
	p.Is("the page is followed", `document.querySelector("#readout-live")`)
	p.Hover("h1")
	p.Do(`document.querySelector("#p30").scrollIntoView({ block: "start", behavior: "instant" })`)
	const at = `document.querySelector("#p30").getBoundingClientRect().top`

	// What is added above moves nothing of what is read, and what did not change
	// is not loaded anew: what is open stays open.
	p.Do(`window.kept = document.querySelector("#p30"), document.querySelector(".strip details").open = true`)
	before := browsertest.Eval[float64](p, at)
	v.edit(ferryFile, "slug:", "dek: Edited by hand, in many words that take a line of their own above the text\nslug:")
	p.Is("the edit is shown", `document.body.innerText.includes("Edited by hand")`)
	p.Is("the page stays at its place", fmt.Sprintf(`Math.abs(%s - %v) < 2`, at, before))
	p.Is("the page is the same one", `window.kept === document.querySelector("#p30") && document.querySelector(".strip details").open`)
	v.settle()
	p.Is("and is there after the build", fmt.Sprintf(`document.readyState === "complete" && Math.abs(%s - %v) < 2`, at, before))

	v.edit(ferryFile, "dek: Edited", "dekk: Edited")
	p.Is("the mistake is shown with its place, its line and what to do", `(e => !e.hidden && e.innerText.includes("`+ferryFile+`:3") && e.innerText.includes("dekk: Edited by hand"))(`+trouble+`)`)
	p.Is("over what was there before", `document.body.innerText.includes("Edited by hand")`)
	v.settle()
	v.edit(ferryFile, "dekk: Edited by hand", "dek: Mended by hand")
	p.Is("it is mended", `document.body.innerText.includes("Mended by hand") && `+trouble+`.hidden`)
	v.settle()

	// The panel of the briefing lists what deserves a look, and says of what is
	// pointed at which rule made it.
	const desk = `document.querySelector("#readout-live").shadowRoot.querySelector(".desk")`
	p.Is("there is a panel", `!`+desk+`.hidden && /^\d+ to review/.test(`+desk+`.innerText)`)
	p.Do(desk + `.querySelector("summary").click()`)
	p.Is("with what is not known", `/publication date unknown/.test(`+desk+`.innerText)`)
	p.Is("and all annotations", `document.getElementById("p1-q1") && [...`+desk+`.querySelectorAll(".all a")].some(a => a.hash === "#p1-q1")`)
	p.Hover("#p1-q1")
	p.Is("what is pointed at says its rule", `/rule quote\//.test(`+desk+`.querySelector(".why").innerText) && /Teodora Vance/.test(`+desk+`.querySelector(".why").innerText)`)

	// A template of the site's own is followed as well.
	v.write("templates/pages/home.html", `{{define "main"}}<p>A page of one's own</p>{{end}}`)
	v.settle()
	p.Go("")
	p.Is("a template of one's own", `document.body.innerText.includes("A page of one's own")`)
	v.edit("templates/pages/home.html", "one's own", "their own")
	p.Is("follows as well", `document.body.innerText.includes("A page of their own")`)
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
	browser := browsertest.Start(b)
	dir := b.TempDir()
	archive(b, dir, 1000)
	v := serveSite(b, dir)
	p := browser.Open(b, v.url+"/", browsertest.View{Width: 1280, Height: 800})
	const file = "content/briefings/report-500.md"
	p.Go("briefings/report-500.html")
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
		p.Is("the edit is shown", fmt.Sprintf(`document.querySelector(".points")?.innerText.includes(%q)`, edited))
		took = append(took, float64(time.Since(written).Microseconds())/1000)
		b.StopTimer()
		// The next edit comes before the pause after which all is built.
		p.Is("the page is whole", `document.readyState === "complete"`)
		p.Do(`window.old = true, setTimeout(() => location.reload())`)
		asked := time.Now()
		p.Is("the page is read again", `!window.old && document.querySelector(".points")`)
		bare = append(bare, float64(time.Since(asked).Microseconds())/1000)
		p.Is("the page is whole", `document.readyState === "complete"`)
		b.StartTimer()
	}
	slices.Sort(took)
	slices.Sort(bare)
	b.ReportMetric(bare[len(bare)/2], "ms-bare-reload-median")
	b.ReportMetric(bare[len(bare)*95/100], "ms-bare-reload-p95")
	b.ReportMetric(took[len(took)/2], "ms-median")
	b.ReportMetric(took[len(took)*95/100], "ms-p95")
}
