package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/token"
)

// changed tells what a copy, report 1, made of the sentences of its original, report
// 0: of has the alignment of each sentence of the copy.
func (c *comparison) changed(of []alignment) []Change {
	var out []Change
	kept := make([]bool, len(c.reports[0].sentences))
	for k, p := range of {
		copied, words := c.reports[1].words(k)
		if p.sim < copiedFrom {
			out = append(out, Change{Copy: c.passageOf(p.b), Parts: []ChangePart{{Text: copied, Added: true}}})
			continue
		}
		kept[p.a.sentence] = true
		was, before := c.reports[0].words(p.a.sentence)
		if parts := changes(was, before, copied, words); parts != nil {
			out = append(out, Change{Of: c.passageOf(p.a), Copy: c.passageOf(p.b), Parts: parts})
		}
	}
	for k, kept := range kept {
		if !kept {
			was, _ := c.reports[0].words(k)
			out = append(out, Change{Of: c.passageOf(sentenceRef{0, k}), Parts: []ChangePart{{Text: was, Gone: true}}})
		}
	}
	return out
}

// words returns a sentence and those of its tokens that are words or numbers.
func (r *sideReport) words(k int) (text string, words []token.Token) {
	text = r.maker.sentences[r.sentences[k].index].span.In(r.text)
	for _, t := range r.sentences[k].tokens {
		if t.Kind != token.Punct {
			words = append(words, t)
		}
	}
	return strings.Clone(text), words
}

// passageOf returns where a sentence stands.
func (c *comparison) passageOf(ref sentenceRef) Passage {
	r := c.reports[ref.report]
	return r.maker.sentencePassage(r.sentences[ref.sentence].index)
}

// maxCells bounds the table of what two sentences share, in pairs of words.
const maxCells = 1 << 18

// changes tells how the words of one sentence became those of another; nil where they
// are the same but for case and signs. What stands between words goes with the one
// before it.
func changes(was string, before []token.Token, now string, words []token.Token) []ChangePart {
	first, last := 0, 0 // words that both begin and end with
	for first < min(len(before), len(words)) && before[first].Norm == words[first].Norm {
		first++
	}
	for last < min(len(before), len(words))-first && before[len(before)-1-last].Norm == words[len(words)-1-last].Norm {
		last++
	}
	if first+last == len(before) && first+last == len(words) {
		return nil
	}
	var out []ChangePart
	put := func(text string, gone, added bool) {
		if n := len(out) - 1; n >= 0 && out[n].Gone == gone && out[n].Added == added {
			out[n].Text += text
		} else if text != "" {
			out = append(out, ChangePart{text, gone, added})
		}
	}
	put(pieces(now, words, 0, first), false, false)
	shared := longest(before[first:len(before)-last], words[first:len(words)-last])
	i, j := first, first
	for _, s := range append(shared, [2]int{len(before) - last - first, len(words) - last - first}) {
		if gone := pieces(was, before, i, first+s[0]); gone != "" {
			if n := len(out) - 1; n >= 0 && i > 0 && spaceBefore(was, before[i].Span.Start) && !spaceBefore(out[n].Text, len(out[n].Text)) {
				out[n].Text += " "
			}
			put(gone, true, false)
		}
		put(pieces(now, words, j, first+s[1]), false, true)
		if i, j = first+s[0], first+s[1]; j < len(words)-last {
			put(pieces(now, words, j, j+1), false, false)
			i, j = i+1, j+1
		}
	}
	put(pieces(now, words, len(words)-last, len(words)), false, false)
	return endsApart(out)
}

// endsApart takes what a run of words that went and the one that came for it end with, such
// as a comma and a space, out of both.
func endsApart(parts []ChangePart) []ChangePart {
	var out []ChangePart
	for i, p := range parts {
		out = append(out, p)
		if !p.Added || i == 0 || !parts[i-1].Gone {
			continue
		}
		was, now := parts[i-1].Text, p.Text
		a, b := strings.TrimRightFunc(was, between), strings.TrimRightFunc(now, between)
		if end := now[len(b):]; end != "" && end == was[len(a):] {
			out[len(out)-2].Text, out[len(out)-1].Text = a+" ", b
			if i+1 < len(parts) && !parts[i+1].Gone && !parts[i+1].Added {
				parts[i+1].Text = end + parts[i+1].Text
			} else {
				out = append(out, ChangePart{Text: end})
			}
		}
	}
	return out
}

// spaceBefore reports whether a space stands before byte at of text.
func spaceBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsSpace(r)
}

// between reports whether r stands between words.
func between(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }

// pieces returns the words from one to before another, with what stands between them
// and the next, or the ends of the text.
func pieces(text string, words []token.Token, from, to int) string {
	if from >= to {
		return ""
	}
	start, end := words[from].Span.Start, len(text)
	if from == 0 {
		start = 0
	}
	if to < len(words) {
		end = words[to].Span.Start
	}
	return text[start:end]
}

// longest returns the longest common subsequence of two lists of words, as pairs of
// places in them; none where the lists are too long for that.
func longest(a, b []token.Token) [][2]int {
	row := len(b) + 1
	if (len(a)+1)*row > maxCells {
		return nil
	}
	long := make([]int32, (len(a)+1)*row) // how long it is from each pair on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].Norm == b[j].Norm {
				long[i*row+j] = long[(i+1)*row+j+1] + 1
			} else {
				long[i*row+j] = max(long[(i+1)*row+j], long[i*row+j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].Norm == b[j].Norm:
			out = append(out, [2]int{i, j})
			i++
			j++
		case long[(i+1)*row+j] >= long[i*row+j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
