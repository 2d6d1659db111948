package quantity_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
	"readout/internal/analysis/quantity"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/timex"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, timex.Analyzer, quantity.Analyzer}

func TestQuantities(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"At least 41 people were killed in the raid.", "[41 people] 41 people killed"},
		{"The blast killed 12 soldiers and wounded 30.", "[12 soldiers] 12 soldiers killed; [30] 30  wounded"},
		{"Flooding left three villagers dead and two children missing.", "[three villagers] 3 villagers dead; [two children] 2 children missing"},
		{"It has hit at least 40 000 ha, and 5\u00a0312 farms.", "[40 000 ha] 40000 hectare ; [5\u00a0312 farms] 5312 farms "},
		{"Shares fell 6.2 percent in early trading. It lost 3% unless it rains.", "[6.2 percent] 6.2 % fell; [3%] 3 % lost"},
		{"A 14-year-old boy, aged 14, walked 5 km.", "[14-year-old] 14 year age; [14] 14 year age; [5 km] 5 km "},
		{"It cost $1,250.50, or 3.5 million euros.", "[$1,250.50] 1250.5 USD cost; [3.5 million euros] 3.5e+06 EUR "},
		{"Losses reached US$230 million and £5bn.", "[US$230 million] 2.3e+08 USD ; [£5bn] 5e+09 GBP "},
		{"Prices rose by 4.5 per cent, a 2% rise.", "[4.5 per cent] 4.5 % rose; [2%] 2 % rise"},
		{"Some 40 percent of voters stayed at home.", "[40 percent] 40 % voters"},
		{"Between 20 and 30 people came.", "[20] 20 people ; [30 people] 30 people "},
		{"They arrested 20-30 armed men.", "[20] 20 men arrested; [30 armed men] 30 men arrested"},
		{"Twenty-one dock workers met for three hours.", "[Twenty-one dock workers] 21 workers ; [three hours] 3 hour "},
		{"Half a million people fled, dozens of them by sea.", "[Half a million people] 500000 people "},
		{"The ship lay 12.5 nautical miles (23 km) away.", "[12.5 nautical miles] 12.5 nautical-mile ; [23 km] 23 km "},
		{"The death toll rose to 1,204 on Monday.", "[1,204] 1204  deaths"},
		{"Three Valmarians were killed.", "[Three Valmarians] 3 Valmarians killed"},
		{"It fell to minus 7 degrees Celsius.", "[minus 7 degrees Celsius] -7 °C "},
		{"It was 30°C and 20 degrees Celsius.", "[30°C] 30 °C ; [20 degrees Celsius] 20 °C "},
		{"A fine of RM55 million, Rs500 and K12,000.", "[RM55 million] 5.5e+07 MYR ; [Rs500] 500 rupee ; [K12,000] 12000 kwacha "},
		{"They climbed K2, drove on the R61 and met at the G20.", ""},
		{"He paid Rs 500 and 200 rupees.", "[Rs 500] 500 rupee paid; [200 rupees] 200 rupee "},
		// The noun stands in the subject, or with the figure the change is told of.
		{"The number of dead has risen to 57, up from 41.", "[57] 57  dead; [41] 41  dead"},
		{"The number of ships fell from 300 to 210.", "[300] 300 ships ; [210] 210 ships "},
		{"The number of people injured climbed to 120.", "[120] 120 people injured"},
		{"At least 30 people were killed, up from 22 a day earlier.", "[30 people] 30 people killed; [22] 22 people killed"},
		{"Fares rose to 40 euros, up from 35.", "[40 euros] 40 EUR rose; [35] 35 EUR rose"},
		{"The club rose to 3, and he moved from 5 to 7.", ""},
		// Not figures of this kind.
		{"On May 3, 2021 he flew an F-16 and caught COVID-19.", ""},
		{"Resolution 2231 and Flight 370 were read out.", ""},
		{"One of them said that no one came.", ""},
		{"The first of several people left.", ""},
		{"It ended 2:1.", ""},
		// What a vote or a match ended in is one figure, and counts nobody.
		{"The council voted 5-2 on Thursday to shut the library.", ""},
		{"The council voted 5–2 on Thursday and 6 to 1 a day later.", ""},
		{"The council voted 5 to 2 to shut the library.", ""},
		{"It was a 5-2 vote, and the last of three 4-3 votes.", ""},
		{"They lost 2-5 at home and drew 3-3 away, with 12 people injured.", "[12 people] 12 people injured"},
		{"Some 12 members voted.", "[12 members] 12 members voted"},
		// Currencies that are spelled out.
		{"It promised 50 million meticais and 3,000 kwanzas.", "[50 million meticais] 5e+07 MZN ; [3,000 kwanzas] 3000 AOA "},
		{"The fine was 900 Congolese francs, or 20 ariary, not 40 francs.", "[900 Congolese francs] 900 CDF ; [20 ariary] 20 MGA ; [40 francs] 40 franc "},
	} {
		art := analysistest.Article(tt.text, "")
		set := analysistest.Run(t, art, analyzers...)
		analysistest.Check(t, set)
		var got []string
		for _, q := range set.Quantities {
			got = append(got, fmt.Sprintf("[%s] %g %s %s", q.Span.In(tt.text), q.Value, q.Unit, q.Of))
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, g, tt.want)
		}
	}
}

func TestOtherLanguage(t *testing.T) {
	text := "Der Minister sagte, dass die Preise um 4 % und nicht um 20 Euro gestiegen sind und auch weiter steigen werden."
	set := analysistest.Run(t, analysistest.Article(text, ""), analyzers...)
	if len(set.Quantities) != 1 || set.Quantities[0].Span.In(text) != "4 %" {
		t.Errorf("got %+v, want the one share", set.Quantities)
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, q := range set.Quantities {
			b.WriteString(analysistest.Line(set.Article.Text, q.Span, q.Value, q.Unit, fmt.Sprintf("(%s)", q.Of), q.Rule))
		}
		return b.String()
	}, analyzers...)
}

func FuzzQuantities(f *testing.F)      { analysistest.Fuzz(f, analyzers...) }
func TestLinear(t *testing.T)          { analysistest.Linear(t, analyzers...) }
func BenchmarkQuantities(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
