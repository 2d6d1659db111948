package render

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/label"
	"readout/internal/output"
	"readout/internal/site"
	"readout/templates"
)

func people(n int) []*site.Entity {
	var list []*site.Entity
	for i := range n {
		list = append(list, &site.Entity{Name: fmt.Sprintf("Person <%c> Longname", 'A'+i), Path: fmt.Sprintf("people/%d.html", i)})
	}
	return list
}

func TestMeetingFigure(t *testing.T) {
	b := &site.Briefing{Path: "briefings/x.html"}
	who := people(30)
	meet := func(i, j int, realis string) site.Meeting {
		return site.Meeting{A: who[i], B: who[j], Realis: realis, Passage: site.Passage{Briefing: b, ID: "p1"}}
	}
	at := func(p site.Passage) string { return p.Link().From("stories/x.html") }
	many := []site.Meeting{}
	for i := range 29 {
		many = append(many, meet(i, i+1, "occurred"), meet(0, i+1, "scheduled"))
	}
	for _, c := range []struct {
		name  string
		in    []site.Meeting
		lines int
		names int
	}{
		{"nobody", nil, 0, 0},
		{"one pair is no picture", []site.Meeting{meet(0, 1, "occurred")}, 0, 0},
		{"a pair twice is one line", []site.Meeting{meet(0, 1, "occurred"), meet(1, 0, "occurred")}, 0, 0},
		{"a meeting that did not take place is left out", []site.Meeting{meet(0, 1, "occurred"), meet(1, 2, "negated")}, 0, 0},
		{"three meet", []site.Meeting{meet(0, 1, "occurred"), meet(1, 2, "expected"), meet(0, 2, "")}, 3, 3},
		{"many", many, 25, maxMet},
	} {
		f := meetingFigure(label.English(), c.in, at)
		if c.lines == 0 {
			if f != nil {
				t.Errorf("%s: a picture was drawn", c.name)
			}
			continue
		}
		svg := string(f.SVG)
		if n := strings.Count(svg, "<path"); n != c.lines {
			t.Errorf("%s: %d lines, want %d", c.name, n, c.lines)
		}
		if n := strings.Count(svg, "<circle"); n != c.names {
			t.Errorf("%s: %d parties, want %d", c.name, n, c.names)
		}
		checkPage(t, output.File{Path: c.name, Data: []byte(svg)})
		if strings.Contains(svg, "<A>") {
			t.Errorf("%s: a name became markup", c.name)
		}
	}
}

// TestPictures writes the pictures to a folder for a look at them.
func TestPictures(t *testing.T) {
	if *keep == "" {
		t.Skip("only with -keep")
	}
	b := &site.Briefing{Path: "briefings/x.html", Header: site.Header{Title: "A report"}}
	who := people(9)
	var ms []site.Meeting
	for i := range 8 {
		ms = append(ms, site.Meeting{A: who[i], B: who[(i*3+1)%9], Realis: []string{"occurred", "expected"}[i%2], Passage: site.Passage{Briefing: b, ID: "p1"}})
	}
	at := func(p site.Passage) string { return "#" }
	css, err := loadAssets(templates.FS, label.English())
	if err != nil {
		t.Fatal(err)
	}
	page := "<!DOCTYPE html><meta charset=utf-8><link rel=stylesheet href=" + css.style + "><main><figure>" + string(meetingFigure(label.English(), ms, at).SVG) + "</figure></main>"
	write(t, &output.Tree{Files: []output.File{{Path: "pictures.html", Data: []byte(page)}, {Path: css.style, Data: css.files[css.style]}}}, filepath.Join(*keep))
}
