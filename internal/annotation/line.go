package annotation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"

	"readout/internal/jsonout"
	"readout/internal/span"
)

// MarshalLine returns r as one line of JSON, ended by a newline: what
// encoding/json makes of it, with <, > and & as they are, in a fraction
// of the time. It fails when the ID is no JSON or a value no number.
//
// Each field of a Record is written by name, in the order of its type; a test
// fails where one is left out.
func (r *Record) MarshalLine() ([]byte, error) { return r.AppendLine(nil) }

// AppendLine appends what MarshalLine returns to dst. It returns nil where it fails.
func (r *Record) AppendLine(dst []byte) ([]byte, error) {
	e := encoder{b: slices.Grow(dst, len(r.Text)+len(r.Text)/16+512+
		14*(len(r.Sentences)+len(r.KeyPoints))+112*len(r.Entities)+208*len(r.Quotes)+96*(len(r.Times)+len(r.Terms)+len(r.Quantities)))}
	e.record(r)
	if e.err != nil {
		return nil, e.err
	}
	return append(e.b, '\n'), nil
}

// An encoder appends JSON to b. The first error stays.
type encoder struct {
	b   []byte
	err error
}

func (e *encoder) record(r *Record) {
	e.open()
	if len(r.ID) > 0 {
		e.key("id")
		e.raw(r.ID)
	}
	e.key("text")
	e.quote(r.Text)
	e.known("language", r.Language)
	if h := r.Headline; h != nil {
		e.key("headline")
		e.open()
		e.text("text", h.Text)
		e.text("basis", string(h.Basis))
		e.close()
	}
	if len(r.Byline) > 0 {
		list(e, "byline", r.Byline, func(_ int, name string) { e.quote(name) })
	}
	e.known("publisher", r.Publisher)
	if d := r.Date; d != nil {
		e.key("date")
		e.open()
		e.text("value", d.Value)
		e.text("basis", string(d.Basis))
		e.close()
	}
	objects(e, "set_aside", r.SetAside, func(x *RecordSetAside) {
		e.ends(x.Start, x.End)
		e.text("reason", x.Reason)
	})
	e.spans("sentences", r.Sentences)
	objects(e, "entities", r.Entities, func(x *RecordEntity) {
		e.ends(x.Start, x.End)
		e.text("type", string(x.Type))
		e.known("key", x.Key)
		e.known("role", x.Role)
		e.known("rule", x.Rule)
	})
	objects(e, "quotes", r.Quotes, func(x *RecordQuote) {
		e.ends(x.Start, x.End)
		e.text("form", string(x.Form))
		if len(x.Parts) > 0 {
			e.spans("parts", x.Parts)
		}
		e.knownSpan("speaker", x.Speaker)
		e.known("key", x.Key)
		e.knownSpan("cue", x.Cue)
		e.known("naming", string(x.Naming))
		if x.Unresolved {
			e.key("unresolved")
			e.b = append(e.b, "true"...)
		}
		e.known("via", x.Via)
		e.known("rule", x.Rule)
	})
	objects(e, "timex", r.Times, func(x *RecordTime) {
		e.ends(x.Start, x.End)
		e.text("type", string(x.Type))
		e.known("value", x.Value)
		e.known("rule", x.Rule)
	})
	objects(e, "terms", r.Terms, func(x *RecordTerm) {
		e.knownSpan("short", &x.Short)
		e.knownSpan("long", &x.Long)
		e.known("rule", x.Rule)
	})
	objects(e, "quantities", r.Quantities, func(x *RecordQuantity) {
		e.ends(x.Start, x.End)
		e.key("value")
		e.float(x.Value)
		e.known("unit", x.Unit)
		e.known("of", x.Of)
		e.known("rule", x.Rule)
	})
	e.spans("key_points", r.KeyPoints)
	e.close()
}

func (e *encoder) open()  { e.b = append(e.b, '{') }
func (e *encoder) close() { e.b = append(e.b, '}') }

// key begins the next field of an object.
func (e *encoder) key(k string) {
	if e.b[len(e.b)-1] != '{' {
		e.b = append(e.b, ',')
	}
	e.b = append(e.b, '"')
	e.b = append(e.b, k...)
	e.b = append(e.b, '"', ':')
}

func (e *encoder) text(k, s string) {
	e.key(k)
	e.quote(s)
}

// known is text for a field that is left out where it is empty.
func (e *encoder) known(k, s string) {
	if s != "" {
		e.text(k, s)
	}
}

func (e *encoder) int(k string, n int) {
	e.key(k)
	e.b = strconv.AppendInt(e.b, int64(n), 10)
}

func (e *encoder) ends(start, end int) {
	e.int("start", start)
	e.int("end", end)
}

func (e *encoder) span(s span.Span) {
	e.b = append(e.b, '[')
	e.b = strconv.AppendInt(e.b, int64(s.Start), 10)
	e.b = append(e.b, ',')
	e.b = strconv.AppendInt(e.b, int64(s.End), 10)
	e.b = append(e.b, ']')
}

func (e *encoder) knownSpan(k string, s *span.Span) {
	if s != nil {
		e.key(k)
		e.span(*s)
	}
}

func (e *encoder) spans(k string, ss []span.Span) {
	list(e, k, ss, func(_ int, s span.Span) { e.span(s) })
}

// list appends a field that is an array; each appends an element.
func list[T any](e *encoder, k string, xs []T, each func(int, T)) {
	e.key(k)
	e.b = append(e.b, '[')
	for i, x := range xs {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		each(i, x)
	}
	e.b = append(e.b, ']')
}

// objects appends a field that is an array of objects; fields appends those of
// one.
func objects[T any](e *encoder, k string, xs []T, fields func(*T)) {
	list(e, k, xs, func(i int, _ T) {
		e.open()
		fields(&xs[i])
		e.close()
	})
}

func (e *encoder) float(v float64) {
	if n := int64(v); v != 0 && float64(n) == v && -1e15 < v && v < 1e15 {
		e.b = strconv.AppendInt(e.b, n, 10)
		return
	}
	b, err := json.Marshal(v)
	if err != nil {
		e.fail(err)
		return
	}
	e.b = append(e.b, b...)
}

// raw appends JSON that somebody else wrote.
func (e *encoder) raw(j json.RawMessage) {
	var b bytes.Buffer
	if err := json.Compact(&b, j); err != nil {
		e.fail(fmt.Errorf("the id is no JSON: %w", err))
		return
	}
	e.b = append(e.b, b.Bytes()...)
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// escapes has for each byte that cannot stand in a string the letter that does
// after a backslash, or 'u' where it has none.
var escapes = func() (t [utf8.RuneSelf]byte) {
	for c := range byte(' ') {
		t[c] = 'u'
	}
	t['"'], t['\\'] = '"', '\\'
	t['\b'], t['\f'], t['\n'], t['\r'], t['\t'] = 'b', 'f', 'n', 'r', 't'
	return t
}()

// quote appends s in quotation marks. Bytes that are not UTF-8 become U+FFFD;
// the separators of lines and paragraphs are escaped, as JavaScript needs it.
func (e *encoder) quote(s string) {
	const hex = "0123456789abcdef"
	b := append(e.b, '"')
	start := 0 // of what is not yet appended
	for i := jsonout.Verbatim(s); i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if esc := escapes[c]; esc != 0 {
				b = append(b, s[start:i]...)
				b = append(b, '\\', esc)
				if esc == 'u' {
					b = append(b, '0', '0', hex[c>>4], hex[c&15])
				}
				start = i + 1
			}
			i++
			if c == ' ' { // not at each byte: where a sign stands it is soon met again
				i += jsonout.Verbatim(s[i:])
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(b, s[start:i]...)
			b = append(b, `\ufffd`...)
			start = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[start:i]...)
			b = append(b, `\u202`...)
			b = append(b, hex[r&15])
			start = i + size
		}
		i += size
	}
	b = append(b, s[start:]...)
	e.b = append(b, '"')
}
