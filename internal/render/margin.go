package render

import (
	"unicode/utf8"

	"readout/internal/label"
	"readout/internal/site"
)

// Where a page is wide enough, the stylesheet puts each note into the margin,
// level with its marker or below the note before it. In dense text the notes
// would drift away from their words; which ones must give way is decided here,
// from an estimate of the page's height in the typography of the stylesheet.
// The estimate need not be exact: what gives way is shown as a sheet instead.
const (
	charsPerLine     = 66.0
	lineHeight       = 28.0 // px
	blockGap         = 18.0 // px
	noteCharsPerLine = 42.0
	noteLineHeight   = 20.2 // px
	noteGap          = 12.6 // px
	maxDrift         = 200.0
)

// markerHeights estimates, by the number of each note, how far below the top of
// the text its marker stands, in px.
func markerHeights(blocks []site.Block) map[int]float64 {
	heights := map[int]float64{}
	var y float64
	var chars int
	var walk func([]site.Inline)
	walk = func(list []site.Inline) {
		for i := range list {
			n := &list[i]
			chars += utf8.RuneCountInString(n.Text)
			walk(n.Children)
			if n.Note > 0 {
				heights[n.Note] = y + float64(int(float64(chars)/charsPerLine))*lineHeight
			}
		}
	}
	for i := range blocks {
		chars = 0
		walk(blocks[i].Inlines)
		y += (1+float64(int(float64(chars)/charsPerLine)))*lineHeight + blockGap
	}
	return heights
}

// marginPlaces numbers the notes that stand in the margin from 1, by their own
// numbers.
func marginPlaces(l *label.Set, notes []site.Note, heights map[int]float64) map[int]int {
	places := map[int]int{}
	bottom := -noteGap
	for i := range notes {
		n := &notes[i]
		y, ok := heights[n.Number]
		if !ok || len(places) == maxMarginNotes {
			continue
		}
		top := max(y, bottom+noteGap)
		if top-y > maxDrift {
			continue
		}
		chars := utf8.RuneCountInString(n.Text) + len(n.Kind.Label(l)) + 4
		places[n.Number] = len(places) + 1
		bottom = top + (1+float64(int(float64(chars)/noteCharsPerLine)))*noteLineHeight
	}
	return places
}
