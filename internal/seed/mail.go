package seed

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"readout/internal/diag"
	"readout/internal/limit"
)

// maxBodies is how many texts of a message are looked at: the first ones of each
// kind are what a reader sees.
const maxBodies = 50

// A body is the text of one part of a message.
type body struct {
	html     bool
	location string
	raw      []byte
	charset  string
}

// openMail reads a message: its plain text, unless most of it is in its HTML.
func openMail(f *File, raw []byte) diag.List {
	header, bodies, err := readMIME(raw, f.Limits)
	if err != nil {
		return refuse("seed-mail", "cannot be read as a message: "+err.Error(), hintFor(err, "save the message again, or its text as .txt"))
	}
	var plain, page *body
	for i := range bodies {
		switch b := &bodies[i]; {
		case b.html && page == nil:
			page = b
		case !b.html && plain == nil:
			plain = b
		}
	}
	chosen := plain
	if plain == nil || page != nil && len(plain.raw)*8 < len(page.raw) && len(bytes.Fields(plain.raw)) < 150 {
		chosen = page
	}
	if chosen == nil {
		return refuse("seed-mail", "the message has no text", "save its attachment by itself")
	}
	f.Format = Text
	if chosen.html {
		f.Format = HTML
	}
	diags := chosen.decode(f)
	f.Stated = map[string][]string{}
	state(f, "title", decodeHeader(header.Get("Subject")))
	state(f, "date", mailDate(header.Get("Date")))
	if from, err := mail.ParseAddress(decodeHeader(header.Get("From"))); err == nil && from.Name != "" {
		// What comes through a list comes from a publisher, else from a person.
		if header.Get("List-Id") != "" || header.Get("List-Unsubscribe") != "" {
			state(f, "publisher", from.Name)
		} else {
			state(f, "byline", from.Name)
		}
	}
	return diags
}

// openMHTML reads a page saved with all that belongs to it.
func openMHTML(f *File, raw []byte) diag.List {
	header, bodies, err := readMIME(raw, f.Limits)
	if err != nil {
		return refuse("seed-mhtml", "cannot be read as a saved page: "+err.Error(), hintFor(err, "save the page again"))
	}
	address := header.Get("Snapshot-Content-Location")
	var page *body
	for i := range bodies {
		if b := &bodies[i]; b.html && (page == nil || b.location == address && page.location != address) {
			page = b
		}
	}
	if page == nil {
		return refuse("seed-mhtml", "no page is in the file", "save the page again")
	}
	f.Format = HTML
	diags := page.decode(f)
	f.Stated = map[string][]string{}
	if address == "" {
		address = page.location
	}
	if strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://") {
		state(f, "url", address)
	}
	state(f, "retrieved", mailDate(header.Get("Date")))
	return diags
}

// state notes what the container says under key, as text: bytes that are no
// UTF-8 become U+FFFD.
func state(f *File, key, value string) {
	if value = strings.TrimSpace(strings.ToValidUTF8(value, "\uFFFD")); value != "" {
		f.Stated[key] = []string{value}
	}
}

// readMIME returns the header of a message and its texts, attachments left out.
func readMIME(raw []byte, limits limit.Set) (mail.Header, []body, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, nil, err
	}
	if len(msg.Header) == 0 {
		return nil, nil, errors.New("it has no header")
	}
	m := mimeReader{limits: limits}
	err = m.part(textproto.MIMEHeader(msg.Header), msg.Body, 0)
	if e := (*limit.Error)(nil); len(m.bodies) > 0 && !errors.As(err, &e) {
		err = nil // what was cut off at the end is of no account
	}
	return msg.Header, m.bodies, err
}

// A mimeReader collects the texts of a message.
type mimeReader struct {
	limits limit.Set
	parts  int64
	bodies []body
}

func (m *mimeReader) part(header textproto.MIMEHeader, r io.Reader, depth int64) error {
	if m.parts++; m.parts > m.limits.Of(limit.MailParts) {
		return m.limits.Passed(limit.MailParts)
	}
	if depth > m.limits.Of(limit.MailDepth) {
		return m.limits.Passed(limit.MailDepth)
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	if strings.HasPrefix(kind, "multipart/") {
		if params["boundary"] == "" {
			return errors.New("its parts have no boundary")
		}
		list := multipart.NewReader(r, params["boundary"])
		for {
			p, err := list.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if err := m.part(p.Header, p, depth+1); err != nil {
				return err
			}
		}
	}
	if disposition, _, _ := mime.ParseMediaType(header.Get("Content-Disposition")); disposition == "attachment" {
		return nil
	}
	html := kind == "text/html" || kind == "application/xhtml+xml"
	if !html && kind != "text/plain" || len(m.bodies) >= maxBodies {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	raw, err := io.ReadAll(r)
	if len(bytes.TrimSpace(raw)) > 0 {
		m.bodies = append(m.bodies, body{html: html, location: header.Get("Content-Location"), raw: raw, charset: params["charset"]})
	}
	return err
}

// decode puts the text of b into f. The encoding the message states is believed
// unless the bytes are valid UTF-8 or it is unknown.
func (b *body) decode(f *File) diag.List {
	if !utf8.Valid(b.raw) {
		if enc, name := charset.Lookup(b.charset); enc != nil && name != "utf-8" {
			f.Text, f.Charset = convert(enc, b.raw), name
			return nil
		}
	}
	text, name, assumed := decode(b.raw, f.Format)
	f.Text, f.Charset = text, name
	if assumed == "" {
		return nil
	}
	return diag.List{{ID: "seed-encoding", Severity: diag.Warning, Message: "in the message's text " + assumed, Hint: "the message states a wrong encoding"}}
}

// decodeHeader decodes the encoded words of a header.
func decodeHeader(v string) string {
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	out, err := d.DecodeHeader(v)
	if err != nil {
		return v
	}
	return strings.ToValidUTF8(out, "\uFFFD")
}

// mailDate returns the ISO 8601 form of the date of a message, "" where it is
// none.
func mailDate(v string) string {
	d, err := mail.ParseDate(v)
	if err != nil {
		return ""
	}
	return d.Format(time.RFC3339)
}
