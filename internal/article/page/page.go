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

	"readout/internal/limit"
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
// came from, where that is known. A page with more elements than are read is a
// *limit.Error.
func Read(source, url string, limits limit.Set) (*Page, error) {
	p, err := read(source, url, false, limits)
	if err == nil && p.words() < fewWords {
		// Pages that are put together by scripts carry their text a second time
		// for those who run none.
		if q, err := read(source, url, true, limits); err == nil && q.words() > 2*p.words() {
			p = q
		}
	}
	switch {
	case err != nil:
		return nil, err
	case len(p.Blocks) == 0:
		return p, ErrNoArticle
	}
	return p, nil
}

// Fragment reads HTML that is an article and nothing else: all its blocks are
// taken, but for what is not shown.
func Fragment(source, _ string, limits limit.Set) (*Page, error) {
	small, err := bounded(source, false, limits)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(small))
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	p := &Page{}
	for _, c := range chunksOf(doc) {
		if c.flags&inHidden == 0 {
			p.Blocks = append(p.Blocks, c.Block)
		}
	}
	if len(p.Blocks) == 0 {
		return p, ErrNoArticle
	}
	return p, nil
}

// fewWords is how short an article is doubted.
const fewWords = 60

func read(source, url string, unscripted bool, limits limit.Set) (*Page, error) {
	small, err := bounded(source, unscripted, limits)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(strings.NewReader(small))
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	p := &Page{Meta: metadata(doc, source)}
	if url == "" {
		url = p.Meta.URL
	}
	p.Blocks = extract(doc, url, &p.Meta)
	return p, nil
}

func (p *Page) words() int {
	n := 0
	for _, b := range p.Blocks {
		n += countWords(b.Text)
	}
	return n
}
