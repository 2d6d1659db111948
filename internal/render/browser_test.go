package render

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"readout/internal/browsertest"
)

var (
	desktop = browsertest.View{Width: 1280, Height: 900}
	phone   = browsertest.View{Width: 390, Height: 844, Touch: true}
	tablet  = browsertest.View{Width: 820, Height: 900}
)

// without is a view in a browser that runs no scripts.
func without(v browsertest.View) browsertest.View {
	v.NoScript = true
	return v
}

// inView is a function that tells whether a reader sees an element.
const inView = `(e => { const r = e.getBoundingClientRect(); return r.width > 20 && r.bottom > 8 && r.top < innerHeight - 8 && r.right > 0 && r.left < innerWidth && e.checkVisibility(); })`

// fromDiskAndServer runs a test with the files of a site on the disk, and served.
func fromDiskAndServer(t *testing.T, dir string, test func(t *testing.T, base string)) {
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	for where, base := range map[string]string{"from a disk": "file://" + dir + "/", "from a server": server.URL + "/"} {
		t.Run(where, func(t *testing.T) { test(t, base) })
	}
}

func TestReading(t *testing.T) {
	b := browsertest.Start(t)
	s, load := gather(t, "testdata/site.txtar")
	dir := t.TempDir()
	write(t, build(t, s, load, Options{}), dir)
	const page = "briefings/port-strike-ends.html"
	fromDiskAndServer(t, dir, func(t *testing.T, base string) {
		t.Run("by mouse", func(t *testing.T) {
			r := b.Open(t, base, desktop)
			r.Go(page)
			r.Is("a note stands beside its marker", `Math.abs(document.querySelector("#note-1").getBoundingClientRect().top - document.querySelector("#ref-1").getBoundingClientRect().top) < 40`)
			r.Is("no note lies over another", `[...document.querySelectorAll(".notes li:not(.far)")].every((e, i, all) => !i || e.getBoundingClientRect().top >= all[i - 1].getBoundingClientRect().bottom)`)
			r.Hover("#ref-2")
			r.Is("hover lights the note", `document.querySelector("#note-2").matches(".on")`)
			r.Is("and its words", `document.querySelector(".claim.on")`)
			r.Hover("#note-3")
			r.Is("a note lights its marker", `document.querySelector("#ref-3").matches(".on")`)
			r.Hover(`.prose a.ent`)
			r.Is("a name shows its card", `document.querySelector(".tip").innerText.includes("¶")`)
			r.Hover(`h1`)
			r.Is("and hides it", `!document.querySelector(".tip")`)
			r.Hover(`.strip li:nth-child(2) a`)
			r.Is("a bar says its label", `document.querySelector(".tip").innerText.includes("Sentence 2")`)
			r.Click(`.strip li:nth-child(2) a`)
			r.Is("and leads to its sentence", `location.hash === "#p1-s2" && `+inView+`(document.querySelector("#p1-s2"))`)
			r.Click(`#key-2 .cite`)
			r.Is("a key point leads to its passage", `location.hash === "#p3" && `+inView+`(document.querySelector("#p3"))`)
			r.Click(`.way`)
			r.Is("and a button back", inView+`(document.querySelector("#key-2")) && document.activeElement.closest("#key-2") && !document.querySelector(".way.on")`)
			r.Click(`#p3 .pn.up`)
			r.Is("a passage leads to what rests on it", `location.hash === "#key-2" && `+inView+`(document.querySelector("#key-2"))`)
			r.Click("#m-word")
			r.Is("a switch marks the text", `getComputedStyle(document.querySelector(".s.named")).backgroundColor !== "rgba(0, 0, 0, 0)"`)
			r.Click("#m-notes")
			r.Is("another takes the markers away", `!document.querySelector("#ref-1").checkVisibility()`)
		})
		t.Run("by keyboard", func(t *testing.T) {
			r := b.Open(t, base, desktop)
			r.Go(page)
			r.Keys(kb.Tab)
			r.Is("the way past the navigation comes first", `document.activeElement.matches(".skip") && `+inView+`(document.activeElement)`)
			r.Keys(kb.Enter)
			r.Is("and leads to the text", `document.activeElement.id === "main"`)
			r.Focus("#ref-3")
			r.Keys(kb.Enter)
			r.Is("Enter goes to the note", `document.activeElement.id === "note-3" && `+inView+`(document.activeElement)`)
			r.Keys(kb.Escape)
			r.Is("Escape comes back", `document.activeElement.id === "ref-3"`)
			r.Focus(`.prose a.ent`)
			r.Is("a name that has the focus shows its card", `document.querySelector(".tip") && document.activeElement.getAttribute("aria-describedby") === "tip"`)
			r.Keys(kb.Escape)
			r.Is("Escape closes the card", `!document.querySelector(".tip")`)
			r.Keys("j")
			r.Is("j goes to a paragraph", `/^p\d/.test(document.activeElement.id)`)
			r.Keys("n")
			r.Is("n goes to a marker", `document.activeElement.matches(".ref")`)
			r.Keys("?")
			r.Is("? lists the keys", `document.querySelector("dialog.keys[open]")`)
			r.Keys(kb.Escape)
			r.Is("Escape closes the list", `!document.querySelector("dialog[open]")`)
			r.Focus("#key-1 .cite")
			r.Keys(kb.Enter)
			r.Is("a key point leads to its passage", `location.hash === "#p1"`)
			r.Keys("b")
			r.Is("b goes back", `document.activeElement.closest("#key-1") && `+inView+`(document.activeElement)`)
			r.Keys("/")
			r.Is("/ goes to the search", `location.pathname.endsWith("search.html")`)
		})
		t.Run("by touch", func(t *testing.T) {
			r := b.Open(t, base, phone)
			r.Go(page)
			r.Is("the first key point is on the first screen", `document.querySelector(".points li").getBoundingClientRect().bottom < 844`)
			r.Is("nothing is wider than the screen", `document.documentElement.scrollWidth <= 390`)
			r.Tap("#ref-2")
			r.Is("a tap shows the note", `document.querySelector("#note-2:popover-open") && `+inView+`(document.querySelector("#note-2"))`)
			r.Keys(kb.Escape)
			r.Is("Escape closes it", `!document.querySelector("#note-2:popover-open") && document.activeElement.id === "ref-2"`)
			r.Tap("#ref-2")
			r.Is("and again", `document.querySelector("#note-2:popover-open")`)
			r.Tap("h1")
			r.Is("a tap elsewhere closes it", `!document.querySelector("#note-2:popover-open")`)
			r.Tap(".prose a.ent")
			r.Is("a tap on a name shows its card first", `document.querySelector(".tip") && location.pathname.includes("port-strike")`)
			r.Tap(".prose a.ent")
			r.Is("and then leads to its page", `location.pathname.includes("/places/")`)
		})
		t.Run("without scripts", func(t *testing.T) {
			r := b.Open(t, base, without(phone))
			r.Go(page)
			r.Tap("#ref-2")
			r.Is("the note is a sheet at the foot", `location.hash === "#note-2" && getComputedStyle(document.querySelector("#note-2")).position === "fixed" && `+inView+`(document.querySelector("#note-2"))`)
			r.Tap("#note-2 .back")
			r.Is("its way back closes it", `location.hash === "#ref-2" && getComputedStyle(document.querySelector("#note-2")).position !== "fixed"`)
			r.Tap("#m-notes")
			r.Is("switches switch", `!document.querySelector("#ref-2").checkVisibility()`)
			r.Tap(".strip summary")
			r.Is("what is folded away unfolds", `document.querySelector(".strip table").checkVisibility()`)
			r.Tap(".prose a.ent")
			r.Is("a name leads to its page", `location.pathname.includes("/places/")`)
			r.Go("search.html")
			r.Is("lists stand in for the search", `getComputedStyle(document.querySelector(".find")).display === "none" && document.querySelector(".topics a")`)
			r.Tap(".topics a")
			r.Is("and lead on", `!location.pathname.endsWith("search.html")`)

			wide := b.Open(t, base, without(desktop))
			wide.Go(page)
			wide.Is("notes stand in the margin", `Math.abs(document.querySelector("#note-1").getBoundingClientRect().top - document.querySelector("#ref-1").getBoundingClientRect().top) < 40`)
			wide.Click("#ref-2")
			wide.Is("and are lit", `location.hash === "#note-2" && getComputedStyle(document.querySelector("#note-2")).backgroundColor !== "rgba(0, 0, 0, 0)"`)
		})
	})
}

// searchSite has what is hard to find: accents, other scripts, many of a kind.
func searchSite(t *testing.T) string {
	t.Helper()
	s, load := gatherFiles(t, map[string]string{
		"content/briefings/strike.md": briefingFile("strike", "Strike in the harbour", "publisher: Courier\n",
			"The dockers of [Almavír]{.place} struck.\n\n[\"Nobody has signed anything,\"]{.quote by=s1} [said]{.cue} [an official]{.source #s1 naming=described}.\n\n[\"We go back,\"]{.quote by=s2} [said]{.cue} [[Tomás Varga]{.person}]{.source #s2 naming=named} of the cranes."),
		"content/briefings/cranes.md": briefingFile("cranes", "Cranes stand still", "byline: [Beata Quill]\npublisher: Herald\n", "The cranes stand still. [Ana Ruel]{.person} has signed nothing that nobody saw.\n\n## What we asked\n\nThe harbourmaster did not answer."),
		"content/briefings/ar.md":     briefingFile("ar", "اجتماع في القاهرة", "language: ar\n", "قال مسؤول إنّ الاتفاقيّة قريبة."),
		"content/briefings/fa.md":     briefingFile("fa", "نشست تهران", "language: fa\n", "مذاکرات در تهران ادامه دارد."),
		"content/briefings/zh.md":     briefingFile("zh", "北京会谈", "language: zh\n", "双方同意继续对话。"),
	})
	dir := t.TempDir()
	write(t, build(t, s, load, Options{}), dir)
	return dir
}

func TestSearching(t *testing.T) {
	b := browsertest.Start(t)
	fromDiskAndServer(t, searchSite(t), func(t *testing.T, base string) {
		r := b.Open(t, base, tablet)
		r.Go("search.html")
		// alone waits until the only result with a passage leads there.
		alone := func(what, query, path, block string) {
			t.Helper()
			r.Ask(query)
			r.Is(what, `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found li > a[href="`+path+`"]') && document.querySelector('.found .cite[href="`+path+`#`+block+`"]')`)
		}
		alone("a slip is forgiven", "dokcers", "briefings/strike.html", "p1")
		alone("a letter left out", "docers", "briefings/strike.html", "p1")
		alone("the beginning of a word", "dock", "briefings/strike.html", "p1")
		alone("accents may be missing", "almavir struck", "briefings/strike.html", "p1")
		alone("a phrase", `"nobody has signed"`, "briefings/strike.html", "p2")
		alone("Arabic without its marks", "الاتفاقية", "briefings/ar.html", "p1")
		alone("Persian in Arabic letters", "مذاكرات", "briefings/fa.html", "p1")
		alone("two signs of Chinese", "继续", "briefings/zh.html", "p1")
		alone("a section by the editor, at its heading", "harbourmaster answer", "briefings/cranes.html", "editor-1")
		r.Ask("quill")
		r.Is("by its author", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found li > a[href="briefings/cranes.html"]') && document.querySelector(".found li .meta").innerText === "Herald · Beata Quill"`)
		r.Ask("varga")
		r.Is("people stand above text", `document.querySelector('.found li a').getAttribute("href").startsWith("people/")`)
		r.Is("and the passage follows", `document.querySelector('.found .cite[href="briefings/strike.html#p3"]')`)
		pick := func(name, value string) {
			t.Helper()
			r.Do(`(s => { s.value = "` + value + `"; s.dispatchEvent(new Event("change")); })(document.querySelector("select[name=` + name + `]"))`)
		}
		r.Ask("cranes")
		r.Is("both briefings", `document.querySelectorAll(".found li").length === 2`)
		pick("publisher", "Herald")
		r.Is("a filter by publisher", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found a[href^="briefings/cranes"]')`)
		pick("publisher", "")
		pick("word", "named")
		r.Is("by sourcing", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found a[href^="briefings/strike"]')`)
		pick("word", "")
		pick("person", "Ana Ruel")
		r.Is("by person", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found a[href^="briefings/cranes"]')`)
		pick("person", "")
		r.Ask("ruel")
		pick("kind", "person")
		r.Is("by kind", `document.querySelectorAll(".found li").length === 1 && document.querySelector('.found a[href^="people/"]')`)
		pick("kind", "")
		r.Ask("zzzzzz")
		r.Is("nothing is said to be nothing", `document.querySelector(".found").innerText === "Nothing found."`)
		r.Ask("dockers struck")
		r.Is("a result", `document.querySelector(".found .cite")`)
		r.Is("a query takes little time", `(() => { const t = performance.now(); document.querySelector(".find").requestSubmit(); return performance.now() - t < 10; })()`)
		r.Click(".found .cite")
		r.Is("leads to its passage", `location.pathname.endsWith("briefings/strike.html") && location.hash === "#p1" && `+inView+`(document.querySelector("#p1"))`)
	})
}
