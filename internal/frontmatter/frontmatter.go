// Package frontmatter has the front matter of content files: the one Meta that
// package briefing writes and package content reads, with strict keys and line
// numbers kept.
package frontmatter

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
