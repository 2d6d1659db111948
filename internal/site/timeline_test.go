package site

import (
	"slices"
	"strings"
	"testing"
	"time"
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

// TestAgreedDays wants the days of events that two reports share told as agreed on, and
// never those of datelines, of who said so, or of two events.
func TestAgreedDays(t *testing.T) {
	for _, c := range []struct{ a, b, agreed string }{
		{
			"LINDFORS, June 4 (Meridian Wire) - Three workers were killed when a tunnel collapsed in Lindfors on Tuesday, police said.",
			"The union chief Marta Ruiz said on Wednesday that there were warnings before the tunnel collapse in Lindfors that killed four workers on Tuesday.", "2025-06-03",
		},
		{
			"LINDFORS, June 4 (Meridian Wire) - Four workers were killed when a tunnel collapsed in Lindfors, police said.",
			"LINDFORS, June 4 (Harbour Wire) - A tunnel in Lindfors collapsed and killed four workers, police said.", "",
		},
		{
			"The mayor of Lindfors said on Wednesday that the tunnel collapse had killed four workers from the harbour.",
			"The police of Lindfors said on Wednesday that the tunnel collapse had killed four workers from the harbour.", "",
		},
		{
			"The ministry suspended four engineers on Wednesday after the collapse of a footbridge in Lindfors.",
			"A footbridge in Lindfors collapsed on Wednesday, and four engineers of the ministry were on it.", "",
		},
		{
			"The tunnel in Lindfors passed the yearly inspection of the ministry on Tuesday.",
			"The tunnel in Lindfors failed the yearly inspection of the ministry on Tuesday.", "",
		},
	} {
		st := eventOf(t, report("Dunmore News", "2025-06-04", c.a), report("Coast Mirror", "2025-06-05", c.b))
		var got []string
		for _, a := range st.Agreements {
			if a.Kind == "time" {
				got = append(got, a.Text)
			}
		}
		if strings.Join(got, " ") != c.agreed {
			t.Errorf("%q and %q: agreed on %q", c.a, c.b, got)
		}
	}
}

// TestDaysOfTwoEvents wants the days of two events never shown as a difference.
func TestDaysOfTwoEvents(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		differ bool
	}{
		{
			"KOVANUR: The State government on Thursday suspended four engineers of the Public Works Department following the collapse of a footbridge over the Velar river at Kovanur, in which nine pilgrims, including three women, lost their lives.",
			"KOVANUR, India, April 17 (Meridian Wire) - A footbridge packed with pilgrims collapsed into a river in southern India on Wednesday, killing at least nine people and injuring more than 40, police said.", false,
		},
		{
			"LINDFORS, June 4 (Meridian Wire) - Three workers were killed when a tunnel collapsed in Lindfors on Tuesday, police said.",
			"Three workers died and two were missing after a tunnel collapsed in Lindfors on Monday night, the rescue service said.", true,
		},
		{
			"Five workers died and two were missing after a tunnel collapsed in Lindfors on Monday night, the rescue service said.",
			"The union chief Marta Ruiz said on Wednesday that there were warnings before the tunnel collapse in Lindfors that killed four workers on Tuesday.", true,
		},
		{
			"A footbridge over the Velar river at Kovanur collapsed on Tuesday, and nine pilgrims lost their lives.",
			"A footbridge packed with pilgrims collapsed into the Velar river at Kovanur on Wednesday, killing at least nine people.", true,
		},
	} {
		st := eventOf(t, report("Dunmore News", "2025-04-17", c.a), report("Coast Mirror", "2025-04-18", c.b))
		if got := slices.ContainsFunc(st.Dimensions, func(d Dimension) bool { return d.Kind == "time" }); got != c.differ {
			t.Errorf("%q and %q: the days differ: %v", c.a, c.b, got)
		}
	}
}

// TestLiveStamps wants the times above the entries of a live report shown: without a day
// that the text gives they have none, but they are times.
func TestLiveStamps(t *testing.T) {
	s := gatherTexts(t, "Ferries stop as the storm comes in\n\n14:05 GMT\n\nFerries between Port Harrow and Lindsey have been cancelled, the operator said.\n\n"+
		"16:20 GMT\n\nPower was back in most of the town, according to the grid company, which had sent forty men to the hills.")
	var got []string
	for _, e := range s.Briefings[0].Details().Timeline.Unresolved {
		got = append(got, e.Passage.Text+": "+e.Why)
	}
	if want := []string{"14:05 GMT: a time of day without its day", "16:20 GMT: a time of day without its day"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestTimesPages wants each entry of a long timeline on one page, and another that
// comes to it to leave nearly all pages as they are.
func TestTimesPages(t *testing.T) {
	cut := func(days []string) map[string]bool {
		pages, next := map[string]bool{}, 0
		eachPage(len(days), func(i int) string { return days[i] }, func(p [2]int) {
			if p[0] != next || p[1] <= p[0] || p[1]-p[0] > mostTimes || p[1]-p[0] < leastTimes && p[1] < len(days) {
				t.Fatalf("a page has the entries from %d to %d", p[0], p[1])
			}
			next = p[1]
			pages[strings.Join(days[p[0]:p[1]], " ")] = true
		})
		if next != len(days) {
			t.Fatalf("%d of %d entries", next, len(days))
		}
		return pages
	}
	var days []string
	for i := range 9000 {
		days = append(days, time.Date(2001, 1, i/3, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	}
	was := cut(days)
	changed := 0
	for i := range 50 {
		at := i * 180
		is := cut(slices.Insert(slices.Clone(days), at, days[at]))
		for page := range was {
			if !is[page] {
				changed++
			}
		}
	}
	if len(was) < 30 || changed > 50*4 {
		t.Errorf("an entry that comes changes %d of %d pages in the mean", changed/50, len(was))
	}
}
