// Package page reads saved web pages: it finds the article in one and what the
// page states of it. Its type is Page; package article makes an Article of one.
//
// Two extractors, each wrong in its own way, are asked which text of the page is
// the article: go-trafilatura and go-readability. Their answers are votes on the
// blocks of the page, which this package cuts itself, so that order, headings,
// lists and quotations are those of the page.
package page

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// Kind is what the markup says a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	ListItem  Kind = "list-item"
	Quotation Kind = "quotation"
	Caption   Kind = "caption"
	Row       Kind = "row" // of a table
)

// A Block is one block of the article.
type Block struct {
	Kind  Kind
	Level int // 1…6 for a heading, nesting depth from 1 for a list item
	Text  string
}

// A Page is the article of a web page.
type Page struct {
	Blocks []Block
	Meta   Meta
}

// ErrNoArticle says that a page has no text that could be an article.
var ErrNoArticle = errors.New("no article text found in the page")

// Read finds the article in a page. The page is bounded first, so that time and
// memory are linear in its length, however it is nested. url is where the page
// came from, where that is known.
func Read(source, url string) (*Page, error) {
	doc, err := html.Parse(strings.NewReader(bounded(source)))
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	p := &Page{Meta: metadata(doc, source)}
	if url == "" {
		url = p.Meta.URL
	}
	p.Blocks = extract(doc, url, &p.Meta)
	if len(p.Blocks) == 0 {
		return p, ErrNoArticle
	}
	return p, nil
}
