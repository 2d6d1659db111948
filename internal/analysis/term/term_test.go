package term_test

import (
	"fmt"
	"strings"
	"testing"

	"readout/internal/analysis"
	"readout/internal/analysis/analysistest"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/term"
	"readout/internal/annotation"
)

var analyzers = []*analysis.Analyzer{language.Analyzer, sentence.Analyzer, term.Analyzer}

func TestTerms(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"She heads the Valmar Harbour Authority (VHA).", "VHA=Valmar Harbour Authority"},
		{"He is with the Union of Harbour and Dock Workers (UHDW), a union.", "UHDW=Union of Harbour and Dock Workers"},
		{"The UN Convention on the Law of the Sea (UNCLOS) applies.", "UNCLOS=UN Convention on the Law of the Sea"},
		{"Growth in gross domestic product (GDP) slowed.", "GDP=gross domestic product"},
		{"They make light-emitting diodes (LEDs) there.", "LEDs=light-emitting diodes"},
		{"A memorandum of understanding (MoU) was signed.", "MoU=memorandum of understanding"},
		{"The Tehreek-e-Adal Party (TAP) and others agreed.", "TAP=Tehreek-e-Adal Party"},
		{"The Prime Minister’s Office (PMO) denied it.", "PMO=Prime Minister’s Office"},
		{"He spoke for the Central Reserve Bank (BCR) of the country.", "BCR=Central Reserve Bank"},
		{"The Justice and Welfare Party (ARP) won, Turkey's Farmers Bank (ZB) said.", "ARP=Justice and Welfare Party"},
		{"The University of West Hill (WHU) closed.", "WHU=University of West Hill"},
		{"The VHA (Valmar Harbour Authority) said so.", "VHA=Valmar Harbour Authority"},
		{"The Valmar Harbour Authority, or VHA, said so.", "VHA=Valmar Harbour Authority"},
		{"The Valmar Harbour Authority, also known as the VHA, said so.", "VHA=Valmar Harbour Authority"},
		{"VHA stands for Valmar Harbour Authority in the text.", "VHA=Valmar Harbour Authority"},
		{"The Valmar Harbour Authority (\"VHA\") said so.", "VHA=Valmar Harbour Authority"},
		{"The Pan-Valmar Health Office (PVHO, in English) said so.", "PVHO=Pan-Valmar Health Office"},
		// None.
		{"The senator, Maria Stein (D), and Ola Berg (R-Ohio) agreed.", ""},
		{"Serena Hill (USA) beat Ana Ruiz (ESP).", ""},
		{"Flights from San Paulo (SPO) resumed.", ""},
		{"TAREN (AFP) - The talks went on (see below).", ""},
		{"He came (he said) late (in May).", ""},
	} {
		set := analysistest.Run(t, analysistest.Article(tt.text, ""), analyzers...)
		analysistest.Check(t, set)
		var got []string
		for _, x := range set.Terms {
			got = append(got, fmt.Sprintf("%s=%s", x.Short.In(tt.text), x.Long.In(tt.text)))
		}
		if g := strings.Join(got, "; "); g != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, g, tt.want)
		}
	}
}

func TestGolden(t *testing.T) {
	analysistest.Golden(t, func(set *annotation.Set) string {
		var b strings.Builder
		for _, x := range set.Terms {
			b.WriteString(analysistest.Line(set.Article.Text, x.Short, fmt.Sprintf("%q", x.Long.In(set.Article.Text)), x.Rule))
		}
		return b.String()
	}, analyzers...)
}

func FuzzTerms(f *testing.F)      { analysistest.Fuzz(f, analyzers...) }
func TestLinear(t *testing.T)     { analysistest.Linear(t, analyzers...) }
func BenchmarkTerms(b *testing.B) { analysistest.Benchmark(b, analyzers...) }
