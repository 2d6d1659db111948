package seed

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"readout/internal/diag"
	"readout/internal/limit"
)

// A capture is one page of a web archive.
type capture struct {
	url, date, charset string
	raw                []byte
}

// key names the capture within its archive.
func (c *capture) key() string {
	sum := sha256.Sum256([]byte(c.url + "\x00" + c.date))
	return hex.EncodeToString(sum[:6])
}

func (c *capture) empty() bool { return len(bytes.TrimSpace(c.raw)) == 0 }

// file makes a File of a capture.
func (c *capture) file(name string) *File {
	sum := sha256.Sum256(c.raw)
	f := &File{Path: name, Format: HTML, SHA256: hex.EncodeToString(sum[:])}
	b := body{html: true, raw: c.raw, charset: c.charset}
	b.decode(f)
	f.Stated = map[string][]string{}
	state(f, "url", c.url)
	state(f, "retrieved", c.date)
	return f
}

// readWARC returns the pages of a web archive: the responses with status 200
// and HTML.
func readWARC(raw []byte, limits limit.Set) ([]capture, error) {
	var r io.Reader = bytes.NewReader(raw)
	if bytes.HasPrefix(raw, []byte("\x1f\x8b")) {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	}
	limited := &io.LimitedReader{R: r, N: limits.Of(limit.WARCSize) + 1}
	in := bufio.NewReader(limited)
	var out []capture
	for n := 0; ; n++ {
		c, ok, err := readRecord(in, limits)
		switch {
		case err == io.EOF && n > 0:
			return out, nil
		case limited.N <= 0:
			return nil, limits.Passed(limit.WARCSize)
		case err != nil:
			return nil, err
		case ok && int64(len(out)) >= limits.Of(limit.WARCPages):
			return nil, limits.Passed(limit.WARCPages)
		case ok:
			out = append(out, c)
		}
	}
}

// readRecord reads one record; ok is false where it is no page.
func readRecord(in *bufio.Reader, limits limit.Set) (c capture, ok bool, err error) {
	line := ""
	for line == "" {
		raw, err := in.ReadString('\n')
		if err != nil && raw == "" {
			return c, false, io.EOF
		}
		line = strings.TrimSpace(raw)
		if err != nil && line == "" {
			return c, false, io.EOF
		}
		if len(line) > 100 {
			break
		}
	}
	if !strings.HasPrefix(line, "WARC/") {
		return c, false, errors.New("it is no web archive")
	}
	header, err := textproto.NewReader(in).ReadMIMEHeader()
	if err != nil {
		return c, false, fmt.Errorf("a record's header: %w", err)
	}
	length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	switch {
	case err != nil || length < 0:
		return c, false, errors.New("a record without a length")
	case length > limits.Of(limit.WARCSize):
		return c, false, limits.Passed(limit.WARCSize)
	}
	block := io.LimitReader(in, length)
	defer func() {
		if _, e := io.Copy(io.Discard, block); e != nil && err == nil {
			err = e
		}
	}()
	if header.Get("WARC-Type") != "response" {
		return c, false, nil
	}
	resp, e := http.ReadResponse(bufio.NewReader(block), nil)
	if e != nil {
		return c, false, nil // not of HTTP
	}
	defer resp.Body.Close()
	kind, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode != http.StatusOK || kind != "text/html" && kind != "application/xhtml+xml" {
		return c, false, nil
	}
	var content io.Reader = resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" {
		z, e := gzip.NewReader(content)
		if e != nil {
			return c, false, nil
		}
		content = z
	}
	most := limits.Of(limit.PageSize)
	c.raw, e = io.ReadAll(io.LimitReader(content, most+1))
	if int64(len(c.raw)) > most {
		return c, false, fmt.Errorf("its page %s is %w", strings.Trim(header.Get("WARC-Target-URI"), "<> "), limits.Passed(limit.PageSize))
	}
	if e != nil && len(c.raw) == 0 {
		return c, false, nil
	}
	c.url = strings.Trim(header.Get("WARC-Target-URI"), "<> ")
	c.date, c.charset = header.Get("WARC-Date"), params["charset"]
	return c, true, nil
}

// openWARC reads a web archive of one page; List parts one of several.
func openWARC(f *File, raw []byte) diag.List {
	pages, err := readWARC(raw, f.Limits)
	switch {
	case err != nil:
		return refuse("seed-warc", "cannot be read as a web archive: "+err.Error(), hintFor(err, "save the pages again"))
	case len(pages) != 1:
		return refuse("seed-warc", fmt.Sprintf("the web archive has %d pages; one is wanted here", len(pages)), "name a page, as "+f.Path+"#…")
	case pages[0].empty():
		return refuse("seed-empty", "the page in the web archive is empty", "save it again")
	}
	sum := f.SHA256
	limits := f.Limits
	*f = *pages[0].file(f.Path)
	f.SHA256, f.Limits = sum, limits
	return nil
}
