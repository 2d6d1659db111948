package render

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"readout/internal/label"
	"readout/internal/site"
	"readout/internal/stable"
)

// The views below are what the shared parts of the templates read. Every string
// in them is plain text, escaped by the template; links are relative to the
// page they are for.

// A Cite leads to the passage a statement rests on.
type Cite struct {
	Href, Text string
	Label      string // what it says aloud, where Text is too short
}

// A DateView is a publication date in words, and how it is known.
type DateView struct {
	Known          bool
	ISO, Text, How string
}

// A QuoteView is a quotation or a statement with its source.
type QuoteView struct {
	Class      string
	Text       string // verbatim, with its marks
	Lang, Dir  string // "" where the page's own
	Source     string // whose words, as named; "" when nobody is
	SourceHref string
	How        string // how the source is named and knows, in words
	Via        string
	Unread     bool // nobody looked for its source
	Cites      []Cite
	From       *Titled // the briefing, on pages other than its own
}

// A WhoView is a person, organization, place or event in a list.
type WhoView struct {
	ID, Href, Name string
	Roles          []Words
	Cites          []Cite
	Elsewhere      string // how many other briefings mention it, or earlier ones; "" for none
	Last           Words  // its last quotation in one of those, shown on its card
}

// An ItemView is a briefing in a list.
type ItemView struct {
	Titled
	Label     string // "Report 2", where a table of the page names it so
	Publisher string
	Date      DateView
	Length    string
	Bar       []BarPart
	Strip     string // on whose word its sentences rest
}

// A BarPart is a class's share of a small bar.
type BarPart struct{ Class, Width string }

// A FigureView is a picture with what it shows in words.
type FigureView struct {
	SVG      template.HTML
	Caption  string
	From, To string // what stands at the ends of an axis; "" for none
	Small    bool   // a picture that is not drawn over the whole width
	Label    string // of the region in which a wide picture scrolls; "" where it shrinks
}

// A TimesView is a table of time expressions. Label tells it from the other
// tables of the page.
type TimesView struct {
	Label string
	Rows  []TimeView
}

// times makes tables of a timeline: what is told as having happened, what is
// planned, and the rows of what has no date.
func (r *Renderer) times(path string, t site.Timeline) (resolved, planned *TimesView, unresolved []TimeView) {
	table := func(label string, list []*site.TimelineEntry) *TimesView {
		if len(list) == 0 {
			return nil
		}
		v := &TimesView{Label: label}
		for _, e := range list {
			v.Rows = append(v.Rows, r.timeRow(path, e))
		}
		return v
	}
	for _, e := range t.Unresolved {
		unresolved = append(unresolved, r.timeRow(path, e))
	}
	return table(r.l.Text("times.resolved"), t.Resolved), table(r.l.Text("times.planned"), t.Planned), unresolved
}

// at returns a relative link from the page at path to a passage. Where the site
// publishes no article text the passage has no place but its page.
func (r *Renderer) at(path string, p site.Passage) string {
	if p.Briefing == nil {
		return ""
	}
	l := p.Link()
	if r.textless {
		l.ID = ""
	}
	return l.From(path)
}

// cite returns the link to a passage, or nothing where there is none.
func (r *Renderer) cite(path string, p site.Passage) []Cite {
	if p.Briefing == nil {
		return nil
	}
	if r.textless && p.Briefing.Path == path {
		return nil
	}
	block := p.Paragraph(r.l)
	c := Cite{Href: r.at(path, p), Text: block}
	n, numbered := strings.CutPrefix(block, "¶")
	away := p.Briefing.Path != path
	switch {
	case numbered && away:
		c.Label = r.l.Say("paragraph.of", "n", n, "title", p.Briefing.Header.Title)
	case numbered:
		c.Label = r.l.Say("paragraph", "n", n)
	case away:
		c.Label = r.l.Say("passage.of", "place", block, "title", p.Briefing.Header.Title)
	}
	return []Cite{c}
}

func (r *Renderer) date(d site.Date) DateView {
	if !d.Known() {
		return DateView{}
	}
	iso := d.Value
	if !machineTime(iso) {
		iso = d.Day()
	}
	return DateView{Known: true, ISO: iso, Text: r.l.Date(d.Day()), How: d.How(r.l)}
}

func (r *Renderer) quote(path string, q *site.Quotation) QuoteView {
	v := QuoteView{
		Class:  string(q.Class()),
		Text:   q.Passage.Text,
		Unread: q.Passage.Briefing != nil && q.Passage.Briefing.Unread(),
		Cites:  r.cite(path, q.Passage),
	}
	r.source(&v, path, q.Speaker)
	if q.Denied {
		v.How = strings.TrimPrefix(v.How+", "+r.l.Text("stance.how.denies"), ", ")
	}
	r.foreign(&v, q.Passage.Briefing, path)
	return v
}

func (r *Renderer) statement(path string, s *site.Statement) QuoteView {
	v := QuoteView{
		Class: string(s.Class()),
		Text:  s.Passage.Text,
		Cites: r.cite(path, s.Passage),
	}
	r.source(&v, path, s.Speaker)
	if r.l.Has("stance.how." + s.Stance) {
		v.How = strings.TrimPrefix(v.How+", "+r.l.Text("stance.how."+s.Stance), ", ")
	}
	r.foreign(&v, s.Passage.Briefing, path)
	return v
}

// foreign marks a quotation with the language of its article where that is not
// the page's, and with its briefing where that is another page.
func (r *Renderer) foreign(v *QuoteView, b *site.Briefing, path string) {
	if b == nil {
		return
	}
	v.Lang = r.foreignTongue(b.Header.Language)
	if d := b.Header.Direction; d != "" && d != label.Direction(r.site.Config.Language) {
		v.Dir = d
	}
	if b.Path != path {
		from := r.titled(path, b)
		v.From = &from
	}
}

func (r *Renderer) source(v *QuoteView, path string, s *site.Speaker) {
	if s == nil {
		return
	}
	v.Source = s.Name()
	if s.Entity != nil {
		v.SourceHref = s.Entity.Link().From(path)
	}
	v.How = r.how(s)
	v.Via = s.Passage.InWords(r.l, s.Via)
}

// how says how a source is named and how it knows, with the article's own words
// where they differ from the name.
func (r *Renderer) how(s *site.Speaker) string {
	var parts []string
	switch words, beside := s.Called(); {
	case beside:
		parts = append(parts, r.l.Quote(words))
	case words != "":
		parts = append(parts, r.l.Say("source.named-here", "words", r.l.Quote(words)))
	}
	if key := "source.how." + s.Naming; s.Unclear() {
		parts = append(parts, r.l.Text("source.how.unclear"))
	} else if r.l.Has(key) {
		parts = append(parts, r.l.Text(key))
	}
	if s.Access != "" && !strings.Contains(s.Passage.Text, s.Access) {
		parts = append(parts, s.Passage.InWords(r.l, s.Access))
	}
	if s.Reason != "" && !strings.Contains(s.Passage.Text, s.Reason) {
		parts = append(parts, s.Passage.InWords(r.l, s.Reason))
	}
	return strings.Join(parts, ", ")
}

func (r *Renderer) item(path string, b *site.Briefing) ItemView {
	return ItemView{
		Titled:    r.titled(path, b),
		Publisher: b.Header.Publisher,
		Date:      r.date(b.Header.Date),
		Length:    r.minutes(b.Header.Minutes),
		Bar:       bar(b.Sentences),
		Strip:     b.Strip(r.l),
	}
}

func (r *Renderer) items(path string, list []*site.Briefing) []ItemView {
	var items []ItemView
	for _, b := range list {
		items = append(items, r.item(path, b))
	}
	return items
}

// bar gives each class present its share in twelfths, at least one.
func bar(c site.SentenceCounts) []BarPart {
	total := c.Total()
	if total == 0 {
		return nil
	}
	var parts []BarPart
	for _, class := range site.Classes {
		n := c.Of(class)
		if n == 0 {
			continue
		}
		w := max(1, (n*12+total/2)/total)
		parts = append(parts, BarPart{string(class), "w" + strconv.Itoa(w)})
	}
	return parts
}

func (r *Renderer) minutes(n int) string {
	if n <= 0 {
		return ""
	}
	return r.l.Count("count.minutes", n)
}

// who lists the entities a briefing mentions, those that speak or are named
// most first; the rest follow in more.
func (r *Renderer) who(path string, as []*site.Appearance, show int) (first, more []WhoView) {
	as = slices.Clone(as)
	stable.Sort(as, func(a, b *site.Appearance) int {
		return cmp.Or(cmp.Compare(b.Voice, a.Voice), cmp.Compare(b.Mentions, a.Mentions))
	})
	for i, a := range as {
		v := WhoView{
			ID:    "who-" + string(a.Entity.Kind) + "-" + a.Entity.Slug,
			Href:  a.Entity.Link().From(path),
			Name:  a.Entity.Name,
			Cites: r.cite(path, a.First),
		}
		for _, role := range a.Roles {
			if w := r.words(a.Briefing, role.Text); !slices.Contains(v.Roles, w) {
				v.Roles = append(v.Roles, w)
			}
		}
		x := a.Entity.Elsewhere(a.Briefing)
		switch {
		case x.Briefings == 0:
		case x.Earlier:
			v.Elsewhere = r.l.Count("briefing.earlier", x.Briefings)
		case x.More:
			v.Elsewhere = r.l.Say("briefing.elsewhere.more", "n", r.l.Number(x.Briefings))
		default:
			v.Elsewhere = r.l.Count("briefing.elsewhere", x.Briefings)
		}
		if q := x.Last; q != nil {
			v.Last = r.words(q.Passage.Briefing, q.Passage.Text)
		}
		if i < show || len(as) <= show+2 {
			first = append(first, v)
		} else {
			more = append(more, v)
		}
	}
	return first, more
}
