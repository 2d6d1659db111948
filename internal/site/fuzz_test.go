package site

import (
	"net/url"
	"testing"

	"readout/internal/slug"
)

// FuzzLinks wants a link between the pages of any two titles to lead from the
// one to the other, as a browser follows it, and never out of the site.
func FuzzLinks(f *testing.F) {
	f.Add("Night ferry", "Élysée & Co.", "p1")
	f.Add("../../etc/passwd", "?q=1#x", "note-3")
	f.Add("javascript:alert(1)", "//evil.example", "")
	f.Fuzz(func(t *testing.T, a, b, id string) {
		a, b, id = slug.Make(a), slug.Make(b), slug.Make(id)
		if a == "" || b == "" {
			return
		}
		for _, pair := range [][2]string{
			{"briefings/" + a + ".html", "people/" + b + ".html"},
			{"briefings/" + a + ".html", "briefings/" + b + ".html"},
			{"index.html", "stories/" + b + ".html"},
			{"stories/" + a + ".html", "index.html"},
		} {
			at, err := url.Parse("https://desk.example/site/" + (&url.URL{Path: pair[0]}).EscapedPath())
			if err != nil {
				t.Fatal(err)
			}
			link := Link{Path: pair[1], ID: id}.From(pair[0])
			ref, err := url.Parse(link)
			if err != nil || ref.Scheme != "" || ref.Host != "" {
				t.Fatalf("%q: %v", link, err)
			}
			to := at.ResolveReference(ref)
			if to.Host != "desk.example" || to.Path != "/site/"+pair[1] || to.Fragment != id || to.RawQuery != "" {
				t.Errorf("from %s the link %q leads to %s, not to %s#%s", pair[0], link, to, pair[1], id)
			}
		}
	})
}
