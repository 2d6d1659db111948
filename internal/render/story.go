package render

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"readout/internal/label"
	"readout/internal/site"
)

// A StoryPage is the page of one event or storyline.
type StoryPage struct {
	Page
	Storyline  bool
	Kicker     string
	Name       Words
	Overview   template.HTML
	Why        []string
	Items      []ItemView
	Reposts    []RepostView
	Events     []Titled
	Within     []Titled
	Agreements []AgreementView
	Stages     []StageView
	Recurring  []RecurringView
	Changes    []DimensionView
	Reports    []ReportHead
	Differs    []DimensionView
	Compared   string // what was compared, and what could not be
	Changed    []CopyView
	Same       []DimensionView
	Resolved   *TimesView
	Planned    *TimesView
	Unresolved []TimeView
	Timeline   *FigureView
	Matrix     []MatrixRowView
	Meetings   []MeetingView
	Graph      *FigureView
	Map        *MapView
	Summary    []string
	Bar        []BarPart
}

// A StoryItem is a story in a list.
type StoryItem struct {
	Titled
	Kind, Reports string
}

// A StoriesPage lists the stories.
type StoriesPage struct {
	Page
	Items []StoryItem
	Pager PagerView
}

// A RepostView is a report that repeats another.
type RepostView struct {
	Report, Of Titled
	Share      string
}

// An AgreementView is something the reports agree on.
type AgreementView struct {
	Kind string // "When", "Where", "Who"; "" for another
	Words
	Cites []Cite
	// Where the reports are many the other passages are folded away.
	More     []Cite
	MoreText string
	Note     string // which of the reports are no voice of their own; "" where all are
}

// How many passages of an agreement are shown: all of mostCites, and of more the first
// fewCites.
const (
	mostCites = 6
	fewCites  = 4
)

// A StageView is one event of a storyline.
type StageView struct {
	Event     Titled
	Reports   string
	Speakers  []SpeakerView
	New       []Anchor
	Again     []Anchor
	Sentences string // on whose word they rest
}

// A SpeakerView is who speaks in an event, and how often.
type SpeakerView struct {
	Anchor
	Count int
}

// A RecurringView is somebody or something named in several events.
type RecurringView struct {
	Href, Name string
	Cells      []MatrixCell
}

// A ReportHead is a column of the comparison table.
type ReportHead struct{ Short, Href, Title string }

// A DimensionView is a row of the comparison table.
type DimensionView struct {
	Label  []Words // in pieces: an article's own words apart where they are in another language
	Kind   string
	Update bool
	Cells  []CellView
}

// A CellView is what one report says.
type CellView struct {
	By     string // the report, as the head of its column has it
	Values []ValueView
	Copied bool // a copy that says what its original says
	Unread bool // of a report in a language that is not analysed
}

// A ValueView is one value with its place.
type ValueView struct {
	Words
	Href, Label string
}

// A MatrixRowView is one person over the reports.
type MatrixRowView struct {
	Href, Name string
	Cells      []MatrixCell
}

// A MatrixCell counts the mentions in one report.
type MatrixCell struct{ N, Href, Label string }

// A MeetingView is two parties that met.
type MeetingView struct {
	A, B, Where Anchor
	Realis      string
	Cites       []Cite
}

func (r *Renderer) storyItem(path string, s *site.Story) StoryItem {
	kind := r.l.Text("story.event")
	if s.Storyline {
		kind = r.l.Text("story.storyline")
	}
	return StoryItem{r.storyTitled(path, s), kind, r.l.Count("count.reports", len(s.Members))}
}

func (r *Renderer) storiesPage(p paging, n int) *StoriesPage {
	v := &StoriesPage{}
	v.Page, v.Pager = r.listPage(p, r.l.Text("nav.stories"), r.l.Text("story.dek"), n)
	for _, s := range itemsOf(p, r.site.Stories, n) {
		v.Items = append(v.Items, r.storyItem(v.Path, s))
	}
	return v
}

func (r *Renderer) storyPage(s *site.Story) (*StoryPage, error) {
	v := &StoryPage{
		Page:      r.page(s.Path, s.Title, r.l.Count("story.description", len(s.Members))),
		Storyline: s.Storyline, Why: r.site.Why(s), Summary: s.Sourcing.Statement, Bar: bar(s.Sourcing.Sentences),
	}
	title := r.l.Say("story.title", "title", s.Title)
	if r.titles["story "+s.Title] > 1 {
		title = r.l.Say("story.title.slug", "title", s.Title, "slug", s.Slug)
	}
	v.Title = r.l.Say("title", "page", title, "site", r.site.Config.Title)
	switch r.site.Config.Text {
	case "none":
		v.Summary = append(slices.Clip(v.Summary), r.l.Text("about.no-text"))
	case "excerpts":
		v.Summary = append(slices.Clip(v.Summary), r.l.Text("about.excerpts"))
	}
	v.Name = r.words(titleOf(s), s.Title)
	v.Class = "paged"
	v.Kicker = r.l.Count("story.kicker", len(s.Members))
	if s.Storyline {
		v.Kicker = r.l.Count("story.kicker.storyline", len(s.Members))
	}
	var err error
	if v.Overview, err = r.markdown(ownText{s.Overview, s.File, s.Line, s.Path, 2, "own"}); err != nil {
		return nil, err
	}
	v.Items = r.items(s.Path, s.Members)
	for i, b := range s.Members {
		// Publisher and day follow in any case.
		v.Items[i].Label = b.Header.Publisher
		if name := r.reportName(s, b); b.Header.Publisher == "" || !strings.HasPrefix(name, b.Header.Publisher) {
			v.Items[i].Label = name
		}
	}
	for _, p := range s.Reposts {
		v.Reposts = append(v.Reposts, r.repost(s, p))
	}
	for _, e := range s.Events {
		v.Events = append(v.Events, r.storyTitled(s.Path, e))
	}
	for _, e := range s.Within {
		v.Within = append(v.Within, r.storyTitled(s.Path, e))
	}
	for _, a := range s.Agreements {
		av := AgreementView{Words: Words{Text: a.Text}}
		switch a.Kind {
		case "statement", "event", "role":
			av.Words = r.words(a.Cells[0].Briefing, a.Text)
		}
		if key := "story.agree." + a.Kind; r.l.Has(key) {
			av.Kind = r.l.Text(key)
		}
		if a.Kind == "time" {
			av.Text = r.l.Date(a.Text)
		}
		for _, c := range a.Cells {
			for _, p := range c.Passages {
				for _, cite := range r.cite(s.Path, p) {
					cite.Text = r.reportName(s, c.Briefing) + " " + cite.Text
					if c.Stance != "" {
						stance := r.l.Text("stance." + c.Stance)
						cite.Text += " (" + stance + ")"
					}
					// What is seen is part of what is said (WCAG 2.5.3).
					cite.Label = cite.Text + ", " + cite.Label
					av.Cites = append(av.Cites, cite)
				}
			}
		}
		if a.Voices > 0 && a.Voices < len(a.Cells) {
			voices, reports := r.l.Count("count.voices", a.Voices), r.l.Count("story.voices.reports", len(a.Cells))
			av.Note = r.l.Say("story.voices", "voices", voices, "reports", reports)
			if len(a.Shared) > 0 {
				av.Note = r.l.Say("story.voices.shared", "voices", voices, "reports", reports, "shared", strings.Join(a.Shared, "; "))
			}
		}
		if n := len(av.Cites); n > mostCites {
			av.Cites, av.More = av.Cites[:fewCites:fewCites], av.Cites[fewCites:]
			av.MoreText = r.l.Say("list.more", "n", r.l.Number(n-fewCites))
		}
		v.Agreements = append(v.Agreements, av)
	}
	for _, b := range s.Members {
		v.Reports = append(v.Reports, ReportHead{r.reportName(s, b), b.Link().From(s.Path), b.Header.Title})
	}
	r.stages(v, s)
	for _, d := range s.Dimensions {
		dv := r.dimension(s, d)
		if d.Differs || d.Update {
			v.Differs = append(v.Differs, dv)
		} else {
			v.Same = append(v.Same, dv)
		}
	}
	v.Changed = r.copied(s)
	v.Compared = r.compared(s.Compared, len(v.Differs) > 0 || len(v.Changed) > 0)
	v.Resolved, v.Planned, v.Unresolved = r.times(s.Path, s.Timeline)
	at := func(p site.Passage) string { return r.at(s.Path, p) }
	v.Timeline = r.timelineFigure(listed(s.Timeline.Resolved), listed(s.Timeline.Planned), "", at, dotWords)
	for _, row := range s.People.Rows {
		mv := MatrixRowView{Href: row.Entity.Link().From(s.Path), Name: row.Entity.Name}
		for i, a := range row.Cells {
			var c MatrixCell
			if a != nil {
				c = MatrixCell{strconv.Itoa(a.Mentions), at(a.First), r.l.Count("story.matrix.count", a.Mentions)}
				if i < len(s.People.Reports) {
					c.Label = r.l.Count("story.matrix.cell", a.Mentions, "title", s.People.Reports[i].Header.Title)
				}
			}
			mv.Cells = append(mv.Cells, c)
		}
		v.Matrix = append(v.Matrix, mv)
	}
	for _, m := range s.Meetings {
		mv := MeetingView{
			A: Anchor{m.A.Link().From(s.Path), m.A.Name}, B: Anchor{m.B.Link().From(s.Path), m.B.Name},
			Realis: r.l.Known("realis", m.Realis), Cites: r.cite(s.Path, m.Passage),
		}
		if m.Where != nil {
			mv.Where = Anchor{m.Where.Link().From(s.Path), m.Where.Name}
		}
		v.Meetings = append(v.Meetings, mv)
	}
	v.Graph = meetingFigure(r.l, s.Meetings, at)
	v.Map = r.mapFigure(s.Path, placesOf(s.Members), 2, false)
	return v, nil
}

// dimension is a row of a table dimension × report.
func (r *Renderer) dimension(s *site.Story, d site.Dimension) DimensionView {
	dv := DimensionView{Label: r.dimensionLabel(d), Kind: d.Kind, Update: d.Update}
	for _, c := range d.Cells {
		cv := CellView{By: r.reportName(s, c.Briefing), Copied: c.Copied, Unread: !c.Briefing.Analysed()}
		for i, text := range c.Values {
			val := ValueView{Words: r.words(c.Briefing, text)}
			if i < len(c.Passages) {
				val.Href, val.Label = r.at(s.Path, c.Passages[i]), c.Passages[i].Paragraph(r.l)
			}
			cv.Values = append(cv.Values, val)
		}
		dv.Cells = append(dv.Cells, cv)
	}
	return dv
}

// dimensionLabel is what a row compares. The words of articles that it quotes have
// their language.
func (r *Renderer) dimensionLabel(d site.Dimension) []Words {
	rest := label.Sentence(d.Label)
	var from *site.Briefing
	for _, c := range d.Cells {
		if len(c.Values) > 0 && from == nil {
			from = c.Briefing
		}
	}
	var out []Words
	for _, noun := range d.Nouns {
		before, after, ok := strings.Cut(rest, r.l.Quote(noun))
		if w := r.words(from, r.l.Quote(noun)); ok && w.Lang != "" {
			if before != "" {
				out = append(out, Words{Text: before})
			}
			out, rest = append(out, w), after
		}
	}
	if rest != "" {
		out = append(out, Words{Text: rest})
	}
	return out
}

// stages shows a storyline from event to event.
func (r *Renderer) stages(v *StoryPage, s *site.Story) {
	anchors := func(as []*site.Appearance) []Anchor {
		var out []Anchor
		for _, a := range as {
			out = append(out, Anchor{a.Entity.Link().From(s.Path), a.Entity.Name})
		}
		return out
	}
	for _, st := range s.Stages {
		sv := StageView{
			Event: r.stageTitled(s.Path, st), Reports: r.l.Count("count.reports", len(st.Reports)),
			New: anchors(st.New), Again: anchors(st.Again), Sentences: st.Strip(r.l),
		}
		for _, u := range st.Speakers {
			sv.Speakers = append(sv.Speakers, SpeakerView{Anchor{u.Speaker.Entity.Link().From(s.Path), u.Speaker.Name()}, u.Count})
		}
		v.Stages = append(v.Stages, sv)
	}
	for _, rec := range s.Recurring {
		rv := RecurringView{Href: rec.Entity.Link().From(s.Path), Name: rec.Entity.Name}
		for i, a := range rec.Cells {
			var c MatrixCell
			if a != nil {
				c = MatrixCell{strconv.Itoa(a.Mentions), r.at(s.Path, a.First), r.l.Count("story.matrix.cell", a.Mentions, "title", s.Stages[i].Title())}
			}
			rv.Cells = append(rv.Cells, c)
		}
		v.Recurring = append(v.Recurring, rv)
	}
	for _, d := range s.Changes {
		v.Changes = append(v.Changes, r.dimension(s, d))
	}
}

// stageTitled leads to the page of a stage's event, or of its one report.
func (r *Renderer) stageTitled(path string, st *site.Stage) Titled {
	if st.Event != nil {
		return r.storyTitled(path, st.Event)
	}
	return r.titled(path, st.Reports[0])
}

// reportName is the short name of a member in a table: its publisher, or its
// number in the story.
func (r *Renderer) reportName(s *site.Story, b *site.Briefing) string {
	same := 0
	for _, m := range s.Members {
		if m.Header.Publisher == b.Header.Publisher {
			same++
		}
	}
	if b.Header.Publisher != "" && same == 1 {
		return b.Header.Publisher
	}
	if day := b.Header.Date.Day(); b.Header.Publisher != "" && day != "" && !slices.ContainsFunc(s.Members, func(m *site.Briefing) bool {
		return m != b && m.Header.Publisher == b.Header.Publisher && m.Header.Date.Day() == day
	}) {
		return r.l.Say("story.report.day", "publisher", b.Header.Publisher, "day", r.l.Date(day))
	}
	for i, m := range s.Members {
		if m == b {
			return r.l.Say("story.report", "n", strconv.Itoa(i+1))
		}
	}
	return b.Header.Title
}
