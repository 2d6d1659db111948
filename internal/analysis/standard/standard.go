// Package standard lists the analyzers of readout, in one place.
package standard

import (
	"readout/internal/analysis"
	"readout/internal/analysis/entity"
	"readout/internal/analysis/entity/tagger"
	"readout/internal/analysis/keypoint"
	"readout/internal/analysis/language"
	"readout/internal/analysis/quantity"
	"readout/internal/analysis/quote"
	"readout/internal/analysis/realis"
	"readout/internal/analysis/reference"
	"readout/internal/analysis/sentence"
	"readout/internal/analysis/term"
	"readout/internal/analysis/timex"
)

// Pipeline returns the analyzers every command uses, checked and in order.
func Pipeline() (*analysis.Pipeline, error) { return analysis.New(Analyzers()...) }

// Forget lets go of the largest of what the analyzers have read, some 12 MB, until they
// are used again: for a run that has analysed all it should and goes on to something else.
func Forget() {
	tagger.Forget()
	quote.Forget()
}

// Analyzers returns the analyzers of the Pipeline.
func Analyzers() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		language.Analyzer,
		sentence.Analyzer,
		reference.Analyzer,
		quote.Analyzer,
		entity.Analyzer,
		term.Analyzer,
		timex.Analyzer,
		quantity.Analyzer,
		realis.Analyzer,
		keypoint.Analyzer,
	}
}
