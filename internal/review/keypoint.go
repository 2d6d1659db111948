package review

import (
	"slices"
	"strconv"
	"strings"

	"readout/internal/content"
	"readout/internal/numeral"
	"readout/internal/token"
)

// An editor's own key point stays as it is when its paragraph is corrected. What it
// says that the article does not is worth a look: a number that its paragraph lacks, or
// a name that stands nowhere in the article.

// keyPoints lists the key points of an editor's that say what the article does not.
func keyPoints(f *content.File, add func(Item)) {
	var all map[string]bool // words of the article; made where it is needed
	for i, k := range f.KeyPoints {
		b := slices.IndexFunc(f.Blocks, func(b content.Block) bool { return b.ID == k.Target })
		if b < 0 {
			continue
		}
		block := f.Blocks[b].Span.In(f.Text)
		if strings.Contains(oneSpace(block), oneSpace(k.Text)) {
			continue // the article's own words
		}
		if all == nil {
			all = map[string]bool{}
			for _, t := range token.Scan(f.Text) {
				all[t.Norm] = true
			}
		}
		var missing []string
		values, _ := numbersOf(block)
		own, words := numbersOf(k.Text)
		for n, v := range own {
			if !slices.Contains(values, v) {
				missing = append(missing, words[n])
			}
		}
		for n, t := range token.Scan(k.Text) {
			if n > 0 && t.Kind == token.Word && !t.Is(token.AllLower) && len(t.Norm) > 2 && !all[t.Norm] && !all[strings.TrimSuffix(t.Norm, "s")] {
				missing = append(missing, t.Span.In(k.Text))
			}
		}
		if len(missing) == 0 {
			continue
		}
		for n, w := range missing {
			missing[n] = "“" + w + "”"
		}
		add(Item{
			Kind: KeyPoint, Line: k.Line, Column: 1, ID: "key-" + strconv.Itoa(i+1), Words: short(k.Text),
			Message: strings.Join(missing, ", ") + " is not in " + k.Target + ", to which it leads",
			Todo:    "hold it against the paragraph, which may have been corrected since",
		})
	}
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// numbersOf returns the numbers of a text, and how each is written there.
func numbersOf(text string) (values []float64, words []string) {
	ts := token.Scan(text)
	for i := 0; i < len(ts); {
		n, ok := numeral.At(ts, text, i)
		if !ok || n.End <= i {
			i++
			continue
		}
		if !n.Vague && !(n.Value == 1 && ts[i].Norm != "1") { // "one" is often no number
			values = append(values, n.Value)
			words = append(words, text[ts[i].Span.Start:ts[n.End-1].Span.End])
		}
		i = n.End
	}
	return values, words
}
