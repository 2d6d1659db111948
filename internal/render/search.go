package render

import (
	"strconv"
	"strings"

	"readout/internal/article"
	"readout/internal/dialect"
	"readout/internal/label"
	"readout/internal/searchindex"
	"readout/internal/site"
)

// A SearchBox is the search form of a page.
type SearchBox struct {
	Index string // path of the page that stands in its place without scripts
}

// A SearchPage has the search form and, without scripts, the lists by letter
// and topic.
type SearchPage struct {
	Page
	Search SearchBox
	Topics []Anchor
}

func (r *Renderer) searchBox(p *Page) SearchBox {
	p.Scripts = append(p.Scripts, p.Root+r.assets.search)
	return SearchBox{site.Relative(p.Path, site.SearchPath)}
}

func (r *Renderer) searchPage() *SearchPage {
	v := &SearchPage{Page: r.page(site.SearchPath, r.l.Text("nav.search"), r.l.Text("search.description"))}
	v.Search = r.searchBox(&v.Page)
	for _, a := range r.footNav {
		if a.Href != site.SearchPath && a.Href != site.HomePath {
			v.Topics = append(v.Topics, Anchor{site.Relative(v.Path, a.Href), a.Text})
		}
	}
	return v
}

// searchFolder is where the index of the search box lies.
const searchFolder = "search"

// searchIndex returns the index for all that can be found in the site.
func (r *Renderer) searchIndex(emit Emit) *searchindex.Index {
	more := len(r.site.Pages)
	for _, kind := range site.Kinds {
		more += len(r.site.EntitiesOf(kind))
	}
	if r.hasEdition() {
		more++
	}
	return searchindex.New(len(r.site.Briefings), more, searchFolder, emit)
}

// A searchOrder has what can be found in the order in which search numbers it: as
// it came to the site, so that a new report, and the names that it brings, come
// last.
type searchOrder struct {
	briefings []*site.Briefing
	at        []int // of each briefing, by its Order: its place in briefings
	entities  []*site.Entity
}

func (r *Renderer) searchOrder() searchOrder {
	o := searchOrder{briefings: r.site.OldestFirst(), at: make([]int, len(r.site.Briefings))}
	for _, kind := range site.Kinds {
		for _, e := range r.site.EntitiesOf(kind) {
			if e.Briefings() == 0 {
				o.entities = append(o.entities, e) // named by a file of its own alone
			}
		}
	}
	met := map[*site.Entity]bool{}
	for i, b := range o.briefings {
		o.at[b.Order()] = i
		for _, n := range b.Named() {
			if !met[n.Entity] {
				met[n.Entity] = true
				o.entities = append(o.entities, n.Entity)
			}
		}
	}
	return o
}

// searchDoc is what search knows of a briefing: its headline, its key points
// where the text is not published, and every block of the text.
func (r *Renderer) searchDoc(b *site.Briefing, s *site.Page) searchindex.Doc {
	h, l := b.Header, r.l
	d := searchindex.Doc{Path: b.Path, Title: h.Title, Lang: r.words(b, h.Title).Lang, Meta: h.Publisher, Facets: []string{"kind:briefing"}}
	if h.Date.Known() {
		d.Meta = strings.TrimPrefix(d.Meta+", "+l.Date(h.Date.Day()), ", ")
	}
	if h.Publisher != "" {
		d.Facets = append(d.Facets, "publisher:"+h.Publisher)
	}
	for _, n := range b.Named() {
		if n.Entity.Kind == dialect.Person {
			d.Facets = append(d.Facets, "person:"+n.Entity.Name)
		}
	}
	if len(s.Text) == 0 {
		for i, k := range s.KeyPoints {
			d.Blocks = append(d.Blocks, searchindex.Block{ID: "key-" + strconv.Itoa(i+1), Text: k.Text, Own: r.point(b, s, k).Lang == ""})
		}
	}
	// What the briefing says of its article is found too, after the text.
	say := func(id string, texts ...string) {
		if text := strings.TrimSpace(strings.Join(texts, " ")); text != "" {
			d.Blocks = append(d.Blocks, searchindex.Block{ID: id, Text: text, Own: true})
		}
	}
	for i := range s.Text {
		block := &s.Text[i]
		if block.Role == article.Headline {
			continue
		}
		var text strings.Builder
		classes := map[site.Class]bool{}
		gatherText(block.Inlines, &text, classes)
		sb := searchindex.Block{ID: block.ID, Text: strings.Join(strings.Fields(text.String()), " ")}
		for _, c := range site.Classes {
			if classes[c] && !b.Unread() {
				sb.Facets = append(sb.Facets, "word:"+string(c))
			}
		}
		d.Blocks = append(d.Blocks, sb)
	}
	say("sourcing", b.Strip(l))
	say("source-summary", b.SourceStatement(l)...)
	for _, c := range s.Caveats {
		say("caveats", c.Text)
	}
	return d
}

func gatherText(list []site.Inline, b *strings.Builder, classes map[site.Class]bool) {
	for i := range list {
		n := &list[i]
		b.WriteString(n.Text)
		if n.Kind == site.SentenceInline {
			classes[n.Class] = true
		}
		gatherText(n.Children, b, classes)
	}
}

// entityDoc is what search knows of an entity: its names and roles.
func entityDoc(l *label.Set, e *site.Entity) searchindex.Doc {
	d := searchindex.Doc{Path: e.Path, Title: e.Name, Kind: string(e.Kind), Facets: []string{"kind:" + string(e.Kind)}, Meta: l.Count("count.briefings", e.Briefings())}
	var other []string
	for n := range e.Wordings() {
		if n != e.Name && len(other) < 5 {
			other = append(other, n)
		}
	}
	if len(other) > 0 {
		d.Meta = l.Say("search.also", "names", l.Row(other), "rest", d.Meta)
	}
	if role, ok := e.LastRole(); ok {
		d.Meta = l.Say("search.role", "role", role.Text, "rest", d.Meta)
	}
	return d
}
