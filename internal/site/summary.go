package site

import (
	"fmt"
	"strings"

	"readout/internal/dialect"
)

// sourcing makes the source summary statement of one article.
func (m *maker) sourcing() Sourcing {
	var out Sourcing
	for _, s := range m.sentences {
		out.Sentences.add(s.class)
	}
	// What rests on each voice: quotations and statements, or where the article
	// marks no content, the sentence that names the source.
	uses := make([]int, len(m.voices))
	for i, mk := range m.file.Marks {
		if (mk.Class == dialect.Quote || mk.Class == dialect.Statement) && m.heads[i] == i && m.voiceOf[i] >= 0 {
			uses[m.voiceOf[i]]++
		}
	}
	groups := map[string]*useGroup{}
	var order []*useGroup
	for v, vc := range m.voices {
		n := uses[v]
		if n == 0 && (vc.mark < 0 || m.sentenceAt(m.blocks[vc.mark], m.mark(vc.mark).Span.Start) < 0) {
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

// tell writes the summary's sentences. It is called when the entities are known.
func (s *Sourcing) tell() {
	s.Strip = stripWords(s.Sentences)
	s.Statement = nil
	say := func(format string, args ...any) {
		t := fmt.Sprintf(format, args...)
		s.Statement = append(s.Statement, strings.ToUpper(t[:1])+t[1:])
	}
	switch n := len(s.People); {
	case n == 1:
		say("one person is named as a source: %s.", useList(s.People))
	case n > 1:
		say("%s people are named as sources: %s.", number(n), useList(s.People))
	case s.Sentences.Total() > 0 && len(s.Unresolved) == 0:
		say("nobody is named as a source.")
	}
	for _, g := range []struct {
		uses      []SourceUse
		one, many string
	}{
		{s.Organizations, "organization speaks as a body", "organizations speak as bodies"},
		{s.Outlets, "other outlet is cited", "other outlets are cited"},
		{s.Documents, "document is cited", "documents are cited"},
	} {
		if n := len(g.uses); n > 0 {
			say("%s %s: %s.", number(n), plural(n, g.one, g.many), useList(g.uses))
		}
	}
	if n := len(s.Unnamed); n > 0 {
		say("%s %s not named: %s.", number(n), plural(n, "source is", "sources are"), useWords(s.Unnamed))
		switch n := len(s.Reasons); {
		case n == 0:
			say("the article gives no reason for withholding %s.", plural(len(s.Unnamed), "the name", "their names"))
		default:
			var reasons []string
			for _, u := range s.Reasons {
				reasons = append(reasons, "“"+oneLine(u.Speaker.Reason)+"”")
			}
			of := ""
			if len(s.Unnamed) > 1 {
				of = " for " + number(n) + " of them"
			}
			say("a reason for withholding the name is given%s: %s.", of, join(reasons))
		}
	}
	if len(s.Unresolved) > 0 {
		say("whom %s stands for as a source is not resolved.", useWords(s.Unresolved))
	}
	if len(s.SecondHand) > 0 {
		var ws []string
		for _, u := range s.SecondHand {
			ws = append(ws, fmt.Sprintf("%s, through %s", u.Speaker.Label(), oneLine(u.Speaker.Via)))
		}
		say("second-hand or through a medium: %s.", strings.Join(ws, "; "))
	}
}

// Label names the speaker in running text: a name, or the article's words in
// quotation marks.
func (s *Speaker) Label() string {
	switch {
	case s == nil:
		return "nobody named"
	case s.Entity != nil:
		return s.Entity.Name
	case s.Naming == "named" || s.class() == ByBody:
		return oneLine(s.Passage.Text)
	}
	return "“" + oneLine(s.Passage.Text) + "”"
}

func useList(uses []SourceUse) string {
	var ws []string
	for _, u := range uses {
		w := u.Speaker.Label()
		if u.Count > 1 {
			w += fmt.Sprintf(" (%s times)", number(u.Count))
			w = strings.Replace(w, "(two times)", "(twice)", 1)
		}
		ws = append(ws, w)
	}
	return join(ws)
}

func useWords(uses []SourceUse) string {
	var ws []string
	for _, u := range uses {
		ws = append(ws, u.Speaker.Label())
	}
	return join(ws)
}

// stripWords says the sourcing strip in words.
func stripWords(c SentenceCounts) string {
	n := c.Total()
	if n == 0 {
		return "The article has no sentence to source."
	}
	var parts []string
	add := func(n int, what string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d on %s", n, what))
		}
	}
	add(c.Named, "named sources")
	add(c.Body, "organizations, outlets or documents")
	add(c.Unnamed, "unnamed sources")
	add(c.Own, "nobody’s word but the article’s own")
	parts[0] = strings.Replace(parts[0], " on ", fmt.Sprintf(" of %d %s %s on ", n, plural(n, "sentence", "sentences"), rest(parts[0])), 1)
	return join(parts) + "."
}

func rest(part string) string {
	if strings.HasPrefix(part, "1 ") {
		return "rests"
	}
	return "rest"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// number writes n in words up to twelve.
func number(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// join writes a list: "a", "a and b", "a, b and c".
func join(ws []string) string {
	switch len(ws) {
	case 0:
		return ""
	case 1:
		return ws[0]
	}
	return strings.Join(ws[:len(ws)-1], ", ") + " and " + ws[len(ws)-1]
}
