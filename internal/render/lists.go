package render

import (
	"iter"
	"strconv"
	"strings"

	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/site"
)

// A PagerView leads through the pages of a list.
type PagerView struct {
	Pages []PagerItem // empty when there is one page only
}

// A PagerItem is one page of a list.
type PagerItem struct {
	Href, Text string
	Current    bool
}

// listPage is the frame of page n of a list.
func (r *Renderer) listPage(p paging, heading, description string, n int) (Page, PagerView) {
	v := r.page(p.at(n), heading, description)
	if n > 1 {
		k, undated := p.number(n)
		title, description := "page.title", "page.description"
		if undated {
			title, description = "page.title.undated", "page.description.undated"
		}
		v.Title = r.l.Say("title", "page", r.l.Say(title, "page", heading, "n", strconv.Itoa(k)), "site", r.site.Config.Title)
		v.Description = r.l.Say(description, "description", v.Description, "n", strconv.Itoa(k))
	}
	return v, r.pager(p, n)
}

// A BriefingsPage lists the briefings.
type BriefingsPage struct {
	Page
	Items []ItemView
	Pager PagerView
}

func (r *Renderer) briefingsPage(p paging, n int) *BriefingsPage {
	v := &BriefingsPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.briefings"), r.l.Text("briefings.description"), n)
	v.Items = r.items(v.Path, itemsOf(p, r.site.Briefings, n))
	return v
}

// An EntitiesPage lists the people, organizations, places or events by name.
type EntitiesPage struct {
	Page
	Letters []LetterView
	Pager   PagerView
	Map     *MapView // of places, on the first page
	Total   string
}

// mapPlaces is how many places the map of all places shows at most.
const mapPlaces = 60

// A LetterView is the entries under one letter.
type LetterView struct {
	ID, Letter string
	Items      []EntityItem
}

// An EntityItem is an entity in an A–Z list.
type EntityItem struct {
	Href, Name string
	Role       Words  // as the latest report words it
	Apart      string // tells it from others of its name
	Count      string
}

func (r *Renderer) entitiesPage(kind dialect.Class, p paging, n int) *EntitiesPage {
	v := &EntitiesPage{}
	v.Page, v.Pager = r.listPage(p, r.kinds(kind), r.l.Text("entities.description."+string(kind)), n)
	all := r.site.EntitiesOf(kind)
	v.Total = r.l.Count("count."+string(kind), len(all))
	v.Map = r.mapFigure(v.Path, r.onMap(kind, n), 2, false)
	for _, e := range itemsOf(p, all, n) {
		if k := len(v.Letters); k == 0 || v.Letters[k-1].Letter != e.Letter {
			v.Letters = append(v.Letters, LetterView{"letter-" + strconv.Itoa(k+1), e.Letter, nil})
		}
		l := &v.Letters[len(v.Letters)-1]
		l.Items = append(l.Items, r.entityItem(v.Path, e))
	}
	return v
}

// onMap returns the places that the map of page n of a list shows.
func (r *Renderer) onMap(kind dialect.Class, n int) []*site.Entity {
	if kind != dialect.Place || n > 1 {
		return nil
	}
	return mostMentioned(r.site.Places, mapPlaces)
}

func (r *Renderer) entityItem(path string, e *site.Entity) EntityItem {
	it := EntityItem{Href: e.Link().From(path), Name: e.Name, Apart: r.apart(e)}
	if n := e.Briefings(); n > 1 {
		it.Count = r.l.Count("count.briefings", n)
	}
	if role, ok := e.LastRole(); ok {
		it.Role = r.words(role.Passage.Briefing, role.Text)
	}
	return it
}

// nameOf is what two entities of one kind share when they are told apart by
// something else.
type nameOf struct {
	kind dialect.Class
	name string
}

// apart tells an entity from others of its kind and name: by where it is named.
func (r *Renderer) apart(e *site.Entity) string {
	if r.names[nameOf{e.Kind, e.Name}] < 2 {
		return ""
	}
	if e.Briefings() == 0 {
		return "(" + e.Slug + ")"
	}
	return r.l.Say("entity.in", "title", oneLine(e.Briefing(0).Header.Title, 60))
}

// A QuotationsPage lists the quotations.
type QuotationsPage struct {
	Page
	Groups []QuoteGroup
	Pager  PagerView
}

// A QuoteGroup has quotations of one briefing.
type QuoteGroup struct {
	Titled
	Quotes []QuoteView
}

func (r *Renderer) quotationsPage(p paging, n int) *QuotationsPage {
	v := &QuotationsPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.quotations"), r.l.Text("quotations.description"), n)
	for _, q := range r.site.Quotations(p.bounds(n)) {
		q := r.quote(v.Path, q)
		if k := len(v.Groups); k == 0 || v.Groups[k-1].Titled != *q.From {
			v.Groups = append(v.Groups, QuoteGroup{Titled: *q.From})
		}
		q.From = nil // it stands above
		g := &v.Groups[len(v.Groups)-1]
		g.Quotes = append(g.Quotes, q)
	}
	return v
}

// A TimelinePage lists what the briefings date.
type TimelinePage struct {
	Page
	Figure            *FigureView
	Resolved, Planned *TimesView
	Unresolved        []TimeView
	Pager             PagerView
}

func (r *Renderer) timelinePage(p paging, n int) *TimelinePage {
	v := &TimelinePage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.timeline"), r.l.Text("timeline.dek"), n)
	t := &r.site.Times
	if n == 1 {
		v.Figure = r.timelineFigure(dated{len(t.Resolved), one(t.EachResolved)}, dated{len(t.Planned), one(t.EachPlanned)}, "", func(p site.Passage) string { return r.at(v.Path, p) }, dotWords)
	}
	v.Resolved, v.Planned, v.Unresolved = r.times(v.Path, t.Part(t.Pages[n-1]))
	return v
}

// one returns the entry at a place of a timeline.
func one(each func(from, to int) iter.Seq[*site.TimelineEntry]) func(i int) *site.TimelineEntry {
	return func(i int) *site.TimelineEntry {
		for e := range each(i, i+1) {
			return e
		}
		return &site.TimelineEntry{} // it cannot be read: it has no day
	}
}

// A GlossaryPage lists the abbreviations.
type GlossaryPage struct {
	Page
	Entries []GlossaryView
	Pager   PagerView
}

// A GlossaryView is one abbreviation.
type GlossaryView struct {
	ID, Href    string
	Short, Long Words
	Cites       []Titled
}

func (r *Renderer) glossaryPage(p paging, n int) *GlossaryPage {
	v := &GlossaryPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.glossary"), r.l.Text("glossary.dek"), n)
	for _, g := range itemsOf(p, r.site.Glossary, n) {
		gv := GlossaryView{ID: g.ID, Short: Words{Text: g.Short}, Long: Words{Text: g.Long}}
		if g.Entity != nil {
			gv.Href = g.Entity.Link().From(v.Path)
		}
		for _, t := range g.Terms() {
			b := t.Passage.Briefing
			if b == nil {
				continue
			}
			gv.Short, gv.Long = r.words(b, g.Short), r.words(b, g.Long)
			gv.Cites = append(gv.Cites, Titled{r.at(v.Path, t.Passage), r.words(b, b.Header.Title)})
		}
		v.Entries = append(v.Entries, gv)
	}
	return v
}

// A SourcingPage shows, publisher by publisher, whose word its reports rest on.
type SourcingPage struct {
	Page
	Figure     *FigureView
	Publishers []PublisherView
	Pager      PagerView
}

// A PublisherView is one publisher.
type PublisherView struct {
	ID, Name string
	Counts   []CountView // none where Total is 0
	Total    int
	Unread   string // how many of its briefings do not count, in words
	Items    []Titled
	More     string // how many briefings are not among them
	All      string // leads to the list of all briefings
	Examples []ExampleView
}

// How many briefings of a publisher are listed: all of mostOfPublisher, and of more the
// newest fewOfPublisher.
const (
	mostOfPublisher = 25
	fewOfPublisher  = 20
)

// A CountView is a number of sentences of a class.
type CountView struct {
	Class, Label string
	N            int
	Share        string
}

// An ExampleView is a passage that shows a class.
type ExampleView struct {
	Class, Label, Href string
	Words
}

func (r *Renderer) sourcingPage(p paging, n int) *SourcingPage {
	v := &SourcingPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.sourcing"), r.l.Text("sourcing.description"), n)
	list := itemsOf(p, r.site.Publishers, n)
	v.Figure = sourcingFigure(r.l, counted(list))
	for _, p := range list {
		pv := PublisherView{ID: p.ID, Name: p.Name, Total: p.Sentences.Total()}
		if pv.Name == "" {
			pv.Name = r.l.Text("publisher.unknown")
		}
		if n := p.Unread(); n > 0 {
			pv.Unread = label.Sentence(r.l.Count("sourcing.unread", n))
		}
		for _, c := range site.Classes {
			if pv.Total == 0 && pv.Unread != "" {
				break
			}
			k := p.Sentences.Of(c)
			pv.Counts = append(pv.Counts, CountView{string(c), label.Sentence(c.Label(r.l)), k, share(r.l, k, pv.Total)})
			if c == site.OwnWord {
				continue
			}
			for _, e := range p.Examples[c] {
				pv.Examples = append(pv.Examples, ExampleView{string(c), label.Sentence(c.Label(r.l)), r.at(v.Path, e), r.words(e.Briefing, strings.TrimSpace(e.Text))})
			}
		}
		shown := p.Briefings
		if n := len(shown); n > mostOfPublisher {
			shown = shown[:fewOfPublisher]
			pv.More, pv.All = r.l.Number(n-fewOfPublisher), site.Relative(v.Path, site.BriefingsPath)
		}
		for _, b := range shown {
			pv.Items = append(pv.Items, r.titled(v.Path, b))
		}
		v.Publishers = append(v.Publishers, pv)
	}
	return v
}

// counted returns those of the publishers of which sentences count.
func counted(list []*site.Publisher) []*site.Publisher {
	var out []*site.Publisher
	for _, p := range list {
		if p.Sentences.Total() > 0 || p.Unread() == 0 {
			out = append(out, p)
		}
	}
	return out
}

func share(l *label.Set, n, of int) string {
	if of == 0 {
		return ""
	}
	return l.Say("percent", "n", strconv.Itoa((n*100+of/2)/of))
}
