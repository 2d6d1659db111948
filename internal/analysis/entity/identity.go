package entity

import (
	"slices"
	"strconv"
	"strings"

	"readout/internal/annotation"
	"readout/internal/lexicon"
	"readout/internal/slug"
	"readout/internal/span"
	"readout/internal/stable"
	"readout/internal/token"
)

// A cluster is a group of mentions of one entity.
type cluster struct {
	typ      annotation.EntityType
	words    []string       // of the fullest name, folded
	best     int            // the mention that has the fullest name
	role     span.Span      // the first that stands beside one of its mentions
	gender   lexicon.Gender // as a title beside one of its mentions tells
	into     *cluster       // the cluster this one was joined to
	mentions []int          // those of its very words, in order
	key      string
}

// root returns the cluster that c is now part of.
func (c *cluster) root() *cluster {
	for c.into != nil {
		c = c.into
	}
	return c
}

// An identifier has the state of grouping the mentions of one article.
type identifier struct {
	*finder
	of       []*cluster // by mention
	clusters []*cluster
	byName   map[string]*cluster
	words    [][]string // by mention
}

// identify groups the mentions, gives each its key, and returns the entities
// in order of their first mention. What is said in full stands for itself;
// shorter forms go to the one full form they fit, and to none where two fit.
func (f *finder) identify() []annotation.Entity {
	d := &identifier{finder: f, of: make([]*cluster, len(f.mentions)), byName: map[string]*cluster{}, words: make([][]string, len(f.mentions))}
	for i := range f.mentions {
		d.words[i] = f.nameWords(f.mentions[i].start, f.mentions[i].end)
	}
	for i := range f.mentions {
		d.add(i)
	}
	d.definedAcronyms()
	d.aliases()
	d.people()
	d.organizations()
	d.stormNames()
	return d.keys()
}

// add puts mention i into the cluster of its very words.
func (d *identifier) add(i int) {
	m := &d.mentions[i]
	ws := d.words[i]
	id := string(m.typ) + "\x00" + canonical(strings.Join(ws, " "))
	var g lexicon.Gender
	if m.typ == annotation.Person {
		if g = d.titleGender(m.start); g != lexicon.UnknownGender && len(ws) == 1 {
			id += "\x00" + string(rune('0'+g)) // "Mrs Lee" is not "Mr Lee"
		}
	}
	c := d.byName[id]
	defer func() {
		if c.gender == lexicon.UnknownGender {
			c.gender = g
		}
		if c.role.Empty() {
			c.role = m.role
		}
		c.mentions = append(c.mentions, i)
		d.of[i] = c
	}()
	if c == nil {
		c = &cluster{typ: m.typ, words: ws, best: i}
		d.byName[id] = c
		d.clusters = append(d.clusters, c)
	} else if len(ws) > len(c.words) {
		c.words, c.best = ws, i
	}
}

// join makes short part of long.
func (d *identifier) join(short, long *cluster) {
	short, long = short.root(), long.root()
	if short != long && short.typ == long.typ {
		short.into = long
	}
}

// canonical returns the one spelling of names that the whole world shortens.
func canonical(name string) string {
	if full, ok := lexicon.Alias(name); ok {
		return full
	}
	return name
}

// definedAcronyms joins "LF" in "Long Form (LF)" and "LF (Long Form)" to the
// long form.
func (d *identifier) definedAcronyms() {
	for i := 0; i+1 < len(d.mentions); i++ {
		a, b := &d.mentions[i], &d.mentions[i+1]
		if a.typ != b.typ || b.start != a.end+1 || d.norm(a.end) != "(" || d.norm(b.end) != ")" {
			continue
		}
		long, short := i, i+1
		if b.end-b.start > a.end-a.start {
			long, short = short, long
		}
		s := &d.mentions[short]
		if s.end == s.start+1 && d.acronym(s.start) && (s.rule == "entity/acronym" || d.initialsOf(d.Tokens[s.start].Span.In(d.Source), d.mentions[long].start, d.mentions[long].end)) {
			d.join(d.of[short], d.of[long])
		}
	}
}

// aliases joins the name by which somebody is also known: "Idriss, also known as Abu Lulu".
func (d *identifier) aliases() {
	for i := 0; i+1 < len(d.mentions); i++ {
		a, b := &d.mentions[i], &d.mentions[i+1]
		k := a.end
		if a.typ != annotation.Person || b.typ != annotation.Person || b.start-k > 5 || !d.same(a.start, b.start) || d.norm(k) != "," && d.norm(k) != "(" && d.norm(k) != "known" || d.norm(b.start-1) != "as" || d.norm(b.start-2) != "known" {
			continue
		}
		d.join(d.of[i+1], d.of[i])
	}
}

// people joins the shorter names of people to full ones.
func (d *identifier) people() {
	var full, single []*cluster
	for _, c := range d.clusters {
		switch {
		case c.typ != annotation.Person || c.into != nil:
		case len(c.words) > 1:
			full = append(full, c)
		default:
			single = append(single, c)
		}
	}
	// Where many share a name the text does not decide between them.
	byWord, byLast := map[string][]*cluster{}, map[string][]*cluster{}
	for _, c := range full {
		last := c.words[len(c.words)-1]
		byLast[last] = append(byLast[last], c)
		for k, w := range c.words {
			if !slices.Contains(c.words[:k], w) {
				byWord[w] = append(byWord[w], c)
			}
		}
	}
	// "Luisa Gomez" and "John F. Kennedy" among full names. Shorter ones
	// first, so that a chain ends at the longest.
	byLength := slices.Clone(full)
	stable.Sort(byLength, func(a, b *cluster) int { return len(a.words) - len(b.words) })
	for _, c := range byLength {
		d.joinOnly(c, byLast[c.words[len(c.words)-1]], func(o *cluster) bool {
			return len(o.words) > len(c.words) && subName(c.words, o.words)
		})
	}
	// "Josh Apte" and "Joshua Apte": the name that is used more often stands for both.
	for _, c := range full {
		if c.into == nil {
			d.joinOnly(c, byLast[c.words[len(c.words)-1]], func(o *cluster) bool {
				return shortGiven(c.words, o.words) && (len(o.mentions) > len(c.mentions) || len(o.mentions) == len(c.mentions) && o.mentions[0] < c.mentions[0])
			})
		}
	}
	// Those with a title first: then "Lee" alone finds them joined.
	stable.Sort(single, func(a, b *cluster) int { return int(min(b.gender, 1)) - int(min(a.gender, 1)) })
	for _, c := range single {
		w := c.words[0]
		candidates := byWord[w]
		if c.gender != lexicon.UnknownGender {
			candidates = c.agreeing(candidates)
		}
		n := d.joinOnly(c, candidates, func(o *cluster) bool { return o.words[len(o.words)-1] == w })
		if n == 0 {
			n = d.joinOnly(c, candidates, func(*cluster) bool { return true })
		}
		if n > 1 {
			d.byRole(c, candidates)
		}
		if n > 1 && c.into == nil {
			d.byKin(c, w, candidates)
		}
		if n > 1 && c.into == nil {
			d.byNext(c, w, candidates)
			d.byOrder(c, w, candidates)
			d.byWeight(c, w, candidates)
		}
	}
	// "Mr Lee" and "Lee", where nobody of the name is named in full.
	titled := map[string]*cluster{}
	for _, c := range single {
		if c.into == nil && c.gender != lexicon.UnknownGender && len(byWord[c.words[0]]) == 0 {
			if o := titled[c.words[0]]; o != nil && o.gender != c.gender {
				titled[c.words[0]] = nil
			} else {
				titled[c.words[0]] = c
			}
		}
	}
	for _, c := range single {
		if o := titled[c.words[0]]; o != nil && c.into == nil && c.gender == lexicon.UnknownGender {
			d.join(c, o)
		}
	}
	// A name of several parts at the end of one full name: "de Vries".
	for _, c := range full {
		if c.into == nil && len(c.words) <= 3 {
			d.joinOnly(c, byLast[c.words[len(c.words)-1]], func(o *cluster) bool {
				return len(o.words) > len(c.words) && slices.Equal(o.words[len(o.words)-len(c.words):], c.words)
			})
		}
	}
}

// titleGender returns the gender that a title before the mention which starts at
// token i tells.
func (d *identifier) titleGender(i int) lexicon.Gender {
	for k := i - 1; k >= i-2 && d.same(k, i); k-- {
		if d.norm(k) != "." {
			return lexicon.TitleGender(d.norm(k))
		}
	}
	return lexicon.UnknownGender
}

// agreeing returns those of the full names that c, a single name with a title,
// may be short for. A title beside a full name decides; what gender its given
// name mostly has, only between several.
func (c *cluster) agreeing(full []*cluster) []*cluster {
	var titled, named []*cluster
	for _, o := range full {
		if o.gender != lexicon.UnknownGender && o.gender != c.gender {
			continue
		}
		titled = append(titled, o)
		if g := lexicon.GenderOf(o.words[0]); o.gender == c.gender || g == lexicon.UnknownGender || g == c.gender {
			named = append(named, o)
		}
	}
	if len(named) > 0 {
		return named
	}
	return titled
}

// maxCandidates bounds how many names a short one is compared with.
const maxCandidates = 50

// joinOnly joins c to the one entity among candidates that fits, and returns
// how many do.
func (d *identifier) joinOnly(c *cluster, candidates []*cluster, fits func(o *cluster) bool) int {
	if len(candidates) > maxCandidates {
		return len(candidates)
	}
	var match *cluster
	n := 0
	for _, o := range candidates {
		if o.root() != c.root() && fits(o) && (match == nil || o.root() != match.root()) {
			n++
			match = o
		}
	}
	if n == 1 {
		d.join(c, match)
	}
	return n
}

// byRole decides between full names that share a word by the role that stands
// beside the single name, where just one of them has the same.
func (d *identifier) byRole(c *cluster, candidates []*cluster) {
	if len(candidates) > maxCandidates {
		return
	}
	role := func(c *cluster) string {
		return strings.ToLower(c.role.In(d.Source))
	}
	mine := role(c)
	if mine == "" {
		return
	}
	var match *cluster
	for _, o := range candidates {
		if role(o) == mine {
			if match != nil {
				return
			}
			match = o
		}
	}
	if match != nil {
		d.join(c, match)
	}
}

// byKin gives a family name alone to the one person of that name who was named
// before all others, where those others are brought in as the family: "Ada Lee … her
// daughter, the novelist Mia Lee … Lee".
func (d *identifier) byKin(c *cluster, w string, candidates []*cluster) {
	if len(candidates) > maxCandidates {
		return
	}
	var first *cluster
	for _, o := range candidates {
		if o.words[len(o.words)-1] != w || d.kinAt(o.mentions[0]) {
			continue
		}
		if first != nil && first.root() != o.root() {
			return
		}
		if first == nil {
			first = o
		}
	}
	if first == nil {
		return
	}
	for _, o := range candidates {
		if o.root() != first.root() && o.words[len(o.words)-1] == w && o.mentions[0] < first.mentions[0] {
			return
		}
	}
	near := false
	for _, i := range c.mentions {
		near = near || d.kinSpeaks(i, w, candidates)
	}
	if !near {
		d.join(c, first)
		return
	}
	for _, i := range c.mentions {
		if !d.kinSpeaks(i, w, candidates) {
			d.of[i] = first
		}
	}
}

// kinSpeaks reports whether mention i, a family name alone, speaks or is spoken of so shortly
// after a relative was named in full that it may be the relative: "His cousin, Tendai Dube,
// gave evidence. Dube said …".
func (d *identifier) kinSpeaks(i int, w string, candidates []*cluster) bool {
	m := &d.mentions[i]
	if !d.speaker(m.end-1) || d.titled(m) {
		return false
	}
	bare := -1 // the first mention of the name alone: whoever that is goes on being called so
	if c := d.byName[string(annotation.Person)+"\x00"+canonical(w)]; c != nil {
		bare = c.mentions[0]
	}
	for _, o := range candidates {
		if o.words[len(o.words)-1] != w {
			continue
		}
		if k, _ := slices.BinarySearch(o.mentions, i); k > 0 && d.kinAt(o.mentions[k-1]) && d.after(o.mentions[k-1], i) <= 1 && (bare < 0 || bare > o.mentions[k-1]) {
			return true
		}
	}
	return false
}

// byNext gives those mentions of a single name that follow soon on a full one of the family
// to whom that named, and later ones to the same person until another of the family is named
// in full, those apart who are brought in as somebody's relatives; where two of the family
// were named in full so shortly before, to nobody: "Eva Roth … Roth, 58, …
// Her husband, Jan Roth … Roth".
func (d *identifier) byNext(c *cluster, w string, candidates []*cluster) {
	const near = 3 // sentences
	if len(candidates) > maxCandidates {
		return
	}
	var principal *cluster // whom the name alone was given to last
	since := -1            // the mention of the full name by which it was
	for _, i := range c.mentions {
		if d.kinSpeaks(i, w, candidates) {
			continue
		}
		var last *cluster
		at, several := -1, false
		for _, o := range candidates {
			if o.words[len(o.words)-1] != w {
				continue
			}
			k, _ := slices.BinarySearch(o.mentions, i)
			for k--; k >= 0; k-- {
				if d.kinAt(o.mentions[k]) {
					continue
				}
				several = several || last != nil && last != o.root() && d.after(min(at, o.mentions[k]), i) <= near
				if o.mentions[k] > at {
					last, at = o.root(), o.mentions[k]
				}
				break
			}
		}
		switch {
		case last == nil:
			continue
		case d.after(at, i) <= near && !several:
			principal, since = last, at
		case principal == nil || at != since && last != principal:
			principal = nil
			continue
		}
		d.of[i] = principal
	}
}

// after returns how many sentences mention i stands after mention k.
func (d *identifier) after(k, i int) int {
	return d.sentence[d.mentions[i].start] - d.sentence[d.mentions[k].start]
}

// kinAt reports whether mention k is brought in as somebody's relative: "his brother
// Carlos Lee", "Lee's widow, Ada Lee".
func (d *identifier) kinAt(k int) bool {
	const reach = 7
	m := &d.mentions[k]
	for i := m.start - 1; i > m.start-reach && d.same(i, m.start); i-- {
		if !kin[d.norm(i)] {
			continue
		}
		for j := i - 1; j >= i-3 && d.same(j, m.start); j-- {
			switch d.norm(j) {
			case "his", "her", "their", "'s", "'":
				return true
			}
		}
		return false
	}
	return false
}

// kin are words for relatives of the same family.
var kin = wordSet("kin")

// byOrder gives those mentions of a single name to a person named in full
// before whom no other person with that family name has been named yet.
func (d *identifier) byOrder(c *cluster, w string, candidates []*cluster) {
	if len(candidates) > maxCandidates {
		return
	}
	for _, i := range c.mentions {
		if d.of[i] != c {
			continue
		}
		var match *cluster
		n := 0
		for _, o := range candidates {
			if o.mentions[0] < i && o.words[len(o.words)-1] == w && (match == nil || o.root() != match.root()) {
				n++
				match = o
			}
		}
		if n > 1 {
			return // nor will any later mention be clear
		}
		if n == 1 {
			d.of[i] = match
		}
	}
}

// byWeight gives those mentions of a single name that are still open to the person whom the
// article named last in full, where it names that one twice as often as any other of the
// name.
func (d *identifier) byWeight(c *cluster, w string, candidates []*cluster) {
	if len(candidates) > maxCandidates {
		return
	}
	for _, i := range c.mentions {
		if d.of[i] != c {
			continue
		}
		var last *cluster
		at, most := -1, 0
		for _, o := range candidates {
			if o.words[len(o.words)-1] != w {
				continue
			}
			k, _ := slices.BinarySearch(o.mentions, i)
			if k > 0 && o.mentions[k-1] > at {
				last, at = o.root(), o.mentions[k-1]
			}
		}
		for _, o := range candidates {
			if last != nil && o.root() != last && o.words[len(o.words)-1] == w {
				most = max(most, len(o.mentions))
			}
		}
		if last != nil && len(last.mentions) >= 2*most && len(last.mentions) > 1 {
			d.of[i] = last
		}
	}
}

// subName reports whether a person called short may be the one called long:
// the same family name, and all other words of short in long in order, with
// initials standing for names.
func subName(short, long []string) bool {
	if short[len(short)-1] != long[len(long)-1] || short[0] != long[0] && !initial(short[0], long[0]) && !slices.Contains(long, short[0]) {
		return false
	}
	k := 0
	for _, w := range long {
		if k < len(short) && (short[k] == w || initial(short[k], w)) {
			k++
		}
	}
	return k == len(short)
}

func initial(a, b string) bool { return len(a) == 1 && len(b) > 1 && a[0] == b[0] }

// organizations joins acronyms and short forms to long ones.
func (d *identifier) organizations() {
	var long []*cluster
	byFirst, byLast := map[string][]*cluster{}, map[string][]*cluster{}
	kinds := map[string]int{} // of names that differ in the first word alone
	for _, c := range d.clusters {
		if c.typ != annotation.Organization || len(c.words) < 2 {
			continue
		}
		if len(long) < 8*maxCandidates {
			long = append(long, c)
		}
		byFirst[c.words[0]] = append(byFirst[c.words[0]], c)
		last := c.words[len(c.words)-1]
		byLast[last] = append(byLast[last], c)
		kinds[strings.Join(c.words[1:], " ")]++
	}
	for _, c := range d.clusters {
		if c.typ != annotation.Organization || c.into != nil {
			continue
		}
		m := &d.mentions[c.best]
		if len(c.words) == 1 && d.Tokens[m.start].Is(token.AllUpper) && d.acronym(m.start) && len(c.words[0]) <= 8 {
			if d.acronymOf(c, m, long) {
				continue
			}
		}
		// "Harvard" for "Harvard University", "the Fund" for "Zongo
		// Development Fund".
		n := d.joinOnly(c, byFirst[c.words[0]], func(o *cluster) bool {
			return len(o.words) > len(c.words) && slices.Equal(o.words[:len(c.words)], c.words) && d.generic(o.words[len(c.words):])
		})
		// "Kestrel" after "Kestrel Orbital", where no list has either.
		if n == 0 && len(c.words) == 1 && d.distinctive(m.start) {
			n = d.joinOnly(c, byFirst[c.words[0]], func(o *cluster) bool {
				return len(o.words) <= 3 && o.mentions[0] < c.mentions[0] && d.Words[d.mentions[o.best].start].Phrase&lexicon.Organization == 0
			})
		}
		// "the Friends" after "Friends of Marlow Library"
		if n == 0 && len(c.words) == 1 && d.norm(m.start-1) == "the" {
			n = d.joinOnly(c, byFirst[c.words[0]], func(o *cluster) bool {
				return len(o.words) > 2 && o.words[1] == "of" && o.mentions[0] < c.mentions[0]
			})
		}
		if n == 0 && len(c.words) == 1 && d.is(m.start, lexicon.OrgHead|lexicon.OrgOf) && d.norm(m.start-1) == "the" {
			d.joinOnly(c, byLast[c.words[0]], func(*cluster) bool { return true })
		}
		// "Afghan Taliban" for "Taliban", where no other Taliban are told of:
		// "Afghan Taliban" and "Pakistani Taliban" are two.
		if rest := strings.Join(c.words[1:], " "); c.into == nil && len(c.words) > 1 && d.is(m.start, lexicon.Demonym) && kinds[rest] == 1 {
			if o := d.byName[string(c.typ)+"\x00"+canonical(rest)]; o != nil {
				d.join(c, o)
			}
		}
	}
}

// distinctive reports whether the word at token i is likely to begin the name of
// one organization only: no list has it as a name or a kind of anything else.
func (d *identifier) distinctive(i int) bool {
	w := &d.Words[i]
	return !d.Tokens[i].Is(token.AllUpper) && w.Phrase&(lexicon.Organization|lexicon.Place|lexicon.Demonym) == 0 &&
		!w.Is(lexicon.Demonym|lexicon.Place|lexicon.Direction|lexicon.OrgHead|lexicon.OrgOf|lexicon.Role|lexicon.RoleMod|lexicon.Month|lexicon.Day|lexicon.Given)
}

// acronymOf joins an acronym to the one organization whose initials it has.
func (d *identifier) acronymOf(c *cluster, m *mention, long []*cluster) bool {
	short := d.Tokens[m.start].Span.In(d.Source)
	var match *cluster
	n := 0
	for _, o := range long {
		b := &d.mentions[o.best]
		if o.root() != c && acronymFits(c.words[0], o.words) && d.begins(short, b) && d.initialsOf(short, b.start, b.end) && (match == nil || o.root() != match.root()) {
			n++
			match = o
		}
	}
	if n == 1 {
		d.join(c, match)
	}
	return n == 1
}

// begins reports whether the first letter of an acronym is that of the first
// word of its long form, an article apart: without a definition, "AP" is not the
// "Court of Appeal".
func (d *identifier) begins(short string, long *mention) bool {
	i := long.start
	if d.norm(i) == "the" && i+1 < long.end {
		i++
	}
	return strings.HasPrefix(d.norm(i), strings.ToLower(short[:1]))
}

// acronymFits reports whether an acronym has about as many letters as the long
// form has words.
func acronymFits(short string, long []string) bool {
	n := 0
	for _, w := range long {
		switch w {
		case "of", "and", "for", "in", "on", "to", "with", "e", "i", "al", "el", "de", "-", "&":
		default:
			n++
		}
	}
	return len(short) >= 2 && len(short) >= n-1 && len(short) <= n+2
}

// generic reports whether words only say what kind of organization it is.
func (d *identifier) generic(words []string) bool {
	table := lexicon.Shared()
	for _, w := range words {
		if table.Word(lexicon.Hash(w))&(lexicon.OrgHead|lexicon.OrgSuffix) == 0 {
			return false
		}
	}
	return true
}

// keys gives each mention its key and returns the entities.
func (d *identifier) keys() []annotation.Entity {
	// The fullest name of all that were joined stands for the entity.
	for _, c := range d.clusters {
		if r := c.root(); r != c && r.typ != annotation.Organization && len(c.words) > len(r.words) {
			r.words, r.best = c.words, c.best
		}
	}
	used := map[string]bool{}
	var entities []annotation.Entity
	for i := range d.mentions {
		c := d.of[i].root()
		if c.key == "" {
			best := &d.mentions[c.best]
			s := d.span(best.start, best.end)
			name := s.In(d.Source)
			base := slug.Make(name)
			if base == "" {
				base = string(c.typ)
			}
			c.key = base
			for n := 2; used[c.key]; n++ {
				c.key = base + "-" + strconv.Itoa(n)
			}
			used[c.key] = true
			entities = append(entities, annotation.Entity{Key: c.key, Name: name, Type: c.typ, First: s})
		}
		d.mentions[i].key = c.key
	}
	return entities
}

// nameWords returns the words of tokens [start, end) for comparison: folded,
// without stops and articles.
func (f *finder) nameWords(start, end int) []string {
	end = f.legal(mention{start: start, end: end})
	ws := make([]string, 0, end-start)
	for i := start; i < end; i++ {
		n := lexicon.Fold(f.Tokens[i].Norm)
		if n == "." || n == "the" || n == "'s" {
			continue
		}
		ws = append(ws, strings.ReplaceAll(n, ".", ""))
	}
	if len(ws) == 0 {
		ws = append(ws, f.Tokens[start].Norm)
	}
	return ws
}
