package site

import (
	"slices"
	"strings"
	"testing"
)

// saidAlike lists what two reports of one event are told to agree on, of what is said,
// and the rows in which they are told to contradict one another.
func saidAlike(st *Story) (alike, contrary int) {
	for _, a := range st.Agreements {
		if a.Kind == "statement" {
			alike++
		}
	}
	for _, d := range st.Dimensions {
		if d.Kind == "denial" || d.Kind == "status" {
			contrary++
		}
	}
	return alike, contrary
}

// TestOpposites wants two sentences of which the one has the contrary word of the other
// never told as agreed on, and shown as a difference where the one cannot follow the other.
func TestOpposites(t *testing.T) {
	for _, c := range []struct {
		a, b            string
		alike, contrary bool
	}{
		{"Transport minister Olga Brand said the tunnel in Lindfors had passed inspection in May.", "Olga Brand, the transport minister, said the tunnel at Lindfors had passed an inspection in May.", true, false},
		{"Transport minister Olga Brand said the tunnel in Lindfors had passed inspection in May.", "Olga Brand, the transport minister, said the tunnel at Lindfors had failed an inspection in May.", false, true},
		// Another name or noun in the same place.
		{"Transport minister Olga Brand said the tunnel in Lindfors had passed inspection in May.", "Olga Brand, the transport minister, said the tunnel in Dunmore had passed an inspection in May.", false, false},
		{"The harbour ferry to Dunmore sails under the flag of Liberia and belongs to a bank.", "The harbour ferry to Dunmore sails under the flag of Panama and belongs to a bank.", false, false},
		{"The harbour ferry to Dunmore was carrying iron ore for the mill when it ran aground.", "The harbour ferry to Dunmore was carrying manganese ore for the mill when it ran aground.", false, false},
		{"Prosecutors in Dunmore have charged the captain of the harbour ferry with negligence.", "Prosecutors in Dunmore have charged the first mate of the harbour ferry with negligence.", false, false},
		{"The council of Dunmore accepted the offer of the ferry company for the harbour terminal.", "The council of Dunmore rejected the offer of the ferry company for the harbour terminal.", false, true},
		{"The report found that the harbour crane in Dunmore was safe to use in strong winds.", "The report found that the harbour crane in Dunmore was unsafe to use in strong winds.", false, true},
		// One may follow the other.
		{"The harbour ferry terminal in Dunmore was closed after the inspection of the cranes.", "The harbour ferry terminal in Dunmore was opened after the inspection of the cranes.", false, false},
		// One act from its two ends.
		{"Dunmore Rovers beat Ashby Wanderers in the harbour cup final at the old stadium.", "Ashby Wanderers lost to Dunmore Rovers in the harbour cup final at the old stadium.", true, false},
		// Both tell of both.
		{"The price of harbour berths in Dunmore rose while the price of ferry tickets fell.", "In Dunmore the price of ferry tickets fell while the price of harbour berths rose.", true, false},
		// The smallest words tell the contrary: who owed, none, another act.
		{"The harbour ferry company of Dunmore owed four million crowns to the terminal bank.", "The harbour ferry company of Dunmore was owed four million crowns by the terminal bank.", false, false},
		{"Three of the ferry crew are missing after the harbour accident in Dunmore, divers said.", "None of the ferry crew is missing any more after the harbour accident in Dunmore, divers said.", false, false},
		{"About 200 people attended a vigil at the ferry terminal in Dunmore on Thursday evening.", "About 200 people left a vigil at the ferry terminal in Dunmore on Thursday evening.", false, false},
		// What is not so is the contrary of what is.
		{"The harbour crane in Dunmore did not pass the yearly inspection by the ferry office.", "The harbour crane in Dunmore failed the yearly inspection by the ferry office.", false, false},
	} {
		st := eventOf(t, report("Dunmore News", "2024-06-05", c.a), report("Coast Mirror", "2024-06-06", c.b))
		alike, contrary := saidAlike(st)
		if c.alike && alike == 0 || !c.alike && alike > 0 {
			t.Errorf("%q and %q: told as agreed: %d", c.a, c.b, alike)
		}
		if (contrary > 0) != c.contrary {
			t.Errorf("%q and %q: told as contrary: %d %+v", c.a, c.b, contrary, st.Dimensions)
		}
	}
}

// TestMoods wants what was offered, or will not be, never told as agreed on with what was
// done.
func TestMoods(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"The harbour master of Dunmore, Olga Brand, resigned over the ferry accident.", "Olga Brand, the harbour master of Dunmore, has resigned over the ferry accident.", true},
		{"The harbour master of Dunmore, Olga Brand, offered to resign over the ferry accident.", "Olga Brand, the harbour master of Dunmore, has resigned over the ferry accident.", false},
		{"The harbour master of Dunmore, Olga Brand, will resign over the ferry accident.", "Olga Brand, the harbour master of Dunmore, will not resign over the ferry accident.", false},
		{"The harbour master of Dunmore, Olga Brand, will resign over the ferry accident.", "Olga Brand, the harbour master of Dunmore, offered to resign over the ferry accident.", false},
	} {
		st := eventOf(t, report("Dunmore News", "2024-06-05", c.a), report("Coast Mirror", "2024-06-06", c.b))
		if alike, _ := saidAlike(st); (alike > 0) != c.alike {
			t.Errorf("%q and %q: told as agreed: %d", c.a, c.b, alike)
		}
	}
}

// TestOppositesData wants each line of the list to have two sides, and no word on both.
func TestOppositesData(t *testing.T) {
	for line := range strings.Lines(oppositesFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		line = strings.TrimPrefix(strings.TrimPrefix(line, "turned:"), "then:")
		a, b, ok := strings.Cut(line, " x ")
		if !ok || len(strings.Fields(a)) == 0 || len(strings.Fields(b)) == 0 {
			t.Errorf("no two sides: %q", line)
		}
		for _, w := range strings.Fields(a) {
			if slices.Contains(strings.Fields(b), w) {
				t.Errorf("%q is on both sides of %q", w, line)
			}
		}
	}
}

// TestDetails wants two sentences that differ in one name or noun shown as a row, and
// those that differ in nothing, or in all, not.
func TestDetails(t *testing.T) {
	for _, c := range []struct {
		a, b string
		rows int
	}{
		{"The harbour ferry to Dunmore sails under the flag of Liberia and belongs to a bank.", "The harbour ferry to Dunmore sails under the flag of Panama and belongs to a bank.", 1},
		{"The harbour ferry to Dunmore was carrying iron ore for the mill when it ran aground.", "The harbour ferry to Dunmore was carrying manganese ore for the mill when it ran aground.", 1},
		{"Prosecutors in Dunmore have charged the captain of the harbour ferry with negligence.", "Prosecutors in Dunmore have charged the first mate of the harbour ferry with negligence.", 1},
		{"The harbour ferry to Dunmore belongs to a bank in the capital, records show.", "The harbour ferry to Dunmore belongs to a bank in the capital, according to records.", 0},
		{"The harbour ferry to Dunmore was built in the yard of Ashby.", "The cranes of the harbour in Dunmore were painted by the yard of Ashby.", 0},
	} {
		st := eventOf(t, report("Dunmore News", "2024-06-05", c.a), report("Coast Mirror", "2024-06-06", c.b))
		rows := 0
		for _, d := range st.Dimensions {
			if d.Kind == "detail" {
				rows++
			}
		}
		if rows != c.rows {
			t.Errorf("%q and %q: %d rows, want %d", c.a, c.b, rows, c.rows)
		}
	}
}
