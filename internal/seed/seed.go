// Package seed is the first stage: it finds the files of seeds/, reads them and
// decodes them to UTF-8. Its type is File; package article makes an Article of
// one. A seed is data from strangers and is never written to.
//
// List finds the files, Load reads one, Read does both, and Decode makes a File
// of bytes already at hand. Each format is a Reader, a value in one list. What cannot be
// read, or passes a limit of package limit, is a Diagnostic and never stops the
// rest.
package seed

import "readout/internal/limit"

// Format is what the text of a File is written in, and, in an Entry, the kind
// of the file.
type Format string

// The formats a File may have.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	// Document is a file that was parted into blocks by its own program.
	Document Format = "document"
)

// The containers, which are opened when they are read.
const (
	Mail  Format = "mail"
	MHTML Format = "mhtml"
	NinJS Format = "ninjs"
	DOCX  Format = "docx"
	EPUB  Format = "epub"
	Feed  Format = "feed" // RSS or Atom: each entry is an article
	WARC  Format = "warc" // a web archive: each page is an article
	PDF   Format = "pdf"
)

// A File is one seed, decoded.
type File struct {
	Path    string // slash-separated, relative to the site: "seeds/a.txt"
	Format  Format // of Text: a container such as a message is opened
	Text    string // the content in valid UTF-8, without a byte order mark
	Charset string // IANA name of the encoding it was read in: "utf-8"
	SHA256  string // lower-case hexadecimal digest of the raw bytes
	Sidecar []byte // raw YAML of x.yaml beside x.txt; nil when there is none
	// SidecarPath names the sidecar for messages.
	SidecarPath string
	// Stated is what the container says of its article, under the keys of a
	// sidecar: "title", "dek", "byline", "publisher", "url", "date",
	// "language", "retrieved". It is unchecked; nil when there is no container.
	Stated map[string][]string
	// Whole reports that Text, which is HTML, is the article and nothing else.
	Whole bool
	// Parts are the blocks of a document that has blocks of its own; Text is
	// then empty.
	Parts []Part
	// Limits bounds what is read of Text.
	Limits limit.Set

	stated string // the encoding of the text, as its sidecar has it from the server
}

// A Part is one block of a document.
type Part struct {
	Kind  PartKind
	Level int // 1…6 for a heading, nesting depth from 1 for a list item
	Text  string
}

// PartKind is what a document says a block is.
type PartKind string

// The kinds of parts.
const (
	Body     PartKind = "body"
	Title    PartKind = "title"
	Heading  PartKind = "heading"
	ListItem PartKind = "list-item"
	Quoted   PartKind = "quotation"
)
