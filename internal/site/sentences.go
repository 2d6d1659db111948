package site

import (
	"fmt"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/content"
)

var splitter = sync.OnceValue(func() *analysis.Pipeline {
	p, err := analysis.New(language.Analyzer, sentence.Analyzer)
	if err != nil {
		panic(err) // the analyzer itself is at fault
	}
	return p
})

// splitSentences returns the sentences of f, which content files do not mark,
// as the analysis of the article finds them.
func splitSentences(f *content.File) []annotation.Sentence {
	a := &article.Article{ID: f.Path, Text: f.Text, Meta: article.Meta{Language: f.Meta.Language}, Blocks: make([]article.Block, len(f.Blocks))}
	for i, b := range f.Blocks {
		a.Blocks[i] = article.Block{Span: b.Span, Role: b.Role, Level: b.Level, Reason: b.Reason}
	}
	return splitter().Run(a).Sentences
}

func (r *reading) findSentences() {
	all := splitSentences(r.file)
	for i, b := range r.file.Blocks {
		from := len(r.sentences)
		for len(all) > 0 && all[0].Block == i {
			if body(b.Role) {
				r.sentences = append(r.sentences, sentenceOf(all[0], b.ID, len(r.sentences)-from+1))
			}
			all = all[1:]
		}
		r.inBlock = append(r.inBlock, [2]int{from, len(r.sentences)})
	}
}

func sentenceOf(s annotation.Sentence, block string, number int) sentenceMark {
	return sentenceMark{span: s.Span, id: fmt.Sprintf("%s-s%d", block, number)}
}
