package content

import (
	"readout/internal/dialect"
	"readout/internal/limit"
)

// An Index is the home page, read from content/index.md. Its front matter is
// the configuration of the site.
type Index struct {
	Path   string
	Config Config
	Source string // CommonMark, verbatim: the home page's own words
	Line   int    // 1-based line of Source in the file
}

// Config is the configuration of a site. The zero value is a usable site: no
// base URL (so everything is relative), English, the full text published.
type Config struct {
	Title       string `yaml:"title,omitempty"`
	Description string `yaml:"description,omitempty"`
	BaseURL     string `yaml:"base_url,omitempty"` // "https://example.org/desk/"; empty: not known
	Language    string `yaml:"language,omitempty"` // BCP 47, of the pages' own words
	Text        string `yaml:"text,omitempty"`     // "full" (also when empty), "excerpts" or "none"
	Contact     string `yaml:"contact,omitempty"`  // where a reader reports a mistake: an address or a URL
	// Limits has settings of limits on what is read, as "feed-entries=5000".
	Limits []string `yaml:"limits,omitempty"`
}

// Set returns the limits of c. A setting that is none is passed over: ParseIndex
// reports it.
func (c Config) Set() limit.Set {
	var set limit.Set
	for _, setting := range c.Limits {
		if s, err := set.Set(setting); err == nil {
			set = s
		}
	}
	return set
}

// A Story is an editor's account of one event or one storyline, read from
// content/stories/<slug>.md.
type Story struct {
	Path    string
	Slug    string
	Title   string
	Kind    string   // "event" (one event in several reports) or "storyline" (several events)
	Members []string // slugs of briefings or, in a storyline, of event stories
	Moved   []string // former slugs, which lead here
	Source  string   // CommonMark, verbatim: the editor's overview
	Line    int      // 1-based line of Source in the file
	// MemberLines has the 1-based line in the file of each of Members, MovedLines
	// of each of Moved.
	MemberLines, MovedLines []int
	// Generated has the members that readout itself last wrote to the file; nil
	// where the file is an editor's own.
	Generated []string
	// GeneratedKind is the kind that readout wrote; an editor may have changed it.
	GeneratedKind string
	// Edited reports that the file is not as readout last wrote it.
	Edited bool
}

// An Entity is what an editor says of one person, organization, place or event,
// read from content/{people,organizations,places,events}/<slug>.md. It decides
// over what the machine finds.
type Entity struct {
	Path    string
	Kind    dialect.Class // Person, Organization, Place or Event
	Slug    string
	Name    string
	Aliases []string // names that are this entity wherever they stand
	Not     []string // names that are not, though they look alike
	SameAs  []string // URLs of the same entity elsewhere
	Source  string   // CommonMark, verbatim: the editor's text
	Line    int      // 1-based line of Source in the file
	// NameLine and AliasLines have the 1-based lines of Name and of each of
	// Aliases.
	NameLine   int
	AliasLines []int
}
