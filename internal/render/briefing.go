package render

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"readout/internal/dialect"
	"readout/internal/export"
	"readout/internal/label"
	"readout/internal/site"
	"readout/internal/stable"
)

// A BriefingPage is the page of one briefing.
type BriefingPage struct {
	Page
	Derived       bool // the headline is made from the lead
	Long          bool // the headline is too long to be set large
	Dek           string
	Publisher     string
	PublisherHref string
	Byline        string
	Date          DateView
	Length        string
	Original      string // URL of the article
	Strip         *StripView

	Brief          bool // lists beside the text tell the first words of each passage
	Points         []PointView
	Contents       []Anchor
	Cast           []CastView
	Terms          []TermView
	Quotes         []QuoteView
	Statements     *StatementsView
	Summary        []string
	Timeline       *TimesView
	TimelineFigure *FigureView
	Planned        *TimesView
	Unresolved     []TimeView
	HasTimes       bool
	Figures        []NumberView
	Caveats        []CaveatView
	Across         []AcrossView

	HasText            bool
	NoText             string // why there is no text
	TextLang, TextDir  string // "" where they are the page's own
	Switches           []SwitchView
	Text               template.HTML
	Aside              template.HTML
	AsideIntro         string
	Sections           []SectionView
	Notes              []NoteView
	Colophon           []string
	Edits              []EditView // what an editor changed
	MoreEdits          string
	Files              []Anchor
	Older, Newer       *Titled
	KeyPointsByMachine bool
}

// A PointView is a key point.
type PointView struct {
	ID string
	Words
	Cites []Cite
}

// A CastView is the entities of one kind.
type CastView struct {
	ID, Title   string
	Items, More []WhoView
	MoreText    string
	Map         *MapView // of places
}

// A TermView is an abbreviation and what it stands for.
type TermView struct {
	ID          string
	Short, Long Words
	Cites       []Cite
}

// A StatementsView holds the reported statements, folded away.
type StatementsView struct {
	Summary string
	Items   []QuoteView
}

// A TimeView is one time expression.
type TimeView struct {
	ISO   string // for a time element; "" where it takes none
	When  string
	Words Words  // as written
	What  Words  // the sentence
	Why   string // why it is unresolved, or how it is told
	Class string // on whose word
	From  *Titled
	Cites []Cite
}

// A NumberView is a figure and what it counts.
type NumberView struct {
	Words Words
	Of    Words // empty where nothing says it
	Cites []Cite
}

// A CaveatView is something to know before relying on the briefing.
type CaveatView struct {
	Text  string
	Cites []Cite
}

// An AcrossView is a related briefing.
type AcrossView struct {
	Titled
	Why string
}

// A SwitchView turns the marks of one kind on and off.
type SwitchView struct {
	Kind, Text string
	Count      int
	On         bool
}

// A SectionView is a section the editor wrote.
type SectionView struct {
	ID, Title string
	HTML      template.HTML
}

// A NoteView is one note.
type NoteView struct {
	N, ID, Ref, Class string
	Kind              string
	Words             Words // the first of what the note is about
	Edited            bool  // an editor made or changed what it is about
	Text              string
	Links             []Titled
}

func (r *Renderer) briefingPage(b *site.Briefing, s *site.Page) (*BriefingPage, error) {
	h, o := b.Header, b.Header.Origin()
	v := &BriefingPage{
		Page:      r.page(b.Path, h.Title, describe(b)),
		Derived:   h.TitleDerived,
		Dek:       o.Dek,
		Publisher: h.Publisher,
		Byline:    strings.Join(o.Byline, ", "),
		Date:      r.date(h.Date),
		Length:    r.minutes(h.Minutes),
		Original:  webURL(o.URL),
		Summary:   b.SourceStatement(r.l),
		HasTimes:  s.Timeline.Len() > 0,
	}
	v.Class, v.OGType = "paged", "article"
	v.Long = utf8.RuneCountInString(h.Title) > longTitle
	besides := r.besides(b)
	v.PublisherHref = besides.publisher
	if v.Title != r.site.Config.Title && besides.sameTitle {
		v.Title = r.l.Say("title", "page", h.Title+" ("+b.Slug+")", "site", r.site.Config.Title)
	}
	if r.base != "" {
		v.ShareImage = r.base + cardPath(b)
	}
	v.Strip = r.strip(b, s)
	v.Brief = r.site.Config.Text == "full" && weight(s) > longText
	v.digests(r, b, s)
	v.text(r, b, s)
	if err := v.sections(r, s); err != nil {
		return nil, err
	}
	v.contents(r.l)
	v.Colophon = colophon(r.l, b, s)
	v.edits(r, b, s)
	v.Files = []Anchor{{site.Relative(b.Path, b.Annotations()), r.l.Text("briefing.annotations")}}
	if b.PlainText() != "" {
		v.Files = append(v.Files, Anchor{site.Relative(b.Path, b.PlainText()), r.l.Text("briefing.plain")})
	}
	if n := b.Newer; n != nil {
		t := r.titled(b.Path, n)
		v.Newer = &t
	}
	if n := b.Older; n != nil {
		t := r.titled(b.Path, n)
		v.Older = &t
	}
	v.Data = export.Article(r.site, b)
	v.Alternates = append(v.Alternates, Alternate{site.Relative(b.Path, b.Annotations()), `application/ld+json`, r.l.Text("briefing.annotations.short")})
	return v, nil
}

// cardPath is where the share card of a briefing lies.
func cardPath(b *site.Briefing) string { return strings.TrimSuffix(b.Path, ".html") + ".png" }

// longTitle is how many characters a headline may have and still be set large.
const longTitle = 110

// A text that weighs more than longText makes a page of more than 25 kB, as the web
// sends it, where its lists tell all passages once more. They tell first words then,
// of so many characters, and lead to the whole.
const (
	longText   = 20_000
	firstWords = 56
	noteWords  = 60
	noteFirst  = 28
	dotWords   = 72
	dotFirst   = 0 // the day alone
)

// weight is the length of a text with what its marks add to that on the page.
func weight(s *site.Page) int {
	n := 30 * len(s.Marks)
	var walk func([]site.Inline)
	walk = func(list []site.Inline) {
		for i := range list {
			n += len(list[i].Text)
			walk(list[i].Children)
		}
	}
	for i := range s.Text {
		walk(s.Text[i].Inlines)
	}
	return n
}

// passage shortens a passage that is told beside the text.
func (v *BriefingPage) passage(text string) string {
	if v.Brief {
		return oneLine(text, firstWords)
	}
	return text
}

// times shortens the passages of a table.
func (v *BriefingPage) times(rows []TimeView) {
	for i := range rows {
		rows[i].What.Text = v.passage(rows[i].What.Text)
	}
}

// describe is the description of a briefing's page: its dek or first point.
func describe(b *site.Briefing) string {
	if points := b.Details().KeyPoints; len(points) > 0 {
		return points[0].Text
	}
	return cmp.Or(b.Header.Origin().Dek, b.Header.Title)
}

// webURL returns u where a browser may be sent to it, else "".
func webURL(u string) string {
	if strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://") {
		return u
	}
	return ""
}

func (v *BriefingPage) digests(r *Renderer, b *site.Briefing, s *site.Page) {
	for i, k := range s.KeyPoints {
		v.Points = append(v.Points, PointView{"key-" + strconv.Itoa(i+1), r.point(b, s, k), r.cite(b.Path, k.Passage)})
	}
	for _, kind := range site.Kinds {
		first, more := r.who(b.Path, s.AppearancesOf(kind), 8)
		if len(first) == 0 {
			continue
		}
		c := CastView{
			ID: site.Folder(kind), Title: r.kinds(kind), Items: first, More: more,
			MoreText: r.l.Count("briefing.more", len(more)),
		}
		if kind == dialect.Place {
			c.Map = r.mapFigure(b.Path, placesOf([]*site.Briefing{b}), 2, true)
		}
		v.Cast = append(v.Cast, c)
	}
	for i, t := range s.Terms {
		v.Terms = append(v.Terms, TermView{"term-" + strconv.Itoa(i+1), r.words(b, t.Short), r.words(b, t.Long), r.cite(b.Path, t.Passage)})
	}
	for _, q := range s.Quotations {
		if q.Form != "scare" {
			view := r.quote(b.Path, q)
			view.Text = v.passage(view.Text)
			v.Quotes = append(v.Quotes, view)
		}
	}
	if n := len(s.Statements); n > 0 {
		v.Statements = &StatementsView{Summary: r.l.Count("count.statements", n)}
		for _, st := range s.Statements {
			view := r.statement(b.Path, st)
			view.Text = v.passage(view.Text)
			v.Statements.Items = append(v.Statements.Items, view)
		}
	}
	v.Timeline, v.Planned, v.Unresolved = r.times(b.Path, s.Timeline)
	for _, t := range []*TimesView{v.Timeline, v.Planned} {
		if t != nil {
			v.times(t.Rows)
		}
	}
	words := dotWords
	if v.Brief {
		words = dotFirst
	}
	v.TimelineFigure = r.timelineFigure(listed(s.Timeline.Resolved), listed(s.Timeline.Planned), b.Header.Date.Day(), func(p site.Passage) string { return r.at(b.Path, p) }, words)
	for _, f := range s.Figures {
		v.Figures = append(v.Figures, NumberView{r.words(b, f.Passage.Text), r.words(b, f.Of), r.cite(b.Path, f.Passage)})
	}
	for _, c := range s.Caveats {
		cv := CaveatView{Text: c.Text}
		for _, p := range paragraphsOf(c.Links) {
			cv.Cites = append(cv.Cites, r.cite(b.Path, p)...)
		}
		v.Caveats = append(v.Caveats, cv)
	}
	for _, a := range s.Across {
		v.Across = append(v.Across, AcrossView{r.titled(b.Path, a.Briefing), shared(r.l, a)})
	}
}

// paragraphsOf returns the first passage of each paragraph, in the order of the text.
func paragraphsOf(list []site.Passage) []site.Passage {
	list = slices.Clone(list)
	stable.Sort(list, func(a, b site.Passage) int { return a.Span.Start - b.Span.Start })
	n := 0
	for i := range list {
		if i == 0 || list[i].Block != list[n-1].Block {
			list[n] = list[i]
			n++
		}
	}
	return list[:n]
}

// shared says what a related briefing has in common with the page's.
func shared(l *label.Set, a site.Related) string {
	var names []string
	for _, e := range a.Shared {
		if len(names) == 3 {
			names = append(names, l.Say("list.more", "n", strconv.Itoa(len(a.Shared)-3)))
			break
		}
		names = append(names, e.Name)
	}
	switch {
	case len(names) > 0 && a.Story != nil:
		return l.Say("briefing.across.both", "names", l.List(names))
	case len(names) > 0:
		return l.Say("briefing.across.has", "names", l.List(names))
	case a.Story != nil:
		return l.Text("briefing.across.story")
	}
	return ""
}

func (r *Renderer) timeRow(path string, e *site.TimelineEntry) TimeView {
	words := e.Passage.Text
	for _, o := range e.Also {
		words += "; " + o.Passage.Text
	}
	t := TimeView{
		When:  label.Sentence(r.l.Date(e.Value)),
		Words: r.words(e.Passage.Briefing, words),
		What:  r.words(e.Passage.Briefing, strings.TrimSpace(e.Sentence.Text)),
		Why:   r.l.Known("unresolved", e.Why),
		Class: string(e.Class),
		Cites: r.cite(path, e.Passage),
	}
	if machineTime(e.Value) {
		t.ISO = e.Value
	}
	if t.Why == "" && e.Realis != "occurred" {
		t.Why = r.l.Known("realis", e.Realis)
	}
	if b := e.Passage.Briefing; b != nil && b.Path != path {
		from := r.titled(path, b)
		t.From = &from
	}
	return t
}

// text writes the annotated text, what is set aside, and the notes.
func (v *BriefingPage) text(r *Renderer, b *site.Briefing, s *site.Page) {
	v.HasText = len(s.Text) > 0 && !r.textless
	if !v.HasText {
		v.NoText = r.l.Text("briefing.text.none")
		if r.textless {
			v.NoText = r.l.Text("briefing.text.unpublished")
		}
	}
	v.TextLang = r.foreignTongue(b.Header.Language)
	if d := b.Header.Direction; d != "" && d != v.Dir {
		v.TextDir = d
	}
	w := &proseWriter{markup: newMarkup(), l: r.l, from: b.Path, notes: map[int]*site.Note{}, backs: map[string][]backLink{}, led: v.led(b)}
	for i := range s.Notes {
		w.notes[s.Notes[i].Number] = &s.Notes[i]
	}
	for i, k := range s.KeyPoints {
		n := strconv.Itoa(i + 1)
		w.backs[k.Passage.Block] = append(w.backs[k.Passage.Block], backLink{"key-" + n, r.l.Say("briefing.key.back", "n", n)})
	}
	heights := markerHeights(s.Text)
	w.anchors = marginPlaces(r.l, s.Notes, heights)
	if v.HasText {
		v.Text = w.blocks(s.Text)
	}
	m := &markup{}
	for _, a := range s.SetAside {
		reason := r.l.Known("aside", a.Reason)
		// Where the reason is put into another language, the page has the words
		// of the content file too.
		own := ""
		if reason != a.Reason {
			own = a.Reason
		}
		m.open("div", "class", "set-aside", "id", a.ID, "data-reason", own)
		m.element("p", label.Sentence(reason), "class", "meta")
		if a.Text == "" {
			m.element("p", r.l.Text("briefing.aside.unpublished"), "class", "empty")
		} else {
			m.element("p", a.Text)
		}
		m.close("div")
	}
	v.Aside = m.html()
	v.AsideIntro = r.l.Text("briefing.aside.text")
	if len(s.SetAside) > 0 && s.SetAside[0].Text == "" {
		v.AsideIntro = r.l.Text("briefing.aside.text.unpublished")
	}
	most := noteWords
	if v.Brief {
		most = noteFirst
	}
	for _, n := range s.Notes {
		if _, shown := heights[n.Number]; !shown || !v.HasText {
			continue // its words are not published
		}
		nv := NoteView{
			N: strconv.Itoa(n.Number), ID: n.ID, Ref: n.RefID,
			Class: noteClass(n.Kind) + " far", Kind: label.Sentence(n.Kind.Label(r.l)),
			Words: r.words(b, oneLine(n.Passage.Text, most)), Text: n.Text, Edited: n.Edited,
		}
		if k := w.anchors[n.Number]; k > 0 {
			nv.Class = noteClass(n.Kind) + " m" + strconv.Itoa(k)
		}
		for _, o := range n.Others {
			nv.Links = append(nv.Links, Titled{r.at(b.Path, o), r.words(o.Briefing, o.Briefing.Header.Title)})
		}
		if u := webURL(n.Fragment); u != "" {
			nv.Links = append(nv.Links, Titled{u, Words{Text: r.l.Text("note.original")}})
		}
		v.Notes = append(v.Notes, nv)
	}
	if sheet := r.assets.margins(len(w.anchors)); sheet != "" && v.HasText {
		v.Styles = append(v.Styles, v.Root+sheet)
	}
	v.switches(r.l, b, s)
}

// led are the sentences that a long strip leads to; nil where any sentence may be
// led to.
func (v *BriefingPage) led(b *site.Briefing) map[string]bool {
	led := map[string]bool{}
	switch {
	case len(b.Stories) > 0 || v.Strip != nil && !v.Strip.Joined:
		return nil
	case v.Strip == nil:
		return led
	}
	for _, g := range v.Strip.Segments {
		led[strings.TrimPrefix(g.Href, "#")] = true
	}
	for _, row := range v.Strip.Rows {
		led[strings.TrimPrefix(row.Href, "#")] = true
	}
	return led
}

func (v *BriefingPage) switches(l *label.Set, b *site.Briefing, s *site.Page) {
	if !v.HasText {
		return
	}
	add := func(n int, kind, text string, on bool) {
		if n > 0 {
			v.Switches = append(v.Switches, SwitchView{kind, text, n, on})
		}
	}
	add(len(v.Notes), "notes", l.Text("briefing.switch.notes"), true)
	add(b.Sentences.Total()-b.Sentences.Own, "word", l.Text("briefing.switch.word"), false)
	for _, kind := range site.Kinds {
		n := 0
		for _, a := range s.AppearancesOf(kind) {
			n += a.Mentions
		}
		add(n, string(kind), l.Text("kinds."+string(kind)), false)
	}
	add(s.Timeline.Len(), "time", l.Text("briefing.switch.times"), false)
	add(len(s.Figures), "quantity", l.Text("briefing.switch.figures"), false)
}

func (v *BriefingPage) sections(r *Renderer, s *site.Page) error {
	for i, sec := range s.Sections {
		id := "editor-" + strconv.Itoa(i+1)
		html, err := r.markdown(ownText{sec.Source, s.File, sec.First, s.Path, 3, id})
		if err != nil {
			return err
		}
		v.Sections = append(v.Sections, SectionView{id, sec.Title, html})
	}
	return nil
}

func (v *BriefingPage) contents(l *label.Set) {
	add := func(ok bool, id, text string) {
		if ok {
			v.Contents = append(v.Contents, Anchor{"#" + id, text})
		}
	}
	add(true, "key-points", l.Text("briefing.points"))
	for _, c := range v.Cast {
		add(true, c.ID, c.Title)
	}
	add(len(v.Terms) > 0, "terms", l.Text("briefing.terms"))
	add(true, "quotations", l.Text("briefing.quotations"))
	add(true, "source-summary", l.Text("briefing.sources.short"))
	add(true, "timeline", l.Text("briefing.timeline"))
	add(len(v.Figures) > 0, "figures", l.Text("briefing.figures"))
	add(true, "caveats", l.Text("briefing.caveats"))
	add(true, "across", l.Text("briefing.across"))
	add(v.HasText, "text", l.Text("briefing.text"))
	add(v.Aside != "", "set-aside", l.Text("briefing.aside"))
	for _, s := range v.Sections {
		add(true, s.ID, s.Title)
	}
	add(len(v.Notes) > 0, "notes", l.Text("briefing.notes"))
}

func colophon(l *label.Set, b *site.Briefing, s *site.Page) []string {
	made := "briefing.made.by"
	switch {
	case len(s.Edits) > 0:
		made = "briefing.made.edited"
	case s.Compared:
		made = "briefing.made.untouched"
	}
	lines := []string{l.Say(made, "file", b.File)}
	if o := b.Header.Origin(); o.Seed != "" {
		line := l.Say("briefing.made.from", "file", o.Seed)
		if o.SHA256 != "" {
			line = l.Say("briefing.made.digest", "file", o.Seed, "digest", o.SHA256)
		}
		lines = append(lines, line)
	}
	return lines
}
