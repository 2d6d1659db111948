package reference_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/reference"
	"readout/internal/annotation"
)

func analyzers() []*analysis.Analyzer {
	return append(slices.Clone(reference.Analyzer.Requires), reference.Analyzer)
}

func dump(set *annotation.Set) string {
	var b strings.Builder
	text := set.Article.Text
	for _, r := range set.References {
		end := min(len(text), r.Span.End+20)
		for end < len(text) && text[end]&0xC0 == 0x80 {
			end++
		}
		rest, _, _ := strings.Cut(text[r.Span.End:end], "\n")
		fmt.Fprintf(&b, "%q%s… %s (%s)\n", r.Span.In(text), rest, r.Key, r.Rule)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, dump, analyzers()...)
}

func FuzzReferences(f *testing.F) {
	f.Add("Leila Haddad met Jens Holm. She said he had come. The minister left.")
	f.Fuzz(func(t *testing.T, text string) {
		set := analysistest.Run(t, analysistest.Article("The minister said on Friday that Ann Lee had won the prize. "+text, ""), analyzers()...)
		analysistest.Check(t, set)
		for _, r := range set.References {
			known := slices.ContainsFunc(set.Entities, func(e annotation.Entity) bool { return e.Key == r.Key })
			if !known {
				t.Fatalf("%v refers to %q, which is no entity", r.Span, r.Key)
			}
			for _, m := range set.Mentions {
				if m.Span.Overlaps(r.Span) {
					t.Fatalf("reference %v lies on mention %v", r.Span, m.Span)
				}
			}
		}
	})
}

func BenchmarkReferences(b *testing.B) { analysistest.Benchmark(b, analyzers()...) }
