package dialect

import (
	"strings"

	"readout/internal/span"
)

// Inline returns text as it stands inside a paragraph or list item of content
// files, escaped where Markdown would read it as something else. Lines after
// the first begin with indent. Reading it gives text back, byte for byte. text
// must be valid UTF-8.
func Inline(text, indent string) string {
	w := writer{text: text, prefix: indent, start: true, multiline: strings.Contains(text, "\n")}
	w.inline(span.New(0, len(text)), nil)
	return w.out.String()
}

// Unescape returns what a piece of Markdown text means: it reads backslash
// escapes and character references and leaves all else.
func Unescape(source string) string {
	if !strings.ContainsAny(source, `\&`) {
		return source
	}
	var b strings.Builder
	for i := 0; i < len(source); {
		i += decodeOne(&b, source[i:])
	}
	return b.String()
}
