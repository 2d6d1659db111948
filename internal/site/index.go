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

// makeIndexes fills the lists across briefings.
func (s *Site) makeIndexes() {
	for _, b := range s.Briefings {
		for _, q := range b.Quotations {
			if q.Form != "scare" {
				s.Quotations = append(s.Quotations, q)
			}
		}
		s.Timeline.add(b.Timeline)
		s.Totals.Sourcing.sum(b.Sourcing.Sentences)
	}
	s.Timeline.Unresolved = nil
	for _, b := range s.OldestFirst() {
		s.Timeline.Unresolved = append(s.Timeline.Unresolved, b.Timeline.Unresolved...)
	}
	s.Timeline.sort()
	s.Glossary = glossary(s.Briefings)
	s.Publishers = publishers(s.Briefings)
	s.Totals = Totals{
		Briefings: len(s.Briefings), Stories: len(s.Stories),
		People: len(s.People), Organizations: len(s.Organizations), Places: len(s.Places), Events: len(s.Events),
		Quotations: len(s.Quotations), Glossary: len(s.Glossary), Sourcing: s.Totals.Sourcing, Sentences: s.Totals.Sourcing.Total(),
	}
}

// glossary joins the terms of all briefings: those with the same abbreviation
// and the same meaning are one entry.
func glossary(bs []*Briefing) []*GlossaryEntry {
	type key struct{ short, long string }
	at := map[key]*GlossaryEntry{}
	var out []*GlossaryEntry
	for _, b := range bs {
		for _, t := range b.Terms {
			k := key{t.Short, slug.Make(t.Long)}
			g := at[k]
			if g == nil {
				g = &GlossaryEntry{Short: t.Short, Long: t.Long, Entity: t.Entity}
				at[k] = g
				out = append(out, g)
			}
			if g.Entity == nil {
				g.Entity = t.Entity
			}
			if n := len(g.Terms); n == 0 || g.Terms[n-1].Passage.Briefing != b {
				g.Terms = append(g.Terms, t)
			}
		}
	}
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

// publishers groups the briefings by who published them.
func publishers(bs []*Briefing) []*Publisher {
	at := map[string]*Publisher{}
	var out []*Publisher
	for _, b := range bs {
		name := oneLine(b.Header.Publisher)
		p := at[name]
		if p == nil {
			p = &Publisher{Name: name, Examples: map[Class][]Passage{}}
			at[name] = p
			out = append(out, p)
		}
		p.Briefings = append(p.Briefings, b)
		p.Sentences.sum(b.Sourcing.Sentences)
		example := func(c Class, ps Passage) {
			if c != OwnWord && len(p.Examples[c]) < 3 {
				p.Examples[c] = append(p.Examples[c], ps)
			}
		}
		for _, q := range b.Quotations {
			example(q.Class(), q.Passage)
		}
		for _, st := range b.Statements {
			example(st.Class(), st.Passage)
		}
	}
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
