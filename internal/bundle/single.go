package bundle

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"readout/internal/site"
)

// The style and the script that a single file has besides those of its pages.
var (
	//go:embed single.css
	singleStyle string
	//go:embed single.js
	singleScript string
)

// WriteSingle writes all pages of the archive as one HTML file that loads
// nothing: each page is a section, shown while it or something in it is the
// target of the address. Ids have the name of their page before them.
func (a *Archive) WriteSingle(w io.Writer) error {
	var names []string
	for _, name := range a.Names() {
		if path.Ext(name) == ".html" && name != site.NotFoundPath && name != site.EditionPath {
			names = append(names, name)
		}
	}
	// The first page comes first, for browsers that show all.
	slices.SortFunc(names, func(x, y string) int {
		return cmp.Or(cmp.Compare(rankOf(x), rankOf(y)), cmp.Compare(x, y))
	})
	if len(names) == 0 || names[0] != site.HomePath {
		return fmt.Errorf("there is no page %s", site.HomePath)
	}
	s := &single{archive: a, pages: map[string]bool{}, files: map[string]bool{}}
	for _, name := range a.Names() {
		s.files[name] = true
	}
	for _, name := range names {
		s.pages[name] = true
	}
	style, scripts, err := s.assets(names)
	if err != nil {
		return err
	}
	home, err := s.page(names[0])
	if err != nil {
		return err
	}
	out := &errWriter{w: w}
	if err := s.head(out, home, style, scripts); err != nil {
		return err
	}
	for i, name := range names {
		p := home
		if i > 0 {
			if p, err = s.page(name); err != nil {
				return err
			}
		}
		if err := s.section(out, p, i == 0); err != nil {
			return err
		}
		if out.err != nil {
			return out.err
		}
	}
	if err := s.foot(out, home, scripts); err != nil {
		return err
	}
	return out.err
}

func rankOf(name string) int {
	if name == site.HomePath {
		return 0
	}
	return 1
}

// A single is a single file in the making.
type single struct {
	archive      *Archive
	pages, files map[string]bool // by path
}

func (s *single) page(name string) (*page, error) {
	data, err := s.archive.Read(name)
	if err != nil {
		return nil, err
	}
	return readPage(name, data)
}

// key is the name of a page in the single file.
func key(name string) string {
	return strings.ReplaceAll(strings.TrimSuffix(name, ".html"), "/", ".")
}

// linked finds in the head of a page the files it uses.
var linked = regexp.MustCompile(`<(?:link rel="stylesheet" href|script src)="([^"]+)"`)

// assets returns the style of all pages, and their scripts in order.
func (s *single) assets(names []string) (style string, scripts []string, err error) {
	var sheets, margins, code []string
	for _, name := range names {
		data, err := s.archive.Read(name)
		if err != nil {
			return "", nil, err
		}
		head, _, _ := bytes.Cut(data, []byte("</head>"))
		for _, m := range linked.FindAllSubmatch(head, -1) {
			t, ok := resolve(name, html.UnescapeString(string(m[1])))
			list := &sheets
			switch {
			case !ok || !s.files[t.path]:
				return "", nil, fmt.Errorf("%s uses %s, which is not in the site", name, m[1])
			case path.Ext(t.path) == ".js":
				list = &code
			case strings.HasPrefix(path.Base(t.path), "margin-"):
				list = &margins
			}
			if !slices.Contains(*list, t.path) {
				*list = append(*list, t.path)
			}
		}
	}
	// Each of these has the rules of the smaller ones.
	largest := ""
	for _, name := range margins {
		data, err := s.archive.Read(name)
		if err != nil {
			return "", nil, err
		}
		if len(data) > len(largest) {
			largest = string(data)
		}
	}
	var b strings.Builder
	for _, name := range sheets {
		data, err := s.archive.Read(name)
		if err != nil {
			return "", nil, err
		}
		b.WriteString(singleCSS(string(data)))
	}
	b.WriteString(largest)
	b.WriteString(singleStyle)
	for _, name := range code {
		data, err := s.archive.Read(name)
		if err != nil {
			return "", nil, err
		}
		scripts = append(scripts, string(data))
	}
	scripts = append(scripts, singleScript)
	for _, text := range append([]string{b.String()}, scripts...) {
		if l := strings.ToLower(text); strings.Contains(l, "</s") || strings.Contains(l, "<!--") {
			return "", nil, fmt.Errorf("a style or script in templates/assets/ holds %q or %q, which would end it in a single file", "</s", "<!--")
		}
	}
	return b.String(), scripts, nil
}

var (
	mainElement = regexp.MustCompile(`(^|[\s,{}(])main([\s,{:.)])`)
	pageID      = regexp.MustCompile(`#([a-z]+-[a-z-]+)`)
)

// singleCSS makes the style of a page that of a section: what is said of the
// element main goes for the section, and ids have a page's name before them.
func singleCSS(css string) string {
	css = mainElement.ReplaceAllString(css, "$1.page$2")
	return pageID.ReplaceAllString(css, `[id$=":$1"]`)
}

// digest is the expression of a policy that allows one inline text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (s *single) head(w io.Writer, home *page, style string, scripts []string) error {
	var allowed []string
	for _, text := range scripts {
		allowed = append(allowed, digest(text))
	}
	fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="%s" dir="%s" data-root="" data-single="">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'">
<title>%s</title>
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
`, html.EscapeString(home.lang), html.EscapeString(home.dir), strings.Join(allowed, " "), digest(style), html.EscapeString(home.title))
	for _, n := range elements(home.doc) {
		if n.DataAtom != atom.Link || attr(n, "rel") != "icon" {
			continue
		}
		if t, ok := resolve(home.path, attr(n, "href")); ok {
			data, err := s.inline(t.path)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "<link rel=\"icon\" href=\"%s\">\n", data)
		}
	}
	fmt.Fprintf(w, "<style>%s</style>\n</head>\n<body>\n", style)
	return s.frame(w, home, atom.Header, "top", "\n<main>\n")
}

// frame writes the part of the first page that stands around all pages.
func (s *single) frame(w io.Writer, home *page, element atom.Atom, class, after string) error {
	for _, n := range elements(home.doc) {
		if n.DataAtom != element || !hasClass(n, class) {
			continue
		}
		for _, e := range elements(n) {
			dropAttr(e, "aria-current")
			if attr(e, "href") == "#site" {
				remove(e) // the foot of the page stands right below
			}
		}
		s.rewrite(home, n, "")
		if err := html.Render(w, n); err != nil {
			return err
		}
		break
	}
	_, err := io.WriteString(w, after)
	return err
}

func (s *single) foot(w io.Writer, home *page, scripts []string) error {
	if _, err := io.WriteString(w, "</main>\n"); err != nil {
		return err
	}
	if err := s.frame(w, home, atom.Footer, "foot", "\n"); err != nil {
		return err
	}
	for _, name := range s.archive.Names() {
		if !strings.HasPrefix(name, "search/") {
			continue
		}
		data, err := s.archive.Read(name)
		if err != nil {
			return err
		}
		// R.terms(0,"…"); becomes ["terms",0,"…"].
		call, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "R.")
		function, arguments, cut := strings.Cut(call, "(")
		arguments, end := strings.CutSuffix(arguments, ");")
		if !ok || !cut || !end {
			return fmt.Errorf("%s is no part of the search index", name)
		}
		fmt.Fprintf(w, "<script type=\"application/json\" id=\"%s\">[\"%s\",%s]</script>\n", name, function, strings.ReplaceAll(arguments, "<", `\u003c`))
	}
	for _, text := range scripts {
		fmt.Fprintf(w, "<script>%s</script>\n", text)
	}
	_, err := io.WriteString(w, "</body>\n</html>\n")
	return err
}

// section writes a page as a section.
func (s *single) section(w io.Writer, p *page, first bool) error {
	n := p.main
	class := strings.TrimSpace("page " + attr(n, "class"))
	if first {
		class += " first"
	}
	s.rewrite(p, n, key(p.path))
	n.Data, n.DataAtom = "section", atom.Section
	n.Attr = nil
	setAttr(n, "class", class)
	setAttr(n, "id", key(p.path))
	setAttr(n, "tabindex", "-1")
	setAttr(n, "data-title", p.title)
	if p.lang != "" {
		setAttr(n, "lang", p.lang)
		setAttr(n, "dir", p.dir)
	}
	if err := html.Render(w, n); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// rewrite fits what is below n to the single file: ids, and what names them,
// get the key before them; links lead to sections; pictures stand in the file.
func (s *single) rewrite(p *page, n *html.Node, key string) {
	for _, e := range elements(n) {
		if hasClass(e, "folder") {
			remove(e)
			continue
		}
		for i, a := range e.Attr {
			switch {
			case a.Key == "id":
				e.Attr[i].Val = inPage(key, a.Val)
			case slices.Contains(references, a.Key):
				ids := strings.Fields(a.Val)
				for k := range ids {
					ids[k] = inPage(key, ids[k])
				}
				e.Attr[i].Val = strings.Join(ids, " ")
			case strings.Contains(a.Val, "url(#"):
				e.Attr[i].Val = strings.ReplaceAll(a.Val, "url(#", "url(#"+inPage(key, ""))
			case a.Key == "action":
				e.Attr[i].Val = "#search"
			case a.Key == "src":
				if t, ok := resolve(p.path, a.Val); ok && s.files[t.path] {
					if data, err := s.inline(t.path); err == nil {
						e.Attr[i].Val = data
					}
				}
			case a.Key == "href":
				t, ok := resolve(p.path, a.Val)
				switch {
				case !ok: // leads out
				case s.pages[t.path]:
					e.Attr[i].Val = link(t)
				case s.files[t.path]:
					remove(e)
				default:
					unlink(e)
				}
			}
		}
	}
}

func inPage(key, id string) string {
	if key == "" {
		return id
	}
	return key + ":" + id
}

// link is the address of a target within the single file.
func link(t target) string {
	id := key(t.path)
	if t.fragment != "" {
		id += ":" + t.fragment
	}
	return (&url.URL{Fragment: id}).String()
}

// inline returns a file of the site as an address that holds it.
func (s *single) inline(name string) (string, error) {
	data, err := s.archive.Read(name)
	if err != nil {
		return "", err
	}
	kind, _, _ := strings.Cut(mime.TypeByExtension(path.Ext(name)), ";")
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data), nil
}

// An errWriter keeps the first error and writes nothing after it.
type errWriter struct {
	w   io.Writer
	err error
}

func (w *errWriter) Write(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.w.Write(p)
	w.err = err
	return n, err
}
