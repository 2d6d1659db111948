package export

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"

	"readout/internal/site"
)

// maxSitemap is how many addresses the sitemap protocol allows in one file.
const maxSitemap = 50_000

// A NamedFile is a file of the output.
type NamedFile struct {
	Path string
	Data []byte
}

// Sitemap lists the pages (paths, in order) for search engines: one file, or
// where there are more than 50,000 an index and several. It gives no times of
// change, which are not known. The protocol wants full addresses: without a
// base URL the file says so in a comment and has relative ones.
func Sitemap(s *site.Site, paths []string) []NamedFile {
	if len(paths) <= maxSitemap {
		return []NamedFile{{site.SitemapPath, urlset(s, paths)}}
	}
	var index bytes.Buffer
	var out []NamedFile
	index.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for n := 1; len(paths) > 0; n++ {
		k := min(len(paths), maxSitemap)
		name := fmt.Sprintf("sitemap-%d.xml", n)
		fmt.Fprintf(&index, "<sitemap><loc>%s</loc></sitemap>\n", escapeXML(href(s, name)))
		out = append(out, NamedFile{name, urlset(s, paths[:k])})
		paths = paths[k:]
	}
	index.WriteString("</sitemapindex>\n")
	return append(out, NamedFile{site.SitemapPath, index.Bytes()})
}

func urlset(s *site.Site, paths []string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if base(s) == "" {
		b.WriteString("<!-- The site's address is not known: set base_url in content/index.md to make these addresses whole. -->\n")
	}
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range paths {
		fmt.Fprintf(&b, "<url><loc>%s</loc></url>\n", escapeXML(cmp.Or(PageURL(s, p), href(s, p))))
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}

func escapeXML(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err) // a Buffer takes everything
	}
	return b.String()
}

// Robots returns robots.txt: everything may be read, and where the site's
// address is known, where its sitemap is.
func Robots(s *site.Site) []byte {
	out := "User-agent: *\nAllow: /\n"
	if base(s) != "" {
		out += "\nSitemap: " + href(s, site.SitemapPath) + "\n"
	}
	return []byte(out)
}
