package atlas

import (
	"math"
	"strconv"
)

// A View is a part of the world drawn into a picture, north above. Distances
// are true in the middle of the picture.
type View struct {
	Width, Height int
	box           box     // what is seen, in degrees
	kx, ky        float64 // units of the picture for a degree
	// Small is of a picture that is shown at a third of its size or less: its
	// lines are drawn as such a picture can show them.
	Small bool
}

// The least a view shows, in degrees: closer, the outlines would be too coarse.
const (
	leastLon, leastLat = 16.0, 9.0
	north, south       = 80.0, -57.0 // the least and most of what is drawn
)

// Fit returns the view of a picture of that width in which all places stand, or
// the whole world where they are far apart.
func Fit(places []*Place, width int) View {
	var points []point
	for _, p := range places {
		// Of a country something is seen; where it is alone, most of it.
		dx, dy := p.reach()
		if len(places) > 1 {
			dx, dy = min(dx, 7), min(dy, 4)
		}
		points = append(points, point{p.Lon - dx, p.Lat - dy}, point{p.Lon + dx, p.Lat + dy})
	}
	if len(points) == 0 {
		points = []point{{-180, south}, {180, north}}
	}
	b := boxOf(points)
	// Room around, in which names are written.
	dx, dy := max((b.x1-b.x0)*1.36, leastLon)/2, max((b.y1-b.y0)*1.4, leastLat)/2
	cx, cy := (b.x0+b.x1)/2, (b.y0+b.y1)/2
	b = box{cx - dx, cy - dy, cx + dx, cy + dy}
	v := View{Width: width}
	if b.x1-b.x0 > 150 {
		v.box = box{-170, south, 190, north}
		v.kx = float64(width) / 360
		v.ky = v.kx * 1.15
		v.Height = int(math.Round(v.ky * (north - south)))
		return v
	}
	// A degree of longitude is shorter than one of latitude, but at the equator.
	narrow := math.Cos(min(math.Abs(cy), 65) * math.Pi / 180)
	const aspect = 0.62
	w, h := (b.x1-b.x0)*narrow, b.y1-b.y0
	switch {
	case h < w*aspect:
		h = w * aspect
	case w < h/aspect:
		w = h / aspect
	}
	dx, dy = w/narrow/2, h/2
	v.box = box{cx - dx, cy - dy, cx + dx, cy + dy}
	v.kx, v.ky = float64(width)/(2*dx), float64(width)/(2*dx)/narrow
	v.Height = int(math.Round(v.ky * 2 * dy))
	return v
}

// reach is how far a country lies around the place that stands for it, within
// bounds; nothing for other places.
func (p *Place) reach() (dx, dy float64) {
	w := load()
	for i := range w.countries {
		c := &w.countries[i]
		if p.Kind != Country || c.id != p.outline {
			continue
		}
		for _, r := range c.rings {
			for _, k := range r {
				if k < 0 {
					k = ^k
				}
				for _, q := range w.arcs[k].points {
					if x, y := math.Abs(q.x-p.Lon), math.Abs(q.y-p.Lat); x < 30 && y < 20 {
						dx, dy = max(dx, x), max(dy, y)
					}
				}
			}
		}
	}
	return dx, dy
}

// At returns where a place stands in the picture.
func (v View) At(p *Place) (x, y float64) {
	lon := p.Lon
	if lon < v.box.x0 {
		lon += 360
	}
	return v.project(point{lon, p.Lat})
}

func (v View) project(p point) (x, y float64) {
	return (p.x - v.box.x0) * v.kx, (v.box.y1 - p.y) * v.ky
}

// A Land is what a view shows of the world, as SVG paths in units of the grid.
type Land struct {
	All     string // all land, without borders
	Borders string // the lines between countries; "" where the view is too wide for them
	Marked  string // the countries among the places, over the rest
}

// Grid is how many units of the picture one unit of a path of Land is: lines of a
// page are so coarse as they can be without it showing.
func (v View) Grid() int {
	if v.Small {
		return 4
	}
	return 2
}

// tolerance is how far, in units of the picture, a drawn line may be from the
// true one. A phone shows a picture at a third of its size.
func (v View) tolerance() float64 { return 1.2 * float64(v.Grid()) }

// Outlines returns the land in view, with the countries that are among the given
// places apart.
func (v View) Outlines(places []*Place) Land {
	ids := map[string]bool{}
	for _, p := range places {
		if p.Kind == Country {
			ids[p.outline] = true
		}
	}
	w := load()
	d := &drawing{view: v, world: w, arcs: map[int][]point{}}
	var all, marked, borders []byte
	// What lies beyond the edge of the world stands on its other side.
	for _, shift := range []float64{-360, 0, 360} {
		seen := func(b box) bool {
			return box{b.x0 + shift, b.y0, b.x1 + shift, b.y1}.meets(v.box)
		}
		for _, r := range w.coasts {
			if seen(w.boxOf(r)) {
				all = v.appendPath(all, d.ring(r, shift), v.least())
			}
		}
		if !v.wide() {
			for _, k := range w.borders {
				if seen(w.arcs[k].box) {
					borders = d.appendLine(borders, k, shift)
				}
			}
		}
		for i := range w.countries {
			c := &w.countries[i]
			if !ids[c.id] || !seen(c.box) {
				continue
			}
			for _, r := range c.rings {
				marked = v.appendPath(marked, d.ring(r, shift), v.least()/2)
			}
		}
	}
	return Land{All: string(all), Borders: string(borders), Marked: string(marked)}
}

// wide reports whether the view shows so much of the world that borders would
// only blur it.
func (v View) wide() bool { return v.box.x1-v.box.x0 > 150 }

// least is the least area, in square units, of land that is drawn though nothing
// marks it.
func (v View) least() float64 {
	least := 6 * float64(v.Grid()*v.Grid())
	if v.wide() {
		return max(least, 60)
	}
	return least
}

// HasOutline reports whether a place is a country with an outline of at least
// that many square units in the view.
func (v View) HasOutline(p *Place, least float64) bool {
	w := load()
	for i := range w.countries {
		if c := &w.countries[i]; p.Kind == Country && c.id == p.outline {
			return (c.box.x1-c.box.x0)*v.kx*(c.box.y1-c.box.y0)*v.ky >= least
		}
	}
	return false
}

// A drawing holds the arcs of a view as they are drawn.
type drawing struct {
	view  View
	world *world
	arcs  map[int][]point
}

// arc returns an arc in units of the picture, without the points that do not
// show.
func (d *drawing) arc(k int) []point {
	if line, ok := d.arcs[k]; ok {
		return line
	}
	a := &d.world.arcs[k]
	line := make([]point, len(a.points))
	for i, p := range a.points {
		line[i].x, line[i].y = d.view.project(p)
	}
	line = simplify(line, d.view.tolerance())
	d.arcs[k] = line
	return line
}

// ring returns a ring in units of the picture, cut at its edges.
func (d *drawing) ring(r ring, shift float64) []point {
	var line []point
	for _, k := range r {
		back := k < 0
		if back {
			k = ^k
		}
		a := d.arc(k)
		for i := range a {
			p := a[i]
			if back {
				p = a[len(a)-1-i]
			}
			if i > 0 || len(line) == 0 {
				line = append(line, point{p.x + shift*d.view.kx, p.y})
			}
		}
	}
	return clip(line, -8, -8, float64(d.view.Width)+8, float64(d.view.Height)+8)
}

// simplify leaves out the points of a line that are nearer than limit to what
// is left (Douglas and Peucker).
func simplify(line []point, limit float64) []point {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	var cut func(a, b int)
	cut = func(a, b int) {
		far, at := limit, -1
		for i := a + 1; i < b; i++ {
			if d := distance(line[i], line[a], line[b]); d > far {
				far, at = d, i
			}
		}
		if at >= 0 {
			keep[at] = true
			cut(a, at)
			cut(at, b)
		}
	}
	cut(0, len(line)-1)
	var out []point
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

// distance is how far p is from the line between a and b, or from a where the
// two are one.
func distance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return math.Hypot(p.x-a.x, p.y-a.y)
	}
	return math.Abs(dx*(p.y-a.y)-dy*(p.x-a.x)) / n
}

// clip cuts a closed line at a rectangle (Sutherland and Hodgman).
func clip(line []point, x0, y0, x1, y1 float64) []point {
	for _, side := range [...]struct {
		inside func(point) bool
		at     func(a, b point) point
	}{
		{func(p point) bool { return p.x >= x0 }, func(a, b point) point { return atX(a, b, x0) }},
		{func(p point) bool { return p.x <= x1 }, func(a, b point) point { return atX(a, b, x1) }},
		{func(p point) bool { return p.y >= y0 }, func(a, b point) point { return atY(a, b, y0) }},
		{func(p point) bool { return p.y <= y1 }, func(a, b point) point { return atY(a, b, y1) }},
	} {
		var out []point
		for i, p := range line {
			prev := line[(i+len(line)-1)%len(line)]
			if side.inside(p) != side.inside(prev) {
				out = append(out, side.at(prev, p))
			}
			if side.inside(p) {
				out = append(out, p)
			}
		}
		line = out
	}
	return line
}

func atX(a, b point, x float64) point { return point{x, a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)} }
func atY(a, b point, y float64) point { return point{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y} }

// appendPath writes a closed line as a part of an SVG path, or nothing where its
// area is less than least.
func (v View) appendPath(b []byte, line []point, least float64) []byte {
	area := 0.0
	for i, p := range line {
		q := line[(i+1)%len(line)]
		area += p.x*q.y - q.x*p.y
	}
	at := v.onGrid(line)
	if len(at) < 3 || math.Abs(area)/2 < least {
		return b
	}
	return append(appendSteps(b, at), 'z')
}

// appendLine writes an arc as a part of an SVG path, where any of it is in view.
func (d *drawing) appendLine(b []byte, k int, shift float64) []byte {
	var line []point
	for _, p := range d.arc(k) {
		line = append(line, point{p.x + shift*d.view.kx, p.y})
	}
	in := func(p point) bool {
		return p.x > -8 && p.y > -8 && p.x < float64(d.view.Width)+8 && p.y < float64(d.view.Height)+8
	}
	// The part between the first and the last point that is in view, with one on
	// either side.
	from, to := len(line), 0
	for i, p := range line {
		if in(p) {
			from, to = min(from, max(i-1, 0)), min(i+2, len(line))
		}
	}
	if from >= to {
		return b
	}
	at := d.view.onGrid(line[from:to])
	if len(at) < 2 {
		return b
	}
	return appendSteps(b, at)
}

// A unit is a point on the grid.
type unit struct{ x, y int }

func (v View) onGrid(line []point) []unit {
	grid := float64(v.Grid())
	var at []unit
	for _, p := range line {
		u := unit{int(math.Round(p.x / grid)), int(math.Round(p.y / grid))}
		if len(at) == 0 || at[len(at)-1] != u {
			at = append(at, u)
		}
	}
	return at
}

// appendSteps writes where a line begins, and each step of it.
func appendSteps(b []byte, at []unit) []byte {
	number := func(n int, first bool) {
		if !first && n >= 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	b = append(b, 'M')
	number(at[0].x, true)
	number(at[0].y, false)
	b = append(b, 'l')
	for i := 1; i < len(at); i++ {
		number(at[i].x-at[i-1].x, i == 1)
		number(at[i].y-at[i-1].y, false)
	}
	return b
}
