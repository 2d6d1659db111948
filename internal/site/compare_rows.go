package site

import (
	"slices"
	"strings"

	"readout/internal/dialect"
	"readout/internal/slug"
)

// joinRows makes one row of rows that are of one matter: rows that say the same,
// a row that says part of another, and rows of one dimension that cite the same
// passage of a report beside those of different others.
func joinRows(rows []Dimension) []Dimension {
	var out []Dimension
	for _, d := range rows {
		joined := false
		for i := range out {
			if out[i].joins(d) {
				out[i].take(d)
				joined = true
				break
			}
		}
		if !joined {
			out = append(out, d)
		}
	}
	// What has been joined may say what a row before it says.
	return slices.DeleteFunc(out, func(d Dimension) bool {
		return slices.ContainsFunc(out, func(o Dimension) bool {
			return o.Kind == d.Kind && d.within(o) && !o.within(d)
		})
	})
}

// joins reports whether two rows are of one matter. Where both have a cell of one
// report, the two must cite the same.
func (d Dimension) joins(o Dimension) bool {
	if d.Kind != o.Kind || d.Update != o.Update {
		return false
	}
	if d.within(o) || o.within(d) {
		return true
	}
	if d.Label != o.Label && (d.Key == "" || d.Key != o.Key) {
		return false
	}
	common := false
	for i, c := range d.Cells {
		p := o.Cells[i].Passages
		if len(c.Passages) == 0 || len(p) == 0 {
			continue
		}
		if !slices.EqualFunc(c.Passages, p, func(a, b Passage) bool { return a.Span == b.Span }) {
			return false
		}
		common = true
	}
	return common
}

// take adds the cells of a row of the same matter.
func (d *Dimension) take(o Dimension) {
	if len(o.Label) > 0 && d.within(o) && !o.within(*d) {
		d.Label = o.Label
	}
	for i := range d.Cells {
		if len(d.Cells[i].Values) < len(o.Cells[i].Values) {
			d.Cells[i].Values, d.Cells[i].Passages = o.Cells[i].Values, o.Cells[i].Passages
		}
	}
}

// onePlace reports whether a row of places is none of two: the name of one is part
// of the other's, or each report names the places of the others.
func (d Dimension) onePlace() bool {
	if d.Kind != "place" {
		return false
	}
	for i, c := range d.Cells {
		for _, o := range d.Cells[:i] {
			for _, x := range c.Values {
				for _, y := range o.Values {
					if !partOfName(x, y) && !partOfName(y, x) && !(c.Briefing.placed(y) && o.Briefing.placed(x)) {
						return false
					}
				}
			}
		}
	}
	return true
}

// partOfName reports whether the words of one name stand in a row in another:
// Maroa in Port Maroa.
func partOfName(part, name string) bool {
	return strings.Contains("-"+slug.Make(name)+"-", "-"+slug.Make(part)+"-")
}

// placed reports whether the briefing names a place.
func (b *Briefing) placed(name string) bool {
	return slices.ContainsFunc(b.named, func(a Named) bool {
		return a.Entity.Kind == dialect.Place && a.Entity.Name == name
	})
}
