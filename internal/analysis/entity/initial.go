package entity

import (
	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/token"
)

// initialed finds people named by initials and a family name where they speak or an
// office stands before them, and the model passed them over: "DMK's R. Velan said".
func (f *finder) initialed() {
	f.own()
	var found []mention
	past := -1 // the last token of what was found
	for i := range f.cued(letterCue) {
		if i <= past || !f.Tokens[i].Is(token.AllUpper) || f.norm(i+1) != "." || !f.tight(i+1) || f.at(i) >= 0 {
			continue
		}
		end := i + 2
		for f.same(end+1, i) && f.Tokens[end].Span.Len() == 1 && f.Tokens[end].Is(token.AllUpper) && f.norm(end+1) == "." {
			end += 2
		}
		past = end - 1 // what the rest of the initials leads to is the same
		if !f.same(end, i) || !f.capital(end) || f.at(end) >= 0 || f.Tokens[end].Span.Len() < 3 || f.is(end, lexicon.Day|lexicon.Month|lexicon.OrgHead|lexicon.OrgSuffix) || f.Headline(f.sentence[i]) {
			continue
		}
		if next := end + 1; f.saysAfter(next) || f.same(i-1, i) && f.is(i-1, lexicon.Role) && f.Tokens[i-1].Kind == token.Word {
			found = append(found, mention{start: i, end: next, typ: annotation.Person, rule: "entity/initials"})
			past = end
		}
	}
	f.replace(found)
}
