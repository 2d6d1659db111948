package render

import (
	"html/template"
	"strings"

	"golang.org/x/net/html"

	"readout/internal/searchindex"
	"readout/internal/site"
)

// An OwnPage is a page of the editor's own.
type OwnPage struct {
	Page
	Text template.HTML
}

func (r *Renderer) ownPage(p *site.OwnPage) (*OwnPage, error) {
	text, err := r.markdown(ownText{p.Text, p.File, p.Line, p.Path, 2, "own"})
	if err != nil {
		return nil, err
	}
	v := &OwnPage{Text: text}
	passages := passages(string(text))
	v.Page = r.page(p.Path, p.Title, strings.Join(passages[:min(len(passages), 5)], " "))
	return v, nil
}

// ownDoc is what search knows of an editor's page: its title and its text.
func ownDoc(p *OwnPage) searchindex.Doc {
	d := searchindex.Doc{Path: p.Path, Title: p.Heading}
	for _, text := range passages(string(p.Text)) {
		d.Blocks = append(d.Blocks, searchindex.Block{ID: "main", Text: text})
	}
	return d
}

// inline are the elements of an editor's text that end no passage.
var inline = map[string]bool{"a": true, "em": true, "strong": true, "code": true, "del": true}

// passages returns the text of the paragraphs, headings and cells of a page.
func passages(page string) []string {
	var list []string
	var text strings.Builder
	end := func() {
		if s := strings.Join(strings.Fields(text.String()), " "); s != "" {
			list = append(list, s)
		}
		text.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			end()
			return list
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch {
			case string(name) == "br":
				text.WriteByte(' ')
			case !inline[string(name)]:
				end()
			}
		}
	}
}
