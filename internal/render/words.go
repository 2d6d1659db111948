package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"readout/internal/site"
)

// Words are words of an article. A page isolates them, so that no character of
// theirs turns the order of what stands beside them, and says their language
// where it is not its own.
type Words struct {
	Text string
	Lang string // "" where it is the page's own
	Dir  string // "" where their first letter tells it
	Bare bool   // no character of theirs could turn anything: they need not be isolated
}

// A Titled is a link that has words of an article for its text.
type Titled struct {
	Href string
	Words
}

// words are words of the article behind b.
func (r *Renderer) words(b *site.Briefing, text string) Words {
	w := Words{Text: text}
	if b == nil {
		return w
	}
	w.Lang = r.foreignTongue(b.Header.Language)
	if d := b.Header.Direction; d != "" && d != firstDirection(text) {
		w.Dir = d
	}
	w.Bare = w.Lang == "" && w.Dir == "" && r.rightward && rightward(text)
	return w
}

// foreignTongue returns a language that pages have to name: "" for that of the site,
// whatever country speaks it, in the same letters.
func (r *Renderer) foreignTongue(tag string) string {
	if tag == "" || plainTongue(tag) == plainTongue(r.site.Config.Language) {
		return ""
	}
	return tag
}

// plainTongue is a language tag without the country.
func plainTongue(tag string) string {
	base, rest, _ := strings.Cut(strings.ToLower(tag), "-")
	if script, _, _ := strings.Cut(rest, "-"); len(script) == 4 {
		return base + "-" + script
	}
	return base
}

// rightward reports whether all characters of a text run from left to right or
// have no direction: none is of another script, and none changes directions.
func rightward(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < utf8.RuneSelf {
			continue
		}
		for _, r := range text[i:] {
			if r >= 0x590 && (r < 0x2010 || r >= 0x2028 && r <= 0x202f || r > 0x205e) && r != '€' && r != '™' {
				return false
			}
		}
		return true
	}
	return true
}

// point are the words of a key point: an editor who reworded it wrote in the
// language of the site.
func (r *Renderer) point(b *site.Briefing, s *site.Page, k site.KeyPoint) Words {
	w := r.words(b, k.Text)
	if w.Lang == "" && w.Dir == "" || r.site.Config.Text != "full" {
		return w
	}
	for i := range s.Text {
		if s.Text[i].ID == k.Passage.Block && !strings.Contains(oneSpace(blockText(s.Text[i].Inlines)), oneSpace(k.Text)) {
			return Words{Text: k.Text}
		}
	}
	return w
}

// blockText is the text of a block.
func blockText(list []site.Inline) string { return string(appendText(nil, list)) }

func appendText(b []byte, list []site.Inline) []byte {
	for i := range list {
		b = append(b, list[i].Text...)
		b = appendText(b, list[i].Children)
	}
	return b
}

// oneSpace returns s with each run of white space as one space.
func oneSpace(s string) string {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' && (c != ' ' || i == 0 || i+1 == len(s) || s[i-1] == ' ') || c >= utf8.RuneSelf && wideSpace(s[i:]) {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// wideSpace reports whether s begins with white space that is not ASCII.
func wideSpace(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(c)
}

// titled leads from the page at path to a briefing, by its title.
func (r *Renderer) titled(path string, b *site.Briefing) Titled {
	return Titled{b.Link().From(path), r.words(b, b.Header.Title)}
}

// storyTitled leads to a story, by its title. That of a story nobody named is an
// article's.
func (r *Renderer) storyTitled(path string, s *site.Story) Titled {
	return Titled{s.Link().From(path), r.words(titleOf(s), s.Title)}
}

// titleOf returns the member that a story has its title from; nil where it is
// none's.
func titleOf(s *site.Story) *site.Briefing {
	for _, b := range s.Members {
		if b.Header.Title == s.Title {
			return b
		}
	}
	return nil
}

// firstDirection is the direction of the first letter of text that has one, which
// a browser takes for that of all.
func firstDirection(text string) string {
	for _, c := range text {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			return "ltr"
		}
		if p, _ := bidi.LookupRune(c); p.Class() == bidi.L {
			return "ltr"
		} else if p.Class() == bidi.R || p.Class() == bidi.AL {
			return "rtl"
		}
	}
	return "ltr"
}
