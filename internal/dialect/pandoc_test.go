package dialect

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"readout/internal/span"
)

// pandoc converts Markdown to Pandoc's JSON. Without Pandoc the test is skipped,
// but not in CI.
func pandoc(t *testing.T, format string, src []byte) pandocDocument {
	t.Helper()
	if _, err := exec.LookPath("pandoc"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pandoc is not installed, and CI must have it")
		}
		t.Skip("PANDOC IS NOT INSTALLED: nothing shows that it reads the dialect as we do")
	}
	cmd := exec.Command("pandoc", "-f", format, "-t", "json")
	cmd.Stdin = strings.NewReader(string(src))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pandoc: %v", err)
	}
	var d pandocDocument
	if err := json.Unmarshal(out, &d); err != nil {
		t.Fatalf("pandoc: %v", err)
	}
	return d
}

type pandocDocument struct{ Blocks []pandocNode }

type pandocNode struct {
	T string
	C json.RawMessage
}

// A view is a document as Pandoc's reader and ours must agree on it: per block
// its role and text, and the spans. Runs of spaces count as one, since Pandoc
// does not keep them.
type view struct {
	lines []string
	text  strings.Builder // of the block at hand
	spans []string        // of the block at hand
}

func (v *view) block(role string) {
	v.lines = append(v.lines, role+" "+fmt.Sprintf("%q", collapse(v.text.String())))
	v.lines = append(v.lines, v.spans...)
	v.text.Reset()
	v.spans = nil
}

var spaces = regexp.MustCompile(` +`)

func collapse(s string) string { return spaces.ReplaceAllString(s, " ") }

func (v *view) blocks(nodes []pandocNode, role string) {
	for _, n := range nodes {
		var c []json.RawMessage
		json.Unmarshal(n.C, &c)
		switch n.T {
		case "Para", "Plain":
			v.inlines(parse[[]pandocNode](n.C))
			v.block(role)
		case "Header":
			v.inlines(parse[[]pandocNode](c[2]))
			v.block(strings.TrimSpace(role + " heading" + string(c[0])))
		case "BlockQuote":
			v.blocks(parse[[]pandocNode](n.C), "quotation")
		case "BulletList":
			depth := strings.Count(role, "item")
			for _, item := range parse[[][]pandocNode](n.C) {
				v.blocks(item, strings.Repeat("item", depth+1))
			}
		case "Div":
			v.blocks(parse[[]pandocNode](c[1]), attributes(c[0]))
		default:
			v.lines = append(v.lines, "UNEXPECTED "+n.T+" "+string(n.C))
		}
	}
}

func (v *view) inlines(nodes []pandocNode) {
	for _, n := range nodes {
		switch n.T {
		case "Str":
			v.text.WriteString(parse[string](n.C))
		case "Space":
			v.text.WriteString(" ")
		case "SoftBreak":
			v.text.WriteString("\n")
		case "Span":
			c := parse[[]json.RawMessage](n.C)
			start := v.text.Len()
			i := len(v.spans)
			v.spans = append(v.spans, "")
			v.inlines(parse[[]pandocNode](c[1]))
			v.spans[i] = fmt.Sprintf("  span %q %s", strings.Trim(collapse(v.text.String()[start:]), " "), attributes(c[0]))
		default:
			v.text.WriteString("UNEXPECTED " + n.T + " " + string(n.C))
		}
	}
}

func parse[T any](raw json.RawMessage) T {
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		panic(err)
	}
	return v
}

// attributes formats Pandoc's triple of id, classes and key-value pairs.
func attributes(raw json.RawMessage) string {
	c := parse[[]json.RawMessage](raw)
	return fmt.Sprintf("#%s %v %q", parse[string](c[0]), parse[[]string](c[1]), parse[[][]string](c[2]))
}

// viewOf is the view of what we wrote.
func viewOf(d Document) []string {
	var v view
	marks := d.Marks
	depth := 0
	for _, b := range d.Blocks {
		v.text.WriteString(b.Span.In(d.Text))
		for len(marks) > 0 && marks[0].Span.Start < b.Span.End {
			m := marks[0]
			marks = marks[1:]
			pairs := [][]string{}
			for _, a := range m.Attrs {
				pairs = append(pairs, []string{a.Key, strings.ReplaceAll(a.Value, "\x00", `\0`)})
			}
			text := strings.Trim(collapse(strings.ReplaceAll(m.Span.In(d.Text), "\x00", `\0`)), " ")
			v.spans = append(v.spans, fmt.Sprintf("  span %q #%s %v %q", text, m.ID, []string{string(m.Class)}, pairs))
		}
		role := b.Role
		pairs := [][]string{}
		before := depth
		depth = 0
		switch {
		case role == "paragraph":
			role = ""
		case role == "list-item" && b.Level <= before+1:
			depth = b.Level
			role = strings.Repeat("item", depth)
		case role == "list-item":
			pairs = append(pairs, []string{"level", fmt.Sprint(b.Level)})
		case role == "heading":
			role = "heading" + fmt.Sprint(min(max(b.Level+1, 3), 6))
		}
		if b.Reason != "" {
			pairs = append(pairs, []string{"reason", strings.ReplaceAll(b.Reason, "\x00", `\0`)})
		}
		switch b.Role {
		case "headline", "dek", "byline", "dateline", "caption", "set-aside":
			role = fmt.Sprintf("# %v %q", []string{b.Role}, pairs)
		case "list-item":
			if depth == 0 {
				role = fmt.Sprintf("# %v %q", []string{b.Role}, pairs)
			}
		}
		s := strings.ReplaceAll(v.text.String(), "\x00", `\0`)
		v.text.Reset()
		v.text.WriteString(s)
		v.block(role)
	}
	return v.lines
}

var headingLevel = regexp.MustCompile(`^heading(\d) `)

// TestPandoc checks that Pandoc sees the blocks, the text and the spans that we
// wrote, for documents made of everything that Markdown readers trip over.
func TestPandoc(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var docs []Document
	var src strings.Builder
	n := 400
	if testing.Short() {
		n = 50
	}
	for i := range n {
		d := randomDocument(rng)
		docs = append(docs, d)
		out, err := Write(d)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&src, "# %d\n\n", i)
		src.Write(out)
		src.WriteString("\n")
	}
	document := pandoc(t, "markdown-smart-auto_identifiers", []byte(src.String()))
	i := -1
	var got []*view
	for _, node := range document.Blocks {
		if node.T == "Header" && strings.HasPrefix(string(node.C), "[1,") {
			i++
			if !strings.Contains(string(node.C), fmt.Sprintf("%q", fmt.Sprint(i))) {
				one, _ := Write(docs[i-1])
				t.Fatalf("pandoc does not see the end of\n%s\n%q", one, one)
			}
			got = append(got, &view{})
			continue
		}
		got[i].blocks([]pandocNode{node}, "")
	}
	if len(got) != len(docs) {
		t.Fatalf("pandoc sees %d documents of %d", len(got), len(docs))
	}
	failures := 0
	for i, d := range docs {
		want := viewOf(d)
		have := got[i].lines
		for k := range max(len(want), len(have)) {
			var w, h string
			if k < len(want) {
				w = want[k]
			}
			if k < len(have) {
				h = have[k]
			}
			if m := headingLevel.FindStringSubmatch(w); m != nil {
				h = strings.Replace(h, "heading"+m[1]+" ", w[:len(m[0])], 1)
			}
			if w != h {
				one, _ := Write(d)
				t.Errorf("pandoc sees\n%s\nwant\n%s\nsource\n%s\n%q", h, w, one, one)
				failures++
				break
			}
		}
		if failures > 5 {
			t.FailNow()
		}
	}
}

func TestPandocProse(t *testing.T) {
	text := `"Both sides," said M. Dupont's aide -- at 5% -- "met..."`
	d := Document{
		Text: text, Blocks: []Block{{Role: "paragraph", Span: span.New(0, len(text))}},
		Marks: []Mark{{Span: span.New(0, 13), Class: Quote}, {Span: span.New(19, 29), Class: Person}},
	}
	src, err := Write(d)
	if err != nil {
		t.Fatal(err)
	}
	var spans []string
	var walk func(nodes []pandocNode)
	walk = func(nodes []pandocNode) {
		for _, n := range nodes {
			switch n.T {
			case "Span":
				c := parse[[]json.RawMessage](n.C)
				spans = append(spans, attributes(c[0]))
				walk(parse[[]pandocNode](c[1]))
			case "Quoted":
				walk(parse[[]pandocNode](parse[[]json.RawMessage](n.C)[1]))
			}
		}
	}
	for _, b := range pandoc(t, "markdown", src).Blocks {
		walk(parse[[]pandocNode](b.C))
	}
	if len(spans) != 2 {
		t.Errorf("with typographic quotation marks Pandoc sees the spans %q", spans)
	}
}
