package render

import (
	"strconv"
	"strings"

	"readout/internal/site"
)

// compared says what the reports of an event were compared in, and what could not
// be compared.
func (r *Renderer) compared(c site.Compared, differs bool) string {
	var out, in []string
	for _, x := range []struct {
		key string
		n   int
	}{{"story.compared.sentences", c.Sentences}, {"story.compared.figures", c.Figures}, {"story.compared.people", c.People}} {
		if x.n > 0 {
			in = append(in, r.l.Count(x.key, x.n))
		}
	}
	switch {
	case c.Reports < 2 && !differs:
		out = append(out, r.l.Text("story.compared.alone"))
	case c.Reports < 2:
		out = append(out, r.l.Text("story.compared.copy"))
	case len(in) == 0 && !differs:
		out = append(out, r.l.Text("story.compared.nothing"))
	default:
		if !differs {
			out = append(out, r.l.Text("story.differ.none"))
		}
		if len(in) == 0 {
			in = append(in, r.l.Text("story.compared.words"))
		}
		out = append(out, r.l.Say("story.compared", "what", r.l.List(in)))
	}
	if c.Copies > 0 && c.Reports > 1 {
		out = append(out, r.l.Count("story.compared.copies", c.Copies))
	}
	if c.Left > 0 {
		out = append(out, r.l.Count("story.compared.left", c.Left, "most", strconv.Itoa(c.Reports)))
	}
	return strings.Join(out, " ")
}
