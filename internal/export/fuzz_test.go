package export

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"readout/internal/content"
	"readout/internal/frontmatter"
)

// FuzzExports wants feeds, the map of the site and the metadata of any titles to
// be well formed, with the title as it was, less what XML cannot hold, and no end
// of a script element in what stands in one.
func FuzzExports(f *testing.F) {
	f.Add("A title", "Courier", "Ana Brel")
	f.Add("</script><!-- ]]> & \x01 \ufffe", "<b>", "\u2028")
	f.Fuzz(func(t *testing.T, title, publisher, byline string) {
		valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
		title, publisher, byline = valid(title), valid(publisher), valid(byline)
		if title == "" {
			return // the content file of one is refused
		}
		s, _ := fixture(t, content.Config{BaseURL: "https://example.org/", Title: "Desk"},
			frontmatter.Meta{Slug: "one", Title: title, Publisher: publisher, Byline: []string{byline}})
		feed := Atom(s)
		d := xml.NewDecoder(strings.NewReader(string(feed)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, feed)
			}
		}
		var list jsonFeed
		if err := json.Unmarshal(JSONFeed(s), &list); err != nil {
			t.Fatal(err)
		}
		if len(list.Items) != 1 || list.Items[0].Title != title {
			t.Errorf("title %q became %q", title, list.Items[0].Title)
		}
		data := Article(s, s.Briefings[0])
		var about thing
		if err := json.Unmarshal(data, &about); err != nil || about.Headline != title {
			t.Errorf("%v: headline %q became %q", err, title, about.Headline)
		}
		if again := marshal(about); !bytes.Equal(again, data) {
			t.Errorf("written as encoding/json does it is %s, not %s", again, data)
		}
		if strings.Contains(strings.ToLower(string(data)), "</script") || strings.Contains(string(data), "<!--") {
			t.Errorf("the metadata could end its script: %s", data)
		}
	})
}

// A thing is something that schema.org knows, with its members in the order in which they
// are written.
type thing struct {
	Context     string   `json:"@context,omitempty"`
	Type        string   `json:"@type"`
	Name        string   `json:"name,omitempty"`
	Headline    string   `json:"headline,omitempty"`
	Alternative string   `json:"alternativeHeadline,omitempty"`
	URL         string   `json:"url,omitempty"`
	SameAs      []string `json:"sameAs,omitempty"`
	Author      []thing  `json:"author,omitempty"`
	Publisher   *thing   `json:"publisher,omitempty"`
	Published   string   `json:"datePublished,omitempty"`
	Language    string   `json:"inLanguage,omitempty"`
	WordCount   int      `json:"wordCount,omitempty"`
	Page        string   `json:"mainEntityOfPage,omitempty"`
	Text        string   `json:"text,omitempty"`
	Creator     *thing   `json:"creator,omitempty"`
	JobTitle    []string `json:"jobTitle,omitempty"`
	Mentions    []thing  `json:"mentions,omitempty"`
	Parts       []thing  `json:"hasPart,omitempty"`
}
