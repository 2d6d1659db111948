package atlas

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for name, want := range map[string]string{
		"Kabul": "Kabul", "the Netherlands": "Netherlands", "UK": "United Kingdom", "U.S.": "United States",
		"Bogota": "Bogotá", "Kiev": "Kyiv", "Cote d'Ivoire": "Côte d'Ivoire", "Côte d’Ivoire": "Côte d'Ivoire",
		// A name that several places share is none.
		"Georgia": "", "Springfield": "", "Birmingham": "", "kabul": "", "": "", "Nowhere": "",
	} {
		got := ""
		if p := Find(name); p != nil {
			got = p.Name
		}
		if got != want {
			t.Errorf("Find(%q) = %q, want %q", name, got, want)
		}
	}
}

// Every place stands in the world, and in the picture of any view that is of
// it; and every country that has an outline is marked where it is named.
func TestViews(t *testing.T) {
	seen := map[*Place]bool{}
	var some []*Place
	outlined := map[string]bool{}
	for i := range load().countries {
		outlined[load().countries[i].id] = true
	}
	for name, p := range load().places {
		if name == "" || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
			t.Errorf("%q stands at %v, %v", name, p.Lat, p.Lon)
		}
		if seen[p] {
			continue
		}
		seen[p] = true
		v := Fit([]*Place{p}, 960)
		if x, y := v.At(p); math.Abs(x-480) > 1 || math.Abs(y-float64(v.Height)/2) > 1 {
			t.Errorf("%s alone stands at %v, %v of %d by %d", p.Name, x, y, v.Width, v.Height)
		}
		if p.Kind != Country {
			continue
		}
		some = append(some, p)
		if land := v.Outlines([]*Place{p}); outlined[p.outline] != (land.Marked != "") {
			t.Errorf("%s: an outline %v, marked %v", p.Name, outlined[p.outline], land.Marked != "")
		}
	}
	if len(some) < 200 {
		t.Errorf("%d countries only", len(some))
	}
	v := Fit(some, 960)
	for _, p := range some {
		if x, y := v.At(p); x < 0 || y < 0 || x > 960 || y > float64(v.Height) {
			t.Errorf("%s stands at %v, %v of %d by %d", p.Name, x, y, v.Width, v.Height)
		}
	}
}

// Paths stay within the picture and a little beyond, and are small.
func TestOutlines(t *testing.T) {
	numbers := regexp.MustCompile(`-?\d+`)
	for _, names := range [][]string{
		{"Kabul", "Doha"},
		{"Fiji", "Tonga"},
		{"Russia"},
		{"Chile", "Norway", "Japan", "New Zealand", "Canada"},
		{"Vatican City"},
	} {
		var places []*Place
		for _, n := range names {
			p := Find(n)
			if p == nil {
				t.Fatalf("%s is not known", n)
			}
			places = append(places, p)
		}
		v := Fit(places, 960)
		land := v.Outlines(places)
		all := land.All + "z" + land.Borders + "z" + land.Marked
		if len(all) > 12_000 {
			t.Errorf("%v: %d bytes of outlines", names, len(all))
		}
		for _, ring := range strings.FieldsFunc(all, func(r rune) bool { return r == 'z' || r == 'M' }) {
			x, y := 0, 0
			for i, n := range numbers.FindAllString(ring, -1) {
				k, err := strconv.Atoi(n)
				if err != nil {
					t.Fatal(err)
				}
				if i%2 == 0 {
					x += k
				} else if y += k; x*v.Grid() < -200 || y*v.Grid() < -200 || x*v.Grid() > v.Width+200 || y*v.Grid() > v.Height+200 {
					t.Fatalf("%v: a line leads to %d, %d of %d by %d", names, x*v.Grid(), y*v.Grid(), v.Width, v.Height)
				}
			}
		}
	}
	if land := Fit(nil, 960).Outlines(nil); len(land.All) < 3000 || land.Borders != "" {
		t.Errorf("the whole world is %d bytes of land and %d of borders", len(land.All), len(land.Borders))
	}
}

func TestDataFiles(t *testing.T) {
	entries, err := data.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := data.ReadFile("data/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if head, _, _ := strings.Cut(string(text), "\n\n"); !strings.Contains(head, "# Origin: ") || !strings.Contains(head, "# Licence: ") {
			t.Errorf("%s does not name its origin and licence", e.Name())
		}
	}
}
