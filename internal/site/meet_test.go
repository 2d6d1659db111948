package site

import (
	"slices"
	"testing"

	"readout/internal/analysis/standard"
	"readout/internal/article"
	"readout/internal/briefing"
	"readout/internal/content"
	"readout/internal/seed"
)

// gatherTexts runs the whole path on Markdown seeds, which become "report-1",
// "report-2", …
func gatherTexts(t *testing.T, texts ...string) *Site {
	t.Helper()
	pipeline, err := standard.Pipeline()
	if err != nil {
		t.Fatal(err)
	}
	var in Input
	story := &content.Story{Path: "content/stories/story.md", Slug: "story", Title: "Story", Kind: "event"}
	for i, text := range texts {
		slug := "report-" + itoa(i+1)
		sf, diags := seed.Decode(slug+".md", seed.Markdown, []byte(text))
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
		cf, diags := content.ParseBriefing("content/briefings/"+slug+".md", src)
		if cf == nil || diags.Errors() > 0 {
			t.Fatal(diags)
		}
		in.Files = append(in.Files, cf)
		story.Members = append(story.Members, slug)
		story.MemberLines = append(story.MemberLines, i+1)
	}
	in.Stories = []*content.Story{story}
	s, diags := Gather(in)
	if diags.Errors() > 0 {
		t.Fatal(diags)
	}
	return s
}

func TestMeetings(t *testing.T) {
	const head = "---\ntitle: \"A day of diplomacy\"\npublisher: Desk\ndate: 2024-05-02\n---\n"
	for _, c := range []struct{ text, want string }{
		{"Foreign Minister Anna Keller met President Jorge Salas in Lisbon on Thursday.", "Anna Keller, Jorge Salas, Lisbon"},
		{"Foreign Minister Anna Keller met in Lisbon with President Jorge Salas.", "Anna Keller, Jorge Salas, Lisbon"},
		{"Foreign Minister Anna Keller, a former judge, met President Jorge Salas on Thursday.", "Anna Keller, Jorge Salas, "},
		// A place of a role, or of somebody else's, is not where they met.
		{"Foreign Minister Anna Keller met Jorge Salas, the deputy head of mission in Lisbon, on Thursday.", "Anna Keller, Jorge Salas, "},
		{"Foreign Minister Anna Keller met President Jorge Salas, who was born in Lisbon.", "Anna Keller, Jorge Salas, "},
		// Others met, or nobody did.
		{"A lawyer for Anna Keller met President Jorge Salas on Thursday.", ""},
		{"Foreign Minister Anna Keller said the prime minister met President Jorge Salas.", ""},
		{"Foreign Minister Anna Keller met a brother of Jorge Salas on Thursday.", ""},
		{"Foreign Minister Anna Keller met reporters after talks about President Jorge Salas.", ""},
		{"Foreign Minister Anna Keller met Jorge Salas's lawyer on Thursday.", ""},
	} {
		s := gatherTexts(t, head+c.text+"\n\nThe weather was fine in the capital that day, and the streets were quiet.\n")
		var got []string
		for _, m := range s.Stories[0].Meetings {
			where := ""
			if m.Where != nil {
				where = m.Where.Name
			}
			got = append(got, m.A.Name+", "+m.B.Name+", "+where)
		}
		want := []string{c.want}
		if c.want == "" {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\n got %q, want %q", c.text, got, want)
		}
	}
}
