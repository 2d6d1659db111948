package content

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/dialect"
)

const briefing = `---
title: Talks
slug: talks
article:
  path: seeds/t.txt
  sha256: 6dcd4ce23d88e2ee9568ba546c007c63d9131c1b3a1a5d6a2ec9a4d1d5b5d0f1
---

## Key points

- Talks *will* resume,
  [Ana]{.person} said. [¶1](#p1)

## Annotated text

[Ana]{.person} [said]{.cue} so.

## Notes

~~~
## Not a heading
~~~

## Notes
`

func TestParseBriefing(t *testing.T) {
	for _, src := range []string{briefing, strings.ReplaceAll(briefing, "\n", "\r\n"), "\ufeff" + briefing} {
		f, diags := ParseBriefing("content/briefings/talks.md", []byte(src))
		if len(diags) > 0 {
			t.Fatalf("%v", diags)
		}
		if len(f.KeyPoints) != 1 || f.KeyPoints[0] != (KeyPoint{"Talks will resume,\nAna said.", "p1", 11}) {
			t.Errorf("key points %+v", f.KeyPoints)
		}
		if f.Text != "Ana said so." || len(f.Blocks) != 1 || f.Blocks[0].ID != "p1" || f.Blocks[0].Line != 16 {
			t.Errorf("text %q, blocks %+v", f.Text, f.Blocks)
		}
		if len(f.Marks) != 2 || f.Marks[1].Class != dialect.Cue || f.Marks[1].Line != 16 || f.Marks[1].Column != 16 {
			t.Errorf("marks %+v", f.Marks)
		}
		if len(f.Sections) != 2 || f.Sections[0].Title != "Notes" || f.Sections[0].Line != 18 || !strings.Contains(f.Sections[0].Source, "## Not a heading") {
			t.Errorf("sections %+v", f.Sections)
		}
	}
}

// TestBriefingFaults makes one mistake at a time: each is reported at its place,
// with what to do about it.
func TestBriefingFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"title: Talks", "titel: Talks", `2:1: unknown key "titel"`},
		{"slug: talks", "slug: Talks", `3: slug "Talks" cannot name a page`},
		{"slug: talks", "slug: other", `3: slug "other" is not the file's name`},
		{"slug: talks", "slug: talks\ndate: yesterday", `4: date "yesterday" is not a date`},
		{"slug: talks", "slug: talks\ndate: 2025-03-11", "4: date and date_basis go together"},
		{"slug: talks", "slug: talks\ndate: 2025-03-11\ndate_basis: guess", `5: unknown date_basis "guess"`},
		{"6dcd4c", "6DCD4C", "4: article.sha256 is not a SHA-256 digest"},
		{"## Annotated text", "## Annotated", `8: no section "Annotated text"`},
		{"## Annotated text", "## Annotated text\n\nx\n\n## Annotated text", `18: second section "Annotated text"`},
		{"(#p1)", "(#p2)", "11: key point leads to #p2, which is no block of the text"},
		{" [¶1](#p1)", "", "11:3: key point without a link to its paragraph"},
		{"- Talks", "Talks", "11:1: key points are a list"},
		{"]{.cue} so", "]{.que} so", `16:16: unknown class "que"`},
		{"]{.cue} so", "]{.cue by=s1} so", `16:16: unknown attribute "by" of cue`},
		{"]{.cue} so", "] so", `16:16: bracket without attributes`},
		{"]{.cue} so", " so", `16:16: "[" is never closed in its paragraph`},
		{"[said]{", "said]{", `16:20: "]" without "["`},
		{"[said]{.cue", "[said]{.quote by=s1", "16:16: by=s1 names no source of this file"},
		{"[said]{.cue", "[said]{.quote form=partial", `16:16: unknown value form="partial" of quote`},
		{"[said]{.cue", "[said]{.source #s1} [x]{.source #s1", `16:36: id "s1" is used twice`},
		{"[said]{.cue", "[said]{.person ref=a ref=b", `16:37: attribute "ref" is given twice`},
		{"[said]{.cue", "[said]{.person role=\"a", "16:36: value has no closing quotation mark"},
		{"[said]{.cue", "[said]{.person role", "16:31: attribute \"role\" has no value"},
		{"[said]{.cue", "[said]{.quote .cue", "16:16: span with two classes"},
		{"[said]{.cue", "[said]{#s1", "16:16: span without a class"},
		{"[said]{.cue", "[]{.cue", "16:16: span without text"},
		{" so.\n", " so.\n\n1. one\n", "18:"},
		{" so.\n", " so.\n\n* one\n", "18:"},
		{" so.\n", " so.\n\n    code\n", "18:"},
		{" so.\n", " so.\n\n***\n", "18:"},
		{" so.\n", " so.\n\n| a | b |\n", "18:1: line begins like a list, a heading or a table"},
		{" so.\n", " so.\n\n<div>\n", "18:1: HTML does not belong into annotated text"},
		{" so.\n", " so.\n\n```\n", "18:1: code block does not belong"},
		{" so.\n", " so.\n---\n", "16:1: underlined heading does not belong"},
		{" so.\n", " so.\n\n# Title\n", "18:1: a heading of the article has three to six hashes"},
		{" so.\n", " so.\n\n### Title {level=9}\n", "18:11: unknown heading attribute"},
		{" so.\n", " so.\n\n::: {.headlin}\nx\n:::\n", `18:1: unknown role "headlin"`},
		{" so.\n", " so.\n\n::: {.dek}\nx\n", `18:1: ":::" is never closed`},
		{" so.\n", " so.\n\n::: {.dek reason=x}\nx\n:::\n", `18:1: unknown attribute "reason" of "dek"`},
		{" so.\n", " *so*.\n", `16:29: '*' without a backslash`},
		{" so.\n", " C:\\dir.\n", "16:31: backslash before a character that needs none"},
		{" so.\n", " so.  \nand\n", "16:"},
		{" so.\n", " s\x00o.\n", "16:30: NUL character"},
		{" so.\n", " s\xffo.\n", "16:30: not valid UTF-8"},
		{" so.\n", " " + strings.Repeat("> ", 40) + ".\n\n" + strings.Repeat("> ", 40) + "x\n", "18:1: lists or quotations nest more than 12 deep"},
	} {
		src := strings.Replace(briefing, c.old, c.new, 1)
		if src == briefing {
			t.Fatalf("no %q", c.old)
		}
		_, diags := ParseBriefing("content/briefings/talks.md", []byte(src))
		if len(diags) == 0 || diags.Errors() == 0 {
			t.Errorf("%q: no fault found", c.new)
			continue
		}
		got := strings.TrimPrefix(diags[0].Error(), "content/briefings/talks.md:")
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%q: %s, want %s", c.new, got, c.want)
		}
	}
}

func TestRead(t *testing.T) {
	site := fstest.MapFS{}
	for name, src := range map[string]string{
		"content/index.md":                 "---\ntitle: Desk\ntext: excerpts\ncontact: desk@example.org\n---\n\nHello.\n",
		"content/about.md":                 "---\ntitle: About\n---\nUs.\n",
		"content/briefings/talks.md":       briefing,
		"content/briefings/bad.md":         "no front matter",
		"content/briefings/.base/talks.md": "ignored",
		"content/stories/talks.md":         "---\ntitle: The talks\nkind: event\nmembers:\n  - talks\n  - more-talks\n---\n",
		"content/people/ana.md":            "---\nname: Ana\naliases: [Anna]\nnot: Ana B\n---\n",
		"content/places/oslo.md":           "---\nname: Oslo\nsame_as: [oslo]\n---\n",
		"content/other/x.md":               "x",
	} {
		site[name] = &fstest.MapFile{Data: []byte(src)}
	}
	tree, diags := Read(site)
	got := fmt.Sprintf("%s %d %s %d %s %v %s %s", tree.Index.Config.Title, tree.Index.Line, tree.Pages[0].Slug,
		len(tree.Briefings), tree.Stories[0].Slug, tree.Stories[0].MemberLines, tree.Entities[0].Name, tree.Entities[0].Not[0])
	if want := "Desk 7 about 1 talks [5 6] Ana Ana B"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	var messages []string
	for _, d := range diags {
		messages = append(messages, d.Error())
	}
	want := []string{
		"content/briefings/bad.md:1: no front matter",
		"content/other: folder that readout does not read",
		`content/places/oslo.md:3: "oslo" is no web address`,
	}
	if strings.Join(messages, "\n") != strings.Join(want, "\n") {
		t.Errorf("diagnostics\n%s\nwant\n%s", strings.Join(messages, "\n"), strings.Join(want, "\n"))
	}
}

func TestConfigFaults(t *testing.T) {
	for src, want := range map[string]string{
		"base_url: example.org":  `2: base_url "example.org" is not the address of a site`,
		"text: some":             `2: unknown text "some"`,
		"language: english":      `2: language "english" is not a language tag`,
		"contact: me":            `2: contact "me" is neither an e-mail address nor a URL`,
		"contact: javascript:x":  `2: contact "javascript:x" is neither`,
		"baseurl: https://x.org": `2:1: unknown key "baseurl"`,
	} {
		_, diags := ParseIndex("content/index.md", []byte("---\n"+src+"\n---\n"))
		if len(diags) != 1 || !strings.HasPrefix(diags[0].Error(), "content/index.md:"+want) {
			t.Errorf("%s: %v, want %s", src, diags, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(briefing)
	f.Add("---\n---\n## Key points\n- [a](#p1)\n## Annotated text\n")
	f.Fuzz(func(t *testing.T, src string) {
		var tree Tree
		lines := 1 + strings.Count(src, "\n")
		for _, name := range []string{"index", "page", "briefings/x", "stories/x", "people/x"} {
			for _, d := range tree.Add("content/"+name+".md", []byte(src)) {
				if d.File == "" || d.Line < 1 || d.Line > lines+1 || d.ID == "" {
					t.Fatalf("diagnostic %+v of %q", d, src)
				}
			}
		}
	})
}
