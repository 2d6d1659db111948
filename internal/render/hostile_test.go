package render

import (
	"bytes"
	"encoding/json"
	"html/template"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/article"
	"readout/internal/compiled"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/output"
	"readout/internal/site"
	"readout/templates"
)

// hostile is text that would break out of any context that does not escape it.
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}</title></p></li>&amp;<!--]]>javascript:alert(1)` + "\u202e\u2028`${1}`"

// fill sets every string of a struct to hostile text and every list to two
// elements.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[template.HTML]() {
			v.SetString(hostile)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(2)
	case reflect.Pointer:
		if depth < 6 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			b, _ := json.Marshal(map[string]string{"name": hostile})
			v.SetBytes(b)
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), depth+1)
		}
	}
}

// harmless fails where the page has an element or an attribute that only text
// could have brought, or text that lost a character.
func harmless(t *testing.T, name string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var whole int
	for n := range doc.Descendants() {
		switch n.Type {
		case html.CommentNode:
			t.Errorf("%s: a comment: %q", name, n.Data)
		case html.TextNode:
			if strings.Contains(n.Data, hostile) {
				whole++
			}
		case html.ElementNode:
			if n.Data == "img" || n.Data == "script" && !ours(n) {
				t.Errorf("%s: <%s> came from text", name, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("%s: <%s %s=…>", name, n.Data, a.Key)
				}
				if (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
					t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
				}
			}
		}
	}
	if whole == 0 {
		t.Errorf("%s: the text itself is nowhere on the page", name)
	}
}

// ours reports whether a script element is one of the templates'.
func ours(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "src" || a.Key == "type" && a.Val == "application/ld+json" {
			return n.FirstChild == nil || !strings.Contains(n.FirstChild.Data, "<")
		}
	}
	return false
}

func TestHostileTextInEveryField(t *testing.T) {
	pages, _, err := parseTemplates(templates.FS, label.English())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pageTemplates {
		page := reflect.New(reflect.TypeOf(pageStructs[name]).Elem())
		fill(page.Elem(), 0)
		var b bytes.Buffer
		if err := pages[name].Execute(&b, page.Interface()); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		harmless(t, name, b.Bytes())
		// The built-in templates are compiled, and write the same then.
		fast := compiled.New(pages[name])
		for range 2 {
			var again bytes.Buffer
			if err := fast.Execute(&again, page.Interface()); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
				t.Errorf("%s: compiled, the page differs: %v", name, err)
			}
		}
		if !fast.Compiled(page.Interface()) {
			t.Errorf("%s: the template does what internal/compiled does not know", name)
		}
	}
}

// TestHostileProse sends hostile text through every kind of block and mark, each
// within each, and wants it back byte for byte.
func TestHostileProse(t *testing.T) {
	classes := []dialect.Class{dialect.Person, dialect.Organization, dialect.Place, dialect.Event, dialect.Quote, dialect.Statement, dialect.Source, dialect.Cue, dialect.Time, dialect.Quantity, dialect.Term, dialect.EventMention}
	roles := []article.Role{article.Headline, article.Dek, article.Byline, article.Dateline, article.Heading, article.Paragraph, article.ListItem, article.ListItem, article.Quotation, article.Caption}
	b := &site.Briefing{Path: "briefings/x.html"}
	entity := &site.Entity{Path: "people/x.html", Name: hostile}
	text := "a\r\nb " + hostile + " c\td"
	var blocks []site.Block
	var want []string
	notes := map[int]*site.Note{}
	for i, role := range roles {
		block := site.Block{ID: "p" + string(rune('a'+i)), Role: role, Level: i % 7}
		for j, outer := range classes {
			for k, inner := range classes {
				number := len(notes) + 1
				notes[number] = &site.Note{Number: number, ID: "note", RefID: "ref", Kind: site.NoteUnnamed, Passage: site.Passage{Briefing: b}}
				in := site.Inline{Kind: site.MarkInline, Marking: &site.Marking{Mark: inner, Value: hostile}, Children: []site.Inline{{Kind: site.TextInline, Text: text, Marking: &site.Marking{}}}, Note: number}
				out := site.Inline{Kind: site.MarkInline, Marking: &site.Marking{Mark: outer, Form: "direct"}, Children: []site.Inline{in, {Kind: site.TextInline, Text: ", ", Marking: &site.Marking{}}}}
				if (j+k)%2 == 0 {
					in.Entity, out.Entity = entity, entity
					out.Children[0] = in
				}
				block.Inlines = append(block.Inlines, site.Inline{Kind: site.SentenceInline, Class: site.Unnamed, Marking: &site.Marking{}, Children: []site.Inline{out}})
			}
		}
		blocks = append(blocks, block)
		want = append(want, strings.Repeat(text+", ", len(classes)*len(classes)))
	}
	w := &proseWriter{l: label.English(), from: b.Path, notes: notes}
	page := `<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main>` + string(w.blocks(blocks)) + `</main></body></html>`
	harmless(t, "prose", []byte(page))
	checkPage(t, output.File{Path: "prose", Data: []byte(withoutIDs(page))})
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" && strings.HasPrefix(a.Val, "p") && len(a.Val) == 2 {
				got = append(got, plain(n))
			}
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d blocks, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("block %d (%s): text changed:\n%q\n%q", i, roles[i], got[i], want[i])
		}
	}
}

// withoutIDs takes away the ids, which the test's notes share, and what looks
// escaped twice because the text itself has an escape in it.
func withoutIDs(page string) string {
	return strings.NewReplacer(` id="ref"`, "", "&amp;amp;", "&amp;").Replace(page)
}

// plain is the text of an element without the markers of notes.
func plain(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	for _, a := range n.Attr {
		if a.Key == "role" && a.Val == "doc-noteref" {
			return ""
		}
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(plain(c))
	}
	return b.String()
}
