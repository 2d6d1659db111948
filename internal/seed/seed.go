// Package seed is the first stage: it finds the files of seeds/, reads them and
// decodes them to UTF-8. Its type is File; package article makes an Article of
// one. A seed is data from strangers and is never written to.
package seed

// Format is the kind of a seed file.
type Format string

// The formats readout reads.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
)

// A File is one seed, decoded.
type File struct {
	Path    string // slash-separated, relative to the site: "seeds/a.txt"
	Format  Format
	Text    string // the content in UTF-8, without a byte order mark
	Charset string // IANA name of the encoding it was read in: "utf-8"
	SHA256  string // lower-case hexadecimal digest of the raw bytes
	Sidecar []byte // raw YAML of x.yaml beside x.txt; nil when there is none
	// SidecarPath names the sidecar for messages.
	SidecarPath string
}
