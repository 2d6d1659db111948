package seed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/gogs/chardet"

	"readout/internal/diag"
	"readout/internal/limit"
)

// Decode makes a File of the raw bytes of a seed. It returns nil where a
// Diagnostic of severity Error says why they cannot be used; text in an encoding
// that had to be assumed gives a File and a warning. It is linear in the length
// of raw.
func Decode(name string, format Format, raw []byte) (*File, diag.List) {
	return DecodeWithin(limit.Set{}, name, format, raw)
}

// DecodeWithin is Decode with limits other than the defaults.
func DecodeWithin(limits limit.Set, name string, format Format, raw []byte) (*File, diag.List) {
	return decodeStated(name, format, raw, "", limits)
}

// decodeStated is Decode where the encoding of a text is known from elsewhere.
func decodeStated(name string, format Format, raw []byte, stated string, limits limit.Set) (*File, diag.List) {
	sum := sha256.Sum256(raw)
	f := &File{Path: name, Format: format, SHA256: hex.EncodeToString(sum[:]), stated: stated, Limits: limits}
	var diags diag.List
	if len(bytes.TrimSpace(raw)) == 0 {
		diags = refuse("seed-empty", "the file is empty", "put an article into it, or remove it")
	} else {
		diags = readerOf(format).Open(f, raw)
	}
	for i := range diags {
		diags[i].File = name
	}
	if diags.Errors() > 0 {
		return nil, diags
	}
	return f, diags
}

func refuse(id, message, hint string) diag.List {
	return diag.List{{ID: id, Message: message, Hint: hint}}
}

// openText reads text. The encoding is known by a byte order mark, by what the
// page declares, by being valid UTF-8, and in the last place by the frequencies
// of its bytes.
func openText(f *File, raw []byte) diag.List {
	if what := signature(raw); what != "" {
		hint := "save the article as text or as a web page"
		switch what {
		case "a PDF document":
			hint = "give it the ending .pdf"
		case "a ZIP archive or an office document":
			hint = "give an office document the ending .docx; unpack an archive"
		}
		return refuse("seed-binary", "not a text file but "+what, hint)
	}
	text, encodingName, assumed := decode(raw, f.Format)
	if enc, name := charset.Lookup(f.stated); enc != nil && name != "utf-8" && !strings.HasPrefix(encodingName, "utf-") {
		text, encodingName, assumed = convert(enc, raw), name, ""
	}
	if strings.TrimSpace(text) == "" {
		return refuse("seed-empty", "the file is empty", "put an article into it, or remove it")
	}
	if binary(text) {
		return refuse("seed-binary", "not a text file: it is full of control characters", "save the article as text or as a web page")
	}
	f.Text, f.Charset = text, encodingName
	if assumed == "" {
		return nil
	}
	line, column := position(raw)
	return diag.List{{Line: line, Column: column, ID: "seed-encoding", Severity: diag.Warning, Message: assumed, Hint: "save the file as UTF-8"}}
}

// decode returns raw as UTF-8, the name of its encoding, and a message where
// that had to be assumed.
func decode(raw []byte, format Format) (text, name, assumed string) {
	for _, mark := range marks {
		if body, ok := bytes.CutPrefix(raw, []byte(mark.bytes)); ok {
			if mark.name == "utf-8" {
				raw = body
				break
			}
			return convert(mark.enc, body), mark.name, ""
		}
	}
	if enc, name := wide(raw); enc != nil {
		return convert(enc, raw), name, ""
	}
	multi, bad := sequences(raw)
	if bad == 0 {
		// What a page declares is not asked: bytes that are UTF-8 throughout
		// are hardly anything else, and pages are often saved in UTF-8 with
		// their old declaration.
		if multi > 0 || format != HTML {
			return string(raw), "utf-8", ""
		}
	}
	if format == HTML {
		if enc, name := declared(raw); enc != nil && name != "utf-8" {
			return convert(enc, raw), name, ""
		}
	}
	if bad == 0 {
		return string(raw), "utf-8", ""
	}
	i := firstInvalid(raw)
	if multi >= bad {
		return string(bytes.ToValidUTF8(raw, []byte("\uFFFD"))), "utf-8",
			fmt.Sprintf("byte 0x%02x is not UTF-8; the file was taken for UTF-8 and %s replaced by U+FFFD", raw[i], count(bad, "byte is", "bytes are"))
	}
	enc, name := detect(raw)
	return convert(enc, raw), name, fmt.Sprintf("byte 0x%02x is not UTF-8; the file was taken for %s", raw[i], name)
}

var marks = []struct {
	bytes, name string
	enc         encoding.Encoding
}{
	{"\xef\xbb\xbf", "utf-8", nil},
	{"\xff\xfe\x00\x00", "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\xfe\xff", "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe", "utf-16le", utf16le},
	{"\xfe\xff", "utf-16be", utf16be},
}

var (
	utf16le = xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	utf16be = xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
)

// convert decodes raw; what the encoding does not have becomes U+FFFD.
func convert(enc encoding.Encoding, raw []byte) string {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		out = raw
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(out), "\uFFFD"), "\ufeff")
}

// sample is how many bytes the guesses look at.
const sample = 64 << 10

// wide tells UTF-16 without a byte order mark: in Western text every other byte
// is zero; in any other, one byte order gives letters throughout and line ends.
func wide(raw []byte) (encoding.Encoding, string) {
	if len(raw) < 4 || len(raw)%2 != 0 {
		return nil, ""
	}
	head := raw[:min(len(raw), sample)&^1]
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case zero[1]*10 >= half*6 && zero[0]*20 <= half:
		return utf16le, "utf-16le"
	case zero[0]*10 >= half*6 && zero[1]*20 <= half:
		return utf16be, "utf-16be"
	case utf8.Valid(raw) && !binary(string(head)):
		return nil, ""
	}
	if wideText(utf16le, head) {
		return utf16le, "utf-16le"
	}
	if wideText(utf16be, head) {
		return utf16be, "utf-16be"
	}
	return nil, ""
}

// wideText reports whether head, read as enc, is text of few scripts with line
// ends or spaces in it.
func wideText(enc encoding.Encoding, head []byte) bool {
	text := convert(enc, head)
	scripts := make(map[*unicode.RangeTable]int)
	n, spaces, wrong := 0, 0, 0
	for _, r := range text {
		n++
		switch {
		case r == ' ' || r == '\n' || r == '　' || r == '。' || r == '、' || r == '，':
			spaces++
		case r == utf8.RuneError || unicode.Is(unicode.Co, r) || !unicode.IsGraphic(r) && r != '\r' && r != '\t':
			wrong++
		case unicode.IsLetter(r):
			for _, t := range []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew, unicode.Greek, unicode.Devanagari, unicode.Thai, unicode.Latin} {
				if unicode.Is(t, r) {
					scripts[t]++
					break
				}
			}
		}
	}
	most, second := 0, 0
	for _, c := range scripts {
		if c > most {
			most, second = c, most
		} else if c > second {
			second = c
		}
	}
	return spaces*100 >= n && wrong*100 <= n && (most+second)*10 >= n*7
}

// sequences counts the valid sequences of more than one byte in raw, and the
// bytes that belong to none.
func sequences(raw []byte) (multi, bad int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(raw[i:])
		if size > 1 {
			multi++
		} else {
			bad++
		}
		i += size
	}
	return multi, bad
}

// declared returns the encoding a page declares: in its XML declaration or in a
// meta element near its start.
func declared(raw []byte) (encoding.Encoding, string) {
	head := raw[:min(len(raw), 8<<10)]
	if decl, ok := bytes.CutPrefix(bytes.TrimSpace(head), []byte("<?xml")); ok {
		if end := bytes.Index(decl, []byte("?>")); end >= 0 {
			if _, rest, ok := bytes.Cut(decl[:end], []byte("encoding=")); ok && len(rest) > 2 {
				if label, _, ok := bytes.Cut(rest[1:], rest[:1]); ok {
					if enc, name := charset.Lookup(string(label)); enc != nil {
						return enc, name
					}
				}
			}
		}
	}
	for rest := bytes.ToLower(head); ; {
		_, after, ok := bytes.Cut(rest, []byte("<meta"))
		if !ok {
			return nil, ""
		}
		element, _, _ := bytes.Cut(after, []byte(">"))
		if _, value, ok := bytes.Cut(element, []byte("charset")); ok {
			value = bytes.TrimLeft(value, " \t\r\n=\"'")
			end := bytes.IndexAny(value, " \t\r\n\"';/>")
			if end < 0 {
				end = len(value)
			}
			if enc, name := charset.Lookup(string(value[:end])); enc != nil && !strings.HasPrefix(name, "utf-16") {
				return enc, name
			}
		}
		rest = after
	}
}

// detect guesses a legacy encoding by the frequencies of bytes. Western text is
// the default: a wrong guess there costs an accent, not the text.
func detect(raw []byte) (encoding.Encoding, string) {
	// Lines in plain ASCII tell nothing.
	var head []byte
	for line := range bytes.Lines(raw[max(0, firstInvalid(raw)-200):]) {
		if !ascii(line) {
			head = append(head, line[:min(len(line), sample)]...)
		}
		if len(head) >= sample {
			break
		}
	}
	results, err := chardet.NewTextDetector().DetectAll(head)
	if err != nil {
		return charmap.Windows1252, "windows-1252"
	}
	western := 0
	for _, r := range results {
		if r.Charset == "ISO-8859-1" || r.Charset == "windows-1252" {
			western = max(western, r.Confidence)
		}
	}
	for _, r := range results {
		if r.Confidence < 30 {
			break
		}
		switch r.Charset {
		case "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE":
			continue // ruled out already
		case "ISO-8859-2", "windows-1250", "ISO-8859-9", "windows-1254":
			// Short Western text looks much like other text in Latin letters.
			if western*4 >= r.Confidence*3 {
				continue
			}
		}
		enc, err := htmlindex.Get(r.Charset)
		if err != nil {
			continue
		}
		name, err := htmlindex.Name(enc)
		if err != nil || strings.Count(convert(enc, head), "\uFFFD")*100 > len(head) {
			continue
		}
		return enc, name
	}
	return charmap.Windows1252, "windows-1252"
}

func ascii(line []byte) bool {
	for _, b := range line {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// firstInvalid returns the offset of the first byte of raw that is not UTF-8.
func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(raw[i:])
		if size == 1 {
			return i
		}
		i += size
	}
	return len(raw)
}

// position returns line and column of the first byte that is not UTF-8.
func position(raw []byte) (line, column int) {
	i := firstInvalid(raw)
	line = 1 + bytes.Count(raw[:i], []byte("\n"))
	return line, 1 + utf8.RuneCount(raw[bytes.LastIndexByte(raw[:i], '\n')+1:i])
}

func count(n int, one, many string) string {
	if n == 1 {
		return "one " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// signature names the kind of a file that is known by its first bytes and is no
// text.
func signature(raw []byte) string {
	for _, s := range []struct{ prefix, what string }{
		{"%PDF-", "a PDF document"},
		{"PK\x03\x04", "a ZIP archive or an office document"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"},
		{"{\\rtf", "a rich text document"},
		{"\x1f\x8b", "a gzip archive"},
		{"BZh91AY&SY", "a bzip2 archive"},
		{"\xfd7zXZ\x00", "an xz archive"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
		{"Rar!\x1a\x07", "a RAR archive"},
		{"\x7fELF", "a program"},
		{"MZ\x90\x00", "a program"},
		{"SQLite format 3\x00", "a database"},
		{"bplist00", "a property list or a web archive"},
	} {
		if bytes.HasPrefix(raw, []byte(s.prefix)) {
			return s.what
		}
	}
	// "BM" opens a picture and many a sentence: only what has bytes no text has
	// is one.
	head := raw[:min(len(raw), 512)]
	if utf8.Valid(head[:len(head)&^3]) && bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	switch kind := http.DetectContentType(head); {
	case strings.HasPrefix(kind, "image/"):
		return "a picture"
	case strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"):
		return "a recording"
	case strings.HasPrefix(kind, "font/"):
		return "a font"
	}
	return ""
}

// binary reports whether text is none: more than one in twenty of its
// characters are control characters or could not be decoded.
func binary(text string) bool {
	text = text[:min(len(text), 4*sample)]
	n, wrong := 0, 0
	for _, r := range text {
		n++
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\f' || r == '\v' || r == 0x1b || r == 0x1a:
		case unicode.IsControl(r), r == utf8.RuneError:
			wrong++
		}
	}
	return wrong*20 > n
}
