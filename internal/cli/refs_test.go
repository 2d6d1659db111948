package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const mayor = `Mayor visits Aaa

Mayor Eve Mallory came to Aaa on Monday. She said the harbour is closed. "We have no money," she told reporters. Mallory left in the evening.
`

// TestRefLeftBehind: an editor gives the mention of somebody another ref, and
// the pronouns that rest on it keep the old one. verify names both places; when
// the article is generated anew the pronouns follow.
func TestRefLeftBehind(t *testing.T) {
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"seeds/a.txt": mayor})
	build := func() {
		t.Helper()
		if status, out := run("build", "-q", "-C", dir); status != exitOK {
			t.Fatalf("status %d\n%s", status, out)
		}
	}
	build()
	file := filepath.Join(dir, "content/briefings/mayor-visits-aaa.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(src), "[Eve Mallory]{.person role", "[Eve Mallory]{.person ref=eve-m-mallory role", 1)
	if edited == string(src) || strings.Count(edited, "ref=eve-mallory") != 3 {
		t.Fatalf("the article is not as this test wants it:\n%s", src)
	}
	if err := os.WriteFile(file, []byte(edited), 0o666); err != nil {
		t.Fatal(err)
	}
	build()
	status, out := run("verify", "-C", dir)
	for _, want := range []string{
		`content/briefings/mayor-visits-aaa.md:20:183: "She" has ref=eve-mallory, and what it rests on, "Eve Mallory" on line 20:7, has ref=eve-m-mallory now`,
		`"she" has ref=eve-mallory`, `"Mallory" has ref=eve-mallory`, "hint: write ref=eve-m-mallory here too if the same is meant",
	} {
		if status != exitBroken || !strings.Contains(out, want) {
			t.Errorf("status %d, want %q\n%s", status, want, out)
		}
	}
	if strings.Contains(out, "public/") && strings.Contains(out, "said to be of somebody else") {
		t.Errorf("pages that say what the content says are blamed:\n%s", out)
	}

	// Somebody of that key whom the editor describes is meant.
	about := filepath.Join(dir, "content/people/eve-mallory.md")
	writeFiles(t, dir, map[string]string{"content/people/eve-mallory.md": "---\nname: Eve Mallory the elder\n---\n"})
	build()
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Errorf("with a file about her: status %d\n%s", status, out)
	}
	if err := os.Remove(about); err != nil {
		t.Fatal(err)
	}

	// Another generation: the article has grown.
	writeFiles(t, dir, map[string]string{"seeds/a.txt": mayor + "\nHer deputy, Jane Roe, stayed in Aaa for a week.\n"})
	build()
	src, err = os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(src), "ref=eve-mallory") || strings.Count(string(src), "ref=eve-m-mallory") != 4 {
		t.Errorf("the pronouns do not follow:\n%s", src)
	}
	if status, out := run("verify", "-C", dir); status != exitOK {
		t.Errorf("after another generation: status %d\n%s", status, out)
	}
}
