package render

import (
	"html/template"

	"readout/internal/content"
	"readout/internal/label"
	"readout/internal/site"
)

// A HomePage is the first page of a site.
type HomePage struct {
	Page
	Intro     template.HTML
	Lede      string // what the site holds, in one sentence
	Stories   []StoryItem
	Briefings []ItemView
	More      *Anchor // to the other briefings
	Cast      []GlanceView
	Search    SearchBox
}

// A GlanceView is the entities of one kind that most briefings mention.
type GlanceView struct {
	ID, Title string
	Items     []EntityItem
	All       Anchor
}

// Home shows this many briefings and entities of a kind.
const (
	homeBriefings = 20
	homeEntities  = 10
)

func (r *Renderer) homePage() (*HomePage, error) {
	s := r.site
	v := &HomePage{Page: r.page(site.HomePath, s.Config.Title, s.Config.Description)}
	v.Title, v.Class = s.Config.Title, "paged"
	t := s.Totals
	counts := []string{r.l.Count("count.briefings", t.Briefings)}
	if t.Quotations > 0 {
		counts = append(counts, r.l.Count("count.quotations", t.Quotations))
	}
	if t.People > 0 {
		counts = append(counts, r.l.Count("count.people", t.People))
	}
	v.Lede = r.l.Say("home.lede", "counts", r.l.Row(counts))
	if s.Config.Description == "" {
		v.Description = oneLine(v.Lede, 200)
	}
	var err error
	if v.Intro, err = r.markdown(ownText{s.Intro, content.IndexPath, s.IntroLine, v.Path, 2, "own"}); err != nil {
		return nil, err
	}
	for i, st := range s.Stories {
		if i == homeBriefings {
			break
		}
		v.Stories = append(v.Stories, r.storyItem(v.Path, st))
	}
	v.Briefings = r.items(v.Path, s.Briefings[:min(len(s.Briefings), homeBriefings)])
	if len(s.Briefings) > homeBriefings {
		v.More = &Anchor{site.Relative(v.Path, site.BriefingsPath), r.l.Count("home.all.briefings", len(s.Briefings))}
	}
	for _, kind := range site.Kinds {
		all := s.EntitiesOf(kind)
		if len(all) == 0 {
			continue
		}
		g := GlanceView{ID: site.Folder(kind), Title: r.kinds(kind), All: Anchor{site.Relative(v.Path, site.Folder(kind)+".html"), r.l.Text("home.all." + string(kind))}}
		for _, e := range mostMentioned(all, homeEntities) {
			g.Items = append(g.Items, r.entityItem(v.Path, e))
		}
		v.Cast = append(v.Cast, g)
	}
	v.Search = r.searchBox(&v.Page)
	return v, nil
}

// mostMentioned returns up to n entities, those that most briefings mention
// first, without sorting the whole list.
func mostMentioned(all []*site.Entity, n int) []*site.Entity {
	var top []*site.Entity
	more := func(a, b *site.Entity) bool {
		if x, y := a.Briefings(), b.Briefings(); x != y {
			return x > y
		}
		return a.Mentions() > b.Mentions()
	}
	for _, e := range all {
		i := len(top)
		for i > 0 && more(e, top[i-1]) {
			i--
		}
		if i == n {
			continue
		}
		if len(top) < n {
			top = append(top, nil)
		}
		copy(top[i+1:], top[i:])
		top[i] = e
	}
	return top
}

// An AboutPage explains to a reader how annotations are made, what the classes
// mean and where they fail.
type AboutPage struct {
	Page
	Classes []ClassView
	Start   string // the list of sources
	Text    string // how much of the articles is published: "full", "excerpts", "none"
}

// A ClassView explains one class of sourcing.
type ClassView struct{ Class, Label, Explain string }

func (r *Renderer) aboutPage() *AboutPage {
	v := &AboutPage{Page: r.page(site.AboutPath, r.l.Text("about.title"), r.l.Text("about.description")), Start: site.StartPath, Text: r.site.Config.Text}
	for _, c := range site.Classes {
		v.Classes = append(v.Classes, ClassView{string(c), label.Sentence(c.Label(r.l)), c.Explain(r.l)})
	}
	return v
}

// A NotFoundPage is shown for an address that leads to nothing.
type NotFoundPage struct{ Page }

func (r *Renderer) notFoundPage() *NotFoundPage {
	return &NotFoundPage{r.page(site.NotFoundPath, r.l.Text("notfound.title"), r.l.Text("notfound.description"))}
}

// A MovedPage stands where a story was that has become part of another, or an
// entity that an editor has joined with another, and leads there.
type MovedPage struct {
	Page
	To    Titled
	Story bool
}

func (r *Renderer) movedStory(path string, st *site.Story) *MovedPage {
	p := &MovedPage{r.page(path, st.Title, r.l.Text("story.moved.description")), r.storyTitled(path, st), true}
	p.Refresh = p.To.Href
	return p
}

func (r *Renderer) movedEntity(path string, e *site.Entity) *MovedPage {
	to := Titled{Href: e.Link().From(path), Words: Words{Text: e.Name}}
	p := &MovedPage{r.page(path, e.Name, r.l.Text("entity.moved.description")), to, false}
	p.Refresh = p.To.Href
	return p
}
