package site

import (
	"slices"
	"strings"
)

// In the reports of one event less is needed to tell that two names are of one person than
// elsewhere. This file has what is enough there.

// middleMore reports whether the names of two people of one event differ by a middle name or
// an initial alone, and nobody else of the event has their first and last name.
func (id *identifier) middleMore(a, b *cluster, group []*cluster) bool {
	ends := func(c *cluster) (string, string, int) {
		parts := id.spell.name(id.local(c.members[0]).called()).whole
		return parts[0].text, parts[len(parts)-1].text, len(parts)
	}
	first, last, n := ends(a)
	f, l, m := ends(b)
	if first != f || last != l || n == m || min(n, m) < 2 || len(first) < 3 || !id.fits(a, b) {
		return false
	}
	return !slices.ContainsFunc(group, func(c *cluster) bool {
		c = c.root()
		if c == a || c == b || len(c.members) == 0 {
			return false
		}
		x, y, _ := ends(c)
		return x == first && y == last
	})
}

// loneInOffice joins somebody whom a report of an event names by the surname alone to the only
// one of that surname in the event, where both hold one office: "President Chapo" and
// "President Daniel Chapo".
func (id *identifier) loneInOffice(group []*cluster) {
	surname := func(c *cluster) (string, bool) {
		key := nameKey(c.kind, id.local(c.members[0]).called())
		at := strings.LastIndexByte(key, '-')
		return key[at+1:], at >= 0
	}
	full := map[string][]*cluster{}
	for _, c := range group {
		if c = c.root(); len(c.members) > 0 {
			if name, ok := surname(c); ok && !slices.Contains(full[name], c) {
				full[name] = append(full[name], c)
			}
		}
	}
	for _, c := range group {
		if c.parent != nil || len(c.members) == 0 {
			continue
		}
		name, ok := surname(c)
		if ok || len(full[name]) != 1 {
			continue
		}
		if role := id.sharedOffice(full[name][0], c); role != "" {
			id.merge(full[name][0], c, id.l.Say("merge.role", "role", id.l.Quote(role)))
		}
	}
}

// sharedOffice returns a role of b that is of an office of a's, for the same matter; "" where
// there is none, or where the two hold different ones.
func (id *identifier) sharedOffice(a, b *cluster) string {
	offices := func(c *cluster) (out []office, texts []string) {
		for _, m := range c.members {
			for _, r := range id.local(m).roles() {
				out, texts = append(out, readOffice(r)), append(texts, r)
			}
		}
		return out, texts
	}
	of, _ := offices(a.root())
	mine, texts := offices(b.root())
	if differ(of, mine) {
		return ""
	}
	for i, o := range mine {
		for _, p := range of {
			if len(o.offices) > 0 && o.head == p.head && o.rank == p.rank && o.former == p.former && !disjoint([]map[string]bool{o.offices, p.offices}) &&
				(len(o.portfolios) == 0 || len(p.portfolios) == 0 || !disjoint([]map[string]bool{o.portfolios, p.portfolios})) {
				return texts[i]
			}
		}
	}
	return ""
}
