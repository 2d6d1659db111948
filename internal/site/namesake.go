package site

import (
	"strings"

	"readout/internal/dialect"
	"readout/internal/slug"
)

// namesakes maps the people whom reports of one story name by a surname alone to
// the only one of that surname whom the others name in full. Their pages stay two,
// as a surname joins nobody for good; but within one story they count as one voice.
func namesakes(members []*Briefing) map[*Entity]*Entity {
	var lone []*Entity
	bySurname := map[string][]*Entity{}
	seen := map[*Entity]bool{}
	for _, b := range members {
		for i := range b.named {
			e := b.named[i].Entity
			if e.Kind != dialect.Person || seen[e] {
				continue
			}
			seen[e] = true
			parts := strings.Split(slug.Make(e.Name), "-")
			if last := parts[len(parts)-1]; strings.Contains(strings.TrimSpace(e.Name), " ") {
				bySurname[last] = append(bySurname[last], e)
			} else {
				lone = append(lone, e)
			}
		}
	}
	out := map[*Entity]*Entity{}
	for _, e := range lone {
		parts := strings.Split(slug.Make(e.Name), "-")
		if of := bySurname[parts[len(parts)-1]]; len(of) == 1 {
			out[e] = of[0]
		}
	}
	return out
}
