// Package analysistest helps to test analyzers: it makes articles of plain text,
// runs analyzers on them, compares what they find with golden files, and checks
// the promises every annotation keeps.
//
// A golden file is a txtar archive in testdata with the files "article.txt" and
// "want"; "date.txt" holds the publication date, where there is one. A line of
// article.txt is a block. Run the tests with -update to write what was found.
package analysistest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"readout/internal/analysis"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/cputime"
	"readout/internal/span"
)

var update = flag.Bool("update", false, "write the golden files")

// Article returns an article whose blocks are the lines of text that are not
// blank, as paragraphs, published on date ("" when unknown). Invalid UTF-8 is
// replaced, as reading a seed does.
func Article(text, date string) *article.Article {
	text = strings.ToValidUTF8(text, "\uFFFD")
	a := &article.Article{ID: "test", Text: text}
	if date != "" {
		a.Meta.Date = article.Date{Value: date, Basis: article.DateMetadata}
	}
	pos := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed != "" {
			start := pos + strings.Index(line, trimmed)
			a.Blocks = append(a.Blocks, article.Block{Span: span.New(start, start+len(trimmed)), Role: article.Paragraph})
		}
		pos += len(line)
	}
	return a
}

// Run runs the analyzers, which must be complete, on art.
func Run(tb testing.TB, art *article.Article, analyzers ...*analysis.Analyzer) *annotation.Set {
	tb.Helper()
	p, err := analysis.New(analyzers...)
	if err != nil {
		tb.Fatal(err)
	}
	return p.Run(art)
}

// Golden runs the analyzers on each golden file of testdata and compares what
// dump makes of the result with its "want". With no golden file it fails.
func Golden(t *testing.T, dump func(*annotation.Set) string, analyzers ...*analysis.Analyzer) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files in testdata (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var text, date, want string
			for _, f := range ar.Files {
				switch f.Name {
				case "article.txt":
					text = string(f.Data)
				case "date.txt":
					date = strings.TrimSpace(string(f.Data))
				case "want":
					want = string(f.Data)
				default:
					t.Fatalf("%s: unknown file %q", file, f.Name)
				}
			}
			art := Article(text, date)
			set := Run(t, art, analyzers...)
			Check(t, set)
			got := dump(set)
			if got == want {
				return
			}
			if !*update {
				t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
				return
			}
			files := ar.Files[:0]
			for _, f := range ar.Files {
				if f.Name != "want" {
					files = append(files, f)
				}
			}
			ar.Files = append(files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Check fails when set breaks what analysis.Validate asks for, or when a kind of
// annotation is not sorted, sentences overlap, or an event is tied to a time
// that does not exist.
func Check(tb testing.TB, set *annotation.Set) {
	tb.Helper()
	if err := analysis.Validate(set); err != nil {
		tb.Fatal(err)
	}
	text := set.Article.Text
	for i, x := range set.Sentences {
		if i > 0 && set.Sentences[i-1].Span.Overlaps(x.Span) {
			tb.Fatalf("sentences %v and %v overlap", set.Sentences[i-1].Span, x.Span)
		}
		if s := x.Span.In(text); strings.TrimSpace(s) != s {
			tb.Fatalf("sentence %q has white space at its ends", s)
		}
	}
	for i, x := range set.Events {
		if x.Time >= len(set.Times) {
			tb.Fatalf("event %d at %v is tied to time %d of %d", i, x.Span, x.Time, len(set.Times))
		}
	}
	sorted(tb, "sentences", set.Sentences, func(x annotation.Sentence) span.Span { return x.Span })
	sorted(tb, "mentions", set.Mentions, func(x annotation.Mention) span.Span { return x.Span })
	sorted(tb, "references", set.References, func(x annotation.Reference) span.Span { return x.Span })
	sorted(tb, "attributions", set.Attributions, func(x annotation.Attribution) span.Span { return x.Content })
	sorted(tb, "times", set.Times, func(x annotation.TimeExpr) span.Span { return x.Span })
	sorted(tb, "quantities", set.Quantities, func(x annotation.Quantity) span.Span { return x.Span })
	sorted(tb, "terms", set.Terms, func(x annotation.Term) span.Span { return x.Short })
	sorted(tb, "events", set.Events, func(x annotation.EventMention) span.Span { return x.Span })
	sorted(tb, "key points", set.KeyPoints, func(x annotation.KeyPoint) span.Span { return x.Span })
}

func sorted[T any](tb testing.TB, what string, all []T, of func(T) span.Span) {
	tb.Helper()
	if !slices.IsSortedFunc(all, func(a, b T) int { return of(a).Compare(of(b)) }) {
		tb.Fatalf("%s are not in order", what)
	}
}

// Line formats one finding for a golden file: span, facts, and the words.
func Line(text string, s span.Span, facts ...any) string {
	return fmt.Sprintf("%v %s %q\n", s, strings.TrimSpace(fmt.Sprintln(facts...)), s.In(text))
}

// Hostile are texts that, repeated, have brought analyzers to a crawl or to a
// fall. They seed fuzzing and the tests of linear time.
var Hostile = []string{
	"The envoy, Gen. A. Karim, said on May 3: \"We will go. We must.\" He left. ",
	"(((((([[[[ a. b ",
	". . . ? ! ... ",
	"a. b. c. d. ",
	"a.Aa.Bb.Cc.",
	"\" ' “ ” ‘ ’ . A",
	"1. a 2. b 3. c ",
	"May 3 to May 4 and 5 ",
	"the last next this the end of the ",
	"1999-2000-01-02/03/04.05.06",
	"two hundred and two thousand and ",
	"Aa Bb (AB) (AB) ",
	"A B C D E ",
	"said that he said that ",
	"\xff\x00\u200d é́ \u202e",
	"$1,000,000 million % ",
	"will be set to be expected to not ",
}

// Linear fails when the time the analyzers, which must be complete, take for a
// text of hostile input grows faster than its length.
func Linear(t *testing.T, analyzers ...*analysis.Analyzer) {
	t.Helper()
	p, err := analysis.New(analyzers...)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range Hostile {
		cost := func(n int) time.Duration {
			art := Article(strings.Repeat(unit, n/len(unit)), "2024-05-06")
			from := cputime.Used()
			p.Run(art)
			return cputime.Used() - from
		}
		// Twenty times the text takes twenty times as long, or four hundred
		// times where the time grows with the square. Caches and the garbage
		// collector take their share: only if all measurements are bad is it
		// the code.
		const short, long, attempts = 20_000, 400_000, 5
		small, large := time.Duration(1<<62), time.Duration(1<<62)
		bad := true
		for range attempts {
			small, large = min(small, max(cost(short), time.Millisecond)), min(large, cost(long))
			if bad = large > 150*small; !bad {
				break
			}
		}
		if bad {
			t.Errorf("%q: %d bytes take %v, %d take %v", unit, short, small, long, large)
		}
	}
}

// Fuzz runs the analyzers, which must be complete, on arbitrary bytes and
// checks every span.
func Fuzz(f *testing.F, analyzers ...*analysis.Analyzer) {
	p, err := analysis.New(analyzers...)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range Hostile {
		f.Add(s, "2024-05-06")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, date string) {
		Check(t, p.Run(Article(text, date)))
	})
}

// Benchmark measures the analyzers, which must be complete, on ordinary news.
func Benchmark(b *testing.B, analyzers ...*analysis.Analyzer) {
	p, err := analysis.New(analyzers...)
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(sample, 20)
	art := Article(text, "2024-05-06")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		p.Run(art)
	}
}

// sample is an invented report.
const sample = `The government of Valmar will open talks with dock workers on Friday, two officials said, after a strike that has shut the country's largest port for three weeks.
"We have never closed the door," Transport Minister Ilse Karadag told reporters in the capital on Tuesday. "But there is a limit to what the state can pay." She said the offer of a 4.5 per cent rise, made on April 12, still stood.
The Union of Harbour Workers (UHW), which represents 12,400 people, is expected to ask for twice as much. Its head, J. P. Okoro, said the union "would not be bought with promises".
At least 41 ships were waiting outside the port on Monday evening, according to the harbour authority, and losses had reached $230 million by the end of last month. A similar strike in 2019 lasted 11 days.
`
