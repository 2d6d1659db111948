package realis_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
	"readout/internal/analysis/realis"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/timex"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, timex.Analyzer, realis.Analyzer}

func TestRealis(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The talks opened on Monday.", "opened: occurred @Monday"},
		{"The toll from Tuesday's explosion was revised on Friday.", "was revised: occurred @Friday"},
		{"The victims of the Monday crash were buried on Thursday.", "were buried: occurred @Thursday"},
		{"Six people died in Tuesday's explosion.", "died: occurred @Tuesday"},
		{"Hale fell in Tuesday's vote on a budget for 2020.", "fell: occurred @Tuesday; fell: occurred @2020"},
		{"The talks were held in 2019.", "were held: occurred @2019"},
		{"A round of talks is set to begin in Doha on Friday.", "is set to begin: scheduled @Friday"},
		{"The adviser is expected to meet the minister later today.", "is expected to meet: expected @later today"},
		{"The court will hear the case on Friday.", "will hear: scheduled @Friday"},
		{"The court will hear the case.", "will hear: expected"},
		{"The plan would not involve the army.", "would not involve: negated"},
		{"The plan could lead to war.", "could lead: hypothetical"},
		{"The minister did not travel on Friday.", "did not travel: negated @Friday"},
		{"No soldier was killed on Monday.", "was killed: negated @Monday"},
		{"The group denied that it had attacked the port on Monday.", "had attacked: negated @Monday"},
		{"Officials said on Monday that talks would resume on Thursday.", "said: occurred @Monday; would resume: scheduled @Thursday"},
		{"If the talks fail, the union will strike in May.", "will strike: hypothetical @May"},
		{"He warned that if the army attacked in May, people would die.", "attacked: hypothetical @May; would die: hypothetical"},
		{"The minister refused to resign on Friday.", "to resign: negated @Friday"},
		{"The council urged both sides to stop.", "to stop: hypothetical"},
		{"The leaders agreed to meet in June.", "to meet: expected @June"},
		{"A vote scheduled for Friday was cancelled.", "scheduled: scheduled @Friday"},
		{"The gunmen allegedly entered the house on Monday.", "entered: hypothetical @Monday"},
		{"The summit opens on Friday.", "opens: scheduled @Friday"},
		{"On Friday, the minister flew home, and on Saturday she will return.", "flew: occurred @Friday; will return: scheduled @Saturday"},
		{"The vote is to be held on November 20.", "is to be held: scheduled @November 20"},
		{"The proposed deal ended the armed struggle in 1999.", "ended: occurred @1999"},
		{"He was not in court on Friday. There is no argument.", ""},
		{"He was not charged on Friday.", "was not charged: negated @Friday"},
		{"The No. 10 spokesman resigned on Monday.", "resigned: occurred @Monday"},
		{"The union is unlikely to accept.", "is unlikely to accept: negated"},
		{"Northern Star, which Duarte opened in 2021, did not respond to a request.", "opened: occurred @2021; did not respond: negated"},
		{"The mine, which Duarte set up in 2021, did not reopen.", "set: occurred @2021; did not reopen: negated"},
		{"A mine that lies in the north opened in 2021.", "opened: occurred @2021"},
		// What lies after the day of publication did not occur.
		{"The quay is rebuilt by June of next year.", "is rebuilt: scheduled @June of next year"},
		{"She was appointed until 2027.", ""},
		{"Born in Bruges on 4 May 1927, Duarte left for Ghent in 1946.", "Born: occurred @4 May 1927; left: occurred @1946"},
		{"The captain believed her to be the cook in 1951.", "believed: occurred @1951"},
		{"Work to be published later this year may show it.", "may show: hypothetical @later this year"},
		// A present that tells of the past.
		{"In 1948 the school opens with forty pupils, and in 1951 she leaves for Ghent.", "opens: occurred @1948; leaves: occurred @1951"},
		{"The road was closed in 2023.", "was closed: occurred @2023"},
		{"A storm cut power to 40,000 homes on Sunday, the operator said.", "cut: occurred @Sunday"},
		{"Power was out in the north on Sunday, the operator said.", "was: occurred @Sunday"},
		{"On Sunday, the operator said power was out.", "said: occurred @Sunday"},
		{"On Monday tax cut talks began.", "began: occurred @Monday"},
		{"A quake hit Tarnby on Monday, killing two.", "hit: occurred @Monday"},
		// The day of a dateline is that of the report.
		{"Belograd, 7 May 2024 – The port reopened after a storm, and it closed on Monday.", "closed: occurred @Monday"},
		{"BELOGRAD, May 7 (Nordwire) - A wall collapsed above the town on Monday.", "collapsed: occurred @Monday"},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, "2024-05-15"), analyzers...)
		analysistest.Check(t, set)
		var got []string
		for _, e := range set.Events {
			s := fmt.Sprintf("%s: %s", e.Span.In(tt.text), e.Realis)
			if e.Time >= 0 {
				s += " @" + set.Times[e.Time].Span.In(tt.text)
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, g, tt.want)
		}
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, e := range set.Events {
			time := "-"
			if e.Time >= 0 {
				time = set.Times[e.Time].Span.In(set.Article.Text)
			}
			b.WriteString(analysistest.Line(set.Article.Text, e.Span, e.Realis, "("+time+")", e.Rule))
		}
		return b.String()
	}, analyzers...)
}

func FuzzRealis(f *testing.F)      { analysistest.Fuzz(f, analyzers...) }
func TestLinear(t *testing.T)      { analysistest.Linear(t, analyzers...) }
func BenchmarkRealis(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
