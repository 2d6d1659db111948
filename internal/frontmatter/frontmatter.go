// Package frontmatter reads and writes the front matter of content files: YAML
// between two lines "---". Reading is strict (an unknown key is an error, with
// its line) and says where each fault is; Write is canonical, so that the same
// values always make the same bytes.
//
// Meta is the front matter of a briefing, shared by package briefing, which
// writes it, and package content, which reads it. Other types of front matter
// belong to package content.
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
