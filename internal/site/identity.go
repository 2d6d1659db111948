package site

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/content"
	"readout/internal/diag"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/lexicon"
	"readout/internal/slug"
	"readout/internal/stable"
	"readout/internal/story"
)

// Identity across articles. An article's own entities are told apart by its
// analysis; which of them are the same across articles is decided here, and
// cautiously: a wrong merge says of one person what another did, a missing one
// only leaves two pages. In the order of their weight:
//
//   - what an editor's file says, by name and alias, or denies;
//   - the same full name, letter case, diacritics and punctuation apart;
//   - for bodies, an abbreviation that all articles define alike;
//   - for people, the same name in another common spelling, or with a middle
//     name more, when their role is worded alike or the reports are of one
//     event;
//   - for people known by one name alone, the same role worded alike.
//
// A shared surname, or a name that contains another, is no reason.

// A cluster is one entity: the articles' entities that are the same.
type cluster struct {
	kind    dialect.Class
	members []member
	file    *content.Entity // nil when no editor's file names it
	own     bool            // a key in the text says that it is another of that name
	parent  *cluster        // after a merge; nil for a root
	serial  int
}

// A memberRef is one local entity of one digest.
type memberRef struct{ digest, local int32 }

// A member is one of a cluster's, and why it is; settled where the editor's file
// names it.
type member struct {
	memberRef
	why     string
	settled bool
}

func (c *cluster) root() *cluster {
	for c.parent != nil {
		c = c.parent
	}
	return c
}

// An identifier decides which local entities are one.
type identifier struct {
	l        *label.Set
	digests  []*digest // in order of date, oldest first
	clusters []*cluster
	of       [][]*cluster // of each digest's
	event    []string     // of each digest
	spell    *speller
	diags    diag.List
}

// identify groups the local entities of all digests. The digests must be sorted;
// the result depends on nothing else.
func identify(labels *label.Set, digests []*digest, files []*content.Entity, rel map[string]story.Relation) ([]*cluster, diag.List) {
	id := &identifier{l: labels, digests: digests, of: make([][]*cluster, len(digests)), event: make([]string, len(digests)), spell: newSpeller()}
	for d, dg := range digests {
		id.event[d] = rel[dg.briefing.Slug].Cluster
		id.of[d] = make([]*cluster, len(dg.briefing.own))
	}
	editors := id.editors(files)
	byName := map[entityKey]*cluster{}
	for d, dg := range digests {
		for l := range dg.briefing.own {
			lc := dg.briefing.local(l)
			ref, kind := memberRef{int32(d), int32(l)}, lc.class()
			if c, why := editors.find(lc); c != nil {
				id.join(c, ref, labels.Say("merge.editor", "file", why))
				c.members[len(c.members)-1].settled = true
				continue
			}
			key := entityKey{kind, nameKey(kind, lc.called())}
			if key.slug == "" {
				key.slug = lc.word()
			}
			own := decided(lc)
			if own {
				key.slug = lc.word()
			}
			if kind == dialect.Person && !strings.Contains(key.slug, "-") {
				// One name alone is no full name: it needs more to be the same.
				id.join(id.cluster(kind), ref, "")
				continue
			}
			c := byName[key]
			if c == nil {
				c = id.cluster(kind)
				byName[key] = c
			}
			c.own = c.own || own
			id.join(c, ref, labels.Text("merge.name"))
		}
	}
	id.abbreviations(byName)
	id.spellings()
	id.sameEvent()
	id.singleNames()
	var out []*cluster
	for _, c := range id.clusters {
		if c.parent == nil && (len(c.members) > 0 || c.file != nil) {
			out = append(out, c)
		}
	}
	return out, id.diags
}

// decided reports whether the text says by a key of its own which of several of
// one name is meant: ref=jane-roe-chemist beside the name Jane Roe.
func decided(lc ownLocal) bool {
	rest, ok := strings.CutPrefix(lc.word(), slug.Make(lc.called())+"-")
	return ok && strings.Trim(rest, "0123456789") != ""
}

func (id *identifier) cluster(kind dialect.Class) *cluster {
	c := &cluster{kind: kind, serial: len(id.clusters)}
	id.clusters = append(id.clusters, c)
	return c
}

func (id *identifier) join(c *cluster, ref memberRef, why string) {
	c.members = append(c.members, member{memberRef: ref, why: why})
	id.of[ref.digest][ref.local] = c
}

func (id *identifier) local(m member) ownLocal {
	return id.digests[m.digest].briefing.local(int(m.local))
}

// merge joins b to a, unless an article tells the two apart by naming both, or
// editors have a file for each.
func (id *identifier) merge(a, b *cluster, why string) bool {
	a, b = a.root(), b.root()
	if a == b {
		return true
	}
	if b.serial < a.serial {
		a, b = b, a
	}
	if a.kind != b.kind || a.file != nil && b.file != nil || a.own || b.own {
		return false
	}
	if id.denied(a, b) || id.denied(b, a) {
		return false
	}
	seen := map[int32]bool{}
	for _, m := range a.members {
		seen[m.digest] = true
	}
	for _, m := range b.members {
		if seen[m.digest] {
			return false
		}
	}
	for _, m := range b.members {
		a.members = append(a.members, member{memberRef: m.memberRef, why: why})
	}
	if a.file == nil {
		a.file = b.file
	}
	b.parent, b.members = a, nil
	return true
}

// denied reports whether a's editor says that a name of b is another's.
func (id *identifier) denied(a, b *cluster) bool {
	if a.file == nil {
		return false
	}
	for _, not := range a.file.Not {
		for _, m := range b.members {
			if nameKey(b.kind, not) == nameKey(b.kind, id.local(m).called()) {
				return true
			}
		}
	}
	return false
}

// nameKey is what two spellings of one full name have in common: letter case,
// diacritics, punctuation and a leading article apart.
func nameKey(kind dialect.Class, name string) string {
	key := slug.Make(name)
	if kind != dialect.Person {
		// "U.S." and "UN" are known to every reader.
		if full, ok := lexicon.Alias(plainName(name)); ok {
			return slug.Make(full)
		}
		if rest, ok := strings.CutPrefix(key, "the-"); ok {
			key = rest
		}
	}
	return key
}

// plainName is a name in lower case without stops: "us" for "U.S.".
func plainName(name string) string { return strings.ToLower(strings.ReplaceAll(name, ".", "")) }

// editorNames finds the editor's file that a local entity belongs to.
type editorNames struct {
	byName map[entityKey]*cluster
	not    map[*cluster]map[string]bool
}

func (id *identifier) editors(files []*content.Entity) editorNames {
	e := editorNames{map[entityKey]*cluster{}, map[*cluster]map[string]bool{}}
	taken := map[entityKey]*content.Entity{}
	for _, f := range files {
		if other := taken[entityKey{f.Kind, f.Slug}]; other != nil {
			id.diags.Add(diag.Diagnostic{
				File: f.Path, ID: "entity-slug",
				Message: fmt.Sprintf("%s has the slug %q already", other.Path, f.Slug),
				Hint:    "join the two files, or give one another slug",
			})
			continue
		}
		taken[entityKey{f.Kind, f.Slug}] = f
		c := id.cluster(f.Kind)
		c.file = f
		e.not[c] = map[string]bool{}
		for _, n := range f.Not {
			e.not[c][nameKey(f.Kind, n)] = true
		}
		told := map[entityKey]bool{}
		for i, n := range append([]string{f.Name, f.Slug}, f.Aliases...) {
			key := entityKey{f.Kind, nameKey(f.Kind, n)}
			if key.slug == "" {
				continue
			}
			if first, ok := e.byName[key]; ok && first != c {
				line := f.NameLine
				if i >= 2 {
					line = lineAt(f.AliasLines, i-2)
				}
				if !told[key] {
					id.diags.Add(diag.Diagnostic{
						File: f.Path, Line: line, ID: "entity-name",
						Message: fmt.Sprintf("the name “%s” is claimed by %s already", n, first.file.Path),
						Hint:    "take it from the aliases of one of the two files, or join the files",
					})
				}
				told[key] = true
				continue
			}
			e.byName[key] = c
		}
	}
	return e
}

// find returns the cluster of the editor's file that has the local's key, its
// name or one of its abbreviations.
func (e editorNames) find(lc ownLocal) (*cluster, string) {
	if len(e.byName) == 0 {
		return nil, ""
	}
	names := append([]string{lc.called(), lc.word()}, lc.aliases()...)
	if decided(lc) {
		names = []string{lc.word()}
	}
	for _, n := range names {
		kind := lc.class()
		key := nameKey(kind, n)
		if c := e.byName[entityKey{kind, key}]; c != nil && !e.not[c][nameKey(kind, lc.called())] {
			return c, c.file.Path
		}
	}
	return nil, ""
}

// abbreviations joins a body named by its abbreviation alone to the one whose
// abbreviation it is, when every article that defines it means the same body.
func (id *identifier) abbreviations(byName map[entityKey]*cluster) {
	type meaning struct {
		c     *cluster
		where *Briefing
		ok    bool
	}
	means := map[entityKey]*meaning{}
	for d, dg := range id.digests {
		for l := range dg.briefing.own {
			lc := dg.briefing.local(l)
			if lc.class() == dialect.Person {
				continue
			}
			c := id.of[d][l].root()
			for _, a := range lc.aliases() {
				key := entityKey{lc.class(), nameKey(lc.class(), a)}
				switch m := means[key]; {
				case m == nil:
					means[key] = &meaning{c, dg.briefing, true}
				case m.c.root() == c.root():
				case sameButSpelling(id.local(m.c.root().members[0]).called(), lc.called()) &&
					id.merge(m.c, c, id.l.Say("merge.abbreviation.spelling", "short", id.l.Quote(a))):
				default:
					m.ok = false
				}
			}
		}
	}
	for d, dg := range id.digests {
		for l := range dg.briefing.own {
			lc := dg.briefing.local(l)
			m := means[entityKey{lc.class(), nameKey(lc.class(), lc.called())}]
			if m == nil || !m.ok || len(lc.aliases()) > 0 {
				continue
			}
			id.merge(m.c, id.of[d][l], id.l.Say("merge.abbreviation",
				"short", id.l.Quote(lc.called()), "long", id.l.Quote(id.local(m.c.root().members[0]).called()), "title", id.l.Quote(m.where.Header.Title)))
		}
	}
}

// sameButSpelling reports whether two names have the same number of words, each
// of which is the same or nearly so: at most two letters apart, and those fewer
// than a third of it.
func sameButSpelling(a, b string) bool {
	as, bs := strings.Split(slug.Make(a), "-"), strings.Split(slug.Make(b), "-")
	if len(as) != len(bs) {
		return false
	}
	same := 0
	for i := range as {
		if as[i] == bs[i] {
			same++
			continue
		}
		d := editDistance([]rune(as[i]), []rune(bs[i]))
		// "e" and "i" are the same little word in another spelling.
		if d > 2 || 3*d >= max(len(as[i]), len(bs[i])) && max(len(as[i]), len(bs[i])) > 2 {
			return false
		}
	}
	return 2*same >= len(as)
}

func editDistance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// spellings joins people whose full names differ in the spelling of parts with
// several common spellings, or by a middle name, when a report of each words
// their role alike.
func (id *identifier) spellings() {
	bySpelling := map[string][]*cluster{}
	byEnds := map[string][]*cluster{}
	for _, c := range id.clusters {
		if c.kind != dialect.Person || c.parent != nil || len(c.members) == 0 {
			continue
		}
		parts := strings.Split(nameKey(c.kind, id.local(c.members[0]).called()), "-")
		if len(parts) < 2 {
			continue
		}
		for i, p := range parts {
			parts[i] = spellingKey(p)
		}
		whole := strings.Join(parts, "-")
		bySpelling[whole] = append(bySpelling[whole], c)
		ends := parts[0] + "-" + parts[len(parts)-1]
		byEnds[ends] = append(byEnds[ends], c)
	}
	for _, group := range sortedGroups(bySpelling) {
		for i, c := range group[1:] {
			for _, before := range group[:i+1] {
				if role := id.sharedRole(before, c); role != "" && id.sameSpelled(before, c) {
					id.merge(before, c, id.l.Say("merge.spelling", "role", id.l.Quote(role)))
					break
				}
			}
		}
	}
	for _, group := range sortedGroups(byEnds) {
		for i, c := range group[1:] {
			for _, before := range group[:i+1] {
				if role := id.sharedRole(before, c); role != "" && id.fits(before, c) {
					id.merge(before, c, id.l.Say("merge.middle", "role", id.l.Quote(role)))
					break
				}
			}
		}
	}
}

// maxGroup bounds the comparisons within a group of like names.
const maxGroup = 50

func sortedGroups(m map[string][]*cluster) [][]*cluster {
	var out [][]*cluster
	for _, g := range m {
		if len(g) > 1 && len(g) <= maxGroup {
			out = append(out, g)
		}
	}
	stable.Sort(out, func(a, b []*cluster) int { return a[0].serial - b[0].serial })
	return out
}

// sameSpelled reports whether the names of two clusters are one in two spellings.
func (id *identifier) sameSpelled(a, b *cluster) bool {
	a, b = a.root(), b.root()
	return len(a.members) > 0 && len(b.members) > 0 && id.spell.same(id.local(a.members[0]).called(), id.local(b.members[0]).called())
}

// fits reports whether the parts of one name are among those of the other, in
// order.
func (id *identifier) fits(a, b *cluster) bool {
	a, b = a.root(), b.root()
	if len(a.members) == 0 || len(b.members) == 0 {
		return false
	}
	long := strings.Split(nameKey(a.kind, id.local(a.members[0]).called()), "-")
	short := strings.Split(nameKey(b.kind, id.local(b.members[0]).called()), "-")
	if len(short) > len(long) {
		long, short = short, long
	}
	for _, p := range long {
		if len(short) > 0 && (p == short[0] || len(short[0]) == 1 && strings.HasPrefix(p, short[0])) {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// sharedRole returns a role that a report of each words alike, or "". A role of
// one word ("spokesman") is shared by too many to tell anything.
func (id *identifier) sharedRole(a, b *cluster) string {
	a, b = a.root(), b.root()
	roles := map[string]bool{}
	for _, m := range a.members {
		for _, r := range id.local(m).roles() {
			roles[slug.Make(r)] = true
		}
	}
	for _, m := range b.members {
		for _, r := range id.local(m).roles() {
			if key := slug.Make(r); roles[key] && strings.Contains(key, "-") {
				return r
			}
		}
	}
	return ""
}

// sameEvent joins people whose names differ in spelling alone and who appear in
// reports of one event.
func (id *identifier) sameEvent() {
	byEvent := map[string][]*cluster{}
	reports := map[string]int{} // of each event
	for _, e := range id.event {
		reports[e]++
	}
	var events []string
	for _, c := range id.clusters {
		if c.kind != dialect.Person || c.parent != nil || len(c.members) == 0 {
			continue
		}
		for _, m := range c.members {
			e := id.event[m.digest]
			if g := byEvent[e]; len(g) == 0 {
				events = append(events, e)
			} else if g[len(g)-1] == c {
				continue
			}
			byEvent[e] = append(byEvent[e], c)
		}
	}
	for _, e := range events {
		group := byEvent[e]
		if e == "" || len(group) > 10*maxGroup {
			continue
		}
		for i, c := range group {
			// Those that one report names are two people.
			if c.parent != nil || reports[e] < 2 {
				continue
			}
			name := id.local(c.members[0]).called()
			if !strings.Contains(name, " ") {
				continue
			}
			for _, before := range group[:i] {
				other := before.root()
				if other == c || len(other.members) == 0 {
					continue
				}
				first := id.local(other.members[0]).called()
				if id.spell.name(first).word == id.spell.name(name).word || id.spell.same(first, name) {
					if id.merge(other, c, id.l.Text("merge.event")) {
						break
					}
				}
				if id.middleMore(other, c, group) && id.merge(other, c, id.l.Text("merge.event.middle")) {
					break
				}
			}
		}
		id.loneInOffice(group)
	}
}

// singleNames joins people known by one name alone to a person of that surname,
// or to one another, when their role is worded alike and only one person fits.
func (id *identifier) singleNames() {
	type claim struct{ name, role string }
	full := map[claim][]*cluster{}
	claims := func(c *cluster) []claim {
		var out []claim
		for _, m := range c.members {
			key := nameKey(c.kind, id.local(m).called())
			name := key[strings.LastIndexByte(key, '-')+1:]
			for _, r := range id.local(m).roles() {
				if role := slug.Make(r); strings.Contains(role, "-") {
					out = append(out, claim{name, role})
				}
			}
		}
		return out
	}
	single := func(c *cluster) bool {
		return len(c.members) > 0 && !strings.Contains(nameKey(c.kind, id.local(c.members[0]).called()), "-")
	}
	for pass := range 2 {
		for _, c := range id.clusters {
			if c.kind != dialect.Person || c.parent != nil || single(c) != (pass == 1) {
				continue
			}
			for _, cl := range claims(c) {
				if pass == 1 {
					candidates := full[cl]
					roots := map[*cluster]bool{}
					for _, x := range candidates {
						roots[x.root()] = true
					}
					if len(roots) == 1 && candidates[0].root() != c {
						if id.merge(candidates[0], c, id.l.Say("merge.role", "role", id.l.Quote(strings.ReplaceAll(cl.role, "-", " ")))) {
							break
						}
					}
				}
				if !slices.Contains(full[cl], c) {
					full[cl] = append(full[cl], c)
				}
			}
		}
	}
}
