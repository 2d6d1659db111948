// Package seed is the first stage: it finds the files of seeds/, reads them and
// decodes them to UTF-8. Its type is File; package article makes an Article of
// one. A seed is data from strangers and is never written to.
//
// List finds the files, Load reads one, Read does both, and Decode makes a File
// of bytes already at hand. What cannot be read is a Diagnostic and never stops
// the rest.
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
	Text    string // the content in valid UTF-8, without a byte order mark
	Charset string // IANA name of the encoding it was read in: "utf-8"
	SHA256  string // lower-case hexadecimal digest of the raw bytes
	Sidecar []byte // raw YAML of x.yaml beside x.txt; nil when there is none
	// SidecarPath names the sidecar for messages.
	SidecarPath string
}

// Limits bounds what is read. The zero value stands for the defaults.
type Limits struct {
	// TextBytes is the greatest size of a text or Markdown file, 10 MB when 0:
	// some thirty times the longest newspaper article.
	TextBytes int64
	// HTMLBytes is the greatest size of a saved page, 50 MB when 0: such pages
	// carry their images inside.
	HTMLBytes int64
	// SidecarBytes is the greatest size of a sidecar, 64 kB when 0.
	SidecarBytes int64
}

func (l Limits) of(f Format) int64 {
	size, standard := l.TextBytes, int64(10<<20)
	if f == HTML {
		size, standard = l.HTMLBytes, 50<<20
	}
	if size > 0 {
		return size
	}
	return standard
}

func (l Limits) sidecar() int64 {
	if l.SidecarBytes > 0 {
		return l.SidecarBytes
	}
	return 64 << 10
}
