package render

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"readout/internal/label"
	"readout/internal/site"
)

// A share card is the picture other sites show beside a link to a briefing: its
// headline, its publisher and date, and the sourcing strip. It is drawn where
// the site's address is known, since such links name their picture in full.
// What the fonts have no letters for is left out; the strip speaks for itself.
const (
	cardWidth, cardHeight = 1200, 630
	cardMargin            = 72
)

// cardPalette has shades from paper to ink, and then the colours of the classes.
var cardPalette = func() color.Palette {
	var p color.Palette
	paper, ink := [3]int{0xfc, 0xfb, 0xf8}, [3]int{0x1b, 0x1d, 0x21}
	for i := range cardShades {
		mix := func(k int) uint8 { return uint8(paper[k] + (ink[k]-paper[k])*i/(cardShades-1)) }
		p = append(p, color.RGBA{mix(0), mix(1), mix(2), 0xff})
	}
	return append(p,
		color.RGBA{0x0b, 0x6a, 0xa2, 0xff}, color.RGBA{0x0b, 0x7a, 0x5b, 0xff},
		color.RGBA{0xb3, 0x4a, 0x00, 0xff}, color.RGBA{0x8b, 0x8f, 0x97, 0xff})
}()

const cardShades = 12

var cardColor = map[site.Class]uint8{site.ByName: cardShades, site.ByBody: cardShades + 1, site.Unnamed: cardShades + 2, site.OwnWord: cardShades + 3}

var cardFonts = sync.OnceValues(func() (fonts [2]*opentype.Font, err error) {
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		if fonts[i], err = opentype.Parse(ttf); err != nil {
			return fonts, err
		}
	}
	return fonts, nil
})

// cardFaces are the sizes a card is set in. A face serves one goroutine at a
// time.
type cardFaces struct {
	small font.Face
	heads []font.Face // from large to small
}

var cardPool = sync.Pool{New: func() any {
	fonts, err := cardFonts()
	if err != nil {
		return err
	}
	f := &cardFaces{}
	face := func(i int, size float64) font.Face {
		face, e := opentype.NewFace(fonts[i], &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
		if e != nil {
			err = e
		}
		return face
	}
	f.small = face(0, 30)
	for _, size := range []float64{68, 56, 46, 38} {
		f.heads = append(f.heads, face(1, size))
	}
	if err != nil {
		return err
	}
	return f
}}

// shareCard draws the card of a briefing as a PNG.
func shareCard(l *label.Set, title string, b *site.Briefing, strip []site.Segment) ([]byte, error) {
	got := cardPool.Get()
	faces, ok := got.(*cardFaces)
	if !ok {
		return nil, got.(error)
	}
	defer cardPool.Put(faces)
	img := image.NewPaletted(image.Rect(0, 0, cardWidth, cardHeight), cardPalette)
	const width = cardWidth - 2*cardMargin
	y := cardMargin + 24
	line(img, faces.small, title, y, width)
	y += 40
	for i, face := range faces.heads {
		lines := wrap(face, b.Header.Title, width)
		height := face.Metrics().Height.Ceil()
		if len(lines)*height > 320 && i < len(faces.heads)-1 {
			continue
		}
		for _, l := range lines[:min(len(lines), 320/height)] {
			y += height
			line(img, face, l, y, width)
		}
		break
	}
	about := b.Header.Publisher
	if b.Header.Date.Known() {
		about = strings.TrimPrefix(about+", "+l.Date(b.Header.Date.Day()), ", ")
	}
	line(img, faces.small, about, cardHeight-cardMargin-64, width)
	cardStrip(img, strip)
	var buf bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	err := enc.Encode(&buf, img)
	return buf.Bytes(), err
}

// cardStrip draws the sourcing strip along the foot, each class in its colour
// and pattern.
func cardStrip(img *image.Paletted, strip []site.Segment) {
	n := min(len(strip), 96)
	if n == 0 {
		return
	}
	const width, top, height = cardWidth - 2*cardMargin, cardHeight - cardMargin - 40, 40
	each := min(width/n, 48)
	for i := range n {
		class := strip[i*len(strip)/n].Class
		c := cardColor[class]
		for x := range each - 3 {
			for y := range height {
				edge := x < 2 || y < 2 || x >= each-5 || y >= height-2
				var on bool
				switch class {
				case site.ByName:
					on = true
				case site.ByBody:
					on = !(x%8 >= 3 && x%8 < 6 && y%8 >= 3 && y%8 < 6)
				case site.Unnamed:
					on = edge || (x+y)%12 < 7
				default:
					on = edge
				}
				if on {
					img.Pix[img.PixOffset(cardMargin+i*each+x, top+y)] = c
				}
			}
		}
	}
}

// line draws one line of text with its foot at y, unless the font lacks one of
// its letters, and cuts it at the given width.
func line(img *image.Paletted, face font.Face, s string, y, width int) {
	if s == "" {
		return
	}
	for _, r := range s {
		if _, ok := face.GlyphAdvance(r); !ok {
			return
		}
	}
	limit := fixed.I(cardMargin + width)
	dot := fixed.P(cardMargin, y)
	prev := rune(-1)
	for _, r := range s {
		if prev >= 0 {
			dot.X += face.Kern(prev, r)
		}
		to, mask, at, advance, ok := face.Glyph(dot, r)
		if !ok || dot.X+advance > limit {
			return
		}
		alpha, _ := mask.(*image.Alpha)
		for py := to.Min.Y; alpha != nil && py < to.Max.Y; py++ {
			for px := to.Min.X; px < to.Max.X; px++ {
				if !(image.Point{px, py}).In(img.Rect) {
					continue
				}
				shade := uint8(int(alpha.AlphaAt(at.X+px-to.Min.X, at.Y+py-to.Min.Y).A) * (cardShades - 1) / 255)
				if o := img.PixOffset(px, py); shade > img.Pix[o] {
					img.Pix[o] = shade
				}
			}
		}
		dot.X += advance
		prev = r
	}
}

// wrap breaks s into lines of at most the given width.
func wrap(face font.Face, s string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(s) {
		next := strings.TrimPrefix(line+" "+w, " ")
		if line != "" && font.MeasureString(face, next).Ceil() > width {
			lines = append(lines, line)
			next = w
		}
		line = next
	}
	return append(lines, line)
}
