package render

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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

// A searchOrder has what can be found in the order in which search numbers it: first
// what comes in no order, by numbers that another leaves as they are, which are the
// reports without a date; then the others and the names in them as they came to the
// site, so that a new report, and the names that it brings, come last; then what else
// comes in no order.
type searchOrder struct {
	numbers   []int // of all, as package searchindex has them
	briefings []*site.Briefing
	at        []int // of each briefing, by its Order: its place in briefings
	entities  []*site.Entity
	entity    []int // of each of those: its place in numbers
	pages     []int // of each of the editor's pages: its place in numbers
	edition   int   // its place in numbers
}

func (r *Renderer) searchOrder() searchOrder {
	s := r.site
	o := searchOrder{briefings: s.OldestFirst(), at: make([]int, len(s.Briefings))}
	// Reports without a date come first.
	undated := 0
	for undated < len(o.briefings) && !o.briefings[undated].Header.Date.Known() {
		undated++
	}
	names := make([]string, undated)
	for i, b := range o.briefings[:undated] {
		names[i] = b.Slug
	}
	order, next := o.slots(names, 0)
	bySlot := make([]*site.Briefing, undated)
	for i, k := range order {
		bySlot[i] = o.briefings[k]
	}
	copy(o.briefings, bySlot)
	next = o.row(len(o.briefings)-undated, next)

	met := map[*site.Entity]bool{}
	note := func(e *site.Entity) {
		if !met[e] {
			met[e] = true
			o.entities = append(o.entities, e)
		}
	}
	for i, b := range o.briefings {
		o.at[b.Order()] = i
		if i < undated {
			continue
		}
		for _, n := range b.Named() {
			note(n.Entity)
		}
	}
	first := len(o.numbers)
	dated := len(o.entities)
	next = o.row(dated, next)
	for i := range dated {
		o.entity = append(o.entity, first+i)
	}

	// All that is left: the edition, the editor's pages, other names.
	names = names[:0]
	if r.hasEdition() {
		names = append(names, site.EditionPath)
	}
	own := len(names)
	for _, p := range s.Pages {
		names = append(names, p.Path)
	}
	for _, b := range o.briefings[:undated] {
		for _, n := range b.Named() {
			note(n.Entity)
		}
	}
	for _, kind := range site.Kinds {
		for _, e := range s.EntitiesOf(kind) {
			note(e) // may be named by a file of its own alone
		}
	}
	rest := slices.Clone(o.entities[dated:])
	o.entities = o.entities[:dated]
	for _, e := range rest {
		names = append(names, e.Path)
	}
	first = len(o.numbers)
	order, _ = o.slots(names, next)
	o.pages = make([]int, len(s.Pages))
	for i, k := range order {
		switch {
		case k < own:
			o.edition = first + i
		case k < own+len(s.Pages):
			o.pages[k-own] = first + i
		default:
			o.entities = append(o.entities, rest[k-own-len(s.Pages)])
			o.entity = append(o.entity, first+i)
		}
	}
	return o
}

// slots numbers things by their names, from a number on. It returns their order by
// those numbers, and which comes after.
func (o *searchOrder) slots(names []string, from int) (order []int, next int) {
	at := searchindex.Slots(names)
	order = make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return at[a] - at[b] })
	for _, k := range order {
		o.numbers = append(o.numbers, from+at[k])
	}
	return order, from + searchindex.SlotRoom(len(names))
}

// row numbers n things one after the other, and returns the number that comes after.
func (o *searchOrder) row(n, from int) (next int) {
	for i := range n {
		o.numbers = append(o.numbers, from+i)
	}
	return from + searchindex.Room(n)
}

// searchDoc is what search knows of a briefing: its headline and who published and
// wrote it, every block of the text, what else its page says in words that stand in none of
// these, and the sections that an editor wrote.
func (r *Renderer) searchDoc(b *site.Briefing, s *site.Page, v *BriefingPage) searchindex.Doc {
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
	passage := func(id, text, lang string) {
		if text = oneSpace(text); text != "" {
			d.Blocks = append(d.Blocks, searchindex.Block{ID: id, Text: text, Own: lang == ""})
		}
	}
	// Who wrote it stands below the title; not where it would fill the page.
	if utf8.RuneCountInString(v.Byline) <= longByline {
		d.Meta = strings.TrimPrefix(strings.TrimSuffix(d.Meta+" · "+v.Byline, " · "), " · ")
	} else {
		passage("main", v.Byline, d.Lang)
	}
	d.Blocks = slices.Grow(d.Blocks, len(s.Text)+len(s.SetAside)+16)
	from := len(d.Blocks)
	var room []byte
	for i := range s.Text {
		block := &s.Text[i]
		if block.Role == article.Headline {
			continue
		}
		room = appendText(room[:0], block.Inlines)
		sb := searchindex.Block{ID: block.ID, Text: oneSpace(string(room))}
		for _, c := range site.Classes {
			if !b.Unread() && hasClass(block.Inlines, c) {
				sb.Facets = append(sb.Facets, "word:"+string(c))
			}
		}
		d.Blocks = append(d.Blocks, sb)
	}
	to := len(d.Blocks)
	// inText reports whether words can be found in the text already.
	inText := func(words string) bool {
		words = oneSpace(words)
		return words == h.Title || slices.ContainsFunc(d.Blocks[from:to], func(p searchindex.Block) bool { return strings.Contains(p.Text, words) })
	}
	// What the page says beside the text is found too, after it.
	if !inText(v.Dek) {
		passage("main", v.Dek, d.Lang)
	}
	// An editor may have put a key point into other words.
	for i, k := range s.KeyPoints {
		if !inText(k.Text) {
			passage("key-"+strconv.Itoa(i+1), k.Text, r.point(b, s, k).Lang)
		}
	}
	for _, a := range s.SetAside {
		passage(a.ID, a.Text, d.Lang)
	}
	for _, c := range v.Cast {
		var names []string
		for _, w := range slices.Concat(c.Items, c.More) {
			if !inText(w.Name) {
				names = append(names, w.Name)
			}
		}
		passage(c.ID, l.Row(names), "")
	}
	passage("sourcing", b.Strip(l), "")
	passage("source-summary", strings.Join(b.SourceStatement(l), " "), "")
	passage("timeline", daysOf(v.Timeline, v.Planned), "")
	for _, c := range s.Caveats {
		passage("caveats", c.Text, "")
	}
	passage("made", b.Header.Origin().Seed, "")
	// What an editor wrote comes last, so that all before it stays where it is.
	for _, sec := range v.Sections {
		passage(sec.ID, sec.Title, "")
		for _, text := range passages(string(sec.HTML)) {
			passage(sec.ID, text, "")
		}
	}
	return d
}

// longByline is how many characters a byline may have and still stand below the
// title of a result.
const longByline = 120

// daysOf lists the days of some timelines, in the words of the page.
func daysOf(list ...*TimesView) string {
	var out []string
	for _, v := range list {
		if v == nil {
			continue
		}
		for _, row := range v.Rows {
			if !slices.Contains(out, row.When) {
				out = append(out, row.When)
			}
		}
	}
	return strings.Join(out, " · ")
}

// hasClass reports whether one of the sentences rests on the word of that class. They
// stand at the top of a block.
func hasClass(block []site.Inline, c site.Class) bool {
	return slices.ContainsFunc(block, func(n site.Inline) bool { return n.Kind == site.SentenceInline && n.Class == c })
}

// entityDoc is what search knows of an entity: its names and roles, and what the
// editor wrote of it.
func entityDoc(l *label.Set, e *site.Entity, v *EntityPage) searchindex.Doc {
	d := searchindex.Doc{Path: e.Path, Title: e.Name, Kind: string(e.Kind), Facets: []string{"kind:" + string(e.Kind)}, Meta: l.Count("count.briefings", e.Briefings())}
	var other, more []string
	for n := range e.Wordings() {
		switch {
		case n == e.Name:
		case len(other) < shownNames:
			other = append(other, n)
		case len(more) < moreNames:
			more = append(more, n)
		}
	}
	if len(other) > 0 {
		d.Meta = l.Say("search.also", "names", l.Row(other), "rest", d.Meta)
	}
	last, ok := e.LastRole()
	if ok {
		d.Meta = l.Say("search.role", "role", last.Text, "rest", d.Meta)
	}
	for _, text := range passages(string(v.Intro)) {
		d.Blocks = append(d.Blocks, searchindex.Block{ID: "main", Text: text})
	}
	var roles []string
	for _, role := range v.Roles {
		if role.Text != last.Text && !role.Same && len(roles) < moreRoles {
			roles = append(roles, role.Text)
		}
	}
	for _, b := range []searchindex.Block{{ID: "roles", Text: l.Row(roles)}, {ID: "names", Text: l.Row(more)}} {
		if b.Text != "" {
			d.Blocks = append(d.Blocks, b)
		}
	}
	return d
}

// How many names and roles search knows of an entity: those that a result shows
// below its own, and those that it is found by besides.
const (
	shownNames = 5
	moreNames  = 50
	moreRoles  = 20
)
