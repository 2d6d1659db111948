package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const ferryStops = `Ferry to Aaa stops

The ferry to Aaa will stop on Monday, Mayor Eve Mallory said in Oslo.

"We have no money," Mallory told reporters. The Harbour Union called it a shame.

Subscribe to our newsletter for more.
`

// plainPage is what a reader reads on a page.
func plainPage(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "public/briefings/*.html"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?s)<head>.*?</head>|<[^>]*>`).ReplaceAllString(string(data), "")
	return squeezed(strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&quot;", `"`, "&amp;", "&", "&nbsp;", "").Replace(text))
}

// TestPagesTellEdits: the page of a briefing says what of it an editor changed,
// mark by mark, and what not.
func TestPagesTellEdits(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/ferry.txt": ferryStops, "content/index.md": "---\ntitle: Desk\ncontact: desk@example.org\n---\n"})
	build := func() {
		t.Helper()
		if status, out := run("build", "-q", "-C", dir); status != exitOK {
			t.Fatalf("status %d\n%s", status, out)
		}
	}
	build()
	page := plainPage(t, dir)
	if !strings.Contains(page, "The annotations were made by machine, and no editor has changed them in content/briefings/") || strings.Contains(page, "Changed by the editor") {
		t.Errorf("nobody has edited anything, and the page says\n%s", page)
	}
	if !strings.Contains(page, "Report a mistake to desk@example.org") || !strings.Contains(page, "Text set aside") {
		t.Errorf("the page does not say where to report a mistake, and what is set aside:\n%s", page)
	}
	names, _ := filepath.Glob(filepath.Join(dir, "content/briefings/*.md"))
	src, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	edited := string(src)
	for _, r := range []struct{ pattern, with string }{
		{`title: Ferry to Aaa stops`, `title: The ferry stops`},
		{`\[Oslo\]\{\.place\}`, `Oslo`},                                // taken away
		{`\[The ferry to`, `[The [ferry]{.organization} to`},           // added
		{`(?m)^- The ferry[^\[]*\[`, "- No ferry from Monday on. ["},   // a key point
		{`(?s):::[^\n]*set-aside[^\n]*\n(Subscribe[^\n]*)\n:::`, "$1"}, // back into the text
		{`\{\.statement by=s1\}`, `{.statement by=s1 stance=hints}`},
		{`\{\.quote by=s2\}`, `{.quote by=s1 stance=alleges}`}, // by whom, and how
	} {
		now := regexp.MustCompile(r.pattern).ReplaceAllString(edited, r.with)
		if now == edited {
			t.Fatalf("%s is not in\n%s", r.pattern, edited)
		}
		edited = now
	}
	edited += "\n## Background\n\nIt ran since 1950.\n"
	if err := os.WriteFile(names[0], []byte(edited), 0o666); err != nil {
		t.Fatal(err)
	}
	build()
	page = plainPage(t, dir)
	_, list, ok := strings.Cut(page, "Changed by the editor")
	if !ok {
		t.Fatalf("nothing is said to be changed in\n%s\n%s", edited, page)
	}
	for _, want := range []string{
		"Title: was Ferry to Aaa stops, now The ferry stops",
		"Key point 1: reworded; it was: The ferry to Aaa will stop",
		"Place Oslo: mark taken away¶1",
		"Organization ferry: marked by the editor¶1",
		`Quotation "We have no money,": corrected: was by Mallory, now stance alleges, by Mayor Eve Mallory`,
		"Passage Subscribe to our newsletter for more.: no longer set aside",
		"Section Background: written by the editor",
	} {
		if !strings.Contains(list, want) {
			t.Errorf("the page does not say %q:\n%s\n%s", want, list, edited)
		}
	}
	if !strings.Contains(page, "changed by the editor ↩") {
		t.Errorf("no note is marked as changed:\n%s", page)
	}
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Errorf("verify: status %d\n%s", status, out)
	}

	// A site that withholds the texts tells no words of them here either.
	writeFiles(t, dir, map[string]string{"content/index.md": "---\ntitle: Desk\ntext: none\n---\n", names[0][len(dir)+1:]: strings.Replace(edited, "\nSubscribe", "\n::: {.set-aside reason=\"a plea\"}\nSubscribe", 1)})
	data, _ := os.ReadFile(names[0])
	text := strings.Replace(string(data), "for more.\n", "for more.\n:::\n", 1)
	writeFiles(t, dir, map[string]string{names[0][len(dir)+1:]: text})
	build()
	page = plainPage(t, dir)
	_, list, _ = strings.Cut(page, "Changed by the editor")
	if !strings.Contains(list, "Place: mark taken away") || strings.Contains(list, "no money") || strings.Contains(list, "Oslo") {
		t.Errorf("a site without texts says\n%s", list)
	}
	if strings.Contains(page, "Subscribe") || strings.Contains(page, "Annotated text") || strings.Contains(page, "Mark in the text") || !strings.Contains(page, "A plea") {
		t.Errorf("a site without texts has\n%s", page)
	}
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Errorf("verify: status %d\n%s", status, out)
	}
}
