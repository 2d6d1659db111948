package verify

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// This file reads annotated text on its own: line by line and with one stack of
// brackets, where the program itself goes through a Markdown parser. What the
// two agree on is not an accident of one of them.

// A block is one block of an annotated text, its markup taken away.
type block struct {
	id     string // as the pages name it: "p1", "h2", "a1", "headline"
	role   string
	reason string
	text   string
	at     []int32 // for each byte of text, and its end, the offset in the source
}

// A flaw is something that is not of the dialect, at an offset of the source.
type flaw struct {
	at   int
	what string
	hint string
}

// An annotatedText is what one section "Annotated text" says.
type annotatedText struct {
	blocks []block
	ids    map[string]int // of spans, with their offset
	refs   []ref          // by=…, continues=…
	worded []worded       // what is said in the article's own words
	times  []timeSpan
	spans  []spanText
	flaws  []flaw
}

// A spanText is an annotation with the words it stands on.
type spanText struct {
	block         string // the id of its block
	class         string
	by            string // ids of its sources
	naming        string
	ref           string
	value         string
	id            string
	text          string
	parts         []int // the spans inside it, by their index
	open, closing int   // offsets while its block is being read
	at            int   // offset of its "[" in the file
}

// A ref is an attribute that names the id of another span.
type ref struct {
	id string
	at int
}

// A worded is an attribute that repeats words of the article.
type worded struct {
	key, value string
	at         int
}

// wordings are the attributes whose values are words of the article.
var wordings = []string{"role", "access", "reason", "via", "short", "long"}

// values are the attributes that have one of a few values.
var values = map[string]string{
	"naming": " named organization outlet document role-only described bare collective ",
	"form":   " mixed scare ",
	"stance": " asserts denies alleges expects hints ",
	"realis": " occurred scheduled expected hypothetical negated ",
	"type":   " DATE TIME DURATION SET ",
	"sense":  " government ",
	"sure":   " no ",
}

// classes are the spans the format knows.
var classes = " person organization place event quote statement source cue time quantity term event-mention "

// A line of the source, without its prefixes.
type sourceLine struct {
	text string
	at   int
}

// readText reads the annotated text in source[start:end].
func readText(source string, start, end int) *annotatedText {
	r := &textReader{out: &annotatedText{ids: map[string]int{}}, source: source, count: map[string]int{}}
	for at := start; at < end; {
		stop := strings.IndexByte(source[at:end], '\n')
		next := at + stop + 1
		if stop < 0 {
			stop, next = end-at, end
		}
		r.line(sourceLine{strings.TrimSuffix(source[at:at+stop], "\r"), at})
		at = next
	}
	r.flush()
	if len(r.divs) > 0 {
		r.flaw(r.divs[len(r.divs)-1].at, "this block is not closed", "close it with a line :::")
	}
	return r.out
}

type div struct {
	role, reason string
	at           int
}

type textReader struct {
	out    *annotatedText
	source string
	divs   []div
	count  map[string]int // blocks so far, by the letter of their ids

	role  string // of the block being gathered
	lines []sourceLine
}

func (r *textReader) flaw(at int, what, hint string) {
	r.out.flaws = append(r.out.flaws, flaw{at, what, hint})
}

// line takes the next line.
func (r *textReader) line(l sourceLine) {
	text := strings.TrimRight(l.text, " \t")
	body := strings.TrimLeft(text, " \t")
	at := l.at + len(text) - len(body)
	switch {
	case body == "":
		r.flush()
	case strings.HasPrefix(body, ":::"):
		r.flush()
		r.fence(body, at)
	case strings.HasPrefix(body, "#") && strings.HasPrefix(strings.TrimLeft(body, "#"), " "):
		r.flush()
		inner := strings.TrimLeft(body, "#")
		inner = strings.TrimLeft(inner, " ")
		r.role = "heading"
		r.lines = []sourceLine{{headingText(inner), at + len(body) - len(inner)}}
		r.flush()
	case strings.HasPrefix(body, ">"):
		inner := strings.TrimLeft(body[1:], " ")
		if inner == "" || r.role != "quotation" {
			r.flush()
		}
		if inner != "" {
			r.role = "quotation"
			r.lines = append(r.lines, sourceLine{inner, at + len(body) - len(inner)})
		}
	case strings.HasPrefix(body, "- ") || body == "-" || strings.HasPrefix(body, "* ") || strings.HasPrefix(body, "+ "):
		r.flush()
		inner := strings.TrimLeft(body[1:], " ")
		r.role = "list-item"
		r.lines = []sourceLine{{inner, at + len(body) - len(inner)}}
	default:
		if r.role == "" {
			r.role = "paragraph"
		}
		r.lines = append(r.lines, sourceLine{body, at})
	}
}

// headingText leaves out the attributes after a heading.
func headingText(s string) string {
	if strings.HasSuffix(s, "}") {
		if i := strings.LastIndex(s, " {"); i > 0 && !strings.Contains(s[i:], "]") {
			return strings.TrimRight(s[:i], " ")
		}
	}
	return s
}

// fence opens or closes a block that is marked by colons.
func (r *textReader) fence(body string, at int) {
	rest := strings.TrimLeft(body, ":")
	rest = strings.TrimLeft(rest, " ")
	if rest == "" {
		if len(r.divs) == 0 {
			r.flaw(at, "this closes a block that was not opened", "remove the line, or write \\:::")
			return
		}
		r.divs = r.divs[:len(r.divs)-1]
		return
	}
	d := div{at: at, role: rest}
	if strings.HasPrefix(rest, "{") {
		a, n, problem := readAttributes(rest)
		if problem != "" || n != len(rest) {
			r.flaw(at, "the attributes of this block cannot be read: "+problem, `write them as {.set-aside reason="…"}`)
		}
		d.role, d.reason = a.class, a.get("reason")
	}
	r.divs = append(r.divs, d)
}

// flush ends the block being gathered.
func (r *textReader) flush() {
	if len(r.lines) == 0 {
		r.role = ""
		return
	}
	b := block{role: r.role}
	if len(r.divs) > 0 {
		d := r.divs[len(r.divs)-1]
		b.role, b.reason = d.role, d.reason
	}
	first := len(r.out.spans)
	r.inline(&b, r.lines)
	b.id = r.name(b.role)
	for i := first; i < len(r.out.spans); i++ {
		r.out.spans[i].block = b.id
	}
	r.out.blocks = append(r.out.blocks, b)
	r.role, r.lines = "", nil
}

// name gives a block its id.
func (r *textReader) name(role string) string {
	letter := ""
	switch role {
	case "paragraph", "list-item", "quotation", "caption":
		letter = "p"
	case "heading":
		letter = "h"
	case "set-aside":
		letter = "a"
	}
	key := letter
	if letter == "" {
		key = role
	}
	r.count[key]++
	switch {
	case letter != "":
		return fmt.Sprintf("%s%d", letter, r.count[key])
	case r.count[key] > 1:
		return fmt.Sprintf("%s-%d", role, r.count[key])
	}
	return role
}

// inline takes the markup out of the lines of one block.
func (r *textReader) inline(b *block, lines []sourceLine) {
	var source strings.Builder
	var offsets []int32 // of each byte of source in the file
	for i, l := range lines {
		if i > 0 {
			source.WriteByte('\n')
			offsets = append(offsets, int32(l.at-1))
		}
		source.WriteString(l.text)
		for k := range len(l.text) {
			offsets = append(offsets, int32(l.at+k))
		}
	}
	s := source.String()
	first := len(r.out.spans)
	skip := r.spans(s, offsets)
	var text strings.Builder
	place := make([]int32, len(s)+1) // of each byte of s in the text
	emit := func(decoded string, i int) {
		text.WriteString(decoded)
		for range len(decoded) {
			b.at = append(b.at, offsets[i])
		}
	}
	for i := 0; i < len(s); {
		place[i] = int32(text.Len())
		if n := skip[i]; n > 0 {
			i += n
			continue
		}
		decoded, n := decode(s[i:])
		emit(decoded, i)
		i += n
	}
	b.text = text.String()
	for i := first; i < len(r.out.spans); i++ {
		sp := &r.out.spans[i]
		sp.text = b.text[place[sp.open]:place[sp.closing]]
		// Spans stand in the order in which they end: those within this one are
		// the last before it.
		from := i
		for from > first && r.out.spans[from-1].open > sp.open {
			from--
		}
		for k := from; k < i; k++ {
			sp.parts = append(sp.parts, k)
		}
	}
	end := int32(lines[len(lines)-1].at + len(lines[len(lines)-1].text))
	b.at = append(b.at, end)
}

// spans finds the brackets of s that are markup: for the offset of each, how
// many bytes it takes, its attributes included.
func (r *textReader) spans(s string, offsets []int32) map[int]int {
	skip := map[int]int{}
	var open []int
	for i := 0; i < len(s); {
		switch s[i] {
		case '[':
			open = append(open, i)
			i++
		case ']':
			if !strings.HasPrefix(s[i+1:], "{") {
				if len(open) > 0 {
					open = open[:len(open)-1]
				}
				i++
				continue
			}
			a, n, problem := readAttributes(s[i+1:])
			at := int(offsets[i])
			switch {
			case problem != "":
				r.flaw(at+1, "the attributes of this annotation cannot be read: "+problem, `write them as {.class #id key="value"}`)
				i++
				continue
			case len(open) == 0:
				r.flaw(at, "an annotation ends here that does not begin", `put "[" where it begins, or write \]`)
			case !strings.Contains(classes, " "+a.class+" "):
				r.flaw(at+1, fmt.Sprintf("unknown kind of annotation %q", a.class), "the kinds are:"+strings.TrimRight(classes, " "))
			}
			if a.class == "time" && len(open) > 0 {
				r.out.times = append(r.out.times, timeSpan{s[open[len(open)-1]+1 : i], a.get("value"), a.get("anchor"), at + 1})
			}
			if len(open) > 0 {
				from := open[len(open)-1]
				r.out.spans = append(r.out.spans, spanText{
					class: a.class, by: a.get("by"), naming: a.get("naming"), ref: a.get("ref"),
					value: a.get("value"), id: a.id, open: from, closing: i, at: int(offsets[from]),
				})
				skip[from] = 1
				open = open[:len(open)-1]
			}
			if a.id != "" {
				if _, twice := r.out.ids[a.id]; twice {
					r.flaw(at+1, fmt.Sprintf("the id %q is given twice", a.id), "give each annotation an id of its own")
				}
				r.out.ids[a.id] = at
			}
			for _, key := range []string{"by", "continues", "at"} {
				for id := range strings.FieldsSeq(a.get(key)) {
					r.out.refs = append(r.out.refs, ref{strings.TrimPrefix(id, "#"), at + 1})
				}
			}
			for _, p := range a.pairs {
				if slices.Contains(wordings, p[0]) {
					r.out.worded = append(r.out.worded, worded{p[0], p[1], at + 1})
				}
				if known, ok := values[p[0]]; ok && (!strings.Contains(known, " "+p[1]+" ") || p[1] == "") {
					r.flaw(at+1, fmt.Sprintf("unknown %s %q", p[0], p[1]), "it is one of:"+strings.TrimRight(known, " "))
				}
			}
			skip[i] = 1 + n
			i += 1 + n
		default:
			_, n := decode(s[i:])
			i += n
		}
	}
	return skip
}

// decode reads one character at the start of s: escaped, as a reference, or as
// it is. It returns the number of bytes it takes.
func decode(s string) (string, int) {
	switch {
	case s[0] == '\\' && len(s) > 1 && s[1] == '0':
		return "\x00", 2
	case s[0] == '\\' && len(s) > 1 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[1]) >= 0:
		return s[1:2], 2
	case s[0] == '&':
		if i := strings.IndexByte(s[:min(len(s), 40)], ';'); i > 1 && wellFormed(s[1:i]) {
			if decoded := html.UnescapeString(s[:i+1]); decoded != s[:i+1] {
				// A reference that is not closed by the semicolon leaves it.
				if !strings.HasSuffix(decoded, ";") || s[:i+1] == "&semi;" || s[:i+1] == "&#59;" {
					return plainReference(s[:i+1], decoded), i + 1
				}
			}
		}
	}
	_, n := utf8.DecodeRuneInString(s)
	return s[:n], n
}

// plainReference undoes what HTML does to the numbers 128 to 159, which it
// takes for another encoding and Markdown does not.
func plainReference(s, decoded string) string {
	var v int
	if n, err := fmt.Sscanf(s, "&#%d;", &v); err == nil && n == 1 && v >= 128 && v <= 159 {
		return string(rune(v))
	}
	return decoded
}

func wellFormed(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c == '#' && i == 0 {
			continue
		}
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// attributes are what stands in braces.
type attributes struct {
	class, id string
	pairs     [][2]string
}

func (a attributes) get(key string) string {
	for _, p := range a.pairs {
		if p[0] == key {
			return p[1]
		}
	}
	return ""
}

// readAttributes reads the attributes at the start of s, which begins with "{",
// and returns how many bytes they take.
func readAttributes(s string) (a attributes, n int, problem string) {
	i := 1
	for {
		for i < len(s) && s[i] == ' ' {
			i++
		}
		if i >= len(s) || s[i] == '\n' {
			return a, 0, "they are not closed"
		}
		if s[i] == '}' {
			if a.class == "" && len(a.pairs) == 0 {
				return a, 0, "they have no class"
			}
			return a, i + 1, ""
		}
		from := i
		for i < len(s) && strings.IndexByte(" }=\n", s[i]) < 0 {
			i++
		}
		word := s[from:i]
		switch {
		case strings.HasPrefix(word, ".") && (i == len(s) || s[i] != '='):
			if a.class != "" {
				return a, 0, "there is a second class"
			}
			a.class = word[1:]
			continue
		case strings.HasPrefix(word, "#") && (i == len(s) || s[i] != '='):
			if a.id != "" || word == "#" {
				return a, 0, "there is no id, or a second one"
			}
			a.id = word[1:]
			continue
		case word == "" || i == len(s) || s[i] != '=':
			return a, 0, fmt.Sprintf("%q has no value", word)
		}
		i++
		var value strings.Builder
		if i < len(s) && (s[i] == '"' || s[i] == '\'') {
			quote := s[i]
			i++
			for i < len(s) && s[i] != quote && s[i] != '\n' {
				decoded, k := decode(s[i:])
				value.WriteString(decoded)
				i += k
			}
			if i >= len(s) || s[i] != quote {
				return a, 0, "a value has no closing quotation mark"
			}
			i++
			if i < len(s) && s[i] != ' ' && s[i] != '}' {
				return a, 0, "a value runs into the next"
			}
		} else {
			for i < len(s) && strings.IndexByte(" }\n\"'", s[i]) < 0 {
				value.WriteByte(s[i])
				i++
			}
			if value.Len() == 0 {
				return a, 0, fmt.Sprintf("%q has no value", word)
			}
		}
		a.pairs = append(a.pairs, [2]string{word, value.String()})
	}
}
