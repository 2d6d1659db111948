package site

import (
	"slices"
	"strings"

	"readout/internal/label"
)

// Called returns by which words an article names a speaker where they tell more
// than the name that stands for it; "" where they do not, as a pronoun or a
// surname. Beside reports whether they stand beside the name: "a teacher in Camaná"
// of "Julia Quispe, a teacher in Camaná", "Mayor" of "Mayor Teodora Vance".
func (s *Speaker) Called() (words string, beside bool) {
	if s.Entity == nil {
		return "", false
	}
	text, name := oneLine(s.Passage.Text), s.Entity.Name
	ws, known := strings.Fields(strings.ToLower(text)), strings.Fields(strings.ToLower(name))
	if len(ws) == 1 && pronouns[ws[0]] || !slices.ContainsFunc(ws, func(w string) bool {
		return !slices.Contains(known, strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s"))
	}) {
		return "", false
	}
	if rest, ok := strings.CutPrefix(text, name+", "); ok {
		return rest, true
	}
	if rest, ok := strings.CutSuffix(text, " "+name); ok {
		return strings.TrimSuffix(rest, ","), true
	}
	return text, false
}

// Unclear reports whether the article calls a source by a pronoun alone, and it
// is not known whom that means: it may well be somebody whom it names.
func (s *Speaker) Unclear() bool {
	return s != nil && s.Entity == nil && s.class() == Unnamed && pronouns[strings.ToLower(oneLine(s.Passage.Text))]
}

// InWords returns words of the article behind p as they stand in a sentence of
// labels: in quotation marks where that is in another language.
func (p Passage) InWords(l *label.Set, words string) string {
	if words == "" || p.Briefing == nil || p.Briefing.Header.Language == "" {
		return words
	}
	of, _, _ := strings.Cut(p.Briefing.Header.Language, "-")
	if base, _ := l.Language().Base(); base.String() == of {
		return words
	}
	return l.Quote(words)
}
