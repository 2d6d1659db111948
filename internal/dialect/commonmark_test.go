package dialect

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"
)

// TestCommonMark holds goldmark with the extension against goldmark without it,
// on the examples of the CommonMark specification, which come with goldmark's
// module. What is no bracketed span and no fenced block is the same Markdown.
func TestCommonMark(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct {
		Markdown, HTML string
		Example        int
	}
	if err := json.Unmarshal(data, &examples); err != nil {
		t.Fatal(err)
	}
	plain := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe(), html.WithXHTML()))
	ours := goldmark.New(goldmark.WithExtensions(Extension), goldmark.WithRendererOptions(html.WithUnsafe(), html.WithXHTML()))
	n, spec := 0, 0
	for _, e := range examples {
		if strings.Contains(e.Markdown, "]{") || strings.Contains(e.Markdown, ":::") {
			t.Errorf("example %d has marks of ours: it is to be looked at by hand: %q", e.Example, e.Markdown)
			continue
		}
		n++
		var with, without bytes.Buffer
		if err := ours.Convert([]byte(e.Markdown), &with); err != nil {
			t.Fatal(err)
		}
		if err := plain.Convert([]byte(e.Markdown), &without); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(with.Bytes(), without.Bytes()) {
			t.Errorf("example %d, %q: with the extension\n%s\nwithout\n%s", e.Example, e.Markdown, &with, &without)
		}
		if with.String() == e.HTML {
			spec++
		}
	}
	if n < 600 || spec < n*95/100 {
		t.Errorf("%d examples, %d of them as the specification has them", n, spec)
	}
	t.Logf("%d examples, %d as the specification has them", n, spec)
}
