package verify_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/verify"
)

const claimSeed = `Talks to resume

By Jo Doe

"We will meet again in Oslo," the envoy said on Monday. "It took two winters."

The ministry did not comment on 14 May 2024.
`

const claimHead = `---
title: Talks to resume
slug: talks
language: en
DATE
article:
  path: seeds/2024-05-14-talks.txt
  sha256: DIGEST
---

## Key points

POINT

## Annotated text

::: {.headline}
Talks to resume
:::

::: {.byline}
By Jo Doe
:::

"We will meet again in Oslo," the envoy said on [Monday]{.time TIME}. "It took two winters."

The ministry did not comment on 14 May 2024.

## Background

OWN
`

// TestClaims holds what stands outside the annotated text against the article.
func TestClaims(t *testing.T) {
	const date = "date: 2024-05-14\ndate_basis: filename"
	const point = `- "It took two winters." [¶1](#p1)`
	const value = "value=2024-05-13 anchor=2024-05-14"
	tests := []struct {
		name                   string
		date, point, time, own string
		want                   string // part of the message; "" where nothing is wrong
	}{
		{"as it is", date, point, value, "Own words.", ""},
		{"other marks and case", date, point, value, "He said “we will meet again in Oslo” or not.", ""},
		{"same words in other marks", date, point, value, "He said «We will meet again in Oslo».", ""},
		{"an ellipsis", date, point, value, `"We will meet … in Oslo."`, ""},
		{"emphasis and a link", date, point, value, `"We *will* meet [again](x.html) in Oslo."`, ""},
		{"invented in a point", date, `- "We are all doomed," he said. [¶1](#p1)`, value, "", "this key point quotes"},
		{"half a word", date, point, value, `"took two winter"`, "this section quotes"},
		{"invented in a section", date, point, value, "She \"never said a\nword of it\" then.", "this section quotes"},
		{"two words", date, point, value, `A "fine mess" it is.`, ""},
		{"a block quote", date, point, value, "> \"Words from another place.\"", ""},
		{"wrong paragraph", date, `- "It took two winters." [¶2](#p2)`, value, "", "stands in #p1, but leads to #p2"},
		{"reworded point", date, `- The ministry kept silent. [¶1](#p1)`, value, "", ""},
		{"date not in the name", "date: 2031-01-01\ndate_basis: filename", point, "unresolved=x", "", "does not stand in the name of"},
		{"date not in the text", "date: 2031-01-01\ndate_basis: stated", point, "unresolved=x", "", "does not stand in the text"},
		{"date in no metadata", "date: 2031-01-01\ndate_basis: metadata", point, "unresolved=x", "", "does not stand in the metadata"},
		{"date in the text", "date: 2024-05-14\ndate_basis: stated", point, value, "", ""},
		{"another anchor", date, point, "value=2024-05-13 anchor=2024-06-14", "", "reckoned from 2024-06-14"},
		{"another weekday", date, point, "value=2024-05-12 anchor=2024-05-14", "", "is a Sunday"},
		{"far away", date, point, "value=2024-04-15 anchor=2024-05-14", "", "29 days from"},
		{"a year from nowhere", date, point, "value=1999-05-17", "", "of the year 1999"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			source := strings.NewReplacer("DATE", test.date, "POINT", test.point, "TIME", test.time, "OWN", test.own, "DIGEST", fmt.Sprintf("%x", sha256.Sum256([]byte(claimSeed)))).Replace(claimHead)
			site := fstest.MapFS{
				"content/briefings/talks.md": {Data: []byte(source)},
				"seeds/2024-05-14-talks.txt": {Data: []byte(claimSeed)},
			}
			var got []string
			for _, d := range verify.Run(verify.Input{Site: site, OutputName: "public"}).Findings {
				if d.Line == 0 {
					t.Errorf("no line: %v", d)
				}
				got = append(got, d.Message)
			}
			all := strings.Join(got, "\n")
			if test.want == "" && len(got) > 0 || !strings.Contains(all, test.want) || len(got) > 1 {
				t.Errorf("findings %q, want %q", got, test.want)
			}
		})
	}
}

// A day may have its year in the time expression behind it.
func TestYearBeside(t *testing.T) {
	const seed = "Talks to resume\n\nThe talks began on June 16th of last year, the envoy said.\n"
	for _, c := range []struct {
		last string // the value of "last year"
		want string
	}{{"2023", ""}, {"2022", "names no year"}} {
		source := strings.NewReplacer("DATE", "date: 2024-11-14\ndate_basis: filename", "DIGEST", fmt.Sprintf("%x", sha256.Sum256([]byte(seed)))).Replace(claimHead[:strings.Index(claimHead, "## Key points")]) +
			"## Annotated text\n\n::: {.headline}\nTalks to resume\n:::\n\nThe talks began on [June 16th]{.time value=2023-06-16 anchor=2024-11-14} of [last year]{.time value=" + c.last + " anchor=2024-11-14}, the envoy said.\n"
		source = strings.ReplaceAll(source, "2024-05-14-talks", "2024-11-14-talks")
		site := fstest.MapFS{"content/briefings/talks.md": {Data: []byte(source)}, "seeds/2024-11-14-talks.txt": {Data: []byte(seed)}}
		var got []string
		for _, d := range verify.Run(verify.Input{Site: site, OutputName: "public"}).Findings {
			got = append(got, d.Message)
		}
		if all := strings.Join(got, "\n"); c.want == "" && all != "" || !strings.Contains(all, c.want) {
			t.Errorf("last year is %s: %q, want %q", c.last, got, c.want)
		}
	}
}
