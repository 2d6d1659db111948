package article_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/article"
	"readout/internal/diag"
	"readout/internal/seed"
)

// TestMatterWarnings holds that front matter which is not read as it was meant is
// told of, at its line, and that text which only looks like it is not.
func TestMatterWarnings(t *testing.T) {
	const body = "\nThe bridge reopened on Monday, said Ann Poe.\n"
	for _, c := range []struct{ name, text, want string }{
		{"four hyphens", "----\ntitle: A\n----\n" + body, "a.md:1: front matter begins and ends with a line of three hyphens; this is read as text"},
		{"dashes", "\n—\ndate: 2024-05-03\ntags:\n- x\n—\n" + body, "a.md:2: front matter begins and ends with a line of three hyphens; this is read as text"},
		{"a rule above a quotation", "----\n\nPoe: the bridge is open.\n\n----\n" + body, ""},
		{"a rule above a sentence", "----\nTitle: it was lost.\nNobody knew: not she.\n----\n" + body, ""},
		{"a mapping for a title", "---\ntitle: [A, {b: c}]\n---\n" + body, "a.md:2: title has keys of its own where its text is to be; they are not read"},
		{"two titles", "---\ndate: 2024-05-03\ntitle: [A, B]\n---\n" + body, "a.md:3: title has 2 values; the first is taken"},
		{"two bylines", "---\nauthors:\n  - name: Ann Poe\n  - name: Jan Roth\n---\n" + body, ""},
		{"keys that say nothing", "---\nextra: {a: {b: c}}\n---\n" + body, ""},
		{"TOML", "+++\n[title]\na = 1\n+++\n" + body, "a.md:2: title has keys of its own where its text is to be; they are not read"},
	} {
		_, diags := article.New(&seed.File{Path: "a.md", Format: seed.Markdown, Text: c.text})
		var got []string
		for _, d := range diags {
			if d.Severity == diag.Warning {
				got = append(got, fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Message))
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
