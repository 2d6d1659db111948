// Package langname names languages in any language: "German", "Deutsch",
// "allemand". It has the names of the Unicode CLDR that package
// golang.org/x/text/language/display has, which would add 2.3 MB to the program;
// a test holds one against the other.
package langname

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:generate go run readout/internal/langname/make data/names.tsv.gz

// compressed has a table of names: a line of the tags of the languages that are
// named, then for each language that has names for them its tag and the names in
// the same order, empty where it has none. One that has the names of another has
// "=" and the tag of that one, which stands before it. Rows that are alike follow on
// each other, for the sake of the compression. The comment of the file tells origin
// and licence.
//
//go:embed data/names.tsv.gz
var compressed []byte

// A table has the names of languages.
type table struct {
	column  map[string]int // by the tag of the language that is named
	rows    []string       // names, one line for each language that has some
	matcher language.Matcher
}

var names = sync.OnceValue(func() *table {
	z, err := gzip.NewReader(bytes.NewReader(compressed))
	if err != nil {
		panic("langname: " + err.Error()) // embedded: cannot fail
	}
	all, err := io.ReadAll(z)
	if err != nil {
		panic("langname: " + err.Error())
	}
	t := &table{column: map[string]int{}}
	rows := map[string]string{} // by tag
	var tags []string
	for line := range strings.Lines(string(all)) {
		line = strings.TrimSuffix(line, "\n")
		tag, row, _ := strings.Cut(line, "\t")
		if tag == "" { // the first line
			for i, named := range strings.Split(row, "\t") {
				t.column[named] = i
			}
			continue
		}
		if same, ok := strings.CutPrefix(row, "="); ok {
			row = rows[same]
		}
		tags = append(tags, tag)
		rows[tag] = row
	}
	slices.Sort(tags) // of two that are as close the first counts
	parsed := make([]language.Tag, len(tags))
	for i, tag := range tags {
		parsed[i] = language.Raw.Make(tag)
		t.rows = append(t.rows, rows[tag])
	}
	t.matcher = language.NewMatcher(parsed)
	return t
})

// Names are the names that languages have in one of them.
type Names struct {
	column map[string]int
	row    []string
}

// In returns the names that languages have in one. None is known where even its
// relatives are not.
func In(one language.Tag) Names {
	t := names()
	_, i, conf := t.matcher.Match(one)
	if conf == language.No {
		return Names{}
	}
	return Names{t.column, strings.Split(t.rows[i], "\t")}
}

// Of returns the name of a language: that of the closest of its kind which has
// one, so that Austrian German is called German where nothing more is known. It
// returns "" where none is known.
func (n Names) Of(tag language.Tag) string {
	tag, _ = language.All.Compose(tag)
	for {
		if s := n.exactly(tag); s != "" {
			return s
		}
		if tag = tag.Parent(); tag == language.Und {
			return ""
		}
	}
}

// exactly returns the name for a tag, else that for its language alone.
func (n Names) exactly(tag language.Tag) string {
	base, script, region := tag.Raw()
	var tags []string
	for _, more := range []string{script.String(), region.String()} {
		if more != "" && more != "Zzzz" && more != "ZZ" {
			tags = append(tags, base.String()+"-"+more)
		}
	}
	slices.Sort(tags) // of two that are listed the first of the list counts
	for _, k := range append(tags, base.String()) {
		if c, ok := n.column[k]; ok {
			return n.row[c]
		}
	}
	return ""
}
