package render

import (
	"html/template"
	"slices"

	"readout/internal/dialect"
	"readout/internal/export"
	"readout/internal/label"
	"readout/internal/site"
)

// An EntityPage is the page of one person, organization, place or event.
type EntityPage struct {
	Page
	Kind        string // "Person"
	Lede        string
	Intro       template.HTML // the editor's words
	Names       []NameView
	Roles       []RoleView
	Quotes      []QuoteView
	Statements  *StatementsView
	MoreQuotes  string // what is left out; "" for nothing
	Appearances []AppearanceView
	MoreTexts   string
	Together    []EntityItem
	Stories     []Titled
	SameAs      []Anchor
	Merges      []MergeView
	Map         *MapView
}

// A NameView is one wording of a name.
type NameView struct {
	Text, Count string
	Cites       []Cite
}

// A RoleView is a role as one report words it.
type RoleView struct {
	Words
	Date  DateView
	From  Titled
	Same  bool // the words are those of the one before
	Cites []Cite
}

// An AppearanceView is the entity in one briefing.
type AppearanceView struct {
	Item     ItemView
	Mentions string
	Cites    []Cite
}

// A MergeView says why a name is taken for this entity.
type MergeView struct {
	Name, Why string
	From      *Titled
}

// Entity pages show this many of each; the rest is told as a number.
const (
	entityQuotes      = 60
	entityAppearances = 100
)

func (r *Renderer) entityPage(e *site.Entity) (*EntityPage, error) {
	v := &EntityPage{Kind: r.l.Text("kind." + string(e.Kind))}
	n := e.Briefings()
	v.Lede = r.l.Say("entity.lede", "times", r.l.Count("count.times", e.Mentions()), "briefings", r.l.Count("entity.lede.briefings", n))
	if n == 0 {
		v.Lede = r.l.Text("entity.lede.none")
	}
	v.Page = r.page(e.Path, e.Name, r.l.Say("entity.description", "name", e.Name, "lede", v.Lede))
	kind := r.l.Text("mark." + string(e.Kind))
	title := r.l.Say("entity.title", "name", e.Name, "kind", kind)
	if a := r.apart(e); a != "" {
		title = r.l.Say("entity.title.slug", "name", e.Name, "kind", kind, "slug", e.Slug)
		v.Lede = r.l.Say("entity.apart", "where", a, "lede", v.Lede)
	}
	v.Title = r.l.Say("title", "page", title, "site", r.site.Config.Title)
	var err error
	if v.Intro, err = r.markdown(ownText{e.Text, e.File, e.TextRow, e.Path, 2, "own"}); err != nil {
		return nil, err
	}
	for _, s := range e.Names() {
		v.Names = append(v.Names, NameView{s.Text, r.l.Count("count.times", s.Count), r.cite(e.Path, s.First)})
	}
	roles := e.Roles()
	for _, role := range roles {
		b := role.Passage.Briefing
		if b == nil {
			continue
		}
		rv := RoleView{Words: r.words(b, role.Text), Date: r.date(b.Header.Date), From: Titled{r.at(e.Path, role.Passage), r.words(b, b.Header.Title)}}
		at := len(v.Roles)
		for i := range v.Roles {
			if v.Roles[i].Words == rv.Words {
				at, rv.Same = i+1, true // one role is told once, with all its reports
			}
		}
		v.Roles = slices.Insert(v.Roles, at, rv)
	}
	for _, q := range e.Quotations(entityQuotes) {
		v.Quotes = append(v.Quotes, r.quote(e.Path, q))
	}
	if k := e.Stated(); k > 0 {
		v.Statements = &StatementsView{Summary: r.l.Count("count.statements", k)}
		for _, st := range e.Statements(entityQuotes) {
			v.Statements.Items = append(v.Statements.Items, r.statement(e.Path, st))
		}
	}
	for _, a := range e.Appearances(entityAppearances) {
		v.Appearances = append(v.Appearances, AppearanceView{r.item(e.Path, a.Briefing), r.l.Count("entity.named", a.Mentions), r.cite(e.Path, a.First)})
	}
	v.MoreQuotes = leftOut(r.l, "entity.quotations.more", e.Quoted(), entityQuotes)
	v.MoreTexts = leftOut(r.l, "entity.briefings.more", n, entityAppearances)
	for _, t := range e.Together() {
		it := EntityItem{Href: t.Entity.Link().From(e.Path), Name: t.Entity.Name}
		if t.Briefings > 1 {
			it.Count = r.l.Count("count.briefings", t.Briefings)
		}
		v.Together = append(v.Together, it)
	}
	for _, st := range e.Stories {
		v.Stories = append(v.Stories, r.storyTitled(e.Path, st))
	}
	for _, u := range e.SameAs {
		if u := webURL(u); u != "" {
			v.SameAs = append(v.SameAs, Anchor{u, u})
		}
	}
	for _, m := range e.Merges {
		from := r.titled(e.Path, m.Briefing)
		v.Merges = append(v.Merges, MergeView{Name: m.Name, Why: m.Why, From: &from})
	}
	if e.Kind == dialect.Place {
		v.Map = r.mapFigure(e.Path, []*site.Entity{e}, 1, false)
	}
	v.Data = export.Entity(r.site, e, roles)
	return v, nil
}

// leftOut says that a list shows a part only, and where the rest is.
func leftOut(l *label.Set, key string, n, shown int) string {
	if n <= shown {
		return ""
	}
	return l.Say(key, "shown", l.Number(shown), "n", l.Number(n))
}
