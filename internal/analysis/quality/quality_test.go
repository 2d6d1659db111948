package quality_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/quality"
	"readout/internal/analysis/standard"
	"readout/internal/annotation"
	"readout/internal/article"
)

// A measure runs the analyzers and returns the rows of one task. Each task has a
// file of its own and a line here.
type measure func(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row

func TestQuality(t *testing.T) {
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	run := func(d quality.Doc) *annotation.Set { return analyse(p, d) }
	var table quality.Table
	for _, m := range []measure{sentences, names, namedEvents, attributions, times, keyPoints, terms, quantities, events, extraction} {
		table = append(table, m(t, run)...)
	}
	t.Log("\n" + table.String())
	for _, r := range table {
		if !r.Holds() {
			t.Errorf("%s: %s is %.2f; the floor is %.2f", r.What, r.Measure, r.Value, r.Floor)
		}
	}
}

func analyse(p *analysis.Pipeline, d quality.Doc) *annotation.Set {
	meta := article.Meta{Title: d.Title}
	if d.Date != "" {
		meta.Date = article.Date{Value: d.Date, Basis: article.DateMetadata}
	}
	return p.Run(article.FromText(d.ID, d.Text, meta))
}

// pipeline has all analyzers, for measures that set the article's blocks
// themselves.
var pipeline = sync.OnceValues(standard.Pipeline)

// plain analyses text whose lines are paragraphs.
func plain(t *testing.T, text string) *annotation.Set {
	t.Helper()
	p, err := pipeline()
	if err != nil {
		t.Fatal(err)
	}
	return p.Run(analysistest.Article(text, ""))
}

// load reads the documents of a file in testdata.
func load(t *testing.T, name string) []quality.Doc {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := quality.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// fields reads the lines of a table in testdata, each cut at its tabs; n is how
// many columns it has.
func fields(t *testing.T, name string, n int) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][]string
	sc := bufio.NewScanner(f)
	for line := 1; sc.Scan(); line++ {
		if sc.Text() == "" || sc.Text()[0] == '#' {
			continue
		}
		cols := strings.Split(sc.Text(), "\t")
		if len(cols) != n {
			t.Fatalf("testdata/%s:%d: %d columns, want %d", name, line, len(cols), n)
		}
		out = append(out, cols)
	}
	if sc.Err() != nil {
		t.Fatal(sc.Err())
	}
	return out
}

// terms: the pairs of short and long form, both right.
func terms(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	hits, found, gold := 0, 0, 0
	for _, c := range fields(t, "terms.txt", 3) {
		set := run(quality.Doc{Text: c[2]})
		found += len(set.Terms)
		if c[0] == "" {
			continue
		}
		gold++
		if len(set.Terms) == 0 {
			t.Logf("%s is not found in %q", c[0], c[2])
		}
		for _, x := range set.Terms {
			if x.Short.In(c[2]) == c[0] && x.Long.In(c[2]) == c[1] {
				hits++
				break
			}
			t.Logf("%q stands for %q, found %q", c[0], c[1], x.Long.In(c[2]))
		}
	}
	return []quality.Row{{What: "abbreviations, invented", Measure: "pair F1", Value: quality.F1(hits, found, gold), Floor: 97, N: gold}}
}

// quantities: figure, value, unit and what it is of, all right.
func quantities(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	want := map[string]map[string]bool{} // sentence -> "figure|value|unit|of"
	var order []string
	gold := 0
	for _, c := range fields(t, "quantities.txt", 5) {
		text := c[4]
		if text == "" {
			text = order[len(order)-1]
		} else {
			want[text] = map[string]bool{}
			order = append(order, text)
		}
		if c[0] != "" {
			want[text][strings.Join(c[:4], "|")] = true
			gold++
		}
	}
	hits, found := 0, 0
	for _, text := range order {
		for _, q := range run(quality.Doc{Text: text}).Quantities {
			found++
			of := q.Of
			if of == "" {
				of = "-"
			}
			key := fmt.Sprintf("%s|%s|%s|%s", q.Span.In(text), number(q.Value), q.Unit, of)
			if want[text][key] {
				hits++
			} else {
				t.Logf("figure %s is not in the gold of %q", key, text)
			}
		}
	}
	return []quality.Row{{What: "figures, invented", Measure: "value, unit and of, F1", Value: quality.F1(hits, found, gold), Floor: 97, N: gold}}
}

func number(v float64) string {
	if v == float64(int64(v)) {
		return fmt.Sprintf("%d", int64(v))
	}
	return fmt.Sprintf("%g", v)
}

// events: the share of predicates found with the right realis.
func events(t *testing.T, run func(quality.Doc) *annotation.Set) []quality.Row {
	hits, gold, facts := 0, 0, 0
	text := ""
	for _, c := range fields(t, "events.txt", 3) {
		if c[2] != "" {
			text = c[2]
		}
		gold++
		events := run(quality.Doc{Text: text, Date: "2024-05-15"}).Events
		for i, e := range events {
			if e.Span.In(text) != c[0] {
				if i == len(events)-1 {
					t.Logf("%q is not found in %q", c[0], text)
				}
				continue
			}
			if string(e.Realis) == c[1] {
				hits++
			} else if e.Realis == annotation.Occurred {
				facts++ // told as a fact what is none
			}
			break
		}
	}
	return []quality.Row{
		{What: "events, invented", Measure: "realis right, share", Value: quality.Share(hits, gold), Floor: 90, N: gold},
		{What: "events, invented", Measure: "taken for facts, count", Value: float64(facts), Most: true, Floor: 0, N: gold},
	}
}
