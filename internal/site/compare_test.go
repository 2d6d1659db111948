package site

import (
	"slices"
	"strings"
	"testing"

	"readout/internal/analysis/standard"
	"readout/internal/article"
	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/seed"
)

// eventOf gathers reports, each front matter and text, as one event.
func eventOf(t *testing.T, reports ...string) *Story {
	t.Helper()
	pipeline, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	var in Input
	var slugs []string
	for i, r := range reports {
		slug := "report-" + string(rune('a'+i))
		sf, diags := seed.Decode(slug+".md", seed.Markdown, []byte(r))
		if sf == nil {
			t.Fatal(diags)
		}
		art, diags := article.New(sf)
		if art == nil {
			t.Fatal(diags)
		}
		src, err := briefing.Compose(pipeline.Run(art), slug).Markdown()
		if err != nil {
			t.Fatal(err)
		}
		f, diags := content.ParseBriefing("content/briefings/"+slug+".md", src)
		if f == nil {
			t.Fatal(diags)
		}
		in.Files = append(in.Files, f)
		slugs = append(slugs, slug)
	}
	in.Stories = []*content.Story{{Path: "content/stories/it.md", Slug: "it", Kind: "event", Members: slugs}}
	s, diags := Gather(in)
	if diags.Errors() > 0 {
		t.Fatal(diags)
	}
	check(t, s, in)
	for _, st := range s.Stories {
		if st.Slug == "it" {
			return st
		}
	}
	t.Fatal("no story")
	return nil
}

func report(publisher, date, text string) string {
	return "---\ntitle: \"The flood at Dunmore, as " + publisher + " has it\"\npublisher: " + publisher + "\ndate: " + date + "\n---\n" + text + "\n"
}

const floodText = `Heavy rain broke the bank of the river Ashby above the town of Dunmore on Monday and washed away the market, the fire brigade said. At least 14 people were killed. The water came so fast that traders left their tills open and ran for the church, which stands on a hill.

"I have never seen the river walk," said the baker, Tom Ellery, who lost his oven, his van and both of his dogs.

The bridge on the road to the coast is closed, and the school has been turned into a shelter for those who lost their homes.`

// TestCopyWithAnotherToll wants a page that was put up again with another toll
// shown as an update, or as a difference where another outlet did so.
func TestCopyWithAnotherToll(t *testing.T) {
	changed := strings.Replace(floodText, "At least 14 people", "At least 21 people", 1)
	for _, c := range []struct {
		publisher string
		update    bool
	}{{"Dunmore News", true}, {"Coast Mirror", false}} {
		st := eventOf(t, report("Dunmore News", "2024-03-05", floodText), report(c.publisher, "2024-03-06", changed))
		if len(st.Reposts) != 1 {
			t.Fatalf("%s: %d copies", c.publisher, len(st.Reposts))
		}
		if len(st.Dimensions) != 1 || st.Dimensions[0].Update != c.update {
			t.Fatalf("%s: %+v", c.publisher, st.Dimensions)
		}
		d := st.Dimensions[0]
		if got := d.Cells[0].Values[0] + " | " + d.Cells[1].Values[0]; got != "At least 14 people | At least 21 people" {
			t.Error(got)
		}
	}
}

func TestCopyAlike(t *testing.T) {
	st := eventOf(t, report("Dunmore News", "2024-03-05", floodText), report("Coast Mirror", "2024-03-06", floodText))
	if len(st.Dimensions) != 0 || st.Compared.Reports != 1 || st.Compared.Copies != 1 {
		t.Errorf("%+v %+v", st.Dimensions, st.Compared)
	}
	// What a copy repeats stands once in the joint timeline.
	seen := map[string]int{}
	for _, e := range st.Timeline.Resolved {
		seen[e.Sentence.Text]++
	}
	for s, n := range seen {
		if n > 1 {
			t.Errorf("%d times: %s", n, s)
		}
	}
}

// TestFiguresCompared tells figures that differ from those that do not: those of
// another time, of a part, in rounder words.
func TestFiguresCompared(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		differ bool
	}{
		{"At least 14 people were killed when the bank of the river Ashby broke at Dunmore.", "The flood at Dunmore killed 17 people when the bank of the river Ashby broke.", true},
		{"The flood at Dunmore killed 17 people when the river bank broke.", "In 1953 a flood at Dunmore killed 71 people when the river bank broke.", false},
		{"The death toll of the flood at Dunmore has risen to 17, up from 14.", "The flood at Dunmore killed 14 people, the fire brigade said.", false},
		{"The flood destroyed more than 400 houses in the town of Dunmore.", "The flood destroyed 430 houses in the town of Dunmore.", false},
		{"The flood destroyed more than 400 houses in the town of Dunmore.", "The flood destroyed 650 houses in the town of Dunmore.", true},
		{"Repair of the Dunmore bridge will cost the council $5 million.", "Repair of the Dunmore bridge will cost the council $5.2 million.", false},
		{"Repair of the Dunmore bridge will cost the council $5 million.", "Repair of the Dunmore bridge will cost the council $8 million.", true},
		{"Some 1,500 miners had walked out at the Dunmore copper mine on Monday.", "About 1,200 miners returned to work at the Dunmore copper mine on Monday.", false},
		{"Some 1,500 miners walked out at the Dunmore copper mine on Monday.", "Some 2,200 miners walked out at the Dunmore copper mine on Monday.", true},
		{"The earthquake at Dunmore had a magnitude of 6.1.", "The earthquake shook Dunmore, a seismologist said.\n\nQ: The Times reported magnitude 6.3. Who is right?", false},
		{"The flood at Dunmore killed 17 people when the bank of the river Ashby broke.", "Reuters reported that the flood at Dunmore killed 21 people when the bank of the river Ashby broke.", false},
		{"The flood at Dunmore killed 17 people when the bank of the river Ashby broke.", "Did the flood at Dunmore kill 21 people when the bank of the river Ashby broke?", false},
		{"The earthquake at Dunmore had a magnitude of 6.1.", "The earthquake at Dunmore had a magnitude of 6.3.", true},
		// What is told for a day is not what it comes to in all.
		{"The Dunmore plant makes 300 engines a day, the company said.", "The Dunmore plant has made 900 engines since it opened, the company said.", false},
		{"The strike costs the Dunmore port $2 million a day, its director said.", "The strike at the Dunmore port has cost $6 million, its director said.", false},
		{"The strike costs the Dunmore port $2 million a day, its director said.", "The strike costs the Dunmore port $6 million a day, its director said.", true},
		{"Both sides would let 80 lorries of flour pass the bridge of Dunmore each week.", "Both sides would let 45 lorries of flour pass the bridge of Dunmore a week.", true},
		{"Dockers at the port of Dunmore are on strike. They demand a 7% pay rise.", "Dockers at the port of Dunmore are on strike. They demand a pay rise of 8%.", true},
		{"Three managers of the Dunmore mine were questioned by police over the flood on Monday.", "Two managers of the Dunmore mine were charged over the flood on Monday.", false},
		{"Three managers of the Dunmore mine were questioned by police over the flood on Monday.", "Four managers of the Dunmore mine were interviewed by police over the flood on Monday.", true},
		{"Police questioned people over the flood at Dunmore. Three managers were questioned.", "Police questioned people over the flood at Dunmore. Two were charged.", false},
		{"A landslide at Dunmore injured 200 people on Monday.", "A landslide hit Dunmore on Monday. Nobody said that 300 people were injured.", false},
		{"A landslide at Dunmore injured 200 people on Monday.", "A landslide hit Dunmore on Monday. The mayor would not confirm that 300 people were injured.", false},
		{"A landslide at Dunmore injured 200 people on Monday.", "A landslide hit Dunmore on Monday. The mayor did not say when it began, but 300 people were injured.", true},
		{"The ferry took 420 passengers and crew from Dunmore to the coast.", "The ferry took 310 passengers from Dunmore to the coast.", false},
	} {
		st := eventOf(t, report("Dunmore News", "2024-03-05", c.a), report("Coast Mirror", "2024-03-06", c.b))
		if differ := len(st.Dimensions) > 0; differ != c.differ {
			t.Errorf("%q and %q: shown as a difference: %v", c.a, c.b, differ)
		}
	}
}

// TestTollsOfBoth wants a report that gives the toll of two others to be shown with both,
// and nothing told as agreed that is shown to differ.
func TestTollsOfBoth(t *testing.T) {
	st := eventOf(t,
		report("Dunmore News", "2024-03-05", "At least 14 people were killed when the bank of the river Ashby broke at Dunmore on Monday."),
		report("Coast Mirror", "2024-03-06", "The flood at Dunmore killed 17 people, officials said on Monday."),
		report("Hill Post", "2024-03-06", "The flood at Dunmore killed 14 people, the fire brigade said on Monday. On Tuesday the council said that 17 people had been killed."),
		report("Vale Herald", "2024-03-06", "The flood at Dunmore killed 14 people, the fire brigade said on Monday.\n\nThe toll rose to 17 on Tuesday."))
	if len(st.Dimensions) != 1 {
		t.Fatalf("%+v", st.Dimensions)
	}
	for i, want := range []string{"At least 14 people", "17 people", "14 people, 17 people", "17"} {
		if got := strings.Join(st.Dimensions[0].Cells[i].Values, ", "); got != want {
			t.Errorf("report %d: %q, want %q", i, got, want)
		}
	}
	for _, a := range st.Agreements {
		if strings.Contains(a.Text, "14 people") {
			t.Errorf("agreed and different: %q", a.Text)
		}
	}
}

// TestTollInOtherWords wants a report that gives the toll of another in words of its own to
// be shown with it.
func TestTollInOtherWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Seventeen victims of the flood at Dunmore have been named.", "Seventeen victims"},
		{"Seventeen residents of the lower town lost their lives in the flood at Dunmore.", "Seventeen residents"},
		{"Seventeen people are known to have died in the flood at Dunmore.", "Seventeen people"},
		{"Police questioned 17 people after two had died in the flood at Dunmore.", ""},
		{"Police questioned 17 people over the flood at Dunmore.", ""},
	} {
		st := eventOf(t,
			report("Dunmore News", "2024-03-05", "At least 14 people were killed when the bank of the river Ashby broke at Dunmore on Monday."),
			report("Coast Mirror", "2024-03-06", "The flood at Dunmore killed 17 people when the river bank broke."),
			report("Hill Post", "2024-03-06", c.text))
		if len(st.Dimensions) != 1 || strings.Join(st.Dimensions[0].Cells[2].Values, ", ") != c.want {
			t.Errorf("%s: %+v", c.text, st.Dimensions)
		}
	}
}

// TestDaysOfTwoPlans wants planned days to differ where they are of one thing.
func TestDaysOfTwoPlans(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		differ bool
	}{
		{"The union of Dunmore dockers will hold a ballot on 12 March.", "The union of Dunmore dockers will hold a ballot on 14 March.", true},
		{"The union of Dunmore dockers will hold a ballot on 12 March.", "The dockers of Dunmore will hold a rally on 14 March, the union said.", false},
		{"The council of Dunmore will vote on the harbour plan on 12 March. Work on the harbour is to begin on 3 June.", "Work on the harbour of Dunmore is to begin on 12 March, the council said. The council will vote on the budget on 3 June.", false},
		{"The strike of the Dunmore dockers over pay began on 1 March.", "The strike of the dockers of Dunmore over pay began on 2 March.", true},
		{"The strike of the Dunmore dockers over pay began on 1 March.", "The talks of the dockers of Dunmore over pay began on 2 March.", false},
		{"The strike of the Dunmore dockers over pay is to end on 12 March.", "The talks over the strike of the dockers of Dunmore over pay are to end on 14 March.", false},
		{"The dockers of Dunmore struck over pay on 1 March.", "The dockers of Dunmore held talks over pay on 2 March.", false},
		{"The bridge at Dunmore, built in 1962, collapsed.", "The bridge at Dunmore, which was built in 1964, collapsed.", true},
		{"The bridge at Dunmore, built in 1962, collapsed. The bridge at Ashby, built in 1964, stands.", "The bridge at Dunmore, which was built in 1964, collapsed.", false},
		{"The bridge at Dunmore, built in 1962, collapsed.", "The school of Ashby, built in 1964, is closed.", false},
	} {
		st := eventOf(t, report("Dunmore News", "2024-03-05", c.a), report("Coast Mirror", "2024-03-06", c.b))
		differ := slices.ContainsFunc(st.Dimensions, func(d Dimension) bool { return d.Kind == "time" })
		if differ != c.differ {
			t.Errorf("%q and %q: shown as a difference: %v", c.a, c.b, differ)
		}
	}
}

// TestFiguresAgree wants two reports to agree on a figure where both give it, and
// not where one merely does not rule the other's out.
func TestFiguresAgree(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		agree bool
	}{
		{"The flood at Dunmore injured 230 people, the fire brigade said.", "A total of 230 people were injured in the flood at Dunmore.", true},
		{"The flood at Dunmore injured more than 200 people, the fire brigade said.", "A total of 230 people were injured in the flood at Dunmore.", false},
		{"The flood at Dunmore injured about 220 people, the fire brigade said.", "A total of 230 people were injured in the flood at Dunmore.", false},
	} {
		st := eventOf(t, report("Dunmore News", "2024-03-05", c.a), report("Coast Mirror", "2024-03-06", c.b))
		agree := slices.ContainsFunc(st.Agreements, func(a Agreement) bool { return a.Kind == "figure" })
		if agree != c.agree {
			t.Errorf("%q and %q: told as agreed: %v", c.a, c.b, agree)
		}
		if len(st.Dimensions) > 0 {
			t.Errorf("%q and %q: %+v", c.a, c.b, st.Dimensions)
		}
	}
}

// TestPlaceInOtherLetters wants a place that two reports call by more or less of
// its name to be no difference, and its name told in its usual letters.
func TestPlaceInOtherLetters(t *testing.T) {
	st := eventOf(t,
		report("Dunmore News", "2024-03-05", "PORT MAROA, March 5, 2024 - The rescue goes on.\n\nThe ferry went down on Tuesday, six kilometres off Port Maroa, with 152 people on board, the coast guard said."),
		report("Coast Mirror", "2024-03-06", "The ferry went down on Tuesday off Maroa with 152 people on board."),
		report("Hill Post", "2024-03-06", "PORT MAROA, March 6, 2024 - Divers reached the ferry."),
	)
	for _, d := range st.Dimensions {
		if d.Kind == "place" {
			t.Errorf("%+v", d)
		}
	}
	named := false
	for _, a := range st.Agreements {
		named = named || a.Kind == "place" && a.Text == "Port Maroa"
	}
	if !named {
		t.Errorf("not told in its usual letters: %+v", st.Agreements)
	}
}
