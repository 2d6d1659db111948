package review

import (
	"fmt"
	"slices"
	"strings"

	"readout/internal/annotation"
	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/site"
	"readout/internal/slug"
	"readout/internal/span"
)

// An Explanation says of one thing on the page of a briefing what it is, where
// it stands in the content file, and why it is there.
type Explanation struct {
	ID    string   `json:"id"`    // of its element on the page
	Class string   `json:"class"` // "quote", "person", "paragraph", "key point", …
	Words string   `json:"words"` // its first words
	Place string   `json:"place"` // "file:line:column"
	Why   []string `json:"why"`   // plain sentences, the rule first
}

// A Subject is a briefing that is asked about.
type Subject struct {
	Briefing *site.Briefing
	Page     *site.Page
	File     *content.File
	// Base is the file as it was last generated; nil where that is not known.
	Base *content.File
	// Set is what the analysis finds in the article now; nil where the article is
	// not there.
	Set *annotation.Set
}

// All explains the annotations of the text, in text order.
func (s *Subject) All() []Explanation {
	w := s.asking()
	var out []Explanation
	for _, a := range s.Page.Marks {
		if i := w.markOf(a); i >= 0 {
			out = append(out, w.mark(a.Passage.ID, i))
		}
	}
	return out
}

// IDs lists what may be asked about, in the order of the page.
func (s *Subject) IDs() []string {
	ids := []string{"title", "date"}
	for i := range s.File.KeyPoints {
		ids = append(ids, fmt.Sprintf("key-%d", i+1))
	}
	for _, b := range s.File.Blocks {
		ids = append(ids, b.ID)
	}
	for _, g := range s.Page.Strip {
		ids = append(ids, g.ID)
	}
	for _, a := range s.Page.Marks {
		ids = append(ids, a.Passage.ID)
	}
	for _, m := range s.File.Marks {
		if m.ID != "" {
			ids = append(ids, m.ID)
		}
	}
	for _, n := range s.Page.Notes {
		ids = append(ids, n.ID)
	}
	for _, a := range s.Briefing.Details().Appearances {
		ids = append(ids, a.Entity.Slug)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Why explains what has the given id: the id of an element of the page, an id
// written in the content file, or the key of a person, organization, place or
// event. It reports false where there is nothing of that id.
func (s *Subject) Why(id string) (Explanation, bool) {
	if id == "" {
		return Explanation{}, false
	}
	w := s.asking()
	for _, n := range s.Page.Notes {
		if n.ID == id || n.RefID == id {
			id = n.Passage.ID
		}
	}
	for _, a := range s.Page.Marks {
		if a.Passage.ID == id {
			if i := w.markOf(a); i >= 0 {
				return w.mark(id, i), true
			}
		}
	}
	for i, m := range s.File.Marks {
		if m.ID == id {
			return w.mark(w.idOf(i), i), true
		}
	}
	for i, b := range s.File.Blocks {
		if b.ID == id {
			return w.block(i), true
		}
	}
	for i, g := range s.Page.Strip {
		if g.ID == id {
			return w.sentence(i), true
		}
	}
	for i := range s.File.KeyPoints {
		if id == fmt.Sprintf("key-%d", i+1) || id == fmt.Sprintf("key-point-%d", i+1) {
			return w.keyPoint(i), true
		}
	}
	switch id {
	case "title":
		return w.title(), true
	case "date":
		return w.date(), true
	}
	for _, a := range s.Briefing.Details().Appearances {
		if key := a.Entity.Slug; key == id || "who-"+string(a.Entity.Kind)+"-"+key == id {
			return w.entity(a), true
		}
	}
	for _, m := range s.File.Marks {
		if keyOf(s.File, m) == id {
			for _, a := range s.Briefing.Details().Appearances {
				if slices.ContainsFunc(a.Names, func(n site.Spelling) bool { return n.Text == oneLine(m.Span.In(s.File.Text)) }) {
					return w.entity(a), true
				}
			}
		}
	}
	return Explanation{}, false
}

// keyOf returns the article's own key of a mention; "" for other marks.
func keyOf(f *content.File, m dialect.Mark) string {
	switch m.Class {
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		if ref := m.Get("ref"); ref != "" {
			return ref
		}
		return slug.Make(m.Span.In(f.Text))
	}
	return ""
}

// An asking has what is looked up again and again.
type asking struct {
	*Subject
	marks map[markAt]int
	// shift is, of each block, what leads from the file's text to the article's;
	// missing where the two differ.
	shift map[int]int
}

type markAt struct {
	class dialect.Class
	span  span.Span
}

func (s *Subject) asking() *asking {
	w := &asking{Subject: s, marks: map[markAt]int{}, shift: map[int]int{}}
	for i, m := range s.File.Marks {
		w.marks[markAt{m.Class, m.Span}] = i
	}
	if s.Set != nil {
		var blocks []article.Block
		for _, b := range s.Set.Article.Blocks {
			if !b.Span.Empty() {
				blocks = append(blocks, b)
			}
		}
		for i, b := range s.File.Blocks {
			if i < len(blocks) && blocks[i].Span.In(s.Set.Article.Text) == b.Span.In(s.File.Text) {
				w.shift[i] = blocks[i].Span.Start - b.Span.Start
			}
		}
	}
	return w
}

func (w *asking) markOf(a site.Annotation) int {
	if i, ok := w.marks[markAt{a.Mark, a.Passage.Span}]; ok {
		return i
	}
	return -1
}

func (w *asking) idOf(i int) string {
	m := w.File.Marks[i]
	for _, a := range w.Page.Marks {
		if a.Mark == m.Class && a.Passage.Span == m.Span {
			return a.Passage.ID
		}
	}
	return m.ID
}

func (w *asking) blockOf(s span.Span) int {
	for i, b := range w.File.Blocks {
		if b.Span.Contains(s) {
			return i
		}
	}
	return -1
}

// inArticle returns a span of the file in the coordinates of the article; false
// where the words stand there no more.
func (w *asking) inArticle(s span.Span) (span.Span, bool) {
	by, ok := w.shift[w.blockOf(s)]
	return span.New(s.Start+by, s.End+by), ok && w.Set != nil
}

func (w *asking) place(line, column int) string {
	return Item{File: w.File.Path, Line: max(1, line), Column: max(1, column)}.Place()
}

func (w *asking) words(s span.Span) string { return s.In(w.File.Text) }

// mark explains one annotation.
func (w *asking) mark(id string, i int) Explanation {
	m := w.File.Marks[i]
	x := Explanation{ID: id, Class: string(m.Class), Words: short(w.words(m.Span)), Place: w.place(m.Line, m.Column)}
	say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
	at, here := w.inArticle(m.Span)
	rule := ""
	if here {
		rule = ruleOf(w.Set, m.Class, at)
	}
	was, inBase := w.inBase(m)
	switch {
	case rule != "":
		say("%s", tell(rule))
	case w.Set == nil:
		say("the rule is not known: the article is not in seeds/")
	case !here:
		say("the rule is not known: this passage is no longer in the article")
	case inBase:
		say("an earlier version of the rules made it; those of today do not")
	default:
		say("an editor made it: no rule finds it")
	}
	switch m.Class {
	case dialect.Quote, dialect.Statement:
		w.attribution(m, say)
	case dialect.Source:
		w.source(m, at, here, say)
	case dialect.Time:
		switch {
		case m.Get("value") == "":
			say("not resolved: %s", firstOf(m.Get("unresolved"), "no value is given"))
		case m.Get("anchor") != "":
			say("%s, reckoned from %s", m.Get("value"), m.Get("anchor"))
		default:
			say("%s, as the words say", m.Get("value"))
		}
	case dialect.Quantity:
		say("%s", strings.TrimSpace(oneLine(m.Get("value")+" "+m.Get("unit")+" "+m.Get("of"))))
	case dialect.Term:
		say("%s stands for %s", firstOf(m.Get("short"), oneLine(w.words(m.Span))), firstOf(m.Get("long"), "what it is defined as here"))
	case dialect.EventMention:
		say("told as %s", firstOf(m.Get("realis"), "something that happened"))
		if at := m.Get("at"); at != "" {
			say("at the time “%s”", w.named(at))
		}
	case dialect.Person, dialect.Organization, dialect.Place, dialect.Event:
		w.mention(m, say)
	}
	if w.Base == nil {
		say("what an editor changed is not known: there is no copy of what was generated")
	} else if rule != "" && !inBase {
		say("an editor put it there, or gave it another extent")
	} else if inBase {
		for _, c := range changes(was, m, w.File, w.Base) {
			say("an editor %s", c)
		}
	}
	return x
}

// named returns the words of the mark with that id.
func (w *asking) named(id string) string {
	for _, m := range w.File.Marks {
		if m.ID == id {
			return short(w.words(m.Span))
		}
	}
	return id
}

// attribution says whose words a quotation or statement is.
func (w *asking) attribution(m dialect.Mark, say func(string, ...any)) {
	if m.Get("form") == "scare" {
		say("nobody is quoted: the marks keep the words at a distance")
		return
	}
	if to := m.Get("continues"); to != "" {
		say("it goes on with “%s” (#%s), and has its speaker", w.named(to), to)
		return
	}
	by, ref := m.Get("by"), m.Get("ref")
	switch {
	case by != "":
		for i, s := range w.File.Marks {
			if s.ID != by || s.Class != dialect.Source {
				continue
			}
			say("said by “%s” (#%s), at %s", short(w.words(s.Span)), by, w.place(s.Line, s.Column))
			at, here := w.inArticle(s.Span)
			w.source(w.File.Marks[i], at, here, say)
		}
	case ref != "":
		say("said by %s, whom no words near it name", ref)
	default:
		say("the article does not say whose words these are")
	}
	if m.Get("sure") == "no" {
		say("the rule is not sure of the speaker (sure=no)")
	}
	if s := m.Get("stance"); s != "" {
		say("the source %s it", s)
	}
}

// source says who the words of a source stand for, and how that is known.
func (w *asking) source(m dialect.Mark, at span.Span, here bool, say func(string, ...any)) {
	naming := map[string]string{
		"named": "a person, by name", "organization": "an organization", "outlet": "another outlet", "document": "a document",
		"role-only": "a role, without a name", "described": "somebody described, without a name", "bare": "sources of whom nothing is said",
		"collective": "a group",
	}[m.Get("naming")]
	if naming != "" {
		say("how the source is named: %s", naming)
	}
	key, how := m.Get("ref"), "ref"
	if key == "" {
		for _, k := range w.File.Marks {
			if keyOf(w.File, k) != "" && m.Span.Contains(k.Span) && !site.Possessor(w.File.Text, m.Span, k.Span) {
				key, how = keyOf(w.File, k), "the name “"+short(w.words(k.Span))+"” in its words"
				break
			}
		}
	}
	if key != "" {
		reference := ""
		if here {
			for _, r := range w.Set.References {
				if r.Span == at || at.Contains(r.Span) && r.Key == key {
					reference = "; " + tell(r.Rule)
				}
			}
		}
		say("it stands for %s, by %s%s", key, how, reference)
	}
	if here {
		for _, a := range w.Set.Attributions {
			if a.Source == at && !a.Cue.Empty() {
				say("the words that attribute: “%s”", short(a.Cue.In(w.Set.Article.Text)))
				break
			}
		}
	}
	for _, a := range []struct{ key, words string }{{"access", "how it knows"}, {"reason", "why it is not named"}, {"via", "through"}} {
		if v := m.Get(a.key); v != "" {
			say("%s: “%s”", a.words, v)
		}
	}
}

// mention says whom a name means.
func (w *asking) mention(m dialect.Mark, say func(string, ...any)) {
	key := keyOf(w.File, m)
	if ref := m.Get("ref"); ref != "" {
		say("the key is %s, by ref: the words alone do not tell", ref)
	} else {
		say("the key is %s, by its words", key)
	}
	if role := m.Get("role"); role != "" {
		say("role: “%s”", role)
	}
	if m.Get("sense") == "government" {
		say("it stands for a government")
	}
	name := oneLine(w.words(m.Span))
	for _, a := range w.Briefing.Details().Appearances {
		if a.Entity.Kind == m.Class && slices.ContainsFunc(a.Names, func(n site.Spelling) bool { return n.Text == name }) {
			say("on the site: %s, %s", a.Entity.Name, a.Entity.Path)
			w.merges(a, say)
		}
	}
}

func (w *asking) merges(a *site.Appearance, say func(string, ...any)) {
	for _, m := range a.Entity.Merges {
		if m.Briefing.Slug == w.Briefing.Slug {
			say("“%s” is taken for %s: %s", m.Name, a.Entity.Name, m.Why)
		}
	}
}

// entity explains who a person, organization, place or event of the briefing is.
func (w *asking) entity(a *site.Appearance) Explanation {
	x := Explanation{ID: a.Entity.Slug, Class: string(a.Entity.Kind), Words: short(a.Entity.Name), Place: w.place(1, 1)}
	say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
	say("%s on the site, %s in this briefing", a.Entity.Path, count(a.Mentions, "named once", "mentions"))
	for _, n := range a.Names {
		say("“%s”: %s, first at #%s", n.Text, count(n.Count, "once", "times"), n.First.ID)
	}
	for _, r := range a.Roles {
		say("role “%s”, at #%s", r.Text, r.Passage.ID)
	}
	w.merges(a, say)
	if a.Entity.File != "" {
		say("an editor’s file says more: %s", a.Entity.File)
	}
	for _, m := range w.File.Marks {
		if m.Class == a.Entity.Kind && m.Span == a.First.Span {
			x.Place = w.place(m.Line, m.Column)
			if at, here := w.inArticle(m.Span); here {
				if rule := ruleOf(w.Set, m.Class, at); rule != "" {
					x.Why = append([]string{tell(rule)}, x.Why...)
				}
			}
		}
	}
	return x
}

func (w *asking) block(i int) Explanation {
	b := w.File.Blocks[i]
	x := Explanation{ID: b.ID, Class: string(b.Role), Words: short(w.words(b.Span)), Place: w.place(b.Line, 1)}
	say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
	if b.Role == article.SetAside {
		say("set aside: %s", firstOf(b.Reason, "no reason is given"))
	}
	if _, here := w.shift[i]; !here && w.Set != nil {
		say("its words are not those of the article: readout verify names the place")
	}
	n := 0
	for _, m := range w.File.Marks {
		if b.Span.Contains(m.Span) {
			n++
		}
	}
	say("%s in it", count(n, "one annotation", "annotations"))
	for _, k := range w.File.KeyPoints {
		if k.Target == b.ID {
			say("the key point “%s” leads here", short(k.Text))
		}
	}
	return x
}

func (w *asking) sentence(i int) Explanation {
	g := w.Page.Strip[i]
	x := Explanation{ID: g.ID, Class: "sentence", Words: short(g.Text), Place: w.place(1, 1)}
	say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
	say("it rests on: %s", g.Class.Label(label.English()))
	for _, s := range g.Speakers {
		say("by %s", s.Label(label.English()))
	}
	block, _, _ := strings.Cut(g.ID, "-")
	for i, b := range w.File.Blocks {
		if b.ID != block {
			continue
		}
		x.Place = w.place(b.Line, 1)
		if by, ok := w.shift[i]; ok {
			for _, sen := range w.Set.Sentences {
				if sen.Span.In(w.Set.Article.Text) == g.Text && b.Span.ContainsOffset(sen.Span.Start-by) {
					x.Why = append([]string{tell(sen.Rule)}, x.Why...)
					break
				}
			}
		}
	}
	return x
}

func (w *asking) keyPoint(i int) Explanation {
	k := w.File.KeyPoints[i]
	x := Explanation{ID: fmt.Sprintf("key-%d", i+1), Class: "key point", Words: short(k.Text), Place: w.place(k.Line, 1)}
	say := func(format string, args ...any) { x.Why = append(x.Why, fmt.Sprintf(format, args...)) }
	rule := ""
	if w.Set != nil {
		for _, p := range w.Set.KeyPoints {
			if oneLine(p.Span.In(w.Set.Article.Text)) == oneLine(k.Text) {
				rule = p.Rule
			}
		}
	}
	inBase := w.Base != nil && slices.ContainsFunc(w.Base.KeyPoints, func(b content.KeyPoint) bool { return b.Text == k.Text && b.Target == k.Target })
	switch {
	case rule != "":
		say("%s", tell(rule))
	case inBase:
		say("an earlier version of the rules chose it; those of today do not")
	case w.Base != nil:
		say("an editor wrote it")
	default:
		say("the rule is not known: there is no copy of what was generated")
	}
	if k.Target == "" {
		say("it leads nowhere")
	}
	for _, b := range w.File.Blocks {
		if b.ID == k.Target {
			if strings.Contains(oneLine(w.words(b.Span)), oneLine(k.Text)) {
				say("it is a part of the paragraph it leads to, #%s, word for word", k.Target)
			} else {
				say("it leads to #%s, in other words than stand there", k.Target)
			}
		}
	}
	return x
}

func (w *asking) title() Explanation {
	x := Explanation{ID: "title", Class: "title", Words: short(w.File.Meta.Title), Place: w.place(1, 1)}
	if w.Briefing.Header.TitleDerived {
		x.Why = append(x.Why, "the article has no title: this one is made from its first words")
	} else {
		x.Why = append(x.Why, "the article has it")
	}
	if b := w.Base; b != nil && b.Meta.Title != w.File.Meta.Title {
		x.Why = append(x.Why, "an editor changed it from “"+short(b.Meta.Title)+"”")
	}
	return x
}

func (w *asking) date() Explanation {
	d := w.Briefing.Header.Date
	x := Explanation{ID: "date", Class: "date", Words: firstOf(d.Value, "not known"), Place: w.place(1, 1), Why: []string{d.How(label.English())}}
	if b := w.Base; b != nil && b.Meta.Date != w.File.Meta.Date {
		x.Why = append(x.Why, "an editor changed it from “"+firstOf(b.Meta.Date, "not known")+"”")
	}
	return x
}

// inBase returns the mark as it was generated: the one of its class over the
// same words of the same passage.
func (w *asking) inBase(m dialect.Mark) (dialect.Mark, bool) {
	if w.Base == nil {
		return dialect.Mark{}, false
	}
	i := w.blockOf(m.Span)
	if i < 0 {
		return dialect.Mark{}, false
	}
	// The same passage as it was generated; at the same place, if several are alike.
	text, block := w.words(w.File.Blocks[i].Span), span.Span{}
	for k, b := range w.Base.Blocks {
		if b.Span.In(w.Base.Text) == text && (block.Empty() || k <= i) {
			block = b.Span
		}
	}
	at := span.New(m.Span.Start-w.File.Blocks[i].Span.Start+block.Start, m.Span.End-w.File.Blocks[i].Span.Start+block.Start)
	for _, k := range w.Base.Marks {
		if k.Class == m.Class && k.Span == at {
			return k, true
		}
	}
	return dialect.Mark{}, false
}

// changes says what an editor did to the attributes of a mark. Ids are numbered
// anew as marks come and go, so what they lead to is compared.
func changes(was, now dialect.Mark, file, base *content.File) []string {
	meant := func(f *content.File, m dialect.Mark, key string) string {
		v := m.Get(key)
		if key != "by" && key != "at" && key != "continues" {
			return v
		}
		for _, k := range f.Marks {
			if k.ID == v && v != "" {
				return oneLine(k.Span.In(f.Text))
			}
		}
		return v
	}
	var keys []string
	for _, m := range []dialect.Mark{was, now} {
		for _, a := range m.Attrs {
			if !slices.Contains(keys, a.Key) {
				keys = append(keys, a.Key)
			}
		}
	}
	var out []string
	for _, key := range keys {
		old, cur := meant(base, was, key), meant(file, now, key)
		switch {
		case old == cur:
		case was.Get(key) == "":
			out = append(out, fmt.Sprintf("added %s=%q", key, short(cur)))
		case now.Get(key) == "":
			out = append(out, fmt.Sprintf("took away %s=%q", key, short(old)))
		default:
			out = append(out, fmt.Sprintf("changed %s from %q to %q", key, short(old), short(cur)))
		}
	}
	return out
}
