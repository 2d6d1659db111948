package page

import (
	"strings"

	"golang.org/x/net/html"

	"readout/internal/limit"
)

// formatting elements are opened again by the parser in every block after one
// that was not closed. Without attributes no more than three of a kind are.
var formatting = map[string]bool{
	"b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true,
	"s": true, "small": true, "strike": true, "strong": true, "tt": true, "u": true,
}

var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true, "frame": true, "keygen": true, "basefont": true, "bgsound": true,
}

// closes lists, for elements whose end tag may be left out, what an open one is
// ended by.
var closes = map[string]string{
	"p": " p ", "li": " li ", "dt": " dt dd ", "dd": " dt dd ", "tr": " tr td th ", "td": " td th ", "th": " td th ",
	"option": " option ", "optgroup": " option optgroup ", "tbody": " td th tr tbody thead ", "thead": " td th tr tbody thead ",
}

// bounded rewrites a page so that parsing it is linear and what is parsed is
// small: scripts other than metadata, styles and drawings go, attributes are
// cut, and elements nested too deep give only their text. unscripted pages show
// what they hold for browsers that run no scripts.
func bounded(source string, unscripted bool, limits limit.Set) (string, error) {
	keep := make(map[string]bool)
	for {
		out, unclosed, elements := bound(source, keep, unscripted, limits)
		switch {
		case elements > limits.Of(limit.PageElements):
			return "", limits.Passed(limit.PageElements)
		case unclosed == "":
			return out, nil
		}
		// An element that is never closed would take the rest of the page with
		// it; there are a dozen kinds, so that this ends.
		keep[unclosed] = true
	}
}

func bound(source string, keep map[string]bool, unscripted bool, limits limit.Set) (out, unclosed string, elements int64) {
	maxDepth, maxElements := int(limits.Of(limit.PageDepth)), limits.Of(limit.PageElements)
	var b strings.Builder
	b.Grow(min(len(source), 1<<20))
	z := html.NewTokenizer(strings.NewReader(source))
	var open []string
	skip, skipDepth := "", 0
	over := 0 // elements open that were left out for their depth
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String(), skip, elements
		}
		if skip != "" {
			// Inside an element that goes whole: count its own kind only.
			if kind == html.StartTagToken || kind == html.EndTagToken {
				name, _ := z.TagName()
				if string(name) == skip {
					if kind == html.StartTagToken {
						skipDepth++
					} else if skipDepth--; skipDepth == 0 {
						skip = ""
					}
				}
			}
			continue
		}
		switch kind {
		case html.TextToken:
			b.Write(z.Raw())
		case html.DoctypeToken:
			b.Write(z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if elements++; elements > maxElements {
				return "", "", elements
			}
			switch t.Data {
			case "script":
				if !keepScript(t) {
					if keep["script"] {
						continue
					}
					if kind == html.StartTagToken {
						skip, skipDepth = t.Data, 1
					}
					continue
				}
			case "style", "svg", "math", "template", "canvas", "object", "embed", "iframe", "frameset", "textarea", "noembed", "noframes", "noscript", "xmp", "plaintext":
				if keep[t.Data] || unscripted && t.Data == "noscript" {
					continue // the element goes, what is in it stays
				}
				if kind == html.StartTagToken && !void[t.Data] {
					skip, skipDepth = t.Data, 1
				}
				continue
			}
			// "<div/>" is a start tag in HTML.
			t.Type = html.StartTagToken
			if void[t.Data] {
				trimAttributes(&t, limits)
				b.WriteString(t.String())
				continue
			}
			if over > 0 || len(open) >= maxDepth && closes[t.Data] == "" {
				if t.Data == "p" {
					b.WriteString("<p>") // it ends the one before
				} else {
					over++
				}
				continue
			}
			if ends := closes[t.Data]; ends != "" {
				for len(open) > 0 && strings.Contains(ends, " "+open[len(open)-1]+" ") {
					open = open[:len(open)-1]
				}
			}
			if len(open) >= maxDepth {
				continue
			}
			open = append(open, t.Data)
			trimAttributes(&t, limits)
			b.WriteString(t.String())
		case html.EndTagToken:
			name, _ := z.TagName()
			n := string(name)
			if over > 0 {
				if n != "p" {
					over--
				}
				continue
			}
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == n {
					open = open[:i]
					b.WriteString("</" + n + ">")
					break
				}
			}
		}
	}
}

// keepScript reports whether a script is metadata.
func keepScript(t html.Token) bool {
	for _, a := range t.Attr {
		if a.Key == "type" {
			return strings.Contains(strings.ToLower(a.Val), "ld+json")
		}
	}
	return false
}

func trimAttributes(t *html.Token, limits limit.Set) {
	maxAttributes, maxAttribute := int(limits.Of(limit.PageAttributes)), int(limits.Of(limit.AttributeSize))
	if formatting[t.Data] {
		t.Attr = nil
		return
	}
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		if strings.HasPrefix(a.Key, "on") || len(a.Key) > 100 || len(kept) >= maxAttributes {
			continue
		}
		if len(a.Val) > maxAttribute {
			if strings.HasPrefix(strings.TrimSpace(a.Val), "data:") {
				continue
			}
			a.Val = cut(a.Val, maxAttribute)
		}
		kept = append(kept, a)
	}
	t.Attr = kept
}

// cut returns at most n bytes of s, ended on a rune boundary.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
