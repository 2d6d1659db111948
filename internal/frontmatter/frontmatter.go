// Package frontmatter reads and writes the front matter of content files: YAML
// between two lines "---". Reading is strict (an unknown key is an error, with
// its line) and says where each fault is; Write is canonical, so that the same
// values always make the same bytes.
//
// Meta is the front matter of a briefing, shared by package briefing, which
// writes it, and package content, which reads it. Other types of front matter
// belong to package content.
package frontmatter

import (
	"net/url"
	"time"
)

// Meta is the front matter of a briefing: what is true of the article as a
// whole. A zero value means unknown and is not written.
type Meta struct {
	Title      string   `yaml:"title"`
	TitleBasis string   `yaml:"title_basis,omitempty"` // "derived", or absent
	Slug       string   `yaml:"slug"`
	Dek        string   `yaml:"dek,omitempty"`
	Byline     []string `yaml:"byline,omitempty"`
	Publisher  string   `yaml:"publisher,omitempty"`
	URL        string   `yaml:"url,omitempty"`
	Date       string   `yaml:"date,omitempty"`       // ISO 8601
	DateBasis  string   `yaml:"date_basis,omitempty"` // "stated", "metadata", "filename"
	Language   string   `yaml:"language,omitempty"`   // BCP 47
	Article    Article  `yaml:"article"`
}

// Article names the seed a briefing was made from.
type Article struct {
	Path   string `yaml:"path"`
	SHA256 string `yaml:"sha256"`
}

// ValidDate reports whether s is an ISO 8601 date, a month or a year, or a date
// with a time.
func ValidDate(s string) bool {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// ValidURL reports whether s is an address on the web.
func ValidURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
