package render

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"unicode/utf8"

	"readout/internal/atlas"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/site"
	"readout/internal/stable"
)

// A MapView is a map of places, with a table that says where they are.
type MapView struct {
	SVG     template.HTML
	Missing string // the places that are not on it, named; "" for none
	Label   string // of the table
	Rows    []MapRow
}

// A MapRow is one place of a map.
type MapRow struct {
	Href, Name string
	Kind       string // "country", "capital", "city"
	Where      string // latitude and longitude
}

// A mapped place is an entity that the map knows.
type mapped struct {
	entity *site.Entity
	place  *atlas.Place
	href   string
	x, y   float64
}

// A map is drawn this wide, in units of its own, and its names are set so large
// that they can be read where it is no wider than a phone.
const (
	mapWidth   = 960
	mapText    = 34.0
	mapLetter  = 17.5 // how wide a letter is
	mapNames   = 24   // at most
	mapNoOther = 12   // names of missing places, at most
)

// mapFigure draws the places that their name alone tells, and marks countries.
// It returns nil where there are fewer than least of them. A small map stands in a
// column at the side.
func (r *Renderer) mapFigure(path string, entities []*site.Entity, least int, small bool) *MapView {
	var on []mapped
	var places []*atlas.Place
	var missing []string
	seen := map[*atlas.Place]bool{}
	for _, e := range entities {
		p, _ := e.Located()
		if p == nil {
			missing = append(missing, e.Name)
			continue
		}
		if !seen[p] {
			seen[p] = true
			places = append(places, p)
			on = append(on, mapped{entity: e, place: p, href: e.Link().From(path)})
		}
	}
	if len(on) < least || len(on) == 0 {
		return nil
	}
	v := &MapView{Label: r.l.Text("map.table.label")}
	switch n := len(missing); {
	case n > mapNoOther:
		v.Missing = r.l.Count("map.missing.more", n-mapNoOther, "places", r.l.Row(missing[:mapNoOther]))
	case n > 0:
		v.Missing = r.l.List(missing)
	}
	for _, m := range on {
		v.Rows = append(v.Rows, MapRow{m.href, m.entity.Name, r.l.Known("map", string(m.place.Kind)), coordinates(r.l, m.place)})
	}
	v.SVG = drawMap(r.l, on, places, small)
	return v
}

func drawMap(l *label.Set, on []mapped, places []*atlas.Place, small bool) template.HTML {
	view := atlas.Fit(places, mapWidth)
	view.Small = small
	m := newFigure("mp", l.Text("map"), l.Text("map.text"), float64(view.Width), float64(view.Height))
	land := view.Outlines(places)
	m.open("g", "class", "land", "transform", "scale("+strconv.Itoa(view.Grid())+")")
	for _, part := range [...]struct{ class, path string }{{"all", land.All}, {"line", land.Borders}, {"here", land.Marked}} {
		if part.path != "" {
			m.element("path", "", "class", part.class, "d", part.path)
		}
	}
	m.close("g")
	var taken []rect
	for i := range on {
		p := &on[i]
		p.x, p.y = view.At(p.place)
		if p.area(view) {
			continue
		}
		taken = append(taken, rect{p.x - 14, p.y - 14, p.x + 14, p.y + 14})
	}
	for i := range on {
		p := &on[i]
		m.open("a", "href", p.href, "tabindex", "-1")
		m.element("title", p.entity.Name)
		if !p.area(view) {
			m.element("circle", "", "class", "dot", "cx", px(p.x), "cy", px(p.y), "r", "9")
		}
		if i < mapNames {
			taken = p.name(m, view, taken)
		}
		m.close("a")
	}
	m.close("svg")
	return m.html()
}

// area reports whether the place is shown as an area and not as a dot.
func (p *mapped) area(view atlas.View) bool { return view.HasOutline(p.place, 900) }

type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) meets(o rect) bool { return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1 }

// name writes the name of a place where there is room for it, and nowhere where
// there is none.
func (p *mapped) name(m *markup, view atlas.View, taken []rect) []rect {
	text := oneLine(p.entity.Name, 26)
	w := float64(utf8.RuneCountInString(text)) * mapLetter
	const up, down = mapText * .8, mapText * .3
	type spot struct {
		x, y   float64
		anchor string
	}
	spots := []spot{{p.x + 18, p.y + 12, "start"}, {p.x - 18, p.y + 12, "end"}, {p.x, p.y - 22, "middle"}, {p.x, p.y + 44, "middle"}}
	if p.area(view) {
		spots = []spot{{p.x, p.y + 12, "middle"}, {p.x, p.y - 30, "middle"}, {p.x, p.y + 54, "middle"}}
	}
	for _, s := range spots {
		x := s.x
		switch s.anchor {
		case "end":
			x -= w
		case "middle":
			x -= w / 2
		}
		r := rect{x, s.y - up, x + w, s.y + down}
		if r.x0 < 4 || r.y0 < 4 || r.x1 > float64(view.Width)-4 || r.y1 > float64(view.Height)-4 {
			continue
		}
		free := true
		for _, t := range taken {
			free = free && !r.meets(t)
		}
		if free {
			m.element("text", text, "x", px(s.x), "y", px(s.y), "text-anchor", s.anchor)
			return append(taken, r)
		}
	}
	return taken
}

// coordinates writes where a place is, to a degree: a country or a city is no
// point.
func coordinates(l *label.Set, p *atlas.Place) string {
	part := func(f float64, plus, minus string) string {
		if f < 0 {
			plus = minus
		}
		return l.Say(plus, "degrees", fmt.Sprintf("%.0f", math.Abs(f)))
	}
	return part(p.Lat, "map.north", "map.south") + ", " + part(p.Lon, "map.east", "map.west")
}

// placesOf returns the places that briefings name, those that most of them name
// first.
func placesOf(list []*site.Briefing) []*site.Entity {
	counts := map[*site.Entity]int{}
	var places []*site.Entity
	for _, b := range list {
		for _, n := range b.Named() {
			if n.Entity.Kind != dialect.Place {
				continue
			}
			if counts[n.Entity] == 0 {
				places = append(places, n.Entity)
			}
			counts[n.Entity] += 1000 + n.Mentions()
		}
	}
	stable.Sort(places, func(a, b *site.Entity) int { return cmp.Compare(counts[b], counts[a]) })
	return places
}
