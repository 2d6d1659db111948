package searchindex

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzIndex wants every word of a doc to be found in the files, at its block,
// and no file that could end the script element it is read by.
func FuzzIndex(f *testing.F) {
	f.Add("A strike", "Cranes stood still.", "publisher:Courier")
	f.Add("</script><!--", "北京大学 ﷺ \u2028 a b", "=x:\n y")
	f.Add("1\u00bd", strings.Repeat("x", 300)+" a\x00b \\ \" ' `", "")
	f.Fuzz(func(t *testing.T, title, text, facet string) {
		valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
		d := Doc{Path: "a.html", Title: valid(title), Meta: valid(text), Blocks: []Block{{ID: "p1", Text: valid(text), Facets: []string{"word:named"}}}}
		if facet = strings.Join(strings.Fields(valid(facet)), "-"); facet != "" {
			d.Facets = []string{facet}
		}
		x, again := New(2), New(2)
		x.Add(0, d)
		x.Add(1, Doc{Path: "b.html", Title: "Other"})
		again.Add(1, Doc{Path: "b.html", Title: "Other"})
		again.Add(0, d)
		files := write(t, x)
		for name, data := range write(t, again) {
			if files[name] != data {
				t.Errorf("%s: another order gave other bytes", name)
			}
		}
		for name, data := range files {
			if lower := strings.ToLower(data); !utf8.ValidString(data) || strings.Contains(lower, "</script") || strings.Contains(lower, "<!--") {
				t.Errorf("%s could end its script: %q", name, data)
			}
		}
		want := map[string]int{}
		terms(d.Blocks[0].Text, func(w string) { want[strings.Clone(w)] = 1 })
		terms(d.Title, func(w string) { want[strings.Clone(w)] = 0 })
		n := 0
		for w, block := range want {
			if n++; n > 5 { // each look reads all files
				break
			}
			if got := read(t, files, w)[0]; !slices.Contains(got, block) {
				t.Errorf("%q is not found at block %d of its doc: %v", w, block, got)
			}
		}
	})
}
