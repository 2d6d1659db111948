// Package language tells in what language an article is written, from what its
// page says and from its words. Its central value is Analyzer; every analyzer
// of English asks analysis.Pass.English first, so that nothing is guessed of a
// text in another language.
//
// A script that only one language of note uses decides by itself. Where several
// share one, the language whose function words fill most of the text wins (the
// short-word method of Ingle 1976 and Grefenstette 1995). The words of the text
// go before what the page says, which is often the language of its menus.
package language

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/token"
)

// Analyzer finds the language of the article.
var Analyzer = &analysis.Analyzer{
	Name: "language",
	Doc:  "tells the language of the article",
	Run:  run,
}

// maxWords is how many words are looked at: enough to tell any two languages,
// and a bound on the cost for a long article.
const maxWords = 500

func run(p *analysis.Pass) annotation.Set {
	tag := ofText(p.Tokens, p.Article.Text)
	stated := primary(p.Article.Meta.Language)
	switch {
	case tag == "" && stated != "":
		tag = stated
	case tag == "":
		tag = "und"
	}
	if full := p.Article.Meta.Language; stated == tag && full != "" {
		tag = full // "en-GB" says more than "en"
	}
	lang := annotation.Language{Tag: tag}
	// A text too short to tell, in the Latin script, is taken for English, the
	// one language the analyzers read; its tag does not say so.
	lang.Analysed = primary(tag) == "en" || tag == "und" && !foreignScript(p.Tokens, p.Article.Text)
	if primary(tag) == "en" {
		for i, b := range p.Blocks {
			if foreign(p.Tokens[b[0]:b[1]]) {
				lang.Foreign = append(lang.Foreign, i)
			}
		}
	}
	return annotation.Set{Language: lang}
}

// primary returns the primary subtag of a BCP 47 tag, in lower case.
func primary(tag string) string {
	p, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	p = strings.ToLower(p)
	if p == "und" || len(p) < 2 || len(p) > 3 {
		return ""
	}
	return p
}

//go:embed data/words.txt
var words string

// A profile is what the lists know of one word: the languages that have it.
type profile struct {
	tags   []string
	byWord map[string][]int // word -> indexes of tags
}

// tagsOf are the indexes of the languages that have a word.
var tagsOf = token.NewMemo(func(w string) []int { return profiles().byWord[w] })

var profiles = sync.OnceValue(func() *profile {
	p := &profile{byWord: map[string][]int{}}
	for line := range strings.Lines(words) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		at := len(p.tags)
		p.tags = append(p.tags, f[0])
		for _, w := range f[1:] {
			if l := p.byWord[w]; len(l) == 0 || l[len(l)-1] != at {
				p.byWord[w] = append(l, at)
			}
		}
	}
	return p
})

// ofText returns the primary tag of the language of the words, or "" when they
// do not tell.
func ofText(toks []token.Token, text string) string {
	if tag, sole := byScript(toks, text); sole {
		return tag
	}
	p := profiles()
	score := make([]float64, len(p.tags))
	n, en := 0, 0
	for i, t := range p.tags {
		if t == "en" {
			en = i
		}
	}
	for i := range toks {
		t := &toks[i]
		if t.Kind != token.Word {
			continue
		}
		if n++; n > maxWords {
			break
		}
		l := *tagsOf.Of(t)
		for _, k := range l {
			score[k] += 1 / float64(len(l))
		}
	}
	best, second := -1, -1
	for k := range score {
		switch {
		case best < 0 || score[k] > score[best]:
			best, second = k, best
		case second < 0 || score[k] > score[second]:
			second = k
		}
	}
	if n == 0 || best < 0 || score[best] == 0 {
		return ""
	}
	share := score[best] / float64(n)
	if best == en {
		if share < 0.05 && score[best] < 3 {
			return ""
		}
		return "en"
	}
	// Another language than English needs more: a text of names and figures
	// with an "in", a "de" and an "a" is none.
	if score[best] < 2 || share < 0.08 || score[best] < 1.3*score[en] || score[best] <= score[second] {
		return ""
	}
	return p.tags[best]
}

// A block of an English article is in another language where it has words enough, those of
// another language's sentences among them, and so much more of these than of English.
const (
	foreignWords  = 12
	foreignScore  = 3
	foreignShare  = 0.15
	foreignBeside = 3
)

// foreign reports whether the tokens of a block are in another language than English.
func foreign(toks []token.Token) bool {
	words := 0
	for i := range toks {
		if toks[i].Kind == token.Word {
			words++
		}
	}
	if words < foreignWords {
		return false
	}
	p := profiles()
	score := make([]float64, len(p.tags))
	for i := range toks {
		if t := &toks[i]; t.Kind == token.Word && t.Is(token.AllLower) {
			l := *tagsOf.Of(t)
			for _, k := range l {
				score[k] += 1 / float64(len(l))
			}
		}
	}
	best, en := 0.0, 0.0
	for k, tag := range p.tags {
		if tag == "en" {
			en = score[k]
		} else {
			best = max(best, score[k])
		}
	}
	return best >= foreignScore && best >= foreignShare*float64(words) && best >= foreignBeside*en
}

// scripts are the scripts with one language each that they stand for when
// nothing else tells; those shared by several languages have an empty tag.
var scripts = []struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Latin, ""},
	{unicode.Cyrillic, ""},
	{unicode.Arabic, ""},
	{unicode.Devanagari, ""},
	{unicode.Hiragana, "ja"},
	{unicode.Katakana, "ja"},
	{unicode.Han, "zh"},
	{unicode.Hangul, "ko"},
	{unicode.Greek, "el"},
	{unicode.Hebrew, "he"},
	{unicode.Thai, "th"},
	{unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"},
	{unicode.Ethiopic, "am"},
	{unicode.Bengali, "bn"},
	{unicode.Tamil, "ta"},
	{unicode.Telugu, "te"},
	{unicode.Malayalam, "ml"},
	{unicode.Kannada, "kn"},
	{unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"},
	{unicode.Sinhala, "si"},
	{unicode.Khmer, "km"},
	{unicode.Lao, "lo"},
	{unicode.Myanmar, "my"},
	{unicode.Oriya, "or"},
	{unicode.Tibetan, "bo"},
	{unicode.Mongolian, "mn"},
}

// count returns how many of the first letters of the words belong to each
// script.
func count(toks []token.Token, text string) (by []int, total int) {
	by = make([]int, len(scripts))
	n := 0
	for i := range toks {
		t := &toks[i]
		if t.Kind != token.Word {
			continue
		}
		if n++; n > maxWords {
			break
		}
		// In a script without spaces a word is a whole clause: look at the
		// first letters of it.
		const letters = 40
		word := t.Span.In(text)
		k := 0
		for k < len(word) && k < letters && word[k] < utf8.RuneSelf {
			k++
		}
		by[0] += k
		total += k
		if k == len(word) {
			continue
		}
		for _, r := range word[k:] {
			if k++; k > letters {
				break
			}
			total++
			if r < utf8.RuneSelf {
				by[0]++
				continue
			}
			for i := range scripts {
				if unicode.Is(scripts[i].table, r) {
					by[i]++
					break
				}
			}
		}
	}
	return by, total
}

// byScript returns the language a script alone decides, and whether it does.
func byScript(toks []token.Token, text string) (tag string, sole bool) {
	by, total := count(toks, text)
	best := 0
	for i := range by {
		if by[i] > by[best] {
			best = i
		}
	}
	if total == 0 || by[best]*2 < total && scripts[best].tag == "" || by[best]*3 < total {
		return "", false
	}
	tag = scripts[best].tag
	// Japanese mixes kana with the characters it shares with Chinese.
	if kana := by[4] + by[5]; tag == "zh" && kana*10 > by[6] {
		tag = "ja"
	}
	return tag, tag != ""
}

// foreignScript reports whether most letters are not Latin.
func foreignScript(toks []token.Token, text string) bool {
	by, total := count(toks, text)
	return by[0]*2 < total
}
