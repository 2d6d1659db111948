package render

import (
	"bytes"
	"html/template"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"readout/internal/site"
)

// An EditionPage has the whole site to be printed: its stories, its briefings,
// the editor's own pages and what a reader must know of them, one after another. Links between them
// lead within the page.
type EditionPage struct {
	Page
	Lede  string
	Parts []EditionPart
}

// An EditionPart is one page of the site within the edition.
type EditionPart struct {
	ID, Title string
	HTML      template.HTML
}

// editionBriefings is how many briefings a site may have and still be one
// edition. A larger one is printed in parts, as bundle makes them.
const editionBriefings = 100

// hasEdition reports whether the site is small enough to be printed whole.
func (r *Renderer) hasEdition() bool { return hasEdition(r.site) }

func hasEdition(s *site.Site) bool {
	n := s.Totals.Briefings
	return n > 0 && n <= editionBriefings
}

// editionKey is the id of a page within the edition.
func editionKey(name string) string {
	return strings.ReplaceAll(strings.TrimSuffix(name, ".html"), "/", ".")
}

func (r *Renderer) editionPage(load site.Loader) (*EditionPage, error) {
	v := &EditionPage{Page: r.page(site.EditionPath, r.l.Text("edition.title"), r.l.Text("edition.description"))}
	v.Class = "edition"
	briefings := r.l.Count("count.briefings", len(r.site.Briefings))
	v.Lede = r.l.Say("edition.lede", "briefings", briefings)
	if n := len(r.site.Stories); n > 0 {
		v.Lede = r.l.Say("edition.lede.stories", "briefings", briefings, "stories", r.l.Count("count.stories", n))
	}
	in := map[string]bool{site.AboutPath: true}
	for _, s := range r.site.Stories {
		in[s.Path] = true
	}
	for _, b := range r.site.Briefings {
		in[b.Path] = true
	}
	for _, p := range r.site.Pages {
		in[p.Path] = true
	}
	var buf bytes.Buffer
	add := func(name, title, kind string, page any) error {
		if err := r.wrong[kind]; err != nil {
			return err
		}
		buf.Reset()
		if err := r.pages[kind].Part("main").Execute(&buf, page); err != nil {
			return err
		}
		m := &markup{}
		m.raw(string(legible(editionPart(buf.Bytes(), name, in))))
		v.Parts = append(v.Parts, EditionPart{editionKey(name), title, m.html()})
		return nil
	}
	for _, s := range r.site.Stories {
		full, err := r.site.Compare(r.site.Filled(s), load)
		if err != nil {
			return nil, err
		}
		page, err := r.storyPage(full)
		if err == nil {
			err = add(s.Path, s.Title, "story", page)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, b := range r.site.Briefings {
		f, err := load(b.Slug)
		if err != nil {
			return nil, err
		}
		page, err := r.briefingPage(b, r.site.Page(b, f))
		if err == nil {
			err = add(b.Path, b.Header.Title, "briefing", page)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, p := range r.site.Pages {
		page, err := r.ownPage(p)
		if err == nil {
			err = add(p.Path, p.Title, "own", page)
		}
		if err != nil {
			return nil, err
		}
	}
	about := r.aboutPage()
	return v, add(site.AboutPath, about.Heading, "about", about)
}

// idAttributes hold ids of the page, one or several.
var idAttributes = []string{"for", "aria-labelledby", "aria-describedby", "aria-controls"}

// isLandmark reports whether an element is a landmark by its name: a section, a form
// or what has the role of a region.
func isLandmark(tok html.Token) bool {
	for _, a := range tok.Attr {
		switch {
		case a.Key == "role" && a.Val == "region", a.Key == "aria-labelledby" && (tok.Data == "section" || tok.Data == "nav" || tok.Data == "aside"):
			return true
		}
	}
	return false
}

// editionPart fits the main part of the page of that name into the edition: its
// ids get the page's key before them, links to what is in the edition lead
// there, headings go one level down, and what only serves a screen is left out.
func editionPart(main []byte, name string, in map[string]bool) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(main))
	skip, depth := "", 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		raw := slices.Clone(z.Raw())
		if kind != html.StartTagToken && kind != html.EndTagToken {
			if skip == "" {
				out.Write(raw)
			}
			continue
		}
		tok := z.Token()
		start := kind == html.StartTagToken
		switch {
		case skip != "":
			switch {
			case tok.Data == skip && start:
				depth++
			case tok.Data == skip && depth == 1:
				skip = ""
			case tok.Data == skip:
				depth--
			}
			continue
		case start && onScreenOnly(tok):
			skip, depth = tok.Data, 1
			continue
		}
		if level, ok := strings.CutPrefix(tok.Data, "h"); ok && len(level) == 1 && '1' <= level[0] && level[0] < '6' {
			tok.Data, tok.DataAtom, raw = "h"+string(rune(level[0]+1)), 0, nil
		}
		if start && isLandmark(tok) {
			// One of that name stands in each part: none would be found by it.
			tok.Attr, raw = slices.DeleteFunc(tok.Attr, func(a html.Attribute) bool {
				return a.Key == "role" || a.Key == "aria-label" || a.Key == "aria-labelledby"
			}), nil
		}
		for i, a := range tok.Attr {
			was := a.Val
			switch {
			case a.Key == "id":
				a.Val = editionKey(name) + ":" + a.Val
			case a.Key == "href" && tok.Data == "a":
				a.Val = editionLink(a.Val, name, in)
			case slices.Contains(idAttributes, a.Key):
				ids := strings.Fields(a.Val)
				for k := range ids {
					ids[k] = editionKey(name) + ":" + ids[k]
				}
				a.Val = strings.Join(ids, " ")
			}
			if a.Val != was {
				tok.Attr[i], raw = a, nil
			}
		}
		if raw != nil {
			out.Write(raw)
		} else {
			out.WriteString(tok.String())
		}
	}
}

// onScreenOnly reports whether an element is of no use in the edition.
func onScreenOnly(t html.Token) bool {
	return t.Data == "fieldset" || t.Data == "nav"
}

// editionLink makes a link of the page of that name one of the edition.
func editionLink(href, name string, in map[string]bool) string {
	to, id, _ := strings.Cut(href, "#")
	switch {
	case strings.Contains(to, ":"): // leads out of the site
		return href
	case to == "":
		to = name
	default:
		to = path.Join(path.Dir(name), to)
	}
	switch {
	case in[to] && id == "":
		return "#" + editionKey(to)
	case in[to]:
		return "#" + editionKey(to) + ":" + id
	case id != "":
		return to + "#" + id
	}
	return to
}
