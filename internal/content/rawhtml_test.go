package content

import (
	"strings"
	"testing"
)

// HTML in what an editor writes is reported wherever it stands, and what only
// looks like it is not.
func TestHTML(t *testing.T) {
	for body, want := range map[string]string{
		"<div>Dr Webb disputes this report.</div>":           "1:1: HTML is not published, nor is what stands in it: <div>",
		"One line.\n\nSee <b>this</b> and <i>that</i>.":      "3:5: HTML is not published, nor is what stands in it: <b>",
		"- one\n- <p>two</p>":                                "2:3: HTML",
		"| a | b |\n|---|---|\n| x | <br> |":                 "3:7: HTML",
		"<!-- a note --> Dr Webb disputes this report.":      "1:1: HTML",
		"x <!-- a note --> <b>y</b>":                         "1:19: HTML",
		"<!-- never closed\n\nDr Webb disputes it.":          "1:1: HTML",
		"<script>\nvar x = 1\n</script>":                     "1:1: HTML",
		"<!-- a note to myself -->":                          "",
		"<!--\n\nTwo\n\nparagraphs\n-->\n\nText <!-- x -->.": "",
		"It is < 5 and > 3, \\<div> and `<div>`.":            "",
		"~~~\n<div>\n~~~\n\n    <div>":                       "",
		"<https://example.org> and <a@example.org>":          "",
	} {
		for _, name := range []string{"content/index.md", "content/masthead.md", "content/people/ana-brel.md", "content/stories/talks.md", "content/briefings/talks.md"} {
			front, line := "---\ntitle: Talks\n---\n", 3
			var tree Tree
			switch {
			case strings.HasPrefix(name, "content/people"):
				front = "---\nname: Ana Brel\n---\n"
			case strings.HasPrefix(name, "content/stories"):
				front, line = "---\ntitle: Talks\nkind: event\nmembers: [a, b]\n---\n", 5
			case strings.HasPrefix(name, "content/briefings"):
				front = strings.Split(briefing, "## Notes")[0] + "## Notes\n"
				line = strings.Count(front, "\n")
			}
			diags := tree.Add(name, []byte(front+body+"\n"))
			if want == "" {
				if len(diags) > 0 {
					t.Errorf("%s: %q: %v", name, body, diags)
				}
				continue
			}
			if len(diags) != 1 || diags.Errors() != 1 || diags[0].Hint == "" {
				t.Errorf("%s: %q: %v", name, body, diags)
				continue
			}
			d := diags[0]
			d.Line -= line
			if got := strings.TrimPrefix(d.Error(), name+":"); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %q: %s, want %s", name, body, got, want)
			}
		}
	}
}
