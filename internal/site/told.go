package site

import (
	"readout/internal/span"
	"readout/internal/token"
)

// A toldSentence is what the words of a sentence tell, whichever reports it is
// compared with.
type toldSentence struct {
	tokens []token.Token
	words  string  // " the words in lower case "
	status string  // how it says that things stand
	denied bool    // whether it says that something is not so
	sides  []sided // its words that have opposites
	// Which kinds of phrase it may have, by the words that begin them.
	choices         uint64 // of wordChoices, as bits
	prospect, meets bool
}

// sentencesOf returns of each mark the sentence it begins in, -1 where that is none of
// the first n.
func (r *reading) sentencesOf(n int) []int {
	at := make([]int, len(r.file.Marks))
	for i, mk := range r.file.Marks {
		if at[i] = r.sentenceAt(r.blocks[i], mk.Span.Start); at[i] >= n {
			at[i] = -1
		}
	}
	return at
}

// byNumber returns the places in of at which each number below n stands.
func byNumber(of []int, n int) [][]int {
	count := make([]int, n)
	all := 0
	for _, k := range of {
		if k >= 0 {
			count[k]++
			all++
		}
	}
	room := make([]int, all)
	out := make([][]int, n)
	for k := range out {
		out[k], room = room[:0:count[k]], room[count[k]:]
	}
	for i, k := range of {
		if k >= 0 {
			out[k] = append(out[k], i)
		}
	}
	return out
}

// tellSentences returns what the sentences tell that are compared. It is found once,
// since a report is compared in each of its stories. It may be called by several
// goroutines at once.
func (r *reading) tellSentences() []toldSentence {
	r.tell.Do(func() {
		r.told = make([]toldSentence, min(len(r.sentences), maxSentences))
		all := 0
		for k := range r.told {
			all += r.sentences[k].span.Len()
		}
		// All tokens lie in one list, and all words in one string.
		tokens := make([]token.Token, 0, all/5+len(r.told))
		words := make([]byte, 0, all+2*len(r.told))
		ends := make([][2]int, len(r.told))
		var ws []token.Token
		for k := range r.told {
			s := r.sentences[k].span
			from := len(tokens)
			text := s.In(r.text)
			tokens = token.Append(tokens, text, span.New(0, len(text)))
			ts := tokens[from:]
			ws = appendWords(ws[:0], ts)
			words = appendPlain(words, ws)
			ends[k] = [2]int{len(tokens), len(words)}
			t := toldSentence{status: status(ws), denied: denied(ws), sides: sidesOf(ts, s.Start)}
			for i := range ws {
				if ws[i].Kind == token.Word {
					s := sense(&ws[i])
					t.choices |= s.choices
					t.prospect, t.meets = t.prospect || s.prospect, t.meets || s.meets
				}
			}
			r.told[k] = t
		}
		plain, last := string(words), [2]int{}
		for k, end := range ends {
			r.told[k].tokens, r.told[k].words = tokens[last[0]:end[0]:end[0]], plain[last[1]:end[1]]
			last = end
		}
	})
	return r.told
}
