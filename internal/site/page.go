package site

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"readout/internal/article"
	"readout/internal/content"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/langname"
	"readout/internal/stable"
)

// Page makes what only the page of b shows. The file must be the one b was
// gathered from.
func (s *Site) Page(b *Briefing, f *content.File) *Page { return s.PageOf(b, f, s.Across(b)) }

// PageOf is Page where it is known what Across finds.
func (s *Site) PageOf(b *Briefing, f *content.File, across []Related) *Page {
	r, d := s.recent.read(f), b.Details()
	m := &maker{
		reading: r, b: b, d: d, speakers: make([]*Speaker, len(r.voices)),
		entity: func(l int) *Entity { return b.whom(entityKey{r.locals[l].kind, r.locals[l].key}) },
		keep:   func(s string) string { return s },
	}
	p := &Page{Briefing: b, Details: d, Sections: f.Sections}
	if !b.Unread() {
		p.Strip = m.strip(s.Labels)
	}
	for i, mk := range f.Marks {
		if mk.Class == dialect.Quantity {
			p.Figures = append(p.Figures, Figure{
				Passage: m.passage(i), Value: mk.Get("value"), Unit: mk.Get("unit"), Of: mk.Get("of"),
			})
		}
	}
	for _, bl := range f.Blocks {
		if bl.Role == article.SetAside {
			p.SetAside = append(p.SetAside, SetAside{ID: bl.ID, Text: bl.Span.In(f.Text), Reason: bl.Reason})
		}
	}
	var numbers []int
	p.Notes, numbers = m.notes(s.Labels)
	p.Compared = f.Compared
	p.Edits = m.edits(s.Config.Text == "full", p.Notes, numbers)
	p.room = newTreeRoom(len(f.Marks))
	t := &treeMaker{maker: m, l: s.Labels, notes: numbers, room: p.room}
	p.Text = t.tree()
	p.Marks = p.room.marks
	for i, mk := range f.Marks {
		if mk.Class != dialect.Cue && r.blocks[i] >= 0 && f.Blocks[r.blocks[i]].Role != article.SetAside {
			p.Marks = append(p.Marks, Annotation{Inline: t.inline(i), Passage: m.passage(i)})
		}
	}
	if b.plain {
		p.Plain = f.Text
	}
	s.shorten(p, r)
	p.Across = across
	p.Caveats = caveats(s.Labels, p)
	return p
}

// shorten takes from the text what the site does not publish.
func (s *Site) shorten(p *Page, r *reading) {
	if s.Config.Text == "full" {
		return
	}
	for i := range p.SetAside {
		p.SetAside[i].Text = ""
	}
	cited := map[string]bool{}
	if s.Config.Text == "excerpts" {
		for _, sen := range r.sentences {
			if len(sen.contents) > 0 {
				cited[sen.id] = true
			}
		}
		for _, k := range p.KeyPoints {
			// The sentence a key point is taken from.
			for _, sen := range r.sentences {
				if text := sen.span.In(r.text); strings.HasPrefix(sen.id, k.Passage.Block+"-") && strings.Contains(text, k.Text) {
					cited[sen.id] = true
				}
			}
		}
	}
	for i := range p.Text {
		switch p.Text[i].Role {
		case article.Headline, article.Dek, article.Heading, article.Byline, article.Dateline:
			continue
		}
		elide(p.Text[i].Inlines, func(in Inline) bool { return cited[in.ID] })
	}
}

func (m *maker) strip(l *label.Set) []Segment {
	out := make([]Segment, 0, len(m.sentences))
	for k, sen := range m.sentences {
		text := sen.span.In(m.text)
		seg := Segment{
			Number: k + 1, ID: sen.id, Class: sen.class, Direct: sen.direct,
			Words: max(1, countWords(text)), Text: text,
		}
		for _, v := range sen.voices {
			seg.Speakers = append(seg.Speakers, m.speaker(v))
		}
		seg.Label = l.Say("strip.sentence", "n", strconv.Itoa(seg.Number), "class", seg.Class.Label(l))
		switch {
		case len(seg.Speakers) > 0 && seg.Direct:
			seg.Label = l.Say("strip.quoted", "sentence", seg.Label, "speaker", seg.Speakers[0].Label(l))
		case len(seg.Speakers) > 0:
			seg.Label = l.Say("strip.reported", "sentence", seg.Label, "speaker", seg.Speakers[0].Label(l))
		case seg.Direct:
			seg.Label = l.Say("strip.nobody", "sentence", seg.Label)
		}
		out = append(out, seg)
	}
	return out
}

// notes makes the notes of the text, in the order of their markers, and the
// number of the note of each mark.
func (m *maker) notes(l *label.Set) ([]Note, []int) {
	var marks []int
	kinds := make([]NoteKind, len(m.file.Marks))
	for i, mk := range m.file.Marks {
		if m.blocks[i] < 0 || m.file.Blocks[m.blocks[i]].Role == article.SetAside {
			continue
		}
		switch mk.Class {
		case dialect.Quote, dialect.Statement:
			switch v := m.voiceOf[i]; {
			case mk.Get("form") == "scare":
				kinds[i] = NoteScare
			case m.heads[i] != i:
			case v < 0:
				kinds[i] = NoteUnattributed
				if m.b.Unread() {
					kinds[i] = NoteUnread
				}
			default:
				kinds[i] = map[Class]NoteKind{ByName: NoteNamed, ByBody: NoteBody, Unnamed: NoteUnnamed}[classOf(m.voices[v].naming)]
				if m.speaker(v).Unclear() {
					kinds[i] = NoteUnclear
				}
			}
		case dialect.Time:
			switch {
			case mk.Get("value") == "" && mk.Get("unresolved") != "":
				kinds[i] = NoteUnresolved
			case mk.Get("value") != "" && mk.Get("anchor") != "":
				kinds[i] = NoteTime
			}
		case dialect.Term:
			kinds[i] = NoteTerm
		}
		if kinds[i] != "" {
			marks = append(marks, i)
		}
	}
	slices.SortStableFunc(marks, func(a, b int) int {
		x, y := m.mark(a).Span, m.mark(b).Span
		return cmp.Or(x.End-y.End, y.Start-x.Start)
	})
	numbers := make([]int, len(m.file.Marks))
	url := m.b.Header.Origin().URL
	var out []Note
	for k, i := range marks {
		n := Note{
			Number: k + 1, ID: fmt.Sprintf("note-%d", k+1), RefID: fmt.Sprintf("ref-%d", k+1),
			Kind: kinds[i], Passage: m.passage(i), Speaker: m.speaker(m.voiceOf[i]),
		}
		n.Text = m.noteText(l, i, &n)
		n.Fragment = textFragment(url, n.Passage.Text)
		numbers[i] = n.Number
		out = append(out, n)
	}
	return out, numbers
}

// noteText writes what a note says, and fills in the entity of a term.
func (m *maker) noteText(l *label.Set, i int, n *Note) string {
	mk := m.mark(i)
	switch n.Kind {
	case NoteScare:
		return l.Text("note.scare")
	case NoteUnattributed, NoteUnread:
		if m.b.Unread() {
			return l.Text("note.unread")
		}
		if mk.Class == dialect.Quote {
			return l.Text("note.nobody.quote")
		}
		return l.Text("note.nobody")
	case NoteUnresolved:
		return l.Say("note.unresolved", "why", l.Known("unresolved", strings.TrimRight(mk.Get("unresolved"), ".")))
	case NoteTime:
		return label.Sentence(l.Say("note.time", "value", l.Date(mk.Get("value")), "anchor", l.Date(mk.Get("anchor"))))
	case NoteTerm:
		t, _ := m.term(i)
		n.Entity = t.Entity
		if t.Long == "" {
			return l.Say("note.term.here", "short", t.Short)
		}
		return l.Say("note.term", "short", t.Short, "long", t.Long)
	}
	s := n.Speaker
	who := s.Label(l)
	switch {
	case s.Entity != nil:
		switch words, beside := s.Called(); {
		case beside:
			who = l.Say("note.beside", "source", who, "words", l.Quote(words))
		case words != "":
			who = l.Say("note.named-here", "source", who, "words", l.Quote(words))
		}
	case s.class() == Unnamed && !s.Unclear() && !m.inHead(i):
		who = l.Say("note.unnamed", "source", who)
	}
	if s.Via != "" {
		who = l.Say("note.through", "source", who, "via", s.Passage.InWords(l, oneLine(s.Via)))
	}
	key := "note.quote"
	if mk.Class == dialect.Quote && mk.Get("stance") == "denies" {
		key = "note.quote.denies"
	} else if mk.Class != dialect.Quote {
		key = "note.statement"
		if stance := "note.statement." + mk.Get("stance"); l.Has(stance) {
			key = stance
		}
	}
	said := l.Say(key, "source", who)
	if s.Unclear() {
		said += " " + l.Text("note.unclear")
	}
	if s.Access != "" {
		said += " " + l.Say("note.access", "words", l.Quote(oneLine(s.Access)))
	}
	if s.Reason != "" {
		said += " " + l.Say("note.reason", "words", l.Quote(oneLine(s.Reason)))
	}
	return said
}

// textFragment returns a URL that leads a browser to the words on the article's
// own page, or "" when its address is not known.
func textFragment(url, words string) string {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return ""
	}
	base, _, _ := strings.Cut(url, "#")
	ws := strings.Fields(strings.Trim(words, "\"'“”‘’«»„‚ \n\t"))
	if len(ws) == 0 {
		return ""
	}
	target := escapeFragment(strings.Join(ws, " "))
	if len(ws) > 9 {
		target = escapeFragment(strings.Join(ws[:4], " ")) + "," + escapeFragment(strings.Join(ws[len(ws)-4:], " "))
	}
	return base + "#:~:text=" + target
}

func escapeFragment(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~' {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// maxAcross is how many other briefings a page names, and maxShared how many of
// the entities they share.
const (
	maxAcross = 8
	maxShared = 6
	// acrossSample bounds how many briefings of one entity are looked at.
	acrossSample = 100
)

// Across finds the briefings that share most with b: members of its stories,
// and those of its day and before with the same people, bodies and events. Rare
// ones tell most.
func (s *Site) Across(b *Briefing) []Related {
	if b.alone {
		if b.across == nil {
			return nil
		}
		return *b.across
	}
	all, _ := s.likes.Get().(*likes)
	if all == nil {
		all = &likes{of: make([]like, len(s.Briefings))}
	}
	defer s.likes.Put(all)
	for _, st := range b.Stories {
		i, _ := slices.BinarySearchFunc(st.Members, b, oldestFirst)
		for _, o := range st.Members[max(0, i-acrossSample/2):min(len(st.Members), i+acrossSample/2)] {
			if o.Slug == b.Slug {
				continue
			}
			l := all.met(int32(o.order))
			if k := int(l.story); k == 0 || b.Stories[k-1].Storyline && !st.Storyline {
				l.story = int32(slices.Index(b.Stories, st) + 1)
			}
			if !st.Storyline {
				l.value += 2
			}
			l.value += 2
		}
	}
	near := make([]nearby, len(b.named))
	for i := range b.named {
		e := b.named[i].Entity
		others, n := around(e, b)
		near[i] = nearby{others, n}
		// Rounded: one more report should not change which are most alike.
		weight := 1 / float64(bits.Len(uint(n)))
		places := int32(0)
		switch e.Kind {
		case dialect.Place:
			weight *= 0.3
			places = 1
		case dialect.Person, dialect.Event:
			weight *= 1.5
		}
		for _, o := range others {
			if o.order == b.order {
				continue
			}
			l := all.met(o.order)
			l.value += weight
			l.shared++
			l.places += places
		}
	}
	// The few that are most alike, in order.
	var top []int32
	for _, o := range all.list {
		l := &all.of[o]
		if l.story == 0 && l.places == l.shared && l.places < 2 {
			continue // one place alone is no relation
		}
		i := len(top)
		for i > 0 && s.above(all, o, top[i-1]) {
			i--
		}
		if i == maxAcross {
			continue
		}
		if len(top) < maxAcross {
			top = append(top, 0)
		}
		copy(top[i+1:], top[i:])
		top[i] = o
	}
	type of struct {
		*Entity
		n int
	}
	var out []Related
	for _, o := range top {
		r := Related{Briefing: s.Briefings[o]}
		if k := all.of[o].story; k > 0 {
			r.Story = b.Stories[k-1]
		}
		var shared []of
		for i := range b.named {
			e := b.named[i].Entity
			_, ok := slices.BinarySearchFunc(near[i].others, int(o), func(o position, order int) int { return int(o.order) - order })
			if ok || r.Story != nil && r.Briefing.names(e) {
				shared = append(shared, of{e, near[i].of})
			}
		}
		stable.Sort(shared, func(x, y of) int {
			return cmp.Or(x.n-y.n, byName(x.Entity, y.Entity))
		})
		for _, x := range shared[:min(maxShared, len(shared))] {
			r.Shared = append(r.Shared, x.Entity)
		}
		out = append(out, r)
	}
	for _, o := range all.list {
		all.of[o] = like{}
	}
	all.list = all.list[:0]
	return out
}

// A nearby is what around returns of an entity.
type nearby struct {
	others []position
	of     int
}

// likes are the briefings that share something with one.
type likes struct {
	of   []like  // of each briefing, by its order
	list []int32 // those that share something
}

// A like is how much a briefing shares with another.
type like struct {
	value          float64
	story          int32 // which of the other's stories both are members of, from 1; 0 for none
	shared, places int32
}

// met returns the like of a briefing.
func (l *likes) met(order int32) *like {
	k := &l.of[order]
	if *k == (like{}) {
		l.list = append(l.list, order)
	}
	return k
}

// above reports whether a briefing stands before another: it shares more or, of two that
// share as much, is the newer one.
func (s *Site) above(all *likes, a, b int32) bool {
	if x, y := all.of[a].value, all.of[b].value; x != y {
		return x > y
	}
	return newestFirst(s.Briefings[b], s.Briefings[a]) > 0
}

// Analysed reports whether the report is in a language whose sources, people,
// places and times are looked for.
func (b *Briefing) Analysed() bool {
	base, _, _ := strings.Cut(b.Header.Language, "-")
	return base == "" || base == "en" || base == "und"
}

// Unread reports whether nobody, the analysis or an editor, has looked for the
// sources of the report: what rests on whose word is not known, and counts
// nowhere.
func (b *Briefing) Unread() bool { return !b.Analysed() && b.sourceless }

// caveats says what a reader should know before relying on the briefing.
func caveats(l *label.Set, p *Page) []Caveat {
	var out []Caveat
	add := func(kind string, links []Passage, words string) {
		out = append(out, Caveat{Kind: kind, Text: label.Sentence(words), Links: links})
	}
	h, src := p.Header, p.Sourcing
	analysed := p.Analysed()
	if !analysed {
		add("language", nil, l.Say("caveat.language", "language", languageName(l, h.Language)))
	}
	var unresolved []Passage
	for _, e := range p.Timeline.Unresolved {
		unresolved = append(unresolved, e.Passage)
	}
	switch n := len(unresolved); {
	case !h.Date.Known() && n > 0:
		add("date-unknown", unresolved, l.Count("caveat.date.times", n, "list", quoteAll(l, unresolved)))
	case !h.Date.Known():
		add("date-unknown", nil, l.Text("caveat.date"))
	case n > 0:
		add("unresolved-times", unresolved, l.Count("caveat.times", n, "list", quoteAll(l, unresolved)))
	}
	if h.Date.Known() && h.Date.Basis == string(article.DateFilename) {
		add("date-filename", nil, l.Text("caveat.filename"))
	}
	if h.TitleDerived {
		add("title-derived", nil, l.Text("caveat.title"))
	}
	if h.Publisher == "" {
		add("publisher-unknown", nil, l.Text("caveat.publisher"))
	}
	total := p.Sentences.Total()
	attributed := len(src.People) + len(src.Organizations) + len(src.Outlets) + len(src.Documents) + len(src.Unnamed)
	switch {
	case total == 0:
	case attributed == 0 && !analysed:
	case attributed == 0:
		add("no-source", nil, l.Text("caveat.no-source"))
	case len(src.People) == 0 && len(src.Organizations)+len(src.Outlets)+len(src.Documents) == 0:
		add("unnamed-only", usesPassages(src.Unnamed), l.Text("caveat.all-unnamed"))
	case attributed == 1:
		all := slices.Concat(src.People, src.Organizations, src.Outlets, src.Documents, src.Unnamed)
		add("single-source", usesPassages(all), l.Say("caveat.one-source", "source", all[0].Speaker.Label(l)))
	}
	if n := p.Sentences.Unnamed; n > 0 && total > 1 { // of one it has been said
		add("unnamed", usesPassages(src.Unnamed), l.Count("caveat.unnamed", n, "total", l.Number(total)))
	}
	if n := len(src.SecondHand); n > 0 {
		add("second-hand", usesPassages(src.SecondHand), l.Count("caveat.second-hand", n))
	}
	var loose, planned []Passage
	for _, q := range p.Quotations {
		if q.Form != "scare" && q.Speaker == nil {
			loose = append(loose, q.Passage)
		}
	}
	for _, e := range p.Timeline.Planned {
		planned = append(planned, e.Passage)
	}
	if n := len(loose); n > 0 && !p.Unread() {
		add("unattributed", loose, l.Count("caveat.unattributed", n))
	}
	if n := len(planned); n > 0 {
		add("planned", planned, l.Count("caveat.planned", n))
	}
	if n := len(p.SetAside); n > 0 {
		var reasons []string
		var links []Passage
		for _, a := range p.SetAside {
			if why := l.Known("aside", a.Reason); why != "" && !slices.Contains(reasons, why) {
				reasons = append(reasons, why)
			}
			links = append(links, Passage{Briefing: p.Briefing, ID: a.ID, Block: a.ID})
		}
		if len(reasons) > 0 {
			add("set-aside", links, l.Count("caveat.aside.why", n, "reasons", strings.Join(reasons, "; ")))
		} else {
			add("set-aside", links, l.Count("caveat.aside", n))
		}
	}
	return out
}

// languageName is the name of a language in the language of the labels.
func languageName(l *label.Set, tag string) string {
	if name := langname.In(l.Language()).Of(language.Make(tag)); name != "" {
		return name
	}
	return langname.In(language.English).Of(language.Make(tag))
}

func usesPassages(us []SourceUse) []Passage {
	var out []Passage
	for _, u := range us {
		if u.Speaker.Passage.ID != "" {
			out = append(out, u.Speaker.Passage)
		}
	}
	return out
}

// quoteAll lists the words of some passages, at most five.
func quoteAll(l *label.Set, ps []Passage) string {
	var ws []string
	for _, p := range ps {
		if w := l.Quote(oneLine(p.Text)); !slices.Contains(ws, w) {
			ws = append(ws, w)
		}
	}
	if len(ws) > 5 {
		ws = append(ws[:4], l.Say("list.more", "n", l.Number(len(ws)-4)))
	}
	return l.List(ws)
}

// blockLabel is the short label of a block by its id.
func blockLabel(l *label.Set, id string) string {
	digits := func(prefix string) (string, bool) {
		n, ok := strings.CutPrefix(id, prefix)
		return n, ok && n != "" && strings.Trim(n, "0123456789") == ""
	}
	if n, ok := digits("p"); ok {
		return "¶" + n
	}
	if n, ok := digits("h"); ok {
		return l.Say("block.heading", "n", n)
	}
	if n, ok := digits("a"); ok {
		return l.Say("block.set-aside", "n", n)
	}
	return l.Known("block", id)
}
