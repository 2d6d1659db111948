package entity

import (
	_ "embed"
	"strings"
	"sync"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/stable"
	"readout/internal/token"
)

//go:embed data/forms.txt
var formsData string

// A legalForm is a form of law that ends the name of a company, as its tokens are
// written.
type legalForm struct {
	words []string
	class formClass
}

type formClass uint8

const (
	linkForm  formClass = iota // counts only before another one
	casedForm                  // counts after a name that is not in capitals
	sureForm
)

// legalForms are the forms of data/forms.txt by the first of their words, those of
// more words first.
var legalForms = sync.OnceValue(func() map[string][]legalForm {
	forms := make(map[string][]legalForm)
	classes := map[string]formClass{"link": linkForm, "cased": casedForm, "sure": sureForm}
	for line := range strings.Lines(formsData) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		class, ok := classes[name]
		if !ok {
			continue
		}
		for form := range strings.SplitSeq(list, "; ") {
			var words []string
			for _, t := range token.Scan(form) {
				words = append(words, t.Span.In(form))
			}
			with := forms[words[0]]
			at := 0
			for at < len(with) && len(with[at].words) >= len(words) {
				at++
			}
			forms[words[0]] = append(with[:at:at], append([]legalForm{{words, class}}, with[at:]...)...)
		}
	}
	return forms
})

// legalWords are the first words of the forms of law, in lower case.
var legalWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for w := range legalForms() {
		words[strings.ToLower(w)] = true
	}
	return words
})

// form returns the end of the form of law that begins at token i, 0 where none does.
func (f *finder) form(i int) (end int, class formClass) {
	text := func(k int) string { return f.Tokens[k].Span.In(f.Source) }
	for _, key := range []string{text(i), shoutedForm(text(i))} {
	next:
		for _, l := range legalForms()[key] {
			k := i
			for n, w := range l.words {
				if n > 0 && w != "." && f.norm(k) == "." && f.tight(k) {
					k++ // "Pvt. Ltd."
				}
				if !f.same(k, i) || text(k) != w && (len(w) < 3 || text(k) != strings.ToUpper(w)) {
					continue next
				}
				k++
			}
			return k, l.class
		}
	}
	return 0, linkForm
}

// shoutedForm returns a word in capitals as it is written at the beginning of a sentence.
func shoutedForm(w string) string {
	if len(w) < 3 || w != strings.ToUpper(w) {
		return w
	}
	return w[:1] + strings.ToLower(w[1:])
}

// forms returns the end of the forms of law from token i on, "Co., Ltd.", and whether
// they are those of a company for sure; 0 where there are none.
func (f *finder) forms(i int) (end int, sure bool) {
	best := linkForm
	for k := i; ; {
		e, class := f.form(k)
		if e == 0 {
			break
		}
		end, best = e, max(best, class)
		k = e
		if f.norm(k) == "." && f.tight(k) && f.same(k+1, i) {
			k++
		}
		if f.norm(k) == "," && f.same(k+1, i) {
			if _, class := f.form(k + 1); class != sureForm {
				break
			}
			k++
		}
		if !f.same(k, i) {
			break
		}
	}
	switch best {
	case sureForm:
		return end, true
	case casedForm:
		return end, false
	}
	return 0, false
}

// companies finds the names that end in a form of law, which the model may take for
// those of people or pass over: "Veldt Solar Pty Ltd", "Rossi Costruzioni S.p.A.".
func (f *finder) companies() {
	f.tickers()
	f.own()
	var found []mention
	next := 1 // token after the form before
	for i := range f.cued(formCue) {
		if i < next || !f.same(i-1, i) {
			continue
		}
		end, sure := f.forms(i)
		if end == 0 || f.norm(i-1) == "&" {
			continue // "Forbes & Company Ltd": by the next form
		}
		next = end
		p := i - 1
		if sure && f.norm(p) == "," {
			p--
		}
		if p < 0 || !f.same(p, i) || !f.capital(p) && f.Tokens[p].Kind != token.Number && !(sure && f.norm(p) == ")") || !sure && !f.mayBearForm(p, end) {
			continue
		}
		m := mention{start: f.companyStart(p), end: end, typ: annotation.Organization, rule: "entity/suffix"}
		if m.start <= p {
			m = f.withStop(m)
			if k := f.at(m.start); k >= 0 && f.mentions[k].typ == annotation.Organization && f.mentions[k].start == m.start && f.mentions[k].end >= end {
				m.end, m.rule = f.mentions[k].end, f.mentions[k].rule
			}
			found = append(found, m)
			if p+1-m.start > 1 || !f.is(p, lexicon.Common|lexicon.Place) {
				f.sure(m.start, p+1)
			}
		}
	}
	if len(found) > 0 {
		f.override(found)
		f.mentions = append(f.mentions, found...)
		f.dropOverlaps()
		f.own()
	}
	f.shortNames()
}

// shortNames finds the short names that an article gives to bodies in brackets after
// their names, and which it takes for theirs from there on: 'Adebayo Foods Ltd.
// ("Adebayo" or "the Company")'.
func (f *finder) shortNames() {
	for i := range f.cued(openCue) {
		k := f.at(i - 1)
		if k < 0 || f.mentions[k].typ != annotation.Organization || !f.same(i+2, i) {
			continue
		}
		switch f.norm(i + 1) {
		case "\"", "“", "‘", "'", "the":
		default:
			continue
		}
		start := i + 2
		if f.norm(start) == "the" || f.norm(start) == "“" || f.norm(start) == "\"" {
			start++
		}
		end := start
		for f.same(end, i) && f.word(end) && f.capital(end) && !f.is(end, lexicon.Common|lexicon.Role) {
			end++
		}
		if n := f.norm(end); end > start && (n == "\"" || n == "”" || n == "’" || n == "'") {
			f.sure(start, end)
		}
	}
}

// mayBearForm reports whether the name that ends with token p may bear a form of law
// that is a word for other things too and ends before token end: "Texas AG Ken Paxton"
// has none.
func (f *finder) mayBearForm(p, end int) bool {
	if f.Tokens[p].Is(token.AllUpper) || f.Words[p].Phrase&lexicon.Place != 0 || f.is(p, lexicon.Demonym|lexicon.Role|lexicon.RoleMod|lexicon.Day|lexicon.Month|lexicon.Honorific) || f.Headline(f.sentence[p]) {
		return false
	}
	return f.at(p) >= 0 && !(f.same(end, p) && (f.capital(end) || f.Tokens[end].Kind == token.Number))
}

// companyStart returns the first token of the name of a company whose last one before
// the form of law is p; a token after p where there is none.
func (f *finder) companyStart(p int) int {
	const longest = 7
	start := p + 1
	for k := p; k >= 0 && k > p-longest && f.same(k, p); k-- {
		switch n := f.norm(k); {
		case n == "and" && k == p-1 && f.is(p, lexicon.Common) && !f.is(p, lexicon.Personal) && f.capital(k-1) && f.is(k-1, lexicon.Common):
			continue // "Niger Oil and Gas Ltd"
		case n == "&" || n == "-" || n == "." && f.tight(k) && k > 0 && f.Tokens[k-1].Span.Len() <= 3 && !f.ends(k-1):
			continue
		case n == ")" && k == p && k >= 2 && f.norm(k-2) == "(":
			k -= 2 // "Veldt Solar (Pty) Ltd"
			continue
		case f.Tokens[k].Kind == token.Number && k == p:
		case !f.capital(k) || starters[n] && f.at(k) < 0 || address[n] || f.is(k, lexicon.Day|lexicon.Month) || f.is(k, lexicon.Role) && f.at(k) < 0:
			return start
		}
		if start <= p && f.at(k) < 0 && f.at(start) >= 0 && (f.Headline(f.sentence[p]) || k == f.Sentences[f.sentence[p]][0]) {
			return start // the first word of a sentence, before a name
		}
		start = k
	}
	return start
}

// ends reports whether token i is a form of law, which ends a name.
func (f *finder) ends(i int) bool {
	end, _ := f.form(i)
	return end > 0
}

// tickers takes the codes of shares off the names they follow, and out of what the
// model took for names: "Brightmoor BRM.L", "(HFM.DE)", "(LON: BRM)".
func (f *finder) tickers() {
	var codes [][2]int
	for i := range f.cued(innerStopCue) {
		if i > 0 && i+2 < len(f.Tokens) && f.tight(i) && f.Tokens[i+1].Is(token.AllUpper) && (f.Tokens[i+1].Span.Len() == 2 || theFirmWords().exchange[f.norm(i+1)]) && f.same(i-1, i+1) &&
			(f.Tokens[i-1].Is(token.AllUpper) && f.Tokens[i-1].Span.Len() > 1 || f.Tokens[i-1].Kind == token.Number) && (i < 2 || f.capital(i-2) || f.norm(i-2) == "(" || f.norm(i-2) == "<" || f.norm(i-2) == ",") {
			codes = append(codes, [2]int{i - 1, i + 2})
		}
	}
	for i := range f.cued(openCue) {
		if f.norm(i+2) == ":" && f.norm(i+4) == ")" && f.Tokens[i+1].Is(token.AllUpper) && f.Tokens[i+3].Is(token.AllUpper) {
			codes = append(codes, [2]int{i + 3, i + 4})
		}
	}
	if codes == nil {
		return
	}
	stable.Sort(codes, func(a, b [2]int) int { return a[0] - b[0] })
	kept, next := f.mentions[:0], 0
	for _, m := range f.mentions {
		for next < len(codes) && codes[next][1] <= m.start {
			next++
		}
		for k := next; k < len(codes) && codes[k][0] < m.end; k++ {
			switch c := codes[k]; {
			case c[1] <= m.start:
			case c[0] > m.start:
				m.end = c[0]
				if n := f.norm(m.end - 1); n == "(" || n == "," || n == "<" {
					m.end--
				}
			default:
				m.start = m.end
			}
		}
		if m.end > m.start {
			kept = append(kept, m)
		}
	}
	f.mentions = kept
}

// legal returns the end of a company's name without the forms of law it ends with.
func (f *finder) legal(m mention) int {
	if m.typ == annotation.Person || m.typ == annotation.Place || m.typ == annotation.Event {
		return m.end
	}
	for i := m.start + 1; i < m.end; i++ {
		end, sure := f.forms(i)
		if end == 0 || end < m.end && !(end == m.end-1 && f.norm(end) == ".") || !sure && f.Tokens[i-1].Is(token.AllUpper) {
			continue
		}
		if f.norm(i-1) == "," && i-1 > m.start {
			i--
		}
		return i
	}
	return m.end
}
