package bundle

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// voids are the elements of HTML that have no content.
var voids = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

const svgNamespace = "http://www.w3.org/2000/svg"

// writeXML writes a tree of HTML as XML.
func writeXML(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.WriteString(xmlText(n.Data))
	case html.ElementNode:
		b.WriteByte('<')
		b.WriteString(n.Data)
		if n.Namespace == "svg" && n.Data == "svg" {
			b.WriteString(` xmlns="` + svgNamespace + `"`)
		}
		for _, a := range n.Attr {
			// What a namespace would have to be declared for is not needed.
			if a.Namespace != "" || a.Key == "xmlns" || strings.Contains(a.Key, ":") && a.Key != "epub:type" {
				continue
			}
			b.WriteString(" " + a.Key + `="` + xmlText(a.Val) + `"`)
			if a.Key == "lang" && n.Namespace != "svg" { // where EPUB has it be lang alone
				b.WriteString(` xml:lang="` + xmlText(a.Val) + `"`)
			}
		}
		if n.FirstChild == nil && (n.Namespace != "" || slices.Contains(voids, n.Data)) {
			b.WriteString("/>")
			return
		}
		b.WriteByte('>')
		for c := range n.ChildNodes() {
			writeXML(b, c)
		}
		b.WriteString("</" + n.Data + ">")
	}
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\r", "&#13;")

// xmlText escapes s for text and attributes. Characters that XML cannot hold
// become U+FFFD.
func xmlText(s string) string {
	return xmlEscapes.Replace(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return 0xfffd
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// escapePath writes the name of a file as a link has it.
func escapePath(name string) string { return (&url.URL{Path: name}).EscapedPath() }

// fragment writes a link to the element id of a file.
func fragment(file, id string) string {
	if id == "" && file != "" {
		return file
	}
	return file + (&url.URL{Fragment: id}).String()
}
