package searchindex

import (
	"maps"
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
		write := func(order ...int) map[string]string {
			x, end := begin(2)
			for _, i := range order {
				x.Add(i, []Doc{d, {Path: "b.html", Title: "Other"}}[i])
			}
			return end(t)
		}
		files := write(0, 1)
		if !maps.Equal(files, write(1, 0)) {
			t.Error("another order gave other files")
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
