package quote

import (
	"slices"
	"strings"

	"readout/internal/annotation"
	"readout/internal/span"
	"readout/internal/token"
)

// classify fills in how the source of a is named, the entity it resolves to,
// and what the article says of how it knows, why it is unnamed and through whom
// it speaks.
func (p *parser) classify(a *attr, r *annotation.Attribution) {
	s := &a.src
	m := p.mentionOf(s)
	if m != nil {
		r.Key = m.Key
	} else if k := p.referenceOf(s); k != "" {
		r.Key = k
	}
	if a.key != "" && r.Key == "" {
		r.Key = a.key
	}
	r.Naming = p.naming(s, m, r.Key)
	if r.Naming == annotation.Document {
		r.Naming = p.speaking(a, s)
	}
	if b, ok := p.antecedent(a); ok && m == nil && r.Key == "" {
		// "officials who said": as good as "officials said".
		m = p.mentionOf(&b)
		if m != nil {
			r.Key = m.Key
		} else {
			r.Key = p.referenceOf(&b)
		}
		if r.Naming = p.naming(&b, m, r.Key); r.Naming == annotation.Document {
			if r.Naming = p.speaking(a, &b); r.Naming == annotation.Document && p.toks[s.head].Norm == "who" {
				r.Naming = annotation.Described
			}
		}
	}
	if n := p.toks[s.head].Norm; m == nil && r.Key != "" && (n == "he" || n == "she") {
		if j := p.newcomer(a, r.Key); j >= 0 {
			r.Key = ""
			r.Naming = p.namingOf(j, &source{first: j, last: j + 1, head: j})
		}
	}
	if a.key != "" {
		r.Naming = annotation.Named
	}
	if p.joint(s) {
		r.Key = "" // two or more speak
	}
	if m != nil && p.namesake(s.head, m) || p.relays(a, r.Key) {
		r.Sure = false
	}
	r.Access = p.access(s)
	if r.Via = p.via(a); a.through[1] > 0 {
		r.Via = p.span(a.through[0], a.through[1])
	}
	if anonymous(r.Naming) {
		u := &p.units[a.unit]
		from := max(u.from, min(s.first, a.cueFirst))
		if r.Reason = p.reason(from, u.to, a); r.Reason.Empty() {
			r.Reason = p.reason(u.from, from, a)
		}
		if !r.Reason.Empty() && (r.Naming == annotation.RoleOnly || r.Naming == annotation.Bare) {
			r.Naming = annotation.Described
		}
	}
}

// relays reports whether in what is said according to somebody somebody else speaks in
// turn: 'According to Vik, his adviser Ann Lo said the state was "out of money"'.
func (p *parser) relays(a *attr, key string) bool {
	if a.rule != "quote/according" || a.form != annotation.Mixed {
		return false
	}
	for _, pt := range a.parts {
		for i := pt.first + 1; i < pt.last; i++ {
			if k := p.named[i-1]; k != 0 && p.tags[i].cue != nil && p.named[i] == 0 {
				if m := &p.pass.Set.Mentions[k-1]; m.Type == annotation.Person && m.Key != key {
					return true
				}
			}
		}
	}
	return false
}

// namesake reports whether a source is called by a surname alone and somebody else of
// that surname was named in full since it was last who it is taken for: 'His wife, Ulla
// Dahl, wept. "Not once," Dahl said.'
func (p *parser) namesake(at int, m *annotation.Mention) bool {
	const reach = 200 // tokens
	ms := p.pass.Set.Mentions
	if own := p.named[at]; m.Type != annotation.Person || own == 0 || at > 0 && p.named[at-1] == own || at+1 < len(p.named) && p.named[at+1] == own {
		return false
	}
	for i := at - 1; i >= max(0, at-reach); i-- {
		k := p.named[i]
		if k == 0 {
			continue
		}
		switch o := &ms[k-1]; {
		case o.Key == m.Key:
			return false
		case o.Type == annotation.Person && p.toks[i].Norm == p.toks[at].Norm && i > 0 && p.named[i-1] == k:
			return true
		}
	}
	return false
}

// speaking classes the source s of a whose head no list tells to be a document: what only
// people do ("a celeb told"), and words that no list of things has, make it somebody.
func (p *parser) speaking(a *attr, s *source) annotation.Naming {
	h := s.head
	t, n := &p.tags[h], p.toks[h].Norm
	switch {
	case p.lx.classes.Get(n) == classDoc || t.class == 'c' || s.relative && n != "who":
		return annotation.Document
	case p.bareName(a):
		return annotation.Institution
	case n == "who":
		return annotation.Described
	case n == "%" || n == "percent" || n == "cent" || n == "pc":
		return annotation.Collective // "63 percent said"
	case n == "first" || n == "second" || n == "third" || n == "fourth" || n == "youngest" || n == "eldest" || n == "oldest" || n == "elder" || n == "younger":
		return annotation.RoleOnly
	case n == "old" && wordAt(p.toks, h-1) == "-", n == "individual":
		return annotation.Described // "a 34-year-old"
	}
	r := p.lx.read(n)
	c := p.tags[max(a.cueLast-1, 0)].cue
	if !r.known || c != nil && personal(c.lemma) {
		switch {
		case t.plural || n[len(n)-1] == 's' && !r.known:
			return annotation.Collective
		case r.known && wordAt(p.toks, s.first) == "the":
			return annotation.Institution // "the fund promised"
		case r.known:
			return annotation.Document
		}
		return annotation.Described
	}
	return annotation.Document
}

// personal reports whether a verb of saying is one for what people and bodies do and papers
// do not.
func personal(lemma string) bool {
	switch lemma {
	case "tell", "deny", "ask", "joke", "vow", "promise", "pledge", "threaten", "refuse", "agree", "urge", "thank", "apologise", "apologize", "complain", "insist", "admit", "believe", "think", "hope", "fear", "want",
		"confirm", "announce", "warn", "predict", "decide", "plan", "expect", "praise", "condemn", "accuse", "reply", "shout", "whisper":
		return true
	}
	return false
}

// bareName reports whether the source of a is a noun with a capital, in the singular
// and without an article, that said something: "Amnesty said" names a body.
func (p *parser) bareName(a *attr) bool {
	h := a.src.head
	if a.src.first != h || a.src.last != h+1 || !p.toks[h].Is(token.Initial) || p.tags[h].plural || p.lx.classes.Get(p.toks[h].Norm) != classNone || a.cueLast <= a.cueFirst {
		return false
	}
	switch p.toks[a.cueLast-1].Norm {
	case "said", "told", "announced", "added", "denied", "accused", "urged", "condemned":
		return true
	}
	return false
}

// antecedent returns the noun phrase that the relative pronoun which is the
// source of a stands for: the one before it, and for "who" the nearest that may
// be a person, "an aide to the mayor who said".
func (p *parser) antecedent(a *attr) (s source, ok bool) {
	if !a.src.relative || a.unit >= len(p.units) {
		return s, false
	}
	u := &p.units[a.unit]
	i := u.chunkAt(a.src.head)
	if i < 1 || u.chunks[i].head != a.src.head {
		return s, false
	}
	who := u.headNorm(i) == "who"
	j := i - 1
	if u.is(j, kindComma) || u.is(j, kindDash) {
		j--
	}
	for ; j >= 0 && u.is(j, kindNP); j -= 2 {
		ch := &u.chunks[j]
		s = source{first: ch.first, last: ch.last, head: ch.head, from: j, to: i}
		if !who || u.someone(j) || !u.is(j-1, kindPrep) {
			return s, u.p.tags[ch.head].tag != tagPron
		}
	}
	return s, false
}

// someone reports whether the noun phrase at chunk i is that of people.
func (u *unit) someone(i int) bool {
	if u.personNamed(i) {
		return true
	}
	t := &u.p.tags[u.chunks[i].head]
	switch u.p.lx.classes.Get(u.headNorm(i)) {
	case classRole, classPerson, classAnon, classCollective:
		return true
	}
	return t.tag == tagNoun && (t.class == 'p' || t.class == 'q')
}

// joint reports whether the source is several joined by "and".
func (p *parser) joint(s *source) bool {
	for i := s.head + 1; i < s.last; i++ {
		switch p.tags[i].tag {
		case tagConj:
			return p.toks[i].Norm == "and" && p.named[i] == 0
		case tagName, tagNoun:
		default:
			return false
		}
	}
	return false
}

// anonymous reports whether the reader does not learn who a source so named is.
func anonymous(n annotation.Naming) bool {
	switch n {
	case annotation.RoleOnly, annotation.Described, annotation.Bare, annotation.Collective:
		return true
	}
	return false
}

// postNominal are letters that stand after the name of a person.
var postNominal = wordSet("postNominal")

// mentionOf returns the mention that names the source: the one its head is in,
// or that of an apposition right after it.
func (p *parser) mentionOf(s *source) *annotation.Mention {
	ms := p.pass.Set.Mentions
	if k := p.named[s.head]; k != 0 {
		return &ms[k-1]
	}
	if t := p.tags[s.head].tag; t == tagPron && p.toks[s.head].Norm != "another" && p.toks[s.head].Norm != "one" || t == tagWh || t == tagThat || t == tagPoss {
		return nil
	}
	// "Judge Ann Lee KC": letters after the name.
	if h := s.head; postNominal[p.toks[h].Norm] && p.toks[h].Is(token.AllUpper) {
		for h--; h > s.first && (p.toks[h].Norm == "," || p.toks[h].Norm == "." || postNominal[p.toks[h].Norm]); h-- {
		}
		if k := p.named[max(h, 0)]; h >= s.first && k != 0 && ms[k-1].Type == annotation.Person {
			return &ms[k-1]
		}
	}
	// "Minister for Defence Ann Lee": a person with whose name the phrase ends.
	if p.toks[s.head].Is(token.Initial) {
		end := s.head + 1
		for end < s.last {
			if n := p.toks[end].Norm; !p.toks[end].Is(token.Initial) && n != "of" && n != "for" && n != "and" && n != "to" && n != "the" && n != "." && n != "-" &&
				!(p.tags[end].tag == tagNoun && end < s.head+4 && wordAt(p.toks, s.head+1) == "of") {
				break // not "Professor of linguistics Ann Lee"
			}
			end++
		}
		if k := p.named[end-1]; k != 0 && ms[k-1].Type == annotation.Person {
			// "Critics of Lee" are not Lee.
			switch wordAt(p.toks, p.tokenAt(ms[k-1].Span.Start)-1) {
			case "of", "for", "to", "and":
			default:
				return &ms[k-1]
			}
		}
	}
	// "the minister, Ann Lee", "her daughter, the novelist Ann Lee": a person
	// after the comma with whose name the apposition ends.
	for i := s.head + 1; i < min(s.last, s.head+12); i++ {
		if p.toks[i].Norm != "," {
			continue
		}
		plain := true // nothing but titles stands before the name
		for j := i + 1; j < s.last; j++ {
			if k := p.named[j]; k != 0 {
				m := &ms[k-1]
				if c := p.lx.classes.Get(p.toks[s.head].Norm); m.Type == annotation.Organization && j == i+1 && (c == classOrg || c == classOutlet) {
					return m // "the bus company, Northline"
				}
				if m.Type == annotation.Organization && plain && held(p.toks[s.head].Norm) {
					return m // "its owner, the buyout firm Zuiderzee Partners"
				}
				if m.Type != annotation.Person {
					// "another witness, former White House adviser Fiona Hill"
					if m.Type == annotation.Event || j > i+4 {
						break
					}
					for j+1 < s.last && p.named[j+1] == k {
						j++
					}
					plain = false
					continue
				}
				for j < s.last && p.named[j] == k {
					j++
				}
				if plain || j >= s.last || p.tags[j].tag == tagPunct {
					return m
				}
				break
			}
			// A title may stand before the name.
			switch p.tags[j].tag {
			case tagDet, tagPoss:
				plain = false
				continue
			case tagAdj, tagNoun:
				if !p.tags[j].plural && !p.toks[j].Is(token.Initial) {
					continue
				}
			}
			if c := p.lx.classes.Get(p.toks[j].Norm); c == classRole || c == classPerson {
				continue
			}
			if p.toks[j].Kind != token.Word && p.toks[j].Norm != "." || !p.toks[j].Is(token.Initial) && p.toks[j].Norm != "." {
				break
			}
		}
		break
	}
	return nil
}

// held names nouns for what one body is to another.
func held(n string) bool {
	switch n {
	case "owner", "operator", "parent", "maker", "publisher", "lender", "employer", "builder", "developer", "supplier", "landlord", "shareholder", "investor", "rival", "manufacturer", "insurer", "contractor":
		return true
	}
	return false
}

// referenceOf returns the key of the entity that the pronoun or noun phrase of
// the source stands for, "" where it is not known.
func (p *parser) referenceOf(s *source) string {
	at := p.toks[s.head].Span
	rs := p.pass.Set.References
	lo, hi := 0, len(rs)
	for lo < hi {
		mid := (lo + hi) / 2
		if rs[mid].Span.End <= at.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(rs) && rs[lo].Span.Overlaps(at) {
		return rs[lo].Key
	}
	return ""
}

// naming classes the words that name the source.
func (p *parser) naming(s *source, m *annotation.Mention, key string) annotation.Naming {
	if m != nil {
		switch m.Type {
		case annotation.Person:
			return annotation.Named
		case annotation.Organization:
			if m.Rule == "entity/outlet" || p.outlet(m.Span) {
				return annotation.Outlet
			}
			return annotation.Institution
		case annotation.Place:
			return annotation.Institution
		}
	}
	h := s.head
	t := &p.tags[h]
	n := p.toks[h].Norm
	switch t.tag {
	case tagPron, tagPoss, tagWh, tagThat:
		if k := p.partitive(s); k >= 0 {
			return p.namingOf(k, s)
		}
		switch n {
		case "some", "many", "most", "few", "several", "others", "both", "none", "everyone", "everybody", "those", "all", "anyone", "anybody", "whoever":
			return annotation.Collective
		case "someone", "somebody", "one", "another":
			return annotation.Bare
		}
		switch e := p.entity(key); {
		case e != nil && e.Type == annotation.Person:
			return annotation.Named
		case e != nil:
			return annotation.Institution
		}
		switch n {
		case "it", "its", "itself", "which", "that", "this":
			return annotation.Institution // no person
		case "they", "them", "their", "theirs", "themselves":
			return annotation.Collective
		}
		return annotation.Named
	case tagNum, tagDet:
		if k := p.partitive(s); k >= 0 {
			return p.namingOf(k, s)
		}
		switch n {
		case "those", "these":
			return annotation.Collective
		case "one":
			return annotation.Bare
		}
	}
	if m == nil && t.tag == tagName && (wordAt(p.toks, s.first) == "one" || wordAt(p.toks, s.first) == "at" && wordAt(p.toks, s.first+2) == "one") {
		return annotation.RoleOnly // "At least one Democrat"
	}
	if (n == "other" || n == "second" || n == "third") && wordAt(p.toks, h-1) == "the" {
		return annotation.RoleOnly // "The other said"
	}
	if e := p.entity(key); e != nil && e.Type == annotation.Person && t.tag != tagName {
		return annotation.Named // "the governor", and we know which
	}
	if d := p.toks[s.first].Norm; (d == "the" || t.tag == tagNoun && p.possessed(s) || p.tags[s.first].tag == tagPoss) && p.lx.unique[n] && !t.plural && !p.modified(s, h) {
		return annotation.Named
	}
	return p.namingOf(h, s)
}

// possessed reports whether the head of s is somebody's: "Poland's foreign minister".
func (p *parser) possessed(s *source) bool {
	for i := s.first + 1; i < s.head; i++ {
		if p.toks[i].Norm == "'s" && p.tags[i].tag == tagPoss {
			return true
		}
	}
	return false
}

// partitive returns the head noun after "of" in "one of the officials", or -1.
func (p *parser) partitive(s *source) int {
	if wordAt(p.toks, s.head+1) != "of" || s.head+2 >= s.last {
		return -1
	}
	head := -1
	for i := s.head + 2; i < s.last; i++ {
		switch p.tags[i].tag {
		case tagNoun, tagName:
			head = i
		case tagDet, tagPoss, tagAdj, tagNum, tagAdv:
		default:
			return head
		}
	}
	return head
}

// namingOf classes by the noun at token h.
func (p *parser) namingOf(h int, s *source) annotation.Naming {
	t := &p.tags[h]
	n := p.toks[h].Norm
	class := p.lx.classes.Get(n)
	if t.tag == tagName {
		switch {
		case p.lx.outletNames[n] && class == classNone && s.last == h+1:
			return annotation.Outlet
		case class == classCollective:
			return annotation.Collective
		case class == classRole && !p.nameBefore(h, s):
			return annotation.RoleOnly
		case class == classDoc, class == classOrg, class == classOutlet:
			if class == classDoc {
				return annotation.Document
			}
			if class == classOutlet {
				return annotation.Outlet
			}
			return annotation.Institution
		case class == classAnon:
			return annotation.Bare
		case n[len(n)-1] == 's' && len(n) > 4 && h == s.first && p.lx.read(n).plural && s.last-s.first == 1:
			return annotation.Collective // "Democrats"
		case p.toks[h].Is(token.AllUpper) && len(n) > 2 && s.last-s.first <= 2:
			return annotation.Institution
		case p.toks[s.first].Norm == "the" && h == s.first+1 && s.last == h+1 && class == classNone && p.lx.read(n).known && p.lx.read(n).nounClass != 'p':
			return annotation.Institution // "the Treasury": no person's name has an article
		}
		return annotation.Named
	}
	if (n == "guard" || n == "guards") && h > s.first && forces[p.toks[h-1].Norm] {
		return annotation.Institution
	}
	modified := p.modified(s, h)
	switch class {
	case classRole:
		if modified {
			return annotation.Described
		}
		return annotation.RoleOnly
	case classPerson:
		if t.plural {
			return annotation.Collective
		}
		return annotation.Described
	case classAnon:
		if modified || p.premodified(s, h) {
			return annotation.Described
		}
		return annotation.Bare
	case classCollective:
		if modified {
			return annotation.Described // "people familiar with the matter"
		}
		return annotation.Collective
	case classOrg:
		return annotation.Institution
	case classOutlet:
		return annotation.Outlet
	case classDoc:
		return annotation.Document
	}
	switch t.class {
	case 'q':
		if t.plural {
			return annotation.Collective
		}
	case 'p':
		if t.plural {
			return annotation.Collective
		}
		return annotation.RoleOnly
	case 'g':
		if t.plural {
			return annotation.Collective
		}
		return annotation.Institution
	}
	if p.toks[h].Kind == token.Number {
		return annotation.Collective
	}
	if t.tag == tagNoun && makes(n) {
		return annotation.Institution // "the drugmaker"
	}
	if t.tag == tagNoun && !t.plural && agentive(n) {
		return annotation.Described // "one commuter"
	}
	return annotation.Document
}

// makes reports whether a noun is formed as those for firms are by what they make.
func makes(n string) bool {
	stem, ok := strings.CutSuffix(strings.TrimSuffix(n, "s"), "maker")
	if !ok || len(stem) < 3 {
		return false
	}
	switch stem {
	case "policy", "law", "film", "king", "trouble", "merry", "home", "peace", "match", "play", "rule", "opinion", "decision", "mischief", "wine", "watch", "shoe", "dress", "cabinet":
		return false
	}
	return true
}

// agentive reports whether a noun is formed as the name of one who does
// something.
func agentive(n string) bool {
	for _, suffix := range []string{"er", "or", "ist", "ian", "eer", "goer"} {
		if len(n) > len(suffix)+3 && strings.HasSuffix(n, suffix) {
			return true
		}
	}
	return false
}

// newcomer finds who a pronoun of a person is more likely to stand for than the
// person last named under that key: somebody without a name, who has been
// brought in since as the subject of a clause, "a farmer disagreed", or as one
// who spoke, "said a farmer". Somebody who is first named in what is said is not
// who says it: "A diver would look again, he said". It returns the token of the
// noun, or -1.
func (p *parser) newcomer(a *attr, key string) int {
	ms := p.pass.Set.Mentions
	s := &a.src
	for i := s.head - 1; i >= 0 && i > s.head-120; i-- {
		if p.inContent(a, i) {
			continue
		}
		if k := p.named[i]; k != 0 && ms[k-1].Key == key {
			return -1
		}
		switch p.toks[i].Norm {
		case "a", "an", "one", "another":
		case "his", "her", "their", "its":
			// "His colleague said …": somebody without a name as well.
			if !p.startsSentence(i) || p.lx.unique[wordAt(p.toks, i+1)] {
				continue
			}
		default:
			continue
		}
		if i > 0 {
			b := &p.tags[i-1]
			subject := p.toks[i-1].Kind == token.Punct && p.toks[i-1].Norm != "," && p.toks[i-1].Norm != "-" || p.toks[i-1].Norm == "," && i > 1 && p.named[i-2] == 0
			if !subject && b.cue == nil && !p.startsSentence(i) {
				continue
			}
		}
		for j := i + 1; j < min(i+5, s.head); j++ {
			t := &p.tags[j]
			if p.named[j] != 0 || t.tag != tagNoun && t.tag != tagAdj && t.tag != tagName && t.tag != tagPart {
				break
			}
			if next := wordAt(p.toks, j+1); t.tag != tagNoun || t.plural || next == "-" || j+1 < len(p.tags) && p.tags[j+1].tag == tagNoun {
				continue
			}
			if p.named[j+1] != 0 || wordAt(p.toks, j+1) == "," && j+2 < len(p.named) && p.named[j+2] != 0 {
				break // "a farmer, Ann Lee,"
			}
			switch p.lx.classes.Get(p.toks[j].Norm) {
			case classRole, classPerson, classAnon:
				return j
			}
			if t.class == 'p' || agentive(p.toks[j].Norm) {
				return j
			}
			break
		}
	}
	return -1
}

// startsSentence reports whether a sentence begins at token i.
func (p *parser) startsSentence(i int) bool {
	_, found := slices.BinarySearchFunc(p.pass.Set.Sentences, p.toks[i].Span.Start, func(x annotation.Sentence, at int) int { return x.Span.Start - at })
	return found
}

// forces are the words that make of "guard" a body: "the coast guard".
var forces = wordSet("forces")

// nameBefore reports whether a name that is no title stands in the noun phrase
// before h: "Attorney General Eric Holder" ends in a name, "Trump Adviser" in
// a role.
func (p *parser) nameBefore(h int, s *source) bool {
	return h+1 < s.last && p.tags[h+1].tag == tagName
}

// modified reports whether the source says more of itself after its head: how
// it knows, or that it will not be named.
func (p *parser) modified(s *source, h int) bool {
	for i := h + 1; i < s.last; i++ {
		switch p.toks[i].Norm {
		case "familiar", "close", "knowledge", "briefed", "involved", "privy", "speaking", "who", "anonymity", "aware", "acquainted", "present", "access":
			return true
		}
	}
	return false
}

// premodified reports whether words before the head say what kind of source it
// is: "diplomatic sources" does, "two sources" does not.
func (p *parser) premodified(s *source, h int) bool {
	for i := s.first; i < h; i++ {
		switch p.tags[i].tag {
		case tagNoun, tagName:
			return true
		case tagAdj:
			switch p.toks[i].Norm {
			case "anonymous", "unnamed", "unidentified", "multiple", "numerous", "other", "reliable", "credible", "informed":
			default:
				return true
			}
		}
	}
	return false
}

// outlet reports whether the organization named in s is a news outlet, by the
// last word of its name.
func (p *parser) outlet(s span.Span) bool {
	i := p.tokenAt(s.Start)
	for i+1 < len(p.toks) && p.toks[i+1].Span.Start < s.End {
		i++
		if p.lx.outletNames[p.toks[i-1].Norm] && !p.toks[i].Space {
			return true // "CNN-News18"
		}
	}
	switch p.toks[p.tokenAt(s.Start)].Norm {
	case "daily", "sunday", "evening", "morning":
		return true
	}
	n := p.toks[i].Norm
	if p.lx.outletNames[n] {
		return true
	}
	for len(n) > 2 && '0' <= n[len(n)-1] && n[len(n)-1] <= '9' {
		n = n[:len(n)-1]
	}
	return p.lx.outletNames[n]
}

// tokenAt returns the token that begins at or after the byte offset at.
func (p *parser) tokenAt(at int) int {
	lo, hi := 0, len(p.toks)
	for lo < hi {
		mid := (lo + hi) / 2
		if p.toks[mid].Span.Start < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return min(lo, len(p.toks)-1)
}

func (p *parser) entity(key string) *annotation.Entity {
	if key == "" {
		return nil
	}
	if i, ok := p.entities[key]; ok {
		return &p.pass.Set.Entities[i]
	}
	return nil
}
