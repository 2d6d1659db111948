package seed

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"strings"
	"time"

	"readout/internal/diag"
	"readout/internal/limit"
)

// pdfProgram reads the text layer of PDF documents; it belongs to Poppler.
const pdfProgram = "pdftotext"

// openPDF reads the text layer of a document with an outside program, which says
// of each word where it stands.
func openPDF(f *File, raw []byte) diag.List {
	if !bytes.HasPrefix(bytes.TrimLeft(raw[:min(len(raw), 1024)], "\x00\t\r\n \xef\xbb\xbf"), []byte("%PDF-")) {
		return refuse("seed-pdf", "not a PDF document, whatever its name says", "give the file the ending of what it is")
	}
	program, err := exec.LookPath(pdfProgram)
	if err != nil {
		return refuse("seed-pdf", "reading PDF needs the program "+pdfProgram+", which is not installed", "install Poppler (poppler-utils), or save the text as .txt")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(f.Limits.Of(limit.PDFTime))*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-bbox-layout", "-enc", "UTF-8", "-", "-")
	cmd.Env = []string{"LC_ALL=C"}
	cmd.Stdin = bytes.NewReader(raw)
	var complaint bytes.Buffer
	cmd.Stderr = &limitedWriter{w: &complaint, left: 4096}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return refuse("seed-pdf", "the document cannot be read: "+err.Error(), "save its text as .txt")
	}
	if err := cmd.Start(); err != nil {
		return refuse("seed-pdf", "the program "+pdfProgram+" cannot be run: "+err.Error(), "look after its installation, or save the text as .txt")
	}
	pages, title, tooMuch := readPDFPages(out, f.Limits)
	if tooMuch != nil {
		cancel()
	}
	err = cmd.Wait()
	said := strings.ToLower(complaint.String())
	var exit *exec.ExitError
	switch {
	case tooMuch != nil:
		return refuse("seed-pdf", tooMuch.Message, tooMuch.Hint)
	case ctx.Err() != nil:
		late := f.Limits.Passed(limit.PDFTime)
		return refuse("seed-pdf", late.Message, late.Hint)
	case strings.Contains(said, "password"):
		return refuse("seed-pdf", "the document is protected by a password", "save it without one")
	case errors.As(err, &exit) && exit.ExitCode() == 3:
		return refuse("seed-pdf", "the document does not permit its text to be read", "save its text as .txt")
	case err != nil:
		return refuse("seed-pdf", "the document cannot be read: it is damaged", "save it again, or its text as .txt")
	}
	d := layPDF(pages)
	if len(d.parts) == 0 {
		return refuse("seed-pdf", "the document has no text, only pictures of it", "read the text from the pictures with a program for that, and save it as .txt")
	}
	f.Format, f.Charset, f.Parts = Document, "utf-8", d.parts
	f.Stated = map[string][]string{}
	if d.address != "" {
		f.Stated["url"] = []string{d.address}
	}
	if site := d.siteIn(title); site != "" {
		f.Stated["publisher"] = []string{site}
	}
	return nil
}

// A limitedWriter writes the first bytes and swallows the rest.
type limitedWriter struct {
	w    io.Writer
	left int
	over bool
}

func (l *limitedWriter) Write(p []byte) (int, error) {
	n := len(p)
	if n > l.left {
		p, l.over = p[:l.left], true
	}
	l.left -= len(p)
	_, err := l.w.Write(p)
	return n, err
}
