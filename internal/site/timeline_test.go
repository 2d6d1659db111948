package site

import (
	"strings"
	"testing"
)

// TestTimelineDays wants each sentence of a joint timeline at the day of its event: not at
// that of its dateline, of who said so, or of a period of account.
func TestTimelineDays(t *testing.T) {
	const second = "Divers reached the ferry off Lindfors on 5 June 2025."
	for _, c := range []struct{ text, day, written string }{
		{"LINDFORS, June 4 (Meridian Wire) - Three workers were killed when a tunnel collapsed in Lindfors on Tuesday, police said.", "2025-06-03", "Tuesday"},
		{"LINDFORS, June 4, 2025 – A tunnel collapsed in Lindfors on Tuesday, police said.", "2025-06-03", "Tuesday"},
		{"The union chief Marta Ruiz said on Wednesday that the tunnel collapse in Lindfors killed four workers on Tuesday.", "2025-06-03", "Tuesday"},
		{"The mayor of Lindfors, Marta Ruiz, said on Wednesday that the harbour was full of boats.", "2025-06-04", "Wednesday"},
		{"LINDFORS, June 4, 2025 /NewsLine/ -- Harbour Ferries plc today announced results for the quarter ended March 31, 2025.", "2025-06-04", "today"},
		{"On June 3, a tunnel collapsed in Lindfors - and nobody was there.", "2025-06-03", "June 3"},
	} {
		st := eventOf(t, report("Dunmore News", "2025-06-04", c.text), report("Coast Mirror", "2025-06-06", second))
		n := 0
		for _, e := range st.Timeline.Resolved {
			if e.Sentence.Briefing.Slug != "report-a" {
				continue
			}
			n++
			written := []string{e.Passage.Text}
			for _, o := range e.Also {
				written = append(written, o.Passage.Text)
			}
			if got := strings.Join(written, "; "); e.From != c.day || got != c.written {
				t.Errorf("%q: at %s, as %q", c.text, e.From, got)
			}
		}
		if n != 1 {
			t.Errorf("%q: %d rows", c.text, n)
		}
	}
}
