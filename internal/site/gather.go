package site

import (
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
)

// Gather makes a Site of the content files. What is wrong with a file (two
// briefings with one slug, a story that names a briefing that is not there) is
// reported; the rest is gathered.
func Gather(in Input) (*Site, diag.List) {
	return &Site{Config: in.Index.Config}, nil
}

// Page makes what only the page of b shows. The file must be the one b was
// gathered from.
func (s *Site) Page(b *Briefing, f *content.File) *Page {
	return &Page{Briefing: b, Sections: f.Sections}
}

func blockLabel(id string) string {
	if n, ok := strings.CutPrefix(id, "p"); ok {
		return "¶" + n
	}
	return id
}
