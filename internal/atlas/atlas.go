// Package atlas tells where places are that their name alone tells: countries,
// capitals, and cities that no other of their name comes near in size. It draws
// the outlines of countries for a View. It is a leaf: what it knows stands in
// its embedded data files, whose headers name their origin and licence.
package atlas

import (
	"embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

//go:embed data/*.txt
var data embed.FS

// A Kind is what a place is.
type Kind string

// The kinds of places.
const (
	Country Kind = "country"
	Capital Kind = "capital"
	City    Kind = "city"
)

// A Place is a place on the map. Where it is a country, it is the middle of its
// largest part.
type Place struct {
	Kind     Kind
	Name     string
	Lat, Lon float64 // degrees, north and east
	outline  string  // the number of a country in the outlines
}

// Find returns the place of that name, or nil where the name alone does not tell
// which place is meant. Case is as in the name; an accent may be missing.
func Find(name string) *Place {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")
	places := load().places
	if p := places[name]; p != nil {
		return p
	}
	return places[plain(name)]
}

// plain returns s without marks above and below its letters, and with straight
// apostrophes.
func plain(s string) string {
	s = strings.ReplaceAll(s, "’", "'")
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if 0x300 <= r && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// A point is a place in degrees, east and north.
type point struct{ x, y float64 }

// A box is a rectangle of degrees.
type box struct{ x0, y0, x1, y1 float64 }

func boxOf(points []point) box {
	b := box{points[0].x, points[0].y, points[0].x, points[0].y}
	for _, p := range points[1:] {
		b.x0, b.x1 = min(b.x0, p.x), max(b.x1, p.x)
		b.y0, b.y1 = min(b.y0, p.y), max(b.y1, p.y)
	}
	return b
}

func (b box) with(c box) box {
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

func (b box) meets(c box) bool { return b.x0 <= c.x1 && c.x0 <= b.x1 && b.y0 <= c.y1 && c.y0 <= b.y1 }

// An arc is a stretch of coast or border, which its two neighbours share.
type arc struct {
	points []point
	box    box
}

// A ring is a closed line of arcs by number; ^n is arc n walked backwards.
type ring []int

// A country is the outline of one country.
type country struct {
	id    string
	rings []ring
	box   box
}

// A world is what the data files say.
type world struct {
	places    map[string]*Place
	arcs      []arc
	countries []country
	borders   []int  // arcs between two countries
	coasts    []ring // all land without them
}

var load = sync.OnceValue(func() *world {
	w := &world{places: map[string]*Place{}}
	for line := range lines("data/places.txt") {
		f := strings.Split(line, "\t")
		names := strings.Split(f[4], ";")
		p := &Place{Kind: Kind(f[0]), Name: names[0], Lat: degrees(f[2]), Lon: degrees(f[3]), outline: f[1]}
		for _, n := range names {
			for _, n := range []string{n, plain(n)} {
				if w.places[n] == nil { // countries come first
					w.places[n] = p
				}
			}
		}
	}
	for line := range lines("data/outlines.txt") {
		kind, rest, _ := strings.Cut(line, " ")
		if kind == "a" {
			w.arcs = append(w.arcs, readArc(rest))
			continue
		}
		id, rest, _ := strings.Cut(rest, " ")
		w.countries = append(w.countries, w.readCountry(id, rest))
	}
	w.join()
	return w
})

// join tells the arcs that two countries share from those that one has, and makes
// rings of these: the outlines of all land.
func (w *world) join() {
	uses := make([]int, len(w.arcs))
	for i := range w.countries {
		for _, r := range w.countries[i].rings {
			for _, k := range r {
				uses[max(k, ^k)]++
			}
		}
	}
	for k, n := range uses {
		if n > 1 {
			w.borders = append(w.borders, k)
		}
	}
	from := map[point][]int{} // the arcs of coasts by where they begin
	var coast []int
	for i := range w.countries {
		for _, r := range w.countries[i].rings {
			for _, k := range r {
				if uses[max(k, ^k)] == 1 {
					at, _ := w.ends(k)
					from[at] = append(from[at], k)
					coast = append(coast, k)
				}
			}
		}
	}
	used := map[int]bool{}
	for _, k := range coast {
		if used[k] {
			continue
		}
		var r ring
		for start, _ := w.ends(k); ; {
			used[k] = true
			r = append(r, k)
			_, at := w.ends(k)
			if at == start {
				break
			}
			next := from[at]
			for len(next) > 0 && used[next[0]] {
				next = next[1:]
			}
			if len(next) == 0 {
				break // a coast that ends: it is closed by a straight line
			}
			k = next[0]
		}
		w.coasts = append(w.coasts, r)
	}
}

// ends returns where an arc begins and ends, walked as its number says.
func (w *world) ends(k int) (from, to point) {
	p := w.arcs[max(k, ^k)].points
	if k < 0 {
		return p[len(p)-1], p[0]
	}
	return p[0], p[len(p)-1]
}

func (w *world) boxOf(r ring) box {
	b := w.arcs[max(r[0], ^r[0])].box
	for _, k := range r[1:] {
		b = b.with(w.arcs[max(k, ^k)].box)
	}
	return b
}

func lines(name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		text, err := data.ReadFile(name)
		if err != nil {
			panic(err) // it is part of the program
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

func readArc(s string) arc {
	var a arc
	var x, y int
	for f := range strings.FieldsSeq(s) {
		dx, dy, _ := strings.Cut(f, ",")
		x, y = x+whole(dx), y+whole(dy)
		a.points = append(a.points, point{float64(x) / 100, float64(y) / 100})
	}
	a.box = boxOf(a.points)
	return a
}

func (w *world) readCountry(id, s string) country {
	c := country{id: id}
	for text := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '|' || r == ';' }) {
		var r ring
		for f := range strings.SplitSeq(text, ",") {
			n, back := strings.CutPrefix(f, "~")
			k := whole(n)
			b := w.arcs[k].box
			if len(c.rings) == 0 && len(r) == 0 {
				c.box = b
			}
			c.box = c.box.with(b)
			if back {
				k = ^k
			}
			r = append(r, k)
		}
		c.rings = append(c.rings, r)
	}
	return c
}

func whole(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err) // the data is part of the program
	}
	return n
}

func degrees(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err) // the data is part of the program
	}
	return f
}
