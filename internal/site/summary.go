package site

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/stable"
)

// sourcing makes the source summary statement of one article.
func (m *maker) sourcing() Sourcing {
	var out Sourcing
	// What rests on each voice: quotations and statements, or where the article
	// marks no content, the sentence that names the source.
	// A headline has no room for a name that the text goes on to give: a source that
	// stands in it alone does not count among the unnamed ones.
	uses, inBody := make([]int, len(m.voices)), make([]bool, len(m.voices))
	for i, mk := range m.file.Marks {
		if (mk.Class == dialect.Quote || mk.Class == dialect.Statement) && m.heads[i] == i && m.voiceOf[i] >= 0 {
			uses[m.voiceOf[i]]++
			inBody[m.voiceOf[i]] = inBody[m.voiceOf[i]] || !m.inHead(i)
		}
	}
	groups := map[string]*useGroup{}
	var order []*useGroup
	for v, vc := range m.voices {
		n := uses[v]
		if n == 0 && (vc.mark < 0 || m.sentenceAt(m.blocks[vc.mark], m.mark(vc.mark).Span.Start) < 0) {
			continue
		}
		if groupOf(vc.naming) == "unnamed" && vc.mark >= 0 && m.inHead(vc.mark) && !inBody[v] {
			continue
		}
		s := m.speaker(v)
		key := groupOf(vc.naming) + "\x00" + strings.ToLower(oneLine(s.Passage.Text))
		if vc.local >= 0 {
			key = fmt.Sprintf("%s\x01%d", groupOf(vc.naming), vc.local)
		}
		group := groupOf(vc.naming)
		if vc.unresolved {
			group = "unresolved"
			key = group + key
		}
		g := groups[key]
		if g == nil && group == "unnamed" {
			g = takenUp(order, s)
			if g != nil {
				groups[key] = g
			}
		}
		if g == nil {
			g = &useGroup{group: group, use: SourceUse{Speaker: s}}
			groups[key] = g
			order = append(order, g)
		}
		g.use.Count += max(n, 1)
		if s.Via != "" && g.via == nil {
			g.via = s
		}
		if s.Reason != "" && g.reason == nil {
			g.reason = s
		}
	}
	for _, g := range order {
		switch g.group {
		case "named":
			out.People = append(out.People, g.use)
		case "organization":
			out.Organizations = append(out.Organizations, g.use)
		case "outlet":
			out.Outlets = append(out.Outlets, g.use)
		case "document":
			out.Documents = append(out.Documents, g.use)
		case "unresolved":
			out.Unresolved = append(out.Unresolved, g.use)
		default:
			out.Unnamed = append(out.Unnamed, g.use)
		}
		if g.via != nil {
			out.SecondHand = append(out.SecondHand, SourceUse{Speaker: g.via, Count: g.use.Count})
		}
		if g.reason != nil {
			out.Reasons = append(out.Reasons, SourceUse{Speaker: g.reason, Count: g.use.Count})
		}
	}
	return out
}

// takenUp returns the group of the unnamed source that s, "the official", speaks of again:
// the last of those named before that a noun of the same kind heads, "a senior official at
// the ministry"; nil where there is none.
func takenUp(order []*useGroup, s *Speaker) *useGroup {
	f := strings.Fields(strings.ToLower(oneLine(s.Passage.Text)))
	if len(f) < 2 || f[0] != "the" {
		return nil
	}
	// "the official", and what a comma or "who" adds to it
	head := strings.TrimRight(f[1], ",")
	if len(f) > 2 && head == f[1] && f[2] != "who" {
		return nil
	}
	for i := len(order) - 1; i >= 0; i-- {
		g := order[i]
		if g.group != "unnamed" {
			continue
		}
		before := strings.Fields(strings.ToLower(oneLine(g.use.Speaker.Passage.Text)))
		if len(before) < 2 || before[0] != "a" && before[0] != "an" && before[0] != "one" {
			continue
		}
		for _, w := range before[1:] {
			if strings.TrimRight(w, ",") == head {
				return g
			}
			switch w {
			case "of", "at", "in", "from", "with", "for", "to", "who", "on", "close", "familiar":
			default:
				if !strings.HasSuffix(w, ",") {
					continue
				}
			}
			break
		}
	}
	return nil
}

// inHead reports whether a mark stands in the headline or in the dek.
func (m *maker) inHead(i int) bool {
	if m.blocks[i] < 0 {
		return false
	}
	role := m.file.Blocks[m.blocks[i]].Role
	return role == article.Headline || role == article.Dek
}

type useGroup struct {
	group       string
	use         SourceUse
	via, reason *Speaker
}

func groupOf(naming string) string {
	switch naming {
	case "named", "organization", "outlet", "document":
		return naming
	}
	return "unnamed"
}

// Strip says the sourcing strip in words: "11 of 17 sentences rest on named
// sources, …".
func (b *Briefing) Strip(l *label.Set) string {
	return l.Say("strip.words", "list", stripList(l, b.Sentences, b.Unread()))
}

// SourceStatement is the summary of its sources in plain sentences. It is made
// when it is asked for: the page of the briefing alone shows it.
func (b *Briefing) SourceStatement(l *label.Set) []string {
	if b.Unread() {
		return []string{label.Sentence(l.Text("source.unread"))}
	}
	return b.Details().Sourcing.statement(l, b.Sentences)
}

func (s *Sourcing) statement(l *label.Set, sentences SentenceCounts) []string {
	var out []string
	say := func(words string) { out = append(out, label.Sentence(words)) }
	people, offices := byOffice(s.People)
	switch n := len(people); {
	case n > 0:
		say(l.Count("source.people", n, "list", useList(l, people)))
	case sentences.Total() > 0 && len(s.Unresolved) == 0 && len(offices) == 0:
		say(l.Text("source.nobody"))
	}
	sayWords(l, say, "source.offices", offices)
	for _, g := range []struct {
		uses []SourceUse
		key  string
	}{
		{s.Organizations, "source.organizations"},
		{s.Outlets, "source.outlets"},
		{s.Documents, "source.documents"},
	} {
		if n := len(g.uses); n > 0 {
			say(l.Count(g.key, n, "list", useList(l, g.uses)))
		}
	}
	if n := len(s.Unnamed); n > 0 {
		say(l.Count("source.unnamed", n, "list", useWords(l, s.Unnamed)))
		var reasons []string
		for _, u := range s.Reasons {
			reasons = append(reasons, l.Quote(oneLine(u.Speaker.Reason)))
		}
		switch k := len(reasons); {
		case k == 0:
			say(l.Count("source.no-reason", n))
		case n == 1:
			say(l.Say("source.reason", "list", l.List(reasons)))
		default:
			say(l.Count("source.reasons", k, "list", l.List(reasons)))
		}
	}
	sayWords(l, say, "source.unresolved", s.Unresolved)
	if len(s.SecondHand) > 0 {
		var ws []string
		for _, u := range s.SecondHand {
			ws = append(ws, l.Say("source.through", "speaker", u.Speaker.Label(l), "via", u.Speaker.Passage.InWords(l, oneLine(u.Speaker.Via))))
		}
		say(l.Say("source.second-hand", "list", strings.Join(ws, "; ")))
	}
	return out
}

// Label names the speaker in running text: a name, or the article's words in
// quotation marks.
func (s *Speaker) Label(l *label.Set) string {
	switch {
	case s == nil:
		return l.Text("source.none")
	case s.Entity != nil:
		return s.Entity.Name
	case s.Naming == "named":
		return oneLine(s.Passage.Text)
	case s.class() == ByBody:
		return s.Passage.InWords(l, oneLine(s.Passage.Text))
	}
	return l.Quote(oneLine(s.Passage.Text))
}

// byOffice parts the people who are named from those whom the article calls by
// an office that one person holds, "the governor", and does not name.
func byOffice(uses []SourceUse) (people, offices []SourceUse) {
	for _, u := range uses {
		if word, _, ok := strings.Cut(u.Speaker.Passage.Text, " "); ok && u.Speaker.Entity == nil && strings.EqualFold(word, "the") {
			offices = append(offices, u)
		} else {
			people = append(people, u)
		}
	}
	return people, offices
}

// sayWords says how the article calls sources that it does not name, in a
// sentence of the key.
func sayWords(l *label.Set, say func(words string), key string, uses []SourceUse) {
	var words []string
	for _, u := range uses {
		if w := l.Quote(oneLine(u.Speaker.Passage.Text)); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if n := len(words); n > 0 {
		say(l.Count(key, n, "list", l.List(words)))
	}
}

func useList(l *label.Set, uses []SourceUse) string {
	var ws []string
	for _, u := range uses {
		w := u.Speaker.Label(l)
		switch {
		case u.Count == 2:
			w = l.Say("source.twice", "source", w)
		case u.Count > 2:
			w = l.Count("source.times", u.Count, "source", w)
		}
		ws = append(ws, w)
	}
	return l.List(ws)
}

func useWords(l *label.Set, uses []SourceUse) string {
	var ws []string
	for _, u := range uses {
		ws = append(ws, u.Speaker.Label(l))
	}
	return l.List(ws)
}

// How many sources of a story are named in its head: all of mostVoices, and of more the
// fewVoices that say most. The rest stand in the tables below and on the reports' pages.
const (
	mostVoices = 12
	fewVoices  = 8
)

// useMost names the sources of a story, those of a long list that say most.
func useMost(l *label.Set, uses []SourceUse) string {
	if len(uses) <= mostVoices {
		return useWords(l, uses)
	}
	uses = slices.Clone(uses)
	stable.Sort(uses, func(a, b SourceUse) int { return b.Count - a.Count })
	var ws []string
	for _, u := range uses[:fewVoices] {
		ws = append(ws, u.Speaker.Label(l))
	}
	return l.List(append(ws, l.Say("list.more", "n", l.Number(len(uses)-fewVoices))))
}

// empty reports whether s knows no source at all.
func (s *Sourcing) empty() bool {
	for _, list := range s.uses() {
		if len(*list) > 0 {
			return false
		}
	}
	return true
}

// stripList says the sourcing strip in words, without the full stop. unread
// reports that the sources were not looked for.
func stripList(l *label.Set, c SentenceCounts, unread bool) string {
	if unread {
		return l.Text("strip.unread")
	}
	var parts []string
	for _, class := range Classes {
		n := c.Of(class)
		switch on := "strip.on." + string(class); {
		case n == 0:
		case len(parts) == 0:
			parts = append(parts, l.Count("strip.first", n, "sentences", l.Count("strip.of", c.Total()), "what", l.Text(on)))
		default:
			parts = append(parts, l.Count("strip.more", n, "what", l.Text(on)))
		}
	}
	if len(parts) == 0 {
		return l.Text("strip.none")
	}
	return l.List(parts)
}
