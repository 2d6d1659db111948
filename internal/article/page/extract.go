package page

import (
	"net/url"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// extract returns the blocks of the article in doc.
func extract(doc *html.Node, address string, meta *Meta) []Block {
	chunks := splitHeads(chunksOf(doc), meta.Title)
	for i := range chunks {
		chunks[i].grams = grams(chunks[i].Text)
	}
	base, _ := url.Parse(address)
	t, r := byTrafilatura(doc, base), byReadability(doc, base)
	c := chooser{chunks: chunks, meta: meta, t: t.coverage(chunks), r: r.coverage(chunks)}
	c.run()
	var blocks []Block
	for i, chunk := range chunks {
		if c.keep[i] {
			blocks = append(blocks, chunk.Block)
		}
	}
	return blocks
}

// byTrafilatura returns the words of go-trafilatura's answer. Its guesses of
// the date and of the language, which read the clock, are switched off.
func byTrafilatura(doc *html.Node, base *url.URL) vote {
	v := make(vote)
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:      base,
		EnableFallback:   true,
		ExcludeComments:  true,
		HtmlDateOverride: &htmldate.Result{},
	})
	if err == nil && res.ContentNode != nil {
		v.add(chunksOf(res.ContentNode))
	}
	return v
}

// byReadability returns the words of go-readability's answer.
func byReadability(doc *html.Node, base *url.URL) vote {
	v := make(vote)
	parser := readability.NewParser()
	article, err := parser.ParseDocument(doc, base)
	if err == nil && article.Node != nil {
		v.add(chunksOf(article.Node))
	}
	return v
}
