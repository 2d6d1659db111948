package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"readout/internal/slug"
)

// byName orders entities for a list: by their letter ("#" last), then by name
// without regard to case, diacritics and punctuation.
func byName(a, b *Entity) int {
	if (a.Letter == "#") != (b.Letter == "#") {
		return strings.Compare(b.Letter, a.Letter)
	}
	return cmp.Or(
		strings.Compare(a.Letter, b.Letter),
		strings.Compare(a.order, b.order),
		strings.Compare(a.Name, b.Name),
		strings.Compare(string(a.Kind), string(b.Kind)),
		strings.Compare(a.Slug, b.Slug),
	)
}

// letter returns the heading of name in an A–Z list.
func letter(name string) string {
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.IsLetter(r):
			if s := slug.Make(string(r)); s != "" && s[0] < 0x80 {
				return strings.ToUpper(s[:1])
			}
			return string(unicode.ToUpper(r))
		case unicode.IsDigit(r):
			return "#"
		}
	}
	return "#"
}

// A glossaryKey is what two definitions have in common that are one entry.
type glossaryKey struct{ short, long string }

// terms joins the terms of all briefings: those with the same abbreviation and the
// same meaning are one entry.
func (v *surveyor) term(at position, short, long string, e *Entity) {
	k := glossaryKey{v.keep(short), slug.Make(long)}
	g := v.glossary[k]
	if g == nil {
		g = &GlossaryEntry{Short: k.short, Long: v.keep(long), Entity: e, site: v.Site}
		v.glossary[k] = g
		v.Glossary = append(v.Glossary, g)
	}
	if g.Entity == nil {
		g.Entity = e
	}
	if n := len(g.terms); n == 0 || g.terms[n-1].order != at.order {
		g.terms = append(g.terms, at)
	}
}

func sortedGlossary(out []*GlossaryEntry) []*GlossaryEntry {
	slices.SortFunc(out, func(a, b *GlossaryEntry) int {
		return cmp.Or(
			strings.Compare(slug.Make(a.Short), slug.Make(b.Short)),
			strings.Compare(a.Short, b.Short),
			strings.Compare(slug.Make(a.Long), slug.Make(b.Long)),
		)
	})
	ids := map[string]bool{}
	for _, g := range out {
		g.ID = uniqueID(ids, "term-", g.Short)
	}
	return out
}

// uniqueID returns an id made of prefix and name that is not in ids, and adds
// it.
func uniqueID(ids map[string]bool, prefix, name string) string {
	base := prefix + cmp.Or(slug.Make(name), "x")
	id := base
	for n := 2; ids[id]; n++ {
		id = base + "-" + itoa(n)
	}
	ids[id] = true
	return id
}

// unread returns how many of the reports nobody looked into for their sources.
func unread(list []*Briefing) int {
	n := 0
	for _, b := range list {
		if b.Unread() {
			n++
		}
	}
	return n
}

// Unread is how many of its briefings nobody looked into for their sources, so
// that they do not count.
func (p *Publisher) Unread() int { return unread(p.Briefings) }

// publisher puts a briefing beside the others of who published it.
func (v *surveyor) publisher(b *Briefing) *Publisher {
	name := oneLine(b.Header.Publisher)
	p := v.publishers[name]
	if p == nil {
		p = &Publisher{Name: name, Examples: map[Class][]Passage{}}
		v.publishers[name] = p
		v.Publishers = append(v.Publishers, p)
	}
	p.Briefings = append(p.Briefings, b)
	p.Sentences.sum(b.Sentences)
	return p
}

// lacks reports whether there are to be more examples of a class.
func (p *Publisher) lacks(c Class) bool { return c != OwnWord && len(p.Examples[c]) < 3 }

// examples takes examples from a briefing.
func (p *Publisher) examples(d *Details) {
	example := func(c Class, ps Passage) {
		if p.lacks(c) {
			p.Examples[c] = append(p.Examples[c], ps.alone())
		}
	}
	for _, q := range d.Quotations {
		example(q.Class(), q.Passage)
	}
	for _, st := range d.Statements {
		example(st.Class(), st.Passage)
	}
}

// alone returns p so that it does not hold on to what stands around it.
func (p Passage) alone() Passage {
	for _, t := range []*string{&p.ID, &p.Block, &p.Sentence, &p.Text} {
		*t = strings.Clone(*t)
	}
	return p
}

func sortedPublishers(out []*Publisher) []*Publisher {
	slices.SortFunc(out, func(a, b *Publisher) int {
		if (a.Name == "") != (b.Name == "") {
			return strings.Compare(b.Name, a.Name)
		}
		return cmp.Or(strings.Compare(slug.Make(a.Name), slug.Make(b.Name)), strings.Compare(a.Name, b.Name))
	})
	ids := map[string]bool{}
	for _, p := range out {
		p.ID = uniqueID(ids, "publisher-", cmp.Or(p.Name, "unknown"))
	}
	return out
}
