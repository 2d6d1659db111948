package frontmatter

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"readout/internal/diag"
)

// both reads data with plain and with the YAML library alone.
func both(t *testing.T, data string, v, want any) (plain bool) {
	t.Helper()
	var diags diag.List
	decode := func() decoder {
		return decoder{offset: 3, lines: map[string]int{}, report: func(line, column int, id, message, hint string) {
			diags.Add(diag.Diagnostic{Line: line, Column: column, ID: id, Message: message, Hint: hint})
		}}
	}
	p, y := decode(), decode()
	if !p.plain([]byte(data), reflect.ValueOf(v).Elem()) {
		if !reflect.ValueOf(v).Elem().IsZero() || len(p.lines) > 0 {
			t.Errorf("of what is left to YAML something was read: %q: %+v %v", data, v, p.lines)
		}
		return false
	}
	if err := y.yaml([]byte(data), want); err != nil || len(diags) > 0 {
		t.Errorf("%q is no front matter and was read as %+v: %v", data, v, diags)
	}
	if !reflect.DeepEqual(v, want) || !maps.Equal(p.lines, y.lines) {
		t.Errorf("%q was read as\n%+v %v, and YAML says\n%+v %v", data, v, p.lines, want, y.lines)
	}
	return true
}

func TestPlain(t *testing.T) {
	for data, plain := range map[string]bool{
		"title: a\n":                       true,
		"title: a":                         true,
		"title: a b: c\n":                  false,
		"title: a:b\n":                     true,
		"title: a:\n":                      false,
		"title: a #b\n":                    false,
		"title: a#b\n":                     true,
		"title:  a\n":                      false,
		"title: a \n":                      false,
		"title: a\r\n":                     false,
		"title: é\n":                       false,
		"title: a é 日本\n":                  true,
		"title: a\u00a0b\n":                false,
		"title: a\u2028b\n":                false,
		"title: a\n  b\n":                  false,
		"title: a\n\nslug: b\n":            false,
		"title: a\nslug: b\n":              true,
		"title: a\ntitle: b\n":             false,
		"titel: a\n":                       false,
		"title: null\n":                    false,
		"title: nULL\n":                    false,
		"title: yes\nslug: 1e5\n":          true,
		"title: 2025-03-11\n":              true,
		"title: 0x1f\ndek: 12:30:45\n":     true,
		"title: \"\"\n":                    true,
		"title: \"a: b # c\"\n":            true,
		"title: \" a \"\n":                 true,
		`title: "a \"b\" \\ c"` + "\n":     true,
		`title: "a \x41"` + "\n":           false,
		`title: "a" b` + "\n":              false,
		`title: "a"b"` + "\n":              false,
		`title: "a\"` + "\n":               false,
		`title: "` + "\n":                  false,
		"title: 'a'\n":                     false,
		"title: [a]\n":                     false,
		"title: |\n  a\n":                  false,
		"title: &a b\n":                    false,
		"title: a\n---\n":                  false,
		"title:\n":                         false,
		"byline:\n  - a\n  - \"b\"\n":      true,
		"byline:\n  - a\n  -  b\n":         false,
		"byline:\n  - a\n    b\n":          false,
		"byline:\n  - a\n  - \"\"\n":       false,
		"byline:\n- a\n":                   false,
		"byline: a\n":                      false,
		"byline: []\n":                     false,
		"byline:\n  - a: b\n":              false,
		"byline:\n  - - a\n":               false,
		"article:\n  path: a\n  sha256: b": true,
		"article:\n  path: a\ntitle: b\n":  true,
		"article:\n    path: a\n":          false,
		"article:\n  path: a\n   b: c\n":   false,
		"article:\n  path: a\n  path: c\n": false,
		"article:\n":                       false,
		"article: a\n":                     false,
		"# a\ntitle: b\n":                  false,
		"\ttitle: b\n":                     false,
		"":                                 false,
	} {
		var v, want Meta
		if is := both(t, data, &v, &want); is != plain {
			t.Errorf("%q: read without YAML: %v, want %v", data, is, plain)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("title: a\nslug: \"b\"\nbyline:\n  - c\narticle:\n  path: seeds/a b.txt\n  sha256: 5d\n")
	f.Add("title: a: b\narticle:\n path: x\n")
	for _, s := range []string{"- a", "yes", "~", "a #b", "a:b", "a\tb", "\"a\\\"\"", "\"a\u0085\"", "a\u0085b", "a\u3000b", "/a", "1_000", "a\\b", "a'b", "a\ufeffb", "\U0001f600 a"} {
		f.Add("title: " + s + "\nslug: " + s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		data = strings.ToValidUTF8(data, "")
		var v, want Meta
		both(t, data, &v, &want)
		type other struct {
			Title string   `yaml:"title"`
			Words []string `yaml:"slug"`
			More  bool     `yaml:"more"`
		}
		var o, also other
		both(t, data, &o, &also)
	})
}
