package seed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"readout/internal/diag"
	"readout/internal/limit"
)

// A feedItem is one entry of a feed.
type feedItem struct {
	id, title, link, date, author string
	content                       string // HTML, unless plain
	plain                         bool
	full                          bool // content is the article, not an extract of it
	publisher, language           string
}

// key returns the part of an entry's path that names the item: stable when
// others are added to the feed.
func (it *feedItem) key() string {
	sum := sha256.Sum256([]byte(or(it.id, it.link, it.title, it.content)))
	return hex.EncodeToString(sum[:6])
}

// file makes a File of an item.
func (it *feedItem) file(name string) *File {
	raw := strings.Join([]string{it.id, it.title, it.link, it.date, it.author, it.publisher, it.language, it.content}, "\x00")
	sum := sha256.Sum256([]byte(raw))
	f := &File{Path: name, Format: HTML, Text: it.content, Charset: "utf-8", SHA256: hex.EncodeToString(sum[:]), Whole: true, Stated: map[string][]string{}}
	if it.plain {
		f.Format, f.Whole = Text, false
	}
	state(f, "title", html.UnescapeString(it.title))
	if it.author != it.publisher { // nobody by name
		state(f, "byline", it.author)
	}
	state(f, "publisher", it.publisher)
	state(f, "language", it.language)
	state(f, "date", it.date)
	if strings.HasPrefix(it.link, "http://") || strings.HasPrefix(it.link, "https://") {
		state(f, "url", it.link)
	}
	return f
}

// empty reports whether the item has no text.
func (it *feedItem) empty() bool { return strings.TrimSpace(it.content) == "" }

// readFeed reads an RSS or Atom feed.
func readFeed(raw []byte, limits limit.Set) ([]feedItem, error) {
	text, _, _ := decode(raw, HTML)
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	// The text is UTF-8 by now, whatever its declaration says.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var items []feedItem
	var path []string
	var cur *feedItem
	var publisher, language string
	var b strings.Builder
	known := false
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if path = append(path, name); int64(len(path)) > limits.Of(limit.FeedDepth) {
				return nil, limits.Passed(limit.FeedDepth)
			}
			known = known || name == "rss" || name == "feed" || name == "rdf"
			b.Reset()
			switch {
			case name == "feed" && language == "":
				language = attribute(t, "lang")
			case name == "item" || name == "entry":
				if int64(len(items)) >= limits.Of(limit.FeedEntries) {
					return nil, limits.Passed(limit.FeedEntries)
				}
				cur = &feedItem{}
			case name == "link" && cur != nil:
				if rel := attribute(t, "rel"); attribute(t, "href") != "" && (rel == "" || rel == "alternate") {
					cur.link = or(cur.link, attribute(t, "href"))
				}
			case cur != nil && name == "content" && attribute(t, "type") == "xhtml":
				inner, err := markup(d, limits)
				if err != nil {
					return nil, err
				}
				path = path[:len(path)-1]
				cur.content, cur.full, cur.plain = inner, true, false
			case cur != nil && (name == "content" || name == "summary"):
				kind := attribute(t, "type")
				if !cur.full && (kind == "" || kind == "text") && t.Name.Space != "http://purl.org/rss/1.0/modules/content/" {
					cur.plain = true
				}
			}
		case xml.CharData:
			b.Write(t)
		case xml.EndElement:
			name := strings.ToLower(t.Name.Local)
			value := strings.TrimSpace(b.String())
			b.Reset()
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
			parent := ""
			if len(path) > 0 {
				parent = path[len(path)-1]
			}
			if cur == nil {
				switch {
				case name == "title" && (parent == "channel" || parent == "feed"):
					publisher = or(publisher, value)
				case name == "language":
					language = or(language, value)
				}
				continue
			}
			cur.take(name, parent, value)
			if name == "item" || name == "entry" {
				items = append(items, *cur)
				cur = nil
			}
		}
	}
	if !known {
		return nil, errors.New("it is no RSS or Atom feed")
	}
	for i := range items {
		items[i].publisher, items[i].language = or(items[i].publisher, publisher), language
		switch it := &items[i]; {
		case it.plain && strings.Contains(it.content, "</"):
			it.plain = false
		case !it.plain && !strings.Contains(it.content, "<"):
			// Without an element it is text, and its lines are lines.
			it.plain, it.content = true, html.UnescapeString(it.content)
		}
	}
	return items, nil
}

// take puts the value of one element into the item.
func (it *feedItem) take(name, parent, value string) {
	switch name {
	case "title":
		if parent == "item" || parent == "entry" {
			it.title = or(it.title, value)
		}
	case "link":
		it.link = or(it.link, value)
	case "guid", "id":
		if parent == "item" || parent == "entry" {
			it.id = or(it.id, value)
		}
	case "pubdate", "published", "date", "issued":
		if v := mailDate(value); v != "" {
			value = v
		}
		it.date = or(it.date, value)
	case "creator":
		it.author = or(it.author, value)
	case "name":
		if parent == "author" {
			it.author = or(it.author, value)
		}
	case "author":
		if parent == "item" && !strings.Contains(value, "@") {
			it.author = or(it.author, value)
		}
	case "encoded":
		if value != "" {
			it.content, it.full, it.plain = value, true, false
		}
	case "content":
		if value != "" && !it.full {
			it.content, it.full = value, true
		}
	case "description", "summary":
		if it.content == "" {
			it.content = value
		}
	}
}

// markup returns what stands in the current element, as markup.
func markup(d *xml.Decoder, limits limit.Set) (string, error) {
	var b bytes.Buffer
	depth := int64(0)
	for {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > limits.Of(limit.FeedDepth) {
				return "", limits.Passed(limit.FeedDepth)
			}
			fmt.Fprintf(&b, "<%s>", t.Name.Local)
		case xml.EndElement:
			if depth--; depth < 0 {
				return b.String(), nil
			}
			fmt.Fprintf(&b, "</%s>", t.Name.Local)
		case xml.CharData:
			xml.EscapeText(&b, t)
		}
	}
}

// openFeed reads a feed of one entry; List parts one of several.
func openFeed(f *File, raw []byte) diag.List {
	items, err := readFeed(raw, f.Limits)
	switch {
	case err != nil:
		return refuse("seed-feed", "cannot be read as a feed: "+err.Error(), hintFor(err, "save the feed again"))
	case len(items) != 1:
		return refuse("seed-feed", fmt.Sprintf("the feed has %d entries; one is wanted here", len(items)), "name an entry, as "+f.Path+"#…")
	}
	if items[0].empty() {
		return refuse("seed-empty", "the entry of the feed has no text", "save the article's page")
	}
	sum := f.SHA256
	limits := f.Limits
	*f = *items[0].file(f.Path)
	f.SHA256, f.Limits = sum, limits
	return nil
}
