package render

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/browsertest"
)

// namesakes is a site whose lists have people of one name, each told from the
// other by a briefing with a title of many words.
func namesakes() map[string]string {
	files := map[string]string{}
	for i, topic := range []string{"Daily deals of the dark season: speakers, watches, consoles and everything with a plug, and more", "The best gadgets of the year for those who have them all, as chosen by our readers and friends"} {
		slug := fmt.Sprintf("sale-%d", i)
		files["content/briefings/"+slug+".md"] = briefingFile(slug, topic, fmt.Sprintf("publisher: \"Paper %d\"\n", i), "[Alexa]{.person} spoke to "+strings.Repeat("a great many people of the town about it, and ", 8)+"went home.")
	}
	return files
}

// TestReflow opens every page of sites at the edges of what an article can be
// on the narrowest screen: nothing is wider than they are (WCAG 2.2, 1.4.10).
func TestReflow(t *testing.T) {
	b := browsertest.Start(t)
	sites := extremes()
	sites["namesakes"] = namesakes()
	for name, files := range maps.All(sites) {
		t.Run(name, func(t *testing.T) {
			s, load := gatherFiles(t, files)
			tree := build(t, s, load, Options{})
			dir := t.TempDir()
			write(t, tree, dir)
			const width = 320
			r := b.Open(t, "file://"+filepath.ToSlash(dir)+"/", browsertest.View{Width: width, Height: 780})
			pages := 0
			for _, f := range tree.Files {
				// Of the hundreds of a crowd's names a few will do.
				if !strings.HasSuffix(f.Path, ".html") || strings.Contains(f.Path, "/") && pages > 30 {
					continue
				}
				pages++
				r.Go(f.Path)
				if wide := browsertest.Eval[string](r, fmt.Sprintf(tooWide, width)); wide != "" {
					t.Errorf("%s is wider than %d px: %s", f.Path, width, wide)
				}
			}
			t.Logf("%d pages", pages)
		})
	}
}

// tooWide tells what reaches beyond the screen's edge, "" for nothing.
const tooWide = `document.documentElement.scrollWidth <= %d ? "" : [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > %[1]d && !e.closest(".wide")).map(e => e.outerHTML.slice(0, 90)).slice(-3).join(" | ") || "?"`
