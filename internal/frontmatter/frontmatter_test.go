package frontmatter

import (
	"reflect"
	"strings"
	"testing"
)

func TestWriteRead(t *testing.T) {
	meta := Meta{
		Title: "Pakistan's New Government: a “gambit” # not a comment", Slug: "x", Dek: "yes",
		Byline: []string{"Jane Roe", "- dash", "1e5"}, Date: "2025-03-11", DateBasis: "stated", Language: "en",
		Article: Article{Path: "seeds/a b.txt", SHA256: strings.Repeat("5d", 32)},
	}
	src := Write(meta)
	want := `---
title: "Pakistan's New Government: a “gambit” # not a comment"
slug: x
dek: "yes"
byline:
  - Jane Roe
  - "- dash"
  - "1e5"
date: 2025-03-11
date_basis: stated
language: en
article:
  path: seeds/a b.txt
  sha256: 5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d
---
`
	if string(src) != want {
		t.Errorf("wrote\n%s\nwant\n%s", src, want)
	}
	var got Meta
	part, diags := Read("x.md", append(src, "\nbody\n"...), &got)
	if len(diags) > 0 || !reflect.DeepEqual(got, meta) {
		t.Errorf("read %+v, %v", got, diags)
	}
	if string(part.Body) != "\nbody\n" || part.Line != 16 || part.Lines["byline[1]"] != 7 {
		t.Errorf("part %+v", part)
	}
}

func TestReadFaults(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"unknown key", "---\ntitle: a\ntitel: b\n---\n", `x.md:3:1: unknown key "titel"`},
		{"nested unknown key", "---\narticle:\n  path: a\n  sha: b\n---\n", `x.md:4:3: unknown key "sha"`},
		{"twice", "---\ntitle: a\ntitle: b\n---\n", `x.md:3`},
		{"unclosed", "---\ntitle: a\n", "x.md:1:1: front matter is never closed"},
		{"not opened", "\ntitle: a\nbyline:\n  - b c\n---\n\nText.\n", `x.md:2:1: front matter does not begin with a line "---"`},
		{"opened by four", "----\ntitle: a\n----\n", "x.md:2:1: front matter does not begin"},
		{"opened by a dash", "—\ntitle: a\n# b c: d\n—\n", "x.md:2:1: front matter does not begin"},
		{"block scalar", "---\ntitle: |\n  a\n  ---\n  b\n---\n", "x.md:4:1: a line of the front matter"},
		{"syntax", "---\ntitle: a: b\n---\n", "x.md:2: mapping values are not allowed"},
		{"no key", "---\ntitle: a\nslug: b\n- c\n---\n", "x.md:4: "},
		{"indented less", "---\narticle:\n    path: a\n  sha256: b\n---\n", "x.md:4: "},
		{"open list", "---\ntitle: a\nbyline: [a, b\nslug: c\n---\n", "x.md:3: "},
		{"open quotation mark", "---\ntitle: a\nslug: b\ndek: \"c\nlanguage: en\n---\n", "x.md:4: "},
		{"open at the first line", "---\ntitle: \"a\nslug: b\n---\n", "x.md:2: "},
		{"words after a quotation", "---\ntitle: a\nslug: b\ndek: \"c\" d\nlanguage: en\n---\n", "x.md:4: "},
		{"tab", "---\ntitle: a\n\tslug: b\n---\n", "x.md:3: "},
		{"list for text", "---\ntitle: [a]\n---\n", "x.md:2:8: title must be one line of text, not a list"},
		{"text for group", "---\narticle: a\n---\n", "x.md:2:10: article must be a group of keys, not a single value"},
		{"not keys", "---\n- a\n---\n", "x.md:2:1: front matter must be a group of keys, not a list"},
		{"alias", "---\ntitle: &a b\nslug: *a\n---\n", "x.md:2:8: anchors"},
		{"after a mark", "\ufeff---\ntitel: b\n---\n", `x.md:2:1: unknown key "titel"`},
		{"after blank lines", "\r\n\r\n---\r\ntitel: b\r\n---\r\n", `x.md:4:1: unknown key "titel"`},
		{"bad encoding", "---\ntitle: \xff\n---\n", "x.md:1:1: front matter is not valid UTF-8"},
	} {
		var m Meta
		_, diags := Read("x.md", []byte(c.src), &m)
		if len(diags) == 0 || !strings.HasPrefix(diags[0].Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, diags, c.want)
		}
	}
}

func TestReadNone(t *testing.T) {
	for _, src := range []string{"", "text\n---\ntitle: a\n---\n", "----\n"} {
		var m Meta
		part, diags := Read("x.md", []byte(src), &m)
		if part.Found || len(diags) > 0 || string(part.Body) != src || part.Line != 1 {
			t.Errorf("%q: %+v %v", src, part, diags)
		}
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a", "a: b", "- a", "yes", "1", "0x1F", "1e5", "12:30", "2024-01-02", "~", "a #b", "\x00", "\u2028", "'a'", "\"", "\\", "é", "---", "null", "=", "<<", ".inf", "a\nb", "\ufeff", "\U0010ffff", "1_000", "0o7", "a:", " a", "a "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		in := struct {
			A string   `yaml:"a"`
			B []string `yaml:"b,omitempty"`
		}{A: strings.ToValidUTF8(s, "\ufffd")}
		if s != "" {
			in.B = []string{in.A, in.A}
		}
		out := in
		out.A, out.B = "", nil
		src := Write(in)
		_, diags := Read("x.md", src, &out)
		if len(diags) > 0 || !reflect.DeepEqual(in, out) {
			t.Fatalf("%q became %q: %v\n%s", in.A, out.A, diags, src)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("---\ntitle: a\n---\nbody")
	f.Add("\n---\n ---\n---\n")
	f.Add("---\na: [[[[{{\n---\n")
	f.Fuzz(func(t *testing.T, s string) {
		var m Meta
		part, diags := Read("x.md", []byte(s), &m)
		if !strings.HasSuffix(s, string(part.Body)) {
			t.Fatalf("body %q is not the end of %q", part.Body, s)
		}
		if before := strings.TrimSuffix(s, string(part.Body)); len(part.Body) > 0 && part.Line != 1+strings.Count(before, "\n") {
			t.Fatalf("body begins on line %d of %q", part.Line, s)
		}
		for _, d := range diags {
			if d.Line < 1 {
				t.Fatalf("no line: %v", d)
			}
		}
	})
}
