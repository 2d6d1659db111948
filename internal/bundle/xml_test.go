package bundle

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestLanguageInXML wants the language of words said in the attribute that each part of
// a book may have: a picture has no xml:lang.
func TestLanguageInXML(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<body><p lang="sw">maji</p><svg><a lang="sw"><title>maji</title></a></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	writeXML(&b, doc.FirstChild)
	for _, want := range []string{`<p lang="sw" xml:lang="sw">`, `<a lang="sw"><title>`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}
