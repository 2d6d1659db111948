package seed_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"readout/internal/seed"
)

func zipped(t testing.TB, files map[string][]byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(data)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, raw []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(raw)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const multi = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"

// Each damaged or hostile file is refused with the reason, or read as far as it
// goes.
func TestBadContainers(t *testing.T) {
	bomb := zipped(t, map[string][]byte{"word/document.xml": bytes.Repeat([]byte("<w:p>"), 7<<20)})
	deep := zipped(t, map[string][]byte{"word/document.xml": []byte(strings.Repeat("<a>", 100_000))})
	for _, tt := range []struct {
		name   string
		format seed.Format
		raw    []byte
		want   string
	}{
		{"bomb", seed.DOCX, bomb, "unpacks to more than 250 times its packed size"},
		{"deep", seed.DOCX, deep, "nest more than 500 deep"},
		{"no document", seed.DOCX, zipped(t, map[string][]byte{"a": nil}), "not in the archive"},
		{"not a zip", seed.DOCX, []byte("hello"), "not a valid zip file"},
		{"password", seed.DOCX, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), "password"},
		{"no package", seed.EPUB, zipped(t, map[string][]byte{"META-INF/container.xml": []byte("<container/>")}), "names no package"},
		{"lost chapter", seed.EPUB, zipped(t, map[string][]byte{
			"META-INF/container.xml": []byte(`<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`),
			"a.opf":                  []byte(`<package><manifest><item id="c" href="../../etc/passwd" media-type="x"/></manifest><spine><itemref idref="c"/></spine></package>`),
		}), "not in the archive"},
		{"broken json", seed.NinJS, []byte("{\n\"headline\": x}"), "cannot be read as JSON"},
		{"other json", seed.NinJS, []byte(`{"name": "package", "version": "1"}`), "not a news item"},
		{"no body", seed.NinJS, []byte(`{"uri": "x", "headline": "y"}`), "no body"},
		{"no header", seed.Mail, []byte("no header here\n\nat all"), "cannot be read as a message"},
		{"no text", seed.Mail, []byte("Subject: x\r\nContent-Type: image/png\r\n\r\nabc"), "no text"},
		{"no boundary", seed.Mail, []byte("Subject: x\r\nContent-Type: multipart/mixed\r\n\r\nabc"), "no boundary"},
		{"deep parts", seed.Mail, []byte(deepMail(30)), "nest more than 10 deep"},
		{"many parts", seed.Mail, []byte(multi + strings.Repeat("--b\r\nContent-Type: image/png\r\n\r\nx\r\n", 6000) + "--b--"), "more than 5,000 parts"},
		{"no page", seed.MHTML, []byte(multi + "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--"), "no page"},
		{"many entries", seed.Feed, []byte("<rss><channel>" + strings.Repeat("<item><title>a</title></item>", 10_000) + "</channel></rss>"), "more than 1,000 entries"},
		{"deep feed", seed.Feed, []byte("<rss>" + strings.Repeat("<a>", 100_000)), "nest more than 100 deep"},
		{"no feed", seed.Feed, []byte("<sitemap><url/></sitemap>"), "no RSS or Atom feed"},
		{"entities", seed.Feed, []byte(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><item><title>&b;</title></item></rss>`), "no text"},
		{"no archive", seed.WARC, []byte("hello"), "no web archive"},
		{"no length", seed.WARC, []byte("WARC/1.0\r\nWARC-Type: response\r\n\r\nx"), "without a length"},
		{"warc bomb", seed.WARC, append(gzipped(t, []byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 268435456\r\n\r\n")), bytes.Repeat(gzipped(t, make([]byte, 1<<20)), 257)...), "larger than 256 MB when unpacked"},
		{"not pdf", seed.PDF, []byte("hello"), "not a PDF document"},
	} {
		if testing.Short() && strings.Contains(tt.name, "bomb") {
			continue // it takes seconds to unpack
		}
		f, diags := seed.Decode("seeds/x", tt.format, tt.raw)
		if f != nil || diags.Errors() != 1 || !strings.Contains(diags[0].Message, tt.want) || diags[0].Hint == "" {
			t.Errorf("%s: want %q, got %v %+v", tt.name, tt.want, f, diags)
		}
	}
}

func deepMail(n int) string {
	var b strings.Builder
	b.WriteString("Subject: x\r\n")
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return b.String() + "\r\n\r\nx"
}

// Without the outside program the message says what to install.
func TestPDFWithoutProgram(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	f, diags := seed.Decode("seeds/x.pdf", seed.PDF, []byte("%PDF-1.7\n"))
	if f != nil || len(diags) != 1 || !strings.Contains(diags[0].Message, "pdftotext, which is not installed") || !strings.Contains(diags[0].Hint, "poppler-utils") {
		t.Error(f, diags)
	}
}

// A message whose stated encoding is wrong is read by its bytes, with a warning.
func TestMailWithWrongEncoding(t *testing.T) {
	head := "From: Jane Roe <jane@example.org>\r\nSubject: =?iso-8859-1?Q?F=E4hre?=\r\nDate: Fri, 03 May 2024 09:00:00 +0000\r\nContent-Type: text/plain; charset=%s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
	for _, tt := range []struct {
		stated, body, want string
		warns              bool
	}{
		{"utf-8", "Le bateau a coul\xe9 pr\xe8s de la c\xf4te, a d\xe9clar\xe9 la pr\xe9fecture.", "Le bateau a coulé près de la côte, a déclaré la préfecture.", true},
		{"iso-8859-1", "Le bateau a coulé.", "Le bateau a coulé.", false},
		{"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет", false},
		{"no-such-thing", "Plain words.", "Plain words.", false},
	} {
		f, diags := seed.Decode("x.eml", seed.Mail, []byte(fmt.Sprintf(head, tt.stated)+tt.body))
		if f == nil || f.Text != tt.want || (len(diags) > 0) != tt.warns {
			t.Errorf("%s: %q %v", tt.stated, text(f), diags)
			continue
		}
		if f.Stated["title"][0] != "Fähre" || f.Stated["byline"][0] != "Jane Roe" || f.Stated["date"][0] != "2024-05-03T09:00:00Z" {
			t.Error(f.Stated)
		}
	}
}

// No bytes take a reader down, and what it makes is text.
func FuzzContainers(f *testing.F) {
	formats := []seed.Format{seed.Mail, seed.MHTML, seed.NinJS, seed.DOCX, seed.EPUB, seed.Feed, seed.WARC}
	files, _ := filepath.Glob("testdata/formats/*")
	for _, name := range files {
		if format, ok := seed.FormatOf(name); ok && format != seed.PDF {
			raw, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for i, known := range formats {
				if known == format {
					f.Add(byte(i), raw)
				}
			}
		}
	}
	f.Add(byte(0), []byte(deepMail(5)))
	f.Add(byte(5), []byte(`<rss><channel><title>a</title><item><title>b</title><description>c</description></item></channel></rss>`))
	f.Add(byte(6), []byte("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 62\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A page.</p>\r\n\r\n"))
	f.Add(byte(5), []byte(`<feed xml:lang="en"><entry><content type="xhtml"><div><p>c</p></div></content></entry></feed>`))
	f.Fuzz(func(t *testing.T, which byte, raw []byte) {
		file, diags := seed.Decode("seeds/x", formats[int(which)%len(formats)], raw)
		if (file == nil) != (diags.Errors() > 0) {
			t.Fatal(file, diags)
		}
		if file == nil {
			return
		}
		if !utf8.ValidString(file.Text) || file.Format != seed.Text && file.Format != seed.HTML && file.Format != seed.Document {
			t.Fatalf("%s %q", file.Format, file.Text)
		}
		for _, v := range file.Stated {
			if !utf8.ValidString(strings.Join(v, "")) {
				t.Fatal(file.Stated)
			}
		}
	})
}
