package site

import (
	"strings"
	"testing"

	"readout/internal/token"
)

// told writes parts with what went in [] and what came in {}.
func toldParts(parts []ChangePart) string {
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.Gone:
			b.WriteString("[" + p.Text + "]")
		case p.Added:
			b.WriteString("{" + p.Text + "}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func wordsIn(text string) (out []token.Token) {
	for _, t := range token.Scan(text) {
		if t.Kind != token.Punct {
			out = append(out, t)
		}
	}
	return out
}

func TestChanges(t *testing.T) {
	for _, tt := range []struct{ was, now, want string }{
		{"Eight men were trapped.", "EIGHT men — were trapped", ""},
		{"Eight men were still trapped on Friday.", "Eight men were no longer trapped on Friday.", "Eight men were [still ]{no longer} trapped on Friday."},
		{"He admitted it since May.", "He denied it since March.", "He [admitted ]{denied} it since [May ]{March}."},
		{"The pit was shut.", "The old pit was shut.", "The {old }pit was shut."},
		{"The old pit was shut, he said.", "The pit was shut.", "The [old ]pit was shut. [he said.]"},
		{"One two.", "Three four five.", "[One two ]{Three four five}."},
		{"", "Three.", "{Three.}"},
		{"«A» b «c»", "«A» d «c»", "«A» [b ]{d} «c»"},
	} {
		if got := toldParts(changes(tt.was, wordsIn(tt.was), tt.now, wordsIn(tt.now))); got != tt.want {
			t.Errorf("%q to %q:\n got %q\nwant %q", tt.was, tt.now, got, tt.want)
		}
	}
}

// Whatever changed, the copy can be read from the parts, and what went is of the original.
func FuzzChanges(f *testing.F) {
	f.Add("Eight men were still trapped.", "Eight men, no longer trapped!")
	f.Add(strings.Repeat("a b ", 2000), strings.Repeat("b a ", 2000))
	f.Add("", "x")
	f.Add("8 men\x00 here", "8")
	f.Fuzz(func(t *testing.T, was, now string) {
		parts := changes(was, wordsIn(was), now, wordsIn(now))
		if parts == nil {
			return
		}
		var after strings.Builder
		rest := was
		for _, p := range parts {
			if !p.Gone {
				after.WriteString(p.Text)
				continue
			}
			words := strings.TrimRightFunc(p.Text, between)
			_, found, ok := strings.Cut(rest, words)
			if !ok {
				t.Fatalf("%q to %q: %q is not of the first", was, now, words)
			}
			rest = found
		}
		if got, want := strings.Join(strings.FieldsFunc(after.String(), between), ""), strings.Join(strings.FieldsFunc(now, between), ""); got != want {
			t.Errorf("%q to %q: %q", was, now, got)
		}
	})
}
