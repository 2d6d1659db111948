package cli

import (
	"bytes"
	"flag"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/browsertest"
)

var pictures = flag.Bool("pictures", false, "make the pictures of the README anew, from the site of the seeds")

// TestPictures makes the pictures of the README where -pictures is given, and
// else sees to it that the README shows them.
func TestPictures(t *testing.T) {
	top := repository(t)
	list := []struct {
		name, page, mark string // what stands at the top of the picture
		dark             bool
	}{
		{"briefing", "briefings/pakistans-new-government-extends-olive-branch-to-afghan-taliban-in-diplomatic.html", "body", false},
		{"notes", "briefings/pakistani-diplomats-and-an-afghan-taliban-delegation-led-by-zabihullah-mujahid.html", "#text", false},
		{"home", "index.html", "body", true},
	}
	if !*pictures {
		readme, err := os.ReadFile(filepath.Join(top, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			name := "docs/images/" + p.name + ".png"
			if _, err := os.Stat(filepath.Join(top, name)); err != nil || !strings.Contains(string(readme), name) {
				t.Errorf("%s is missing, or the README does not show it: %v", name, err)
			}
		}
		return
	}
	b := browsertest.Start(t)
	site := t.TempDir()
	for _, dir := range []string{"seeds", "content"} {
		if err := os.CopyFS(filepath.Join(site, dir), os.DirFS(filepath.Join(top, dir))); err != nil {
			t.Fatal(err)
		}
	}
	if status := Main([]string{"build", "-q", "-C", site}, strings.NewReader(""), io.Discard, os.Stderr); status != exitOK {
		t.Fatalf("the site of the seeds cannot be built: status %d", status)
	}
	for _, p := range list {
		r := b.Open(t, "file://"+filepath.Join(site, "public")+"/", browsertest.View{Width: 1280, Height: 860, Dark: p.dark})
		r.Go(p.page)
		r.Do(`document.querySelector("` + p.mark + `").scrollIntoView({ block: "start", behavior: "instant" })`)
		r.Is("the letters are there", `document.fonts.status === "loaded"`)
		var data bytes.Buffer
		if err := png.Encode(&data, r.Picture()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(top, "docs", "images", p.name+".png"), data.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
