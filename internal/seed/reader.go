package seed

import (
	"path"
	"strings"

	"readout/internal/diag"
)

// A Reader reads one kind of file.
type Reader struct {
	Format     Format
	Extensions []string // in lower case, with their dot
	Large      bool     // it carries more than its text, and may be larger
	// Open makes a File of the raw bytes. It sets Format, Text and Charset, or
	// Parts, and may set Stated; a Diagnostic of severity Error says that the
	// file cannot be used. Line and file of Diagnostics are filled in.
	Open func(f *File, raw []byte) diag.List
}

// readers are the formats readout reads.
var readers = []*Reader{
	{Format: Text, Extensions: []string{".txt", ".text"}, Open: openText},
	{Format: Markdown, Extensions: []string{".md", ".markdown"}, Open: openText},
	{Format: HTML, Extensions: []string{".html", ".htm", ".xhtml"}, Large: true, Open: openText},
	{Format: MHTML, Extensions: []string{".mhtml", ".mht"}, Large: true, Open: openMHTML},
	{Format: Mail, Extensions: []string{".eml"}, Large: true, Open: openMail},
	{Format: NinJS, Extensions: []string{".json"}, Open: openNinJS},
	{Format: DOCX, Extensions: []string{".docx"}, Large: true, Open: openDOCX},
	{Format: EPUB, Extensions: []string{".epub"}, Large: true, Open: openEPUB},
	{Format: Feed, Extensions: []string{".xml", ".rss", ".atom"}, Open: openFeed},
	{Format: WARC, Extensions: []string{".warc", ".warc.gz"}, Large: true, Open: openWARC},
	{Format: PDF, Extensions: []string{".pdf"}, Large: true, Open: openPDF},
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
	name = strings.ToLower(path.Base(name))
	for _, r := range readers {
		for _, ext := range r.Extensions {
			if strings.HasSuffix(name, ext) && name != ext {
				return r.Format, true
			}
		}
	}
	return "", false
}
