package verify

import (
	"maps"
	"slices"
	"strings"
)

// A wordIndex finds the annotations of an article by what they stand on and by
// what they are called. Positions are those in the list of spans.
type wordIndex struct {
	byText map[string][]int    // the words, as squeeze makes them
	byID   map[string][]int    // the id
	byKey  map[string][]string // the key of an entity: the words of its mentions, each once
	around map[int][]int       // a span: those it stands in
	texts  []string            // the keys of byText in order
}

func indexWords(t *annotatedText) *wordIndex {
	x := &wordIndex{byText: map[string][]int{}, byID: map[string][]int{}, byKey: map[string][]string{}, around: map[int][]int{}}
	told := map[[2]string]bool{}
	for i := range t.spans {
		s := &t.spans[i]
		words := squeeze(s.text)
		x.byText[words] = append(x.byText[words], i)
		if s.id != "" {
			x.byID[s.id] = append(x.byID[s.id], i)
		}
		if mention := [2]string{s.key(), words}; !told[mention] {
			told[mention] = true
			x.byKey[mention[0]] = append(x.byKey[mention[0]], words)
		}
		for _, k := range s.parts {
			x.around[k] = append(x.around[k], i)
		}
	}
	x.texts = slices.Sorted(maps.Keys(x.byText))
	return x
}

// saying yields the spans with these words, or where they are cut short with "…"
// all that begin so.
func (x *wordIndex) saying(words string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		each := func(list []int) bool {
			for _, i := range list {
				if !yield(i) {
					return false
				}
			}
			return true
		}
		if !each(x.byText[words]) {
			return
		}
		start, cut := strings.CutSuffix(words, "…")
		if !cut {
			return
		}
		start = strings.TrimSpace(start)
		k, _ := slices.BinarySearch(x.texts, start)
		for ; k < len(x.texts) && strings.HasPrefix(x.texts[k], start); k++ {
			if x.texts[k] != words && !each(x.byText[x.texts[k]]) {
				return
			}
		}
	}
}
