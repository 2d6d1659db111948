package site

import (
	"strconv"
	"sync"

	"readout/internal/analysis"
	"readout/internal/analysis/language"
	"readout/internal/analysis/sentence"
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

// Sentences returns the sentences of f, which content files do not mark, as the
// analysis of the article finds them.
func Sentences(f *content.File) []content.Sentence {
	if f.Sentences != nil {
		return f.Sentences
	}
	a := &article.Article{ID: f.Path, Text: f.Text, Meta: article.Meta{Language: f.Meta.Language}, Blocks: make([]article.Block, len(f.Blocks))}
	for i, b := range f.Blocks {
		a.Blocks[i] = article.Block{Span: b.Span, Role: b.Role, Level: b.Level, Reason: b.Reason}
	}
	found := splitter().Run(a).Sentences
	out := make([]content.Sentence, len(found))
	for i, s := range found {
		out[i] = content.Sentence{Span: s.Span, Block: s.Block}
	}
	return out
}

func (r *reading) findSentences() {
	all := Sentences(r.file)
	r.sentences = make([]sentenceMark, 0, len(all))
	r.inBlock = make([][2]int, 0, len(r.file.Blocks))
	for i := range r.file.Blocks {
		b := &r.file.Blocks[i]
		from := len(r.sentences)
		for len(all) > 0 && all[0].Block == i {
			if body(b.Role) {
				r.sentences = append(r.sentences, sentenceMark{span: all[0].Span, id: numberedID(b.ID, "-s", len(r.sentences)-from+1)})
			}
			all = all[1:]
		}
		r.inBlock = append(r.inBlock, [2]int{from, len(r.sentences)})
	}
}

// numberedID is an id of something in a block.
func numberedID(block, kind string, number int) string {
	var room [48]byte
	id := append(append(room[:0], block...), kind...)
	return string(strconv.AppendInt(id, int64(number), 10))
}
