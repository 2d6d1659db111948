package bundle_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/browsertest"
	"readout/internal/content"
)

// fifty is a site of fifty briefings.
func fifty(t *testing.T) *content.Tree {
	t.Helper()
	x := &content.Tree{}
	add := func(name, src string) {
		if d := x.Add(name, []byte(src)); d.Errors() > 0 {
			t.Fatalf("%s: %v", name, d)
		}
	}
	add("content/index.md", "---\ntitle: The week\n---\n")
	for i := range 50 {
		text := strings.Repeat(fmt.Sprintf("Work on bridge %d goes on, as [Teodora Vance]{.person role=Mayor} told [Port Ellery]{.place}. ", i), 12)
		add(fmt.Sprintf("content/briefings/b%02d.md", i), article(fmt.Sprintf("title: Bridge %d\nslug: b%02d\n", i, i),
			"- Work goes on. [¶1](#p1)", text+fmt.Sprintf("\n\n[\"We count the %s rivet,\"]{.quote by=s1} [said]{.cue} [an engineer]{.source #s1 naming=described}.", ordinal(i))))
	}
	return x
}

func ordinal(i int) string { return fmt.Sprintf("%dth", i+100) }

// TestSingleFile opens a single file of fifty briefings from the disk.
func TestSingleFile(t *testing.T) {
	b := browsertest.Start(t)
	a, _ := pack(t, fifty(t), 0)
	var h bytes.Buffer
	if err := a.WriteSingle(&h); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "week.html")
	if err := os.WriteFile(name, h.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	const shown = `[...document.querySelectorAll(".page")].filter(e => e.checkVisibility())`

	r := b.Open(t, "file://"+name, browsertest.View{Width: 820, Height: 900})
	r.Go("")
	r.Is("the first page alone is shown", shown+`.length === 1 && document.title === "The week"`)
	r.Ask(`"the 137th rivet"`)
	r.Is("a phrase is found", `document.querySelectorAll(".page.first .found li").length === 1 && document.querySelector('.found .cite[href="#briefings.b37:p2"]')`)
	r.Click(".found .cite")
	r.Is("and leads to its passage", `document.querySelector('[id="briefings.b37:p2"]').checkVisibility() && `+shown+`.length === 1`)
	r.Is("the page has its title", `document.title.startsWith("Bridge 37")`)
	r.Click(`[id="briefings.b37:ref-1"]`)
	r.Is("a note is shown", `document.querySelector('[id="briefings.b37:note-1"]').checkVisibility() && document.activeElement.id === "briefings.b37:note-1"`)

	r = b.Open(t, "file://"+name, browsertest.View{Width: 390, Height: 844, Touch: true, NoScript: true})
	r.Go("")
	r.Is("without scripts too", shown+`.length === 1`)
	r.Tap(`.page.first a[href="#briefings.b07"]`)
	r.Is("links lead to pages", `document.querySelector('[id="briefings.b07"]').checkVisibility() && `+shown+`.length === 1`)
	r.Tap(`[id="briefings.b07:ref-1"]`)
	r.Is("a note is a sheet", `getComputedStyle(document.querySelector('[id="briefings.b07:note-1"]')).position === "fixed"`)
	r.Tap(`[id="briefings.b07:note-1"] .back`)
	r.Is("that closes", `getComputedStyle(document.querySelector('[id="briefings.b07:note-1"]')).position !== "fixed"`)
	r.Is("every word is there", `document.body.textContent.includes("the 149th rivet")`)
}
