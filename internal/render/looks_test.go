package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"readout/internal/browsertest"
	"readout/internal/output"
	"readout/templates"
)

// steady is what the looks of pages are tested with besides their style: one
// font on every machine, and line breaks that do not depend on the browser's
// taste.
const steady = `
@font-face { font-family: Steady; src: url(%s); }
@font-face { font-family: Steady; font-weight: 600 700; src: url(%s); }
:root { --serif: Steady; --sans: Steady; }
* { text-wrap: wrap !important; caret-color: transparent; }
`

// steadyTemplates are the templates with that style.
func steadyTemplates(t *testing.T) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	font := func(name string, data []byte) string {
		files["assets/"+name+".ttf"] = &fstest.MapFile{Data: data}
		sum := sha256.Sum256(data)
		return name + "." + hex.EncodeToString(sum[:5]) + ".ttf"
	}
	css := files["assets/site.css"]
	css.Data = fmt.Appendf(css.Data, steady, font("regular", goregular.TTF), font("bold", gobold.TTF))
	return files
}

// TestLooks compares pictures of the main pages, in light and dark, on a phone,
// a tablet and a screen, with those of testdata/looks. The pictures are small:
// what counts is where things stand and how dark they are, not single letters.
// go test -update makes them anew; look at them before they are committed.
func TestLooks(t *testing.T) {
	b := browsertest.Start(t)
	s, load := gather(t, "testdata/site.txtar")
	tree := &output.Tree{}
	diags, err := Render(s, steadyTemplates(t), load, tree.Add, Options{})
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	dir := t.TempDir()
	write(t, tree, dir)
	story := ""
	for _, f := range tree.Files {
		// Pages are made side by side and come in any order.
		if strings.HasPrefix(f.Path, "stories/") && f.Path > story {
			story = f.Path
		}
	}
	seen := map[string]bool{}
	for _, page := range []struct{ name, path, ask string }{
		{"home", "index.html", ""},
		{"briefing", "briefings/port-strike-ends.html", ""},
		{"text", "briefings/port-strike-ends.html#text", ""},
		{"story", story, ""},
		{"person", "people/tomas-varga.html", ""},
		{"places", "places.html", ""},
		{"search", "search.html", "almavir"},
		{"about", "about.html", ""},
	} {
		for _, view := range []browsertest.View{
			{Width: 390, Height: 780, Touch: true},
			{Width: 820, Height: 1000},
			{Width: 1440, Height: 960},
			{Width: 390, Height: 780, Touch: true, Dark: true},
			{Width: 1440, Height: 960, Dark: true},
		} {
			name := fmt.Sprintf("%s-%d", page.name, view.Width)
			if view.Dark {
				name += "-dark"
			}
			seen[name+".png"] = true
			t.Run(name, func(t *testing.T) {
				r := b.Open(t, "file://"+dir+"/", view)
				r.Go(page.path)
				if page.ask != "" {
					r.Ask(page.ask)
					r.Is("something is found", `document.querySelector(".found li")`)
				}
				r.Is("the letters are there", `document.fonts.status === "loaded" && document.fonts.check("1rem Steady") && (document.fonts.ready.then(() => document.fonts.seen = true), document.fonts.seen)`)
				compareLook(t, filepath.Join("testdata/looks", name+".png"), shrink(r.Picture(), int(48+view.Width/20)))
			})
		}
	}
	entries, err := os.ReadDir("testdata/looks")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !seen[e.Name()] {
			t.Errorf("testdata/looks/%s is the picture of no page", e.Name())
		}
	}
}

// shrink returns a picture of the given width, each of its points the mean of
// those it stands for.
func shrink(img image.Image, width int) *image.RGBA {
	in := img.Bounds()
	height := in.Dy() * width / in.Dx()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			x0, x1 := in.Min.X+x*in.Dx()/width, in.Min.X+(x+1)*in.Dx()/width
			y0, y1 := in.Min.Y+y*in.Dy()/height, in.Min.Y+(y+1)*in.Dy()/height
			var r, g, b, n uint32
			for j := y0; j < y1; j++ {
				for i := x0; i < x1; i++ {
					cr, cg, cb, _ := img.At(i, j).RGBA()
					r, g, b, n = r+cr>>8, g+cg>>8, b+cb>>8, n+1
				}
			}
			out.SetRGBA(x, y, color.RGBA{uint8(r/n) &^ 3, uint8(g/n) &^ 3, uint8(b/n) &^ 3, 0xff}) // few colours make small files
		}
	}
	return out
}

// A picture may be off by this much: by different letters' edges, not by a line
// that has moved.
const (
	pointOff = 12   // of 255: a point that counts as another
	shareOff = 0.04 // of all points
)

func compareLook(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	if *update {
		var b bytes.Buffer
		enc := png.Encoder{CompressionLevel: png.BestCompression}
		if err := enc.Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v; go test -update makes it", err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("the picture has %v, %s has %v", got.Bounds(), name, want.Bounds())
	}
	off, all := 0, 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			a, b := got.RGBAAt(x, y), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA)
			if max(apartBy(a.R, b.R), apartBy(a.G, b.G), apartBy(a.B, b.B)) > pointOff {
				off++
			}
			all++
		}
	}
	if share := float64(off) / float64(all); share > shareOff {
		t.Errorf("%.1f %% of the picture is not as in %s: look at the page, and if it should be so, go test -update", 100*share, name)
	} else {
		t.Logf("%.2f %% of the picture is not as in %s", 100*share, name)
	}
}

func apartBy(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
