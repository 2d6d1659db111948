// Package label has the words that readout itself puts on a page: headings,
// sentences, names of kinds, dates and numbers, in the language of the site. Its
// central type is Set, the labels of one language. They come from the files
// labels/*.yaml beside the templates, in which a site may change single ones or
// add a language.
//
// A label is a text with places to be filled, such as "In {where}", or a text for
// each plural form of the language, or a list. What is filled in is the words of
// an article, a number or another label; it is never markup.
package label

import (
	"cmp"
	"encoding/json"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"readout/internal/diag"
	"readout/templates"
)

// A Set is the labels of one language. It may be used by several goroutines.
// Asking it for a key that does not exist is a fault of the program and panics.
type Set struct {
	tag     language.Tag
	labels  map[string]*entry
	printer *message.Printer
	found   bool
}

// English returns the built-in English labels.
var English = sync.OnceValue(func() *Set {
	s, diags := Load(templates.FS, nil, "en")
	if len(diags) > 0 {
		panic(diags[0])
	}
	return s
})

// Or returns s, or the English labels where it is nil.
func (s *Set) Or() *Set {
	if s == nil {
		return English()
	}
	return s
}

// Found reports whether there are labels of the language that was asked for.
// Where there are none the set is English.
func (s *Set) Found() bool { return s.found }

// Language is the language of the labels.
func (s *Set) Language() language.Tag { return s.tag }

// Has reports whether there is a label of that key.
func (s *Set) Has(key string) bool { return s.labels[key] != nil }

// An entry is one label.
type entry struct {
	forms [plural.Many + 1]*pattern // by plural form; of a plain text plural.Other alone
	list  []string
	many  bool // has plural forms
	file  string
	line  int
}

// A pattern is a text with places to be filled.
type pattern []part

// A part is words as they stand, or the name of a place.
type part struct{ words, place string }

func (s *Set) entry(key string) *entry {
	e := s.labels[key]
	if e == nil {
		panic("there is no label " + key)
	}
	return e
}

// Text returns a label without places.
func (s *Set) Text(key string) string { return s.Say(key) }

// Say returns a label with its places filled: their names and what goes there,
// in turn.
func (s *Set) Say(key string, fill ...string) string {
	return s.entry(key).forms[plural.Other].fill(fill, "", "")
}

// Count returns a label in the form for a number of things. In it, {n} is the
// number in figures and {number} in words where it is small.
func (s *Set) Count(key string, n int, fill ...string) string {
	e := s.entry(key)
	p := e.forms[s.form(n)]
	if p == nil {
		p = e.forms[plural.Other]
	}
	return p.fill(fill, s.Number(n), s.Words(n))
}

// form is the plural form of a whole number.
func (s *Set) form(n int) plural.Form {
	return plural.Cardinal.MatchPlural(s.tag, max(n, -n), 0, 0, 0, 0)
}

// String is the pattern as it stands in a file.
func (p *pattern) String() string {
	var b strings.Builder
	for _, part := range *p {
		b.WriteString(part.words)
		if part.place != "" {
			b.WriteString("{" + part.place + "}")
		}
	}
	return b.String()
}

func (p *pattern) fill(fill []string, n, words string) string {
	if len(*p) == 1 && (*p)[0].place == "" {
		return (*p)[0].words
	}
	var room [128]byte
	b := room[:0]
	for i := range *p {
		switch part := &(*p)[i]; {
		case part.place == "":
			b = append(b, part.words...)
		case part.place == "n" && n != "":
			b = append(b, n...)
		case part.place == "number" && n != "":
			b = append(b, words...)
		default:
			for i := 0; i+1 < len(fill); i += 2 {
				if fill[i] == part.place {
					b = append(b, fill[i+1]...)
				}
			}
		}
	}
	return string(b)
}

// Pieces calls words and place for the parts of a label in turn.
func (s *Set) Pieces(key string, words, place func(string)) {
	for _, part := range *s.entry(key).forms[plural.Other] {
		if part.place == "" {
			words(part.words)
		} else {
			place(part.place)
		}
	}
}

// Places lists the places of a label, each once.
func (s *Set) Places(key string) []string { return s.entry(key).places() }

// Script returns a label as a value of JavaScript: a string, or an object with a
// string for each plural form.
func (s *Set) Script(key string) string {
	e := s.entry(key)
	var v any = e.forms[plural.Other].String()
	if e.many {
		texts := map[string]string{}
		for name, f := range forms {
			if e.forms[f] != nil {
				texts[name] = e.forms[f].String()
			}
		}
		v = texts
	}
	out, err := json.Marshal(v)
	if err != nil {
		panic(err) // a string always marshals
	}
	return string(out)
}

// Known returns the label of words that readout writes into a content file in
// English, such as why a time is not resolved. group is where such labels stand.
// Words that an editor wrote are returned as they are.
func (s *Set) Known(group, words string) string {
	key := group + "." + strings.ReplaceAll(words, " ", "-")
	if e := s.labels[key]; e != nil {
		return e.forms[plural.Other].fill(nil, "", "")
	}
	return words
}

// Number writes n in figures, grouped as the language does.
func (s *Set) Number(n int) string {
	if -1000 < n && n < 1000 {
		return small(n)
	}
	return s.printer.Sprint(number.Decimal(n))
}

// Words writes n in words where the language has a list of them so long.
func (s *Set) Words(n int) string {
	if list := s.entry("numbers").list; 0 <= n && n < len(list) {
		return list[n]
	}
	return s.Number(n)
}

// List joins words as a sentence does: "a, b and c".
func (s *Set) List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return s.Say("list.end", "a", s.Row(words[:n-1]), "b", words[n-1])
	}
}

// Row joins words without a last "and": "a, b, c".
func (s *Set) Row(words []string) string {
	if len(words) == 0 {
		return ""
	}
	if p := *s.entry("list.middle").forms[plural.Other]; len(p) == 3 && p[0].place == "a" && p[1].place == "" && p[2].place == "b" {
		return strings.Join(words, p[1].words)
	}
	out := words[0]
	for _, w := range words[1:] {
		out = s.Say("list.middle", "a", out, "b", w)
	}
	return out
}

// Quote puts words between the quotation marks of the language. They may mark
// words of an article, so they are among those that verify knows.
func (s *Set) Quote(words string) string { return s.Say("quote", "words", words) }

// Sentence writes the first letter of s large.
func Sentence(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	if n == 0 || unicode.IsUpper(c) {
		return s
	}
	return string(unicode.ToUpper(c)) + s[n:]
}

// Direction is the direction in which the language of a BCP 47 tag is written,
// "ltr" or "rtl".
func Direction(tag string) string {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if primary != "" && strings.Contains(" ar arc ckb dv fa he ks ps sd syr ug ur yi ", " "+primary+" ") {
		return "rtl"
	}
	return "ltr"
}

// places lists the places of all forms, each once.
func (e *entry) places() []string {
	var names []string
	seen := map[string]bool{}
	for _, p := range e.forms {
		if p == nil {
			continue
		}
		for _, part := range *p {
			if part.place != "" && !seen[part.place] {
				seen[part.place] = true
				names = append(names, part.place)
			}
		}
	}
	return names
}

// fault is a message about an entry.
func (e *entry) fault(message, hint string) diag.Diagnostic {
	return diag.Diagnostic{File: e.file, Line: e.line, ID: "label", Message: message, Hint: cmp.Or(hint, "'readout templates copy labels/en.yaml' has all labels, to compare")}
}
