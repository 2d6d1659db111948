package lexicon

import (
	"strings"
	"unicode"
)

// folds maps Latin letters with marks to plain ones.
var folds = map[rune]string{}

// marks lists the marked letters by the plain ones they fold to. A rune stands
// in one list only.
var marks = []struct{ plain, marked string }{
	{"a", "àáâãäåāăąạảấầẩẫậắằẳẵặǎ"},
	{"ae", "æ"},
	{"c", "çćĉċč"},
	{"d", "ďđḍð"},
	{"e", "èéêëēĕėęěẹẻẽếềểễệə"},
	{"g", "ĝğġģ"},
	{"h", "ĥħḥḩ"},
	{"i", "ìíîïĩīĭįıỉịǐ"},
	{"j", "ĵ"},
	{"k", "ķ"},
	{"l", "ĺļľŀł"},
	{"n", "ñńņňŉ"},
	{"o", "òóôõöøōŏőọỏốồổỗộớờởỡợǒ"},
	{"oe", "œ"},
	{"r", "ŕŗř"},
	{"s", "śŝşšșṣ"},
	{"ss", "ß"},
	{"t", "ţťŧțṭ"},
	{"th", "þ"},
	{"u", "ùúûüũūŭůűųưụủứừửữựǔ"},
	{"w", "ŵ"},
	{"y", "ýÿŷỳỵỷỹ"},
	{"z", "źżžẓ"},
	{"", "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u0323\u0327\u0331‘ʿʻʾ"},
	{"'", "’ʼ"},
}

func init() {
	for _, m := range marks {
		for _, r := range m.marked {
			folds[r] = m.plain
			if up := unicode.ToUpper(r); up != r && up >= 0x80 {
				folds[up] = strings.ToUpper(m.plain[:1]) + m.plain[1:]
			}
		}
	}
}

// Fold returns s with the marks of Latin letters taken away ("São" → "Sao"),
// for look-ups and keys only.
func Fold(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if f, ok := folds[r]; ok {
			b.WriteString(f)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
