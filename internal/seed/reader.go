package seed

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"readout/internal/diag"
	"readout/internal/limit"
)

// A Reader reads one kind of file.
type Reader struct {
	Format     Format
	Extensions []string // in lower case, with their dot
	Types      []string // media types servers state for it
	Large      bool     // it carries more than its text, and may be larger
	// Open makes a File of the raw bytes. It sets Format, Text and Charset, or
	// Parts, and may set Stated; a Diagnostic of severity Error says that the
	// file cannot be used. Line and file of Diagnostics are filled in.
	Open func(f *File, raw []byte) diag.List
}

// readers are the formats readout reads.
var readers = []*Reader{
	{Format: Text, Extensions: []string{".txt", ".text"}, Types: []string{"text/plain"}, Open: openText},
	{Format: Markdown, Extensions: []string{".md", ".markdown"}, Types: []string{"text/markdown", "text/x-markdown"}, Open: openText},
	{Format: HTML, Extensions: []string{".html", ".htm", ".xhtml"}, Types: []string{"text/html", "application/xhtml+xml"}, Large: true, Open: openText},
	{Format: MHTML, Extensions: []string{".mhtml", ".mht"}, Types: []string{"multipart/related"}, Large: true, Open: openMHTML},
	{Format: Mail, Extensions: []string{".eml"}, Types: []string{"message/rfc822"}, Large: true, Open: openMail},
	{Format: NinJS, Extensions: []string{".json"}, Types: []string{"application/json"}, Open: openNinJS},
	{Format: DOCX, Extensions: []string{".docx"}, Types: []string{"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, Large: true, Open: openDOCX},
	{Format: EPUB, Extensions: []string{".epub"}, Types: []string{"application/epub+zip"}, Large: true, Open: openEPUB},
	{Format: Feed, Extensions: []string{".xml", ".rss", ".atom"}, Types: []string{"application/rss+xml", "application/atom+xml", "application/xml", "text/xml"}, Open: openFeed},
	{Format: WARC, Extensions: []string{".warc", ".warc.gz"}, Types: []string{"application/warc"}, Large: true, Open: openWARC},
	{Format: PDF, Extensions: []string{".pdf"}, Types: []string{"application/pdf"}, Large: true, Open: openPDF},
}

// readerOf returns the Reader of a format; that of plain text where there is
// none.
func readerOf(f Format) *Reader {
	for _, r := range readers {
		if r.Format == f {
			return r
		}
	}
	return readers[0]
}

// FormatOf returns the format that the extension of name stands for, and
// whether readout reads it.
func FormatOf(name string) (Format, bool) {
	r, _ := readerFor(name)
	if r == nil {
		return "", false
	}
	return r.Format, true
}

// readerFor returns the Reader for a name and the extension that says so; nil
// where there is none.
func readerFor(name string) (r *Reader, extension string) {
	name = strings.ToLower(path.Base(name))
	for _, r := range readers {
		for _, ext := range r.Extensions {
			if strings.HasSuffix(name, ext) && name != ext {
				return r, ext
			}
		}
	}
	return nil, ""
}

// Ending returns the extension under which bytes from the web become a seed, by
// the media type that their server states, the name they had there, and their
// first bytes. It reports whether readout reads such a file. The name counts
// where the type is a wider one: text/plain for Markdown, application/gzip for a
// web archive.
func Ending(mediaType, name string, raw []byte) (string, bool) {
	kind, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		kind = ""
	}
	byName, named := readerFor(name)
	switch kind {
	case "", "application/octet-stream", "binary/octet-stream", "application/gzip", "application/x-gzip", "application/zip":
		if byName != nil {
			return named, true
		}
		if kind != "" && kind != "application/octet-stream" && kind != "binary/octet-stream" {
			return "", false
		}
		kind, _, _ = mime.ParseMediaType(http.DetectContentType(raw))
	case "text/plain":
		if byName != nil && (byName.Format == Markdown || byName.Format == Mail) {
			return named, true
		}
	case "application/xml", "text/xml":
		head := bytes.ToLower(raw[:min(len(raw), 4<<10)])
		if bytes.Contains(head, []byte("<html")) {
			return ".xhtml", true
		}
	}
	for _, r := range readers {
		if !slices.Contains(r.Types, kind) {
			continue
		}
		if r == byName {
			return named, true
		}
		if kind == "application/xhtml+xml" {
			return ".xhtml", true
		}
		return r.Extensions[0], true
	}
	return "", false
}

// SizeOf returns the limit on the size of a file, by the ending of its name.
func SizeOf(ending string) *limit.Limit {
	r, _ := readerFor("x" + ending)
	if r == nil {
		return limit.TextSize
	}
	return r.size()
}

// size returns the limit on the size of the files that r reads.
func (r *Reader) size() *limit.Limit {
	if r.Large {
		return limit.PageSize
	}
	return limit.TextSize
}
