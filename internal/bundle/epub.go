package bundle

import (
	"archive/zip"
	"compress/flate"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"readout/internal/site"
)

// bookStyle is the stylesheet of a book; e-readers bring their own type.
//
//go:embed epub.css
var bookStyle string

// A chapter is a page of the website that goes into a book.
type chapter struct {
	path, file, title string
	part              string // the label of the part it is in; "" for none
}

// WriteEPUB writes the stories, briefings and own pages of s, whose website a holds, as a
// book in EPUB 3: a chapter each, with its notes at its end. Its date of change
// is the newest date of a briefing, for the clock has no say in it.
func (a *Archive) WriteEPUB(w io.Writer, s *site.Site) error {
	b := &book{archive: a, site: s, files: map[string]string{}}
	have := map[string]bool{}
	for _, name := range a.Names() {
		have[name] = true
	}
	add := func(path, title, part string) {
		if have[path] { // a page that could not be made was reported
			b.chapters = append(b.chapters, chapter{path, key(path) + ".xhtml", title, part})
			b.files[path] = key(path) + ".xhtml"
		}
	}
	for _, st := range s.Stories {
		add(st.Path, st.Title, "nav.stories")
	}
	for _, br := range s.Briefings {
		add(br.Path, br.Header.Title, "nav.briefings")
	}
	for _, p := range s.Pages {
		add(p.Path, p.Title, "")
	}
	b.files[site.HomePath], b.files[site.StartPath] = "start.xhtml", "start.xhtml"
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	put := func(name, text string) error {
		//lint:ignore SA1019 the fixed date of the old fields is all a reproducible file needs
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: modified}
		if name == "mimetype" {
			// The type of the file stands at a fixed place in it.
			h.Method = zip.Store
			h.CRC32, h.CompressedSize64, h.UncompressedSize64 = mimetypeCRC, uint64(len(text)), uint64(len(text))
			f, err := z.CreateRaw(h)
			if err == nil {
				_, err = io.WriteString(f, text)
			}
			return err
		}
		f, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		return err
	}
	if err := put("mimetype", mimetype); err != nil {
		return err
	}
	if err := put("META-INF/container.xml", container); err != nil {
		return err
	}
	var drawn []bool // whether a chapter has pictures
	for _, c := range b.chapters {
		text, svg, err := b.chapter(c)
		if err != nil {
			return err
		}
		drawn = append(drawn, svg)
		if err := put("EPUB/"+c.file, text); err != nil {
			return err
		}
	}
	for _, f := range [][2]string{{"style.css", bookStyle}, {"start.xhtml", b.start()}, {"nav.xhtml", b.nav()}, {"content.opf", b.opf(drawn)}} {
		if err := put("EPUB/"+f[0], f[1]); err != nil {
			return err
		}
	}
	return z.Close()
}

// A book is a book in the making.
type book struct {
	archive  *Archive
	site     *site.Site
	chapters []chapter
	files    map[string]string // file in the book by path in the website
}

const (
	mimetype    = "application/epub+zip"
	mimetypeCRC = 0x2cab616f // of that text, CRC-32
	container   = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`
)

func (b *book) lang() string { return b.site.Config.Language }

// document writes an XHTML document around body.
func (b *book) document(lang, dir, title, body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="` + xmlText(lang) + `" xml:lang="` + xmlText(lang) + `" dir="` + xmlText(dir) + `">
<head><title>` + xmlText(title) + `</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
` + body + `
</body>
</html>
`
}

// start says what the book is and lists its sources with their digests.
func (b *book) start() string {
	l := b.site.Labels
	var t strings.Builder
	fmt.Fprintf(&t, "<h1>%s</h1>\n", xmlText(b.site.Config.Title))
	if d := b.site.Config.Description; d != "" {
		fmt.Fprintf(&t, "<p>%s</p>\n", xmlText(d))
	}
	t.WriteString("<p>" + xmlText(l.Text("book.text")) + "</p>\n")
	fmt.Fprintf(&t, "<h2 id=\"sources\">%s</h2>\n<p>%s</p>\n<ul>\n", xmlText(l.Text("start.sources")), xmlText(l.Text("start.sources.text")))
	for _, br := range b.site.Briefings {
		file, ok := b.files[br.Path]
		if !ok {
			continue
		}
		o := br.Header.Origin()
		fmt.Fprintf(&t, `<li><a href="%s">%s</a><br/>%s<br/><code>%s</code></li>`+"\n", xmlText(escapePath(file)), xmlText(br.Header.Title), xmlText(o.Seed), xmlText(o.SHA256))
	}
	t.WriteString("</ul>")
	return b.document(b.lang(), "ltr", b.site.Config.Title, t.String())
}

func (b *book) nav() string {
	l := b.site.Labels
	var t strings.Builder
	fmt.Fprintf(&t, "<nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"contents\"><h1 id=\"contents\">%s</h1>\n<ol>\n<li><a href=\"start.xhtml\">%s</a></li>\n", xmlText(l.Text("book.contents")), xmlText(l.Text("book.start")))
	for _, part := range []string{"nav.stories", "nav.briefings", ""} {
		var items strings.Builder
		first := ""
		for _, c := range b.chapters {
			if c.part == part {
				if first == "" {
					first = c.file
				}
				fmt.Fprintf(&items, "<li><a href=\"%s\">%s</a></li>\n", xmlText(escapePath(c.file)), xmlText(c.title))
			}
		}
		switch {
		case first == "":
		case part == "":
			t.WriteString(items.String())
		default:
			fmt.Fprintf(&t, "<li><span>%s</span>\n<ol>\n%s</ol></li>\n", xmlText(l.Text(part)), items.String())
		}
	}
	t.WriteString("</ol></nav>")
	return b.document(b.lang(), "ltr", l.Text("book.contents"), t.String())
}

// opf writes the package document.
func (b *book) opf(drawn []bool) string {
	newest := ""
	sum := sha256.New()
	io.WriteString(sum, b.site.Config.Title)
	for _, br := range b.site.Briefings {
		newest = max(newest, br.Header.Date.Day())
		fmt.Fprintf(sum, "\n%s %s", br.Slug, br.Header.Origin().SHA256)
	}
	// The identifier is a UUID of version 8, which leaves its making to us.
	id := sum.Sum(nil)[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	changed := "1980-01-01" // no date is known
	if newest != "" {
		changed = (newest + "-01-01")[:10]
	}
	var t strings.Builder
	fmt.Fprintf(&t, `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="%s">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:%x-%x-%x-%x-%x</dc:identifier>
<dc:title>%s</dc:title>
<dc:language>%s</dc:language>
`, xmlText(b.lang()), id[:4], id[4:6], id[6:8], id[8:10], id[10:], xmlText(b.site.Config.Title), xmlText(b.lang()))
	if d := b.site.Config.Description; d != "" {
		fmt.Fprintf(&t, "<dc:description>%s</dc:description>\n", xmlText(d))
	}
	if newest != "" {
		fmt.Fprintf(&t, "<dc:date>%s</dc:date>\n", newest)
	}
	fmt.Fprintf(&t, `<meta property="dcterms:modified">%sT00:00:00Z</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
<item id="start" href="start.xhtml" media-type="application/xhtml+xml"/>
`, changed)
	for i, c := range b.chapters {
		properties := ""
		if drawn[i] {
			properties = ` properties="svg"`
		}
		fmt.Fprintf(&t, "<item id=\"c%d\" href=\"%s\" media-type=\"application/xhtml+xml\"%s/>\n", i+1, xmlText(escapePath(c.file)), properties)
	}
	t.WriteString("</manifest>\n<spine>\n<itemref idref=\"start\"/>\n<itemref idref=\"nav\"/>\n")
	for i := range b.chapters {
		fmt.Fprintf(&t, "<itemref idref=\"c%d\"/>\n", i+1)
	}
	t.WriteString("</spine>\n</package>\n")
	return t.String()
}

// leftOut are the classes of what only a browser has a use for.
var leftOut = []string{"contents", "switches", "around", "pn", "find", "pager", "folder", "skip", "legend"}

// chapter makes the XHTML of a page, and tells whether pictures are in it.
func (b *book) chapter(c chapter) (text string, svg bool, err error) {
	data, err := b.archive.Read(c.path)
	if err != nil {
		return "", false, err
	}
	p, err := readPage(c.path, data)
	if err != nil {
		return "", false, err
	}
	for _, n := range elements(p.main) {
		if slices.ContainsFunc(leftOut, func(class string) bool { return hasClass(n, class) }) {
			remove(n)
			continue
		}
		switch n.DataAtom {
		case atom.Script, atom.Form, atom.Input, atom.Button, atom.Select:
			remove(n)
			continue
		case atom.Ol:
			if n.Parent != nil && hasClass(n.Parent, "strip") {
				remove(n) // bars of colour; the words below say the same
				continue
			}
		case atom.Svg:
			svg = svg || within(n, p.main)
			// A picture has fewer roles in a book than on a page.
			if role := attr(n, "role"); role != "img" && role != "application" && role != "document" {
				dropAttr(n, "role")
			}
		case atom.A:
			b.link(c, n)
		case atom.Img:
			if t := attr(n, "alt"); t != "" && n.Parent != nil {
				n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: t}, n)
			}
			remove(n)
			continue
		}
		dropAttr(n, "tabindex")
		switch attr(n, "role") {
		case "doc-noteref":
			setAttr(n, "epub:type", "noteref")
		case "doc-backlink":
			setAttr(n, "epub:type", "backlink")
		case "doc-endnotes":
			setAttr(n, "epub:type", "endnotes")
			for _, li := range elements(n) {
				if li.DataAtom == atom.Li {
					setAttr(li, "epub:type", "endnote")
				}
			}
		}
	}
	var x strings.Builder
	x.WriteString(`<section epub:type="chapter">`)
	for n := range p.main.ChildNodes() {
		writeXML(&x, n)
	}
	x.WriteString("</section>")
	return b.document(p.lang, p.dir, c.title, x.String()), svg, nil
}

// within reports whether n is still below root.
func within(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// link lets a link lead to the chapter of its page; where there is none, its
// words stay.
func (b *book) link(c chapter, n *html.Node) {
	href := attr(n, "href")
	t, ok := resolve(c.path, href)
	if !ok {
		return
	}
	file, in := b.files[t.path]
	switch {
	case in && t.path == c.path:
		setAttr(n, "href", fragment("", t.fragment))
	case in:
		if path.Base(file) == "start.xhtml" {
			t.fragment = ""
		}
		setAttr(n, "href", fragment(escapePath(file), t.fragment))
	case strings.HasSuffix(t.path, ".html"):
		unlink(n)
	default: // a file for machines, which the book does not have
		remove(n)
	}
}
