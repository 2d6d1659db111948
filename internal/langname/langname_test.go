package langname_test

import (
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"readout/internal/langname"
)

// The names are those of the source, in each language that has names, of each
// language and of tags that say more.
func TestSameAsSource(t *testing.T) {
	named := display.Values.Tags()
	for _, s := range []string{"de-CH-1996", "zh-Hant-HK", "zh-TW", "pt-BR", "sr-Latn-RS", "en-ZZ", "mo", "sh", "und", "x-none", "fr-Zzzz-CA", "nl-BE"} {
		named = append(named, language.Make(s))
	}
	for _, in := range display.Supported.Tags() {
		names, source := langname.In(in), display.Languages(in)
		for _, n := range named {
			if got, want := names.Of(n), source.Name(n); got != want {
				t.Errorf("%s in %s is %q, want %q", n, in, got, want)
			}
		}
	}
}

func TestIn(t *testing.T) {
	for _, tt := range []struct{ in, named, want string }{
		{"en", "de", "German"},
		{"de", "de", "Deutsch"},
		{"de-AT", "pt-BR", "Brasilianisches Portugiesisch"},
		{"fr", "de-AT", "allemand autrichien"},
		{"art-x-none", "de", ""},
	} {
		if got := langname.In(language.Make(tt.in)).Of(language.Make(tt.named)); got != tt.want {
			t.Errorf("%s in %s is %q, want %q", tt.named, tt.in, got, tt.want)
		}
	}
}
