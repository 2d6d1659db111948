package sentence_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
)

func cut(t testing.TB, text string) []string {
	set := analysistest.Run(t, analysistest.Article(text, ""), language.Analyzer, sentence.Analyzer)
	analysistest.Check(t, set)
	var out []string
	for _, s := range set.Sentences {
		out = append(out, s.Span.In(set.Article.Text))
	}
	return out
}

// Each text is written with "|" where a sentence ends.
func TestSentences(t *testing.T) {
	for _, want := range []string{
		"The envoy left on Monday.| Nobody followed her.",
		"Who said so?| No one!| Really?!| Yes.",
		"Gen. A. B. Karim met Dr. Osei at 5 p.m. on Sept. 3.| He then flew home.",
		"Talks with the U.S. Department of State failed.| They live in the U.S.| She does not.",
		"The firm, Harlow & Sons Ltd., was sold.| It belongs to Marsh Inc.| The price was not given.",
		"Shares of Marsh Inc. Chairman Paul Reed fell.",
		"It rose 3.5 per cent to $1,200.50.| Nobody knew why.",
		"\"We will go,\" he said.| \"We must.\"| Then he left.",
		"“Will you go?” she asked.| “No.”| That was all.",
		"He paid (about 40 dollars. Perhaps more.) for it.",
		"(He came late.)| She did not.",
		"Mail press@example.org. or see www.example.org/a.b?c=d.| Then call.",
		"Well... maybe.| I thought so...| Then I left.",
		"He wrote that “the law [...] must stand.”| Few agreed.",
		"1. Open the box.| 2. Close it.| 3. Go away.",
		"(a) The first.| (b) The second.",
		"• The first point| • The second point",
		"See p. 12 and Fig. 3 of vol. 2.| No. 7 is missing.",
		"He won in Oct. 2019.| In Nov. she lost.",
		"Ms. Ito is from St. Louis, Mo.| She is 41.",
		"The bus stopped on Main St.| The driver got out.",
		"Is Vitamin C. good?",
		"It closed at 6 p.m. Monday.| It opened at 9 a.m.| Customers came.",
		"The end came.[3]| A new day began.",
		"This is the first.|Then comes the second.| And a third.",
		"“Go! Go! Go!” the crowd shouted.",
		"Yahoo! was sold.",
		"これは文です。|これもです。",
		"He was born on Dec. 4, 1960.| His wife, Jan, was not.",
		"Among them were apples, pears, etc.| None was ripe.",
		"Der Minister sagte am 3. Mai, dass die Gespräche nicht zu Ende sind.| Auch im 21. Jahrhundert werden sie es nicht sein.",
		"They have offices in the U.K., the U.S. and the U.A.E.| All are small.",
	} {
		parts := strings.Split(want, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		got := cut(t, strings.ReplaceAll(want, "|", ""))
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", parts) {
			t.Errorf("\n got %q\nwant %q", got, parts)
		}
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, s := range set.Sentences {
			b.WriteString(analysistest.Line(set.Article.Text, s.Span, s.Block, s.Rule))
		}
		return b.String()
	}, language.Analyzer, sentence.Analyzer)
}

// Every token of the text lies in exactly one sentence, whatever the bytes.
func FuzzSentences(f *testing.F) {
	for _, s := range []string{"A. b? (c.) \"d.\" e", "1.) x 2.) y", "U.S. He. . . . X", "\xff.\x00 A", "(((((((((((((((((((a.", "“a.” ‘b.’ c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		art := analysistest.Article(text, "")
		set := analysistest.Run(t, art, language.Analyzer, sentence.Analyzer)
		analysistest.Check(t, set)
		for _, b := range art.Blocks {
			pos := b.Span.Start
			for _, s := range set.Sentences {
				if !b.Span.Contains(s.Span) {
					continue
				}
				if gap := strings.TrimSpace(art.Text[pos:s.Span.Start]); strings.ContainsAny(gap, "abcABC123.?!") {
					t.Fatalf("%q lies in no sentence of %q", gap, text)
				}
				pos = s.Span.End
			}
		}
	})
}

func TestLinear(t *testing.T) { analysistest.Linear(t, language.Analyzer, sentence.Analyzer) }

func BenchmarkSentences(b *testing.B) {
	analysistest.Benchmark(b, language.Analyzer, sentence.Analyzer)
}
